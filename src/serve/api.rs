//! The JSON API: what the commands show, for pages and programs. `/api/openapi.json` describes it.

use hyper::{Method, StatusCode};
use serde::Serialize;
use serde_json::json;

use super::filter::{Filter, number};
use super::message::{Reply, Request};
use super::queries::examples;
use super::review::Desk;
use super::site::Site;
use crate::rdf::prefixes;

/// The description of this API.
const OPENAPI: &str = include_str!("openapi.json");
/// The longest question, in characters.
const LONGEST: usize = 2_000;
/// How many edges of the network are given unless told otherwise, and at most.
const EDGES: (usize, usize) = (300, 2_000);
/// The most things of a list.
const LISTED: usize = 5_000;
/// How many answers a question is given.
const ANSWERS: usize = 10;

/// Answers what stands after `/api`.
// Long: one arm a path, as the description lists them.
pub(super) fn answer(
    request: &Request,
    path: &[String],
    site: &Site,
    desk: Option<&Desk>,
) -> Reply {
    if let ([decisions], Some(desk)) = (path, desk)
        && decisions == "decisions"
    {
        return desk.answer(request, site);
    }
    if !matches!(request.method, Method::GET | Method::HEAD) {
        return Reply::not_allowed("GET, HEAD, OPTIONS");
    }
    let parameters = &request.parameters;
    let corpus = site.corpus();
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let (actor, matter) = (parameters.one("actor"), parameters.one("matter"));
    match path.as_slice() {
        ["openapi.json"] => Reply::new("application/json", OPENAPI),
        ["overview"] => json(&site.overview(desk.is_some())),
        ["acts"] => json(&json!({ "acts": site.act_views() })),
        ["claims"] => claims(request, site),
        ["claims", id] => match site.graph.claim(id) {
            Some(at) => json(&site.claim_view(at)),
            None => missing("claim", id),
        },
        ["documents"] => {
            let all = corpus.documents.iter().map(|it| site.document_view(it, false));
            json(&json!({ "documents": all.take(LISTED).collect::<Vec<_>>() }))
        }
        ["documents", id] => match corpus.documents.iter().find(|it| it.id == *id) {
            Some(it) => {
                let of = |at: &usize| corpus.claims[*at].document == it.id;
                let claims = (0..corpus.claims.len()).filter(of).map(|at| site.claim_view(at));
                let claims: Vec<_> = claims.collect();
                json(&json!({ "document": site.document_view(it, true), "claims": claims }))
            }
            None => missing("document", id),
        },
        ["actors"] => {
            let mut all: Vec<_> = corpus.actors.iter().map(|it| site.actor_view(it)).collect();
            all.retain(|it| named(parameters.one("text"), it.label, &it.names));
            all.sort_by(|a, b| {
                (b.claims + b.reports).cmp(&(a.claims + a.reports)).then_with(|| a.id.cmp(b.id))
            });
            all.truncate(LISTED);
            json(&json!({ "actors": all }))
        }
        ["actors", id] => match site.graph.actor(id) {
            Some(at) => json(&site.actor_view(&corpus.actors[at])),
            None => missing("actor", id),
        },
        ["matters"] => {
            let mut all: Vec<_> = corpus.matters.iter().map(|it| site.matter_view(it)).collect();
            all.retain(|it| named(parameters.one("text"), it.label, &it.names));
            all.sort_by(|a, b| b.claims.cmp(&a.claims).then_with(|| a.id.cmp(b.id)));
            all.truncate(LISTED);
            json(&json!({ "matters": all }))
        }
        ["matters", id] => match site.graph.matter(id) {
            Some(at) => json(&site.matter_view(&corpus.matters[at])),
            None => missing("matter", id),
        },
        ["events"] => json(&json!({ "events": site.event_list(actor) })),
        ["disputes"] => json(&json!({ "disputes": site.dispute_list(actor, matter) })),
        ["disputes", id] => match corpus.disputes.iter().find(|it| it.id == *id) {
            Some(dispute) => json(dispute),
            None => missing("dispute", id),
        },
        ["stances"] => json(&json!({ "stances": site.stance_views(actor, matter) })),
        ["queries"] => {
            let examples: Vec<_> = examples().collect();
            json(&json!({ "prefixes": prefixes(&site.naming), "queries": examples }))
        }
        ["graph"] => network(request, site),
        ["ask"] => ask(request, site),
        _ => error(
            StatusCode::NOT_FOUND,
            "there is nothing here; /api/openapi.json lists what there is",
        ),
    }
}

fn claims(request: &Request, site: &Site) -> Reply {
    let filter = match Filter::read(&request.parameters) {
        Ok(filter) => filter,
        Err(words) => return error(StatusCode::BAD_REQUEST, &words),
    };
    let found = filter.claims(site);
    let page = found.iter().skip(filter.offset).take(filter.limit);
    let page: Vec<_> = page.map(|at| site.claim_view(*at)).collect();
    let (total, offset, limit) = (found.len(), filter.offset, filter.limit);
    json(&json!({ "total": total, "offset": offset, "limit": limit, "claims": page }))
}

fn network(request: &Request, site: &Site) -> Reply {
    let edges = request.parameters.one("edges").map_or(Ok(EDGES.0), number);
    let read = Filter::read(&request.parameters).and_then(|filter| Ok((filter, edges?)));
    match read {
        Ok((filter, edges)) => json(&site.network(&filter.claims(site), edges.min(EDGES.1))),
        Err(words) => error(StatusCode::BAD_REQUEST, &words),
    }
}

fn ask(request: &Request, site: &Site) -> Reply {
    let Some(question) = request.parameters.one("question") else {
        return error(StatusCode::BAD_REQUEST, "question= is missing");
    };
    if question.chars().nth(LONGEST).is_some() {
        let words = format!("the question has more than {LONGEST} characters; ask in one sentence");
        return error(StatusCode::BAD_REQUEST, &words);
    }
    match site.ask(question) {
        Ok(mut answer) => {
            answer.answers.truncate(ANSWERS);
            json(&answer)
        }
        Err(words) => error(StatusCode::INTERNAL_SERVER_ERROR, &words.to_string()),
    }
}

/// Do its label or names hold these words?
fn named(text: Option<&str>, label: &str, names: &[&str]) -> bool {
    let Some(text) = text.map(str::to_lowercase) else { return true };
    std::iter::once(&label).chain(names).any(|name| name.to_lowercase().contains(&text))
}

/// A value as JSON.
pub(super) fn json(value: &impl Serialize) -> Reply {
    match serde_json::to_vec(value) {
        Ok(body) => Reply::new("application/json", body),
        Err(words) => error(StatusCode::INTERNAL_SERVER_ERROR, &words.to_string()),
    }
}

/// An error as the API tells it.
pub(super) fn error(status: StatusCode, words: &str) -> Reply {
    let body = json!({ "error": words }).to_string();
    Reply { status, ..Reply::new("application/json", body) }
}

fn missing(kind: &str, id: &str) -> Reply {
    error(StatusCode::NOT_FOUND, &format!("there is no {kind} {id:?}"))
}
