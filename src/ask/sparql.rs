//! A question as the SPARQL query that a user could write, and as the one that finds
//! exactly the claims it is answered with.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::extract::{Claim, Participant};
use crate::graph::Graph;
use crate::ontology::Ontology;
use crate::rdf::{Naming, prefixes};

use super::answer::Answer;
use super::cast::Cast;
use super::understood::{Reading, Understood};

/// Readings that SPARQL cannot say: they are computed over the whole graph.
const COMPUTED: [(Reading, &str); 4] = [
    (Reading::Connection, "the shortest way between two actors"),
    (Reading::Prominence, "how central each actor is"),
    (Reading::Disputes, "which claims cannot both hold"),
    (Reading::Change, "whose stance on a matter has turned"),
];

/// The query whose rows are the claims that a question is answered with, with labels,
/// prefixes and comments. Its patterns say what these claims have in common; where other
/// claims have it too, because answering weighs words, the claims are listed beside.
///
/// # Example
/// A question that nothing answers has a query without rows:
/// `SELECT … { … VALUES ?claim { } … }`.
pub fn sparql(graph: &Graph, ontology: &Ontology, naming: &Naming, answer: &Answer) -> String {
    let ids: BTreeSet<&str> =
        answer.answers.iter().flat_map(|found| &found.claims).map(String::as_str).collect();
    let own: Vec<&Claim> =
        ids.iter().filter_map(|id| graph.claim(id)).map(|at| &graph.corpus().claims[at]).collect();
    let mut query = String::new();
    let question = answer.question.split_whitespace().collect::<Vec<_>>().join(" ");
    let _ = writeln!(query, "# {question}");
    let computed = COMPUTED.iter().find(|(reading, _)| *reading == answer.understood.reading);
    if let Some((_, what)) = computed {
        let _ = writeln!(
            query,
            "# Computed, not found by a query: {what}. The rows are the claims that it rests on."
        );
    }
    for (prefix, iri) in prefixes(naming) {
        if ["dm", "act", "rdfs"].contains(&prefix.as_str()) {
            let _ = writeln!(query, "PREFIX {prefix}: <{iri}>");
        }
    }
    query.push_str(
        "SELECT DISTINCT ?claim ?actName ?agentName ?addresseeName ?matterName ?sourceName ?status ?time \
         ?quote ?document\nWHERE {\n  ?claim a dm:Claim ; dm:act ?act ; dm:status ?status ; dm:quote ?quote ; \
         dm:inDocument ?document .\n",
    );
    let cast = Cast::new(graph, ontology);
    let conditions = conditions(&cast, &answer.understood, &own);
    for condition in conditions.iter().filter(|_| computed.is_none()) {
        condition.write(naming, &mut query);
    }
    let all = &graph.corpus().claims;
    let fitting = all.iter().filter(|claim| conditions.iter().all(|c| c.holds(claim))).count();
    if computed.is_some() || conditions.is_empty() || fitting != own.len() {
        let _ = writeln!(query, "  {}", listed(&own, computed.is_some()));
        let iris: Vec<String> =
            own.iter().map(|claim| naming.claim(&claim.id).to_string()).collect();
        let _ = writeln!(query, "  VALUES ?claim {{ {} }}", iris.join(" "));
    }
    query.push_str("  # Labels, where there are any.\n  OPTIONAL { ?act rdfs:label ?actName }\n");
    for (role, variable) in [
        ("agent", "agent"),
        ("addressee", "addressee"),
        ("matter", "matter"),
        ("accordingTo", "source"),
    ] {
        let _ = writeln!(
            query,
            "  OPTIONAL {{ ?claim dm:{role} ?{variable} . ?{variable} rdfs:label ?{variable}Name }}"
        );
    }
    query.push_str("  OPTIONAL { ?claim dm:time ?time }\n}\nORDER BY ?document ?claim\n");
    query
}

/// What is said of the list of claims.
fn listed(own: &[&Claim], computed: bool) -> &'static str {
    match (own, computed) {
        ([], _) => "# No claim answers it. Without this line: all that the patterns above find.",
        (_, true) => "# The claims that it rests on.",
        _ => {
            "# Of these the claims that the words of the question fit best. Without this line: all."
        }
    }
}

