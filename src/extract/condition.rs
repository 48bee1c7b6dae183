//! "Only if", "provided that", "in exchange for": whoever ties his own act to
//! another's demands it (codebook rule 14).

use super::claim::Status;
use super::construction::Construction;
use super::reading::{Candidate, Reading};
use super::status::LONGEST_MARKER;
use crate::annotate::{Deprel, Upos};
use crate::ontology::{ActTrait, KeyAct, WordClass};

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
        trigger: marker,
        agent,
        agent_words,
        addressee,
        matter: vec![condition],
        status: Some(Status::Actual),
        spoken_by_agent: true,
        ..Candidate::new(Construction::Condition, KeyAct::Demand, word)
    })
}

/// The words of the longest marker that starts at `word`.
fn marker(reading: &Reading<'_>, word: usize) -> Option<Vec<usize>> {
    let tree = reading.tree;
    let end = tree.annotation().sentences[tree.sentence(word)].end;
    (1..=LONGEST_MARKER.min(end - word)).rev().find_map(|len| {
        let words: Vec<usize> = (word..word + len).collect();
        let forms: Vec<String> = words.iter().map(|&w| tree.word(w).form.to_lowercase()).collect();
        reading.lexicon.is(&forms.join(" "), WordClass::ConditionMarker).then_some(words)
    })
}

/// The clause or noun that the marker introduces.
fn condition(reading: &Reading<'_>, marker: &[usize]) -> Option<usize> {
    let tree = reading.tree;
    let last = *marker.last()?;
    if (tree.is(last, Deprel::Case) || tree.is(last, Deprel::Mark))
        && let Some(head) = tree.head(last).filter(|head| !marker.contains(head))
    {
        return Some(head);
    }
    // "provided that …", parsed as a verb with its clause
    let clause = |&w: &usize| tree.child(w, Deprel::Ccomp).or_else(|| tree.child(w, Deprel::Acl));
    marker.iter().find_map(clause).filter(|&clause| clause > last)
}

/// What is granted under the condition: the verb or adjective above it, if it names an
/// act that one can tie to something.
fn granted(reading: &Reading<'_>, marker: &[usize], condition: usize) -> Option<usize> {
    let tree = reading.tree;
    let above = tree.ancestors(condition).filter(|a| !marker.contains(a));
    let mut clauses = above.filter(|&a| matches!(tree.upos(a), Upos::Verb | Upos::Adj)).take(2);
    clauses.find(|&clause| reading.lexicon.evokes(tree, clause, ActTrait::Granting))
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

    #[test]
    fn acts_that_are_tied_to_a_clause() {
        reads(
            "Iran would accept inspections only if sanctions were lifted.",
            &[
                "unrealised accept [iran] ‹inspections›",
                "actual demand [iran] ‹sanctions were lifted›",
                "unrealised concede [] ‹sanctions›",
            ],
        );
        reads(
            "Serbia would recognise Kosovo only if Brussels opened its market.",
            &[
                "unrealised accept [serbia] to [kosovo]",
                "actual demand [serbia] to [european-union] ‹Brussels opened its market›",
                "unrealised concede [european-union] ‹its market›",
            ],
        );
        reads(
            "Egypt will sign the treaty if and only if Sudan signs it.",
            &[
                "unrealised cooperate [egypt] ‹the treaty›",
                "actual demand [egypt] to [sudan] ‹Sudan signs it›",
                "unrealised cooperate [sudan] ‹it›",
            ],
        );
        reads(
            "Iran will halt enrichment provided that Europe lifts its sanctions.",
            &[
                "unrealised concede [iran] ‹enrichment›",
                "actual demand [iran] to [europe] ‹Europe lifts its sanctions›",
                "unrealised concede [europe] ‹its sanctions›",
            ],
        );
        reads(
            "Israel will withdraw its troops provided that Hezbollah disarms.",
            &[
                "unrealised withdraw [israel] ‹its troops›",
                "actual demand [israel] to [hezbollah] ‹Hezbollah disarms›",
                "unrealised concede [hezbollah]",
            ],
        );
        reads(
            "Mexico would lift the ban as long as Canada withdraws its tariffs.",
            &[
                "unrealised concede [mexico] ‹the ban›",
                "actual demand [mexico] to [canada] ‹Canada withdraws its tariffs›",
                "unrealised concede [canada] ‹its tariffs›",
            ],
        );
        reads(
            "Rwanda is ready to withdraw its troops as long as Congo disarms the militia.",
            &[
                "actual accept [rwanda] ‹withdraw its troops as long as Congo disarms the militia›",
                "unrealised withdraw [rwanda] ‹its troops›",
                "actual demand [rwanda] to [democratic-republic-of-the-congo] ‹Congo disarms the militia›",
                "unrealised concede [democratic-republic-of-the-congo] ‹the militia›",
            ],
        );
    }

    #[test]
    fn acts_in_exchange_for_something() {
        reads(
            "Turkey offered to reopen the port in exchange for recognition.",
            &[
                "actual propose [turkey] ‹reopen the port in exchange for recognition›",
                "unrealised concede [turkey] ‹the port›",
                "actual demand [turkey] ‹recognition›",
            ],
        );
        reads(
            "Canada would lift its tariffs in return for a quota.",
            &["unrealised concede [canada] ‹its tariffs›", "actual demand [canada] ‹a quota›"],
        );
        reads(
            "Hamas agreed to release ten hostages in exchange for a pause.",
            &[
                "actual accept [hamas] ‹release ten hostages in exchange for a pause›",
                "unrealised concede [hamas] ‹ten hostages›",
                "actual demand [hamas] ‹a pause›",
            ],
        );
    }

    #[test]
    fn what_nobody_grants_is_tied_to_nothing() {
        reads("The bus leaves only if the driver arrives.", &[]);
        reads("The harvest will be good provided that it rains.", &[]);
        reads("The war lasted as long as the winter.", &[]);
        reads("Farmers sell milk in exchange for grain.", &[]);
    }
}
