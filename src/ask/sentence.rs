//! The sentence around a claim, read again for what claims do not hold: places,
//! numbers, durations, reasons.

use std::ops::Range;

use crate::annotate::{
    Annotation, Annotator, Deprel, EntityKind, Upos, sentence_around, sentence_spans,
};
use crate::corpus::{Span, Text};
use crate::extract::{Claim, Lexicon};

use super::answer::Evidence;
use super::words::alike;
use crate::ontology::WordClass;

/// Words from the start of a sentence, at most, that a dateline has.
const DATELINE: usize = 8;

/// A sentence of a document with its tree.
pub(super) struct Sentence {
    document: String,
    /// Where it starts in the document.
    start: usize,
    text: Text,
    annotation: Annotation,
    /// The words of the claim in it.
    claim: Range<usize>,
}

/// Words of a sentence that answer something.
pub(super) struct Part {
    /// The words.
    pub label: String,
    /// How surely they belong to the claim, 0 to 1.
    pub weight: f64,
    /// The claim's words and these.
    pub evidence: Evidence,
}

impl Sentence {
    /// Reads the sentence that holds `claim`; without the document's text its quote.
    pub(super) fn around(claim: &Claim, document: Option<&str>, annotator: &Annotator) -> Self {
        let document = document.map(Text::new).filter(|text| claim.end <= text.len());
        let (start, text) = match document {
            Some(document) => {
                let bounds = sentence_bounds(&document, claim.span());
                (bounds.start, Text::new(document.slice(bounds)))
            }
            None => (claim.start, Text::new(claim.quote.as_str())),
        };
        let annotation = annotator.annotate(&text);
        let inside = |w: &crate::annotate::Word| {
            start + w.span.start >= claim.start && start + w.span.end <= claim.end
        };
        let first = annotation.words.iter().position(inside).unwrap_or(0);
        let count = annotation.words.iter().filter(|w| inside(w)).count();
        Self {
            document: claim.document.clone(),
            start,
            text,
            annotation,
            claim: first..first + count,
        }
    }

    /// Reads a sentence of a document that starts at a character of it.
    pub(super) fn at(document: &str, start: usize, sentence: &str, annotator: &Annotator) -> Self {
        let text = Text::new(sentence);
        let annotation = annotator.annotate(&text);
        Self { document: document.to_owned(), start, text, annotation, claim: 0..0 }
    }

    /// Its words with their tree.
    pub(crate) fn annotation(&self) -> &Annotation {
        &self.annotation
    }

    /// Numbers of what is counted: "175 prisoners"; of anything where nothing is named.
    pub(super) fn quantities(&self, counted: Option<&str>, lexicon: &Lexicon<'_>) -> Vec<Part> {
        let words = &self.annotation.words;
        (0..words.len())
            .filter(|&w| words[w].upos == Upos::Num && !self.is_date(w, lexicon))
            .filter_map(|w| {
                let noun = words[w].head.filter(|&h| h > w)?;
                let lemma = words[noun].lemma.to_lowercase();
                if counted.is_some_and(|counted| !alike(&lemma, &counted.to_lowercase()))
                    || counted.is_none() && lexicon.is(&lemma, WordClass::TimeUnit)
                {
                    return None;
                }
                Some(self.part(self.approximate(w, lexicon)..noun + 1, 1.0))
            })
            .collect()
    }

    /// Durations: "eight hours", "30-day".
    pub(super) fn durations(&self, lexicon: &Lexicon<'_>) -> Vec<Part> {
        let words = &self.annotation.words;
        (0..words.len())
            .filter(|&w| {
                words[w].upos == Upos::Num || lexicon.is(&lower(words, w), WordClass::AsksOne)
            })
            .filter_map(|w| {
                let unit = (w + 1..words.len().min(w + 3))
                    .find(|&u| lexicon.is(&words[u].lemma.to_lowercase(), WordClass::TimeUnit))?;
                Some(self.part(self.approximate(w, lexicon)..unit + 1, 1.0))
            })
            .collect()
    }

