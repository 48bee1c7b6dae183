//! People who are described, not named ("two US corporations", "Chávez's opponents",
//! "members of the council"): an actor by the head of the phrase, so that the same people
//! are the same actor however many there are said to be, and whoever they belong to.

use std::ops::Range;

use super::name::Known;
use super::tree::capitalised;
use super::who::{Referent, Who};
use crate::annotate::{Deprel, Upos};
use crate::ontology::{ActorKind, WordClass, kebab};

impl Who<'_> {
    /// Whoever the noun at `i` describes; nobody where nothing tells them apart ("the
    /// official").
    pub(super) fn described(&self, i: usize, group: bool) -> Vec<Referent> {
        let tree = self.tree;
        let plural = self.is_plural(i);
        let told_by = |relations: &[Deprel]| {
            tree.children(i).iter().any(|&c| relations.iter().any(|&r| tree.is(c, r)))
        };
        let told_apart = told_by(&[Deprel::Amod, Deprel::Compound, Deprel::Nmod, Deprel::NmodPoss]);
        let counted = told_by(&[Deprel::Nummod]);
        // "the two countries" are told apart by nothing
        if !told_apart && (!counted || tree.is_definite(i)) && (!plural || group || counted) {
            // "the protesters": nobody in particular, but whoever "they" are behind it
            let people = plural && self.ontology.is(tree.lemma(i), WordClass::PersonNoun);
            return people.then(|| self.unknown(i, plural)).into_iter().collect();
        }
        self.by_words(i, self.stretch(i), group).into_iter().collect()
    }

    /// Somebody by the words of a stretch that the noun at `head` heads.
    pub(super) fn by_words(
        &self,
        head: usize,
        words: Range<usize>,
        group: bool,
    ) -> Option<Referent> {
        let tree = self.tree;
        let plural = self.is_plural(head);
        let text = self.slice(words.clone());
        let pronoun = tree
            .children_by(head, Deprel::NmodPoss)
            .find(|&p| tree.upos(p) == Upos::Pron && words.contains(&p));
        let label = match pronoun {
            // "his counterpart", "whose envoy": somebody else in every sentence
            Some(_) if !plural => None,
            Some(possessor) => self.of_owner(possessor, possessor + 1..words.end),
            None => Some(self.label(head, words)),
        };
        let Some(label) = label else {
            return Some(Referent { actor: None, text, plural });
        };
        let id = kebab(&label);
        if id.is_empty() {
            return None;
        }
        let kind = if plural || group { ActorKind::Group } else { ActorKind::Person };
        Some(Referent { actor: Some(Known { id, label, kind, gender: None }), text, plural })
    }

    fn is_plural(&self, i: usize) -> bool {
        let tree = self.tree;
        tree.is_plural(i) || {
            let form = tree.word(i).form.to_lowercase();
            form.strip_prefix(tree.lemma(i))
                .is_some_and(|ending| self.ontology.is(ending, WordClass::PluralEnding))
        }
    }

    /// "Opponents of Hugo Chávez" for the words behind the possessor "Mr. Chavez's" or "his":
    /// none where it is not told whose.
    fn of_owner(&self, possessor: usize, rest: Range<usize>) -> Option<String> {
        let [owner] = self.one(possessor) else { return None };
        let pronoun = self.tree.upos(possessor) == Upos::Pron;
        let state = |owner: &Known| pronoun && owner.kind == ActorKind::State;
        let told = |owner: &&Known| owner.kind == ActorKind::Person || state(owner);
        let owner = owner.actor.as_ref().filter(told)?;
        let rest = self.without_count(rest);
        (!rest.is_empty()).then(|| format!("{} of {}", self.slice(rest), owner.label))
    }

    /// The phrase without articles, numbers and words for how many; whose it is said in full.
    fn label(&self, head: usize, words: Range<usize>) -> String {
        let tree = self.tree;
        let words = self.without_count(words);
        if let Some(label) = self.of_person(&words).or_else(|| self.of_whom(head, &words)) {
            return label;
        }
        let possessor = tree.children_by(head, Deprel::NmodPoss).find(|p| words.contains(p));
        let behind = possessor.and_then(|p| {
            let mark = |w: &usize| tree.word(*w).xpos == "POS";
            let mark = (p + 1..head).find(mark)?;
            (words.start <= p && mark + 1 < words.end).then_some((p, mark + 1..words.end))
        });
        let Some((possessor, rest)) = behind else { return self.slice(words) };
        if let Some(label) = self.of_owner(possessor, rest.clone()) {
            return label;
        }
        // "Turkey's Foreign Ministry" as "Turkish Foreign Ministry"
        let state =
            self.one(possessor).first().and_then(|r| self.ontology.actor(&r.actor.as_ref()?.id));
        match state.filter(|s| s.kind == ActorKind::State).and_then(|s| s.adjectives.first()) {
            // "Thailand's Thai Unity Party" says it itself
            Some(adjective) if self.slice(rest.clone()).starts_with(adjective.as_str()) => {
                self.slice(rest)
            }
            Some(adjective) => format!("{adjective} {}", self.slice(rest)),
            None => self.slice(words),
        }
    }

    /// "The cabinet of Premier Josip Lund" as "cabinet of Josip Lund", whatever title he has there.
    fn of_person(&self, words: &Range<usize>) -> Option<String> {
        let tree = self.tree;
        let name = self.names_in(words).last()?;
        let last = name.words.end == words.end && name.actor.kind == ActorKind::Person;
        let of = (words.start + 1..name.words.start)
            .rev()
            .find(|&w| tree.upos(w) == Upos::Adp)
            .filter(|&w| last && tree.in_class(w, WordClass::BelongingMark))?;
        let title = |w: usize| tree.upos(w) == Upos::Det || capitalised(&tree.word(w).form);
        (of + 1..name.words.start)
            .all(title)
            .then(|| format!("{} {}", self.slice(words.start..of + 1), name.actor.label))
    }

    /// "An aide to the chairwoman, Ann Reed" as "aide to Ann Reed": whom a noun that stands alone is
    /// somebody's.
    fn of_whom(&self, head: usize, words: &Range<usize>) -> Option<String> {
        let tree = self.tree;
        if words.len() > 1 || tree.is_plural(head) {
            return None;
        }
        let behind = |&c: &usize| c > head && tree.is(c, Deprel::Nmod);
        let whom = tree.children(head).iter().copied().find(behind)?;
        let explained = tree.children_by(whom, Deprel::Appos);
        let name = [whom].into_iter().chain(explained).find_map(|w| self.name(w))?;
        let mark = tree.case_marks(whom).join(" ");
        // an ambassador to Norland is not Norland's
        let office = self.ontology.is(&mark, WordClass::OfficePreposition);
        let to = self.ontology.is(&mark, WordClass::GoalMark);
        if !(office || to && name.actor.kind == ActorKind::Person) {
            return None;
        }
        Some(format!("{} {mark} {}", tree.word(head).form, name.actor.label))
    }

    fn without_count(&self, mut words: Range<usize>) -> Range<usize> {
        let tree = self.tree;
        let counts = |w: usize| {
            matches!(tree.upos(w), Upos::Det | Upos::Num | Upos::Punct)
                || [WordClass::QuantityWord, WordClass::Negator]
                    .iter()
                    .any(|&class| tree.form_in_class(w, class))
        };
        // "the 29-member group" counts its members
        let hyphen = |w: usize| tree.word(w).form == "-";
        while words.len() > 1 && counts(words.start) {
            let joined = words.len() > 3 && hyphen(words.start + 1);
            words.start += if joined { 3 } else { 1 };
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

    #[test]
    fn however_many_they_are() {
        reads(
            "Two Egyptian lawyers rejected the truce.",
            &["actual reject [egyptian-lawyers] ‹the truce›"],
        );
        reads(
            "Several opposition activists rejected the truce.",
            &["actual reject [opposition-activists] ‹the truce›"],
        );
        reads("Three of them slept.", &[]);
    }

    #[test]
    fn whom_somebody_works_for() {
        reads(
            "An aide to Lindiwe Moroka rejected the plan.",
            &["actual reject [aide-to-lindiwe-moroka] ‹the plan›"],
        );
        reads(
            "The cabinet of Premier Josip Lund rejected the plan.",
            &["actual reject [cabinet-of-josip-lund] ‹the plan›"],
        );
    }

    #[test]
    fn whose_they_are() {
        reads(
            "Netanyahu's opponents rejected the plan.",
            &["actual reject [opponents-of-benjamin-netanyahu] ‹the plan›"],
        );
        reads(
            "Members of the Basque parliament rejected the plan.",
            &["actual reject [members-of-the-basque-parliament] ‹the plan›"],
        );
    }
}
