use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use super::{Outcome, destination};

const EXAMPLES: &str = "\
Examples:
  demarche man | man -l -                     read it
  demarche man -o ~/.local/share/man/man1     a page for each command";

/// Write the manual page
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Man {
    /// Write one page a command into this folder
    #[arg(long, short, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    output: Option<PathBuf>,
}

impl Man {
    pub(super) fn run(self) -> Result<Outcome> {
        let command = super::command();
        if let Some(folder) = self.output {
            let cannot = || format!("cannot write into {}", folder.display());
            fs::create_dir_all(&folder).with_context(cannot)?;
            clap_mangen::generate_to(command, &folder).with_context(cannot)?;
        } else {
            let mut page = Vec::new();
            clap_mangen::Man::new(command).render(&mut page)?;
            destination::write("-".as_ref(), |out| Ok(out.write_all(&page)?))?;
        }
        Ok(Outcome::Done)
    }
}