    /// Places: names of places and phrases about them with a preposition.
    pub(super) fn places(&self, lexicon: &Lexicon<'_>) -> Vec<Part> {
        let words = &self.annotation.words;
        let mut parts = Vec::new();
        for entity in &self.annotation.entities {
            if entity.kind != EntityKind::Place {
                continue;
            }
            let head = entity
                .words
                .clone()
                .find(|&w| words[w].head.is_none_or(|h| !entity.words.contains(&h)))
                .unwrap_or(entity.words.start);
            let marker = self.children(head).find(|&c| words[c].deprel == Deprel::Case);
            let placed = marker.is_some_and(|m| {
                lexicon.is(&words[m].lemma.to_lowercase(), WordClass::PlacePreposition)
            });
            if placed {
                parts.push(self.part(entity.words.clone(), 1.0));
            } else if words[head].deprel.is(Deprel::Obj) {
                parts.push(self.part(entity.words.clone(), 0.6));
            }
        }
        parts
    }

    /// Clauses and phrases of reason or purpose.
    pub(super) fn reasons(&self, lexicon: &Lexicon<'_>) -> Vec<Part> {
        let words = &self.annotation.words;
        let mut parts = Vec::new();
        for (w, word) in words.iter().enumerate() {
            let Some(marker) = self.children(w).find(|&c| {
                matches!(words[c].deprel, Deprel::Mark | Deprel::Case | Deprel::Cc | Deprel::Advmod)
            }) else {
                continue;
            };
            let mut phrase = words[marker].lemma.to_lowercase();
            for c in self.children(marker).filter(|&c| words[c].deprel == Deprel::Fixed) {
                phrase.push(' ');
                phrase.push_str(&words[c].lemma.to_lowercase());
            }
            let purpose =
                word.deprel.is(Deprel::Advcl) && lexicon.is(&phrase, WordClass::InfinitiveMark);
            if lexicon.is(&phrase, WordClass::ReasonMarker) {
                parts.push(self.part(self.subtree(w), 1.0));
            } else if purpose || lexicon.is(&phrase, WordClass::Purpose) {
                parts.push(self.part(self.subtree(w), 0.85));
            }
        }
        parts
    }

    /// Words of time: "on Tuesday", "11 March".
    pub(super) fn times(&self, lexicon: &Lexicon<'_>) -> Vec<Part> {
        let words = &self.annotation.words;
        let mut parts = Vec::new();
        for w in 0..words.len() {
            let form = lower(words, w);
            let named = [WordClass::Month, WordClass::Weekday, WordClass::RelativeDay]
                .iter()
                .any(|&c| lexicon.is(&form, c));
            if !named || lexicon.is(&form, WordClass::Month) && !self.is_date(w, lexicon) {
                continue;
            }
            // "OSLO, April 15 - …" says when it was written
            let dash = |w: &usize| matches!(words[*w].form.as_str(), "-" | "–" | "—" | "--");
            if w < DATELINE && (w..words.len().min(DATELINE)).any(|w| dash(&w)) {
                continue;
            }
            let first = if w > 0 && words[w - 1].upos == Upos::Num { w - 1 } else { w };
            let mut last = w + 1;
            while last < words.len() && words[last].upos == Upos::Num {
                last += 1;
            }
            parts.push(self.part(first..last, 0.8));
        }
        parts
    }

    fn children(&self, head: usize) -> impl Iterator<Item = usize> {
        (0..self.annotation.words.len())
            .filter(move |&w| self.annotation.words[w].head == Some(head))
    }

    /// First and last word of what hangs on a word.
    fn subtree(&self, head: usize) -> Range<usize> {
        let (mut first, mut last) = (head, head);
        let mut open = vec![head];
        while let Some(word) = open.pop() {
            first = first.min(word);
            last = last.max(word);
            open.extend(self.children(word));
        }
        while last > head && self.annotation.words[last].upos == Upos::Punct {
            last -= 1;
        }
        while first < head && self.annotation.words[first].upos == Upos::Punct {
            first += 1;
        }
        first..last + 1
    }

