//! What a graph folder holds before it is built into, and what would be lost.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::Order;
use crate::cli::summary::count;
use crate::files;
use crate::graph::folder::{FolderError, Partial};

/// How many documents are named that would be lost.
const NAMED: usize = 8;

/// The documents of the graph that a folder holds.
pub(super) struct Held {
    graph: PathBuf,
    /// Is there a graph at all?
    is_graph: bool,
    ids: BTreeSet<String>,
}

impl Held {
    /// Looks what is in a folder. What cannot be read is no reason to stop if it may be replaced.
    pub(super) fn of(graph: &Path, replace: bool) -> Result<Self> {
        let is_graph = files::is_graph_folder(graph);
        let ids = match Partial::open(graph) {
            Ok((_, frame)) => frame.documents.into_iter().map(|it| it.id).collect(),
            Err(FolderError::NoGraph(_)) => BTreeSet::new(),
            Err(_) if replace => BTreeSet::new(),
            Err(error) => {
                return Err(error).context(
                    "what the folder holds cannot be told; --replace builds over it all the same",
                );
            }
        };
        Ok(Self { graph: graph.to_owned(), is_graph, ids })
    }

    /// Was there a graph at all?
    pub(super) fn is_graph(&self) -> bool {
        self.is_graph
    }

    /// Where a file of the folder is.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.graph.join(name)
    }

    fn texts(&self) -> Result<HashMap<String, String>> {
        Ok(Partial::open(&self.graph)?.0.texts(&self.ids)?)
    }
}

impl Order {
    /// Refuses to build if documents that the folder holds are not among `documents`, or, where
    /// these are from other sources, are others of the same id.
    pub(super) fn refuse_loss<'d>(
        &self,
        held: &Held,
        documents: impl Iterator<Item = (&'d str, &'d str)>,
    ) -> Result<()> {
        if self.replace || held.ids.is_empty() {
            return Ok(());
        }
        let texts: BTreeMap<&str, &str> = documents.collect();
        let mut lost: Vec<&str> = held
            .ids
            .iter()
            .map(String::as_str)
            .filter(|id| !texts.contains_key(id) && !self.recipe.without.contains(*id))
            .collect();
        // An edited text of the same source is the same document; one from elsewhere is not.
        if !self.before.as_ref().is_some_and(|before| self.recipe.covers(before)) {
            let old = held.texts()?;
            let is_other = |id: &&str| texts.get(*id).is_some_and(|text| *text != old[*id]);
            lost.extend(held.ids.iter().map(String::as_str).filter(is_other));
            lost.sort_unstable();
        }
        if lost.is_empty() {
            return Ok(());
        }
        let more = match lost.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let named: Vec<&str> = lost.iter().copied().take(NAMED).collect();
        bail!(
            "{} holds {}, of which this would lose {}: {}{more}; `demarche add PATH…` adds to it, \
             `demarche remove ID…` takes documents out, and --replace builds without them",
            held.graph.display(),
            count(held.ids.len(), "document"),
            lost.len(),
            named.join(", ")
        );
    }
}
