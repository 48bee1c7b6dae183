use serde::Serialize;

use super::Span;

/// Elements of HTML that stand in a line with the words around them.
const INLINE: [&str; 31] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
];
/// What a stretch of a text is, as the markup says of the page that it is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[non_exhaustive]
pub enum ElementKind {
    /// A headline or the heading of a section, or what a table is called.
    Heading,
    /// Running text.
    Paragraph,
    /// A paragraph of an item of a list.
    Item {
        /// Number of its list, where lists are told apart.
        list: usize,
        /// How many lists stand around its own.
        depth: usize,
        /// Is it the first paragraph of its item?
        is_first: bool,
    },
    /// A paragraph of a quotation that is set off.
    Quotation,
    /// What heads a row or a column of a table; a term, or who speaks, in a list of definitions.
    Head,
    /// What is said of a term, or by whoever speaks.
    Definition {
        /// Number of its [`ElementKind::Head`].
        head: usize,
    },
    /// A cell of a table.
    Cell {
        /// Number of the element that heads its row: of a row without a head its first cell.
        row: Option<usize>,
        /// Number of the element that heads its column.
        column: Option<usize>,
    },
}

/// A stretch of a text of which the markup says what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Element {
    /// What it is.
    pub kind: ElementKind,
    /// Where it stands, without the mark of its item.
    pub span: Span,
}

/// A text that is written down element by element.
#[cfg(any(feature = "docx", feature = "html"))]
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) elements: Vec<Element>,
    /// Characters of the text.
    length: usize,
}

#[cfg(any(feature = "docx", feature = "html"))]
impl Written {
    /// Begins the next line, with an empty line before it unless it stands `close`.
    pub(super) fn begin_line(&mut self, close: bool) {
        if !self.text.is_empty() {
            self.say(if close { "\n" } else { "\n\n" });
        }
    }

    /// Words that are of no element: the mark of an item, the bar between cells.
    pub(super) fn say(&mut self, words: &str) -> Span {
        let start = self.length;
        self.length += words.chars().count();
        self.text.push_str(words);
        Span::new(start, self.length)
    }

    /// The words of an element; its number.
    pub(super) fn element(&mut self, kind: ElementKind, words: &str) -> usize {
        let span = self.say(words);
        self.elements.push(Element { kind, span });
        self.elements.len() - 1
    }

    /// A line that is one element, behind a mark.
    pub(super) fn line(&mut self, kind: ElementKind, mark: &str, words: &str, close: bool) {
        self.begin_line(close);
        self.say(mark);
        self.element(kind, words);
    }
}

/// Does an element of HTML of this name, in small letters, stand in a line with the words around it?
pub fn is_inline(name: &str) -> bool {
    INLINE.contains(&name)
}
