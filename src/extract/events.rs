//! Who takes part in an event that is only pointed at: "the call", "their talks",
//! "the attack hit a school".

use super::reading::{Candidate, Reading};
use super::who::Referent;
use crate::ontology::{Slot, TriggerKind};

/// How many sentences back "the call" may point.
const REACH: usize = 12;

impl Reading<'_> {
    /// Keeps in mind who talked with whom.
    pub fn remember(&self, candidate: &Candidate) {
        if !self.lexicon.is(&candidate.act, "mutual-act") {
            return;
        }
        let mut talkers = candidate.agent.clone();
        for referent in &candidate.addressee {
            if talkers.iter().all(|t| t.key() != referent.key()) {
                talkers.push(referent.clone());
            }
        }
        if talkers.len() >= 2 {
            self.talks.borrow_mut().push((candidate.head, talkers));
        }
    }

    /// The parties to the last talk told of before `word`.
    pub fn talkers_before(&self, word: usize) -> Vec<Referent> {
        let talks = self.talks.borrow();
        talks
            .iter()
            .rev()
            .find(|(at, _)| {
                *at < word && self.tree.sentence(word) - self.tree.sentence(*at) <= REACH
            })
            .map(|(_, talkers)| talkers.clone())
            .unwrap_or_default()
    }

    /// "the Trump-Putin call", "US-Russia talks": two names before the noun.
    pub fn pair_before(&self, noun: usize) -> Vec<Referent> {
        let mut found: Vec<Referent> = Vec::new();
        for c in self.slots().fill(noun, &Slot::Modifier) {
            for part in self.tree.subtree(c) {
                for referent in self.who.one(part) {
                    if found.iter().all(|f| f.key() != referent.key()) {
                        found.push(referent.clone());
                    }
                }
            }
        }
        found
    }

    /// Who does the act that `noun` names, when the noun is the subject of another
    /// act: "the strike that hit a school" was somebody's.
    pub fn agents_of_event(&self, noun: usize) -> Vec<Referent> {
        self.lexicon
            .evoked(&self.slots(), noun)
            .iter()
            .filter(|e| e.trigger.kind == TriggerKind::Noun)
            .map(|e| self.actors_at(noun, &e.trigger.frame.agent).0)
            .find(|agents| !agents.is_empty())
            .unwrap_or_default()
    }

    /// `referents` without those among `taken`.
    pub fn others(&self, referents: Vec<Referent>, taken: &[Referent]) -> Vec<Referent> {
        referents.into_iter().filter(|r| taken.iter().all(|t| t.key() != r.key())).collect()
    }
}
