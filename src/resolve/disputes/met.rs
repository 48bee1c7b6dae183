//! Whether talks took place.

use std::collections::{BTreeMap, BTreeSet};

use super::hearing::{Hearing, YesAndNo};
use crate::extract::{Claim, Status};
use crate::ontology::ActTrait;
use crate::resolve::corpus::{Dispute, DisputeKind};

/// Talks of the same sides that one voice tells of and one of the sides denies.
pub(super) fn whether_they_talked(hearing: &Hearing<'_>) -> Vec<Dispute> {
    let mut talks: BTreeMap<BTreeSet<String>, YesAndNo<'_>> = BTreeMap::new();
    for claim in hearing.claims {
        if !hearing.knowledge.ontology.act_is(&claim.act, ActTrait::Talk) {
            continue;
        }
        let mut sides = hearing.powers(&claim.agent);
        sides.extend(hearing.powers(&claim.addressee));
        let told_by = hearing.told_by(claim);
        if sides.len() < 2 || told_by.is_empty() {
            continue;
        }
        let of_sides = talks.entry(sides).or_default();
        match claim.status {
            Status::Actual => of_sides.0.push(claim),
            Status::Negated => of_sides.1.push(claim),
            Status::Unrealised => {}
        }
    }
    let mut found = Vec::new();
    for (sides, (yes, no)) in talks {
        let party = |c: &&Claim| !hearing.told_by(c).is_disjoint(&sides);
        let no: Vec<&Claim> = no.into_iter().filter(party).collect();
        let same_day = |c: &&Claim, others: &[&Claim]| {
            others.iter().any(|o| c.time.is_none() || o.time.is_none() || c.time == o.time)
        };
        let (yes, no) = (hearing.near(&yes, &no), hearing.near(&no, &yes));
        let yes: Vec<&Claim> = yes.into_iter().filter(|c| same_day(c, &no)).collect();
        if yes.is_empty() || no.is_empty() {
            continue;
        }
        let names: Vec<String> =
            sides.iter().map(|s| hearing.name(&yes, &[s.clone()].into())).collect();
        let label = format!("Did {} talk?", names.join(" and "));
        let matter = yes.iter().find_map(|c| super::hearing::matter_id(c)).map(str::to_owned);
        let sides = vec![("yes".to_owned(), yes), ("no".to_owned(), no)];
        found.extend(hearing.dispute(DisputeKind::Status, label, matter.as_deref(), sides));
    }
    found
}
