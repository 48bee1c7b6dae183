//! Writing and reading RDF, and SPARQL over it.
//!
//! [`quads`] gives the two layers of the graph: simple edges (`?who dm:proposed
//! ?what`), each with a node that says what it rests on, and claims with their words. Each document's claims are a named graph, `graph:001`,
//! derived from the document, `document:001`; what is merged from them is the default graph, the
//! terms of the ontology are a graph of their own. There are no blank nodes in it, so two
//! builds can be compared line by line. [`write()`] puts them into a file, [`Store`]
//! answers queries. [`Endpoint`] sends them to a server that holds such a file, and reads
//! back what the file holds.

mod blocks;
mod bounds;
mod claims;
mod dataset;
mod deeds;
mod documents;
#[cfg(feature = "endpoint")]
mod endpoint;
mod error;
mod fact;
#[cfg(feature = "endpoint")]
mod fetch;
mod json_ld;
mod kept;
mod merged;
mod naming;
mod participants;
mod parts;
mod reports;
mod results;
mod snapshot;
mod stances;
mod store;
mod tenures;
mod terms;
mod time;
mod tokens;
mod unknown;
mod vocabulary;
mod whole;
mod write;

pub use bounds::{MAX_NESTING, MAX_QUERY_BYTES, MAX_TERMS, MAX_VALUES};
pub use dataset::{Publication, TITLE, common_license, with_description};
#[cfg(feature = "endpoint")]
pub use endpoint::{Endpoint, EndpointError};
pub use error::QueryError;
#[cfg(feature = "endpoint")]
pub use fetch::id;
pub use json_ld::Context;
pub use kept::{Kept, Places, TRIPLES};
#[cfg(feature = "serve")]
pub(crate) use naming::dm;
pub use naming::{BaseError, Naming, ONTOLOGY_GRAPH, prefixes};
pub use oxigraph::io::{JsonLdProfileSet, RdfFormat};
pub use results::{Answer, ResultFormat, UnknownResultFormat, short};
pub use store::{GraphChoice, Store, StoreError};
pub use unknown::{UnknownTerm, unknown_terms};
pub use vocabulary::{statements, vocabulary};
pub use write::{UnknownRdfFormat, rdf_format, write, write_trig, write_trig_with, write_triples};

use std::borrow::Cow;

use oxigraph::model::NamedOrBlankNode;
pub use oxigraph::model::Quad;

use crate::ontology::Ontology;
use crate::resolve::Corpus;

/// Base of the IRIs of things, unless another is given.
pub const DEFAULT_BASE: &str = "https://w3id.org/demarche/id/";

/// All quads of the graph: the default graph, then the documents' graphs, then the
/// ontology's; within each sorted by subject, `rdf:type` first.
///
/// Made as they are taken, one thing at a time, so that large graphs need no memory
/// for them. The words before and after a quote need the documents' texts; they
/// are left out where a text is empty.
pub fn quads<'a>(
    corpus: &'a Corpus,
    ontology: &'a Ontology,
    naming: &'a Naming,
) -> impl Iterator<Item = Quad> + 'a {
    whole::parts(corpus, ontology, naming).into_iter().flatten()
}

/// Sorts what is said of one subject: `rdf:type` first, then by predicate, object.
fn sorted(mut quads: Vec<Quad>) -> Vec<Quad> {
    use oxigraph::model::vocab::rdf;
    // Texts are made only where they decide: most quads differ in subject or predicate.
    quads.sort_by(|a, b| {
        name(&a.subject)
            .cmp(&name(&b.subject))
            .then_with(|| (a.predicate != rdf::TYPE).cmp(&(b.predicate != rdf::TYPE)))
            .then_with(|| a.predicate.as_str().cmp(b.predicate.as_str()))
            .then_with(|| a.object.to_string().cmp(&b.object.to_string()))
    });
    quads.dedup();
    quads
}

/// A subject as it is sorted. Without the brackets, a thing comes before its parts (`x` before
/// `x#words`).
fn name(subject: &NamedOrBlankNode) -> Cow<'_, str> {
    match subject {
        NamedOrBlankNode::NamedNode(node) => Cow::Borrowed(node.as_str()),
        NamedOrBlankNode::BlankNode(node) => Cow::Owned(node.to_string()),
    }
}
