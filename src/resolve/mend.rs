//! Resolving under a person's decisions: when a graph is built, and again while somebody reviews it.

use std::collections::BTreeMap;

use super::{Constraints, Corpus, DocumentRecord, resolve_with};
use crate::decisions::{self, Decision, Lost, Verdict};
use crate::extract::Claim;
use crate::ontology::{Ontology, kebab};

/// Mends the claims as a person has decided, leaves out those that are not to be kept, and puts
/// them together. Gives the decisions that no longer match anything, too.
pub fn resolve_decided(
    documents: Vec<DocumentRecord>,
    mut claims: Vec<Claim>,
    decided: &[Decision],
    keep: impl Fn(&Claim) -> bool,
    ontology: &Ontology,
) -> (Corpus, Vec<Lost>) {
    let mut report = decisions::Report::default();
    if !decided.is_empty() {
        let texts = documents.iter().map(|it| (it.id.as_str(), it.text.as_str()));
        report = decisions::apply(&mut claims, decided, &texts.collect(), ontology);
    }
    claims.retain(keep);
    let mut constraints = Constraints::of(decided);
    let mut corpus = resolve_with(documents, claims, ontology, &mut constraints);
    report.records.extend(constraints.records());
    report.lost.extend(constraints.unmet().map(Lost::unmet));
    decisions::number(&mut report.records);
    corpus.decisions = report.records;
    (corpus, report.lost)
}

/// A corpus that has been resolved already, mended as a person has decided since. What the next
/// build with these decisions gives is the same, but where names of people are told apart that
/// were merged when it was built: each goes to the actor that its own words name.
pub fn mended(corpus: &Corpus, decided: &[Decision], ontology: &Ontology) -> (Corpus, Vec<Lost>) {
    let mut claims = corpus.claims.clone();
    let apart = || {
        decided.iter().filter_map(|decision| match &decision.verdict {
            Verdict::KeepApartActors(ids) => Some(ids),
            _ => None,
        })
    };
    for ids in apart() {
        for person in claims.iter_mut().flat_map(Claim::participants_mut) {
            let own = kebab(&person.text);
            let is_merged = person.id.as_ref().is_some_and(|id| ids.contains(id) && *id != own);
            if is_merged && ids.contains(&own) {
                person.label = Some(person.text.clone());
                person.id = Some(own);
            }
        }
    }
    let (mut new, lost) =
        resolve_decided(corpus.documents.clone(), claims, decided, |_| true, ontology);
    // The names that were merged when the graph was built are merged already in its claims.
    let before: BTreeMap<&str, &Vec<(String, String)>> =
        corpus.actors.iter().map(|it| (it.id.as_str(), &it.reasons)).collect();
    for actor in &mut new.actors {
        let Some(reasons) = before.get(actor.id.as_str()) else { continue };
        let stays = |(name, _): &&(String, String)| {
            let (id, name) = (&actor.id, kebab(name));
            !apart().any(|ids| ids.contains(id) && ids.contains(&name))
        };
        actor.reasons.extend(reasons.iter().filter(stays).cloned());
        actor.reasons.sort();
        actor.reasons.dedup();
    }
    (new, lost)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::resolve::resolve;

    fn decision(verdict: Verdict) -> Decision {
        Decision { line: 1, by: None, when: None, why: None, verdict }
    }

    fn built() -> (Corpus, Ontology) {
        let (corpus, ontology) = (fixture::corpus(), fixture::ontology());
        (resolve(corpus.documents, corpus.claims, &ontology), ontology)
    }

    #[test]
    fn without_decisions_nothing_is_different() {
        let (corpus, ontology) = built();
        let (again, lost) = mended(&corpus, &[], &ontology);
        assert_eq!(again, corpus);
        assert!(lost.is_empty());
    }

    #[test]
    fn what_is_merged_is_one_and_is_two_again_without_it() {
        let (corpus, ontology) = built();
        let ids = vec!["donald-trump".to_owned(), "vladimir-putin".to_owned()];
        let merge = decision(Verdict::MergeActors(ids.clone()));
        let (merged, _) = mended(&corpus, &[merge], &ontology);
        assert!(merged.actors.iter().all(|it| it.id != ids[1]));
        assert_eq!(merged.decisions.len(), 1);
        let (again, _) = mended(&corpus, &[], &ontology);
        assert_eq!(again, corpus);
    }

    #[test]
    fn names_that_were_merged_are_told_apart() {
        let (mut corpus, ontology) = built();
        let person = corpus.claims.iter_mut().flat_map(Claim::participants_mut);
        let one = person.into_iter().find(|it| it.id.as_deref() == Some("donald-trump")).unwrap();
        one.text = "Mr Trent".to_owned();
        let ids = vec!["donald-trump".to_owned(), "mr-trent".to_owned()];
        let (apart, lost) = mended(&corpus, &[decision(Verdict::KeepApartActors(ids))], &ontology);
        assert!(apart.actors.iter().any(|it| it.id == "mr-trent"));
        assert!(lost.is_empty());
    }
}
