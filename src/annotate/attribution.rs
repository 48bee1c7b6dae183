//! Attributions from role spans: every source and content joins the cue that its
//! words point at.

use std::collections::BTreeMap;
use std::ops::Range;

use super::annotation::Attribution;
use super::model::greatest;

/// Part of an attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Who says it.
    Source,
    /// The words that show that it is said.
    Cue,
    /// What is said.
    Content,
}

impl Role {
    /// Reads `SOURCE`, `CUE`, `CONTENT`.
    pub(super) fn parse(name: &str) -> Option<Self> {
        match name {
            "SOURCE" => Some(Self::Source),
            "CUE" => Some(Self::Cue),
            "CONTENT" => Some(Self::Content),
            _ => None,
        }
    }
}

/// Groups the role spans of a window into attributions.
///
/// `link(i, j)` scores that the cue of word `i` begins at word `j`; a span
/// belongs to the cue with the greatest sum over its words. A cue that points at
/// another, which points at itself, is a further part of that one. Only
/// attributions with a content are given, in the order of their cues.
pub(super) fn link(
    spans: &[(Range<usize>, Role)],
    link: impl Fn(usize, usize) -> f32,
) -> Vec<Attribution> {
    let cues: Vec<&Range<usize>> =
        spans.iter().filter(|(_, role)| *role == Role::Cue).map(|(words, _)| words).collect();
    if cues.is_empty() {
        return Vec::new();
    }
    let best = |words: &Range<usize>| {
        greatest(cues.iter().map(|cue| words.clone().map(|i| link(i, cue.start)).sum()))
    };
    let points_at: Vec<usize> = cues.iter().map(|cue| best(cue)).collect();
    let main = |cue: usize| {
        let other = points_at[cue];
        if points_at[other] == other { other } else { cue }
    };
    let mut attributions: BTreeMap<usize, Attribution> = BTreeMap::new();
    for (cue, words) in cues.iter().enumerate() {
        attributions.entry(main(cue)).or_default().cue.push((*words).clone());
    }
    for (words, role) in spans {
        let part = match role {
            Role::Cue => continue,
            Role::Source => |a: &mut Attribution, words| a.source.push(words),
            Role::Content => |a: &mut Attribution, words| a.content.push(words),
        };
        part(attributions.entry(main(best(words))).or_default(), words.clone());
    }
    let mut attributions: Vec<Attribution> =
        attributions.into_values().filter(|a| !a.content.is_empty()).collect();
    for attribution in &mut attributions {
        for part in [&mut attribution.source, &mut attribution.cue, &mut attribution.content] {
            join_neighbours(part);
        }
    }
    attributions
}

/// Makes one range of two that touch: they are one stretch of the text.
pub(super) fn join_neighbours(ranges: &mut Vec<Range<usize>>) {
    ranges.dedup_by(|next, range| {
        let touches = range.end == next.start;
        if touches {
            range.end = next.end;
        }
        touches
    });
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "lists of ranges are meant")]
mod tests {
    use super::*;
    use Role::{Content, Cue, Source};

    /// Words point at the cue that `target` gives.
    fn pointing(target: impl Fn(usize) -> usize) -> impl Fn(usize, usize) -> f32 {
        move |i, j| if target(i) == j { 1.0 } else { 0.0 }
    }

    #[test]
    fn parts_join_the_cue_that_they_point_at() {
        // 0 he | 1 said | 2..4 … | 5 she | 6 denied | 7..9 …
        let spans = [
            (0..1, Source),
            (1..2, Cue),
            (2..5, Content),
            (5..6, Source),
            (6..7, Cue),
            (7..10, Content),
        ];
        let found = link(&spans, pointing(|i| if i < 5 { 1 } else { 6 }));
        assert_eq!(found.len(), 2);
        assert_eq!(
            found[1],
            Attribution { source: vec![5..6], cue: vec![6..7], content: vec![7..10] }
        );
    }

    #[test]
    fn a_cue_in_two_parts_is_one() {
        let spans = [(0..1, Cue), (1..2, Content), (2..3, Cue)];
        let found = link(&spans, pointing(|_| 0));
        assert_eq!(
            found,
            [Attribution { source: vec![], cue: vec![0..1, 2..3], content: vec![1..2] }]
        );
    }

    #[test]
    fn cues_that_point_at_each_other_stay_two() {
        let spans = [(0..1, Cue), (1..2, Cue), (2..3, Content)];
        let found = link(&spans, pointing(|i| if i == 0 { 1 } else { 0 }));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].cue, [0..1]);
    }

    #[test]
    fn without_cue_or_content_there_is_none() {
        assert!(link(&[(0..1, Source), (1..2, Content)], |_, _| 0.0).is_empty());
        assert!(link(&[(0..1, Source), (1..2, Cue)], |_, _| 0.0).is_empty());
    }
}
