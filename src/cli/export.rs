use anyhow::{Result, bail};
use clap::Args;

use super::terminal::Terminal;
use super::{Global, Outcome};

/// Write the graph as RDF, GraphML or CSV
#[derive(Debug, Args)]
pub struct Export {}

impl Export {
    pub fn run(self, _global: &Global, _terminal: &Terminal) -> Result<Outcome> {
        bail!("not here yet")
    }
}
