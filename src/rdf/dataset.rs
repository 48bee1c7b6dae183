//! A graph described as a data set (VoID, DCAT), for those to whom it is handed on: what is in it,
//! counted, and under which licence.

use std::collections::BTreeMap;

use jiff::civil::Date;
use oxigraph::io::RdfFormat;
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};

use super::documents::licence;
use super::fact::{english, fact, words};
use super::naming::{Naming, dm, namespace, term};
use super::sorted;
use crate::resolve::DocumentRecord;

/// What the data set holds, in words.
pub const TITLE: &str = "Who said what, according to whom, in which words";

/// Under this DCAT names media types.
const MEDIA_TYPES: &str = "https://www.iana.org/assignments/media-types/";

/// What only its publisher knows of a data set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Publication {
    /// Under which licence it is handed on: an address, or words.
    pub license: Option<String>,
    /// Who hands it on.
    pub publisher: Option<String>,
    /// When.
    pub issued: Option<Date>,
}

/// The licence that all documents name, if it is one.
pub fn common_license(documents: &[DocumentRecord]) -> Option<&str> {
    let first = documents.first()?.license.as_deref()?;
    documents.iter().all(|it| it.license.as_deref() == Some(first)).then_some(first)
}

/// The quads of a graph, and behind them those that describe it, counted while they go by. The
/// description is no part of what it counts. The licence is that of the publication, else the one
/// that all documents name.
pub fn with_description<'a>(
    quads: impl Iterator<Item = Quad> + 'a,
    documents: &[DocumentRecord],
    publication: &Publication,
    format: RdfFormat,
    naming: &'a Naming,
) -> impl Iterator<Item = Quad> + 'a {
    let license = publication.license.as_deref().or_else(|| common_license(documents));
    let about = Publication { license: license.map(str::to_owned), ..publication.clone() };
    let mut quads = quads;
    let mut counted = Some(Counted::default());
    let mut description: std::vec::IntoIter<Quad> = Vec::new().into_iter();
    std::iter::from_fn(move || {
        if let Some(counts) = &mut counted {
            if let Some(quad) = quads.next() {
                counts.add(&quad, naming);
                return Some(quad);
            }
            description = described(counts, &about, format, naming).into_iter();
            counted = None;
        }
        description.next()
    })
}

/// What was counted in the quads of a graph, of which no subject comes in two places of a graph.
#[derive(Debug, Default)]
struct Counted {
    triples: usize,
    entities: usize,
    classes: BTreeMap<String, usize>,
    properties: BTreeMap<String, usize>,
    last: Option<(GraphName, NamedOrBlankNode)>,
}

impl Counted {
    fn add(&mut self, quad: &Quad, naming: &Naming) {
        self.triples += 1;
        *self.properties.entry(quad.predicate.as_str().to_owned()).or_default() += 1;
        if let (true, Term::NamedNode(class)) = (quad.predicate == rdf::TYPE, &quad.object) {
            *self.classes.entry(class.as_str().to_owned()).or_default() += 1;
        }
        let same = |(graph, subject): &(GraphName, NamedOrBlankNode)| {
            *graph == quad.graph_name && *subject == quad.subject
        };
        if !self.last.as_ref().is_some_and(same) {
            self.last = Some((quad.graph_name.clone(), quad.subject.clone()));
            self.entities += usize::from(is_entity(quad, naming));
        }
    }
}

/// Is its subject a thing of the graph, and no part of one? Of a claim more is said outside the
/// graph of its document, so that it is counted there alone.
fn is_entity(quad: &Quad, naming: &Naming) -> bool {
    let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { return false };
    let Some(name) = subject.as_str().strip_prefix(naming.base()) else { return false };
    let outside = quad.graph_name == GraphName::DefaultGraph && name.starts_with("claim/");
    !name.contains('#') && !outside
}

fn number(count: usize) -> Term {
    Literal::new_typed_literal(count.to_string(), xsd::INTEGER).into()
}

