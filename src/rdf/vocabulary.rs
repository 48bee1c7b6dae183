//! The ontology's own files as quads: its classes and properties, or all that it knows.

use std::collections::HashMap;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{BlankNode, NamedOrBlankNode, Quad, Term};

use super::naming::ONTOLOGY_GRAPH;
use crate::ontology::{Source, shipped_source};

/// The file of classes and properties.
const CORE: &str = "ontology/core.ttl";

/// Classes and properties of the graph, in the graph of the ontology: what `?x a/rdfs:subClassOf*
/// dm:Actor` needs.
pub fn vocabulary() -> impl Iterator<Item = Quad> {
    statements(shipped_source(CORE).into_iter().collect())
}

/// All that ontology files say, in the graph of the ontology, in their order. Nameless nodes are
/// numbered, so that the same files give the same quads; what is no Turtle is left out, as
/// [`Ontology::check`](crate::ontology::Ontology::check) tells it.
pub fn statements(sources: Vec<Source>) -> impl Iterator<Item = Quad> {
    let mut named: HashMap<BlankNode, BlankNode> = HashMap::new();
    let mut number = move |node: BlankNode| {
        let next = named.len() + 1;
        let new = || BlankNode::new_unchecked(format!("o{next}"));
        named.entry(node).or_insert_with(new).clone()
    };
    sources
        .into_iter()
        .flat_map(|source| {
            let parser = RdfParser::from_format(RdfFormat::Turtle).rename_blank_nodes();
            let read = parser.for_slice(source.text.as_bytes()).filter_map(Result::ok);
            read.collect::<Vec<Quad>>()
        })
        .map(move |quad| Quad {
            subject: match quad.subject {
                NamedOrBlankNode::BlankNode(node) => number(node).into(),
                named => named,
            },
            object: match quad.object {
                Term::BlankNode(node) => number(node).into(),
                other => other,
            },
            graph_name: ONTOLOGY_GRAPH.into(),
            ..quad
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::shipped_sources;

    #[test]
    fn nameless_nodes_have_the_same_names_every_time() {
        let all = || statements(shipped_sources()).collect::<Vec<_>>();
        let once = all();
        assert!(once.iter().any(|quad| quad.object.is_blank_node()));
        assert!(once == all());
    }

    #[test]
    fn nodes_of_two_files_stay_two() {
        let file = |name: &str| Source {
            name: name.into(),
            text: "<x:a> <x:b> [ <x:c> 1 ] . <x:a> <x:b> _:n . _:n <x:c> 2 .".into(),
            layer: 1,
        };
        let quads: Vec<Quad> = statements(vec![file("a"), file("b")]).collect();
        let subjects: std::collections::BTreeSet<String> =
            quads.iter().map(|quad| quad.subject.to_string()).collect();
        assert_eq!(subjects.len(), 5, "{subjects:?}");
    }
}
