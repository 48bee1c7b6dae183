//! Words written so that other programs take them for words.

use std::borrow::Cow;

/// A cell that a spreadsheet takes for words and never for a formula, if so asked: what it
/// would calculate gets an apostrophe before it.
pub(crate) fn inert(cell: String, spreadsheet: bool) -> String {
    let calculates = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if spreadsheet && cell.trim_start_matches(' ').starts_with(calculates) {
        format!("'{cell}")
    } else {
        cell
    }
}

/// The text as XML 1.0 can hold it: U+FFFD for each character that it cannot, so that the
/// others keep their places.
pub(crate) fn xml_text(text: &str) -> Cow<'_, str> {
    let forbidden = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if text.contains(forbidden) { text.replace(forbidden, "\u{fffd}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_formulas_get_an_apostrophe_and_only_where_asked() {
        assert_eq!(inert("=1+1".into(), true), "'=1+1");
        assert_eq!(inert("=1+1".into(), false), "=1+1");
        assert_eq!(inert("a ceasefire".into(), true), "a ceasefire");
    }

    #[test]
    fn what_xml_cannot_hold_keeps_its_place() {
        assert_eq!(xml_text("a\u{1}b\n"), "a\u{fffd}b\n");
    }
}
