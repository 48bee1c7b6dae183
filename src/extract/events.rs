//! Who takes part in an event that is only pointed at: "the call", "their talks",
//! "the attack hit a school".

use super::claim::Status;
use super::evoked::Evoked;
use super::noun::by_means;
use super::reading::{Candidate, Dealing, Reading};
use super::status;
use super::who::Referent;
use crate::ontology::{ActTrait, Slot, TriggerKind};

/// How many sentences back "the call" may point.
const REACH: usize = 12;

impl Reading<'_> {
    /// Keeps in mind who talked with whom.
    pub(super) fn remember(&self, candidate: &Candidate) {
        self.dealings.borrow_mut().push(Dealing {
            word: candidate.head,
            agent: candidate.agent.clone(),
            addressee: candidate.addressee.clone(),
        });
        if !self.lexicon.act_is(&candidate.act, ActTrait::Mutual)
            || status::status(self.tree, self.lexicon, candidate.head) != Some(Status::Actual)
        {
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

    /// What the text has told up to a sentence and at most `reach` sentences before it, the last
    /// first; `word` says where each thing is told, which is in order of sentences.
    pub(super) fn back_from<'t, T>(
        &self,
        sentence: usize,
        reach: usize,
        told: &'t [T],
        word: impl Fn(&T) -> usize,
    ) -> impl Iterator<Item = &'t T> {
        let at = |thing: &T| self.tree.sentence(word(thing));
        let end = told.partition_point(|thing| at(thing) <= sentence);
        let start = told[..end].partition_point(|thing| at(thing) + reach < sentence);
        told[start..end].iter().rev()
    }

    /// The parties to the last talk told of before `word`.
    pub(super) fn talkers_before(&self, word: usize) -> Vec<Referent> {
        let talks = self.talks.borrow();
        self.back_from(self.tree.sentence(word), REACH, &talks, |(at, _)| *at)
            .find(|(at, _)| *at < word)
            .map(|(_, talkers)| talkers.clone())
            .unwrap_or_default()
    }

    /// Who did something to `patient` without being named: whoever dealt with it in
    /// the same sentence or the one before.
    pub(super) fn other_side(&self, word: usize, patient: &[Referent]) -> Vec<Referent> {
        let dealings = self.dealings.borrow();
        let is_patient = |r: &Referent| patient.iter().any(|p| p.key() == r.key());
        self.back_from(self.tree.sentence(word), 1, &dealings, |d| d.word)
            .filter(|d| d.word < word)
            .find_map(|d| {
                if d.agent.iter().any(is_patient) && !d.addressee.is_empty() {
                    Some(d.addressee.clone())
                } else if d.addressee.iter().any(is_patient) && !d.agent.is_empty() {
                    Some(d.agent.clone())
                } else if d.agent.len() == 2 && d.agent.iter().any(is_patient) {
                    // "their encounter": the other of the two
                    Some(d.agent.iter().filter(|r| !is_patient(r)).cloned().collect())
                } else {
                    None
                }
            })
            .unwrap_or_default()
    }

    /// "the Trump-Putin call", "US-Russia talks": two names before the noun.
    pub(super) fn pair_before(&self, noun: usize) -> Vec<Referent> {
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
    pub(super) fn agents_of_event(&self, noun: usize) -> Vec<Referent> {
        self.event_agents(noun, |evoked| by_means(self, evoked).0)
    }

    /// The same, where the words at the noun itself say it.
    pub(super) fn agents_named_at_event(&self, noun: usize) -> Vec<Referent> {
        self.event_agents(noun, |_| Vec::new())
    }

    /// The agents at the noun, or else those that `otherwise` finds, by the first entry
    /// that has some.
    fn event_agents(
        &self,
        noun: usize,
        otherwise: impl Fn(&Evoked<'_>) -> Vec<Referent>,
    ) -> Vec<Referent> {
        self.lexicon
            .evoked(&self.slots(), noun)
            .iter()
            .filter(|e| e.trigger.kind == TriggerKind::Noun)
            .map(|e| {
                let named = self.actors_at(noun, &e.trigger.frame.agent).0;
                if named.is_empty() { otherwise(e) } else { named }
            })
            .find(|agents| !agents.is_empty())
            .unwrap_or_default()
    }

    /// `referents` without those among `taken`.
    pub(super) fn others(&self, referents: Vec<Referent>, taken: &[Referent]) -> Vec<Referent> {
        referents.into_iter().filter(|r| taken.iter().all(|t| t.key() != r.key())).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

    #[test]
    fn the_call_is_between_those_who_called() {
        reads(
            "Erdoğan phoned Sisi on Sunday. The call lasted an hour.",
            &[
                "actual consult [recep-tayyip-erdogan] to [abdel-fattah-el-sisi] 2025-03-16",
                "actual consult [recep-tayyip-erdogan, abdel-fattah-el-sisi]",
            ],
        );
        reads(
            "Starmer spoke to Macron. The call was short.",
            &[
                "actual consult [keir-starmer] to [emmanuel-macron]",
                "actual consult [keir-starmer, emmanuel-macron]",
            ],
        );
    }

    #[test]
    fn their_talks_are_between_those_who_met() {
        reads(
            "Rwanda and Congo met in Luanda. Their talks ended early.",
            &[
                "actual consult [rwanda, democratic-republic-of-the-congo]",
                "actual consult [rwanda, democratic-republic-of-the-congo]",
            ],
        );
    }

    #[test]
    fn a_meeting_of_nobody() {
        reads("The meeting was long.", &[]);
        reads("The conversation at the bakery was short.", &[]);
    }
}
