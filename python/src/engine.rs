//! Annotators, one for each number of threads, made when first asked for.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::process;
use std::sync::{Mutex, PoisonError};

use demarche::annotate::{Annotator, ModelError};
use pyo3::prelude::*;

use crate::errors;

/// The process that made them, and the annotators by number of threads.
type Made = (u32, HashMap<Option<NonZeroUsize>, &'static Annotator>);

static MADE: Mutex<Option<Made>> = Mutex::new(None);

enum Refused {
    Forked,
    Model(ModelError),
}

/// The annotator on so many threads, else on as many as the machine runs at once. It is kept until
/// the process ends.
///
/// Threads do not come along when a process is forked, and those of the inference library cannot be
/// made again: what would wait for them for ever is refused.
pub(crate) fn annotator(py: Python<'_>, jobs: Option<usize>) -> PyResult<&'static Annotator> {
    let threads = jobs.map(|jobs| {
        let refused = || errors::value(py, "jobs: 0 at a time; valid: 1 or more");
        NonZeroUsize::new(jobs).ok_or_else(refused)
    });
    let jobs = threads.transpose()?;
    let made = py.detach(|| {
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        let (process, made) = made.get_or_insert_with(|| (process::id(), HashMap::new()));
        if *process != process::id() {
            return Err(Refused::Forked);
        }
        if let Some(annotator) = made.get(&jobs) {
            return Ok(*annotator);
        }
        let new = match jobs {
            Some(jobs) => Annotator::with_threads(jobs.get()),
            None => Annotator::embedded(),
        };
        let new: &'static Annotator = Box::leak(Box::new(new.map_err(Refused::Model)?));
        made.insert(jobs, new);
        Ok(new)
    });
    made.map_err(|refused| match refused {
        Refused::Model(error) => errors::plain(py, &error),
        Refused::Forked => errors::plain(
            py,
            &"this process was forked after demarche was used in it, and threads do not come along; \
              fork before, or start processes anew: multiprocessing.get_context(\"spawn\")",
        ),
    })
}
