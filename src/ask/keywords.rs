//! Plain words: claims that hold the words of a question in which no act was read, or
//! that no claim of its act answers. A question must have all its words met; mere
//! keywords most of them.

use crate::annotate::{Deprel, Upos};
use crate::corpus::Text;
use crate::extract::{Claim, Hole, Status, When};
use crate::graph::folder::{About, Selection};

use super::answer::{Found, Kind};
use super::matching::Fit;
use super::need::Need;
use super::understood::{Reading, Understood};
use super::weights::THRESHOLD;
use super::{Asking, cast, filling, words};

/// Share of a question's words that a claim must have when only words are matched.
const KEYWORDS: f64 = 0.6;
/// Share of them in a question: all, with room for an actor named by another's name.
const ALL: f64 = 0.9;

/// What the plain words of a question ask for.
struct Words<'q> {
    /// Content words, but for names of actors.
    lemmas: &'q [&'q String],
    /// Ids of the actors named.
    actors: &'q [String],
    /// The names of each.
    names: &'q [Vec<Vec<String>>],
    /// Ids of those whose words count.
    sources: &'q [String],
}

impl Asking<'_> {
    /// Where no act was read or nothing fits it: claims that hold the words of the
    /// question, all of them where it asks for something.
    pub(super) fn by_keywords(&self) -> Result<(Understood, Vec<Found>), Need> {
        let read = self.read;
        let actors: Vec<String> = read.actors.iter().map(|p| self.cast.id(p)).collect();
        let sources: Vec<String> = read.source.iter().map(|p| self.cast.id(p)).collect();
        let names: Vec<_> = actors.iter().map(|id| self.cast.names(id)).collect();
        let named: Vec<String> = names.iter().flatten().flatten().cloned().collect();
        let lemmas: Vec<&String> =
            read.content.iter().filter(|l| !named.contains(&words::fold(l))).collect();
        let mut understood = Understood {
            reading: Reading::Keywords,
            hole: read.hole,
            agent: actors.clone(),
            source: sources.clone(),
            time: read.dates.iter().map(When::to_string).collect(),
            keywords: lemmas.iter().map(|l| (*l).clone()).collect(),
            ..Understood::default()
        };
        let strict = read.hole.is_some();
        let wanted = lemmas.len() + actors.iter().filter(|a| !sources.contains(a)).count();
        // "What came of the talks?": one word is in whatever is said of them
        let one_of_many = wanted == 1 && read.hole == Some(Hole::Matter);
        if wanted == 0 || strict && lemmas.is_empty() || one_of_many {
            return Ok((understood, Vec::new()));
        }
        let asked = Words { lemmas: &lemmas, actors: &actors, names: &names, sources: &sources };
        let mut fits = self.with_all(&asked, wanted, strict)?;
        fits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.claim.cmp(&b.claim)));
        let mut found = self.filled(&fits, &asked)?;
        if !found.is_empty() {
            understood.notes.push(format!(
                "no act was understood; these have the words {}",
                understood.keywords.join(", ")
            ));
        }
        found.retain(|f| f.score >= THRESHOLD);
        Ok((understood, found))
    }

    /// The claims that have enough of the words and actors asked for.
    fn with_all(&self, asked: &Words<'_>, wanted: usize, strict: bool) -> Result<Vec<Fit>, Need> {
        let Words { lemmas, actors, names, sources } = asked;
        let needed = if strict { ALL } else { KEYWORDS };
        let beginnings = lemmas.iter().map(|lemma| words::beginning(lemma).to_lowercase());
        self.held.claims(Selection {
            about: (!lemmas.is_empty())
                .then(|| About { words: beginnings.collect(), ..About::default() }),
            ..self.matcher.taking_part(sources)
        })?;
        let admits = |claim: &Claim| {
            let status = self.matcher.status(claim);
            !strict
                || status == Status::Actual
                || status == Status::Unrealised && !self.form.is_past(self.lexicon)
        };
        let verb = self.asked_verb();
        let mut fits = Vec::new();
        for (at, claim) in self.graph.corpus().claims.iter().enumerate() {
            let said = sources.iter().all(|s| self.matcher.among(s, &claim.source) > 0.5);
            if !said || !self.in_time(claim) {
                continue;
            }
            let quote = words::words(&claim.quote);
            let mut met =
                lemmas.iter().filter(|l| quote.iter().any(|w| words::alike(w, l))).count() as f64;
            if !lemmas.is_empty() && met == 0.0 {
                continue;
            }
            for (id, names) in actors.iter().zip(*names).filter(|(a, _)| !sources.contains(a)) {
                let role = self
                    .matcher
                    .among(id, &claim.agent)
                    .max(self.matcher.among(id, &claim.addressee));
                let text = if cast::holds_name(&claim.quote, names) { 1.0 } else { 0.0 };
                met += role.max(text);
            }
            let share = met / wanted as f64;
            if share < needed {
                continue;
            }
            // who does it does that, and nothing else in the sentence
            if let Some(verb) = &verb
                && !self.does(claim, verb)?
            {
                continue;
            }
            if admits(claim) {
                fits.push(Fit { claim: at, score: share * (0.9 + 0.1 * claim.confidence) });
            } else {
                self.miss(&[Fit { claim: at, score: share }]);
            }
        }
        Ok(fits)
    }

    /// What fills the hole of a question, from claims that have its words.
    fn filled(&self, fits: &[Fit], asked: &Words<'_>) -> Result<Vec<Found>, Need> {
        Ok(match self.read.hole {
            Some(Hole::Agent) => filling::group(self.graph, fits, |claim| {
                filling::actors(self.cast, &claim.agent, asked.actors)
            }),
            Some(Hole::Addressee) => filling::group(self.graph, fits, |claim| {
                filling::actors(self.cast, &claim.addressee, asked.actors)
            }),
            Some(Hole::Time) => self.times(fits)?,
            Some(Hole::Place) => {
                self.in_sentences(fits, Kind::Claim, |s| s.places(self.lexicon))?
            }
            Some(Hole::Quantity) => self.numbers(fits, asked.names)?,
            Some(Hole::Duration) => {
                let lasting = self.durations()?;
                match lasting.is_empty() {
                    true => {
                        self.in_sentences(fits, Kind::Quantity, |s| s.durations(self.lexicon))?
                    }
                    false => lasting,
                }
            }
            Some(Hole::Reason) => {
                self.in_sentences(fits, Kind::Claim, |s| s.reasons(self.lexicon))?
            }
            Some(Hole::Status) => Vec::new(),
            _ => filling::group(self.graph, fits, |claim| vec![filling::words_of(claim, 1.0)]),
        })
    }

    /// Is the one asked for in a claim the subject, or object, of a verb in its sentence?
    /// Of the verb of the claim itself it is.
    fn does(&self, claim: &Claim, (lemma, form): &(String, String)) -> Result<bool, Need> {
        let told = words::words(&claim.trigger);
        if told.iter().any(|w| words::alike(w, lemma) || words::alike(w, form)) {
            return Ok(true);
        }
        self.held.texts([claim.document.clone()].into())?;
        let sentence = self.matcher.sentence(claim);
        let tree = self.annotator.annotate(&Text::new(sentence.as_str())).words;
        let (role, parts) = match self.read.hole {
            Some(Hole::Addressee) => (&claim.addressee, [Deprel::Obj, Deprel::Iobj]),
            _ => (&claim.agent, [Deprel::Nsubj; 2]),
        };
        let named = |at: usize| {
            let word = words::words(&tree[at].form).join("");
            role.iter().any(|p| {
                let label = p.label.as_deref().unwrap_or_default();
                words::words(&p.text).contains(&word) || words::words(label).contains(&word)
            })
        };
        let verbs = (0..tree.len()).filter(|&at| {
            let word = tree[at].form.to_lowercase();
            tree[at].upos == Upos::Verb && (tree[at].lemma == *lemma || words::alike(&word, form))
        });
        Ok(verbs.into_iter().any(|verb| {
            let relative = tree[verb].deprel == Deprel::AclRelcl && parts.contains(&Deprel::Nsubj);
            relative && tree[verb].head.is_some_and(named)
                || (0..tree.len()).any(|at| {
                    let part = parts.iter().any(|&part| tree[at].deprel.is(part));
                    part && tree[at].head == Some(verb) && named(at)
                })
        }))
    }

    /// The main verb of a question that asks who did something, as lemma and as written.
    fn asked_verb(&self) -> Option<(String, String)> {
        if !matches!(self.read.hole, Some(Hole::Agent | Hole::Addressee)) {
            return None;
        }
        let root = self.form.words.iter().find(|w| w.head.is_none() && w.upos == Upos::Verb)?;
        Some((root.lemma.to_lowercase(), root.form.to_lowercase()))
    }

    /// Does a claim fall into the time asked for, if one is?
    pub(super) fn in_time(&self, claim: &Claim) -> bool {
        let dates = &self.read.dates;
        match (&self.form.period, claim.time) {
            (Some(period), Some(time)) => period.holds(&time.to_string()),
            (Some(period), None) => {
                self.matcher.published(claim).is_some_and(|date| period.holds(date))
            }
            (None, Some(time)) => dates.is_empty() || dates.iter().any(|date| date.is_met_by(time)),
            (None, None) => dates.is_empty(),
        }
    }
}
