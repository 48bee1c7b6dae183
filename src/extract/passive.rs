//! A passive verb, with "by" or without: "a truce proposed by Egypt", "was expelled".

use super::construction::Construction;
use super::evoked::Evoked;
use super::reading::{Candidate, Reading};
use super::tree::Tree;
use super::who::Referent;
use crate::annotate::Deprel;
use crate::ontology::{ActTrait, TriggerKind, WordClass};

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
    let (mut addressee, mut addressee_words) = reading.actors_at(evoked.head, &frame.addressee);
    let offered =
        addressee.is_empty() && reading.lexicon.act_is(&evoked.trigger.act, ActTrait::Sponsor);
    if offered && let Some(recipient) = recipient(tree, evoked.head) {
        addressee = reading.referents(&[recipient]);
        addressee_words = vec![recipient];
    }
    let mut taken = agent_words.clone();
    if agent.is_empty() {
        agent = agent_untold(reading, evoked);
    }
    let impersonal = reading.lexicon.is_plain(&evoked.trigger.act)
        || reading.lexicon.is(&evoked.trigger.words[0], WordClass::ImpersonalPassive);
    if agent.is_empty() && impersonal {
        return None; // "it can be said", "is expected to": by nobody
    }
    let reduced = [Deprel::Acl, Deprel::Amod, Deprel::Xcomp]
        .iter()
        .any(|rel| tree.deprel(evoked.head) == *rel);
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
    if matter.is_empty() {
        matter = tree.children_by(evoked.head, Deprel::Obj).collect();
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
        trigger,
        agent,
        agent_words,
        addressee,
        matter,
        ..Candidate::new(Construction::Passive, evoked.trigger.act.clone(), evoked.head)
    })
}

/// "Norway was offered a loan": the subject, where the verb has an object beside it.
fn recipient(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    let behind = tree.children_by(verb, Deprel::Obj).any(|o| o > verb);
    tree.child(verb, Deprel::NsubjPass).filter(|_| behind)
}

/// Who has done it, where no "by" says so.
fn agent_untold(reading: &Reading<'_>, evoked: &Evoked<'_>) -> Vec<Referent> {
    let (tree, slots) = (reading.tree, reading.slots());
    if reading.lexicon.is(&evoked.trigger.words[0], WordClass::MutualVerb) {
        let talkers = reading.talkers_before(evoked.head);
        if !talkers.is_empty() {
            return talkers;
        }
    }
    let objects = slots.objects(evoked.head);
    let owners = |o: &usize| tree.children_by(*o, Deprel::NmodPoss).collect::<Vec<_>>();
    if reading.lexicon.act_is(&evoked.trigger.act, ActTrait::Own) {
        // "French backing was withdrawn": one can only withhold one's own
        let own = |o: &usize| slots.modifiers(*o).into_iter().chain(owners(o));
        let own: Vec<usize> = objects.iter().flat_map(own).collect();
        let agent = reading.referents(&own);
        if !agent.is_empty() {
            return agent;
        }
    }
    let mut patient = reading.referents(&objects);
    if patient.is_empty() {
        let owners: Vec<usize> = objects.iter().flat_map(owners).collect();
        patient = reading.referents(&owners);
    }
    // "wants them disarmed": not by whoever wants it
    if !tree.is(evoked.head, Deprel::Xcomp) {
        let agent = reading.other_side(evoked.head, &patient);
        if !agent.is_empty() {
            return agent;
        }
    }
    reading.unresolved(&slots.subjects(evoked.head), &evoked.trigger.act)
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
    use crate::extract::testing::{claims, reads};

    #[test]
    fn the_by_phrase_is_the_agent() {
        reads("A truce was proposed by Egypt.", &["actual propose [egypt] ‹A truce›"]);
        reads(
            "Norway was offered a loan by the World Bank.",
            &["actual propose [world-bank] to [norway] ‹a loan›"],
        );
        reads("The ambassador was expelled by Sudan.", &["actual coerce [sudan] ‹The ambassador›"]);
        reads(
            "Three Turkish diplomats were expelled by Syria.",
            &["actual coerce [syria] to [turkish-diplomats]"],
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

    #[test]
    fn whoever_did_it_stands_as_in_the_text() {
        reads(
            "The truce was rejected by the rebels.",
            &["actual reject [“the rebels”] ‹The truce›"],
        );
        reads(
            "The plan was rejected by the negotiators.",
            &["actual reject [“the negotiators”] ‹The plan›"],
        );
        reads(
            "A visit was proposed by a columnist.",
            &["actual propose [“a columnist”] ‹A visit›"],
        );
        reads("Goma was taken by the wind.", &[]);
    }

    #[test]
    fn what_is_expected_is_no_demand() {
        reads("Talks are expected to resume.", &[]);
        reads("Iran is expected to reject the offer.", &["unrealised reject [iran] ‹the offer›"]);
        reads(
            "It is expected that Canada will accept the quota.",
            &["unrealised accept [canada] ‹the quota›"],
        );
        reads("Sanctions are expected.", &[]);
    }

    #[test]
    fn a_plan_and_who_drew_it_up_are_one_act() {
        reads(
            "Hamas rejected a proposal drawn up by Egypt.",
            &[
                "actual reject [hamas] ‹a proposal drawn up by Egypt›",
                "actual propose [egypt] ‹a proposal›",
            ],
        );
        reads(
            "Rwanda accepted a plan drawn up by Angola.",
            &[
                "actual accept [rwanda] ‹a plan drawn up by Angola›",
                "actual propose [angola] ‹a plan›",
            ],
        );
        reads(
            "Greece rejected a plan drafted by Turkey.",
            &[
                "actual reject [greece] ‹a plan drafted by Turkey›",
                "actual propose [turkey] ‹a plan›",
            ],
        );
        reads("A map drawn by Omar hung there.", &[]);
    }

    #[test]
    fn the_noun_is_part_of_the_trigger() {
        let triggers = |text| claims(text).into_iter().map(|c| c.trigger).collect::<Vec<_>>();
        let text = "Hamas rejected a proposal drawn up by Egypt.";
        assert_eq!(triggers(text), ["rejected", "proposal drawn up"]);
        assert_eq!(triggers("Egypt accepted a ship built by Japan."), ["accepted"]);
    }
}
