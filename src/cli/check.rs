use anyhow::{Result, bail};
use clap::Args;

use super::terminal::Terminal;
use super::{Global, Outcome};

/// Check the ontology, the texts and a built graph
#[derive(Debug, Args)]
pub struct Check {}

impl Check {
    pub fn run(self, _global: &Global, _terminal: &Terminal) -> Result<Outcome> {
        bail!("not here yet")
    }
}
