//! Who says what, against PolNeAR.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::brat::{self, AttributionSpans};
use super::{AccuracyError, Score};
use crate::annotate::{Annotation, Annotator, Attribution};
use crate::corpus::{Span, Text};

/// Share of the content that two attributions must share to be one.
const CONTENT_SHARE: f64 = 0.5;

/// How well one part of attributions is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct RoleAccuracy {
    /// Letters and digits in spans of the role.
    pub characters: Score,
    /// Spans with the same first and last letter or digit.
    pub spans: Score,
}

/// How well attributions are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct PolnearAccuracy {
    /// Documents measured.
    pub documents: usize,
    /// Who says it.
    pub source: RoleAccuracy,
    /// The words that show that it is said.
    pub cue: RoleAccuracy,
    /// What is said.
    pub content: RoleAccuracy,
    /// Whole attributions: the cues overlap, the sources overlap or are both
    /// missing, and half of either content is in the other.
    pub relation: Score,
}

impl PolnearAccuracy {
    fn add(&mut self, other: &Self) {
        self.documents += other.documents;
        let roles = [
            (&mut self.source, other.source),
            (&mut self.cue, other.cue),
            (&mut self.content, other.content),
        ];
        for (role, other) in roles {
            role.characters.add(other.characters);
            role.spans.add(other.spans);
        }
        self.relation.add(other.relation);
    }
}

impl fmt::Display for PolnearAccuracy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} documents", self.documents)?;
        let roles = [("source", self.source), ("cue", self.cue), ("content", self.content)];
        for (name, role) in roles {
            writeln!(f, "{name:10} characters {}  exact spans {}", role.characters, role.spans)?;
        }
        writeln!(f, "{:10} {}", "relation", self.relation)
    }
}

/// Measures on a split of PolNeAR: a folder with `text/*.txt` and
/// `attributions/*.ann`, of which the first of each text is taken.
///
/// # Errors
/// When a file cannot be read or is not in its format, or when no text has
/// attributions.
pub fn polnear(annotator: &Annotator, split: &Path) -> Result<PolnearAccuracy, AccuracyError> {
    let mut pairs = Vec::new();
    for (stem, gold) in gold_files(&split.join("attributions"))? {
        pairs.push((split.join("text").join(format!("{stem}.txt")), gold));
    }
    if pairs.is_empty() {
        let path = split.to_owned();
        return Err(AccuracyError::Empty { path, expected: "attributions/*.ann are needed" });
    }
    let measure = |(text, gold): &(PathBuf, PathBuf)| {
        let content = fs::read_to_string(text)
            .map_err(|source| AccuracyError::Read { path: text.clone(), source })?;
        let text = Text::new(content);
        let gold = brat::read(gold)?;
        Ok(compare(&text, &gold, &found(&annotator.annotate(&text))))
    };
    let each: Vec<PolnearAccuracy> =
        annotator.install(|| pairs.par_iter().map(measure).collect::<Result<_, _>>())?;
    let mut all = PolnearAccuracy::default();
    each.iter().for_each(|accuracy| all.add(accuracy));
    Ok(all)
}

/// The first annotator's file of every text, by the text's stem:
/// `<stem>_<four hexadecimal digits>.ann`.
fn gold_files(folder: &Path) -> Result<BTreeMap<String, PathBuf>, AccuracyError> {
    let read = |source| AccuracyError::Read { path: folder.to_owned(), source };
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(read)?
        .map(|entry| entry.map(|entry| entry.path()).map_err(read))
        .collect::<Result<_, _>>()?;
    paths.sort();
    let mut first = BTreeMap::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let stem = name.strip_suffix(".ann").and_then(|name| name.rsplit_once('_'));
        if let Some((stem, _)) = stem {
            first.entry(stem.to_owned()).or_insert(path);
        }
    }
    Ok(first)
}

/// The attributions of an annotation as character spans.
fn found(annotation: &Annotation) -> Vec<AttributionSpans> {
    let spans = |parts: &[std::ops::Range<usize>]| {
        parts.iter().map(|words| annotation.span(words.clone())).collect()
    };
    let attribution = |attribution: &Attribution| AttributionSpans {
        source: spans(&attribution.source),
        cue: spans(&attribution.cue),
        content: spans(&attribution.content),
    };
    annotation.attributions.iter().map(attribution).collect()
}

