use super::style::LineStyle;

/// Shapes and lines to be laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// What it shows.
    pub title: String,
    /// What it was made from, and how to read it.
    pub subtitle: String,
    /// Headings of the columns, from the left; empty where there are none.
    pub headings: Vec<String>,
    /// In the order in which they should stand, if nothing speaks against it.
    pub shapes: Vec<Shape>,
    /// Sorted by their ends.
    pub lines: Vec<Line>,
    /// What line styles mean.
    pub legend: Vec<(LineStyle, String)>,
    /// What is not shown, and why.
    pub notes: Vec<String>,
    pub(super) layout: Layout,
}

/// How the drawing wants to be laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Shapes in columns, lines from one to the next.
    Columns,
    /// Layers along the lines, found by layout-rs.
    Layered,
    /// Dates down the page with their entries beside.
    Timeline,
}

/// What a shape stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShapeKind {
    /// An actor.
    Actor,
    /// A matter.
    Matter,
    /// An event.
    Event,
    /// A document, as a voice of its own.
    Document,
    /// Something that is reported.
    Report,
    /// A day or an interval.
    Date,
}

/// A thing with words in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// What it stands for.
    pub kind: ShapeKind,
    /// The words in it.
    pub label: String,
    /// Smaller words under it; may be empty.
    pub detail: String,
    /// Words that appear when a pointer rests on it; may be empty.
    pub tooltip: String,
    /// Its column, from 0 at the left.
    pub column: usize,
    /// Is it what the drawing is about?
    pub focus: bool,
    /// Colour of an entry of the timeline (`#rrggbb`); empty elsewhere.
    pub colour: &'static str,
}

/// A line from one shape to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Position in [`Drawing::shapes`].
    pub from: usize,
    /// Position in [`Drawing::shapes`].
    pub to: usize,
    /// What it says, at its start; may be empty.
    pub label: String,
    /// From whom it comes, at its end, where many lines meet; may be empty.
    pub end_label: String,
    /// The quotes.
    pub tooltip: String,
    /// How many claims it stands for.
    pub claims: usize,
    /// How it looks.
    pub style: LineStyle,
}
