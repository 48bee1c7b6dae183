//! Whether it happened: accepted against rejected, done against not done.

use crate::ontology::KeyAct;
use std::collections::{BTreeMap, BTreeSet};

use super::hearing::{Hearing, YesAndNo, doers, is_sure};
use crate::extract::{Claim, Status};
use crate::resolve::corpus::{Dispute, DisputeKind, Matter};

/// Done against not done, accepted against rejected, by one side on one matter, in
/// texts of one week.
pub(super) fn whether(hearing: &Hearing<'_>, matter: &Matter, claims: &[&Claim]) -> Vec<Dispute> {
    let refusals = hearing.refusals(claims);
    let mut by_agent: BTreeMap<(BTreeSet<String>, &str), YesAndNo<'_>> = BTreeMap::new();
    for claim in claims {
        let act = KeyAct::named(&claim.act);
        let asks_nothing =
            matches!(act, Some(KeyAct::State | KeyAct::Consult | KeyAct::Intend | KeyAct::Demand));
        if asks_nothing {
            continue;
        }
        let agent = doers(claim);
        if agent.is_empty() {
            continue;
        }
        // to accept and to reject answer one question
        let (question, yes) = match (act, claim.status) {
            (_, Status::Unrealised) => continue,
            (Some(KeyAct::Reject), Status::Actual) => (KeyAct::Accept.as_str(), false),
            (Some(KeyAct::Reject), Status::Negated) => continue,
            // "voted to reject it"
            (_, Status::Actual) if refusals.contains(claim.id.as_str()) => {
                (KeyAct::Accept.as_str(), false)
            }
            (_, status) => (claim.act.as_str(), status == Status::Actual),
        };
        let sides = by_agent.entry((hearing.powers(agent), question)).or_default();
        if yes { sides.0.push(claim) } else { sides.1.push(claim) }
    }
    let mut found = Vec::new();
    // of whoever is not known nobody can tell that it is the same
    by_agent.retain(|(powers, _), _| !powers.is_empty());
    for ((powers, act), (mut yes, no)) in by_agent {
        // "I have read that I agreed. I did not.": told to be denied
        yes.retain(|claim| !no.iter().any(|it| is_same_words(claim, it)));
        let said = hearing.near(&yes, &no);
        let denied = hearing.near(&no, &yes);
        if !is_sure(&said) || !is_sure(&denied) {
            continue;
        }
        let agent = hearing.name(&said, &powers);
        let label = format!("Did {agent} {act} {}?", hearing.thing(&matter.label));
        let sides = vec![("yes".to_owned(), said), ("no".to_owned(), denied)];
        found.extend(hearing.dispute(DisputeKind::Status, label, Some(&matter.id), sides));
    }
    found
}

/// Do the two stand on the same words for a matter in one text?
fn is_same_words(a: &Claim, b: &Claim) -> bool {
    let place = |claim: &Claim| claim.matter.as_ref().map(|it| (it.start, it.end));
    a.document == b.document && place(a).is_some() && place(a) == place(b)
}
