//! An answer, for programs and for people.

use std::fmt;

use serde::Serialize;

use super::understood::Understood;
use crate::corpus::Span;
use crate::extract::Status;
use crate::resolve::{DisputeKind, DocumentRecord};

/// What a question is answered with; serialises to the JSON of `ask --json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// The question as it was asked.
    pub question: String,
    /// How it was read.
    pub understood: Understood,
    /// Best first; empty where the texts do not say.
    pub answers: Vec<Found>,
    /// What the voices behind the answers disagree on.
    pub disputes: Vec<Disagreement>,
    /// Where there is no answer: sentences that come nearest, best first. They are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nearest: Vec<Nearest>,
}

/// A sentence that has some of what was asked for: no answer, but where to read on.
/// `text[start..end] == sentence` in the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Nearest {
    /// Id of the document.
    pub document: String,
    /// When it was published, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The words.
    pub sentence: String,
    /// Id of a claim in it that fits but for its status or act.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<String>,
    /// Status of that claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
}

/// What kind of thing answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    /// Somebody.
    Actor,
    /// What was proposed, demanded, said ….
    Matter,
    /// A date or interval, or words of time.
    Time,
    /// A number, an amount or a duration.
    Quantity,
    /// The words of a claim.
    Claim,
    /// A document.
    Document,
    /// A way through the graph.
    Path,
    /// A sentence of a text that tells it, where no claim does.
    Sentence,
    /// Yes, no, or neither.
    YesNo,
}

/// One answer with what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Found {
    /// What kind of thing it is.
    pub kind: Kind,
    /// Id of the actor, matter or claim; the value itself for the others.
    pub id: String,
    /// For people.
    pub label: String,
    /// Status, as its best claims have it.
    pub status: Status,
    /// Labels of those who say so; empty where the documents say it themselves.
    pub according_to: Vec<String>,
    /// Ids of its claims, best first.
    pub claims: Vec<String>,
    /// The words that it rests on, best first.
    pub evidence: Vec<Evidence>,
    /// When the first of its claims was so, ISO 8601: told there, or the document's date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// How well it fits, 0 to 1.
    #[serde(skip)]
    pub score: f64,
}

impl Found {
    /// What is printed above the words it rests on: its label, unless that is these words.
    pub fn heading(&self) -> &str {
        match self.kind {
            Kind::Sentence => "a text says",
            _ => &self.label,
        }
    }

    /// An answer that words of a document tell as done, and no claim.
    pub(super) fn told(
        kind: Kind,
        id: String,
        label: String,
        evidence: Evidence,
        document: &DocumentRecord,
        score: f64,
    ) -> Self {
        Self {
            kind,
            id,
            label,
            status: Status::Actual,
            according_to: Vec::new(),
            claims: Vec::new(),
            evidence: vec![evidence],
            date: document.date.clone(),
            score,
        }
    }
}

/// Words of a document: `text[start..end] == quote`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Evidence {
    /// Id of the document.
    pub document: String,
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The words.
    pub quote: String,
}

impl Evidence {
    /// The words `quote` of a document, which stand at `span`.
    pub(super) fn at(document: &str, span: Span, quote: &str) -> Self {
        let (document, quote) = (document.to_owned(), quote.to_owned());
        Self { document, start: span.start, end: span.end, quote }
    }
}

/// Sides that cannot both be right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Disagreement {
    /// `agent`, `status` or `matter`.
    pub kind: DisputeKind,
    /// What is in question.
    pub label: String,
    /// The sides.
    pub sides: Vec<Position>,
}

/// One side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Position {
    /// What it holds.
    pub label: String,
    /// Labels of who says so; empty where documents say it themselves.
    pub according_to: Vec<String>,
    /// Ids of its claims.
    pub claims: Vec<String>,
}

impl Answer {
    /// That a question has no answer.
    pub(super) fn nothing(question: &str) -> Self {
        Self {
            question: question.to_owned(),
            understood: Understood::default(),
            answers: Vec::new(),
            disputes: Vec::new(),
            nearest: Vec::new(),
        }
    }

    /// Adds the answer to another part of a question, and says to which part there is none.
    pub(super) fn add(&mut self, other: Self) {
        let silent = [&*self, &other].into_iter().filter(|part| part.is_empty());
        let silent: Vec<String> =
            silent.map(|part| format!("nothing found for “{}”", part.question)).collect();
        self.understood.notes.extend(other.understood.notes);
        self.understood.notes.extend(silent);
        self.answers.truncate(OF_A_PART);
        let new = |one: &Found| !self.answers.iter().any(|known| known.id == one.id);
        let added: Vec<Found> = other.answers.into_iter().filter(new).take(OF_A_PART).collect();
        self.answers.extend(added);
        self.disputes.extend(other.disputes);
        self.nearest.extend(other.nearest);
    }

    /// Is there no answer?
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }
}

/// How many answers to one part of a question are given beside those to another.
const OF_A_PART: usize = 3;

/// How many quotes are printed under an answer.
const QUOTES: usize = 3;

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for note in &self.understood.notes {
            writeln!(f, "({note})")?;
        }
        if self.answers.is_empty() {
            if let Some(meant) = &self.understood.did_you_mean {
                writeln!(f, "(did you mean: {meant})")?;
            }
            for near in &self.nearest {
                let sentence = near.sentence.split_whitespace().collect::<Vec<_>>().join(" ");
                writeln!(f, "(near, but no answer: “{sentence}” ({}))", near.document)?;
            }
            return writeln!(f, "nothing found");
        }
        for found in &self.answers {
            write!(f, "{}", found.heading())?;
            if let (Kind::YesNo, Some(date)) = (found.kind, &found.date) {
                write!(f, " ({date})")?;
            }
            match found.status {
                Status::Negated => write!(f, " [not done]")?,
                Status::Unrealised => write!(f, " [not yet, or only possibly]")?,
                Status::Actual => {}
            }
            if !found.according_to.is_empty() {
                write!(f, " — according to {}", found.according_to.join(", "))?;
            }
            writeln!(f)?;
            for evidence in found.evidence.iter().take(QUOTES) {
                let quote = evidence.quote.split_whitespace().collect::<Vec<_>>().join(" ");
                writeln!(f, "    “{quote}” ({})", evidence.document)?;
            }
            if found.evidence.len() > QUOTES {
                writeln!(f, "    and {} more", found.evidence.len() - QUOTES)?;
            }
        }
        if !self.disputes.is_empty() {
            writeln!(f, "\nThe voices disagree:")?;
        }
        for dispute in &self.disputes {
            writeln!(f, "  {}", dispute.label)?;
            for side in &dispute.sides {
                let voices = if side.according_to.is_empty() {
                    "the author".to_owned()
                } else {
                    side.according_to.join(", ")
                };
                writeln!(f, "    {}: {voices}", side.label)?;
            }
        }
        Ok(())
    }
}
