use std::collections::BTreeSet;

use crate::resolve::{Corpus, place};

/// What is not in its order, and ids that two things have: every list is sorted by id, but
/// claims by their place and disputes by their weight. The first of each kind in each list.
pub fn disorder(corpus: &Corpus) -> Vec<String> {
    let ids = |list: &'static str, ids: Vec<&str>, sorted: bool| {
        let mut known = BTreeSet::new();
        let twice = ids.iter().find(|id| !known.insert(**id));
        let twice = twice.map(|id| format!("{list}: the id {id:?} is there twice"));
        let late = ids.windows(2).find(|pair| sorted && pair[0] > pair[1]);
        let late = late.map(|pair| format!("{list}: {:?} stands after {:?}", pair[1], pair[0]));
        twice.into_iter().chain(late)
    };
    let of_claims = corpus.claims.iter().map(|it| it.id.as_str()).collect();
    let late = corpus.claims.windows(2).find(|pair| place(&pair[0]) > place(&pair[1]));
    let late = late.map(|pair| format!("claims: {:?} stands after {:?}", pair[1].id, pair[0].id));
    ids("documents", corpus.documents.iter().map(|it| it.id.as_str()).collect(), true)
        .chain(ids("claims", of_claims, false))
        .chain(late)
        .chain(ids("actors", corpus.actors.iter().map(|it| it.id.as_str()).collect(), true))
        .chain(ids("matters", corpus.matters.iter().map(|it| it.id.as_str()).collect(), true))
        .chain(ids("events", corpus.events.iter().map(|it| it.id.as_str()).collect(), true))
        .chain(ids("disputes", corpus.disputes.iter().map(|it| it.id.as_str()).collect(), false))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn ids_twice_and_lines_out_of_order_are_found() {
        let mut corpus = fixture::corpus();
        assert_eq!(disorder(&corpus), Vec::<String>::new());
        corpus.claims.swap(0, 1);
        corpus.actors.swap(0, 1);
        corpus.events[1].id = corpus.events[0].id.clone();
        let found = disorder(&corpus);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].starts_with("claims:") && found[0].contains("stands after"));
        assert!(found[1].starts_with("actors:"));
        assert!(found[2].starts_with("events:") && found[2].contains("twice"));
    }
}
