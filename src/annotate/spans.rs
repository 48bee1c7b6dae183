//! Spans from per-word tags: the best legal BIO sequence, and the spans in it.

use std::ops::Range;

use super::model::greatest;

/// What a class of a BIO head means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag<K> {
    /// In no span.
    Outside,
    /// First word of a span.
    Begin(K),
    /// A further word of a span.
    Inside(K),
}

impl<K: Copy + PartialEq> Tag<K> {
    /// Reads `O`, `B-PER`, `I-PER`; `kind` knows the part after the hyphen.
    pub(super) fn parse(label: &str, kind: impl Fn(&str) -> Option<K>) -> Option<Self> {
        match label.split_once('-') {
            None if label == "O" => Some(Self::Outside),
            Some(("B", name)) => Some(Self::Begin(kind(name)?)),
            Some(("I", name)) => Some(Self::Inside(kind(name)?)),
            _ => None,
        }
    }

    fn kind(self) -> Option<K> {
        match self {
            Self::Outside => None,
            Self::Begin(kind) | Self::Inside(kind) => Some(kind),
        }
    }

    /// May `next` stand after this tag? Only an inside must go on what it is in.
    fn allows(self, next: Self) -> bool {
        !matches!(next, Self::Inside(kind) if self.kind() != Some(kind))
    }
}

/// The best tag sequence: the best tag of each word if that is legal, else
/// Viterbi's path. `rows` are the logits of the words, one for each of `tags`. A
/// first word may be inside a span that began before the window.
pub(super) fn decode<K: Copy + PartialEq>(tags: &[Tag<K>], rows: &[&[f32]]) -> Vec<Tag<K>> {
    let greedy: Vec<Tag<K>> = rows.iter().map(|row| tags[greatest(row.iter().copied())]).collect();
    if greedy.windows(2).all(|pair| pair[0].allows(pair[1])) {
        return greedy;
    }
    let mut score: Vec<f32> = rows[0].to_vec();
    let mut back: Vec<Vec<usize>> = Vec::with_capacity(rows.len());
    for row in &rows[1..] {
        let mut from = Vec::with_capacity(tags.len());
        let mut next = Vec::with_capacity(tags.len());
        for (tag, logit) in tags.iter().zip(*row) {
            let best = greatest(
                tags.iter()
                    .zip(&score)
                    .map(|(t, s)| if t.allows(*tag) { *s } else { f32::NEG_INFINITY }),
            );
            from.push(best);
            next.push(score[best] + logit);
        }
        back.push(from);
        score = next;
    }
    let mut at = greatest(score);
    let mut path = vec![tags[at]];
    for from in back.iter().rev() {
        at = from[at];
        path.push(tags[at]);
    }
    path.reverse();
    path
}

/// The spans of a tag sequence, in order. An inside without a span before it
/// begins one.
pub(super) fn spans<K: Copy + PartialEq>(tags: &[Tag<K>]) -> Vec<(Range<usize>, K)> {
    let mut spans: Vec<(Range<usize>, K)> = Vec::new();
    for (word, tag) in tags.iter().enumerate() {
        match (*tag, spans.last_mut()) {
            (Tag::Outside, _) => {}
            (Tag::Inside(kind), Some((range, open))) if *open == kind && range.end == word => {
                range.end = word + 1;
            }
            (Tag::Begin(kind) | Tag::Inside(kind), _) => spans.push((word..word + 1, kind)),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use Tag::{Begin, Inside, Outside};
    use proptest::prelude::*;

    const TAGS: [Tag<char>; 5] = [Outside, Begin('a'), Inside('a'), Begin('b'), Inside('b')];

    #[test]
    fn legal_best_tags_stay() {
        let rows: [&[f32]; 3] =
            [&[0., 1., 0., 0., 0.], &[0., 0., 1., 0., 0.], &[1., 0., 0., 0., 0.]];
        assert_eq!(decode(&TAGS, &rows), [Begin('a'), Inside('a'), Outside]);
    }

    #[test]
    fn an_inside_after_outside_is_repaired() {
        let rows: [&[f32]; 2] = [&[5., 4., 0., 0., 0.], &[0., 1., 9., 0., 0.]];
        assert_eq!(decode(&TAGS, &rows), [Begin('a'), Inside('a')]);
    }

    #[test]
    fn a_first_word_may_be_inside() {
        let rows: [&[f32]; 1] = [&[0., 0., 9., 0., 0.]];
        assert_eq!(decode(&TAGS, &rows), [Inside('a')]);
        assert_eq!(
            spans(&[Inside('a'), Inside('b'), Inside('b'), Begin('b')]),
            [(0..1, 'a'), (1..3, 'b'), (3..4, 'b')]
        );
    }

    #[test]
    fn no_words_have_no_tags() {
        assert!(decode(&TAGS, &[]).is_empty());
    }

    #[test]
    fn labels_are_read() {
        let kind = |name: &str| (name == "A").then_some('a');
        assert_eq!(Tag::parse("O", kind), Some(Outside));
        assert_eq!(Tag::parse("I-A", kind), Some(Inside('a')));
        assert_eq!(Tag::parse("B-B", kind), None);
    }

    proptest! {
        #[test]
        fn is_legal_and_as_good_as_any(values in prop::collection::vec(-5.0_f32..5.0, 20)) {
            let rows: Vec<&[f32]> = values.chunks(5).collect();
            let legal = |path: &[usize]| path.windows(2).all(|p| TAGS[p[0]].allows(TAGS[p[1]]));
            let sum = |path: &[usize]| path.iter().zip(&rows).map(|(t, row)| row[*t]).sum::<f32>();
            let best = (0..5_usize.pow(4))
                .map(|i| (0..4_u32).map(|w| i / 5_usize.pow(w) % 5).collect::<Vec<_>>())
                .filter(|path| legal(path))
                .map(|path| sum(&path))
                .fold(f32::NEG_INFINITY, f32::max);
            let found: Vec<usize> = decode(&TAGS, &rows)
                .iter()
                .map(|tag| TAGS.iter().position(|t| t == tag).unwrap())
                .collect();
            prop_assert!(legal(&found));
            prop_assert!((sum(&found) - best).abs() < 1e-4);
        }
    }
}
