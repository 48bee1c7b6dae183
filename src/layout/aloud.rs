//! From blocks to the text as it is read aloud, and back.

use std::collections::HashSet;

use super::block::{Block, BlockKind, Piece};
use super::signs::{self, Sign};
use crate::corpus::{Document, Pages, Span, Text};

/// Words that lead in a list are read again with every item if they are no more than this.
const LONGEST_LEAD_IN: usize = 40;
/// A lead-in of no more words than this runs on into its items.
const SHORT_LEAD_IN: usize = 6;
/// Letters from which on a line in capitals is a headline, and no abbreviation.
const FEWEST_CAPITALS: usize = 12;

/// How often the words are read that lead in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LeadIns {
    /// With every item, so that each is a sentence.
    WithEveryItem,
    /// Where they stand.
    Once,
}

/// A document as it is read aloud.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The document with the text as it is read.
    pub document: Document,
    /// For each character that is read: where it stands in the text as written.
    origin: Vec<usize>,
}

impl Page {
    /// Where in the text as written a stretch of the text as read stands: from its first
    /// character there to its last. O(length of the stretch).
    ///
    /// # Panics
    /// When the stretch reaches past the end.
    pub fn written(&self, read: Span) -> Span {
        let places = &self.origin[read.start..read.end];
        match (places.iter().min(), places.iter().max()) {
            (Some(&first), Some(&last)) => Span::new(first, last + 1),
            _ => {
                let at = self.origin.get(read.start).or(self.origin.last()).copied().unwrap_or(0);
                Span::new(at, at)
            }
        }
    }
}

pub(super) fn read(
    document: &Document,
    blocks: &[Block],
    lead_ins: LeadIns,
    is_word: &dyn Fn(&str) -> bool,
) -> Page {
    let mut voice = Voice {
        blocks,
        written: document.text.as_str().chars().collect(),
        read: String::with_capacity(document.text.as_str().len()),
        origin: Vec::with_capacity(document.text.len()),
        is_word,
        led: vec![None; blocks.len()],
    };
    let leading: HashSet<usize> = blocks.iter().filter_map(|block| block.lead_in).collect();
    let leads: Vec<bool> = (0..blocks.len())
        .map(|at| lead_ins == LeadIns::WithEveryItem && leading.contains(&at) && voice.is_short(at))
        .collect();
    for (at, block) in blocks.iter().enumerate() {
        if block.kind == BlockKind::Furniture || leads[at] {
            continue;
        }
        if at > 0 {
            voice.gap(blocks[at - 1].span.end, block.span.start);
        }
        let quoted = voice.is_announced_quotation(at);
        if quoted {
            voice.say('“', block.span.start);
        }
        voice.chain(at, &leads);
        if quoted && !voice.is_announced_quotation(at + 1) {
            voice.say('”', block.span.end.saturating_sub(1));
        }
    }
    let Voice { read, origin, .. } = voice;
    Page {
        document: Document { text: Text::new(read), pages: Pages::default(), ..document.clone() },
        origin,
    }
}

struct Voice<'b> {
    blocks: &'b [Block],
    written: Vec<char>,
    read: String,
    origin: Vec<usize>,
    is_word: &'b dyn Fn(&str) -> bool,
    /// Of blocks that have led in an item: what leads in the next ones, their last sentence.
    led: Vec<Option<Vec<(char, usize)>>>,
}

