//! A drawing in the languages that it is written in.

use super::drawing::{Drawing, Layout};
use super::{canvas, columns, dot, layered, mermaid, timeline_svg};

impl Drawing {
    /// The drawing as SVG, laid out here, with tooltips; the same bytes every time.
    pub fn to_svg(&self) -> String {
        match self.layout {
            Layout::Columns => canvas::page(self, |canvas| columns::place(self, canvas)),
            Layout::Layered => canvas::page(self, |canvas| layered::place(self, canvas)),
            Layout::Timeline => canvas::page(self, |canvas| timeline_svg::place(self, canvas)),
        }
    }

    /// The drawing in the DOT language of Graphviz.
    pub fn to_dot(&self) -> String {
        dot::write(self)
    }

    /// The drawing in the Mermaid language, for Markdown.
    pub fn to_mermaid(&self) -> String {
        mermaid::write(self)
    }
}
