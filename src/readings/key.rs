use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use crate::corpus::{Document, Markup};
use crate::extract::By;
use crate::files;
use crate::ontology::Ontology;

/// The sum of all that reading is done by and that is in the binary: sources of the rooms up to
/// `extract`, model, versions of packages. `build/main.rs` makes it.
const PROGRAM: &str = env!("DEMARCHE_READS_BY");

/// What tells a reading from all others: a sum of the document and of what reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key([u8; 32]);

impl Key {
    /// The sum of some bytes as one.
    pub(super) fn of_sum(sum: [u8; 32]) -> Self {
        Self(sum)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&files::digits(&self.0))
    }
}

impl FromStr for Key {
    type Err = &'static str;

    fn from_str(digits: &str) -> Result<Self, Self::Err> {
        const VALID: &str = "valid: 64 hexadecimal digits";
        files::sum_of(digits).map(Self).ok_or(VALID)
    }
}

/// What reads: the program with its model, the ontology with the user's layers, and who of those
/// that look for claims is asked. Time and memory that a document may take are no part of it: a
/// document that was read within some budget would be read the same within any other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Method(Key);

impl Method {
    /// What this program reads by, with this ontology.
    pub fn new(ontology: &Ontology, by: By) -> Self {
        let mut sum = Summed::default();
        sum.field(Some(PROGRAM));
        sum.field(Some(by.as_str()));
        sum.bytes(&ontology.sum());
        Self(sum.key())
    }

    /// The sum of it.
    pub fn sum(self) -> Key {
        self.0
    }

    /// The key of what it reads in a document: where the file lies is no part of it.
    pub fn key(self, document: &Document) -> Key {
        let Document {
            id,
            path: _,
            title,
            date,
            publisher,
            author,
            url,
            license,
            language,
            markup,
            pages,
            elements,
            text,
        } = document;
        let mut sum = Summed::default();
        sum.bytes(&self.0.0);
        sum.field(Some(id));
        let date = date.map(|date| date.to_string());
        for field in [title, &date, publisher, author, url, license, language] {
            sum.field(field.as_deref());
        }
        sum.field(Some(match markup {
            Markup::Plain => "plain",
            Markup::Wrapped => "wrapped",
            Markup::Markdown => "markdown",
        }));
        sum.field(Some(text.as_str()));
        for (start, page) in pages.turns() {
            sum.bytes(&start.to_le_bytes());
            sum.bytes(&page.to_le_bytes());
        }
        for element in elements {
            let written = serde_json::to_vec(element);
            sum.bytes(&written.expect("an element is names and numbers"));
        }
        sum.key()
    }
}

/// Fields one after the other, each with its length, so that no two lists of them give the same.
#[derive(Default)]
struct Summed(Sha256);

impl Summed {
    fn field(&mut self, field: Option<&str>) {
        match field {
            None => self.0.update([0]),
            Some(words) => {
                self.0.update([1]);
                self.bytes(words.as_bytes());
            }
        }
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    fn key(self) -> Key {
        Key(self.0.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::corpus::{Element, ElementKind, Pages, Span};

    fn method() -> Method {
        Method::new(&Ontology::default(), By::Both)
    }

    #[test]
    fn whatever_is_read_is_part_of_the_key() {
        let plain = Document::new("a", "He agreed.");
        let heading = Element { kind: ElementKind::Heading, span: Span::new(0, 10) };
        let others = [
            Document { id: "b".into(), ..plain.clone() },
            Document { title: Some("He".into()), ..plain.clone() },
            Document { publisher: Some("He".into()), ..plain.clone() },
            Document { license: Some("He".into()), ..plain.clone() },
            Document { date: Some(date(2025, 3, 18)), ..plain.clone() },
            Document { markup: Markup::Markdown, ..plain.clone() },
            Document { elements: vec![heading], ..plain.clone() },
            Document { pages: Pages::of_form_feeds("He\u{c}agreed."), ..plain.clone() },
            Document::new("a", "He agreed. "),
        ];
        let mut keys: Vec<Key> = others.iter().map(|it| method().key(it)).collect();
        keys.push(method().key(&plain));
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), others.len() + 1);
        let elsewhere = Document { path: Some("a/b.txt".into()), ..plain.clone() };
        assert_eq!(method().key(&elsewhere), method().key(&plain));
    }

    #[test]
    fn whoever_reads_is_part_of_the_key() {
        let document = Document::new("a", "He agreed.");
        let rules = Method::new(&Ontology::default(), By::Rules);
        assert_ne!(rules.key(&document), method().key(&document));
        let shipped = Method::new(&Ontology::shipped().unwrap(), By::Both);
        assert_ne!(shipped.key(&document), method().key(&document));
        assert_eq!(shipped, Method::new(&Ontology::shipped().unwrap(), By::Both));
    }

    #[test]
    fn a_key_is_written_in_digits_and_read_back() {
        let key = method().key(&Document::new("a", "He agreed."));
        assert_eq!(key.to_string().parse(), Ok(key));
        assert!("0123".parse::<Key>().is_err());
        assert!("é".repeat(32).parse::<Key>().is_err());
    }
}