impl Voice<'_> {
    /// Is a block one of a quotation that is set off after a colon ("The mayor wrote:"), without
    /// marks of its own? It is read as one with them.
    fn is_announced_quotation(&self, at: usize) -> bool {
        let quotation = |at: &usize| {
            self.blocks.get(*at).is_some_and(|block| block.kind == BlockKind::Quotation)
        };
        if !quotation(&at) {
            return false;
        }
        let first = (0..=at).rev().take_while(quotation).last().unwrap_or(at);
        let Some(before) = first.checked_sub(1) else { return false };
        let announced = self.characters(before).last().is_some_and(|(c, _)| *c == ':');
        let marked = self.characters(first).first().is_some_and(|(c, _)| "“\"«‘'".contains(*c));
        announced && !marked
    }

    fn say(&mut self, c: char, at: usize) {
        self.read.push(c);
        self.origin.push(at.min(self.written.len().saturating_sub(1)));
    }

    /// Between blocks: the end of a line, or an empty line where one stands.
    fn gap(&mut self, from: usize, to: usize) {
        if self.read.is_empty() {
            return;
        }
        let empty = self.written[from.min(to)..to].iter().filter(|c| **c == '\n').count() > 1;
        self.say('\n', from);
        if empty {
            self.say('\n', from);
        }
    }

    /// A block, after those that lead it in.
    fn chain(&mut self, at: usize, leads: &[bool]) {
        let own = self.characters(at);
        let Some(lead) = self.blocks[at].lead_in.filter(|&lead| leads[lead]) else {
            own.into_iter().for_each(|(c, at)| self.say(c, at));
            return;
        };
        let mut before = match &self.led[lead] {
            Some(clause) => clause.clone(),
            None => {
                let whole = self.lead(lead, leads);
                self.led[lead] = Some(whole[last_sentence(&whole)..].to_vec());
                whole
            }
        };
        let behind = before.last().map_or(0, |(_, at)| *at);
        let item = if before.last().is_some_and(|(c, _)| *c == ',') {
            // "The Council, 1. Calls upon …"
            before.pop();
            self.with_small_letter(own, true)
        } else if ends_as_sentence(&own) || announces(&before) || !runs_into(&before) {
            before.push((':', behind));
            own
        } else {
            self.with_small_letter(own, false)
        };
        for (c, at) in before.into_iter().chain([(' ', behind)]).chain(item) {
            self.say(c, at);
        }
    }

    /// The words that lead in an item, with those that lead them in, without the colon.
    fn lead(&self, at: usize, leads: &[bool]) -> Vec<(char, usize)> {
        let mut own = self.characters(at);
        while own.last().is_some_and(|(c, _)| *c == ':' || c.is_whitespace()) {
            own.pop();
        }
        match self.blocks[at].lead_in.filter(|&lead| leads[lead] && lead < at) {
            Some(lead) => {
                let mut before = self.lead(lead, leads);
                let behind = before.last().map_or(0, |(_, at)| *at);
                before.push((' ', behind));
                before.extend(self.with_small_letter(own, false));
                before
            }
            None => own,
        }
    }

    fn is_short(&self, at: usize) -> bool {
        let words = self.characters(at);
        words_of(&words[last_sentence(&words)..]).split_whitespace().count() <= LONGEST_LEAD_IN
    }

    /// What is read of a block, and where it stands.
    fn characters(&self, at: usize) -> Vec<(char, usize)> {
        let mut found: Vec<(char, usize)> = Vec::new();
        let pieces = &self.blocks[at].pieces;
        for (number, piece) in pieces.iter().enumerate() {
            match *piece {
                Piece::Words(span) => {
                    let all = (span.start..span.end).map(|at| (self.written[at], at));
                    found.extend(all.filter(|(c, _)| !is_invisible(*c)));
                }
                Piece::Space(at) => {
                    let next = pieces.get(number + 1).copied();
                    match self.cut(&found, next) {
                        Some(Cut::Word) => drop(found.pop()),
                        Some(Cut::Compound) => {}
                        None => found.push((' ', at)),
                    }
                }
                Piece::Line(at) => found.push(('\n', at)),
            }
        }
        if self.blocks[at].kind == BlockKind::Item {
            let end =
                |found: &[(char, usize)]| found.last().is_some_and(|(c, _)| " ;,".contains(*c));
            for joint in signs::entries(Sign::Joint) {
                let tail: String = found.iter().rev().take(joint.len()).map(|(c, _)| *c).collect();
                if tail.chars().rev().eq(joint.chars()) {
                    found.truncate(found.len() - joint.len());
                }
            }
            while end(&found) {
                found.pop();
            }
        }
        self.with_letter_case(found)
    }

    /// Is a word cut by a hyphen at the end of a line?
    fn cut(&self, before: &[(char, usize)], next: Option<Piece>) -> Option<Cut> {
        let Some(Piece::Words(span)) = next else { return None };
        let (hyphen, letters) = before.split_last()?;
        let letters = letters.iter().rev().map(|(c, _)| *c).take_while(|c| c.is_alphabetic());
        let first: String = letters.collect::<Vec<_>>().into_iter().rev().collect();
        let rest = self.written[span.start..span.end].iter().take_while(|c| c.is_alphabetic());
        let second: String = rest.collect();
        if !['-', '\u{ad}', '\u{2010}'].contains(&hyphen.0)
            || first.is_empty()
            || !second.starts_with(char::is_lowercase)
        {
            return None;
        }
        let (one, two) = (first.to_lowercase(), second.to_lowercase());
        let whole = (self.is_word)(&format!("{one}{two}"));
        let parts = (self.is_word)(&one) && (self.is_word)(&two);
        Some(if parts && !whole { Cut::Compound } else { Cut::Word })
    }

    /// A headline in capitals with the letters that its words have elsewhere.
    fn with_letter_case(&self, mut found: Vec<(char, usize)>) -> Vec<(char, usize)> {
        let letters = found.iter().filter(|(c, _)| c.is_alphabetic()).count();
        let spaces = found.iter().filter(|(c, _)| *c == ' ').count();
        let shouted = !found.iter().any(|(c, _)| c.is_lowercase() || *c == ':');
        if !shouted || letters < FEWEST_CAPITALS || spaces < 2 {
            return found;
        }
        let mut start = 0;
        while start < found.len() {
            let length =
                found[start..].iter().take_while(|(c, _)| c.is_alphanumeric()).count().max(1);
            let word: String = found[start..start + length].iter().map(|(c, _)| *c).collect();
            let common = (self.is_word)(&word.to_lowercase()) && start > 0;
            let after_mark = start > 0 && ['\'', '’'].contains(&found[start - 1].0);
            if !signs::is(&word, Sign::Capitals) && !word.chars().any(|c| c.is_ascii_digit()) {
                let first = if common || after_mark { start } else { start + 1 };
                for (c, _) in &mut found[first.min(start + length)..start + length] {
                    let mut lower = c.to_lowercase();
                    if let (Some(one), None) = (lower.next(), lower.next()) {
                        *c = one;
                    }
                }
            }
            start += length;
        }
        found
    }

    /// The words with a small letter first, if the first is a common word (or is a verb that
    /// a body's name stands before).
    fn with_small_letter(&self, mut words: Vec<(char, usize)>, verb: bool) -> Vec<(char, usize)> {
        let first: String =
            words.iter().map(|(c, _)| *c).take_while(|c| c.is_alphabetic()).collect();
        let small = first.to_lowercase();
        let capital = first.chars().skip(1).all(char::is_lowercase);
        if capital
            && (verb || (self.is_word)(&small))
            && let (Some((c, _)), Some(lower)) = (words.first_mut(), small.chars().next())
        {
            *c = lower;
        }
        words
    }
}

