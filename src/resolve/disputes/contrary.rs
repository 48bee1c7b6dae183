//! Asked for, and asked for the contrary: "Nordavia has asked the group to support it. The Union has
//! asked it to do nothing of the kind."

use super::hearing::{Hearing, is_shortly_before, matter_id};
use crate::extract::{Claim, Status};
use crate::ontology::{ActTrait, WordClass};
use crate::resolve::corpus::{Dispute, DisputeKind};
use crate::resolve::words::words;

/// Characters between what is asked for and the contrary.
const NEAR: usize = 300;

/// What one side puts forward, and another nothing of the kind right after it.
pub(super) fn who_wants_nothing_of_it(hearing: &Hearing<'_>) -> Vec<Dispute> {
    let claims = hearing.claims;
    let mut found = Vec::new();
    for (i, contrary) in claims.iter().enumerate() {
        let sponsors = hearing.knowledge.ontology.act_is(&contrary.act, ActTrait::Sponsor);
        if !sponsors || contrary.status != Status::Actual || !is_nothing(contrary, hearing) {
            continue;
        }
        let mut before =
            claims[..i].iter().rev().take_while(|it| is_shortly_before(it, contrary, NEAR));
        let sides = hearing.powers(&contrary.agent);
        let asked = before.find(|it| {
            let by = hearing.powers(&it.agent);
            it.act == contrary.act
                && it.status == Status::Actual
                && !by.is_empty()
                && by.is_disjoint(&sides)
        });
        let Some(asked) = asked.filter(|_| !sides.is_empty()) else { continue };
        let Some(matter) = &asked.matter else { continue };
        let label = format!("Is “{}” accepted?", matter.name());
        let sides = vec![("yes".to_owned(), vec![asked]), ("no".to_owned(), vec![contrary])];
        found.extend(hearing.dispute_of_doers(DisputeKind::Answer, label, matter_id(asked), sides));
    }
    found
}

/// "Do nothing of the kind".
fn is_nothing(claim: &Claim, hearing: &Hearing<'_>) -> bool {
    let Some(matter) = &claim.matter else { return false };
    let words = words(&matter.text);
    let carries =
        |at: &usize| hearing.knowledge.is_at(&words, *at, WordClass::MatterFiller).is_some();
    let Some(at) = (0..words.len()).find(|at| !carries(at)) else { return false };
    let pronoun = hearing.knowledge.is_at(&words, at, WordClass::MatterPronoun);
    let denies =
        hearing.knowledge.ontology.is(&words[at].form.to_lowercase(), WordClass::NegativePronoun);
    denies && pronoun.is_some_and(|length| length > 1)
}
