//! "It", "the plan", "the ceasefire": mentions that point back at a matter of the
//! same document.

use std::collections::{BTreeSet, HashMap};

use super::clusters::{Cluster, Words};
use super::knowledge::Knowledge;
use super::mentions::{Mention, SPONSOR};
use super::phrase::{HALT_OF_FORCE, Phrase, TALKS};
use super::setting::Setting;

/// Characters within which "it" finds what it stands for: about four sentences.
const NEAR: usize = 600;

/// A matter named in a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named {
    /// Where.
    pub at: usize,
    /// Index of the mention.
    pub mention: usize,
    /// Index of the cluster.
    pub cluster: usize,
}

/// The cluster that a mention points back at, and why; `named` are the matters of
/// the document in text order.
pub(super) fn antecedent(
    mention: &Mention,
    named: &[Named],
    mentions: &[Mention],
    clusters: &[Cluster],
    knowledge: &Knowledge<'_>,
) -> Option<(usize, String)> {
    let phrase = &mention.phrase;
    let before = named.partition_point(|n| n.at < mention.at);
    let recent = || named[..before].iter().rev();
    let fits = |n: &&Named| fits(&clusters[n.cluster], mention, knowledge);
    if phrase.pronoun {
        let found = recent()
            .take_while(|n| mention.at - n.at <= NEAR)
            .filter(|_| mention.on_proposals)
            .find(|n| is_proposal(n, mentions, clusters))?;
        return Some((found.cluster, "“it” for the proposal last spoken of".to_owned()));
    }
    if phrase.is_bare_talk() {
        let talks = |n: &&Named| clusters[n.cluster].families.contains(TALKS);
        let kind = phrase.content.first()?;
        let alike = |n: &&Named| {
            clusters[n.cluster].contents.iter().any(|words| words.content.contains(kind))
        };
        let found = recent().filter(talks).find(alike)?;
        return Some((found.cluster, "the talks last spoken of".to_owned()));
    }
    if phrase.families.is_empty() && !phrase.attributes.parts().is_empty() {
        let parts = phrase.attributes.parts();
        let found = recent().filter(fits).find(|n| {
            let cluster = &clusters[n.cluster];
            !cluster.deed && !cluster.attributes.parts().is_disjoint(&parts)
        })?;
        return Some((found.cluster, "proposal of the same scope in the text".to_owned()));
    }
    if phrase.families.is_empty() {
        return proposal(mention, recent(), mentions, clusters);
    }
    of_issue(mention, named, before, clusters, knowledge)
}

/// The matter of the mention's issue that it points back at among `named`, of which the first
/// `before` stand before it.
fn of_issue(
    mention: &Mention,
    named: &[Named],
    before: usize,
    clusters: &[Cluster],
    knowledge: &Knowledge<'_>,
) -> Option<(usize, String)> {
    let phrase = &mention.phrase;
    let recent = || named[..before].iter().rev();
    let fits = |n: &&Named| fits(&clusters[n.cluster], mention, knowledge);
    // a general word points at whatever is of its kind, if it points ("the territory")
    let general = |issue: &String| {
        let is_broadest = knowledge.family(issue) == *issue;
        issue == HALT_OF_FORCE || is_broadest && (phrase.definite || mention.owner.is_some())
    };
    let of_issue = |n: &&Named| {
        let cluster = &clusters[n.cluster];
        !cluster.deed
            && cluster.on_proposals
            && !cluster.families.contains(TALKS)
            && cluster.main_family(knowledge).is_some_and(|f| phrase.families.contains(&f))
            && (phrase.issues.iter().any(|i| cluster.issues.contains_key(i) || general(i)))
    };
    let whole = |n: &&Named| !clusters[n.cluster].attributes.is_limited();
    if let Some(owner) = &mention.owner {
        let sponsored = |n: &&Named| is_sponsored(&clusters[n.cluster], owner);
        let found = recent()
            .filter(of_issue)
            .filter(fits)
            .filter(sponsored)
            .find(whole)
            .or_else(|| recent().filter(of_issue).filter(fits).find(sponsored))
            .or_else(|| named.iter().filter(of_issue).filter(fits).find(sponsored))?;
        return Some((found.cluster, format!("same issue, put forward by {owner}")));
    }
    if phrase.definite {
        let found = recent()
            .filter(of_issue)
            .find(fits)
            .or_else(|| named[before..].iter().filter(of_issue).find(fits))?;
        return Some((found.cluster, "the matter of this issue last spoken of".to_owned()));
    }
    let found = recent()
        .filter(of_issue)
        .filter(fits)
        .find(whole)
        .or_else(|| named[before..].iter().filter(of_issue).filter(fits).find(whole))?;
    Some((found.cluster, "the matter of this issue in the text".to_owned()))
}

