use std::collections::BTreeMap;

use jiff::civil::Date;

/// All terms that the program knows. Every list is sorted by id; every id is the
/// last part of the term's IRI.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ontology {
    /// Kinds of act (`act:propose`).
    pub acts: Vec<Act>,
    /// Words that name acts, sorted by head lemma, then id.
    pub triggers: Vec<Trigger>,
    /// Known actors.
    pub actors: Vec<Actor>,
    /// Offices that an actor can hold in a state or organisation.
    pub offices: Vec<Office>,
    /// Words for groups that act for an actor ("troops" → forces).
    pub collectives: Vec<Collective>,
    /// What negotiations are about.
    pub issues: Vec<Issue>,
    /// Closed classes of words ("negator", "modal", "hedge" …): class id → its
    /// words, lower-case, sorted; a phrase keeps its spaces.
    pub word_classes: BTreeMap<String, Vec<String>>,
}

/// A kind of act, `dm:Act`.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// `propose`.
    pub id: String,
    /// `skos:prefLabel`.
    pub label: String,
    /// `skos:definition`.
    pub definition: String,
    /// PLOVER event type, `skos:notation` of datatype `dm:PLOVER`.
    pub plover: Option<String>,
    /// The type that PLOVER gives where the act is yet to be done, `dm:plannedAs`: a meeting
    /// that is announced is AGREE.
    pub plover_planned: Option<String>,
    /// The type that PLOVER gives where the act was not done, `dm:refusedAs`.
    pub plover_refused: Option<String>,
    /// The type of earlier releases of PLOVER, `dm:formerNotation`: CONCEDE was YIELD.
    pub plover_former: Option<String>,
    /// CAMEO root code, `skos:notation` of datatype `dm:CAMEO`.
    pub cameo: Option<String>,
    /// Local name of the direct edge, `dm:edge` (`proposed` for `dm:proposed`).
    pub edge: String,
    /// `dm:specificity`: of two acts for the same words the higher wins
    /// (codebook rule 1; `state` is 0).
    pub specificity: i64,
    /// `dm:stance`: how the agent then stands to the matter, `for`, `against`, or none.
    pub stance: Option<String>,
    /// Past tense for people to read, `dm:pastTense` ("called for").
    pub past: String,
}

/// A place in a sentence where a trigger's argument stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Frame {
    /// `dm:agentAt`.
    pub agent: Vec<Slot>,
    /// `dm:addresseeAt`.
    pub addressee: Vec<Slot>,
    /// `dm:matterAt`.
    pub matter: Vec<Slot>,
}

/// A word or words that name an act, in one sense.
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
    pub frame: Frame,
    /// `dm:needs`: fires only if at least one of these slots is filled.
    pub needs: Vec<Slot>,
    /// `dm:without`: does not fire if one of these slots is filled.
    pub without: Vec<Slot>,
    /// `dm:objectAmong`: fires only if the head of the object (of a noun: of its
    /// `of` phrase or modifier) has one of these lemmas.
    pub object_among: Vec<String>,
    /// `dm:objectNotAmong`: does not fire if the object's head is one of these.
    pub object_not_among: Vec<String>,
    /// `dm:status`: overrides "actual" ("hope", "to plan to attack").
    pub status: Option<String>,
    /// `dm:contentStatus`: the status of acts inside its matter (default
    /// "unrealised" for acts that look ahead, else none).
    pub content_status: Option<String>,
    /// `dm:weight`: how often the word means this act, 0 to 1 (default 1).
    pub weight: f64,
}

/// What kind of thing an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActorKind {
    /// `dm:Person`.
    Person,
    /// `dm:State`.
    State,
    /// `dm:Organisation`: international or armed organisation, party, company.
    Organisation,
    /// `dm:Institution`: part of a state (the Kremlin, a ministry).
    Institution,
    /// `dm:Forces`: armed forces of a state or group.
    Forces,
    /// `dm:Group`: people described, not named ("European allies").
    Group,
    /// `dm:Place`: a place that is no actor, kept so that it is not taken for one.
    Place,
}

