use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{Literal, NamedNode, Quad, Term};

use super::naming::{ONTOLOGY_GRAPH, dm, term};
use super::sorted;
use crate::ontology::{Act, Issue, Ontology};

/// The ontology's graph: the acts with their codes and direct edges, and the
/// issues, each in its scheme. Triggers and names stay in the ontology's own files.
pub(super) fn quads(ontology: &Ontology) -> impl Iterator<Item = Quad> + '_ {
    let acts = ontology.acts.iter().map(|it| (it.id.as_str(), act(it)));
    let issues = ontology.issues.iter().map(|it| (it.id.as_str(), issue(it)));
    let acts = with_scheme(acts, "act", "acts of negotiations");
    acts.chain(with_scheme(issues, "issue", "issues of negotiations"))
}

/// Concepts and their scheme, in the order of their ids.
fn with_scheme<'a>(
    concepts: impl Iterator<Item = (&'a str, Vec<Quad>)>,
    prefix: &str,
    label: &str,
) -> impl Iterator<Item = Quad> + 'a {
    const SCHEME: &str = "scheme";
    let subject = term(prefix, SCHEME);
    let scheme = vec![
        fact(&subject, rdf::TYPE.into(), term("skos", "ConceptScheme")),
        fact(&subject, term("skos", "prefLabel"), english(label)),
    ];
    let mut all: Vec<(&str, Vec<Quad>)> = concepts.collect();
    if !all.is_empty() {
        all.push((SCHEME, scheme));
    }
    all.sort_by_key(|(id, _)| *id);
    all.into_iter().flat_map(|(_, quads)| quads)
}

fn fact(subject: &NamedNode, predicate: NamedNode, object: impl Into<Term>) -> Quad {
    Quad::new(subject.clone(), predicate, object, ONTOLOGY_GRAPH)
}

fn english(text: &str) -> Literal {
    Literal::new_language_tagged_literal_unchecked(text, "en")
}

fn act(act: &Act) -> Vec<Quad> {
    let subject = term("act", &act.id);
    let edge = dm(&act.edge);
    let mut quads = vec![
        fact(&subject, rdf::TYPE.into(), dm("Act")),
        fact(&subject, term("skos", "inScheme"), term("act", "scheme")),
        fact(&subject, term("skos", "prefLabel"), english(&act.label)),
        fact(&subject, term("skos", "definition"), english(&act.definition)),
        fact(&subject, dm("edge"), edge.clone()),
        fact(&subject, dm("pastTense"), Literal::from(act.past.as_str())),
        fact(
            &subject,
            dm("specificity"),
            Literal::new_typed_literal(act.specificity.to_string(), xsd::INTEGER),
        ),
    ];
    for (scheme, code) in [("PLOVER", &act.plover), ("CAMEO", &act.cameo)] {
        if let Some(code) = code {
            let code = Literal::new_typed_literal(code.as_str(), dm(scheme));
            quads.push(fact(&subject, term("skos", "notation"), code));
        }
    }
    if let Some(stance) = &act.stance {
        quads.push(fact(&subject, dm("stance"), Literal::from(stance.as_str())));
    }
    let mut quads = sorted(quads);
    quads.push(fact(&edge, rdfs::SUB_PROPERTY_OF.into(), dm("didTo")));
    quads
}

fn issue(issue: &Issue) -> Vec<Quad> {
    let subject = term("issue", &issue.id);
    let mut quads = vec![
        fact(&subject, rdf::TYPE.into(), term("skos", "Concept")),
        fact(&subject, term("skos", "inScheme"), term("issue", "scheme")),
        fact(&subject, term("skos", "prefLabel"), english(&issue.label)),
        fact(&subject, term("skos", "definition"), english(&issue.definition)),
    ];
    for broader in &issue.broader {
        quads.push(fact(&subject, term("skos", "broader"), term("issue", broader)));
    }
    sorted(quads)
}
