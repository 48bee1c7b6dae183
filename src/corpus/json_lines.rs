use std::io::{self, BufRead};

use serde::Deserialize;

use super::decode::decode;
use super::draft::{Draft, License, Metadata, Names};
use super::error::{Place, ReadError, ReadErrorKind};
use super::{Markup, Pages};

/// One line, with the keys that are read; others are let be.
#[derive(Debug, Deserialize)]
struct Line {
    id: Option<Id>,
    title: Option<String>,
    date: Option<String>,
    publisher: Option<String>,
    author: Option<Names>,
    url: Option<String>,
    #[serde(alias = "licence")]
    license: Option<License>,
    language: Option<String>,
    text: String,
}

/// An id may be written as a number.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(serde_json::Number),
}

/// The documents of a JSON Lines stream, one line in memory at a time.
pub(super) struct JsonLines {
    input: Box<dyn BufRead + Send>,
    place: Place,
    stem: String,
    limit: usize,
    line: usize,
    done: bool,
}

impl JsonLines {
    /// Reads `input` from its start. Lines over `limit` bytes are errors; so are
    /// not the lines after them.
    pub(super) fn new(
        input: Box<dyn BufRead + Send>,
        place: Place,
        stem: String,
        limit: usize,
    ) -> Self {
        Self { input, place, stem, limit, line: 0, done: false }
    }

    fn document(&self, bytes: &[u8]) -> Result<Draft, ReadError> {
        let place = self.place.at_line(self.line);
        let (json, warning) = decode(bytes, None, &place)?;
        let line: Line = serde_json::from_str(&json).map_err(|error| {
            let message = error.to_string();
            let reason = message.split(" at line 1").next().unwrap_or_default().to_owned();
            ReadError {
                place: place.at_byte(error.column().saturating_sub(1)),
                kind: ReadErrorKind::Json(reason),
            }
        })?;
        Ok(Draft {
            default_id: format!("{}-{}", self.stem, self.line),
            markup: Markup::Plain,
            elements: Vec::new(),
            place,
            metadata: Metadata {
                id: line.id.map(|id| match id {
                    Id::Text(text) => text,
                    Id::Number(number) => number.to_string(),
                }),
                title: line.title,
                date: line.date,
                publisher: line.publisher,
                author: line.author.map(|names| names.0),
                url: line.url,
                license: line.license.and_then(License::words),
                language: line.language,
            },
            pages: Pages::of_form_feeds(&line.text),
            text: line.text,
            warnings: warning.into_iter().collect(),
        })
    }
}

impl Iterator for JsonLines {
    type Item = Result<Draft, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            let mut bytes = Vec::new();
            self.line += 1;
            match read_line(&mut self.input, &mut bytes, self.limit) {
                Ok(LineRead::End) => self.done = true,
                Ok(LineRead::TooLong) => {
                    let place = self.place.at_line(self.line);
                    let kind = ReadErrorKind::TooLong { limit: self.limit };
                    return Some(Err(ReadError { place, kind }));
                }
                Ok(LineRead::Whole) if bytes.trim_ascii().is_empty() => {}
                Ok(LineRead::Whole) => return Some(self.document(&bytes)),
                Err(error) => {
                    self.done = true;
                    return Some(Err(ReadError {
                        place: self.place.at_line(self.line),
                        kind: error.into(),
                    }));
                }
            }
        }
        None
    }
}

enum LineRead {
    Whole,
    TooLong,
    End,
}

/// Reads to the next line end; past `limit` bytes it reads on but keeps nothing.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>, limit: usize) -> io::Result<LineRead> {
    let (mut any, mut too_long) = (false, false);
    loop {
        let chunk = match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        let end = chunk.iter().position(|&b| b == b'\n');
        let taken = end.unwrap_or(chunk.len());
        let finished = end.is_some() || chunk.is_empty();
        any |= !chunk.is_empty();
        too_long |= line.len() + taken > limit;
        if too_long {
            *line = Vec::new();
        } else {
            line.extend_from_slice(&chunk[..taken]);
        }
        let used = taken + usize::from(end.is_some());
        input.consume(used);
        if finished {
            return Ok(match (any, too_long) {
                (false, _) => LineRead::End,
                (_, true) => LineRead::TooLong,
                (_, false) => LineRead::Whole,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(input: &'static str, limit: usize) -> Vec<Result<Draft, ReadError>> {
        JsonLines::new(Box::new(input.as_bytes()), Place::default(), "news".into(), limit).collect()
    }

    #[test]
    fn a_document_a_line() {
        let read =
            lines("{\"id\":7,\"text\":\"A\"}\r\n\n{\"text\":\"B\",\"author\":[\"X\",\"Y\"]}", 99);
        let [Ok(first), Ok(second)] = read.as_slice() else { panic!("{read:?}") };
        assert_eq!((first.metadata.id.as_deref(), first.text.as_str()), (Some("7"), "A"));
        assert_eq!((second.default_id.as_str(), second.place.line), ("news-3", Some(3)));
        assert_eq!(second.metadata.author.as_deref(), Some("X, Y"));
    }

    #[test]
    fn a_licence_is_kept_and_an_odd_one_loses_no_line() {
        let read = lines(
            "{\"text\":\"A\",\"licence\":\"CC0-1.0\"}\n{\"text\":\"B\",\"license\":{\"x\":1}}",
            99,
        );
        let licenses = read.into_iter().map(|it| it.unwrap().metadata.license);
        assert_eq!(licenses.collect::<Vec<_>>(), [Some("CC0-1.0".to_owned()), None]);
    }

    #[test]
    fn a_broken_line_does_not_stop_the_next() {
        let read = lines("{\"text\":1}\n{\"title\":\"x\"}\nwords\n{\"text\":\"B\"}\n", 99);
        assert_eq!(read.iter().map(Result::is_ok).collect::<Vec<_>>(), [false, false, false, true]);
        let message = read[1].as_ref().unwrap_err().to_string();
        assert!(
            message.contains("line 2") && message.contains("missing field `text`"),
            "{message}"
        );
    }

    #[test]
    fn a_line_over_the_limit_is_passed_over() {
        let read = lines("{\"text\":\"AAAAAAAAAAAAAAAAAAAAAAAA\"}\n{\"text\":\"B\"}\n", 20);
        assert!(matches!(read[0].as_ref().unwrap_err().kind, ReadErrorKind::TooLong { limit: 20 }));
        assert_eq!(read[1].as_ref().unwrap().text, "B");
    }
}
