//! Texts about a negotiation become a knowledge graph of who proposed, demanded,
//! accepted and rejected what, according to whom, in which words.
//!
//! # A start
//!
//! ```
//! # fn main() -> Result<(), demarche::BuildError> {
//! let built = demarche::build(["seeds/004-talk-and-delay.md"])?;
//! for claim in &built.graph.corpus().claims {
//!     let who: Vec<&str> = claim.participants().map(|participant| participant.name()).collect();
//!     println!("{} by {}: “{}”", claim.act, who.join(", "), claim.quote);
//! }
//! # assert!(built.errors.is_empty() && built.graph.corpus().claims.len() > 10);
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! All but `parquet` are on by default. `cli` is the program. A library does with fewer,
//! and with under half the packages without any (`default-features = false`): texts, Markdown
//! and JSON Lines become claims and a graph, which answers questions in English.
//!
//! | feature | adds |
//! | --- | --- |
//! | `html` | texts that are web pages |
//! | `feeds`, `docx`, `pdf` | texts in feeds (with it `html`), Word documents and PDF |
//! | `export` | [`export`]: the graph as tables and for Gephi, Neo4j, Obsidian …; `eval::events::plover` reads a table |
//! | `xlsx`, `parquet` | the table of claims as a workbook, and as Parquet (not on by default); with it `export` |
//! | `rdf` | [`rdf`]: the graph as RDF, the store, SPARQL; with it `export` |
//! | `endpoint` | [`rdf::Endpoint`]: SPARQL over the network; with it `rdf` |
//! | `draw` | [`draw`]: the graph as pictures |
//! | `serve` | [`serve`]: the graph as a server; with it `rdf` |
//! | `mcp` | [`mcp`]: the graph as tools for language models; with it `rdf` |
//! | `cli` | [`cli`]: the program |
//!
//! # The whole way
//!
//! In the order of the rooms:
//!
//! ```
//! use std::time::Duration;
//!
//! use demarche::annotate::Annotator;
//! use demarche::corpus::Reader;
//! use demarche::extract::Lexicon;
//! use demarche::graph::Graph;
//! use demarche::ontology::Ontology;
//! use demarche::rdf::{self, Naming, RdfFormat, Store};
//! use demarche::resolve::resolve;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // What the program knows, and the model that reads English: both are in the binary.
//! let ontology = Ontology::shipped()?;
//! let lexicon = Lexicon::new(&ontology);
//! let annotator = Annotator::embedded()?;
//!
//! // Texts become documents, and each document becomes claims.
//! let text = "According to the Kremlin, Putin rejected a 30-day ceasefire.";
//! let (mut records, mut claims) = (Vec::new(), Vec::new());
//! for item in Reader::new(["-"], None).with_stdin(text.as_bytes()) {
//!     let (document, _warnings) = item?;
//!     let (record, found) = demarche::read(&document, &annotator, &lexicon);
//!     records.push(record);
//!     claims.extend(found);
//! }
//! let rejected = claims.iter().find(|claim| claim.act == "reject").ok_or("no claim")?;
//! assert_eq!(rejected.quote, "Putin rejected a 30-day ceasefire");
//! assert_eq!(rejected.agent[0].label.as_deref(), Some("Vladimir Putin"));
//! assert_eq!(rejected.source[0].label.as_deref(), Some("Kremlin"));
//!
//! // The claims of all documents become one corpus of actors, matters, events and
//! // disputes, and that a graph, from which everything else is written.
//! let graph = Graph::new(resolve(records, claims, &ontology), &ontology);
//! let naming = Naming::default();
//! let mut turtle = Vec::new();
//! let quads = || rdf::quads(graph.corpus(), &ontology, &naming);
//! rdf::write(quads(), &naming, RdfFormat::Turtle, &mut turtle)?;
//!
//! let store = Store::load(quads(), naming.clone())?;
//! let query = "ASK { ?claim dm:act act:reject ; dm:accordingTo actor:kremlin }";
//! let answer = store.query(query, Duration::from_secs(10))?;
//! assert_eq!(answer, rdf::Answer::Boolean(true));
//! # Ok(())
//! # }
//! ```
//!
//! | room | in | out |
//! | --- | --- | --- |
//! | [`budget`] | time and memory | whether any is left for a document |
//! | [`files`] | a path | an open regular file, never one to wait for |
//! | [`corpus`] | files, folders, streams | [`corpus::Document`] |
//! | [`layout`] | [`corpus::Document`] | [`layout::Page`]: blocks, and the text as it is read aloud |
//! | [`annotate`] | [`corpus::Text`] | [`annotate::Annotation`]: trees, names, who says what |
//! | [`ontology`] | Turtle | [`ontology::Ontology`]: acts, actors, issues and their words |
//! | [`extract`] | the three above | [`extract::Claim`] |
//! | [`decisions`] | claims and a person's corrections | mended claims |
//! | [`resolve`] | claims of all documents | [`resolve::Corpus`]: actors, matters, events, disputes |
//! | [`readings`] | a document and its claims | lines of a file, by what was read and by what |
//! | [`graph`] | a corpus | [`graph::Graph`], and the folder that keeps it |
//! | [`rdf`] | a corpus | RDF, and [`rdf::Store`] for SPARQL |
//! | [`export`] | a graph | tables, GraphML, GEXF, folders for Neo4j and Obsidian |
//! | [`draw`] | a graph | DOT, SVG, Mermaid |
//! | [`ask`] | a graph and a question | answers with their evidence |
//! | `views` | a graph folder | the graph counted and filtered, as servers show it |
//! | `mcp` | a graph folder | tools and resources of the Model Context Protocol; with the feature `mcp` |
//! | `serve` | a graph folder | HTTP: SPARQL, JSON, the explorer; with the feature `serve` |
//! | [`suggest`] | a corpus and its texts | what the ontology lacks, as Turtle |
//! | [`eval`] | claims or answers, and gold | how many are found, and right |
//! | [`cli`] | arguments | the program `demarche` |
//!
//! Each room knows those above it and none below. Offsets count Unicode scalar
//! values, ends are exclusive; dates are ISO 8601.
#![warn(missing_docs)]

