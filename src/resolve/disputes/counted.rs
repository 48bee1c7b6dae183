//! How many: one deed with other numbers of the same thing.

use std::collections::{BTreeMap, BTreeSet};

use super::hearing::{Hearing, matter_id};
use crate::extract::{Claim, Status};
use crate::ontology::ActTrait;
use crate::resolve::attributes::{Attribute, Attributes};
use crate::resolve::corpus::{Dispute, DisputeKind};
use crate::resolve::words::words;

/// Act, sides that did it, what is counted, day, and the text for acts that are done
/// in many places on one day.
type Deed = (String, BTreeSet<String>, String, String, String);

/// One act of the same sides on one day, with other numbers of the same thing in its
/// matter or among those whom it hit.
pub(super) fn how_many(hearing: &Hearing<'_>) -> Vec<Dispute> {
    let mut counted: BTreeMap<Deed, BTreeMap<String, Vec<&Claim>>> = BTreeMap::new();
    for claim in hearing.claims.iter().filter(|c| c.status == Status::Actual) {
        let Some(time) = claim.time else { continue };
        let sides = hearing.powers(&claim.agent);
        if sides.is_empty() {
            continue;
        }
        let harm = hearing.knowledge.ontology.act_is(&claim.act, ActTrait::Harm);
        let here = if harm { claim.document.clone() } else { String::new() };
        let texts = claim.matter.iter().map(|m| &m.text);
        for text in texts.chain(claim.addressee.iter().map(|a| &a.text)) {
            let attributes = Attributes::read(&words(text), hearing.knowledge);
            for quantity in attributes.get(Attribute::Quantity) {
                let Some((_, stem)) = quantity.split_once(' ') else { continue };
                let unit = words(text).into_iter().find(|w| w.stem == stem).map(|w| w.form);
                let Some(unit) = unit else { continue };
                let deed = (claim.act.clone(), sides.clone(), unit, time.to_string(), here.clone());
                let by_number = counted.entry(deed).or_default();
                by_number.entry(quantity.to_owned()).or_default().push(claim);
            }
        }
    }
    let mut found = Vec::new();
    for ((act, powers, unit, ..), sides) in counted {
        let all: Vec<&Claim> = sides.values().flatten().copied().collect();
        let Some(first) = all.first().filter(|_| sides.len() > 1) else { continue };
        let label = format!("How many {unit} did {} {act}?", hearing.name(&all, &powers));
        let matter = matter_id(first).map(str::to_owned);
        let sides = sides.into_iter().collect();
        found.extend(hearing.dispute(DisputeKind::Quantity, label, matter.as_deref(), sides));
    }
    found
}
