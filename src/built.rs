//! From files to a graph in one call, and from one document to its reading.

use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::time::Duration;

use rayon::prelude::*;
use thiserror::Error;

use crate::annotate::{Annotator, ModelError};
use crate::budget::{self, Budget, OverBudget};
use crate::corpus::{Document, PassedOver, ReadError, Reader, Warning};
use crate::extract::{self, By, Lexicon};
use crate::graph::Graph;
use crate::ontology::{Ontology, OntologyErrors};
use crate::readings::{Method, Reading};
use crate::resolve::resolve;

/// A graph, and what there is to say of its texts.
#[derive(Debug)]
#[non_exhaustive]
pub struct Built {
    /// The graph of all texts that could be read.
    pub graph: Graph,
    /// Why others could not be read, in the order of the files.
    pub errors: Vec<ReadError>,
    /// What is doubtful in those that were read, in the order of the files.
    pub warnings: Vec<Warning>,
    /// What is not read in the folders, as it is no text.
    pub passed_over: Vec<PassedOver>,
}

/// Nothing can be read at all: a part of the program itself is broken.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The ontology.
    #[error(transparent)]
    Ontology(#[from] OntologyErrors),
    /// The annotator's model.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// Reads texts into a graph: files, and folders with all in them. A text that cannot be read
/// costs the others nothing. Texts are read in parallel; the graph does not depend on it.
///
/// For an ontology of one's own, or for the steps one by one, there are the rooms: see
/// [the whole way](crate#the-whole-way).
///
/// # Errors
/// When the ontology or the model in the binary is broken, which a test rules out.
pub fn build<P: Into<PathBuf>>(paths: impl IntoIterator<Item = P>) -> Result<Built, BuildError> {
    let ontology = Ontology::shipped()?;
    let lexicon = Lexicon::new(&ontology);
    let annotator = Annotator::embedded()?;
    let (mut documents, mut errors, mut warnings) = (Vec::new(), Vec::new(), Vec::new());
    let mut reader = Reader::new(paths, None);
    for item in reader.by_ref() {
        match item {
            Ok((document, told)) => {
                documents.push(document);
                warnings.extend(told);
            }
            Err(error) => errors.push(error),
        }
    }
    let read: Vec<_> = annotator
        .install(|| documents.par_iter().map(|it| crate::read(it, &annotator, &lexicon)).collect());
    let (records, claims): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    let corpus = resolve(records, claims.into_iter().flatten().collect(), &ontology);
    let passed_over = reader.passed_over().to_vec();
    Ok(Built { graph: Graph::new(corpus, &ontology), errors, warnings, passed_over })
}

/// What one document may ask for.
#[derive(Debug, Clone, Copy)]
pub struct Budgets {
    time: Duration,
    memory: u64,
}

impl Budgets {
    /// So many seconds and MiB; without a number [`budget::DEFAULT_TIME`] and
    /// [`budget::DEFAULT_MEMORY`].
    pub fn new(seconds: Option<u64>, memory: Option<u64>) -> Self {
        Self {
            time: seconds.map_or(budget::DEFAULT_TIME, Duration::from_secs),
            memory: memory.map_or(budget::DEFAULT_MEMORY, |mib| mib.saturating_mul(1 << 20)),
        }
    }

    /// For a document that is begun now.
    fn begin(self) -> Budget {
        Budget::from_now(self.time, self.memory)
    }
}

/// What documents are read with, one by one, by as many threads as there are.
pub struct Desk<'a> {
    /// Who annotates.
    pub annotator: &'a Annotator,
    /// The ontology, indexed.
    pub lexicon: &'a Lexicon<'a>,
    /// Who looks for claims.
    pub by: By,
    /// The sum of both, under which readings are kept.
    pub method: Method,
    /// What each document may ask for.
    pub budgets: Budgets,
}

/// Why a document that is there could not be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Unread {
    /// It takes too much.
    #[error(transparent)]
    OverBudget(#[from] OverBudget),
    /// The program has a bug.
    #[error("a bug in demarche stopped the reading of this document; please report it")]
    Bug,
}

impl Desk<'_> {
    /// What one document tells, within its budget. A bug that one text brings to light costs no
    /// other: a panic is an error of this document.
    ///
    /// # Errors
    /// When the document asks for too much, or the program has a bug.
    pub fn read_one(&self, document: &Document) -> Result<Reading, Unread> {
        let read = panic::catch_unwind(AssertUnwindSafe(|| {
            let budget = self.budgets.begin();
            crate::read_within(document, self.annotator, &budget, |page, annotation| {
                extract::extract_within(self.by, page, annotation, self.lexicon, &budget)
            })
        }));
        let (document, claims) = read.map_err(|_| Unread::Bug)??;
        Ok(Reading { document, claims })
    }
}
