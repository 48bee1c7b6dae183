use std::collections::BTreeMap;

use super::drawing::{Drawing, Layout, Line, Shape, ShapeKind};
use super::{DrawError, select, style};
use crate::graph::{Graph, Node, Stance};

/// Actors at the left, matters at the right, a line for each actor, matter, act and
/// status. Only acts by which the agent stands for or against something are shown,
/// unless the ontology tells of none.
pub(super) fn draw(graph: &Graph, focus: Option<Node>, limit: usize) -> Result<Drawing, DrawError> {
    let takes_side = |s: &Stance| graph.act(&s.act).is_some_and(|act| act.stance.is_some());
    let touches = |s: &Stance| match focus {
        Some(Node::Actor(at)) => s.actor == at,
        Some(Node::Matter(at)) => s.matter == at,
        _ => true,
    };
    let mut stances: Vec<Stance> = graph.stances(None).into_iter().filter(touches).collect();
    if stances.iter().any(takes_side) {
        stances.retain(takes_side);
    }
    let all_matters = most(stances.iter().map(|s| (s.matter, s.actor, s.claims.len())));
    let matters = &all_matters[..all_matters.len().min(limit)];
    let on_shown = stances.iter().filter(|s| matters.contains(&s.matter));
    let all_actors = most(on_shown.map(|s| (s.actor, s.matter, s.claims.len())));
    let actors = &all_actors[..all_actors.len().min(limit)];
    let actors_in_all = most(stances.iter().map(|s| (s.actor, s.matter, s.claims.len()))).len();
    stances.retain(|s| matters.contains(&s.matter) && actors.contains(&s.actor));
    if stances.is_empty() {
        return Err(DrawError::Nothing("no claim says who stands for or against what"));
    }
    let corpus = graph.corpus();
    let shape = |node: Node| {
        let (kind, column, detail) = match node {
            Node::Actor(at) => (ShapeKind::Actor, 0, select::acts_for(graph, at)),
            Node::Matter(at) => (ShapeKind::Matter, 1, disputed(graph, at)),
            _ => (ShapeKind::Matter, 1, String::new()),
        };
        let (label, focus) = (graph.label(node).to_owned(), focus == Some(node));
        Shape { kind, label, detail, tooltip: String::new(), column, focus, colour: "" }
    };
    let nodes = actors.iter().map(|&at| Node::Actor(at));
    let shapes = nodes.chain(matters.iter().map(|&at| Node::Matter(at))).map(shape).collect();
    let matter_at = |at: usize| actors.len() + matters.iter().position(|&m| m == at).unwrap_or(0);
    let lines = stances
        .iter()
        .map(|s| {
            let verb = style::verb(graph, &s.act, s.status);
            Line {
                from: actors.iter().position(|&a| a == s.actor).unwrap_or(0),
                to: matter_at(s.matter),
                tooltip: format!(
                    "{} {verb}: {}\n{}",
                    corpus.actors[s.actor].label,
                    corpus.matters[s.matter].label,
                    select::quotes(graph, &s.claims)
                ),
                label: times(verb, s.claims.len()),
                end_label: select::short_name(graph, s.actor),
                claims: s.claims.len(),
                style: style::of_act(&s.act, s.status),
            }
        })
        .collect();
    Ok(Drawing {
        title: "Who stands where".to_owned(),
        subtitle: format!(
            "{}. A line leads from who acts to what it is about; rest on it for the words.",
            select::size(graph)
        ),
        headings: vec!["Actors".to_owned(), "Matters".to_owned()],
        shapes,
        lines,
        legend: style::legend(graph, stances.iter().map(|s| (s.act.clone(), s.status))),
        notes: select::not_shown(&[
            (actors_in_all - actors.len(), "actor", "actors"),
            (all_matters.len() - matters.len(), "matter", "matters"),
        ]),
        layout: Layout::Columns,
    })
}

/// "accepted ×2".
pub(super) fn times(verb: String, claims: usize) -> String {
    if claims > 1 { format!("{verb} ×{claims}") } else { verb }
}

/// Of `(thing, other, claims)`: the things that most others have to do with, then
/// with most claims, then by index.
fn most(links: impl Iterator<Item = (usize, usize, usize)>) -> Vec<usize> {
    let mut support: BTreeMap<usize, (Vec<usize>, usize)> = BTreeMap::new();
    for (thing, other, claims) in links {
        let (others, sum) = support.entry(thing).or_default();
        others.push(other);
        *sum += claims;
    }
    let mut order: Vec<(usize, usize, usize)> = support
        .into_iter()
        .map(|(thing, (mut others, claims))| {
            others.sort_unstable();
            others.dedup();
            (thing, others.len(), claims)
        })
        .collect();
    order.sort_by(|a, b| (b.1, b.2).cmp(&(a.1, a.2)).then_with(|| a.0.cmp(&b.0)));
    order.into_iter().map(|(thing, ..)| thing).collect()
}

/// The question that is disputed about a matter.
fn disputed(graph: &Graph, matter: usize) -> String {
    let id = &graph.corpus().matters[matter].id;
    let mut disputes = graph.corpus().disputes.iter().filter(|d| d.matter.as_ref() == Some(id));
    match disputes.next().map(|d| d.kind.as_str()) {
        Some("agent") => "disputed: who did it".to_owned(),
        Some("status") => "disputed: whether it happened".to_owned(),
        Some("matter") => "disputed: what it was".to_owned(),
        Some(_) => "disputed".to_owned(),
        None => String::new(),
    }
}
