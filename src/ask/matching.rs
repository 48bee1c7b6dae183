//! How well each claim of the graph fits a claim with a hole, by act, roles, status and
//! time; [`Wanted`] tells how well its matter does.

use std::collections::BTreeSet;

use crate::corpus;
use crate::extract::{Claim, Hole, Participant, Status};
use crate::graph::folder::Selection;

use super::cast::holds_name;
use super::matcher::Matcher;
use super::need::Need;
use super::sentence::sentence_bounds;
use super::understood::{NEAR, Pattern, opposite};
use super::wanted::{Wanted, is_bare, pointed_at};
use super::weights::{self, SURE, THRESHOLD, role};
use super::words::{alike, words};
use crate::ontology::{ActTrait, KeyAct, WordClass};

/// So few matters leave room for those of near acts.
const FEW: usize = 3;
/// How many sentences before a claim are looked through for what it points back at.
const BEFORE: usize = 3;

/// A claim that fits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fit {
    /// Index of the claim in the corpus.
    pub claim: usize,
    /// How well, 0 to 1.
    pub score: f64,
}

impl<'a> Matcher<'a> {
    /// The claims that fit, best first; equal ones in the order of the corpus.
    ///
    /// # Errors
    /// What must be looked at and is not at hand.
    pub(super) fn fitting(&self, pattern: &Pattern) -> Result<Vec<Fit>, Need> {
        self.fitting_wanted(self.wanted(pattern)?)
    }

