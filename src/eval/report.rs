use std::collections::BTreeMap;

use crate::extract::Status;

/// Gold claims, and how many of them were found how well.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Gold claims.
    pub n: usize,
    /// Trigger covered with an allowed act.
    pub found: usize,
    /// … and the agent right.
    pub who: usize,
    /// Found, and the status right.
    pub status: usize,
    /// Found, and the source right.
    pub source: usize,
    /// Found, and agent, status and source right.
    pub full: usize,
}

impl Tally {
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            n: self.n + other.n,
            found: self.found + other.found,
            who: self.who + other.who,
            status: self.status + other.status,
            source: self.source + other.source,
            full: self.full + other.full,
        }
    }
}

/// Claims, and how many of them a gold claim bears out, agent included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Yield {
    /// Claims.
    pub claims: usize,
    /// Borne out.
    pub matched: usize,
}

impl Yield {
    /// Share borne out; 0 where there is no claim.
    pub fn precision(self) -> f64 {
        share(self.matched, self.claims)
    }
}

/// One document, act or construction: what the gold has and what the claims have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// The gold's side.
    pub gold: Tally,
    /// The claims' side.
    pub claims: Yield,
}

/// The words around a place in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Context {
    /// Up to [`Context::REACH`] characters before.
    pub before: String,
    /// The words themselves.
    pub words: String,
    /// Up to [`Context::REACH`] characters after.
    pub after: String,
}

impl Context {
    /// Characters kept on each side.
    pub const REACH: usize = 60;
}

/// How far the best claim falls short of a gold claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Shortfall {
    /// No claim covers the trigger with an allowed act.
    Missed,
    /// Another agent.
    Agent,
    /// Another status, or another source, or both.
    StatusOrSource,
}

/// A gold claim that is not fully there.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Miss {
    /// Document.
    pub document: String,
    /// How far it falls short.
    pub shortfall: Shortfall,
    /// The gold's weight.
    pub weight: u8,
    /// The gold's acts.
    pub act: Vec<String>,
    /// The gold's agents.
    pub agent: Vec<String>,
    /// The gold's status.
    pub status: Status,
    /// Id of the best claim.
    pub nearest: Option<String>,
    /// That claim's agents, or acts and agents of claims on the trigger where none
    /// has an allowed act.
    pub instead: Vec<String>,
    /// The trigger in its text.
    pub context: Context,
}

/// A claim that no gold claim bears out.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Extra {
    /// Document.
    pub document: String,
    /// The claim's id.
    pub claim: String,
    /// Its act.
    pub act: String,
    /// Its agents.
    pub agent: Vec<String>,
    /// Its status.
    pub status: Status,
    /// The construction that found it.
    pub extractor: String,
    /// The trigger in its text.
    pub context: Context,
}

/// Core claims of about the same confidence.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Bucket {
    /// Least confidence.
    pub from: f64,
    /// Confidence below which they are; the last bucket has 1 too.
    pub to: f64,
    /// The claims, and those borne out.
    pub claims: Yield,
    /// What the claims say of themselves; a calibrated claim says what comes true.
    pub mean_confidence: f64,
}

/// What is left when only claims of some confidence are kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// Least confidence kept.
    pub least: f64,
    /// Core claims kept, and those borne out.
    pub claims: Yield,
    /// Share of gold claims found with their agent.
    pub recall: f64,
}

/// What the claims of the gold's documents are worth.
///
/// Displays as tables, without misses and extras, which display as a line each.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Report {
    /// By the gold's weight.
    pub weights: BTreeMap<u8, Tally>,
    /// Claims other than `state` and `intend`.
    pub core: Yield,
    /// Claims whose quote is not what the text has at their offsets.
    pub bad_quotes: usize,
    /// By act: of a gold claim the first of its acts; all acts, `state` and `intend` too.
    pub acts: BTreeMap<String, Score>,
    /// Claims by construction, core only.
    pub constructions: BTreeMap<String, Yield>,
    /// By document; claims core only.
    pub documents: BTreeMap<String, Score>,
    /// Gold claims not fully there, by document, then in the gold's order.
    pub misses: Vec<Miss>,
    /// Core claims not borne out, by document, then in the claims' order.
    pub extras: Vec<Extra>,
    /// Ids of all claims of documents with gold, and whether one bears them out.
    pub right: BTreeMap<String, bool>,
    /// Quotes of the gold that are not in their texts: document and quote. They
    /// count nowhere.
    pub lost: Vec<(String, String)>,
    /// Confidence against what came true.
    pub calibration: Vec<Bucket>,
    /// Precision and recall by least confidence.
    pub curve: Vec<Step>,
}

impl Report {
    /// All weights together.
    pub fn all(&self) -> Tally {
        self.weights.values().fold(Tally::default(), |sum, tally| sum.plus(*tally))
    }

    /// Weights 2 and 3 together: what the document is about.
    pub fn important(&self) -> Tally {
        [2, 3]
            .iter()
            .filter_map(|weight| self.weights.get(weight))
            .fold(Tally::default(), |sum, tally| sum.plus(*tally))
    }

    /// Share of core claims that are borne out: a lower bound, since the gold does
    /// not list all that a text says.
    pub fn precision(&self) -> f64 {
        self.core.precision()
    }

    /// Share of all gold claims found with their agent.
    pub fn recall(&self) -> f64 {
        let all = self.all();
        share(all.who, all.n)
    }

    /// Harmonic mean of [`precision`](Self::precision) and [`recall`](Self::recall).
    pub fn f1(&self) -> f64 {
        f1(self.precision(), self.recall())
    }
}

pub(super) fn f1(precision: f64, recall: f64) -> f64 {
    2.0 * precision * recall / (precision + recall).max(1e-9)
}

pub(super) fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}
