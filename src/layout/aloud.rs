//! From blocks to the text as it is read aloud, and back.

use super::Words;
use super::block::{Block, BlockKind, Piece};
use super::leads::is_operative;
use super::marks;
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
    words: &dyn Words,
) -> Page {
    let mut voice = Voice {
        blocks,
        written: document.text.as_str().chars().collect(),
        read: Vec::with_capacity(document.text.len()),
        origin: Vec::with_capacity(document.text.len()),
        words,
        led: vec![None; blocks.len()],
    };
    let leads = match lead_ins {
        LeadIns::WithEveryItem => voice.leads(),
        LeadIns::Once => vec![false; blocks.len()],
    };
    // where the head of a row was passed over, what stands before it
    let mut before = None;
    for (at, block) in blocks.iter().enumerate() {
        let heads = block.kind == BlockKind::Head && leads[at];
        if heads {
            before = before.or(at.checked_sub(1));
        }
        if block.kind == BlockKind::Furniture || leads[at] {
            continue;
        }
        if let Some(before) = before.take().or(at.checked_sub(1)) {
            voice.gap(blocks[before].span.end, block.span.start);
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
    let Voice { mut read, origin, .. } = voice;
    if lead_ins == LeadIns::WithEveryItem {
        marks::set(&mut read);
    }
    let read: String = read.into_iter().collect();
    Page {
        document: Document { text: Text::new(read), pages: Pages::default(), ..document.clone() },
        origin,
    }
}

struct Voice<'b> {
    blocks: &'b [Block],
    written: Vec<char>,
    read: Vec<char>,
    origin: Vec<usize>,
    words: &'b dyn Words,
    /// Of blocks that have led in an item: what leads in the next ones, their last sentence.
    led: Vec<Option<Vec<(char, usize)>>>,
}

impl Voice<'_> {
    /// Which blocks are only read with those that they lead in, or whose rows and columns they
    /// head.
    fn leads(&self) -> Vec<bool> {
        let mut led: Vec<Vec<usize>> = vec![Vec::new(); self.blocks.len()];
        for (at, block) in self.blocks.iter().enumerate() {
            for lead in [block.lead_in, block.column].into_iter().flatten() {
                led[lead].push(at);
            }
        }
        let mut leads: Vec<bool> = (0..led.len())
            .map(|at| match self.blocks[at].kind {
                _ if led[at].is_empty() => false,
                BlockKind::Head => true,
                BlockKind::Heading => {
                    self.is_subject(at) && led[at].iter().all(|&it| self.acts(it))
                }
                _ => self.is_short(at),
            })
            .collect();
        // What stands above the heads of rows is no sentence either.
        for at in 1..leads.len() {
            let beside = |one: usize, other: usize| {
                let [one, other] = [&self.blocks[one], &self.blocks[other]];
                let heads = one.kind == BlockKind::Head && other.kind == BlockKind::Head;
                heads && !self.written[one.span.end..other.span.start].contains(&'\n')
            };
            if leads[at] && !leads[at - 1] && beside(at - 1, at) {
                leads[at - 1] = true;
            }
        }
        leads
    }

    /// Does a heading name who acts: "Norland", "The Committee"?
    fn is_subject(&self, at: usize) -> bool {
        let words = words_of(&self.characters(at));
        signs::begins(&words, Sign::Article) || self.is_name(&self.characters(at))
    }

    /// Does a block begin with a verb whose subject stands elsewhere?
    fn acts(&self, at: usize) -> bool {
        self.begins_with_verb(&self.characters(at)) || self.decides(at)
    }

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
        if matches!(self.blocks[at].kind, BlockKind::Cell | BlockKind::Definition) {
            self.cell(at, leads).into_iter().for_each(|(c, at)| self.say(c, at));
            return;
        }
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
        let is_body = before.last().is_some_and(|(c, _)| *c == ',');
        let item = if is_body || self.decides(at) {
            self.decision(&mut before, own)
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

    /// Does a block tell what a body decides? It shows in the sign that ends it, too.
    fn decides(&self, at: usize) -> bool {
        let mut words = words_of(&self.characters(at));
        let end = self.blocks[at].span.end.checked_sub(1).map(|end| self.written[end]);
        words.extend(end.filter(|c| ";:,".contains(*c)));
        is_operative(&words)
    }

    /// What a body decides, behind its name: "The Council, 1. Calls upon …", "The Council,
    /// expressing concern at it, urges …".
    fn decision(
        &self,
        body: &mut Vec<(char, usize)>,
        own: Vec<(char, usize)>,
    ) -> Vec<(char, usize)> {
        let first: String = own.iter().map(|(c, _)| *c).take_while(|c| c.is_alphabetic()).collect();
        let participle =
            signs::entries(Sign::OperativeParticipleEnd).any(|ending| first.ends_with(ending));
        if body.last().is_some_and(|(c, _)| *c == ',') && !participle {
            body.pop();
        }
        self.with_small_letter(own, true)
    }

    /// A cell or a definition as a sentence with what heads its row and its column, where that
    /// makes one: "Norland rejects the map", "Norland demands a survey"; else with both before it.
    fn cell(&self, at: usize, leads: &[bool]) -> Vec<(char, usize)> {
        let block = &self.blocks[at];
        let own = self.characters(at);
        if !own.iter().any(|(c, _)| c.is_alphanumeric()) {
            return Vec::new();
        }
        let head = |number: Option<usize>| {
            let mut words = self.characters(number.filter(|&it| leads[it])?);
            words.truncate(words.iter().rposition(|(c, _)| *c != ':' && !c.is_whitespace())? + 1);
            Some(words)
        };
        let acts = self.begins_with_verb(&own);
        let defines = block.kind == BlockKind::Definition;
        // a second paragraph of what is said
        let goes_on = block.lead_in.is_some_and(|head| {
            self.written[self.blocks[head].span.end..block.span.start].contains(&'\n')
        });
        match (head(block.lead_in), head(block.column)) {
            (None, None) => own,
            (None, Some(head)) => joined([labelled(head), own]),
            (Some(_), None) if defines && !acts && goes_on => own,
            (Some(row), None) if defines && !acts => joined([labelled(row), own]),
            (Some(row), None) => joined([row, self.with_small_letter(own, acts)]),
            (Some(row), Some(column)) if acts => self.act(row, own, column),
            (Some(row), Some(column)) if self.is_name(&row) && self.tells(&column) => {
                let own = self.with_small_letter(own, false);
                joined([row, self.with_small_letter(column, true), own])
            }
            (Some(mut row), Some(column)) => {
                let behind = row.last().map_or(0, |(_, at)| *at);
                row.push((',', behind));
                joined([row, labelled(self.with_small_letter(column, false)), own])
            }
        }
    }

    /// What somebody does who heads the row or the column, to what heads the other: "Norland",
    /// "rejects", "the map".
    fn act(
        &self,
        row: Vec<(char, usize)>,
        act: Vec<(char, usize)>,
        column: Vec<(char, usize)>,
    ) -> Vec<(char, usize)> {
        let across = self.is_name(&column) && !self.is_name(&row);
        let (who, what) = if across { (column, row) } else { (row, column) };
        let act = self.with_small_letter(act, true);
        let words = words_of(&act);
        let verb = |word: &str| {
            self.words.is_verb(word) && !self.words.is_determiner(word)
                || signs::entries(Sign::OperativeAdverbEnd).any(|ending| word.ends_with(ending))
        };
        let is_alone = words.split_whitespace().all(verb);
        if is_alone && !signs::is(&words_of(&what), Sign::SaidOf) {
            joined([who, act, self.with_small_letter(what, false)])
        } else if across {
            joined([labelled(what), who, act])
        } else {
            joined([who, act])
        }
    }

    /// Does the head of a column tell by a verb what those do who head the rows ("Demands")?
    fn tells(&self, words: &[(char, usize)]) -> bool {
        let word = words_of(words).to_lowercase();
        self.words.is_verb(&word) && signs::entries(Sign::FiniteEnd).any(|end| word.ends_with(end))
    }

    /// Do words begin with a name, as far as the language's words tell?
    fn is_name(&self, words: &[(char, usize)]) -> bool {
        let first: String =
            words.iter().map(|(c, _)| *c).take_while(|c| c.is_alphanumeric()).collect();
        let is_name = signs::is(&first, Sign::Capitals) && !first.contains(char::is_lowercase);
        first.starts_with(char::is_uppercase)
            && (is_name || !self.words.is_common(&first.to_lowercase()))
    }

    /// Do words begin with a verb in the active, as far as the language's words tell?
    fn begins_with_verb(&self, words: &[(char, usize)]) -> bool {
        let words = words_of(words);
        let asks = words.ends_with('?');
        let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let mut words = words.split_whitespace().map(plain);
        let Some(first) = words.next() else { return false };
        let second = words.next();
        let small = first.to_lowercase();
        let ends = |sign| signs::entries(sign).any(|ending: &str| small.ends_with(ending));
        let is_second = |is: &dyn Fn(&str) -> bool| second.as_deref().is_some_and(is);
        let capital = first.starts_with(char::is_uppercase);
        self.words.is_verb(&small)
            && !asks
            && !ends(Sign::OperativeParticipleEnd)
            && !is_second(&|word| signs::is(word, Sign::PassiveBy))
            && (!capital
                || ends(Sign::FiniteEnd)
                    && !is_second(&|word| word.starts_with(char::is_uppercase)))
            && (!self.words.is_noun(&small) || is_second(&|word| self.words.is_determiner(word)))
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
                if before.last().is_some_and(|(c, _)| *c == ',') || self.decides(at) {
                    own = self.decision(&mut before, own);
                } else {
                    own = self.with_small_letter(own, false);
                }
                joined([before, own])
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
        let whole = self.words.is_common(&format!("{one}{two}"));
        let parts = self.words.is_common(&one) && self.words.is_common(&two);
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
            let common = self.words.is_common(&word.to_lowercase()) && start > 0;
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
            && (verb || self.words.is_common(&small))
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

/// Parts of a sentence with a space between, which stands where the part before it ends.
fn joined<const N: usize>(parts: [Vec<(char, usize)>; N]) -> Vec<(char, usize)> {
    let mut all: Vec<(char, usize)> = Vec::new();
    for part in parts {
        if let Some(&(_, behind)) = all.last() {
            all.push((' ', behind));
        }
        all.extend(part);
    }
    all
}

/// Words with the colon of a label behind them.
fn labelled(mut words: Vec<(char, usize)>) -> Vec<(char, usize)> {
    let behind = words.last().map_or(0, |(_, at)| *at);
    words.push((':', behind));
    words
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
    use crate::layout::{Words, page, page_of_words};
    use proptest::prelude::*;

    /// Common words, of which those in "-s" but one are verbs.
    struct Known;

    impl Words for Known {
        fn is_common(&self, word: &str) -> bool {
            KNOWN.contains(&word)
        }

        fn is_verb(&self, word: &str) -> bool {
            word.ends_with('s') && word != "boats"
        }
    }

    const KNOWN: [&str; 17] = [
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

    /// What is read of a text, a block a line.
    fn read(text: &str, markup: Markup) -> String {
        let document = Document { markup, ..Document::new("test", text) };
        page(&document, &Known).document.text.as_str().to_owned()
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
        let page = page_of_words(&document, &|_: &str| false);
        assert_eq!(page.document.text.as_str(), "Norland demands:\nboats\nfish");
    }

    proptest! {
        #[test]
        fn what_is_read_stands_there(content in "([a-zA-Z,.:;|*#>-]{1,9}[ \n]{1,2}){0,40}", markdown: bool) {
            let markup = if markdown { Markup::Markdown } else { Markup::Plain };
            let document = Document { markup, ..Document::new("test", &content) };
            let page = page(&document, &|_: &str| true);
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
