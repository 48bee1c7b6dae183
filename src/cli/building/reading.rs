//! From documents to readings: those that are kept, and the others read.

use std::collections::HashSet;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use rayon::prelude::*;

use super::Order;
use super::documents::Documents;
use crate::annotate::Annotator;
use crate::budget::{self, Budget};
use crate::cli::Global;
use crate::cli::summary::count;
use crate::cli::terminal::Terminal;
use crate::corpus::Document;
use crate::extract::{self, By, Claim, Lexicon};
use crate::graph::folder::Recipe;
use crate::ontology::Ontology;
use crate::readings::{Key, Method, READINGS, Reading, Readings};
use crate::resolve::DocumentRecord;

/// All documents that could be read.
#[derive(Default)]
pub(super) struct Read {
    /// Sorted by id.
    pub(super) readings: Vec<Reading>,
    /// How many of them had been read before.
    pub(super) kept: usize,
    /// How many words were read anew.
    pub(super) words: usize,
    /// How many documents were left out.
    pub(super) failed: usize,
    /// How many had an id that is another document's, and were read under another one.
    pub(super) renamed: usize,
}

impl Read {
    /// What was read, and how fast.
    pub(super) fn told(&self, seconds: f64) -> String {
        let kept = match self.kept {
            0 => String::new(),
            kept => format!("{} as read before", count(kept, "document")),
        };
        if self.words == 0 {
            return kept;
        }
        let speed = count((self.words as f64 / seconds) as usize, "word");
        let new = format!("read {} in {seconds:.1} s, {speed} a second", count(self.words, "word"));
        if kept.is_empty() { new } else { format!("{new}; {kept}") }
    }

    pub(super) fn into_lists(self) -> (Vec<DocumentRecord>, Vec<Claim>) {
        let lists = self.readings.into_iter().map(|it| (it.document, it.claims));
        let (documents, claims): (Vec<_>, Vec<_>) = lists.unzip();
        (documents, claims.into_iter().flatten().collect())
    }
}

/// What a document may ask for.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) struct Budgets {
    time: Duration,
    memory: u64,
}

impl Budgets {
    /// So many seconds and MiB.
    pub(in crate::cli) fn new(seconds: Option<u64>, memory: Option<u64>) -> Self {
        Self {
            time: seconds.map_or(budget::DEFAULT_TIME, Duration::from_secs),
            memory: memory.map_or(budget::DEFAULT_MEMORY, |mib| mib.saturating_mul(1 << 20)),
        }
    }

    fn of(recipe: &Recipe) -> Self {
        Self::new(recipe.document_seconds, recipe.document_memory)
    }

    /// For a document that is begun now.
    fn begin(self) -> Budget {
        Budget::from_now(self.time, self.memory)
    }
}

impl Order {
    /// The readings of the documents: those that are kept in the folder, and the others read in
    /// parallel and kept from now on.
    pub(super) fn readings(
        &self,
        documents: Documents,
        ontology: &Ontology,
        global: &Global,
        terminal: &Terminal,
    ) -> Result<Read> {
        let by = self.recipe.read_by.unwrap_or(By::Both);
        let method = Method::new(ontology, by);
        let Documents { list, failed, renamed, .. } = documents;
        let keys: HashSet<Key> = list.iter().map(|it| method.key(it)).collect();
        let kept = Readings::open(&self.graph.join(READINGS));
        let kept = kept
            .map_err(|error| terminal.warning(format_args!("{error}; all documents are read anew")))
            .ok();

        let found: Vec<_> =
            list.par_iter().map(|it| kept.as_ref()?.get(method, it).transpose()).collect();
        let mut read = Read { failed, renamed, ..Read::default() };
        let mut unread = Vec::new();
        for (document, found) in list.into_iter().zip(found) {
            match found {
                Some(Ok(reading)) => read.readings.push(reading),
                Some(Err(error)) => {
                    terminal.warning(format_args!(
                        "{}: read anew: what was kept of it in {READINGS} cannot be used: {error}",
                        place(&document)
                    ));
                    unread.push(document);
                }
                None => unread.push(document),
            }
        }
        read.kept = read.readings.len();
        if !unread.is_empty() {
            let annotator = global.annotator()?;
            let budgets = Budgets::of(&self.recipe);
            let desk = Desk { annotator, lexicon: &Lexicon::new(ontology), by, method, budgets };
            let new = annotator.install(|| desk.read(unread, kept.as_ref(), terminal));
            for reading in new {
                match reading {
                    Ok(reading) => {
                        read.words += reading.document.words;
                        read.readings.push(reading);
                    }
                    Err(()) => read.failed += 1,
                }
            }
        }
        // Threads end in any order; from here on nothing depends on it.
        read.readings.sort_by(|a, b| a.document.id.cmp(&b.document.id));
        if let Some(kept) = kept
            && let Err(error) = kept.close(&keys)
        {
            terminal.warning(format_args!("{READINGS}: {error}"));
        }
        Ok(read)
    }
}

