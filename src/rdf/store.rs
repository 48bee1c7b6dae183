use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use oxigraph::io::{RdfParseError, RdfParser};
use oxigraph::model::{GraphName, NamedNode, Quad, Triple};
use oxigraph::sparql::{
    CancellationToken, PreparedSparqlQuery, QueryDataset, QueryEvaluationError, QueryResults,
    SparqlEvaluator,
};
use oxigraph::store::{LoaderError, StorageError};
use thiserror::Error;

use super::error::{QueryError, syntax};
use super::snapshot::Snapshot;
use super::{Answer, Naming, bounds, prefixes, rdf_format};
use crate::files;

/// RDF in memory, to be asked in SPARQL.
///
/// # Example
/// ```
/// use std::time::Duration;
///
/// use demarche::ontology::Ontology;
/// use demarche::rdf::{Answer, Naming, Store, quads};
/// use demarche::resolve::{Actor, Corpus};
///
/// let kremlin = Actor { id: "kremlin".into(), acts_for: Some("russia".into()), ..Actor::default() };
/// let corpus = Corpus { actors: vec![kremlin], ..Corpus::default() };
/// let naming = Naming::default();
/// let store = Store::load(quads(&corpus, &Ontology::default(), &naming), naming.clone()).unwrap();
/// let answer = store.query("ASK { actor:kremlin dm:actsFor actor:russia }", Duration::from_secs(5));
/// assert!(matches!(answer, Ok(Answer::Boolean(true))));
/// ```
#[derive(Clone)]
pub struct Store {
    inner: Inner,
    naming: Naming,
}

/// Where the quads are.
#[derive(Clone)]
enum Inner {
    Memory(oxigraph::store::Store),
    File(Snapshot),
}

/// The graphs that a query sees instead of those that it names itself, as the SPARQL 1.1 Protocol
/// has it; the default is none of them: what the query says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GraphChoice {
    /// Together the default graph.
    pub default: Vec<NamedNode>,
    /// Those that `GRAPH` finds.
    pub named: Vec<NamedNode>,
}

impl GraphChoice {
    fn choose(self, dataset: &mut QueryDataset) {
        if self == Self::default() {
            return;
        }
        dataset.set_default_graph(self.default.into_iter().map(Into::into).collect());
        dataset.set_available_named_graphs(self.named.into_iter().map(Into::into).collect());
    }
}

