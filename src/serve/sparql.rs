//! The SPARQL 1.1 Protocol and Graph Store reads: `/query` (also `/sparql`) and `/store`.

use std::sync::Arc;

use hyper::{Method, StatusCode, header};
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{Literal, NamedNode, Term, Triple};

use super::accept::one_of;
use super::child::TRIPLES;
use super::message::{Parameters, Reply, Request};
use super::worker::{Failure, Outcome, Pool, Task, Wanted};
use crate::rdf::{Naming, dm, write_triples};
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
    run(request, pool, bounds, Wanted::Query { query, default, named })
}

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

/// What the service description and the dataset's are made of.
#[derive(Debug, Clone)]
pub(super) struct About {
    pub naming: Naming,
    /// IRIs of the named graphs, and of how many claims each has.
    pub graphs: Vec<(NamedNode, usize)>,
    pub claims: usize,
}

const SD: &str = "http://www.w3.org/ns/sparql-service-description#";
const DCAT: &str = "http://www.w3.org/ns/dcat#";
const TITLE: &str = "http://purl.org/dc/terms/title";
const VOID: &str = "http://rdfs.org/ns/void#";

impl About {
    /// SPARQL 1.1 Service Description, with VoID.
    fn describe(&self, request: &Request) -> Reply {
        let (media, format) = match one_of(request.header(header::ACCEPT), &TRIPLES) {
            Ok(chosen) => chosen,
            Err(words) => return Reply::error(StatusCode::NOT_ACCEPTABLE, words),
        };
        let host = request.header(header::HOST).unwrap_or("localhost");
        let mut body = Vec::new();
        let triples = self.triples(&format!("http://{host}/query"));
        match write_triples(&triples, &self.naming, format, &mut body) {
            Ok(()) => Reply::new(media, body).with(header::VARY, "Accept"),
            Err(error) => Reply::error(StatusCode::INTERNAL_SERVER_ERROR, error),
        }
    }

    fn triples(&self, endpoint: &str) -> Vec<Triple> {
        let node = |part: &str| NamedNode::new_unchecked(format!("{endpoint}{part}"));
        let sd = |local: &str| NamedNode::new_unchecked(format!("{SD}{local}"));
        let void = |local: &str| NamedNode::new_unchecked(format!("{VOID}{local}"));
        let dcat = |local: &str| NamedNode::new_unchecked(format!("{DCAT}{local}"));
        let format = |local: &str| {
            Term::from(NamedNode::new_unchecked(format!("http://www.w3.org/ns/formats/{local}")))
        };
        let number =
            |count: usize| Term::from(Literal::new_typed_literal(count.to_string(), xsd::INTEGER));
        let (service, dataset, default) = (node("#service"), node("#dataset"), node("#default"));
        // `…/query` and `…/store` stand beside each other.
        let store = endpoint.strip_suffix("query").unwrap_or(endpoint);
        let store = NamedNode::new_unchecked(format!("{store}store"));
        let (whole, title) = (node("#whole"), "Who said what, according to whom, in which words");
        let (claims, claim, vocabulary) = (node("#claims"), dm("Claim"), dm(""));
        let mut said: Vec<(NamedNode, NamedNode, Term)> = vec![
            (service.clone(), rdf::TYPE.into(), sd("Service").into()),
            (service.clone(), sd("endpoint"), node("").into()),
            (service.clone(), sd("supportedLanguage"), sd("SPARQL11Query").into()),
            // The default graph of a query is all graphs together, unless it says otherwise.
            (service.clone(), sd("feature"), sd("UnionDefaultGraph").into()),
            (service.clone(), sd("defaultDataset"), dataset.clone().into()),
            (dataset.clone(), rdf::TYPE.into(), sd("Dataset").into()),
            (dataset.clone(), rdf::TYPE.into(), void("Dataset").into()),
            (dataset.clone(), rdf::TYPE.into(), dcat("Dataset").into()),
            (dataset.clone(), NamedNode::new_unchecked(TITLE), Literal::from(title).into()),
            (dataset.clone(), dcat("distribution"), whole.clone().into()),
            (whole.clone(), rdf::TYPE.into(), dcat("Distribution").into()),
            (whole.clone(), dcat("accessURL"), store.clone().into()),
            (dataset.clone(), void("dataDump"), store.into()),
            (dataset.clone(), void("sparqlEndpoint"), node("").into()),
            (dataset.clone(), void("uriSpace"), Literal::from(self.naming.base()).into()),
            (dataset.clone(), void("entities"), number(self.claims)),
            (dataset.clone(), void("documents"), number(self.graphs.len())),
            (dataset.clone(), void("vocabulary"), vocabulary.clone().into()),
            (claims.clone(), rdf::TYPE.into(), void("Dataset").into()),
            (dataset.clone(), void("classPartition"), claims.clone().into()),
            (claims.clone(), void("class"), claim.into()),
            (claims, void("entities"), number(self.claims)),
            (dataset.clone(), sd("defaultGraph"), default.clone().into()),
            (default, rdf::TYPE.into(), sd("Graph").into()),
        ];
        let formats = ["SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV"];
        let formats = formats.into_iter().chain(["SPARQL_Results_TSV", "Turtle", "N-Triples"]);
        let formats = formats.chain(["RDF_XML", "TriG", "N-Quads", "JSON-LD"]);
        said.extend(formats.map(|it| (service.clone(), sd("resultFormat"), format(it))));
        for (at, (graph, claims)) in self.graphs.iter().enumerate() {
            let (named, inner) =
                (node(&format!("#named-{}", at + 1)), node(&format!("#graph-{}", at + 1)));
            said.extend([
                (dataset.clone(), sd("namedGraph"), named.clone().into()),
                (named.clone(), rdf::TYPE.into(), sd("NamedGraph").into()),
                (named.clone(), sd("name"), graph.clone().into()),
                (named, sd("graph"), inner.clone().into()),
                (inner.clone(), rdf::TYPE.into(), sd("Graph").into()),
                (inner, void("entities"), number(*claims)),
            ]);
        }
        said.into_iter().map(|(s, p, o)| Triple::new(s, p, o)).collect()
    }
}

impl Site {
    /// What the description of the service tells.
    pub(super) fn about(&self) -> About {
        let of = |id: &String| self.counts.documents.get(id).copied().unwrap_or(0);
        let documents = self.corpus().documents.iter();
        About {
            naming: self.naming.clone(),
            graphs: documents.map(|it| (self.naming.graph(&it.id), of(&it.id))).collect(),
            claims: self.corpus().claims.len(),
        }
    }
}
