use std::collections::BTreeSet;
use std::fmt::Write;

use super::drawing::{Drawing, Shape, ShapeKind};
use super::style::{Dash, Head, LineStyle};
use super::svg::{coordinate as xy, escape, numbers, width, wrap};

/// Space around the drawing.
pub(super) const MARGIN: f64 = 28.0;
/// Type size of labels.
pub(super) const SIZE: f64 = 13.0;
/// Type size of details, line labels, legend and notes.
pub(super) const SMALL: f64 = 10.5;
/// Distance of lines of text, in type sizes.
const LEADING: f64 = 1.28;

/// SVG elements in the order of drawing: later ones lie on top.
#[derive(Default)]
pub(super) struct Canvas {
    /// Lines and areas.
    below: String,
    /// Shapes and words.
    above: String,
    heads: BTreeSet<(&'static str, Head)>,
    /// How far the drawing reaches.
    pub right: f64,
    pub bottom: f64,
}

/// A whole SVG page: title, what `place` draws, legend and notes.
pub(super) fn page(drawing: &Drawing, place: impl FnOnce(&mut Canvas)) -> String {
    let mut canvas = Canvas { right: 640.0, bottom: MARGIN, ..Canvas::default() };
    canvas.words(MARGIN, MARGIN + 16.0, &drawing.title, 20.0, "#1b2430", "bold");
    canvas.words(MARGIN, MARGIN + 38.0, &drawing.subtitle, 12.0, "#56606d", "");
    canvas.bottom = MARGIN + 52.0;
    place(&mut canvas);
    canvas.legend(&drawing.legend);
    for note in &drawing.notes {
        canvas.bottom += 24.0;
        canvas.words(MARGIN, canvas.bottom, note, SMALL + 1.0, "#8a4b00", "");
    }
    canvas.finish(&drawing.title)
}

impl Canvas {
    /// A line of text from `x` on, its baseline at `y`; `weight` may be `bold` or
    /// `italic`.
    pub(super) fn words(
        &mut self,
        x: f64,
        y: f64,
        text: &str,
        size: f64,
        fill: &str,
        weight: &str,
    ) {
        let style = match weight {
            "bold" => " font-weight=\"bold\"",
            "italic" => " font-style=\"italic\"",
            _ => "",
        };
        let _ = writeln!(
            self.above,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{fill}\"{style}>{}</text>",
            xy(x),
            xy(y),
            xy(size),
            escape(text)
        );
        self.reach(x + width(text, size), y);
    }

    /// Words of a line; those in the middle of it get a white ground.
    pub(super) fn label(&mut self, x: f64, y: f64, text: &str, colour: &str, anchor: &str) {
        let room = width(text, SMALL);
        if anchor == "middle" {
            self.above.push_str("<rect");
            let place = [
                ("x", x - room * 0.47 - 2.0),
                ("y", y - SMALL),
                ("width", room * 0.94 + 4.0),
                ("height", SMALL * 1.3),
            ];
            numbers(&mut self.above, &place);
            self.above.push_str(" fill=\"#ffffff\"/>");
        }
        let _ = writeln!(
            self.above,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{colour}\" \
             text-anchor=\"{anchor}\">{}</text>",
            xy(x),
            xy(y),
            xy(SMALL),
            escape(text)
        );
        let right = match anchor {
            "start" => x + room,
            "middle" => x + room / 2.0,
            _ => x,
        };
        self.reach(right, y);
    }

    /// How high a shape of that width is, without regard to its lines.
    pub(super) fn height(shape: &Shape, wide: f64) -> f64 {
        let room = wide - 20.0;
        let label = wrap(&shape.label, SIZE, room, 4).len() as f64 * SIZE * LEADING;
        let detail = wrap(&shape.detail, SMALL, room, 2).len() as f64 * SMALL * LEADING;
        label + detail + 14.0
    }

