//! Who takes part in talks, a deal or a truce where the phrase names them itself: "talks between A
//! and B", "the Israeli-Palestinian negotiations", "meetings involving A and B". Whoever mediates
//! them, or speaks of them, is somebody else.

use std::collections::BTreeSet;

use super::reading::{Candidate, Reading};
use super::who::Referent;
use crate::annotate::{Deprel, Upos};
use crate::ontology::{ActTrait, ActorKind, WordClass};

/// How many words behind the noun the parties can begin ("talks on a truce between A and B").
const BEHIND: usize = 7;

/// How many words before the noun they can stand ("U.S.-China Defence Policy Talks").
const BEFORE: usize = 6;

/// How many sentences back the talks are sought that a bare "negotiations" goes on with.
const REACH: usize = 20;

/// The talks that a text tells of with two parties: the word that names them, the parties; in the
/// order of the text.
#[derive(Default)]
pub(super) struct Talks(Vec<(usize, Vec<Referent>)>);

impl Talks {
    /// The talks among the candidates: those whose two parties stand with them, as doers together
    /// or one as the addressee of the other.
    pub(super) fn among<'c>(
        reading: &Reading<'_>,
        candidates: impl Iterator<Item = &'c Candidate>,
    ) -> Self {
        let mut talks = Vec::new();
        for candidate in candidates {
            if !reading.lexicon.act_is(&candidate.act, ActTrait::Talk) {
                continue;
            }
            let parties = match reading.named_parties(candidate) {
                Some((parties, _)) => parties,
                None => {
                    let mut parties = candidate.agent.clone();
                    parties.extend(reading.others(candidate.addressee.clone(), &parties));
                    parties
                }
            };
            if parties.len() == 2 && parties.iter().all(|p| p.actor.is_some()) {
                talks.push((candidate.head, parties));
            }
        }
        talks.sort_by_key(|(word, _)| *word);
        Self(talks)
    }

    /// "Greece said negotiations broke down": of talks of which the text tells one party, both
    /// parties of the last such talks with it.
    pub(super) fn both_of(
        &self,
        reading: &Reading<'_>,
        candidate: &Candidate,
    ) -> Option<Vec<Referent>> {
        let (tree, noun) = (reading.tree, candidate.head);
        let with = |c: usize| tree.is(c, Deprel::Nmod) && tree.marked(c, WordClass::CompanyMark);
        let own = tree.children(noun).iter().any(|&c| tree.is(c, Deprel::NmodPoss) || with(c));
        let bare = tree.upos(noun) == Upos::Noun
            && reading.lexicon.act_is(&candidate.act, ActTrait::Talk)
            && reading.lexicon.is(tree.lemma(noun), WordClass::MatterTalk)
            && !tree.determined(noun, WordClass::IndefiniteDeterminer);
        if !bare || own || candidate.agent.len() != 1 || !candidate.addressee.is_empty() {
            return None;
        }
        let is_of = |parties: &[Referent]| {
            candidate.agent.iter().all(|a| parties.iter().any(|p| p.key() == a.key()))
        };
        let near = |word: usize| tree.sentence(noun) - tree.sentence(word) <= REACH;
        let before = &self.0[..self.0.partition_point(|(word, _)| *word < noun)];
        let mut told = before.iter().rev().take_while(|(word, _)| near(*word));
        let (_, parties) = told.find(|(_, parties)| is_of(parties))?;
        Some(parties.clone())
    }
}

