//! Blocks of Markdown (CommonMark with tables), as `pulldown-cmark` finds them.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::block::{Block, BlockKind, Piece};
use super::plain::{ends_in_credit, of_row};
use super::signs::{self, Sign};
use crate::corpus::{Span, Text};

pub(super) fn blocks(text: &Text) -> Vec<Block> {
    let mut builder = Builder {
        text,
        blocks: Vec::new(),
        open: None,
        quotations: 0,
        lists: Vec::new(),
        row: Vec::new(),
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
    builder.blocks
}

struct Builder<'t> {
    text: &'t Text,
    blocks: Vec<Block>,
    open: Option<Block>,
    quotations: usize,
    /// For each list that is open: the block that leads its items in.
    lists: Vec<Option<usize>>,
    row: Vec<Vec<Piece>>,
    /// Where in HTML something that nobody reads began, and what ends it.
    unread: Option<&'static str>,
}

/// What nobody reads in HTML: how it begins and ends.
const UNREAD: [(&str, &str); 3] =
    [("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>")];
/// Elements of HTML that stand in a line with the words around them.
const INLINE: [&str; 14] = [
    "a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "small", "span", "strong", "sub",
    "sup",
];

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let span =
            Span::new(self.text.char_at_byte(range.start), self.text.char_at_byte(range.end));
        match event {
            Event::Start(tag) => self.start(&tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(words) => {
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
                if !INLINE.contains(&name.as_str()) {
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
        if let Some(block) = &mut self.open {
            block.span = block.span.cover(at);
            block.pieces.push(piece);
        }
    }

    fn begin(&mut self, kind: BlockKind, span: Span) {
        self.close();
        let lead_in = self.lists.last().copied().flatten();
        let kind = match kind {
            BlockKind::Paragraph if !self.lists.is_empty() => BlockKind::Item,
            BlockKind::Paragraph if self.quotations > 0 => BlockKind::Quotation,
            kind => kind,
        };
        let span = Span::new(span.start, span.start);
        self.open = Some(Block { kind, span, pieces: Vec::new(), lead_in });
    }

    fn close(&mut self) {
        let Some(mut block) = self.open.take() else { return };
        let words: String = block
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Words(span) => self.text.slice(*span),
                Piece::Space(_) | Piece::Line(_) => " ",
            })
            .collect();
        if words.trim().is_empty() {
            return;
        }
        let begins =
            signs::begins(words.trim(), Sign::Credit) && words.split_whitespace().count() < 15;
        if begins || ends_in_credit(&words) {
            block.kind = BlockKind::Furniture;
        }
        self.blocks.push(block);
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph | Tag::CodeBlock(_) => self.begin(BlockKind::Paragraph, span),
            Tag::Heading { .. } => self.begin(BlockKind::Heading, span),
            Tag::BlockQuote(_) => self.quotations += 1,
            Tag::List(_) => {
                self.close();
                let lead_in = self.leads_in().then(|| self.blocks.len() - 1);
                self.lists.push(lead_in);
            }
            Tag::Item => self.begin(BlockKind::Item, span),
            Tag::Table(_) => self.close(),
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
                self.row.push(self.open.take().map(|block| block.pieces).unwrap_or_default());
            }
            TagEnd::TableRow => self.blocks.extend(of_row(span, &std::mem::take(&mut self.row))),
            _ => {}
        }
    }

    /// Does the last block lead in a list?
    fn leads_in(&self) -> bool {
        self.blocks.last().is_some_and(|block| {
            let last = block.pieces.iter().rev().find_map(|piece| match piece {
                Piece::Words(span) => Some(self.text.slice(*span).trim_end()),
                Piece::Space(_) | Piece::Line(_) => None,
            });
            last.is_some_and(|words| words.ends_with(':'))
        })
    }
}
