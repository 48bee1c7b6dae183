use std::collections::BTreeSet;
use std::fmt::Write;

use oxigraph::model::{NamedNode, NamedNodeRef};
use oxrdf::IriParseError;
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::files;
use crate::ontology::{PREFIXES, kebab};
use crate::resolve::DocumentRecord;

/// Under this are the bases of graphs that were given none.
const BASES: &str = "https://w3id.org/demarche/graph/";

/// The graph that holds the terms of the ontology.
pub const ONTOLOGY_GRAPH: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("https://w3id.org/demarche/ontology");

/// Under this the ontology names the actors that it knows.
pub(super) const KNOWN_ACTORS: &str = "https://w3id.org/demarche/id/actor/";

/// What cannot be the base of names.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum BaseError {
    /// It is no absolute IRI.
    #[error("{base:?} is no absolute IRI ({error})")]
    NoIri {
        /// What was given.
        base: String,
        /// What is wrong with it.
        error: IriParseError,
    },
    /// Names would run into it.
    #[error("{0:?} does not end in / or #, so names would run into it")]
    Unclosed(String),
}

/// Gives things their IRIs.
///
/// Two graphs that are built of other documents have other bases, so that their claims and
/// actors are not taken for one another's: see [`Naming::of`].
///
/// # Example
/// ```
/// use demarche::rdf::Naming;
///
/// let naming = Naming::new("https://example.org/id/").unwrap();
/// assert_eq!(naming.actor("kremlin").as_str(), "https://example.org/id/actor/kremlin");
/// assert_eq!(naming.document("a b").as_str(), "https://example.org/id/document/a%20b");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    base: String,
}

impl Naming {
    /// Names things under `base`, an absolute IRI that ends in `/` or `#`.
    ///
    /// # Errors
    /// When it is no such IRI.
    pub fn new(base: &str) -> Result<Self, BaseError> {
        if let Err(error) = NamedNode::new(base) {
            return Err(BaseError::NoIri { base: base.to_owned(), error });
        }
        if !base.ends_with(['/', '#']) {
            return Err(BaseError::Unclosed(base.to_owned()));
        }
        Ok(Self { base: base.to_owned() })
    }

    /// Names things under a base that is made from the documents: `…/graph/3f9a0c12d4e5/`. The
    /// same documents give the same base, in any order; another text, id or document gives
    /// another one.
    pub fn of(documents: &[DocumentRecord]) -> Self {
        let sums: BTreeSet<(&str, [u8; 32])> = documents
            .iter()
            .map(|it| (it.id.as_str(), Sha256::digest(it.text.as_bytes()).into()))
            .collect();
        let mut all = Sha256::new();
        for (id, sum) in sums {
            all.update(Sha256::digest(id.as_bytes()));
            all.update(sum);
        }
        Self { base: format!("{BASES}{}/", files::digits(&all.finalize()[..6])) }
    }

    /// Was its base made by [`Naming::of`]?
    pub fn is_made(&self) -> bool {
        self.base.starts_with(BASES)
    }

    /// The base.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// An actor.
    pub fn actor(&self, id: &str) -> NamedNode {
        self.thing("actor", id, "")
    }

    /// A matter.
    pub fn matter(&self, id: &str) -> NamedNode {
        self.thing("matter", id, "")
    }

    /// An event.
    pub fn event(&self, id: &str) -> NamedNode {
        self.thing("event", id, "")
    }

    /// A dispute.
    pub fn dispute(&self, id: &str) -> NamedNode {
        self.thing("dispute", id, "")
    }

    /// A claim.
    pub fn claim(&self, id: &str) -> NamedNode {
        self.thing("claim", id, "")
    }

    /// A decision of a person.
    pub fn decision(&self, id: &str) -> NamedNode {
        self.thing("decision", id, "")
    }

    /// Somebody who decides, by name.
    pub fn person(&self, name: &str) -> NamedNode {
        self.thing("person", &kebab(name), "")
    }

    /// An act of an actor towards a thing of a kind, `actor` or `matter`, as a node.
    pub(super) fn deed(&self, actor: &str, act: &str, kind: &str, target: &str) -> NamedNode {
        self.thing("deed", &format!("{actor}~{act}~{kind}~{target}"), "")
    }

    /// A document.
    pub fn document(&self, id: &str) -> NamedNode {
        self.thing("document", id, "")
    }

    /// The graph of the claims of a document.
    pub fn graph(&self, document: &str) -> NamedNode {
        self.thing("graph", document, "")
    }