/// A hyphen at the end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// It cuts a word ("prom-ised").
    Word,
    /// It belongs to the word ("cease-fire").
    Compound,
}

/// Prints nothing, and stands inside words.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Where the last sentence of the words begins.
fn last_sentence(words: &[(char, usize)]) -> usize {
    let ends = |at: &usize| {
        ['.', '?', '!', '”'].contains(&words[*at].0)
            && words.get(at + 1).is_some_and(|(c, _)| c.is_whitespace())
            && words.get(at + 2).is_some_and(|(c, _)| !c.is_lowercase())
    };
    let last = (0..words.len().saturating_sub(2)).rev().find(ends);
    last.map_or(0, |at| at + 2)
}

fn words_of(words: &[(char, usize)]) -> String {
    words.iter().map(|(c, _)| *c).collect()
}

/// Does a lead-in run on into its items ("Norland demands", "they agreed to"), and not stand as
/// a sentence of its own before its colon?
fn runs_into(words: &[(char, usize)]) -> bool {
    let words = words_of(&words[last_sentence(words)..]);
    let last = words.split_whitespace().last().unwrap_or_default();
    words.split_whitespace().count() <= SHORT_LEAD_IN || signs::is(last, Sign::RunningOn)
}

/// Is an item a sentence of its own, which its lead-in only announces?
fn ends_as_sentence(words: &[(char, usize)]) -> bool {
    let capital = words.first().is_some_and(|(c, _)| c.is_uppercase());
    let marks = ['.', '?', '!', '”', '"'];
    capital && words.last().is_some_and(|(c, _)| marks.contains(c)) && words.len() > 40
}

