use std::fmt::Write;

use graphviz_rust::dot_structures::{
    Attribute, Edge, EdgeTy, Graph, GraphAttributes, Id, Node, NodeId, Stmt, Subgraph, Vertex,
};
use graphviz_rust::printer::{DotPrinter, PrinterContext};

use super::canvas::{SIZE, SMALL, stroke};
use super::drawing::{Drawing, Layout, Shape, ShapeKind};
use super::style::{Dash, Head, LineStyle};
use super::svg::{escape, wrap};

/// The drawing in DOT: shapes `n0`, `n1` … in their order, columns as ranks, the
/// legend as a cluster.
pub(super) fn write(drawing: &Drawing) -> String {
    let mut stmts = vec![
        Stmt::GAttribute(GraphAttributes::Graph(vec![
            attribute("label", &format!("{}\n{}", drawing.title, notes(drawing))),
            attribute("labelloc", "t"),
            attribute("labeljust", "l"),
            attribute("rankdir", "LR"),
            attribute("ranksep", if drawing.layout == Layout::Timeline { "0.6" } else { "2.2" }),
            attribute("nodesep", "0.18"),
            attribute("fontname", "Helvetica"),
            attribute("tooltip", " "),
        ])),
        Stmt::GAttribute(GraphAttributes::Node(vec![
            attribute("fontname", "Helvetica"),
            attribute("fontsize", "12"),
            attribute("shape", "box"),
            attribute("style", "filled"),
        ])),
        Stmt::GAttribute(GraphAttributes::Edge(vec![
            attribute("fontname", "Helvetica"),
            attribute("fontsize", "9"),
        ])),
    ];
    stmts.extend(drawing.shapes.iter().enumerate().map(|(at, shape)| node(at, shape).into()));
    if drawing.layout != Layout::Layered {
        let columns = drawing.shapes.iter().map(|s| s.column + 1).max().unwrap_or(0);
        for column in 0..columns {
            let mut rank = vec![Stmt::Attribute(attribute("rank", "same"))];
            let here = drawing.shapes.iter().enumerate().filter(|(_, s)| s.column == column);
            rank.extend(here.map(|(at, _)| Node::new(id(&format!("n{at}")), Vec::new()).into()));
            let name = Id::Plain(format!("column_{column}"));
            stmts.push(Subgraph { id: name, stmts: rank }.into());
        }
    }
    // dot would put the dates in any order.
    let dates: Vec<usize> = (0..drawing.shapes.len())
        .filter(|&at| drawing.shapes[at].kind == ShapeKind::Date)
        .collect();
    stmts.extend(dates.windows(2).map(|pair| {
        let hidden = vec![attribute("style", "invis")];
        edge(&format!("n{}", pair[0]), &format!("n{}", pair[1]), hidden)
    }));
    // dot makes room for every label; with many lines the legend is better.
    let labelled = drawing.lines.len() <= 40;
    stmts.extend(drawing.lines.iter().map(|line| {
        let mut attributes = look(line.style);
        if labelled {
            attributes.push(attribute("label", &line.label));
        }
        attributes.push(attribute("penwidth", &format!("{:.1}", stroke(line.claims))));
        attributes.push(attribute("tooltip", &line.tooltip));
        attributes.push(attribute("labeltooltip", &line.tooltip));
        edge(&format!("n{}", line.from), &format!("n{}", line.to), attributes)
    }));
    if !drawing.legend.is_empty() {
        stmts.push(legend(drawing).into());
    }
    let graph = Graph::DiGraph { id: Id::Plain("demarche".to_owned()), strict: false, stmts };
    let mut text = graph.print(&mut PrinterContext::default());
    text.push('\n');
    text
}

fn notes(drawing: &Drawing) -> String {
    let mut lines = vec![drawing.subtitle.clone()];
    lines.extend(drawing.notes.iter().cloned());
    lines.join("\n")
}

