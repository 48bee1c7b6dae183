use anyhow::Result;
use clap::Args;
use clap_complete::Shell;

use super::{Outcome, destination};

const EXAMPLES: &str = "\
Examples:
  demarche completions bash > ~/.local/share/bash-completion/completions/demarche
  demarche completions zsh  > ~/.zfunc/_demarche
  demarche completions fish > ~/.config/fish/completions/demarche.fish";

/// Write what a shell needs to complete commands
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Completions {
    /// For which shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self) -> Result<Outcome> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut super::command(), "demarche", &mut script);
        destination::write("-".as_ref(), |out| Ok(out.write_all(&script)?))?;
        Ok(Outcome::Done)
    }
}
