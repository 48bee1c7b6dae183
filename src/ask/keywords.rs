//! Plain words: claims that hold the words of a question in which no act was read, or
//! that no claim of its act answers.

use crate::extract::Hole;
use crate::graph::folder::{About, Selection};

use super::answer::{Found, Kind};
use super::matching::{Fit, THRESHOLD};
use super::need::Need;
use super::understood::Understood;
use super::{Asking, cast, filling, words};

/// Share of a question's words that a claim must have when only words are matched.
const KEYWORDS: f64 = 0.6;

impl Asking<'_> {
    /// Where no act was read or nothing fits it: claims that hold the words of the
    /// question. After a question with an act only those that hold nearly all.
    pub(super) fn by_keywords(&self, strict: bool) -> Result<(Understood, Vec<Found>), Need> {
        let read = self.read;
        let actors: Vec<String> = read.actors.iter().map(|p| self.cast.id(p)).collect();
        let sources: Vec<String> = read.source.iter().map(|p| self.cast.id(p)).collect();
        let names: Vec<_> = actors.iter().map(|id| self.cast.names(id)).collect();
        let named: Vec<String> = names.iter().flatten().flatten().cloned().collect();
        let lemmas: Vec<&String> =
            read.content.iter().filter(|l| !named.contains(&words::fold(l))).collect();
        let mut understood = Understood {
            reading: "keywords".into(),
            hole: read.hole.map(|h| h.as_str().to_owned()),
            agent: actors.clone(),
            source: sources.clone(),
            time: read.dates.clone(),
            keywords: lemmas.iter().map(|l| (*l).clone()).collect(),
            ..Understood::default()
        };
        let wanted = lemmas.len() + actors.iter().filter(|a| !sources.contains(a)).count();
        if wanted == 0 || strict && lemmas.is_empty() {
            return Ok((understood, Vec::new()));
        }
        let needed = if strict { 1.0 } else { KEYWORDS };
        let beginnings = lemmas.iter().map(|lemma| words::beginning(lemma).to_lowercase());
        self.held.claims(Selection {
            about: (!lemmas.is_empty())
                .then(|| About { words: beginnings.collect(), ..About::default() }),
            actors: self.matcher.near(&sources),
            ..Selection::default()
        })?;
        let mut fits = Vec::new();
        for (at, claim) in self.graph.corpus().claims.iter().enumerate() {
            if !sources.is_empty()
                && !sources.iter().all(|s| self.matcher.among(s, &claim.source) > 0.5)
            {
                continue;
            }
            let quote = words::words(&claim.quote);
            let mut met =
                lemmas.iter().filter(|l| quote.iter().any(|w| words::alike(w, l))).count() as f64;
            if !lemmas.is_empty() && met == 0.0 {
                continue;
            }
            for (id, names) in actors.iter().zip(&names).filter(|(a, _)| !sources.contains(a)) {
                let role = self
                    .matcher
                    .among(id, &claim.agent)
                    .max(self.matcher.among(id, &claim.addressee));
                let text = if cast::holds_name(&claim.quote, names) { 1.0 } else { 0.0 };
                met += role.max(text);
            }
            let share = met / wanted as f64;
            if share >= needed {
                fits.push(Fit { claim: at, score: share * (0.9 + 0.1 * claim.confidence) });
            }
        }
        fits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.claim.cmp(&b.claim)));
        let mut found = match read.hole {
            Some(Hole::Agent) => filling::group(self.graph, &fits, |claim| {
                filling::actors(self.cast, &claim.agent, &actors)
            }),
            Some(Hole::Addressee) => filling::group(self.graph, &fits, |claim| {
                filling::actors(self.cast, &claim.addressee, &actors)
            }),
            Some(Hole::Time) => self.times(&fits)?,
            Some(Hole::Place) => {
                self.in_sentences(&fits, Kind::Claim, |s| s.places(self.lexicon))?
            }
            Some(Hole::Quantity) => self.in_sentences(&fits, Kind::Quantity, |s| {
                s.quantities(read.counted.as_deref(), self.lexicon)
            })?,
            Some(Hole::Duration) => {
                let lasting = self.durations()?;
                match lasting.is_empty() {
                    true => {
                        self.in_sentences(&fits, Kind::Quantity, |s| s.durations(self.lexicon))?
                    }
                    false => lasting,
                }
            }
            Some(Hole::Reason) => {
                self.in_sentences(&fits, Kind::Claim, |s| s.reasons(self.lexicon))?
            }
            Some(Hole::Status) => Vec::new(),
            _ => filling::group(self.graph, &fits, |claim| vec![filling::words_of(claim, 1.0)]),
        };
        if !found.is_empty() {
            understood.notes.push(format!(
                "no act was understood; looked for the words {}",
                understood.keywords.join(", ")
            ));
        }
        found.retain(|f| f.score >= THRESHOLD);
        Ok((understood, found))
    }
}
