use std::collections::{BTreeMap, BTreeSet};

use super::drawing::{Drawing, Layout, Line, Shape, ShapeKind};
use super::{DrawError, select, style};
use crate::extract::{Claim, Participant, Status};
use crate::graph::{Graph, Node};

/// Who says something: an actor, or a document in its own voice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Voice {
    Actor(String),
    Document(String),
}

/// What is said: agents, act, status, and the words that follow the verb.
type Report = (String, String, Status, String);

/// How many times as many voices of a report are shown as reports: of ten thousand documents nobody
/// would find one.
const VOICES: usize = 2;

/// Voices at the left, what they report at the right; what several voices report
/// comes first.
pub(super) fn draw(graph: &Graph, focus: Option<Node>, limit: usize) -> Result<Drawing, DrawError> {
    let corpus = graph.corpus();
    let mut said: BTreeMap<Report, BTreeMap<Voice, Vec<usize>>> = BTreeMap::new();
    for (at, claim) in corpus.claims.iter().enumerate() {
        let Some(report) = report(graph, claim) else { continue };
        if !touches(graph, claim, focus) {
            continue;
        }
        for voice in voices(claim) {
            said.entry(report.clone()).or_default().entry(voice).or_default().push(at);
        }
    }
    if said.is_empty() {
        return Err(DrawError::Nothing("no claim names who does what to whom or about what"));
    }
    let mut reports: Vec<(&Report, &BTreeMap<Voice, Vec<usize>>)> = said.iter().collect();
    let claims = |by: &BTreeMap<Voice, Vec<usize>>| by.values().map(Vec::len).sum::<usize>();
    let attributed =
        |by: &BTreeMap<Voice, Vec<usize>>| by.keys().any(|voice| matches!(voice, Voice::Actor(_)));
    reports.sort_by(|(a, by_a), (b, by_b)| {
        let rank = |by: &BTreeMap<Voice, Vec<usize>>| (by.len(), attributed(by), claims(by));
        rank(by_b).cmp(&rank(by_a)).then_with(|| a.cmp(b))
    });
    let hidden = reports.len().saturating_sub(limit);
    reports.truncate(limit);
    let of_all: BTreeSet<&Voice> = reports.iter().flat_map(|(_, by)| by.keys()).collect();
    let shown: Vec<Vec<(&Voice, &Vec<usize>)>> =
        reports.iter().map(|(_, by)| most_heard(by, VOICES * limit)).collect();
    let mut voices: Vec<&Voice> = shown.iter().flatten().map(|(voice, _)| *voice).collect();
    voices.sort_unstable();
    voices.dedup();
    let unheard = of_all.len() - voices.len();
    let mut shapes: Vec<Shape> = voices.iter().map(|voice| voice_shape(graph, voice)).collect();
    let mut lines = Vec::new();
    for (at, ((report, by), shown)) in reports.iter().zip(shown).enumerate() {
        let (who, act, status, what) = report;
        let verb = style::verb(graph, act, *status);
        let number = by.len();
        shapes.push(Shape {
            kind: ShapeKind::Report,
            label: format!("{who} {verb}{what}"),
            detail: if number > 1 { format!("{number} voices") } else { String::new() },
            tooltip: String::new(),
            column: 1,
            focus: false,
            colour: style::of_act(act, *status).colour,
        });
        for (voice, claims) in shown {
            let from = voices.binary_search(&voice).unwrap_or(0);
            lines.push(Line {
                from,
                to: voices.len() + at,
                label: if claims.len() > 1 { format!("×{}", claims.len()) } else { String::new() },
                tooltip: format!(
                    "{}: {who} {verb}{what}\n{}",
                    shapes[from].label,
                    select::quotes(graph, claims)
                ),
                end_label: String::new(),
                claims: claims.len(),
                style: style::of_act(act, *status),
            });
        }
    }
    lines.sort_by_key(|line| (line.from, line.to));
    let used = reports.iter().map(|((_, act, status, _), _)| (act.clone(), *status));
    Ok(Drawing {
        title: "Who reports what".to_owned(),
        subtitle: format!(
            "{}. A line leads from who says so to what is said; rest on it for the words.",
            select::size(graph)
        ),
        headings: vec!["Voices".to_owned(), "What they report".to_owned()],
        shapes,
        lines,
        legend: style::legend(graph, used),
        notes: select::not_shown(&[(hidden, "report", "reports"), (unheard, "voice", "voices")]),
        layout: Layout::Columns,
    })
}

