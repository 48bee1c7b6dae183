use std::borrow::Cow;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::key::{Key, Method};
use crate::corpus::{Document, Text};
use crate::extract::Claim;
use crate::files;
use crate::resolve::DocumentRecord;

/// How a line begins, goes on after its sum, and after that up to its key.
const OPENS: &[u8] = b"{\"sum\":\"";
const BODY: &[u8] = b"\",\"reading\":";
const TO_KEY: &[u8] = b"{\"key\":\"";
/// Digits of a sum and of a key.
const DIGITS: usize = 64;
/// Where the body begins.
const BODY_AT: usize = OPENS.len() + DIGITS + BODY.len();

/// What was read of one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The document, with its text.
    pub document: DocumentRecord,
    /// Its claims, sorted by offset, before they are resolved.
    pub claims: Vec<Claim>,
}

/// The record of a document in which there are so many words.
pub fn record(document: &Document, words: usize) -> DocumentRecord {
    DocumentRecord {
        id: document.id.clone(),
        title: document.title.clone(),
        date: document.date.map(|date| date.to_string()),
        publisher: document.publisher.clone(),
        author: document.author.clone(),
        url: document.url.clone(),
        license: document.license.clone(),
        language: document.language.clone(),
        words,
        pages: document.pages.clone(),
        text: document.text.as_str().to_owned(),
    }
}

/// A reading as it is kept: what it is of, and what has read it.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The key of the document as it was read.
    pub key: Key,
    /// The sum of the [`Method`] that has read it.
    pub reader: Key,
    /// What was read.
    pub reading: Reading,
}

/// Why a line is no reading.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LineError {
    /// It does not begin as `demarche read` writes one.
    #[error("no reading; valid: a line as `demarche read` writes it, unchanged")]
    NoReading,
    /// Its sum is another.
    #[error("changed since it was read, or cut short: its sum is another")]
    Changed,
    /// Not what it should be inside.
    #[error("no reading: {0}")]
    Broken(String),
    /// A claim that is not in its text.
    #[error("{0}")]
    Misplaced(String),
}

#[derive(Serialize, Deserialize)]
struct Body<'a> {
    key: Cow<'a, str>,
    reader: Cow<'a, str>,
    document: Cow<'a, DocumentRecord>,
    claims: Cow<'a, [Claim]>,
}

impl Line {
    /// Writes a reading as a line, with its end.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn write(
        key: Key,
        method: Method,
        reading: &Reading,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let body = serde_json::to_vec(&Body {
            key: key.to_string().into(),
            reader: method.sum().to_string().into(),
            document: Cow::Borrowed(&reading.document),
            claims: Cow::Borrowed(&reading.claims),
        })?;
        let sum: [u8; 32] = Sha256::digest(&body).into();
        out.write_all(OPENS)?;
        out.write_all(files::digits(&sum).as_bytes())?;
        out.write_all(BODY)?;
        out.write_all(&body)?;
        out.write_all(b"}\n")
    }

    /// The key of a line, told by where it stands, and nothing checked.
    pub(super) fn key_of(line: &[u8]) -> Option<Key> {
        let digits = body(line)?.strip_prefix(TO_KEY)?.get(..DIGITS)?;
        std::str::from_utf8(digits).ok()?.parse().ok()
    }

    /// Reads a line, with or without its end: its sum must be that of its bytes, and every claim
    /// must stand in the text.
    ///
    /// # Errors
    /// When it is not as it was written.
    pub fn parse(line: &[u8]) -> Result<Self, LineError> {
        let body = body(line).ok_or(LineError::NoReading)?;
        let sum = &line[OPENS.len()..OPENS.len() + DIGITS];
        let found: [u8; 32] = Sha256::digest(body).into();
        let sum: Option<Key> = std::str::from_utf8(sum).ok().and_then(|it| it.parse().ok());
        if sum != Some(Key::of_sum(found)) {
            return Err(LineError::Changed);
        }
        let broken = |error: &dyn std::fmt::Display| LineError::Broken(error.to_string());
        let body: Body<'_> = serde_json::from_slice(body).map_err(|error| broken(&error))?;
        let key = body.key.parse().map_err(|error| broken(&error))?;
        let reader = body.reader.parse().map_err(|error| broken(&error))?;
        let document = body.document.into_owned();
        let claims = body.claims.into_owned();
        let text = Text::new(document.text.as_str());
        for claim in &claims {
            if claim.document != document.id {
                let of = &claim.document;
                return Err(LineError::Misplaced(format!("claim {}: of document {of}", claim.id)));
            }
            if let Some(reason) = claim.misplaced(&text) {
                return Err(LineError::Misplaced(reason));
            }
        }
        Ok(Self { key, reader, reading: Reading { document, claims } })
    }
}

/// What is summed up in a line.
fn body(line: &[u8]) -> Option<&[u8]> {
    let line = line.trim_ascii_end();
    let is_line = line.starts_with(OPENS) && line.get(OPENS.len() + DIGITS..BODY_AT)? == BODY;
    line.get(BODY_AT..)?.strip_suffix(b"}").filter(|_| is_line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::By;
    use crate::fixture;
    use crate::ontology::Ontology;

    fn line() -> (Line, Vec<u8>) {
        let corpus = fixture::corpus();
        let document = corpus.documents[0].clone();
        let own = |claim: &&Claim| claim.document == document.id;
        let claims = corpus.claims.iter().filter(own).cloned().collect();
        let reading = Reading { document, claims };
        let method = Method::new(&Ontology::default(), By::Both);
        let key = method.key(&Document::new("001", "x"));
        let mut bytes = Vec::new();
        Line::write(key, method, &reading, &mut bytes).unwrap();
        (Line { key, reader: method.sum(), reading }, bytes)
    }

    #[test]
    fn what_is_written_is_read_back() {
        let (line, bytes) = line();
        assert!(!line.reading.claims.is_empty());
        assert_eq!(Line::parse(&bytes).as_ref(), Ok(&line));
        assert_eq!(Line::parse(bytes.trim_ascii_end()), Ok(line.clone()));
        assert_eq!(Line::key_of(&bytes), Some(line.key));
        assert!(serde_json::from_slice::<serde_json::Value>(&bytes).is_ok());
    }

    #[test]
    fn whatever_byte_is_changed_or_missing_it_is_no_reading() {
        let (_, bytes) = line();
        for at in (0..bytes.len() - 1).step_by(7) {
            let mut other = bytes.clone();
            other[at] ^= 1;
            assert!(Line::parse(&other).is_err(), "{at}");
            assert!(Line::parse(&bytes[..at]).is_err(), "{at}");
        }
        assert_eq!(Line::parse(b""), Err(LineError::NoReading));
        assert_eq!(
            Line::parse(b"{\"id\":\"a\",\"text\":\"He agreed.\"}"),
            Err(LineError::NoReading)
        );
    }

    #[test]
    fn claims_that_are_not_in_the_text_are_no_reading_whatever_the_sum() {
        let (Line { key, mut reading, .. }, _) = line();
        reading.document.text = reading.document.text.replacen("Trump", "Putin", 9);
        let mut bytes = Vec::new();
        let method = Method::new(&Ontology::default(), By::Both);
        Line::write(key, method, &reading, &mut bytes).unwrap();
        assert!(matches!(Line::parse(&bytes), Err(LineError::Misplaced(_))));
    }
}
