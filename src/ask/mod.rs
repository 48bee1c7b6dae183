//! Asking: a question is a claim with a hole, and answering is matching it against
//! the claims of a graph.
//!
//! [`answer`] reads the question with the constructions that read the texts
//! ([`read_question`]), lays the claim with its hole beside every claim of an act
//! that can answer, and groups those that fit by what fills the hole. Questions
//! about the whole graph (who is connected, central, at odds) are computed from it.
//! Where no claim fits well enough there is no answer.

mod answer;
mod cast;
mod computed;
mod filling;
mod matching;
mod sentence;
mod sparql;
mod understood;
mod words;

pub use answer::{Answer, Disagreement, Evidence, Found, Kind, Position};
pub use sparql::sparql;
pub use understood::Understood;

use std::collections::BTreeMap;

use crate::annotate::Annotator;
use crate::corpus::{Document, Text};
use crate::extract::{Claim, Hole, Lexicon, Question, Status, read_question};
use crate::graph::Graph;

use answer::Position as Side;
use cast::Cast;
use filling::Filling;
use matching::{Fit, Matcher, THRESHOLD};
use sentence::{Part, Sentence};
use understood::Pattern;

/// How many sentences are read again for places, numbers and reasons.
const SENTENCES: usize = 8;
/// Share of a question's words that a claim must have when only words are matched.
const KEYWORDS: f64 = 0.6;

/// Answers a question from a graph, best answer first; no answer where the claims
/// do not say.
///
/// # Complexity
/// Time O(claims × words of a claim) at worst, for questions without an act;
/// otherwise the claims of the acts that can answer are looked at once.
pub fn answer(
    graph: &Graph,
    lexicon: &Lexicon<'_>,
    annotator: &Annotator,
    question: &str,
) -> Answer {
    let read = read(question, annotator, lexicon);
    let cast = Cast::new(graph, lexicon.ontology);
    let matcher = Matcher::new(graph, lexicon, &cast);
    let asking = Asking { graph, lexicon, annotator, cast: &cast, matcher: &matcher, read: &read };
    let (understood, answers, extra) =
        computed::answer(&asking).unwrap_or_else(|| asking.by_matching());
    let mut disputes = asking.disputes(&answers);
    for dispute in extra {
        if !disputes.contains(&dispute) {
            disputes.push(dispute);
        }
    }
    Answer { question: question.to_owned(), understood, answers, disputes }
}

/// Annotates and reads a question.
pub fn read(question: &str, annotator: &Annotator, lexicon: &Lexicon<'_>) -> Question {
    let text = question.split_whitespace().collect::<Vec<_>>().join(" ");
    let document = Document {
        id: "question".into(),
        path: None,
        title: None,
        date: None,
        publisher: None,
        author: None,
        url: None,
        language: None,
        text: Text::new(text),
    };
    let annotation = annotator.annotate(&document.text);
    read_question(&document, &annotation, lexicon)
}

/// A question being answered.
struct Asking<'a> {
    graph: &'a Graph,
    lexicon: &'a Lexicon<'a>,
    annotator: &'a Annotator,
    cast: &'a Cast<'a>,
    matcher: &'a Matcher<'a>,
    read: &'a Question,
}

/// How it was understood, the answers, and disputes beyond those of the graph.
type Outcome = (Understood, Vec<Found>, Vec<Disagreement>);

