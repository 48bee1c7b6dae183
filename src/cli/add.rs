use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;

use super::building::{Order, lies_in};
use super::terminal::Terminal;
use super::{Global, Outcome};
use crate::graph::folder::Given;

const EXAMPLES: &str = "\
Examples:
  demarche add june/                      a folder more
  demarche add june/speech.txt letter.pdf
  demarche add --graph news-graph june/
  demarche add --claims june.jsonl        to a graph of parts that `demarche read` has made

What is added is remembered, so that `demarche update` reads it too. A document that was taken out
with `demarche remove` is in the graph again when its path is added.";

/// Add texts to a graph
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Add {
    /// Files and folders to read
    #[arg(value_name = "PATH", required = true, value_hint = clap::ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// They are what `demarche read` has made of texts
    #[arg(long)]
    claims: bool,
}

impl Add {
    pub(super) fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let mut order = Order::update(&global.graph)?;
        if order.recipe.readings != self.claims {
            let (is, given) = if self.claims { ("texts", "claims") } else { ("claims", "texts") };
            bail!("{}: was built from {is}; {given} cannot be added", global.graph.display());
        }
        for path in self.paths {
            if path == Path::new("-") {
                bail!(
                    "standard input cannot be read again when the graph is updated; put it into \
                     a file, and add that"
                );
            }
            if !path.exists() {
                bail!("{}: not here", path.display());
            }
            order.restored.push(path.clone());
            if !order.recipe.paths().any(|known| lies_in(&path, known)) {
                order.recipe.sources.push(Given(path));
            }
        }
        order.build(global, terminal)
    }
}
