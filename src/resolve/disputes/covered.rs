//! What exactly it was: one matter with more and with less in its scope.

use crate::ontology::KeyAct;
use std::collections::{BTreeMap, BTreeSet};

use super::hearing::Hearing;
use crate::extract::{Claim, Status};
use crate::resolve::attributes::Attributes;
use crate::resolve::corpus::{Dispute, DisputeKind, Matter};
use crate::resolve::words::words;

/// One matter, described with different scope by different voices.
pub(super) fn what(hearing: &Hearing<'_>, matter: &Matter, claims: &[&Claim]) -> Option<Dispute> {
    let mut sides: BTreeMap<BTreeSet<String>, Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        if claim.status != Status::Actual
            || claim.act == KeyAct::Intend
            || claim.act == KeyAct::Accuse
        {
            continue;
        }
        let text = &claim.matter.as_ref()?.text;
        let attributes = Attributes::read(&words(text), hearing.knowledge);
        let parts: BTreeSet<String> = attributes.parts().into_iter().map(str::to_owned).collect();
        if !parts.is_empty() {
            sides.entry(parts).or_default().push(claim);
        }
    }
    // one must say more than the other, and somebody quoted must say each
    let quoted = |claims: &[&Claim]| claims.iter().any(|c| !hearing.speakers(c).is_empty());
    let all: Vec<BTreeSet<String>> = sides.keys().cloned().collect();
    sides.retain(|parts, claims| {
        quoted(claims)
            && all.iter().any(|o| o != parts && (o.is_subset(parts) || parts.is_subset(o)))
    });
    if sides.len() < 2 {
        return None;
    }
    let sides = sides
        .into_iter()
        .map(|(parts, claims)| (parts.into_iter().collect::<Vec<_>>().join(" and "), claims))
        .collect();
    let label = format!("What does the {} cover?", matter.label);
    hearing.dispute(DisputeKind::Matter, label, Some(&matter.id), sides)
}
