use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use crate::extract::{Claim, MatterMention, Participant};
use crate::resolve::{Corpus, DocumentRecord};

/// A column of the table of claims.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name, as the first row has it.
    pub name: &'static str,
    /// What its cells are.
    pub kind: Kind,
    /// What it means.
    pub about: &'static str,
    cell: for<'a> fn(&Row<'a>) -> Cell<'a>,
}

impl Column {
    /// What a row has in this column.
    pub fn cell<'a>(&self, row: &Row<'a>) -> Cell<'a> {
        (self.cell)(row)
    }
}

/// What the cells of a column are, where they are not empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Number,
}

/// What stands in a row at a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Nothing: the text does not say.
    Empty,
    /// Words.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(usize),
    /// A number.
    Number(f64),
}

impl<'a> Cell<'a> {
    fn text(words: Option<&'a str>) -> Self {
        words.filter(|it| !it.is_empty()).map_or(Self::Empty, |it| Self::Text(it.into()))
    }

    /// Several with "; " between.
    fn several(mut words: impl Iterator<Item = &'a str>) -> Self {
        let Some(first) = words.next() else { return Self::Empty };
        let mut all = Cow::Borrowed(first);
        for next in words {
            let all = all.to_mut();
            all.push_str("; ");
            all.push_str(next);
        }
        Self::Text(all)
    }
}

/// A claim with what its row tells of its document.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// Its document.
    pub document: Option<&'a DocumentRecord>,
    /// The line of the document's text on which the quote begins, from 1; `None` where the texts
    /// are not there.
    pub line: Option<usize>,
    /// The page on which it begins, from 1; `None` where the document has no pages.
    pub page: Option<usize>,
}

fn names(people: &[Participant]) -> Cell<'_> {
    Cell::several(people.iter().map(Participant::name))
}

fn ids(people: &[Participant]) -> Cell<'_> {
    Cell::several(people.iter().filter_map(|it| it.id.as_deref()))
}

const fn text(
    name: &'static str,
    about: &'static str,
    cell: for<'a> fn(&Row<'a>) -> Cell<'a>,
) -> Column {
    Column { name, kind: Kind::Text, about, cell }
}

const fn integer(
    name: &'static str,
    about: &'static str,
    cell: for<'a> fn(&Row<'a>) -> Cell<'a>,
) -> Column {
    Column { name, kind: Kind::Integer, about, cell }
}

/// The columns, in order. Several values in one cell stand with "; " between.
pub const COLUMNS: [Column; 26] = [
    text(
        "date",
        "when it was done or is to be, ISO 8601 date or interval, where the text says",
        |row| row.claim.time.map_or(Cell::Empty, |time| Cell::Text(time.to_string().into())),
    ),
    text("published", "date of the document", |row| {
        Cell::text(row.document.and_then(|it| it.date.as_deref()))
    }),
    text("who", "who performs the act", |row| names(&row.claim.agent)),
    text("act", "id of the act", |row| Cell::text(Some(&row.claim.act))),
    text("to_whom", "towards whom", |row| names(&row.claim.addressee)),
    text("what", "what the act is about", |row| {
        Cell::text(row.claim.matter.as_ref().map(MatterMention::name))
    }),
    text("condition", "what the act depends on, in the words of the text", |row| {
        Cell::text(row.claim.condition.as_ref().map(|it| it.text.as_str()))
    }),
    text("according_to", "who reports it; empty for the author", |row| names(&row.claim.source)),
    text("via", "reporters between source and author, the outermost first", |row| {
        names(&row.claim.via)
    }),
    text("status", "actual, negated or unrealised", |row| {
        Cell::text(Some(row.claim.status.as_str()))
    }),
    text("quote", "the words that carry the claim", |row| Cell::text(Some(&row.claim.quote))),
    text("document", "id of the document", |row| Cell::text(Some(&row.claim.document))),
    text("title", "title of the document", |row| {
        Cell::text(row.document.and_then(|it| it.title.as_deref()))
    }),
    integer("line", "line of the text on which the quote begins, from 1", |row| {
        row.line.map_or(Cell::Empty, Cell::Integer)
    }),
    integer("page", "page on which it begins, from 1, of a PDF or a text with form feeds", |row| {
        row.page.map_or(Cell::Empty, Cell::Integer)
    }),
    Column {
        name: "confidence",
        kind: Kind::Number,
        about: "share of claims of this kind that are right, 0 to 1",
        cell: |row| Cell::Number(row.claim.confidence),
    },
    text("claim", "id of the claim", |row| Cell::text(Some(&row.claim.id))),
    text("who_ids", "ids of the actors that perform the act", |row| ids(&row.claim.agent)),
    text("to_whom_ids", "ids of the actors towards whom", |row| ids(&row.claim.addressee)),
    text("what_id", "id of the matter", |row| {
        Cell::text(row.claim.matter.as_ref().and_then(|it| it.id.as_deref()))
    }),
    text("according_to_ids", "ids of the sources", |row| ids(&row.claim.source)),
    text("via_ids", "ids of the reporters between", |row| ids(&row.claim.via)),
    integer("start", "first character of the quote in the text", |row| {
        Cell::Integer(row.claim.start)
    }),
    integer("end", "one past its last character", |row| Cell::Integer(row.claim.end)),
    text("url", "where the document was published", |row| {
        Cell::text(row.document.and_then(|it| it.url.as_deref()))
    }),
    text("publisher", "who published it", |row| {
        Cell::text(row.document.and_then(|it| it.publisher.as_deref()))
    }),
];

