use std::collections::BTreeMap;

use thiserror::Error;

use super::line::{Line, Reading};

/// The readings of several files put together, each document once.
#[derive(Debug, Default)]
pub struct Joined {
    /// By id of the document, with the place of the line.
    lines: BTreeMap<String, (Line, String)>,
}

/// Two documents have one id.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("another document {id} is at {first}; give one of them another id")]
pub struct OtherDocument {
    /// The id.
    pub id: String,
    /// Where the one stands that was there before.
    pub first: String,
}

impl Joined {
    /// Adds a line, which stands at `place`. One that says the same as a line before is there once.
    ///
    /// # Errors
    /// When a line before is of another document of this id, or tells another reading of it.
    pub fn add(&mut self, line: Line, place: String) -> Result<(), OtherDocument> {
        let id = &line.reading.document.id;
        match self.lines.get(id) {
            Some((first, _)) if first.reading == line.reading => Ok(()),
            Some((_, first)) => Err(OtherDocument { id: id.clone(), first: first.clone() }),
            None => {
                self.lines.insert(id.clone(), (line, place));
                Ok(())
            }
        }
    }

    /// The readings, sorted by id of the document.
    pub fn into_readings(self) -> Vec<Reading> {
        self.lines.into_values().map(|(line, _)| line.reading).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Document;
    use crate::extract::By;
    use crate::ontology::Ontology;
    use crate::readings::{Method, record};

    fn line(id: &str, text: &str) -> Line {
        let method = Method::new(&Ontology::default(), By::Both);
        let document = Document::new(id, text);
        let reading = Reading { document: record(&document, 2), claims: Vec::new() };
        Line { key: method.key(&document), reader: method.sum(), reading }
    }

    #[test]
    fn the_same_reading_is_there_once_and_another_is_told() {
        let mut joined = Joined::default();
        joined.add(line("b", "He agreed."), "one:1".to_owned()).unwrap();
        joined.add(line("a", "He agreed."), "one:2".to_owned()).unwrap();
        joined.add(line("b", "He agreed."), "two:1".to_owned()).unwrap();
        let error = joined.add(line("b", "He refused."), "two:2".to_owned()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "another document b is at one:1; give one of them another id"
        );
        let readings = joined.into_readings();
        let ids: Vec<&str> = readings.iter().map(|it| it.document.id.as_str()).collect();
        assert_eq!(ids, ["a", "b"]);
        assert_eq!(readings[1].document.text, "He agreed.");
    }
}
