use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::Order;
use crate::cli::passed_over;
use crate::cli::terminal::{self, Terminal};
use crate::corpus::{Document, Format, Reader};

/// How many documents are described at once.
const TOGETHER: usize = 256;

/// Documents that a reader has given.
#[derive(Default)]
pub(in crate::cli) struct Documents {
    /// In the order of the sources.
    pub(in crate::cli) list: Vec<Document>,
    /// How many could not be read.
    pub(in crate::cli) failed: usize,
    /// How many had an id that is another document's, and were read under another one.
    pub(in crate::cli) renamed: usize,
    /// Are there no more?
    pub(in crate::cli) is_end: bool,
}

impl Documents {
    /// The next so many documents of a reader; what there is to say of them is told, in its order.
    pub(in crate::cli) fn next(reader: &mut Reader, most: usize, terminal: &Terminal) -> Self {
        let mut documents = Self::default();
        while documents.list.len() < most && !documents.is_end {
            let wanted = (most - documents.list.len()).min(TOGETHER);
            let read = reader.read_together(wanted);
            documents.is_end = read.len() < wanted;
            for item in read {
                match item {
                    Ok((document, warnings)) => {
                        warnings.into_iter().for_each(|warning| terminal.warning(warning));
                        documents.list.push(document);
                    }
                    Err(error) => {
                        let is_read = error.kind.is_read();
                        documents.renamed += usize::from(is_read);
                        documents.failed += usize::from(!is_read);
                        terminal.error(terminal::chain(&anyhow::Error::from(error)));
                    }
                }
            }
        }
        if documents.is_end {
            passed_over::tell(reader.passed_over(), terminal);
        }
        documents
    }
}

impl Order {
    /// The documents of the sources without those that are left out; which of these there are is
    /// remembered, and no others.
    pub(super) fn documents(&mut self, terminal: &Terminal) -> Documents {
        let format = self.recipe.format.as_deref().and_then(|name| name.parse::<Format>().ok());
        let mut reader = Reader::new(self.recipe.paths(), format)
            .keep_all(self.recipe.keep_all)
            .without(&self.graph);
        let mut documents = Documents::next(&mut reader, usize::MAX, terminal);
        let mut met = BTreeSet::new();
        documents.list.retain(|document| {
            let is_restored =
                |root: &PathBuf| document.path.as_deref().is_some_and(|path| lies_in(path, root));
            let is_out = self.recipe.without.contains(&document.id)
                && !self.restored.iter().any(is_restored);
            if is_out {
                met.insert(document.id.clone());
            }
            !is_out
        });
        self.recipe.without = met;
        documents
    }
}

/// Is the file in that folder, or is it that file, whichever way their paths lead there?
pub(in crate::cli) fn lies_in(path: &Path, root: &Path) -> bool {
    let whole = |path: &Path| fs::canonicalize(path).ok();
    path.starts_with(root)
        || whole(path).zip(whole(root)).is_some_and(|(path, root)| path.starts_with(root))
}
