//! What counts how much where a claim is matched with a question.
//!
//! Every weight is a factor of 0 to 1, or little above; the score of a claim is their product,
//! and one that falls below [`THRESHOLD`] is no answer. All were set by hand, so that the
//! questions of `tests/asking.rs` and `tests/ask.rs` have the right answers first and no wrong
//! ones; none was fitted to data, and what holds them is these tests.

/// A claim that fits worse is no answer: a wrong answer is worse than none.
pub(super) const THRESHOLD: f64 = 0.33;
/// A claim that fits so well needs no help from acts that are only near.
pub(super) const SURE: f64 = 0.7;

/// Act and trigger.
pub(super) mod act {
    /// The question has the word that the claim is told by.
    pub(crate) const SAME_WORD: f64 = 1.08;
    /// The claim is told by another word for the act.
    pub(crate) const OTHER_WORD: f64 = 0.95;
    /// None of what the question says besides (time, place) is in the claim …
    pub(crate) const NO_CONTEXT: f64 = 0.92;
    /// … and what is added when all of it is.
    pub(crate) const CONTEXT: f64 = 0.12;
    /// How much of a claim's weight does not hang on its confidence …
    pub(crate) const UNSURE: f64 = 0.9;
    /// … and how much does.
    pub(crate) const CONFIDENCE: f64 = 0.1;
}

/// Status, by what is asked for and what is told.
pub(super) mod status {
    /// Asked what may be, told what was done.
    pub(crate) const DONE_FOR_OPEN: f64 = 0.95;
    /// Asked what was done, told what may be.
    pub(crate) const OPEN_FOR_DONE: f64 = 0.65;
    /// Told what was not done.
    pub(crate) const NOT_DONE: f64 = 0.4;
}

/// Time.
pub(super) mod time {
    /// A claim without a date, for a stretch of time that its document falls in.
    pub(crate) const UNDATED: f64 = 0.7;
    /// A claim without a date, for a day that is asked for.
    pub(crate) const NO_DAY: f64 = 0.5;
}

/// Who does it, says it, and is spoken to.
pub(super) mod role {
    /// Words that only describe somebody ("the union") stand for him.
    pub(crate) const DESCRIBED: f64 = 0.97;
    /// Who passes on what another says.
    pub(crate) const PASSED_ON: f64 = 0.9;
    /// What somebody does by speaking is in his own words.
    pub(crate) const OWN_WORDS: f64 = 0.6;
    /// The other side of what two do together.
    pub(crate) const OTHER_SIDE: f64 = 0.9;
    /// Of several asked for, one has no part in it.
    pub(crate) const NOT_ALL: f64 = 0.6;
    /// Who does another act than stating says so by it.
    pub(crate) const SAID_BY_DOING: f64 = 0.85;
    /// In whose words it is told.
    pub(crate) const SPEAKER: f64 = 0.95;
    /// What somebody says is not told by words of those whom he only belongs to: below, it is
    /// not said by him.
    pub(crate) const SPOKEN_FOR: f64 = 0.6;
    /// Who is spoken to is named in the matter …
    pub(crate) const IN_MATTER: f64 = 0.85;
    /// … only in the claim's words …
    pub(crate) const IN_QUOTE: f64 = 0.75;
    /// … or only in the sentence.
    pub(crate) const IN_SENTENCE: f64 = 0.7;
}

/// The matter as a whole.
pub(super) mod matter {
    /// Share of the matter asked for that a claim must have.
    pub(crate) const COVERAGE: f64 = 0.51;
    /// The claim's matter is one that is asked for, whatever the claim's own words.
    pub(crate) const SHARED: f64 = 0.95;
    /// The words stand in the quote, outside the matter …
    pub(crate) const QUOTED: f64 = 0.8;
    /// … or only in the sentence, outside the claim.
    pub(crate) const AROUND: f64 = 0.8;
    /// Another matter of the issue than the one most spoken of.
    pub(crate) const OTHER: f64 = 0.92;
    /// It does not say whether it is about the whole, or the part, asked for.
    pub(crate) const UNTOLD: f64 = 0.5;
    /// A part for the whole, or the whole for a part.
    pub(crate) const OTHER_SCOPE: f64 = 0.3;
    /// A part, where no scope is asked for.
    pub(crate) const PART: f64 = 0.6;
    /// A name of the question is not in the words.
    pub(crate) const UNNAMED: f64 = 0.5;
}

/// How much a word of the matter counts; [`WORD`](word::WORD) and above for words that a claim
/// can hardly do without.
pub(super) mod word {
    /// A name.
    pub(crate) const NAME: f64 = 1.6;
    /// Any word.
    pub(crate) const WORD: f64 = 1.0;
    /// An actor's name, besides the words.
    pub(crate) const ACTOR: f64 = 0.8;
    /// A word for a proposal, or for the whole.
    pub(crate) const PROPOSAL: f64 = 0.35;
    /// A number or unit of time.
    pub(crate) const NUMBER: f64 = 0.25;
    /// A word that only leads to the next: "part", "hundreds".
    pub(crate) const TRANSPARENT: f64 = 0.2;
    /// Share of its weight when another word for the same is met.
    pub(crate) const ALIKE: f64 = 0.9;
    /// Share of an actor's weight when he has a part in the claim and is not named there.
    pub(crate) const IN_ROLE: f64 = 0.8;
}
