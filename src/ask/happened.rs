//! Questions about what happened, and when.

use std::collections::BTreeMap;

use crate::extract::{Hole, Status};
use crate::graph::folder::Selection;

use super::answer::Kind;
use super::filling::{self, Filling};
use super::matching::Fit;
use super::understood::Reading;
use super::weights::time::UNDATED;
use super::{Asking, Attempt};
use crate::ontology::{KeyAct, WordClass};

/// "What happened on 11 March?", "What did Iran do between … and …?"
pub(super) fn happened(asking: &Asking<'_>) -> Attempt {
    let read = asking.read;
    if !asking.root_is(WordClass::AsksEvent) || read.hole != Some(Hole::Matter) {
        return Ok(None);
    }
    let actors = asking.named();
    let dated = !read.dates.is_empty() || asking.form.period.is_some();
    if !dated && actors.is_empty() {
        return Ok(None);
    }
    // a stretch of time holds also what is told in a document of it
    let selection =
        Selection { dated: !read.dates.is_empty(), ..asking.matcher.taking_part(&actors) };
    asking.held.claims(selection)?;
    asking.held.events()?;
    let fits: Vec<Fit> = asking
        .graph
        .corpus()
        .claims
        .iter()
        .enumerate()
        .filter(|(_, claim)| claim.status != Status::Negated && asking.in_time(claim))
        .filter_map(|(at, claim)| {
            let near = actors
                .iter()
                .map(|a| asking.matcher.among(a, &claim.agent))
                .fold(if actors.is_empty() { 1.0 } else { 0.0 }, f64::max);
            let told = if claim.status == Status::Actual { 1.0 } else { 0.6 };
            let telling = if claim.act == KeyAct::State { 0.7 } else { 1.0 };
            let dated = if claim.time.is_some() || !dated { 1.0 } else { UNDATED };
            (near >= 0.5).then_some(Fit {
                claim: at,
                score: near * told * telling * dated * (0.5 + 0.5 * claim.confidence),
            })
        })
        .collect();
    let event_of: BTreeMap<&str, usize> = asking
        .graph
        .corpus()
        .events
        .iter()
        .enumerate()
        .flat_map(|(at, event)| event.claims.iter().map(move |claim| (claim.as_str(), at)))
        .collect();
    let found =
        filling::group(asking.graph, &fits, |claim| match event_of.get(claim.id.as_str()) {
            Some(&at) => {
                let event = &asking.graph.corpus().events[at];
                vec![Filling {
                    kind: Kind::Claim,
                    id: event.id.clone(),
                    label: event.label.clone(),
                    weight: 1.0,
                    evidence: None,
                }]
            }
            None => vec![filling::words_of(claim, 1.0)],
        });
    Ok(Some((asking.understood(Reading::Events, actors), found, Vec::new())))
}
