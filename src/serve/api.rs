//! The JSON API: what the commands show, for pages and programs. `/api/openapi.json` describes it.

use std::cmp::Reverse;
use std::sync::Arc;

use hyper::{Method, StatusCode};
use serde::Serialize;
use serde_json::json;

use super::current::Current;
use super::json::{error, json};
use super::message::{Parameters, Reply, Request};
use super::queries::examples;
use super::review;
use crate::extract::When;
use crate::rdf::prefixes;
use crate::resolve::{Actor, DocumentRecord, Event, Matter};
use crate::views::{Filter, Site, day, number, yes};

/// The description of this API.
const OPENAPI: &str = include_str!("openapi.json");
/// How many edges of the network are given unless told otherwise, and at most.
const EDGES: (usize, usize) = (300, 2_000);
/// How many things of a list are given unless told otherwise, and at most.
const LISTED: (usize, usize) = (100, 500);
/// How many claims are given with their document; the others are in `/api/claims`.
const PAGE_OF_DOCUMENT: usize = 200;
/// The most characters of a text that are given at a time, so that an answer stays below a megabyte.
const PART: usize = 150_000;
/// How many matters of the matrix are given unless told otherwise, and at most.
const COLUMNS: (usize, usize) = (8, 60);

/// Answers what stands after `/api`.
pub(super) fn answer(
    request: &Request,
    path: &[String],
    site: &Site,
    current: &Arc<Current>,
) -> Reply {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let is_reviewed = current.file().is_some();
    if path == ["decisions"]
        && let Some(reply) = review::answer(request, current)
    {
        return reply;
    }
    if !matches!(request.method, Method::GET | Method::HEAD) {
        return Reply::not_allowed("GET, HEAD, OPTIONS");
    }
    let found = match path.as_slice() {
        ["openapi.json"] => return Reply::new("application/json", OPENAPI),
        ["overview"] => return json(&site.overview(is_reviewed)),
        ["acts"] => return json(&json!({ "acts": site.act_views() })),
        ["queries"] => {
            let examples: Vec<_> = examples().collect();
            return json(&json!({ "prefixes": prefixes(&site.naming), "queries": examples }));
        }
        ["graph"] => network(request, site),
        ["paths"] => site.path(&request.parameters).map(|path| json(&path)),
        ["claims"] => claims(request, site),
        [kind] => list(kind, &request.parameters, site),
        [kind, id] => return thing(kind, id, request, site, &current.built()),
        _ => return nothing(),
    };
    found.unwrap_or_else(|words| error(StatusCode::BAD_REQUEST, &words))
}

fn nothing() -> Reply {
    error(StatusCode::NOT_FOUND, "there is nothing here; /api/openapi.json lists what there is")
}

/// One of the things that are listed.
fn thing(kind: &str, id: &str, request: &Request, site: &Site, built: &Site) -> Reply {
    let corpus = site.corpus();
    match kind {
        // What has been rejected since is still to be seen.
        "claims" => match (site.graph.claim(id), built.graph.claim(id)) {
            (Some(at), _) => json(&site.claim_view(at)),
            (None, Some(at)) => json(&built.claim_view(at)),
            (None, None) => missing("claim", id),
        },
        "documents" => match site.document(id) {
            Some(it) => {
                let of = |at: &usize| corpus.claims[*at].document == it.id;
                let all: Vec<usize> = (0..corpus.claims.len()).filter(of).collect();
                let claims: Vec<_> =
                    all.iter().take(PAGE_OF_DOCUMENT).map(|at| site.claim_view(*at)).collect();
                let from = match request.parameters.one("from").map_or(Ok(0), number) {
                    Ok(from) => from,
                    Err(words) => return error(StatusCode::BAD_REQUEST, &words),
                };
                // Who asks for what follows has the claims already.
                let claims = if from == 0 { claims } else { Vec::new() };
                json(&json!({
                    "document": site.document_view(it, Some(from..from.saturating_add(PART))), "claims": claims,
                    "total": all.len(),
                }))
            }
            None => missing("document", id),
        },
        "actors" => match site.graph.actor(id) {
            Some(at) => json(&site.actor_view(&corpus.actors[at])),
            None => missing("actor", id),
        },
        "matters" => match site.graph.matter(id) {
            Some(at) => json(&site.matter_view(&corpus.matters[at])),
            None => missing("matter", id),
        },
        "events" => match corpus.events.iter().find(|it| it.id == id) {
            Some(event) => json(event),
            None => missing("event", id),
        },
        "disputes" => match corpus.disputes.iter().find(|it| it.id == id) {
            Some(dispute) => json(dispute),
            None => missing("dispute", id),
        },
        _ => nothing(),
    }
}

