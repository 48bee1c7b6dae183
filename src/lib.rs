//! demarche
#![warn(missing_docs)]

pub mod annotate;
pub mod ask;
pub mod cli;
pub mod corpus;
pub mod draw;
pub mod eval;
pub mod extract;
pub mod graph;
pub mod ontology;
pub mod rdf;
pub mod resolve;
