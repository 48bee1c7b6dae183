//! Cutting a text into words as the English treebanks of Universal Dependencies
//! do: clitics, hyphens and punctuation are words of their own.

use unicode_normalization::char::is_combining_mark;

use super::orthography::Orthography;
use crate::corpus::{Span, Text};

/// Longest mail name, web label or domain that is looked at; keeps the scan of
/// endless lines linear. (RFC 5321 and RFC 1035 allow less.)
const LONGEST_ADDRESS: usize = 256;

/// The same character in plain type: quotes and dashes become ASCII, invisible
/// characters become spaces. One to one, so that offsets hold.
pub(super) fn plain(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2013}'..='\u{2015}' => '-',
        // Spaces, soft hyphens and direction marks that print nothing.
        '\u{a0}' | '\u{ad}' | '\u{200b}' | '\u{feff}' => ' ',
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => ' ',
        '\n' => '\n',
        _ if c.is_control() => ' ',
        _ => c,
    }
}

/// All characters of a text in plain type.
pub(super) fn plain_characters(text: &Text) -> Vec<char> {
    text.as_str().chars().map(plain).collect()
}

/// Cuts a text into words.
///
/// `plain` are the text's [`plain_characters`]. The spans are sorted, do not
/// overlap, are never empty and hold no white space; every character that is no
/// space is in one of them. O(n).
pub(super) fn words(text: &Text, plain: &[char], orthography: &Orthography) -> Vec<Span> {
    let scanner = Scanner { text, plain, orthography };
    let mut words = Vec::with_capacity(plain.len() / 5);
    let mut at = 0;
    while at < plain.len() {
        if plain[at].is_whitespace() {
            at += 1;
            continue;
        }
        let token = scanner.token(at);
        debug_assert!(token.end > at);
        match token.kind {
            Kind::Word => scanner.cut_clitics(at, token.end, &mut words),
            Kind::Other => words.push(Span::new(at, token.end)),
        }
        at = token.end;
    }
    words
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// May end in clitics.
    Word,
    /// Address, number, acronym or punctuation: taken as it is.
    Other,
}

struct Token {
    kind: Kind,
    end: usize,
}

struct Scanner<'a> {
    text: &'a Text,
    plain: &'a [char],
    orthography: &'a Orthography,
}