/// Has the cluster nothing that the mention's shape excludes?
fn fits(cluster: &Cluster, mention: &Mention, knowledge: &Knowledge<'_>) -> bool {
    let shape = &mention.phrase.attributes;
    cluster.shapes.iter().all(|s| s.conflict(shape, knowledge).is_none())
}

/// Is it something put forward or answered, and not a mere name?
fn is_proposal(named: &Named, mentions: &[Mention], clusters: &[Cluster]) -> bool {
    let cluster = &clusters[named.cluster];
    let tells = cluster.contents.iter().any(Words::tells);
    let issue = !cluster.families.is_empty() && !cluster.families.contains(TALKS);
    let put_forward = mentions[named.mention].on_proposals || issue && cluster.on_proposals;
    !cluster.deed && put_forward && (issue || tells)
}

fn is_sponsored(cluster: &Cluster, power: &str) -> bool {
    cluster.answers.iter().any(|(role, by)| role == SPONSOR && by == power)
}

/// "The plan", "Trump's plans": with an owner the only proposal of that side so far,
/// else the proposal last spoken of.
fn proposal<'n>(
    mention: &Mention,
    mut recent: impl Iterator<Item = &'n Named>,
    mentions: &[Mention],
    clusters: &[Cluster],
) -> Option<(usize, String)> {
    let Some(owner) = &mention.owner else {
        let near: Vec<&Named> = recent.take_while(|n| mention.at - n.at <= NEAR).collect();
        let (found, why) = of_noun(&mention.phrase, &near, mentions, clusters)?;
        return Some((found.cluster, why.to_owned()));
    };
    let mut sponsored: Vec<usize> = recent
        .by_ref()
        .map(|n| n.cluster)
        .filter(|c| is_sponsored(&clusters[*c], owner) && !clusters[*c].deed)
        .collect();
    sponsored.sort_unstable();
    sponsored.dedup();
    match sponsored[..] {
        [only] => Some((only, format!("the proposal of {owner} in the text"))),
        _ => None,
    }
}

/// Those who have put something forward, and which clusters.
pub(super) fn sponsors(clusters: &[Cluster]) -> HashMap<String, Vec<usize>> {
    let mut found: HashMap<String, Vec<usize>> = HashMap::new();
    for (c, cluster) in clusters.iter().enumerate() {
        if cluster.deed || !cluster.on_proposals {
            continue;
        }
        let by = cluster.answers.iter().filter(|(role, _)| role == SPONSOR).map(|(_, by)| by);
        for power in by.collect::<BTreeSet<_>>() {
            found.entry(power.clone()).or_default().push(c);
        }
    }
    found
}

/// What "the Landsman offer" means in a text that does not say what was offered: the only proposal of
/// that side in all texts of the setting, and why.
pub(super) fn elsewhere(
    mention: &Mention,
    sponsors: &HashMap<String, Vec<usize>>,
    clusters: &[Cluster],
    setting: &Setting,
    knowledge: &Knowledge<'_>,
) -> Option<(usize, String)> {
    let owner = mention.owner.as_ref().filter(|_| mention.phrase.families.is_empty())?;
    let mut fitting = sponsors
        .get(owner)?
        .iter()
        .filter(|&&c| clusters[c].setting.fits(setting) && fits(&clusters[c], mention, knowledge));
    match (fitting.next(), fitting.next()) {
        (Some(&only), None) => Some((only, format!("the only proposal of {owner} in all texts"))),
        _ => None,
    }
}

/// Of matters, the nearest first, the one that a bare noun points at, and why: a resolution is
/// none of the amendments, and a demand is what somebody has demanded.
fn of_noun<'n>(
    phrase: &Phrase,
    near: &[&'n Named],
    mentions: &[Mention],
    clusters: &[Cluster],
) -> Option<(&'n Named, &'static str)> {
    let proposals = || near.iter().filter(|n| is_proposal(n, mentions, clusters));
    let called = |n: &&&Named| {
        let contents = &clusters[n.cluster].contents;
        !phrase.content.is_empty()
            && contents.iter().any(|words| phrase.content.is_subset(&words.content))
    };
    let done =
        |n: &&&Named| !clusters[n.cluster].deed && phrase.acts.contains(&mentions[n.mention].act);
    if let Some(found) = proposals().find(called) {
        return Some((found, "the proposal last called so"));
    }
    if let Some(found) = near.iter().find(done) {
        return Some((found, "what was last put forward so"));
    }
    // "the islands' draft" is not what was spoken of last, which may be anybody's
    let last = proposals().next().filter(|_| !phrase.possessed);
    last.map(|found| (*found, "the proposal last spoken of"))
}
