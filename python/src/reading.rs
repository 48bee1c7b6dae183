//! Documents read in parallel, with Python asked between them whether to go on.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, TryLockError};
use std::thread::{self, available_parallelism};
use std::time::Duration;

use demarche::annotate::Annotator;
use demarche::corpus::Document;
use demarche::extract::{By, Lexicon};
use demarche::ontology::Ontology;
use demarche::readings::{Line, Method, Reading};
use demarche::{Budgets, Desk};
use pyo3::prelude::*;
use rayon::prelude::*;

use crate::source::{self, Source};
use crate::told::Told;
use crate::{engine, errors};

/// How often it is looked whether somebody has pressed Ctrl-C.
const GLANCE: Duration = Duration::from_millis(50);

/// Documents that are read before the first of their lines is given, for each thread.
const AT_ONCE: usize = 8;

/// What documents are read with.
pub(crate) struct Workplace {
    pub(crate) annotator: &'static Annotator,
    pub(crate) ontology: Arc<Ontology>,
    by: By,
    /// The sum of both, under which readings are kept.
    pub(crate) method: Method,
    budgets: Budgets,
}

impl Workplace {
    pub(crate) fn new(
        py: Python<'_>,
        ontology: Vec<PathBuf>,
        read_by: &str,
        budgets: (Option<u64>, Option<u64>),
        jobs: Option<usize>,
    ) -> PyResult<Self> {
        let by = By::named(read_by).ok_or_else(|| {
            let valid: Vec<&str> = By::ALL.iter().map(|it| it.as_str()).collect();
            let words = format!("read_by: {read_by:?} is no reader; valid: {}", valid.join(", "));
            errors::value(py, &words)
        })?;
        let annotator = engine::annotator(py, jobs)?;
        let ontology = load(py, annotator, &ontology)?;
        let method = py.detach(|| Method::new(&ontology, by));
        let budgets = Budgets::new(budgets.0, budgets.1);
        Ok(Self { annotator, ontology, by, method, budgets })
    }

    /// Reads documents in parallel. `told` is called after each with how many are done; when it
    /// raises, or somebody presses Ctrl-C, those that are begun are ended and no other is begun.
    pub(crate) fn read(
        &self,
        py: Python<'_>,
        documents: &[&Document],
        told: impl FnMut(usize) -> PyResult<()>,
    ) -> PyResult<Vec<Result<Reading, String>>> {
        let Self { annotator, by, method, budgets, .. } = *self;
        let lexicon = py.detach(|| annotator.install(|| Lexicon::new(&self.ontology)));
        let desk = Desk { annotator, lexicon: &lexicon, by, method, budgets };
        let read = |at: usize| desk.read_one(documents[at]).map_err(|it| it.to_string());
        each(py, annotator, documents.len(), read, told)
    }
}

/// The ontology with these layers over it.
pub(crate) fn load(
    py: Python<'_>,
    annotator: &Annotator,
    layers: &[PathBuf],
) -> PyResult<Arc<Ontology>> {
    let loaded = py.detach(|| annotator.install(|| Ontology::load(layers)));
    loaded.map(Arc::new).map_err(|error| errors::ontology(py, &error))
}

