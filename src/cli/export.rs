use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;
use jiff::civil::Date;

use super::terminal::Terminal;
use super::{Global, Outcome, destination};
use crate::export::{Content, FORMATS, Format, Options};
use crate::graph::Graph;
use crate::ontology::{Ontology, sources};
use crate::rdf::{self, Naming, Publication, RdfFormat};
use crate::resolve::Corpus;

const EXAMPLES: &str = "\
Examples:
  demarche export -o claims.csv             a row a claim: date, who, act, to whom, what, quote …
  demarche export -o claims.xlsx            the same for Excel and LibreOffice
  demarche export -o graph.ttl              RDF: .ttl .trig .nt .nq .rdf .jsonld
  demarche export -o graph.gexf             actors over time, for Gephi
  demarche export -o graph.graphml          for yEd, Cytoscape, NetworkX, igraph
  demarche export --format obsidian -o vault    a folder of linked notes
  demarche export --format neo4j -o import      nodes.csv and relationships.csv
  demarche export --format nodes -o nodes.csv   and --format edges: the graph as two tables
  demarche export --format nq | wc -l
  demarche export --with-ontology -o all.trig   the classes and terms beside the graph

RDF describes itself, as a VoID and DCAT data set that the graph's base names: how many triples,
things and claims it holds, and under which licence it is handed on (--license, --publisher, --issued).

Turtle, N-Triples and RDF/XML have no named graphs: which document a claim is from is then
told by dm:inDocument alone. A folder is written whole or not at all, and only where there is
none yet or an empty one. `neo4j-admin database import full --nodes=import/nodes.csv
--relationships=import/relationships.csv` reads the tables for Neo4j.";

/// Write the graph as tables, RDF, GraphML, GEXF, for Neo4j or Obsidian
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Export {
    /// File or folder to write; a file's extension tells the format
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    #[arg(value_hint = clap::ValueHint::AnyPath)]
    output: PathBuf,
    /// csv, xlsx, ttl, trig, nt, nq, rdf, jsonld, nodes, edges, graphml, gexf, neo4j or obsidian
    /// [default: from FILE's extension]
    #[arg(long, value_name = "FORMAT", value_parser = content, long_help = help())]
    format: Option<Content>,
    /// In RDF, write the ontology too: classes and properties, acts, issues, known actors
    #[arg(long)]
    with_ontology: bool,
    /// In RDF, the licence of what is written: an address, or words [default: that of all documents,
    /// where they name one]
    #[arg(long, value_name = "LICENCE", alias = "licence")]
    license: Option<String>,
    /// In RDF, who publishes it
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// In RDF, the day on which it is published
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    issued: Option<Date>,
    /// In CSV, put an apostrophe before words that a spreadsheet would take for a formula
    #[arg(long)]
    spreadsheet: bool,
}

/// The format of a name, or of another extension of RDF (`xml`, `owl`, `turtle`).
fn content(name: &str) -> Result<Content, String> {
    if let Some(format) = Format::named(name) {
        return Ok(format.content);
    }
    rdf::rdf_format(Path::new(&name.to_ascii_lowercase())).map(Content::Rdf).map_err(|_| {
        let known: Vec<_> = FORMATS.iter().map(|it| it.name).collect();
        let hint = match name {
            #[cfg(not(feature = "parquet"))]
            "parquet" => " (Parquet needs a build with --features parquet)",
            _ => "",
        };
        format!("{name:?} is no format; there are {}{hint}", known.join(", "))
    })
}

/// The names with what they are, as the help lists them.
fn help() -> String {
    let lines: Vec<_> =
        FORMATS.iter().map(|it| format!("  {:<8}  {}", it.name, it.about)).collect();
    format!("Format, else FILE's extension tells it:\n{}", lines.join("\n"))
}

/// A day of the calendar.
fn day(written: &str) -> Result<Date, String> {
    written.parse().map_err(|_| "valid: a day as YYYY-MM-DD".to_owned())
}

impl Export {
    pub(super) fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let content = match (self.format, self.output.extension().and_then(OsStr::to_str)) {
            (Some(format), _) => format,
            (None, Some(extension)) => content(extension).map_err(anyhow::Error::msg)?,
            (None, None) => bail!("no format: give --format, or a FILE with an extension"),
        };
        if self.with_ontology && !matches!(content, Content::Rdf(_)) {
            bail!("--with-ontology goes with RDF: ttl, trig, nt, nq, rdf or jsonld");
        }
        let about = [&self.license, &self.publisher].into_iter().any(Option::is_some);
        if (about || self.issued.is_some()) && !matches!(content, Content::Rdf(_)) {
            bail!(
                "--license, --publisher and --issued go with RDF: ttl, trig, nt, nq, rdf or jsonld"
            );
        }
        let ontology = global.ontology()?;
        let corpus = global.corpus()?;
        let graph = |corpus: Corpus| Graph::new(corpus, ontology);
        match content {
            Content::Rdf(format) => {
                self.triples(&corpus, ontology, &global.naming()?, format, global)?
            }
            Content::File(write) => {
                let (graph, options) = (graph(corpus), Options { spreadsheet: self.spreadsheet });
                destination::write(&self.output, |out| Ok(write(&graph, options, out)?))?;
            }
            Content::Folder(_) if self.output == Path::new("-") => {
                bail!("this format is a folder: name it with -o FOLDER");
            }
            Content::Folder(write) => {
                let graph = graph(corpus);
                destination::write_folder(&self.output, |folder| Ok(write(&graph, folder)?))?;
                terminal.note(format_args!("written into {}", self.output.display()));
            }
        }
        Ok(Outcome::Done)
    }

    fn triples(
        &self,
        corpus: &Corpus,
        ontology: &Ontology,
        naming: &Naming,
        format: RdfFormat,
        global: &Global,
    ) -> Result<()> {
        let files = if self.with_ontology { sources(&global.ontology).0 } else { Vec::new() };
        let own = || rdf::quads(corpus, ontology, naming);
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
        let publication = Publication {
            license: self.license.clone(),
            publisher: self.publisher.clone(),
            issued: self.issued,
        };
        let own = rdf::with_description(own(), &corpus.documents, &publication, format, naming);
        let quads = own.chain(files);
        destination::write(&self.output, |out| Ok(rdf::write(quads, naming, format, out)?))
    }
}
