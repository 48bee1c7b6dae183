use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::terminal::Terminal;
use super::{Global, Outcome, destination};
use crate::extract::Lexicon;
use crate::suggest;

const EXAMPLES: &str = "\
Examples:
  demarche suggest                         of the graph in out/
  demarche suggest --least 5 -o my-terms/suggested.ttl
  demarche check --ontology my-terms/      is it well?
  demarche build news/ -o news-graph --ontology my-terms/

What is written is a file of an ontology: keep what is right, correct it, and leave out the rest.
With each entry stands how often it is met, and a sentence. A verb that the network takes for no act
is written as a comment: put the act that it names in place of the dots.";

/// Write the actors, verbs and issues that the texts use and the ontology lacks, as Turtle
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Suggest {
    /// How often something must be met
    #[arg(long, value_name = "N", default_value = "2")]
    least: usize,
    /// File to write
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    #[arg(value_hint = clap::ValueHint::FilePath)]
    output: PathBuf,
}

impl Suggest {
    pub(super) fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let (corpus, lexicon) = (global.corpus()?, Lexicon::new(global.ontology()?));
        let found = suggest::suggest(&corpus, &lexicon, global.annotator()?, self.least);
        let suggest::Suggestions { actors, verbs, issues } = &found;
        if actors.is_empty() && verbs.is_empty() && issues.is_empty() {
            terminal.note("the ontology lacks nothing that the texts use that often");
            return Ok(Outcome::Nothing);
        }
        destination::write(&self.output, |out| Ok(suggest::write(&found, out)?))?;
        Ok(Outcome::Done)
    }
}
