use std::collections::BTreeMap;

use super::drawing::{Drawing, Layout, Line, Shape, ShapeKind};
use super::style::{self, Dash, GREY, Head, LineStyle};
use super::{DrawError, select, sources};
use crate::extract::{Status, When};
use crate::graph::{Graph, Node};

/// Something on the timeline.
struct Entry {
    label: String,
    kind: ShapeKind,
    act: String,
    status: Status,
    claims: Vec<usize>,
}

/// Dates down the page; beside each its events, and the dated claims that belong
/// to no event, those with most claims first.
pub(super) fn draw(graph: &Graph, focus: Option<Node>, limit: usize) -> Result<Drawing, DrawError> {
    let mut dates = entries(graph, focus);
    if dates.is_empty() {
        return Err(DrawError::Nothing("no claim and no event has a date"));
    }
    let mut sizes: Vec<(usize, String, usize)> = Vec::new();
    for (date, entries) in &mut dates {
        entries.sort_by(|a, b| {
            let rank = |e: &Entry| (e.kind == ShapeKind::Event, e.claims.len());
            rank(b).cmp(&rank(a)).then_with(|| a.label.cmp(&b.label))
        });
        let place = |(at, entry): (usize, &Entry)| (entry.claims.len(), date.clone(), at);
        sizes.extend(entries.iter().enumerate().map(place));
    }
    // Those with most claims stay; of equals the first of every date before the
    // second of any, so that no date crowds out the others.
    sizes.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.2, &a.1).cmp(&(b.2, &b.1))));
    // An entry takes less room than an actor with its lines.
    let most = limit.saturating_mul(2);
    let hidden = sizes.len().saturating_sub(most);
    sizes.truncate(most);
    let mut shapes = Vec::new();
    let mut lines = Vec::new();
    let mut used = Vec::new();
    for (date, entries) in &dates {
        let kept: Vec<&Entry> = entries
            .iter()
            .enumerate()
            .filter(|(at, _)| sizes.iter().any(|(_, d, a)| d == date && a == at))
            .map(|(_, entry)| entry)
            .collect();
        if kept.is_empty() {
            continue;
        }
        let from = shapes.len();
        shapes.push(shape(ShapeKind::Date, spelled(date), String::new(), String::new(), GREY));
        for entry in kept {
            let style = style::of_act(&entry.act, entry.status);
            let tooltip = format!("{}\n{}", entry.label, select::quotes(graph, &entry.claims));
            let detail = detail(graph, &entry.claims);
            lines.push(Line {
                from,
                to: shapes.len(),
                label: String::new(),
                tooltip: tooltip.clone(),
                end_label: String::new(),
                claims: entry.claims.len(),
                style: LineStyle { head: Head::None, ..style },
            });
            shapes.push(shape(entry.kind, entry.label.clone(), detail, tooltip, style.colour));
            used.push((entry.act.clone(), entry.status));
        }
    }
    let legend = style::legend(graph, used)
        .into_iter()
        .map(|(style, words)| (LineStyle { head: Head::None, ..style }, words));
    Ok(Drawing {
        title: match focus {
            Some(node) => format!("{}: what happened when", graph.label(node)),
            None => "What happened when".to_owned(),
        },
        subtitle: format!(
            "{}; what has a date. Rest on an entry for the words.",
            select::size(graph)
        ),
        headings: Vec::new(),
        shapes,
        lines,
        legend: legend.filter(|(style, _)| style.dash == Dash::Solid).collect(),
        notes: select::not_shown(&[(hidden, "entry", "entries")]),
        layout: Layout::Timeline,
    })
}

fn entries(graph: &Graph, focus: Option<Node>) -> BTreeMap<String, Vec<Entry>> {
    let corpus = graph.corpus();
    let mut in_event = vec![false; corpus.claims.len()];
    let mut dates: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for event in &corpus.events {
        let claims: Vec<usize> = event.claims.iter().filter_map(|id| graph.claim(id)).collect();
        let of_focus = claims.iter().any(|&at| sources::touches(graph, &corpus.claims[at], focus));
        let (Some(time), true) = (&event.time, of_focus) else { continue };
        for &at in &claims {
            in_event[at] = true;
        }
        dates.entry(time.to_string()).or_default().push(Entry {
            label: capitalised(&event.label),
            kind: ShapeKind::Event,
            act: event.act.clone(),
            status: Status::Actual,
            claims,
        });
    }
    let mut reports: BTreeMap<(When, _), Vec<usize>> = BTreeMap::new();
    for (at, claim) in corpus.claims.iter().enumerate().filter(|(at, _)| !in_event[*at]) {
        if let (Some(time), true) = (claim.time, sources::touches(graph, claim, focus))
            && let Some(report) = sources::report(graph, claim)
        {
            reports.entry((time, report)).or_default().push(at);
        }
    }
    for ((time, (who, act, status, what)), claims) in reports {
        dates.entry(time.to_string()).or_default().push(Entry {
            label: format!("{who} {}{what}", style::verb(graph, &act, status)),
            kind: ShapeKind::Report,
            act,
            status,
            claims,
        });
    }
    dates
}

/// One quote in full, where it stands, and how many more claims there are.
fn detail(graph: &Graph, claims: &[usize]) -> String {
    let quotes = select::quotes(graph, claims);
    let first = quotes.lines().next().unwrap_or("").to_owned();
    match claims.len() {
        0 | 1 => first,
        more => format!("{first} and {} more", more - 1),
    }
}

fn capitalised(words: &str) -> String {
    let mut signs = words.chars();
    signs.next().map_or(String::new(), |first| first.to_uppercase().chain(signs).collect())
}

/// A time for people: "18 March 2025", an interval with a dash.
fn spelled(time: &str) -> String {
    match time.parse() {
        Ok(When::Between(from, until)) => {
            format!("{} – {}", When::At(from).spoken(), When::At(until).spoken())
        }
        Ok(when) => when.spoken(),
        Err(_) => time.to_owned(),
    }
}

fn shape(
    kind: ShapeKind,
    label: String,
    detail: String,
    tooltip: String,
    colour: &'static str,
) -> Shape {
    let column = usize::from(kind != ShapeKind::Date);
    Shape { kind, label, detail, tooltip, column, focus: false, colour }
}