pub mod annotate;
pub mod ask;
pub mod budget;
mod built;
#[cfg(feature = "cli")]
pub mod cli;
pub mod corpus;
pub mod decisions;
#[cfg(feature = "draw")]
pub mod draw;
#[cfg(any(feature = "export", feature = "rdf", feature = "cli"))]
mod escaped;
pub mod eval;
#[cfg(feature = "export")]
pub mod export;
pub mod extract;
pub mod files;
pub mod graph;
pub mod layout;
#[cfg(feature = "listen")]
mod listen;
pub mod logistic;
#[cfg(feature = "mcp")]
pub mod mcp;
mod named;
pub mod ontology;
#[cfg(feature = "rdf")]
pub mod rdf;
pub mod readings;
pub mod resolve;
#[cfg(feature = "rdf")]
mod ruled;
#[cfg(feature = "serve")]
pub mod serve;
pub mod suggest;
#[cfg(any(feature = "mcp", feature = "serve"))]
mod views;

pub use built::{Budgets, BuildError, Built, Desk, Unread, build};

use annotate::{Annotation, Annotator};
use budget::{Budget, OverBudget};
use corpus::Document;
use extract::{Claim, Lexicon};
use resolve::DocumentRecord;

/// Reads one document: annotates it and extracts its claims, sorted by offset.
///
/// A pure function of the document, the model and the ontology, so that documents
/// can be read in parallel or on different machines. Every claim holds
/// `text[start..end] == quote`.
pub fn read(
    document: &Document,
    annotator: &Annotator,
    lexicon: &Lexicon<'_>,
) -> (DocumentRecord, Vec<Claim>) {
    read_with(document, annotator, |page, annotation| extract::extract(page, annotation, lexicon))
}

/// As [`read`], with claims as `claims` makes them of the document as it is read aloud
/// ([`layout::Page`]) and its annotation: all candidates ([`extract::By::EveryCandidate`]), say,
/// and not only the chosen ones.
pub fn read_with(
    document: &Document,
    annotator: &Annotator,
    claims: impl FnOnce(&Document, &Annotation) -> Vec<Claim>,
) -> (DocumentRecord, Vec<Claim>) {
    let claims = |page: &Document, annotation: &Annotation| Ok(claims(page, annotation));
    let read = read_within(document, annotator, &Budget::unlimited(), claims);
    read.expect("what is unlimited is never used up")
}

/// As [`read_with`], as long as the budget lasts.
///
/// # Errors
/// When it is used up before the document is read.
pub fn read_within(
    document: &Document,
    annotator: &Annotator,
    budget: &Budget,
    claims: impl FnOnce(&Document, &Annotation) -> Result<Vec<Claim>, OverBudget>,
) -> Result<(DocumentRecord, Vec<Claim>), OverBudget> {
    let page = annotator.page(document);
    budget.check()?;
    let annotation = annotator.annotate_within(&page.document.text, budget)?;
    budget.check()?;
    let claims = extract::as_written(claims(&page.document, &annotation)?, &page, document);
    let record = readings::record(document, annotation.words.len());
    budget.check()?;
    Ok((record, claims))
}

// The tests' corpus is shared by unit tests and by tests/, where the crate has a name.
#[cfg(test)]
extern crate self as demarche;
#[cfg(test)]
#[path = "../tests/fixture/mod.rs"]
mod fixture;