    /// A box with its words in the middle.
    pub(super) fn shape(&mut self, shape: &Shape, x: f64, y: f64, wide: f64, high: f64) {
        let (fill, edge, round) = match shape.kind {
            ShapeKind::Actor => ("#e8eef6", "#4a6079", 9.0),
            ShapeKind::Matter => ("#fdf5df", "#a5812a", 2.0),
            ShapeKind::Event => ("#e9f3ea", "#4d7a52", 2.0),
            ShapeKind::Document => ("#f1f1f1", "#7d7d7d", 2.0),
            ShapeKind::Report | ShapeKind::Date => ("#ffffff", "#9aa3ad", 2.0),
        };
        let edge_width = if shape.focus { 3.0 } else { 1.2 };
        self.above.push_str("<g>");
        if !shape.tooltip.is_empty() {
            let _ = write!(self.above, "<title>{}</title>", escape(&shape.tooltip));
        }
        self.above.push_str("<rect");
        let place = [("x", x), ("y", y), ("width", wide), ("height", high), ("rx", round)];
        numbers(&mut self.above, &place);
        let _ = writeln!(
            self.above,
            " fill=\"{fill}\" stroke=\"{edge}\" stroke-width=\"{}\"/>",
            xy(edge_width)
        );
        let room = wide - 20.0;
        let label = wrap(&shape.label, SIZE, room, 4);
        let detail = wrap(&shape.detail, SMALL, room, 2);
        let tall = label.len() as f64 * SIZE * LEADING + detail.len() as f64 * SMALL * LEADING;
        let mut at = y + (high - tall) / 2.0;
        for (lines, size, fill) in [(label, SIZE, "#1b2430"), (detail, SMALL, "#5c6672")] {
            for line in lines {
                at += size * LEADING;
                let bold = shape.focus && size > SMALL;
                let _ = writeln!(
                    self.above,
                    "<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{fill}\" \
                     text-anchor=\"middle\"{}>{}</text>",
                    xy(x + wide / 2.0),
                    xy(at - size * 0.3),
                    xy(size),
                    if bold { " font-weight=\"bold\"" } else { "" },
                    escape(&line)
                );
            }
        }
        self.above.push_str("</g>\n");
        self.reach(x + wide, y + high);
    }

    /// A line along an SVG path, as thick as it has claims.
    pub(super) fn line(&mut self, path: &str, style: LineStyle, claims: usize, tooltip: &str) {
        let thick = stroke(claims);
        let dash = match style.dash {
            Dash::Solid => "",
            Dash::Dashed => " stroke-dasharray=\"7 4\"",
            Dash::Dotted => " stroke-dasharray=\"1.5 4\" stroke-linecap=\"round\"",
        };
        self.below.push_str("<g>");
        if !tooltip.is_empty() {
            let _ = write!(self.below, "<title>{}</title>", escape(tooltip));
        }
        let _ = write!(
            self.below,
            "<path d=\"{path}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"{dash}",
            style.colour,
            xy(thick)
        );
        if style.head != Head::None {
            self.heads.insert((style.colour, style.head));
            let _ = write!(self.below, " marker-end=\"url(#{})\"", head_id(style));
        }
        // A broad line that cannot be seen is easier to rest on.
        let _ = writeln!(
            self.below,
            "/><path d=\"{path}\" fill=\"none\" stroke=\"#000000\" stroke-opacity=\"0\" \
             stroke-width=\"10\"/></g>"
        );
    }

    /// A disc on the axis of the timeline.
    pub(super) fn disc(&mut self, x: f64, y: f64, radius: f64, colour: &str) {
        self.above.push_str("<circle");
        numbers(&mut self.above, &[("cx", x), ("cy", y), ("r", radius)]);
        let _ =
            writeln!(self.above, " fill=\"{colour}\" stroke=\"#ffffff\" stroke-width=\"1.5\"/>");
    }

    /// A box without words: x, y, width and height, in `fill`.
    pub(super) fn ground(&mut self, (x, y, w, h): (f64, f64, f64, f64), fill: &str, edge: &str) {
        self.above.push_str("<rect");
        numbers(&mut self.above, &[("x", x), ("y", y), ("width", w), ("height", h), ("rx", 2.0)]);
        let _ = writeln!(self.above, " fill=\"{fill}\" stroke=\"{edge}\" stroke-width=\"1\"/>");
        self.reach(x + w, y + h);
    }

