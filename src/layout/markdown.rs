//! Blocks of Markdown (CommonMark with tables), as `pulldown-cmark` finds them.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::block::{Block, BlockKind, Piece};
use super::leads::{self, Level, Placed, Style};
use super::plain::{ends_in_credit, of_row};
use super::signs::{self, Sign};
use crate::corpus::{Span, Text, is_inline};

pub(super) fn blocks(text: &Text) -> Vec<Block> {
    let mut builder = Builder {
        text,
        placed: Vec::new(),
        open: None,
        quotations: 0,
        lists: Vec::new(),
        count: 0,
        row: Vec::new(),
        columns: Vec::new(),
        unread: None,
    };
    let known = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES;
    let parser = Parser::new_ext(text.as_str(), known);
    for (event, range) in parser.into_offset_iter() {
        builder.event(event, range);
    }
    builder.close();
    leads::joined(text, builder.placed)
}

struct Builder<'t> {
    text: &'t Text,
    placed: Vec<Placed>,
    open: Option<Placed>,
    quotations: usize,
    /// For each list that is open: its number, and whether its item has begun.
    lists: Vec<(usize, bool)>,
    /// Lists so far.
    count: usize,
    row: Vec<Block>,
    /// The blocks that head the columns of the table.
    columns: Vec<Option<usize>>,
    /// Where in HTML something that nobody reads began, and what ends it.
    unread: Option<&'static str>,
}

/// What nobody reads in HTML: how it begins and ends.
const UNREAD: [(&str, &str); 3] =
    [("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>")];
impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let span =
            Span::new(self.text.char_at_byte(range.start), self.text.char_at_byte(range.end));
        match event {
            Event::Start(tag) => self.start(&tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(words) => {
                self.part_clause(span);
                // an entity or an escape is not what stands there
                let written = self.text.slice(span);
                if *words == *written {
                    self.words(span, written);
                } else {
                    self.add(Piece::Words(span));
                }
            }
            Event::Code(_) => {
                let ticks = self.text.slice(span).chars().take_while(|c| *c == '`').count();
                self.add(Piece::Words(Span::new(span.start + ticks, span.end - ticks)));
            }
            Event::Html(_) => self.html(span),
            Event::SoftBreak => self.add(Piece::Space(span.start)),
            Event::HardBreak => self.add(Piece::Line(span.start)),
            _ => {}
        }
    }

    /// Words, whose line breaks (in indented text) only fill lines.
    fn words(&mut self, span: Span, written: &str) {
        let mut start = span.start;
        for (number, line) in written.split('\n').enumerate() {
            if number > 0 {
                self.add(Piece::Space(start - 1));
            }
            let end = start + line.chars().count();
            if end > start {
                self.add(Piece::Words(Span::new(start, end)));
            }
            start = end + 1;
        }
    }

    /// A line of a block of HTML: its words without the tags, which part blocks unless they stand in
    /// a line.
    fn html(&mut self, span: Span) {
        let written: Vec<char> = self.text.slice(span).chars().collect();
        let starts = |at: usize, what: &str| {
            let ahead = written[at..].iter().take(what.len());
            ahead.copied().map(|c| c.to_ascii_lowercase()).eq(what.chars())
        };
        let mut at = 0;
        let mut words = 0..0;
        while at < written.len() {
            if let Some(end) = self.unread {
                let ends = starts(at, end);
                at += if ends { end.len() } else { 1 };
                self.unread = self.unread.filter(|_| !ends);
                words = at..at;
                continue;
            }
            if written[at] != '<' && written[at] != '\n' {
                at += 1;
                words.end = at;
                continue;
            }
            self.words_of_html(span, &written, &words);
            if let Some((_, end)) = UNREAD.iter().find(|(begin, _)| starts(at, begin)) {
                self.unread = Some(end);
            } else if written[at] == '<' {
                let tag: String = written[at + 1..].iter().take_while(|&&c| c != '>').collect();
                let name = tag.trim_start_matches('/').split(|c: char| !c.is_alphanumeric());
                let name = name.take(1).collect::<String>().to_lowercase();
                if !is_inline(&name) {
                    self.close();
                }
                at += tag.chars().count() + 1;
            } else if self.open.is_some() {
                self.add(Piece::Space(span.start + at));
            }
            at = (at + 1).min(written.len());
            words = at..at;
        }
        self.words_of_html(span, &written, &words);
    }

    fn words_of_html(&mut self, span: Span, written: &[char], words: &Range<usize>) {
        if written[words.clone()].iter().any(|c| !c.is_whitespace()) {
            self.add(Piece::Words(Span::new(span.start + words.start, span.start + words.end)));
        }
    }

    fn add(&mut self, piece: Piece) {
        let at = match piece {
            Piece::Words(span) => span,
            Piece::Space(at) | Piece::Line(at) => Span::new(at, at),
        };
        if self.open.is_none() {
            // items of a tight list have no paragraph of their own
            self.begin(BlockKind::Paragraph, at);
        }
        if let Some(Placed { block, .. }) = &mut self.open {
            block.span = block.span.cover(at);
            block.pieces.push(piece);
        }
    }

    fn begin(&mut self, kind: BlockKind, span: Span) {
        self.close();
        let depth = self.lists.len();
        let item = self.lists.last_mut().filter(|_| kind != BlockKind::Heading);
        let continues = item.is_some_and(|(_, begun)| std::mem::replace(begun, true));
        let kind = match kind {
            BlockKind::Paragraph if depth > 0 && !continues => BlockKind::Item,
            BlockKind::Paragraph if self.quotations > 0 => BlockKind::Quotation,
            kind => kind,
        };
        let listed = kind == BlockKind::Item;
        let list = self.lists.last().map_or(0, |(number, _)| *number);
        let level = listed.then_some(Level { indent: depth, style: Style::Markup(list) });
        let block = Block::new(kind, Span::new(span.start, span.start), Vec::new());
        self.open = Some(Placed { block, level, continues });
    }

    fn close(&mut self) {
        let Some(mut placed) = self.open.take() else { return };
        let words = leads::words_of(self.text, &placed.block.pieces);
        if words.trim().is_empty() {
            return;
        }
        let begins =
            signs::begins(words.trim(), Sign::Credit) && words.split_whitespace().count() < 15;
        if begins || ends_in_credit(&words) {
            placed.block.kind = BlockKind::Furniture;
        } else if placed.level.is_none() && placed.block.kind == BlockKind::Paragraph {
            self.mark(&mut placed);
        }
        self.placed.push(placed);
    }

    /// A clause whose mark is none of Markdown's: "(a) release the crew;".
    fn mark(&self, placed: &mut Placed) {
        let Some(&Piece::Words(span)) = placed.block.pieces.first() else { return };
        let Some(mark) = leads::mark(self.text.slice(span)) else { return };
        placed.level = Some(Level { indent: self.lists.len(), style: mark.style });
        placed.continues = false;
        placed.block.kind = BlockKind::Item;
        placed.block.pieces[0] = Piece::Words(Span::new(span.start + mark.length, span.end));
    }

    /// Parts a paragraph before a line that begins with such a mark.
    fn part_clause(&mut self, span: Span) {
        let Some(Placed { block, .. }) = &self.open else { return };
        let breaks = matches!(block.pieces.last(), Some(Piece::Space(_) | Piece::Line(_)));
        let is_text = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item);
        let written = self.text.slice(span);
        if breaks && is_text && written.starts_with('(') && leads::mark(written).is_some() {
            self.begin(BlockKind::Paragraph, span);
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph | Tag::CodeBlock(_) => self.begin(BlockKind::Paragraph, span),
            Tag::Heading { .. } => self.begin(BlockKind::Heading, span),
            Tag::BlockQuote(_) => self.quotations += 1,
            Tag::List(_) => {
                self.close();
                self.count += 1;
                self.lists.push((self.count, false));
            }
            Tag::Item => {
                self.close();
                if let Some((_, begun)) = self.lists.last_mut() {
                    *begun = false;
                }
            }
            Tag::Table(_) => {
                self.close();
                self.columns.clear();
            }
            Tag::TableHead | Tag::TableRow => self.row.clear(),
            Tag::TableCell => self.begin(BlockKind::Cell, span),
            Tag::HtmlBlock => self.close(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::Heading(_) | TagEnd::Item => {
                self.close();
            }
            TagEnd::HtmlBlock => {
                self.close();
                self.unread = None;
            }
            TagEnd::BlockQuote(_) => self.quotations = self.quotations.saturating_sub(1),
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::TableCell => {
                let empty = Block::new(BlockKind::Cell, span, Vec::new());
                self.row.push(self.open.take().map_or(empty, |placed| placed.block));
            }
            TagEnd::TableHead => {
                let before = self.placed.len();
                let heads = std::mem::take(&mut self.row);
                self.columns = (before..before + heads.len()).map(Some).collect();
                self.place(heads.into_iter().map(|it| Block { kind: BlockKind::Head, ..it }));
            }
            TagEnd::TableRow => {
                let row = std::mem::take(&mut self.row);
                let row = of_row(row, &self.columns, self.placed.len());
                self.place(row);
            }
            _ => {}
        }
    }

    fn place(&mut self, row: impl IntoIterator<Item = Block>) {
        let placed = |block| Placed { block, level: None, continues: false };
        self.placed.extend(row.into_iter().map(placed));
    }
}
