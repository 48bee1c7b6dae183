use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::format::Format;

/// A place in the input, as exact as is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The file; `None` for standard input.
    pub path: Option<PathBuf>,
    /// Line in the file, from 1.
    pub line: Option<usize>,
    /// Entry of a feed, from 1.
    pub entry: Option<u32>,
    /// Byte in the file, or in the line where one is given, from 0.
    pub byte: Option<usize>,
}

impl Place {
    /// The whole of a file, or of standard input.
    pub fn of(path: Option<&Path>) -> Self {
        Self { path: path.map(Path::to_owned), ..Self::default() }
    }

    /// The same file, at a line.
    #[must_use]
    pub fn at_line(&self, line: usize) -> Self {
        Self { line: Some(line), byte: None, ..self.clone() }
    }

    /// The same file, at an entry.
    #[must_use]
    pub fn at_entry(&self, entry: u32) -> Self {
        Self { entry: Some(entry), line: None, byte: None, ..self.clone() }
    }

    /// The same file and line, at a byte.
    #[must_use]
    pub fn at_byte(&self, byte: usize) -> Self {
        Self { byte: Some(byte), ..self.clone() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{}", path.display())?,
            None => f.write_str("standard input")?,
        }
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(entry) = self.entry {
            write!(f, ", entry {entry}")?;
        }
        if let Some(byte) = self.byte {
            write!(f, ", byte {byte}")?;
        }
        Ok(())
    }
}

/// Why a document could not be read. The documents after it still can.
#[derive(Debug, Error)]
#[error("{place}: {kind}")]
#[non_exhaustive]
pub struct ReadError {
    /// Where.
    pub place: Place,
    /// What is wrong there.
    pub kind: ReadErrorKind,
}

/// What is wrong with an input that gives no document.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// The system could not open or read it.
    #[error("cannot be read: {0}")]
    Io(#[from] io::Error),
    /// Nothing in it but white space, once metadata and markup are taken away.
    #[error("nothing to read: there is no text in it")]
    Empty,
    /// NUL bytes: no text in any encoding that is read.
    #[error(
        "a NUL byte: this is a binary file, not a text (valid: UTF-8, UTF-16 with a byte order mark, \
         Windows-1252)"
    )]
    Binary,
    /// UTF-32, told by its byte order mark.
    #[error("UTF-32, which is not read; valid: UTF-8, UTF-16 with a byte order mark, Windows-1252")]
    Utf32,
    /// A pipe, a device or a socket in a folder.
    #[error("no file but a pipe or a device; valid: a file, or `-` for what is piped in")]
    NoFile,
    /// A link in a folder to a file outside of it.
    #[error("a link out of the folder, which is not followed; name the file itself to read it")]
    LinkOut,
    /// A folder that was named, but holds what the program writes.
    #[error(
        "a folder of a built graph, which is no source; valid: a folder of texts, and another one \
         for --output"
    )]
    GraphFolder,
    /// More of something than a document may have.
    #[error("more than {limit} {what}{}, the most that is read; split it", line.map_or_else(String::new, |n| format!(" in line {n} of the text")))]
    TooMuch {
        /// What there is too much of.
        what: TooMuch,
        /// How much there may be.
        limit: usize,
        /// Line of the text, from 1.
        line: Option<usize>,
    },
    /// Longer than [`MAX_DOCUMENT_BYTES`](super::MAX_DOCUMENT_BYTES).
    #[error("longer than {} MiB, the most that one document may have; split it", limit >> 20)]
    TooLong {
        /// The limit, in bytes.
        limit: usize,
    },
    /// A named file whose extension is none that is read.
    #[error("unknown extension “.{0}”; valid: {valid}, or give --format", valid = Format::extensions())]
    UnknownExtension(String),
    /// A folder that was named, with nothing in it to read.
    #[error("no file to read in this folder; valid: {valid}", valid = Format::extensions())]
    EmptyFolder,
    /// Front matter that is no YAML, or no YAML mapping of words.
    #[error("the front matter is no YAML mapping (`title: …` a line): {0}")]
    FrontMatter(String),
    /// A line of JSON Lines that holds no document.
    #[error(
        "no document: {0}; valid: one object a line, {{\"id\":…,\"title\":…,\"date\":…,\"url\":…,\"text\":…}}, \
         of which only \"text\" is needed"
    )]
    Json(String),
    /// A file that its format's reader cannot make sense of.
    #[error("no {format} that can be read: {reason}")]
    Broken {
        /// What it was read as.
        format: Format,
        /// What is wrong, in words.
        reason: String,
    },
    /// A PDF that holds pictures of pages, and no text.
    #[error(
        "no text in it, only pictures of its {pages} pages (a scan); valid: a PDF with text, as \
         programs for text recognition make of it"
    )]
    NoTextInPdf {
        /// How many pages it has.
        pages: usize,
    },
    /// A format that this program was built without.
    #[error(
        "{format} is not read by this build of the program; build it with the feature “{feature}”"
    )]
    NotBuiltIn {
        /// What it would have to be read as.
        format: Format,
        /// The cargo feature that reads it.
        feature: &'static str,
    },
    /// A page in which no article could be found.
    #[error("no article found in the page: {0}")]
    Html(String),
    /// An id that a document gives itself, but an earlier one has. The document is read
    /// all the same, under another id.
    #[error(
        "the id “{id}” is already that of {first}; read as “{read_as}”; give one of them another id"
    )]
    DuplicateId {
        /// The id.
        id: String,
        /// The document that has it.
        first: Box<Place>,
        /// The id under which this one is read.
        read_as: String,
    },
    /// A file that was read before.
    #[error("given twice; it is read once")]
    Repeated,
}

