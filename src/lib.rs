//! demarche
#![warn(missing_docs)]

pub mod annotate;
pub mod ask;
pub mod cli;
pub mod corpus;
pub mod draw;
pub mod extract;
pub mod graph;
pub mod ontology;
pub mod rdf;
pub mod resolve;

// The tests' corpus is shared by unit tests and by tests/, where the crate has a name.
#[cfg(test)]
extern crate self as demarche;
#[cfg(test)]
#[path = "../tests/fixture/mod.rs"]
mod fixture;
