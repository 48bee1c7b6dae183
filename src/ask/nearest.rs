//! Where there is no answer: the sentences that come nearest, to be read as such.

use std::collections::BTreeSet;

use crate::corpus::{Span, Text};

use super::Asking;
use super::answer::Nearest;
use super::need::Need;
use super::passages::Passage;
use super::sentence::sentence_bounds;

/// How many sentences are shown.
const SHOWN: usize = 3;

impl Asking<'_> {
    /// The sentences of claims that fit but for one thing, then those of the texts that
    /// have most of the question's words.
    pub(super) fn nearest(&self) -> Result<Vec<Nearest>, Need> {
        let passages = self.passages()?;
        let mut seen = BTreeSet::new();
        let mut near: Vec<Nearest> = self
            .missed
            .borrow()
            .iter()
            .map(|&at| self.around(at))
            .filter(|near| seen.insert((near.document.clone(), near.start)))
            .take(SHOWN)
            .collect();
        for sentence in passages.iter().map(|passage| self.with_words(passage)) {
            if near.len() == SHOWN {
                break;
            }
            if seen.insert((sentence.document.clone(), sentence.start)) {
                near.push(sentence);
            }
        }
        Ok(near)
    }

    /// The sentence of a claim.
    fn around(&self, at: usize) -> Nearest {
        let claim = self.claim(at);
        let document = self.graph.corpus().document(&claim.document);
        let text = document.map(|d| Text::new(d.text.as_str()));
        let text = text.filter(|text| claim.end <= text.len());
        let span = text.as_ref().map_or(claim.span(), |text| sentence_bounds(text, claim.span()));
        Nearest {
            document: claim.document.clone(),
            date: claim.time.clone().or_else(|| self.matcher.published(claim).map(str::to_owned)),
            start: span.start,
            end: span.end,
            sentence: text.map_or(claim.quote.clone(), |text| text.slice(span).to_owned()),
            claim: Some(claim.id.clone()),
            status: Some(claim.status.as_str().to_owned()),
        }
    }

    /// A sentence of the texts that has some of the question.
    fn with_words(&self, passage: &Passage) -> Nearest {
        let document = &self.graph.corpus().documents[passage.document];
        Nearest {
            document: document.id.clone(),
            date: document.date.clone(),
            start: passage.span.start,
            end: passage.span.end,
            sentence: passage.sentence.clone(),
            claim: None,
            status: None,
        }
    }
}

/// The sentences of a text with their places.
pub(super) fn sentences(text: &str) -> Vec<(Span, String)> {
    let text = Text::new(text);
    let characters: Vec<char> = text.as_str().chars().collect();
    let (mut at, mut found) = (0, Vec::new());
    while at < characters.len() {
        if characters[at].is_whitespace() {
            at += 1;
            continue;
        }
        let mut end = sentence_bounds(&text, Span::new(at, at + 1)).end.max(at + 1);
        // a quotation mark closes with its sentence
        while characters.get(end).is_some_and(|c| matches!(c, '”' | '"' | '’')) {
            end += 1;
        }
        let span = Span::new(at, end);
        found.push((span, text.slice(span).to_owned()));
        at = end;
    }
    found.retain(|(_, sentence)| sentence.chars().any(char::is_alphanumeric));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_its_sentences() {
        let text = "A title\n\nHe said no. “Why?” she asked.\n";
        let found: Vec<String> = sentences(text).into_iter().map(|(_, s)| s).collect();
        assert_eq!(found, ["A title", "He said no.", "“Why?”", "she asked."]);
        for (span, sentence) in sentences(text) {
            assert_eq!(Text::new(text).slice(span), sentence);
        }
    }
}
