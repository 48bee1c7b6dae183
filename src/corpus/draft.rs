use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, SeqAccess, Visitor};

use super::error::{Place, Warning};
use super::{Element, Markup, Pages};

/// What a format yields of one document, before id, date and language are settled.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Draft {
    /// The file, and the line in JSON Lines.
    pub(super) place: Place,
    /// The id where the metadata has none.
    pub(super) default_id: String,
    pub(super) metadata: Metadata,
    pub(super) markup: Markup,
    pub(super) pages: Pages,
    pub(super) elements: Vec<Element>,
    pub(super) text: String,
    pub(super) warnings: Vec<Warning>,
}

/// The fields of front matter, of a JSON line and of a page's head, as written.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Metadata {
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) date: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) author: Option<String>,
    pub(super) url: Option<String>,
    pub(super) license: Option<String>,
    pub(super) language: Option<String>,
}

/// A licence as people write it: an address, a name, several of them, or an object with one.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub(super) enum License {
    One(String),
    Many(Vec<String>),
    Described {
        url: Option<String>,
        name: Option<String>,
    },
    /// Nothing that could be handed on, as a number.
    Other(IgnoredAny),
}

impl License {
    /// In one line.
    pub(super) fn words(self) -> Option<String> {
        match self {
            Self::One(words) => Some(words),
            Self::Many(names) => Some(names.join(", ")),
            Self::Described { url, name } => url.or(name),
            Self::Other(_) => None,
        }
    }
}

/// One name or a list of names, joined by commas.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Names(pub(super) String);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NamesVisitor;

        impl<'de> Visitor<'de> for NamesVisitor {
            type Value = Names;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a name or a list of names")
            }

            fn visit_str<E>(self, name: &str) -> Result<Names, E> {
                Ok(Names(name.to_owned()))
            }

            fn visit_unit<E>(self) -> Result<Names, E> {
                Ok(Names(String::new()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Names, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = list.next_element::<String>()? {
                    names.push(name);
                }
                Ok(Names(names.join(", ")))
            }
        }

        deserializer.deserialize_any(NamesVisitor)
    }
}
