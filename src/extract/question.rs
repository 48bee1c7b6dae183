//! A question read as a claim with a hole.
//!
//! There is no grammar of questions: the constructions that read the sentences of a
//! text read the question too, with its interrogative word as a nameless actor
//! ([`HOLE`]) or as the matter. What is added here is only where the hole is.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::claim::{Claim, Participant, Status};
use super::construction::Construction;
use super::evoked::Evoked;
use super::lexicon::Lexicon;
use super::name::Known;
use super::reading::{Candidate, Reading};
use super::slots::Slots;
use super::speech::Speech;
use super::tree::Tree;
use super::when::When;
use super::who::{Referent, Who};
use super::{active, adjective, matter, noun, passive, read_word, time};
use crate::annotate::{Annotation, Deprel, Upos};
use crate::corpus::Document;
use crate::ontology::{ActorKind, TriggerKind, WordClass};

/// Id of the participant that is asked for.
pub const HOLE: &str = "?";

/// The part that a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Hole {
    /// Who does it.
    Agent,
    /// Towards whom.
    Addressee,
    /// What it is about.
    Matter,
    /// Who says so.
    Source,
    /// When.
    Time,
    /// Where.
    Place,
    /// How many, how much.
    Quantity,
    /// For how long.
    Duration,
    /// Why.
    Reason,
    /// How, without a measure.
    Manner,
    /// Nothing: is it so?
    Status,
}

impl Hole {
    /// Its name in the JSON of answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Addressee => "addressee",
            Self::Matter => "matter",
            Self::Source => "source",
            Self::Time => "time",
            Self::Place => "place",
            Self::Quantity => "quantity",
            Self::Duration => "duration",
            Self::Reason => "reason",
            Self::Manner => "manner",
            Self::Status => "status",
        }
    }
}

/// A question as it was read.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Question {
    /// The claims with a hole that it makes, the main one first; empty when no word
    /// of it names an act.
    pub asked: Vec<Asked>,
    /// What it asks for; `None` for mere keywords.
    pub hole: Option<Hole>,
    /// What is counted ("prisoner"), where it asks how many.
    pub counted: Option<String>,
    /// Lemma of the noun after "which" or "what" ("country").
    pub kind: Option<String>,
    /// Lemmas of its content words, in order.
    pub content: Vec<String>,
    /// All its lemmas, in order.
    pub lemmas: Vec<String>,
    /// Lemma of its main word.
    pub root: Option<String>,
    /// The actors that it names, in order.
    pub actors: Vec<Participant>,
    /// Whose words it asks about ("according to …").
    pub source: Vec<Participant>,
    /// Ids of the issues that it names.
    pub issues: Vec<String>,
    /// Dates in it, ISO 8601; without a year `--03-11`.
    pub dates: Vec<When>,
}

/// A claim with a hole.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The claim; the participant asked for has the id [`HOLE`].
    pub claim: Claim,
    /// Ids of other acts that its trigger can name, best first.
    pub acts: Vec<String>,
    /// Lemma of the trigger's head.
    pub lemma: String,
    /// Lemmas of its content words outside act, agent and source, without names of
    /// actors.
    pub matter: Vec<String>,
    /// Those of them that are names.
    pub names: Vec<String>,
    /// Actors named there that are no addressees.
    pub matter_actors: Vec<Participant>,
    /// Does the interrogative stand in the matter?
    pub matter_asked: bool,
    /// Lemmas of its setting: where and when.
    pub context: Vec<String>,
}

