//! Building again whenever something changes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::{Result, bail};

use super::{Order, remembered};
use crate::cli::terminal::{self, Terminal};
use crate::cli::{Global, Outcome};
use crate::files;

/// How often it is looked.
const GLANCE: Duration = Duration::from_secs(1);

/// Files with their times of change and lengths.
type Seen = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

impl Order {
    /// Builds now, and whenever a text, the ontology or the decisions have changed and rested for a
    /// glance. What goes wrong is told, and tried again with the next change.
    pub(in crate::cli) fn watch(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        if self.recipe.paths().any(|path| path == Path::new("-")) {
            bail!("standard input cannot be watched; valid: files and folders");
        }
        let mut order = self;
        let mut built = order.look();
        loop {
            match order.clone().made(global, terminal) {
                // What was asked for is what the graph remembers now.
                Ok(_) => order = Self { replace: order.replace, ..Self::update(&order.graph)? },
                Err(error) => {
                    terminal.error(terminal::chain(&error));
                    order.before = remembered(&order.graph).ok().flatten();
                }
            }
            terminal.note("watching for changes (end with Ctrl-C)");
            let mut seen = order.look();
            loop {
                thread::sleep(GLANCE);
                let now = order.look();
                if now == seen && now != built {
                    built = now;
                    break;
                }
                seen = now;
            }
        }
    }

    /// What there is now of everything that the graph is made from. Folders that hold a graph, and
    /// hidden ones, are passed over, as they are when texts are read.
    fn look(&self) -> Seen {
        let mut seen = Seen::new();
        let beside = self.recipe.ontology.iter().chain(&self.recipe.decisions);
        let mut open: Vec<PathBuf> =
            self.recipe.paths().cloned().chain(beside.map(|it| it.path.0.clone())).collect();
        while let Some(path) = open.pop() {
            let Ok(found) = fs::metadata(&path) else { continue };
            if !found.is_dir() {
                seen.insert(path, (found.modified().ok(), found.len()));
                continue;
            }
            if files::is_graph_folder(&path) || path == self.graph {
                continue;
            }
            let entries = fs::read_dir(&path).into_iter().flatten().flatten();
            open.extend(entries.filter(is_seen).map(|entry| entry.path()));
        }
        seen
    }
}

fn is_seen(entry: &fs::DirEntry) -> bool {
    let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
    let is_link = || entry.file_type().is_ok_and(|kind| kind.is_symlink());
    !(is_hidden || is_link() && entry.path().is_dir())
}
