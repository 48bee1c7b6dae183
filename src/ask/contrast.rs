//! What is asked to be laid side by side, out of sentences: how something changed, and how one
//! compares with another.

use std::collections::BTreeSet;

use super::Asking;
use super::answer::Found;
use super::need::Need;
use super::term::{Term, TermKind};
use super::told::{Passage, Told};
use crate::ontology::WordClass;

/// The share of the question that each side must have.
const SIDE: f64 = 0.6;
/// Fewer words are a heading.
const TELLING: usize = 5;
/// How many sides are told.
const SIDES: usize = 3;

impl Asking<'_> {
    /// One sentence for each actor that is compared, else for each text, the oldest first; none
    /// where there is but one side.
    pub(super) fn contrasted(&self) -> Result<Vec<Found>, Need> {
        let compares = self.has(WordClass::AsksComparison);
        if !compares && !self.has(WordClass::AsksChange) {
            return Ok(Vec::new());
        }
        let told = self.told()?;
        let terms = self.compared(told);
        // of somebody alone every sentence tells something
        if terms.len() < 2 {
            return Ok(Vec::new());
        }
        let is_actor = |term: &&Term| matches!(term.kind, TermKind::Actor { .. });
        let actors = terms.iter().filter(is_actor).count();
        let mut sides: Vec<Passage> = Vec::new();
        if compares && actors > 1 {
            for side in 0..actors {
                let mut number = 0;
                let own = terms.iter().filter(|term| {
                    let actor = is_actor(term);
                    number += usize::from(actor);
                    !actor || number == side + 1
                });
                let own: Vec<Term> = own.cloned().collect();
                sides.extend(self.ranked(told, &own).into_iter().find(|p| self.is_side(p)));
            }
        } else {
            let mut seen = BTreeSet::new();
            let mut best = self.ranked(told, &terms);
            best.retain(|passage| {
                let of_document = &told[passage.document];
                passage.number >= of_document.headed
                    && of_document.words[passage.number].len() >= TELLING
                    && self.is_side(passage)
                    && seen.insert(passage.document)
            });
            best.truncate(SIDES);
            best.sort_by(|a, b| {
                let date = |p: &Passage| told[p.document].date.clone();
                (date(a), a.document, a.number).cmp(&(date(b), b.document, b.number))
            });
            sides = best;
        }
        let places: BTreeSet<_> = sides.iter().map(|side| (side.document, side.number)).collect();
        if places.len() < 2 {
            return Ok(Vec::new());
        }
        Ok(sides.iter().map(|side| self.whole(side, &told[side.document])).collect())
    }

    /// What the question asks about, without the words that ask to compare.
    fn compared(&self, told: &[Told]) -> Vec<Term> {
        let mut terms = self.terms(told).to_vec();
        let asks = [WordClass::AsksComparison, WordClass::AsksChange, WordClass::AsksStance];
        terms.retain(|term| match &term.kind {
            TermKind::Word { lemma, .. } => {
                !asks.iter().any(|&class| self.lexicon.is(lemma, class))
            }
            TermKind::Actor { .. } | TermKind::Date { .. } => true,
        });
        terms
    }

    fn is_side(&self, passage: &Passage) -> bool {
        passage.share >= SIDE && passage.names_all
    }
}
