//! What a person has decided about actors and matters, and resolving keeps to.

use std::collections::{BTreeMap, BTreeSet};

use super::corpus::{Actor, Matter};
use crate::decisions::{Decision, Record, Verdict};
use crate::extract::{Claim, Participant};
use crate::ontology::{Ontology, kebab};

/// Decisions about actors and matters, and what became of them.
#[derive(Debug, Clone, Default)]
pub struct Constraints<'d> {
    decisions: Vec<&'d Decision>,
    /// Decision → ids of what it was found to be about.
    met: BTreeMap<usize, Vec<String>>,
}

/// Who is meant by a name and why, for [`Actor::reasons`](super::Actor::reasons).
type Reasons = BTreeMap<String, BTreeSet<(String, String)>>;

impl<'d> Constraints<'d> {
    /// Those of the decisions that are about actors and matters.
    pub fn of(decisions: &'d [Decision]) -> Self {
        let is_one = |d: &&Decision| {
            matches!(
                d.verdict,
                Verdict::MergeActors(_)
                    | Verdict::KeepApartActors(_)
                    | Verdict::MergeMatters(_)
                    | Verdict::KeepApartMatters(_)
                    | Verdict::RenameActor(..)
                    | Verdict::RenameMatter(..)
            )
        };
        Self { decisions: decisions.iter().filter(is_one).collect(), met: BTreeMap::new() }
    }

    /// The decisions that were kept to, once claims are resolved.
    pub fn records(&self) -> impl Iterator<Item = Record> {
        self.met
            .iter()
            .map(|(at, about)| Record::new(self.decisions[*at], about.clone(), Vec::new()))
    }

    /// The decisions whose actors or matters are not, or no longer, there.
    pub fn unmet(&self) -> impl Iterator<Item = &'d Decision> {
        let unmet = self.decisions.iter().enumerate().filter(|(at, _)| !self.met.contains_key(at));
        unmet.map(|(_, decision)| *decision)
    }

    /// Notes which actors are in the claims before names are merged.
    pub(super) fn look_at_names(&mut self, claims: &[Claim]) {
        if self.decisions.is_empty() {
            return;
        }
        let there: BTreeSet<&str> =
            claims.iter().flat_map(Claim::participants).filter_map(|p| p.id.as_deref()).collect();
        for (at, decision) in self.decisions.iter().enumerate() {
            if let Verdict::KeepApartActors(ids) = &decision.verdict
                && ids.iter().all(|id| there.contains(id.as_str()))
            {
                self.met.insert(at, ids.clone());
            }
        }
    }

    /// May the one name not be taken for the other?
    pub(super) fn keep_apart(&self, name: &str, whom: &str) -> bool {
        self.decisions.iter().any(|decision| match &decision.verdict {
            Verdict::KeepApartActors(ids) => {
                name != whom && [name, whom].iter().all(|n| ids.iter().any(|id| id == n))
            }
            _ => false,
        })
    }

    /// Puts the first name's actor for the others.
    pub(super) fn merge_actors(
        &mut self,
        claims: &mut [Claim],
        reasons: &mut Reasons,
        ontology: &Ontology,
    ) {
        for (at, decision) in self.decisions.iter().enumerate() {
            let Verdict::MergeActors(ids) = &decision.verdict else { continue };
            let Some((first, others)) = ids.split_first() else { continue };
            let labels = || claims.iter().flat_map(Claim::participants);
            let label = ontology.actor(first).map(|a| a.label.clone()).or_else(|| {
                labels().filter(|p| p.id.as_ref() == Some(first)).find_map(|p| p.label.clone())
            });
            let mut found = BTreeSet::new();
            for participant in claims.iter_mut().flat_map(Claim::participants_mut) {
                let Some(id) = participant.id.clone().filter(|id| others.contains(id)) else {
                    continue;
                };
                let label = label.clone().or_else(|| participant.label.clone());
                let name = participant.label.take().unwrap_or_else(|| participant.text.clone());
                let why = (name, why(decision));
                reasons.entry(first.clone()).or_default().insert(why);
                participant.id = Some(first.clone());
                participant.label = label;
                found.insert(id);
            }
            for participants in claims.iter_mut().map(roles) {
                participants.into_iter().for_each(once_each);
            }
            if !found.is_empty() {
                let about = std::iter::once(first.clone()).chain(found).collect();
                self.met.insert(at, about);
            }
        }
    }

    /// Merges matters and splits them, in claims and list.
    pub(super) fn settle_matters(&mut self, claims: &mut [Claim], matters: &mut Vec<Matter>) {
        for (at, decision) in self.decisions.iter().enumerate() {
            let about = match &decision.verdict {
                Verdict::MergeMatters(names) => merge(names, &why(decision), claims, matters),
                Verdict::KeepApartMatters(names) => split(names, &why(decision), claims, matters),
                _ => None,
            };
            if let Some(about) = about {
                self.met.insert(at, about);
            }
        }
        matters.sort_by(|a, b| a.id.cmp(&b.id));
    }

    /// Gives actors and matters the labels that a person wants, in claims and lists; ids stay.
    pub(super) fn rename(
        &mut self,
        claims: &mut [Claim],
        actors: &mut [Actor],
        matters: &mut [Matter],
    ) {
        for (at, decision) in self.decisions.iter().enumerate() {
            match &decision.verdict {
                Verdict::RenameActor(id, label) => {
                    let Some(actor) = actors.iter_mut().find(|it| it.id == *id) else { continue };
                    actor.label.clone_from(label);
                    let people = claims.iter_mut().flat_map(Claim::participants_mut);
                    for it in people.filter(|it| it.id.as_ref() == Some(id)) {
                        it.label = Some(label.clone());
                    }
                    self.met.insert(at, vec![id.clone()]);
                }
                Verdict::RenameMatter(name, label) => {
                    let Some(found) = find(name, matters) else { continue };
                    let matter = &mut matters[found];
                    matter.label.clone_from(label);
                    let mentions = claims.iter_mut().filter_map(|it| it.matter.as_mut());
                    for it in mentions.filter(|it| it.id.as_ref() == Some(&matter.id)) {
                        it.label = Some(label.clone());
                    }
                    self.met.insert(at, vec![matter.id.clone()]);
                }
                _ => {}
            }
        }
    }
}

