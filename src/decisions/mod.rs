//! Decisions: what a person has decided about claims, actors and matters, kept in a
//! plain file that outlives the program that made the claims.
//!
//! [`read`] reads the file, [`change`] writes into it while somebody reviews, [`apply`] mends the
//! claims of all documents by it, before they are resolved; what it says of actors and matters is
//! for [`resolve`](crate::resolve). A file is a YAML list, one decision an entry:
//!
//! ```yaml
//! - reject: 000-reject-3064         # the claim's id ...
//!   quote: Putin could not shoot them all down # ... and its words, by which it is found again
//!   by: Ann Reed
//!   when: 2025-04-02
//!   why: nothing was offered to him
//! - accept: 004-reject-159
//!   quote: president refused to stop the war at once
//! - edit: 003-accept-2606           # only what is named changes; [] and "" empty it
//!   quote: Russia broke one agreement
//!   act: breach
//!   agent: Russia                   # one name or a list
//!   matter: one agreement           # words of the text
//! - add: 001                        # the document
//!   quote: Kyiv is not convinced
//!   trigger: not convinced
//!   act: reject
//!   agent: Ukraine
//!   at: 1204                        # where the quote stands, if it stands there twice
//! - merge-actors: [Volodymyr Zelensky, V. Selenskyj]     # the first name stays
//! - keep-apart-actors: [John Smith, J. Smith]
//! - merge-matters: [30-day ceasefire, the American idea] # ids, labels or words
//! - keep-apart-matters: [30-day ceasefire, a maritime truce]
//! - rename-actor: V. Selenskyj
//!   label: Volodymyr Zelensky
//! - rename-matter: 30-day ceasefire
//!   label: the ceasefire of March
//! ```

mod apply;
mod entry;
mod ledger;
mod read;
mod words;

pub use apply::{BY_HAND, Lost, Record, Report, apply, number};
pub use entry::Entry;
pub use ledger::{Change, Kept, LedgerError, change, kept};
pub use read::{DecisionError, read};

use crate::extract::Status;
use crate::named::named;

/// One decision, as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Line of the file where it begins, from 1.
    pub line: usize,
    /// Who decided.
    pub by: Option<String>,
    /// ISO 8601 date.
    pub when: Option<String>,
    /// Why, in free words.
    pub why: Option<String>,
    /// What.
    pub verdict: Verdict,
}

/// What is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// The claim is right.
    Accept(Target),
    /// The claim is not in the text.
    Reject(Target),
    /// The claim is there, but with other parts.
    Edit(Target, Parts),
    /// A claim that was not found.
    Add(Addition),
    /// These names are one actor, under the first; ids.
    MergeActors(Vec<String>),
    /// These names are several actors; ids.
    KeepApartActors(Vec<String>),
    /// These are one matter, the first; ids, labels or words of mentions.
    MergeMatters(Vec<String>),
    /// These are several matters; ids, labels or words of mentions.
    KeepApartMatters(Vec<String>),
    /// The actor of this id is called so.
    RenameActor(String, String),
    /// The matter of this id, label or words is called so.
    RenameMatter(String, String),
}

impl Verdict {
    /// Its kind, without what it is about.
    pub fn kind(&self) -> VerdictKind {
        match self {
            Self::Accept(_) => VerdictKind::Accept,
            Self::Reject(_) => VerdictKind::Reject,
            Self::Edit(..) => VerdictKind::Edit,
            Self::Add(_) => VerdictKind::Add,
            Self::MergeActors(_) => VerdictKind::MergeActors,
            Self::KeepApartActors(_) => VerdictKind::KeepApartActors,
            Self::MergeMatters(_) => VerdictKind::MergeMatters,
            Self::KeepApartMatters(_) => VerdictKind::KeepApartMatters,
            Self::RenameActor(..) => VerdictKind::RenameActor,
            Self::RenameMatter(..) => VerdictKind::RenameMatter,
        }
    }
}

named! {
    /// The kind of a decision, by the key of the file that says so, `dm:decisionKind`.
    #[derive(Default)]
    pub enum VerdictKind {
        /// [`Verdict::Accept`].
        #[default]
        Accept = "accept",
        /// [`Verdict::Reject`].
        Reject = "reject",
        /// [`Verdict::Edit`].
        Edit = "edit",
        /// [`Verdict::Add`].
        Add = "add",
        /// [`Verdict::MergeActors`].
        MergeActors = "merge-actors",
        /// [`Verdict::KeepApartActors`].
        KeepApartActors = "keep-apart-actors",
        /// [`Verdict::MergeMatters`].
        MergeMatters = "merge-matters",
        /// [`Verdict::KeepApartMatters`].
        KeepApartMatters = "keep-apart-matters",
        /// [`Verdict::RenameActor`].
        RenameActor = "rename-actor",
        /// [`Verdict::RenameMatter`].
        RenameMatter = "rename-matter",
    }
}

/// What kind of thing a decision is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Claims.
    Claim,
    /// Actors.
    Actor,
    /// Matters.
    Matter,
}

impl VerdictKind {
    /// What the ids of such a decision name.
    pub const fn subject(self) -> Subject {
        match self {
            Self::Accept | Self::Reject | Self::Edit | Self::Add => Subject::Claim,
            Self::MergeActors | Self::KeepApartActors | Self::RenameActor => Subject::Actor,
            Self::MergeMatters | Self::KeepApartMatters | Self::RenameMatter => Subject::Matter,
        }
    }
}

/// The claim that a decision is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its id when the decision was made.
    pub id: String,
    /// Its words then.
    pub quote: String,
}

/// Parts of a claim; `None` leaves a part as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    /// Id of an act of the ontology.
    pub act: Option<String>,
    /// Done, not done, or neither.
    pub status: Option<Status>,
    /// Names or ids of who does it.
    pub agent: Option<Vec<String>>,
    /// Names or ids of whom it is done to.
    pub addressee: Option<Vec<String>>,
    /// Names or ids of who says so.
    pub source: Option<Vec<String>>,
    /// Names or ids of who reports the report, the outermost first.
    pub via: Option<Vec<String>>,
    /// Words of the text that say what it is about; empty for nothing.
    pub matter: Option<String>,
    /// ISO 8601 date or interval; empty for none.
    pub time: Option<String>,
}

/// A claim that a person adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    /// Id of the document.
    pub document: String,
    /// Words of the document.
    pub quote: String,
    /// Words in the quote that name the act.
    pub trigger: String,
    /// Where the quote stands, in Unicode scalar values; of several places the nearest is meant.
    pub at: Option<usize>,
    /// Id of an act of the ontology.
    pub act: String,
    /// The rest.
    pub parts: Parts,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::tests::choices;

    #[test]
    fn the_vocabulary_lists_the_kinds_of_decisions() {
        let mut listed = choices("dm:decisionKind");
        let mut kinds: Vec<&str> = VerdictKind::ALL.iter().map(|it| it.as_str()).collect();
        listed.sort_unstable();
        kinds.sort_unstable();
        assert_eq!(listed, kinds);
    }
}
