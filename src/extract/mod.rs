//! Extracting: an annotated document becomes [`Claim`]s.

mod claim;

pub use claim::{Claim, MatterMention, Participant, Status};

use crate::annotate::Annotation;
use crate::corpus::Document;
use crate::ontology::Ontology;

/// Reads the claims of one document, sorted by offset: a pure function of the
/// document and the ontology. Matters get words and issues, not yet an id.
pub fn extract(_document: &Document, _annotation: &Annotation, _ontology: &Ontology) -> Vec<Claim> {
    Vec::new()
}
