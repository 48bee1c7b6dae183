use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use super::terminal::Terminal;
use super::{Global, Outcome};

const EXAMPLES: &str = "\
Examples:
  demarche draw -o stances.svg                          who proposed, accepted, rejected what
  demarche draw --view ego --focus Kremlin -o kremlin.svg
  demarche draw --view timeline -o timeline.svg
  demarche draw --view sources --format mermaid >> notes.md
  demarche draw --format dot | dot -Tpdf > stances.pdf

SVG needs no other program; where Graphviz's `dot` is on the path, it lays SVG out, and
makes PNG and PDF.";

/// Draw the graph: stances, one actor's view, a timeline, or who reports what
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Draw {
    /// What to draw
    #[arg(long, value_enum, default_value_t = View::Stances)]
    view: View,
    /// Draw what has to do with this actor or matter; the middle of the ego view
    #[arg(long, value_name = "NAME", required_if_eq("view", "ego"))]
    focus: Option<String>,
    /// File to write; its extension tells the format
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    #[arg(value_hint = clap::ValueHint::FilePath)]
    output: PathBuf,
    /// dot, svg, mermaid, png or pdf [default: from FILE's extension, else svg]
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum View {
    /// Actors and matters: who proposed, demanded, accepted, rejected what
    Stances,
    /// The neighbourhood of --focus
    Ego,
    /// Events in the order of time
    Timeline,
    /// Who reports whose acts
    Sources,
}

impl Draw {
    pub fn run(self, _global: &Global, _terminal: &Terminal) -> Result<Outcome> {
        bail!("not here yet")
    }
}
