//! The words of the parts that hold text.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::numbering::Numbering;
use super::xml::{attribute, broken, name_of, said};
use crate::corpus::element::{ElementKind, Written};
use crate::corpus::error::ReadErrorKind;
use crate::corpus::table::{Cell, Table};

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
struct OpenTable {
    rows: Table,
    row: Vec<Cell>,
    cell: OpenCell,
    /// Is the row repeated on every page, as its head?
    is_head: bool,
    /// Has a row been written down?
    written: bool,
}

/// A cell that is being read.
#[derive(Debug, Default)]
struct OpenCell {
    cell: Cell,
    /// Has it words that are not bold?
    has_plain: bool,
}

/// Writes down paragraphs, a line each with an empty line between; items of a list and rows of
/// a table one below the other.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) written: Written,
    /// The first paragraph that is set as a title.
    pub(super) title: Option<String>,
    numbering: Numbering,
    /// Paragraphs within paragraphs stand in text boxes.
    open: Vec<Paragraph>,
    tables: Vec<OpenTable>,
    /// Was the last paragraph an item?
    in_list: bool,
    /// Are the words of the run hidden?
    hidden: bool,
    /// Are they bold?
    bold: bool,
    /// In an element that holds words?
    in_words: bool,
    /// How deep within an element of [`SKIPPED`].
    skipped: usize,
}

impl Body {
    pub(super) fn new(numbering: Numbering) -> Self {
        Self {
            written: Written::default(),
            title: None,
            numbering,
            open: Vec::new(),
            tables: Vec::new(),
            in_list: false,
            hidden: false,
            bold: false,
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
        if let Some(table) = self.tables.last_mut() {
            table.cell.has_plain |= !self.bold && !words.trim().is_empty();
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) {
        let name = name_of(start);
        if self.skipped > 0 || SKIPPED.contains(&name) {
            self.skipped += 1;
            return;
        }
        let value = || attribute(start, "val");
        let is_on = || value().is_none_or(|on| on != "0" && on != "false");
        match name {
            "p" => self.open.push(Paragraph::default()),
            "r" => (self.hidden, self.bold) = (false, false),
            "vanish" => self.hidden = is_on(),
            "b" => self.bold = is_on(),
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
            "tbl" => self.tables.push(OpenTable::default()),
            _ => self.start_in_table(name, &value),
        }
    }

    /// What a table says of its rows and cells.
    fn start_in_table(&mut self, name: &str, value: &dyn Fn() -> Option<String>) {
        let Some(table) = self.tables.last_mut() else { return };
        match name {
            "tblHeader" => table.is_head = true,
            "gridSpan" => {
                table.cell.cell.columns = value().and_then(|it| it.parse().ok()).unwrap_or(1);
            }
            "vMerge" => table.cell.cell.continues = value().as_deref() != Some("restart"),
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
                    let OpenCell { mut cell, has_plain } = std::mem::take(&mut table.cell);
                    cell.words.truncate(cell.words.trim_end().len());
                    cell.is_head = !has_plain && !cell.words.is_empty();
                    table.row.push(cell);
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
            table.cell.cell.words.push_str(&lines.join(" "));
            table.cell.cell.words.push(' ');
            return;
        }
        let words = lines.join("\n");
        if self.title.is_none() && paragraph.style.eq_ignore_ascii_case("title") {
            self.title = Some(lines.join(" "));
        }
        let item = paragraph.item.or_else(|| self.numbering.of_style(&paragraph.style));
        let depth = item.as_ref().map(|(_, level)| *level);
        let mark = item.and_then(|(list, level)| self.numbering.mark(&list, level));
        let style = paragraph.style.to_ascii_lowercase();
        let kind = match depth.filter(|_| mark.is_some()) {
            _ if style == "title" || style.starts_with("heading") => ElementKind::Heading,
            Some(depth) => ElementKind::Item { list: 0, depth, is_first: true },
            None if style.ends_with("quote") => ElementKind::Quotation,
            None => ElementKind::Paragraph,
        };
        let close = mark.is_some() && self.in_list;
        self.in_list = mark.is_some();
        self.written.line(kind, &mark.unwrap_or_default(), &words, close);
    }

    /// A row of a table, or, of a table of one column, its paragraph.
    fn row(&mut self) {
        let within = self.tables.len();
        let Some(table) = self.tables.last_mut() else { return };
        let mut cells = std::mem::take(&mut table.row);
        let is_head = std::mem::take(&mut table.is_head);
        cells.iter_mut().for_each(|cell| cell.is_head |= is_head);
        let close = std::mem::replace(&mut table.written, true) && cells.len() > 1;
        if cells.iter().all(|cell| cell.words.is_empty()) {
            return;
        }
        match within {
            0 | 1 => {
                self.in_list = false;
                table.rows.row(&cells, close, &mut self.written);
            }
            // A table in a cell of another.
            inner => {
                let outer = &mut self.tables[inner - 2].cell.cell.words;
                for cell in cells {
                    outer.push_str(&cell.words);
                    outer.push(' ');
                }
            }
        }
    }
}
