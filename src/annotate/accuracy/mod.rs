//! Measuring the annotator on corpora with known answers.

mod brat;
mod conllu;
mod polnear;
mod treebank;

use std::fmt;
use std::io;
use std::path::PathBuf;

use thiserror::Error;

pub use polnear::{PolnearAccuracy, RoleAccuracy, polnear};
pub use treebank::{TreebankAccuracy, TreebankReport, treebank};

/// Why a corpus could not be measured on.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum AccuracyError {
    /// A file or folder cannot be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A line is not what its format asks for.
    #[error("{}:{line}: {reason}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What would have been valid.
        reason: String,
    },
    /// There is nothing to measure on.
    #[error("{}: {expected}", path.display())]
    Empty {
        /// The folder or file.
        path: PathBuf,
        /// What should have been there.
        expected: &'static str,
    },
}

/// Counts of what was right, what the annotator gave and what it should have given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Score {
    /// Found and right.
    pub right: usize,
    /// Found.
    pub found: usize,
    /// To be found.
    pub gold: usize,
}

impl Score {
    /// Share of the found that is right, 0 to 1.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.found)
    }

    /// Share of what is to be found that was found, 0 to 1.
    pub fn recall(self) -> f64 {
        ratio(self.right, self.gold)
    }

    /// Harmonic mean of the two, 0 to 1.
    pub fn f1(self) -> f64 {
        ratio(2 * self.right, self.found + self.gold)
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.found += other.found;
        self.gold += other.gold;
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |share: f64| 100.0 * share;
        write!(
            f,
            "P {:5.2}  R {:5.2}  F1 {:5.2}",
            percent(self.precision()),
            percent(self.recall()),
            percent(self.f1())
        )
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f1_is_the_harmonic_mean() {
        let score = Score { right: 3, found: 4, gold: 6 };
        assert_eq!(score.to_string(), "P 75.00  R 50.00  F1 60.00");
        assert_eq!(Score::default().f1(), 0.0);
    }
}
