//! A graph as Python holds it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use demarche::ask;
use demarche::corpus::Place;
use demarche::draw::{self, View};
use demarche::export::{COLUMNS, Cell, Content, FORMATS, Format, Options, Table};
use demarche::extract::Lexicon;
use demarche::graph::{Edge, Graph as Inner, Node, folder, lookup};
use demarche::ontology::{Ontology, OntologyErrors};
use demarche::rdf::{self, Answer, Naming, Store};
use demarche::resolve::stances;
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use pythonize::pythonize;
use serde::Serialize;
use serde_json::json;

use crate::build::{self, Sources, annotator};
use crate::errors::{DemarcheError, FolderError, OntologyError, QueryError, ReadError, raised};

/// Texts read into claims, and what they were resolved to.
#[pyclass(frozen, module = "demarche._demarche")]
pub(crate) struct Graph {
    graph: Inner,
    ontology: Arc<Ontology>,
    naming: Naming,
    store: OnceLock<Store>,
    /// Sentences about documents that could not be read: file, line, what is wrong.
    errors: Vec<Told>,
    /// The same about what is doubtful in those that were.
    warnings: Vec<Told>,
}

type Told = (Option<String>, Option<usize>, String);

fn told(place: &Place, words: String) -> Told {
    (place.path.as_ref().map(|it| it.display().to_string()), place.line, words)
}

fn of_ontology(py: Python<'_>, errors: &OntologyErrors) -> PyErr {
    let first = errors.0.first();
    let file = first.map(|it| Path::new(&it.file));
    raised::<OntologyError>(py, errors, file, first.and_then(|it| it.line))
}

fn plain<E: pyo3::PyTypeInfo>(py: Python<'_>, words: impl ToString) -> PyErr {
    raised::<E>(py, words, None, None)
}

/// A value of Rust as Python's own.
fn given<'py>(py: Python<'py>, value: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    Ok(pythonize(py, value)?)
}

impl Graph {
    fn new(graph: Inner, ontology: Arc<Ontology>, naming: Naming) -> Self {
        let (store, errors, warnings) = (OnceLock::new(), Vec::new(), Vec::new());
        Self { graph, ontology, naming, store, errors, warnings }
    }

    fn store(&self) -> Result<&Store, rdf::StoreError> {
        if let Some(store) = self.store.get() {
            return Ok(store);
        }
        let quads = rdf::quads(self.graph.corpus(), &self.ontology, &self.naming);
        let made = Store::load(quads.chain(rdf::vocabulary()), self.naming.clone())?;
        Ok(self.store.get_or_init(|| made))
    }
}

#[pymethods]
impl Graph {
    /// Reads files, folders and texts (JSON Lines).
    #[staticmethod]
    #[pyo3(signature = (paths, texts, ontology, progress))]
    fn build(
        py: Python<'_>,
        paths: Vec<PathBuf>,
        texts: Option<String>,
        ontology: Vec<PathBuf>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let ontology = py.detach(|| Ontology::load(&ontology));
        let ontology = Arc::new(ontology.map_err(|errors| of_ontology(py, &errors))?);
        let read = build::build(py, Sources { paths, texts }, &ontology, progress.as_ref())?
            .map_err(|error| plain::<DemarcheError>(py, error))?;
        if let (true, Some(first)) = (read.corpus.documents.is_empty(), read.errors.first()) {
            let (path, line) = (first.place.path.as_deref(), first.place.line);
            return Err(raised::<ReadError>(py, first, path, line));
        }
        let (naming, corpus) = (Naming::of(&read.corpus.documents), read.corpus);
        let graph = py.detach(|| Inner::new(corpus, &ontology));
        let errors = read.errors.iter().map(|it| told(&it.place, it.to_string())).collect();
        let warnings = read.warnings.iter().map(|it| told(&it.place, it.to_string())).collect();
        Ok(Self { errors, warnings, ..Self::new(graph, ontology, naming) })
    }

    /// Opens a graph folder.
    #[staticmethod]
    fn open(py: Python<'_>, folder: PathBuf, ontology: Vec<PathBuf>) -> PyResult<Self> {
        let ontology = py.detach(|| Ontology::load(&ontology));
        let ontology = Arc::new(ontology.map_err(|errors| of_ontology(py, &errors))?);
        let opened = py.detach(|| Ok((folder::manifest(&folder)?, folder::open(&folder)?)));
        let (manifest, corpus) = opened.map_err(|error: folder::FolderError| {
            raised::<FolderError>(py, error, Some(&folder), None)
        })?;
        let naming = Naming::new(&manifest.base).map_err(|it| plain::<FolderError>(py, it))?;
        let graph = py.detach(|| Inner::new(corpus, &ontology));
        Ok(Self::new(graph, ontology, naming))
    }

