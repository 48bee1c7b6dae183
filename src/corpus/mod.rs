//! Reading: files, folders and streams become [`Document`]s.
//!
//! Every later room points back into [`Document::text`] with a [`Span`], so the
//! text is fixed here once and never changed again:
//!
//! - `.txt`: the file as decoded;
//! - `.md`: the Markdown body after the front matter, as written;
//! - `.html`: the words of the body without what belongs to the site, an empty line between
//!   blocks, items of lists and rows of tables in lines of their own;
//! - `.jsonl`: the field `text`;
//! - `.pdf`: the words of its pages, lines of a paragraph one below the other, without running
//!   heads and page numbers, notes at the end;
//! - `.docx`: its paragraphs, lists and tables as those of a web page, notes at the end;
//! - `.rss`, `.atom`: the body of each entry, read as a web page is.
//!
//! A byte order mark is no part of the text; line ends (LF, CRLF), typographic
//! quotes and dashes are kept as they are.

#[cfg(feature = "html")]
mod body;
mod date;
mod decode;
#[cfg(feature = "docx")]
mod docx;
mod draft;
mod drafts;
mod element;
mod error;
#[cfg(feature = "feeds")]
mod feed;
mod format;
mod front_matter;
#[cfg(feature = "html")]
mod html;
mod identity;
mod json_lines;
mod language;
mod limits;
#[cfg(feature = "html")]
mod markup;
mod pages;
#[cfg(feature = "pdf")]
mod pdf;
mod reader;
#[cfg(any(feature = "docx", feature = "html"))]
mod table;
mod text;
mod walk;

use std::path::PathBuf;

use jiff::civil::Date;

pub use element::{Element, ElementKind, is_inline};
pub use error::{
    PassedOver, Place, ReadError, ReadErrorKind, TooMuch, Warning, WarningKind, WhyPassedOver,
};
pub use format::{Format, UnknownFormat};
pub use identity::escaped;
pub use limits::{
    MAX_DOCUMENT_BYTES, MAX_DRAWN, MAX_ENTRIES, MAX_INFLATED_BYTES, MAX_LINE_BYTES, MAX_NAME,
    MAX_PAGES, MAX_SENTENCE, MAX_WORDS,
};
pub use pages::Pages;
pub use reader::Reader;
pub use text::{Span, Text, byte_of};

/// How a text marks headings, lists and emphasis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Markup {
    /// By line breaks and the marks that people use.
    #[default]
    Plain,
    /// As [`Markup::Plain`], and a line break within a paragraph only ends a full line.
    Wrapped,
    /// As Markdown does.
    Markdown,
}

/// One text and what is known about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The id that its metadata give, else its path in the folder that is read, without
    /// extension (`news/may-2`, of a file that is named itself `may-2`); a line of JSON Lines
    /// has its number after that (`news-12`). Unique in a corpus.
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
    /// Under which licence, from metadata: an address, or words.
    pub license: Option<String>,
    /// ISO 639-1 code, from metadata or detected.
    pub language: Option<String>,
    /// How its text is marked up.
    pub markup: Markup,
    /// The pages that its file has: those of a PDF, and of a plain text with form feeds.
    pub pages: Pages,
    /// What the markup says that stretches of the text are, in order, where it was read from
    /// markup that says so and is no longer there (HTML, Word).
    pub elements: Vec<Element>,
    /// The text as read (after decoding, before any cleaning).
    pub text: Text,
}

impl Document {
    /// A plain text of which nothing is known but its id.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            path: None,
            title: None,
            date: None,
            publisher: None,
            author: None,
            url: None,
            license: None,
            language: None,
            markup: Markup::Plain,
            pages: Pages::default(),
            elements: Vec::new(),
            text: Text::new(text),
        }
    }
}
