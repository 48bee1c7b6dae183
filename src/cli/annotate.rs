use anyhow::{Result, bail};
use clap::Args;

use super::terminal::Terminal;
use super::{Global, Outcome};

/// Annotate a text: words, trees, names, attributions
#[derive(Debug, Args)]
pub struct Annotate {}

impl Annotate {
    pub fn run(self, _global: &Global, _terminal: &Terminal) -> Result<Outcome> {
        bail!("not here yet")
    }
}
