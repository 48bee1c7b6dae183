//! How a proposal is answered: accepted by one side, rejected by another.

use std::collections::BTreeSet;

use super::hearing::{Hearing, YesAndNo, is_sure};
use crate::extract::{Claim, Status};
use crate::ontology::ActTrait;
use crate::resolve::corpus::{Dispute, DisputeKind, Matter};
use crate::resolve::phrase::Phrase;

/// One matter that sides accept and that others reject, in texts of one week. What a side says of
/// itself counts before what others say of it. A side that is still said to have done both is on
/// neither: then it is in dispute, or has been, what it did. O(n).
pub(super) fn how_answered(
    hearing: &Hearing<'_>,
    matter: &Matter,
    claims: &[&Claim],
) -> Option<Dispute> {
    let is = |claim: &Claim, what| hearing.knowledge.ontology.act_is(&claim.act, what);
    let (mut yes, mut no) = YesAndNo::default();
    let refusals = hearing.refusals(claims);
    // "a truce put forward by Qatar" is no answer to a truce, nor "its customs agreement" to customs
    let names_itself = |c: &Claim| {
        let matter = c.matter.as_ref().map(|it| it.start..it.end);
        matter.is_some_and(|it| it.start < c.trigger_start && c.trigger_start <= it.end + 1)
    };
    // nor does anybody answer what is his own: "Trump's comments"
    let own = |c: &Claim| {
        let text = c.matter.as_ref().map_or("", |it| it.text.as_str());
        let owner = Phrase::read(text, hearing.knowledge).owner;
        let power = owner.map(|it| hearing.knowledge.power(&it, hearing.acts_for));
        power.is_some_and(|it| hearing.powers(&c.agent).contains(&it))
    };
    let answers = |c: &&&Claim| is(c, ActTrait::Answering) && !names_itself(c) && !own(c);
    for claim in claims.iter().filter(answers) {
        let refuses = is(claim, ActTrait::Refusing) || refusals.contains(claim.id.as_str());
        match (refuses, claim.status) {
            (false, Status::Actual) => yes.push(*claim),
            (true, Status::Actual) | (false, Status::Negated) => no.push(*claim),
            _ => {}
        }
    }
    let sides = |claims: &[&Claim]| -> BTreeSet<String> {
        claims.iter().flat_map(|c| hearing.powers(&c.agent)).collect()
    };
    let own: BTreeSet<String> = {
        let of = |claims: &[&Claim]| -> BTreeSet<String> {
            let own = claims.iter().filter(|c| hearing.is_own(c));
            own.flat_map(|c| hearing.powers(&c.agent)).collect()
        };
        // who says both itself has changed its mind
        of(&yes).symmetric_difference(&of(&no)).cloned().collect()
    };
    let told_by_others =
        |c: &&Claim| !hearing.is_own(c) && !hearing.powers(&c.agent).is_disjoint(&own);
    yes.retain(|c| !told_by_others(c));
    no.retain(|c| !told_by_others(c));
    let both: BTreeSet<String> = sides(&yes).intersection(&sides(&no)).cloned().collect();
    // "your committee" is somebody, too
    let unnamed = |c: &Claim| {
        let pronoun = |word: &str| hearing.knowledge.ontology.is_pronoun(&word.to_lowercase());
        !c.agent.is_empty() && c.agent.iter().all(|it| it.id.is_none() && !pronoun(&it.text))
    };
    let clear = |c: &&Claim| {
        let powers = hearing.powers(&c.agent);
        powers.is_disjoint(&both) && (!powers.is_empty() || unnamed(c))
    };
    yes.retain(clear);
    no.retain(clear);
    let (yes, no) = (told_apart(&yes, &no), told_apart(&no, &yes));
    let (yes, no) = (hearing.near(&yes, &no), hearing.near(&no, &yes));
    if !is_sure(&yes) || !is_sure(&no) {
        return None;
    }
    let label = format!("Is “{}” accepted?", matter.label);
    let sides = vec![("yes".to_owned(), yes), ("no".to_owned(), no)];
    hearing.dispute_of_doers(DisputeKind::Answer, label, Some(&matter.id), sides)
}

/// Without those whose matter tells of one of the others in passing: "agreed on a statement on Turkey's
/// refusal to recognise it" is not for recognising it.
fn told_apart<'c>(claims: &[&'c Claim], others: &[&Claim]) -> Vec<&'c Claim> {
    let place = |it: &Claim| it.matter.as_ref().map(|matter| (matter.start, matter.end));
    let told: BTreeSet<(&str, usize, usize)> = others
        .iter()
        .filter_map(|it| Some((it.document.as_str(), it.trigger_start, place(it)?.0)))
        .collect();
    let in_passing = |claim: &Claim| {
        let Some((start, end)) = place(claim) else { return false };
        let document = claim.document.as_str();
        let within = told.range((document, start, 0)..(document, end, 0));
        within.into_iter().any(|(_, _, other)| *other != start)
    };
    claims.iter().filter(|it| !in_passing(it)).copied().collect()
}