impl Scanner<'_> {
    /// The token that starts at `at`, which is no space: the first kind that fits.
    fn token(&self, at: usize) -> Token {
        let other = self
            .web_address(at)
            .or_else(|| self.mail_address(at))
            .or_else(|| self.bare_domain(at))
            .or_else(|| self.acronym(at))
            .or_else(|| self.number(at));
        if let Some(end) = other {
            return Token { kind: Kind::Other, end };
        }
        if let Some(end) = self.word(at) {
            return Token { kind: Kind::Word, end };
        }
        let end = self.elision(at).unwrap_or_else(|| self.punctuation(at));
        Token { kind: Kind::Other, end }
    }

    fn char(&self, at: usize) -> Option<char> {
        self.plain.get(at).copied()
    }

    fn is(&self, at: usize, test: impl Fn(char) -> bool) -> bool {
        self.char(at).is_some_and(test)
    }

    /// One past the run of characters from `at` on that pass the test.
    fn run(&self, at: usize, test: impl Fn(char) -> bool) -> usize {
        at + self.plain[at.min(self.plain.len())..].iter().take_while(|c| test(**c)).count()
    }

    /// As [`Scanner::run`], but at most [`LONGEST_ADDRESS`] characters.
    fn short_run(&self, at: usize, test: impl Fn(char) -> bool) -> usize {
        let rest = &self.plain[at.min(self.plain.len())..];
        at + rest.iter().take(LONGEST_ADDRESS).take_while(|c| test(**c)).count()
    }

    fn starts_with(&self, at: usize, what: &str) -> bool {
        let mut at = at;
        what.chars().all(|c| {
            at += 1;
            self.char(at - 1) == Some(c)
        })
    }

    fn starts_with_ignoring_case(&self, at: usize, what: &str) -> bool {
        let mut at = at;
        what.chars().all(|c| {
            at += 1;
            self.is(at - 1, |found| found.eq_ignore_ascii_case(&c))
        })
    }

    fn lower(&self, start: usize, end: usize) -> String {
        self.plain[start..end].iter().flat_map(|c| c.to_lowercase()).collect()
    }

    /// `https://…` or `www.…`, without closing punctuation.
    fn web_address(&self, at: usize) -> Option<usize> {
        let prefix =
            ["https://", "http://", "www."].into_iter().find(|p| self.starts_with(at, p))?;
        let start = at + prefix.len();
        self.address_tail(start, |c| !"<>()[]{}\"".contains(c))
    }

    /// A run of address characters from `start` that does not end in closing
    /// punctuation; `None` when nothing is left of it.
    fn address_tail(&self, start: usize, allowed: impl Fn(char) -> bool) -> Option<usize> {
        let mut end = self.run(start, |c| !c.is_whitespace() && allowed(c));
        while end > start && ".,;:!?'".contains(self.plain[end - 1]) {
            end -= 1;
        }
        (end > start).then_some(end)
    }

    /// `name@example.org`.
    fn mail_address(&self, at: usize) -> Option<usize> {
        let name_end = self.short_run(at, |c| is_word(c) || ".+-".contains(c));
        if name_end == at || self.char(name_end) != Some('@') {
            return None;
        }
        let mut found = None;
        let mut label_end = self.short_run(name_end + 1, |c| is_word(c) || c == '-');
        if label_end == name_end + 1 {
            return None;
        }
        while self.char(label_end) == Some('.') && label_end - at < LONGEST_ADDRESS {
            let start = label_end + 1;
            let letters_end = self.short_run(start, |c| c.is_ascii_alphabetic());
            if letters_end >= start + 2 {
                found = Some(letters_end);
            }
            label_end = self.short_run(start, |c| is_word(c) || c == '-');
            if label_end == start {
                break;
            }
        }
        found
    }

    /// `example.org/path`, without scheme.
    fn bare_domain(&self, at: usize) -> Option<usize> {
        let label = |start: usize| {
            if !self.is(start, |c| c.is_ascii_alphanumeric()) {
                return start;
            }
            self.short_run(start, |c| is_word(c) || c == '-')
        };
        let mut found = None;
        let mut end = label(at);
        while end > at && self.char(end) == Some('.') && end - at < LONGEST_ADDRESS {
            let start = end + 1;
            let domain = self.orthography.domains.iter().find(|domain| {
                self.starts_with(start, domain) && !self.is(start + domain.len(), is_word)
            });
            if let Some(domain) = domain {
                found = Some(start + domain.len());
            }
            end = label(start);
            if end == start {
                break;
            }
        }
        let end = found?;
        if self.char(end) == Some('/') {
            return self.address_tail(end + 1, |c| !"<>()\"".contains(c)).or(Some(end));
        }
        Some(end)
    }

    /// Two or more letters with a full stop each: `U.S.`, `a.m.`, `U.S.A`.
    fn acronym(&self, at: usize) -> Option<usize> {
        let letter = |at| self.is(at, |c| c.is_ascii_alphabetic());
        let mut end = at;
        while letter(end) && self.char(end + 1) == Some('.') {
            end += 2;
        }
        if end < at + 4 {
            return None;
        }
        if letter(end) && !letter(end + 1) {
            end += 1;
        }
        Some(end)
    }

    /// Digits with inner points, commas, colons and slashes; telephone numbers;
    /// `1st`, `1990s`, `.5`.
    fn number(&self, at: usize) -> Option<usize> {
        let digit = |at| self.is(at, |c| c.is_ascii_digit());
        let digits = |at| self.run(at, |c| c.is_ascii_digit());
        if self.char(at) == Some('.') {
            let after_word = at > 0 && is_word(self.plain[at - 1]);
            return (digit(at + 1) && !after_word).then(|| digits(at + 1));
        }
        let mut end = digits(at);
        if end == at {
            return None;
        }
        if end == at + 3 && self.char(end) == Some('-') {
            let second = digits(end + 1);
            match second - (end + 1) {
                3 if self.char(second) == Some('-') && digits(second + 1) >= second + 5 => {
                    return Some(second + 5);
                }
                4 => return Some(second),
                _ => {}
            }
        }
        while self.is(end, |c| ".,:/".contains(c)) && digit(end + 1) {
            end = digits(end + 1);
        }
        for ending in self.orthography.number_endings.iter().copied().chain([""]) {
            let after = end + ending.len();
            if self.starts_with(end, ending) && !self.is(after, |c| c.is_ascii_alphabetic()) {
                return Some(after);
            }
        }
        // "10km": letters follow, so it is a word.
        None
    }

    /// Letters and digits with inner full stops, apostrophes and underscores,
    /// glued affixes, and the full stop of an abbreviation.
    fn word(&self, at: usize) -> Option<usize> {
        let letters = |at| self.run(at, is_letter);
        let mut end = letters(at);
        if end == at {
            return None;
        }
        let mut stop = None;
        loop {
            let joint = match self.char(end) {
                Some('.' | '\'') => end + 1,
                Some('_') => self.run(end, |c| c == '_'),
                _ => break,
            };
            let next = letters(joint);
            if next == joint {
                break;
            }
            if self.plain[end] == '.' && stop.is_none() {
                stop = Some(end);
            }
            end = next;
        }
        // "end.Next" is two sentences without a space.
        if let Some(stop) = stop
            && stop > at + 1
            && self.plain[stop - 1].is_lowercase()
            && self.plain[stop + 1].is_uppercase()
        {
            end = stop;
        }
        end = self.hyphenated(at, end);
        if self.char(end) == Some('.') && self.char(end + 1) != Some('.') {
            let initial = end == at + 1 && self.plain[at].is_uppercase() && self.plain[at] != 'I';
            let keeps_stop = || {
                let form = self.lower(at, end + 1);
                // "no." is a number only before one; elsewhere somebody says no
                self.orthography.abbreviations.contains(&*form)
                    && (!self.orthography.ordinals.contains(&*form) || self.digit_follows(end + 1))
            };
            if initial || (end - at < 12 && keeps_stop()) {
                end += 1;
            }
        }
        Some(end)
    }

    /// Is the next character that is no space a digit?
    fn digit_follows(&self, mut at: usize) -> bool {
        while self.char(at).is_some_and(char::is_whitespace) {
            at += 1;
        }
        self.char(at).is_some_and(|c| c.is_ascii_digit())
    }

    /// `e-mail` and `clock-wise` stay one word, `all-girl` does not.
    fn hyphenated(&self, start: usize, end: usize) -> usize {
        let mut end = end;
        let mut part = start;
        while self.is_hyphen(end) && self.is(end + 1, char::is_alphabetic) {
            let next = self.run(end + 1, is_letter);
            let glues = self.orthography.prefixes.contains(&*self.lower(part, end))
                || self.orthography.suffixes.contains(&*self.lower(end + 1, next));
            if !glues {
                break;
            }
            part = end + 1;
            end = next;
            if self.char(end) == Some('\'') && self.is(end + 1, is_letter) {
                end = self.run(end + 1, is_letter);
            }
        }
        end
    }

    /// A hyphen as typed; a dash never glues.
    fn is_hyphen(&self, at: usize) -> bool {
        self.char(at) == Some('-')
            && self.text.as_str().as_bytes().get(self.text.byte(at)) == Some(&b'-')
    }

    /// `'s`, `'em`, `'90s`: an apostrophe that belongs to what follows.
    fn elision(&self, at: usize) -> Option<usize> {
        if self.char(at) != Some('\'') {
            return None;
        }
        let ends = |end: usize| !self.is(end, is_word);
        for entry in &self.orthography.elisions {
            let end = at + entry.chars().count();
            if self.starts_with_ignoring_case(at, entry) && ends(end) {
                return Some(end);
            }
        }
        let digit = |at| self.is(at, |c| c.is_ascii_digit());
        if digit(at + 1) && digit(at + 2) {
            let end = at + 3 + usize::from(self.is(at + 3, |c| c == 's' || c == 'S'));
            return ends(end).then_some(end);
        }
        None
    }

    /// A run of like punctuation, a smiley, or a single character.
    fn punctuation(&self, at: usize) -> usize {
        let c = self.plain[at];
        let same = self.run(at, |next| next == c);
        let smiley = |mouths: &str| {
            let mouth = at + 1 + usize::from(self.char(at + 1) == Some('-'));
            let found = self.is(mouth, |c| mouths.contains(c)) && !self.is(mouth + 1, is_word);
            found.then_some(mouth + 1)
        };
        match c {
            '!' => {
                let queried = self.run(same, |next| next == '?').min(same + 1);
                self.run(queried, |next| next == '!')
            }
            '?' => self.run(same, |next| next == '!'),
            '=' | '+' | '-' => {
                let mixed = self.run(at, |next| "=+-".contains(next));
                if c == '-' && same >= at + 2 { same } else { mixed }
            }
            '.' | '*' | '_' | '~' | '$' | '<' | '>' => same,
            ':' => smiley("()DPp").unwrap_or(at + 1),
            ';' => smiley(")").unwrap_or(at + 1),
            '`' | '\'' if same >= at + 2 => at + 2,
            _ => at + 1,
        }
    }

    /// Pushes the parts of the word `start..end`: `could` `n't` `'ve`.
    fn cut_clitics(&self, start: usize, end: usize, words: &mut Vec<Span>) {
        let longest_contraction = 6;
        if end - start <= longest_contraction
            && let Some(first) = self.orthography.contractions.get(&self.lower(start, end))
            && *first < end - start
        {
            words.push(Span::new(start, start + first));
            words.push(Span::new(start + first, end));
            return;
        }
        let mut cuts = vec![end];
        let mut rest = end;
        let clitic = |rest: usize| {
            self.orthography.clitics.iter().find_map(|clitic| {
                let cut = rest.checked_sub(clitic.chars().count())?;
                (cut > start && self.starts_with_ignoring_case(cut, clitic)).then_some(cut)
            })
        };
        while let Some(cut) = clitic(rest) {
            cuts.push(cut);
            rest = cut;
        }
        let mut from = start;
        for cut in cuts.into_iter().rev() {
            words.push(Span::new(from, cut));
            from = cut;
        }
    }
}