/// The reason that is kept in the graph.
fn why(decision: &Decision) -> String {
    let by = decision.by.as_deref().unwrap_or("a person");
    match &decision.why {
        Some(why) => format!("decided by {by}: {why}"),
        None => format!("decided by {by}"),
    }
}

/// The matter of that id, label or, failing these, with these words.
fn find(name: &str, matters: &[Matter]) -> Option<usize> {
    let id = kebab(name);
    let is_variant = |m: &Matter| m.variants.iter().any(|(words, _)| kebab(words) == id);
    matters
        .iter()
        .position(|m| m.id == id)
        .or_else(|| matters.iter().position(|m| kebab(&m.label) == id))
        .or_else(|| matters.iter().position(is_variant))
}

/// One matter of several; gives their ids, the first that stays. Names that are the
/// same matter already are merged.
fn merge(
    names: &[String],
    why: &str,
    claims: &mut [Claim],
    matters: &mut Vec<Matter>,
) -> Option<Vec<String>> {
    let found: Vec<String> =
        names.iter().map(|n| Some(matters[find(n, matters)?].id.clone())).collect::<Option<_>>()?;
    let first = found.first()?;
    for other in &found[1..] {
        if other == first {
            continue;
        }
        let gone = matters.remove(matters.iter().position(|m| m.id == *other)?);
        let kept = matters.iter_mut().find(|m| m.id == *first)?;
        for mention in claims.iter_mut().filter_map(|c| c.matter.as_mut()) {
            if mention.id.as_ref() == Some(other) {
                mention.id = Some(kept.id.clone());
                mention.label = Some(kept.label.clone());
            }
        }
        for issue in gone.issues {
            if !kept.issues.contains(&issue) {
                kept.issues.push(issue);
            }
        }
        kept.attributes.extend(gone.attributes);
        kept.attributes.sort();
        kept.attributes.dedup();
        kept.reasons.extend(gone.claims.iter().map(|claim| (claim.clone(), why.to_owned())));
        kept.claims.extend(gone.claims);
        kept.broader.extend(gone.broader);
        let variants = std::mem::take(&mut kept.variants).into_iter().chain(gone.variants);
        kept.variants = counted(variants);
        for matter in matters.iter_mut() {
            let own = matter.id.clone();
            for broader in &mut matter.broader {
                if broader == other {
                    broader.clone_from(first);
                }
            }
            matter.broader.retain(|broader| *broader != own);
            matter.broader.sort();
            matter.broader.dedup();
        }
    }
    let mut about = found.clone();
    let mut seen = BTreeSet::new();
    about.retain(|id| seen.insert(id.clone()));
    Some(about)
}

