//! Asking: a question is a claim with a hole, and answering is matching it against
//! the claims of a graph.
//!
//! [`answer`] reads the question with the constructions that read the texts
//! ([`read_question`]), lays the claim with its hole beside every claim of an act
//! that can answer, and groups those that fit by what fills the hole. Questions
//! about the whole graph (who is connected, central, at odds) are computed from it.
//! Where no claim fits well enough there is no answer, only the nearest sentences, which
//! are called no more than that.
//!
//! | file | what it does |
//! | --- | --- |
//! | `understood`, `cast`, `words` | the question in terms of the graph: acts, actors, words |
//! | `matched` | a claim with a hole: `matching` and `wanted` weigh, `filling` groups what fits |
//! | `yes_or_no`, `measures`, `sentence` | holes that are no part of a claim |
//! | `keywords`, `telling` | where no act is understood, or no claim tells it |
//! | `reached` | which texts are read through |
//! | `term`, `told`, `terms`, `wording`, `acting`, `suiting`, `plain`, `signs`, `passages` | the sentences of the texts, by how much of the question they have and how likely they answer it |
//! | `taking`, `contrast` | what answers it in those that have nearly all, and what they say side by side |
//! | `form`, `period` | what the form of a question shows beside |
//! | `computed` | questions to the whole graph: `network`, `at_odds`, `positions`, `happened`, `identity`, `duty`, `documents`, `signing` |
//! | `nearest`, `spelling` | what is said where there is no answer |
//! | `follow`, `parts` | what a question means after another, and two in one |
//! | `need`, `partial` | how little of a folder must be read |
//! | `answer`, `sparql`, `search` | what comes out |

mod acting;
mod answer;
mod at_odds;
mod cast;
mod computed;
mod contrast;
mod documents;
mod duty;
mod filling;
mod follow;
mod form;
mod happened;
mod identity;
mod keywords;
mod matched;
mod matcher;
mod matching;
mod measures;
mod nearest;
mod need;
mod network;
mod partial;
mod parts;
mod passages;
mod period;
mod plain;
mod positions;
mod reached;
#[cfg(feature = "rdf")]
mod search;
mod sentence;
mod signing;
mod signs;
#[cfg(feature = "rdf")]
mod sparql;
mod spelling;
mod suiting;
mod taking;
mod telling;
mod term;
mod terms;
mod told;
mod understood;
mod wanted;
mod weights;
mod wording;
mod words;
mod yes_or_no;

pub use answer::{Answer, Disagreement, Evidence, Found, Kind, Nearest, Position};
pub use follow::Conversation;
pub use partial::Library;
pub use passages::Candidate;
#[cfg(feature = "rdf")]
pub use search::search;
#[cfg(feature = "rdf")]
pub use sparql::sparql;
pub use understood::{Reading, Understood};

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeSet;

use crate::annotate::{Annotator, Kinship};
use crate::corpus::Document;
use crate::extract::{Lexicon, Question, read_question};
use crate::graph::Graph;
use crate::graph::folder::Selection;

use cast::Cast;
use form::Form;
use matcher::Matcher;
use need::{Held, Need};
use period::Period;
use term::{Acts, Term};
use told::{Forms, Passage, Told};

/// Answers a question from a graph, best answer first; no answer where the claims
/// do not say. [`Library`] gives the same answer from a graph folder, of which it reads
/// only what the answer needs.
///
/// # Complexity
/// Time O(claims × words of a claim) at worst, for questions without an act;
/// otherwise the claims of the acts that can answer are looked at once.
pub fn answer(
    graph: &Graph,
    lexicon: &Lexicon<'_>,
    annotator: &Annotator,
    question: &str,
) -> Answer {
    let form = read(question, annotator, lexicon);
    // A graph that is whole lacks nothing.
    attempt(graph, &Held::whole(), lexicon, annotator, question, &form)
        .unwrap_or_else(|_| Answer::nothing(question))
}