fn node(at: usize, shape: &Shape) -> Node {
    let (fill, edge) = match shape.kind {
        ShapeKind::Actor => ("#e8eef6", "#4a6079"),
        ShapeKind::Matter => ("#fdf5df", "#a5812a"),
        ShapeKind::Event => ("#e9f3ea", "#4d7a52"),
        ShapeKind::Document => ("#f1f1f1", "#7d7d7d"),
        ShapeKind::Report => ("#ffffff", "#9aa3ad"),
        ShapeKind::Date => ("#3b4654", "#3b4654"),
    };
    let mut lines = wrap(&shape.label, SIZE, 210.0, 4);
    lines.extend(wrap(&shape.detail, SMALL, 210.0, 2));
    let rounded = if shape.kind == ShapeKind::Actor { "filled,rounded" } else { "filled" };
    let mut attributes = vec![
        attribute("label", &lines.join("\n")),
        attribute("fillcolor", fill),
        attribute("color", edge),
        attribute("style", rounded),
        attribute("tooltip", if shape.tooltip.is_empty() { &shape.label } else { &shape.tooltip }),
    ];
    if shape.kind == ShapeKind::Date {
        attributes.push(attribute("fontcolor", "#ffffff"));
    }
    if shape.focus {
        attributes.push(attribute("penwidth", "3"));
    }
    Node::new(id(&format!("n{at}")), attributes)
}

fn look(style: LineStyle) -> Vec<Attribute> {
    let head = match style.head {
        Head::Arrow => "normal",
        Head::Open => "vee",
        Head::Diamond => "diamond",
        Head::Bar => "tee",
        Head::Dot => "dot",
        Head::None => "none",
    };
    let stroke = match style.dash {
        Dash::Solid => "solid",
        Dash::Dashed => "dashed",
        Dash::Dotted => "dotted",
    };
    vec![
        attribute("arrowhead", head),
        attribute("color", style.colour),
        attribute("fontcolor", style.colour),
        attribute("style", stroke),
    ]
}

/// A table, since lines of its own would be as long as those of the drawing.
fn legend(drawing: &Drawing) -> Subgraph {
    let mut table = String::from("<<TABLE BORDER=\"0\" CELLSPACING=\"2\">");
    for (style, words) in &drawing.legend {
        let head = match style.head {
            Head::Arrow => "▶",
            Head::Open => "&gt;",
            Head::Diamond => "◆",
            Head::Bar => "┤",
            Head::Dot => "●",
            Head::None => "",
        };
        let line = match style.dash {
            Dash::Solid => "──",
            Dash::Dashed => "─ ─",
            Dash::Dotted => "· · ·",
        };
        let (colour, words) = (style.colour, escape(words));
        let _ = write!(
            table,
            "<TR><TD ALIGN=\"LEFT\"><FONT COLOR=\"{colour}\">{line}{head}</FONT></TD>\
             <TD ALIGN=\"LEFT\">{words}</TD></TR>"
        );
    }
    table.push_str("</TABLE>>");
    let attributes = vec![
        Attribute(Id::Plain("label".to_owned()), Id::Html(table)),
        attribute("shape", "plaintext"),
        attribute("style", "solid"),
        attribute("fontsize", "10"),
        attribute("tooltip", "Legend"),
    ];
    let stmts = vec![
        Stmt::Attribute(attribute("color", "#d5d9de")),
        Stmt::Attribute(attribute("label", "Legend")),
        Stmt::Attribute(attribute("fontsize", "10")),
        Node::new(id("legend"), attributes).into(),
    ];
    Subgraph { id: Id::Plain("cluster_legend".to_owned()), stmts }
}

fn edge(from: &str, to: &str, attributes: Vec<Attribute>) -> Stmt {
    let ends = EdgeTy::Pair(Vertex::N(id(from)), Vertex::N(id(to)));
    Edge { ty: ends, attributes }.into()
}

fn id(name: &str) -> NodeId {
    NodeId(Id::Plain(name.to_owned()), None)
}

/// An attribute with its value quoted: a backslash, a quote or a line break in it
/// stands for itself.
fn attribute(name: &str, value: &str) -> Attribute {
    let mut quoted = String::with_capacity(value.len() + 2);
    quoted.push('"');
    for c in value.chars() {
        match c {
            '\\' => quoted.push_str("\\\\"),
            '"' => quoted.push_str("\\\""),
            '\n' => quoted.push_str("\\n"),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    Attribute(Id::Plain(name.to_owned()), Id::Escaped(quoted))
}
