use std::collections::HashMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::attributes::Attribute;
use crate::corpus::Pages;
use crate::decisions::Record;
use crate::extract::{Claim, When, days};
use crate::named::named;

/// All that was read, resolved: what a built graph folder holds. Every list is
/// sorted (claims by document and offset, disputes the most telling first, the rest
/// by id).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Corpus {
    /// The documents.
    pub documents: Vec<DocumentRecord>,
    /// The claims.
    pub claims: Vec<Claim>,
    /// Every actor of the claims, and whom they act for.
    pub actors: Vec<Actor>,
    /// Every matter of the claims.
    pub matters: Vec<Matter>,
    /// Events that claims report.
    pub events: Vec<Event>,
    /// Claims that cannot both hold.
    pub disputes: Vec<Dispute>,
    /// Decisions of a person that were kept to, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Record>,
}

impl Corpus {
    /// The document `id`. O(log n).
    pub fn document(&self, id: &str) -> Option<&DocumentRecord> {
        DocumentRecord::find(&self.documents, id)
    }

    /// The first and the last day of each claim: of what it tells, else of its document.
    pub fn claim_days(&self) -> Vec<Option<(Date, Date)>> {
        let published: HashMap<&str, Option<&str>> =
            self.documents.iter().map(|it| (it.id.as_str(), it.date.as_deref())).collect();
        let of_document = |claim: &Claim| published.get(claim.document.as_str()).copied().flatten();
        let own = |claim: &Claim| match claim.time {
            Some(time) => time.days(),
            None => of_document(claim).and_then(days),
        };
        self.claims.iter().map(own).collect()
    }
}

/// What is kept of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Id.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// ISO 8601.
    pub date: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Author.
    pub author: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Under which licence: an address, or words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// Words (tokens) in it.
    pub words: usize,
    /// The pages that its file has, by the characters of the text.
    #[serde(default, skip_serializing_if = "Pages::is_empty")]
    pub pages: Pages,
    /// The text that offsets count in; empty where a folder was opened without texts.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

impl DocumentRecord {
    /// The one `id` of documents sorted by id. O(log n).
    pub fn find<'d>(documents: &'d [Self], id: &str) -> Option<&'d Self> {
        documents.binary_search_by(|it| it.id.as_str().cmp(id)).ok().map(|at| &documents[at])
    }

    /// Its date as a day.
    pub(super) fn day(&self) -> Option<Date> {
        self.date.as_ref()?.parse().ok()
    }
}

/// Somebody who does something in a claim, or for whom such a one acts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Kebab-case of the label.
    pub id: String,
    /// Preferred label.
    pub label: String,
    /// Local name of its class in the ontology: `Person`, `State`, `Organisation`,
    /// `Institution`, `Forces`, `Group`.
    pub kind: String,
    /// The words that name it in the texts, with counts, most frequent first.
    pub names: Vec<(String, usize)>,
    /// Whom it acts for.
    pub acts_for: Option<String>,
    /// Wikidata item.
    pub wikidata: Option<String>,
    /// Office or description that the texts or the ontology give.
    pub role: Option<String>,
    /// Names that were taken for this actor, with the reason.
    #[serde(default)]
    pub reasons: Vec<(String, String)>,
}

/// A proposal, demand or subject that claims share.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    /// Kebab-case of the label; of what only one text can tell of, with that document's id.
    pub id: String,
    /// A label that a person would give it.
    pub label: String,
    /// Issues of the ontology, most specific first.
    pub issues: Vec<String>,
    /// What tells it from others: attribute and value, sorted.
    pub attributes: Vec<(Attribute, String)>,
    /// The words that denote it, with counts, most frequent first.
    pub variants: Vec<(String, usize)>,
    /// Matters that hold this one.
    pub broader: Vec<String>,
    /// Ids of its claims.
    pub claims: Vec<String>,
    /// Why mentions were put together: claim id and reason.
    pub reasons: Vec<(String, String)>,
}

