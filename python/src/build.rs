//! From files and texts to a graph, on threads of Rust: Python may go on, interrupt it, and be told
//! how far it is.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use demarche::annotate::{Annotator, ModelError};
use demarche::corpus::{Format, ReadError, Reader, Warning};
use demarche::extract::Lexicon;
use demarche::ontology::Ontology;
use demarche::resolve::{Corpus, resolve};
use pyo3::prelude::*;
use rayon::prelude::*;

/// How often Python is asked whether it wants to stop, and told how far it is.
const GLANCE: Duration = Duration::from_millis(50);

/// The model, loaded once.
pub(crate) fn annotator() -> Result<&'static Annotator, ModelError> {
    static ANNOTATOR: OnceLock<Annotator> = OnceLock::new();
    if let Some(made) = ANNOTATOR.get() {
        return Ok(made);
    }
    let made = Annotator::embedded()?;
    Ok(ANNOTATOR.get_or_init(|| made))
}

/// What is read.
pub(crate) struct Sources {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// Texts, as JSON Lines.
    pub texts: Option<String>,
}

/// What came of it.
pub(crate) struct Read {
    pub corpus: Corpus,
    pub errors: Vec<ReadError>,
    pub warnings: Vec<Warning>,
}

#[derive(Default)]
struct Progress {
    done: AtomicUsize,
    documents: AtomicUsize,
    stop: AtomicBool,
}

/// Reads sources while Python goes on. `told` is called with the number of documents that are
/// read, and that there are.
pub(crate) fn build(
    py: Python<'_>,
    sources: Sources,
    ontology: &Arc<Ontology>,
    told: Option<&Bound<'_, PyAny>>,
) -> PyResult<Result<Read, ModelError>> {
    let progress = Arc::new(Progress::default());
    let (shared, ontology) = (Arc::clone(&progress), Arc::clone(ontology));
    let worker = thread::spawn(move || read(sources, &ontology, &shared));
    let tell = |last: bool| -> PyResult<()> {
        let (Some(told), count) = (told, progress.documents.load(Ordering::Relaxed)) else {
            return Ok(());
        };
        if count > 0 || last {
            told.call1((progress.done.load(Ordering::Relaxed), count))?;
        }
        Ok(())
    };
    while !worker.is_finished() {
        py.detach(|| thread::sleep(GLANCE));
        if let Err(stopped) = py.check_signals().and_then(|()| tell(false)) {
            progress.stop.store(true, Ordering::Relaxed);
            let _ = py.detach(|| worker.join());
            return Err(stopped);
        }
    }
    let read = py.detach(|| worker.join());
    tell(true)?;
    match read {
        Ok(read) => Ok(read),
        Err(_) => Err(pyo3::exceptions::PyRuntimeError::new_err("the reader broke; this is a bug")),
    }
}

fn read(sources: Sources, ontology: &Ontology, progress: &Progress) -> Result<Read, ModelError> {
    let (annotator, lexicon) = (annotator()?, Lexicon::new(ontology));
    let (mut documents, mut errors, mut warnings) = (Vec::new(), Vec::new(), Vec::new());
    let mut paths = sources.paths;
    let texts = sources.texts.unwrap_or_default();
    if !texts.is_empty() {
        paths.push("-".into());
    }
    let input = std::io::Cursor::new(texts);
    for item in Reader::new(paths, Some(Format::JsonLines)).with_stdin(input) {
        match item {
            Ok((document, told)) => {
                documents.push(document);
                warnings.extend(told);
            }
            Err(error) => errors.push(error),
        }
    }
    progress.documents.store(documents.len(), Ordering::Relaxed);
    let read = |document: &_| {
        if progress.stop.load(Ordering::Relaxed) {
            return None;
        }
        let read = demarche::read(document, annotator, &lexicon);
        progress.done.fetch_add(1, Ordering::Relaxed);
        Some(read)
    };
    let read: Vec<_> = annotator.install(|| documents.par_iter().filter_map(read).collect());
    let (records, claims): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    let corpus = resolve(records, claims.into_iter().flatten().collect(), ontology);
    Ok(Read { corpus, errors, warnings })
}