/// Reads an annotated question. A pure function of the question and the lexicon.
pub fn read_question(
    document: &Document,
    annotation: &Annotation,
    lexicon: &Lexicon<'_>,
) -> Question {
    // A question mark makes every act unrealised; whether one is asked for as done
    // shows in the other words.
    let mut plain = annotation.clone();
    for word in &mut plain.words {
        if word.form.contains('?') {
            word.form = ".".to_owned();
        }
    }
    set_counted_apart(&mut plain, lexicon);
    let tree = Tree::new(&plain, lexicon);
    let speech = Speech::new(&tree, lexicon, &document.text);
    let mut who = Who::new(&tree, lexicon, document, &speech);
    let holes = Holes::find(&tree, lexicon);
    if let Some(counted) = holes.counted {
        who.meant[counted].clear();
    }
    for &word in &holes.actors {
        let actor =
            Known { id: HOLE.into(), label: HOLE.into(), kind: ActorKind::Person, gender: None };
        let text = tree.word(word).form.clone();
        who.meant[word] = vec![Referent { actor: Some(actor), text, plural: false }];
    }
    let reading = Reading {
        document,
        tree: &tree,
        lexicon,
        who,
        speech: &speech,
        talks: RefCell::new(Vec::new()),
        dealings: RefCell::new(Vec::new()),
    };
    let mut asked: Vec<(usize, Asked)> = (0..tree.len())
        .filter(|word| !holes.words.contains(word))
        .filter_map(|word| {
            let candidate =
                read_word(&reading, word).or_else(|| read_incomplete(&reading, word))?;
            let depth = tree.ancestors(word).count();
            Some((depth, ask(&reading, &holes, candidate)?))
        })
        .collect();
    // the one with the hole, then the one highest in the tree
    asked.sort_by_key(|(depth, a)| (!a.has_hole(), *depth, a.claim.trigger_start));
    let asked: Vec<Asked> = asked.into_iter().map(|(_, asked)| asked).collect();
    let root = (0..tree.len()).find(|&w| tree.head(w).is_none());
    let hole =
        holes.kind.or_else(|| asked.first().and_then(Asked::hole)).or_else(|| holes.untold(&tree));
    let source = according_to(&reading, root);
    let all: BTreeSet<usize> = (0..tree.len()).collect();
    Question {
        hole,
        counted: holes.counted.map(|w| tree.lemma(w).to_owned()),
        kind: holes.noun.map(|w| tree.lemma(w).to_owned()),
        content: (0..tree.len())
            .filter(|&w| is_content(&reading, w) && !holes.words.contains(&w))
            .map(|w| tree.lemma(w).to_owned())
            .collect(),
        lemmas: (0..tree.len()).map(|w| tree.lemma(w).to_owned()).collect(),
        root: root.map(|w| tree.lemma(w).to_owned()),
        actors: named(&reading, &all),
        source: source.iter().map(Referent::participant).collect(),
        issues: matter::issues(&tree, lexicon, &all),
        dates: dates(&reading),
        asked,
    }
}

/// Whom the question names as the one to be believed: "according to the Kremlin".
fn according_to(reading: &Reading<'_>, root: Option<usize>) -> Vec<Referent> {
    let tree = reading.tree;
    root.into_iter()
        .chain(0..tree.len())
        .flat_map(|w| reading.speech.of(w).first().map(|s| (s.source, s.cue)))
        .find(|&(_, cue)| reading.lexicon.is(tree.lemma(cue), WordClass::AccordingTo))
        .map(|(source, _)| reading.referents(&[source]))
        .unwrap_or_default()
}

impl Asked {
    /// Does the hole stand in one of its roles?
    pub fn has_hole(&self) -> bool {
        self.hole().is_some()
    }

    /// The role that the hole has in it.
    pub fn hole(&self) -> Option<Hole> {
        let in_role = |role: &[Participant]| role.iter().any(|p| p.id.as_deref() == Some(HOLE));
        if in_role(&self.claim.agent) {
            Some(Hole::Agent)
        } else if in_role(&self.claim.addressee) {
            Some(Hole::Addressee)
        } else if in_role(&self.claim.source) {
            Some(Hole::Source)
        } else {
            self.matter_asked.then_some(Hole::Matter)
        }
    }
}

/// The interrogative words of a question.
struct Holes {
    /// Words of the interrogative phrase.
    words: BTreeSet<usize>,
    /// Those that stand for an actor.
    actors: Vec<usize>,
    /// Those that stand for a thing.
    things: Vec<usize>,
    /// Hole of an adverb; the others show by their role.
    kind: Option<Hole>,
    /// What is counted.
    counted: Option<usize>,
    /// The noun after "which".
    noun: Option<usize>,
}

impl Holes {
    /// What is asked for where neither its word nor a claim tells.
    fn untold(&self, tree: &Tree<'_>) -> Option<Hole> {
        if !self.actors.is_empty() {
            Some(Hole::Agent)
        } else if !self.words.is_empty() {
            Some(Hole::Matter)
        } else {
            begins_with_auxiliary(tree).then_some(Hole::Status)
        }
    }