/// Why RDF cannot be loaded.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The file cannot be read.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is not what its extension says.
    #[error("{path}: {reason}")]
    Syntax {
        /// The file.
        path: PathBuf,
        /// What is wrong, with the line where the format has lines.
        reason: String,
    },
    /// A kept store holds what it should not.
    #[error("the kept store of the graph is broken; remove it")]
    Snapshot,
    /// It was not loaded in the time that it had.
    #[error("the graph could not be loaded in time")]
    Late,
    /// The store refused.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Store {
    /// Loads quads.
    ///
    /// # Errors
    /// When the store refuses them.
    pub fn load(quads: impl Iterator<Item = Quad>, naming: Naming) -> Result<Self, StoreError> {
        Self::loaded(quads.map(Ok), naming)
    }

    /// As [`Store::load`], given up after `deadline`.
    ///
    /// # Errors
    /// As there; [`StoreError::Late`].
    pub fn load_until(
        quads: impl Iterator<Item = Quad>,
        naming: Naming,
        deadline: Instant,
    ) -> Result<Self, StoreError> {
        Self::loaded(in_time(quads, deadline, || StoreError::Late), naming)
    }

    fn loaded(
        quads: impl Iterator<Item = Result<Quad, StoreError>>,
        naming: Naming,
    ) -> Result<Self, StoreError> {
        let inner = oxigraph::store::Store::new()?;
        let mut loader = inner.bulk_loader();
        loader.load_ok_quads::<StoreError, StoreError>(quads)?;
        loader.commit()?;
        Ok(Self { inner: Inner::Memory(inner), naming })
    }

    /// Opens what [`Store::keep`] has written of the same things; `key` is a sum of all that the
    /// quads are made of. None where there is nothing, or of something else.
    pub fn kept(path: &Path, key: &[u8; 32], naming: Naming) -> Option<Self> {
        let inner = Inner::File(Snapshot::open(path, key)?);
        Some(Self { inner, naming })
    }

    /// Writes quads into a file that opens at once, and opens it.
    ///
    /// # Errors
    /// When the file cannot be written, or read again.
    pub fn keep(
        path: &Path,
        key: &[u8; 32],
        quads: impl Iterator<Item = Quad>,
        naming: Naming,
    ) -> io::Result<Self> {
        Self::written(path, key, quads.map(Ok), naming)
    }

    /// As [`Store::keep`]; nothing is written where the quads take until after `deadline`.
    ///
    /// # Errors
    /// As there; [`io::ErrorKind::TimedOut`].
    pub fn keep_until(
        path: &Path,
        key: &[u8; 32],
        quads: impl Iterator<Item = Quad>,
        naming: Naming,
        deadline: Instant,
    ) -> io::Result<Self> {
        let quads = in_time(quads, deadline, || io::ErrorKind::TimedOut.into());
        Self::written(path, key, quads, naming)
    }

    fn written(
        path: &Path,
        key: &[u8; 32],
        quads: impl Iterator<Item = io::Result<Quad>>,
        naming: Naming,
    ) -> io::Result<Self> {
        Snapshot::write(path, key, quads)?;
        Self::kept(path, key, naming).ok_or(io::ErrorKind::InvalidData.into())
    }

    /// Loads a file of any RDF format, by its extension.
    ///
    /// # Errors
    /// When the file cannot be read, or is broken.
    pub fn load_file(path: &Path, naming: Naming) -> Result<Self, StoreError> {
        let broken = |reason: String| StoreError::Syntax { path: path.to_owned(), reason };
        let cannot = |source| StoreError::Io { path: path.to_owned(), source };
        let format = rdf_format(path).map_err(|error| broken(error.to_string()))?;
        let file = BufReader::new(files::open(path).map_err(cannot)?);
        let inner = oxigraph::store::Store::new()?;
        let mut loader = inner.bulk_loader();
        loader.load_from_reader(RdfParser::from_format(format), file).map_err(
            |error| match error {
                LoaderError::Parsing(RdfParseError::Io(source)) => cannot(source),
                LoaderError::Parsing(error) => broken(error.to_string()),
                LoaderError::Storage(error) => error.into(),
                other => broken(other.to_string()),
            },
        )?;
        loader.commit()?;
        Ok(Self { inner: Inner::Memory(inner), naming })
    }

    /// How many quads there are.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn len(&self) -> Result<usize, StoreError> {
        match &self.inner {
            Inner::Memory(store) => Ok(store.len()?),
            Inner::File(snapshot) => Ok(snapshot.len()),
        }
    }

    /// Is there no quad?
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(self.len()? == 0)
    }

    /// The IRIs that its things have.
    pub fn naming(&self) -> &Naming {
        &self.naming
    }

    /// All quads of one graph, or of all graphs, sorted.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn quads(&self, graph: Option<&GraphName>) -> Result<Vec<Quad>, StoreError> {
        let mut quads = match &self.inner {
            Inner::Memory(store) => {
                let graph = graph.map(GraphName::as_ref);
                let found = store.quads_for_pattern(None, None, None, graph);
                found.collect::<Result<Vec<Quad>, _>>()?
            }
            Inner::File(snapshot) => snapshot.quads(graph).map_err(|_| StoreError::Snapshot)?,
        };
        quads.sort_by_cached_key(ToString::to_string);
        Ok(quads)
    }

    /// The prefixes that a query may use without declaring them.
    pub fn prefixes(&self) -> Vec<(String, String)> {
        prefixes(&self.naming)
    }

    /// Answers a SPARQL 1.1 query over all graphs, as [`Store::query_over`] does.
    ///
    /// # Errors
    /// As there.
    pub fn query(&self, query: &str, timeout: Duration) -> Result<Answer, QueryError> {
        self.query_over(query, &GraphChoice::default(), timeout)
    }

    /// Answers a SPARQL 1.1 query over some graphs. The prefixes of [`prefixes`] are declared; a
    /// query without `FROM` sees the union of all graphs, and `GRAPH ?graph` tells apart what each
    /// document says, where `?graph prov:wasDerivedFrom ?document`.
    ///
    /// # Errors
    /// When it is no SPARQL, asks for too much, takes longer than `timeout`, or cannot be
    /// evaluated. Where the evaluation does not heed its cancellation, its thread is left
    /// to itself.
    pub fn query_over(
        &self,
        query: &str,
        graphs: &GraphChoice,
        timeout: Duration,
    ) -> Result<Answer, QueryError> {
        bounds::check(query)?;
        let token = CancellationToken::new();
        let stop = token.clone();
        // Parsing, evaluating and taking apart what was parsed all recurse.
        let (store, text, graphs) = (self.clone(), query.to_owned(), graphs.clone());
        let answer = bounds::bounded(
            timeout,
            move || stop.cancel(),
            move || -> Result<Answer, QueryError> {
                let mut prepared = store.prepare(&text, token)?;
                graphs.choose(prepared.dataset_mut());
                match store.inner {
                    Inner::Memory(store) => collect(prepared.on_store(&store).execute()?),
                    Inner::File(snapshot) => {
                        collect(prepared.on_queryable_dataset(snapshot).execute()?)
                    }
                }
            },
        )?;
        match answer {
            Err(QueryError::Evaluation(QueryEvaluationError::Cancelled)) => {
                Err(QueryError::Timeout(timeout))
            }
            answer => answer,
        }
    }

    fn prepare(
        &self,
        query: &str,
        token: CancellationToken,
    ) -> Result<PreparedSparqlQuery, QueryError> {
        let prefixes = self.prefixes();
        let mut evaluator = SparqlEvaluator::new().with_cancellation_token(token);
        for (prefix, namespace) in &prefixes {
            evaluator = evaluator
                .with_prefix(prefix.as_str(), namespace.as_str())
                .map_err(|error| QueryError::Syntax(format!("{namespace}: {error}")))?;
        }
        let mut prepared =
            evaluator.parse_query(query).map_err(|error| syntax(query, &error, &prefixes))?;
        if prepared.dataset().is_default_dataset() {
            prepared.dataset_mut().set_default_graph_as_union();
        }
        Ok(prepared)
    }
}