/// Something that happened, or is to happen, and that claims report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Id.
    pub id: String,
    /// "call of Donald Trump and Vladimir Putin, 18 March 2025".
    pub label: String,
    /// Act of its claims.
    pub act: String,
    /// Ids of actors that take part, sorted.
    pub participants: Vec<String>,
    /// When it was or is to be.
    pub time: Option<When>,
    /// Where, in words.
    pub place: Option<String>,
    /// Ids of its claims.
    pub claims: Vec<String>,
    /// The event that it is part of.
    pub part_of: Option<String>,
}

/// What voices disagree on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// Id.
    pub id: String,
    /// What the sides disagree on.
    pub kind: DisputeKind,
    /// The question in words: "Who proposed the energy-infrastructure ceasefire?".
    pub label: String,
    /// Id of the matter in question.
    pub matter: Option<String>,
    /// Two or more sides.
    pub sides: Vec<Side>,
}

/// The most claims of a dispute that is told claim by claim.
const PAIRED: usize = 200;

impl Dispute {
    /// For each side its claims, and those of all other sides, which each of them disputes. Where the
    /// dispute has more than 200 claims there are none: what a hundred texts say against a hundred
    /// others is told by its sides, and pairs of them would grow as the square of the texts.
    pub fn rivals(&self) -> impl Iterator<Item = (&[String], Vec<&str>)> {
        let claims: usize = self.sides.iter().map(|side| side.claims.len()).sum();
        let sides = if claims > PAIRED { &[][..] } else { &self.sides[..] };
        sides.iter().enumerate().map(move |(at, side)| {
            let others = sides.iter().enumerate().filter(move |(other, _)| *other != at);
            let others = others.flat_map(|(_, it)| it.claims.iter().map(String::as_str));
            (&side.claims[..], others.collect())
        })
    }
}

named! {
    /// What the sides of a dispute disagree on, `dm:disputeKind`.
    #[derive(Default)]
    pub enum DisputeKind {
        /// Who did it.
        Agent = "agent",
        /// How it is answered: accepted by one side, rejected by another.
        Answer = "answer",
        /// What exactly it was.
        Matter = "matter",
        /// How many, or how long.
        Quantity = "quantity",
        /// Whether it happened, or is so.
        #[default]
        Status = "status",
    }
}

/// One side of a dispute.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// What it holds, in words.
    pub label: String,
    /// Labels of who says so; empty words mean the document's author.
    pub voices: Vec<String>,
    /// Ids of its claims.
    pub claims: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::tests::choices;

    #[test]
    fn a_document_is_found_by_its_id() {
        let record = |id: &str| DocumentRecord { id: id.into(), ..DocumentRecord::default() };
        let corpus = Corpus { documents: ["a", "b", "c"].map(record).into(), ..Corpus::default() };
        assert_eq!(corpus.document("b"), Some(&record("b")));
        assert_eq!(corpus.document("d"), None);
    }

    #[test]
    fn claims_of_all_sides_but_their_own_are_rivals_unless_there_are_too_many() {
        let side = |ids: Vec<String>| Side { claims: ids, ..Side::default() };
        let few = |ids: &[&str]| side(ids.iter().map(|&it| it.to_owned()).collect());
        let sides = vec![few(&["a", "b"]), few(&["c"]), few(&["d"])];
        let dispute = Dispute { sides, ..Dispute::default() };
        let rivals: Vec<(Vec<String>, Vec<&str>)> =
            dispute.rivals().map(|(own, others)| (own.to_vec(), others)).collect();
        let own = |ids: &[&str]| ids.iter().map(|&it| it.to_owned()).collect::<Vec<_>>();
        assert_eq!(
            rivals,
            [
                (own(&["a", "b"]), vec!["c", "d"]),
                (own(&["c"]), vec!["a", "b", "d"]),
                (own(&["d"]), vec!["a", "b", "c"]),
            ]
        );
        let many = |from: usize, count: usize| {
            side((from..from + count).map(|at| at.to_string()).collect())
        };
        let of = |count: usize| Dispute {
            sides: vec![many(0, 100), many(100, count - 100)],
            ..Dispute::default()
        };
        assert_eq!((of(PAIRED).rivals().count(), of(PAIRED + 1).rivals().count()), (2, 0));
    }

    #[test]
    fn the_vocabulary_lists_the_kinds_of_disputes() {
        assert!(choices("dm:disputeKind").iter().eq(DisputeKind::ALL.iter().map(|it| it.as_str())));
    }
}
