//! What is to be built, and into which folder.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::graph::folder::{self, FolderError, Origin, Recipe};

/// A graph that is to be built.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Order {
    /// The folder.
    pub(in crate::cli) graph: PathBuf,
    /// What its graph was built from, where it says so.
    pub(in crate::cli) before: Option<Recipe>,
    /// What it is to be built from now.
    pub(in crate::cli) recipe: Recipe,
    /// Paths of which no document is left out any more.
    pub(in crate::cli) restored: Vec<PathBuf>,
    /// Documents that are no longer in the sources may go.
    pub(in crate::cli) replace: bool,
}

/// What the graph of a folder was built from, its paths as they lead there from where the program is;
/// `None` where there is none, or it does not say so.
pub(in crate::cli) fn remembered(graph: &Path) -> Result<Option<Recipe>> {
    match known(graph) {
        Ok(recipe) => Ok(recipe),
        Err(FolderError::NoGraph(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn known(graph: &Path) -> Result<Option<Recipe>, FolderError> {
    let Some(mut recipe) = folder::recipe(graph)? else { return Ok(None) };
    if recipe.base.is_none() {
        // an earlier version has made one and not kept it
        recipe.base = Some(folder::manifest(graph)?.base);
    }
    Ok(Some(Origin::of(graph)?.reached(recipe)))
}

impl Order {
    /// Brings the graph of a folder up to date, which must say what it was built from.
    pub(in crate::cli) fn update(graph: &Path) -> Result<Self> {
        let before = known(graph)?;
        let Some(recipe) = before.clone().filter(|it| !it.sources.is_empty()) else {
            bail!(
                "{}: this graph does not say what it was built from; `demarche build PATH…` with \
                 all of its texts builds it anew, and remembers them",
                graph.display()
            );
        };
        Self::refuse_standard_input(&recipe, graph)?;
        let graph = graph.to_owned();
        Ok(Self { graph, before, recipe, restored: Vec::new(), replace: false })
    }

    /// Refuses to build from what is no longer there to be read.
    pub(in crate::cli) fn refuse_standard_input(recipe: &Recipe, graph: &Path) -> Result<()> {
        if recipe.paths().any(|path| path == Path::new("-")) {
            bail!(
                "{} was built from standard input, and standard input cannot be read again; put \
                 the text into a file, and build with its path",
                graph.display()
            );
        }
        Ok(())
    }
}
