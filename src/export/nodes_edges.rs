//! Nodes and edges as two CSV tables, for R and Gephi's import.

use std::io::{self, Write};

use petgraph::visit::EdgeRef;

use super::{claim_ids, of_csv};
use crate::escaped::inert;
use crate::graph::{Edge, Graph, Node};

/// Writes the node list: `id,kind,label,class,act,status,time,document`; for a
/// `spreadsheet` no cell is a formula.
pub(super) fn write_nodes(graph: &Graph, spreadsheet: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table
        .write_record(["id", "kind", "label", "class", "act", "status", "time", "document"])
        .map_err(of_csv)?;
    let corpus = graph.corpus();
    for &node in graph.inner().node_weights() {
        let written;
        let [class, act, status, time, document] = match node {
            Node::Actor(at) => [&*corpus.actors[at].kind, "", "", "", ""],
            Node::Matter(_) => [""; 5],
            Node::Event(at) => {
                let event = &corpus.events[at];
                written = event.time.map(|time| time.to_string()).unwrap_or_default();
                ["", &event.act, "", &written, ""]
            }
            Node::Claim(at) => {
                let claim = &corpus.claims[at];
                written = claim.time.map(|time| time.to_string()).unwrap_or_default();
                ["", &claim.act, claim.status.as_str(), &written, &claim.document]
            }
            Node::Document(at) => {
                ["", "", "", corpus.documents[at].date.as_deref().unwrap_or(""), ""]
            }
        };
        let (id, label) = (graph.name(node), graph.label(node));
        let row = [&id, node.kind(), label, class, act, status, time, document];
        table.write_record(row.map(|cell| inert(cell.to_owned(), spreadsheet))).map_err(of_csv)?;
    }
    table.flush()
}

/// Writes the edge list: `source,target,relation,act,status,weight,claims`; the
/// last four only for direct edges, with the claims' ids apart by spaces; for a
/// `spreadsheet` as [`write_nodes`].
pub(super) fn write_edges(graph: &Graph, spreadsheet: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table
        .write_record(["source", "target", "relation", "act", "status", "weight", "claims"])
        .map_err(of_csv)?;
    for edge in graph.inner().edge_references() {
        let from = graph.name(graph.inner()[edge.source()]);
        let to = graph.name(graph.inner()[edge.target()]);
        let row = |cells: [&str; 7]| cells.map(|cell| inert(cell.to_owned(), spreadsheet));
        let row = match edge.weight() {
            Edge::Act(act) => row([
                &*from,
                &*to,
                "act",
                &*act.act,
                act.status.as_str(),
                &*act.claims.len().to_string(),
                &*claim_ids(graph, &act.claims, " "),
            ]),
            other => row([&*from, &*to, other.name(), "", "", "", ""]),
        };
        table.write_record(row).map_err(of_csv)?;
    }
    table.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn every_node_and_edge_has_a_row() {
        let graph = Graph::new(fixture::corpus(), &fixture::ontology());
        let (mut nodes, mut edges) = (Vec::new(), Vec::new());
        write_nodes(&graph, false, &mut nodes).unwrap();
        write_edges(&graph, false, &mut edges).unwrap();
        let rows =
            |table: &[u8]| csv::Reader::from_reader(table).records().map(Result::unwrap).count();
        assert_eq!(rows(&nodes), graph.inner().node_count());
        assert_eq!(rows(&edges), graph.inner().edge_count());
        let edges = String::from_utf8(edges).unwrap();
        assert!(edges.contains("actor/russia,matter/peacekeepers,act,reject,actual,1,005-reject-"));
    }
}
