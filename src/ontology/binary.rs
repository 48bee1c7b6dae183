//! The ontology as bytes, in which form it is part of the program.

use super::terms::Ontology;

/// The name of the file that `build/main.rs` writes.
pub(crate) const NAME: &str = "ontology.postcard";

/// The ontology as bytes.
///
/// # Errors
/// Whatever [`postcard`] cannot write; of an ontology there is nothing.
pub(crate) fn write(ontology: &Ontology) -> postcard::Result<Vec<u8>> {
    postcard::to_allocvec(ontology)
}

/// The ontology from what [`write`] made of it.
///
/// # Errors
/// When the bytes were not made by [`write`] of this version.
pub(crate) fn read(bytes: &[u8]) -> postcard::Result<Ontology> {
    postcard::from_bytes(bytes)
}
