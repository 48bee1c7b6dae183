//! Whose "the government" is, and whose country is "his country", where no name stands beside.

use std::collections::BTreeMap;

use super::first_person::stand_for_body;
use super::name::NameSpan;
use super::who::{Referent, Who};
use crate::annotate::{Deprel, Upos};
use crate::ontology::{ActorKind, KeyCollective, NameKind, WordClass};

/// Words before a noun in which it is sought whose it is.
pub(super) const SOUGHT: usize = 1000;

/// The share of a text's mentions of states, up to the noun, that one must have for the government
/// to be its.
const SHARE: f64 = 0.6;

impl Who<'_> {
    /// "His government", "her country": the state that the person leads or speaks for.
    pub(super) fn country_of_owner(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        if !self.is_collective(i, KeyCollective::Government) || tree.is_plural(i) {
            return None;
        }
        let whose = tree.children_by(i, Deprel::NmodPoss).find(|&c| tree.upos(c) == Upos::Pron)?;
        let [owner] = self.one(whose) else { return None };
        let mut state = owner.clone();
        stand_for_body(self, &mut state);
        (owner.kind() == Some(ActorKind::Person) && state.kind() == Some(ActorKind::State))
            .then(|| vec![Referent { text: self.words(i), ..state }])
    }

    /// "The government" of nobody in particular: that of the state whose the same noun was before,
    /// else of the one state that the text is about up to there.
    pub(super) fn government_spoken_of(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let bare = tree.children(i).iter().all(|&c| {
            tree.is(c, Deprel::Det)
                || c < i && (tree.is(c, Deprel::Case) || tree.is(c, Deprel::Cc))
                || c > i && !tree.marked(c, WordClass::BelongingMark)
        });
        let governs = self.is_collective(i, KeyCollective::Government)
            && !self.ontology.is(tree.lemma(i), WordClass::StateNoun);
        // "this administration" is that of whoever speaks
        let the = |&d: &usize| tree.in_class(d, WordClass::DefiniteArticle);
        let definite = tree.children_by(i, Deprel::Det).any(|d| the(&d));
        if !governs || !bare || !definite || tree.is_plural(i) {
            return None;
        }
        let again = |&j: &usize| {
            tree.lemma(j) == tree.lemma(i)
                && self.meant[j].len() == 1
                && self.meant[j][0].kind() == Some(ActorKind::State)
        };
        let state = match (i.saturating_sub(SOUGHT)..i).rev().find(again) {
            Some(j) => self.meant[j][0].clone(),
            // "the junta", "the regime" may be anybody's
            None if tree.lemma(i) == KeyCollective::Government.as_str() => self.state_before(i)?,
            None => return None,
        };
        Some(vec![Referent { text: self.words(i), ..state }])
    }

    /// The state that most of the mentions of states before `i` are of, by far.
    fn state_before(&self, i: usize) -> Option<Referent> {
        let mut times: BTreeMap<&str, (usize, &Referent)> = BTreeMap::new();
        let states = (i.saturating_sub(SOUGHT)..i).flat_map(|j| self.meant[j].iter());
        for state in states.filter(|r| r.kind() == Some(ActorKind::State)) {
            let id = state.actor.as_ref().map_or("", |actor| actor.id.as_str());
            times.entry(id).or_insert((0, state)).0 += 1;
        }
        let all: usize = times.values().map(|(n, _)| n).sum();
        let (most, state) = times.into_values().max_by_key(|(n, _)| *n)?;
        let mostly = most as f64 >= SHARE * all as f64;
        (mostly && self.is_main_state(state) && !self.goes_on_elsewhere(i, state))
            .then(|| state.clone())
    }

    /// "The government has fought rebels in Sudan's west": does the sentence go on to say that it is
    /// in another state?
    fn goes_on_elsewhere(&self, i: usize, state: &Referent) -> bool {
        let tree = self.tree;
        let sentence = &tree.annotation().sentences[tree.sentence(i)];
        let mut places = self.names_in(&(i + 1..sentence.end)).iter().filter(|name| {
            name.actor.kind == ActorKind::State
                && tree.in_class(name.words.start - 1, WordClass::InsideMark)
                // where talks are held, "in Cairo", is nobody's side
                && name.words.end < sentence.end
                && tree.form_in_class(name.words.end, WordClass::PossessiveMark)
        });
        places.any(|name| name.actor.id != state.key())
    }

    /// "The rebels" after "FARC rebels said": the body that the text has called so.
    pub(super) fn fighters_spoken_of(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let bare = tree.children(i).iter().all(|&c| c > i || tree.is(c, Deprel::Det));
        if !self.is_collective(i, KeyCollective::Fighters)
            || !bare
            || !tree.is_definite(i)
            || !tree.is_plural(i)
        {
            return None;
        }
        let beside = |w: usize, at: usize| {
            tree.sentence(w) == tree.sentence(at) && self.is_collective(w, KeyCollective::Fighters)
        };
        let called = |name: &&NameSpan| {
            let (first, end) = (name.words.start, name.words.end);
            name.how != NameKind::Adjective
                && name.actor.kind == ActorKind::Organisation
                && self.ontology.actor(&name.actor.id).is_some()
                && (first > 0 && beside(first - 1, first)
                    || end < i && beside(end, first)
                    || first > 1 && beside(first - 2, first))
        };
        let body = self.names_before(i, SOUGHT).find(called)?;
        Some(vec![self.referent(body.actor.clone(), i)])
    }

    /// Is the word one for such a group?
    fn is_collective(&self, i: usize, which: KeyCollective) -> bool {
        let lemma = self.tree.lemma(i);
        let mut collectives = self.ontology.collectives.iter();
        self.tree.upos(i) == Upos::Noun && collectives.any(|c| c.id == which && c.calls(lemma))
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

    #[test]
    fn his_government_is_the_state_he_leads() {
        reads(
            "Macron met Starmer. He said his government rejected the tariffs.",
            &[
                "actual consult [emmanuel-macron] to [keir-starmer]",
                "actual reject [france] ‹the tariffs› source [emmanuel-macron]",
            ],
        );
        reads(
            "Ethiopia's Prime Minister Meles Zenwe said his government rejected the truce.",
            &["actual reject [ethiopia] ‹the truce› source [meles-zenwe]"],
        );
        reads(
            "Macron met Starmer. He said his wife rejected the tariffs.",
            &[
                "actual consult [emmanuel-macron] to [keir-starmer]",
                "actual reject [“his wife”] ‹the tariffs› source [emmanuel-macron]",
            ],
        );
    }

    #[test]
    fn the_government_is_that_of_the_state_told_of() {
        reads(
            "Sri Lanka rejected the truce. The government demanded an apology.",
            &["actual reject [sri-lanka] ‹the truce›", "actual demand [sri-lanka] ‹an apology›"],
        );
        reads(
            "Egypt rejected the truce and Qatar accepted the plan. The government demanded an apology.",
            &[
                "actual reject [egypt] ‹the truce›",
                "actual accept [qatar] ‹the plan›",
                "actual demand [“The government”] ‹an apology›",
            ],
        );
    }

    #[test]
    fn the_government_is_not_that_of_a_state_named_by_the_way() {
        reads(
            "Envoys of Egypt slept. The government rejected the truce. Chad backed Libya. Chad left.",
            &["actual reject [“The government”] ‹the truce›", "actual aid [chad] to [libya]"],
        );
    }

    #[test]
    fn the_rebels_are_those_whom_the_text_calls_so() {
        reads(
            "FARC rebels attacked a village. Colombia condemned the raid. The guerrillas demanded an apology.",
            &[
                "actual attack [farc] ‹a village›",
                "actual accuse [colombia] ‹the raid›",
                "actual demand [farc] ‹an apology›",
            ],
        );
    }
}