    /// Opens a group with a tooltip; [`Canvas::close`] ends it.
    pub(super) fn open(&mut self, tooltip: &str) {
        let _ = write!(self.above, "<g><title>{}</title>", escape(tooltip));
    }

    /// Ends a group.
    pub(super) fn close(&mut self) {
        self.above.push_str("</g>\n");
    }

    /// The drawing holds this point.
    pub(super) fn reach(&mut self, x: f64, y: f64) {
        self.right = self.right.max(x);
        self.bottom = self.bottom.max(y);
    }

    fn legend(&mut self, legend: &[(LineStyle, String)]) {
        if legend.is_empty() {
            return;
        }
        self.bottom += 26.0;
        let rule = format!("M{} {}H{}", xy(MARGIN), xy(self.bottom), xy(self.right));
        let grey = LineStyle { colour: "#d5d9de", head: Head::None, dash: Dash::Solid };
        let _ = writeln!(
            self.below,
            "<path d=\"{rule}\" stroke=\"{}\" stroke-width=\"1\" fill=\"none\"/>",
            grey.colour
        );
        let (edge, mut x, mut y) = (self.right, MARGIN, self.bottom + 22.0);
        for (style, words) in legend {
            let room = 48.0 + width(words, SMALL + 1.0) + 20.0;
            if x > MARGIN && x + room > edge + 20.0 {
                x = MARGIN;
                y += 21.0;
            }
            let path = format!("M{} {}h34", xy(x), xy(y - 4.0));
            self.line(&path, *style, 2, "");
            self.words(x + 44.0, y, words, SMALL + 1.0, "#333b45", "");
            x += room;
        }
    }

    fn finish(self, title: &str) -> String {
        let (wide, high) = (xy((self.right + MARGIN).ceil()), xy((self.bottom + MARGIN).ceil()));
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{high}\" \
             viewBox=\"0 0 {wide} {high}\" font-family=\"Helvetica, Arial, 'DejaVu Sans', \
             sans-serif\" role=\"img\">\n<title>{}</title>\n<defs>\n",
            escape(title)
        );
        for &(colour, head) in &self.heads {
            let style = LineStyle { colour, head, dash: Dash::Solid };
            let (drawn, at) = match head {
                Head::Arrow => (format!("<path d=\"M0 1L11 6L0 11z\" fill=\"{colour}\"/>"), 11),
                Head::Open => (
                    format!(
                        "<path d=\"M2 1L11 6L2 11\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>"
                    ),
                    11,
                ),
                Head::Diamond => {
                    (format!("<path d=\"M0 6L6 1L12 6L6 11z\" fill=\"{colour}\"/>"), 12)
                }
                Head::Bar => {
                    (format!("<path d=\"M10 0V12\" stroke=\"{colour}\" stroke-width=\"3.6\"/>"), 10)
                }
                Head::Dot => {
                    (format!("<circle cx=\"6\" cy=\"6\" r=\"4.5\" fill=\"{colour}\"/>"), 10)
                }
                Head::None => continue,
            };
            let _ = writeln!(
                svg,
                "<marker id=\"{}\" markerWidth=\"12\" markerHeight=\"12\" refX=\"{at}\" refY=\"6\" \
                 orient=\"auto\" markerUnits=\"userSpaceOnUse\">{drawn}</marker>",
                head_id(style)
            );
        }
        let _ =
            writeln!(svg, "</defs>\n<rect width=\"{wide}\" height=\"{high}\" fill=\"#ffffff\"/>");
        svg.push_str(&self.below);
        svg.push_str(&self.above);
        svg.push_str("</svg>\n");
        svg
    }
}

/// How thick a line of so many claims is, in pixels.
pub(super) fn stroke(claims: usize) -> f64 {
    (1.4 + 0.5 * (claims.max(1) as f64).log2()).min(4.0)
}

fn head_id(style: LineStyle) -> String {
    let name = match style.head {
        Head::Arrow => "arrow",
        Head::Open => "open",
        Head::Diamond => "diamond",
        Head::Bar => "bar",
        Head::Dot => "dot",
        Head::None => "none",
    };
    format!("{name}-{}", style.colour.trim_start_matches('#'))
}