/// What documents are read with.
pub(in crate::cli) struct Desk<'a> {
    pub(in crate::cli) annotator: &'a Annotator,
    pub(in crate::cli) lexicon: &'a Lexicon<'a>,
    pub(in crate::cli) by: By,
    pub(in crate::cli) method: Method,
    pub(in crate::cli) budgets: Budgets,
}

impl Desk<'_> {
    /// Annotates and extracts in parallel; what cannot be read is told.
    fn read(
        &self,
        documents: Vec<Document>,
        kept: Option<&Readings>,
        terminal: &Terminal,
    ) -> Vec<Result<Reading, ()>> {
        let bar = terminal.progress("reading");
        let words = AtomicUsize::new(0);
        let unwritten = Mutex::new(None);
        let started = Instant::now();
        let read = documents.into_par_iter().map(|document| {
            let reading = self
                .read_one(&document)
                .map_err(|reason| terminal.error(format_args!("{}: {reason}", place(&document))))?;
            if let Some(kept) = kept
                && let Err(error) = kept.put(self.method.key(&document), self.method, &reading)
            {
                unwritten.lock().expect("nobody panics here").get_or_insert(error);
            }
            let (own, claims) = (reading.document.words, reading.claims.len());
            let so_far = words.fetch_add(own, Ordering::Relaxed) + own;
            bar.inc(1);
            let speed = so_far as f64 / started.elapsed().as_secs_f64();
            bar.set_message(format!(
                "{}, {} a second",
                count(so_far, "word"),
                count(speed as usize, "word")
            ));
            terminal.detail(format_args!(
                "{}: {}, {}",
                place(&document),
                count(own, "word"),
                count(claims, "claim")
            ));
            Ok(reading)
        });
        let read = read.collect();
        if let Some(error) = unwritten.into_inner().expect("nobody panics here") {
            terminal.warning(format_args!(
                "what was read cannot be kept in {READINGS} and will be read again: {error}"
            ));
        }
        read
    }

    /// What one document tells, or why it is left out.
    pub(in crate::cli) fn read_one(&self, document: &Document) -> Result<Reading, String> {
        // A bug that one text brings to light must not cost the others.
        let read = panic::catch_unwind(AssertUnwindSafe(|| {
            let budget = self.budgets.begin();
            crate::read_within(document, self.annotator, &budget, |page, annotation| {
                extract::extract_within(self.by, page, annotation, self.lexicon, &budget)
            })
        }));
        match read {
            Ok(Ok((document, claims))) => Ok(Reading { document, claims }),
            Ok(Err(over)) => Err(over.to_string()),
            Err(_) => Err("a bug in demarche stopped the reading of this document; \
                           please report it"
                .to_owned()),
        }
    }
}

/// The file of a document, or its id.
pub(in crate::cli) fn place(document: &Document) -> String {
    document.path.as_deref().map_or_else(|| document.id.clone(), |path| path.display().to_string())
}
