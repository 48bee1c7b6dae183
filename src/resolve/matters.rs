//! Matters: proposals, demands and subjects that claims share.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::about::Called;
use super::anaphora::{Named, antecedent, elsewhere, sponsors};
use super::attributes::Attribute;
use super::clusters::{Cluster, group, join};
use super::corpus::{DocumentRecord, Matter};
use super::knowledge::Knowledge;
use super::labels::label;
use super::mentions::{Mention, mentions};
use super::nested::join_nested;
use super::phrase::TALKS;
use super::setting::Setting;
use super::wording::wordings;
use crate::extract::Claim;
use crate::ontology::kebab;

/// Puts the matters of all claims together and writes their ids into the claims.
pub(super) fn resolve_matters(
    claims: &mut [Claim],
    documents: &[DocumentRecord],
    settings: &HashMap<String, Setting>,
    acts_for: &BTreeMap<String, String>,
    called: &Called,
    knowledge: &Knowledge<'_>,
) -> Vec<Matter> {
    let mentions = mentions(claims, documents, acts_for, called, knowledge);
    let nowhere = Setting::default();
    let context = |i: usize| {
        let document = claims[mentions[i].claim].document.as_str();
        (document, settings.get(document).unwrap_or(&nowhere))
    };
    let tells = |i: usize| !mentions[i].phrase.empty && !mentions[i].points_back();
    let plain = (0..mentions.len()).filter(|&i| tells(i));
    let clusters = join(group(&mentions, plain, context), knowledge);
    let mut clusters = join_nested(clusters, &mentions, claims, knowledge);
    let mut named = HashMap::new();
    let mut placed = 0;
    // "the demand" can point at "a pension", which points at nothing itself
    for open in [false, true] {
        place(&mut named, &mentions, context, &clusters[placed..], placed);
        placed = clusters.len();
        let lost = refer_back(&mentions, open, context, &mut clusters, &mut named, knowledge);
        // what points at nothing in its text is the general matter of that name
        clusters.extend(group(&mentions, lost.into_iter(), context));
    }
    for cluster in &mut clusters {
        cluster.members.sort();
    }
    clusters.sort_by_key(|c| c.members[0].0);
    let texts: Vec<&str> =
        claims.iter().map(|c| c.matter.as_ref().map_or("", |m| m.text.as_str())).collect();
    let mut worded = wordings(claims, documents, knowledge);
    for mention in &mentions {
        if let Some(spoken) = &mention.spoken {
            worded[mention.claim].clone_from(spoken);
        }
    }
    let worded: Vec<&str> = worded.iter().map(String::as_str).collect();
    let labels: Vec<String> =
        clusters.par_iter().map(|c| label(c, &mentions, &worded, knowledge)).collect();
    let names = distinct(&labels, &clusters, knowledge);
    let broader = broader(&clusters, knowledge);
    let mut matters: Vec<Matter> = clusters
        .iter()
        .zip(&names)
        .zip(broader)
        .map(|((cluster, (id, label)), broader)| Matter {
            id: id.clone(),
            label: label.clone(),
            issues: issues(cluster, knowledge),
            attributes: cluster.attributes.pairs(),
            variants: variants(cluster, &mentions, &texts),
            broader: broader.into_iter().map(|b| names[b].0.clone()).collect(),
            claims: cluster
                .members
                .iter()
                .map(|(m, _)| claims[mentions[*m].claim].id.clone())
                .collect(),
            reasons: cluster
                .members
                .iter()
                .map(|(m, why)| (claims[mentions[*m].claim].id.clone(), why.clone()))
                .collect(),
        })
        .collect();
    write(&clusters, &names, &mentions, claims);
    matters.sort_by(|a, b| a.id.cmp(&b.id));
    matters
}

/// Writes id, label and issues of each matter into its claims.
fn write(
    clusters: &[Cluster],
    names: &[(String, String)],
    mentions: &[Mention],
    claims: &mut [Claim],
) {
    for (cluster, (id, label)) in clusters.iter().zip(names) {
        for (m, _) in &cluster.members {
            if let Some(matter) = &mut claims[mentions[*m].claim].matter {
                matter.id = Some(id.clone());
                matter.label = Some(label.clone());
                matter.issues.extend(mentions[*m].phrase.issues.iter().cloned());
                if matter.issues.len() > 1 {
                    let mut seen = BTreeSet::new();
                    matter.issues.retain(|i| seen.insert(i.clone()));
                }
            }
        }
    }
}

