//! Sentences of the texts by how much of a question they have.

use super::Asking;
use super::answer::Found;
use super::need::Need;
use super::plain::Plain;
use super::reached::READ_THROUGH;
use super::signs::{ANSWERING, Field};
use super::term::Term;
use super::told::{BESIDE, HEADED, Passage, Told};
use super::understood::{Reading, Understood};
use crate::corpus::Span;
use crate::logistic::Sign;

/// The share of a question that a sentence must have to be looked at.
const LEAST: f64 = 0.12;
/// What a share is worth where nothing in the sentence can be what is asked for.
const UNSUITED: f64 = 0.75;
/// How many sentences, those with most of the question, are weighed as answers.
const WEIGHED: usize = 40;

/// How likely a sentence must be to stand against claims, …
const LIKELY: f64 = 0.5;
/// … whose own sentences have less than this part of its chance.
const OUTDONE: f64 = 0.1;

/// A sentence that may answer a question.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Candidate {
    /// Id of the document.
    pub document: String,
    /// Where it stands.
    pub span: Span,
    /// How likely it answers, 0 to 1.
    pub chance: f64,
    /// What that rests on.
    pub signs: Vec<Sign>,
}

impl Asking<'_> {
    /// The sentences of every document, in the order of the corpus; none of those that are not
    /// [read through](Self::read_through).
    pub(super) fn told(&self) -> Result<&[Told], Need> {
        let documents = &self.graph.corpus().documents;
        self.held.texts(documents.iter().map(|d| d.id.clone()).collect())?;
        self.held_acts()?;
        Ok(self.told.get_or_init(|| {
            let read_through = self.read_through();
            let read = |(place, record)| match read_through.contains(&place) {
                true => Told::new(place, record, self.lexicon.ontology, self.annotator),
                false => Told::default(),
            };
            documents.iter().enumerate().map(read).collect()
        }))
    }

    /// Sentences that have some of the question, the likeliest to answer it first.
    pub(super) fn passages(&self) -> Result<&[Passage], Need> {
        let told = self.told()?;
        Ok(self.passages.get_or_init(|| {
            let weighed = self.weighed(told).into_iter();
            let mut found: Vec<Passage> = weighed.map(|(passage, _)| passage).collect();
            found.sort_by(|a, b| {
                let place = |p: &Passage| (p.document, p.number);
                b.chance.total_cmp(&a.chance).then(place(a).cmp(&place(b)))
            });
            found
        }))
    }

    /// The sentences that are weighed as answers, those with most of the question first, with
    /// their signs.
    fn weighed(&self, told: &[Told]) -> Vec<(Passage, Vec<Sign>)> {
        let terms = self.terms(told);
        let mut found = self.ranked(told, terms);
        found.truncate(WEIGHED);
        let plain = Plain::of(self, told);
        let field = Field::of(&found, told, &plain);
        let sign = |(nth, passage): (usize, &Passage)| {
            self.signs(nth, passage, &told[passage.document], terms, &field)
        };
        let signs: Vec<Vec<Sign>> = found.iter().enumerate().map(sign).collect();
        for (passage, share) in found.iter_mut().zip(ANSWERING.shares(&signs)) {
            passage.chance = share;
        }
        found.into_iter().zip(signs).collect()
    }

    /// The sentences that are weighed as answers, as the weights are fitted to them.
    pub(super) fn candidates(&self) -> Result<Vec<Candidate>, Need> {
        let documents = &self.graph.corpus().documents;
        let candidate = |(passage, signs): (Passage, Vec<Sign>)| Candidate {
            document: documents[passage.document].id.clone(),
            span: passage.span,
            chance: passage.chance,
            signs,
        };
        Ok(self.weighed(self.told()?).into_iter().map(candidate).collect())
    }

    /// Is another sentence so much likelier to answer than those of the claims that fit, that the
    /// claims must be of something else? More texts than [`READ_THROUGH`] are not read for that.
    pub(super) fn is_outdone(
        &self,
        understood: &Understood,
        answers: &[Found],
    ) -> Result<bool, Need> {
        let by_claims = matches!(understood.reading, Reading::Match | Reading::Keywords)
            && answers.iter().any(|found| !found.claims.is_empty());
        if !by_claims || self.graph.corpus().documents.len() > READ_THROUGH {
            return Ok(false);
        }
        let passages = self.passages()?;
        let documents = &self.graph.corpus().documents;
        let evidence = || answers.iter().flat_map(|found| &found.evidence);
        let holds = |passage: &&Passage| {
            evidence().any(|e| {
                documents[passage.document].id == e.document
                    && e.start < passage.span.end
                    && passage.span.start < e.end
            })
        };
        let of_claims = passages.iter().filter(holds).map(|p| p.chance).fold(0.0, f64::max);
        let best = passages.first().map_or(0.0, |passage| passage.chance);
        Ok(best >= LIKELY && of_claims < best * OUTDONE)
    }

    /// Sentences that have some of these terms, those with most first.
    pub(super) fn ranked(&self, told: &[Told], terms: &[Term]) -> Vec<Passage> {
        let whole: f64 = terms.iter().map(|term| term.weight).sum();
        if whole == 0.0 {
            return Vec::new();
        }
        let who_is_asked = self.asks_who();
        let mut found = Vec::new();
        for (document, of_document) in told.iter().enumerate() {
            for (number, (span, sentence)) in of_document.sentences.iter().enumerate() {
                let mut sum = 0.0;
                let (mut names_all, mut has_main) = (true, true);
                for term in terms {
                    let met = of_document.met(number, term, who_is_asked);
                    sum += term.weight * met;
                    // whom a name before the sentence belongs to is not told by it
                    let least = if who_is_asked { BESIDE } else { 0.0 };
                    names_all &= met > least || !term.kind.is_name();
                    has_main &= met > HEADED || !term.is_main;
                }
                if sum / whole < LEAST {
                    continue; // most sentences: what they suit need not be looked at
                }
                let suits = self.suits(of_document, number);
                let share = sum / whole * if suits { 1.0 } else { UNSUITED };
                if share >= LEAST {
                    let sentence = sentence.clone();
                    found.push(Passage {
                        document,
                        number,
                        span: *span,
                        sentence,
                        share,
                        names_all,
                        has_main,
                        suits,
                        chance: 0.0,
                    });
                }
            }
        }
        found.sort_by(|a, b| {
            b.share.total_cmp(&a.share).then((a.document, a.number).cmp(&(b.document, b.number)))
        });
        found
    }
}
