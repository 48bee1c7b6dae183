//! Who struck it, and whether it was struck: the accused says that it was another, or
//! nobody.

use std::collections::{BTreeMap, BTreeSet};

use super::hearing::{Hearing, matter_id};
use super::target::Target;
use crate::extract::{Claim, Status};
use crate::ontology::ActTrait;
use crate::resolve::corpus::{Dispute, DisputeKind};

/// Claims of one act that may have one target.
#[derive(Default)]
struct Strikes<'t, 'c> {
    /// Side that is said to have done it, or not.
    by: BTreeMap<String, Vec<&'t Target<'c>>>,
}

/// Deeds that only one can have done, told by the accused of another, or denied by
/// the accused.
pub(super) fn who_struck(hearing: &Hearing<'_>) -> Vec<Dispute> {
    let harm = |c: &&Claim| hearing.knowledge.ontology.act_is(&c.act, ActTrait::Harm);
    let deeds = hearing.claims.iter().filter(harm);
    let targets: Vec<Target<'_>> = deeds
        .filter(|c| c.status == Status::Negated || hearing.is_asserted(c))
        .filter_map(|c| Target::of(c, hearing.knowledge))
        .collect();
    let mut strikes: BTreeMap<(&str, String), Strikes<'_, '_>> = BTreeMap::new();
    for target in &targets {
        for key in target.keys() {
            let of_word = strikes.entry((&target.claim.act, key)).or_default();
            for power in hearing.powers(&target.claim.agent) {
                of_word.by.entry(power).or_default().push(target);
            }
        }
    }
    let mut found = Vec::new();
    for ((act, _), strikes) in strikes {
        found.extend(strikes.disputes(act, hearing));
    }
    found
}

impl<'c> Strikes<'_, 'c> {
    fn disputes(&self, act: &str, hearing: &Hearing<'_>) -> Vec<Dispute> {
        let mut found = Vec::new();
        for (accused, claims) in &self.by {
            let told = |t: &&&Target<'c>| hearing.told_by(t.claim).contains(accused);
            // what the accused says of others, and of itself
            let others = self.by.iter().filter(|(other, _)| *other != accused);
            let others: Vec<&Target<'c>> =
                others.flat_map(|(_, c)| c).filter(told).copied().collect();
            let denials: Vec<&Target<'c>> =
                claims.iter().filter(|t| t.claim.status == Status::Negated).copied().collect();
            let accusations: Vec<&Target<'c>> = claims
                .iter()
                .filter(|t| t.claim.status != Status::Negated && !told(t))
                .copied()
                .collect();
            found.extend(at_odds(act, &accusations, &others, hearing, true));
            found.extend(at_odds(act, &accusations, &denials, hearing, false));
        }
        found
    }
}

/// The dispute of accusations and answers about the first target that both are about.
fn at_odds(
    act: &str,
    accusations: &[&Target<'_>],
    answers: &[&Target<'_>],
    hearing: &Hearing<'_>,
    another: bool,
) -> Option<Dispute> {
    let answers: Vec<&&Target<'_>> =
        answers.iter().filter(|t| (t.claim.status == Status::Negated) != another).collect();
    let (accusation, answer) =
        accusations.iter().find_map(|a| Some((a, answers.iter().find(|b| a.is(b))?)))?;
    let yes: Vec<&Claim> = accusations.iter().filter(|t| t.is(answer)).map(|t| t.claim).collect();
    let no: Vec<&Claim> = answers.iter().filter(|t| t.is(accusation)).map(|t| t.claim).collect();
    let (yes, no) = (hearing.near(&yes, &no), hearing.near(&no, &yes));
    let (first, last) = (yes.first()?, no.first()?);
    let past = hearing.knowledge.ontology.act(act).map_or(act, |a| &a.past);
    let thing = [first, last]
        .into_iter()
        .filter_map(|c| c.matter.as_ref())
        .max_by_key(|m| m.text.chars().count())
        .map(|m| m.text.clone())
        .unwrap_or_default();
    let matter = matter_id(first).map(str::to_owned);
    let side = |c: &Claim| -> BTreeSet<String> { hearing.powers(&c.agent) };
    let (label, kind, sides) = if another {
        let sides = vec![
            (hearing.did(&yes, &side(first)), yes.clone()),
            (hearing.did(&no, &side(last)), no.clone()),
        ];
        (format!("Who {past} {thing}?"), DisputeKind::Agent, sides)
    } else {
        let sides = vec![("yes".to_owned(), yes.clone()), ("no".to_owned(), no.clone())];
        (
            format!("Did {} {act} {thing}?", hearing.name(&yes, &side(first))),
            DisputeKind::Status,
            sides,
        )
    };
    hearing.dispute(kind, label, matter.as_deref(), sides)
}
