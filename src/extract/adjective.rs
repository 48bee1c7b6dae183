//! A predicate adjective: "Iran is unwilling to talk", "both were keen to end it".

use super::claim::Status;
use super::construction::Construction;
use super::evoked::Evoked;
use super::reading::{Candidate, Reading};
use crate::annotate::Deprel;
use crate::ontology::{ActTrait, KeyAct, TriggerKind, WordClass};

/// The claim that an adjective makes of its subject.
pub(super) fn read(reading: &Reading<'_>, evoked: &Evoked<'_>) -> Option<Candidate> {
    let tree = reading.tree;
    if evoked.trigger.kind != TriggerKind::Adjective {
        return None;
    }
    let frame = &evoked.trigger.frame;
    let (mut agent, mut agent_words) = reading.actors_at(evoked.head, &frame.agent);
    if agent.is_empty() && tree.is_passive(evoked.head) {
        // "may be tempted to": a participle that is no passive here
        agent_words = reading.slots().tree_subjects(evoked.head, 6);
        agent = reading.referents(&agent_words);
    }
    let mut spoken_by_agent = false;
    if agent.is_empty() {
        // "Iran's programme is non-negotiable": whoever is speaking says so, else
        // whoever has what it is said of
        if !reading.lexicon.act_is(&evoked.trigger.act, ActTrait::Speaker) {
            return None;
        }
        match reading.speech.of(evoked.head).first() {
            Some(speaker) => {
                agent = reading.referents(&[speaker.source]);
                spoken_by_agent = true;
            }
            None if !reading.list_owner(evoked.head).is_empty() => {
                agent = reading.list_owner(evoked.head);
            }
            None => {
                let owners: Vec<usize> = tree
                    .children_by(evoked.head, Deprel::Nsubj)
                    .flat_map(|s| tree.children_by(s, Deprel::NmodPoss).collect::<Vec<_>>())
                    .collect();
                agent = reading.referents(&owners);
            }
        }
    }
    if agent.is_empty() {
        agent_words = reading.slots().tree_subjects(evoked.head, 6);
        agent = reading.unresolved(&agent_words, ""); // the weather can be unacceptable too
    }
    if agent.is_empty() {
        return None;
    }
    let (addressee, addressee_words) = reading.actors_at(evoked.head, &frame.addressee);
    let addressee = reading.others(addressee, &agent);
    let mut taken = agent_words.clone();
    taken.extend(addressee_words);
    let mut matter = reading.matter_at(evoked, &taken);
    if matter.is_empty() {
        matter =
            tree.children_by(evoked.head, Deprel::Nsubj).filter(|s| !taken.contains(s)).collect();
    }
    let mut act = evoked.trigger.act.clone();
    let mut status = None;
    let denied = tree
        .children_by(evoked.head, Deprel::Advmod)
        .any(|c| reading.lexicon.is(&tree.word(c).form.to_lowercase(), WordClass::Negator));
    if denied && reading.lexicon.act_is(&act, ActTrait::Refusable) {
        // "is not willing to": a refusal (codebook rule 13)
        act = KeyAct::Reject.into();
        status = Some(Status::Actual);
    }
    Some(Candidate {
        trigger: evoked.words.clone(),
        agent,
        agent_words,
        addressee,
        matter,
        status,
        spoken_by_agent,
        ..Candidate::new(Construction::Adjective, act, evoked.head)
    })
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

    #[test]
    fn readiness_and_unwillingness() {
        reads(
            "Iran is unwilling to talk.",
            &["actual reject [iran] ‹talk›", "unrealised consult [iran]"],
        );
        reads("Israel is ready to accept a pause.", &["actual accept [israel] ‹accept a pause›"]);
        reads(
            "Mexico is willing to negotiate.",
            &["actual accept [mexico] ‹negotiate›", "unrealised consult [mexico]"],
        );
        reads("Iran is opposed to inspections.", &["actual reject [iran] ‹inspections›"]);
        reads("Hamas is determined to stay in Gaza.", &["actual intend [hamas] ‹stay in Gaza›"]);
    }

    #[test]
    fn what_is_unacceptable_is_rejected() {
        reads("The proposal is unacceptable to Iran.", &["actual reject [iran] ‹The proposal›"]);
        reads(
            r#""The backstop is unacceptable," Boris Johnson said."#,
            &["actual reject [boris-johnson] ‹The backstop›"],
        );
    }

    #[test]
    fn adamant_demands() {
        reads(
            "Barnier was adamant that the border must stay open.",
            &["actual demand [michel-barnier] ‹the border must stay open›"],
        );
        reads(
            "Hamas is adamant that the war must end.",
            &["actual demand [hamas] ‹the war must end›"],
        );
    }

    #[test]
    fn other_adjectives() {
        reads("The weather was unacceptable.", &[]);
        reads("Israel is aware of the risks.", &[]);
        reads("The ship was ready.", &[]);
    }
}
