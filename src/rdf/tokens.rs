//! The words and signs of a SPARQL query, as far as limits and messages need them.

/// Words and signs of a query, comments too; each with its prefix, as `dm:act`.
pub(super) fn tokens(query: &str) -> impl Iterator<Item = &str> {
    Tokens(query)
}

/// Words and signs of a query; strings, IRIs and comments count as one.
struct Tokens<'q>(&'q str);

impl<'q> Iterator for Tokens<'q> {
    type Item = &'q str;

    fn next(&mut self) -> Option<&'q str> {
        let rest = self.0.trim_start();
        let first = rest.chars().next()?;
        let length = match first {
            '#' => rest.find(['\n', '\r']).unwrap_or(rest.len()),
            '"' | '\'' => string(rest, first),
            '<' => iri(rest).unwrap_or(1),
            c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        self.0 = after;
        Some(token)
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | ':' | '?' | '$' | '-' | '.' | '%' | '@')
}

/// Bytes of the string that the text begins with, or of all the text if it has no end.
fn string(text: &str, quote: char) -> usize {
    let long: String = [quote; 3].iter().collect();
    let end = if text.starts_with(&long) { long.as_str() } else { &long[..1] };
    let mut at = end.len();
    while at < text.len() {
        if text[at..].starts_with(end) {
            return at + end.len();
        }
        let mut signs = text[at..].chars();
        let sign = signs.next().map_or(1, char::len_utf8);
        // What is escaped ends nothing.
        at += sign
            + if text[at..].starts_with('\\') { signs.next().map_or(0, char::len_utf8) } else { 0 };
    }
    text.len()
}

/// Bytes of the IRI that the text begins with; a `<` alone compares.
fn iri(text: &str) -> Option<usize> {
    let end = 1 + text
        .get(1..)?
        .find(|c: char| c == '>' || c.is_whitespace() || "<\"{}|^`\\".contains(c))?;
    text[end..].starts_with('>').then_some(end + 1)
}
