//! Whether it happened: accepted against rejected, done against not done.

use crate::ontology::KeyAct;
use std::collections::{BTreeMap, BTreeSet};

use super::hearing::{Hearing, YesAndNo};
use crate::extract::{Claim, Status};
use crate::resolve::corpus::{Dispute, DisputeKind, Matter};

/// Done against not done, accepted against rejected, by one side on one matter, in
/// texts of one week.
pub(super) fn whether(hearing: &Hearing<'_>, matter: &Matter, claims: &[&Claim]) -> Vec<Dispute> {
    let mut by_agent: BTreeMap<(BTreeSet<String>, &str), YesAndNo<'_>> = BTreeMap::new();
    for claim in claims {
        let act = KeyAct::named(&claim.act);
        let asks_nothing =
            matches!(act, Some(KeyAct::State | KeyAct::Consult | KeyAct::Intend | KeyAct::Demand));
        if claim.agent.is_empty() || asks_nothing {
            continue;
        }
        // to accept and to reject answer one question
        let (question, yes) = match (act, claim.status) {
            (_, Status::Unrealised) => continue,
            (Some(KeyAct::Reject), Status::Actual) => (KeyAct::Accept.as_str(), false),
            (Some(KeyAct::Reject), Status::Negated) => continue,
            (_, status) => (claim.act.as_str(), status == Status::Actual),
        };
        let sides = by_agent.entry((hearing.powers(&claim.agent), question)).or_default();
        if yes { sides.0.push(claim) } else { sides.1.push(claim) }
    }
    let mut found = Vec::new();
    for ((powers, act), (yes, no)) in by_agent {
        let said = hearing.near(&yes, &no);
        let denied = hearing.near(&no, &yes);
        if said.is_empty() {
            continue;
        }
        let agent = hearing.name(&said, &powers);
        let label = format!("Did {agent} {act} the {}?", matter.label);
        let sides = vec![("yes".to_owned(), said), ("no".to_owned(), denied)];
        found.extend(hearing.dispute(DisputeKind::Status, label, Some(&matter.id), sides));
    }
    found
}
