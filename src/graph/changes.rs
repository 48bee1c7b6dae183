//! What differs between two graphs of one collection, as it grew or was corrected.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde::Serialize;

use crate::extract::{Claim, Participant};
use crate::resolve::{Corpus, DocumentRecord, place};

/// What a later graph has that an earlier one had not, and the other way round. Every list is
/// sorted.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Changes {
    /// Documents, by id.
    pub documents: DocumentChanges,
    /// Claims.
    pub claims: ClaimChanges,
    /// Actors.
    pub actors: ThingChanges,
    /// Matters.
    pub matters: ThingChanges,
    /// Disputes, by id and question.
    pub disputes: ThingChanges,
}

/// Documents that differ.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DocumentChanges {
    /// Ids of those that are new.
    pub gained: Vec<String>,
    /// Ids of those that are gone.
    pub lost: Vec<String>,
    /// Ids of those whose text, or what is known of it, is another.
    pub changed: Vec<String>,
}

/// Claims that differ. A claim that only stands elsewhere in its edited text does not.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ClaimChanges {
    /// New ones.
    pub gained: Vec<Claim>,
    /// Those that are gone.
    pub lost: Vec<Claim>,
    /// Those that say something else.
    pub changed: Vec<ChangedClaim>,
}

/// A claim that says something else than before.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ChangedClaim {
    /// As it was.
    pub before: Claim,
    /// As it is.
    pub after: Claim,
    /// What differs: `status: actual → negated`.
    pub changes: Vec<String>,
}

/// Actors, matters or disputes that differ.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ThingChanges {
    /// New ones.
    pub gained: Vec<Thing>,
    /// Those that are gone.
    pub lost: Vec<Thing>,
    /// Several that are one now.
    pub merged: Vec<Regrouped>,
    /// One that is several now.
    pub split: Vec<Regrouped>,
    /// One that has another name now.
    pub renamed: Vec<Regrouped>,
}

/// An actor, matter or dispute.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[non_exhaustive]
pub struct Thing {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
}

/// What the words of claims meant before, and what the same words mean now.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct Regrouped {
    /// Before.
    pub before: Vec<Thing>,
    /// Now.
    pub after: Vec<Thing>,
}

/// A graph as it is compared with another: all of it, or only what the other has not in the same
/// words, as what both have says nothing of what has changed.
#[derive(Debug, Default)]
pub(super) struct Side<'c> {
    /// By id.
    pub(super) documents: BTreeMap<&'c str, &'c DocumentRecord>,
    /// In their order.
    pub(super) claims: Vec<&'c Claim>,
    /// The labels of all actors by their ids, whether the other has them or not.
    pub(super) actors: Labels<'c>,
    /// The same of matters.
    pub(super) matters: Labels<'c>,
    /// The same of disputes.
    pub(super) disputes: Labels<'c>,
}

/// Labels by ids.
pub(super) type Labels<'c> = BTreeMap<&'c str, &'c str>;

impl<'c> Side<'c> {
    /// All that is in a graph.
    pub(super) fn whole(corpus: &'c Corpus) -> Self {
        Self {
            documents: corpus.documents.iter().map(|it| (it.id.as_str(), it)).collect(),
            claims: corpus.claims.iter().collect(),
            ..Self::named(corpus)
        }
    }

    /// Its actors, matters and disputes alone.
    pub(super) fn named(corpus: &'c Corpus) -> Self {
        Self {
            actors: corpus.actors.iter().map(|it| (it.id.as_str(), it.label.as_str())).collect(),
            matters: corpus.matters.iter().map(|it| (it.id.as_str(), it.label.as_str())).collect(),
            disputes: corpus.disputes.iter().map(|it| (&*it.id, &*it.label)).collect(),
            ..Self::default()
        }
    }
}

impl Changes {
    /// What has changed from `before` to `after`.
    pub fn between(before: &Corpus, after: &Corpus) -> Self {
        Self::of(&Side::whole(before), &Side::whole(after))
    }

