use std::collections::{BTreeMap, BTreeSet};

use super::drawing::{Drawing, Layout, Line, Shape, ShapeKind};
use super::stances::times;
use super::{DrawError, select, style};
use crate::graph::{ActEdge, Graph, Node};

/// Actors only, and what they do towards each other.
pub(super) fn draw(graph: &Graph, focus: Option<Node>, limit: usize) -> Result<Drawing, DrawError> {
    let edges: Vec<(usize, usize, &ActEdge)> = graph
        .act_edges()
        .filter_map(|(from, to, edge)| match (from, to) {
            (Node::Actor(from), Node::Actor(to)) => Some((from, to, edge)),
            _ => None,
        })
        .filter(|(from, to, _)| {
            focus.is_none_or(|f| [Node::Actor(*from), Node::Actor(*to)].contains(&f))
        })
        .collect();
    if edges.is_empty() {
        return Err(DrawError::Nothing("no claim says who acts towards whom"));
    }
    let mut support: BTreeMap<usize, usize> = BTreeMap::new();
    for (from, to, edge) in &edges {
        *support.entry(*from).or_default() += edge.claims.len();
        *support.entry(*to).or_default() += edge.claims.len();
    }
    let mut actors: Vec<usize> = support.keys().copied().collect();
    actors.sort_by(|a, b| support[b].cmp(&support[a]).then_with(|| a.cmp(b)));
    let hidden = actors.len().saturating_sub(limit);
    actors.truncate(limit);
    let place = |actor: usize| actors.iter().position(|&a| a == actor);
    let mut used = BTreeSet::new();
    let mut lines = Vec::new();
    for (from, to, edge) in edges {
        let (Some(from_at), Some(to_at)) = (place(from), place(to)) else { continue };
        let verb = style::verb(graph, &edge.act, edge.status);
        used.insert((edge.act.clone(), edge.status));
        lines.push(Line {
            from: from_at,
            to: to_at,
            tooltip: format!(
                "{} {verb} {}\n{}",
                graph.label(Node::Actor(from)),
                graph.label(Node::Actor(to)),
                select::quotes(graph, &edge.claims)
            ),
            label: times(verb, edge.claims.len()),
            end_label: String::new(),
            claims: edge.claims.len(),
            style: style::of_act(&edge.act, edge.status),
        });
    }
    let linked: BTreeSet<usize> = lines.iter().flat_map(|l| [l.from, l.to]).collect();
    // Whoever is tied only to actors that are not shown would float about.
    let kept: Vec<usize> = (0..actors.len()).filter(|at| linked.contains(at)).collect();
    for line in &mut lines {
        line.from = kept.binary_search(&line.from).unwrap_or(0);
        line.to = kept.binary_search(&line.to).unwrap_or(0);
    }
    let shapes = kept
        .iter()
        .map(|&at| Shape {
            kind: ShapeKind::Actor,
            label: graph.label(Node::Actor(actors[at])).to_owned(),
            detail: select::acts_for(graph, actors[at]),
            tooltip: String::new(),
            column: 0,
            focus: focus == Some(Node::Actor(actors[at])),
            colour: "",
        })
        .collect();
    Ok(Drawing {
        title: "Who acts towards whom".to_owned(),
        subtitle: format!("{}. Rest on a line for the words.", select::size(graph)),
        headings: Vec::new(),
        shapes,
        lines,
        legend: style::legend(graph, used),
        notes: select::not_shown(&[(hidden + actors.len() - kept.len(), "actor", "actors")]),
        layout: Layout::Layered,
    })
}