impl ReadErrorKind {
    /// More than `limit` of something.
    pub(super) fn too_much(what: TooMuch, limit: usize) -> Self {
        Self::TooMuch { what, limit, line: None }
    }

    /// No file of the format.
    #[cfg(any(feature = "docx", feature = "feeds", feature = "pdf"))]
    pub(super) fn broken(format: Format, reason: impl Into<String>) -> Self {
        Self::Broken { format, reason: reason.into() }
    }

    /// Is the document read all the same?
    pub fn is_read(&self) -> bool {
        matches!(self, Self::DuplicateId { .. } | Self::Repeated)
    }
}

/// What a document can have too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TooMuch {
    /// Bytes of a line.
    LineBytes,
    /// Words of the document.
    Words,
    /// Words and signs without the end of a sentence.
    Sentence,
    /// Characters of its id.
    Id,
    /// Pages of a PDF.
    Pages,
    /// Things that are drawn on the pages of a PDF.
    Drawn,
    /// Bytes that a compressed file holds.
    Inflated,
}

impl fmt::Display for TooMuch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LineBytes => "bytes",
            Self::Words => "words",
            Self::Sentence => "words and signs without the end of a sentence",
            Self::Id => "characters of an id",
            Self::Pages => "pages",
            Self::Drawn => "things drawn on its pages",
            Self::Inflated => "bytes once it is unpacked",
        })
    }
}

/// A file or folder in a folder of texts that is not read, and is no error.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PassedOver {
    /// The file or folder.
    pub path: PathBuf,
    /// Why.
    pub why: WhyPassedOver,
}

/// Why something in a folder is not read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum WhyPassedOver {
    /// Its extension, in lower case and without the dot, is that of no text; or it has none.
    Extension(Option<String>),
    /// Its name begins with a dot.
    Hidden,
    /// A link to a folder.
    LinkedFolder,
    /// A folder that the program has written.
    Graph,
}

impl fmt::Display for WhyPassedOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Extension(Some(extension)) => write!(f, ".{extension}"),
            Self::Extension(None) => f.write_str("without extension"),
            Self::Hidden => f.write_str("hidden"),
            Self::LinkedFolder => f.write_str("link to a folder"),
            Self::Graph => f.write_str("folder of a graph"),
        }
    }
}

/// Something odd about a document that was read all the same.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{place}: {kind}")]
#[non_exhaustive]
pub struct Warning {
    /// Where.
    pub place: Place,
    /// What is odd.
    pub kind: WarningKind,
}

/// What is odd about a document that was read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WarningKind {
    /// Not UTF-8; read in another encoding, which the bytes do not prove.
    #[error("is no UTF-8; read as {0}")]
    ReadAs(&'static str),
    /// Bytes that the encoding does not know, each read as U+FFFD.
    #[error("bytes that are no {0}, read as “\u{FFFD}”")]
    Replaced(&'static str),
    /// A date that is no date; the document's date is then unknown.
    #[error("“{0}” is no date, so the date is unknown; valid: 2025-03-18, 18 March 2025")]
    NoDate(String),
    /// A language in the metadata that is neither a code nor a name known here.
    #[error("“{0}” is no language known here; valid: ISO 639-1 codes such as en, de, uk")]
    NoLanguage(String),
    /// A text that the annotator was not made for.
    #[error("reads as {name}; demarche reads English")]
    OtherLanguage {
        /// ISO 639-1 code.
        code: String,
        /// The language's English name, or the code where that is all there is.
        name: String,
    },
    /// Much of a page that was taken for what belongs to the site.
    #[error(
        "{share} % of the page's words look like navigation and are left out; --keep-all keeps them"
    )]
    LeftOut {
        /// In hundred visible words.
        share: usize,
    },
    /// Pages of a PDF that hold no text.
    #[error("{without} of {pages} pages hold no text, only pictures; they are left out")]
    PagesWithoutText {
        /// How many of them.
        without: usize,
        /// How many there are.
        pages: usize,
    },
    /// Letters of a PDF of which the file does not say what they are.
    #[error("of {share} % of the letters the file does not say what they are; they are left out")]
    UnknownLetters {
        /// In hundred letters.
        share: usize,
    },
    /// Entries of a feed, or parts of a file, that were more than are read.
    #[error("more than {0} entries; those after it are left out")]
    MoreEntries(usize),
    /// A title that was cut after so many characters.
    #[error("the title has more than {0} characters, and is cut there")]
    LongTitle(usize),
    /// An id made of the file's name that an earlier document has.
    #[error("the id “{id}” is already that of {first}; read as “{read_as}”")]
    IdTaken {
        /// The id.
        id: String,
        /// The document that has it.
        first: Box<Place>,
        /// The id under which this one is read.
        read_as: String,
    },
    /// An opening `---` that no `---` closes, read as text.
    #[error("front matter opens here, but no line `---` closes it; read as text")]
    OpenFrontMatter,
}
