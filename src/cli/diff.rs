use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::changes::{self, Length};
use super::terminal::{self, Terminal};
use super::{Global, Outcome};
use crate::graph::{Changes, folder};

const EXAMPLES: &str = "\
Examples:
  demarche diff march/ april/             what april/ has that march/ had not, and the other way
  demarche diff out/ new/ --json | jq '.actors.merged'

Claims are the same when they have the same words and act, wherever these stand in an edited text.
An actor or matter is merged when it is gone and its words now mean another one; so with splitting.
Exit code 1 says that nothing differs.";

/// Tell what differs between two graphs
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Diff {
    /// Folder of the earlier graph
    #[arg(value_name = "OLD", value_hint = clap::ValueHint::DirPath)]
    old: PathBuf,
    /// Folder of the later graph
    #[arg(value_name = "NEW", value_hint = clap::ValueHint::DirPath)]
    new: PathBuf,
    /// Write one JSON object, with the claims
    #[arg(long)]
    json: bool,
}

impl Diff {
    pub(super) fn run(self, _: &Global, terminal: &Terminal) -> Result<Outcome> {
        let changes = Changes::between(&folder::open(&self.old)?, &folder::open(&self.new)?);
        let mut out = terminal::data_or_page(self.json);
        if self.json {
            serde_json::to_writer_pretty(&mut out, &changes)?;
            writeln!(out)?;
        } else if !changes.is_empty() {
            changes::write(&mut out, &changes, Length::Whole)?;
        }
        out.flush()?;
        if changes.is_empty() {
            terminal.note("nothing differs");
            return Ok(Outcome::Nothing);
        }
        Ok(Outcome::Done)
    }
}
