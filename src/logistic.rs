//! A logistic model: how likely something is, from signs that each have a weight.
//!
//! Weights stand in tables (`models/*.tsv`) that are fitted by commands of this repository and
//! read as they are written, so that a person can see what counts how much.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use thiserror::Error;

/// The sign that everything has: the share of what is so everywhere.
pub const ALWAYS: &str = "always";

/// A sign and how strongly it shows; 1 where it is there or not.
pub type Sign = (String, f64);

/// Weights of signs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Logistic {
    weights: BTreeMap<String, f64>,
}

/// A line of a table of weights that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {content:?} is no weight; valid: a sign, a tab and a number")]
#[non_exhaustive]
pub struct TableError {
    /// Line, from 1.
    pub line: usize,
    /// What stands there.
    pub content: String,
}

impl Logistic {
    /// Weights of signs; a sign without weight says nothing.
    pub fn new(weights: BTreeMap<String, f64>) -> Self {
        Self { weights }
    }

    /// Reads a table as [`Display`](fmt::Display) writes it: a sign, a tab and its
    /// weight a line; lines that start with `#` are remarks.
    ///
    /// # Errors
    /// For the first line that is neither.
    pub fn read(table: &str) -> Result<Self, TableError> {
        let mut weights = BTreeMap::new();
        for (at, line) in table.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let weight = line.split_once('\t').and_then(|(sign, weight)| {
                let weight = weight.trim().parse::<f64>().ok().filter(|w| w.is_finite())?;
                Some((sign.to_owned(), weight))
            });
            let (sign, weight) =
                weight.ok_or_else(|| TableError { line: at + 1, content: line.to_owned() })?;
            weights.insert(sign, weight);
        }
        Ok(Self { weights })
    }

    /// Has the table a weight for a sign?
    pub fn knows(&self, sign: &str) -> bool {
        self.weights.contains_key(sign)
    }

    /// How likely what has these signs is, 0 to 1.
    pub fn chance<'s>(&self, signs: impl IntoIterator<Item = &'s Sign>) -> f64 {
        chance_of(self.points(signs))
    }

    /// How likely each of several is the one that is chosen, 0 to 1, where none of them may be: each
    /// as likely as e to its points, and none as if it had none. Their sum is below 1.
    pub fn shares(&self, choice: &[Vec<Sign>]) -> Vec<f64> {
        let points: Vec<f64> = choice.iter().map(|signs| self.points(signs)).collect();
        let most = points.iter().copied().fold(0.0, f64::max);
        let parts: Vec<f64> = points.iter().map(|points| (points - most).exp()).collect();
        let all = (-most).exp() + parts.iter().sum::<f64>();
        parts.into_iter().map(|part| part / all).collect()
    }

    /// What speaks for what has these signs: the sum of their weights.
    pub fn points<'s>(&self, signs: impl IntoIterator<Item = &'s Sign>) -> f64 {
        let weighed = |(sign, value): &Sign| self.weights.get(sign).map(|weight| weight * value);
        signs.into_iter().filter_map(weighed).sum()
    }
}

impl fmt::Display for Logistic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (sign, weight) in &self.weights {
            writeln!(f, "{sign}\t{weight:.3}")?;
        }
        Ok(())
    }
}

fn chance_of(sum: f64) -> f64 {
    1.0 / (1.0 + (-sum).exp())
}

/// What has some signs, and whether it came true.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Its signs.
    pub signs: Vec<Sign>,
    /// Did it?
    pub right: bool,
}

/// Fits weights to examples, by descent along the mean gradient from 0. Every weight but that of
/// [`ALWAYS`] is held back towards 0 by `ridge` (half the factor of its square), as if its sign
/// had been seen some times with no effect.
///
/// # Complexity
/// Time O(steps × signs of all examples).
pub fn fit(examples: &[Example], ridge: f64) -> Logistic {
    let names = names(examples);
    let of_one = |e: &Example| (numbered(e, &names), f64::from(u8::from(e.right)));
    let rows: Vec<(Row, f64)> = examples.iter().map(of_one).collect();
    descend(&names, &Logistic::default(), ridge, rows.len(), |weights, gradient| {
        for (row, right) in &rows {
            push(gradient, row, chance_of(points(weights, row)) - right);
        }
    })
}

