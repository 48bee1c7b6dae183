//! Queries and questions are answered by worker processes. One that does not heed being stopped,
//! or that takes too much memory, costs its worker, which is killed and replaced; the server and
//! the other workers go on.
//!
//! A worker reads one [`Task`] a line from standard input and writes, for each, one line with an
//! [`Outcome`] and then as many bytes as it says. Its first line says that it is ready.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

/// What a worker is asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Task {
    pub wanted: Wanted,
    /// The `Accept` of the client.
    pub accept: Option<String>,
    pub seconds: f64,
    /// The most bytes of an answer.
    pub bytes: usize,
}

/// What is wanted of the store, or of the graph.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum Wanted {
    /// A query, over the graphs of the protocol if there are any.
    Query { query: String, default: Vec<String>, named: Vec<String> },
    /// One graph, whole; the default graph where it has no name.
    Graph(Option<String>),
    /// All graphs.
    Dataset,
    /// A question in English, and the one that it may follow from.
    Question { question: String, after: Option<String> },
}

/// How it went.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub(super) enum Outcome {
    /// An answer of this media type; so many bytes follow.
    Answer { media: String, bytes: usize },
    /// The query is wrong, or asks for too much.
    Wrong(String),
    /// It would change the graph.
    Update(String),
    /// There is no such graph.
    Missing(String),
    /// None of the media types that the client takes.
    NotAcceptable(String),
    /// It took too long or too much memory: the worker is spent.
    Spent(String),
}

/// What a worker says first.
pub(super) const READY: &str = "ready";

/// How much longer than a query may take a worker may take to stop it.
const GRACE: Duration = Duration::from_secs(2);
/// How long a worker may take to load the graph.
const LOADING: Duration = Duration::from_secs(600);

/// The workers of a server.
pub(super) struct Pool {
    command: Box<dyn Fn() -> Command + Send + Sync>,
    state: Mutex<State>,
    changed: Condvar,
    /// How many there are.
    size: usize,
    /// How many may wait for a worker.
    queue: usize,
}

#[derive(Default)]
struct State {
    idle: Vec<Worker>,
    waiting: usize,
    /// Workers that have loaded the graph, idle or at work.
    alive: usize,
    /// Counts the graphs that were in the folder; a worker that has loaded an older one is spent.
    graph: usize,
    /// Workers over an older graph for whom others have come.
    surplus: usize,
    /// Why workers cannot be started, if they cannot.
    broken: Option<String>,
}

/// Why a task has no outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// All workers are busy, and enough wait already.
    Busy,
    /// No worker has loaded the graph yet.
    Loading,
    /// It did not stop in time and was killed.
    Killed,
    /// The worker ended by itself, for want of memory perhaps.
    Died,
    /// Workers cannot be started.
    Broken(String),
}

