//! A name in a text, and the actor that it names.

use std::ops::Range;

use crate::ontology::{Actor, ActorKind, Gender, NameKind};

/// An actor as one document knows it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Known {
    /// Kebab-case of the label.
    pub id: String,
    /// Preferred label.
    pub label: String,
    /// Person, state ….
    pub kind: ActorKind,
    /// `male` or `female`, where known.
    pub gender: Option<Gender>,
}

impl From<&Actor> for Known {
    fn from(actor: &Actor) -> Self {
        Self {
            id: actor.id.clone(),
            label: actor.label.clone(),
            kind: actor.kind,
            gender: actor.gender,
        }
    }
}

/// A name in the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NameSpan {
    /// Word indices.
    pub words: Range<usize>,
    /// The actor that it names.
    pub actor: Known,
    /// Name, family name, demonym, capital or adjective.
    pub how: NameKind,
}
