//! A passive verb, with "by" or without: "a truce proposed by Egypt", "was expelled".

use super::lexicon::Evoked;
use super::reading::{Candidate, Reading};
use crate::ontology::TriggerKind;

/// The claim that a passive verb makes. Without "by" the agent stays empty
/// (codebook rule 11), but what two sides do together is done by the two who
/// were last told to talk.
pub(super) fn read(reading: &Reading<'_>, evoked: &Evoked<'_>) -> Option<Candidate> {
    if evoked.trigger.kind != TriggerKind::Verb || !reading.tree.is_passive(evoked.head) {
        return None;
    }
    let tree = reading.tree;
    let frame = &evoked.trigger.frame;
    let (mut agent, agent_words) = reading.actors_at(evoked.head, &frame.agent);
    let (addressee, addressee_words) = reading.actors_at(evoked.head, &frame.addressee);
    let mut taken = agent_words.clone();
    if agent.is_empty() && reading.lexicon.is(&evoked.trigger.words[0], "mutual-verb") {
        agent = reading.talkers_before(evoked.head);
    }
    if agent.is_empty() && reading.lexicon.is(&evoked.trigger.act, "own-act") {
        // "American support was withdrawn": one can only withhold one's own
        let own: Vec<usize> = reading
            .slots()
            .objects(evoked.head)
            .iter()
            .flat_map(|&o| {
                reading
                    .slots()
                    .modifiers(o)
                    .into_iter()
                    .chain(tree.children_by(o, "nmod:poss").collect::<Vec<_>>())
            })
            .collect();
        agent = reading.referents(&own);
    }
    if agent.is_empty() {
        let objects = reading.slots().objects(evoked.head);
        let mut patient = reading.referents(&objects);
        if patient.is_empty() {
            let owners: Vec<usize> = objects
                .iter()
                .flat_map(|&o| tree.children_by(o, "nmod:poss").collect::<Vec<_>>())
                .collect();
            patient = reading.referents(&owners);
        }
        agent = reading.other_side(evoked.head, &patient);
    }
    if agent.is_empty() && reading.lexicon.is_plain(&evoked.trigger.act) {
        return None; // "it can be said": by nobody
    }
    let reduced = ["acl", "amod", "xcomp"].iter().any(|rel| tree.deprel(evoked.head) == *rel);
    if agent.is_empty() && reduced {
        return None; // "the agreements reached", "the annexed areas"
    }
    let addressee = reading.others(addressee, &agent);
    if !addressee.is_empty() {
        taken.extend(addressee_words);
    }
    let mut matter = reading.matter_at(evoked, &taken);
    if matter.is_empty() {
        matter = reading.slots().objects(evoked.head);
        matter.retain(|m| !taken.contains(m));
    }
    if agent.is_empty() && addressee.is_empty() && matter.is_empty() {
        return None;
    }
    Some(Candidate {
        construction: "passive",
        act: evoked.trigger.act.clone(),
        trigger: evoked.words.clone(),
        head: evoked.head,
        agent,
        agent_words,
        addressee,
        matter,
        status: None,
        spoken_by_agent: false,
    })
}
