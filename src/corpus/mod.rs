//! Reading: files, folders and streams become [`Document`]s.
//!
//! Every later room points back into [`Document::text`] with a [`Span`], so the
//! text is fixed here once and never changed again.

mod text;

use std::path::PathBuf;

use jiff::civil::Date;

pub use text::{Span, Text};

/// One text and what is known about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The file's stem, unless its metadata gives an id. Unique in a corpus.
    pub id: String,
    /// Where it was read from; `None` for standard input.
    pub path: Option<PathBuf>,
    /// Headline, from metadata.
    pub title: Option<String>,
    /// Date of publication, from metadata, else from the text's head; never
    /// from the clock.
    pub date: Option<Date>,
    /// Who published it, from metadata.
    pub publisher: Option<String>,
    /// Who wrote it, from metadata.
    pub author: Option<String>,
    /// Where it was published, from metadata.
    pub url: Option<String>,
    /// ISO 639-1 code, from metadata or detected.
    pub language: Option<String>,
    /// The text as read (after decoding, before any cleaning).
    pub text: Text,
}
