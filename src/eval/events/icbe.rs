//! Claims against the narratives of International Crisis Behavior Events.
//!
//! The file is JSON Lines, a narrative a line: `id`, `date`, `text`, `sentences` (pairs of
//! offsets in Unicode scalar values, the end exclusive) and `events`, each of which has its
//! `sentence` (from 0), the `acts` of the codebook that it can be read as, and the names of
//! its `actors` and `addressees`. What else a line has is passed over.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;

use super::EventsError;
use super::table::{self, ActTally, Found, Share};
use super::who::Parties;
use crate::corpus::{Document, Span, Text};
use crate::eval::lines;
use crate::eval::report::share;
use crate::extract::Claim;
use crate::ontology::Ontology;

const EXPECTED: &str = "JSON Lines, each an object with id, date, text, sentences and events";

/// A narrative and the events that its coders agree on.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Narrative {
    /// Its id.
    pub id: String,
    /// The day that it is read as of.
    pub date: Option<Date>,
    /// Its text.
    pub text: String,
    /// Where its sentences stand: offsets of first character and of the one past the last.
    pub sentences: Vec<(usize, usize)>,
    /// Its events.
    pub events: Vec<Event>,
}

/// An event that coders agree on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Event {
    /// The sentence that tells of it, from 0.
    pub sentence: usize,
    /// Acts of the codebook of which each is right.
    pub acts: Vec<String>,
    /// Names of those of whom one acts; none where nobody is known.
    #[serde(default)]
    pub actors: Vec<String>,
    /// Names of those of whom it is done to one; none where nobody is known.
    #[serde(default)]
    pub addressees: Vec<String>,
}

impl Narrative {
    /// The narrative as a document.
    pub fn document(&self) -> Document {
        Document { date: self.date, ..Document::new(self.id.as_str(), self.text.as_str()) }
    }

    /// What is wrong with it, and what would be valid.
    fn fault(&self, ontology: &Ontology) -> Option<(String, String)> {
        let length = Text::new(self.text.as_str()).len();
        if let Some((from, to)) = self.sentences.iter().find(|(from, to)| from > to || *to > length)
        {
            let what = format!("{}: a sentence from {from} to {to}", self.id);
            return Some((what, format!("offsets up to {length}, the end not before the start")));
        }
        for event in &self.events {
            if event.sentence >= self.sentences.len() {
                let what = format!("{}: an event in sentence {}", self.id, event.sentence);
                return Some((what, format!("a sentence below {}", self.sentences.len())));
            }
            if let Some(act) = event.acts.iter().find(|act| ontology.act(act).is_none()) {
                let acts: Vec<&str> = ontology.acts.iter().map(|act| act.id.as_str()).collect();
                return Some((format!("{}: no act: {act:?}", self.id), acts.join(", ")));
            }
        }
        None
    }
}

/// Reads the narratives of a file whose acts the ontology knows. What cannot be read is given
/// back beside what can.
pub fn read(path: &Path, ontology: &Ontology) -> (Vec<Narrative>, Vec<EventsError>) {
    let read = match lines::read::<Narrative>(path) {
        Ok(read) => read,
        Err(error) => {
            let error = EventsError::Io { path: path.to_owned(), error, expected: EXPECTED };
            return (Vec::new(), vec![error]);
        }
    };
    let (mut narratives, mut errors) = (Vec::new(), Vec::new());
    for (line, narrative) in read {
        let narrative = narrative
            .map_err(|error| (error.to_string(), EXPECTED.to_owned()))
            .and_then(|narrative| narrative.fault(ontology).map_or(Ok(narrative), Err));
        match narrative {
            Ok(narrative) => narratives.push(narrative),
            Err((error, expected)) => {
                errors.push(EventsError::Line { path: path.to_owned(), line, error, expected });
            }
        }
    }
    (narratives, errors)
}

