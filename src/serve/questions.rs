//! Questions in English: each is answered by a process that is killed when it takes too long, so
//! that no question keeps others from the rest. The first question starts that process.

use std::process::Command;
use std::sync::{Arc, OnceLock};

use hyper::{StatusCode, header};

use super::json::error;
use super::message::{Reply, Request};
use super::sparql::Bounds;
use super::worker::{Failure, Outcome, Pool, Task, Wanted};

/// The longest question, in characters.
const LONGEST: usize = 2_000;
/// How many are answered at a time; each process holds the graph.
const AT_ONCE: usize = 1;
/// How many may wait; others are sent away.
const QUEUE: usize = 4;

/// Who answers questions.
pub(super) struct Questions {
    pool: OnceLock<Arc<Pool>>,
    worker: Arc<dyn Fn() -> Command + Send + Sync>,
    bounds: Bounds,
}

impl Questions {
    /// `worker` starts a process that does [`work_on_questions`](super::work_on_questions).
    pub(super) fn new(
        worker: impl Fn() -> Command + Send + Sync + 'static,
        bounds: Bounds,
    ) -> Self {
        Self { pool: OnceLock::new(), worker: Arc::new(worker), bounds }
    }

    /// Has the graph loaded anew, if anybody has asked yet.
    pub(super) fn renew(&self) {
        if let Some(pool) = self.pool.get() {
            pool.renew();
        }
    }

    /// Answers `?question=…`, which may follow from `after=…`.
    pub(super) fn answer(&self, request: &Request) -> Reply {
        let wrong = |words: &str| error(StatusCode::BAD_REQUEST, words);
        let Some(question) = request.parameters.one("question") else {
            return wrong("question= is missing");
        };
        let after = request.parameters.one("after");
        if [Some(question), after].iter().flatten().any(|it| it.chars().nth(LONGEST).is_some()) {
            return wrong(&format!(
                "the question has more than {LONGEST} characters; ask in one sentence"
            ));
        }
        let wanted =
            Wanted::Question { question: question.to_owned(), after: after.map(str::to_owned) };
        let Bounds { seconds, bytes } = self.bounds;
        let pool = self.pool.get_or_init(|| {
            let worker = Arc::clone(&self.worker);
            Pool::start(AT_ONCE, QUEUE, move || worker())
        });
        let words = match pool.run(&Task { wanted, accept: None, seconds, bytes }) {
            Ok((Outcome::Answer { media, .. }, body)) => return Reply::new(media, body),
            Ok((Outcome::Wrong(words) | Outcome::Spent(words), _)) => return wrong(&words),
            Ok(_) => return wrong("this is no question"),
            Err(Failure::Broken(words)) => return error(StatusCode::INTERNAL_SERVER_ERROR, &words),
            Err(Failure::Loading) => "the graph is still being loaded; try again".to_owned(),
            Err(Failure::Busy) => "others are asking; try again".to_owned(),
            Err(Failure::Killed) => {
                format!("the question was stopped after {seconds} s; ask in fewer words")
            }
            Err(Failure::Died) => "the question took more memory than there is".to_owned(),
        };
        error(StatusCode::SERVICE_UNAVAILABLE, &words).with(header::RETRY_AFTER, "1")
    }
}
