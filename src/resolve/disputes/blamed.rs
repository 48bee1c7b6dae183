//! Who did it, answered on the spot: "Kessavi said that Tolmerian guns had fired. Tolmeria blamed the
//! militia for the attack."

use super::hearing::{Hearing, is_shortly_before, matter_id};
use crate::extract::{Claim, Status};
use crate::ontology::{ActTrait, KeyAct};
use crate::resolve::corpus::{Dispute, DisputeKind};
use crate::resolve::phrase::Phrase;

/// Characters between a deed and the answer to it: about four sentences.
const NEAR: usize = 600;

/// Deeds that only one side can have done, for which the accused blames another: "the attack" is the
/// one of which the text told last.
pub(super) fn who_is_blamed(hearing: &Hearing<'_>) -> Vec<Dispute> {
    let claims = hearing.claims;
    let mut found = Vec::new();
    for (i, answer) in claims.iter().enumerate() {
        if !points_at_harm(answer, hearing) {
            continue;
        }
        let near = claims[..i].iter().rev().take_while(|it| is_shortly_before(it, answer, NEAR));
        let harm = |it: &&Claim| {
            it.status != Status::Negated
                && hearing.is_asserted(it)
                && hearing.knowledge.ontology.act_is(&it.act, ActTrait::Harm)
        };
        let (by, blamed) = (hearing.told_by(answer), hearing.powers(&answer.addressee));
        let deed = near.filter(harm).find(|it| !hearing.powers(&it.agent).is_disjoint(&by));
        let Some(deed) = deed else { continue };
        let did = hearing.powers(&deed.agent);
        let told = hearing.told_by(deed);
        if !did.is_disjoint(&blamed) || blamed.is_empty() {
            continue;
        }
        if !told.is_disjoint(&by) {
            continue;
        }
        // what the deed is about tells it from others that are called so
        let told = deed.matter.as_ref().map(|it| &it.text);
        let told = told.or(deed.addressee.first().map(|it| &it.text));
        let told = told.map(|it| format!(" ({it})")).unwrap_or_default();
        let called = answer.matter.as_ref().map_or("", |it| it.text.as_str());
        let label = format!("Who is to blame for {called}{told}?");
        let sides = vec![
            (hearing.did(&[deed], &did), vec![deed]),
            (hearing.did(&[answer], &blamed), vec![answer]),
        ];
        let matter = matter_id(deed).map(str::to_owned);
        found.extend(hearing.dispute(DisputeKind::Agent, label, matter.as_deref(), sides));
    }
    found
}

/// "Blamed the militia for the attack".
fn points_at_harm(claim: &Claim, hearing: &Hearing<'_>) -> bool {
    if claim.act != KeyAct::Accuse || !hearing.is_asserted(claim) {
        return false;
    }
    let Some(matter) = &claim.matter else { return false };
    let phrase = Phrase::read(&matter.text, hearing.knowledge);
    let harm = |act: &String| hearing.knowledge.ontology.act_is(act, ActTrait::Harm);
    phrase.definite && phrase.content.len() == 1 && phrase.acts.iter().any(harm)
}
