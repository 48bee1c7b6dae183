//! Quotation marks as the rooms after this one know them: double around what somebody says,
//! single inside.
//!
//! Much of the press sets them the other way round (‘We reject it,’ he said), with the sign that is
//! also the apostrophe. Which of them open and close is told here from what stands around them.

use std::ops::Range;

use super::signs::{self, Sign};

/// Words from which on single marks hold more than a phrase that somebody has used.
const LEAST_WORDS: usize = 4;
/// How many characters on a mark is sought that closes what an apostrophe may have closed.
const FARTHEST: usize = 2_000;

/// Puts double marks for single ones around quotations, and single ones for double ones inside
/// them, character for character. O(n).
pub(super) fn set(read: &mut [char]) {
    let mut carried: Vec<usize> = Vec::new();
    let mut start = 0;
    while start < read.len() {
        let length = read[start..].iter().take_while(|c| **c != '\n').count();
        if length > 0 {
            paragraph(read, start..start + length, &mut carried);
        }
        start += length + 1;
    }
}

/// Sets the marks of a paragraph; `carried` are those that open quotations of which no paragraph
/// so far has the end.
fn paragraph(read: &mut [char], within: Range<usize>, carried: &mut Vec<usize>) {
    let line = Line { read, within: within.clone() };
    if !line.opens(within.start) {
        carried.clear();
    }
    let mut open: Vec<usize> = Vec::new();
    let mut doubled = false;
    let mut found: Vec<(usize, usize)> = Vec::new();
    for at in within.clone() {
        match line.read[at] {
            '“' | '«' | '„' if open.is_empty() => doubled = true,
            '”' | '»' if open.is_empty() => doubled = false,
            '"' if open.is_empty() => doubled = !doubled,
            '‘' | '\'' | '’' if !doubled => {
                if line.opens(at) {
                    open.push(at);
                } else if let Some(&start) = open.last()
                    && line.closes(start, at)
                {
                    open.pop();
                    if open.is_empty() {
                        found.push((start, at));
                    }
                }
            }
            _ => {}
        }
    }
    found.retain(|&(start, end)| {
        start == within.start && !carried.is_empty() || line.is_said(start, end)
    });
    for (start, end) in found {
        if start == within.start {
            carried.drain(..).for_each(|mark| read[mark] = '“');
        }
        for c in &mut read[start + 1..end] {
            *c = match *c {
                '“' => '‘',
                '”' => '’',
                c => c,
            };
        }
        (read[start], read[end]) = ('“', '”');
    }
    match open.first() {
        Some(&mark) if open.len() == 1 => carried.push(mark),
        _ => carried.clear(),
    }
}

/// A paragraph in a text.
struct Line<'t> {
    read: &'t [char],
    within: Range<usize>,
}