    pub(super) fn of(before: &Side<'_>, after: &Side<'_>) -> Self {
        let pairs = pairs(&before.claims, &after.claims);
        let mut claims = ClaimChanges::default();
        let matched: HashSet<&str> = pairs.iter().map(|(_, new)| new.id.as_str()).collect();
        let old: HashSet<&str> = pairs.iter().map(|(old, _)| old.id.as_str()).collect();
        let rest = |claims: &[&Claim], known: &HashSet<&str>| -> Vec<Claim> {
            let rest = claims.iter().filter(|it| !known.contains(it.id.as_str()));
            rest.map(|&it| it.clone()).collect()
        };
        claims.gained = rest(&after.claims, &matched);
        claims.lost = rest(&before.claims, &old);
        for (old, new) in pairs.iter().filter(|(old, new)| old != new) {
            let changes = differences(old, new);
            if !changes.is_empty() {
                let (before, after) = ((*old).clone(), (*new).clone());
                claims.changed.push(ChangedClaim { before, after, changes });
            }
        }
        let of_actors = pairs.iter().flat_map(|(old, new)| same_people(old, new));
        let of_matters = pairs.iter().filter_map(|(old, new)| {
            let (old, new) = (old.matter.as_ref()?, new.matter.as_ref()?);
            Some((old.id.as_deref()?, new.id.as_deref()?)).filter(|_| old.text == new.text)
        });
        Self {
            documents: documents(&before.documents, &after.documents),
            actors: things(&before.actors, &after.actors, of_actors),
            matters: things(&before.matters, &after.matters, of_matters),
            disputes: things(&before.disputes, &after.disputes, std::iter::empty()),
            claims,
        }
    }

    /// Has nothing changed?
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn documents(
    before: &BTreeMap<&str, &DocumentRecord>,
    after: &BTreeMap<&str, &DocumentRecord>,
) -> DocumentChanges {
    let mut changes = DocumentChanges::default();
    for (&id, document) in after {
        match before.get(id) {
            None => changes.gained.push(id.to_owned()),
            Some(old) if old != document => changes.changed.push(id.to_owned()),
            Some(_) => {}
        }
    }
    let lost = before.keys().filter(|id| !after.contains_key(*id));
    changes.lost = lost.map(|&id| id.to_owned()).collect();
    changes
}

/// Claims that are the same one, of an edited text maybe: those of one id and quote, else of one
/// quote and act in their order, else of one id, else of one act and trigger.
fn pairs<'c>(before: &[&'c Claim], after: &[&'c Claim]) -> Vec<(&'c Claim, &'c Claim)> {
    type Sign<'c> = (&'c str, &'c str, &'c str);
    let signs: [fn(&Claim) -> Sign<'_>; 3] = [
        |claim| (&claim.document, &claim.act, &claim.quote),
        |claim| (&claim.document, &claim.id, ""),
        |claim| (&claim.document, &claim.act, &claim.trigger),
    ];
    let mut old: HashMap<&str, &Claim> = before.iter().map(|&it| (it.id.as_str(), it)).collect();
    let (mut pairs, mut new) = (Vec::new(), Vec::new());
    for &claim in after {
        match old.get(claim.id.as_str()) {
            Some(found) if found.quote == claim.quote => {
                pairs.push((old.remove(claim.id.as_str()).expect("just found"), claim));
            }
            _ => new.push(claim),
        }
    }
    let mut old: Vec<&Claim> = old.into_values().collect();
    old.sort_by_key(|claim| place(claim));
    for sign in signs {
        let mut known: HashMap<Sign<'_>, Vec<&Claim>> = HashMap::new();
        // The last first, so that the first is taken first.
        for claim in old.drain(..).rev() {
            known.entry(sign(claim)).or_default().push(claim);
        }
        new.retain(|claim| match known.get_mut(&sign(claim)).and_then(Vec::pop) {
            Some(found) => {
                pairs.push((found, *claim));
                false
            }
            None => true,
        });
        old = known.into_values().flatten().collect();
        old.sort_by_key(|claim| place(claim));
    }
    pairs.sort_by_key(|(_, new)| place(new));
    pairs
}