impl Asking<'_> {
    /// Lays the claims with a hole beside the claims of the graph; the best reading
    /// that has an answer counts.
    fn by_matching(&self) -> Outcome {
        let mut first: Option<Understood> = None;
        for asked in &self.read.asked {
            let pattern = Pattern::new(self.read, asked, self.lexicon, self.cast);
            let words = asked.claim.matter.as_ref().map(|m| m.text.clone());
            let mut understood = pattern.understood(
                words.filter(|_| !asked.matter.is_empty() || !asked.matter_actors.is_empty()),
            );
            let adverbial = !matches!(pattern.hole, Hole::Agent | Hole::Addressee | Hole::Matter);
            if !adverbial && !asked.has_hole() && first.is_some() {
                continue;
            }
            if !pattern.matter.is_empty() {
                let (matters, most_discussed) = self.matcher.matters(&pattern);
                understood.matters = matters;
                understood.keywords = self.matcher.essential(&pattern);
                if let Some(at) = most_discussed.and_then(|id| self.graph.matter(&id)) {
                    let label = &self.graph.corpus().matters[at].label;
                    let words = understood.matter.as_deref().unwrap_or_default();
                    if words != label {
                        understood
                            .notes
                            .push(format!("“{words}”: first of all {label}, the most discussed"));
                    }
                }
            }
            let fits = self.matcher.fitting(&pattern);
            let (answers, disputes) = self.fill(&pattern, &fits);
            if !answers.is_empty() {
                self.note(&pattern, &answers, &mut understood);
                return (understood, answers, disputes);
            }
            first.get_or_insert(understood);
        }
        let has_act = first.is_some();
        let (keywords, answers) = self.by_keywords(has_act);
        match first {
            Some(understood) if answers.is_empty() => (understood, answers, Vec::new()),
            _ => (keywords, answers, Vec::new()),
        }
    }

    /// What fills the hole of a pattern, from the claims that fit it.
    fn fill(&self, pattern: &Pattern, fits: &[Fit]) -> (Vec<Found>, Vec<Disagreement>) {
        let graph = self.graph;
        let found = match pattern.hole {
            Hole::Agent => filling::group(graph, fits, |claim| self.agents(pattern, claim)),
            Hole::Source => filling::group(graph, fits, |claim| {
                filling::actors(self.cast, &claim.source, &pattern.agents)
            }),
            Hole::Addressee => filling::group(graph, fits, |claim| self.addressees(pattern, claim)),
            Hole::Matter => filling::group(graph, fits, |claim| vec![self.matter(pattern, claim)]),
            Hole::Status => return self.yes_or_no(pattern, fits),
            Hole::Time => self.times(fits),
            Hole::Place => self.in_sentences(fits, Kind::Claim, |s| s.places(self.lexicon)),
            Hole::Quantity => {
                let counted = self.read.counted.as_deref();
                self.in_sentences(fits, Kind::Quantity, |s| s.quantities(counted, self.lexicon))
            }
            Hole::Duration => {
                self.in_sentences(fits, Kind::Quantity, |s| s.durations(self.lexicon))
            }
            Hole::Reason => self.in_sentences(fits, Kind::Claim, |s| s.reasons(self.lexicon)),
            Hole::Manner => {
                filling::group(graph, fits, |claim| vec![filling::words_of(claim, 1.0)])
            }
        };
        (found, Vec::new())
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
        if pattern.any_act && (claim.act != "state" || found.is_empty()) {
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
        if pattern.any_act && claim.act != "state" {
            return filling::words_of(claim, 1.0);
        }
        filling::matter(self.graph, self.lexicon.ontology, claim)
    }

    fn times(&self, fits: &[Fit]) -> Vec<Found> {
        let dated: Vec<Fit> = fits
            .iter()
            .filter(|fit| self.graph.corpus().claims[fit.claim].time.is_some())
            .cloned()
            .collect();
        if dated.is_empty() {
            return self.in_sentences(fits, Kind::Time, |s| s.times(self.lexicon));
        }
        filling::group(self.graph, &dated, |claim| {
            let time = claim.time.clone().unwrap_or_default();
            vec![Filling {
                kind: Kind::Time,
                label: spoken_date(&time),
                id: time,
                weight: 1.0,
                evidence: None,
            }]
        })
    }

    /// How long the matters asked about are to last, as their attributes say.
    fn durations(&self) -> Vec<Found> {
        let Some(pattern) = self.matter_pattern(&[]) else { return Vec::new() };
        filling::group(self.graph, &self.matcher.fitting(&pattern), |claim| {
            let id = claim.matter.as_ref().and_then(|m| m.id.as_deref());
            let Some(at) = id.and_then(|id| self.graph.matter(id)) else { return Vec::new() };
            let attributes = &self.graph.corpus().matters[at].attributes;
            let lasting = attributes.iter().filter(|(name, _)| name == "duration");
            lasting
                .map(|(_, value)| Filling {
                    kind: Kind::Quantity,
                    id: value.clone(),
                    label: spoken_duration(value),
                    weight: 1.0,
                    evidence: None,
                })
                .collect()
        })
    }

    /// Reads the sentences of the best claims again.
    fn in_sentences(
        &self,
        fits: &[Fit],
        kind: Kind,
        parts: impl Fn(&Sentence) -> Vec<Part>,
    ) -> Vec<Found> {
        let texts: BTreeMap<&str, &str> = self
            .graph
            .corpus()
            .documents
            .iter()
            .map(|d| (d.id.as_str(), d.text.as_str()))
            .collect();
        let best = &fits[..fits.len().min(SENTENCES)];
        filling::group(self.graph, best, |claim| {
            let text = texts.get(claim.document.as_str()).copied();
            let sentence = Sentence::around(claim, text, self.annotator);
            parts(&sentence)
                .into_iter()
                .map(|part| Filling {
                    kind,
                    id: words::words(&part.label).join("-"),
                    label: part.label,
                    weight: part.weight,
                    evidence: Some(part.evidence),
                })
                .collect()
        })
    }

    /// Is it so? What was done says yes; what was not done, and acts that exclude
    /// it, say no; both together are a dispute.
    fn yes_or_no(&self, pattern: &Pattern, fits: &[Fit]) -> (Vec<Found>, Vec<Disagreement>) {
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
        let denied = self.matcher.fitting(&denied);
        no.extend(denied.iter().map(|f| f.claim).filter(|&c| claims[c].status == Status::Negated));
        let mut opposed = self.matcher.opposing(pattern);
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
                    .map(|f| Side {
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
        (found, disputes)
    }

    /// Where no act was read or nothing fits it: claims that hold the words of the
    /// question. After a question with an act only those that hold nearly all.
    fn by_keywords(&self, strict: bool) -> (Understood, Vec<Found>) {
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
        if wanted == 0 || strict && (read.hole.is_none() || lemmas.is_empty()) {
            return (understood, Vec::new());
        }
        let needed = if strict { 1.0 } else { KEYWORDS };
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
        let found = match read.hole {
            Some(Hole::Agent) => filling::group(self.graph, &fits, |claim| {
                filling::actors(self.cast, &claim.agent, &actors)
            }),
            Some(Hole::Addressee) => filling::group(self.graph, &fits, |claim| {
                filling::actors(self.cast, &claim.addressee, &actors)
            }),
            Some(Hole::Time) => self.times(&fits),
            Some(Hole::Place) => self.in_sentences(&fits, Kind::Claim, |s| s.places(self.lexicon)),
            Some(Hole::Quantity) => self.in_sentences(&fits, Kind::Quantity, |s| {
                s.quantities(read.counted.as_deref(), self.lexicon)
            }),
            Some(Hole::Duration) if !self.durations().is_empty() => self.durations(),
            Some(Hole::Duration) => {
                self.in_sentences(&fits, Kind::Quantity, |s| s.durations(self.lexicon))
            }
            Some(Hole::Reason) => {
                self.in_sentences(&fits, Kind::Claim, |s| s.reasons(self.lexicon))
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
        (understood, found.into_iter().filter(|f| f.score >= THRESHOLD).collect())
    }

    /// What a reader should know about how the question was taken.
    fn note(&self, pattern: &Pattern, answers: &[Found], understood: &mut Understood) {
        let Some(best) = answers.first() else { return };
        if best.status == Status::Negated.as_str()
            && pattern.status != Status::Negated
            && pattern.hole != Hole::Status
        {
            understood.notes.push("the texts say only that it was not done".into());
        }
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

    /// Disputes of the graph that claims of the answers are part of.
    fn disputes(&self, answers: &[Found]) -> Vec<Disagreement> {
        let claims: std::collections::BTreeSet<&str> =
            answers.iter().flat_map(|a| a.claims.iter().map(String::as_str)).collect();
        self.graph
            .corpus()
            .disputes
            .iter()
            .filter(|d| {
                d.sides.iter().any(|s| s.claims.iter().any(|c| claims.contains(c.as_str())))
            })
            .map(computed::disagreement)
            .collect()
    }
}

/// "11 March 2025" for `2025-03-11`, "11 March" for `--03-11`; anything else as it is.
fn spoken_date(iso: &str) -> String {
    let with_year = iso.strip_prefix("--").map(|day| format!("2000-{day}"));
    let parsed = with_year.as_deref().unwrap_or(iso).parse::<jiff::civil::Date>();
    match parsed {
        Ok(date) if with_year.is_some() => date.strftime("%-d %B").to_string(),
        Ok(date) => date.strftime("%-d %B %Y").to_string(),
        Err(_) => iso.to_owned(),
    }
}

/// "30 days" for `P30D`; anything else as it is.
fn spoken_duration(iso: &str) -> String {
    let units = [('Y', "year"), ('M', "month"), ('W', "week"), ('D', "day"), ('H', "hour")];
    let value = iso.trim_start_matches(['P', 'T']);
    let unit = units.iter().find(|(sign, _)| value.ends_with(*sign));
    let (Some((sign, unit)), false) = (unit, value.is_empty()) else { return iso.to_owned() };
    match value.trim_end_matches(*sign).parse::<u32>() {
        Ok(1) => format!("1 {unit}"),
        Ok(n) => format!("{n} {unit}s"),
        Err(_) => iso.to_owned(),
    }
}