/// A matter of its own for each of the names but the first that is in one matter with
/// a name before it; gives the ids of all.
fn split(
    names: &[String],
    why: &str,
    claims: &mut [Claim],
    matters: &mut Vec<Matter>,
) -> Option<Vec<String>> {
    let mut apart: Vec<String> = Vec::new();
    for name in names {
        let at = find(name, matters)?;
        if !apart.contains(&matters[at].id) {
            apart.push(matters[at].id.clone());
            continue;
        }
        let words = kebab(name);
        let goes: BTreeSet<String> = claims
            .iter()
            .filter(|c| c.matter.as_ref().is_some_and(|m| m.id.as_ref() == Some(&matters[at].id)))
            .filter(|c| c.matter.as_ref().is_some_and(|m| kebab(&m.text) == words))
            .map(|c| c.id.clone())
            .collect();
        let stays = matters[at].claims.len() > goes.len();
        if goes.is_empty() || !stays {
            return None;
        }
        let mut label = name.clone();
        let mut number = 1;
        while matters.iter().any(|m| m.id == kebab(&label)) {
            number += 1;
            label = format!("{name} ({number})");
        }
        let old = &mut matters[at];
        old.claims.retain(|claim| !goes.contains(claim));
        old.reasons.retain(|(claim, _)| !goes.contains(claim));
        let (gone, kept) = std::mem::take(&mut old.variants)
            .into_iter()
            .partition(|(variant, _)| kebab(variant) == words);
        old.variants = kept;
        let mut new = Matter {
            id: kebab(&label),
            label,
            issues: Vec::new(),
            attributes: Vec::new(),
            variants: gone,
            broader: old.broader.clone(),
            claims: Vec::new(),
            reasons: Vec::new(),
        };
        for claim in claims.iter_mut().filter(|c| goes.contains(&c.id)) {
            new.claims.push(claim.id.clone());
            new.reasons.push((claim.id.clone(), why.to_owned()));
            let Some(mention) = claim.matter.as_mut() else { continue };
            mention.id = Some(new.id.clone());
            mention.label = Some(new.label.clone());
            for issue in &mention.issues {
                if !new.issues.contains(issue) {
                    new.issues.push(issue.clone());
                }
            }
        }
        apart.push(new.id.clone());
        matters.push(new);
    }
    Some(apart)
}