/// Letter, digit, or a mark that combines with the letter before it.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && is_combining_mark(c))
}

fn is_word(c: char) -> bool {
    c == '_' || is_letter(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(content: &str) -> Vec<String> {
        let text = Text::new(content);
        words(&text, &plain_characters(&text), &Orthography::embedded())
            .into_iter()
            .map(|span| text.slice(span).to_owned())
            .collect()
    }

    fn assert_cut(content: &str, words: &str) {
        assert_eq!(cut(content).join(" "), words, "{content:?}");
    }

    #[test]
    fn clitics_are_words() {
        assert_cut("He couldn't've said it’s Putin's.", "He could n't 've said it ’s Putin 's .");
        assert_cut("We cannot, we're gonna.", "We can not , we 're gon na .");
        assert_cut("the ‘bloc’s’ '90s rock 'n roll", "the ‘ bloc ’s ’ '90s rock 'n roll");
    }

    #[test]
    fn clitics_need_a_host() {
        assert_cut("'s", "'s");
        assert_cut("n't", "n't");
        assert_cut("cannotes", "cannotes");
    }

    #[test]
    fn hyphens_part_words_but_not_affixes() {
        assert_cut("a 30-day all-girl cease-fire", "a 30 - day all - girl cease - fire");
        assert_cut("an e-mail on anti-war co-workers", "an e-mail on anti-war co-workers");
        assert_cut("anti–war", "anti – war");
    }

    #[test]
    fn full_stops_of_abbreviations_stay() {
        assert_cut(
            "Mr. J. Smith of the U.S. left at 5 p.m.",
            "Mr. J. Smith of the U.S. left at 5 p.m.",
        );
        assert_cut("So did I. Then", "So did I . Then");
        assert_cut("the end.Next one", "the end . Next one");
        assert_cut("Etc.... yes", "Etc .... yes");
    }

    #[test]
    fn numbers_addresses_and_smileys_are_whole() {
        assert_cut("$3,500.50 at 10:30, 1st of 1990s", "$ 3,500.50 at 10:30 , 1st of 1990s");
        assert_cut("call 555-123-4567 or 555-1234", "call 555-123-4567 or 555-1234");
        assert_cut(
            "see https://a.org/b?c=(d), or www.x.com.",
            "see https://a.org/b?c= ( d ) , or www.x.com .",
        );
        assert_cut(
            "mail a.b@c.co.uk, go to bbc.co.uk/news/1.",
            "mail a.b@c.co.uk , go to bbc.co.uk/news/1 .",
        );
        assert_cut("ok :-) ;) !!! ?! --", "ok :-) ;) !!! ?! --");
        assert_cut("10km 3.5x", "10km 3.5x");
    }

    #[test]
    fn combining_marks_stay_with_their_letter() {
        assert_cut("cafe\u{301} Zelenskyy", "cafe\u{301} Zelenskyy");
    }

    #[test]
    fn invisible_characters_are_spaces() {
        assert_cut("a\u{a0}b\u{200b}c\u{7}d\u{feff}", "a b c d");
        assert_cut(" \n\t", "");
    }

    #[test]
    fn endless_address_like_lines_are_linear() {
        let line = "a+".repeat(200_000);
        assert_eq!(cut(&line).len(), 400_000);
    }

    proptest! {
        #[test]
        fn words_cover_all_but_spaces(content in "(\\PC|[a-zA-Z.'’\\-@/:0-9 \n_]){0,60}") {
            let text = Text::new(content);
            let plain = plain_characters(&text);
            let mut covered = vec![false; plain.len()];
            let mut last = 0;
            for span in words(&text, &plain, &Orthography::embedded()) {
                prop_assert!(last <= span.start && span.start < span.end);
                last = span.end;
                covered[span.start..span.end].fill(true);
            }
            for (c, covered) in plain.iter().zip(covered) {
                prop_assert_eq!(!c.is_whitespace(), covered);
            }
        }
    }
}
