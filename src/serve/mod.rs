//! The graph over HTTP: SPARQL 1.1 Protocol, Graph Store reads, a JSON API, and the explorer,
//! a page for the browser. All of it only reads, but for the decisions of whoever reviews the graph,
//! which go into a file where one is given, and into what is served.
//!
//! | path | what |
//! | --- | --- |
//! | `/` | the explorer |
//! | `/query`, `/sparql` | SPARQL 1.1 Protocol; without a query the description of the service |
//! | `/store` | Graph Store reads |
//! | `/.well-known/void`, `/context.jsonld` | what there is, and the prefixes as a JSON-LD context |
//! | `/api/…` | JSON, described by `/api/openapi.json` |
//! | the path of an IRI under the base | its page, or RDF, by `Accept` |
//!
//! | file | what it does |
//! | --- | --- |
//! | `door`, `host`, `message`, `accept` | requests in, answers out, and their limits |
//! | `sparql`, `names` | the protocol, and the IRIs of the graph |
//! | `worker`, `child`, `answering` | processes that answer queries and questions, and can be killed |
//! | `questions` | questions in English, and their limits |
//! | `overview`, `network`, `paths`, `chart`, `api` | the graph as JSON, of what `views` holds |
//! | `current`, `review`, `candidates` | decisions of a person, and the graph as decided |
//! | `explorer`, `cut` | the pages, and the same in one file ([`report`]) |

mod accept;
mod answering;
mod api;
mod candidates;
mod chart;
mod child;
mod current;
mod cut;
mod description;
mod door;
mod error;
mod explorer;
mod host;
mod json;
mod message;
mod names;
mod network;
mod overview;
mod paths;
mod queries;
mod questions;
mod review;
mod sparql;
mod worker;

pub use crate::views::OpenError;
pub use answering::work_on_questions;
pub use child::work;
pub use error::ServeError;
pub use explorer::{MOST_BYTES, Report};

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use hyper::{Method, StatusCode};

use crate::views::Site;
use current::Current;
use door::Door;
use host::Hosts;
use message::{Reply, Request};
use questions::Questions;
use sparql::Bounds;
use worker::Pool;

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
    /// Where the decisions of whoever reviews the graph are written, if they are taken.
    pub decisions: Option<PathBuf>,
    /// How long a query or a question may take.
    pub timeout: Duration,
    /// How many queries are answered at a time, each by a process.
    pub workers: usize,
}

/// How many queries may wait for a worker.
const QUEUE: usize = 16;
/// The most bytes of an answer to a query: 64 MiB.
const ANSWER: usize = 64 << 20;

/// What a worker process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Answers queries in SPARQL: [`work`].
    Queries,
    /// Answers questions in English: [`work_on_questions`].
    Questions,
}

/// Serves a graph folder at `listener` until the process ends. A graph that is built anew in the
/// folder is served from then on. `worker` starts a process that does its work on the folder.
///
/// # Errors
/// When the graph cannot be opened, or the system does not let it listen.
pub fn serve(
    settings: &Settings,
    listener: TcpListener,
    worker: impl Fn(Work) -> Command + Send + Sync + 'static,
) -> Result<(), ServeError> {
    let (folder, layers) = (settings.folder.clone(), settings.ontology.clone());
    let current = Arc::new(Current::open(folder, layers, settings.decisions.clone())?);
    let worker = Arc::new(worker);
    let asked = Arc::clone(&worker);
    let pool = Pool::start(settings.workers, QUEUE, move || worker(Work::Queries));
    let bounds = Bounds { seconds: settings.timeout.as_secs_f64(), bytes: ANSWER };
    let questions = Questions::new(move || asked(Work::Questions), bounds);
    let (cors, hosts) =
        (settings.cors.clone(), Hosts::new(listener.local_addr()?.ip(), &settings.hosts));
    let house = House { current, pool, questions, bounds };
    Door::new(hosts, cors, Box::new(move |request| house.answer(request))).serve(listener)?;
    Ok(())
}

/// All that is served.
struct House {
    current: Arc<Current>,
    pool: Arc<Pool>,
    questions: Questions,
    bounds: Bounds,
}

impl House {
    fn answer(&self, request: &Request) -> Reply {
        if let Some(reply) = explorer::answer(request) {
            return reply;
        }
        if self.current.glance() {
            self.pool.renew();
            self.questions.renew();
        }
        let site = self.current.site();
        let path: Vec<&str> = request.path.iter().map(String::as_str).collect();
        match path.as_slice() {
            ["query" | "sparql"] => sparql::query(request, &self.pool, self.bounds, &site),
            // Where VoID has the description of what a host holds looked for.
            [".well-known", "void"] => names::see("/query"),
            ["context.jsonld"] => names::context(&site),
            ["store"] => sparql::store(request, &self.pool, self.bounds),
            ["api", "ask"] if matches!(request.method, Method::GET | Method::HEAD) => {
                self.questions.answer(request)
            }
            ["api", ..] => api::answer(request, &request.path[1..], &site, &self.current),
            _ => names::answer(request, &self.pool, self.bounds, &site).unwrap_or_else(|| {
                Reply::error(StatusCode::NOT_FOUND, "there is nothing here; / is the explorer")
            }),
        }
    }
}

/// The explorer and a graph in one page that needs no server, of `most` bytes at most: of a larger
/// graph what is disputed and what is surest.
///
/// # Errors
/// When the graph cannot be opened.
pub fn report(folder: &Path, ontology: &[PathBuf], most: usize) -> Result<Report, ServeError> {
    Ok(explorer::report(&Site::open(folder, ontology)?, most))
}
