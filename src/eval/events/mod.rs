//! Claims against event data: sentences of which one event is known (`plover`), and
//! narratives of which many are ([`icbe`]). Sentences come in a
//! table, which takes the feature `export`.
//!
//! Event data say which sentence tells of an event, not which words, so that a claim is
//! right when its sentence has an event of its kind. Both hold fewer events than their
//! texts tell of: precision is a lower bound.

pub mod icbe;
#[cfg(feature = "export")]
pub mod plover;

#[cfg(feature = "export")]
mod event_type;
#[cfg(feature = "export")]
mod shared_words;
mod table;
#[cfg(test)]
mod testing;
mod who;

use std::io;
use std::path::PathBuf;

use thiserror::Error;

pub use table::{ActTally, Share};

/// Why event data could not be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EventsError {
    /// The system could not read the file, or it is no UTF-8.
    #[error("{}: cannot be read: {error}; valid: {expected}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        error: io::Error,
        /// What should have been there.
        expected: &'static str,
    },
    /// A line that is not in the format.
    #[error("{}, line {line}: {error}; valid: {expected}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: u64,
        /// What is wrong with it.
        error: String,
        /// What would have been valid.
        expected: String,
    },
}
