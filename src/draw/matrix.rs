use super::canvas::{self, Canvas, MARGIN, SIZE, SMALL};
use super::drawing::{Drawing, Layout, Shape, ShapeKind};
use super::style::{Dash, GREY, Head, LineStyle};
use super::{DrawError, select};
use crate::graph::{Cell, Graph, Leaning, Matrix};

/// Width of the actors' column and of a matter's.
const ACTORS: f64 = 170.0;
const COLUMN: f64 = 150.0;
/// Space between boxes.
const GAP: f64 = 6.0;

/// Ground and edge of a cell, and what they mean.
const COLOURS: [(&str, &str, &str); 5] = [
    ("#dcefe9", "#00806a", "for it"),
    ("#fdf0cf", "#c07800", "under conditions"),
    ("#f9ddd6", "#cc3311", "against it"),
    ("#eceef0", GREY, "says neither yes nor no"),
    ("#e8e0f3", "#7a5fb5", "changed, or reports differ"),
];

/// Draws actors × matters as an SVG table, a cell coloured by the way it leans, its
/// quotes as tooltips; the same bytes every time.
///
/// # Errors
/// [`DrawError::Nothing`] where the matrix is empty.
pub fn matrix(graph: &Graph, matrix: &Matrix) -> Result<String, DrawError> {
    if matrix.cells.is_empty() {
        return Err(DrawError::Nothing("no claim says who stands for or against what"));
    }
    let mut used: Vec<usize> = matrix.cells.values().map(colour).collect();
    used.sort_unstable();
    used.dedup();
    let frame = Drawing {
        title: "Who stands where".to_owned(),
        subtitle: format!(
            "{}. → is a later stance; rest on a cell for the words.",
            select::size(graph)
        ),
        headings: Vec::new(),
        shapes: Vec::new(),
        lines: Vec::new(),
        legend: used
            .into_iter()
            .map(|at| {
                let style =
                    LineStyle { colour: COLOURS[at].1, head: Head::None, dash: Dash::Solid };
                (style, COLOURS[at].2.to_owned())
            })
            .collect(),
        notes: Vec::new(),
        layout: Layout::Columns,
    };
    Ok(canvas::page(&frame, |canvas| place(graph, matrix, canvas)))
}

fn place(graph: &Graph, matrix: &Matrix, canvas: &mut Canvas) {
    let corpus = graph.corpus();
    let shape = |kind, label: &str, detail: String| Shape {
        kind,
        label: label.to_owned(),
        detail,
        tooltip: String::new(),
        column: 0,
        focus: false,
        colour: "",
    };
    let heads: Vec<Shape> = matrix
        .matters
        .iter()
        .map(|&at| shape(ShapeKind::Matter, &corpus.matters[at].label, String::new()))
        .collect();
    let high = heads.iter().map(|head| Canvas::height(head, COLUMN)).fold(0.0, f64::max);
    let left = |column: usize| MARGIN + ACTORS + GAP + column as f64 * (COLUMN + GAP);
    let mut y = canvas.bottom + 8.0;
    for (column, head) in heads.iter().enumerate() {
        canvas.shape(head, left(column), y, COLUMN, high);
    }
    y += high + GAP;
    for &actor in &matrix.actors {
        let name =
            shape(ShapeKind::Actor, &corpus.actors[actor].label, select::acts_for(graph, actor));
        let cells: Vec<(usize, &Cell, Shape)> = matrix
            .matters
            .iter()
            .enumerate()
            .filter_map(|(column, &matter)| {
                let cell = matrix.cells.get(&(actor, matter))?;
                let count = cell.claims();
                let claims = if count == 1 { "claim" } else { "claims" };
                let detail = format!("{count} {claims}");
                Some((column, cell, shape(ShapeKind::Report, &cell.words(), detail)))
            })
            .collect();
        let high = cells
            .iter()
            .map(|(.., it)| Canvas::height(it, COLUMN))
            .fold(Canvas::height(&name, ACTORS), f64::max);
        canvas.shape(&name, MARGIN, y, ACTORS, high);
        for (column, cell, words) in cells {
            let (ground, edge, _) = COLOURS[colour(cell)];
            let claims: Vec<usize> = cell
                .stances
                .iter()
                .flat_map(|stance| &stance.claims)
                .filter_map(|id| graph.claim(id))
                .collect();
            canvas.open(&select::quotes(graph, &claims));
            canvas.cell(&words.label, &words.detail, (left(column), y, COLUMN, high), ground, edge);
            canvas.close();
        }
        y += high + GAP;
    }
}

/// Which of the [`COLOURS`] a cell has.
fn colour(cell: &Cell) -> usize {
    let mut leanings: Vec<Leaning> =
        cell.stances.iter().map(|stance| Leaning::of(stance.stance)).collect();
    leanings.sort_unstable();
    leanings.dedup();
    match leanings.as_slice() {
        [Leaning::For] => 0,
        // "proposes" and "conditionally accepts" do not contradict each other.
        [Leaning::Conditional] | [Leaning::For, Leaning::Conditional] => 1,
        [Leaning::Against] => 2,
        [Leaning::Open] => 3,
        _ => 4,
    }
}

impl Canvas {
    /// A coloured box with words and smaller words under them.
    fn cell(
        &mut self,
        label: &str,
        detail: &str,
        (x, y, wide, high): (f64, f64, f64, f64),
        ground: &str,
        edge: &str,
    ) {
        self.ground((x, y, wide, high), ground, edge);
        let lines = super::svg::wrap(label, SIZE, wide - 20.0, 4);
        let mut at = y + 18.0;
        for line in lines {
            self.words(x + 10.0, at, &line, SIZE, "#1b2430", "");
            at += SIZE * 1.28;
        }
        self.words(x + 10.0, at - 2.0, detail, SMALL, "#5c6672", "");
    }
}
