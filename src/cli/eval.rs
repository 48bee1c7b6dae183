use std::collections::BTreeMap;
use std::fmt;
use std::io::Write;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{ArgGroup, Args};
use rayon::prelude::*;

use super::terminal::{self, HEADING, Terminal};
use super::{Global, Outcome, destination};
use crate::annotate::{Annotator, accuracy};
use crate::ask;
use crate::corpus::Text;
use crate::eval::events::icbe::{self, Narrative};
use crate::eval::events::plover::{self, Sentence};
use crate::eval::{self, AnswerView};
use crate::extract::Lexicon;
use crate::graph::Graph;

const EXAMPLES: &str = "\
Examples:
  demarche build articles/ -o g && demarche eval --gold gold/ --graph g
  demarche eval --gold gold/ --calibrate confidence.tsv --graph g
  demarche eval --questions questions.jsonl --graph g
  demarche eval --treebank en_ewt-ud-test.conllu
  demarche eval --polnear polnear/dev
  demarche eval --plover PLV_test.tsv --misses
  demarche eval --icbe icbe.jsonl

Gold claims are JSON Lines, a file a document; a gold claim is found when a claim of the same
document covers its trigger with an act that the gold accepts. Treebanks are read as raw text,
so that words and sentences are the program's own.

Event data are read by the program itself, no graph is needed. A table of PLOVER has the columns
sentence, source, target and gold_root; narratives of ICBe are JSON Lines with text, sentences and
events. Both hold fewer events than their texts tell of: precision is a lower bound.";

/// What stands above the table of `--calibrate`.
const TABLE: &str = "\
# Confidence of a claim: the logistic of the sum of these weights over its features.
# Written by `demarche eval --gold DIR --calibrate FILE`; do not edit by hand.
";

/// Measure against gold claims, event data, questions, treebanks or PolNeAR
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
#[group(required = true, multiple = true)]
#[command(group = ArgGroup::new("events").args(["gold", "plover", "icbe"]).multiple(true))]
pub(super) struct Eval {
    /// Folder of gold claims; scores the claims of the graph
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    gold: Option<PathBuf>,
    /// List gold claims or events that are missed or not fully right, with the words around
    #[arg(long, requires = "events")]
    misses: bool,
    /// With --gold: list claims that the gold does not have, with the words around
    #[arg(long, requires = "gold")]
    extra: bool,
    /// With --gold: fit the confidence of claims to the gold, and write the table of weights
    #[arg(long, requires = "gold", value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    calibrate: Option<PathBuf>,
    /// Questions with what their answers must hold; asks them of the graph
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    questions: Option<PathBuf>,
    /// CoNLL-U files; scores words, tags, lemmas and trees from raw text
    #[arg(long, value_name = "FILE", num_args = 1.., value_hint = clap::ValueHint::FilePath)]
    treebank: Vec<PathBuf>,
    /// A split of PolNeAR (`text/` and `attributions/`); scores attributions from raw text
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    polnear: Option<PathBuf>,
    /// Sentences with one PLOVER event each, a table with tabs; scores claims as event types
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    plover: Option<PathBuf>,
    /// Narratives with the events of ICBe, JSON Lines; scores claims as events
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    icbe: Option<PathBuf>,
}