/// A known actor.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// Kebab-case of the preferred label.
    pub id: String,
    /// `skos:prefLabel`.
    pub label: String,
    /// Its class.
    pub kind: ActorKind,
    /// `skos:altLabel`, also spelling variants.
    pub names: Vec<String>,
    /// `dm:adjective`: "Russian".
    pub adjectives: Vec<String>,
    /// `dm:demonym`: "Russian", "Russians".
    pub demonyms: Vec<String>,
    /// `dm:capital`: "Moscow"; stands for the state when it acts.
    pub capitals: Vec<String>,
    /// `dm:actsFor`.
    pub acts_for: Option<String>,
    /// `dm:familyName`, for persons.
    pub family_name: Option<String>,
    /// `dm:gender`: `male` or `female`, for pronouns.
    pub gender: Option<String>,
    /// `dm:holds`.
    pub tenures: Vec<Tenure>,
    /// `skos:exactMatch` in Wikidata: "Q7747".
    pub wikidata: Option<String>,
}

/// An office held, `dm:Tenure`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenure {
    /// `dm:office`.
    pub office: String,
    /// `dm:of`: id of the state or organisation.
    pub of: String,
    /// `dm:from`.
    pub from: Option<Date>,
    /// `dm:until`, exclusive.
    pub until: Option<Date>,
}

impl Tenure {
    /// Is the office held on that day? An end that is not told is open.
    pub fn holds_at(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date < until)
    }
}

/// An office, `dm:Office`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// `president`.
    pub id: String,
    /// `skos:prefLabel`.
    pub label: String,
    /// Other words for it: "leader", "head of state".
    pub names: Vec<String>,
}

/// A word for a group that acts for somebody, `dm:Collective`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collective {
    /// `forces`: the actor's id becomes `<adjective>-forces`.
    pub id: String,
    /// `skos:prefLabel`.
    pub label: String,
    /// The nouns: "troops", "army", "military".
    pub names: Vec<String>,
    /// `dm:standsFor`: `owner` if the words mean the owner itself ("the Russian
    /// side", "the US administration" is the US), else the group is an actor of
    /// its own.
    pub stands_for_owner: bool,
}

/// What a negotiation can be about, `skos:Concept` of the scheme of issues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// `ceasefire`.
    pub id: String,
    /// `skos:prefLabel`.
    pub label: String,
    /// `skos:definition`.
    pub definition: String,
    /// Lower-case lemma sequences that name it, `skos:altLabel` and
    /// `skos:hiddenLabel`; the label's own words included.
    pub words: Vec<String>,
    /// `skos:broader`.
    pub broader: Vec<String>,
}

/// Classes of words that stand for somebody without naming him.
const PRONOUNS: [&str; 9] = [
    "he",
    "she",
    "it",
    "they",
    "first-singular",
    "first-plural",
    "second",
    "relative",
    "demonstrative",
];

impl Ontology {
    /// The act `id`. O(log n).
    pub fn act(&self, id: &str) -> Option<&Act> {
        self.acts.binary_search_by(|a| a.id.as_str().cmp(id)).ok().map(|i| &self.acts[i])
    }

    /// The actor `id`. O(log n).
    pub fn actor(&self, id: &str) -> Option<&Actor> {
        self.actors.binary_search_by(|a| a.id.as_str().cmp(id)).ok().map(|i| &self.actors[i])
    }

    /// The issue `id`. O(log n).
    pub fn issue(&self, id: &str) -> Option<&Issue> {
        self.issues.binary_search_by(|a| a.id.as_str().cmp(id)).ok().map(|i| &self.issues[i])
    }

    /// Does `word` (lower-case) stand for somebody without naming him? O(log n).
    pub fn is_pronoun(&self, word: &str) -> bool {
        PRONOUNS.iter().any(|class| self.is(word, class))
    }

    /// Is `word` (lower-case) in the class? O(log n).
    pub fn is(&self, word: &str, class: &str) -> bool {
        self.word_classes
            .get(class)
            .is_some_and(|words| words.binary_search_by(|w| w.as_str().cmp(word)).is_ok())
    }
}
