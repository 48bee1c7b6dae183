//! Evaluating: claims against a gold standard that people made, and answers against
//! questions whose right answers are known.
//!
//! A gold claim is *found* when a claim of the same document covers its trigger with
//! an act that it allows; *who* adds the agent; *full* adds status and source. The
//! gold does not list every claim of kind `state` and `intend`, so the precision
//! over the other acts is a lower bound.

mod calibration;
pub mod events;
mod fit;
mod gold;
mod lines;
mod names;
mod questions;
mod report;
mod score;
mod tables;

pub use fit::{Calibration, calibrate};
pub use gold::{GoldClaim, GoldError, read_gold};
pub use questions::{
    AnswerView, Place, Question, QuestionError, QuestionReport, Verdict, ask_all, read_questions,
};
pub use report::{Bucket, Context, Extra, Miss, Report, Score, Shortfall, Step, Tally, Yield};
pub use score::score;