/// Words with their counts added up, most frequent first.
fn counted(words: impl Iterator<Item = (String, usize)>) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (word, n) in words {
        *counts.entry(word).or_default() += n;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

fn roles(claim: &mut Claim) -> [&mut Vec<Participant>; 4] {
    [&mut claim.agent, &mut claim.addressee, &mut claim.source, &mut claim.via]
}

/// An actor stands once in a role.
pub(super) fn once_each(role: &mut Vec<Participant>) {
    let mut seen = BTreeSet::new();
    role.retain(|p| p.id.is_none() || seen.insert(p.id.clone()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::resolve::{Corpus, resolve, resolve_with};

    fn decision(verdict: Verdict) -> Decision {
        Decision { line: 1, by: Some("Ann".into()), when: None, why: Some("same".into()), verdict }
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|n| (*n).to_owned()).collect()
    }

    /// Resolves the fixture's claims anew under the decision; is it kept to?
    fn resolved(verdict: Verdict, rename: Option<(&str, &str)>) -> (Corpus, Corpus, usize) {
        let ontology = fixture::ontology();
        let mut corpus = fixture::corpus();
        if let Some((id, label)) = rename {
            let people = corpus.claims.iter_mut().flat_map(Claim::participants_mut);
            for p in people.filter(|p| p.id.as_deref() == Some(id)).take(1) {
                (p.id, p.label) = (Some(kebab(label)), Some(label.to_owned()));
            }
        }
        for mention in corpus.claims.iter_mut().filter_map(|c| c.matter.as_mut()) {
            (mention.id, mention.label) = (None, None);
        }
        let decisions = [decision(verdict)];
        let mut constraints = Constraints::of(&decisions);
        let free = resolve(corpus.documents.clone(), corpus.claims.clone(), &ontology);
        let bound = resolve_with(corpus.documents, corpus.claims, &ontology, &mut constraints);
        let met = constraints.records().count();
        assert_eq!(met + constraints.unmet().count(), 1);
        (free, bound, met)
    }

    /// All that claims point to is listed, and all that is listed has claims.
    fn holds_together(corpus: &Corpus) {
        let actors: BTreeSet<&str> = corpus.actors.iter().map(|a| a.id.as_str()).collect();
        for claim in &corpus.claims {
            assert!(
                claim.participants().filter_map(|p| p.id.as_deref()).all(|i| actors.contains(i))
            );
            let Some(mention) = &claim.matter else { continue };
            let Some(id) = &mention.id else { continue };
            let matter = corpus.matters.iter().find(|m| m.id == *id).unwrap();
            assert!(
                matter.claims.contains(&claim.id) && Some(&matter.label) == mention.label.as_ref()
            );
        }
        for matter in &corpus.matters {
            assert_eq!(matter.claims.len(), matter.reasons.len(), "{}", matter.id);
            let known = |id: &String| corpus.matters.iter().any(|m| m.id == *id);
            assert!(!matter.claims.is_empty() && matter.broader.iter().all(known));
        }
    }

    #[test]
    fn what_is_renamed_keeps_its_id() {
        let new = "the Russian leader";
        let verdict = Verdict::RenameActor("vladimir-putin".into(), new.into());
        let (_, corpus, kept) = resolved(verdict, None);
        assert_eq!(kept, 1);
        let actor = corpus.actors.iter().find(|it| it.id == "vladimir-putin").unwrap();
        assert_eq!(actor.label, new);
        let people = corpus.claims.iter().flat_map(Claim::participants);
        let named: Vec<_> =
            people.filter(|it| it.id.as_deref() == Some("vladimir-putin")).collect();
        assert!(!named.is_empty());
        assert!(named.iter().all(|it| it.label.as_deref() == Some(new)));
        let (before, _, _) = resolved(Verdict::RenameMatter("nothing".into(), "x".into()), None);
        let id = before.matters[0].id.clone();
        let (_, corpus, kept) = resolved(Verdict::RenameMatter(id.clone(), "it".into()), None);
        assert_eq!((kept, corpus.matters[0].label.as_str()), (1, "it"));
        assert!(
            corpus
                .claims
                .iter()
                .filter_map(|it| it.matter.as_ref())
                .any(|it| { it.id.as_ref() == Some(&id) && it.label.as_deref() == Some("it") })
        );
    }

    #[test]
    fn actors_are_merged_under_the_first_name() {
        let (free, bound, met) =
            resolved(Verdict::MergeActors(names(&["vladimir-putin", "donald-trump"])), None);
        holds_together(&bound);
        assert_eq!((met, bound.actors.len()), (1, free.actors.len() - 1));
        let putin = bound.actors.iter().find(|a| a.id == "vladimir-putin").unwrap();
        assert_eq!(putin.label, "Vladimir Putin");
        assert!(putin.reasons.contains(&("Donald Trump".into(), "decided by Ann: same".into())));
    }

    #[test]
    fn actors_are_kept_apart() {
        let pair = names(&["vladimir-putin", "vladimir-v-putin"]);
        let rename = Some(("vladimir-putin", "Vladimir V. Putin"));
        let (free, bound, met) = resolved(Verdict::KeepApartActors(pair), rename);
        holds_together(&bound);
        assert_eq!(met, 1);
        assert!(!free.actors.iter().any(|a| a.id == "vladimir-v-putin"), "a spelling");
        assert!(bound.actors.iter().any(|a| a.id == "vladimir-v-putin"));
    }

    #[test]
    fn matters_are_merged_and_split() {
        let (free, ..) = resolved(Verdict::MergeMatters(names(&["x", "y"])), None);
        let [one, two, ..] = &free.matters[..] else { panic!("too few matters") };
        let both = names(&[&one.id, &two.variants[0].0]);
        let (_, bound, met) = resolved(Verdict::MergeMatters(both), None);
        holds_together(&bound);
        assert_eq!((met, bound.matters.len()), (1, free.matters.len() - 1));

        let wide = free.matters.iter().find(|m| m.variants.len() > 1).unwrap();
        let other =
            wide.variants.iter().map(|v| v.0.clone()).find(|v| kebab(v) != wide.id).unwrap();
        let verdict = Verdict::KeepApartMatters(vec![wide.id.clone(), other]);
        let (_, bound, met) = resolved(verdict, None);
        holds_together(&bound);
        assert_eq!((met, bound.matters.len()), (1, free.matters.len() + 1));
    }

    #[test]
    fn what_is_not_there_is_told() {
        for verdict in [
            Verdict::MergeActors(names(&["vladimir-putin", "nobody"])),
            Verdict::KeepApartActors(names(&["vladimir-putin", "nobody"])),
            Verdict::MergeMatters(names(&["nothing", "nothing else"])),
            Verdict::KeepApartMatters(names(&["nothing", "nothing else"])),
        ] {
            let (free, bound, met) = resolved(verdict, None);
            assert_eq!(met, 0);
            assert_eq!(free, bound);
        }
    }
}
