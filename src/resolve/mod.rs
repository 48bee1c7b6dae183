//! Resolving: the claims of all documents become one [`Corpus`] of actors, matters,
//! events and disputes. The only room that sees more than one document.

mod attributes;
mod corpus;
mod knowledge;
mod phrase;
mod words;

pub use corpus::{Actor, Corpus, Dispute, DocumentRecord, Event, Matter, Side};

use crate::extract::Claim;
use crate::ontology::Ontology;

/// Puts the claims of all documents together. Independent of the order of its input.
pub fn resolve(documents: Vec<DocumentRecord>, claims: Vec<Claim>, _ontology: &Ontology) -> Corpus {
    Corpus { documents, claims, ..Corpus::default() }
}