/// What two claims say differently.
fn differences(old: &Claim, new: &Claim) -> Vec<String> {
    let names = |people: &[Participant]| {
        people.iter().map(Participant::name).collect::<Vec<_>>().join(", ")
    };
    let matter = |claim: &Claim| claim.matter.as_ref().map_or(String::new(), |it| it.text.clone());
    let condition =
        |claim: &Claim| claim.condition.as_ref().map_or(String::new(), |it| it.text.clone());
    let time = |claim: &Claim| claim.time.as_ref().map_or(String::new(), ToString::to_string);
    let fields = [
        ("act", old.act.clone(), new.act.clone()),
        ("status", old.status.to_string(), new.status.to_string()),
        ("agent", names(&old.agent), names(&new.agent)),
        ("addressee", names(&old.addressee), names(&new.addressee)),
        ("source", names(&old.source), names(&new.source)),
        ("via", names(&old.via), names(&new.via)),
        ("matter", matter(old), matter(new)),
        ("condition", condition(old), condition(new)),
        ("time", time(old), time(new)),
        ("quote", old.quote.clone(), new.quote.clone()),
        ("confidence", old.confidence.to_string(), new.confidence.to_string()),
    ];
    let none = |words: String| if words.is_empty() { "none".to_owned() } else { words };
    fields
        .into_iter()
        .filter(|(_, old, new)| old != new)
        .map(|(field, old, new)| format!("{field}: {} → {}", none(old), none(new)))
        .collect()
}

/// The ids of those whom the same words in the same roles mean before and now.
fn same_people<'c>(old: &'c Claim, new: &'c Claim) -> Vec<(&'c str, &'c str)> {
    let roles = [
        (&old.agent, &new.agent),
        (&old.addressee, &new.addressee),
        (&old.source, &new.source),
        (&old.via, &new.via),
    ];
    let both = roles.into_iter().flat_map(|(old, new)| old.iter().zip(new));
    both.filter(|(old, new)| old.text == new.text)
        .filter_map(|(old, new)| Some((old.id.as_deref()?, new.id.as_deref()?)))
        .collect()
}

/// What has become of things, by what the same words mean before and now. A thing is merged into
/// another when it is gone and its words mean the other; so with splitting, the other way round.
fn things<'c>(
    before: &Labels<'_>,
    after: &Labels<'_>,
    same: impl Iterator<Item = (&'c str, &'c str)>,
) -> ThingChanges {
    let (mut came_from, mut went_to) = (Groups::new(), Groups::new());
    for (old, new) in same {
        came_from.entry(new).or_default().insert(old);
        went_to.entry(old).or_default().insert(new);
    }
    let thing = |id: &str| Thing {
        id: id.to_owned(),
        label: after.get(id).or_else(|| before.get(id)).copied().unwrap_or_default().to_owned(),
    };
    let list = |ids: &BTreeSet<&str>| ids.iter().map(|id| thing(id)).collect::<Vec<_>>();
    let mut changes = ThingChanges::default();
    let mut explained: BTreeSet<&str> = BTreeSet::new();
    for (new, olds) in &came_from {
        let mut gone: BTreeSet<&str> =
            olds.iter().copied().filter(|id| !after.contains_key(*id)).collect();
        if gone.is_empty() {
            continue;
        }
        explained.extend(&gone);
        let is_new = !before.contains_key(*new);
        if is_new {
            explained.insert(new);
        } else {
            gone.insert(new);
        }
        let whole = Regrouped { before: list(&gone), after: vec![thing(new)] };
        if gone.len() > 1 {
            changes.merged.push(whole);
        } else if went_to.get(gone.first().expect("one")).is_some_and(|it| it.len() == 1) {
            changes.renamed.push(whole);
        }
    }
    for (old, news) in &went_to {
        let mut come: BTreeSet<&str> =
            news.iter().copied().filter(|id| !before.contains_key(*id)).collect();
        if come.is_empty() {
            continue;
        }
        if after.contains_key(*old) {
            come.insert(old);
        }
        if come.len() > 1 {
            explained.extend(&come);
            changes.split.push(Regrouped { before: vec![thing(old)], after: list(&come) });
        }
    }
    let rest = |of: &Labels<'_>, other: &Labels<'_>| -> Vec<Thing> {
        let ids = of.keys().copied();
        ids.filter(|id| !other.contains_key(*id) && !explained.contains(id)).map(thing).collect()
    };
    changes.gained = rest(after, before);
    changes.lost = rest(before, after);
    changes
}

