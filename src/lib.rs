//! Texts about a negotiation become a knowledge graph of who proposed, demanded,
//! accepted and rejected what, according to whom, in which words.
#![warn(missing_docs)]

pub mod annotate;
pub mod ask;
pub mod cli;
pub mod corpus;
pub mod draw;
pub mod eval;
pub mod extract;
pub mod graph;
pub mod ontology;
pub mod rdf;
pub mod resolve;

use annotate::Annotator;
use corpus::Document;
use extract::{Claim, Lexicon};
use resolve::DocumentRecord;

/// The way of one document: annotate, then extract. A pure function of the document
/// and the lexicon, so that documents can be read in parallel or apart.
pub fn read(
    document: &Document,
    annotator: &Annotator,
    lexicon: &Lexicon<'_>,
) -> (DocumentRecord, Vec<Claim>) {
    let annotation = annotator.annotate(&document.text);
    let claims = extract::extract(document, &annotation, lexicon);
    let record = DocumentRecord {
        id: document.id.clone(),
        title: document.title.clone(),
        date: document.date.map(|date| date.to_string()),
        publisher: document.publisher.clone(),
        author: document.author.clone(),
        url: document.url.clone(),
        language: document.language.clone(),
        words: annotation.words.len(),
        text: document.text.as_str().to_owned(),
    };
    (record, claims)
}
// The tests' corpus is shared by unit tests and by tests/, where the crate has a name.
#[cfg(test)]
extern crate self as demarche;
#[cfg(test)]
#[path = "../tests/fixture/mod.rs"]
mod fixture;