    /// Is the word a number beside the name of a month, or that name?
    fn is_date(&self, w: usize, lexicon: &Lexicon<'_>) -> bool {
        let words = &self.annotation.words;
        let near = [w.checked_sub(1), Some(w + 1)];
        let mut near = near.into_iter().flatten().filter(|&n| n < words.len());
        if words[w].upos == Upos::Num {
            near.any(|n| lexicon.is(&lower(words, n), WordClass::Month))
        } else {
            near.any(|n| words[n].upos == Upos::Num)
        }
    }

    /// "about 90", "more than 800,000": where the number's phrase begins.
    fn approximate(&self, number: usize, lexicon: &Lexicon<'_>) -> usize {
        let words = &self.annotation.words;
        let mut first = number;
        while first > 0 {
            let before = lower(words, first - 1);
            let phrase = format!(
                "{} {before}",
                if first > 1 { lower(words, first - 2) } else { String::new() }
            );
            if lexicon.is(&phrase, WordClass::QuantityApproximate) {
                first -= 2;
            } else if lexicon.is(&before, WordClass::QuantityApproximate) {
                first -= 1;
            } else {
                break;
            }
        }
        first
    }

    fn part(&self, words: Range<usize>, weight: f64) -> Part {
        let span = self.annotation.span(words.clone());
        let mut whole = span;
        if !self.claim.is_empty() {
            whole = whole.cover(self.annotation.span(self.claim.clone()));
        }
        let at = |span: Span| self.text.slice(span).to_owned();
        Part {
            label: at(span).split_whitespace().collect::<Vec<_>>().join(" "),
            weight,
            evidence: Evidence {
                document: self.document.clone(),
                start: self.start + whole.start,
                end: self.start + whole.end,
                quote: at(whole),
            },
        }
    }
}

/// The sentence that holds a span, or all of those that it reaches into.
pub(super) fn sentence_bounds(text: &Text, span: Span) -> Span {
    let bytes = sentence_around(text.as_str(), text.byte(span.start)..text.byte(span.end));
    Span::new(text.char_at_byte(bytes.start), text.char_at_byte(bytes.end))
}

fn lower(words: &[crate::annotate::Word], at: usize) -> String {
    words[at].form.to_lowercase()
}

/// Is a sentence a question?
pub(super) fn asks(sentence: &str) -> bool {
    sentence.trim_end_matches(['”', '"', ' ']).ends_with('?')
}

/// The sentences of a text with their places, those without a letter or a digit left out.
pub(super) fn sentences(text: &str) -> Vec<(Span, String)> {
    let text = Text::new(text);
    let told = sentence_spans(&text).into_iter().map(|span| (span, text.slice(span).to_owned()));
    told.filter(|(_, sentence)| sentence.chars().any(char::is_alphanumeric)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_ends_no_sentence() {
        let text = Text::new("It rained.\nMr. Smith met Mr. Jones in Oman. He left.\nThen?");
        let at = text.as_str().find("Jones").unwrap();
        let bounds = sentence_bounds(&text, Span::new(at, at + 5));
        assert_eq!(text.slice(bounds), "Mr. Smith met Mr. Jones in Oman.");
        assert_eq!(sentence_bounds(&text, Span::new(0, text.len())), Span::new(0, text.len()));
    }

    #[test]
    fn a_text_is_its_sentences() {
        let text = "A title\n\nHe said no. “Why?” she asked.\n";
        let found: Vec<String> = sentences(text).into_iter().map(|(_, s)| s).collect();
        assert_eq!(found, ["A title", "He said no.", "“Why?” she asked."]);
        for (span, sentence) in sentences(text) {
            assert_eq!(Text::new(text).slice(span), sentence);
        }
    }
}