    /// The claims that fit a pattern, of which it is known already what it wants.
    ///
    /// # Errors
    /// As [`Self::fitting`].
    pub(super) fn fitting_wanted(&self, mut wanted: Wanted<'_>) -> Result<Vec<Fit>, Need> {
        let pattern = wanted.pattern;
        let mut fits: Vec<Fit> = Vec::new();
        if pattern.any_act {
            let all: Vec<(&str, f64)> = self.by_act.keys().map(|act| (*act, 1.0)).collect();
            self.look(&wanted, &all, &mut fits)?;
            if fits.is_empty() && !wanted.lemmas.is_empty() {
                wanted.around = true;
                self.look(&wanted, &all, &mut fits)?;
            }
        } else {
            // acts that are only near count where the one asked about gives nothing sure
            let acts = pattern.acts.iter().map(|(act, weight)| (act.as_str(), *weight));
            let (own, near): (Vec<_>, Vec<_>) = acts.partition(|(_, weight)| *weight > NEAR);
            self.look(&wanted, &own, &mut fits)?;
            let claims = &self.graph.corpus().claims;
            // whoever begins something accuses by it, if it is an inquiry: of the other things that a
            // word can mean, what is told by another word is not asked about
            let same = |fit: &Fit| {
                let trigger = words(&claims[fit.claim].trigger);
                trigger.iter().any(|w| alike(w, &pattern.lemma) || alike(w, &pattern.form))
            };
            let meant = |fit: &Fit| {
                let act = &claims[fit.claim].act;
                own.iter().any(|(own, weight)| *weight == 1.0 && act == own) || same(fit)
            };
            fits.retain(meant);
            let sure = |fits: &[Fit]| {
                let done = |fit: &Fit| claims[fit.claim].status == pattern.status;
                fits.iter().any(|fit| fit.score >= SURE && done(fit))
            };
            // what somebody threatens shows in several acts; who did it in one
            // names alone, or nothing, are too little for another act than the one asked about
            let told = !wanted.lemmas.is_empty() || !pattern.agents.is_empty();
            let wide = pattern.hole == Hole::Matter
                || self.lexicon.is(&pattern.lemma, WordClass::AsksMind);
            if told && (!sure(&fits) || pattern.hole == Hole::Matter && fits.len() < FEW) {
                let mut others = Vec::new();
                self.look(&wanted, &near, &mut others)?;
                // who did it did what was asked, unless it is told by the same word
                fits.extend(others.into_iter().filter(|fit| wide || same(fit)));
            }
            let about = wanted.lemmas.iter().any(|wish| wish.weight >= weights::word::WORD);
            if !sure(&fits) && (about || wanted.has_actors()) {
                // the matter may stand in the sentence, outside the claim's words
                wanted.around = true;
                let mut others = Vec::new();
                self.look(&wanted, &own, &mut others)?;
                fits.extend(others.into_iter().filter(meant));
            }
        }
        fits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.claim.cmp(&b.claim)));
        let mut seen = BTreeSet::new();
        fits.retain(|fit| seen.insert(fit.claim));
        Ok(fits)
    }

    /// The claims of some acts that can fit.
    pub(super) fn selection<'s>(
        &self,
        wanted: &Wanted<'_>,
        acts: impl Iterator<Item = &'s str>,
    ) -> Selection {
        let pattern = wanted.pattern;
        Selection {
            acts: (!pattern.any_act).then(|| acts.map(str::to_owned).collect()),
            spoken: pattern.any_act && pattern.agents.is_empty(),
            about: wanted.about.clone().filter(|_| !wanted.around),
            ..self.taking_part(&pattern.agents)
        }
    }

    /// Adds the claims of some acts that fit, each act with its weight.
    fn look(
        &self,
        wanted: &Wanted<'_>,
        acts: &[(&str, f64)],
        fits: &mut Vec<Fit>,
    ) -> Result<(), Need> {
        self.held.claims(self.selection(wanted, acts.iter().map(|(act, _)| *act)))?;
        let all = &self.graph.corpus().claims;
        let of = |act: &str| self.by_act.get(act).map_or(&[][..], Vec::as_slice);
        if wanted.around {
            let claims = acts.iter().flat_map(|(act, _)| of(act)).map(|&at| &all[at]);
            let bare = claims.filter(|claim| is_bare(claim, self.lexicon));
            self.held.texts(bare.map(|claim| claim.document.clone()).collect())?;
        }
        if !wanted.pattern.addressees.is_empty() {
            // who is spoken to may stand in the sentence only
            let claims = acts.iter().flat_map(|(act, _)| of(act)).map(|&at| &all[at]);
            let open = claims.filter(|claim| claim.addressee.is_empty());
            self.held.texts(open.map(|claim| claim.document.clone()).collect())?;
        }
        for (act, weight) in acts {
            for &at in of(act) {
                let score = weight * self.score(wanted, &all[at], *weight);
                if score >= THRESHOLD {
                    fits.push(Fit { claim: at, score: score.min(1.0) });
                }
            }
        }
        Ok(())
    }

    /// The claims in which somebody near one of those asked for takes part; all where none is
    /// asked for.
    pub(super) fn taking_part(&self, asked: &[String]) -> Selection {
        if asked.is_empty() {
            return Selection::default();
        }
        let actors = self.graph.corpus().actors.iter().map(|actor| &actor.id);
        let near = actors.filter(|id| asked.iter().any(|one| self.cast.closeness(one, id) > 0.0));
        Selection {
            actors: Some(near.chain(asked).cloned().collect()),
            described: asked.iter().filter_map(|one| self.described_by(one)).collect(),
            ..Selection::default()
        }
    }

    /// A word that is in every claim of somebody that only words tell of: of whoever is no actor of
    /// the graph, and of a body that words for its kind can stand for ("the union").
    fn described_by(&self, asked: &str) -> Option<String> {
        if self.is_only_described(asked) {
            return asked.split('-').max_by_key(|part| part.len()).map(str::to_owned);
        }
        self.cast.kind_of_body(asked)
    }

    /// Claims of acts that exclude the one asked about, which answer "no".
    pub(super) fn opposing(&self, pattern: &Pattern) -> Result<Vec<Fit>, Need> {
        let Some((act, _)) = pattern.acts.first() else { return Ok(Vec::new()) };
        let acts = opposite(self.lexicon, act).iter().map(|a| (a.clone(), 1.0)).collect();
        self.fitting(&Pattern { acts, lemma: String::new(), ..pattern.clone() })
    }

    /// How near `found` is to `asked`, remembered.
    pub(super) fn closeness(&self, asked: &str, found: &str) -> f64 {
        let key = (asked.to_owned(), found.to_owned());
        if let Some(&known) = self.closeness.borrow().get(&key) {
            return known;
        }
        let computed = self.cast.closeness(asked, found);
        self.closeness.borrow_mut().insert(key, computed);
        computed
    }

    /// The best closeness of `asked` among some participants.
    pub(super) fn among(&self, asked: &str, participants: &[Participant]) -> f64 {
        let one = |participant: &Participant| match &participant.id {
            Some(id) => self.closeness(asked, id),
            None if self.cast.described(&participant.text) == asked => role::DESCRIBED,
            None => 0.0,
        };
        participants.iter().map(one).fold(0.0, f64::max)
    }

    /// The sentence that holds a claim.
    pub(super) fn sentence(&self, claim: &Claim) -> String {
        let Some(document) = self.documents.get(claim.document.as_str()) else {
            return claim.quote.clone();
        };
        let mut texts = self.texts.borrow_mut();
        let text =
            texts.entry(claim.document.clone()).or_insert_with(|| corpus::Text::new(*document));
        if claim.end > text.len() {
            return claim.quote.clone();
        }
        text.slice(sentence_bounds(text, claim.span())).to_owned()
    }

    /// The sentence of a claim, and those before it that speak of the same thing where
    /// the claim only points back at it ("the cut").
    pub(super) fn sentences_around(&self, claim: &Claim) -> String {
        let mut around = self.sentence(claim);
        let Some(noun) = pointed_at(claim, self.lexicon) else { return around };
        let texts = self.texts.borrow();
        let Some(text) = texts.get(&claim.document).filter(|text| claim.end <= text.len()) else {
            return around;
        };
        let mut start = sentence_bounds(text, claim.span()).start;
        for _ in 0..BEFORE {
            let earlier = text.as_str()[..text.byte(start)].trim_end().len();
            let Some(end) = text.char_at_byte(earlier).checked_sub(1) else { break };
            let span = sentence_bounds(text, corpus::Span::new(end, end + 1));
            let before = text.slice(span);
            if span.start >= start || words(before).iter().any(|w| alike(w, &noun)) {
                around = format!("{before} {around}");
                break;
            }
            start = span.start;
        }
        around
    }

    fn score(&self, wanted: &Wanted<'_>, claim: &Claim, act_weight: f64) -> f64 {
        let pattern = wanted.pattern;
        let status = status_weight(pattern.status, self.status(claim));
        if status == 0.0 {
            return 0.0;
        }
        let source = self.source_weight(pattern, claim);
        if source == 0.0 {
            return 0.0;
        }
        if pattern.hole == Hole::Agent && !pattern.any_act && claim.agent.is_empty() {
            return 0.0;
        }
        let agent = if pattern.any_act {
            self.speaker_weight(pattern, claim)
        } else {
            self.agent_weight(pattern, claim)
        };
        if agent == 0.0 {
            return 0.0;
        }
        let time = self.time_weight(pattern, claim);
        if !self.is_told_by(pattern, claim) {
            return 0.0;
        }
        let addressee = self.addressee_weight(wanted, claim);
        if status * source * agent * addressee * time * act_weight < THRESHOLD {
            return 0.0;
        }
        let matter = self.matter_weight(wanted, claim);
        let mut score = status * source * agent * addressee * matter * time;
        if !pattern.lemma.is_empty()
            && words(&claim.trigger).iter().any(|w| alike(w, &pattern.lemma))
        {
            score *= weights::act::SAME_WORD;
        } else {
            score *= weights::act::OTHER_WORD;
        }
        if !pattern.context.is_empty() {
            let quote = words(&claim.quote);
            let met = pattern.context.iter().filter(|c| quote.iter().any(|w| alike(w, c))).count();
            score *= weights::act::NO_CONTEXT
                + weights::act::CONTEXT * met as f64 / pattern.context.len() as f64;
        }
        score * (weights::act::UNSURE + weights::act::CONFIDENCE * claim.confidence)
    }

    /// Where nothing but the act is asked for ("Who lied?"), another word for it is no
    /// answer, unless the question has the act's own name; and a special word for saying
    /// is not met by any statement.
    fn is_told_by(&self, pattern: &Pattern, claim: &Claim) -> bool {
        let alone = pattern.hole != Hole::Matter
            && pattern.matter.is_empty()
            && pattern.matter_actors.is_empty()
            && pattern.agents.is_empty()
            && pattern.addressees.is_empty();
        let special = pattern.acts.first().is_some_and(|(act, _)| *act == KeyAct::State)
            && !self.lexicon.is(&pattern.lemma, WordClass::AsksSaying);
        if pattern.lemma.is_empty() || !(alone || special) {
            return true;
        }
        let own_name = |(act, _): &(String, f64)| *act == pattern.lemma;
        !special && pattern.acts.iter().any(own_name)
            || words(&claim.trigger)
                .iter()
                .any(|w| alike(w, &pattern.lemma) || alike(w, &pattern.form))
    }

    /// A date asked for must be told, or not be told at all; a stretch of time must hold
    /// the claim's, else its document's.
    fn time_weight(&self, pattern: &Pattern, claim: &Claim) -> f64 {
        if let Some(period) = &pattern.period {
            return match (claim.time, self.published(claim)) {
                (Some(time), _) if period.holds(&time.to_string()) => 1.0,
                (None, Some(date)) if period.holds(date) => weights::time::UNDATED,
                _ => 0.0,
            };
        }
        let asked = &pattern.dates;
        match claim.time {
            _ if asked.is_empty() => 1.0,
            Some(found) if asked.iter().any(|asked| asked.is_met_by(found)) => 1.0,
            Some(_) => 0.0,
            None => weights::time::NO_DAY,
        }
    }

    /// When the document of a claim was published.
    pub(super) fn published(&self, claim: &Claim) -> Option<&'a str> {
        self.dates.get(claim.document.as_str()).copied()
    }

    /// The status of a claim; where a "never" or "not" stands right before its trigger, it
    /// is no answer to what was done, whatever the reader made of it.
    pub(super) fn status(&self, claim: &Claim) -> Status {
        let before = claim.trigger_start.saturating_sub(claim.start);
        let before: String = claim.quote.chars().take(before).collect();
        let last = words(&before).pop();
        match claim.status {
            Status::Actual if last.is_some_and(|w| self.lexicon.is(&w, WordClass::Negator)) => {
                Status::Negated
            }
            status => status,
        }
    }

    fn source_weight(&self, pattern: &Pattern, claim: &Claim) -> f64 {
        if pattern.sources.is_empty() {
            return 1.0;
        }
        let one = |asked: &String| {
            let said = self.among(asked, &claim.source);
            let passed_on = role::PASSED_ON * self.among(asked, &claim.via);
            // what somebody does by speaking is in his own words
            let own = if claim.source.is_empty() {
                role::OWN_WORDS * self.among(asked, &claim.agent)
            } else {
                0.0
            };
            said.max(passed_on).max(own)
        };
        pattern.sources.iter().map(one).fold(f64::INFINITY, f64::min)
    }

    fn agent_weight(&self, pattern: &Pattern, claim: &Claim) -> f64 {
        if pattern.agents.is_empty() {
            return 1.0;
        }
        let mutual = self.is_mutual(claim);
        let one = |asked: &String| {
            let mut agent = self.among(asked, &claim.agent);
            if agent == 0.0 && self.is_only_described(asked) {
                // "the drones struck": what does it may be no actor
                let said = words(&claim.quote);
                let is = |w: &String, part: &str| w == part || w.strip_suffix('s') == Some(part);
                let named = asked.split('-').all(|part| said.iter().any(|w| is(w, part)));
                agent = if named { role::IN_SENTENCE } else { 0.0 };
            }
            if mutual {
                agent.max(role::OTHER_SIDE * self.among(asked, &claim.addressee))
            } else {
                agent
            }
        };
        let each: Vec<f64> = pattern.agents.iter().map(one).collect();
        let mean = each.iter().sum::<f64>() / each.len() as f64;
        if each.contains(&0.0) && each.len() > 1 { role::NOT_ALL * mean } else { mean }
    }

    /// Who says it: the agent of a statement, or whose words a claim is told in.
    fn speaker_weight(&self, pattern: &Pattern, claim: &Claim) -> f64 {
        if pattern.agents.is_empty() {
            return if claim.act == KeyAct::State || !claim.source.is_empty() { 1.0 } else { 0.0 };
        }
        let one = |asked: &String| {
            let says = if claim.act == KeyAct::State { 1.0 } else { role::SAID_BY_DOING };
            let agent = self.among(asked, &claim.agent) * says;
            agent.max(role::SPEAKER * self.among(asked, &claim.source))
        };
        // whoever speaks for somebody says it for him, not the one that he speaks for
        let said = pattern.agents.iter().map(one).fold(f64::INFINITY, f64::min);
        if said < role::SPOKEN_FOR { 0.0 } else { said }
    }

    /// Is it an act that two do together, so that agent and addressee can change places?
    pub(super) fn is_mutual(&self, claim: &Claim) -> bool {
        self.lexicon.act_is(&claim.act, ActTrait::Mutual)
    }

    /// Is somebody asked for by words only, of whom neither graph nor ontology knows?
    fn is_only_described(&self, asked: &str) -> bool {
        self.graph.actor(asked).is_none() && self.lexicon.ontology.actor(asked).is_none()
    }

    /// Does a sentence name or describe an actor ("…, and the union rejected it")?
    fn is_spoken_of(&self, asked: &str, sentence: &str, names: &[Vec<String>]) -> bool {
        let said: Vec<&str> = sentence.split_whitespace().collect();
        let described = |pair: &[&str]| {
            let definite = self.lexicon.is(&pair[0].to_lowercase(), WordClass::MatterDefinite);
            let noun = pair[1].trim_end_matches(|c: char| !c.is_alphanumeric());
            definite && self.cast.described(noun) == asked
        };
        holds_name(sentence, names) || said.windows(2).any(described)
    }

    fn addressee_weight(&self, wanted: &Wanted<'_>, claim: &Claim) -> f64 {
        let pattern = wanted.pattern;
        if pattern.addressees.is_empty() {
            return 1.0;
        }
        let mutual = self.is_mutual(claim);
        let one = |(asked, names): (&String, &Vec<Vec<String>>)| {
            let addressee = self.among(asked, &claim.addressee);
            let agent = if mutual { self.among(asked, &claim.agent) } else { 0.0 };
            let matter = claim.matter.as_ref().is_some_and(|m| holds_name(&m.text, names));
            let named = if matter {
                role::IN_MATTER
            } else if holds_name(&claim.quote, names) && self.among(asked, &claim.agent) == 0.0 {
                role::IN_QUOTE
            } else if claim.addressee.is_empty()
                && pattern.hole == Hole::Matter
                && self.among(asked, &claim.agent) == 0.0
                && self.is_spoken_of(asked, &self.sentence(claim), names)
            {
                role::IN_SENTENCE
            } else {
                0.0
            };
            addressee.max(agent).max(named)
        };
        pattern.addressees.iter().zip(&wanted.addressees).map(one).fold(f64::INFINITY, f64::min)
    }
}

fn status_weight(asked: Status, found: Status) -> f64 {
    match (asked, found) {
        (Status::Actual, Status::Actual) | (Status::Negated, Status::Negated) => 1.0,
        (Status::Unrealised, Status::Unrealised) => 1.0,
        (Status::Unrealised, Status::Actual) => weights::status::DONE_FOR_OPEN,
        (Status::Actual, Status::Unrealised) => weights::status::OPEN_FOR_DONE,
        (_, Status::Negated) => weights::status::NOT_DONE,
        (Status::Negated, _) => 0.0,
    }
}