/// Fits weights to choices, of whose examples one is to be taken, such that what is right has the
/// most points: by descent along the mean gradient of how likely a right one is chosen, each as
/// likely as e to its points. Weights begin at those of `from`, and `ridge` holds them back towards
/// these. A choice with nothing right in it teaches nothing, nor does a sign that all of a choice
/// have.
///
/// # Complexity
/// Time O(steps × signs of all examples).
pub fn fit_choice(choices: &[Vec<Example>], from: &Logistic, ridge: f64) -> Logistic {
    let learned: Vec<&Vec<Example>> =
        choices.iter().filter(|choice| choice.iter().any(|e| e.right)).collect();
    let names = names(learned.iter().copied().flatten());
    let of_one = |e: &Example| (numbered(e, &names), e.right);
    let rows: Vec<Vec<(Row, bool)>> =
        learned.iter().map(|choice| choice.iter().map(of_one).collect()).collect();
    descend(&names, from, ridge, rows.len(), |weights, gradient| {
        for choice in &rows {
            let points: Vec<f64> = choice.iter().map(|(row, _)| points(weights, row)).collect();
            let most = points.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let shares: Vec<f64> = points.iter().map(|p| (p - most).exp()).collect();
            let all: f64 = shares.iter().sum();
            let right: f64 =
                shares.iter().zip(choice).filter(|(_, (_, r))| *r).map(|(s, _)| s).sum();
            for (share, (row, is_right)) in shares.iter().zip(choice) {
                let wanted = if *is_right { share / right } else { 0.0 };
                push(gradient, row, share / all - wanted);
            }
        }
    })
}

/// Signs by their numbers, with how strongly each shows.
type Row = Vec<(usize, f64)>;

/// The signs that examples have, each with its number.
fn names<'e>(examples: impl IntoIterator<Item = &'e Example>) -> BTreeMap<&'e str, usize> {
    let all: BTreeSet<&str> =
        examples.into_iter().flat_map(|e| e.signs.iter().map(|(name, _)| name.as_str())).collect();
    all.into_iter().enumerate().map(|(number, name)| (name, number)).collect()
}

fn numbered(example: &Example, names: &BTreeMap<&str, usize>) -> Row {
    example.signs.iter().map(|(name, value)| (names[name.as_str()], *value)).collect()
}

fn points(weights: &[f64], row: &Row) -> f64 {
    row.iter().map(|(number, value)| weights[*number] * value).sum()
}

fn push(gradient: &mut [f64], row: &Row, error: f64) {
    row.iter().for_each(|(number, value)| gradient[*number] += error * value);
}

