//! Layout: a text is blocks before it is sentences.
//!
//! A page shows by line breaks, marks and columns what belongs together. Here a text becomes
//! [`Block`]s, and these become a [`Page`]: the document as somebody would read it aloud, with
//! the place in the text as written of every character. Lines that were only full run on; words
//! that were cut at a line end are whole; an item of a list is read after the words that lead
//! it in, a row of a table as a sentence; credits of pictures are not read at all. What is found in
//! a page goes back to the text as written through [`Page::written`], so that every offset in
//! every output counts in the text as it was given.

mod aloud;
mod block;
mod leads;
mod markdown;
mod marks;
mod plain;
mod signs;
mod wrapping;

pub use aloud::Page;
pub use block::{Block, BlockKind, Piece};

use crate::corpus::{Document, Markup, Text};
use wrapping::Wrapping;

/// What is known of the words of a text's language where its pages are read; all in small letters.
pub trait Words {
    /// Is it one of the language's common words, and not only a name?
    fn is_common(&self, word: &str) -> bool;

    /// Is it a form of a verb?
    fn is_verb(&self, _word: &str) -> bool {
        false
    }

    /// Is it a form of a noun?
    fn is_noun(&self, _word: &str) -> bool {
        false
    }

    /// Does it begin what a verb is about: an article, a pronoun, a number?
    fn is_determiner(&self, _word: &str) -> bool {
        false
    }
}

impl<F: Fn(&str) -> bool> Words for F {
    fn is_common(&self, word: &str) -> bool {
        self(word)
    }
}

/// The blocks of a text, in order. O(n).
pub fn blocks(text: &Text, markup: Markup) -> Vec<Block> {
    match markup {
        Markup::Plain => plain::blocks(text, &Wrapping::of(text)),
        Markup::Wrapped => plain::blocks(text, &Wrapping::of_paragraphs(text)),
        Markup::Markdown => markdown::blocks(text),
    }
}

/// The blocks of a document, in order, of the kinds that its markup has told. O(n).
pub fn blocks_of(document: &Document) -> Vec<Block> {
    let Document { text, markup, elements, .. } = document;
    if elements.is_empty() {
        return blocks(text, *markup);
    }
    plain::of_elements(text, &Wrapping::of(text), elements)
}

/// A document as it is read aloud. O(n), but for lead-ins, which are read once an item.
pub fn page(document: &Document, words: &impl Words) -> Page {
    aloud::read(document, &blocks_of(document), aloud::LeadIns::WithEveryItem, words)
}

/// As [`page`], with every word once: lead-ins stay where they stand.
pub fn page_of_words(document: &Document, words: &impl Words) -> Page {
    aloud::read(document, &blocks_of(document), aloud::LeadIns::Once, words)
}