/// Does a lead-in only announce what follows ("the following points")?
fn announces(words: &[(char, usize)]) -> bool {
    let last: Vec<char> =
        words.iter().rev().map(|(c, _)| *c).take_while(|c| c.is_alphabetic()).collect();
    signs::is(&last.into_iter().rev().collect::<String>(), Sign::Announcing)
}

#[cfg(test)]
mod tests {
    use crate::corpus::{Document, Markup};
    use crate::layout::{page, page_of_words};
    use proptest::prelude::*;

    /// What is read of a text, a block a line.
    fn read(text: &str, markup: Markup) -> String {
        let known = [
            "return",
            "a",
            "an",
            "two",
            "thirds",
            "mediation",
            "promised",
            "accepts",
            "rejects",
            "deal",
            "the",
            "release",
            "halt",
            "to",
            "join",
            "withdraw",
            "offer",
        ];
        let document = Document { markup, ..Document::new("test", text) };
        page(&document, |word| known.contains(&word)).document.text.as_str().to_owned()
    }

    fn plain(text: &str) -> String {
        read(text, Markup::Plain)
    }

    #[test]
    fn an_ordinary_text_is_read_as_it_stands() {
        for text in ["A headline\n\nOne sentence. Another.\n\nA second paragraph.", "“Ja”\nNein."]
        {
            assert_eq!(plain(text), text);
        }
    }

    #[test]
    fn every_item_is_read_with_its_lead_in() {
        assert_eq!(
            plain(
                "Norland demands:\n- return of the boats\n- a fishing zone\n\nSudria offers:\n* two boats"
            ),
            "Norland demands return of the boats\nNorland demands a fishing zone\nSudria offers two boats"
        );
        assert_eq!(
            plain("They agreed to:\n\n(a) Withdraw;\n(b) Release the crew; and\n(c) talk."),
            "They agreed to withdraw\nThey agreed to release the crew\nThey agreed to talk."
        );
    }

    #[test]
    fn only_the_last_sentence_leads_in() {
        assert_eq!(
            plain("The talks failed. Norland demands:\n- boats\n- fish"),
            "The talks failed. Norland demands boats\nNorland demands fish"
        );
        assert_eq!(
            plain("At the same time its bottom line is firm:\n- the zone is not for sale\n- fish"),
            "At the same time its bottom line is firm: the zone is not for sale\n\
             At the same time its bottom line is firm: fish"
        );
    }

    #[test]
    fn an_item_that_is_a_sentence_is_announced() {
        assert_eq!(
            plain(
                "They agreed on the following:\n\n1. Norland will withdraw its guards from the bridge."
            ),
            "They agreed on the following: Norland will withdraw its guards from the bridge."
        );
    }

    #[test]
    fn lists_in_lists() {
        assert_eq!(
            plain("They agreed to:\n- release:\n  - two boats\n  - a crew\n- halt"),
            "They agreed to release two boats\nThey agreed to release a crew\nThey agreed to halt"
        );
    }

    #[test]
    fn unmarked_items() {
        assert_eq!(
            plain("Norland demands:\nreturn of the boats\nan apology\nKenya was absent."),
            "Norland demands return of the boats\nNorland demands an apology\nKenya was absent."
        );
        let turn = "MS. QUILL:\nwe will see.";
        assert_eq!(plain(turn), turn);
    }

