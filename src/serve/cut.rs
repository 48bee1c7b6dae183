//! A part of a graph that can be looked at by itself: some claims, and nothing that leads elsewhere.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashSet};

use crate::resolve::{Corpus, Dispute, Event, Matter, Side};
use crate::views::Site;

/// The claims by how much a reader would miss them: what is disputed, then what is surest.
pub(super) fn by_worth(site: &Site) -> Vec<usize> {
    let corpus = site.corpus();
    let mut all: Vec<usize> = (0..corpus.claims.len()).collect();
    let worth = |at: &usize| {
        let claim = &corpus.claims[*at];
        let is_disputed = site.disputes_of.contains_key(&claim.id);
        (Reverse(is_disputed), Reverse((claim.confidence * 1e6) as u64), *at)
    };
    all.sort_by_cached_key(worth);
    all
}

/// The corpus of these claims alone, with the documents, actors, matters, events and disputes that
/// they tell of. Disputes of which one side alone is left are none. O(corpus).
pub(super) fn part(corpus: &Corpus, kept: &BTreeSet<usize>) -> Corpus {
    let claims: Vec<_> = kept.iter().map(|at| corpus.claims[*at].clone()).collect();
    let ids: HashSet<&str> = claims.iter().map(|it| it.id.as_str()).collect();
    let of_kept = |list: &[String]| -> Vec<String> {
        list.iter().filter(|id| ids.contains(id.as_str())).cloned().collect()
    };
    let documents: HashSet<&str> = claims.iter().map(|it| it.document.as_str()).collect();
    let mut actors: HashSet<&str> =
        claims.iter().flat_map(|it| it.participants()).filter_map(|it| it.id.as_deref()).collect();
    // Whoever is acted for is looked up from who acts.
    for it in corpus.actors.iter().filter(|it| it.acts_for.is_some()) {
        if actors.contains(it.id.as_str()) {
            actors.extend(it.acts_for.as_deref());
        }
    }
    let named = claims.iter().filter_map(|it| it.matter.as_ref()?.id.as_deref());
    let matters: HashSet<&str> = named.collect();
    let of_matters = |list: &[String]| -> Vec<String> {
        list.iter().filter(|id| matters.contains(id.as_str())).cloned().collect()
    };
    let event = |it: &Event| {
        let claims = of_kept(&it.claims);
        (!claims.is_empty()).then(|| Event {
            claims,
            participants: it
                .participants
                .iter()
                .filter(|id| actors.contains(id.as_str()))
                .cloned()
                .collect(),
            ..it.clone()
        })
    };
    let dispute = |it: &Dispute| {
        let sides =
            it.sides.iter().map(|side| Side { claims: of_kept(&side.claims), ..side.clone() });
        let sides: Vec<Side> = sides.filter(|side| !side.claims.is_empty()).collect();
        let matter = it.matter.clone().filter(|id| matters.contains(id.as_str()));
        (sides.len() > 1).then(|| Dispute { sides, matter, ..it.clone() })
    };
    let matter = |it: &Matter| {
        matters.contains(it.id.as_str()).then(|| Matter {
            claims: of_kept(&it.claims),
            broader: of_matters(&it.broader),
            ..it.clone()
        })
    };
    let mut events: Vec<Event> = corpus.events.iter().filter_map(event).collect();
    let told: HashSet<String> = events.iter().map(|it| it.id.clone()).collect();
    for it in &mut events {
        it.part_of.take_if(|whole| !told.contains(whole));
    }
    let documents = corpus.documents.iter().filter(|it| documents.contains(it.id.as_str()));
    let held = corpus.actors.iter().filter(|it| actors.contains(it.id.as_str()));
    Corpus {
        documents: documents.cloned().collect(),
        actors: held.cloned().collect(),
        matters: corpus.matters.iter().filter_map(matter).collect(),
        disputes: corpus.disputes.iter().filter_map(dispute).collect(),
        events,
        claims,
        decisions: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::graph::folder::Manifest;
    use crate::rdf::Naming;

    #[test]
    fn nothing_in_a_part_leads_elsewhere() {
        let (naming, manifest) = (Naming::default(), Manifest::default());
        let site = Site::new(fixture::corpus(), fixture::ontology(), naming, manifest);
        for many in [0, 3, 9, 17, 26] {
            let kept = by_worth(&site).into_iter().take(many).collect();
            let part = part(site.corpus(), &kept);
            assert_eq!(part.claims.len(), many);
            let claims: HashSet<&String> = part.claims.iter().map(|it| &it.id).collect();
            let actors: HashSet<&String> = part.actors.iter().map(|it| &it.id).collect();
            let matters: HashSet<&String> = part.matters.iter().map(|it| &it.id).collect();
            let sides = part.disputes.iter().flat_map(|it| &it.sides);
            let named = part.matters.iter().flat_map(|it| &it.claims);
            let named = named.chain(part.events.iter().flat_map(|it| &it.claims));
            assert!(named.chain(sides.flat_map(|it| &it.claims)).all(|it| claims.contains(it)));
            let people = part.claims.iter().flat_map(|it| it.participants());
            let people = people.filter_map(|it| it.id.as_ref());
            let people = people.chain(part.actors.iter().filter_map(|it| it.acts_for.as_ref()));
            let known = site.corpus().actors.iter().map(|it| &it.id).collect::<HashSet<_>>();
            assert!(people.filter(|it| known.contains(it)).all(|it| actors.contains(it)));
            let about = part.claims.iter().filter_map(|it| it.matter.as_ref()?.id.as_ref());
            let about = about.chain(part.disputes.iter().filter_map(|it| it.matter.as_ref()));
            assert!(
                about
                    .chain(part.matters.iter().flat_map(|it| &it.broader))
                    .all(|it| matters.contains(it))
            );
            assert!(part.claims.iter().all(|it| part.document(&it.document).is_some()));
        }
    }

    #[test]
    fn what_is_disputed_is_kept_first() {
        let (naming, manifest) = (Naming::default(), Manifest::default());
        let site = Site::new(fixture::corpus(), fixture::ontology(), naming, manifest);
        let first = by_worth(&site)[0];
        assert!(site.disputes_of.contains_key(&site.corpus().claims[first].id));
    }
}
