//! One proposal, two proposers.

use std::collections::{BTreeMap, BTreeSet};

use super::hearing::Hearing;
use super::nearness::{Groups, retained};
use crate::extract::Claim;
use crate::ontology::{ActTrait, KeyAct};
use crate::resolve::corpus::{Dispute, DisputeKind, Matter};

/// Those who are said to have put one matter forward.
struct Proposers<'c> {
    sides: BTreeSet<String>,
    claims: Vec<&'c Claim>,
    /// For whom those speak who say so.
    told_by: BTreeSet<String>,
    /// Do others than themselves say so?
    by_others: bool,
    hedged: bool,
    /// Is it only demanded or asked for, which two sides may well do at a time?
    asked: bool,
}

impl Proposers<'_> {
    /// Two may put forward the same. They are at odds where one of them says that the
    /// other did it, where others than themselves tell of each, and where one is a
    /// guess against what somebody has said.
    fn excludes(&self, other: &Self) -> bool {
        let blames = |a: &Self, b: &Self| !a.told_by.is_disjoint(&b.sides);
        if self.asked || other.asked {
            return blames(self, other) && blames(other, self);
        }
        let guessed = |a: &Self, b: &Self| a.hedged && !b.told_by.is_empty();
        blames(self, other)
            || blames(other, self)
            || self.by_others && other.by_others
            || guessed(self, other)
            || guessed(other, self)
    }
}

/// Who proposed the matter, if that is disputed. O(s²) for s sides.
pub(super) fn who_proposed(
    hearing: &Hearing<'_>,
    matter: &Matter,
    claims: &[&Claim],
) -> Option<Dispute> {
    let mut by_side: BTreeMap<BTreeSet<String>, Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        let sides = hearing.powers(&claim.agent);
        let forward = hearing.knowledge.ontology.act_is(&claim.act, ActTrait::Sponsor);
        if forward && !sides.is_empty() && hearing.is_asserted(claim) {
            by_side.entry(sides).or_default().push(claim);
        }
    }
    // joint proposers are not at odds with each of them
    let all: Vec<BTreeSet<String>> = by_side.keys().cloned().collect();
    by_side.retain(|sides, _| all.iter().all(|o| o == sides || o.is_disjoint(sides)));
    let proposers: Vec<Proposers<'_>> = by_side
        .into_iter()
        .map(|(sides, claims)| {
            let others = |c: &&Claim| {
                let told_by = hearing.told_by(c);
                !told_by.is_empty() && told_by.is_disjoint(&sides)
            };
            Proposers {
                told_by: claims.iter().flat_map(|c| hearing.told_by(c)).collect(),
                by_others: claims.iter().any(others),
                hedged: claims.iter().any(|c| hearing.is_hedged(c)),
                asked: claims.iter().all(|c| c.act != KeyAct::Propose),
                claims,
                sides,
            }
        })
        .collect();
    let all = Groups::of(hearing, proposers.iter().map(|it| &it.claims[..]));
    let mut sides = Vec::new();
    let mut asked = true;
    for (i, one) in proposers.iter().enumerate() {
        let others = proposers.iter().enumerate();
        let at_odds: Vec<bool> = others.map(|(j, it)| i != j && one.excludes(it)).collect();
        let claims = retained(&one.claims, |document| all.are_near(document, |it| at_odds[it]));
        if !claims.is_empty() {
            asked &= one.asked;
            sides.push((hearing.did(&claims, &one.sides), claims));
        }
    }
    let act = if asked { "asked for" } else { "proposed" };
    let label = format!("Who {act} the {}?", matter.label);
    hearing.dispute(DisputeKind::Agent, label, Some(&matter.id), sides)
}
