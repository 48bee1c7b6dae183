//! A verb with its subject: "Egypt proposed a truce", also through infinitives,
//! participles, coordination and relative clauses.

use super::lexicon::Evoked;
use super::reading::{Candidate, Reading};
use crate::ontology::TriggerKind;

/// The claim that an active verb makes, if somebody does it.
pub(super) fn read(reading: &Reading<'_>, evoked: &Evoked<'_>) -> Option<Candidate> {
    if evoked.trigger.kind != TriggerKind::Verb || reading.tree.is_passive(evoked.head) {
        return None;
    }
    let frame = &evoked.trigger.frame;
    let (mut agent, mut agent_words) = reading.actors_at(evoked.head, &frame.agent);
    if agent.is_empty() {
        let subjects = reading.slots().subjects(evoked.head);
        agent = subjects.iter().flat_map(|&s| reading.agents_of_event(s)).collect();
        agent_words = subjects;
        if agent.is_empty() && agent_words.is_empty() {
            agent = reading.list_owner(evoked.head);
        }
        if agent.is_empty() {
            return None;
        }
    }
    let (addressee, addressee_words) = reading.actors_at(evoked.head, &frame.addressee);
    let addressee = reading.others(addressee, &agent);
    let mut taken = agent_words.clone();
    taken.extend(addressee_words);
    let matter = reading.matter_at(evoked, &taken);
    Some(Candidate {
        construction: "active",
        act: evoked.trigger.act.clone(),
        trigger: evoked.words.iter().chain(&evoked.object).copied().collect(),
        head: evoked.head,
        agent,
        agent_words,
        addressee,
        matter,
        status: None,
        spoken_by_agent: false,
    })
}
