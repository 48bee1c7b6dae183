use serde::{Deserialize, Serialize};

/// On which pages of its file a text stands; nothing, where the file has none.
///
/// Notes at the foot of pages are read behind the rest, so a page can come more than once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pages(Vec<(usize, usize)>);

impl Pages {
    /// The pages of a text in which a form feed begins the next one, as programs write that make
    /// plain text of paper; none, where it has no form feed.
    pub fn of_form_feeds(text: &str) -> Self {
        let mut pages = Self::default();
        for (at, _) in text.chars().enumerate().filter(|(_, c)| *c == '\u{c}') {
            if pages.is_empty() {
                pages.turn(0, 1);
            }
            let next = pages.0.len() + 1;
            pages.turn(at + 1, next);
        }
        pages
    }

    /// From character `start` on, which is behind all others that were given, the text is of the
    /// page with this number, from 1.
    pub fn turn(&mut self, start: usize, page: usize) {
        if self.0.last().is_none_or(|(_, last)| *last != page) {
            self.0.push((start, page));
        }
    }

    /// The number of the page on which a character stands, from 1. O(log n).
    pub fn at(&self, character: usize) -> Option<usize> {
        let after = self.0.partition_point(|(start, _)| *start <= character);
        Some(self.0.get(after.checked_sub(1)?)?.1)
    }

    /// Where each page begins or comes again, with its number, in the order of the text.
    pub fn turns(&self) -> &[(usize, usize)] {
        &self.0
    }

    /// Is nothing known of pages?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_feed_begins_a_page() {
        let text = "é one\u{c}two\n\u{c}\u{c}four";
        let pages = Pages::of_form_feeds(text);
        let page = |word: &str| pages.at(text[..text.find(word).unwrap()].chars().count());
        assert_eq!([page("é"), page("two"), page("four")], [Some(1), Some(2), Some(4)]);
        assert!(Pages::of_form_feeds("no page\n").is_empty());
        assert_eq!(Pages::default().at(3), None);
    }

    #[test]
    fn a_page_that_comes_again_is_told_again() {
        let mut pages = Pages::default();
        for (start, page) in [(0, 1), (10, 1), (20, 2), (30, 1)] {
            pages.turn(start, page);
        }
        assert_eq!(pages.turns(), [(0, 1), (20, 2), (30, 1)]);
        assert_eq!([9, 19, 20, 29, 99].map(|at| pages.at(at).unwrap()), [1, 1, 2, 2, 1]);
    }
}