impl Line<'_> {
    fn at(&self, at: usize) -> Option<char> {
        self.within.contains(&at).then(|| self.read[at])
    }

    fn before(&self, at: usize) -> Option<char> {
        at.checked_sub(1).and_then(|at| self.at(at))
    }

    /// Does a mark open a quotation? One of letters that were left out (’tis, ’n’) opens none.
    fn opens(&self, at: usize) -> bool {
        let apart = self.before(at).is_none_or(|c| c.is_whitespace() || "([—–-“\"".contains(c));
        let next = self.at(at + 1);
        matches!(self.at(at), Some('‘' | '\''))
            && apart
            && next.is_some_and(|c| c.is_alphabetic() || "“\"…[$£€".contains(c))
            && !signs::is(&self.word(at + 1), Sign::Elision)
    }

    /// Does a mark close the one that is open since `start`? Behind an “s” it may be that of “the
    /// workers’ union”, and is unless it closes a mere phrase and no other follows.
    fn closes(&self, start: usize, at: usize) -> bool {
        let next = self.at(at + 1);
        let ends = next.is_none_or(|c| !c.is_alphanumeric());
        let Some(before) = self.before(at).filter(|c| !c.is_whitespace() && ends) else {
            return false;
        };
        if !matches!(self.at(at), Some('’' | '\'')) {
            return false;
        }
        let word = (self.within.start..at).rev().take_while(|&at| self.read[at].is_alphabetic());
        let word = word.last().unwrap_or(at);
        let left_out = self.before(word).is_some_and(|c| "’'".contains(c))
            && signs::is(&self.word(word), Sign::Elision);
        let possessive = before == 's' && next == Some(' ');
        !left_out && (!possessive || !self.is_said(start, at) && self.is_last(at))
    }

    /// Is there no mark behind this one that closes, or one that opens before it?
    fn is_last(&self, at: usize) -> bool {
        for next in (at + 1..self.within.end).take(FARTHEST) {
            if !matches!(self.read[next], '‘' | '’' | '\'') {
                continue;
            }
            if self.opens(next) {
                return true;
            }
            let ends = self.at(next + 1).is_none_or(|c| !c.is_alphanumeric());
            if ends && self.before(next).is_some_and(|c| !c.is_whitespace() && c != 's') {
                return false;
            }
        }
        true
    }

    /// Do marks hold what somebody says, and no phrase that he has used?
    fn is_said(&self, start: usize, end: usize) -> bool {
        let words: String = self.read[start + 1..end].iter().collect();
        words.split_whitespace().count() >= LEAST_WORDS
            || self.before(end).is_some_and(|c| ",.?!…".contains(c))
    }

    fn word(&self, at: usize) -> String {
        self.read[at..self.within.end].iter().take_while(|c| c.is_alphabetic()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set_in(text: &str) -> String {
        let mut read: Vec<char> = text.chars().collect();
        set(&mut read);
        read.into_iter().collect()
    }

    #[test]
    fn what_is_said_stands_in_double_marks() {
        for (single, double) in [
            ("‘We reject it,’ she said.", "“We reject it,” she said."),
            ("'No,' she said. 'We go.'", "“No,” she said. “We go.”"),
            ("‘We leave at dawn’, she said.", "“We leave at dawn”, she said."),
            (
                "She said: ‘He told me, “We go,” and left.’",
                "She said: “He told me, ‘We go,’ and left.”",
            ),
            (
                "‘He told me, ‘We go,’ and left. So do we.’",
                "“He told me, ‘We go,’ and left. So do we.”",
            ),
        ] {
            assert_eq!(set_in(single), double);
        }
    }

    #[test]
    fn apostrophes_are_no_marks() {
        for (single, double) in [
            ("‘It is the workers’ union,’ she said.", "“It is the workers’ union,” she said."),
            (
                "‘Rock ’n’ roll is no answer, and I don’t mind.’",
                "“Rock ’n’ roll is no answer, and I don’t mind.”",
            ),
            ("'Rock 'n' roll is no answer.'", "“Rock 'n' roll is no answer.”"),
        ] {
            assert_eq!(set_in(single), double);
        }
        for text in [
            "The workers’ union rejected the employers’ offer.",
            "’Tis the fishers' boats' crews, 'tis so.",
            "In the '90s the boys' club was 6' wide.",
            "A so-called ‘red line’ of the guards’ chief.",
            "“He told me, ‘We reject the map,’ and left.”",
            "‘We never close this one, she said.",
        ] {
            assert_eq!(set_in(text), text);
        }
    }

    #[test]
    fn a_quotation_goes_over_paragraphs() {
        assert_eq!(
            set_in("She read it.\n\n‘We reject it. It is bad.\n\n‘We leave.’\n\nThey met."),
            "She read it.\n\n“We reject it. It is bad.\n\n“We leave.”\n\nThey met."
        );
        let unclosed = "‘We reject it. It is bad.\n\nThey met.\n\n‘Rather’ is a word.";
        assert_eq!(set_in(unclosed), unclosed);
    }
}
