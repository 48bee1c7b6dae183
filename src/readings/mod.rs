//! Readings: what was read of documents, kept so that a document is read once.
//!
//! A [`Reading`] is all that reading gives of one document, before anything is resolved: its
//! record and its claims. It is kept under a [`Key`] that is made of the document and of what
//! reads it, so that it is never taken for the reading of another text, or by another program.
//! [`Readings`] is a file of them, one a line:
//!
//! | key | what |
//! | --- | --- |
//! | `sum` | SHA-256 of the bytes of `reading`, as they stand in the line |
//! | `reading.key` | [`Key`] of the document, as it was read |
//! | `reading.reader` | sum of what has read it, [`Method`] |
//! | `reading.document` | a [`DocumentRecord`](crate::resolve::DocumentRecord) with its text |
//! | `reading.claims` | its [`Claim`](crate::extract::Claim)s, sorted by offset |
//!
//! A graph folder keeps one beside its graph, and `demarche read` writes them, to be put
//! together by `demarche build --claims`. A line that is broken is no reading.

mod joined;
mod kept;
mod key;
mod line;

pub use joined::{Joined, OtherDocument};
pub use kept::{Readings, ReadingsError};
pub use key::{Key, Method};
pub use line::{Line, LineError, Reading, record};

/// Name of the file in a graph folder that holds the readings of its documents. It is no part of
/// the graph: without it the next build reads all documents anew, and makes the same graph.
pub const READINGS: &str = ".readings";