impl Eval {
    pub(super) fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let mut out = terminal::stdout();
        let mut outcome = Outcome::Done;
        let mut tell = |errors: Vec<String>| {
            for error in errors {
                terminal.error(error);
                outcome = Outcome::Incomplete;
            }
        };
        if let Some(gold) = &self.gold {
            tell(self.claims(global, gold, &mut out)?);
        }
        if let Some(questions) = &self.questions {
            writeln!(out, "{HEADING}Questions{HEADING:#}")?;
            tell(questions_of(global, questions, &mut out)?);
        }
        if !self.treebank.is_empty() {
            let accuracy = accuracy::treebank(global.annotator()?, &self.treebank)?;
            writeln!(out, "{HEADING}Treebank{HEADING:#}\n{accuracy}")?;
        }
        if let Some(split) = &self.polnear {
            let accuracy = accuracy::polnear(global.annotator()?, split)?;
            writeln!(out, "{HEADING}PolNeAR{HEADING:#}\n{accuracy}")?;
        }
        if let Some(file) = &self.plover {
            tell(self.sentences(global, file, &mut out)?);
        }
        if let Some(file) = &self.icbe {
            tell(self.narratives(global, file, &mut out)?);
        }
        out.flush()?;
        Ok(outcome)
    }

    /// Scores the claims of sentences with PLOVER events; gives what could not be read of them.
    fn sentences(&self, global: &Global, file: &Path, out: &mut dyn Write) -> Result<Vec<String>> {
        let ontology = global.ontology()?;
        let (lexicon, annotator) = (Lexicon::new(ontology), global.annotator()?);
        let (sentences, errors) = plover::read(file, ontology);
        let mut errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        let place = |sentence: &Sentence| format!("{}, line {}", file.display(), sentence.line);
        let read = read_each(annotator, sentences, place, &mut errors, |sentence| {
            plover::claims(sentence, annotator, &lexicon)
        });
        let report = plover::score(&read, ontology);
        writeln!(out, "{HEADING}PLOVER{HEADING:#}\n{report}")?;
        self.missed(&report.misses, out)?;
        Ok(errors)
    }

    /// Scores the claims of ICBe's narratives; gives what could not be read of them.
    fn narratives(&self, global: &Global, file: &Path, out: &mut dyn Write) -> Result<Vec<String>> {
        let ontology = global.ontology()?;
        let (lexicon, annotator) = (Lexicon::new(ontology), global.annotator()?);
        let (narratives, errors) = icbe::read(file, ontology);
        let mut errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        let place = |narrative: &Narrative| format!("{}, {}", file.display(), narrative.id);
        let read = read_each(annotator, narratives, place, &mut errors, |narrative| {
            crate::read(&narrative.document(), annotator, &lexicon).1
        });
        let report = icbe::score(&read, ontology);
        writeln!(out, "{HEADING}ICBe{HEADING:#}\n{report}")?;
        self.missed(&report.misses, out)?;
        Ok(errors)
    }

    /// Lists events that are missed, if that is asked for.
    fn missed(&self, misses: &[impl fmt::Display], out: &mut dyn Write) -> Result<()> {
        if self.misses {
            writeln!(out, "{HEADING}Missed{HEADING:#}")?;
            misses.iter().try_for_each(|miss| writeln!(out, "{miss}"))?;
        }
        Ok(())
    }

    /// Scores the graph's claims; gives what could not be read of the gold.
    fn claims(&self, global: &Global, gold: &Path, out: &mut dyn Write) -> Result<Vec<String>> {
        let (gold, errors) = eval::read_gold(gold);
        let (corpus, ontology) = (global.corpus()?, global.ontology()?);
        let texts: BTreeMap<String, Text> = corpus
            .documents
            .iter()
            .map(|it| (it.id.clone(), Text::new(it.text.as_str())))
            .collect();
        if let Some(file) = &self.calibrate {
            let fitted = eval::calibrate(&corpus.claims, &gold, &texts, ontology);
            let table = format!("{TABLE}{}", fitted.confidence);
            destination::write(file, |to| Ok(to.write_all(table.as_bytes())?))?;
            writeln!(out, "{HEADING}Confidence{HEADING:#}\n{fitted}")?;
            return Ok(errors.iter().map(ToString::to_string).collect());
        }
        let report = eval::score(&corpus.claims, &gold, &texts, ontology);
        write!(out, "{HEADING}Claims{HEADING:#}\n{report}")?;
        if self.misses {
            writeln!(out, "\n{HEADING}Missed{HEADING:#}")?;
            report.misses.iter().try_for_each(|miss| writeln!(out, "{miss}"))?;
        }
        if self.extra {
            writeln!(out, "\n{HEADING}Not in the gold{HEADING:#}")?;
            report.extras.iter().try_for_each(|extra| writeln!(out, "{extra}"))?;
        }
        Ok(errors.iter().map(ToString::to_string).collect())
    }
}

/// What is read of each text, many at a time. A bug that one text brings to light costs the
/// others nothing: it is told, and nothing is read of that text.
fn read_each<T: Send, C: Default + Send>(
    annotator: &Annotator,
    texts: Vec<T>,
    place: impl Fn(&T) -> String + Sync,
    errors: &mut Vec<String>,
    read: impl Fn(&T) -> C + Sync,
) -> Vec<(T, C)> {
    let read_one = |text: T| {
        let found = panic::catch_unwind(AssertUnwindSafe(|| read(&text)));
        let bug =
            || format!("{}: a bug in demarche stopped its reading; please report it", place(&text));
        let error = found.is_err().then(bug);
        (text, found.unwrap_or_default(), error)
    };
    let all: Vec<_> = annotator.install(|| texts.into_par_iter().map(read_one).collect());
    let mut read = Vec::with_capacity(all.len());
    for (text, found, error) in all {
        read.push((text, found));
        errors.extend(error);
    }
    read
}

/// Asks the graph; gives what could not be read of the questions.
fn questions_of(global: &Global, file: &Path, out: &mut dyn Write) -> Result<Vec<String>> {
    let (questions, errors) = eval::read_questions(file);
    let ontology = global.ontology()?;
    let lexicon = Lexicon::new(ontology);
    let graph = Graph::new(global.corpus()?, ontology);
    let annotator = global.annotator()?;
    let report = eval::ask_all(&questions, |question| {
        let answers = ask::answer(&graph, &lexicon, annotator, question).answers;
        let view = |found: ask::Found| AnswerView {
            id: Some(found.id),
            label: Some(found.label),
            evidence: found.evidence.into_iter().map(|it| it.quote).collect(),
        };
        answers.into_iter().map(view).collect()
    });
    write!(out, "{report}")?;
    Ok(errors.iter().map(ToString::to_string).collect())
}
