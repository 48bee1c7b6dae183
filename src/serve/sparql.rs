//! The SPARQL 1.1 Protocol and Graph Store reads: `/query` (also `/sparql`) and `/store`.

use std::sync::Arc;

use hyper::{Method, StatusCode, header};

use super::message::{Parameters, Reply, Request};
use super::worker::{Failure, Outcome, Pool, Task, Wanted};
use crate::rdf::unknown_terms;
use crate::views::Site;

/// What a query may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// Seconds.
    pub seconds: f64,
    /// Bytes of its answer.
    pub bytes: usize,
}

/// Answers a query, or describes the service where there is none.
pub(super) fn query(request: &Request, pool: &Arc<Pool>, bounds: Bounds, site: &Site) -> Reply {
    let form;
    let (parameters, direct) = match (&request.method, request.media().as_str()) {
        (&Method::GET | &Method::HEAD, _) => (&request.parameters, None),
        (&Method::POST, "application/x-www-form-urlencoded") => {
            form = Parameters::read(&String::from_utf8_lossy(&request.body));
            (&form, None)
        }
        (&Method::POST, "application/sparql-query") => (&request.parameters, Some(&request.body)),
        (&Method::POST, "application/sparql-update") => return read_only(),
        (&Method::POST, other) => {
            let words = format!(
                "{other:?} is no query; POST application/sparql-query, or \
                 application/x-www-form-urlencoded with query=…"
            );
            return Reply::error(StatusCode::UNSUPPORTED_MEDIA_TYPE, words);
        }
        _ => return Reply::not_allowed("GET, HEAD, POST, OPTIONS"),
    };
    if parameters.all("update").next().is_some() {
        return read_only();
    }
    let text = match direct {
        Some(body) => std::str::from_utf8(body).map(str::to_owned).map_err(|error| {
            Reply::error(StatusCode::BAD_REQUEST, format_args!("the query is no UTF-8: {error}"))
        }),
        None => one_query(request, parameters, site),
    };
    let query = match text {
        Ok(text) => text,
        Err(reply) => return reply,
    };
    let graphs = |name| parameters.all(name).map(str::to_owned).collect();
    let (default, named) = (graphs("default-graph-uri"), graphs("named-graph-uri"));
    // What is misspelled matches nothing, and no rows look like an answer.
    let unknown = unknown_terms(&query, &site.ontology);
    let reply = run(request, pool, bounds, Wanted::Query { query, default, named });
    unknown.iter().take(WARNINGS).fold(reply, |reply, term| {
        let words = term.to_string().replace(['"', '\\'], "'");
        let is_plain = words.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        let warning = || format!("299 demarche \"{words}\"");
        if is_plain { reply.with(header::WARNING, warning()) } else { reply }
    })
}

/// The most terms of which a reply warns.
const WARNINGS: usize = 8;

/// The one query of the parameters; or else the description of the service.
fn one_query(request: &Request, parameters: &Parameters, site: &Site) -> Result<String, Reply> {
    let mut queries = parameters.all("query");
    match (queries.next(), queries.next()) {
        (Some(query), None) => Ok(query.to_owned()),
        (None, _) if request.method != Method::POST && parameters.0.is_empty() => {
            Err(site.about().describe(request))
        }
        (None, _) => Err(Reply::error(StatusCode::BAD_REQUEST, "query= is missing")),
        (Some(_), Some(_)) => {
            Err(Reply::error(StatusCode::BAD_REQUEST, "query= is there twice; one at a time"))
        }
    }
}

/// Gives a graph (`?graph=IRI`, `?default`) or the whole dataset.
pub(super) fn store(request: &Request, pool: &Arc<Pool>, bounds: Bounds) -> Reply {
    match request.method {
        Method::GET | Method::HEAD => {}
        Method::PUT | Method::POST | Method::DELETE | Method::PATCH => return read_only(),
        _ => return Reply::not_allowed("GET, HEAD, OPTIONS"),
    }
    let parameters = &request.parameters;
    let graphs: Vec<&str> = parameters.all("graph").collect();
    let is_default = parameters.all("default").next().is_some();
    let wanted = match (graphs.as_slice(), is_default) {
        ([], false) => Wanted::Dataset,
        ([], true) => Wanted::Graph(None),
        ([graph], false) => Wanted::Graph(Some((*graph).to_owned())),
        _ => return Reply::error(StatusCode::BAD_REQUEST, "one of ?graph=IRI and ?default"),
    };
    run(request, pool, bounds, wanted)
}

/// What the graph says of one thing.
pub(super) fn describe(request: &Request, pool: &Arc<Pool>, bounds: Bounds, iri: &str) -> Reply {
    let query = format!("DESCRIBE <{iri}>");
    let wanted = Wanted::Query { query, default: Vec::new(), named: Vec::new() };
    run(request, pool, bounds, wanted)
}

fn run(request: &Request, pool: &Arc<Pool>, bounds: Bounds, wanted: Wanted) -> Reply {
    let accept = request.header(header::ACCEPT).map(str::to_owned);
    let task = Task { wanted, accept, seconds: bounds.seconds, bytes: bounds.bytes };
    let reply = match pool.run(&task) {
        Ok((Outcome::Answer { media, .. }, body)) => Reply::new(media, body),
        Ok((Outcome::Wrong(words), _)) => Reply::error(StatusCode::BAD_REQUEST, words),
        Ok((Outcome::Update(words), _)) => Reply::error(StatusCode::FORBIDDEN, words),
        Ok((Outcome::Missing(words), _)) => Reply::error(StatusCode::NOT_FOUND, words),
        Ok((Outcome::NotAcceptable(words), _)) => Reply::error(StatusCode::NOT_ACCEPTABLE, words),
        Ok((Outcome::Spent(words), _)) => Reply::busy(words),
        Err(Failure::Loading) => Reply::busy("the graph is still being loaded; try again"),
        Err(Failure::Busy) => Reply::busy("all workers are busy with other queries; try again"),
        Err(Failure::Killed) => Reply::busy(format_args!(
            "the query was stopped after {} s; ask for less (LIMIT, fewer free variables)",
            bounds.seconds
        )),
        Err(Failure::Died) => Reply::busy("the query took more memory than there is; ask for less"),
        Err(Failure::Broken(words)) => Reply::error(StatusCode::INTERNAL_SERVER_ERROR, words),
    };
    reply.with(header::VARY, "Accept")
}

fn read_only() -> Reply {
    let words = "the graph is read-only: it changes with its texts (`demarche build`) and a \
                 person's decisions (`demarche build --decisions`)";
    Reply::error(StatusCode::FORBIDDEN, words)
}