/// Adds the mentions of these clusters, of which the first has that number, to the matters named in
/// each document.
fn place<'c>(
    named: &mut HashMap<&'c str, Vec<Named>>,
    mentions: &[Mention],
    context: impl Fn(usize) -> (&'c str, &'c Setting),
    clusters: &[Cluster],
    first: usize,
) {
    for (cluster, members) in clusters.iter().map(|it| &it.members).enumerate() {
        for (m, _) in members {
            let mention = &mentions[*m];
            let place = Named { at: mention.at, mention: *m, cluster: first + cluster };
            named.entry(context(*m).0).or_default().push(place);
        }
    }
    for places in named.values_mut() {
        places.sort_by_key(|n| (n.at, n.mention));
    }
}

/// Gives mentions that point back their matter, document by document: those that leave their issue
/// `open` or those that name one. The rest is returned, mere pronouns left out; `named` are the
/// matters of each document in text order, to which the others are added.
fn refer_back<'c>(
    mentions: &[Mention],
    open: bool,
    context: impl Fn(usize) -> (&'c str, &'c Setting),
    clusters: &mut [Cluster],
    named: &mut HashMap<&'c str, Vec<Named>>,
    knowledge: &Knowledge<'_>,
) -> Vec<usize> {
    let mut lost = Vec::new();
    let meant = |m: &Mention| m.points_back() && m.phrase.families.is_empty() == open;
    let sponsors = if open { sponsors(clusters) } else { HashMap::new() };
    for (m, mention) in mentions.iter().enumerate().filter(|(_, m)| meant(m)) {
        let (document, setting) = context(m);
        let places = named.entry(document).or_default();
        let found = antecedent(mention, places, mentions, clusters, knowledge)
            .or_else(|| elsewhere(mention, &sponsors, clusters, setting, knowledge));
        match found {
            Some((cluster, why)) => {
                clusters[cluster].refer(m, mention, why);
                let at = places.partition_point(|n| (n.at, n.mention) < (mention.at, m));
                places.insert(at, Named { at: mention.at, mention: m, cluster });
            }
            None if !mention.phrase.pronoun && !mention.phrase.empty => lost.push(m),
            None => {}
        }
    }
    lost
}

/// Issues of a cluster: the narrowest first, then the most frequent.
fn issues(cluster: &Cluster, knowledge: &Knowledge<'_>) -> Vec<String> {
    let mut issues: Vec<(&String, usize)> = cluster.issues.iter().map(|(i, n)| (i, *n)).collect();
    issues.sort_by_key(|(issue, n)| {
        let broadest = knowledge.family(issue) == **issue;
        (broadest, std::cmp::Reverse(*n), (*issue).clone())
    });
    issues.into_iter().map(|(i, _)| i.clone()).collect()
}

