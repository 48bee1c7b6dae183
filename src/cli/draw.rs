use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::lookup::{self, Thing};
use super::terminal::Terminal;
use super::{Global, Outcome, destination};
use crate::draw::{self, DrawError, Drawing, GraphvizFormat, Options};
use crate::graph::Graph;

const EXAMPLES: &str = "\
Examples:
  demarche draw -o stances.svg                          who proposed, accepted, rejected what
  demarche draw --view ego --focus Kremlin -o kremlin.svg
  demarche draw --view timeline -o timeline.svg
  demarche draw --view sources --format mermaid >> notes.md
  demarche draw -o stances.pdf                          with Graphviz

SVG needs no other program and is the same every time. Where Graphviz's `dot` is on the
path, it makes PNG and PDF, and with --graphviz lays SVG out.";

/// Draw the graph: stances, one actor's view, actors, a timeline, or who reports what
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Draw {
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
    /// svg, dot, mermaid, png or pdf [default: from FILE's extension, else svg]
    #[arg(long, value_name = "FORMAT", value_parser = Format::from_name)]
    format: Option<Format>,
    /// Let Graphviz lay SVG out
    #[arg(long)]
    graphviz: bool,
    /// How many actors, matters or entries to draw at most
    #[arg(long, short = 'n', value_name = "N", default_value_t = Options::default().limit)]
    limit: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum View {
    /// Actors and matters: who proposed, demanded, accepted, rejected what
    Stances,
    /// The neighbourhood of --focus
    Ego,
    /// Actors only: who accused, threatened, met, helped whom
    Network,
    /// Events in the order of time
    Timeline,
    /// Who reports whose acts
    Sources,
}

impl From<View> for draw::View {
    fn from(view: View) -> Self {
        match view {
            View::Stances => Self::Stances,
            View::Ego => Self::Ego,
            View::Network => Self::Network,
            View::Timeline => Self::Timeline,
            View::Sources => Self::Sources,
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Format {
    Svg,
    Dot,
    Mermaid,
    Graphviz(GraphvizFormat),
}

impl Format {
    fn from_name(name: &str) -> Result<Self, String> {
        match name.to_ascii_lowercase().as_str() {
            "svg" => Ok(Self::Svg),
            "dot" | "gv" => Ok(Self::Dot),
            "mermaid" | "mmd" => Ok(Self::Mermaid),
            "png" => Ok(Self::Graphviz(GraphvizFormat::Png)),
            "pdf" => Ok(Self::Graphviz(GraphvizFormat::Pdf)),
            other => Err(format!("{other:?} is no format; there are svg, dot, mermaid, png, pdf")),
        }
    }

    fn write(self, drawing: &Drawing) -> Result<Vec<u8>, DrawError> {
        match self {
            Self::Svg => Ok(drawing.to_svg().into_bytes()),
            Self::Dot => Ok(drawing.to_dot().into_bytes()),
            Self::Mermaid => Ok(drawing.to_mermaid().into_bytes()),
            Self::Graphviz(format) => draw::graphviz(drawing, format),
        }
    }
}

impl Draw {
    pub(super) fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let mut format = match (self.format, self.output.extension().and_then(OsStr::to_str)) {
            (Some(format), _) => format,
            (None, Some(extension)) => Format::from_name(extension).map_err(anyhow::Error::msg)?,
            (None, None) => Format::Svg,
        };
        if self.graphviz && matches!(format, Format::Svg) {
            format = Format::Graphviz(GraphvizFormat::Svg);
        }
        let ontology = global.ontology()?;
        let corpus = global.corpus()?;
        let mut focus = None;
        if let Some(name) = &self.focus {
            let found = lookup::find(&corpus, name)
                .into_iter()
                .find(|thing| matches!(thing, Thing::Actor(_) | Thing::Matter(_)));
            let Some(thing) = found else {
                lookup::tell_nothing(&corpus, name, terminal);
                return Ok(Outcome::Nothing);
            };
            focus = Some(thing.id().to_owned());
        }
        let graph = Graph::new(corpus, ontology);
        let options = Options { focus, limit: self.limit };
        let drawing = match draw::draw(&graph, self.view.into(), &options) {
            Err(nothing @ DrawError::Nothing(_)) => {
                terminal.note(nothing);
                return Ok(Outcome::Nothing);
            }
            drawing => drawing?,
        };
        let bytes = format.write(&drawing)?;
        destination::write(&self.output, |out| Ok(out.write_all(&bytes)?))?;
        if self.output != Path::new("-") {
            terminal.detail(format_args!("{}: {}", self.output.display(), drawing.title));
        }
        Ok(Outcome::Done)
    }
}
