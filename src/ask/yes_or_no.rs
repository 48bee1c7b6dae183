//! Whether something is so.

use crate::extract::Status;

use super::answer::{Disagreement, Found, Kind, Position};
use super::matching::Fit;
use super::need::Need;
use super::understood::{self, Pattern};
use super::{Asking, filling};

impl Asking<'_> {
    /// Is it so? What was done says yes; what was not done, and acts that exclude
    /// it, say no. The newest comes first; two voices that differ are a dispute.
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
        let sides = if negative { [("no", &yes), ("yes", &no)] } else { [("yes", &yes), ("no", &no)] };
        let mut found: Vec<Found> = sides
            .into_iter()
            .filter(|(_, side)| !side.is_empty())
            .map(|(id, side)| self.side(id, side))
            .collect();
        // the newest is how it stands; of one day the better told
        let best = |side: &Found| {
            let fits = fits.iter().chain(&opposed);
            let own = |f: &&Fit| side.claims.contains(&claims[f.claim].id);
            fits.filter(own).map(|f| f.score).fold(0.0, f64::max)
        };
        found.iter_mut().for_each(|side| side.score = best(side));
        found.sort_by(|a, b| {
            b.date
                .cmp(&a.date)
                .then(b.score.total_cmp(&a.score))
                .then(b.claims.len().cmp(&a.claims.len()))
        });
        let dispute = status_dispute(&found);
        let disputes = dispute
            .into_iter()
            .filter(|dispute| super::at_odds::is_between_voices(self.graph, dispute))
            .collect();
        if found.is_empty() && !open.is_empty() {
            found.push(self.side("possibly", &open));
        }
        Ok((found, disputes))
    }

    /// An answer that rests on some claims, the newest first.
    fn side(&self, id: &str, side: &[usize]) -> Found {
        let mut side = side.to_vec();
        side.sort_by_key(|&at| std::cmp::Reverse(self.date(at)));
        let mut found =
            filling::from_claims(self.graph, Kind::YesNo, id.into(), id.into(), &side, 1.0);
        found.date = side.first().and_then(|&at| self.date(at));
        found
    }

    /// When a claim was so: its own date, else that of its document.
    pub(super) fn date(&self, at: usize) -> Option<String> {
        let claim = self.claim(at);
        claim.time.clone().or_else(|| self.matcher.published(claim).map(str::to_owned))
    }
}

/// Whether it is so, where one voice says yes and another no.
fn status_dispute(found: &[Found]) -> Option<Disagreement> {
    let position = |found: &Found| Position {
        label: found.label.clone(),
        according_to: found.according_to.clone(),
        claims: found.claims.clone(),
    };
    (found.len() == 2).then(|| Disagreement {
        kind: "status".into(),
        label: "Whether it is so".into(),
        sides: found.iter().map(position).collect(),
    })
}
