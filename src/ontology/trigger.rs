//! Words that name acts, and where their arguments stand.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::class::ContentStatus;

/// A place in a sentence where a trigger's argument stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Slot {
    /// `subject`: of a verb, or of the copula or support verb of a noun.
    Subject,
    /// `object`: direct object of a verb, subject of its passive.
    Object,
    /// `indirect`: the first of two objects.
    Indirect,
    /// `clause`: a finite complement ("that …").
    Clause,
    /// `complement`: what the object is said to be ("called it illegal").
    Complement,
    /// `mandative`: a finite complement that asks for something ("that it withdraw",
    /// "that it must withdraw").
    Mandative,
    /// `infinitive`: "to …".
    Infinitive,
    /// `object-infinitive`: "to …" done by the object ("want Russia to withdraw").
    ObjectInfinitive,
    /// `possessor`: "Trump's proposal", "its demand".
    Possessor,
    /// `modifier`: a noun or adjective before a noun ("US proposal", "ceasefire proposal").
    Modifier,
    /// `speech`: direct speech.
    Speech,
    /// Any other word: a preposition whose phrase depends on the trigger.
    Preposition(String),
}

/// Is a trigger a verb, a noun or an adjective?
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum TriggerKind {
    /// `dm:VerbTrigger`.
    Verb,
    /// `dm:NounTrigger`.
    Noun,
    /// `dm:AdjectiveTrigger`: "keen", "ready", "unwilling".
    Adjective,
}

/// Where the arguments of a group of triggers stand, `dm:Frame`. Each list is in
/// order of preference.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Frame {
    /// `dm:agentAt`.
    pub agent: Vec<Slot>,
    /// `dm:addresseeAt`.
    pub addressee: Vec<Slot>,
    /// `dm:matterAt`.
    pub matter: Vec<Slot>,
}

/// A word or words that name an act, in one sense. What many have alike they share.
#[derive(Debug, Clone, PartialEq)]
pub struct Trigger {
    /// `agree-to.v`.
    pub id: String,
    /// Verb, noun or adjective.
    pub kind: TriggerKind,
    /// Lemmas, `rdfs:label`: the head first, then words that must depend on it
    /// or on its arguments ("rule", "out"; "say", "no"; "call", "for").
    pub words: Vec<String>,
    /// `dm:act`.
    pub act: String,
    /// PLOVER event type where it is not that of the act, `skos:notation` of datatype
    /// `dm:PLOVER`: who signs or praises accepts, and PLOVER has SUPPORT for it.
    pub plover: Option<String>,
    /// `dm:frame`, with the trigger's own `dm:agentAt` … laid over it.
    pub frame: Arc<Frame>,
    /// `dm:needs`: fires only if at least one of these slots is filled.
    pub needs: Vec<Slot>,
    /// `dm:without`: does not fire if one of these slots is filled.
    pub without: Vec<Slot>,
    /// `dm:objectAmong`: fires only if the head of the object (of a noun: of its
    /// `of` phrase or modifier) has one of these lemmas.
    pub object_among: Arc<[String]>,
    /// `dm:objectNotAmong`: does not fire if the object's head is one of these.
    pub object_not_among: Arc<[String]>,
    /// `dm:contentStatus`: the status of acts inside its matter (default
    /// "unrealised" for acts that look ahead, else none).
    pub content_status: Option<ContentStatus>,
    /// `dm:weight`: how often the word means this act, 0 to 1 (default 1).
    pub weight: f64,
    /// The term, with its prefix: `tr:agree-to.v`. Several triggers can be of one.
    pub term: String,
    /// The layer that gives it its words: 0 for a shipped file, 1 for the first folder of the
    /// user. Where the sentence fits two entries for the same words, the later layer is meant.
    pub layer: usize,
}
