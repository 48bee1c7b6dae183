use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

use super::lines;
use super::names::kebab;
use super::report::share;

/// A question and the conditions that its answers must meet, one line of a
/// questions file. All that are given must hold.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Question {
    /// The question.
    #[serde(rename = "q")]
    pub text: String,
    /// One of these ids is among the first three answers.
    pub any_actor: Option<Vec<String>>,
    /// The first answer is none of these ids.
    pub not_first: Option<Vec<String>>,
    /// All of these ids are among the first five answers.
    pub all_actor: Option<Vec<String>>,
    /// At least `min` of these words occur in labels or evidence of the first five
    /// answers, whatever their case.
    pub any_text: Option<Vec<String>>,
    /// See `any_text`; 1 where it is not given. With 0 no answer is right too.
    pub min: Option<usize>,
    /// The texts do not say: no answer is the right one.
    pub nothing: Option<bool>,
    /// None of these ids is among the answers.
    pub no_actor: Option<Vec<String>>,
    /// None of these words occurs in labels or evidence of the answers.
    pub no_text: Option<Vec<String>>,
    /// The sentences of the texts that say it, best first; empty where none does. What finds
    /// them is fitted to these (`examples/answering.rs`); they are no condition.
    pub sentences: Option<Vec<Place>>,
}

/// A stretch of a document.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Place {
    /// Id of the document.
    pub doc: String,
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// What of an answer is looked at.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AnswerView {
    /// Id, or an IRI that ends in it.
    pub id: Option<String>,
    /// Label.
    pub label: Option<String>,
    /// Quotes of its evidence.
    pub evidence: Vec<String>,
}

impl AnswerView {
    fn ids(&self) -> BTreeSet<String> {
        let id = self.id.as_deref().and_then(|id| id.rsplit('/').next()).unwrap_or_default();
        BTreeSet::from([kebab(id), kebab(self.label.as_deref().unwrap_or_default())])
    }
}

/// Why a questions file could not be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum QuestionError {
    /// The system could not read it.
    #[error("{}: cannot be read: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        error: std::io::Error,
    },
    /// A line that is no question.
    #[error("{}, line {line}: no question: {error}; valid: an object with \"q\" and conditions", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: u64,
        /// What is wrong with it.
        error: serde_json::Error,
    },
}

/// Reads a questions file. Lines that cannot be read are given back beside the others.
pub fn read_questions(path: &Path) -> (Vec<Question>, Vec<QuestionError>) {
    let read = match lines::read(path) {
        Ok(read) => read,
        Err(error) => {
            return (Vec::new(), vec![QuestionError::Io { path: path.to_owned(), error }]);
        }
    };
    let (mut questions, mut errors) = (Vec::new(), Vec::new());
    for (line, question) in read {
        match question {
            Ok(question) => questions.push(question),
            Err(error) => errors.push(QuestionError::Line { path: path.to_owned(), line, error }),
        }
    }
    (questions, errors)
}

/// What became of one question.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Verdict {
    /// The question.
    pub question: String,
    /// Do all its conditions hold?
    pub right: bool,
    /// Labels of the first three answers.
    pub answers: Vec<String>,
}

/// What became of all questions, in their order.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct QuestionReport {
    /// One for each question.
    pub verdicts: Vec<Verdict>,
}

impl QuestionReport {
    /// How many are right.
    pub fn right(&self) -> usize {
        self.verdicts.iter().filter(|verdict| verdict.right).count()
    }
}

impl fmt::Display for QuestionReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for verdict in self.verdicts.iter().filter(|verdict| !verdict.right) {
            let answers = if verdict.answers.is_empty() {
                "no answer".into()
            } else {
                verdict.answers.join("; ")
            };
            writeln!(f, "WRONG {} → {answers}", verdict.question)?;
        }
        let (n, right) = (self.verdicts.len(), self.right());
        writeln!(f, "questions {n} right {right} ({:.2})", share(right, n))
    }
}

/// Puts every question to `ask` and checks its answers, the best of which comes first.
pub fn ask_all(questions: &[Question], ask: impl Fn(&str) -> Vec<AnswerView>) -> QuestionReport {
    let verdicts = questions
        .iter()
        .map(|question| {
            let answers = ask(&question.text);
            Verdict {
                question: question.text.clone(),
                right: is_right(question, &answers),
                answers: answers
                    .iter()
                    .take(3)
                    .map(|a| a.label.clone().or_else(|| a.id.clone()).unwrap_or_default())
                    .collect(),
            }
        })
        .collect();
    QuestionReport { verdicts }
}