    fn find(tree: &Tree<'_>, lexicon: &Lexicon<'_>) -> Self {
        let mut holes = Self {
            words: BTreeSet::new(),
            actors: Vec::new(),
            things: Vec::new(),
            kind: None,
            counted: None,
            noun: None,
        };
        for word in 0..tree.len() {
            let is = |class| lexicon.is(tree.lemma(word), class);
            // "the ceasefire that Ukraine accepted", "when the war ends" ask for nothing
            if word > 0 && holes.words.is_empty() && in_clause_of_its_own(tree, word) {
                continue;
            }
            if !holes.words.is_empty() {
                break;
            }
            if is(WordClass::AsksActor) {
                holes.words.insert(word);
                holes.actors.push(word);
            } else if is(WordClass::AsksThing) {
                holes.words.insert(word);
                holes.thing(tree, lexicon, word);
            } else if is(WordClass::AsksTime) {
                holes.words.insert(word);
                holes.kind = Some(Hole::Time);
            } else if is(WordClass::AsksPlace) {
                holes.words.insert(word);
                holes.kind = Some(Hole::Place);
            } else if is(WordClass::AsksReason) {
                holes.words.insert(word);
                holes.kind = Some(Hole::Reason);
            } else if is(WordClass::AsksMeasure) {
                holes.words.insert(word);
                holes.measure(tree, lexicon, word);
            }
        }
        holes
    }

    /// "what", "which country", "on what day".
    fn thing(&mut self, tree: &Tree<'_>, lexicon: &Lexicon<'_>, word: usize) {
        let noun = tree.head(word).filter(|&h| {
            h > word
                && tree.is(word, Deprel::Det)
                && matches!(tree.upos(h), Upos::Noun | Upos::Propn)
        });
        let Some(noun) = noun else {
            self.things.push(word);
            return;
        };
        self.noun = Some(noun);
        let is = |class| lexicon.is(tree.lemma(noun), class);
        if is(WordClass::ActorNoun) || is(WordClass::PersonNoun) || is(WordClass::GroupNoun) {
            self.words.insert(noun);
            self.actors.push(noun);
        } else if is(WordClass::TimeNoun) {
            self.words.insert(noun);
            self.kind = Some(Hole::Time);
        } else if is(WordClass::PlaceNoun) {
            self.words.insert(noun);
            self.kind = Some(Hole::Place);
        } else {
            self.things.push(noun);
        }
    }

    /// "how many prisoners", "how long", "how".
    fn measure(&mut self, tree: &Tree<'_>, lexicon: &Lexicon<'_>, word: usize) {
        let Some(degree) = (word + 1 < tree.len()).then_some(word + 1) else { return };
        if lexicon.is(tree.lemma(degree), WordClass::MeasureQuantity) {
            self.words.insert(degree);
            self.kind = Some(Hole::Quantity);
            self.counted = tree
                .head(degree)
                .filter(|&h| h > degree && matches!(tree.upos(h), Upos::Noun | Upos::Propn));
        } else if lexicon.is(tree.lemma(degree), WordClass::MeasureDuration) {
            self.words.insert(degree);
            self.kind = Some(Hole::Duration);
        } else {
            self.kind = Some(Hole::Manner);
        }
    }
}

/// "How many prisoners did Iran release?": of two subjects the first is the object.
fn set_counted_apart(annotation: &mut Annotation, lexicon: &Lexicon<'_>) {
    let words = &annotation.words;
    let subject = |w: usize| words[w].deprel == Deprel::Nsubj;
    let counted = (0..words.len()).find(|&w| {
        let measured = |c: usize| {
            words[c].head == Some(w)
                && lexicon.is(&words[c].lemma.to_lowercase(), WordClass::MeasureQuantity)
        };
        subject(w) && (0..w).any(measured)
    });
    if let Some(counted) = counted
        && (counted + 1..words.len()).any(|w| subject(w) && words[w].head == words[counted].head)
    {
        annotation.words[counted].deprel = Deprel::Obj;
    }
}

/// Is the word in a relative or adverbial clause after the first words?
fn in_clause_of_its_own(tree: &Tree<'_>, word: usize) -> bool {
    std::iter::once(word).chain(tree.ancestors(word)).any(|w| {
        tree.deprel(w) == Deprel::AclRelcl || tree.is(w, Deprel::Advcl) && w > word && word > 2
    })
}

fn begins_with_auxiliary(tree: &Tree<'_>) -> bool {
    (0..tree.len()).find(|&w| tree.upos(w) != Upos::Punct).is_some_and(|w| {
        tree.upos(w) == Upos::Aux
            || tree.upos(w) == Upos::Verb && tree.in_class(w, WordClass::Copula)
    })
}

