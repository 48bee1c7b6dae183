use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::class::{ActStance, ActTrait, Family, Gender, WordClass};
use super::trigger::Trigger;

/// All terms that the program knows. Every list is sorted by id; every id is the
/// last part of the term's IRI.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Ontology {
    /// Kinds of act (`act:propose`).
    pub acts: Vec<Act>,
    /// Words that name acts, sorted by first word, then id.
    #[serde(with = "super::shared")]
    pub triggers: Vec<Trigger>,
    /// Known actors.
    pub actors: Vec<Actor>,
    /// Offices that an actor can hold in a state or organisation.
    pub offices: Vec<Office>,
    /// Words for groups that act for an actor ("troops" → forces).
    pub collectives: Vec<Collective>,
    /// What negotiations are about.
    pub issues: Vec<Issue>,
    /// Closed classes of words with one task in a sentence: their words, lower-case,
    /// sorted; a phrase keeps its spaces.
    pub word_classes: BTreeMap<WordClass, Vec<String>>,
    /// Classes whose words give a value, by family and value.
    pub value_classes: Vec<ValueClass>,
}

/// A kind of act, `dm:Act`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
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
    /// `dm:stance`: how the agent then stands to the matter, if to any side.
    pub stance: Option<ActStance>,
    /// Past tense for people to read, `dm:pastTense` ("called for").
    pub past: String,
    /// `dm:trait`: what sets it apart where texts are read, compared and asked about.
    pub traits: BTreeSet<ActTrait>,
    /// `dm:near`: acts that answer a question about it, less well; sorted.
    pub near: Vec<String>,
    /// `dm:opposite`: acts that exclude it; sorted.
    pub opposite: Vec<String>,
    /// `dm:deniedBy`: acts that deny it where they are told as not done; sorted.
    pub denied_by: Vec<String>,
}

impl Act {
    /// Has it the trait?
    pub fn is(&self, what: ActTrait) -> bool {
        self.traits.contains(&what)
    }
}

/// Words that give a value, a `dm:WordClass` with `dm:family` and `dm:value`: "thirty" the
/// number 30, "naval" the scope `maritime`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueClass {
    /// What is given.
    pub family: Family,
    /// The value; of a numeric family ([`Family::is_numeric`]) in digits.
    pub value: String,
    /// Its words, lower-case, sorted.
    pub words: Vec<String>,
}

impl ValueClass {
    /// Is `word` (lower-case) one of its words? O(log n).
    pub fn has(&self, word: &str) -> bool {
        holds(&self.words, word)
    }
}

/// Is the word in the sorted list?
fn holds(words: &[String], word: &str) -> bool {
    words.binary_search_by(|w| w.as_str().cmp(word)).is_ok()
}

/// What kind of thing an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
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

impl ActorKind {
    /// The local name of its class in the ontology: `Person`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::State => "State",
            Self::Organisation => "Organisation",
            Self::Institution => "Institution",
            Self::Forces => "Forces",
            Self::Group => "Group",
            Self::Place => "Place",
        }
    }
}

/// A known actor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Actor {
    /// Kebab-case of the preferred label.
    pub id: String,
    /// `skos:prefLabel`.
    pub label: String,
    /// Its class.
    pub kind: ActorKind,
    /// `skos:altLabel`, also spelling variants.
    pub names: Vec<String>,
    /// `dm:commonName`: those of its names that bodies of other states bear too.
    pub common_names: Vec<String>,
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
    /// `dm:gender`, for pronouns.
    pub gender: Option<Gender>,
    /// `dm:holds`.
    pub tenures: Vec<Tenure>,
    /// `skos:exactMatch` in Wikidata: "Q7747".
    pub wikidata: Option<String>,
    /// Does the label mean another actor, whose name it is in a later layer?
    pub yields_label: bool,
}

/// An office held, `dm:Tenure`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

impl Actor {
    /// The office that is held at the date; without a date the one held last.
    pub fn tenure(&self, date: Option<Date>) -> Option<&Tenure> {
        match date {
            Some(date) => self.tenures.iter().rev().find(|tenure| tenure.holds_at(date)),
            None => self.tenures.iter().max_by_key(|t| (t.until.unwrap_or(Date::MAX), t.from)),
        }
    }

