//! Questions about what happened, and when.

use std::collections::BTreeMap;

use crate::extract::{Claim, Hole, Status};
use crate::graph::folder::Selection;

use super::answer::Kind;
use super::filling::{self, Filling};
use super::matching::{Fit, same_time};
use super::{Asking, Attempt};

/// "What happened on 11 March?", "What did Iran do between … and …?"
pub(super) fn happened(asking: &Asking<'_>) -> Attempt {
    let read = asking.read;
    if !asking.root_is("asks-event") || read.hole != Some(Hole::Matter) {
        return Ok(None);
    }
    let actors = asking.named();
    let between =
        read.dates.len() == 2 && read.lemmas.iter().any(|l| l == "between" || l == "from");
    let in_time = |claim: &Claim| match (&claim.time, read.dates.as_slice()) {
        (_, []) => true,
        (None, _) => false,
        (Some(time), [from, until]) if between => {
            // where a year is missing on either side, the days of any year count
            let ends = [from, until, time];
            let yearless = ends.iter().any(|date| date.starts_with("--"));
            let [from, until, time] =
                ends.map(|date| if yearless { of_any_year(date) } else { date });
            // a month or year that ends the time holds its days
            from <= time && (time <= until || time.starts_with(until))
        }
        (Some(time), dates) => dates.iter().any(|date| same_time(date, time)),
    };
    if read.dates.is_empty() && actors.is_empty() {
        return Ok(None);
    }
    let dated = !read.dates.is_empty();
    let selection =
        Selection { dated, actors: asking.matcher.near(&actors), ..Selection::default() };
    asking.held.claims(selection)?;
    asking.held.events()?;
    let fits: Vec<Fit> = asking
        .graph
        .corpus()
        .claims
        .iter()
        .enumerate()
        .filter(|(_, claim)| claim.status != Status::Negated && in_time(claim))
        .filter_map(|(at, claim)| {
            let near = actors
                .iter()
                .map(|a| asking.matcher.among(a, &claim.agent))
                .fold(if actors.is_empty() { 1.0 } else { 0.0 }, f64::max);
            let told = if claim.status == Status::Actual { 1.0 } else { 0.6 };
            let telling = if claim.act == "state" { 0.7 } else { 1.0 };
            (near >= 0.5).then_some(Fit {
                claim: at,
                score: near * told * telling * (0.5 + 0.5 * claim.confidence),
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
    Ok(Some((asking.understood("events", actors), found, Vec::new())))
}

/// `03-11` of `2025-03-11` and of `--03-11`.
fn of_any_year(date: &str) -> &str {
    date.strip_prefix("--").or(date.get(5..)).unwrap_or(date)
}