fn described(
    counts: &Counted,
    about: &Publication,
    format: RdfFormat,
    naming: &Naming,
) -> Vec<Quad> {
    let (void, dcat) = (|local| term("void", local), |local| term("dcat", local));
    let set = naming.dataset();
    let file = naming.distribution(format.file_extension());
    let media = NamedNode::new_unchecked(format!("{MEDIA_TYPES}{}", format.media_type()));
    let things = format!("^{}[^#]*$", regex::escape(naming.base()));
    let mut quads = vec![
        fact(&set, rdf::TYPE.into(), void("Dataset").into()),
        fact(&set, rdf::TYPE.into(), dcat("Dataset").into()),
        fact(&set, term("dcterms", "title"), english(TITLE)),
        fact(&set, void("uriSpace"), words(naming.base())),
        fact(&set, void("uriRegexPattern"), words(&things)),
        fact(&set, void("vocabulary"), dm("").into()),
        fact(&set, void("triples"), number(counts.triples)),
        fact(&set, void("entities"), number(counts.entities)),
        fact(&set, void("classes"), number(counts.classes.len())),
        fact(&set, void("properties"), number(counts.properties.len())),
        fact(&set, dcat("distribution"), file.clone().into()),
        fact(&file, rdf::TYPE.into(), dcat("Distribution").into()),
        fact(&file, dcat("mediaType"), media.into()),
    ];
    if let Some(license) = &about.license {
        quads.push(fact(&set, term("dcterms", "license"), licence(license)));
        quads.push(fact(&file, term("dcterms", "license"), licence(license)));
    }
    if let Some(publisher) = &about.publisher {
        quads.push(fact(&set, term("dcterms", "publisher"), words(publisher)));
    }
    if let Some(issued) = about.issued {
        let issued = Literal::new_typed_literal(issued.to_string(), xsd::DATE);
        quads.push(fact(&set, term("dcterms", "issued"), issued.into()));
    }
    let own = |class: &str| class.strip_prefix(namespace("dm")).map(str::to_owned);
    for (class, count) in &counts.classes {
        let Some(local) = own(class) else { continue };
        let part = naming.partition(&local);
        quads.extend([
            fact(&set, void("classPartition"), part.clone().into()),
            fact(&part, rdf::TYPE.into(), void("Dataset").into()),
            fact(&part, void("class"), dm(&local).into()),
            fact(&part, void("entities"), number(*count)),
        ]);
    }
    sorted(quads)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::fixture;
    use crate::rdf::quads;

    fn described_fixture(publication: &Publication) -> (Vec<Quad>, Vec<Quad>, Naming) {
        let (corpus, ontology) = (fixture::corpus(), fixture::ontology());
        let naming = Naming::new("https://example.org/talks/").unwrap();
        let own: Vec<Quad> = quads(&corpus, &ontology, &naming).collect();
        let all = with_description(
            own.clone().into_iter(),
            &corpus.documents,
            publication,
            RdfFormat::TriG,
            &naming,
        );
        let all: Vec<Quad> = all.collect();
        let said = all[own.len()..].to_vec();
        assert!(all[..own.len()] == own);
        (own, said, naming)
    }

    fn value(said: &[Quad], subject: &NamedNode, property: NamedNode) -> Option<String> {
        let found = said.iter().find(|it| {
            it.subject == NamedOrBlankNode::from(subject.clone()) && it.predicate == property
        });
        found.map(|it| match &it.object {
            Term::Literal(literal) => literal.value().to_owned(),
            other => other.to_string(),
        })
    }

    #[test]
    fn the_counts_are_those_of_the_graph() {
        let (own, said, naming) = described_fixture(&Publication::default());
        let count = |local| value(&said, &naming.dataset(), term("void", local)).unwrap();
        assert_eq!(count("triples"), own.len().to_string());
        let things: BTreeSet<String> = own
            .iter()
            .map(|it| it.subject.to_string())
            .filter(|it| it.starts_with("<https://example.org/talks/") && !it.contains('#'))
            .collect();
        assert_eq!(count("entities"), things.len().to_string());
        let properties: BTreeSet<&str> = own.iter().map(|it| it.predicate.as_str()).collect();
        assert_eq!(count("properties"), properties.len().to_string());
        let claims = naming.partition("Claim");
        assert_eq!(
            value(&said, &claims, term("void", "entities")).unwrap(),
            fixture::corpus().claims.len().to_string()
        );
    }

    #[test]
    fn licence_publisher_and_date_are_those_that_are_given() {
        let issued = Some(jiff::civil::date(2025, 4, 2));
        let cc = "https://creativecommons.org/licenses/by/4.0/".to_owned();
        let publication =
            Publication { license: Some(cc.clone()), publisher: Some("Ann Reed".into()), issued };
        let (_, said, naming) = described_fixture(&publication);
        let told = |local| value(&said, &naming.dataset(), term("dcterms", local));
        assert_eq!(told("license"), Some(format!("<{cc}>")));
        assert_eq!(told("publisher").as_deref(), Some("Ann Reed"));
        assert_eq!(told("issued").as_deref(), Some("2025-04-02"));
        let (_, said, naming) = described_fixture(&Publication::default());
        assert_eq!(value(&said, &naming.dataset(), term("dcterms", "license")), None);
        let media = value(&said, &naming.distribution("trig"), term("dcat", "mediaType"));
        assert!(media.unwrap().ends_with("media-types/application/trig>"));
    }

    #[test]
    fn only_a_licence_of_all_documents_is_that_of_the_whole() {
        let document = |license: Option<&str>| DocumentRecord {
            license: license.map(str::to_owned),
            ..DocumentRecord::default()
        };
        let of = |all: &[Option<&str>]| {
            let documents: Vec<DocumentRecord> = all.iter().copied().map(document).collect();
            common_license(&documents).map(str::to_owned)
        };
        assert_eq!(of(&[Some("CC0"), Some("CC0")]).as_deref(), Some("CC0"));
        for none in [&[][..], &[None], &[Some("CC0"), None], &[Some("CC0"), Some("MIT")]] {
            assert_eq!(of(none), None, "{none:?}");
        }
    }
}
