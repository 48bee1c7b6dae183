use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{Literal, NamedNode, Quad, Term};

use super::naming::{ONTOLOGY_GRAPH, dm, term};
use super::sorted;
use crate::ontology::{Act, Issue, Ontology};

/// The ontology's graph: the acts with their codes and direct edges, and the
/// issues. Triggers and names stay in the ontology's own files.
pub(super) fn quads(ontology: &Ontology) -> impl Iterator<Item = Quad> + '_ {
    let acts = ontology.acts.iter().flat_map(act);
    acts.chain(ontology.issues.iter().flat_map(issue))
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
        fact(&subject, term("skos", "prefLabel"), english(&issue.label)),
        fact(&subject, term("skos", "definition"), english(&issue.definition)),
    ];
    for broader in &issue.broader {
        quads.push(fact(&subject, term("skos", "broader"), term("issue", broader)));
    }
    sorted(quads)
}
