//! What leads in what: lists and clauses behind their first words, the decisions of a body.

use super::block::{Block, BlockKind, Piece};
use super::signs::{self, Sign};
use crate::corpus::{Text, byte_of};

/// A body that speaks in the operative paragraphs of a resolution has no more words.
const LONGEST_BODY: usize = 9;
/// Signs before an item, letters aside.
const BULLETS: [&str; 13] = ["-", "*", "•", "–", "—", "·", "+", "‣", "◦", "▪", "●", "○", "■"];
/// Roman digits that items are numbered with, in small letters.
const ROMAN: [char; 3] = ['i', 'v', 'x'];

/// What an item is marked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Nothing: a line of its own among others.
    Bare,
    Bullet,
    Digits,
    Letter,
    Roman,
    /// That of a list of the page's markup, which has this number.
    Markup(usize),
}

/// The mark that a line begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// Its characters and those of the space after it.
    pub(super) length: usize,
    pub(super) style: Style,
}

/// Where an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Level {
    pub(super) indent: usize,
    pub(super) style: Style,
}

/// A block, and where it stands if it is an item.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) block: Block,
    pub(super) level: Option<Level>,
    /// Does it go on with the item before it?
    pub(super) continues: bool,
}

/// Finds what leads in the blocks, which become items by it. O(n).
pub(super) fn joined(text: &Text, placed: Vec<Placed>) -> Vec<Block> {
    let words: Vec<String> = placed.iter().map(|it| words_of(text, &it.block.pieces)).collect();
    let mut open: Vec<Lead> = Vec::new();
    let mut body: Option<usize> = None;
    let mut blocks: Vec<Block> = Vec::with_capacity(placed.len());
    let levels: Vec<Option<Level>> = placed.iter().map(|it| it.level).collect();
    for (at, Placed { mut block, level, continues }) in placed.into_iter().enumerate() {
        if continues {
            blocks.push(block);
            continue;
        }
        if matches!(block.kind, BlockKind::Head | BlockKind::Cell | BlockKind::Definition) {
            open.clear();
            blocks.push(block);
            continue;
        }
        let own = words[at].trim();
        let operative = body.filter(|_| is_operative(own));
        if level.is_none() || operative.is_some() {
            open.clear();
        }
        block.lead_in = operative.or_else(|| level.and_then(|level| lead_in(&mut open, level)));
        let is_text = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading);
        if is_text && (level.is_some() || block.lead_in.is_some()) {
            block.kind = BlockKind::Item;
        }
        let next = levels.get(at + 1).copied().flatten();
        if opens(&block, own, level, next) {
            open.push(Lead { block: at, level: None, around: level });
        }
        let decides = |next: &String| is_operative(next.trim()) || is_preamble(next.trim());
        if is_body(own, words.get(at + 1).is_some_and(decides)) {
            body = Some(at);
        }
        blocks.push(block);
    }
    blocks
}

/// A block that leads in what follows.
#[derive(Debug, Clone, Copy)]
struct Lead {
    block: usize,
    /// Where its items stand, as soon as the first one is seen.
    level: Option<Level>,
    /// Where it stands itself, if it is an item.
    around: Option<Level>,
}

/// Does a block lead in what follows at the level `next`?
fn opens(block: &Block, words: &str, level: Option<Level>, next: Option<Level>) -> bool {
    if words.ends_with(':') {
        return true;
    }
    let Some(next) = next.filter(|&next| Some(next) != level) else { return false };
    if words.ends_with(['.', '?', '!', ';', '”', '"']) {
        return false;
    }
    match (block.kind, next.style) {
        // "Norland" above its demands: who heads a list may lead it in.
        (BlockKind::Heading, Style::Markup(_)) => true,
        (BlockKind::Heading | BlockKind::Furniture, _) | (_, Style::Bare) => false,
        _ if level.is_some_and(|own| is_within(next, own)) => true,
        _ => {
            let last = words.split_whitespace().last().unwrap_or_default();
            signs::is(last, Sign::RunningOn) || signs::is(last, Sign::Announcing)
        }
    }
}

/// Is an item at `inner` one within an item at `outer` that stands before it?
fn is_within(inner: Level, outer: Level) -> bool {
    match (inner.style, outer.style) {
        (Style::Markup(_), Style::Markup(_)) => inner.indent > outer.indent,
        _ => inner.indent > outer.indent || inner.indent == outer.indent && inner != outer,
    }
}

/// Does another list of the page's markup begin where one has ended?
fn is_next_list(of: Level, level: Level) -> bool {
    let markup = |style| matches!(style, Style::Markup(_));
    of.indent == level.indent && of != level && markup(of.style) && markup(level.style)
}