    /// Saves it as a graph folder, whole or not at all.
    fn save(&self, py: Python<'_>, folder: PathBuf) -> PyResult<()> {
        let saved =
            py.detach(|| folder::save(self.graph.corpus(), self.naming.base(), &folder));
        saved.map_err(|error| raised::<FolderError>(py, error, Some(&folder), None))
    }

    /// Documents that could not be read: file, line, sentence.
    #[getter]
    fn errors(&self) -> Vec<Told> {
        self.errors.clone()
    }

    /// What is doubtful in those that were: file, line, sentence.
    #[getter]
    fn warnings(&self) -> Vec<Told> {
        self.warnings.clone()
    }

    /// How many there are of each kind of thing.
    fn counts(&self) -> BTreeMap<&'static str, usize> {
        let corpus = self.graph.corpus();
        BTreeMap::from([
            ("documents", corpus.documents.len()),
            ("claims", corpus.claims.len()),
            ("actors", corpus.actors.len()),
            ("matters", corpus.matters.len()),
            ("events", corpus.events.len()),
            ("disputes", corpus.disputes.len()),
        ])
    }

    /// The table of claims by column.
    fn table<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let table = Table::new(self.graph.corpus());
        let columns = PyDict::new(py);
        for column in &COLUMNS {
            let cells = PyList::empty(py);
            for row in table.rows() {
                match column.cell(&row) {
                    Cell::Empty => cells.append(py.None())?,
                    Cell::Text(words) => cells.append(&*words)?,
                    Cell::Integer(number) => cells.append(number)?,
                    Cell::Number(number) => cells.append(number)?,
                }
            }
            columns.set_item(column.name, cells)?;
        }
        Ok(columns)
    }

    /// The claims as `claims.jsonl` has them.
    fn records<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        given(py, &self.graph.corpus().claims)
    }

    /// The documents, with their texts.
    fn documents<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        given(py, &self.graph.corpus().documents)
    }

    /// The actors.
    fn actors<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        given(py, &self.graph.corpus().actors)
    }

    /// The matters.
    fn matters<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        given(py, &self.graph.corpus().matters)
    }

    /// The events.
    fn events<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        given(py, &self.graph.corpus().events)
    }

    /// What the voices disagree on, the most telling first.
    fn disputes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        given(py, &self.graph.corpus().disputes)
    }

    /// Who stands where.
    fn stances<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        given(py, &py.detach(|| stances(self.graph.corpus(), &self.ontology)))
    }

    /// Answers a question in English.
    fn ask<'py>(&self, py: Python<'py>, question: &str, limit: usize) -> PyResult<Bound<'py, PyAny>> {
        let answered = py.detach(|| {
            let lexicon = Lexicon::new(&self.ontology);
            let mut answer = ask::answer(&self.graph, &lexicon, annotator()?, question);
            answer.answers.truncate(limit);
            Ok(answer)
        });
        let answer = answered.map_err(|error: demarche::annotate::ModelError| {
            plain::<DemarcheError>(py, error)
        })?;
        let page = json!({ "answer": answer, "text": answer.to_string() });
        given(py, &page)
    }

    /// Runs SPARQL: rows by variable, a truth, or triples in N-Triples.
    fn query<'py>(&self, py: Python<'py>, sparql: &str, seconds: f64) -> PyResult<Bound<'py, PyAny>> {
        let patience = Duration::try_from_secs_f64(seconds)
            .map_err(|error| PyValueError::new_err(error.to_string()))?;
        let asked = py.detach(|| {
            let store = self.store().map_err(|error| error.to_string())?;
            store.query(sparql, patience).map_err(|error| error.to_string())
        });
        let term = |term: &_| rdf::short(term, &self.naming);
        match asked.map_err(|words| plain::<QueryError>(py, words))? {
            Answer::Boolean(yes) => given(py, &yes),
            Answer::Triples(triples) => {
                let lines: Vec<String> = triples.iter().map(|it| format!("{it} .")).collect();
                given(py, &lines)
            }
            Answer::Rows { variables, rows } => {
                let list = PyList::empty(py);
                for row in rows {
                    let dict = PyDict::new(py);
                    for (variable, value) in variables.iter().zip(&row) {
                        dict.set_item(variable.as_str(), value.as_ref().map(term))?;
                    }
                    list.append(dict)?;
                }
                Ok(list.into_any())
            }
        }
    }

    /// All that is known of the thing that has this name; `KeyError` with what is alike if none.
    fn show<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let corpus = self.graph.corpus();
        let found = lookup::find(corpus, name);
        let Some((thing, others)) = found.split_first() else {
            let alike = lookup::suggest(corpus, name);
            let hint = match alike.is_empty() {
                true => String::new(),
                false => format!("; did you mean {}?", alike.join(", ")),
            };
            return Err(PyKeyError::new_err(format!("nothing is called {name:?}{hint}")));
        };
        let claims = thing.claims(corpus);
        let claims: Vec<_> = claims.into_iter().map(|at| &corpus.claims[at]).collect();
        let others = others.iter().map(|it| format!("{}/{}", it.kind(), it.id()));
        let page = json!({
            "kind": thing.kind(), "id": thing.id(), "label": thing.label(), "thing": thing,
            "claims": claims, "see_also": others.take(8).collect::<Vec<_>>(),
        });
        given(py, &page)
    }

    /// Nodes with their attributes, and edges with theirs.
    fn network<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let (inner, corpus) = (self.graph.inner(), self.graph.corpus());
        let nodes = inner.node_weights().map(|node| {
            let more = match *node {
                Node::Actor(at) => json!({ "class": corpus.actors[at].kind }),
                Node::Claim(at) => {
                    let it = &corpus.claims[at];
                    json!({
                        "act": it.act, "status": it.status, "time": it.time,
                        "confidence": it.confidence,
                    })
                }
                Node::Event(at) => json!({ "act": corpus.events[at].act, "time": corpus.events[at].time }),
                Node::Document(at) => json!({ "time": corpus.documents[at].date }),
                Node::Matter(_) => json!({}),
            };
            let (name, label) = (self.graph.name(*node), self.graph.label(*node));
            json!([name, { "kind": node.kind(), "label": label }, more])
        });
        let nodes: Vec<_> = nodes.collect();
        let edges = inner.edge_indices().filter_map(|at| {
            let (from, to) = inner.edge_endpoints(at)?;
            let more = match &inner[at] {
                Edge::Act(act) => {
                    let ids: Vec<&str> =
                        act.claims.iter().map(|at| corpus.claims[*at].id.as_str()).collect();
                    json!({
                        "relation": "act", "act": act.act, "status": act.status,
                        "weight": ids.len(), "claims": ids,
                    })
                }
                other => json!({ "relation": other.name() }),
            };
            Some(json!([self.graph.name(inner[from]), self.graph.name(inner[to]), more]))
        });
        let edges: Vec<_> = edges.collect();
        given(py, &json!({ "nodes": nodes, "edges": edges }))
    }

    /// A view as SVG: stances, ego, network, timeline or sources.
    fn svg(
        &self,
        py: Python<'_>,
        view: &str,
        focus: Option<String>,
        limit: usize,
    ) -> PyResult<String> {
        let view = match view {
            "stances" => View::Stances,
            "ego" => View::Ego,
            "network" => View::Network,
            "timeline" => View::Timeline,
            "sources" => View::Sources,
            other => {
                return Err(PyValueError::new_err(format!(
                    "{other:?} is no view; there are stances, ego, network, timeline, sources"
                )));
            }
        };
        let options = draw::Options { focus, limit };
        let drawn = py.detach(|| draw::draw(&self.graph, view, &options).map(|it| it.to_svg()));
        drawn.map_err(|error| plain::<DemarcheError>(py, error))
    }

    /// Writes it in a format of `demarche export`, told by name or by the extension.
    fn export(&self, py: Python<'_>, path: PathBuf, format: Option<&str>) -> PyResult<()> {
        let extension = path.extension().and_then(|it| it.to_str());
        let name = format.or(extension).unwrap_or_default();
        let Some(format) = Format::named(name) else {
            let names: Vec<_> = FORMATS.iter().map(|it| it.name).collect();
            let words = format!("{name:?} is no format; there are {}", names.join(", "));
            return Err(PyValueError::new_err(words));
        };
        py.detach(|| {
            match format.content {
                Content::Folder(write) => {
                    std::fs::create_dir(&path)?;
                    write(&self.graph, &path)
                }
                Content::File(write) => {
                    let mut out = BufWriter::new(File::create(&path)?);
                    write(&self.graph, Options::default(), &mut out)?;
                    std::io::Write::flush(&mut out)
                }
                Content::Rdf(form) => {
                    let quads = rdf::quads(self.graph.corpus(), &self.ontology, &self.naming);
                    rdf::write(quads, &self.naming, form, BufWriter::new(File::create(&path)?))
                }
            }
        })?;
        Ok(())
    }
}