impl Reading<'_> {
    /// The parties that the words at the noun of a candidate name, two at least; the words that
    /// name them beside.
    pub(super) fn named_parties(
        &self,
        candidate: &Candidate,
    ) -> Option<(Vec<Referent>, Vec<usize>)> {
        let joint = [ActTrait::Mutual, ActTrait::Agreeing]
            .iter()
            .any(|&what| self.lexicon.act_is(&candidate.act, what));
        if !joint {
            return None;
        }
        let last = candidate.trigger.iter().copied().max()?;
        // "an agreement between A and B was signed"
        let signed = self.tree.child(candidate.head, Deprel::NsubjPass);
        let noun = signed.filter(|_| candidate.agent.is_empty()).unwrap_or(last);
        if !matches!(self.tree.upos(noun), Upos::Noun | Upos::Propn) {
            return None;
        }
        self.parties_behind(noun).or_else(|| self.parties_before(noun)).or_else(|| {
            let told = candidate.agent.len() > 1 || !candidate.addressee.is_empty();
            let two = (!told).then(|| self.who.bilateral(noun)).flatten()?;
            Some((two, Vec::new()))
        })
    }

    /// "Talks between A and B", "a dialogue involving A and B".
    fn parties_behind(&self, noun: usize) -> Option<(Vec<Referent>, Vec<usize>)> {
        let tree = self.tree;
        let end = tree.annotation().sentences[tree.sentence(noun)].end;
        let idle = |&w: &usize| {
            matches!(
                tree.upos(w),
                Upos::Adp
                    | Upos::Adj
                    | Upos::Noun
                    | Upos::Propn
                    | Upos::Det
                    | Upos::Num
                    | Upos::Adv
            ) || tree.word(w).form == "-"
        };
        let near = noun + 1..end.min(noun + BEHIND);
        let mark = near.clone().find(|&w| self.lexicon.is(tree.lemma(w), WordClass::PartyMark))?;
        if !(noun + 1..mark).all(|w| idle(&w)) {
            return None;
        }
        let below = tree.head(mark).filter(|&head| head > mark);
        let above = || tree.children(mark).iter().copied().find(|&c| c > mark);
        let first = below.or_else(above)?;
        let mut words = tree.conjuncts(first);
        words.retain(|&w| tree.upos(w) != Upos::Verb);
        let mut parties: Vec<Referent> = Vec::new();
        for &word in &words {
            let mut known = self.who.all(word);
            if known.is_empty() && matches!(tree.upos(word), Upos::Noun | Upos::Propn) {
                known.push(self.who.unknown(word, false));
            }
            known.retain(|r| parties.iter().all(|p| p.key() != r.key()));
            parties.extend(known);
        }
        // "between 2014 and 2016", "between the two": nobody is named
        let named = parties.iter().filter(|p| p.actor.is_some()).count();
        (parties.len() > 1 && named > 0).then_some((parties, words))
    }

    /// "U.S.-China talks", "Israeli-Palestinian negotiations".
    fn parties_before(&self, noun: usize) -> Option<(Vec<Referent>, Vec<usize>)> {
        let tree = self.tree;
        let start = tree.annotation().sentences[tree.sentence(noun)].start;
        let phrase = |w: &usize| {
            matches!(tree.upos(*w), Upos::Adj | Upos::Noun | Upos::Propn)
                || ["-", "–", "/"].contains(&tree.word(*w).form.as_str())
        };
        let before = (start..noun).rev().take(BEFORE).take_while(phrase);
        let mut words: BTreeSet<usize> = BTreeSet::new();
        for w in before {
            // "US-Iranian-Russian" is three
            words.extend(self.who.beside_hyphen(w).into_iter().flat_map(|other| [other, w]));
        }
        let mut parties: Vec<Referent> = Vec::new();
        for referent in words.iter().filter_map(|&w| self.who.one(w).first()) {
            if parties.iter().all(|p| p.key() != referent.key()) {
                parties.push(referent.clone());
            }
        }
        let somebody = |r: &Referent| r.kind().is_some_and(|kind| kind != ActorKind::Place);
        let all = parties.len() > 1 && parties.iter().all(somebody);
        all.then(|| (parties, words.into_iter().collect()))
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::chooses;

    #[test]
    fn the_parties_and_not_the_mediator() {
        chooses(
            "Egypt mediated indirect negotiations between Greece and Turkey.",
            &[
                "actual consult [egypt] to [greece, turkey] \
                 ‹indirect negotiations between Greece and Turkey›",
                "actual consult [greece, turkey] ‹Egypt›",
            ],
        );
    }

    #[test]
    fn two_presidents_on_the_phone() {
        chooses(
            "The call between President Macron and President Putin lasted an hour.",
            &["actual consult [emmanuel-macron, vladimir-putin]"],
        );
    }

    #[test]
    fn a_hyphen_joins_the_parties() {
        chooses(
            "U.S.-China trade talks will resume.",
            &["unrealised consult [united-states, china]"],
        );
    }

    #[test]
    fn talks_go_on_between_the_same() {
        chooses(
            "Talks between Greece and Turkey began in May. Turkey rejected the map. The negotiations \
             broke down.",
            &[
                "actual consult [greece, turkey] 2025-05",
                "actual reject [turkey] ‹the map›",
                "negated accept [] ‹The negotiations›",
                "actual consult [greece, turkey]",
            ],
        );
    }

    #[test]
    fn bilateral_talks_are_between_the_two_spoken_of() {
        chooses(
            "Turkey accused Greece of a raid. Turkey insisted on bilateral talks.",
            &[
                "actual accuse [turkey] to [greece] ‹a raid›",
                "actual attack [greece] source [turkey]",
                "actual demand [turkey] ‹bilateral talks›",
                "unrealised consult [greece, turkey]",
            ],
        );
    }

    #[test]
    fn talks_of_nobody_stay_so() {
        chooses("The talks were long.", &["actual consult []"]);
    }

    #[test]
    fn what_is_signed_between_two_is_signed_by_both() {
        chooses(
            "An agreement between Ghana and Togo was signed on Friday.",
            &[
                "actual cooperate [ghana, togo] ‹An agreement between Ghana and Togo› 2025-03-14",
                "actual accept [ghana, togo] 2025-03-14",
            ],
        );
    }
}
