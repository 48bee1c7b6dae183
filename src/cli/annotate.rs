use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::terminal::Terminal;
use super::{Global, Outcome, destination, terminal};
use crate::annotate;
use crate::corpus::{Format, Reader};

const EXAMPLES: &str = "\
Examples:
  demarche annotate speech.txt                          words, lemmas and trees as CoNLL-U
  echo 'She said no.' | demarche annotate -
  demarche annotate news/ --format jsonl -o news.jsonl  names, and who says what

CoNLL-U has `start_char` and `end_char` in MISC. JSON Lines has an object a document with
`attributions` (source, cue and content of everything that somebody says) and `entities`
(PER, ORG, LOC, EVENT). All offsets count Unicode characters in the text; ends are exclusive.";

/// Annotate texts: words, lemmas, trees, names, who says what
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Annotate {
    /// Files and folders to read; `-` is standard input
    #[arg(required = true, value_name = "FILE", value_hint = clap::ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// How to write
    #[arg(long, value_enum, default_value_t = Layer::Conllu)]
    format: Layer,
    /// Format of standard input, or of files whose extension does not tell
    #[arg(long, value_name = "FORMAT")]
    from: Option<Format>,
    /// File to write
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    #[arg(value_hint = clap::ValueHint::FilePath)]
    output: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Layer {
    /// Words, lemmas and trees: CoNLL-U
    Conllu,
    /// Names and attributions: JSON Lines
    Jsonl,
}

impl Annotate {
    pub fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let annotator = global.annotator()?;
        let mut outcome = Outcome::Done;
        destination::write(&self.output, |mut out| {
            for item in Reader::new(&self.paths, self.from) {
                let (document, warnings) = match item {
                    Ok(read) => read,
                    Err(error) => {
                        terminal.error(terminal::chain(&error.into()));
                        outcome = Outcome::Incomplete;
                        continue;
                    }
                };
                warnings.into_iter().for_each(|warning| terminal.warning(warning));
                let annotation = annotator.annotate(&document.text);
                match self.format {
                    Layer::Conllu => annotate::write_conllu(&document, &annotation, &mut out)?,
                    Layer::Jsonl => annotate::write_jsonl(&document, &annotation, &mut out)?,
                }
            }
            Ok(())
        })?;
        Ok(outcome)
    }
}