/// A page of a list, or what is too much for one summed up.
fn list(kind: &str, parameters: &Parameters, site: &Site) -> Result<Reply, String> {
    let corpus = site.corpus();
    let (actor, matter) = (parameters.one("actor"), parameters.one("matter"));
    let text = parameters.one("text");
    let page = Page::read(parameters)?;
    let of_time = |name: &str| parameters.one(name).map(day).transpose();
    Ok(match kind {
        "documents" => {
            let fits = |it: &&DocumentRecord| {
                let names = [it.id.as_str(), it.publisher.as_deref().unwrap_or_default()];
                named(text, it.title.as_deref().unwrap_or_default(), names.into_iter())
            };
            let all = corpus.documents.iter().filter(fits).collect();
            page.of(kind, all, |it| site.document_view(it, None))
        }
        "actors" => {
            let mut all: Vec<&Actor> = corpus.actors.iter().collect();
            all.retain(|it| named(text, &it.label, it.names.iter().map(|(name, _)| name.as_str())));
            let by_reports = parameters.one("order") == Some("reports");
            all.sort_by_cached_key(|it| {
                let [claims, reports, _] =
                    site.counts.actors.get(&it.id).copied().unwrap_or_default();
                (Reverse(if by_reports { reports } else { claims + reports }), it.id.clone())
            });
            page.of(kind, all, |it| site.actor_view(it))
        }
        "matters" => {
            let mut all: Vec<&Matter> = corpus.matters.iter().collect();
            all.retain(|it| {
                named(text, &it.label, it.variants.iter().map(|(name, _)| name.as_str()))
            });
            // They are sorted by id already, so are equals.
            all.sort_by_key(|it| Reverse(it.claims.len()));
            page.of(kind, all, |it| site.matter_view(it))
        }
        "events" => {
            let (from, until) = (of_time("from")?, of_time("until")?);
            let mut all = site.event_list(actor);
            if from.is_some() || until.is_some() {
                let begins = |it: &Event| it.time.and_then(When::days).map(|it| it.0);
                all.retain(|it| {
                    begins(it).is_some_and(|day| {
                        from.is_none_or(|it| day >= it) && until.is_none_or(|it| day <= it)
                    })
                });
            }
            page.of(kind, all, |it| it)
        }
        "disputes" => {
            let mut all = site.dispute_list(actor, matter);
            if let Some(ids) = parameters.one("ids") {
                all.retain(|it| ids.split(',').any(|id| id == it.id));
            }
            page.of(kind, all, |it| it)
        }
        "stances" => {
            let changed = parameters.one("changed").map(yes).transpose()?.unwrap_or(false);
            page.of(kind, site.stance_views(actor, matter, changed).collect(), |it| it)
        }
        "matrix" => {
            let size = parameters.one("size").map_or(Ok(COLUMNS.0), number)?.min(COLUMNS.1);
            json(&site.matrix_view(text.unwrap_or_default(), size))
        }
        "timeline" => json(&site.timeline_view(actor, of_time("from")?, of_time("until")?)),
        "candidates" => match (actor, matter) {
            (Some(id), _) => page.of(kind, site.actor_candidates(Some(id)), |it| it),
            (None, Some(id)) => page.of(kind, site.matter_candidates(Some(id)), |it| it),
            (None, None) => match parameters.one("kind") {
                Some("matters") => page.of(kind, site.matter_candidates(None), |it| it),
                _ => page.of(kind, site.actor_candidates(None), |it| it),
            },
        },
        _ => nothing(),
    })
}

/// Which part of a list is wanted.
struct Page {
    limit: usize,
    offset: usize,
}

impl Page {
    fn read(parameters: &Parameters) -> Result<Self, String> {
        let limit = parameters.one("limit").map_or(Ok(LISTED.0), number)?.min(LISTED.1);
        let offset = parameters.one("offset").map_or(Ok(0), number)?;
        Ok(Self { limit, offset })
    }

    fn of<T, V: Serialize>(&self, kind: &str, all: Vec<T>, view: impl Fn(T) -> V) -> Reply {
        let (total, offset, limit) = (all.len(), self.offset, self.limit);
        let page: Vec<V> = all.into_iter().skip(offset).take(limit).map(view).collect();
        json(&json!({ "total": total, "offset": offset, "limit": limit, kind: page }))
    }
}

fn claims(request: &Request, site: &Site) -> Result<Reply, String> {
    let filter = Filter::read(request.parameters.pairs())?;
    let found = filter.claims(site);
    let page = found.iter().skip(filter.offset).take(filter.limit);
    let page: Vec<_> = page.map(|at| site.claim_view(*at)).collect();
    let (total, offset, limit) = (found.len(), filter.offset, filter.limit);
    Ok(json(&json!({ "total": total, "offset": offset, "limit": limit, "claims": page })))
}

fn network(request: &Request, site: &Site) -> Result<Reply, String> {
    let edges = request.parameters.one("edges").map_or(Ok(EDGES.0), number)?;
    let filter = Filter::read(request.parameters.pairs())?;
    let with_events = request.parameters.one("events").map(yes).transpose()?.unwrap_or(false);
    Ok(json(&site.network(&filter.claims(site), edges.min(EDGES.1), with_events)))
}

/// Do its label or names hold these words?
fn named<'a>(text: Option<&str>, label: &'a str, names: impl Iterator<Item = &'a str>) -> bool {
    let Some(text) = text.map(str::to_lowercase) else { return true };
    std::iter::once(label).chain(names).any(|name| name.to_lowercase().contains(&text))
}

fn missing(kind: &str, id: &str) -> Reply {
    error(StatusCode::NOT_FOUND, &format!("there is no {kind} {id:?}"))
}