    /// The graph as a data set: what the base itself names.
    pub fn dataset(&self) -> NamedNode {
        NamedNode::new_unchecked(self.base.as_str())
    }

    /// A file that holds the graph, by its extension.
    pub(super) fn distribution(&self, extension: &str) -> NamedNode {
        self.thing("distribution", extension, "")
    }

    /// The things of one class of the vocabulary.
    pub(super) fn partition(&self, class: &str) -> NamedNode {
        self.thing("partition", class, "")
    }

    /// Where an actor stands on a matter: `how` is what it does there, "accepts".
    pub(crate) fn stance(&self, actor: &str, matter: &str, how: &str) -> NamedNode {
        self.thing("stance", &format!("{actor}~{matter}~{}", kebab(how)), "")
    }

    /// A part of a thing: `claim/001-propose-12#quote`.
    pub(super) fn part(&self, kind: &str, id: &str, part: &str) -> NamedNode {
        self.thing(kind, id, part)
    }

    fn thing(&self, kind: &str, id: &str, part: &str) -> NamedNode {
        let mut iri =
            String::with_capacity(self.base.len() + kind.len() + id.len() + part.len() + 2);
        iri.extend([&self.base, kind, "/"]);
        for c in id.chars() {
            // RFC 3987 unreserved; all else is escaped, so that ids may hold anything.
            if c.is_ascii_alphanumeric()
                || "-._~".contains(c)
                || (c > '\u{9f}' && c.is_alphanumeric())
            {
                iri.push(c);
            } else {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    let _ = write!(iri, "%{byte:02X}");
                }
            }
        }
        if !part.is_empty() {
            iri.push('#');
            iri.push_str(part);
        }
        NamedNode::new_unchecked(iri)
    }
}

impl Default for Naming {
    fn default() -> Self {
        Self { base: super::DEFAULT_BASE.to_owned() }
    }
}

/// Prefixes and namespaces that files declare and queries may use without: those
/// of the ontology, and one for each kind of thing under the base.
pub fn prefixes(naming: &Naming) -> Vec<(String, String)> {
    let things = [
        "actor", "matter", "event", "claim", "document", "graph", "stance", "deed", "dispute",
        "decision", "person",
    ];
    let own = things.map(|kind| (kind.to_owned(), format!("{}{kind}/", naming.base())));
    let vocabularies = PREFIXES
        .iter()
        .filter(|(prefix, _)| !things.contains(prefix))
        .map(|(prefix, namespace)| ((*prefix).to_owned(), (*namespace).to_owned()));
    own.into_iter().chain(vocabularies).collect()
}

/// A term of the ontology: `dm("Claim")`.
pub(crate) fn dm(local: &str) -> NamedNode {
    term("dm", local)
}

/// A term of a known vocabulary: `term("skos", "prefLabel")`.
///
/// # Panics
/// When the prefix is not known.
pub(super) fn term(prefix: &str, local: &str) -> NamedNode {
    NamedNode::new_unchecked([namespace(prefix), local].concat())
}

/// # Panics
/// When the prefix is not known.
pub(super) fn namespace(prefix: &str) -> &'static str {
    PREFIXES.iter().find(|(known, _)| *known == prefix).expect("a declared prefix").1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_id_makes_a_valid_iri(id in "\\PC*") {
            let iri = Naming::default().claim(&id).into_string();
            prop_assert!(NamedNode::new(iri.clone()).is_ok(), "{}", iri);
        }
    }

    #[test]
    fn a_base_of_its_own_depends_on_the_documents_alone() {
        let document = |id: &str, text: &str| DocumentRecord {
            id: id.into(),
            text: text.into(),
            ..DocumentRecord::default()
        };
        let [one, other] = [document("a", "Norland agreed."), document("b", "Sudria refused.")];
        let base = Naming::of(&[one.clone(), other.clone()]);
        assert_eq!(base, Naming::of(&[other.clone(), one.clone()]));
        assert!(Naming::new(base.base()).is_ok(), "{}", base.base());
        for unlike in [
            vec![one.clone()],
            vec![document("b", "Norland agreed."), document("a", "Sudria refused.")],
            vec![one, document("b", "Sudria refused!")],
        ] {
            assert_ne!(base, Naming::of(&unlike));
        }
    }

    #[test]
    fn a_base_must_be_an_iri_that_names_can_follow() {
        assert!(Naming::new("here").is_err());
        assert!(Naming::new("https://example.org/id").is_err());
        assert!(Naming::new("https://example.org/id#").is_ok());
    }
}