/// Ids with the ids that the same words mean in the other graph.
type Groups<'c> = BTreeMap<&'c str, BTreeSet<&'c str>>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decisions::{Decision, Verdict};
    use crate::extract::Status;
    use crate::fixture;
    use crate::resolve::{mended, resolve};

    fn corpus() -> Corpus {
        let corpus = fixture::corpus();
        resolve(corpus.documents, corpus.claims, &fixture::ontology())
    }

    #[test]
    fn nothing_has_changed_between_a_graph_and_itself() {
        assert!(Changes::between(&corpus(), &corpus()).is_empty());
    }

    #[test]
    fn documents_that_come_and_go_bring_and_take_their_claims() {
        let (all, mut fewer) = (corpus(), corpus());
        let gone = fewer.documents.remove(0).id;
        fewer.claims.retain(|it| it.document != gone);
        let lost = Changes::between(&all, &fewer);
        assert_eq!(lost.documents.lost, [gone.as_str()]);
        assert_eq!(lost.claims.lost.len(), all.claims.len() - fewer.claims.len());
        assert!(lost.claims.gained.is_empty() && lost.claims.changed.is_empty());
        let gained = Changes::between(&fewer, &all);
        assert_eq!(gained.documents.gained, [gone]);
        assert_eq!(gained.claims.gained, lost.claims.lost);
    }

    #[test]
    fn what_a_claim_says_otherwise_is_told_but_not_where_it_stands() {
        let (old, mut new) = (corpus(), corpus());
        new.claims[0].status = Status::Negated;
        let claim = &mut new.claims[1];
        claim.id += "0";
        claim.start += 10;
        claim.end += 10;
        let changes = Changes::between(&old, &new).claims;
        assert_eq!(changes.changed.len(), 1);
        assert_eq!(changes.changed[0].changes, ["status: actual → negated"]);
        assert!(changes.gained.is_empty() && changes.lost.is_empty());
    }

    #[test]
    fn merging_splitting_and_renaming_are_told() {
        let old = corpus();
        let change = |verdict| {
            let decision = Decision { line: 1, by: None, when: None, why: None, verdict };
            mended(&old, &[decision], &fixture::ontology()).0
        };
        let ids = vec!["donald-trump".to_owned(), "vladimir-putin".to_owned()];
        let merged = change(Verdict::MergeActors(ids.clone()));
        let there = Changes::between(&old, &merged).actors;
        assert_eq!(there.merged.len(), 1);
        assert_eq!(
            there.merged[0].before.iter().map(|it| &it.id).collect::<Vec<_>>(),
            [&ids[0], &ids[1]]
        );
        assert_eq!(there.merged[0].after[0].id, ids[0]);
        assert!(there.lost.is_empty() && there.split.is_empty() && there.renamed.is_empty());
        let back = Changes::between(&merged, &old).actors;
        assert_eq!(back.split.len(), 1);
        assert_eq!(back.split[0].before[0].id, ids[0]);
        assert!(back.gained.is_empty() && back.merged.is_empty());
    }
}
