use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

use super::terminal::Terminal;
use super::{Global, Outcome};

const EXAMPLES: &str = "\
Examples:
  demarche export -o graph.ttl              RDF: .ttl .trig .nt .nq .rdf .jsonld
  demarche export -o graph.graphml          for Gephi, yEd, Cytoscape, NetworkX
  demarche export -o nodes.csv              two tables: nodes.csv and nodes-edges.csv
  demarche export --format nq - | sort | uniq -c
  demarche export -o ontology.ttl --only ontology

Turtle, N-Triples and RDF/XML have no named graphs: which document a claim is from is then
told by dm:inDocument alone.";

/// Write the graph as RDF, GraphML or CSV
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Export {
    /// File to write; its extension tells the format; `-` is standard output
    #[arg(long, short, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    output: PathBuf,
    /// ttl, trig, nt, nq, rdf, jsonld, graphml, nodes.csv or edges.csv
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
}

impl Export {
    pub fn run(self, _global: &Global, _terminal: &Terminal) -> Result<Outcome> {
        bail!("not here yet")
    }
}
