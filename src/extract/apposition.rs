//! A name and the words that explain it are one person: "President Donald Trump",
//! "Leila Farhadi, a former adviser".

use super::name::NameSpan;
use super::who::{Referent, Who};
use crate::annotate::{Deprel, Upos};
use crate::ontology::{ActorKind, NameKind, WordClass};

impl Who<'_> {
    /// "President Donald Trump", "the fund's head, Kirill Dmitriev": the name that
    /// stands in the phrase for the same person.
    pub(super) fn name_inside(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let mut found: Vec<Referent> = Vec::new();
        for rel in [
            Deprel::Flat,
            Deprel::Appos,
            Deprel::Compound,
            Deprel::NmodDesc,
            Deprel::List,
            Deprel::Dep,
            Deprel::Parataxis,
        ] {
            for c in tree.children_by(i, rel) {
                // "the army and the Rapid Support Forces (RSF)": the brackets are the latter's
                let of_other =
                    rel == Deprel::Appos && tree.children_by(i, Deprel::Conj).any(|k| k < c);
                if rel == Deprel::Compound && c < i || of_other {
                    continue;
                }
                for part in tree.conjuncts(c) {
                    let Some(name) = self.name(part) else { continue };
                    let same = matches!(name.how, NameKind::Name | NameKind::FamilyName)
                        && (name.actor.kind == ActorKind::Person
                            || rel == Deprel::Appos && name.actor.kind != ActorKind::Place);
                    if same && found.iter().all(|f| f.key() != name.actor.id) {
                        found.push(self.bearer(name));
                    }
                }
            }
            if !found.is_empty() {
                return Some(found);
            }
        }
        // "Russian counterpart Vladimir Putin" with the name as head of the title is
        // found at the name itself; "leader Xi" may be split by a comma
        None
    }

    /// "Leila Farhadi, a former adviser,", "the bloc's envoy, Josep Borrell,": the person
    /// whose name the phrase explains. Commas tell it where the tree does not.
    pub(super) fn apposed_to(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let describes = tree.upos(i) == Upos::Noun
            && !tree.is_plural(i)
            && (self.ontology.is(tree.lemma(i), WordClass::PersonNoun)
                || !self.offices_of(tree.lemma(i)).is_empty());
        if !describes {
            return None;
        }
        let person = |name: &&NameSpan| name.actor.kind == ActorKind::Person;
        let comma = |w: usize| w < tree.len() && tree.word(w).form == ",";
        let by_tree = tree.head(i).filter(|&h| tree.is(i, Deprel::Appos) && h < i);
        let after = || {
            let name = (i + 2 < tree.len() && comma(i + 1)).then(|| self.name(i + 2)).flatten();
            name.filter(|n| n.words.start == i + 2 && n.words.len() > 1)
        };
        // "the customs chief of Port Ennel, Dov Tarrash,"
        let behind = || {
            let end = self.stretch(i).end;
            let name = (end > i + 1 && comma(end)).then(|| self.name(end + 1)).flatten()?;
            let apart = name.words.start == end + 1 && comma(name.words.end);
            (apart && tree.is_definite(i)).then_some(name)
        };
        let before = || {
            let start = tree.annotation().sentences[tree.sentence(i)].start;
            let phrase = |&w: &usize| {
                matches!(
                    tree.upos(w),
                    Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Part | Upos::Pron
                )
            };
            let first = (start..i).rev().take_while(phrase).last().unwrap_or(i);
            let name = self.name(first.checked_sub(2).filter(|_| comma(first - 1))?)?;
            (name.words.end == first - 1 && self.is_set_off(i)).then_some(name)
        };
        let name =
            by_tree.and_then(|h| self.name(h)).or_else(after).or_else(behind).or_else(before);
        name.filter(person).map(|name| {
            let actor = Some(name.actor.clone());
            vec![Referent { actor, text: self.words(i), plural: false }]
        })
    }

    /// Does a comma or a relative clause follow the phrase before any verb?
    pub(super) fn is_set_off(&self, i: usize) -> bool {
        let tree = self.tree;
        let end = tree.annotation().sentences[tree.sentence(i)].end;
        let told = (i + 1..end).find(|&w| {
            tree.upos(w) == Upos::Punct && tree.word(w).form != "-"
                || self.ontology.is(tree.lemma(w), WordClass::Relative)
                || matches!(tree.upos(w), Upos::Verb | Upos::Aux)
        });
        told.is_none_or(|w| !matches!(tree.upos(w), Upos::Verb | Upos::Aux))
    }

    /// "The chemical firm Dorex": the name right after a noun that says what it is, however the
    /// tree joins the two.
    pub(super) fn name_of(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let name = (i + 1 < tree.len()).then(|| self.name(i + 1)).flatten()?;
        // "the rights group Human Rights Now", where the tagger sees names throughout
        let small = tree.word(i).form.starts_with(char::is_lowercase);
        let a_noun = match tree.upos(i) {
            Upos::Noun => tree.word(i).xpos == "NN",
            Upos::Propn => small && !tree.is_plural(i),
            _ => false,
        };
        let top = tree.tops(&name.words)[0];
        let joined = tree.head(top) == Some(i)
            || tree.head(i).is_some_and(|head| name.words.contains(&head))
            || tree.head(i) == tree.head(top) && tree.deprel(i) == tree.deprel(top);
        let introduced = tree.children(i).iter().any(|&c| c < i && !tree.is(c, Deprel::Case))
            || tree.is(i, Deprel::Compound);
        let body = matches!(
            name.actor.kind,
            ActorKind::Organisation | ActorKind::State | ActorKind::Institution
        ) && matches!(name.how, NameKind::Name | NameKind::FamilyName);
        (name.words.start == i + 1
            && a_noun
            && joined
            && introduced
            && body
            && tree.sentence(i) == tree.sentence(i + 1))
        .then(|| vec![self.bearer(name)])
    }

    /// "South Korean President Lee Jae-myung" with the title hanging on the name: the
    /// name right after a title, without a comma.
    pub(super) fn name_after(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        if tree.child(i, Deprel::Det).is_some() {
            return None;
        }
        let name = (i + 1 < tree.len()).then(|| self.name(i + 1)).flatten()?;
        let titled = name.actor.kind == ActorKind::Person
            && name.words.start == i + 1
            && (!self.offices_of(tree.lemma(i)).is_empty()
                || self.ontology.is(tree.lemma(i), WordClass::PersonNoun)
                || self.ontology.is(tree.lemma(i), WordClass::Title));
        titled.then(|| vec![self.bearer(name)])
    }

    /// Whoever bears the name, in its words.
    fn bearer(&self, name: &NameSpan) -> Referent {
        let (actor, text) = (Some(name.actor.clone()), self.slice(name.words.clone()));
        Referent { actor, text, plural: false }
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

    #[test]
    fn an_apposition_between_commas() {
        reads(
            "Leila Farhadi, a former adviser, rejected the plan.",
            &["actual reject [leila-farhadi] ‹the plan›"],
        );
        reads(
            "The bloc's envoy, Josep Borrell, rejected the plan.",
            &["actual reject [josep-borrell] ‹the plan›"],
        );
        reads(
            "The president's adviser, Amira Salem, proposed a vote.",
            &["actual propose [amira-salem] ‹a vote›"],
        );
        reads(
            "Qatar, a friend of Egypt, rejected the plan.",
            &["actual reject [qatar] ‹the plan›"],
        );
        reads("A former adviser slept.", &[]);
    }

    #[test]
    fn a_name_behind_the_place_of_an_office() {
        reads(
            "The customs chief of Port Ennel, Dov Tarrash, rejected the plan.",
            &["actual reject [dov-tarrash] ‹the plan›"],
        );
    }
}