/// What all claims of an answer have in common.
enum Condition {
    Acts(BTreeSet<String>),
    Statuses(BTreeSet<String>),
    Role(&'static str, BTreeSet<String>),
    Matters(BTreeSet<String>),
}

/// The conditions of a question that its claims meet, all of them.
fn conditions(cast: &Cast<'_>, understood: &Understood, own: &[&Claim]) -> Vec<Condition> {
    if own.is_empty() {
        return understood_acts(understood);
    }
    let mut conditions = vec![
        Condition::Acts(own.iter().map(|claim| claim.act.clone()).collect()),
        Condition::Statuses(own.iter().map(|claim| claim.status.as_str().to_owned()).collect()),
    ];
    for (role, asked) in [
        ("agent", &understood.agent),
        ("addressee", &understood.addressee),
        ("accordingTo", &understood.source),
    ] {
        let near = |claim: &&Claim| -> BTreeSet<String> {
            let ids = participants(claim, role).iter().filter_map(|p| p.id.clone());
            ids.filter(|id| asked.iter().any(|one| cast.closeness(one, id) > 0.0)).collect()
        };
        let near: Vec<BTreeSet<String>> = own.iter().map(near).collect();
        if !asked.is_empty() && near.iter().all(|ids| !ids.is_empty()) {
            conditions.push(Condition::Role(role, near.into_iter().flatten().collect()));
        }
    }
    let matters: Vec<Option<String>> =
        own.iter().map(|claim| claim.matter.as_ref().and_then(|m| m.id.clone())).collect();
    let about = understood.matter.is_some() || !understood.matters.is_empty();
    if about && matters.iter().all(Option::is_some) {
        conditions.push(Condition::Matters(matters.into_iter().flatten().collect()));
    }
    conditions
}

fn understood_acts(understood: &Understood) -> Vec<Condition> {
    if understood.act.is_empty() {
        return Vec::new();
    }
    vec![Condition::Acts(understood.act.iter().cloned().collect())]
}

fn participants<'c>(claim: &'c Claim, role: &str) -> &'c [Participant] {
    match role {
        "agent" => &claim.agent,
        "addressee" => &claim.addressee,
        _ => &claim.source,
    }
}

impl Condition {
    fn holds(&self, claim: &Claim) -> bool {
        match self {
            Self::Acts(acts) => acts.contains(&claim.act),
            Self::Statuses(statuses) => statuses.contains(claim.status.as_str()),
            Self::Role(role, ids) => participants(claim, role)
                .iter()
                .any(|p| p.id.as_ref().is_some_and(|id| ids.contains(id))),
            Self::Matters(ids) => {
                let id = claim.matter.as_ref().and_then(|m| m.id.as_ref());
                id.is_some_and(|id| ids.contains(id))
            }
        }
    }

    fn write(&self, naming: &Naming, query: &mut String) {
        let line = match self {
            Self::Acts(acts) => {
                let acts: Vec<String> = acts.iter().map(|act| format!("act:{act}")).collect();
                format!("# What was done.\n  VALUES ?act {{ {} }}", acts.join(" "))
            }
            Self::Statuses(statuses) => {
                let statuses: Vec<String> = statuses.iter().map(|s| format!("\"{s}\"")).collect();
                format!(
                    "# Done, not done, or neither.\n  VALUES ?status {{ {} }}",
                    statuses.join(" ")
                )
            }
            Self::Role(role, ids) => {
                let iris: Vec<String> = ids.iter().map(|id| naming.actor(id).to_string()).collect();
                let iris = iris.join(" ");
                format!(
                    "# Whoever was asked for, or acts for them.\n  VALUES ?asked_{role} {{ {iris} }} ?claim dm:{role} ?asked_{role} ."
                )
            }
            Self::Matters(ids) => {
                let iris: Vec<String> =
                    ids.iter().map(|id| naming.matter(id).to_string()).collect();
                format!(
                    "# What it is about.\n  VALUES ?matter {{ {} }} ?claim dm:matter ?matter .",
                    iris.join(" ")
                )
            }
        };
        let _ = writeln!(query, "  {line}");
    }
}