fn is_right(question: &Question, answers: &[AnswerView]) -> bool {
    if question.nothing == Some(true) {
        return answers.is_empty();
    }
    let least = question.min.unwrap_or(1);
    if answers.is_empty() && least > 0 {
        return false;
    }
    let ids: Vec<_> = answers.iter().take(5).map(AnswerView::ids).collect();
    let among = |wanted: &[String], ids: &[BTreeSet<String>]| {
        wanted.iter().any(|id| ids.iter().any(|known| known.contains(id)))
    };
    let first_three = &ids[..ids.len().min(3)];
    let first = &ids[..ids.len().min(1)];
    let all: Vec<_> = answers.iter().map(AnswerView::ids).collect();
    let said = |answers: &[AnswerView]| -> String {
        let own = |a: &AnswerView| {
            format!("{} {} ", a.label.as_deref().unwrap_or_default(), a.evidence.join(" "))
        };
        answers.iter().map(own).collect::<String>().to_lowercase()
    };
    question.any_actor.as_ref().is_none_or(|wanted| among(wanted, first_three))
        && question.no_actor.as_ref().is_none_or(|unwanted| !among(unwanted, &all))
        && question.no_text.as_ref().is_none_or(|unwanted| {
            let words = said(answers);
            unwanted.iter().all(|word| !words.contains(&word.to_lowercase()))
        })
        && question.not_first.as_ref().is_none_or(|unwanted| !among(unwanted, first))
        && question
            .all_actor
            .as_ref()
            .is_none_or(|wanted| wanted.iter().all(|id| among(std::slice::from_ref(id), &ids)))
        && question.any_text.as_ref().is_none_or(|wanted| {
            let words = said(&answers[..answers.len().min(5)]);
            wanted.iter().filter(|word| words.contains(&word.to_lowercase())).count() >= least
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(json: &str) -> Question {
        serde_json::from_str(json).unwrap()
    }

    fn answer(id: &str, label: &str, quote: &str) -> AnswerView {
        AnswerView { id: Some(id.into()), label: Some(label.into()), evidence: vec![quote.into()] }
    }

    fn right(json: &str, answers: &[AnswerView]) -> bool {
        is_right(&question(json), answers)
    }

    #[test]
    fn actors_count_by_their_rank() {
        let answers = ["a", "b", "c", "d", "e", "f"].map(|id| answer(id, "", ""));
        assert!(right(r#"{"q":"?","any_actor":["x","c"]}"#, &answers));
        assert!(!right(r#"{"q":"?","any_actor":["d"]}"#, &answers));
        assert!(right(r#"{"q":"?","all_actor":["a","e"]}"#, &answers));
        assert!(!right(r#"{"q":"?","all_actor":["a","f"]}"#, &answers));
        assert!(!right(r#"{"q":"?","not_first":["a"]}"#, &answers));
        assert!(right(r#"{"q":"?","not_first":["b"]}"#, &answers));
    }

    #[test]
    fn an_id_may_be_an_iri_or_a_label() {
        let answers = [answer("https://example.org/actor/ann-reed", "The Mayor", "")];
        assert!(right(r#"{"q":"?","any_actor":["ann-reed"]}"#, &answers));
        assert!(right(r#"{"q":"?","any_actor":["mayor"]}"#, &answers));
    }

    #[test]
    fn words_count_in_labels_and_evidence() {
        let answers = [answer("x", "Ferry plan", "She rejected the Sunday timetable.")];
        assert!(right(r#"{"q":"?","any_text":["FERRY","sunday"],"min":2}"#, &answers));
        assert!(!right(r#"{"q":"?","any_text":["ferry","monday"],"min":2}"#, &answers));
    }

    #[test]
    fn what_must_not_be_said_is_looked_for_in_all_answers() {
        let answers = ["a", "b", "c", "d", "e", "f"].map(|id| answer(id, "", "No ferry."));
        assert!(right(r#"{"q":"?","no_actor":["x"],"no_text":["tram"]}"#, &answers));
        assert!(!right(r#"{"q":"?","no_actor":["f"]}"#, &answers));
        assert!(!right(r#"{"q":"?","no_text":["FERRY"]}"#, &answers));
    }

    #[test]
    fn silence_is_wrong_unless_none_is_needed() {
        assert!(!right(r#"{"q":"?","not_first":["a"]}"#, &[]));
        assert!(right(r#"{"q":"?","not_first":["a"],"min":0}"#, &[]));
        assert!(right(r#"{"q":"?","nothing":true}"#, &[]));
        assert!(!right(r#"{"q":"?","nothing":true}"#, &[answer("a", "A", "")]));
    }

    #[test]
    fn the_report_shows_what_went_wrong() {
        let questions = [
            question(r#"{"q":"Who?","any_actor":["a"]}"#),
            question(r#"{"q":"What?","any_text":["b"]}"#),
        ];
        let report =
            ask_all(
                &questions,
                |q| {
                    if q == "Who?" { vec![answer("a", "A", "")] } else { Vec::new() }
                },
            );
        assert_eq!(report.to_string(), "WRONG What? → no answer\nquestions 2 right 1 (0.50)\n");
    }
}
