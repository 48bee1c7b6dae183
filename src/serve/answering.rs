//! The worker process for questions in English: holds the graph, then answers one after another.

use std::collections::VecDeque;
use std::io::{self, BufRead, Write};

use super::child::{Capped, each};
use super::worker::{Outcome, Wanted};
use crate::annotate::Annotator;
use crate::ask::{Answer, Conversation, answer};
use crate::extract::Lexicon;
use crate::graph::Graph;

/// How many answers a question is given.
const ANSWERS: usize = 10;
/// How many of the last answers are kept, from which a question may follow.
const HEARD: usize = 16;

/// Answers the questions of standard input until it ends.
///
/// # Errors
/// When nobody listens any more.
pub fn work_on_questions(
    graph: &Graph,
    lexicon: &Lexicon<'_>,
    annotator: &Annotator,
    tasks: impl BufRead,
    out: impl Write,
) -> io::Result<()> {
    let mut desk = Desk { graph, lexicon, annotator, heard: VecDeque::new() };
    each(tasks, out, |task, body| match &task.wanted {
        Wanted::Question { question, after } => desk.done(question, after.as_deref(), body),
        _ => Err(Outcome::Wrong("a query is for another worker".to_owned())),
    })
}

/// What questions are asked of, and what was answered last.
struct Desk<'a> {
    graph: &'a Graph,
    lexicon: &'a Lexicon<'a>,
    annotator: &'a Annotator,
    heard: VecDeque<Answer>,
}

impl Desk<'_> {
    fn done(
        &mut self,
        question: &str,
        after: Option<&str>,
        body: &mut Capped,
    ) -> Result<Outcome, Outcome> {
        let whole = match after {
            Some(before) => {
                let before = self.answered(before);
                let mut conversation = Conversation::default();
                conversation.heard(self.annotator, self.lexicon, &before);
                conversation.whole(question, self.annotator, self.lexicon)
            }
            None => question.to_owned(),
        };
        let mut answer = self.answered(&whole);
        answer.answers.truncate(ANSWERS);
        let written = serde_json::to_writer(&mut *body, &answer);
        written.map_err(|error| body.why(&io::Error::from(error)))?;
        Ok(Outcome::Answer { media: "application/json".to_owned(), bytes: 0 })
    }

    /// The answer, as it was given before if it was asked lately.
    fn answered(&mut self, question: &str) -> Answer {
        if let Some(known) = self.heard.iter().find(|it| it.question == question) {
            return known.clone();
        }
        let found = answer(self.graph, self.lexicon, self.annotator, question);
        if self.heard.len() == HEARD {
            self.heard.pop_front();
        }
        self.heard.push_back(found.clone());
        found
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::fixture;
    use crate::ontology::Ontology;

    /// What the worker answers, one after another.
    fn answers(tasks: &[Value]) -> Vec<Value> {
        let (corpus, ontology) = (fixture::corpus(), Ontology::shipped().unwrap());
        let graph = Graph::new(corpus, &ontology);
        let (lexicon, annotator) = (Lexicon::new(&ontology), Annotator::embedded().unwrap());
        let lines: Vec<String> = tasks
            .iter()
            .map(|wanted| {
                json!({ "wanted": wanted, "accept": null, "seconds": 9.0, "bytes": 1_000_000 })
                    .to_string()
            })
            .collect();
        let mut out = Vec::new();
        work_on_questions(&graph, &lexicon, &annotator, lines.join("\n").as_bytes(), &mut out)
            .unwrap();
        let out = String::from_utf8(out).unwrap();
        let all = out.strip_prefix("ready\n").unwrap();
        let values = serde_json::Deserializer::from_str(all).into_iter::<Value>();
        values.map(Result::unwrap).collect()
    }

    #[test]
    fn a_question_follows_from_the_one_before() {
        let first = json!({ "question": "Who proposed the energy truce?", "after": null });
        let follows = json!({ "question": "And who rejected it?", "after": "Who proposed the energy truce?" });
        let found = answers(&[json!({ "Question": first }), json!({ "Question": follows })]);
        assert!(!found[1]["answers"].as_array().unwrap().is_empty());
        assert_eq!(found[3]["question"], "Who rejected the energy truce?");
        // Who has not heard the question before answers it first, with the same.
        let alone = answers(&[json!({ "Question": follows })]);
        assert_eq!(alone[1], found[3]);
    }

    #[test]
    fn queries_are_for_others() {
        let found = answers(&[json!("Dataset")]);
        assert!(found[0]["Wrong"].is_string());
    }
}
