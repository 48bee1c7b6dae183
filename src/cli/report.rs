use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use super::summary::thousands;
use super::terminal::Terminal;
use super::{Global, Outcome, destination};
use crate::serve::{self, MOST_CLAIMS};

const EXAMPLES: &str = "\
Examples:
  demarche report -o report.html            one page to read, keep or send
  demarche report --graph news-graph -o news.html

The page is the explorer of `demarche serve` with the graph in it: it opens from disk, without
a server or a network. Questions and SPARQL need the program and are not in it. It holds the texts.";

/// Write the explorer with the graph in it as one HTML file
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Report {
    /// File to write
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    #[arg(value_hint = clap::ValueHint::FilePath)]
    output: PathBuf,
}

impl Report {
    pub(super) fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let (page, left_out) = serve::report(&global.graph, &global.ontology)?;
        destination::write(&self.output, |out| Ok(out.write_all(page.as_bytes())?))?;
        if left_out > 0 {
            terminal.warning(format_args!(
                "{} claims are left out: a page holds the surest {}",
                thousands(left_out),
                thousands(MOST_CLAIMS)
            ));
        }
        if self.output != Path::new("-") {
            terminal.note(format_args!(
                "{}: {} bytes",
                self.output.display(),
                thousands(page.len())
            ));
        }
        Ok(Outcome::Done)
    }
}
