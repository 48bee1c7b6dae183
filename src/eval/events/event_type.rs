//! Which event type of PLOVER a claim is.

use std::collections::{BTreeMap, BTreeSet};

use crate::extract::{Claim, Status};
use crate::ontology::{Act, Ontology, Trigger};

/// A claim of a sentence, with the lemmas that tell its type.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The claim.
    pub claim: Claim,
    /// Lemmas of the trigger's words, in text order.
    pub trigger: Vec<String>,
    /// Lemmas of the matter's words, in text order.
    pub matter: Vec<String>,
}

/// Event types as the ontology gives them.
///
/// A claim is of the type of its trigger, where the ontology has one for that word, else of
/// the type of its act; what is yet to be done or was not done is of the type that the act
/// gives for that (`dm:plannedAs`, `dm:refusedAs`), if it gives one.
pub(super) struct EventTypes<'o> {
    ontology: &'o Ontology,
    /// Triggers with a type of their own and all that they compete with, by act.
    triggers: BTreeMap<&'o str, Vec<&'o Trigger>>,
}

impl<'o> EventTypes<'o> {
    pub(super) fn of(ontology: &'o Ontology) -> Self {
        let mut triggers: BTreeMap<&str, Vec<&Trigger>> = BTreeMap::new();
        for trigger in &ontology.triggers {
            triggers.entry(&trigger.act).or_default().push(trigger);
        }
        triggers.retain(|_, of_act| of_act.iter().any(|trigger| trigger.plover.is_some()));
        Self { ontology, triggers }
    }

    /// The type of a claim; `None` for acts that PLOVER has no type for.
    pub(super) fn event_type(&self, reading: &Reading) -> Option<&'o str> {
        let act = self.ontology.act(&reading.claim.act)?;
        let by_status = match reading.claim.status {
            Status::Actual => None,
            Status::Unrealised => act.plover_planned.as_deref(),
            Status::Negated => act.plover_refused.as_deref(),
        };
        let own = || self.trigger(act, reading).and_then(|trigger| trigger.plover.as_deref());
        by_status.or_else(own).or(act.plover.as_deref())
    }

    /// The entry of the act that fits best: most words, then an object that it asks for, then
    /// a type of its own; of equals the first.
    fn trigger(&self, act: &Act, reading: &Reading) -> Option<&'o Trigger> {
        let has = |word: &String| reading.trigger.contains(word);
        let asked = |trigger: &Trigger| {
            trigger.object_among.iter().any(|word| has(word) || reading.matter.contains(word))
        };
        let fits = |trigger: &Trigger| {
            trigger.words.iter().all(has) && (trigger.object_among.is_empty() || asked(trigger))
        };
        let rank = |t: &Trigger| (t.words.len(), asked(t), t.plover.is_some());
        let mut best: Option<&Trigger> = None;
        for entry in self.triggers.get(act.id.as_str())? {
            if fits(entry) && best.is_none_or(|best| rank(entry) > rank(best)) {
                best = Some(entry);
            }
        }
        best
    }

    /// What data that use the names `used` call this type: by an earlier name where they have
    /// that and not today's.
    pub(super) fn called<'n>(&self, event_type: &'n str, used: &BTreeSet<&'n str>) -> &'n str {
        if used.contains(event_type) {
            return event_type;
        }
        let of_type = |act: &&Act| act.plover.as_deref() == Some(event_type);
        let former = |act: &Act| used.get(act.plover_former.as_deref()?).copied();
        self.ontology.acts.iter().filter(of_type).find_map(former).unwrap_or(event_type)
    }

    /// All types that a claim can be of, and their earlier names.
    pub(super) fn all(&self) -> BTreeSet<&'o str> {
        let of_act = |act: &'o Act| {
            [&act.plover, &act.plover_planned, &act.plover_refused, &act.plover_former]
        };
        let acts = self.ontology.acts.iter().flat_map(of_act);
        let triggers = self.ontology.triggers.iter().map(|trigger| &trigger.plover);
        acts.chain(triggers).filter_map(|name| name.as_deref()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::claim;
    use super::*;

    /// The type of a claim of this act and status with these lemmas.
    fn event_type(act: &str, status: Status, trigger: &[&str], matter: &[&str]) -> Option<String> {
        let ontology = Ontology::shipped().unwrap();
        let lemmas = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        let reading = Reading {
            claim: Claim { status, ..claim(act, 0.5, "Ann", "Tom") },
            trigger: lemmas(trigger),
            matter: lemmas(matter),
        };
        EventTypes::of(&ontology).event_type(&reading).map(str::to_owned)
    }

    #[test]
    fn a_word_can_have_another_type_than_its_act() {
        let accept = |lemma| event_type("accept", Status::Actual, &[lemma], &[]);
        assert_eq!(accept("accept").as_deref(), Some("AGREE"));
        assert_eq!(accept("praise").as_deref(), Some("SUPPORT"));
        assert_eq!(accept("no-such-word").as_deref(), Some("AGREE"));
        assert_eq!(event_type("intend", Status::Actual, &["want"], &[]), None);
    }

    #[test]
    fn an_object_tells_the_type() {
        let expelled = |whom| event_type("coerce", Status::Actual, &["expel"], &["the", whom]);
        assert_eq!(expelled("diplomat").as_deref(), Some("SANCTION"));
        assert_eq!(expelled("villager").as_deref(), Some("COERCE"));
    }

    #[test]
    fn what_is_to_come_and_what_failed_can_be_of_another_type() {
        let of = |act, status| event_type(act, status, &[], &[]);
        assert_eq!(of("consult", Status::Actual).as_deref(), Some("CONSULT"));
        assert_eq!(of("consult", Status::Unrealised).as_deref(), Some("AGREE"));
        assert_eq!(of("accept", Status::Negated).as_deref(), Some("REJECT"));
        assert_eq!(of("attack", Status::Unrealised).as_deref(), Some("ASSAULT"));
    }

    #[test]
    fn data_keep_their_earlier_names() {
        let ontology = Ontology::shipped().unwrap();
        let types = EventTypes::of(&ontology);
        let (old, new) = (BTreeSet::from(["YIELD", "AID"]), BTreeSet::from(["RETREAT", "YIELD"]));
        assert_eq!(types.called("CONCEDE", &old), "YIELD");
        assert_eq!(types.called("RETREAT", &old), "YIELD");
        assert_eq!(types.called("RETREAT", &new), "RETREAT");
        assert_eq!(types.called("AID", &old), "AID");
        assert!(types.all().contains("YIELD") && types.all().contains("PROTEST"));
    }
}
