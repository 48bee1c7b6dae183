//! Whether something is so.

use crate::extract::Status;

use super::answer::{Disagreement, Found, Kind, Position};
use super::matching::Fit;
use super::need::Need;
use super::understood::{self, Pattern};
use super::{Asking, filling};

impl Asking<'_> {
    /// Is it so? What was done says yes; what was not done, and acts that exclude
    /// it, say no; both together are a dispute.
    pub(super) fn yes_or_no(
        &self,
        pattern: &Pattern,
        fits: &[Fit],
    ) -> Result<(Vec<Found>, Vec<Disagreement>), Need> {
        let claims = &self.graph.corpus().claims;
        let exact =
            |fit: &&Fit| pattern.acts.first().is_some_and(|(act, _)| *act == claims[fit.claim].act);
        let with = |status: Status| -> Vec<usize> {
            fits.iter()
                .filter(exact)
                .filter(|f| claims[f.claim].status == status)
                .map(|f| f.claim)
                .collect()
        };
        let negative = pattern.status == Status::Negated;
        let yes = with(Status::Actual);
        let mut no = with(Status::Negated);
        let denied = Pattern {
            acts: understood::denied(self.lexicon, &pattern.acts),
            status: Status::Negated,
            ..pattern.clone()
        };
        let denied = self.matcher.fitting(&denied)?;
        no.extend(denied.iter().map(|f| f.claim).filter(|&c| claims[c].status == Status::Negated));
        let mut opposed = self.matcher.opposing(pattern)?;
        no.extend(opposed.iter().map(|f| f.claim).filter(|&c| claims[c].status == Status::Actual));
        opposed.extend(denied);
        let open = with(Status::Unrealised);
        let score = |side: &[usize]| {
            fits.iter()
                .chain(&opposed)
                .filter(|f| side.contains(&f.claim))
                .map(|f| f.score)
                .fold(0.0, f64::max)
        };
        let make = |id: &str, side: &[usize]| {
            filling::from_claims(self.graph, Kind::YesNo, id.into(), id.into(), side, score(side))
        };
        let mut found = Vec::new();
        if !yes.is_empty() {
            found.push(make(if negative { "no" } else { "yes" }, &yes));
        }
        if !no.is_empty() {
            found.push(make(if negative { "yes" } else { "no" }, &no));
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(b.claims.len().cmp(&a.claims.len())));
        let mut disputes = Vec::new();
        if found.len() == 2 {
            disputes.push(Disagreement {
                kind: "status".into(),
                label: "Whether it is so".into(),
                sides: found
                    .iter()
                    .map(|f| Position {
                        label: f.label.clone(),
                        according_to: f.according_to.clone(),
                        claims: f.claims.clone(),
                    })
                    .collect(),
            });
        }
        if found.is_empty() && !open.is_empty() {
            found.push(make("possibly", &open));
        }
        Ok((found, disputes))
    }
}
