//! Those who are told, behind the verb, to do it too: "Norland accepted it, along with two smaller
//! states", or for whom it is done: "signed it on behalf of the chamber".

use super::reading::{Candidate, Reading};
use super::who::Referent;
use crate::annotate::{Deprel, Upos};
use crate::ontology::{ActTrait, ActorKind, WordClass};

/// How many words behind the verb they can be told at most.
const REACH: usize = 24;

/// How many words of a phrase stand before its noun ("the two smaller unions").
const PHRASE: usize = 6;

/// Adds to the doers those whom the rest of the sentence tells to do it with them, and for whom they
/// do it. Where nobody does it, nobody is added.
pub(super) fn take_company(reading: &Reading<'_>, candidate: &mut Candidate) {
    let told = !candidate.agent.is_empty() && reading.tree.upos(candidate.head) == Upos::Verb;
    if !told || reading.tree.is_passive(candidate.head) {
        return;
    }
    let principal = principal(reading, candidate);
    if let (Some((from, _)), Some(matter)) = (principal, &mut candidate.matter_words)
        && matter.contains(&from)
        && matter.start < from
    {
        matter.end = from;
    }
    let companions = companions(reading, candidate);
    for head in companions.into_iter().chain(principal.map(|(_, head)| head)) {
        for referent in those_at(reading, head) {
            if !referent.is_among(&candidate.agent) {
                candidate.addressee.retain(|a| a.key() != referent.key());
                candidate.agent.push(referent);
            }
        }
    }
}

/// "…, along with the two smaller unions": the noun or name behind. What several do with each other
/// has its own slots.
fn companions(reading: &Reading<'_>, candidate: &Candidate) -> Option<usize> {
    let tree = reading.tree;
    if reading.lexicon.act_is(&candidate.act, ActTrait::Mutual) {
        return None;
    }
    let together = |&w: &usize| {
        tree.word(w).form == ","
            && tree.form_in_class(w + 1, WordClass::JoinedBy)
            && tree.in_class(w + 2, WordClass::CompanyMark)
    };
    let comma = behind(reading, candidate).find(together)?;
    noun_behind(reading, comma + 3)
}

/// "… on behalf of the chamber", "… in the name of the government": where the phrase begins, and the
/// body or the people.
fn principal(reading: &Reading<'_>, candidate: &Candidate) -> Option<(usize, usize)> {
    let tree = reading.tree;
    let principal = |&w: &usize| {
        tree.form_in_class(w, WordClass::Behalf) && tree.in_class(w + 1, WordClass::BelongingMark)
    };
    let behalf = behind(reading, candidate).find(principal)?;
    // "in the name of peace" is for nobody
    let body = |r: &Referent| {
        matches!(
            r.kind(),
            Some(
                ActorKind::State
                    | ActorKind::Organisation
                    | ActorKind::Institution
                    | ActorKind::Group
                    | ActorKind::Forces
            )
        )
    };
    let from = (candidate.head + 1..behalf).rev().find(|&w| tree.upos(w) == Upos::Adp)?;
    let noun = noun_behind(reading, behalf + 2)?;
    let acts = is_people(reading, noun) || reading.who.all(noun).iter().any(body);
    acts.then_some((from, noun))
}

/// The words behind the verb of a candidate up to where another verb has a subject of its own, but
/// for the last two of the sentence.
fn behind(reading: &Reading<'_>, candidate: &Candidate) -> impl Iterator<Item = usize> {
    let (tree, verb) = (reading.tree, candidate.head);
    let end = tree.annotation().sentences[tree.sentence(verb)].end;
    let subject = |w: usize| tree.is(w, Deprel::Nsubj) || tree.is(w, Deprel::NsubjPass);
    (verb + 1..end.saturating_sub(2).min(verb + REACH)).take_while(move |&w| !subject(w))
}

/// The noun or name of the phrase that begins at a word.
fn noun_behind(reading: &Reading<'_>, first: usize) -> Option<usize> {
    let tree = reading.tree;
    let end = tree.annotation().sentences[tree.sentence(first)].end.min(first + PHRASE);
    let inside = |w: &usize| {
        matches!(
            tree.upos(*w),
            Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn | Upos::Pron
        )
    };
    let words = first..(first..end).find(|w| !inside(w)).unwrap_or(end);
    let head = |&w: &usize| tree.head(w).is_none_or(|head| !words.contains(&head));
    let named =
        |&w: &usize| reading.who.name(w).is_some_and(|name| name.words.clone().any(|w| head(&w)));
    let noun = |&w: &usize| tree.upos(w) == Upos::Noun && head(&w);
    words.clone().find(named).or_else(|| words.clone().rev().find(noun))
}

/// Who is meant there; people whom nobody knows by their words.
fn those_at(reading: &Reading<'_>, head: usize) -> Vec<Referent> {
    let known = reading.who.all(head);
    if !known.is_empty() || !is_people(reading, head) {
        return known;
    }
    reading.who.by_words(head, reading.who.stretch(head), true).into_iter().collect()
}

/// Does the noun call people or a body of them?
fn is_people(reading: &Reading<'_>, noun: usize) -> bool {
    let lemma = reading.tree.lemma(noun);
    [WordClass::PersonNoun, WordClass::GroupNoun, WordClass::OrganisationNoun]
        .into_iter()
        .any(|class| reading.lexicon.is(lemma, class))
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::chooses;

    #[test]
    fn those_told_behind_do_it_too() {
        chooses(
            "Norway rejected the quota, along with Chad.",
            &["actual reject [norway, chad] ‹the quota›"],
        );
    }

    #[test]
    fn whom_one_signs_for() {
        chooses(
            "Emmanuel Macron rejected the quota on behalf of the European Union.",
            &["actual reject [emmanuel-macron, european-union] ‹the quota›"],
        );
    }

    #[test]
    fn in_the_name_of_peace_is_for_nobody() {
        chooses(
            "Norway rejected the quota in the name of peace.",
            &["actual reject [norway] ‹the quota in the name of peace›"],
        );
    }
}
