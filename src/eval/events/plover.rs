//! Claims against sentences with one event of PLOVER each, as Zero-Shot-PLOVER gives them.
//!
//! The file is a table with tabs, as `pandas` writes it, whose first line names its columns;
//! of these `sentence`, `source`, `target` and `gold_root` are read, the last with the event's
//! type. Which type a claim is, the ontology says: `skos:notation` of the act, or of the
//! trigger where that differs, and `dm:plannedAs` or `dm:refusedAs` of the act for what is
//! not done.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use super::EventsError;
use super::event_type::EventTypes;
pub use super::event_type::Reading;
use super::shared_words::{share_words, words_meet};
use super::table::{self, ActTally, Found, Share};
use crate::annotate::Annotator;
use crate::corpus::{Document, Span, Text};
use crate::eval::report::share;
use crate::extract::{self, Claim, Lexicon};
use crate::files;
use crate::ontology::Ontology;

/// The columns that are read.
const COLUMNS: [&str; 4] = ["sentence", "source", "target", "gold_root"];
const EXPECTED: &str =
    "a table with tabs whose first line has the columns sentence, source, target and gold_root";

/// A sentence, and the event that people read in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands in its file, from 1.
    pub line: u64,
    /// The sentence.
    pub text: String,
    /// Words for whoever acts.
    pub source: String,
    /// Words for whom it is done to.
    pub target: String,
    /// The event's type (`REQUEST`).
    pub root: String,
}

/// Reads the sentences of a file whose types the ontology knows. What cannot be read is given
/// back beside what can.
pub fn read(path: &Path, ontology: &Ontology) -> (Vec<Sentence>, Vec<EventsError>) {
    let io = |error| EventsError::Io { path: path.to_owned(), error, expected: EXPECTED };
    let content = match files::read_to_string(path, u64::MAX) {
        Ok(content) => content,
        Err(error) => return (Vec::new(), vec![io(error)]),
    };
    let types = EventTypes::of(ontology);
    let known = types.all();
    let line = |line, error: String, expected: &str| EventsError::Line {
        path: PathBuf::from(path),
        line,
        error,
        expected: expected.to_owned(),
    };
    let mut table = csv::ReaderBuilder::new().delimiter(b'\t').from_reader(content.as_bytes());
    let columns = match columns(&mut table) {
        Ok(columns) => columns,
        Err(error) => return (Vec::new(), vec![line(1, error, EXPECTED)]),
    };
    let (mut sentences, mut errors) = (Vec::new(), Vec::new());
    for row in table.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                let at = error.position().map_or(1, csv::Position::line);
                errors.push(line(at, error.to_string(), "as many cells as the first line has"));
                continue;
            }
        };
        let at = row.position().map_or(1, csv::Position::line);
        // All rows have as many cells as the first line.
        let [text, source, target, root] = columns.map(|column| row[column].trim().to_owned());
        if text.is_empty() {
            errors.push(line(at, "no sentence".into(), "a sentence"));
        } else if !known.contains(root.as_str()) {
            let valid: Vec<&str> = known.iter().copied().collect();
            errors.push(line(at, format!("no event type: {root:?}"), &valid.join(", ")));
        } else {
            sentences.push(Sentence { line: at, text, source, target, root });
        }
    }
    (sentences, errors)
}

/// Where each of [`COLUMNS`] stands.
fn columns<R: std::io::Read>(table: &mut csv::Reader<R>) -> Result<[usize; 4], String> {
    let header = table.headers().map_err(|error| error.to_string())?;
    let mut places = [0; COLUMNS.len()];
    for (place, name) in places.iter_mut().zip(COLUMNS) {
        let found = header.iter().position(|column| column.trim() == name);
        *place = found.ok_or_else(|| format!("no column {name}"))?;
    }
    Ok(places)
}

/// The claims of a sentence that stands alone.
pub fn claims(sentence: &Sentence, annotator: &Annotator, lexicon: &Lexicon<'_>) -> Vec<Reading> {
    let document = Document::new(format!("line-{}", sentence.line), sentence.text.as_str());
    let page = annotator.page(&document).document;
    let annotation = annotator.annotate(&page.text);
    let lemmas = |span: Span| {
        let within = annotation.words.iter().filter(|word| word.span.overlaps(span));
        within.map(|word| word.lemma.to_lowercase()).collect()
    };
    let reading = |claim: Claim| {
        let matter = claim.matter.as_ref().map(|matter| Span::new(matter.start, matter.end));
        Reading {
            trigger: lemmas(claim.trigger_span()),
            matter: matter.map(lemmas).unwrap_or_default(),
            claim,
        }
    };
    extract::extract(&page, &annotation, lexicon).into_iter().map(reading).collect()
}

