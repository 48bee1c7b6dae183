//! "Keep the annexed regions" and "the annexed regions" in it: one matter, named by
//! two claims of one sentence.

use std::collections::BTreeMap;

use super::clusters::Cluster;
use super::knowledge::Knowledge;
use super::mentions::Mention;
use super::phrase::TALKS;
use super::words::words;
use crate::extract::Claim;

/// Words, such as a verb and its preposition, that may stand before the phrase in the
/// longer one.
const BEFORE: usize = 2;

/// Puts matters that only one claim names with the matter of the phrase that holds
/// theirs, where both are of one issue and neither ends or begins what the other is.
/// O(n log n).
pub(super) fn join_nested(
    clusters: Vec<Cluster>,
    mentions: &[Mention],
    claims: &[Claim],
    knowledge: &Knowledge<'_>,
) -> Vec<Cluster> {
    let mut of_mention: BTreeMap<usize, usize> = BTreeMap::new();
    for (c, cluster) in clusters.iter().enumerate() {
        of_mention.extend(cluster.members.iter().map(|(m, _)| (*m, c)));
    }
    let mut in_text: Vec<(&str, usize, usize)> =
        of_mention.keys().map(|&m| (place(m, mentions, claims), mentions[m].at, m)).collect();
    in_text.sort_unstable();
    let mut into: BTreeMap<usize, usize> = BTreeMap::new();
    for pair in in_text.windows(2) {
        let ((here, _, outer), (there, _, inner)) = (pair[0], pair[1]);
        let (whole, part) = (of_mention[&outer], of_mention[&inner]);
        let alone = clusters[part].members.len() == 1 && !into.contains_key(&whole);
        // the earlier of the pair was seen before, so nothing is in it that goes on
        let free = alone && here == there && whole != part;
        if free && is_nested(outer, inner, mentions, claims, knowledge) {
            into.insert(part, whole);
        }
    }
    let mut kept: Vec<Option<Cluster>> = clusters.into_iter().map(Some).collect();
    for (part, whole) in into {
        if let Some(cluster) = kept[part].take()
            && let Some(outer) = &mut kept[whole]
        {
            outer.absorb(cluster, "in the phrase of another claim");
        }
    }
    kept.into_iter().flatten().collect()
}

fn is_nested(
    outer: usize,
    inner: usize,
    mentions: &[Mention],
    claims: &[Claim],
    knowledge: &Knowledge<'_>,
) -> bool {
    let (a, b) = (&mentions[outer].phrase, &mentions[inner].phrase);
    let (Some(whole), Some(part)) =
        (&claims[mentions[outer].claim].matter, &claims[mentions[inner].claim].matter)
    else {
        return false;
    };
    let within = whole.start < part.start && part.end <= whole.end;
    let lead: String = whole.text.chars().take(part.start.saturating_sub(whole.start)).collect();
    let talks = a.families.contains(TALKS) || b.families.contains(TALKS);
    within
        && words(&lead).len() <= BEFORE
        && !talks
        && (a.issues == b.issues || a.issues.is_empty() || b.issues.is_empty())
        && a.attributes.conflict(&b.attributes, knowledge).is_none()
        && a.attributes.differ(&b.attributes).is_none()
}

fn place<'c>(mention: usize, mentions: &[Mention], claims: &'c [Claim]) -> &'c str {
    &claims[mentions[mention].claim].document
}
