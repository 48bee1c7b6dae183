//! Reading small texts in tests: one annotator and one lexicon for all of them.

use std::sync::OnceLock;

use jiff::civil::date;

use super::line::line;
use super::{By, Claim, Lexicon, extract_by, written};
use crate::annotate::Annotator;
use crate::corpus::Document;
use crate::ontology::Ontology;

/// The annotator that is in the binary.
pub(super) fn annotator() -> &'static Annotator {
    static ANNOTATOR: OnceLock<Annotator> = OnceLock::new();
    ANNOTATOR.get_or_init(|| Annotator::embedded().expect("the embedded model is whole"))
}

/// The shipped ontology, indexed.
pub(super) fn lexicon() -> &'static Lexicon<'static> {
    static ONTOLOGY: OnceLock<Ontology> = OnceLock::new();
    static LEXICON: OnceLock<Lexicon<'static>> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let shipped = || Ontology::shipped().expect("the shipped ontology has no errors");
        Lexicon::new(ONTOLOGY.get_or_init(shipped))
    })
}

/// A document with this text, of Wednesday, 19 March 2025.
pub(super) fn document(text: &str) -> Document {
    Document { date: Some(date(2025, 3, 19)), ..Document::new("test", text) }
}

/// The claims that the rules alone find in a text: what a construction reads must not hang
/// on what the network has learned.
pub(super) fn claims(text: &str) -> Vec<Claim> {
    let written = document(text);
    let page = annotator().page(&written);
    let document = &page.document;
    let annotation = annotator().annotate(&document.text);
    let found = extract_by(By::Rules, document, &annotation, lexicon());
    written::as_written(found, &page, &written)
}

/// Asserts that a text gives these claims, each on a [`line`], and no others.
#[track_caller]
pub(super) fn reads(text: &str, expected: &[&str]) {
    let found: Vec<String> = claims(text).iter().map(line).collect();
    assert!(found.iter().eq(expected), "{text}\n  expected {expected:#?}\n  found {found:#?}");
}

/// Asserts which claims the program makes of a text, rules and network together.
pub(super) fn chooses(text: &str, expected: &[&str]) {
    let document = document(text);
    let annotation = annotator().annotate(&document.text);
    let chosen = super::extract(&document, &annotation, lexicon());
    let found: Vec<String> = chosen.iter().map(line).collect();
    assert!(found.iter().eq(expected), "{text}\n  expected {expected:#?}\n  found {found:#?}");
}
