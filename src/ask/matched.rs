//! A claim with a hole laid beside the claims of the graph.

use crate::extract::{Claim, Hole, Status};
use crate::ontology::{KeyAct, TriggerKind, WordClass};

use super::answer::{Disagreement, Found, Kind};
use super::filling::{self, Filling};
use super::matching::Fit;
use super::need::Need;
use super::understood::{self, Pattern, Understood};
use super::{Asking, Outcome, documents};

/// Told where an answer is out of sentences that no claim was made of.
pub(super) const TOLD: &str = "no claim tells it; these sentences may";

impl Asking<'_> {
    /// Lays the claims with a hole beside the claims of the graph; the best reading
    /// that has an answer counts.
    pub(super) fn by_matching(&self) -> Result<Outcome, Need> {
        let mut first: Option<Understood> = None;
        for asked in &self.read.asked {
            let pattern = Pattern::new(self.form, asked, self.lexicon, self.cast);
            let words = asked.claim.matter.as_ref().map(|m| m.text.clone());
            let mut understood = pattern.understood(
                words.filter(|_| !asked.matter.is_empty() || !asked.matter_actors.is_empty()),
            );
            let adverbial = !matches!(pattern.hole, Hole::Agent | Hole::Addressee | Hole::Matter);
            if !adverbial && !asked.has_hole() && first.is_some() {
                continue;
            }
            let wanted = self.matcher.wanted(&pattern)?;
            if !pattern.matter.is_empty() {
                understood.matters = wanted.matters();
                understood.keywords = wanted.essential();
                if let Some(at) = wanted.most_discussed.and_then(|id| self.graph.matter(id)) {
                    let label = &self.graph.corpus().matters[at].label;
                    let words = understood.matter.as_deref().unwrap_or_default();
                    if words != label {
                        understood
                            .notes
                            .push(format!("“{words}”: first of all {label}, the most discussed"));
                    }
                }
            }
            if pattern.hole == Hole::Status {
                // what excludes and denies it will be asked for, too
                let acts = pattern.acts.iter().map(|(act, _)| act);
                let denied = understood::denied(self.lexicon, &pattern.acts);
                let opposite = pattern.acts.first();
                let opposite =
                    opposite.map_or(&[][..], |(act, _)| understood::opposite(self.lexicon, act));
                let acts = acts.chain(denied.iter().map(|(act, _)| act)).chain(opposite);
                self.held.claims(self.matcher.selection(&wanted, acts.map(String::as_str)))?;
            }
            let mut fits = self.matcher.fitting_wanted(wanted)?;
            if pattern.hole != Hole::Status {
                // what was said can be that something may or will not be
                let admits = |status| pattern.any_act || pattern.admits(status);
                let (told, missed): (Vec<Fit>, Vec<Fit>) = fits
                    .into_iter()
                    .partition(|f| admits(self.matcher.status(self.claim(f.claim))));
                self.miss(&missed);
                fits = told;
            }
            let (answers, disputes) = self.fill(&pattern, &fits)?;
            if !answers.is_empty() {
                self.note(&pattern, &answers, &mut understood);
                return Ok((understood, answers, disputes));
            }
            first.get_or_insert(understood);
        }
        let (mut keywords, mut answers) = self.by_keywords()?;
        if answers.is_empty() {
            answers = self.told_in_texts()?;
            if !answers.is_empty() {
                keywords.notes.push(TOLD.into());
            }
        }
        if answers.is_empty() {
            answers = self.out_of_sentences()?;
            if !answers.is_empty() {
                keywords.notes = vec![TOLD.into()];
            }
        }
        Ok(match first {
            Some(understood) if answers.is_empty() => (understood, answers, Vec::new()),
            _ => (keywords, answers, Vec::new()),
        })
    }

    /// What sentences say where no claim answers.
    pub(super) fn out_of_sentences(&self) -> Result<Vec<Found>, Need> {
        let contrasted = self.contrasted()?;
        if contrasted.is_empty() { self.taken() } else { Ok(contrasted) }
    }

    /// Remembers claims that fit but for their status or act.
    pub(super) fn miss(&self, fits: &[Fit]) {
        self.missed.borrow_mut().extend(fits.iter().map(|fit| fit.claim));
    }

    /// What fills the hole of a pattern, from the claims that fit it.
    fn fill(
        &self,
        pattern: &Pattern,
        fits: &[Fit],
    ) -> Result<(Vec<Found>, Vec<Disagreement>), Need> {
        let graph = self.graph;
        let found = match pattern.hole {
            Hole::Agent => filling::group(graph, fits, |claim| self.agents(pattern, claim)),
            Hole::Source => filling::group(graph, fits, |claim| {
                filling::actors(self.cast, &claim.source, &pattern.agents)
            }),
            Hole::Addressee => filling::group(graph, fits, |claim| self.addressees(pattern, claim)),
            Hole::Matter => filling::group(graph, fits, |claim| vec![self.matter(pattern, claim)]),
            Hole::Status => return self.yes_or_no(pattern, fits),
            Hole::Time => self.times(fits)?,
            Hole::Place => self.in_sentences(fits, Kind::Claim, |s| s.places(self.lexicon))?,
            Hole::Quantity => self.quantity(pattern, fits)?,
            Hole::Duration => {
                self.in_sentences(fits, Kind::Quantity, |s| s.durations(self.lexicon))?
            }
            Hole::Reason => self.in_sentences(fits, Kind::Claim, |s| s.reasons(self.lexicon))?,
            Hole::Manner => {
                filling::group(graph, fits, |claim| vec![filling::words_of(claim, 1.0)])
            }
        };
        Ok((found, Vec::new()))
    }

    /// How many: a number of the texts, or as many as answer when actors or acts are
    /// counted ("how many parties", "how many demands").
    fn quantity(&self, pattern: &Pattern, fits: &[Fit]) -> Result<Vec<Found>, Need> {
        let graph = self.graph;
        let Some(counted) = self.read.counted.as_deref() else {
            return self.in_sentences(fits, Kind::Quantity, |s| s.quantities(None, self.lexicon));
        };
        let mut of_act = self.lexicon.ontology.triggers.iter().filter(|trigger| {
            trigger.kind == TriggerKind::Noun
                && pattern.acts.first().is_some_and(|(act, _)| *act == trigger.act)
        });
        let actual: Vec<Fit> = fits
            .iter()
            .filter(|fit| self.matcher.status(self.claim(fit.claim)) == Status::Actual)
            .cloned()
            .collect();
        let found = if self.lexicon.is(counted, WordClass::ActorNoun) {
            filling::group(graph, &actual, |claim| self.agents(pattern, claim))
        } else if of_act.any(|trigger| trigger.words == [counted]) {
            filling::group(graph, &actual, |claim| vec![self.matter(pattern, claim)])
        } else {
            return self
                .in_sentences(fits, Kind::Quantity, |s| s.quantities(Some(counted), self.lexicon));
        };
        Ok(if found.is_empty() { found } else { vec![documents::counted(found, counted)] })
    }

    /// Who did it. Of an act that two do together both, but for the one named.
    fn agents(&self, pattern: &Pattern, claim: &Claim) -> Vec<Filling> {
        let mut without = pattern.agents.clone();
        without.extend(pattern.addressees.iter().cloned());
        let mut found = filling::actors(self.cast, &claim.agent, &without);
        if self.matcher.is_mutual(claim) {
            found.extend(filling::actors(self.cast, &claim.addressee, &without));
            // the state of the one named is no answer to whom he met
            found.retain(|f| without.iter().all(|w| self.matcher.closeness(w, &f.id) < 0.5));
        }
        // nobody is asked for who stands in the matter
        found.retain(|f| !pattern.matter_actors.contains(&f.id));
        if pattern.any_act && (claim.act != KeyAct::State || found.is_empty()) {
            found = filling::actors(self.cast, &claim.source, &without);
        }
        found
    }

    /// Towards whom.
    fn addressees(&self, pattern: &Pattern, claim: &Claim) -> Vec<Filling> {
        let mut found = filling::actors(self.cast, &claim.addressee, &pattern.agents);
        if self.matcher.is_mutual(claim) {
            let agents = filling::actors(self.cast, &claim.agent, &pattern.agents);
            found.extend(agents.into_iter().map(|f| Filling { weight: 0.9, ..f }));
        }
        found
    }

    /// What it is about. What somebody said by an act is the claim itself.
    fn matter(&self, pattern: &Pattern, claim: &Claim) -> Filling {
        if pattern.any_act && claim.act != KeyAct::State {
            return filling::words_of(claim, 1.0);
        }
        filling::matter(self.graph, self.lexicon.ontology, claim)
    }

    /// What a reader should know about how the question was taken.
    fn note(&self, pattern: &Pattern, answers: &[Found], understood: &mut Understood) {
        let Some(best) = answers.first() else { return };
        if !pattern.any_act {
            for at in answers.iter().flat_map(|a| &a.claims).filter_map(|id| self.graph.claim(id)) {
                let act = &self.graph.corpus().claims[at].act;
                if !understood.act.contains(act) {
                    understood.act.push(act.clone());
                }
            }
        }
        let best_act = best
            .claims
            .first()
            .and_then(|id| self.graph.claim(id))
            .map(|at| self.graph.corpus().claims[at].act.clone());
        let asked_act = pattern.acts.first().map(|(act, _)| act.clone());
        if let (Some(found), Some(asked)) = (best_act, asked_act)
            && found != asked
            && !pattern.any_act
            && pattern.hole != Hole::Status
        {
            understood
                .notes
                .push(format!("no claim of the act “{asked}” fits; the nearest is “{found}”"));
        }
    }
}