fn compare(text: &Text, gold: &[AttributionSpans], found: &[AttributionSpans]) -> PolnearAccuracy {
    let letters = Letters::new(text);
    type Part = fn(&AttributionSpans) -> &Vec<Span>;
    let role = |part: Part| {
        let characters = |attributions: &[AttributionSpans]| {
            letters.of(&attributions.iter().flat_map(part).copied().collect::<Vec<_>>())
        };
        let exact = |attributions: &[AttributionSpans]| -> BTreeSet<Span> {
            attributions.iter().flat_map(part).map(|span| letters.trim(*span)).collect()
        };
        RoleAccuracy {
            characters: agreement(&characters(gold), &characters(found)),
            spans: agreement(&exact(gold), &exact(found)),
        }
    };
    PolnearAccuracy {
        documents: 1,
        source: role(|a| &a.source),
        cue: role(|a| &a.cue),
        content: role(|a| &a.content),
        relation: relations(&letters, gold, found),
    }
}

fn agreement<T: Ord>(gold: &BTreeSet<T>, found: &BTreeSet<T>) -> Score {
    Score { right: gold.intersection(found).count(), found: found.len(), gold: gold.len() }
}

/// Pairs every gold attribution with the first one found that matches it and is
/// not taken.
fn relations(letters: &Letters, gold: &[AttributionSpans], found: &[AttributionSpans]) -> Score {
    let parts =
        |a: &AttributionSpans| [&a.source, &a.cue, &a.content].map(|spans| letters.of(spans));
    let found: Vec<_> = found.iter().map(parts).collect();
    let mut taken = vec![false; found.len()];
    let matches = |[gold_source, gold_cue, gold_content]: &[BTreeSet<usize>; 3],
                   [source, cue, content]: &[BTreeSet<usize>; 3]| {
        let no_source = gold_source.is_empty() && source.is_empty();
        let shared = gold_content.intersection(content).count() as f64;
        let enough =
            |content: &BTreeSet<usize>| shared >= CONTENT_SHARE * content.len().max(1) as f64;
        !gold_cue.is_disjoint(cue)
            && (no_source || !gold_source.is_disjoint(source))
            && enough(gold_content)
            && enough(content)
    };
    for gold in gold {
        let gold = parts(gold);
        if let Some(i) = (0..found.len()).find(|i| !taken[*i] && matches(&gold, &found[*i])) {
            taken[i] = true;
        }
    }
    Score { right: taken.iter().filter(|t| **t).count(), found: found.len(), gold: gold.len() }
}

/// Which characters of a text are letters or digits: only they count.
struct Letters(Vec<bool>);

impl Letters {
    fn new(text: &Text) -> Self {
        Self(text.as_str().chars().map(char::is_alphanumeric).collect())
    }

    /// Positions of the letters and digits in some spans.
    fn of(&self, spans: &[Span]) -> BTreeSet<usize> {
        let inside = |span: &Span| span.start..span.end.min(self.0.len());
        spans.iter().flat_map(inside).filter(|at| self.0[*at]).collect()
    }

    /// The span without what is no letter or digit at its ends.
    fn trim(&self, span: Span) -> Span {
        let end = span.end.min(self.0.len());
        let start = (span.start..end).find(|at| self.0[*at]).unwrap_or(end);
        let end = (start..end).rev().find(|at| self.0[*at]).map_or(start, |at| at + 1);
        Span::new(start, end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attribution(
        source: (usize, usize),
        cue: (usize, usize),
        content: (usize, usize),
    ) -> AttributionSpans {
        let span = |(start, end)| if start == end { vec![] } else { vec![Span::new(start, end)] };
        AttributionSpans { source: span(source), cue: span(cue), content: span(content) }
    }

    #[test]
    fn punctuation_at_the_ends_does_not_count() {
        //                     0123456789012345678
        let text = Text::new("She said: “It is.” ");
        let gold = [attribution((0, 3), (4, 8), (10, 18))];
        let found = [attribution((0, 4), (4, 9), (11, 16))];
        let accuracy = compare(&text, &gold, &found);
        assert_eq!(accuracy.content.spans, Score { right: 1, found: 1, gold: 1 });
        assert_eq!(accuracy.content.characters, Score { right: 4, found: 4, gold: 4 });
        assert_eq!(accuracy.relation, Score { right: 1, found: 1, gold: 1 });
    }

    #[test]
    fn a_relation_needs_source_cue_and_half_of_the_content() {
        let text = Text::new("abcdefghijklmnopqrstuvwxyz");
        let gold = [attribution((0, 2), (2, 4), (4, 10))];
        let right = |found| compare(&text, &gold, &[found]).relation.right;
        assert_eq!(right(attribution((0, 1), (3, 5), (4, 8))), 1);
        assert_eq!(right(attribution((0, 0), (2, 4), (4, 10))), 0);
        assert_eq!(right(attribution((0, 2), (4, 5), (4, 10))), 0);
        assert_eq!(right(attribution((0, 2), (2, 4), (4, 6))), 0);
        assert_eq!(right(attribution((0, 2), (2, 4), (4, 20))), 0);
    }
}
