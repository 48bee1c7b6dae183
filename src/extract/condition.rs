//! "Only if", "provided that", "in exchange for": whoever ties his own act to
//! another's demands it (codebook rule 14).

use super::claim::Status;
use super::reading::{Candidate, Reading};
use crate::annotate::Upos;

/// The longest marker in words ("on the condition that").
pub(super) const LONGEST_MARKER: usize = 4;

/// The demand that a marker of a condition at `word` makes, when what it is tied to is
/// something that somebody grants.
pub(super) fn read(reading: &Reading<'_>, word: usize) -> Option<Candidate> {
    let marker = marker(reading, word)?;
    let condition = condition(reading, &marker)?;
    let granted = granted(reading, &marker, condition)?;
    let mut agent_words = reading.slots().tree_subjects(granted, 6);
    let mut agent = reading.referents(&agent_words);
    if agent.is_empty() || reading.tree.is_passive(granted) {
        agent_words.clear();
        agent = reading.referents(&[reading.speech.of(word).first()?.source]);
    }
    if agent.is_empty() {
        return None;
    }
    let subjects = reading.slots().tree_subjects(condition, 2);
    let addressee = reading.others(reading.referents(&subjects), &agent);
    Some(Candidate {
        construction: "condition",
        act: "demand".to_owned(),
        trigger: marker,
        head: word,
        agent,
        agent_words,
        addressee,
        matter: vec![condition],
        status: Some(Status::Actual),
        spoken_by_agent: true,
    })
}

/// The words of the longest marker that starts at `word`.
fn marker(reading: &Reading<'_>, word: usize) -> Option<Vec<usize>> {
    let tree = reading.tree;
    let end = tree.annotation().sentences[tree.sentence(word)].end;
    (1..=LONGEST_MARKER.min(end - word)).rev().find_map(|len| {
        let words: Vec<usize> = (word..word + len).collect();
        let forms: Vec<String> = words.iter().map(|&w| tree.word(w).form.to_lowercase()).collect();
        reading.lexicon.is(&forms.join(" "), "condition-marker").then_some(words)
    })
}

/// The clause or noun that the marker introduces.
fn condition(reading: &Reading<'_>, marker: &[usize]) -> Option<usize> {
    let tree = reading.tree;
    let last = *marker.last()?;
    if (tree.is(last, "case") || tree.is(last, "mark"))
        && let Some(head) = tree.head(last).filter(|head| !marker.contains(head))
    {
        return Some(head);
    }
    // "provided that …", parsed as a verb with its clause
    let clause = |&w: &usize| tree.child(w, "ccomp").or_else(|| tree.child(w, "acl"));
    marker.iter().find_map(clause).filter(|&clause| clause > last)
}

/// What is granted under the condition: the verb or adjective above it, if it names an
/// act that one can tie to something.
fn granted(reading: &Reading<'_>, marker: &[usize], condition: usize) -> Option<usize> {
    let tree = reading.tree;
    let slots = reading.slots();
    let above = tree.ancestors(condition).filter(|a| !marker.contains(a));
    let mut clauses = above.filter(|&a| matches!(tree.upos(a), Upos::Verb | Upos::Adj)).take(2);
    clauses.find(|&clause| {
        let evoked = reading.lexicon.evoked(&slots, clause);
        evoked.first().is_some_and(|e| reading.lexicon.is(&e.trigger.act, "granting-act"))
    })
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

    #[test]
    fn what_one_grants_only_for_something_is_a_demand() {
        reads(
            "Hamas would release the hostages only in exchange for a truce.",
            &["unrealised concede [hamas] ‹the hostages›", "actual demand [hamas] ‹a truce›"],
        );
    }

    #[test]
    fn conditions_of_the_weather() {
        reads("The ship sails only if the wind turns.", &[]);
    }
}
