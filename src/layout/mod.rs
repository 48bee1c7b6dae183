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
mod markdown;
mod plain;
mod signs;
mod wrapping;

pub use aloud::Page;
pub use block::{Block, BlockKind, Piece};

use crate::corpus::{Document, Markup, Text};
use wrapping::Wrapping;

/// The blocks of a text, in order. O(n).
pub fn blocks(text: &Text, markup: Markup) -> Vec<Block> {
    match markup {
        Markup::Plain => plain::blocks(text, &Wrapping::of(text)),
        Markup::Wrapped => plain::blocks(text, &Wrapping::of_paragraphs(text)),
        Markup::Markdown => markdown::blocks(text),
    }
}

/// A document as it is read aloud. `is_word` says of a word in small letters whether it is one
/// of the language's common words. O(n), but for lead-ins, which are read once an item.
pub fn page(document: &Document, is_word: impl Fn(&str) -> bool) -> Page {
    let blocks = blocks(&document.text, document.markup);
    aloud::read(document, &blocks, aloud::LeadIns::WithEveryItem, &is_word)
}

/// As [`page`], with every word once: lead-ins stay where they stand.
pub fn page_of_words(document: &Document, is_word: impl Fn(&str) -> bool) -> Page {
    let blocks = blocks(&document.text, document.markup);
    aloud::read(document, &blocks, aloud::LeadIns::Once, &is_word)
}