/// Which claims have the event of their sentence.
///
/// The *best event* of a sentence is its most confident claim of those whose agent shares a
/// word with the event's source, else of all; claims of acts without a type are no events.
/// An event's agent is right when such words are shared, its addressee when the target
/// shares one with the claim's addressee or, where there is none, with its matter ("criticised
/// the plan").
pub fn score(read: &[(Sentence, Vec<Reading>)], ontology: &Ontology) -> Report {
    let types = EventTypes::of(ontology);
    let used = read.iter().map(|(sentence, _)| sentence.root.as_str()).collect();
    let mut report = Report::default();
    for (sentence, readings) in read {
        let event = |reading| Event::of(reading, sentence, ontology, &types, &used);
        let events: Vec<Event<'_>> = readings.iter().filter_map(event).collect();
        let any = events.iter().map(|event| event.found).max().unwrap_or_default();
        report.acts.entry(sentence.root.clone()).or_default().events.count(any);
        for event in &events {
            let of_type = report.acts.entry(event.event_type.to_owned()).or_default();
            of_type.claims.count(event.found);
        }
        report.any.count(any);
        let best = best(&events);
        report.best.count(best.map(|event| event.found).unwrap_or_default());
        report.unread += usize::from(best.is_none());
        if best.is_none_or(|event| event.found == Found::No) {
            report.misses.push(Miss::of(sentence, best));
        }
    }
    report
}

/// A claim as an event.
struct Event<'r> {
    claim: &'r Claim,
    /// As the gold calls it.
    event_type: &'r str,
    agent: bool,
    found: Found,
}

impl<'r> Event<'r> {
    fn of(
        reading: &'r Reading,
        sentence: &Sentence,
        ontology: &Ontology,
        types: &EventTypes<'r>,
        used: &BTreeSet<&'r str>,
    ) -> Option<Self> {
        let claim = &reading.claim;
        let event_type = types.called(types.event_type(reading)?, used);
        let agent = words_meet(ontology, &sentence.source, &claim.agent);
        let target = match &claim.matter {
            Some(matter) if claim.addressee.is_empty() => {
                share_words(ontology, &sentence.target, &matter.text)
            }
            _ => words_meet(ontology, &sentence.target, &claim.addressee),
        };
        let found = Found::of(event_type == sentence.root, agent, target);
        Some(Self { claim, event_type, agent, found })
    }
}

/// The most confident event of those whose agent is right, else of all; of equals the first.
fn best<'e, 'r>(events: &'e [Event<'r>]) -> Option<&'e Event<'r>> {
    let mut best: Option<&Event<'_>> = None;
    for event in events {
        let rank = |event: &Event<'_>| (event.agent, event.claim.confidence);
        if best.is_none_or(|best| rank(event) > rank(best)) {
            best = Some(event);
        }
    }
    best
}

/// What claims are worth as events. Displays as tables, without the misses, which display as
/// a line each.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Report {
    /// Sentences whose best event has the gold's type, and agent and addressee.
    pub best: Share,
    /// Sentences of which some claim has.
    pub any: Share,
    /// Sentences without an event.
    pub unread: usize,
    /// By the gold's types.
    pub acts: BTreeMap<String, ActTally>,
    /// Sentences whose best event is of another type, in the order of the file.
    pub misses: Vec<Miss>,
}

/// A sentence whose best event is of another type than its gold.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Miss {
    /// Line in the file, from 1.
    pub line: u64,
    /// The gold's type.
    pub root: String,
    /// Type, act and status of the best event; `None` where there is none.
    pub instead: Option<[String; 3]>,
    /// The sentence, with the trigger of the best event between marks.
    pub sentence: String,
}

impl Miss {
    fn of(sentence: &Sentence, best: Option<&Event<'_>>) -> Self {
        let marked = |event: &Event<'_>| {
            let (text, trigger) = (Text::new(&*sentence.text), event.claim.trigger_span());
            // The sentence may have been read without some of its characters.
            if trigger.end > text.len() || text.slice(trigger) != event.claim.trigger {
                return sentence.text.clone();
            }
            let before = text.slice(Span::new(0, trigger.start));
            let after = text.slice(Span::new(trigger.end, text.len()));
            format!("{before}⟦{}⟧{after}", event.claim.trigger)
        };
        let instead = |event: &Event<'_>| {
            let claim = event.claim;
            [event.event_type.to_owned(), claim.act.clone(), claim.status.as_str().to_owned()]
        };
        Self {
            line: sentence.line,
            root: sentence.root.clone(),
            instead: best.map(instead),
            sentence: best.map_or_else(|| sentence.text.clone(), marked),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.best.n;
        writeln!(f, "sentences: {n}, without an event: {}", self.unread)?;
        for (name, of) in [("best event", self.best), ("any claim", self.any)] {
            let [act, agent, both] = [of.act, of.agent, of.both].map(|part| share(part, n));
            writeln!(f, "{name:<10} right={act:.3} agent={agent:.3} both={both:.3}")?;
        }
        writeln!(f)?;
        table::write(f, "type", &self.acts)
    }
}

