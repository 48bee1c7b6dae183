//! Annotating: a text becomes words with lemma and tree, names, attributions and
//! pronoun antecedents.

mod annotation;

pub use annotation::{Annotation, Attribution, Entity, EntityKind, Upos, Word};
