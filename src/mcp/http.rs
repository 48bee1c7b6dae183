//! The protocol over HTTP ("streamable HTTP"), on this machine alone.
//!
//! A request is answered by one JSON text, and nothing is kept from one to the next: a server that
//! only answers has nothing to say of its own accord, and no sessions that could fill its memory.
//! The SDK checks `Host` and `Origin`, as a page of another site can make a browser ask
//! this server under its own name (DNS rebinding).

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;

use http_body_util::{BodyExt, Full, combinators::BoxBody};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONNECTION, CONTENT_TYPE, HeaderValue};
use hyper::{Request, Response, StatusCode};
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};

use super::server::{McpError, Offer, Server};
use crate::listen;

/// The path at which the protocol is spoken.
pub const PATH: &str = "/mcp";

/// The longest body, in bytes: a text that is added; questions and queries have limits of their own.
const BODY: usize = 1 << 20;
/// The most calls that are answered at a time; others wait.
const AT_ONCE: usize = 8;

type Reply = Response<BoxBody<Bytes, std::convert::Infallible>>;
type Service = StreamableHttpService<Server, NeverSessionManager>;

/// Offers a graph folder over streamable HTTP at `listener`, under [`PATH`], until the process ends.
/// Requests that name another host, or come from the page of another site, are refused. A graph
/// that is built anew in the folder meanwhile is offered from then on.
///
/// # Errors
/// When the listener can be reached by other machines, the graph cannot be opened, or the system
/// does not let it listen.
pub fn serve_http(listener: TcpListener, offer: Offer) -> Result<(), McpError> {
    let bound = listener.local_addr()?;
    if !bound.ip().is_loopback() {
        return Err(McpError::NotLoopback(bound));
    }
    let server = Server::open(offer)?;
    let made = move || Ok(server.clone());
    let service = Service::new(made, Arc::new(NeverSessionManager::default()), settings(bound));
    listen::serve(listener, AT_ONCE, move |request| meet(service.clone(), request))?;
    Ok(())
}

/// Names and origins of this server alone; answers without sessions.
fn settings(bound: SocketAddr) -> StreamableHttpServerConfig {
    let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "[::1]".to_owned()];
    let own = match bound.ip() {
        IpAddr::V4(it) => it.to_string(),
        IpAddr::V6(it) => format!("[{it}]"),
    };
    if !names.contains(&own) {
        names.push(own);
    }
    let origins: Vec<String> =
        names.iter().map(|name| format!("http://{name}:{}", bound.port())).collect();
    StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(BODY)
        .with_allowed_hosts(names)
        .with_allowed_origins(origins)
}

async fn meet(service: Service, request: Request<Incoming>) -> Reply {
    if request.uri().path() != PATH {
        return told(StatusCode::NOT_FOUND, format!("there is nothing here; {PATH} is the server"));
    }
    let (head, body) = request.into_parts();
    match listen::whole(body, BODY).await {
        Ok(body) => service.handle(Request::from_parts(head, Full::new(body))).await,
        Err(unread) => {
            let mut reply = told(unread.status(), unread.to_string());
            reply.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            reply
        }
    }
}

/// An error, in words.
fn told(status: StatusCode, words: String) -> Reply {
    let mut reply = Response::new(Full::new(Bytes::from(words + "\n")).boxed());
    *reply.status_mut() = status;
    let media = HeaderValue::from_static("text/plain; charset=utf-8");
    reply.headers_mut().insert(CONTENT_TYPE, media);
    reply
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_can_reach_is_not_served() {
        let open = TcpListener::bind("0.0.0.0:0").unwrap();
        let refused = serve_http(open, Offer::default()).unwrap_err();
        assert!(matches!(refused, McpError::NotLoopback(_)), "{refused}");
    }

    #[test]
    fn every_address_of_this_machine_alone_is_answered_to() {
        let names = |bound: &str| settings(bound.parse().unwrap()).allowed_hosts;
        assert_eq!(names("127.0.0.1:1"), ["localhost", "127.0.0.1", "[::1]"]);
        assert_eq!(names("127.0.0.2:1").last().unwrap(), "127.0.0.2");
        let origins = settings("[::1]:8001".parse().unwrap()).allowed_origins;
        assert!(origins.iter().all(|it| it.ends_with(":8001")), "{origins:?}");
    }
}