/// Answers a question from what of a graph is held, or says what else is needed; each of its
/// parts, where it asks for more than one thing.
fn attempt(
    graph: &Graph,
    held: &Held,
    lexicon: &Lexicon<'_>,
    annotator: &Annotator,
    question: &str,
    form: &Form,
) -> Result<Answer, Need> {
    let Some(parts) = parts::parts(question, lexicon) else {
        return attempt_one(graph, held, lexicon, annotator, question, form);
    };
    let mut conversation = Conversation::default();
    let mut whole: Option<Answer> = None;
    for part in parts {
        let part = conversation.whole(&part, annotator, lexicon);
        let form = read(&part, annotator, lexicon);
        let answer = attempt_one(graph, held, lexicon, annotator, &part, &form)?;
        // what follows speaks of what answers the first
        if whole.is_none() && answer.is_empty() {
            break;
        }
        conversation.heard(annotator, lexicon, &answer);
        match &mut whole {
            Some(whole) => whole.add(answer),
            None => whole = Some(answer),
        }
    }
    match whole {
        Some(mut answer) if !answer.is_empty() => {
            answer.question = question.to_owned();
            Ok(answer)
        }
        _ => attempt_one(graph, held, lexicon, annotator, question, form),
    }
}

/// Answers what asks for one thing.
fn attempt_one(
    graph: &Graph,
    held: &Held,
    lexicon: &Lexicon<'_>,
    annotator: &Annotator,
    question: &str,
    form: &Form,
) -> Result<Answer, Need> {
    if let Some(written) = spelling::in_capitals(graph, annotator, question) {
        let is_corrected = form.is_corrected;
        let form = Form { is_corrected, ..read(&written, annotator, lexicon) };
        let mut answer = attempt_one(graph, held, lexicon, annotator, &written, &form)?;
        answer.question = question.to_owned();
        return Ok(answer);
    }
    let cast = Cast::new(graph, lexicon.ontology);
    let matcher = Matcher::new(graph, held, lexicon, &cast);
    let asking = Asking::new(graph, held, lexicon, annotator, &cast, &matcher, form);
    let (mut understood, mut answers, extra) = match computed::answer(&asking)? {
        Some(outcome) => outcome,
        None => asking.by_matching()?,
    };
    if asking.is_outdone(&understood, &answers)? {
        answers.clear();
    }
    // what cannot be computed may be told all the same
    if answers.is_empty() && understood.reading != Reading::Documents {
        answers = asking.out_of_sentences()?;
        if !answers.is_empty() {
            understood.notes = vec![matched::TOLD.into()];
        }
    }
    let mut disputes = asking.disputes(&answers)?;
    for dispute in extra {
        if !disputes.contains(&dispute) {
            disputes.push(dispute);
        }
    }
    let mut near = Vec::new();
    if answers.is_empty() {
        near = asking.nearest()?;
        let (unknown, did_you_mean) = asking.misspelled(question);
        if let Some(meant) = did_you_mean.as_deref().filter(|_| !form.is_corrected) {
            let form = Form { is_corrected: true, ..read(meant, annotator, lexicon) };
            let mut answer = attempt_one(graph, held, lexicon, annotator, meant, &form)?;
            if !answer.answers.is_empty() {
                answer.question = question.to_owned();
                answer.understood.notes.insert(0, format!("taken for “{meant}”"));
                return Ok(answer);
            }
        }
        understood.unknown = unknown;
        understood.did_you_mean = did_you_mean;
    }
    Ok(Answer { question: question.to_owned(), understood, answers, disputes, nearest: near })
}

/// The sentences of a graph's texts that may answer a question, those with most of its words
/// first, with the signs by which they are weighed: what the weights are fitted to.
pub fn candidates(
    graph: &Graph,
    lexicon: &Lexicon<'_>,
    annotator: &Annotator,
    question: &str,
) -> Vec<Candidate> {
    let written = spelling::in_capitals(graph, annotator, question);
    let form = read(written.as_deref().unwrap_or(question), annotator, lexicon);
    let (cast, held) = (Cast::new(graph, lexicon.ontology), Held::whole());
    let matcher = Matcher::new(graph, &held, lexicon, &cast);
    let asking = Asking::new(graph, &held, lexicon, annotator, &cast, &matcher, &form);
    asking.candidates().unwrap_or_default()
}

