use std::collections::{BTreeMap, BTreeSet};

use super::drawing::{Drawing, Layout, Line, Shape, ShapeKind};
use super::stances::times;
use super::{DrawError, select, style};
use crate::extract::Status;
use crate::graph::{ActEdge, Graph, Node};

/// In columns: who acts on the focus, the focus, what it acts on, and who else acts
/// on that. Of a matter only the first two are left.
pub(super) fn draw(graph: &Graph, focus: Node, limit: usize) -> Result<Drawing, DrawError> {
    let edges: Vec<(Node, Node, &ActEdge)> = graph.act_edges().collect();
    let claims = |edge: &ActEdge| edge.claims.len();
    let takes_side = |edge: &ActEdge| {
        edge.status == Status::Actual && graph.act(&edge.act).is_some_and(|a| a.stance.is_some())
    };
    let into = edges.iter().filter(|(_, to, _)| *to == focus);
    let (acting, hidden_acting) = most(into.map(|(from, _, e)| (*from, claims(e))), limit);
    let out = edges.iter().filter(|(from, ..)| *from == focus);
    let (acted_on, hidden_acted_on) = most(out.map(|(_, to, e)| (*to, claims(e))), limit);
    // Only where it takes a side: the picture is about the focus.
    let beside = edges.iter().filter(|(from, to, e)| {
        *from != focus && matches!(to, Node::Matter(_)) && acted_on.contains(to) && takes_side(e)
    });
    let (others, hidden_others) = most(beside.map(|(from, _, e)| (*from, claims(e))), limit);
    if acting.is_empty() && acted_on.is_empty() {
        return Err(DrawError::Nothing("no claim ties this name to another actor or matter"));
    }
    let columns = Columns::new(
        focus,
        [
            ("Who acts on it", acting),
            ("", vec![focus]),
            ("What it acts on", acted_on),
            ("Who else takes a side there", others),
        ],
    );
    let mut used = BTreeSet::new();
    let mut lines = Vec::new();
    for (from, to, edge) in &edges {
        let ends = columns.ends(*from, *to, takes_side(edge));
        let Some((from_at, to_at)) = ends else { continue };
        let to_other = *from != focus && *to != focus;
        let verb = style::verb(graph, &edge.act, edge.status);
        used.insert((edge.act.clone(), edge.status));
        lines.push(Line {
            from: from_at,
            to: to_at,
            tooltip: format!(
                "{} {verb}: {}\n{}",
                graph.label(*from),
                graph.label(*to),
                select::quotes(graph, &edge.claims)
            ),
            label: times(verb, edge.claims.len()),
            end_label: match from {
                Node::Actor(at) if to_other => select::short_name(graph, *at),
                _ => String::new(),
            },
            claims: edge.claims.len(),
            style: style::of_act(&edge.act, edge.status),
        });
    }
    lines.sort_by_key(|line| (line.from, line.to));
    let Columns { shown, headings, .. } = columns;
    let shapes = shown.iter().map(|&(column, node)| shape(graph, node, column, focus)).collect();
    let hidden = hidden_acting + hidden_acted_on + hidden_others;
    Ok(Drawing {
        title: graph.label(focus).to_owned(),
        subtitle: format!(
            "Who and what has to do with it, in {}. Rest on a line for the words.",
            select::size(graph)
        ),
        headings,
        shapes,
        lines,
        legend: style::legend(graph, used),
        notes: select::not_shown(&[(hidden, "neighbour", "neighbours")]),
        layout: Layout::Columns,
    })
}

/// What stands in which column. One thing can stand in two: who accuses somebody may be accused
/// back.
struct Columns {
    focus: Node,
    /// The column of the focus.
    middle: usize,
    /// Column and thing, in the order of the shapes.
    shown: Vec<(usize, Node)>,
    headings: Vec<String>,
}

impl Columns {
    /// Those that are not empty.
    fn new(focus: Node, columns: [(&str, Vec<Node>); 4]) -> Self {
        let (mut shown, mut headings) = (Vec::new(), Vec::new());
        for (heading, nodes) in columns.into_iter().filter(|(_, nodes)| !nodes.is_empty()) {
            shown.extend(nodes.into_iter().map(|node| (headings.len(), node)));
            headings.push(heading.to_owned());
        }
        let middle = shown.iter().find(|(_, node)| *node == focus).map_or(0, |(column, _)| *column);
        Self { focus, middle, shown, headings }
    }

    /// The shapes between which a line leads, if both are shown.
    fn ends(&self, from: Node, to: Node, takes_side: bool) -> Option<(usize, usize)> {
        let Self { focus, middle, .. } = *self;
        let place = |column, node| self.shown.iter().position(|&at| at == (column, node));
        if to == focus {
            Some((place(middle.checked_sub(1)?, from)?, place(middle, focus)?))
        } else if from == focus {
            place(middle, focus).zip(place(middle + 1, to))
        } else if takes_side {
            place(middle + 2, from).zip(place(middle + 1, to))
        } else {
            None
        }
    }
}

/// The things with most claims, at most `limit`, and how many more there are.
fn most(links: impl Iterator<Item = (Node, usize)>, limit: usize) -> (Vec<Node>, usize) {
    let mut support: BTreeMap<Node, usize> = BTreeMap::new();
    for (node, claims) in links {
        *support.entry(node).or_default() += claims;
    }
    let mut order: Vec<(Node, usize)> = support.into_iter().collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let hidden = order.len().saturating_sub(limit);
    (order.into_iter().take(limit).map(|(node, _)| node).collect(), hidden)
}

fn shape(graph: &Graph, node: Node, column: usize, focus: Node) -> Shape {
    let (kind, detail) = match node {
        Node::Actor(at) => (ShapeKind::Actor, select::acts_for(graph, at)),
        _ => (ShapeKind::Matter, String::new()),
    };
    Shape {
        kind,
        label: graph.label(node).to_owned(),
        detail,
        tooltip: String::new(),
        column,
        focus: node == focus,
        colour: "",
    }
}
