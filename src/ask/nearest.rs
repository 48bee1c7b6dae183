//! Where there is no answer: the sentences that come nearest, to be read as such.

use std::collections::BTreeSet;

use crate::corpus::Text;

use super::Asking;
use super::answer::Nearest;
use super::need::Need;
use super::sentence::sentence_bounds;
use super::told::Passage;

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
            date: claim
                .time
                .map(|time| time.to_string())
                .or_else(|| self.matcher.published(claim).map(str::to_owned)),
            start: span.start,
            end: span.end,
            sentence: text.map_or(claim.quote.clone(), |text| text.slice(span).to_owned()),
            claim: Some(claim.id.clone()),
            status: Some(claim.status),
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