/// Annotates and reads a question.
fn read(question: &str, annotator: &Annotator, lexicon: &Lexicon<'_>) -> Form {
    let numbered = |name: &str| {
        let named = |actor: &&crate::ontology::Actor| actor.names.iter().any(|n| n == name);
        lexicon.ontology.actors.iter().find(named).map(|actor| actor.label.clone())
    };
    let question = spelling::without_slips(question, lexicon, annotator);
    let (period, text) = Period::take(&form::plain(&question, lexicon, numbered), lexicon);
    let document = Document::new("question", text);
    let annotation = annotator.annotate(&document.text);
    let question = read_question(&document, &annotation, lexicon);
    Form { question, words: annotation.words, period, is_corrected: false }
}

/// A question being answered.
struct Asking<'a> {
    graph: &'a Graph,
    held: &'a Held,
    lexicon: &'a Lexicon<'a>,
    annotator: &'a Annotator,
    cast: &'a Cast<'a>,
    matcher: &'a Matcher<'a>,
    form: &'a Form,
    read: &'a Question,
    /// Claims that fit but for what was asked of them.
    missed: RefCell<Vec<usize>>,
    /// What the claims tell of the act asked about, once it was asked for.
    acts: OnceCell<Acts>,
    /// The sentences of the texts, likewise.
    told: OnceCell<Vec<Told>>,
    /// Those that have some of the question, likewise.
    passages: OnceCell<Vec<Passage>>,
    /// Which words of the texts mean nearly the same, likewise.
    kinship: OnceCell<Kinship>,
    /// Their words by their dictionary forms, likewise.
    forms: OnceCell<Forms>,
    /// What the question has that a sentence may have, likewise.
    terms: OnceCell<Vec<Term>>,
}

/// How it was understood, the answers, and disputes beyond those of the graph.
type Outcome = (Understood, Vec<Found>, Vec<Disagreement>);

/// The outcome of a kind of question, if it is one of that kind.
type Attempt = Result<Option<Outcome>, Need>;

impl<'a> Asking<'a> {
    fn new(
        graph: &'a Graph,
        held: &'a Held,
        lexicon: &'a Lexicon<'a>,
        annotator: &'a Annotator,
        cast: &'a Cast<'a>,
        matcher: &'a Matcher<'a>,
        form: &'a Form,
    ) -> Self {
        Self {
            graph,
            held,
            lexicon,
            annotator,
            cast,
            matcher,
            form,
            read: &form.question,
            missed: RefCell::default(),
            acts: OnceCell::new(),
            told: OnceCell::new(),
            passages: OnceCell::new(),
            kinship: OnceCell::new(),
            forms: OnceCell::new(),
            terms: OnceCell::new(),
        }
    }

    /// Disputes of the graph that claims of the answers are part of, where two voices
    /// disagree and not one with itself.
    fn disputes(&self, answers: &[Found]) -> Result<Vec<Disagreement>, Need> {
        let claims: BTreeSet<&str> =
            answers.iter().flat_map(|a| a.claims.iter().map(String::as_str)).collect();
        let of_answers = self.graph.corpus().disputes.iter().filter(|d| {
            d.sides.iter().any(|s| s.claims.iter().any(|c| claims.contains(c.as_str())))
        });
        let mut all: Vec<Disagreement> = of_answers.map(at_odds::disagreement).collect();
        let sides = all.iter().flat_map(|dispute| &dispute.sides);
        let ids: BTreeSet<String> = sides.flat_map(|side| side.claims.iter().cloned()).collect();
        if !ids.is_empty() {
            self.held.claims(Selection { ids: Some(ids), ..Selection::default() })?;
        }
        all.retain(|dispute| at_odds::is_between_voices(self.graph, dispute));
        Ok(all)
    }
}
