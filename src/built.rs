//! From files to a graph in one call.

use std::path::PathBuf;

use rayon::prelude::*;
use thiserror::Error;

use crate::annotate::{Annotator, ModelError};
use crate::corpus::{PassedOver, ReadError, Reader, Warning};
use crate::extract::Lexicon;
use crate::graph::Graph;
use crate::ontology::{Ontology, OntologyErrors};
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
