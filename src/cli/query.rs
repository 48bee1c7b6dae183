use anyhow::{Result, bail};
use clap::Args;

use super::terminal::Terminal;
use super::{Global, Outcome};

/// Run a SPARQL query over the graph
#[derive(Debug, Args)]
pub struct Query {}

impl Query {
    pub fn run(self, _global: &Global, _terminal: &Terminal) -> Result<Outcome> {
        bail!("not here yet")
    }
}