/// The quads, and an error in place of the first that comes after `deadline`.
fn in_time<E>(
    quads: impl Iterator<Item = Quad>,
    deadline: Instant,
    late: impl Fn() -> E,
) -> impl Iterator<Item = Result<Quad, E>> {
    quads.map(move |quad| if Instant::now() < deadline { Ok(quad) } else { Err(late()) })
}

/// The most rows or triples of an answer.
const MAX_ROWS: usize = 2_000_000;

fn collect(results: QueryResults<'_>) -> Result<Answer, QueryError> {
    let enough = |count: usize| match count {
        0..=MAX_ROWS => Ok(()),
        _ => Err(QueryError::TooMuch { what: "rows in its answer", limit: MAX_ROWS }),
    };
    Ok(match results {
        QueryResults::Boolean(yes) => Answer::Boolean(yes),
        QueryResults::Solutions(solutions) => {
            let variables = solutions.variables().to_vec();
            let mut rows = Vec::new();
            for solution in solutions {
                rows.push(solution?.values().to_vec());
                enough(rows.len())?;
            }
            Answer::Rows { variables, rows }
        }
        QueryResults::Graph(found) => {
            let mut triples: Vec<Triple> = Vec::new();
            for triple in found {
                triples.push(triple?);
                enough(triples.len())?;
            }
            // The order of a graph means nothing; sorted, it is the same every time.
            triples.sort_by_cached_key(ToString::to_string);
            triples.dedup();
            Answer::Triples(triples)
        }
    })
}
