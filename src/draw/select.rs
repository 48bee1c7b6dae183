use super::DrawError;
use crate::graph::{Graph, Node};
use crate::ontology::ActorKind;

/// The actor or matter of a name: by id, label, or a name that texts use, in this
/// order; upper and lower case are the same.
pub(super) fn find(graph: &Graph, name: &str) -> Result<Node, DrawError> {
    let corpus = graph.corpus();
    let wanted = name.trim().to_lowercase();
    let same = |other: &str| other.to_lowercase() == wanted;
    let actors = || corpus.actors.iter().enumerate();
    let matters = || corpus.matters.iter().enumerate();
    let by_label = || {
        let actor = actors().find(|(_, a)| same(&a.id) || same(&a.label));
        let matter = || matters().find(|(_, m)| same(&m.id) || same(&m.label));
        actor.map(|(at, _)| Node::Actor(at)).or_else(|| matter().map(|(at, _)| Node::Matter(at)))
    };
    let by_name = || {
        let actor = actors().find(|(_, a)| a.names.iter().any(|(n, _)| same(n)));
        let matter = || matters().find(|(_, m)| m.variants.iter().any(|(n, _)| same(n)));
        actor.map(|(at, _)| Node::Actor(at)).or_else(|| matter().map(|(at, _)| Node::Matter(at)))
    };
    by_label().or_else(by_name).ok_or_else(|| {
        let labels = corpus.actors.iter().map(|a| &a.label);
        let labels = labels.chain(corpus.matters.iter().map(|m| &m.label));
        let like = |label: &&String| {
            let label = label.to_lowercase();
            wanted.split_whitespace().any(|word| word.len() > 2 && label.contains(word))
        };
        DrawError::NoSuchFocus {
            name: name.to_owned(),
            similar: labels.filter(like).take(5).cloned().collect(),
        }
    })
}

/// What an actor is called where there is little room: of a person the part of the
/// name that texts use most, else the last; of others the label, shortened.
pub(super) fn short_name(graph: &Graph, actor: usize) -> String {
    const MOST: usize = 20;
    let actor = &graph.corpus().actors[actor];
    let words = || actor.label.split_whitespace();
    let name = if actor.kind == ActorKind::Person.as_str() {
        let used = actor.names.iter().find(|(name, _)| words().any(|word| word == name));
        used.map(|(name, _)| name.as_str()).or_else(|| words().next_back()).unwrap_or("")
    } else {
        &actor.label
    };
    if name.chars().count() <= MOST {
        return name.to_owned();
    }
    let kept: String = name.chars().take(MOST - 1).collect();
    format!("{}…", kept.trim_end())
}

/// The quotes of claims, most reliable first, with who says so and where:
/// `“…” (Kremlin, in 001)`. At most five, then how many more there are.
pub(super) fn quotes(graph: &Graph, claims: &[usize]) -> String {
    const MOST: usize = 5;
    let corpus = graph.corpus();
    let mut order = claims.to_vec();
    order.sort_by(|&a, &b| {
        let confidence = |at: usize| corpus.claims[at].confidence;
        confidence(b).total_cmp(&confidence(a)).then_with(|| a.cmp(&b))
    });
    let mut lines: Vec<String> = order
        .iter()
        .take(MOST)
        .map(|&at| {
            let claim = &corpus.claims[at];
            let voices: Vec<&str> = claim.source.iter().map(|p| p.name()).collect();
            let voice = match voices.as_slice() {
                [] => String::new(),
                voices => format!("{}, ", voices.join(" and ")),
            };
            let quote = claim.quote.split_whitespace().collect::<Vec<_>>().join(" ");
            format!("“{quote}” ({voice}in {})", claim.document)
        })
        .collect();
    if order.len() > MOST {
        lines.push(format!("… and {} more", order.len() - MOST));
    }
    lines.join("\n")
}

/// "7 actors and 1 matter are not shown" and how to see them, if any.
pub(super) fn not_shown(hidden: &[(usize, &str, &str)]) -> Vec<String> {
    let parts: Vec<String> = hidden
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} more {}", if *count == 1 { one } else { many }))
        .collect();
    if parts.is_empty() {
        return Vec::new();
    }
    vec![format!(
        "{} not shown, which fewer claims support (--limit shows more)",
        parts.join(" and ")
    )]
}

/// "5 documents, 26 claims".
pub(super) fn size(graph: &Graph) -> String {
    let count = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    let corpus = graph.corpus();
    format!(
        "{}, {}",
        count(corpus.documents.len(), "document"),
        count(corpus.claims.len(), "claim")
    )
}

/// The smaller words under an actor: whom it acts for.
pub(super) fn acts_for(graph: &Graph, actor: usize) -> String {
    let actors = &graph.corpus().actors;
    match actors[actor].acts_for.as_deref() {
        Some(id) => {
            let whom = graph.actor(id).map_or(id, |at| &actors[at].label);
            format!("acts for {whom}")
        }
        None => String::new(),
    }
}
