//! What voices disagree on. Only pairs of claims that a reader would find at odds:
//! every rule wants two voices on one matter, and each rule is a file.
//!
//! | rule | the claims of two voices |
//! | --- | --- |
//! | `proposed` | one matter, put forward by two sides |
//! | `answered` | one side and one matter, accepted and rejected, done and not done |
//! | `opposed` | one matter, accepted by one side and rejected by another |
//! | `contrary` | what one side asks for, and another the contrary |
//! | `covered` | one matter, with more and with less in its scope |
//! | `wanted` | one side and one issue, wanted and not wanted |
//! | `denied` | what one side is said to have done, and denies in other words |
//! | `broken` | an agreement, broken by either side |
//! | `struck` | one target, struck by another side than the accused, or not at all |
//! | `blamed` | a deed, and another whom the accused blames for it |
//! | `retorted` | a deed, told back of whoever tells it |
//! | `met` | talks of the same two sides, held and not held |
//! | `counted` | one deed, with other numbers of the same thing |
//! | `figured` | a number that is told, and the figure of another teller |

mod answered;
mod blamed;
mod broken;
mod contrary;
mod counted;
mod covered;
mod denied;
mod figured;
mod hearing;
mod met;
mod nearness;
mod opposed;
mod proposed;
mod retorted;
mod struck;
mod target;
mod wanted;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use hearing::{Hearing, affairs_of};

use rayon::prelude::*;

use super::corpus::{Dispute, Matter};
use crate::extract::Claim;

/// The rules that look beyond one matter, in the order in which they are asked.
const RULES: [fn(&Hearing<'_>) -> Vec<Dispute>; 10] = [
    wanted::what_somebody_wants,
    contrary::who_wants_nothing_of_it,
    denied::who_denies,
    broken::who_broke_it,
    struck::who_struck,
    blamed::who_is_blamed,
    retorted::who_tells_it_back,
    met::whether_they_talked,
    counted::how_many,
    figured::what_figure,
];

/// Finds the disputes, the most telling first: more voices, then more claims.
///
/// Every rule looks claims up by matter, side or target; none compares all pairs.
pub(super) fn disputes(hearing: &Hearing<'_>) -> Vec<Dispute> {
    let mut of_matter: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    for claim in hearing.claims {
        if let Some(id) = hearing::matter_id(claim) {
            of_matter.entry(id).or_default().push(claim);
        }
    }
    let on_matter = |matter: &Matter| -> Vec<Dispute> {
        let claims = of_matter.get(matter.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        if claims.len() < 2 {
            return Vec::new();
        }
        let mut found = Vec::new();
        found.extend(proposed::who_proposed(hearing, matter, claims));
        found.extend(answered::whether(hearing, matter, claims));
        found.extend(opposed::how_answered(hearing, matter, claims));
        found.extend(covered::what(hearing, matter, claims));
        found
    };
    // Each looks at claims alone and never at what another has found: threads share the work, and the
    // order stays that of the lists.
    let (on_matters, of_rules): (Vec<Vec<Dispute>>, Vec<Vec<Dispute>>) = rayon::join(
        || hearing.matters.par_iter().map(on_matter).collect(),
        || RULES.par_iter().map(|rule| rule(hearing)).collect(),
    );
    let mut found: Vec<Dispute> = on_matters.into_iter().chain(of_rules).flatten().collect();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    found.retain(|d| taken.insert(d.id.clone()));
    found.sort_by_key(|d| {
        let voices: BTreeSet<&String> = d.sides.iter().flat_map(|s| &s.voices).collect();
        let claims: usize = d.sides.iter().map(|s| s.claims.len()).sum();
        (std::cmp::Reverse((voices.len(), claims)), d.id.clone())
    });
    found
}
