use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;

use super::terminal::Terminal;
use super::{Global, Outcome, destination};
use crate::graph::{Graph, csv, graphml};
use crate::ontology::sources;
use crate::rdf::{self, JsonLdProfileSet, RdfFormat};

const EXAMPLES: &str = "\
Examples:
  demarche export -o graph.ttl              RDF: .ttl .trig .nt .nq .rdf .jsonld
  demarche export -o graph.graphml          for Gephi, yEd, Cytoscape, NetworkX
  demarche export -o graph.csv              two tables: graph.csv, and graph-edges.csv beside it
  demarche export --format nq | wc -l
  demarche export --with-ontology -o all.trig   the classes and terms beside the graph

Turtle, N-Triples and RDF/XML have no named graphs: which document a claim is from is then
told by dm:inDocument alone.";

/// Write the graph as RDF, GraphML or CSV
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Export {
    /// File to write; its extension tells the format
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    #[arg(value_hint = clap::ValueHint::FilePath)]
    output: PathBuf,
    /// ttl, trig, nt, nq, rdf, jsonld, graphml, csv, nodes or edges [default: from FILE's extension]
    #[arg(long, value_name = "FORMAT", value_parser = Format::from_name, long_help = Format::help())]
    format: Option<Format>,
    /// In RDF, write the ontology too: classes and properties, acts, issues, known actors
    #[arg(long)]
    with_ontology: bool,
    /// In CSV, put an apostrophe before words that a spreadsheet would take for a formula
    #[arg(long)]
    spreadsheet: bool,
}

/// What is written.
#[derive(Debug, Clone, Copy)]
enum Format {
    Rdf(RdfFormat),
    GraphMl,
    /// Nodes in the file, edges in a second one beside it.
    Csv,
    Nodes,
    Edges,
}

/// Every format by its name, which is also the extension of its files, with what it is.
const FORMATS: [(&str, Format, &str); 10] = [
    ("ttl", Format::Rdf(RdfFormat::Turtle), "Turtle"),
    ("trig", Format::Rdf(RdfFormat::TriG), "TriG: Turtle, a graph for each document"),
    ("nt", Format::Rdf(RdfFormat::NTriples), "N-Triples"),
    ("nq", Format::Rdf(RdfFormat::NQuads), "N-Quads"),
    ("rdf", Format::Rdf(RdfFormat::RdfXml), "RDF/XML"),
    ("jsonld", Format::Rdf(RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }), "JSON-LD"),
    ("graphml", Format::GraphMl, "for Gephi, yEd, Cytoscape, NetworkX"),
    ("csv", Format::Csv, "two tables: nodes, and edges in a file beside it"),
    ("nodes", Format::Nodes, "the table of nodes alone, as CSV"),
    ("edges", Format::Edges, "the table of edges alone, as CSV"),
];

impl Format {
    /// The format of a name, or of another extension of RDF (`xml`, `owl`, `turtle`).
    fn from_name(name: &str) -> Result<Self, String> {
        let name = name.to_ascii_lowercase();
        if let Some((_, format, _)) = FORMATS.iter().find(|(known, ..)| *known == name) {
            return Ok(*format);
        }
        rdf::rdf_format(Path::new(&name)).map(Self::Rdf).map_err(|_| {
            format!(
                "{name:?} is no format; there are {}",
                FORMATS.map(|(name, ..)| name).join(", ")
            )
        })
    }

    /// The names with what they are, as the help lists them.
    fn help() -> String {
        let lines = FORMATS.map(|(name, _, what)| format!("  {name:<8}  {what}"));
        format!("Format, else FILE's extension tells it:\n{}", lines.join("\n"))
    }
}

impl Export {
    pub(super) fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let is_stdout = self.output == Path::new("-");
        let format = match (self.format, self.output.extension().and_then(OsStr::to_str)) {
            (Some(format), _) => format,
            (None, Some(extension)) => Format::from_name(extension).map_err(anyhow::Error::msg)?,
            (None, None) => bail!("no format: give --format, or a FILE with an extension"),
        };
        let ontology = global.ontology()?;
        let naming = global.naming()?;
        let corpus = global.corpus()?;
        if let Format::Rdf(format) = format {
            let files = if self.with_ontology { sources(&global.ontology).0 } else { Vec::new() };
            let own = || rdf::quads(&corpus, ontology, &naming);
            let triple = |quad: rdf::Quad| (quad.subject, quad.predicate, quad.object);
            // What the graph says too, or several files say, is said once: formats without graphs
            // would repeat it. The graph is gone through twice rather than held.
            let files: Vec<rdf::Quad> = rdf::statements(files).collect();
            let mut unsaid: HashSet<_> = files.iter().cloned().map(triple).collect();
            if !unsaid.is_empty() {
                own().for_each(|quad| {
                    unsaid.remove(&triple(quad));
                });
            }
            let files = files.into_iter().filter(|quad| unsaid.remove(&triple(quad.clone())));
            let quads = own().chain(files);
            destination::write(&self.output, |out| Ok(rdf::write(quads, &naming, format, out)?))?;
            return Ok(Outcome::Done);
        }
        if self.with_ontology {
            bail!("--with-ontology goes with RDF: ttl, trig, nt, nq, rdf or jsonld");
        }
        let graph = Graph::new(corpus, ontology);
        destination::write(&self.output, |out| match format {
            Format::GraphMl => Ok(graphml::write(&graph, out)?),
            Format::Edges => Ok(csv::write_edges(&graph, self.spreadsheet, out)?),
            _ => Ok(csv::write_nodes(&graph, self.spreadsheet, out)?),
        })?;
        if matches!(format, Format::Csv) && !is_stdout {
            let mut name = self.output.file_stem().unwrap_or_default().to_owned();
            name.push("-edges.csv");
            let edges = self.output.with_file_name(name);
            destination::write(&edges, |out| Ok(csv::write_edges(&graph, self.spreadsheet, out)?))?;
            terminal.note(format_args!("the edges are in {}", edges.display()));
        }
        Ok(Outcome::Done)
    }
}