impl fmt::Display for Miss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let instead = match &self.instead {
            Some([event_type, act, status]) => format!("{event_type} ({act}, {status})"),
            None => "nothing".to_owned(),
        };
        let sentence = self.sentence.replace(['\n', '\r'], " ");
        write!(f, "MISS line {} {} not {instead} | {sentence}", self.line, self.root)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::testing::claim;
    use super::*;

    fn scored(root: &str, claims: Vec<Claim>) -> Report {
        let sentence = Sentence {
            line: 2,
            text: "Ann Reed met Tom Hale on the old ferry.".into(),
            source: "Ann Reed".into(),
            target: "Tom Hale".into(),
            root: root.into(),
        };
        let readings = claims
            .into_iter()
            .map(|claim| Reading { claim, trigger: vec![], matter: vec![] })
            .collect();
        score(&[(sentence, readings)], &Ontology::shipped().unwrap())
    }

    #[test]
    fn a_broken_row_does_not_lose_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("plv.tsv");
        let rows = "\tsentence\tsource\ttarget\tgold_root\n\
                    0\t\"Ann \"\"met\"\" Tom.\"\tAnn\tTom\tCONSULT\n\
                    1\tAnn left.\tAnn\n\
                    2\tAnn left.\tAnn\tTom\tDANCE\n\
                    3\t\tAnn\tTom\tAID\n\
                    4\tAnn freed Tom.\tAnn\tTom\tYIELD\n";
        fs::write(&file, rows).unwrap();
        let (sentences, errors) = read(&file, &Ontology::shipped().unwrap());
        let read: Vec<_> = sentences.iter().map(|s| (s.line, s.text.as_str())).collect();
        assert_eq!(read, [(2, "Ann \"met\" Tom."), (6, "Ann freed Tom.")]);
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert!(errors[0].contains("plv.tsv, line 3: "), "{errors:?}");
        assert!(errors[1].contains("line 4: no event type: \"DANCE\"; valid: ACCUSE, AGREE"));
        assert!(errors[2].contains("line 5: no sentence"), "{errors:?}");
        assert_eq!(errors.len(), 3);
    }

    #[test]
    fn a_table_without_the_columns_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("plv.tsv");
        fs::write(&file, "sentence\tsource\tgold_root\n").unwrap();
        let ontology = Ontology::shipped().unwrap();
        let told = |file: &Path| read(file, &ontology).1[0].to_string();
        assert!(told(&file).contains("plv.tsv, line 1: no column target; valid: a table"));
        assert!(told(&folder.path().join("none.tsv")).contains("none.tsv: cannot be read"));
    }

    #[test]
    fn the_best_event_is_the_surest_of_the_sources_own() {
        let ours = claim("consult", 0.3, "Reed", "Hale");
        let surer = claim("attack", 0.6, "Ann", "Hale");
        let theirs = claim("accuse", 0.9, "the crew", "Hale");
        let all = || vec![ours.clone(), surer.clone(), theirs.clone()];
        let right = |root| scored(root, all()).best.act;
        assert_eq!([right("CONSULT"), right("ASSAULT"), right("ACCUSE")], [0, 1, 0]);
        assert_eq!(scored("ACCUSE", vec![theirs.clone()]).best.act, 1);
        let report = scored("CONSULT", all());
        assert_eq!((report.any.act, report.any.agent, report.any.both), (1, 1, 1));
        assert_eq!(
            report.misses[0].to_string(),
            "MISS line 2 CONSULT not ASSAULT (attack, actual) | \
             ⟦Ann⟧ Reed met Tom Hale on the old ferry."
        );
    }

    #[test]
    fn what_has_no_type_is_no_event() {
        let report = scored("AGREE", vec![claim("intend", 0.9, "Ann", "Tom")]);
        assert_eq!((report.best.n, report.best.act, report.unread), (1, 0, 1));
        assert!(report.misses[0].to_string().contains("AGREE not nothing | Ann Reed"));
    }

    #[test]
    fn agent_and_addressee_are_asked_for_one_by_one() {
        let parts = |claim| {
            let Share { act, agent, both, .. } = scored("CONSULT", vec![claim]).any;
            [act, agent, both]
        };
        assert_eq!(parts(claim("consult", 0.5, "the crew", "Tom")), [1, 0, 0]);
        assert_eq!(parts(claim("consult", 0.5, "Reed", "the crew")), [1, 1, 0]);
        let mut of_matter = claim("consult", 0.5, "Reed", "");
        of_matter.addressee.clear();
        let matter = |text: &str| extract::MatterMention {
            text: text.into(),
            start: 0,
            end: 3,
            id: None,
            label: None,
            issues: Vec::new(),
            about: Vec::new(),
        };
        of_matter.matter = Some(matter("Hale's plan"));
        assert_eq!(parts(of_matter), [1, 1, 1]);
    }

    #[test]
    fn the_report_is_a_table_of_types() {
        let report = scored(
            "CONSULT",
            vec![claim("consult", 0.8, "Ann", "the crew"), claim("attack", 0.5, "the crew", "Tom")],
        );
        insta::assert_snapshot!(report.to_string(), @r"
        sentences: 1, without an event: 0
        best event right=1.000 agent=1.000 both=0.000
        any claim  right=1.000 agent=1.000 both=0.000

        type       events recall  agent   both  claims   prec  agent   both
        ASSAULT         0      –      –      –       1  0.000  0.000  0.000
        CONSULT         1  1.000  1.000  0.000       1  1.000  1.000  0.000
        ");
    }
}
