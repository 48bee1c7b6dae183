use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use super::terminal::{self, HEADING, Terminal};
use super::{Global, Outcome, destination};
use crate::annotate::accuracy;
use crate::ask;
use crate::corpus::Text;
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

Gold claims are JSON Lines, a file a document; a gold claim is found when a claim of the same
document covers its trigger with an act that the gold accepts. Treebanks are read as raw text,
so that words and sentences are the program's own.";

/// What stands above the table of `--calibrate`.
const TABLE: &str = "\
# Confidence of a claim: the logistic of the sum of these weights over its features.
# Written by `demarche eval --gold DIR --calibrate FILE`; do not edit by hand.
";

/// Measure against gold claims, questions, treebanks or PolNeAR
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
#[group(required = true, multiple = true)]
pub struct Eval {
    /// Folder of gold claims; scores the claims of the graph
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    gold: Option<PathBuf>,
    /// With --gold: list gold claims that are missed or not fully right, with the words around
    #[arg(long, requires = "gold")]
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
}

impl Eval {
    pub fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
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
            let accuracy = accuracy::treebank(&global.annotator()?, &self.treebank)?;
            writeln!(out, "{HEADING}Treebank{HEADING:#}\n{accuracy}")?;
        }
        if let Some(split) = &self.polnear {
            let accuracy = accuracy::polnear(&global.annotator()?, split)?;
            writeln!(out, "{HEADING}PolNeAR{HEADING:#}\n{accuracy}")?;
        }
        out.flush()?;
        Ok(outcome)
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
            let fitted = eval::calibrate(&corpus.claims, &gold, &texts, &ontology);
            let table = format!("{TABLE}{}", fitted.confidence);
            destination::write(file, |to| Ok(to.write_all(table.as_bytes())?))?;
            writeln!(out, "{HEADING}Confidence{HEADING:#}\n{fitted}")?;
            return Ok(errors.iter().map(ToString::to_string).collect());
        }
        let report = eval::score(&corpus.claims, &gold, &texts, &ontology);
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

/// Asks the graph; gives what could not be read of the questions.
fn questions_of(global: &Global, file: &Path, out: &mut dyn Write) -> Result<Vec<String>> {
    let (questions, errors) = eval::read_questions(file);
    let ontology = global.ontology()?;
    let lexicon = Lexicon::new(&ontology);
    let graph = Graph::new(global.corpus()?, &ontology);
    let annotator = global.annotator()?;
    let report = eval::ask_all(&questions, |question| {
        let answers = ask::answer(&graph, &lexicon, &annotator, question).answers;
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
