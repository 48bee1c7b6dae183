//! Asking: a question is a claim with a hole, and answering is matching it against
//! the claims of a graph.
//!
//! [`answer`] reads the question with the constructions that read the texts
//! ([`read_question`]), lays the claim with its hole beside every claim of an act
//! that can answer, and groups those that fit by what fills the hole. Questions
//! about the whole graph (who is connected, central, at odds) are computed from it.
//! Where no claim fits well enough there is no answer.

//!
//! | file | what it does |
//! | --- | --- |
//! | `understood`, `cast`, `words` | the question in terms of the graph: acts, actors, words |
//! | `matched` | a claim with a hole: `matching` and `wanted` weigh, `filling` groups what fits |
//! | `yes_or_no`, `measures`, `sentence` | holes that are no part of a claim |
//! | `keywords` | where no act is understood |
//! | `computed` | questions to the whole graph: `network`, `at_odds`, `positions`, `happened` |
//! | `need`, `partial` | how little of a folder must be read |
//! | `answer`, `sparql` | what comes out |

mod answer;
mod at_odds;
mod cast;
mod computed;
mod filling;
mod happened;
mod keywords;
mod matched;
mod matching;
mod measures;
mod need;
mod network;
mod partial;
mod positions;
mod sentence;
mod sparql;
mod understood;
mod wanted;
mod words;
mod yes_or_no;

pub use answer::{Answer, Disagreement, Evidence, Found, Kind, Position};
pub use partial::Library;
pub use sparql::sparql;
pub use understood::Understood;

use std::collections::BTreeSet;

use crate::annotate::Annotator;
use crate::corpus::Document;
use crate::extract::{Lexicon, Question, read_question};
use crate::graph::Graph;

use cast::Cast;
use matching::Matcher;
use need::{Held, Need};

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
    let read = read(question, annotator, lexicon);
    // A graph that is whole lacks nothing.
    attempt(graph, &Held::whole(), lexicon, annotator, question, &read)
        .unwrap_or_else(|_| Answer::nothing(question))
}

/// Answers a question from what of a graph is held, or says what else is needed.
fn attempt(
    graph: &Graph,
    held: &Held,
    lexicon: &Lexicon<'_>,
    annotator: &Annotator,
    question: &str,
    read: &Question,
) -> Result<Answer, Need> {
    let cast = Cast::new(graph, lexicon.ontology);
    let matcher = Matcher::new(graph, held, lexicon, &cast);
    let asking = Asking { graph, held, lexicon, annotator, cast: &cast, matcher: &matcher, read };
    let (understood, answers, extra) = match computed::answer(&asking)? {
        Some(outcome) => outcome,
        None => asking.by_matching()?,
    };
    let mut disputes = asking.disputes(&answers);
    for dispute in extra {
        if !disputes.contains(&dispute) {
            disputes.push(dispute);
        }
    }
    Ok(Answer { question: question.to_owned(), understood, answers, disputes })
}

/// Annotates and reads a question.
pub fn read(question: &str, annotator: &Annotator, lexicon: &Lexicon<'_>) -> Question {
    let text = question.split_whitespace().collect::<Vec<_>>().join(" ");
    let document = Document::new("question", text);
    let annotation = annotator.annotate(&document.text);
    read_question(&document, &annotation, lexicon)
}

/// A question being answered.
struct Asking<'a> {
    graph: &'a Graph,
    held: &'a Held,
    lexicon: &'a Lexicon<'a>,
    annotator: &'a Annotator,
    cast: &'a Cast<'a>,
    matcher: &'a Matcher<'a>,
    read: &'a Question,
}

/// How it was understood, the answers, and disputes beyond those of the graph.
type Outcome = (Understood, Vec<Found>, Vec<Disagreement>);

/// The outcome of a kind of question, if it is one of that kind.
type Attempt = Result<Option<Outcome>, Need>;

impl Asking<'_> {
    /// Disputes of the graph that claims of the answers are part of.
    fn disputes(&self, answers: &[Found]) -> Vec<Disagreement> {
        let claims: BTreeSet<&str> =
            answers.iter().flat_map(|a| a.claims.iter().map(String::as_str)).collect();
        self.graph
            .corpus()
            .disputes
            .iter()
            .filter(|d| {
                d.sides.iter().any(|s| s.claims.iter().any(|c| claims.contains(c.as_str())))
            })
            .map(at_odds::disagreement)
            .collect()
    }
}
