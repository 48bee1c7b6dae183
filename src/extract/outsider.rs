//! Whether somebody whom the network takes for the doer only stands outside: the subject of another
//! clause, or whoever reacts to what the noun tells.

use super::reading::{Candidate, Reading};
use crate::annotate::{Deprel, Upos};
use crate::ontology::{ActTrait, KeyAct, WordClass};

/// "The US is committed to an accord that helps Chad", "Norland welcomes talks between …": do the
/// words for the doer stand where nobody does what the trigger tells?
pub(super) fn stands_outside(reading: &Reading<'_>, candidate: &Candidate) -> bool {
    if candidate.agent_words.is_empty() {
        return false;
    }
    match reading.tree.upos(candidate.head) {
        Upos::Verb => {
            has_another_subject(reading, candidate) && !speaks(reading, candidate)
                || is_by_nobody(reading, candidate)
        }
        // "issued a letter of protest": what is said is whoever's who says it
        Upos::Noun => {
            !reading.lexicon.act_is(&candidate.act, ActTrait::Said) && reacts(reading, candidate)
        }
        _ => false,
    }
}

/// "The EU noted that these issues require guidance": is it the speaker's own demand?
fn speaks(reading: &Reading<'_>, candidate: &Candidate) -> bool {
    let speakers = reading.speech.of(candidate.head).iter().map(|said| said.source);
    speakers.into_iter().any(|source| does(reading, candidate, source))
}

/// Has the verb a subject of its own, which is somebody or something else?
fn has_another_subject(reading: &Reading<'_>, candidate: &Candidate) -> bool {
    let (tree, verb) = (reading.tree, candidate.head);
    let subjects: Vec<usize> = tree.children_by(verb, Deprel::Nsubj).collect();
    let by = |&w: &usize| tree.is(w, Deprel::OblAgent) && tree.head(w) == Some(verb);
    if subjects.is_empty() || candidate.agent_words.iter().any(by) {
        return false;
    }
    // "the envoy who rejected it": what the clause hangs on is its subject
    let noun = tree.head(verb).filter(|_| tree.deprel(verb).is_relative());
    let own = |w: usize| {
        subjects.iter().chain(&noun).any(|&s| {
            w == s || tree.dominates(s, w) || tree.dominates(w, s) && tree.upos(w) != Upos::Verb
        })
    };
    let same = subjects.iter().chain(&noun).any(|&s| does(reading, candidate, s));
    !same && !candidate.agent_words.iter().any(|&w| own(w))
}

/// "Tariffs imposed on goods from Norland", "the Senate passed a bill criticised as harsh": does the
/// network find the doer of a passive without "by" in a phrase below it, or, where somebody is
/// answered, blamed or harmed, in the clause around?
fn is_by_nobody(reading: &Reading<'_>, candidate: &Candidate) -> bool {
    let (tree, verb) = (reading.tree, candidate.head);
    let by = |&c: &usize| tree.is(c, Deprel::OblAgent) || tree.marked(c, WordClass::AgentMark);
    if !tree.is_passive(verb) || tree.children(verb).iter().any(by) {
        return false;
    }
    // "prisoners held in Norland" are held by it, but not "tariffs imposed on goods from Norland"
    let far = |&w: &usize| tree.dominates(verb, w) && tree.head(w) != Some(verb);
    if candidate.agent_words.iter().all(far) {
        return true;
    }
    let towards = [ActTrait::Answering, ActTrait::Blaming, ActTrait::Harm];
    let Some(noun) = tree.head(verb).filter(|_| tree.is(verb, Deprel::Acl)) else { return false };
    if !towards.iter().any(|&what| reading.lexicon.act_is(&candidate.act, what)) {
        return false;
    }
    let clause = tree.ancestors(noun).find(|&a| tree.upos(a) == Upos::Verb);
    !tree.is(noun, Deprel::Nsubj)
        && clause.is_some_and(|clause| are_subjects(reading, candidate, clause))
}

/// Do all words for the doer stand in subjects of a verb?
fn are_subjects(reading: &Reading<'_>, candidate: &Candidate, verb: usize) -> bool {
    let subjects = reading.slots().tree_subjects(verb, 6);
    let subject = |&w: &usize| subjects.iter().any(|&s| w == s || reading.tree.dominates(s, w));
    candidate.agent_words.iter().all(subject)
}

/// Does the phrase at a word mean a doer?
fn does(reading: &Reading<'_>, candidate: &Candidate, word: usize) -> bool {
    reading.who.all(word).iter().any(|one| one.is_among(&candidate.agent))
}

/// Is the doer of the noun whoever answers, blames or tells of it, or the subject of a verb that
/// has another noun for its object?
fn reacts(reading: &Reading<'_>, candidate: &Candidate) -> bool {
    let (tree, noun) = (reading.tree, candidate.head);
    let Some(verb) = tree.ancestors(noun).find(|&a| tree.upos(a) == Upos::Verb) else {
        return false;
    };
    if tree.sentence(verb) != tree.sentence(noun) || tree.is(noun, Deprel::Nsubj) {
        return false;
    }
    if !are_subjects(reading, candidate, verb) {
        return false;
    }
    let direct = tree.head(noun) == Some(verb);
    let supports = reading.lexicon.is(tree.lemma(verb), WordClass::SupportVerb);
    let evoked = reading.lexicon.evoked(&reading.slots(), verb);
    let outside = evoked.first().is_some_and(|evoked| {
        let act = &evoked.trigger.act;
        let is = |what| reading.lexicon.act_is(act, what);
        *act != candidate.act
            && (is(ActTrait::Answering) || is(ActTrait::Blaming) || *act == KeyAct::State)
    });
    outside && !(direct && supports)
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::chooses;

    #[test]
    fn a_participle_without_by_tells_no_doer() {
        chooses(
            "The Senate passed a bill criticised as harsh.",
            &["actual accept [senate] ‹a bill›"],
        );
    }

    #[test]
    fn whoever_welcomes_talks_does_not_hold_them() {
        chooses(
            "Norway welcomed the start of talks between Chad and Libya in Doha.",
            &[
                "actual accept [norway] to [chad, libya] ‹the start of talks between Chad and Libya in Doha›",
                "actual consult [chad, libya]",
            ],
        );
    }
}
