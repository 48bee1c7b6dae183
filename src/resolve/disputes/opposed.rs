//! How a proposal is answered: accepted by one side, rejected by another.

use std::collections::BTreeSet;

use super::hearing::{Hearing, YesAndNo};
use crate::extract::{Claim, Status};
use crate::ontology::ActTrait;
use crate::resolve::corpus::{Dispute, DisputeKind, Matter};

/// One matter that sides accept and that others reject, in texts of one week. A side that is
/// said to have done both is on neither: then it is in dispute, or has been, what it did. O(n).
pub(super) fn how_answered(
    hearing: &Hearing<'_>,
    matter: &Matter,
    claims: &[&Claim],
) -> Option<Dispute> {
    let is = |claim: &Claim, what| hearing.knowledge.ontology.act_is(&claim.act, what);
    let (mut yes, mut no) = YesAndNo::default();
    for claim in claims.iter().filter(|c| is(c, ActTrait::Answering)) {
        match (is(claim, ActTrait::Refusing), claim.status) {
            (false, Status::Actual) => yes.push(*claim),
            (true, Status::Actual) | (false, Status::Negated) => no.push(*claim),
            _ => {}
        }
    }
    let sides = |claims: &[&Claim]| -> BTreeSet<String> {
        claims.iter().flat_map(|c| hearing.powers(&c.agent)).collect()
    };
    let both: BTreeSet<String> = sides(&yes).intersection(&sides(&no)).cloned().collect();
    let clear = |c: &&Claim| {
        let powers = hearing.powers(&c.agent);
        !powers.is_empty() && powers.is_disjoint(&both)
    };
    yes.retain(clear);
    no.retain(clear);
    let (yes, no) = (hearing.near(&yes, &no), hearing.near(&no, &yes));
    let label = format!("Is “{}” accepted?", matter.label);
    let sides = vec![("yes".to_owned(), yes), ("no".to_owned(), no)];
    hearing.dispute_of_doers(DisputeKind::Answer, label, Some(&matter.id), sides)
}
