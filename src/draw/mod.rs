//! Drawing: DOT, SVG and Mermaid views of the graph.
//!
//! [`draw()`] picks what to show and gives a [`Drawing`]: shapes and lines without
//! places. [`Drawing::to_svg`] lays it out and draws it without any other program,
//! the same bytes every time; [`Drawing::to_dot`] and [`Drawing::to_mermaid`] leave
//! the layout to others, and [`graphviz()`] runs the system's `dot` where it is
//! installed. [`matrix()`] draws a table of stances.

mod canvas;
mod columns;
mod dot;
mod drawing;
mod ego;
mod formats;
mod graphviz;
mod layered;
mod matrix;
mod mermaid;
mod network;
mod select;
mod sources;
mod stances;
mod style;
mod svg;
mod timeline;
mod timeline_svg;

pub use drawing::{Drawing, Line, Shape, ShapeKind};
pub use graphviz::{GraphvizFormat, graphviz};
pub use matrix::matrix;
pub use style::{Dash, Head, LineStyle};

use thiserror::Error;

use crate::graph::Graph;

/// What to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum View {
    /// Actors and matters: who proposed, demanded, accepted, rejected what.
    #[default]
    Stances,
    /// One actor or matter and all that has to do with it; needs a focus.
    Ego,
    /// Actors only: who accused, threatened, met, helped whom.
    Network,
    /// What happened, or was said to, in the order of time.
    Timeline,
    /// Who reports what, and what several voices report.
    Sources,
}

/// How much to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Id, label or other name of an actor or matter: only what has to do with it.
    pub focus: Option<String>,
    /// How many actors, matters or reports to show at most, each, and twice as many voices of a
    /// report and entries of a timeline; those that most claims support come first.
    pub limit: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { focus: None, limit: 16 }
    }
}

/// Why there is no drawing.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DrawError {
    /// Nothing has this name.
    #[error("no actor or matter is called {name:?}{}", near(.similar))]
    NoSuchFocus {
        /// The name that was asked for.
        name: String,
        /// Labels like it.
        similar: Vec<String>,
    },
    /// The view needs to know around what.
    #[error("the ego view needs an actor or a matter to draw (--focus NAME)")]
    NoFocus,
    /// No claim is of the kind that the view shows.
    #[error("there is nothing to draw: {0}")]
    Nothing(&'static str),
    /// Graphviz is not installed.
    #[error(
        "PNG and PDF need Graphviz, and there is no `dot` on the PATH; install it \
         (`apt-get install graphviz`, `brew install graphviz`), or draw SVG, which needs nothing"
    )]
    NoGraphviz,
    /// Graphviz failed.
    #[error("Graphviz failed: {0}")]
    Graphviz(String),
}

fn near(similar: &[String]) -> String {
    if similar.is_empty() {
        return String::new();
    }
    format!("; there are {}", similar.join(", "))
}

/// Picks what `view` shows of the graph.
///
/// # Errors
/// When the focus names nothing, or there is nothing to show.
///
/// # Example
/// ```
/// use demarche::draw::{DrawError, Options, View, draw};
/// use demarche::graph::Graph;
/// use demarche::ontology::Ontology;
/// use demarche::resolve::Corpus;
///
/// let empty = Graph::new(Corpus::default(), &Ontology::default());
/// let drawing = draw(&empty, View::Stances, &Options::default());
/// assert!(matches!(drawing, Err(DrawError::Nothing(_))));
/// ```
pub fn draw(graph: &Graph, view: View, options: &Options) -> Result<Drawing, DrawError> {
    let focus = match &options.focus {
        Some(name) => Some(select::find(graph, name)?),
        None => None,
    };
    match view {
        View::Stances => stances::draw(graph, focus, options.limit),
        View::Ego => ego::draw(graph, focus.ok_or(DrawError::NoFocus)?, options.limit),
        View::Network => network::draw(graph, focus, options.limit),
        View::Timeline => timeline::draw(graph, focus, options.limit),
        View::Sources => sources::draw(graph, focus, options.limit),
    }
}