    /// Id of whom it acts for: `dm:actsFor`, else where a person holds an office at the date,
    /// or held one last where there is no date.
    pub fn principal(&self, date: Option<Date>) -> Option<&str> {
        if self.acts_for.is_some() || self.kind != ActorKind::Person {
            return self.acts_for.as_deref();
        }
        self.tenure(date).map(|tenure| tenure.of.as_str())
    }

    /// Ids of all whom it acts for or has acted for, at whatever date.
    pub fn principals(&self) -> impl Iterator<Item = &str> {
        self.acts_for.as_deref().into_iter().chain(self.tenures.iter().map(|t| t.of.as_str()))
    }
}

/// An office, `dm:Office`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// `president`.
    pub id: String,
    /// `skos:prefLabel`.
    pub label: String,
    /// Other words for it: "leader", "head of state".
    pub names: Vec<String>,
}

/// A word for a group that acts for somebody, `dm:Collective`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

impl Collective {
    /// Is the lemma, as it is written, one of its nouns?
    pub fn calls(&self, lemma: &str) -> bool {
        self.label == lemma || self.names.iter().any(|name| name == lemma)
    }
}

/// What a negotiation can be about, `skos:Concept` of the scheme of issues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// Classes of the personal pronouns.
const PERSONAL_PRONOUNS: [WordClass; 7] = [
    WordClass::He,
    WordClass::She,
    WordClass::It,
    WordClass::They,
    WordClass::FirstSingular,
    WordClass::FirstPlural,
    WordClass::Second,
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

    /// The issue and those above it, each the first that the one before is a part of, the
    /// narrowest first; empty where there is no such issue. Ends where it would go in a circle.
    pub fn line_of_issue(&self, id: &str) -> Vec<&Issue> {
        let mut line: Vec<&Issue> = Vec::new();
        let mut at = self.issue(id);
        while let Some(issue) = at.filter(|issue| line.iter().all(|it| it.id != issue.id)) {
            line.push(issue);
            at = issue.broader.first().and_then(|id| self.issue(id));
        }
        line
    }

    /// Is the issue the same as `broad`, or narrower, by whichever way up?
    pub fn is_under(&self, issue: &str, broad: &str) -> bool {
        let (mut open, mut seen) = (vec![issue], BTreeSet::new());
        while let Some(at) = open.pop() {
            if at == broad {
                return true;
            }
            if seen.insert(at) {
                let broader = self.issue(at).into_iter().flat_map(|issue| &issue.broader);
                open.extend(broader.map(String::as_str));
            }
        }
        false
    }

    /// Does `word` (lower-case) stand for somebody without naming him? O(log n).
    pub fn is_pronoun(&self, word: &str) -> bool {
        self.is_personal_pronoun(word)
            || self.is(word, WordClass::Relative)
            || self.is(word, WordClass::Demonstrative)
    }

    /// Is `word` (lower-case) a personal pronoun or its possessive? O(log n).
    pub fn is_personal_pronoun(&self, word: &str) -> bool {
        PERSONAL_PRONOUNS.iter().any(|&class| self.is(word, class))
    }

    /// Is `word` (lower-case) in the class? O(log n).
    pub fn is(&self, word: &str, class: WordClass) -> bool {
        holds(self.words_of(class), word)
    }

    /// Has `word` an ending of the class?
    pub fn ends(&self, word: &str, class: WordClass) -> bool {
        self.words_of(class).iter().any(|ending| word.ends_with(ending.as_str()))
    }

    /// The words of the class, lower-case, sorted.
    pub fn words_of(&self, class: WordClass) -> &[String] {
        self.word_classes.get(&class).map_or(&[], Vec::as_slice)
    }

    /// Has the act of that id the trait?
    pub fn act_is(&self, act: &str, what: ActTrait) -> bool {
        self.act(act).is_some_and(|act| act.is(what))
    }

    /// The classes of a family, by value.
    pub fn classes_of(&self, family: Family) -> impl Iterator<Item = &ValueClass> {
        self.value_classes.iter().filter(move |class| class.family == family)
    }

    /// The number that `word` (lower-case) gives in a numeric family.
    pub fn number(&self, word: &str, family: Family) -> Option<u64> {
        self.classes_of(family).find(|class| class.has(word))?.value.parse().ok()
    }

    /// The words of all classes.
    pub fn class_words(&self) -> impl Iterator<Item = &str> {
        let of_words = self.value_classes.iter().filter(|it| it.family != Family::Sound);
        let values = of_words.map(|class| &class.words);
        self.word_classes.values().chain(values).flatten().map(String::as_str)
    }
}
