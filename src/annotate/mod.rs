//! Annotating: a text becomes words with lemma and tree, names, attributions and
//! pronoun antecedents.

pub mod accuracy;
mod annotation;
mod annotator;
mod attribution;
mod completion;
mod conllu;
mod coreference;
mod dateline;
mod deprel;
mod entities;
mod jsonl;
mod kinship;
mod lemma;
mod model;
mod orthography;
mod pieces;
mod sentences;
mod sighting;
mod spans;
mod tokens;
mod tree;
mod window;

pub use annotation::{Annotation, Attribution, Entity, EntityKind, UnknownUpos, Upos, Word};
pub use annotator::Annotator;
pub use conllu::write_conllu;
pub use coreference::name_clusters;
pub use deprel::Deprel;
pub use jsonl::write_jsonl;
pub use kinship::Kinship;
pub use model::ModelError;
pub use sentences::{sentence_around, sentence_spans};
pub use sighting::{Sighting, Stretch};
