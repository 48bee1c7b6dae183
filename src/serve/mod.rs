//! The graph over HTTP: SPARQL 1.1 Protocol, Graph Store reads, a JSON API, and the explorer,
//! a page for the browser. All of it only reads, but for the verdicts on claims that the explorer
//! writes into a file of decisions where it is given one.
//!
//! | path | what |
//! | --- | --- |
//! | `/` | the explorer |
//! | `/query`, `/sparql` | SPARQL 1.1 Protocol; without a query the description of the service |
//! | `/store` | Graph Store reads |
//! | `/api/…` | JSON, described by `/api/openapi.json` |
//!
//! | file | what it does |
//! | --- | --- |
//! | `listen`, `host`, `message`, `accept` | requests in, answers out, and their limits |
//! | `sparql` | the protocol |
//! | `worker`, `child` | processes that answer queries, and can be killed |
//! | `site`, `views`, `overview`, `network`, `filter`, `api` | the graph as JSON |
//! | `review` | verdicts on claims |
//! | `explorer` | the pages, and the same in one file ([`report`]) |

mod accept;
mod api;
mod child;
mod explorer;
mod filter;
mod host;
mod listen;
mod message;
mod network;
mod overview;
mod queries;
mod review;
mod site;
mod sparql;
mod views;
mod worker;

pub use child::work;
pub use explorer::MOST_CLAIMS;

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use hyper::StatusCode;
use thiserror::Error;

use crate::graph::folder::{self, FolderError};
use crate::ontology::OntologyErrors;
use crate::rdf::BaseError;
use host::Hosts;
use listen::Door;
use message::{Reply, Request};
use review::Desk;
use site::Site;
use sparql::Bounds;
use worker::Pool;

/// Why a graph cannot be served.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The graph cannot be opened.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The ontology is wrong.
    #[error(transparent)]
    Ontology(#[from] OntologyErrors),
    /// The graph's base is no IRI.
    #[error(transparent)]
    Base(#[from] BaseError),
    /// The language model cannot be loaded.
    #[error("the language model cannot be loaded: {0}")]
    Model(String),
    /// The system does not let it listen.
    #[error("cannot serve: {0}")]
    Listen(#[from] std::io::Error),
}

/// What is served, to whom, and how much of it.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The graph folder.
    pub folder: PathBuf,
    /// Files and folders that are read over the shipped ontology.
    pub ontology: Vec<PathBuf>,
    /// Names that the server answers to besides `localhost` and its address.
    pub hosts: Vec<String>,
    /// Whose pages may ask from a browser: an origin, or `*`.
    pub cors: Option<String>,
    /// Where a reader's verdicts on claims are written, if they are taken.
    pub decisions: Option<PathBuf>,
    /// How long a query may take.
    pub timeout: Duration,
    /// How many queries are answered at a time, each by a process.
    pub workers: usize,
}

/// How many queries may wait for a worker.
const QUEUE: usize = 16;
/// The most bytes of an answer to a query: 64 MiB.
const ANSWER: usize = 64 << 20;
/// How often it is looked whether the folder holds another graph.
const GLANCE: Duration = Duration::from_secs(1);

/// Serves a graph folder at `listener` until the process ends. A graph that is built anew in the
/// folder is served from then on. `worker` starts a process that does [`work`] on the folder.
///
/// # Errors
/// When the graph cannot be opened, or the system does not let it listen.
pub fn serve(
    settings: &Settings,
    listener: TcpListener,
    worker: impl Fn() -> Command + Send + Sync + 'static,
) -> Result<(), ServeError> {
    let site = Site::open(&settings.folder, &settings.ontology)?;
    let pool = Pool::start(settings.workers, QUEUE, worker);
    let bounds = Bounds { seconds: settings.timeout.as_secs_f64(), bytes: ANSWER };
    let (cors, hosts) =
        (settings.cors.clone(), Hosts::new(listener.local_addr()?.ip(), &settings.hosts));
    let house = House {
        settings: settings.clone(),
        site: RwLock::new(Arc::new(site)),
        looked: Mutex::new(Instant::now()),
        desk: settings.decisions.clone().map(Desk::new),
        pool,
        bounds,
    };
    Door::new(hosts, cors, Box::new(move |request| house.answer(request))).serve(listener)?;
    Ok(())
}

/// All that is served.
struct House {
    settings: Settings,
    site: RwLock<Arc<Site>>,
    looked: Mutex<Instant>,
    desk: Option<Desk>,
    pool: Arc<Pool>,
    bounds: Bounds,
}

impl House {
    fn answer(&self, request: &Request) -> Reply {
        if let Some(reply) = explorer::answer(request) {
            return reply;
        }
        let site = self.site();
        let path: Vec<&str> = request.path.iter().map(String::as_str).collect();
        match path.as_slice() {
            ["query" | "sparql"] => sparql::query(request, &self.pool, self.bounds, &site),
            ["store"] => sparql::store(request, &self.pool, self.bounds),
            ["api", ..] => api::answer(request, &request.path[1..], &site, self.desk.as_ref()),
            _ => Reply::error(StatusCode::NOT_FOUND, "there is nothing here; / is the explorer"),
        }
    }

    /// The graph of the folder as it is now. One that cannot be opened, as while it is moved
    /// into place, leaves the last one.
    fn site(&self) -> Arc<Site> {
        let now = || Arc::clone(&self.site.read().unwrap_or_else(PoisonError::into_inner));
        let held = now();
        {
            let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
            if looked.elapsed() < GLANCE {
                return held;
            }
            *looked = Instant::now();
        }
        let changed = folder::manifest(&self.settings.folder).is_ok_and(|it| it != held.manifest);
        if changed && let Ok(site) = Site::open(&self.settings.folder, &self.settings.ontology) {
            *self.site.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(site);
            self.pool.renew();
        }
        now()
    }
}

/// The explorer and a graph in one page that needs no server, and how many claims it leaves out:
/// of more than [`MOST_CLAIMS`] the surest are kept.
///
/// # Errors
/// When the graph cannot be opened.
pub fn report(folder: &Path, ontology: &[PathBuf]) -> Result<(String, usize), ServeError> {
    Ok(explorer::report(&Site::open(folder, ontology)?))
}
