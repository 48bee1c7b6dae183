//! SVG elements as strings, and how wide words are.

use std::fmt::Write;

/// Escapes text for XML content and attributes; characters that XML cannot hold
/// become spaces.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push('\n'),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A coordinate with one decimal, without a needless `.0`.
pub(super) fn coordinate(value: f64) -> String {
    let mut text = format!("{value:.1}");
    if let Some(whole) = text.strip_suffix(".0") {
        text.truncate(whole.len());
    }
    if text == "-0" { "0".to_owned() } else { text }
}

/// About how wide `text` is in a sans-serif type of `size` pixels; rather too wide
/// than too narrow, since nobody knows which font will be there.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size
}

/// About how wide a sign is, in type sizes.
fn em(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 't' | 'f' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' '
        | '’' | '-' | '(' | ')' | '“' | '”' => 0.36,
        'm' | 'w' | 'M' | 'W' | '—' | '…' => 0.95,
        c if c.is_uppercase() => 0.72,
        c if (c as u32) > 0x2e80 => 1.0,
        _ => 0.6,
    }
}

/// Breaks `text` into lines of at most `room` pixels; a word that is longer is cut.
/// More than `most` lines end in "…". Nothing is looked at that is not shown.
pub(super) fn wrap(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if lines.len() > most {
            break;
        }
        let before =
            if line.is_empty() { 0.0 } else { line.chars().chain([' ']).map(em).sum::<f64>() };
        if fitting(before, word, size, room) == word.len() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        let mut rest = word;
        while lines.len() <= most {
            let first = rest.chars().next().map_or(0, char::len_utf8);
            let (here, after) = rest.split_at(fitting(0.0, rest, size, room).max(first));
            if after.is_empty() {
                here.clone_into(&mut line);
                break;
            }
            lines.push(here.to_owned());
            rest = after;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while width(&format!("{last}…"), size) > room && last.pop().is_some() {}
            let kept = last.trim_end().len();
            last.truncate(kept);
            last.push('…');
        }
    }
    lines
}

/// Bytes of the longest beginning of `word` that ends within `room` pixels, after `before`
/// type sizes of other signs.
fn fitting(before: f64, word: &str, size: f64, room: f64) -> usize {
    let mut ems = before;
    for (at, c) in word.char_indices() {
        ems += em(c);
        if ems * size > room {
            return at;
        }
    }
    word.len()
}

/// Attributes that are numbers, sorted as given.
pub(super) fn numbers(out: &mut String, attributes: &[(&str, f64)]) {
    for (name, value) in attributes {
        let _ = write!(out, " {name}=\"{}\"", coordinate(*value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn wrapped_lines_fit_and_keep_every_sign(text in "\\PC{0,80}", room in 30.0..200.0_f64) {
            let lines = wrap(&text, 12.0, room, usize::MAX);
            for line in &lines {
                prop_assert!(width(line, 12.0) <= room || line.chars().count() == 1);
            }
            let signs = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(signs(&lines.concat()), signs(&text));
        }
    }

    #[test]
    fn a_word_without_end_is_cut_at_once() {
        let started = std::time::Instant::now();
        assert_eq!(wrap(&"W".repeat(1 << 20), 12.0, 60.0, 4).len(), 4);
        assert!(started.elapsed().as_secs() < 5);
    }

    #[test]
    fn too_many_lines_end_in_an_ellipsis() {
        let lines = wrap("one two three four five six seven", 12.0, 60.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…'));
    }
}