    #[test]
    fn a_body_decides_in_paragraphs() {
        assert_eq!(
            plain(
                "The Security Council,\n\nRecalling its resolutions,\n\n1. Calls upon all to withdraw;\n\n2. Decides to meet again."
            ),
            "Recalling its resolutions,\n\nThe Security Council calls upon all to withdraw\n\nThe Security Council decides to meet again."
        );
    }

    #[test]
    fn words_cut_at_the_end_of_a_line_are_whole() {
        assert_eq!(
            plain(
                "Sudria called for medi-\nation by the Union and prom-\nised to free two-\nthirds."
            ),
            "Sudria called for mediation by the Union and promised to free two-thirds."
        );
        assert_eq!(plain("Chad re\u{ad}jected the map."), "Chad rejected the map.");
    }

    #[test]
    fn a_headline_in_capitals_is_read_in_small_letters() {
        assert_eq!(
            plain("NORLAND REJECTS US OFFER TO TALKS\n\nMore."),
            "Norland rejects US offer to Talks\n\nMore."
        );
        assert_eq!(plain("QUESTION: WHAT NOW AND WHEN"), "QUESTION: WHAT NOW AND WHEN");
    }

    #[test]
    fn credits_are_not_read() {
        assert_eq!(
            plain("A strike.\n\nCredit: PA\n\nThe union met."),
            "A strike.\n\nThe union met."
        );
        assert_eq!(
            plain("The minister leaves after the talks. (AP Photo/Ann Reed)\n\nThe union met."),
            "The union met."
        );
        assert_eq!(plain("Reed at sea [Peter Lang/AFP]\n\nThe union met."), "The union met.");
        assert_eq!(plain("The union (UTU) met (in Oslo)"), "The union (UTU) met (in Oslo)");
    }

    #[test]
    fn html_in_markdown() {
        let text = "Norland spoke.\n\n<p class=\"a\">Peru <b>proposed</b> a\ntruce.</p><p>It left.</p>\n\n\
                    <!-- no\nwords -->\n<script>\nlet x = 1;\n</script>\n\nEnd.";
        assert_eq!(
            read(text, Markup::Markdown),
            "Norland spoke.\n\nPeru proposed a truce.\nIt left.\n\nEnd."
        );
    }

    #[test]
    fn rows_of_a_table() {
        assert_eq!(
            plain("Party | Position\nNorland | demands a zone"),
            "Party Position\nNorland demands a zone"
        );
    }

    #[test]
    fn markdown() {
        let text = "# Talks\n\nThe *two* sides [met](http://a.b) in\nTarn. Norland **demands**:\n\n* return of the boats\n* an apology\n\n> We said no.\n\n| Party | Wish |\n| --- | --- |\n| Sudria | rejects it |";
        assert_eq!(
            read(text, Markup::Markdown),
            "Talks\n\nThe two sides met in Tarn. Norland demands return of the boats\nNorland demands an apology\n\nWe said no.\n\nSudria rejects it"
        );
    }

    #[test]
    fn each_word_once() {
        let document = Document::new("test", "Norland demands:\n- boats\n- fish");
        let page = page_of_words(&document, |_| false);
        assert_eq!(page.document.text.as_str(), "Norland demands:\nboats\nfish");
    }

    proptest! {
        #[test]
        fn what_is_read_stands_there(content in "([a-zA-Z,.:;|*#>-]{1,9}[ \n]{1,2}){0,40}", markdown: bool) {
            let markup = if markdown { Markup::Markdown } else { Markup::Plain };
            let document = Document { markup, ..Document::new("test", &content) };
            let page = page(&document, |_| true);
            let written: Vec<char> = content.chars().collect();
            for (at, c) in page.document.text.as_str().chars().enumerate() {
                let place = page.written(crate::corpus::Span::new(at, at + 1));
                prop_assert_eq!(place.len(), 1);
                if c.is_alphabetic() {
                    prop_assert!(written[place.start].to_lowercase().eq(c.to_lowercase()));
                }
            }
        }
    }
}
