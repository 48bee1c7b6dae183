//! What a terminal would obey, made visible: texts, names of files and answers of servers
//! may hold sequences that move the cursor, write into the clipboard, or turn the order of
//! the signs round.

use std::fmt::Write as _;
use std::io::{self, Write};

/// The longest stretch that is kept back until its line ends.
const LONGEST: usize = 1 << 16;

/// Parameters of the styles that are let through: bold, dim, italic, underlined, and the
/// colours that stand out from any ground. Nothing that hides words is among them.
const STYLES: [&str; 15] =
    ["", "0", "1", "2", "3", "4", "22", "23", "24", "31", "32", "33", "34", "35", "36"];

/// Passes text on with control characters made visible. Styles of this program go through.
pub(super) struct Visible<W: Write> {
    inner: W,
    /// What is not yet passed on: the beginning of a line.
    pending: Vec<u8>,
}

impl<W: Write> Visible<W> {
    pub(super) fn new(inner: W) -> Self {
        Self { inner, pending: Vec::new() }
    }

    fn pass(&mut self, end: usize) -> io::Result<()> {
        let text: Vec<u8> = self.pending.drain(..end).collect();
        self.inner.write_all(visible(&String::from_utf8_lossy(&text)).as_bytes())
    }
}

impl<W: Write> Write for Visible<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.pending.extend_from_slice(bytes);
        // Neither a character nor a style goes over the end of a line.
        let line = self.pending.iter().rposition(|&byte| byte == b'\n').map(|at| at + 1);
        let word = || self.pending.iter().rposition(|&byte| byte == b' ').map(|at| at + 1);
        match line.or_else(|| if self.pending.len() > LONGEST { word() } else { None }) {
            Some(end) => self.pass(end)?,
            None if self.pending.len() > 16 * LONGEST => self.pass(self.pending.len())?,
            None => {}
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pass(self.pending.len())?;
        self.inner.flush()
    }
}

impl<W: Write> Drop for Visible<W> {
    fn drop(&mut self) {
        // As a buffered writer does; whoever wants to know of errors flushes before.
        let _ = self.flush();
    }
}

/// The text with control characters made visible: `␛` for ESC, `<U+202E>` for what has no
/// picture. Line ends, tabs and the styles of this program stay.
pub(super) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (taken, after) = rest.split_at(style(rest).unwrap_or(c.len_utf8()));
        match c {
            '\u{1b}' if taken.len() > 1 => shown.push_str(taken),
            '\n' | '\t' => shown.push(c),
            '\r' if after.starts_with('\n') => shown.push(c),
            '\0'..='\u{1f}' => shown.push(char::from_u32(0x2400 + c as u32).unwrap_or(' ')),
            '\u{7f}' => shown.push('␡'),
            c if is_obeyed(c) => {
                let _ = write!(shown, "<U+{:04X}>", c as u32);
            }
            c => shown.push(c),
        }
        rest = after;
    }
    shown
}

/// Does a terminal act on it, or show what follows in another order or not at all?
fn is_obeyed(c: char) -> bool {
    matches!(
        c,
        '\u{80}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// How long the style is that the text begins with.
fn style(text: &str) -> Option<usize> {
    let parameters = text.strip_prefix("\u{1b}[")?;
    let end = parameters.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    let known = parameters[..end].split(';').all(|number| STYLES.contains(&number));
    (parameters[end..].starts_with('m') && known).then_some(end + 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_terminal_would_obey_is_seen() {
        assert_eq!(visible("a\u{1b}]52;c;eA==\u{7}b"), "a␛]52;c;eA==␇b");
        assert_eq!(visible("\u{1b}[2J\u{1b}[8mhidden"), "␛[2J␛[8mhidden");
        assert_eq!(visible("\u{9b}2J \u{202e}abc\u{2066}"), "<U+009B>2J <U+202E>abc<U+2066>");
        assert_eq!(visible("over\rwritten\r\n"), "over␍written\r\n");
        assert_eq!(visible("\u{7f}\u{c}"), "␡␌");
    }

    #[test]
    fn words_and_styles_stay() {
        let page = "\u{1b}[1m\u{1b}[34mZelenskyy’s\u{1b}[0m “Überfall”\t👩‍🚀 שלום\n";
        assert_eq!(visible(page), page);
    }

    #[test]
    fn it_matters_not_in_what_pieces_text_comes() {
        let mut out = Vec::new();
        let mut writer = Visible::new(&mut out);
        for byte in "é\u{1b}[1mx\u{1b}[0m\u{1b}c\nend".as_bytes() {
            writer.write_all(&[*byte]).unwrap();
        }
        drop(writer);
        assert_eq!(String::from_utf8(out).unwrap(), "é\u{1b}[1mx\u{1b}[0m␛c\nend");
    }

    proptest! {
        #[test]
        fn nothing_is_obeyed_whatever_the_text(text in ".{0,200}") {
            let shown = visible(&text);
            let mut rest = shown.as_str();
            while let Some(at) = rest.find('\u{1b}') {
                prop_assert!(style(&rest[at..]).is_some());
                rest = &rest[at + 1..];
            }
            prop_assert!(!shown.contains(is_obeyed));
        }
    }
}