/// Does `work` for each number below `count` on the annotator's threads.
fn each<T: Send>(
    py: Python<'_>,
    annotator: &Annotator,
    count: usize,
    work: impl Fn(usize) -> T + Sync,
    mut told: impl FnMut(usize) -> PyResult<()>,
) -> PyResult<Vec<T>> {
    let is_stopped = AtomicBool::new(false);
    let mut found: Vec<Option<T>> = (0..count).map(|_| None).collect();
    let (sender, mut receiver) = mpsc::channel();
    let mut failure = None;
    thread::scope(|scope| {
        let (is_stopped, work) = (&is_stopped, &work);
        // It ends, and with it the channel, when all is done.
        scope.spawn(move || {
            annotator.install(|| {
                (0..count).into_par_iter().for_each(|at| {
                    if !is_stopped.load(Ordering::Relaxed) {
                        let _ = sender.send((at, work(at)));
                    }
                });
            });
        });
        let mut done = 0;
        loop {
            let receiver = &mut receiver;
            let received = py.detach(move || receiver.recv_timeout(GLANCE));
            let mut went_on = py.check_signals();
            match received {
                Ok((at, thing)) => {
                    found[at] = Some(thing);
                    done += 1;
                    if failure.is_none() && went_on.is_ok() {
                        went_on = told(done);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if let Err(error) = went_on {
                is_stopped.store(true, Ordering::Relaxed);
                failure.get_or_insert(error);
            }
        }
    });
    match failure {
        Some(error) => Err(error),
        None => Ok(found.into_iter().flatten().collect()),
    }
}

/// What comes in, in its order.
enum Entry {
    Document(Box<Document>),
    Odd(String),
    Failed((String, serde_json::Value)),
}

/// What goes out, in its order.
enum Item {
    Line(String),
    Odd(String),
    Failed((String, serde_json::Value)),
}

struct State {
    source: Source,
    workplace: Workplace,
    at_once: usize,
    /// Documents that are in, and not read yet.
    entries: Vec<Entry>,
    items: VecDeque<Item>,
    is_end: bool,
    /// What Python has raised in place of another document, which comes behind those before.
    raised: Option<PyErr>,
}

/// Documents that are read as they are asked for, a few at a time.
#[pyclass(frozen)]
pub(crate) struct Readings {
    state: Mutex<State>,
}

#[pymethods]
impl Readings {
    #[new]
    #[pyo3(signature = (paths, documents, *, format, keep_all, ontology, read_by, budgets, jobs))]
    #[expect(clippy::too_many_arguments, reason = "keywords of a Python function")]
    fn new(
        py: Python<'_>,
        paths: Option<Vec<PathBuf>>,
        documents: Option<Py<PyAny>>,
        format: Option<&str>,
        keep_all: bool,
        ontology: Vec<PathBuf>,
        read_by: &str,
        budgets: (Option<u64>, Option<u64>),
        jobs: Option<usize>,
    ) -> PyResult<Self> {
        let source = Source::new(py, paths, documents, format, keep_all)?;
        let workplace = Workplace::new(py, ontology, read_by, budgets, jobs)?;
        let threads = || available_parallelism().map_or(1, NonZeroUsize::get);
        let at_once = AT_ONCE * jobs.unwrap_or_else(threads);
        let (entries, items) = (Vec::new(), VecDeque::new());
        let state =
            State { source, workplace, at_once, entries, items, is_end: false, raised: None };
        Ok(Self { state: Mutex::new(state) })
    }

    /// The next reading as a line without its end, or None after the last; with what there is to
    /// say of the documents up to it. Raises where a document cannot be read, unless `skip`; the
    /// next call goes on behind it.
    fn next(&self, py: Python<'_>, skip: bool) -> PyResult<(Option<String>, Vec<String>)> {
        let mut state = match self.state.try_lock() {
            Ok(state) => state,
            Err(TryLockError::Poisoned(state)) => state.into_inner(),
            Err(TryLockError::WouldBlock) => {
                return Err(errors::value(py, "readings are already being asked for"));
            }
        };
        let mut odd = Vec::new();
        loop {
            match state.items.pop_front() {
                Some(Item::Line(line)) => return Ok((Some(line), odd)),
                Some(Item::Odd(words)) => odd.push(words),
                Some(Item::Failed((words, _))) if skip => odd.push(words),
                Some(Item::Failed(error)) => return Err(errors::unreadable(py, &error)),
                None if state.is_end && state.entries.is_empty() => {
                    return match state.raised.take() {
                        Some(error) => Err(error),
                        None => Ok((None, odd)),
                    };
                }
                None => state.go_on(py)?,
            }
        }
    }
}

impl State {
    /// Takes in the next documents, and reads them. What is in stays so until it is read.
    fn go_on(&mut self, py: Python<'_>) -> PyResult<()> {
        if self.entries.is_empty() {
            py.detach(|| self.take_in());
        }
        let documents: Vec<&Document> = self
            .entries
            .iter()
            .filter_map(|entry| match entry {
                Entry::Document(document) => Some(&**document),
                _ => None,
            })
            .collect();
        let read = self.workplace.read(py, &documents, |_| Ok(()))?;
        let (mut read, method) = (read.into_iter(), self.workplace.method);
        for entry in std::mem::take(&mut self.entries) {
            let item = match entry {
                Entry::Odd(words) => Item::Odd(words),
                Entry::Failed(error) => Item::Failed(error),
                Entry::Document(document) => match read.next() {
                    Some(Ok(reading)) => Item::Line(line(py, &document, method, &reading)?),
                    Some(Err(reason)) => {
                        let mut told = Told::default();
                        told.unread(&document, &reason);
                        Item::Failed(told.errors.remove(0))
                    }
                    None => continue,
                },
            };
            self.items.push_back(item);
        }
        Ok(())
    }

    fn take_in(&mut self) {
        let mut count = 0;
        while count < self.at_once && !self.is_end {
            let mut told = Told::default();
            let document = told.next(&mut self.source);
            self.is_end = document.is_none();
            self.entries.extend(told.errors.into_iter().map(Entry::Failed));
            self.entries.extend(told.warnings.into_iter().map(Entry::Odd));
            if let Some(document) = document {
                self.entries.push(Entry::Document(Box::new(document)));
                count += 1;
            }
        }
        if self.is_end {
            self.raised = source::taken(&self.source.raised);
        }
    }
}

/// A reading as `demarche read` writes it, without the end of the line.
fn line(
    py: Python<'_>,
    document: &Document,
    method: Method,
    reading: &Reading,
) -> PyResult<String> {
    let mut line = Vec::new();
    Line::write(method.key(document), method, reading, &mut line)?;
    let line = String::from_utf8(line).map_err(|error| errors::plain(py, &error))?;
    Ok(line.trim_end_matches('\n').to_owned())
}
