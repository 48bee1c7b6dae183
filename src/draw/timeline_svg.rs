use super::canvas::{Canvas, MARGIN, SIZE, SMALL};
use super::drawing::{Drawing, ShapeKind};
use super::style::{Dash, GREY, Head, LineStyle};
use super::svg::{coordinate as xy, width, wrap};

/// Room for the words of an entry.
const ROOM: f64 = 640.0;

/// Dates at the left of an axis down the page, their entries at its right: what
/// happened, and under it the words of one claim.
pub(super) fn place(drawing: &Drawing, canvas: &mut Canvas) {
    let dates = drawing.shapes.iter().filter(|s| s.kind == ShapeKind::Date);
    let dates_wide = dates.map(|s| width(&s.label, SIZE)).fold(0.0, f64::max);
    let axis = MARGIN + dates_wide + 22.0;
    let top = canvas.bottom + 16.0;
    let mut y = top;
    for shape in &drawing.shapes {
        if shape.kind == ShapeKind::Date {
            y += 20.0;
            let x = axis - 18.0 - width(&shape.label, SIZE);
            canvas.words(x, y + SIZE, &shape.label, SIZE, "#1b2430", "bold");
            canvas.disc(axis, y + SIZE * 0.65, 6.0, "#3b4654");
            continue;
        }
        let bold = shape.kind == ShapeKind::Event;
        let label = wrap(&shape.label, SIZE, ROOM, 3);
        let detail = wrap(&shape.detail, SMALL, ROOM, 2);
        let first = y + SIZE * 0.65;
        let tick = LineStyle { colour: shape.colour, head: Head::None, dash: Dash::Solid };
        canvas.line(&format!("M{} {}h22", xy(axis), xy(first)), tick, 3, &shape.tooltip);
        canvas.open(&shape.tooltip);
        canvas.disc(axis + 24.0, first, if bold { 6.0 } else { 4.5 }, shape.colour);
        for line in label {
            y += SIZE * 1.28;
            let weight = if bold { "bold" } else { "" };
            canvas.words(axis + 38.0, y - 3.5, &line, SIZE, "#1b2430", weight);
        }
        for line in detail {
            y += SMALL * 1.35;
            canvas.words(axis + 38.0, y - 3.0, &line, SMALL, "#66707c", "italic");
        }
        canvas.close();
        y += 10.0;
    }
    let stroke = LineStyle { colour: GREY, head: Head::None, dash: Dash::Solid };
    canvas.line(&format!("M{} {}V{}", xy(axis), xy(top + 20.0), xy(y)), stroke, 2, "");
    canvas.reach(axis + 38.0 + ROOM * 0.7, y);
}
