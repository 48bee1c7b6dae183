//! The graph: built, put together from readings, or opened; and what it can be asked.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use demarche::annotate::Annotator;
use demarche::ask;
use demarche::corpus::Document;
use demarche::decisions::{self, Decision};
use demarche::draw::{self, Options, View};
use demarche::export::{COLUMNS, Cell, Kind, Table};
use demarche::extract::{Claim, Lexicon};
use demarche::graph::folder::{self, MANIFEST};
use demarche::graph::{self, Edge, Leaning, Matrix, Node, lookup};
use demarche::ontology::Ontology;
use demarche::rdf::{self, Answer, Naming, RdfFormat, ResultFormat, Store, StoreError};
use demarche::readings::{Joined, Line, Reading};
use demarche::resolve::{Corpus, Dispute, resolve_decided, stances};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use rayon::prelude::*;
use serde_json::{Value, json};

use crate::reading::{Workplace, load};
use crate::source::{self, Source};
use crate::told::Told;
use crate::{engine, errors, values};

/// Lines that are parsed at a time.
const LINES: usize = 1024;

/// How a corpus is to be made of what was read.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Making {
    decisions: Option<PathBuf>,
    base: Option<String>,
    min_confidence: Option<f64>,
}

/// The same, looked at before anything is read.
struct Plan {
    decided: Vec<Decision>,
    /// The file of the decisions, for messages.
    decisions: String,
    naming: Option<Naming>,
    least: f64,
}

impl Making {
    fn plan(self, py: Python<'_>, ontology: &Ontology) -> PyResult<Plan> {
        let naming = self.base.as_deref().map(Naming::new).transpose();
        let naming = naming.map_err(|error| errors::value(py, &format!("base: {error}")))?;
        let decided = self.decisions.as_deref().map(|path| decisions::read(path, ontology));
        let decided = decided.transpose().map_err(|wrong| errors::decisions(py, &wrong))?;
        Ok(Plan {
            decided: decided.unwrap_or_default(),
            decisions: self.decisions.map_or_else(String::new, |it| it.display().to_string()),
            naming,
            least: self.min_confidence.unwrap_or(f64::MIN),
        })
    }
}

/// A graph with its ontology.
#[pyclass(frozen)]
pub(crate) struct Graph {
    graph: graph::Graph,
    ontology: Arc<Ontology>,
    naming: Naming,
    told: Told,
    /// The triples, made when first asked for.
    store: OnceLock<Result<Store, StoreError>>,
}

/// Names, kinds and meanings of the columns of the table of claims.
#[pyfunction]
pub(crate) fn columns() -> Vec<(&'static str, &'static str, &'static str)> {
    let kind = |kind| match kind {
        Kind::Text => "text",
        Kind::Integer => "integer",
        Kind::Number => "number",
    };
    COLUMNS.iter().map(|it| (it.name, kind(it.kind), it.about)).collect()
}

impl Graph {
    fn new(corpus: Corpus, ontology: Arc<Ontology>, naming: Naming, told: Told) -> Self {
        let graph = graph::Graph::new(corpus, &ontology);
        Self { graph, ontology, naming, told, store: OnceLock::new() }
    }

    /// Resolves what was read, as a person has decided.
    fn resolved(
        py: Python<'_>,
        readings: Vec<Reading>,
        (ontology, annotator): (Arc<Ontology>, &'static Annotator),
        plan: Plan,
        mut told: Told,
    ) -> PyResult<Self> {
        if readings.is_empty() {
            return Err(errors::plain(py, &"nothing to build from: no document could be read"));
        }
        let made = py.detach(|| {
            annotator.install(|| {
                let keep = |claim: &Claim| claim.confidence >= plan.least;
                let lists = readings.into_iter().map(|it| (it.document, it.claims));
                let (documents, claims): (Vec<_>, Vec<_>) = lists.unzip();
                let claims = claims.into_iter().flatten().collect();
                let (corpus, lost) =
                    resolve_decided(documents, claims, &plan.decided, keep, &ontology);
                let naming = plan.naming.unwrap_or_else(|| Naming::of(&corpus.documents));
                told.warnings.extend(lost.iter().map(|it| {
                    let (file, line) = (&plan.decisions, it.line);
                    format!("{file}:{line}: the decision no longer matches: {}", it.reason)
                }));
                Self::new(corpus, ontology, naming, told)
            })
        });
        Ok(made)
    }

    fn corpus(&self) -> &Corpus {
        self.graph.corpus()
    }

    /// Runs `work` on as many threads as the machine runs at once.
    fn at_work<T: Send>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&'static Annotator) -> T + Send,
    ) -> PyResult<T> {
        let annotator = engine::annotator(py, None)?;
        Ok(py.detach(|| annotator.install(|| work(annotator))))
    }

