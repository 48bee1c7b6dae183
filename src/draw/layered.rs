use std::fmt::Write;

use layout::core::base::Orientation;
use layout::core::color::Color;
use layout::core::format::{ClipHandle, RenderBackend};
use layout::core::geometry::Point;
use layout::core::style::{LineStyleKind, StyleAttr};
use layout::std_shapes::shapes::{Arrow, Element, LineEndKind, ShapeKind};
use layout::topo::layout::VisualGraph;

use super::canvas::{Canvas, MARGIN};
use super::drawing::Drawing;
use super::svg::coordinate as xy;

/// Width of shapes.
const WIDE: f64 = 190.0;

/// Layers from left to right along the lines, placed by layout-rs; what it would
/// draw itself (type, arrowheads, tooltips) is drawn here in the style of the
/// other views.
pub(super) fn place(drawing: &Drawing, canvas: &mut Canvas) {
    if drawing.shapes.is_empty() {
        return;
    }
    let mut graph = VisualGraph::new(Orientation::LeftToRight);
    let handles: Vec<_> = drawing
        .shapes
        .iter()
        .enumerate()
        .map(|(at, shape)| {
            let size = Point::new(WIDE, Canvas::height(shape, WIDE));
            // The words are drawn with the box; its number finds the shape again.
            let words = ShapeKind::new_box("");
            let look = StyleAttr::simple();
            graph.add_node(Element::create_with_properties(
                words,
                look,
                Orientation::LeftToRight,
                size,
                at.to_string(),
            ))
        })
        .collect();
    for (at, line) in drawing.lines.iter().enumerate() {
        // layout-rs takes a character to be as wide as the type is high.
        let look = StyleAttr::new(Color::transparent(), 1, None, 0, 6);
        let numbered = match line.label.as_str() {
            "" => String::new(),
            label => format!("{at}|{label}"),
        };
        let arrow = Arrow::with_properties(
            LineEndKind::None,
            LineEndKind::Arrow,
            LineStyleKind::Normal,
            // Its number finds the line again; layout-rs may move the words.
            &numbered,
            &look,
            at.to_string(),
            &None,
            &None,
        );
        graph.add_edge(arrow, handles[line.from], handles[line.to]);
    }
    let mut found = Found::default();
    graph.do_it(false, false, false, &mut found);
    let left = found.boxes.iter().map(|b| b.1.x).fold(f64::INFINITY, f64::min);
    let upper = found.boxes.iter().map(|b| b.1.y).fold(f64::INFINITY, f64::min);
    let upper = found.paths.iter().flat_map(|p| &p.1).map(|p| p.1.y).fold(upper, f64::min);
    let (dx, dy) = (MARGIN - left, canvas.bottom + 20.0 - upper);
    for (at, points, flipped) in &found.paths {
        let line = &drawing.lines[*at];
        for point in points {
            canvas.reach(point.0.x + dx, point.0.y + dy);
        }
        let path = curve(points, *flipped, dx, dy);
        canvas.line(&path, line.style, line.claims, &line.tooltip);
    }
    for (at, corner, size) in &found.boxes {
        canvas.shape(&drawing.shapes[*at], corner.x + dx, corner.y + dy, size.x, size.y);
    }
    for (middle, at) in &found.words {
        let line = &drawing.lines[*at];
        let (x, y) = (middle.x + dx, middle.y + dy + 3.5);
        canvas.label(x, y, &line.label, line.style.colour, "middle");
    }
}

/// An SVG path through layout-rs's points, whose first pair is a point and its
/// control point, and every other a control point and its point. A flipped path
/// is drawn from its end, so that the arrowhead is at the right one.
fn curve(points: &[(Point, Point)], flipped: bool, dx: f64, dy: f64) -> String {
    let at = |p: Point| format!("{} {}", xy(p.x + dx), xy(p.y + dy));
    // Cubic segments with both control points written out.
    let mut segments: Vec<[Point; 4]> = Vec::new();
    let (mut from, mut control) = points[0];
    for &(into, to) in &points[1..] {
        segments.push([from, control, into, to]);
        // `S` in SVG mirrors the last control point.
        control = Point::new(2.0 * to.x - into.x, 2.0 * to.y - into.y);
        from = to;
    }
    if flipped {
        segments.reverse();
        for segment in &mut segments {
            segment.reverse();
        }
    }
    let mut path = String::new();
    for (n, [start, one, two, end]) in segments.iter().enumerate() {
        if n == 0 {
            let _ = write!(path, "M{}", at(*start));
        }
        let _ = write!(path, "C{} {} {}", at(*one), at(*two), at(*end));
    }
    path
}

/// Line, points, and whether it was turned round.
type Path = (usize, Vec<(Point, Point)>, bool);

/// Takes down where layout-rs would draw things.
#[derive(Default)]
struct Found {
    /// Shape, upper left corner, size.
    boxes: Vec<(usize, Point, Point)>,
    paths: Vec<Path>,
    /// Middle of the words, and their line.
    words: Vec<(Point, usize)>,
}

impl RenderBackend for Found {
    fn draw_rect(
        &mut self,
        xy: Point,
        size: Point,
        _: &StyleAttr,
        properties: Option<String>,
        _: Option<ClipHandle>,
    ) {
        if let Some(at) = properties.and_then(|number| number.parse().ok()) {
            self.boxes.push((at, xy, size));
        }
    }

    fn draw_text(&mut self, xy: Point, text: &str, _: &StyleAttr) {
        if let Some(at) = text.split_once('|').and_then(|(number, _)| number.parse().ok()) {
            self.words.push((xy, at));
        }
    }

    fn draw_arrow(
        &mut self,
        path: &[(Point, Point)],
        _: bool,
        head: (bool, bool),
        _: &StyleAttr,
        properties: Option<String>,
        _: &str,
    ) {
        if let Some(at) = properties.and_then(|number| number.parse().ok()) {
            self.paths.push((at, path.to_vec(), head.0));
        }
    }

    fn draw_line(&mut self, _: Point, _: Point, _: &StyleAttr, _: Option<String>) {}

    fn draw_circle(&mut self, _: Point, _: Point, _: &StyleAttr, _: Option<String>) {}

    fn create_clip(&mut self, _: Point, _: Point, _: usize) -> ClipHandle {
        0
    }
}
