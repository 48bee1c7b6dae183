//! The words of the parts that hold text.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::numbering::Numbering;
use super::xml::{attribute, broken, name_of, said};
use crate::corpus::error::ReadErrorKind;

/// Elements whose content is not of the text: what stands there twice for older programs, what
/// was moved or deleted, what only looks like text.
const SKIPPED: [&str; 5] = ["Fallback", "moveFrom", "del", "instrText", "rPrChange"];

/// A paragraph that is being read.
#[derive(Debug, Default)]
struct Paragraph {
    words: String,
    style: String,
    /// The use of a list, and the level.
    item: Option<(String, usize)>,
}

/// A table that is being read.
#[derive(Debug, Default)]
struct Table {
    row: Vec<String>,
    /// The words of the open cell.
    cell: String,
    /// Has a row been written down?
    written: bool,
}

/// Writes down paragraphs, a line each with an empty line between; items of a list and rows of
/// a table one below the other.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) text: String,
    /// The first paragraph that is set as a title.
    pub(super) title: Option<String>,
    numbering: Numbering,
    /// Paragraphs within paragraphs stand in text boxes.
    open: Vec<Paragraph>,
    tables: Vec<Table>,
    /// Was the last paragraph an item?
    in_list: bool,
    /// Are the words of the run hidden?
    hidden: bool,
    /// In an element that holds words?
    in_words: bool,
    /// How deep within an element of [`SKIPPED`].
    skipped: usize,
}

impl Body {
    pub(super) fn new(numbering: Numbering) -> Self {
        Self {
            text: String::new(),
            title: None,
            numbering,
            open: Vec::new(),
            tables: Vec::new(),
            in_list: false,
            hidden: false,
            in_words: false,
            skipped: 0,
        }
    }

    /// Adds the words of a part.
    ///
    /// # Errors
    /// When its XML is broken; the words before that are read.
    pub(super) fn read(&mut self, xml: &str) -> Result<(), ReadErrorKind> {
        let mut reader = Reader::from_str(xml);
        loop {
            match reader.read_event() {
                Ok(Event::Start(start)) => self.start(&start),
                Ok(Event::Empty(start)) => {
                    self.start(&start);
                    self.end(name_of(&start));
                }
                Ok(Event::End(end)) => {
                    let name: &str = end.name().into_inner();
                    self.end(name.rsplit(':').next().unwrap_or(name));
                }
                Ok(Event::Eof) => return Ok(()),
                Ok(event) => {
                    if self.in_words && !self.hidden && self.skipped == 0 {
                        self.say(&said(&event));
                    }
                }
                Err(error) => {
                    let at = reader.error_position();
                    return Err(broken(format!("byte {at} of a part of it: {error}")));
                }
            }
        }
    }

    fn say(&mut self, words: &str) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.words.push_str(words);
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) {
        let name = name_of(start);
        if self.skipped > 0 || SKIPPED.contains(&name) {
            self.skipped += 1;
            return;
        }
        let value = || attribute(start, "val");
        match name {
            "p" => self.open.push(Paragraph::default()),
            "r" => self.hidden = false,
            "vanish" => self.hidden = value().is_none_or(|on| on != "0" && on != "false"),
            "t" => self.in_words = true,
            "tab" | "ptab" if !self.open.is_empty() => self.say(" "),
            "br" if attribute(start, "type").is_none() => self.say("\n"),
            "cr" => self.say("\n"),
            "noBreakHyphen" => self.say("-"),
            "pStyle" => {
                if let (Some(paragraph), Some(style)) = (self.open.last_mut(), value()) {
                    paragraph.style = style;
                }
            }
            "ilvl" => {
                let level = value().and_then(|it| it.parse().ok()).unwrap_or(0);
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.item.get_or_insert_default().1 = level;
                }
            }
            "numId" => {
                if let (Some(paragraph), Some(list)) = (self.open.last_mut(), value()) {
                    paragraph.item.get_or_insert_default().0 = list;
                }
            }
            "tbl" => self.tables.push(Table::default()),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "t" => self.in_words = false,
            "p" => {
                if let Some(paragraph) = self.open.pop() {
                    self.paragraph(paragraph);
                }
            }
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    let cell = std::mem::take(&mut table.cell);
                    table.row.push(cell.trim().to_owned());
                }
            }
            "tr" => self.row(),
            "tbl" => {
                self.tables.pop();
            }
            _ => {}
        }
    }

    fn paragraph(&mut self, paragraph: Paragraph) {
        let lines: Vec<String> = paragraph
            .words
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|line| !line.is_empty())
            .collect();
        if lines.is_empty() {
            return;
        }
        if let Some(table) = self.tables.last_mut() {
            // A cell is one line, whatever it holds.
            table.cell.push_str(&lines.join(" "));
            table.cell.push(' ');
            return;
        }
        let words = lines.join("\n");
        if self.title.is_none() && paragraph.style.eq_ignore_ascii_case("title") {
            self.title = Some(lines.join(" "));
        }
        let item = paragraph.item.or_else(|| self.numbering.of_style(&paragraph.style));
        let mark = item.and_then(|(list, level)| self.numbering.mark(&list, level));
        let close = mark.is_some() && self.in_list;
        self.in_list = mark.is_some();
        self.line(&format!("{}{words}", mark.unwrap_or_default()), close);
    }

    /// A row of a table, or, of a table of one column, its paragraph.
    fn row(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let cells = std::mem::take(&mut table.row);
        let close = std::mem::replace(&mut table.written, true) && cells.len() > 1;
        if cells.iter().all(String::is_empty) {
            return;
        }
        let row = cells.join(" | ");
        match self.tables.len() {
            0 | 1 => {
                self.in_list = false;
                self.line(&row, close);
            }
            // A table in a cell of another.
            inner => {
                let outer = &mut self.tables[inner - 2].cell;
                outer.push_str(&cells.join(" "));
                outer.push(' ');
            }
        }
    }

    fn line(&mut self, line: &str, close: bool) {
        if !self.text.is_empty() {
            self.text.push_str(if close { "\n" } else { "\n\n" });
        }
        self.text.push_str(line);
    }
}
