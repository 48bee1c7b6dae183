use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use super::summary::thousands;
use super::terminal::Terminal;
use super::{Global, Outcome, destination};
use crate::serve::{self, MOST_BYTES};

const EXAMPLES: &str = "\
Examples:
  demarche report -o report.html            one page to read, keep or send
  demarche report --graph news-graph -o news.html
  demarche report --most-bytes 5000000 -o small.html

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
    /// The most bytes of the page; of a larger graph the disputed and the surest claims are kept
    #[arg(long, value_name = "BYTES", default_value_t = MOST_BYTES)]
    most_bytes: usize,
}

impl Report {
    pub(super) fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let report = serve::report(&global.graph, &global.ontology, self.most_bytes)?;
        let length = report.page.len();
        destination::write(&self.output, |out| Ok(out.write_all(report.page.as_bytes())?))?;
        if report.claims_left_out > 0 {
            terminal.warning(format_args!(
                "{} claims and {} documents are left out, so that the page has at most {} bytes \
                 (--most-bytes); it holds what is disputed and what is surest",
                thousands(report.claims_left_out),
                thousands(report.documents_left_out),
                thousands(self.most_bytes)
            ));
        }
        if length > self.most_bytes {
            terminal.warning("without any claim the page is longer than that");
        }
        if self.output != Path::new("-") {
            terminal.note(format_args!("{}: {} bytes", self.output.display(), thousands(length)));
        }
        Ok(Outcome::Done)
    }
}
