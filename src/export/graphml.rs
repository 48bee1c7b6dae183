//! The graph as GraphML, for Gephi, yEd, Cytoscape, NetworkX and igraph.

use std::io::{self, Write};

use petgraph::visit::EdgeRef;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::claim_ids;
use crate::escaped::xml_text;
use crate::graph::{Edge, Graph, Node};

/// Key id, what it applies to, name and type. What nodes and edges both have is declared for each:
/// igraph passes over a key that is for all.
const KEYS: [(&str, &str, &str, &str); 12] = [
    ("kind", "node", "kind", "string"),
    ("label", "node", "label", "string"),
    ("class", "node", "class", "string"),
    ("act", "node", "act", "string"),
    ("status", "node", "status", "string"),
    ("time", "node", "time", "string"),
    ("confidence", "node", "confidence", "double"),
    ("relation", "edge", "relation", "string"),
    ("edge-act", "edge", "act", "string"),
    ("edge-status", "edge", "status", "string"),
    ("weight", "edge", "weight", "int"),
    ("claims", "edge", "claims", "string"),
];

/// Writes all nodes and edges of `graph` as GraphML: the nodes as `kind/id`, with
/// kind, label, class of actors, and act, status, time and confidence of claims;
/// the edges with relation, and for direct edges act, status, number and ids of
/// the claims.
pub(super) fn write(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("graphml")
        .with_attribute(("xmlns", "http://graphml.graphdrawing.org/xmlns"))
        .write_inner_content(|xml| {
            for (id, to, name, kind) in KEYS {
                xml.create_element("key")
                    .with_attributes([("id", id), ("for", to), ("attr.name", name)])
                    .with_attribute(("attr.type", kind))
                    .write_empty()?;
            }
            xml.create_element("graph")
                .with_attributes([("id", "demarche"), ("edgedefault", "directed")])
                .write_inner_content(|xml| {
                    nodes(graph, xml)?;
                    edges(graph, xml)
                })?;
            Ok(())
        })?;
    xml.get_mut().write_all(b"\n")
}

/// [`Graph::name`] as an attribute of XML.
fn xml_name(graph: &Graph, node: Node) -> String {
    xml_text(&graph.name(node)).into_owned()
}

fn nodes<W: Write>(graph: &Graph, xml: &mut Writer<W>) -> io::Result<()> {
    for &node in graph.inner().node_weights() {
        xml.create_element("node")
            .with_attribute(("id", &*xml_name(graph, node)))
            .write_inner_content(|xml| {
                data(xml, "kind", node.kind())?;
                data(xml, "label", graph.label(node))?;
                match node {
                    Node::Actor(at) => data(xml, "class", &graph.corpus().actors[at].kind),
                    Node::Claim(at) => {
                        let claim = &graph.corpus().claims[at];
                        data(xml, "act", &claim.act)?;
                        data(xml, "status", claim.status.as_str())?;
                        if let Some(time) = claim.time {
                            data(xml, "time", &time.to_string())?;
                        }
                        data(xml, "confidence", &claim.confidence.to_string())
                    }
                    Node::Event(at) => match graph.corpus().events[at].time {
                        Some(time) => data(xml, "time", &time.to_string()),
                        None => Ok(()),
                    },
                    Node::Matter(_) | Node::Document(_) => Ok(()),
                }
            })?;
    }
    Ok(())
}

fn edges<W: Write>(graph: &Graph, xml: &mut Writer<W>) -> io::Result<()> {
    for edge in graph.inner().edge_references() {
        let from = xml_name(graph, graph.inner()[edge.source()]);
        let to = xml_name(graph, graph.inner()[edge.target()]);
        xml.create_element("edge")
            .with_attributes([("source", &*from), ("target", &*to)])
            .write_inner_content(|xml| match edge.weight() {
                Edge::Act(act) => {
                    data(xml, "relation", "act")?;
                    data(xml, "edge-act", &act.act)?;
                    data(xml, "edge-status", act.status.as_str())?;
                    data(xml, "weight", &act.claims.len().to_string())?;
                    data(xml, "claims", &claim_ids(graph, &act.claims, " "))
                }
                other => data(xml, "relation", other.name()),
            })?;
    }
    Ok(())
}

fn data<W: Write>(xml: &mut Writer<W>, key: &str, value: &str) -> io::Result<()> {
    let value = xml_text(value);
    xml.create_element("data")
        .with_attribute(("key", key))
        .write_text_content(BytesText::new(&value))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn the_file_is_xml_with_every_node_and_edge() {
        let mut corpus = fixture::corpus();
        corpus.matters[0].label = "a <b> & \u{1} \"c\"".into();
        let graph = Graph::new(corpus, &fixture::ontology());
        let mut out = Vec::new();
        write(&graph, &mut out).unwrap();
        let mut reader = quick_xml::Reader::from_reader(&out[..]);
        let mut counts = std::collections::BTreeMap::new();
        let mut buffer = Vec::new();
        loop {
            match reader.read_event_into(&mut buffer).unwrap() {
                Event::Start(tag) => {
                    let name = tag.name().as_ref().to_owned();
                    *counts.entry(name).or_insert(0) += 1;
                }
                Event::Eof => break,
                _ => {}
            }
            buffer.clear();
        }
        assert_eq!(counts["node"], graph.inner().node_count());
        assert_eq!(counts["edge"], graph.inner().edge_count());
        let text = String::from_utf8(out).unwrap();
        assert!(!text.contains("for=\"all\""), "igraph passes over such a key");
        assert!(text.contains("a &lt;b&gt; &amp; \u{fffd} "), "{}", &text[..2000]);
    }
}
