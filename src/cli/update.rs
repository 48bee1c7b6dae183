use anyhow::Result;
use clap::Args;

use super::building::Order;
use super::terminal::Terminal;
use super::{Global, Outcome};

const EXAMPLES: &str = "\
Examples:
  demarche update                         read what is new or edited, and build out/ again
  demarche update --graph news-graph --watch   and again whenever something changes
  demarche update --replace               also let go what is no longer in its folders

The graph is built from the paths and with the options, ontology and decisions that it remembers
(build.json), as if it were built from nothing; documents that have not changed are not read again.";

/// Bring a graph up to date with the texts that it was built from
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Update {
    /// Let documents go that are no longer in the sources
    #[arg(long)]
    replace: bool,
    /// Again whenever a text, the ontology or the decisions change, until it is ended
    #[arg(long)]
    watch: bool,
}

impl Update {
    pub(super) fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let order = Order { replace: self.replace, ..Order::update(&global.graph)? };
        if self.watch { order.watch(global, terminal) } else { order.build(global, terminal) }
    }
}
