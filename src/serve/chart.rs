//! What is too much to be shown whole, summed up: stances as a matrix, events over time.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use crate::extract::When;
use crate::graph::{Cell, Node};
use crate::views::Site;
use crate::views::StanceView;

/// Who stands where on the main matters.
#[derive(Debug, Serialize)]
pub(super) struct MatrixView {
    pub actors: Vec<Named>,
    pub matters: Vec<Named>,
    /// How many actors and matters there are in all.
    pub all_actors: usize,
    pub all_matters: usize,
    /// The stances of these actors on these matters.
    pub stances: Vec<StanceView>,
}

/// An id and what it is called.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Named {
    pub id: String,
    pub label: String,
}

/// How many claims tell of each day, month or year.
#[derive(Debug, Serialize)]
pub(super) struct TimelineView {
    /// Events with a date in the time that is asked for, and without any.
    pub dated: usize,
    pub undated: usize,
    /// 10 where steps are days, 7 months, 4 years.
    pub length: usize,
    /// Steps of which something is told, in order.
    pub steps: Vec<Step>,
}

/// A day, month or year.
#[derive(Debug, Serialize)]
pub(super) struct Step {
    pub time: String,
    pub events: usize,
    pub claims: usize,
}

/// The most steps of a timeline before they are taken together.
const STEPS: usize = 92;

impl Site {
    /// The matters on which most actors stand somewhere, so many of them, and twice as many
    /// actors; of those whose labels hold `text`.
    pub(super) fn matrix_view(&self, text: &str, size: usize) -> MatrixView {
        let text = text.to_lowercase();
        let (mut actors, mut matters): (Ranks, Ranks) = Default::default();
        let mut fitting: Vec<((usize, usize), &Cell)> = Vec::new();
        for (&(who, what), cell) in &self.matrix.cells {
            let label = |node| self.graph.label(node).to_lowercase();
            let fits = text.is_empty()
                || label(Node::Actor(who)).contains(&text)
                || label(Node::Matter(what)).contains(&text);
            if !fits {
                continue;
            }
            fitting.push(((who, what), cell));
            let claims: usize = cell.stances.iter().map(|it| it.claims.len()).sum();
            for (ranks, at) in [(&mut actors, who), (&mut matters, what)] {
                let rank = ranks.entry(at).or_default();
                *rank = (rank.0 + 1, rank.1 + claims);
            }
        }
        let columns = first(&matters, size, |_| true);
        let met: BTreeSet<usize> =
            fitting.iter().filter(|it| columns.contains(&it.0.1)).map(|it| it.0.0).collect();
        let rows = first(&actors, 2 * size, |who| met.contains(&who));
        let stances = fitting
            .iter()
            .filter(|(key, _)| rows.contains(&key.0) && columns.contains(&key.1))
            .flat_map(|(key, cell)| self.cell_view(*key, cell));
        let named = |node: Node| Named {
            id: self.graph.id(node).to_owned(),
            label: self.graph.label(node).to_owned(),
        };
        MatrixView {
            stances: stances.collect(),
            actors: rows.iter().map(|at| named(Node::Actor(*at))).collect(),
            matters: columns.iter().map(|at| named(Node::Matter(*at))).collect(),
            all_actors: actors.len(),
            all_matters: matters.len(),
        }
    }

    /// Events over time, from one day to another; of all, or those in which an actor takes part.
    pub(super) fn timeline_view(
        &self,
        actor: Option<&str>,
        from: Option<Date>,
        until: Option<Date>,
    ) -> TimelineView {
        let events = self.event_list(actor).into_iter();
        let begins = events.map(|it| (it, it.time.and_then(When::days).map(|days| days.0)));
        let (dated, undated): (Vec<_>, Vec<_>) = begins.partition(|(_, day)| day.is_some());
        let fits =
            |day: &Date| from.is_none_or(|it| *day >= it) && until.is_none_or(|it| *day <= it);
        let shown: Vec<_> =
            dated.into_iter().filter_map(|(it, day)| Some((it, day.filter(fits)?))).collect();
        let length = length(shown.iter().map(|(_, day)| *day));
        let mut steps: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for (event, day) in &shown {
            let step = steps.entry(day.to_string()[..length].to_owned()).or_default();
            *step = (step.0 + 1, step.1 + event.claims.len());
        }
        let step = |(time, (events, claims))| Step { time, events, claims };
        let steps = steps.into_iter().map(step).collect();
        TimelineView { dated: shown.len(), undated: undated.len(), length, steps }
    }
}

/// Of actors or matters, by place: how many cells and how many claims they have.
type Ranks = BTreeMap<usize, (usize, usize)>;

/// Those with most cells, then most claims, that fit.
fn first(ranks: &Ranks, most: usize, fits: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut all: Vec<_> = ranks.iter().collect();
    // The corpus is sorted by id, so are equals.
    all.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    all.into_iter().map(|(at, _)| *at).filter(|at| fits(*at)).take(most).collect()
}

/// Days, months or years: as fine as there is room for.
fn length(days: impl Iterator<Item = Date> + Clone) -> usize {
    let (Some(first), Some(last)) = (days.clone().min(), days.max()) else { return 10 };
    let months = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month());
    let spread = (last - first).get_days();
    if usize::try_from(spread).is_ok_and(|it| it < STEPS) {
        10
    } else if usize::try_from(months(last) - months(first)).is_ok_and(|it| it < STEPS) {
        7
    } else {
        4
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::graph::folder::Manifest;
    use crate::rdf::Naming;

    fn site() -> Site {
        let (naming, manifest) = (Naming::default(), Manifest::default());
        Site::new(fixture::corpus(), fixture::ontology(), naming, manifest)
    }

    #[test]
    fn the_matrix_has_the_main_matters_and_what_is_held_of_them() {
        let site = site();
        let matrix = site.matrix_view("", 2);
        assert!(matrix.matters.len() == 2 && matrix.actors.len() <= 4);
        assert!(matrix.all_matters > 2);
        for it in &matrix.stances {
            assert!(matrix.actors.iter().any(|one| one.id == it.actor));
            assert!(matrix.matters.iter().any(|one| one.id == it.matter));
        }
        assert!(site.matrix_view("no such words", 2).stances.is_empty());
    }

    #[test]
    fn steps_are_days_months_or_years() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        for (last, expected) in [("2025-03-18", 10), ("2025-12-01", 7), ("2045-01-01", 4)] {
            assert_eq!(length([day("2025-03-01"), day(last)].into_iter()), expected, "{last}");
        }
        let site = site();
        let all = site.timeline_view(None, None, None);
        assert!(all.dated > 0 && !all.steps.is_empty());
        let none = site.timeline_view(None, Some(day("2100-01-01")), None);
        assert_eq!((none.dated, none.steps.len()), (0, 0));
        let many = |it: &TimelineView| it.dated + it.undated;
        let one = site.corpus().events[0].participants[0].clone();
        let of_one = many(&site.timeline_view(Some(&one), None, None));
        assert!((1..many(&all)).contains(&of_one), "{of_one}");
        assert_eq!(many(&site.timeline_view(Some("nobody"), None, None)), 0);
    }
}
