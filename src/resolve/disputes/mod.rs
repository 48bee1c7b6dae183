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
mod opposed;
mod proposed;
mod retorted;
mod struck;
mod target;
mod wanted;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use hearing::{Hearing, affairs_of};

use super::corpus::Dispute;
use crate::extract::Claim;

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
    let mut found = Vec::new();
    for matter in hearing.matters {
        let claims = of_matter.get(matter.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        if claims.len() > 1 {
            found.extend(proposed::who_proposed(hearing, matter, claims));
            found.extend(answered::whether(hearing, matter, claims));
            found.extend(opposed::how_answered(hearing, matter, claims));
            found.extend(covered::what(hearing, matter, claims));
        }
    }
    found.extend(wanted::what_somebody_wants(hearing));
    found.extend(contrary::who_wants_nothing_of_it(hearing));
    found.extend(denied::who_denies(hearing));
    found.extend(broken::who_broke_it(hearing));
    found.extend(struck::who_struck(hearing));
    found.extend(blamed::who_is_blamed(hearing));
    found.extend(retorted::who_tells_it_back(hearing));
    found.extend(met::whether_they_talked(hearing));
    found.extend(counted::how_many(hearing));
    found.extend(figured::what_figure(hearing));
    let mut taken: BTreeSet<String> = BTreeSet::new();
    found.retain(|d| taken.insert(d.id.clone()));
    found.sort_by_key(|d| {
        let voices: BTreeSet<&String> = d.sides.iter().flat_map(|s| &s.voices).collect();
        let claims: usize = d.sides.iter().map(|s| s.claims.len()).sum();
        (std::cmp::Reverse((voices.len(), claims)), d.id.clone())
    });
    found
}
