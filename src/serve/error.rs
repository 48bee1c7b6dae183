//! What keeps a graph from being served.

use thiserror::Error;

use crate::graph::folder::FolderError;
use crate::ontology::OntologyErrors;

/// Why a graph cannot be served.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The graph cannot be opened.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The ontology is wrong.
    #[error(transparent)]
    Ontology(#[from] OntologyErrors),
    /// The graph's base is no IRI.
    #[error(transparent)]
    Base(#[from] crate::rdf::BaseError),
    /// The language model cannot be loaded.
    #[error("the language model cannot be loaded: {0}")]
    Model(String),
    /// The system does not let it listen.
    #[error("cannot serve: {0}")]
    Listen(#[from] std::io::Error),
}
