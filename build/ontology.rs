//! The files of the library's room that read the shipped ontology.

#[path = "../src/ontology/binary.rs"]
pub mod binary;
#[path = "../src/ontology/check.rs"]
mod check;
#[path = "../src/ontology/class.rs"]
mod class;
#[path = "../src/ontology/finding.rs"]
mod finding;
#[path = "../src/ontology/key.rs"]
mod key;
#[path = "../src/ontology/layers.rs"]
mod layers;
#[path = "../src/ontology/names.rs"]
mod names;
#[path = "../src/ontology/parsed.rs"]
mod parsed;
#[path = "../src/ontology/read.rs"]
mod read;
#[path = "../src/ontology/reader.rs"]
mod reader;
#[path = "../src/ontology/shared.rs"]
mod shared;
#[path = "../src/ontology/source.rs"]
mod source;
#[path = "../src/ontology/statements.rs"]
mod statements;
#[path = "../src/ontology/terms.rs"]
mod terms;
#[path = "../src/ontology/trigger.rs"]
mod trigger;
#[path = "../src/ontology/vocabulary.rs"]
mod vocabulary;

pub use terms::Ontology;
