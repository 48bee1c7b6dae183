//! Claims as the network sees them: a trigger with its act, and the words in its roles.
//!
//! The network gives every word the chance that it is of the trigger of a claim, act by
//! act, and every pair of words the chance that the second has a role in the claim that
//! the first triggers. Here words become stretches.

use std::ops::Range;

use super::model::{ClaimLogits, Scores, greatest};

/// The statuses of claims, in the order of [`Sighting::status`].
pub(super) const STATUSES: [&str; 3] = ["actual", "negated", "unrealised"];
/// Chance below which a word triggers nothing: what is chosen lies far above.
const LEAST: f32 = 0.08;
/// A word of a trigger has at least this part of the chance of its best word.
const PART_OF_TRIGGER: f32 = 0.5;
/// Words, at most, that a stretch runs over though none of them belongs by itself.
const GAP: usize = 2;

/// Words that have a role.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// Word indices, end exclusive.
    pub words: Range<usize>,
    /// Mean chance of its words, 0 to 1.
    pub chance: f32,
}

/// A claim as the network sees it. Its words are in one window of the annotator.
#[derive(Debug, Clone, PartialEq)]
pub struct Sighting {
    /// The words that name the act, end exclusive.
    pub trigger: Range<usize>,
    /// Id of the act.
    pub act: &'static str,
    /// Chance that the words name it, 0 to 1.
    pub chance: f32,
    /// Chances that it is told as actual, negated, unrealised.
    pub status: [f32; 3],
    /// Who does it, as the words stand; none where the window does not say.
    pub agent: Vec<Stretch>,
    /// Towards whom.
    pub addressee: Vec<Stretch>,
    /// What it is about: one stretch.
    pub matter: Option<Stretch>,
    /// Who reports it.
    pub source: Vec<Stretch>,
}

impl Sighting {
    /// The same with all words `by` further on.
    pub(super) fn moved_by(mut self, by: usize) -> Self {
        let roles = [&mut self.agent, &mut self.addressee, &mut self.source];
        let stretches = roles.into_iter().flatten().chain(&mut self.matter).map(|s| &mut s.words);
        for words in stretches.chain([&mut self.trigger]) {
            *words = words.start + by..words.end + by;
        }
        self
    }
}

/// The sightings of a window, by trigger and act. `acts` names the columns.
pub(super) fn sightings(logits: &ClaimLogits, acts: &[&'static str]) -> Vec<Sighting> {
    let rows = logits.act.rows();
    let mut found = Vec::new();
    for (column, act) in acts.iter().enumerate() {
        let chances: Vec<f32> = rows.iter().map(|row| chance(row[column])).collect();
        for trigger in triggers(&chances) {
            let first = trigger.start;
            found.push(Sighting {
                chance: chances[trigger.clone()].iter().copied().fold(0.0, f32::max),
                trigger,
                act,
                status: softmax(logits.status.row(first)),
                agent: stretches(&logits.agent, first),
                addressee: stretches(&logits.addressee, first),
                matter: longest(&logits.matter, first),
                source: stretches(&logits.source, first),
            });
        }
    }
    found.sort_by_key(|s| (s.trigger.start, s.trigger.end, s.act));
    found
}

/// Runs of words that may be a trigger, without the unlikely words at their edges.
fn triggers(chances: &[f32]) -> Vec<Range<usize>> {
    runs(chances.len(), |word| chances[word] >= LEAST)
        .into_iter()
        .map(|mut run| {
            let best = chances[run.clone()].iter().copied().fold(0.0, f32::max);
            while chances[run.start] < best * PART_OF_TRIGGER {
                run.start += 1;
            }
            while chances[run.end - 1] < best * PART_OF_TRIGGER {
                run.end -= 1;
            }
            run
        })
        .collect()
}

/// The stretches of words that have a role in the claim that `trigger` triggers.
fn stretches(scores: &Scores, trigger: usize) -> Vec<Stretch> {
    let row = scores.row(trigger);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for run in runs(row.len(), |word| row[word] > 0.0) {
        if let Some(last) = joined.last_mut()
            && run.start - last.end <= GAP
            && row[last.end..run.end].iter().sum::<f32>() > 0.0
        {
            last.end = run.end;
        } else {
            joined.push(run);
        }
    }
    joined.into_iter().map(|words| stretch(row, words)).collect()
}

/// The one stretch that has the role most surely: the run of words whose logits have the
/// greatest sum.
fn longest(scores: &Scores, trigger: usize) -> Option<Stretch> {
    let row = scores.row(trigger);
    let mut best: (f32, Range<usize>) = (0.0, 0..0);
    let mut current: (f32, usize) = (0.0, 0);
    for (word, &logit) in row.iter().enumerate() {
        if current.0 <= 0.0 {
            current = (0.0, word);
        }
        current.0 += logit;
        if current.0 > best.0 {
            best = (current.0, current.1..word + 1);
        }
    }
    (!best.1.is_empty()).then(|| stretch(row, best.1))
}

fn stretch(row: &[f32], words: Range<usize>) -> Stretch {
    let sum: f32 = row[words.clone()].iter().map(|&logit| chance(logit)).sum();
    Stretch { chance: sum / words.len() as f32, words }
}

/// Maximal runs of numbers below `length` that are `inside`.
fn runs(length: usize, inside: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in (0..length).filter(|&at| inside(at)) {
        match found.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => found.push(at..at + 1),
        }
    }
    found
}

fn chance(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

fn softmax(logits: &[f32]) -> [f32; 3] {
    let top = logits[greatest(logits.iter().copied())];
    let mut shares = [0.0; 3];
    for (share, logit) in shares.iter_mut().zip(logits) {
        *share = (logit - top).exp();
    }
    let sum: f32 = shares.iter().sum();
    shares.map(|share| share / sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_row(row: &[f32]) -> Scores {
        Scores::of(row.len(), row.to_vec())
    }

    #[test]
    fn a_trigger_has_no_unlikely_edges() {
        assert_eq!(triggers(&[0.0, 0.1, 0.9, 0.6, 0.2, 0.0, 0.1]), [2..4, 6..7]);
        assert!(triggers(&[0.0, 0.05]).is_empty());
    }

    #[test]
    fn stretches_run_over_small_gaps_only() {
        let words = |row: &[f32]| -> Vec<Range<usize>> {
            stretches(&of_row(row), 0).into_iter().map(|s| s.words).collect()
        };
        assert_eq!(words(&[2.0, -0.5, 2.0, -9.0, 1.0]), [0..3, 4..5]);
        assert_eq!(words(&[2.0, -1.0, -1.0, -1.0, 2.0]), [0..1, 4..5]);
        assert!(words(&[-1.0, -2.0]).is_empty());
    }

    #[test]
    fn the_matter_is_the_surest_stretch() {
        let words = |row: &[f32]| longest(&of_row(row), 0).map(|s| s.words);
        assert_eq!(words(&[1.0, -3.0, 2.0, -0.5, 2.0, -4.0]), Some(2..5));
        assert_eq!(words(&[-1.0, -0.1]), None);
    }

    #[test]
    fn chances_of_the_status_add_up() {
        let shares = softmax(&[100.0, 98.0, -100.0]);
        assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(shares[0] > 0.8 && shares[2] < 1e-6);
    }
}
