//! Where there is no answer: the sentences that come nearest, to be read as such.

use std::collections::BTreeSet;

use crate::corpus::{Span, Text};

use super::answer::Nearest;
use super::need::Need;
use super::sentence::sentence_bounds;
use super::words::{alike, words};
use super::{Asking, cast};

/// How many sentences are shown.
const SHOWN: usize = 3;
/// Share of what is asked for that a sentence must have.
const LEAST: f64 = 0.34;

impl Asking<'_> {
    /// The sentences of claims that fit but for one thing, then those of the texts that
    /// have most of the question's words.
    pub(super) fn nearest(&self) -> Result<Vec<Nearest>, Need> {
        let corpus = self.graph.corpus();
        self.held.texts(corpus.documents.iter().map(|d| d.id.clone()).collect())?;
        let mut seen = BTreeSet::new();
        let mut near: Vec<Nearest> = self
            .missed
            .borrow()
            .iter()
            .map(|&at| self.around(at))
            .filter(|near| seen.insert((near.document.clone(), near.start)))
            .take(SHOWN)
            .collect();
        for (_, sentence) in self.with_words() {
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

    /// Sentences of the texts by the share of the question's words and names they have.
    fn with_words(&self) -> Vec<(f64, Nearest)> {
        let actors: Vec<String> = self.read.actors.iter().map(|p| self.cast.id(p)).collect();
        let names: Vec<_> = actors.iter().map(|id| self.cast.names(id)).collect();
        let named: Vec<&String> = names.iter().flatten().flatten().collect();
        let content: BTreeSet<String> = self.read.content.iter().flat_map(|l| words(l)).collect();
        let content: Vec<&String> = content.iter().filter(|l| !named.contains(l)).collect();
        let wanted = (content.len() + actors.len()) as f64;
        let mut found: Vec<(f64, Nearest)> = Vec::new();
        for document in &self.graph.corpus().documents {
            for (span, sentence) in sentences(&document.text) {
                let own = words(&sentence);
                let met = content.iter().filter(|l| own.iter().any(|w| alike(w, l))).count();
                let held = names.iter().filter(|n| cast::holds_name(&sentence, n)).count();
                let share = (met + held) as f64 / wanted;
                if share >= LEAST && (met > 0 || content.is_empty()) {
                    let near = Nearest {
                        document: document.id.clone(),
                        date: document.date.clone(),
                        start: span.start,
                        end: span.end,
                        sentence,
                        claim: None,
                        status: None,
                    };
                    found.push((share, near));
                }
            }
        }
        found.sort_by(|a, b| {
            let place = |n: &Nearest| (n.document.clone(), n.start);
            b.0.total_cmp(&a.0).then_with(|| place(&a.1).cmp(&place(&b.1)))
        });
        found
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