/// The voices of a report, those with the most claims where there are more than so many; in their
/// order.
fn most_heard(by: &BTreeMap<Voice, Vec<usize>>, most: usize) -> Vec<(&Voice, &Vec<usize>)> {
    let mut voices: Vec<(&Voice, &Vec<usize>)> = by.iter().collect();
    if voices.len() > most {
        voices.sort_by_key(|(voice, claims)| (std::cmp::Reverse(claims.len()), *voice));
        voices.truncate(most);
        voices.sort_unstable();
    }
    voices
}

/// What a claim reports, in words that are the same for the same report.
pub(super) fn report(graph: &Graph, claim: &Claim) -> Option<Report> {
    let corpus = graph.corpus();
    let who = names(&claim.agent)?;
    let matter = claim.matter.as_ref().and_then(|m| {
        let shared = m.id.as_deref().and_then(|id| graph.matter(id));
        shared.map(|at| corpus.matters[at].label.as_str())
    });
    // "accepted X", but "accused: X": acts that take no side need not have the
    // matter as their object. An arrow leads to the addressee, since verbs differ in
    // the word that would ("accused Y", "talked with Y", "demanded of Y").
    let takes_side = graph.act(&claim.act).is_some_and(|act| act.stance.is_some());
    let whom = names(&claim.addressee).map(|whom| format!(" → {whom}"));
    let what = match (whom, matter) {
        (None, None) => return None,
        (whom, Some(matter)) if takes_side => format!(" {matter}{}", whom.unwrap_or_default()),
        (whom, Some(matter)) => format!("{}: {matter}", whom.unwrap_or_default()),
        (Some(whom), None) => whom,
    };
    Some((who, claim.act.clone(), claim.status, what))
}

fn names(role: &[Participant]) -> Option<String> {
    let mut names: Vec<&str> = role.iter().filter_map(|p| p.label.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    (!names.is_empty()).then(|| names.join(" and "))
}

pub(super) fn touches(graph: &Graph, claim: &Claim, focus: Option<Node>) -> bool {
    let Some(node) = focus else { return true };
    let id = Some(graph.id(node));
    match node {
        Node::Matter(_) => claim.matter.as_ref().is_some_and(|m| m.id.as_deref() == id),
        _ => [&claim.agent, &claim.addressee, &claim.source, &claim.via]
            .into_iter()
            .flatten()
            .any(|p| p.id.as_deref() == id),
    }
}

fn voices(claim: &Claim) -> Vec<Voice> {
    let mut found: Vec<Voice> =
        claim.source.iter().map(|p| Voice::Actor(p.name().to_owned())).collect();
    found.sort_unstable();
    found.dedup();
    if found.is_empty() {
        found.push(Voice::Document(claim.document.clone()));
    }
    found
}

fn voice_shape(graph: &Graph, voice: &Voice) -> Shape {
    let corpus = graph.corpus();
    let (kind, label, detail) = match voice {
        Voice::Actor(label) => {
            let at = corpus.actors.iter().position(|a| a.label == *label);
            let detail = at.map_or(String::new(), |at| select::acts_for(graph, at));
            (ShapeKind::Actor, label.clone(), detail)
        }
        Voice::Document(id) => {
            let document = corpus.document(id);
            let title = document.and_then(|d| d.title.clone());
            let publisher = document.and_then(|d| d.publisher.clone());
            let detail = match publisher {
                Some(publisher) => format!("{id}, {publisher}, in its own voice"),
                None => format!("{id}, in its own voice"),
            };
            (ShapeKind::Document, title.unwrap_or_else(|| id.clone()), detail)
        }
    };
    let (tooltip, column, focus, colour) = (String::new(), 0, false, "");
    Shape { kind, label, detail, tooltip, column, focus, colour }
}
