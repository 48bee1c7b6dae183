use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::terminal::{self, HEADING, Terminal};
use super::{Global, Outcome};
use crate::annotate::accuracy;

const EXAMPLES: &str = "\
Examples:
  demarche build articles/ -o g && demarche eval --gold gold/ --graph g
  demarche eval --questions questions.jsonl --graph g
  demarche eval --treebank en_ewt-ud-test.conllu
  demarche eval --polnear polnear/dev

Gold claims are JSON Lines, a file a document; a gold claim is found when a claim of the same
document covers its trigger with an act that the gold accepts. Treebanks are read as raw text,
so that words and sentences are the program's own.";

/// Measure against gold claims, questions, treebanks or PolNeAR
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
#[group(required = true, multiple = true)]
pub struct Eval {
    /// Folder of gold claims; scores the claims of the graph
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    gold: Option<PathBuf>,
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
    pub fn run(self, global: &Global, _: &Terminal) -> Result<Outcome> {
        let mut out = terminal::stdout();
        if !self.treebank.is_empty() {
            let accuracy = accuracy::treebank(&global.annotator()?, &self.treebank)?;
            writeln!(out, "{HEADING}Treebank{HEADING:#}\n{accuracy}")?;
        }
        if let Some(split) = &self.polnear {
            let accuracy = accuracy::polnear(&global.annotator()?, split)?;
            writeln!(out, "{HEADING}PolNeAR{HEADING:#}\n{accuracy}")?;
        }
        out.flush()?;
        Ok(Outcome::Done)
    }
}