/// Which events of each narrative its claims tell of, and which claims are events.
///
/// An event is found when a claim whose trigger begins in its sentence has one of its acts; in
/// the table it counts for each of them. Agent and addressee are right when one of the event's
/// actors or addressees is one of the claim's, or somebody who acts for it; whoever the event
/// does not name is not asked for. Claims of acts that no event of the file has (`state`, say)
/// are left out.
pub fn score(read: &[(Narrative, Vec<Claim>)], ontology: &Ontology) -> Report {
    let parties = Parties::of(ontology);
    let events = read.iter().flat_map(|(narrative, _)| &narrative.events);
    let coded: BTreeSet<&str> = events.flat_map(|e| &e.acts).map(String::as_str).collect();
    let mut report = Report { narratives: read.len(), ..Report::default() };
    for (narrative, claims) in read {
        let text = Text::new(narrative.text.as_str());
        let placed: Vec<(&Claim, Option<usize>)> = claims
            .iter()
            .filter(|claim| coded.contains(claim.act.as_str()))
            .map(|claim| (claim, narrative.sentence(claim.trigger_start)))
            .collect();
        let mut of_claims = vec![Found::No; placed.len()];
        for event in &narrative.events {
            let mut best = Found::No;
            for ((claim, sentence), of_claim) in placed.iter().zip(&mut of_claims) {
                if *sentence == Some(event.sentence) {
                    let found = found(event, claim, &parties);
                    best = best.max(found);
                    *of_claim = found.max(*of_claim);
                }
            }
            report.events.count(best);
            for act in &event.acts {
                report.acts.entry(act.clone()).or_default().events.count(best);
            }
            if best == Found::No {
                let here = placed.iter().filter(|(_, sentence)| *sentence == Some(event.sentence));
                let (from, to) = narrative.sentences[event.sentence];
                report.misses.push(Miss {
                    narrative: narrative.id.clone(),
                    acts: event.acts.clone(),
                    instead: here.map(|(c, _)| format!("{} ⟦{}⟧", c.act, c.trigger)).collect(),
                    sentence: text.slice(Span::new(from, to)).to_owned(),
                });
            }
        }
        for ((claim, _), found) in placed.iter().zip(of_claims) {
            report.claims.count(found);
            report.acts.entry(claim.act.clone()).or_default().claims.count(found);
        }
    }
    report
}

impl Narrative {
    /// The sentence in which the character stands.
    fn sentence(&self, at: usize) -> Option<usize> {
        self.sentences.iter().position(|(from, to)| (*from..*to).contains(&at))
    }
}

fn found(event: &Event, claim: &Claim, parties: &Parties<'_>) -> Found {
    let named = |gold: &[String], who: &[_]| {
        gold.is_empty() || gold.iter().any(|party| parties.meet(party, who))
    };
    Found::of(
        event.acts.contains(&claim.act),
        named(&event.actors, &claim.agent),
        named(&event.addressees, &claim.addressee),
    )
}

/// What claims are worth as events. Displays as tables, without the misses, which display as
/// a line each.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Report {
    /// Narratives read.
    pub narratives: usize,
    /// Events, each once.
    pub events: Share,
    /// Claims of acts that the data have.
    pub claims: Share,
    /// By the codebook's acts.
    pub acts: BTreeMap<String, ActTally>,
    /// Events without a claim, in the order of the file.
    pub misses: Vec<Miss>,
}

/// An event that no claim tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Miss {
    /// Id of the narrative.
    pub narrative: String,
    /// Acts that would have been right.
    pub acts: Vec<String>,
    /// Act and trigger of the claims in its sentence.
    pub instead: Vec<String>,
    /// The sentence.
    pub sentence: String,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "narratives: {}", self.narratives)?;
        for (name, rate, of) in
            [("events", "recall", self.events), ("claims", "precision", self.claims)]
        {
            let [act, agent, both] = [of.act, of.agent, of.both].map(|part| share(part, of.n));
            writeln!(f, "{name} n={} {rate}={act:.3} agent={agent:.3} both={both:.3}", of.n)?;
        }
        writeln!(f)?;
        table::write(f, "act", &self.acts)
    }
}

