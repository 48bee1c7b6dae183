//! Whether something is so.

use crate::annotate::Upos;
use crate::extract::Status;

use super::answer::{Disagreement, Found, Kind, Position};
use super::matching::Fit;
use super::need::Need;
use super::sentence::asks;
use super::understood::{self, Pattern};
use super::words::{alike, words};
use super::{Asking, filling};
use crate::ontology::{ActTrait, WordClass};
use crate::resolve::DisputeKind;

impl Asking<'_> {
    /// Is it so? What was done says yes; what was not done, and acts that exclude
    /// it, say no. The newest comes first; two voices that differ are a dispute.
    pub(super) fn yes_or_no(
        &self,
        pattern: &Pattern,
        fits: &[Fit],
    ) -> Result<(Vec<Found>, Vec<Disagreement>), Need> {
        let claims = &self.graph.corpus().claims;
        let fits = &self.without_questions(fits)?[..];
        let exact =
            |fit: &&Fit| pattern.acts.first().is_some_and(|(act, _)| *act == claims[fit.claim].act);
        let with = |status: Status| -> Vec<usize> {
            fits.iter()
                .filter(exact)
                .filter(|f| self.matcher.status(&claims[f.claim]) == status)
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
        // to drop an objection is not to accept, so that objecting would deny it
        let gives_up = self.form.words.iter().any(|word| {
            word.upos == Upos::Verb
                && self.lexicon.is(&word.lemma.to_lowercase(), WordClass::AsksGivingUp)
        });
        let mut opposed = if gives_up { Vec::new() } else { self.matcher.opposing(pattern)? };
        no.extend(opposed.iter().map(|f| f.claim).filter(|&c| claims[c].status == Status::Actual));
        opposed.extend(denied);
        let refused = self.refused(pattern)?;
        no.extend(refused.iter().map(|fit| fit.claim));
        opposed.extend(refused);
        let open = with(Status::Unrealised);
        let sides =
            if negative { [("no", &yes), ("yes", &no)] } else { [("yes", &yes), ("no", &no)] };
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

    /// Without claims of sentences that ask themselves: a reporter's question says nothing.
    fn without_questions(&self, fits: &[Fit]) -> Result<Vec<Fit>, Need> {
        let documents = fits.iter().map(|fit| self.claim(fit.claim).document.clone());
        self.held.texts(documents.collect())?;
        let says = |fit: &&Fit| !asks(&self.matcher.sentence(self.claim(fit.claim)));
        Ok(fits.iter().filter(says).cloned().collect())
    }

    /// Refusals to do what is asked about: "He ruled out sending soldiers."
    fn refused(&self, pattern: &Pattern) -> Result<Vec<Fit>, Need> {
        if pattern.agents.is_empty() || pattern.lemma.is_empty() {
            return Ok(Vec::new());
        }
        let mut matter = pattern.matter.clone();
        matter.push(pattern.lemma.clone());
        let acts = self.lexicon.ontology.acts.iter().filter(|act| act.is(ActTrait::Refusing));
        let refusing = Pattern {
            acts: acts.map(|act| (act.id.clone(), 1.0)).collect(),
            matter,
            lemma: String::new(),
            status: Status::Actual,
            ..pattern.clone()
        };
        let mut fits = self.matcher.fitting(&refusing)?;
        let held = |fit: &Fit| {
            let claim = self.claim(fit.claim);
            let said =
                format!("{} {}", claim.trigger, claim.matter.as_ref().map_or("", |m| &m.text));
            let said = words(&said);
            refusing.matter.iter().all(|wish| said.iter().any(|word| alike(word, wish)))
        };
        fits.retain(|fit| self.claim(fit.claim).status == Status::Actual && held(fit));
        Ok(fits)
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
        claim
            .time
            .map(|time| time.to_string())
            .or_else(|| self.matcher.published(claim).map(str::to_owned))
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
        kind: DisputeKind::Status,
        label: "Whether it is so".into(),
        sides: found.iter().map(position).collect(),
    })
}