/// Weights from those of `from` on along the gradient that `add` adds up, over `n` examples.
fn descend(
    names: &BTreeMap<&str, usize>,
    from: &Logistic,
    ridge: f64,
    n: usize,
    add: impl Fn(&[f64], &mut [f64]),
) -> Logistic {
    /// The weights no longer change in the third place long before.
    const STEPS: usize = 4000;
    const STEP: f64 = 0.2;
    let ridges: Vec<f64> = names.keys().map(|n| if *n == ALWAYS { 0.0 } else { ridge }).collect();
    let start: Vec<f64> =
        names.keys().map(|name| from.weights.get(*name).copied().unwrap_or(0.0)).collect();
    let mut weights = start.clone();
    for _ in 0..STEPS {
        let held = weights.iter().zip(&start).zip(&ridges);
        let mut gradient: Vec<f64> = held.map(|((w, s), r)| (w - s) * r).collect();
        add(&weights, &mut gradient);
        weights.iter_mut().zip(&gradient).for_each(|(w, g)| *w -= STEP * g / n.max(1) as f64);
    }
    Logistic::new(names.iter().map(|(n, i)| ((*n).to_owned(), weights[*i])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examples(rows: &[(&str, bool, usize)]) -> Vec<Example> {
        let example = |sign: &str, right| Example {
            signs: vec![(ALWAYS.into(), 1.0), (sign.into(), 1.0)],
            right,
        };
        rows.iter()
            .flat_map(|&(sign, right, n)| std::iter::repeat_n(example(sign, right), n))
            .collect()
    }

    #[test]
    fn of_several_the_one_that_is_right_more_often_is_chosen() {
        let example = |sign: &str, right| Example { signs: vec![(sign.into(), 1.0)], right };
        let choice = |right| vec![example("near", right), example("far", !right)];
        let choices: Vec<Vec<Example>> = (0..10).map(|n| choice(n < 8)).collect();
        let zero = Logistic::default();
        let fitted = fit_choice(&choices, &zero, 1.0);
        assert!(fitted.weights["near"] > fitted.weights["far"]);
        // where nothing is right nothing is learned
        let nothing = vec![example("far", false), example("near", false)];
        let more: Vec<Vec<Example>> = choices.iter().cloned().chain([nothing]).collect();
        assert_eq!(fit_choice(&more, &zero, 1.0), fitted);
        // where it begins counts, and more the more it is held there
        let from = Logistic::new(BTreeMap::from([("far".to_owned(), 9.0)]));
        let held = fit_choice(&choices, &from, 10.0);
        assert!(held.weights["far"] > 8.0 && held.weights["near"] > 0.0);
    }

    #[test]
    fn none_of_several_may_be_chosen() {
        let table = Logistic::read("near\t2\nfar\t-2\n").unwrap();
        let signs = |name: &str| vec![(name.to_owned(), 1.0)];
        let both = table.shares(&[signs("near"), signs("far")]);
        assert!(both[0] > 0.8 && both[1] < 0.05, "{both:?}");
        // what speaks against all of them speaks for none
        let far = table.shares(&[signs("far"), signs("far")]);
        assert!(far.iter().sum::<f64>() < 0.3, "{far:?}");
        assert!((far[0] - far[1]).abs() < 1e-9);
        assert!(table.shares(&[]).is_empty());
    }

    #[test]
    fn what_is_right_more_often_weighs_more() {
        let rows = [("good", true, 90), ("good", false, 10), ("bad", true, 40), ("bad", false, 60)];
        let fitted = fit(&examples(&rows), 10.0);
        assert!(fitted.weights["good"] > 0.5);
        assert!(fitted.weights["bad"] < 0.0);
    }

    #[test]
    fn what_is_rare_weighs_little() {
        let rows = [("often", true, 80), ("often", false, 20), ("once", false, 1)];
        let fitted = fit(&examples(&rows), 10.0);
        assert!(fitted.weights["once"].abs() < 0.5, "one example is not much evidence");
        assert!(fit(&[], 10.0).to_string().is_empty());
    }

    #[test]
    fn what_shows_more_strongly_counts_more() {
        let table = Logistic::read("share\t2\n").unwrap();
        let chance = |share: f64| table.chance(&[("share".to_owned(), share)]);
        assert!((chance(0.0) - 0.5).abs() < 1e-9);
        assert!(chance(0.9) > chance(0.4));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let table = Logistic::read("# a remark\nalways\t-0.5\n\nmatter\t1.25\n").unwrap();
        assert_eq!(table.to_string(), "always\t-0.500\nmatter\t1.250\n");
        assert_eq!(Logistic::read(&table.to_string()), Ok(table));
        let error = Logistic::read("always\t1\nmatter 1").unwrap_err();
        assert_eq!(error.line, 2);
        assert!(Logistic::read("always\tNaN").is_err());
    }
}
