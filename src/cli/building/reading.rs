//! From documents to readings: those that are kept, and the others read.

use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::Result;
use rayon::prelude::*;

use super::Order;
use super::documents::Documents;
use crate::cli::Global;
use crate::cli::summary::count;
use crate::cli::terminal::Terminal;
use crate::corpus::Document;
use crate::extract::{By, Claim, Lexicon};
use crate::graph::folder::Recipe;
use crate::ontology::Ontology;
use crate::readings::{Key, Method, READINGS, Reading, Readings};
use crate::resolve::DocumentRecord;
use crate::{Budgets, Desk};

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

/// What a recipe lets a document ask for.
fn budgets(recipe: &Recipe) -> Budgets {
    Budgets::new(recipe.document_seconds, recipe.document_memory)
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
            let budgets = budgets(&self.recipe);
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
}

/// The file of a document, or its id.
pub(in crate::cli) fn place(document: &Document) -> String {
    document.path.as_deref().map_or_else(|| document.id.clone(), |path| path.display().to_string())
}
