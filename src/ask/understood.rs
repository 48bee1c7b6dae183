//! How a question was understood, in the terms of the graph.

use serde::{Serialize, Serializer};

use crate::extract::{Asked, HOLE, Hole, Lexicon, Participant, Status, When};

use super::cast::Cast;
use super::form::Form;
use super::period::Period;
use super::words::words;
use crate::named::named;
use crate::ontology::{KeyAct, WordClass};

named! {
    /// What is done with a question.
    #[derive(Default)]
    pub enum Reading {
        /// Nothing: it was not read.
        #[default]
        Unread = "",
        /// Whose stance on a matter has turned.
        Change = "change",
        /// The shortest way between two actors.
        Connection = "connection",
        /// Which claims cannot both hold.
        Disputes = "disputes",
        /// Which documents tell of it.
        Documents = "documents",
        /// What somebody is bound to do.
        Duty = "duty",
        /// What happened.
        Events = "events",
        /// Who somebody is.
        Identity = "identity",
        /// Claims with its words.
        Keywords = "keywords",
        /// Claims that fit a claim with a hole.
        Match = "match",
        /// Which actors deal with each other most.
        Pairs = "pairs",
        /// How central each actor is.
        Prominence = "prominence",
        /// Who signed.
        Signature = "signature",
        /// Who is for or against a matter.
        Stances = "stances",
    }
}

fn name_of_hole<S: Serializer>(hole: &Option<Hole>, to: S) -> Result<S::Ok, S::Error> {
    hole.map(Hole::as_str).serialize(to)
}

/// What a question was taken to mean; part of the JSON of an answer, so that whoever
/// asks can see what was read and what was not.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Understood {
    /// What is done with it.
    pub reading: Reading,
    /// Ids of the acts that it asks about, best first.
    pub act: Vec<String>,
    /// The part asked for.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "name_of_hole")]
    pub hole: Option<Hole>,
    /// Ids of who does it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub agent: Vec<String>,
    /// Ids of towards whom.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub addressee: Vec<String>,
    /// The words of what it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matter: Option<String>,
    /// Ids of the matters of the graph that these words can mean.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub matters: Vec<String>,
    /// Issues of the matter.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<String>,
    /// Ids of whose words count.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<String>,
    /// Status asked for, where it is not `actual`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Dates or their ends.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub time: Vec<String>,
    /// Words that nothing is known of: neither the texts nor the program's own lists have
    /// them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<String>,
    /// The question with those words as they may have been meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub did_you_mean: Option<String>,
    /// Words of the matter that count, or those looked for where no act was read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// What a reader should know: what was taken for what, what was not understood.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// A claim with a hole in the terms of the graph.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pattern {
    /// Acts with how well each fits, best first.
    pub acts: Vec<(String, f64)>,
    /// Lemma of the trigger, to prefer claims in the same words.
    pub lemma: String,
    /// The part asked for.
    pub hole: Hole,
    /// Ids of the agents that are given.
    pub agents: Vec<String>,
    /// Ids of the addressees that are given.
    pub addressees: Vec<String>,
    /// Ids of the sources that are given.
    pub sources: Vec<String>,
    /// Lemmas of the matter.
    pub matter: Vec<String>,
    /// Those of them that are names.
    pub names: Vec<String>,
    /// Ids of actors that the matter names.
    pub matter_actors: Vec<String>,
    /// Issues of the matter.
    pub issues: Vec<String>,
    /// Lemmas of what else the clause says.
    pub context: Vec<String>,
    /// Status asked for.
    pub status: Status,
    /// Dates asked for.
    pub dates: Vec<When>,
    /// The stretch of time asked for.
    pub period: Option<Period>,
    /// The trigger as it is written.
    pub form: String,
    /// Is it asked what was done, so that what may or will be done is no answer?
    pub past: bool,
    /// Is any act of the agents an answer ("What does Iran say?")?
    pub any_act: bool,
}

/// How well an act answers for one that the ontology calls near.
pub(super) const NEAR: f64 = 0.6;
/// How well another reading of the same trigger answers.
const OTHER_READING: f64 = 0.8;

