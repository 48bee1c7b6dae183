//! The graph as the two files that `neo4j-admin database import` reads.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use petgraph::visit::EdgeRef;

use super::{claim_ids, of_csv, on_one_line};
use crate::extract::When;
use crate::graph::{Edge, Graph, Node};

/// The columns of `nodes.csv`; what a node has none of is empty, and no property then.
const NODES: [&str; 14] = [
    "id:ID",
    ":LABEL",
    "name",
    "kind",
    "role",
    "wikidata",
    "act",
    "status",
    "time",
    "confidence:double",
    "start:int",
    "end:int",
    "published",
    "url",
];
/// The columns of `relationships.csv`.
const RELATIONSHIPS: [&str; 6] =
    [":START_ID", ":END_ID", ":TYPE", "status", "weight:int", "claims:string[]"];
/// What stands between the values of a list.
const BETWEEN: &str = ";";

/// Writes `nodes.csv` and `relationships.csv` into the folder. Labels are `Actor`, `Matter`,
/// `Event`, `Claim` and `Document`; types are the edges in capitals: `AGENT`, `ACCORDING_TO`,
/// `BROADER`, and for what somebody does the act, `PROPOSE`. Words stand on one line, which is what
/// the import expects.
pub(super) fn write(graph: &Graph, folder: &Path) -> io::Result<()> {
    nodes(graph, &mut File::create(folder.join("nodes.csv"))?)?;
    relationships(graph, &mut File::create(folder.join("relationships.csv"))?)
}

fn nodes(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(NODES).map_err(of_csv)?;
    let corpus = graph.corpus();
    for &node in graph.inner().node_weights() {
        // kind, role, Wikidata, act, status, time, confidence, start, end, published, url
        let mut cells: [String; 11] = Default::default();
        let of = |value: &Option<String>| value.clone().unwrap_or_default();
        let day = |time: Option<When>| time.map(|time| time.to_string()).unwrap_or_default();
        let label = match node {
            Node::Actor(at) => {
                let actor = &corpus.actors[at];
                cells[0] = actor.kind.clone();
                cells[1] = of(&actor.role);
                cells[2] = of(&actor.wikidata);
                "Actor"
            }
            Node::Matter(_) => "Matter",
            Node::Event(at) => {
                let event = &corpus.events[at];
                cells[3] = event.act.clone();
                cells[5] = day(event.time);
                "Event"
            }
            Node::Claim(at) => {
                let claim = &corpus.claims[at];
                cells[3] = claim.act.clone();
                cells[4] = claim.status.as_str().to_owned();
                cells[5] = day(claim.time);
                cells[6] = claim.confidence.to_string();
                cells[7] = claim.start.to_string();
                cells[8] = claim.end.to_string();
                "Claim"
            }
            Node::Document(at) => {
                let document = &corpus.documents[at];
                cells[9] = of(&document.date);
                cells[10] = of(&document.url);
                "Document"
            }
        };
        let head = [graph.name(node), label.to_owned(), on_one_line(graph.label(node))];
        let rest = cells.iter().map(|cell| on_one_line(cell));
        csv.write_record(head.into_iter().chain(rest)).map_err(of_csv)?;
    }
    csv.flush()
}

fn relationships(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(RELATIONSHIPS).map_err(of_csv)?;
    for edge in graph.inner().edge_references() {
        let end = |at| graph.name(graph.inner()[at]);
        let [status, weight, claims] = match edge.weight() {
            Edge::Act(act) => [
                act.status.as_str().to_owned(),
                act.claims.len().to_string(),
                claim_ids(graph, &act.claims, BETWEEN),
            ],
            _ => Default::default(),
        };
        let (from, to, of_type) =
            (end(edge.source()), end(edge.target()), capitals(edge.weight().name()));
        csv.write_record([from, to, of_type, status, weight, claims]).map_err(of_csv)?;
    }
    csv.flush()
}

/// A name as types are written: `accordingTo` and `call-for` are `ACCORDING_TO` and `CALL_FOR`.
fn capitals(name: &str) -> String {
    let mut capitals = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !capitals.is_empty() {
            capitals.push('_');
        }
        capitals.push(if c.is_alphanumeric() { c.to_ascii_uppercase() } else { '_' });
    }
    capitals
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::fixture;

    #[test]
    fn every_relationship_has_its_nodes() {
        let graph = Graph::new(fixture::corpus(), &fixture::ontology());
        let folder = tempfile::tempdir().unwrap();
        write(&graph, folder.path()).unwrap();
        let rows = |name: &str| {
            let mut table = csv::Reader::from_path(folder.path().join(name)).unwrap();
            table.records().map(Result::unwrap).collect::<Vec<_>>()
        };
        let (nodes, relationships) = (rows("nodes.csv"), rows("relationships.csv"));
        let ids: BTreeSet<&str> = nodes.iter().map(|row| &row[0]).collect();
        assert_eq!(ids.len(), graph.inner().node_count());
        assert_eq!(relationships.len(), graph.inner().edge_count());
        assert!(relationships.iter().all(|row| ids.contains(&row[0]) && ids.contains(&row[1])));
        let types: BTreeSet<&str> = relationships.iter().map(|row| &row[2]).collect();
        assert!(types.contains("ACCORDING_TO") && types.contains("REJECT"), "{types:?}");
        let list = BETWEEN.chars().next().unwrap();
        assert!(graph.corpus().claims.iter().all(|claim| !claim.id.contains(list)));
    }

    #[test]
    fn types_are_written_in_capitals() {
        assert_eq!(capitals("accordingTo"), "ACCORDING_TO");
        assert_eq!(capitals("play-down"), "PLAY_DOWN");
    }
}
