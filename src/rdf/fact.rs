//! Facts of the default graph, and words as terms.

use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};

/// A fact of the default graph.
pub(super) fn fact(subject: &NamedNode, predicate: NamedNode, object: Term) -> Quad {
    Quad::new(subject.clone(), predicate, object, GraphName::DefaultGraph)
}

/// Words as they stand in a text, of no language that is known.
pub(super) fn words(text: &str) -> Term {
    Literal::from(text).into()
}

/// Labels are English: they are made from English texts and the ontology's words.
pub(super) fn english(text: &str) -> Term {
    Literal::new_language_tagged_literal_unchecked(text, "en").into()
}
