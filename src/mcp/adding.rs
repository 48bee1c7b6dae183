//! A text that whoever connects adds to the graph, where that is allowed.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::arguments::{Argument, Arguments, Kind};
use super::tools::{Call, Tool, claims};
use crate::views::Site;

/// A text to be added; serialises to a line as readers of JSON Lines take it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewText {
    /// Id of the document that it becomes: letters, digits, `-`, `_` and `.`, so that it can be the
    /// name of a file.
    pub id: String,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When it was published, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Who has published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Where it was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The words.
    pub text: String,
}

/// Adds a text to the graph that is offered. Gives what there was to say of it, which may be
/// nothing; the error, in words, is why the graph has not got it.
pub type Adding = Box<dyn FnMut(&NewText) -> Result<String, String> + Send>;

/// The longest id, in characters.
const LONGEST_ID: usize = 100;
/// The longest text, in characters: a book. What comes over HTTP is held to less.
const LONGEST_TEXT: usize = 2_000_000;

/// The tool, which is there only where adding is allowed.
pub(super) const ADD: Tool = Tool {
    name: "add",
    about: "Adds a text to the graph as a document of its own: it is read, and its claims are \
            resolved with all others. Give the words as they were published, unchanged, and where \
            they come from. Answers with the claims that were found in it; ids of things that were \
            there stay, unless the text shows that two are one.",
    arguments: &[
        Argument::new("id", Kind::Text, "a new id for it: letters, digits, - _ .").required(),
        Argument::new("text", Kind::Text, "the whole text").required(),
        Argument::new("title", Kind::Text, "its title"),
        Argument::new("date", Kind::Text, "the day it was published, 2025-03-18"),
        Argument::new("publisher", Kind::Text, "who has published it"),
        Argument::new("url", Kind::Text, "where it was found"),
    ],
    call: Call::Adds,
};

/// The text that is given, if it can become a document of the graph.
///
/// # Errors
/// In words, when it cannot.
pub(super) fn new_text(site: &Site, given: &Arguments) -> Result<NewText, String> {
    let (id, text) = (given.wanted("id"), given.wanted("text"));
    let is_plain = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    let is_name = !id.is_empty() && !id.starts_with('.') && id.chars().all(is_plain);
    if !is_name || id.chars().nth(LONGEST_ID).is_some() {
        return Err(format!(
            "{id:?} cannot be an id; valid: at most {LONGEST_ID} letters, digits, `-`, `_` and `.`, \
             the first no `.`"
        ));
    }
    if site.document(id).is_some() {
        return Err(format!("there is a document {id} already; take another id"));
    }
    if text.is_empty() || text.chars().nth(LONGEST_TEXT).is_some() {
        return Err(format!("the text is empty, or has more than {LONGEST_TEXT} characters"));
    }
    let date = given.text("date");
    if let Some(date) = date
        && date.parse::<Date>().is_err()
    {
        return Err(format!("date is {date:?}; valid: a day, as 2025-03-18"));
    }
    let own = |name: &str| given.text(name).map(str::to_owned);
    Ok(NewText {
        id: id.to_owned(),
        title: own("title"),
        date: own("date"),
        publisher: own("publisher"),
        url: own("url"),
        text: text.to_owned(),
    })
}

/// A text that the graph has now: the first page of its claims, and what there was to say of it.
///
/// # Errors
/// In words, when it is not there.
pub(super) fn told(site: &Site, id: &str, said: &str) -> Result<Value, String> {
    let own = Map::from_iter([("document".to_owned(), json!(id))]);
    let mut told = claims(site, &Arguments::read(&DOCUMENT, own)?)?;
    told["document"] = json!(id);
    told["documents"] = json!(site.corpus().documents.len());
    if !said.is_empty() {
        told["said"] = json!(said);
    }
    Ok(told)
}

/// What claims of one document are asked for by.
const DOCUMENT: [Argument; 1] = [Argument::new("document", Kind::Text, "id of a document")];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::graph::folder::Manifest;
    use crate::rdf::Naming;

    #[test]
    fn only_a_new_document_with_a_plain_id_is_taken() {
        let (corpus, ontology) = (fixture::corpus(), fixture::ontology());
        let site = Site::new(corpus, ontology, Naming::default(), Manifest::default());
        let read = |given: Value| {
            let given = Arguments::read(ADD.arguments, given.as_object().unwrap().clone())?;
            new_text(&site, &given)
        };
        let good = read(json!({ "id": "may-1", "text": " He agreed. ", "date": "2025-05-01" }));
        let good = good.unwrap();
        assert_eq!((good.id.as_str(), good.text.as_str()), ("may-1", "He agreed."));
        let line = serde_json::to_value(&good).unwrap();
        assert_eq!(line, json!({ "id": "may-1", "text": "He agreed.", "date": "2025-05-01" }));
        for wrong in [
            json!({ "id": "../may", "text": "x" }),
            json!({ "id": ".may", "text": "x" }),
            json!({ "id": "a/b", "text": "x" }),
            json!({ "id": "x".repeat(101), "text": "x" }),
            json!({ "id": "001", "text": "x" }),
            json!({ "id": "may", "text": "  " }),
            json!({ "id": "may", "text": "x", "date": "yesterday" }),
            json!({ "id": "may" }),
        ] {
            assert!(read(wrong.clone()).is_err(), "{wrong}");
        }
    }
}