    fn found(&self, py: Python<'_>, name: &str) -> PyResult<Vec<lookup::Thing<'_>>> {
        let found = lookup::find(self.corpus(), name);
        match found.is_empty() {
            true => Err(errors::unknown(py, name, lookup::suggest(self.corpus(), name))),
            false => Ok(found),
        }
    }

    /// The id of the actor or matter of this name.
    fn id(&self, py: Python<'_>, name: Option<&str>, kind: &str) -> PyResult<Option<&str>> {
        let Some(name) = name else { return Ok(None) };
        let found = lookup::of_kind(self.corpus(), name, kind);
        match found.first() {
            Some(thing) => Ok(Some(thing.id())),
            None => Err(errors::unknown(py, name, lookup::suggest(self.corpus(), name))),
        }
    }

    /// A dispute, with the claims of its sides instead of their ids.
    fn dispute(&self, dispute: &Dispute) -> Value {
        let claim = |id: &String| self.graph.claim(id).map(|at| &self.corpus().claims[at]);
        let side = |side: &demarche::resolve::Side| {
            let claims: Vec<&Claim> = side.claims.iter().filter_map(claim).collect();
            json!({ "label": side.label, "voices": side.voices, "claims": claims })
        };
        let sides: Vec<Value> = dispute.sides.iter().map(side).collect();
        json!({
            "id": dispute.id, "kind": dispute.kind, "label": dispute.label,
            "matter": dispute.matter, "sides": sides,
        })
    }

    fn node(&self, node: Node) -> Value {
        json!({
            "id": self.graph.name(node), "kind": node.kind(), "label": self.graph.label(node),
        })
    }
}

#[pymethods]
impl Graph {
    /// Reads documents and builds their graph.
    #[staticmethod]
    #[pyo3(signature = (
        paths, documents, making, *, format, keep_all, ontology, read_by, budgets, jobs, progress,
        skip
    ))]
    #[expect(clippy::too_many_arguments, reason = "keywords of a Python function")]
    fn build(
        py: Python<'_>,
        paths: Option<Vec<PathBuf>>,
        documents: Option<Py<PyAny>>,
        making: Making,
        format: Option<&str>,
        keep_all: bool,
        ontology: Vec<PathBuf>,
        read_by: &str,
        budgets: (Option<u64>, Option<u64>),
        jobs: Option<usize>,
        progress: Option<Py<PyAny>>,
        skip: bool,
    ) -> PyResult<Self> {
        let workplace = Workplace::new(py, ontology, read_by, budgets, jobs)?;
        let plan = making.plan(py, &workplace.ontology)?;
        let mut source = Source::new(py, paths, documents, format, keep_all)?;
        let (mut told, mut documents) = (Told::default(), Vec::new());
        while let Some(document) = py.detach(|| told.next(&mut source)) {
            documents.push(document);
            py.check_signals()?;
        }
        if let Some(raised) = source::taken(&source.raised) {
            return Err(raised);
        }
        told.check(py, skip)?;
        let all: Vec<&Document> = documents.iter().collect();
        let tell = |done: usize| match &progress {
            Some(progress) => progress.call1(py, (done, all.len())).map(drop),
            None => Ok(()),
        };
        let mut readings = Vec::with_capacity(all.len());
        for (reading, document) in workplace.read(py, &all, tell)?.into_iter().zip(&documents) {
            match reading {
                Ok(reading) => readings.push(reading),
                Err(reason) => told.unread(document, &reason),
            }
        }
        told.check(py, skip)?;
        readings.sort_by(|a, b| a.document.id.cmp(&b.document.id));
        let tools = (workplace.ontology, workplace.annotator);
        Self::resolved(py, readings, tools, plan, told)
    }

    /// Puts readings together, which are given as lines.
    #[staticmethod]
    fn from_readings(
        py: Python<'_>,
        lines: &Bound<'_, PyAny>,
        making: Making,
        ontology: Vec<PathBuf>,
        read_by: &str,
    ) -> PyResult<Self> {
        let workplace = Workplace::new(py, ontology, read_by, (None, None), None)?;
        let plan = making.plan(py, &workplace.ontology)?;
        let (mut joined, mut others, mut number) = (Joined::default(), 0, 0);
        let mut lines = lines.try_iter()?;
        loop {
            let mut some = Vec::new();
            for line in lines.by_ref().take(LINES) {
                let line = line?;
                some.push(match line.extract::<String>() {
                    Ok(words) => words.into_bytes(),
                    Err(_) => line.extract::<Vec<u8>>()?,
                });
            }
            py.check_signals()?;
            if some.is_empty() {
                break;
            }
            let parsed: Vec<_> = py.detach(|| {
                let parse = |it: &Vec<u8>| (!it.trim_ascii().is_empty()).then(|| Line::parse(it));
                workplace.annotator.install(|| some.par_iter().map(parse).collect())
            });
            for line in parsed {
                number += 1;
                let Some(line) = line else { continue };
                let line = line.map_err(|error| errors::reading(py, number, &error))?;
                others += usize::from(line.reader != workplace.method.sum());
                let added = joined.add(line, format!("line {number}"));
                added.map_err(|error| errors::reading(py, number, &error))?;
            }
        }
        let mut told = Told::default();
        if others > 0 {
            told.warnings.push(format!(
                "{others} of the documents were read by another program, ontology or read_by than \
                 these"
            ));
        }
        let tools = (workplace.ontology, workplace.annotator);
        Self::resolved(py, joined.into_readings(), tools, plan, told)
    }

    /// Opens a graph folder.
    #[staticmethod]
    fn open(py: Python<'_>, path: PathBuf, ontology: Vec<PathBuf>) -> PyResult<Self> {
        let annotator = engine::annotator(py, None)?;
        let ontology = load(py, annotator, &ontology)?;
        let opened = py.detach(|| {
            annotator.install(|| {
                let base = folder::manifest(&path)?.base;
                let corpus = folder::open(&path)?;
                Ok((base, corpus))
            })
        });
        let (base, corpus) = opened.map_err(|error| errors::folder(py, &error))?;
        let naming = Naming::new(&base).map_err(|error| errors::plain(py, &error))?;
        let made = || Self::new(corpus, ontology, naming, Told::default());
        Ok(py.detach(|| annotator.install(made)))
    }

    /// Writes a graph folder; over another graph only if that is to be replaced.
    fn save(&self, py: Python<'_>, path: PathBuf, replace: bool) -> PyResult<()> {
        if !replace && path.join(MANIFEST).exists() {
            let words =
                "a graph is in this folder already; replace=True puts this one in its place";
            return Err(errors::taken(py, &path, words));
        }
        let saved = self.at_work(py, |_| folder::save(self.corpus(), self.naming.base(), &path))?;
        saved.map_err(|error| errors::folder(py, &error))
    }

    /// What there is to say of the documents: errors, warnings, passed_over.
    fn told<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.told.python(py)
    }

    fn base(&self) -> &str {
        self.naming.base()
    }

    fn prefixes(&self) -> Vec<(String, String)> {
        rdf::prefixes(&self.naming)
    }

    /// How many there are of each.
    fn counts(&self) -> Vec<(&'static str, usize)> {
        let corpus = self.corpus();
        vec![
            ("documents", corpus.documents.len()),
            ("claims", corpus.claims.len()),
            ("actors", corpus.actors.len()),
            ("matters", corpus.matters.len()),
            ("events", corpus.events.len()),
            ("disputes", corpus.disputes.len()),
        ]
    }

    /// The things of one kind, as dicts; of documents without their texts.
    fn things<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let corpus = self.corpus();
        match name {
            "documents" => {
                let all = values::of(py, &corpus.documents)?;
                for document in all.try_iter()? {
                    let document = document?;
                    let document = document.cast::<PyDict>()?;
                    if document.contains("text")? {
                        document.del_item("text")?;
                    }
                }
                Ok(all)
            }
            "actors" => values::of(py, &corpus.actors),
            "matters" => values::of(py, &corpus.matters),
            "events" => values::of(py, &corpus.events),
            "claims" => values::of(py, &corpus.claims),
            other => Err(errors::value(py, &format!("{other:?} is no kind of things"))),
        }
    }

    /// The claim at this place, with its spans.
    fn claim<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        match self.corpus().claims.get(at) {
            Some(claim) => values::of(py, claim),
            None => Err(pyo3::exceptions::PyIndexError::new_err(at)),
        }
    }

    /// The place of the claim of this id.
    fn claim_at(&self, id: &str) -> Option<usize> {
        self.graph.claim(id)
    }

    /// The text of a document.
    fn text(&self, id: &str) -> Option<&str> {
        self.corpus().document(id).map(|it| it.text.as_str())
    }

    /// The table of claims by columns, in their order.
    fn table<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyList>>> {
        let table = py.detach(|| Table::new(self.corpus()));
        let lists: Vec<_> = COLUMNS.iter().map(|_| PyList::empty(py)).collect();
        for row in table.rows() {
            for (column, list) in COLUMNS.iter().zip(&lists) {
                match column.cell(&row) {
                    Cell::Empty => list.append(py.None())?,
                    Cell::Text(words) => list.append(&*words)?,
                    Cell::Integer(number) => list.append(number)?,
                    Cell::Number(number) => list.append(number)?,
                }
            }
        }
        Ok(lists)
    }

    /// Answers a question; with the SPARQL that finds the answer's claims.
    fn ask<'py>(
        &self,
        py: Python<'py>,
        question: &str,
        limit: usize,
    ) -> PyResult<(Bound<'py, PyAny>, String)> {
        let (answer, sparql) = self.at_work(py, |annotator| {
            let lexicon = Lexicon::new(&self.ontology);
            let mut answer = ask::answer(&self.graph, &lexicon, annotator, question);
            answer.answers.truncate(limit);
            let sparql = ask::sparql(&self.graph, &self.ontology, &self.naming, &answer);
            (answer, sparql)
        })?;
        Ok((values::of(py, &answer)?, sparql))
    }

    /// Answers SPARQL: ("rows", SPARQL's JSON), ("boolean", "true" or "false") or ("triples",
    /// N-Triples); with warnings of unknown terms.
    fn query(
        &self,
        py: Python<'_>,
        sparql: &str,
        timeout: f64,
    ) -> PyResult<(&'static str, String, Vec<String>)> {
        let unknown = rdf::unknown_terms(sparql, &self.ontology);
        let unknown = unknown.iter().map(ToString::to_string).collect();
        let timeout = Duration::try_from_secs_f64(timeout)
            .map_err(|_| errors::value(py, "timeout: valid: a number of seconds, 0 or more"))?;
        let store = self.at_work(py, |_| {
            self.store.get_or_init(|| {
                let own = rdf::quads(self.corpus(), &self.ontology, &self.naming);
                Store::load(own.chain(rdf::vocabulary()), self.naming.clone())
            })
        })?;
        let store = store.as_ref().map_err(|error| errors::plain(py, error))?;
        let answer = py.detach(|| store.query(sparql, timeout));
        let answer = answer.map_err(|error| errors::query(py, &error))?;
        let (kind, format) = match &answer {
            Answer::Boolean(yes) => return Ok(("boolean", yes.to_string(), unknown)),
            Answer::Rows { .. } => ("rows", ResultFormat::from_name("json")),
            Answer::Triples(_) => ("triples", Ok(ResultFormat::Rdf(RdfFormat::NTriples))),
        };
        let format = format.map_err(|error| errors::plain(py, &error))?;
        let mut out = Vec::new();
        py.detach(|| answer.write(format, &self.naming, &mut out))?;
        Ok((kind, String::from_utf8_lossy(&out).into_owned(), unknown))
    }

    /// All that is known of what has this name, with its claims and other things of the name.
    fn show<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let found = self.found(py, name)?;
        let (thing, others) = (found[0], &found[1..]);
        let claims = thing.claims(self.corpus()).into_iter().map(|at| &self.corpus().claims[at]);
        let others: Vec<String> =
            others.iter().map(|it| format!("{}/{}", it.kind(), it.id())).collect();
        let shown = json!({
            "kind": thing.kind(), "id": thing.id(), "label": thing.label(), "thing": thing,
            "claims": claims.collect::<Vec<_>>(), "see_also": others,
        });
        values::python(py, &shown)
    }

    /// Disputes, the most telling first; all, or those in which what has this name has a part.
    fn disputes<'py>(
        &self,
        py: Python<'py>,
        name: Option<&str>,
        kind: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let things = name.map(|name| self.found(py, name)).transpose()?;
        let has_part = |dispute: &Dispute| {
            let Some(things) = &things else { return true };
            let of: Vec<usize> = lookup::Thing::Dispute(dispute).claims(self.corpus());
            things.iter().any(|thing| match thing {
                lookup::Thing::Matter(it) => dispute.matter.as_ref() == Some(&it.id),
                thing => thing.claims(self.corpus()).iter().any(|at| of.contains(at)),
            })
        };
        let wanted = |it: &&Dispute| kind.is_none_or(|kind| it.kind.as_str() == kind);
        let all = self.graph.disputes().into_iter().filter(wanted).filter(|it| has_part(it));
        let all: Vec<Value> = all.map(|it| self.dispute(it)).collect();
        values::python(py, &Value::Array(all))
    }

    /// Who stands where.
    fn stances<'py>(
        &self,
        py: Python<'py>,
        actor: Option<&str>,
        matter: Option<&str>,
        changed: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (actor, matter) = (self.id(py, actor, "actor")?, self.id(py, matter, "matter")?);
        let matrix =
            self.at_work(py, |_| Matrix::new(&self.graph, stances(self.corpus(), &self.ontology)))?;
        let mut all = Vec::new();
        for ((who, what), cell) in &matrix.cells {
            let (who, what) = (Node::Actor(*who), Node::Matter(*what));
            let is_wanted = actor.is_none_or(|id| self.graph.id(who) == id)
                && matter.is_none_or(|id| self.graph.id(what) == id)
                && (!changed || cell.changed());
            let label = |node| self.graph.label(node);
            all.extend(cell.stances.iter().filter(|_| is_wanted).map(|it| {
                json!({
                    "actor": it.actor, "actor_label": label(who),
                    "matter": it.matter, "matter_label": label(what),
                    "stance": it.stance, "leaning": Leaning::of(it.stance).as_str(),
                    "changed": cell.changed(), "dates": it.dates, "sources": it.sources,
                    "claims": it.claims,
                })
            }));
        }
        values::python(py, &Value::Array(all))
    }

    /// Nodes and edges: of actors and matters with who does what, or of all things.
    fn network<'py>(
        &self,
        py: Python<'py>,
        all: bool,
    ) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
        let inner = self.graph.inner();
        let is_in = |node: Node| all || matches!(node, Node::Actor(_) | Node::Matter(_));
        let nodes = inner.node_weights().filter(|it| is_in(**it)).map(|it| self.node(*it));
        let edges = inner.raw_edges().iter().filter_map(|edge| {
            let (from, to) = (inner[edge.source()], inner[edge.target()]);
            let is_shown = is_in(from) && is_in(to);
            let mut told = json!({
                "from": self.graph.name(from), "to": self.graph.name(to),
                "relation": edge.weight.name(),
            });
            if let Edge::Act(act) = &edge.weight {
                let claims = act.claims.iter().map(|at| self.corpus().claims[*at].id.as_str());
                told["relation"] = "act".into();
                told["act"] = act.act.as_str().into();
                told["status"] = act.status.as_str().into();
                told["weight"] = act.claims.len().into();
                told["claims"] = claims.collect();
            }
            is_shown.then_some(told)
        });
        let (nodes, edges) = (nodes.collect(), edges.collect());
        Ok((values::python(py, &nodes)?, values::python(py, &edges)?))
    }

    /// A picture as SVG.
    fn svg(
        &self,
        py: Python<'_>,
        view: &str,
        focus: Option<String>,
        limit: usize,
    ) -> PyResult<String> {
        const VIEWS: [(&str, View); 5] = [
            ("stances", View::Stances),
            ("ego", View::Ego),
            ("network", View::Network),
            ("timeline", View::Timeline),
            ("sources", View::Sources),
        ];
        let Some((_, view)) = VIEWS.iter().find(|(name, _)| *name == view) else {
            let valid: Vec<&str> = VIEWS.iter().map(|(name, _)| *name).collect();
            let words = format!("view: {view:?} is no view; valid: {}", valid.join(", "));
            return Err(errors::value(py, &words));
        };
        let options = Options { focus, limit };
        let drawn = self.at_work(py, |_| {
            draw::draw(&self.graph, *view, &options).map(|drawing| drawing.to_svg())
        })?;
        drawn.map_err(|error| errors::plain(py, &error))
    }
}
