use std::io::{self, Write};
use std::path::Path;

#[cfg(feature = "rdf")]
use crate::rdf::{JsonLdProfileSet, RdfFormat};

use super::{csv, gexf, graphml, neo4j, nodes_edges, obsidian};
use crate::graph::Graph;

/// What whoever asks for a file may choose.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// In CSV, put an apostrophe before words that a spreadsheet would take for a formula.
    pub spreadsheet: bool,
}

/// Something that a graph can be written as.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its name, which is also the extension of its files.
    pub name: &'static str,
    /// Its media type; of a folder, that of the files in it.
    pub media: &'static str,
    /// What it is, in words.
    pub about: &'static str,
    /// What is written, and how.
    pub content: Content,
}

/// How a format is written.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Content {
    /// The triples or quads of [`crate::rdf::quads`].
    #[cfg(feature = "rdf")]
    Rdf(RdfFormat),
    /// One file.
    File(fn(&Graph, Options, &mut dyn Write) -> io::Result<()>),
    /// Files in a folder, which is there and empty.
    Folder(fn(&Graph, &Path) -> io::Result<()>),
}

impl Format {
    /// The format of this name, in any case.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|it| it.name.eq_ignore_ascii_case(name))
    }
}

#[cfg(feature = "rdf")]
const fn rdf(
    name: &'static str,
    media: &'static str,
    about: &'static str,
    form: RdfFormat,
) -> Format {
    Format { name, media, about, content: Content::Rdf(form) }
}

/// Every format that this build writes.
pub const FORMATS: &[Format] = &[
    #[cfg(feature = "rdf")]
    rdf("ttl", "text/turtle", "RDF as Turtle", RdfFormat::Turtle),
    #[cfg(feature = "rdf")]
    rdf(
        "trig",
        "application/trig",
        "RDF as TriG: Turtle, a graph for each document",
        RdfFormat::TriG,
    ),
    #[cfg(feature = "rdf")]
    rdf("nt", "application/n-triples", "RDF as N-Triples", RdfFormat::NTriples),
    #[cfg(feature = "rdf")]
    rdf("nq", "application/n-quads", "RDF as N-Quads", RdfFormat::NQuads),
    #[cfg(feature = "rdf")]
    rdf("rdf", "application/rdf+xml", "RDF/XML", RdfFormat::RdfXml),
    #[cfg(feature = "rdf")]
    rdf(
        "jsonld",
        "application/ld+json",
        "RDF as JSON-LD",
        RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
    ),
    Format {
        name: "csv",
        media: "text/csv",
        about: "table of claims, a row each",
        content: Content::File(|graph, options, out| csv::write(graph, options.spreadsheet, out)),
    },
    #[cfg(feature = "xlsx")]
    Format {
        name: "xlsx",
        media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        about: "the same table as a workbook",
        content: Content::File(|graph, _, out| super::xlsx::write(graph, out)),
    },
    #[cfg(feature = "parquet")]
    Format {
        name: "parquet",
        media: "application/vnd.apache.parquet",
        about: "the same table as Parquet",
        content: Content::File(|graph, _, out| super::parquet::write(graph, out)),
    },
    Format {
        name: "nodes",
        media: "text/csv",
        about: "table of all nodes, as CSV",
        content: Content::File(|graph, options, out| {
            nodes_edges::write_nodes(graph, options.spreadsheet, out)
        }),
    },
    Format {
        name: "edges",
        media: "text/csv",
        about: "table of all edges, as CSV",
        content: Content::File(|graph, options, out| {
            nodes_edges::write_edges(graph, options.spreadsheet, out)
        }),
    },
    Format {
        name: "graphml",
        media: "application/graphml+xml",
        about: "all nodes and edges, for yEd, Cytoscape, NetworkX, igraph",
        content: Content::File(|graph, _, out| graphml::write(graph, out)),
    },
    Format {
        name: "gexf",
        media: "application/gexf+xml",
        about: "who does something to whom, over time, for Gephi",
        content: Content::File(|graph, _, out| gexf::write(graph, out)),
    },
    Format {
        name: "neo4j",
        media: "text/csv",
        about: "folder of nodes.csv and relationships.csv for neo4j-admin import",
        content: Content::Folder(neo4j::write),
    },
    Format {
        name: "obsidian",
        media: "text/markdown",
        about: "folder of notes: an Obsidian vault",
        content: Content::Folder(obsidian::write),
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn each_name_is_one_format_and_writes_the_same_twice() {
        let graph = Graph::new(fixture::corpus(), &fixture::ontology());
        for (at, format) in FORMATS.iter().enumerate() {
            assert!(FORMATS[..at].iter().all(|it| it.name != format.name), "{}", format.name);
            let Content::File(write) = format.content else { continue };
            let written = || {
                let mut out = Vec::new();
                write(&graph, Options::default(), &mut out).unwrap();
                out
            };
            let first = written();
            assert!(first.len() > 100 && first == written(), "{}", format.name);
        }
        assert_eq!(Format::named("GEXF").map(|it| it.name), Some("gexf"));
        assert!(Format::named("doc").is_none());
    }
}
