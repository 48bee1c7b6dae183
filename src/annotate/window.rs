//! Windows: consecutive sentences that the encoder reads together.

use std::ops::Range;

/// Pieces in a window; attribution gets worse fast above (measured at 320 and 450).
const WINDOW_PIECES: usize = 200;
/// Pieces below which a window is not ended early.
const SMALL_PIECES: usize = 100;
/// Pieces that fit the encoder's 512 positions, with room for its two marks.
const MOST_PIECES: usize = 500;

/// Words that the encoder reads together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Window {
    /// Word ranges (in the document) of its sentences, in order, without gap. A
    /// sentence too long for the encoder is cut into several.
    pub segments: Vec<Range<usize>>,
    /// Number of pieces of its words.
    pub pieces: usize,
}

impl Window {
    /// Its words in the document.
    pub(super) fn words(&self) -> Range<usize> {
        match (self.segments.first(), self.segments.last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }
}

/// Cuts sentences that are too long for the encoder; the others stay.
///
/// `pieces[w]` is the number of pieces of word `w`, at least 1 and at most 16.
pub(super) fn segments(sentences: &[Range<usize>], pieces: &[usize]) -> Vec<Range<usize>> {
    let mut segments = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let mut start = sentence.start;
        let mut total = 0;
        for word in sentence.clone() {
            if total + pieces[word] > MOST_PIECES {
                segments.push(start..word);
                start = word;
                total = 0;
            }
            total += pieces[word];
        }
        segments.push(start..sentence.end);
    }
    segments
}

/// Fills windows with whole segments while they have at most 200 pieces; a
/// longer segment is a window of its own.
///
/// A window ends with a line where it can without getting small, because
/// attributions that go on in the next window are lost, and they seldom go on in
/// the next paragraph. `first_of_line` says of a segment's first word whether a
/// line begins with it.
pub(super) fn windows(
    segments: &[Range<usize>],
    pieces: &[usize],
    first_of_line: impl Fn(usize) -> bool,
) -> Vec<Window> {
    let size = |segment: &Range<usize>| pieces[segment.clone()].iter().sum::<usize>();
    let mut windows: Vec<Window> = Vec::new();
    let mut rest = segments;
    while !rest.is_empty() {
        let mut fits = 0;
        let mut total = 0;
        // The last end of a line that leaves a window of fair size.
        let mut line = None;
        while fits < rest.len() && (fits == 0 || total + size(&rest[fits]) <= WINDOW_PIECES) {
            total += size(&rest[fits]);
            fits += 1;
            let ends_line = rest.get(fits).is_none_or(|next| first_of_line(next.start));
            if ends_line && total >= SMALL_PIECES {
                line = Some((fits, total));
            }
        }
        let (end, pieces) = line.unwrap_or((fits, total));
        windows.push(Window { segments: rest[..end].to_vec(), pieces });
        rest = &rest[end..];
    }
    windows
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "lists of ranges are meant")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn whole_sentences_share_a_window() {
        let windows = windows(&[0..90, 90..180, 180..280, 280..580], &[1; 580], |_| false);
        let words: Vec<_> = windows.iter().map(Window::words).collect();
        assert_eq!(words, [0..180, 180..280, 280..580]);
    }

    #[test]
    fn a_window_ends_with_a_line_where_it_can() {
        let sentences = [0..60, 60..120, 120..180, 180..240];
        let ends = |lines: &[usize]| -> Vec<usize> {
            let windows = windows(&sentences, &[1; 240], |word| lines.contains(&word));
            windows.iter().map(|window| window.words().end).collect()
        };
        assert_eq!(ends(&[]), [180, 240]);
        assert_eq!(ends(&[120]), [120, 240]);
        assert_eq!(ends(&[60]), [180, 240]);
    }

    #[test]
    fn an_endless_sentence_is_cut_and_not_dropped() {
        assert_eq!(segments(&[0..3000], &[1; 3000]).len(), 6);
        assert_eq!(segments(&[0..40], &[16; 40]), [0..31, 31..40]);
    }

    proptest! {
        #[test]
        fn every_word_is_in_one_window(
            sizes in prop::collection::vec(prop::collection::vec(1_usize..=16, 1..200), 0..20)
        ) {
            let pieces: Vec<usize> = sizes.concat();
            let mut start = 0;
            let sentences: Vec<_> = sizes.iter().map(|s| { start += s.len(); start - s.len()..start }).collect();
            let mut next = 0;
            for window in windows(&segments(&sentences, &pieces), &pieces, |word| word % 3 == 0) {
                prop_assert_eq!(window.words().start, next);
                prop_assert!(window.pieces <= MOST_PIECES);
                next = window.words().end;
            }
            prop_assert_eq!(next, pieces.len());
        }
    }
}
