//! Word documents (Office Open XML): paragraphs, lists with their marks, tables, and notes behind
//! everything. Headers, footers, comments, deleted words and pictures are not read.

mod body;
mod numbering;
mod xml;

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;
use zip::result::ZipError;

use super::Element;
use super::draft::Metadata;
use super::element::Written;
use super::error::{ReadErrorKind, TooMuch};
use super::limits::MAX_INFLATED_BYTES;
use body::Body;
use numbering::Numbering;
use xml::{broken, name_of, said};

/// A document that has been read.
#[derive(Debug)]
pub(super) struct Read {
    /// What it says of itself.
    pub(super) metadata: Metadata,
    /// Its words, a paragraph a line with an empty line between.
    pub(super) text: String,
    /// What the stretches of the text are by their styles.
    pub(super) elements: Vec<Element>,
}

/// Reads a document.
///
/// # Errors
/// When it is none, is locked, or holds too much.
pub(super) fn read(bytes: &[u8]) -> Result<Read, ReadErrorKind> {
    // A locked document lies in another kind of file (a compound one).
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(broken("it is locked with a password, or of an older kind (.doc)"));
    }
    let mut parts = Parts::open(bytes)?;
    let numbering = match parts.part("word/numbering.xml")? {
        Some(xml) => Numbering::read(&xml, parts.part("word/styles.xml")?.as_deref()),
        None => Numbering::default(),
    };
    let Some(document) = parts.part("word/document.xml")? else {
        return Err(broken("it holds no text of a document (word/document.xml)"));
    };
    let mut body = Body::new(numbering);
    let mut whole = body.read(&document);
    for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(notes) = parts.part(notes)? {
            // Without notes a text is whole.
            let _ = body.read(&notes);
        }
    }
    let mut metadata = match parts.part("docProps/core.xml")? {
        Some(core) => properties(&core),
        None => Metadata::default(),
    };
    metadata.title = metadata.title.or(body.title.take());
    let Written { text, elements, .. } = body.written;
    if text.trim().is_empty() {
        whole = whole.and(Err(ReadErrorKind::Empty));
    }
    whole.map(|()| Read { metadata, text, elements })
}

/// The files in the file.
struct Parts<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// How many bytes may still be unpacked.
    left: usize,
}

impl<'b> Parts<'b> {
    fn open(bytes: &'b [u8]) -> Result<Self, ReadErrorKind> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| told(&error))?;
        Ok(Self { archive, left: MAX_INFLATED_BYTES })
    }

    /// The text of a part, or `None` where there is none of that name.
    fn part(&mut self, name: &str) -> Result<Option<String>, ReadErrorKind> {
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(told(&error)),
        };
        let mut bytes = Vec::new();
        file.take(self.left as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| broken(format!("{name}: {error}")))?;
        if bytes.len() > self.left {
            return Err(ReadErrorKind::too_much(TooMuch::Inflated, MAX_INFLATED_BYTES));
        }
        self.left -= bytes.len();
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }
}

fn told(error: &ZipError) -> ReadErrorKind {
    broken(error.to_string())
}

/// Title, author and date of the last change, of which Word keeps none else for people.
fn properties(core: &str) -> Metadata {
    let mut metadata = Metadata::default();
    let (mut created, mut modified) = (None, None);
    let mut reader = Reader::from_str(core);
    let mut element = String::new();
    let mut words = String::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) => {
                name_of(&start).clone_into(&mut element);
                words.clear();
            }
            Event::End(_) => {
                let field = match std::mem::take(&mut element).as_str() {
                    "title" => &mut metadata.title,
                    "creator" => &mut metadata.author,
                    "language" => &mut metadata.language,
                    "created" => &mut created,
                    "modified" => &mut modified,
                    _ => continue,
                };
                *field = Some(words.trim().to_owned()).filter(|words| !words.is_empty());
            }
            Event::Eof => break,
            event => words.push_str(&said(&event)),
        }
    }
    metadata.date = created.or(modified);
    metadata
}

#[cfg(test)]
mod tests;
