use serde::{Deserialize, Serialize};

/// A stretch of a text: Unicode scalar values, end exclusive.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Span {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`.
    ///
    /// # Panics
    /// When `end < start`: such a span is a bug of its maker.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span cannot end ({end}) before it starts ({start})");
        Self { start, end }
    }

    /// The shortest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Do the two share a character?
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Does `other` lie wholly inside?
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Length in characters.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Is it without characters?
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// A text that is addressed by character, not by byte.
///
/// Offsets in every output count Unicode scalar values, while Rust strings are
/// addressed by byte; this type holds both and converts in constant time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    content: String,
    /// Byte offset of every character and of the end; empty for ASCII texts,
    /// where the two are the same.
    bytes: Vec<u32>,
}

impl Text {
    /// Indexes `content`. O(n).
    pub fn new(content: impl Into<String>) -> Self {
        let content = content.into();
        let bytes = if content.is_ascii() {
            Vec::new()
        } else {
            content
                .char_indices()
                .map(|(at, _)| at)
                .chain([content.len()])
                .map(|at| u32::try_from(at).expect("texts are under 4 GiB"))
                .collect()
        };
        Self { content, bytes }
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// Length in characters.
    pub fn len(&self) -> usize {
        if self.bytes.is_empty() { self.content.len() } else { self.bytes.len() - 1 }
    }

    /// Is there no character?
    pub fn is_empty(&self) -> bool {
        self.content.is_empty()
    }

    /// Byte offset of the character `at`. O(1).
    pub fn byte(&self, at: usize) -> usize {
        if self.bytes.is_empty() { at } else { self.bytes[at] as usize }
    }

    /// Index of the character that starts at byte `at`. O(log n).
    pub fn char_at_byte(&self, at: usize) -> usize {
        if self.bytes.is_empty() { at } else { self.bytes.partition_point(|&b| (b as usize) < at) }
    }

    /// The words of `span`. O(1).
    ///
    /// # Panics
    /// When the span reaches past the end.
    pub fn slice(&self, span: Span) -> &str {
        &self.content[self.byte(span.start)..self.byte(span.end)]
    }
}

/// Byte offset of the character `at` of a text that is looked at once; its end where it has fewer.
/// O(n); [`Text`] is for whoever asks more often.
pub fn byte_of(text: &str, at: usize) -> usize {
    if text.is_ascii() {
        return at.min(text.len());
    }
    text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte)
}

impl From<&str> for Text {
    fn from(content: &str) -> Self {
        Self::new(content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn slices_by_character() {
        let text = Text::new("“Ja” — é");
        assert_eq!(text.slice(Span::new(1, 3)), "Ja");
        assert_eq!(text.slice(Span::new(7, 8)), "é");
        assert_eq!(text.len(), 8);
    }

    proptest! {
        #[test]
        fn byte_and_character_offsets_are_inverse(content in "\\PC*") {
            let text = Text::new(content.clone());
            prop_assert_eq!(text.len(), content.chars().count());
            for at in 0..=text.len() {
                prop_assert_eq!(text.char_at_byte(text.byte(at)), at);
            }
        }
    }
}
