//! What `build`, `add`, `remove` and `update` have in common: a graph folder is made what its
//! recipe says, and nothing that it holds is lost unless somebody says so.

mod documents;
mod loss;
mod order;
mod parts;
mod reading;
mod watch;

use std::io::Write;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use super::changes;
use super::summary::{self, count, thousands};
use super::terminal::{self, DIM, HEADING, Terminal};
use super::{Global, Outcome};
use crate::decisions::{self, Decision, Lost};
use crate::draw::{DrawError, Options, View, draw};
use crate::extract::Claim;
use crate::files;
use crate::graph::folder::{self, Folder, FolderError, Generation, Given, Origin, Recipe, Summed};
use crate::graph::{Changes, Graph};
use crate::ontology::{Ontology, layer_sum};
use crate::rdf::{self, Kept, Naming, Places, TRIPLES};
use crate::resolve::{Corpus, resolve_decided};
pub(super) use documents::{Documents, lies_in};
use loss::Held;
pub(super) use order::{Order, remembered};
use reading::Read;
pub(super) use reading::place;

/// The graph as RDF in its folder.
const TRIG: &str = "graph.trig";

/// The drawings of a graph folder.
const DRAWINGS: [(&str, View); 3] = [
    ("sources.svg", View::Sources),
    ("stances.svg", View::Stances),
    ("timeline.svg", View::Timeline),
];

impl Order {
    /// Builds it, and tells what it holds and what has changed.
    pub(super) fn build(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let (outcome, graph) = self.made(global, terminal)?;
        // The process ends: to take a large graph apart would take seconds.
        std::mem::forget(graph);
        Ok(outcome)
    }

    /// As [`Order::build`], with the graph; there is none where there was an error that has been told.
    fn made(mut self, global: &Global, terminal: &Terminal) -> Result<(Outcome, Option<Graph>)> {
        self.look_for_sources(terminal)?;
        let layers = self.recipe.layers();
        // Kept until the process ends: to take it apart would take as long as to load it.
        let ontology: &'static Ontology = Box::leak(Box::new(Ontology::load(&layers)?));
        let Some(decided) = self.decided(ontology, terminal) else {
            return Ok((Outcome::Incomplete, None));
        };
        self.sum_up(terminal)?;
        let folder = Folder::lock(&self.graph)?;
        if remembered(&self.graph).ok().flatten() != self.before {
            bail!("{}: another build has just changed this graph; try again", self.graph.display());
        }
        let held = Held::of(&self.graph, self.replace)?;

        let started = Instant::now();
        let read = self.read(&held, ontology, global, terminal)?;
        let reading = started.elapsed().as_secs_f64();
        let told = read.told(reading);
        let (failed, renamed) = (read.failed, read.renamed);

        let least = self.recipe.min_confidence.unwrap_or(f64::MIN);
        let keep = |claim: &Claim| claim.confidence >= least;
        let (documents, claims) = read.into_lists();
        let (corpus, lost) = resolve_decided(documents, claims, &decided, keep, ontology);
        let mut page = Vec::new();
        summary::write(&mut page, &corpus, ontology)?;
        self.tell_decisions(&mut page, &corpus, &lost, terminal)?;
        let graph = Graph::new(corpus, ontology);
        let naming = match &self.recipe.base {
            Some(base) => Naming::new(base)?,
            None => {
                let naming = Naming::of(&graph.corpus().documents);
                terminal.note(format_args!(
                    "things are named under {}, made from the documents; the graph keeps these \
                     names when documents change, --base gives others",
                    naming.base()
                ));
                naming
            }
        };
        self.recipe.base = Some(naming.base().to_owned());
        let origin = Origin::of(&self.graph)?;
        origin.keep(&self.graph)?;
        let before = folder::recipe(&self.graph).ok().flatten();
        let recipe = origin.kept(self.recipe, before.as_ref());
        let generation = folder.generation()?;
        let Written { places, changed } =
            write_files(&generation, &graph, &naming, &page, &recipe, (ontology, &held))?;
        let sizes = generation.commit(graph.corpus(), naming.base())?;
        let listed = |name: &str| !name.ends_with(".jsonl") || name == "claims.jsonl";
        let sizes = sizes.into_iter().map(|(name, sum)| (name, sum.bytes));
        let files: Vec<(String, u64)> = sizes.filter(|(name, _)| listed(name)).collect();
        if let Err(error) = places.write(&self.graph.join(TRIPLES)) {
            terminal.warning(format_args!("{TRIPLES}: {error}"));
        }

        let mut out = terminal::stdout();
        out.write_all(&page)?;
        match changed {
            None => {}
            Some(Ok(changed)) => changes::write(&mut out, &changed, changes::Length::Short)?,
            Some(Err(error)) => {
                terminal.warning(format_args!("what has changed cannot be told: {error}"));
            }
        }
        list_files(&mut out, &self.graph, &files)?;
        out.flush()?;
        drop(out);
        let seconds = started.elapsed().as_secs_f64();
        terminal.note(format_args!("{told}; {seconds:.1} s in all"));
        if failed > 0 {
            terminal.warning(format_args!("{} left out, see above", count(failed, "document")));
        }
        let outcome = if failed + renamed > 0 { Outcome::Incomplete } else { Outcome::Done };
        Ok((outcome, Some(graph)))
    }

