//! What keeps a graph from being served.

use thiserror::Error;

use crate::views::OpenError;

/// Why a graph cannot be served.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The graph cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The system does not let it listen.
    #[error("cannot serve: {0}")]
    Listen(#[from] std::io::Error),
}