impl Pool {
    /// A pool of so many workers, started at once; `command` starts one.
    pub(crate) fn start(
        size: usize,
        queue: usize,
        command: impl Fn() -> Command + Send + Sync + 'static,
    ) -> Arc<Self> {
        let pool = Arc::new(Self {
            command: Box::new(command),
            state: Mutex::default(),
            changed: Condvar::new(),
            size,
            queue,
        });
        (0..size).for_each(|_| pool.replace());
        pool
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does a task; waits for a worker no longer than the task itself may take.
    pub(crate) fn run(self: &Arc<Self>, task: &Task) -> Result<(Outcome, Vec<u8>), Failure> {
        let patience = Duration::from_secs_f64(task.seconds);
        let mut worker = self.take(patience)?;
        let result = worker.run(task, patience + GRACE);
        let is_spent = matches!(&result, Ok((Outcome::Spent(_), _)) | Err(_));
        let mut state = self.state();
        let is_old = worker.graph != state.graph;
        if is_old && state.surplus > 0 {
            state.surplus -= 1;
            state.alive -= 1;
            drop(state);
            worker.kill();
        } else if is_spent {
            state.alive -= 1;
            drop(state);
            worker.kill();
            // Who takes the place of an old one is on the way.
            if !is_old {
                self.replace();
            }
        } else {
            state.idle.push(worker);
            drop(state);
            self.changed.notify_one();
        }
        result
    }

    fn take(&self, patience: Duration) -> Result<Worker, Failure> {
        let until = Instant::now() + patience;
        let mut state = self.state();
        if state.idle.is_empty() && state.waiting >= self.queue {
            return Err(Failure::Busy);
        }
        state.waiting += 1;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let taken = match (state.idle.pop(), &state.broken) {
                (Some(worker), _) => Some(Ok(worker)),
                (None, Some(reason)) => Some(Err(Failure::Broken(reason.clone()))),
                (None, None) if left.is_zero() && state.alive == 0 => Some(Err(Failure::Loading)),
                (None, None) if left.is_zero() => Some(Err(Failure::Busy)),
                (None, None) => None,
            };
            if let Some(taken) = taken {
                state.waiting -= 1;
                return taken;
            }
            let waited = self.changed.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Starts a worker, beside what goes on.
    fn replace(self: &Arc<Self>) {
        let pool = Arc::clone(self);
        let graph = self.state().graph;
        thread::spawn(move || {
            let worker = Worker::start((pool.command)(), graph);
            let mut state = pool.state();
            match worker {
                Ok(worker) if worker.graph != state.graph => {
                    drop(state);
                    // Who takes its place is on the way.
                    return worker.kill();
                }
                Ok(worker) => {
                    state.broken = None;
                    state.alive += 1;
                    let graph = worker.graph;
                    state.idle.push(worker);
                    if let Some(at) = state.idle.iter().position(|it| it.graph != graph) {
                        let old = state.idle.swap_remove(at);
                        state.alive -= 1;
                        drop(state);
                        old.kill();
                        return pool.changed.notify_all();
                    }
                    if state.alive > pool.size {
                        state.surplus += 1;
                    }
                }
                Err(reason) => state.broken = Some(reason),
            }
            drop(state);
            pool.changed.notify_all();
        });
    }

    /// Has workers load the graph anew. Those that have the old one answer until others are there.
    pub(super) fn renew(self: &Arc<Self>) {
        let mut state = self.state();
        state.graph += 1;
        state.surplus = 0;
        drop(state);
        (0..self.size).for_each(|_| self.replace());
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        std::mem::take(&mut self.state().idle).into_iter().for_each(Worker::kill);
    }
}

/// One process, idle or at work.
struct Worker {
    /// The number of the graph that it has loaded.
    graph: usize,
    child: Child,
    tasks: ChildStdin,
    outcomes: Receiver<(Outcome, Vec<u8>)>,
}

impl Worker {
    fn start(mut command: Command, graph: usize) -> Result<Self, String> {
        let told = |error: std::io::Error| format!("no worker can be started: {error}");
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(told)?;
        let (Some(tasks), Some(out)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("no worker can be started: it has no pipes".to_owned());
        };
        let (say_ready, ready) = channel();
        let (say_outcome, outcomes) = channel();
        thread::spawn(move || {
            let mut out = BufReader::new(out);
            let mut line = String::new();
            if !matches!(out.read_line(&mut line), Ok(1..)) || line.trim_end() != READY {
                return;
            }
            let _ = say_ready.send(());
            while let Some(outcome) = read_outcome(&mut out) {
                if say_outcome.send(outcome).is_err() {
                    return;
                }
            }
        });
        if ready.recv_timeout(LOADING).is_err() {
            let _ = child.kill();
            let _ = child.wait();
            return Err("no worker can be started: it could not load the graph".to_owned());
        }
        Ok(Self { graph, child, tasks, outcomes })
    }

    fn run(&mut self, task: &Task, patience: Duration) -> Result<(Outcome, Vec<u8>), Failure> {
        let mut line = serde_json::to_vec(task).map_err(|_| Failure::Died)?;
        line.push(b'\n');
        self.tasks.write_all(&line).and_then(|()| self.tasks.flush()).map_err(|_| Failure::Died)?;
        self.outcomes.recv_timeout(patience).map_err(|error| match error {
            RecvTimeoutError::Timeout => Failure::Killed,
            RecvTimeoutError::Disconnected => Failure::Died,
        })
    }

    fn kill(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read_outcome(out: &mut impl BufRead) -> Option<(Outcome, Vec<u8>)> {
    let mut line = String::new();
    out.read_line(&mut line).ok().filter(|bytes| *bytes > 0)?;
    let outcome: Outcome = serde_json::from_str(&line).ok()?;
    let mut body = Vec::new();
    if let Outcome::Answer { bytes, .. } = &outcome {
        body.resize(*bytes, 0);
        out.read_exact(&mut body).ok()?;
    }
    Some((outcome, body))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &'static str) -> impl Fn() -> Command + Send + Sync {
        move || {
            let mut command = Command::new("sh");
            command.args(["-c", script]);
            command
        }
    }

    fn task(seconds: f64) -> Task {
        Task { wanted: Wanted::Dataset, accept: None, seconds, bytes: 100 }
    }

    /// Says that it is ready and answers every task with two bytes.
    const GOOD: &str = r#"echo ready; while read -r task; do
        echo '{"Answer":{"media":"text/csv","bytes":2}}'; printf ok; done"#;

    #[test]
    fn a_worker_answers_one_task_after_another() {
        let pool = Pool::start(1, 4, shell(GOOD));
        for _ in 0..3 {
            let (outcome, body) = pool.run(&task(5.0)).unwrap();
            assert_eq!(outcome, Outcome::Answer { media: "text/csv".into(), bytes: 2 });
            assert_eq!(body, b"ok");
        }
    }

    #[test]
    fn a_worker_that_does_not_stop_is_killed_and_replaced() {
        let pool = Pool::start(1, 4, shell("echo ready; read -r task; exec sleep 60"));
        assert_eq!(pool.run(&task(0.2)), Err(Failure::Killed));
        // The one in its place takes a task, too.
        assert_eq!(pool.run(&task(1.0)), Err(Failure::Killed));
    }

    #[test]
    fn a_worker_that_dies_costs_its_task_alone() {
        let pool = Pool::start(1, 4, shell("echo ready; read -r task; exit 3"));
        assert_eq!(pool.run(&task(5.0)), Err(Failure::Died));
        assert_eq!(pool.run(&task(5.0)), Err(Failure::Died));
    }

    #[test]
    fn who_comes_when_enough_wait_is_sent_away() {
        let pool = Pool::start(1, 1, shell("echo ready; read -r task; exec sleep 60"));
        thread::scope(|scope| {
            let first = scope.spawn(|| pool.run(&task(1.0)));
            thread::sleep(Duration::from_millis(400));
            let second = scope.spawn(|| pool.run(&task(0.5)));
            thread::sleep(Duration::from_millis(100));
            assert_eq!(pool.run(&task(1.0)), Err(Failure::Busy));
            assert_eq!(second.join().unwrap(), Err(Failure::Busy));
            assert_eq!(first.join().unwrap(), Err(Failure::Killed));
        });
    }

    #[test]
    fn a_worker_at_work_is_replaced_when_it_is_done() {
        // Each worker answers with its own number.
        let script = r#"echo ready; while read -r task; do sleep 0.3; body=$(printf %08d $$)
            echo '{"Answer":{"media":"text/csv","bytes":8}}'; printf %s "$body"; done"#;
        let pool = Pool::start(1, 4, shell(script));
        let (_, first) = pool.run(&task(5.0)).unwrap();
        thread::scope(|scope| {
            let busy = scope.spawn(|| pool.run(&task(5.0)).unwrap().1);
            thread::sleep(Duration::from_millis(100));
            pool.renew();
            assert_eq!(busy.join().unwrap(), first);
        });
        let is_new = |_| {
            thread::sleep(Duration::from_millis(50));
            pool.run(&task(5.0)).unwrap().1 != first
        };
        assert!((0..50).any(is_new));
        assert_ne!(pool.run(&task(5.0)).unwrap().1, first);
    }

    #[test]
    fn who_comes_while_the_graph_is_loaded_is_told_so() {
        let pool = Pool::start(1, 4, shell("sleep 1; echo ready; exec sleep 60"));
        assert_eq!(pool.run(&task(0.1)), Err(Failure::Loading));
    }

    #[test]
    fn what_cannot_be_started_is_told() {
        let pool = Pool::start(1, 4, shell("echo not yet"));
        assert!(matches!(pool.run(&task(5.0)), Err(Failure::Broken(_))));
        let pool = Pool::start(1, 4, || Command::new("/nowhere/at/all"));
        assert!(matches!(pool.run(&task(5.0)), Err(Failure::Broken(_))));
    }
}
