//! What is asked to be laid side by side, out of sentences: how something changed, and how one
//! compares with another.

use std::collections::BTreeSet;

use super::Asking;
use super::answer::Found;
use super::need::Need;
use super::term::{Term, TermKind};
use super::told::Passage;
use crate::ontology::WordClass;

/// The share of the question that each side must have.
const SIDE: f64 = 0.6;
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
        let terms = self.terms(told);
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
                let own = self.terms(told).into_iter().filter(|term| {
                    let actor = is_actor(&term);
                    number += usize::from(actor);
                    !actor || number == side + 1
                });
                let own: Vec<Term> = own.collect();
                sides.extend(self.ranked(told, &own).into_iter().find(|p| self.is_side(p)));
            }
        } else {
            let mut seen = BTreeSet::new();
            let mut best = self.ranked(told, &terms);
            best.retain(|passage| self.is_side(passage) && seen.insert(passage.document));
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

    fn is_side(&self, passage: &Passage) -> bool {
        passage.share >= SIDE && passage.names_all
    }
}
