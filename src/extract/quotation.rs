//! Quotations as wholes: words between one pair of quotation marks are one speaker's,
//! however many sentences and paragraphs they run over.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::tree::Tree;
use crate::annotate::Upos;
use crate::ontology::WordClass;

/// Words from which on what is quoted inside a quotation is more than a phrase.
const LEAST_INSIDE: usize = 3;

/// Words from which on a quotation is more than a phrase that somebody has used.
const LEAST_WORDS: usize = 6;

/// The quotations of a text as ranges of words, in order.
///
/// A paragraph that opens with a quotation mark while the one before has closed none goes on
/// with its quotation. One that is never closed ends with its paragraph. `paragraphs` says of a
/// word whether a paragraph starts with it.
pub(super) fn quotations(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    paragraphs: impl Fn(usize) -> bool,
) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<usize> = None;
    // where the paragraph before ended with its quotation open
    let mut unclosed: Option<Range<usize>> = None;
    for word in 0..tree.len() {
        let form = tree.word(word).form.as_str();
        let mark = lexicon.is(form, WordClass::QuoteMark) && !["'", "’", "‘"].contains(&form);
        if paragraphs(word) {
            if let Some(start) = open.take() {
                unclosed = Some(start..word);
            }
            match unclosed.take() {
                Some(before) if mark && form != "”" => {
                    open = Some(before.start);
                    continue;
                }
                Some(before) => found.push(before),
                None => {}
            }
        }
        if !mark {
            continue;
        }
        match (open, form) {
            (Some(start), "”" | "\"" | "''" | "»") => {
                found.push(start..word);
                open = None;
            }
            // "''" closes in print, and opens where a keyboard had no other
            (None, "“" | "\"" | "``" | "''" | "«") => open = Some(word + 1),
            _ => {}
        }
    }
    found.extend(unclosed);
    found.extend(open.map(|start| start..tree.len()));
    found.retain(|quotation| quotation.len() >= LEAST_WORDS);
    found
}

/// What is quoted inside a quotation (“I told him, ‘We reject it’”), between single marks that
/// open and close whole words behind a comma, colon or stop.
pub(super) fn quoted_inside(tree: &Tree<'_>, quotation: &Range<usize>) -> Vec<Range<usize>> {
    let single = |w: usize| matches!(tree.word(w).form.as_str(), "‘" | "'" | "’" | "`");
    let gap = |a: usize, b: usize| tree.word(a).span.end < tree.word(b).span.start;
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<usize> = None;
    for word in quotation.clone().skip(1).filter(|&w| single(w)) {
        let before = tree.upos(word - 1) == Upos::Punct;
        let apart = gap(word - 1, word);
        match open {
            None if apart && before => open = Some(word + 1),
            Some(start) if !apart && before && word - start >= LEAST_INSIDE => {
                found.push(start..word);
                open = None;
            }
            _ => {}
        }
    }
    found
}