impl fmt::Display for Miss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (acts, sentence) = (self.acts.join("/"), self.sentence.replace(['\n', '\r'], " "));
        let instead = match self.instead.as_slice() {
            [] => "nothing".to_owned(),
            claims => claims.join(", "),
        };
        write!(f, "MISS {} {acts} not {instead} | {sentence}", self.narrative)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::testing::claim;
    use super::*;

    fn narrative() -> Narrative {
        let event = |sentence, acts: &[&str], actor: &str, addressee: &str| Event {
            sentence,
            acts: acts.iter().map(|&act| act.into()).collect(),
            actors: vec![actor.into()],
            addressees: vec![addressee.into()],
        };
        Narrative {
            id: "n1".into(),
            date: None,
            text: "Ann met Tom. Tom hit Ann.".into(),
            sentences: vec![(0, 12), (13, 25)],
            events: vec![
                event(0, &["consult"], "Ann Reed", "Tom Hale"),
                event(1, &["attack", "coerce"], "Russia", "Ukraine"),
            ],
        }
    }

    fn scored(claims: Vec<Claim>) -> Report {
        score(&[(narrative(), claims)], &Ontology::shipped().unwrap())
    }

    fn at(start: usize, claim: Claim) -> Claim {
        Claim { trigger_start: start, ..claim }
    }

    fn parts(of: Share) -> [usize; 4] {
        [of.n, of.act, of.agent, of.both]
    }

    #[test]
    fn a_broken_line_does_not_lose_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("icbe.jsonl");
        let line = |sentences: &str, events: &str| {
            format!(
                r#"{{"id":"a","date":"1951-03-04","text":"Ann met Tom.","kind":"x","sentences":{sentences},"events":{events}}}"#
            )
        };
        let met = r#"[{"sentence":0,"acts":["consult"],"actors":["Ann"]}]"#;
        let lines = [
            line("[[0,12]]", met),
            String::new(),
            "{}".into(),
            line("[[0,13]]", met),
            line("[]", met),
            line("[[0,12]]", &met.replace("consult", "dance")),
            line("[[0,12]]", "[]"),
        ];
        fs::write(&file, lines.join("\n")).unwrap();
        let (narratives, errors) = read(&file, &Ontology::shipped().unwrap());
        assert_eq!(narratives.iter().map(|n| n.events.len()).collect::<Vec<_>>(), [1, 0]);
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        for (error, told) in errors.iter().zip([
            "icbe.jsonl, line 3: missing field",
            "line 4: a: a sentence from 0 to 13; valid: offsets up to 12",
            "line 5: a: an event in sentence 0; valid: a sentence below 0",
            "line 6: a: no act: \"dance\"; valid: accept, accuse",
        ]) {
            assert!(error.contains(told), "{error}");
        }
        assert_eq!(errors.len(), 4);
        let none = folder.path().join("none.jsonl");
        assert!(read(&none, &Ontology::default()).1[0].to_string().contains("cannot be read"));
    }

    #[test]
    fn an_event_is_found_in_its_sentence_under_any_of_its_acts() {
        let hit = claim("attack", 0.5, "Russian troops", "Kyiv");
        assert_eq!(parts(scored(vec![at(17, hit.clone())]).events), [2, 1, 1, 1]);
        assert_eq!(parts(scored(vec![at(4, hit)]).events), [2, 0, 0, 0]);
        let seized = claim("coerce", 0.5, "Ukraine", "Kyiv");
        assert_eq!(parts(scored(vec![at(17, seized)]).events), [2, 1, 0, 0]);
        let met = claim("consult", 0.5, "Ann Reed", "the crew");
        assert_eq!(parts(scored(vec![at(4, met)]).events), [2, 1, 1, 0]);
    }

    #[test]
    fn claims_of_acts_without_events_are_left_out() {
        let report = scored(vec![
            claim("state", 0.5, "Ann Reed", "Tom"),
            claim("accuse", 0.5, "Ann Reed", "Tom"),
            claim("consult", 0.5, "Ann Reed", "Tom Hale"),
        ]);
        assert_eq!(parts(report.claims), [1, 1, 1, 1]);
    }

    #[test]
    fn the_report_is_a_table_of_acts() {
        let report = scored(vec![
            at(4, claim("consult", 0.5, "Ann Reed", "Tom Hale")),
            at(17, claim("consult", 0.5, "Tom", "Ann")),
        ]);
        insta::assert_snapshot!(report.to_string(), @r"
        narratives: 1
        events n=2 recall=0.500 agent=0.500 both=0.500
        claims n=2 precision=0.500 agent=0.500 both=0.500

        act        events recall  agent   both  claims   prec  agent   both
        attack          1  0.000  0.000  0.000       0      –      –      –
        coerce          1  0.000  0.000  0.000       0      –      –      –
        consult         1  1.000  1.000  1.000       2  0.500  0.500  0.500
        ");
        assert_eq!(
            report.misses[0].to_string(),
            "MISS n1 attack/coerce not consult ⟦Ann⟧ | Tom hit Ann."
        );
    }
}