/// What a trigger's frame finds when the question leaves out what the trigger needs
/// in a sentence ("What did Iran agree to?").
fn read_incomplete(reading: &Reading<'_>, word: usize) -> Option<Candidate> {
    entries(reading, word).iter().find_map(|evoked| {
        active::read(reading, evoked)
            .or_else(|| passive::read(reading, evoked))
            .or_else(|| noun::read(reading, evoked))
            .or_else(|| adjective::read(reading, evoked))
            .or_else(|| bare(reading, evoked))
    })
}

/// A noun or passive of which nothing is said: "What are Iran's conditions?" has its
/// matter in the hole.
fn bare(reading: &Reading<'_>, evoked: &Evoked<'_>) -> Option<Candidate> {
    let frame = &evoked.trigger.frame;
    let (agent, agent_words) = reading.actors_at(evoked.head, &frame.agent);
    if agent.is_empty() && reading.tree.head(evoked.head).is_some() {
        return None; // but for the main verb: "What did the drones strike?"
    }
    Some(Candidate {
        trigger: evoked.words.clone(),
        agent,
        agent_words,
        status: Some(Status::Actual),
        ..Candidate::new(None::<Construction>, evoked.trigger.act.clone(), evoked.head)
    })
}

/// All entries whose words stand in the question, whatever they need beside; those
/// with more words first, then the weightier.
fn entries<'o>(reading: &Reading<'o>, word: usize) -> Vec<Evoked<'o>> {
    let tree = reading.tree;
    let lemma = tree.lemma(word);
    let kind = match tree.upos(word) {
        Upos::Verb => TriggerKind::Verb,
        Upos::Noun | Upos::Propn => TriggerKind::Noun,
        Upos::Adj => TriggerKind::Adjective,
        _ => return Vec::new(),
    };
    let mut found: Vec<Evoked<'o>> = reading
        .lexicon
        .ontology
        .triggers
        .iter()
        .filter(|t| t.kind == kind)
        .filter_map(|trigger| {
            let head = if kind == TriggerKind::Noun {
                trigger.words.last()
            } else {
                trigger.words.first()
            };
            if head.is_none_or(|h| h != lemma) {
                return None;
            }
            let mut words = Vec::new();
            for part in &trigger.words {
                words.push((0..tree.len()).find(|&w| {
                    tree.lemma(w) == part || tree.word(w).form.eq_ignore_ascii_case(part)
                })?);
            }
            words.sort_unstable();
            Some(Evoked { trigger, head: word, score: trigger.weight, words, object: Vec::new() })
        })
        .collect();
    found.sort_by(|a, b| {
        b.words
            .len()
            .cmp(&a.words.len())
            .then(b.score.total_cmp(&a.score))
            .then_with(|| a.trigger.id.cmp(&b.trigger.id))
    });
    found
}

/// The claim with a hole that a candidate makes.
fn ask(reading: &Reading<'_>, holes: &Holes, candidate: Candidate) -> Option<Asked> {
    let tree = reading.tree;
    let claim = reading.claim(&candidate)?;
    let slots = Slots { tree, ontology: reading.lexicon.ontology };
    let mut acts = Vec::new();
    let mut others = reading.lexicon.evoked(&slots, candidate.head);
    if others.is_empty() {
        others = entries(reading, candidate.head);
    }
    for evoked in &others {
        if evoked.trigger.act != candidate.act && !acts.contains(&evoked.trigger.act) {
            acts.push(evoked.trigger.act.clone());
        }
    }
    let mut frame: BTreeSet<usize> = BTreeSet::new();
    for &head in &candidate.matter {
        frame.extend(matter::phrase(tree, head, &candidate.trigger));
    }
    // an interrogative that hangs on the act and has no other role is its matter
    let free = |&w: &usize| {
        tree.head(w) == Some(candidate.head)
            || tree.head(w).is_none()
            || tree.head(candidate.head) == Some(w)
            || candidate.matter.contains(&w)
            || frame.contains(&w)
    };
    let subject = |&w: &usize| tree.is(w, Deprel::Nsubj) && tree.head(w) == Some(candidate.head);
    let matter_asked = holes.things.iter().any(|w| free(w) && !subject(w));
    // whatever else the question says must be met too, whether or not the trigger has
    // a place for it; where and when it was said to be is less sure to be repeated
    let rest = beside(reading, holes, &candidate);
    let setting: BTreeSet<usize> = tree
        .children_by(candidate.head, Deprel::Obl)
        .filter(|w| !frame.contains(w))
        .filter(|&w| {
            let marks = tree.case_marks(w);
            marks.iter().any(|m| reading.lexicon.is(m, WordClass::SettingPreposition))
        })
        .chain((0..tree.len()).filter(|&w| {
            // "the ceasefire that Ukraine accepted"
            tree.deprel(w) == Deprel::AclRelcl && !tree.dominates(w, candidate.head)
        }))
        .flat_map(|w| tree.subtree(w))
        .collect();
    let (setting, rest): (BTreeSet<usize>, BTreeSet<usize>) =
        rest.into_iter().partition(|w| setting.contains(w));
    let content = |words: &BTreeSet<usize>, only: &dyn Fn(usize) -> bool| -> Vec<String> {
        words
            .iter()
            .filter(|&&w| is_content(reading, w) && !is_named_actor(reading, w) && only(w))
            .map(|&w| tree.lemma(w).to_owned())
            .collect()
    };
    let mut matter_actors = named(reading, &rest);
    matter_actors.retain(|a| claim.addressee.iter().all(|b| a.id != b.id));
    Some(Asked {
        acts,
        lemma: tree.lemma(candidate.head).to_owned(),
        matter: content(&rest, &|_| true),
        names: content(&rest, &|w| tree.upos(w) == Upos::Propn),
        matter_actors,
        matter_asked,
        context: content(&setting, &|_| true),
        claim,
    })
}

