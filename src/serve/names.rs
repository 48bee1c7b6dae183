//! IRIs of the graph lead somewhere: whoever asks this server for one gets, by what it likes best,
//! the page of the thing or what the graph says of it.

use std::sync::Arc;

use hyper::{Method, StatusCode, header};
use serde_json::json;

use super::accept::choose;
use super::child::TRIPLES;
use super::message::{Reply, Request, unescape};
use super::sparql::{Bounds, describe};
use super::worker::Pool;
use crate::graph::Node;
use crate::rdf::{Context, Naming};
use crate::views::Site;

/// What a name stands for.
struct Named {
    iri: String,
    /// The address of its page in the explorer.
    page: String,
}

/// Answers a request for something under the graph's base, whatever host the base has; none where
/// the path is not under it.
pub(super) fn answer(
    request: &Request,
    pool: &Arc<Pool>,
    bounds: Bounds,
    site: &Site,
) -> Option<Reply> {
    let base = path_of(&site.naming)?;
    let (kind, id) = match request.path.strip_prefix(base.as_slice())? {
        [] => return Some(see("/")),
        [kind, id] => (kind.as_str(), id.as_str()),
        _ => return Some(missing()),
    };
    if !matches!(request.method, Method::GET | Method::HEAD) {
        return Some(Reply::not_allowed("GET, HEAD, OPTIONS"));
    }
    let Some(named) = named(kind, id, site) else { return Some(missing()) };
    let page = "text/html";
    let offered: Vec<&str> =
        std::iter::once(page).chain(TRIPLES.iter().map(|(media, _)| *media)).collect();
    Some(match choose(request.header(header::ACCEPT), &offered) {
        Some(media) if media == page => see(&named.page).with(header::VARY, "Accept"),
        _ => describe(request, pool, bounds, &named.iri),
    })
}

/// The pieces of the base's path; none where names are parts of one page.
fn path_of(naming: &Naming) -> Option<Vec<String>> {
    let (_, rest) = naming.base().split_once("://")?;
    let (_, path) = rest.split_once('/')?;
    // A base that ends in # names parts of one page.
    let path = if path.is_empty() { path } else { path.strip_suffix('/')? };
    let pieces = path.split('/').filter(|piece| !piece.is_empty());
    Some(pieces.map(|piece| unescape(piece, false)).collect())
}

fn named(kind: &str, id: &str, site: &Site) -> Option<Named> {
    let (naming, graph) = (&site.naming, &site.graph);
    let (iri, view) = match kind {
        "actor" => (naming.actor(graph.id(Node::Actor(graph.actor(id)?))), "actor"),
        "matter" => (naming.matter(graph.id(Node::Matter(graph.matter(id)?))), "matter"),
        "claim" => (naming.claim(graph.id(Node::Claim(graph.claim(id)?))), "claim"),
        "document" => (naming.document(&site.document(id)?.id), "reader"),
        "graph" => (naming.graph(&site.document(id)?.id), "reader"),
        "dispute" => {
            (naming.dispute(&site.corpus().disputes.iter().find(|it| it.id == id)?.id), "dispute")
        }
        "event" => (naming.event(&site.corpus().events.iter().find(|it| it.id == id)?.id), "event"),
        "stance" => return stance(id, site),
        "decision" => {
            let decision = site.corpus().decisions.iter().find(|it| it.id == id)?;
            let about = decision.about.iter().find_map(|it| page_of(it, site));
            let page = about.unwrap_or_else(|| "/".to_owned());
            return Some(Named { iri: naming.decision(&decision.id).into_string(), page });
        }
        "person" => {
            let people = site.corpus().decisions.iter().filter_map(|it| it.by.as_deref());
            let mut iris = people.map(|name| naming.person(name).into_string());
            let iri = iris
                .find(|iri| iri.rsplit('/').next().is_some_and(|it| unescape(it, false) == id))?;
            return Some(Named { iri, page: "/".to_owned() });
        }
        _ => return None,
    };
    Some(Named { iri: iri.into_string(), page: address(view, id) })
}

fn address(view: &str, id: &str) -> String {
    let id = percent_encoding::utf8_percent_encode(id, percent_encoding::NON_ALPHANUMERIC);
    format!("/#/{view}/{id}")
}

/// The page of a claim, actor or matter of this id.
fn page_of(id: &str, site: &Site) -> Option<String> {
    let graph = &site.graph;
    let found =
        [(graph.claim(id), "claim"), (graph.actor(id), "actor"), (graph.matter(id), "matter")];
    found.iter().find(|(at, _)| at.is_some()).map(|(_, view)| address(view, id))
}

/// Where an actor stands on a matter; its page is that of the matter.
fn stance(id: &str, site: &Site) -> Option<Named> {
    let (actor, rest) = id.split_once('~')?;
    let (matter, _) = rest.split_once('~')?;
    let key = (site.graph.actor(actor)?, site.graph.matter(matter)?);
    let iri = |position: &str| site.naming.stance(actor, matter, position).into_string();
    let mut iris = site.matrix.cells.get(&key)?.stances.iter().map(|it| iri(it.stance.as_str()));
    let iri =
        iris.find(|iri| iri.rsplit('/').next().is_some_and(|it| unescape(it, false) == id))?;
    Some(Named { iri, page: address("matter", matter) })
}

/// The context of the graph's JSON-LD: prefixes, classes and properties.
pub(super) fn context(site: &Site) -> Reply {
    let context = Context::new(&site.naming).json();
    Reply::new("application/ld+json", json!({ "@context": context }).to_string())
}

/// Another place is to be looked at.
pub(super) fn see(place: &str) -> Reply {
    let reply = Reply { status: StatusCode::SEE_OTHER, ..Reply::new("", "") };
    reply.with(header::LOCATION, place)
}

fn missing() -> Reply {
    Reply::error(StatusCode::NOT_FOUND, "the graph has nothing of this name")
}
