//! How two actors are connected: what each step rests on.

use serde::Serialize;

use super::chart::Named;
use super::message::Parameters;
use crate::graph::{Measure, Node};
use crate::views::{NAMED, Site};

/// The best connection of two actors.
#[derive(Debug, Serialize)]
pub(super) struct PathView {
    /// From the first to the second; empty where nothing connects them, and of one actor with itself.
    pub steps: Vec<StepView>,
    /// Product of the steps' supports, 0 to 1.
    pub support: f64,
}

/// A step of a connection, between two nodes named as in the network: `actor/russia`.
#[derive(Debug, Serialize)]
pub(super) struct StepView {
    pub from: Named,
    pub to: Named,
    /// Ids of its claims, the most reliable first, [`NAMED`] of them; none where one acts for the
    /// other.
    pub claims: Vec<String>,
    pub count: usize,
}

impl Site {
    /// How `from` and `to` are connected, by the fewest steps or (`measure=strongest`) the most
    /// reliable.
    ///
    /// # Errors
    /// In words, when a parameter is missing or no actor.
    pub(super) fn path(&self, parameters: &Parameters) -> Result<PathView, String> {
        let end = |name: &str| {
            let id = parameters.one(name).ok_or_else(|| format!("{name}= is missing"))?;
            self.graph.actor(id).ok_or_else(|| format!("there is no actor {id:?}"))
        };
        let measure = match parameters.one("measure") {
            None | Some("fewest") => Measure::Fewest,
            Some("strongest") => Measure::Strongest,
            Some(other) => {
                return Err(format!("{other:?} is no measure; there are fewest, strongest"));
            }
        };
        let (from, to) = (end("from")?, end("to")?);
        let named = |node: Node| Named {
            id: self.graph.name(node),
            label: self.graph.label(node).to_owned(),
        };
        let Some(found) = self.graph.connection(from, to, measure) else {
            return Ok(PathView { steps: Vec::new(), support: 0.0 });
        };
        let id = |at: &usize| self.corpus().claims[*at].id.clone();
        let steps = found.steps.iter().map(|it| StepView {
            from: named(it.from),
            to: named(it.to),
            claims: it.claims.iter().take(NAMED).map(id).collect(),
            count: it.claims.len(),
        });
        Ok(PathView { steps: steps.collect(), support: found.support })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::graph::folder::Manifest;
    use crate::rdf::Naming;

    #[test]
    fn two_actors_are_connected_by_what_they_do() {
        let (naming, manifest) = (Naming::default(), Manifest::default());
        let site = Site::new(fixture::corpus(), fixture::ontology(), naming, manifest);
        let path = |query: &str| site.path(&Parameters::read(query));
        let found = path("from=vladimir-putin&to=donald-trump").unwrap();
        assert_eq!(found.steps[0].from.id, "actor/vladimir-putin");
        assert_eq!(found.steps.last().unwrap().to.id, "actor/donald-trump");
        assert!(found.support > 0.0 && found.steps.iter().all(|it| it.count >= it.claims.len()));
        for wrong in ["from=vladimir-putin", "from=x&to=y", "from=kremlin&to=kremlin&measure=big"] {
            assert!(path(wrong).is_err(), "{wrong}");
        }
    }
}