/// The words of a question outside its hole and the act, agent and source of a candidate.
fn beside(reading: &Reading<'_>, holes: &Holes, candidate: &Candidate) -> BTreeSet<usize> {
    let tree = reading.tree;
    let mut rest: BTreeSet<usize> = (0..tree.len()).collect();
    let mut drop = |words: &BTreeSet<usize>| rest.retain(|w| !words.contains(w));
    drop(&holes.words.iter().copied().filter(|w| Some(*w) != holes.counted).collect());
    for &agent in &candidate.agent_words {
        drop(&tree.subtree(agent));
    }
    for speaker in reading.speech.of(candidate.head) {
        drop(&tree.subtree(speaker.source));
        drop(&BTreeSet::from([speaker.cue]));
    }
    let of_act = candidate.trigger.iter().copied();
    drop(&of_act.filter(|&w| names_act(tree, candidate.head, w)).collect());
    rest
}

/// Does the word belong to the name of the act, not to what the act is about? A
/// trigger may hold its object ("released the hostages").
fn names_act(tree: &Tree<'_>, head: usize, word: usize) -> bool {
    let about = [Deprel::Obj, Deprel::Obl, Deprel::Nmod, Deprel::Nsubj]
        .iter()
        .any(|&rel| tree.is(word, rel));
    word == head
        || word.abs_diff(head) <= 6 && !about && {
            let above = tree.head(word);
            above == Some(head) || above.is_none() || tree.head(head) == Some(word)
        }
}

fn is_content(reading: &Reading<'_>, word: usize) -> bool {
    let tree = reading.tree;
    matches!(
        tree.upos(word),
        Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Num | Upos::X
    ) && !reading.lexicon.is(tree.lemma(word), WordClass::QuestionFiller)
        && !tree.is(word, Deprel::Case)
        && !tree.is(word, Deprel::Mark)
}

/// Is the word part of the name of an actor? A place that is no actor is content.
fn is_named_actor(reading: &Reading<'_>, word: usize) -> bool {
    reading.who.name(word).is_some_and(|name| name.actor.kind != ActorKind::Place)
}

/// The actors that some words name, without repeats.
fn named(reading: &Reading<'_>, words: &BTreeSet<usize>) -> Vec<Participant> {
    let mut found: Vec<Participant> = Vec::new();
    for &word in words {
        for referent in reading.who.one(word) {
            let participant = referent.participant();
            let id = participant.id.as_deref().unwrap_or(HOLE);
            let again = found.iter().any(|f| f.id.as_deref() == Some(id));
            // people only described ("the hostages") are words like others
            let known =
                reading.who.name(word).is_some() || reading.lexicon.ontology.actor(id).is_some();
            if known && !again && id != HOLE {
                found.push(participant);
            }
        }
    }
    found
}

/// The dates of a question, in order.
fn dates(reading: &Reading<'_>) -> Vec<When> {
    let mut found: Vec<When> = Vec::new();
    for word in 0..reading.tree.len() {
        if let Some(date) = time::find(reading, &[word], false)
            && !found.contains(&date)
        {
            found.push(date);
        }
    }
    found
}