impl Pattern {
    /// From a claim with a hole.
    pub(super) fn new(form: &Form, asked: &Asked, lexicon: &Lexicon<'_>, cast: &Cast<'_>) -> Self {
        let question = &form.question;
        let ids = |role: &[Participant]| -> Vec<String> {
            let mut ids: Vec<String> = Vec::new();
            for participant in role.iter().filter(|p| p.id.as_deref() != Some(HOLE)) {
                let id = cast.id(participant);
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
            ids
        };
        let claim = &asked.claim;
        let (mut agents, mut addressees) = (ids(&claim.agent), ids(&claim.addressee));
        // somebody who is named by no name that is known is named all the same
        let mut matter = with_numbers(asked);
        let passive = form.is_passive(&asked.lemma);
        let given = passive && question.hole == Some(Hole::Matter);
        let subject =
            form.subject(|lemma| lemma == asked.lemma, lexicon).filter(|_| given || !passive);
        if let Some(subject) = subject.filter(|_| agents.is_empty()) {
            let own: Vec<String> = subject.iter().map(|&w| form.words[w].lemma.clone()).collect();
            let is_matter =
                subject.iter().all(|&w| !lexicon.is(&form.lemma(w), WordClass::ProposalNoun));
            if is_matter && asked.hole() != Some(Hole::Agent) {
                matter.retain(|lemma| !own.contains(lemma));
                agents.push(cast.described(&form.text(&subject)));
            }
        }
        // "What was the union offered?"
        if given {
            addressees.append(&mut agents);
        }
        let hole = match question.hole.or(asked.hole()).unwrap_or(Hole::Matter) {
            // "whom" that the tree gives no role
            Hole::Agent if !agents.is_empty() && !asked.has_hole() => Hole::Addressee,
            hole => hole,
        };
        let mut sources = ids(&claim.source);
        for id in ids(&question.source) {
            if !sources.contains(&id) {
                sources.push(id);
            }
        }
        sources.retain(|s| !agents.contains(s));
        let speaks = hole == Hole::Matter && !agents.is_empty()
            || hole == Hole::Agent && claim.act == KeyAct::State;
        let any_act = speaks && lexicon.is(&asked.lemma, WordClass::AsksSaying);
        let mut matter_actors = ids(&asked.matter_actors);
        matter_actors.retain(|a| !agents.contains(a) && !addressees.contains(a));
        let mut acts = vec![(claim.act.clone(), 1.0)];
        let mut add = |act: &str, weight: f64| {
            if acts.iter().all(|(known, _)| known != act) {
                acts.push((act.to_owned(), weight));
            }
        };
        asked.acts.iter().for_each(|act| add(act, OTHER_READING));
        if claim.status != Status::Negated {
            near(lexicon, &claim.act).iter().for_each(|act| add(act, NEAR));
        }
        Self {
            acts,
            lemma: asked.lemma.clone(),
            hole,
            agents,
            addressees,
            sources,
            matter,
            names: asked.names.clone(),
            matter_actors,
            issues: claim.matter.as_ref().map(|m| m.issues.clone()).unwrap_or_default(),
            context: asked.context.clone(),
            status: claim.status,
            dates: question.dates.clone(),
            period: form.period.clone(),
            form: form.written(&asked.lemma),
            past: form.is_past(lexicon),
            any_act,
        }
    }

    /// Can a claim of such a status answer? What is only possible does not tell what was
    /// done, and what was not done tells nothing of who did it.
    pub(super) fn admits(&self, found: Status) -> bool {
        match (self.status, found) {
            (Status::Negated, found) => found == Status::Negated,
            (_, Status::Negated) => false,
            (Status::Actual, Status::Unrealised) => !self.past,
            _ => true,
        }
    }

    /// In the words of the JSON.
    pub(super) fn understood(&self, matter: Option<String>) -> Understood {
        let status = (self.status != Status::Actual).then_some(self.status);
        Understood {
            reading: Reading::Match,
            act: self
                .acts
                .iter()
                .filter(|(_, weight)| *weight > NEAR)
                .map(|(act, _)| act.clone())
                .collect(),
            hole: Some(self.hole),
            agent: self.agents.clone(),
            addressee: self.addressees.clone(),
            matter,
            issues: self.issues.clone(),
            source: self.sources.clone(),
            status,
            time: self
                .dates
                .iter()
                .map(When::to_string)
                .chain(self.period.iter().flat_map(Period::dates))
                .collect(),
            ..Understood::default()
        }
    }
}

/// Lemmas of the matter, with the parts of its numbers: "13.5" is no word, but a number that an answer
/// must have.
fn with_numbers(asked: &Asked) -> Vec<String> {
    let mut matter = asked.matter.clone();
    let said = asked.claim.matter.as_ref().map_or("", |matter| &matter.text).split_whitespace();
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    for part in said.filter(|word| is_number(word)).flat_map(words) {
        if is_number(&part) && !matter.contains(&part) {
            matter.push(part);
        }
    }
    matter
}

/// Acts that answer for `act`, less well, after the ontology.
pub(super) fn near<'o>(lexicon: &Lexicon<'o>, act: &str) -> &'o [String] {
    lexicon.ontology.act(act).map_or(&[], |act| &act.near)
}

/// Acts that exclude `act`, after the ontology.
pub(super) fn opposite<'o>(lexicon: &Lexicon<'o>, act: &str) -> &'o [String] {
    lexicon.ontology.act(act).map_or(&[], |act| &act.opposite)
}

/// Acts whose negation denies the first of `acts`, after the ontology.
pub(super) fn denied(lexicon: &Lexicon<'_>, acts: &[(String, f64)]) -> Vec<(String, f64)> {
    let Some((act, _)) = acts.first() else { return Vec::new() };
    let act = lexicon.ontology.act(act);
    act.into_iter().flat_map(|act| &act.denied_by).map(|act| (act.clone(), 1.0)).collect()
}
