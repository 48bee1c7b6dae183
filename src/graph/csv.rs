//! The graph as two CSV tables, for spreadsheets, R and Gephi's import.

use std::io::Write;

use petgraph::visit::EdgeRef;

use super::graphml::claim_ids;
use super::{Edge, Graph, Node};

/// A cell that a spreadsheet takes for words and never for a formula, if so asked: what it
/// would calculate gets an apostrophe before it.
///
/// # Example
/// ```
/// use demarche::graph::csv::inert;
///
/// assert_eq!(inert("=1+1".into(), true), "'=1+1");
/// assert_eq!(inert("=1+1".into(), false), "=1+1");
/// assert_eq!(inert("a ceasefire".into(), true), "a ceasefire");
/// ```
pub fn inert(cell: String, spreadsheet: bool) -> String {
    let calculates = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if spreadsheet && cell.trim_start_matches(' ').starts_with(calculates) {
        format!("'{cell}")
    } else {
        cell
    }
}

/// Writes the node list: `id,kind,label,class,act,status,time,document`; for a
/// `spreadsheet` no cell is a formula, see [`inert`].
///
/// # Errors
/// When `out` refuses to be written to.
pub fn write_nodes(graph: &Graph, spreadsheet: bool, out: impl Write) -> csv::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["id", "kind", "label", "class", "act", "status", "time", "document"])?;
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
        table.write_record(row.map(|cell| inert(cell.to_owned(), spreadsheet)))?;
    }
    table.flush()?;
    Ok(())
}

/// Writes the edge list: `source,target,relation,act,status,weight,claims`; the
/// last four only for direct edges, with the claims' ids apart by spaces; for a
/// `spreadsheet` as [`write_nodes`].
///
/// # Errors
/// When `out` refuses to be written to.
pub fn write_edges(graph: &Graph, spreadsheet: bool, out: impl Write) -> csv::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["source", "target", "relation", "act", "status", "weight", "claims"])?;
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
                &*claim_ids(graph, &act.claims),
            ]),
            other => row([&*from, &*to, other.name(), "", "", "", ""]),
        };
        table.write_record(row)?;
    }
    table.flush()?;
    Ok(())
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