    /// A source that was remembered, and is not here, would cost all of its documents.
    fn look_for_sources(&mut self, terminal: &Terminal) -> Result<()> {
        let before = self.before.as_ref();
        let is_remembered = |it: &Given| before.is_some_and(|before| before.sources.contains(it));
        let is_gone = |it: &Given| is_remembered(it) && it.0 != Path::new("-") && !it.0.exists();
        let gone: Vec<Given> =
            self.recipe.sources.iter().filter(|it| is_gone(it)).cloned().collect();
        for Given(path) in &gone {
            if !self.replace {
                bail!(
                    "{}: not here, but {} was built from it; paths are as they were given then: \
                     start the program in the same folder, or build with other paths",
                    path.display(),
                    self.graph.display()
                );
            }
            terminal.warning(format_args!("{}: not here any more; forgotten", path.display()));
        }
        self.recipe.sources.retain(|it| !gone.contains(it));
        Ok(())
    }

    /// What a person has decided; `None` if the file is wrong, which has then been told.
    fn decided(&self, ontology: &Ontology, terminal: &Terminal) -> Option<Vec<Decision>> {
        let Some(file) = &self.recipe.decisions else { return Some(Vec::new()) };
        match decisions::read(&file.path.0, ontology) {
            Ok(decided) => Some(decided),
            Err(errors) => {
                errors.into_iter().for_each(|error| terminal.error(error));
                let before = self.before.as_ref().and_then(|it| it.decisions.as_ref());
                if before.is_some_and(|before| before.path == file.path) {
                    terminal.hint(
                        "the graph was built with these decisions; --decisions names the file \
                         where it is now, --forget builds without",
                    );
                }
                None
            }
        }
    }

    /// Sums up the files that are read beside the texts, and tells which are others than before.
    fn sum_up(&mut self, terminal: &Terminal) -> Result<()> {
        let before = self.before.clone().unwrap_or_default();
        let is_other = |it: &Summed, before: &[Summed]| {
            before.iter().any(|old| old.path == it.path && old.sha256 != it.sha256)
        };
        for layer in &mut self.recipe.ontology {
            layer.sha256 = layer_sum(&layer.path.0);
            if is_other(layer, &before.ontology) {
                let path = layer.path.0.display();
                terminal.note(format_args!("{path} has changed: all documents are read anew"));
            }
        }
        if let Some(file) = &mut self.recipe.decisions {
            let path = &file.path.0;
            let content =
                files::read(path, u64::MAX).with_context(|| path.display().to_string())?;
            file.sha256 = files::sha256(&content);
        }
        Ok(())
    }