/// The block that leads in an item: the innermost whose items stand there.
fn lead_in(open: &mut Vec<Lead>, level: Level) -> Option<usize> {
    while let Some(last) = open.last() {
        let above = open[..open.len() - 1].iter().any(|lead| lead.level == Some(level));
        let ends = match last.level {
            Some(of) => {
                of != level && (level.indent < of.indent || above || is_next_list(of, level))
            }
            // The next item of its own list: nothing is led in.
            None => last.around.is_some_and(|around| around == level),
        };
        let is_only = open.len() == 1 && last.level.is_some_and(|of| !is_next_list(of, level));
        if !ends || is_only {
            break;
        }
        open.pop();
    }
    let last = open.last_mut()?;
    last.level.get_or_insert(level);
    Some(last.block)
}

/// "The Security Council,": a body whose decisions follow, each a paragraph that begins with
/// its verb; without the comma only where the next one is such a decision.
fn is_body(words: &str, is_decided: bool) -> bool {
    let name = match words.strip_suffix(',') {
        Some(name) => name,
        None if is_decided => words,
        None => return false,
    };
    let names = name.split_whitespace().skip(1);
    name.starts_with(char::is_uppercase)
        && signs::begins(name, Sign::Article)
        && name.split_whitespace().count() <= LONGEST_BODY
        && names.clone().next().is_some_and(|word| word.starts_with(char::is_uppercase))
        && !name.contains(['.', ':', '“', '"'])
}

/// "Recalling its decision of May,": a paragraph that leads up to decisions.
fn is_preamble(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    first.starts_with(char::is_uppercase)
        && signs::entries(Sign::OperativeParticipleEnd).any(|ending| first.ends_with(ending))
        && words.ends_with([',', ';'])
}

/// "Calls upon all parties …", "Expressing concern at it, urges …": does a paragraph of a
/// resolution begin with its verb?
pub(super) fn is_operative(words: &str) -> bool {
    let mark = mark(words);
    // "Invites Sudria to:", where "James Hale spoke." is none
    let is_clause = mark.is_some() || words.ends_with([';', ':', ',']);
    let words = &words[mark.map_or(0, |mark| byte_of(words, mark.length))..];
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let mut first = words.split_whitespace().map(plain);
    let (Some(one), two) = (first.next(), first.next().unwrap_or_default()) else { return false };
    let ends = |word: &str, sign| signs::entries(sign).any(|ending| word.ends_with(ending));
    let verb = |word: &str| {
        word.len() > 4 && ends(word, Sign::OperativeVerbEnd) && !ends(word, Sign::OperativeVerbNot)
    };
    let adverb = |word: &str| {
        signs::is(word, Sign::OperativeAdverb)
            || ends(word, Sign::OperativeAdverbEnd) && word.len() > 4
    };
    let small = |word: &str| word.starts_with(char::is_lowercase);
    let behind_comma = || {
        let (before, behind) = words.split_once(", ")?;
        let first = plain(behind.split_whitespace().next()?);
        let within = !before.contains(['.', ';', ':']);
        (within && small(&first) && (verb(&first) || adverb(&first))).then_some(())
    };
    one.starts_with(char::is_uppercase)
        && (verb(&one) && (small(&two) || two.starts_with(char::is_uppercase) && is_clause)
            || adverb(&one) && verb(&two)
            || ends(&one, Sign::OperativeParticipleEnd) && behind_comma().is_some())
}

/// The mark that words begin with.
pub(super) fn mark(words: &str) -> Option<Mark> {
    let first = words.split_whitespace().next()?;
    let marked = |style| {
        let after = &words[first.len()..];
        let spaces = after.chars().take_while(|c| c.is_whitespace()).count();
        Some(Mark { length: first.chars().count() + spaces, style })
    };
    if first.len() == words.len() {
        return None;
    }
    if BULLETS.contains(&first) || signs::is(first, Sign::LetterBullet) {
        return marked(Style::Bullet);
    }
    let stripped = first.strip_suffix(['.', ')']).or_else(|| first.strip_suffix(".)"))?;
    let number = stripped.strip_prefix('(').unwrap_or(stripped);
    let all = |is: fn(char) -> bool| !number.is_empty() && number.chars().all(is);
    let bracket = first.ends_with(')');
    let roman = |c: char| ROMAN.contains(&c);
    if number.len() <= 3 && all(|c| c.is_ascii_digit() || c == '.') {
        marked(Style::Digits)
    } else if bracket && number.chars().all(roman) && !number.is_empty() {
        marked(Style::Roman)
    } else if number.len() == 1
        && all(|c| c.is_ascii_lowercase())
        && (bracket || !number.starts_with(ROMAN[0]))
    {
        marked(Style::Letter)
    } else {
        // "II. Norland shall …"
        let large = first.ends_with('.') && all(|c| ROMAN.contains(&c.to_ascii_lowercase()));
        (large && all(char::is_uppercase)).then(|| marked(Style::Roman)).flatten()
    }
}

/// What is read of a block, a space for every break.
pub(super) fn words_of(text: &Text, pieces: &[Piece]) -> String {
    let read = |piece: &Piece| match piece {
        Piece::Words(span) => text.slice(*span),
        Piece::Space(_) | Piece::Line(_) => " ",
    };
    pieces.iter().map(read).collect()
}