/// The claims of a corpus as rows.
#[derive(Debug)]
pub struct Table<'a> {
    corpus: &'a Corpus,
    /// Of each document that has a text, the character after each line's end, once it is asked for.
    lines: HashMap<&'a str, (&'a str, OnceLock<Vec<usize>>)>,
}

/// The character after the end of each line.
fn line_ends(text: &str) -> Vec<usize> {
    text.chars().enumerate().filter(|(_, c)| *c == '\n').map(|(at, _)| at + 1).collect()
}

impl<'a> Table<'a> {
    /// The table of all claims. O(documents).
    pub fn new(corpus: &'a Corpus) -> Self {
        let with_text = corpus.documents.iter().filter(|it| !it.text.is_empty());
        let lines =
            with_text.map(|it| (it.id.as_str(), (it.text.as_str(), OnceLock::new()))).collect();
        Self { corpus, lines }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.corpus.claims.len()
    }

    /// Is there no claim?
    pub fn is_empty(&self) -> bool {
        self.corpus.claims.is_empty()
    }

    /// The rows, in the order of the claims.
    pub fn rows(&self) -> impl Iterator<Item = Row<'a>> {
        self.corpus.claims.iter().map(|claim| self.row(claim))
    }

    /// The row of a claim. O(length of the text) for the first of a document.
    pub fn row(&self, claim: &'a Claim) -> Row<'a> {
        let starts = self.lines.get(claim.document.as_str());
        let starts = starts.map(|(text, starts)| starts.get_or_init(|| line_ends(text)));
        let line = starts.map(|it| it.partition_point(|start| *start <= claim.start) + 1);
        let document = self.corpus.document(&claim.document);
        let page = document.and_then(|it| it.pages.at(claim.start));
        Row { claim, document, line, page }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Pages;
    use crate::fixture;

    #[test]
    fn a_row_says_who_what_where_and_in_which_words() {
        let mut corpus = fixture::corpus();
        let claim = corpus.claims.iter().position(|it| !it.via.is_empty()).unwrap();
        // a second line: the quote stands behind as many characters as before
        let document = corpus.claims[claim].document.clone();
        let text = &mut corpus.documents.iter_mut().find(|it| it.id == document).unwrap().text;
        let first = text.chars().next().unwrap().len_utf8();
        text.replace_range(..first, "\n");
        let pages = Pages::of_form_feeds(&"\u{c}".repeat(2));
        corpus.documents.iter_mut().find(|it| it.id == document).unwrap().pages = pages;
        let table = Table::new(&corpus);
        let row = table.row(&corpus.claims[claim]);
        let cell = |name: &str| COLUMNS.iter().find(|it| it.name == name).unwrap().cell(&row);
        let words = |words: &'static str| Cell::Text(words.into());
        assert_eq!(cell("who"), words("Russia"));
        assert_eq!(cell("act"), words("reject"));
        assert_eq!(cell("according_to"), words("Kremlin"));
        assert_eq!(cell("via_ids"), words("reuters"));
        assert_eq!((cell("line"), cell("page")), (Cell::Integer(2), Cell::Integer(3)));
        let elsewhere = corpus.claims.iter().find(|it| it.document != document).unwrap();
        assert_eq!(table.row(elsewhere).page, None);
        assert_eq!(cell("to_whom"), Cell::Empty);
        assert!(matches!(cell("confidence"), Cell::Number(it) if it > 0.0));
    }

    #[test]
    fn columns_have_names_of_their_own_and_cells_of_their_kind() {
        let corpus = fixture::corpus();
        for (at, column) in COLUMNS.iter().enumerate() {
            assert!(COLUMNS[..at].iter().all(|it| it.name != column.name), "{}", column.name);
            for row in Table::new(&corpus).rows() {
                let fits = match column.cell(&row) {
                    Cell::Empty => true,
                    Cell::Text(_) => column.kind == Kind::Text,
                    Cell::Integer(_) => column.kind == Kind::Integer,
                    Cell::Number(_) => column.kind == Kind::Number,
                };
                assert!(fits, "{}", column.name);
            }
        }
    }
}