    /// All documents as they were read, or a refusal where some would be lost.
    fn read(
        &mut self,
        held: &Held,
        ontology: &'static Ontology,
        global: &Global,
        terminal: &Terminal,
    ) -> Result<Read> {
        let read = if self.recipe.readings {
            self.parts(ontology, terminal)?
        } else {
            let documents = self.documents(terminal);
            let ids = documents.list.iter().map(|it| (it.id.as_str(), it.text.as_str()));
            self.refuse_loss(held, ids)?;
            self.readings(documents, ontology, global, terminal)?
        };
        terminal.progress_done();
        if read.readings.is_empty() {
            bail!("nothing to build from: no document could be read");
        }
        // Also what could be opened, but not be read, would be lost.
        let documents = read.readings.iter().map(|it| &it.document);
        self.refuse_loss(held, documents.map(|it| (it.id.as_str(), it.text.as_str())))?;
        Ok(read)
    }

    fn tell_decisions(
        &self,
        page: &mut Vec<u8>,
        corpus: &Corpus,
        lost: &[Lost],
        terminal: &Terminal,
    ) -> Result<()> {
        let Some(file) = &self.recipe.decisions else { return Ok(()) };
        let (kept, unmet) = (corpus.decisions.len(), lost.len());
        writeln!(
            page,
            "\n{HEADING}Decisions{HEADING:#}\n  {kept} applied, {unmet} no longer match"
        )?;
        for Lost { line, reason } in lost {
            terminal.warning(format_args!(
                "{}:{line}: the decision no longer matches: {reason}",
                file.path.0.display()
            ));
        }
        Ok(())
    }
}

/// What is known of a graph when its files are written.
struct Written {
    /// Where the triples of each document are.
    places: Places,
    /// What has changed, if the folder held a graph before.
    changed: Option<Result<Changes, FolderError>>,
}

/// Writes all files of a graph but the manifest.
fn write_files(
    generation: &Generation<'_>,
    graph: &Graph,
    naming: &Naming,
    page: &[u8],
    recipe: &Recipe,
    (ontology, held): (&Ontology, &Held),
) -> Result<Written> {
    let corpus = graph.corpus();
    let kept = Kept::open(&held.file(TRIG), &held.file(TRIPLES), ontology, naming);
    let mut places = Places::default();
    // The largest file beside all others.
    let (triples, changed) = rayon::join(
        || {
            generation.file(TRIG, |out| {
                places = rdf::write_trig_with(corpus, ontology, naming, &kept, out)?;
                Ok(())
            })
        },
        || -> Result<_> {
            generation.lists(corpus)?;
            let changed = held.is_graph().then(|| generation.changes(corpus));
            generation
                .file("summary.txt", |out| out.write_all(terminal::plain(page).as_bytes()))?;
            for (name, view) in DRAWINGS {
                match draw(graph, view, &Options::default()) {
                    Ok(drawing) => {
                        generation.file(name, |out| out.write_all(drawing.to_svg().as_bytes()))?;
                    }
                    Err(DrawError::Nothing(_)) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            generation.recipe(recipe)?;
            Ok(changed)
        },
    );
    triples?;
    // Some systems replace no file that is open: those that are kept are closed here.
    drop(kept);
    Ok(Written { places, changed: changed? })
}

/// Writes the files with their sizes.
fn list_files(out: &mut dyn Write, folder: &Path, files: &[(String, u64)]) -> Result<()> {
    writeln!(out, "\n{HEADING}Files in {}{HEADING:#}", folder.display())?;
    for (file, size) in files {
        writeln!(out, "  {file:<16} {DIM}{:>11} bytes{DIM:#}", thousands(*size as usize))?;
    }
    Ok(())
}
