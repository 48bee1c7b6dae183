//! Finding words in a text, however they are broken into lines.

use crate::corpus::{Span, Text};

/// A text with each run of white space as one space.
pub(super) struct Flat {
    flat: String,
    /// For every byte of `flat` the character of the text that it belongs to.
    place: Vec<usize>,
}

impl Flat {
    pub(super) fn of(text: &Text) -> Self {
        let mut it = Self { flat: String::new(), place: Vec::new() };
        for (at, c) in text.as_str().chars().enumerate() {
            let c = if c.is_whitespace() { ' ' } else { c };
            if c == ' ' && it.flat.ends_with(' ') {
                continue;
            }
            it.flat.push(c);
            it.place.resize(it.flat.len(), at);
        }
        it
    }

    /// Every place where the words stand, in text order.
    pub(super) fn find(&self, words: &str) -> Vec<Span> {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            return Vec::new();
        }
        self.flat
            .match_indices(&words)
            .map(|(at, _)| Span::new(self.place[at], self.place[at + words.len() - 1] + 1))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_over_line_breaks_and_marks() {
        let text = Text::new("“Non\n  merci”, said\tÉric. Non merci.");
        let spans = Flat::of(&text).find(" Non  merci");
        let found: Vec<&str> = spans.iter().map(|s| text.slice(*s)).collect();
        assert_eq!(found, ["Non\n  merci", "Non merci"]);
        let name = Flat::of(&text).find("Éric");
        assert_eq!(text.slice(name[0]), "Éric");
        assert!(Flat::of(&text).find(" ").is_empty());
    }
}
