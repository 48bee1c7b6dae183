use anyhow::{Result, bail};
use clap::Args;

use super::terminal::Terminal;
use super::{Global, Outcome};

const EXAMPLES: &str = "\
A question is read like any sentence of the texts; what it asks for is a hole in a claim.

Who, what, whom, when, where, how many, did:
  demarche ask Who proposed the 30-day ceasefire?
  demarche ask What did Putin demand?
  demarche ask Whom did Trump call?
  demarche ask When did Trump and Putin speak?
  demarche ask Did Ukraine accept the ceasefire?
According to somebody:
  demarche ask What did Putin agree to, according to the Kremlin?
  demarche ask What does Zelensky say?
Over the whole graph:
  demarche ask Who stands where on the ceasefire?
  demarche ask How are Macron and Putin connected?
  demarche ask Who is most central?

An answer comes with the words it rests on, the document, who says so, and who disagrees.
Where the texts do not say, it answers “nothing found” with exit code 1, never a guess.
Quote a question that holds an apostrophe or an asterisk from your shell.";

/// Ask the graph a question in English
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Ask {
    /// The question
    #[arg(required = true, value_name = "QUESTION")]
    question: Vec<String>,
    /// Write JSON: how the question was understood, answers, evidence, disputes
    #[arg(long)]
    json: bool,
    /// How many answers to give
    #[arg(long, short = 'n', value_name = "N", default_value = "10")]
    limit: usize,
}

impl Ask {
    pub fn run(self, _global: &Global, _terminal: &Terminal) -> Result<Outcome> {
        bail!("not here yet")
    }
}
