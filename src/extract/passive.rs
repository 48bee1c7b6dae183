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
        // "French backing was withdrawn": one can only withhold one's own
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
        // "wants them disarmed": not by whoever wants it
        if !tree.is(evoked.head, "xcomp") {
            agent = reading.other_side(evoked.head, &patient);
        }
    }
    if agent.is_empty() {
        let by = reading.slots().subjects(evoked.head);
        agent = reading.unresolved(&by, &evoked.trigger.act);
    }
    let impersonal = reading.lexicon.is_plain(&evoked.trigger.act)
        || reading.lexicon.is(&evoked.trigger.words[0], "impersonal-passive");
    if agent.is_empty() && impersonal {
        return None; // "it can be said", "is expected to": by nobody
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
    let mut trigger = evoked.words.clone();
    if reduced {
        trigger.extend(same_act_noun(reading, evoked));
        trigger.sort_unstable();
    }
    Some(Candidate {
        construction: "passive",
        act: evoked.trigger.act.clone(),
        trigger,
        head: evoked.head,
        agent,
        agent_words,
        addressee,
        matter,
        status: None,
        spoken_by_agent: false,
    })
}

/// "A proposal drawn up by Egypt": the noun, where it names the act as well.
fn same_act_noun(reading: &Reading<'_>, evoked: &Evoked<'_>) -> Option<usize> {
    let noun = reading.tree.head(evoked.head)?;
    let same =
        |e: &Evoked<'_>| e.trigger.kind == TriggerKind::Noun && e.trigger.act == evoked.trigger.act;
    reading.lexicon.evoked(&reading.slots(), noun).iter().any(same).then_some(noun)
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

    #[test]
    fn the_by_phrase_is_the_agent() {
        reads("A truce was proposed by Egypt.", &["actual propose [egypt] ‹A truce›"]);
        reads("The ambassador was expelled by Sudan.", &["actual coerce [sudan] ‹The ambassador›"]);
        reads(
            "Three Turkish diplomats were expelled by Syria.",
            &["actual coerce [syria] to [turkey]"],
        );
        reads(
            "The European plan was rejected by Iran.",
            &["actual propose [europe]", "actual reject [iran] ‹The European plan›"],
        );
    }

    #[test]
    fn without_by_the_agent_stays_empty() {
        reads("An end to the siege was demanded.", &["actual demand [] ‹An end to the siege›"]);
        reads("A truce was proposed in Doha.", &["actual propose [] ‹A truce›"]);
        reads("Goma was seized by rebels.", &["actual coerce [“rebels”] ‹Goma›"]);
    }

    #[test]
    fn a_participle_after_its_noun() {
        reads(
            "A ceasefire proposed by Qatar was accepted by Hamas.",
            &[
                "actual propose [qatar] ‹A ceasefire›",
                "actual accept [hamas] ‹A ceasefire proposed by Qatar›",
            ],
        );
        reads(
            "A truce offered by Israel has been accepted.",
            &["actual propose [israel] ‹A truce›", "actual accept [] ‹A truce offered by Israel›"],
        );
    }

    #[test]
    fn aid_is_withheld_by_whose_it_is() {
        reads(
            "American aid to Egypt was suspended.",
            &[
                "actual aid [united-states] to [egypt]",
                "actual withhold [united-states] ‹American aid to Egypt›",
            ],
        );
        reads("Saudi support was withdrawn.", &["actual withhold [saudi-arabia] ‹Saudi support›"]);
    }

    #[test]
    fn a_passive_of_something_else() {
        reads("The agreement reached in Doha is fragile.", &[]);
        reads("Order was restored in Khartoum.", &[]);
        reads("The hotel was painted by Omar in spring.", &[]);
    }
}