/// The words that denote the matter with counts, most frequent first.
fn variants(cluster: &Cluster, mentions: &[Mention], texts: &[&str]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (m, _) in &cluster.members {
        *counts.entry(texts[mentions[*m].claim]).or_default() += 1;
    }
    let mut counts: Vec<(String, usize)> =
        counts.into_iter().map(|(text, n)| (text.to_owned(), n)).collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

/// Id and label of every cluster, each once. What can never be met in another text, as "the thing",
/// has its document's id in its own, so that no other text changes it. Of other matters of one name
/// the best supported keeps it; the rest are told apart by the powers of their setting, then by
/// their document.
fn distinct(
    labels: &[String],
    clusters: &[Cluster],
    knowledge: &Knowledge<'_>,
) -> Vec<(String, String)> {
    let mut of_id: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let id_of = |label: &str| match kebab(label) {
        id if id.is_empty() => "matter".to_owned(),
        id => id,
    };
    for (i, label) in labels.iter().enumerate() {
        of_id.entry(id_of(label)).or_default().push(i);
    }
    let mut names = vec![(String::new(), String::new()); labels.len()];
    let free = of_id.iter().filter(|(_, sharing)| sharing.iter().any(|&i| !clusters[i].is_bound()));
    let mut taken: BTreeSet<String> = free.map(|(id, _)| id.clone()).collect();
    for sharing in of_id.values() {
        let (bound, mut free): (Vec<usize>, Vec<usize>) =
            sharing.iter().partition(|&&i| clusters[i].is_bound());
        // the best supported keeps the plain name
        free.sort_by_key(|&i| (std::cmp::Reverse(clusters[i].members.len()), i));
        if let Some(&first) = free.first() {
            names[first] = (id_of(&labels[first]), labels[first].clone());
        }
        for &i in free.iter().skip(1) {
            let powers: Vec<&str> = clusters[i]
                .setting
                .powers
                .iter()
                .filter_map(|p| Some(knowledge.ontology.actor(p)?.label.as_str()))
                .collect();
            let other_setting = clusters[i].setting.powers != clusters[free[0]].setting.powers;
            let by_powers = format!("{} ({})", labels[i], powers.join(", "));
            let is_told = other_setting && !powers.is_empty();
            names[i] = if is_told && taken.insert(id_of(&by_powers)) {
                (id_of(&by_powers), by_powers)
            } else {
                let label = in_document(&labels[i], &clusters[i], |it| taken.insert(id_of(it)));
                (id_of(&label), label)
            };
        }
        for &i in &bound {
            let told = in_document(&labels[i], &clusters[i], |it| taken.insert(id_of(it)));
            let label = if sharing.len() == 1 { labels[i].clone() } else { told.clone() };
            names[i] = (id_of(&told), label);
        }
    }
    names
}

/// A label with the document in which the matter is, and a number where one is not `free`.
fn in_document(label: &str, cluster: &Cluster, mut free: impl FnMut(&str) -> bool) -> String {
    let document = cluster.documents.first().map_or("", String::as_str);
    let numbered = |count: usize| match count {
        1 => format!("{label} ({document})"),
        count => format!("{label} ({document}, {count})"),
    };
    (1..).map(numbered).find(|it| free(it)).unwrap_or_default()
}

/// For every cluster the clusters that hold it: of the same issue, with some of its
/// attributes and no other; the nearest only.
fn broader(clusters: &[Cluster], knowledge: &Knowledge<'_>) -> Vec<Vec<usize>> {
    /// Attributes of one matter whose combinations are looked up.
    const MOST: usize = 6;
    type Shape = Vec<(Attribute, String)>;
    let eligible = |c: &Cluster| {
        !c.deed && c.on_proposals && !c.families.is_empty() && !c.families.contains(TALKS)
    };
    let mut by_shape: BTreeMap<(&str, Shape), Vec<usize>> = BTreeMap::new();
    let families: Vec<String> =
        clusters.iter().map(|c| c.main_family(knowledge).unwrap_or_default()).collect();
    for (i, cluster) in clusters.iter().enumerate().filter(|(_, c)| eligible(c)) {
        let general =
            cluster.contents.iter().any(|c| c.content.len() <= 2 + cluster.attributes.0.len());
        if general {
            let shape = cluster.attributes.pairs();
            by_shape.entry((&families[i], shape)).or_default().push(i);
        }
    }
    clusters
        .iter()
        .enumerate()
        .map(|(i, cluster)| {
            let pairs = cluster.attributes.pairs();
            if !eligible(cluster) || pairs.is_empty() || pairs.len() > MOST {
                return Vec::new();
            }
            for size in (0..pairs.len()).rev() {
                let mut found = BTreeSet::new();
                for mask in 0..1_u32 << pairs.len() {
                    if mask.count_ones() as usize != size {
                        continue;
                    }
                    let chosen: Shape = pairs
                        .iter()
                        .enumerate()
                        .filter(|(bit, _)| mask & (1 << bit) != 0)
                        .map(|(_, pair)| pair.clone())
                        .collect();
                    let held = by_shape.get(&(families[i].as_str(), chosen));
                    let held = held.into_iter().flatten().take(MOST).copied();
                    found.extend(held.filter(|&b| {
                        b != i
                            && clusters[b].setting.fits(&cluster.setting)
                            && clusters[b]
                                .attributes
                                .conflict(&cluster.attributes, knowledge)
                                .is_none()
                    }));
                }
                if !found.is_empty() {
                    return found.into_iter().collect();
                }
            }
            Vec::new()
        })
        .collect()
}
