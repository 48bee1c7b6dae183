//! A verb with its subject: "Egypt proposed a truce", also through infinitives,
//! participles, coordination and relative clauses.

use super::claim::Status;
use super::commitment;
use super::construction::Construction;
use super::evoked::Evoked;
use super::reading::{Candidate, Reading};
use super::status;
use crate::annotate::Deprel;
use crate::ontology::{ActTrait, KeyAct, TriggerKind, WordClass};

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
        if agent.is_empty() && reading.lexicon.act_is(&evoked.trigger.act, ActTrait::Owned) {
            // "Iran's terms require", "the regime's bad faith, which has violated": whose it is
            let owner = |&s: &usize| reading.tree.child(s, Deprel::NmodPoss);
            agent = reading.referents(&agent_words.iter().filter_map(owner).collect::<Vec<_>>());
        }
        if agent.is_empty() {
            agent = reading.unresolved(&agent_words, &evoked.trigger.act);
        }
        if agent.is_empty() {
            return None;
        }
    }
    let (mut addressee, mut addressee_words) = reading.actors_at(evoked.head, &frame.addressee);
    if addressee.is_empty() {
        // "had a meeting with Paris", parsed with the partner at the noun
        for noun in reading.trigger_nouns(evoked) {
            (addressee, addressee_words) = reading.actors_at(noun, &frame.addressee);
            if !addressee.is_empty() {
                break;
            }
        }
    }
    let addressee = reading.others(addressee, &agent);
    let mut taken = agent_words.clone();
    taken.extend(addressee_words);
    let mut matter = reading.matter_at(evoked, &taken);
    let mut act = evoked.trigger.act.clone();
    let mut status = None;
    if reading.lexicon.act_is(&act, ActTrait::Refusable)
        && commitment::is_refusal(reading, evoked.head)
    {
        if !reading.lexicon.act_is(&act, ActTrait::Answering) {
            matter = vec![evoked.head];
        }
        act = KeyAct::Reject.into();
        status = Some(Status::Actual);
    }
    let own_negator = |word: &String| {
        [WordClass::Negator, WordClass::NegativeDeterminer]
            .iter()
            .any(|&class| reading.lexicon.is(word, class))
    };
    if status.is_none() && evoked.trigger.words.iter().any(own_negator) {
        // "has no objection": the negator is part of what it says
        let told = status::status(reading.tree, reading.lexicon, evoked.head)?;
        status = Some(if told == Status::Negated { Status::Actual } else { told });
    }
    if let Some(stopped) = stopped_act(reading, evoked) {
        (act, status) = stopped;
    }
    Some(Candidate {
        trigger: evoked.words.iter().chain(&evoked.object).copied().collect(),
        agent,
        agent_words,
        addressee,
        matter,
        status,
        ..Candidate::new(Construction::Active, act, evoked.head)
    })
}

/// "Stopped sharing intelligence": help that is stopped is withheld. The act that it
/// becomes and the status of the stopping.
fn stopped_act(reading: &Reading<'_>, evoked: &Evoked<'_>) -> Option<(String, Option<Status>)> {
    let tree = reading.tree;
    let stopper = tree.head(evoked.head)?;
    let stopped = tree.is(evoked.head, Deprel::Xcomp)
        && tree.word(evoked.head).xpos == "VBG"
        && reading.lexicon.act_is(&evoked.trigger.act, ActTrait::Stoppable)
        && reading.lexicon.is(tree.lemma(stopper), WordClass::Stopper);
    stopped.then(|| (KeyAct::Withhold.into(), status::status(tree, reading.lexicon, stopper)))
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

    #[test]
    fn a_verb_has_its_subject_and_object() {
        reads("Egypt proposed a truce in Gaza.", &["actual propose [egypt] ‹a truce in Gaza›"]);
        reads("Hamas rejected the offer.", &["actual reject [hamas] ‹the offer›"]);
        reads(
            "Barnier promised to leave the talks.",
            &[
                "actual promise [michel-barnier] ‹leave the talks›",
                "unrealised withhold [michel-barnier] ‹the talks›",
            ],
        );
    }

    #[test]
    fn a_possessor_in_the_object_has_an_act_of_its_own() {
        reads(
            "Sudan accepted the African Union's offer on Monday.",
            &[
                "actual accept [sudan] ‹the African Union's offer› 2025-03-17",
                "actual propose [african-union] 2025-03-17",
            ],
        );
        reads(
            "Hamas rejected Israel's demand.",
            &["actual reject [hamas] ‹Israel's demand›", "actual demand [israel]"],
        );
    }

    #[test]
    fn verbs_side_by_side_share_the_subject() {
        reads(
            "Hamas rejected Israel's demand and threatened to leave the talks.",
            &[
                "actual reject [hamas] ‹Israel's demand›",
                "actual threaten [hamas] ‹leave the talks›",
                "unrealised withhold [hamas] ‹the talks›",
                "actual demand [israel]",
            ],
        );
        reads(
            "Kagame met Tshisekedi and proposed a truce.",
            &[
                "actual consult [paul-kagame] to [felix-tshisekedi]",
                "actual propose [paul-kagame] ‹a truce›",
            ],
        );
    }

    #[test]
    fn a_relative_clause_is_told_of_its_noun() {
        reads(
            "Iran, which rejected the European plan, asked for more time.",
            &[
                "actual reject [iran] ‹the European plan›",
                "actual demand [iran] ‹more time›",
                "actual propose [europe]",
            ],
        );
        reads(
            "Sinn Féin, which opposes the border, demanded a poll.",
            &["actual reject [sinn-fein] ‹the border›", "actual demand [sinn-fein] ‹a poll›"],
        );
    }

    #[test]
    fn an_infinitive_has_the_subject_of_its_verb() {
        reads(
            "Tehran agreed to release the detainees.",
            &[
                "actual accept [iran] ‹release the detainees›",
                "unrealised concede [iran] ‹the detainees›",
            ],
        );
        reads(
            "Qatar called on Israel to open the crossing.",
            &["actual demand [qatar] to [israel] ‹open the crossing›"],
        );
    }

    #[test]
    fn what_no_actor_does_is_no_act() {
        reads("The river Nile rose above its banks in August.", &[]);
        reads("Exports hit a record.", &[]);
        reads("The envoy came back to Doha.", &[]);
    }

    #[test]
    fn no_objection_is_acceptance() {
        reads("Iran has no objection to inspections.", &["actual accept [iran] ‹inspections›"]);
        reads("Turkey had no objection to the plan.", &["actual accept [turkey] ‹the plan›"]);
        reads("Iran has no bread.", &[]);
    }

    #[test]
    fn whoever_a_noun_describes_stands_as_in_the_text() {
        reads("A farmer rejected the plan.", &["actual reject [“A farmer”] ‹the plan›"]);
        reads("The court demanded an apology.", &["actual demand [“The court”] ‹an apology›"]);
        reads("The weather changed the plan.", &[]);
    }

    #[test]
    fn whose_terms_demand_it() {
        reads(
            "Iran's terms require an end to sanctions.",
            &["actual demand [iran] ‹an end to sanctions›"],
        );
        reads(
            "Turkey's constitution demands a referendum.",
            &["actual demand [turkey] ‹a referendum›"],
        );
        reads("Canada's winters are cold.", &[]);
    }
}
