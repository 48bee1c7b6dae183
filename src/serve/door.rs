//! How requests come in and answers go out: the names that are answered to, and the headers of every
//! answer. What is asked is answered on threads apart, so that a slow answer keeps nobody else
//! from being heard.

use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Method, Response, StatusCode};
use tokio::sync::Semaphore;

use super::accept::takes_gzip;
use super::host::Hosts;
use super::message::{Parameters, Reply, Request, unescape};
use crate::listen;

/// The longest body, in bytes; a query has a limit of its own.
const BODY: usize = 8 << 20;
/// The most requests that are answered at a time; others are sent away.
const AT_ONCE: usize = 32;

/// What answers requests.
pub(super) type Answerer = dyn Fn(&Request) -> Reply + Send + Sync;

/// How the server meets the outside.
pub(super) struct Door {
    pub hosts: Hosts,
    /// Whose pages may ask from a browser: an origin, or `*`.
    pub cors: Option<String>,
    pub answer: Box<Answerer>,
    places: Semaphore,
}

impl Door {
    pub(crate) fn new(hosts: Hosts, cors: Option<String>, answer: Box<Answerer>) -> Self {
        Self { hosts, cors, answer, places: Semaphore::new(AT_ONCE) }
    }

    /// Serves connections for ever.
    ///
    /// # Errors
    /// When the system gives no way to listen.
    pub(crate) fn serve(self, listener: TcpListener) -> std::io::Result<()> {
        let door = Arc::new(self);
        listen::serve(listener, AT_ONCE, move |request| Arc::clone(&door).meet(request))
    }

    async fn meet(self: Arc<Self>, request: hyper::Request<Incoming>) -> Response<Full<Bytes>> {
        let reply = Arc::clone(&self).reply(request).await;
        self.dressed(reply)
    }

    async fn reply(self: Arc<Self>, request: hyper::Request<Incoming>) -> Reply {
        let (head, body) = request.into_parts();
        let mut hosts = head.headers.get_all(header::HOST).iter();
        let host = match (hosts.next().map(HeaderValue::to_str), hosts.next(), head.uri.host()) {
            // An address in the request line counts more than the header (RFC 9112, 3.2.2).
            (_, None, Some(host)) => host.to_owned(),
            (Some(Ok(host)), None, None) => host.to_owned(),
            _ => {
                return Reply::error(
                    StatusCode::BAD_REQUEST,
                    "one Host header, with the server's name",
                );
            }
        };
        if !self.hosts.know(&host) {
            let words = format!("this server is not {host:?}; --allow-host NAME gives it a name");
            return Reply::error(StatusCode::MISDIRECTED_REQUEST, words);
        }
        if head.method == Method::OPTIONS {
            let reply = Reply { status: StatusCode::NO_CONTENT, ..Reply::new("", "") };
            return reply.with(header::ALLOW, "GET, HEAD, POST, OPTIONS");
        }
        let body = match listen::whole(body, BODY).await {
            Ok(body) => body,
            Err(unread) => {
                return Reply::error(unread.status(), unread).with(header::CONNECTION, "close");
            }
        };
        let pieces = head.uri.path().split('/').filter(|piece| !piece.is_empty());
        let request = Request {
            path: pieces.map(|piece| unescape(piece, false)).collect(),
            parameters: Parameters::read(head.uri.query().unwrap_or_default()),
            method: head.method,
            headers: head.headers,
            body,
        };
        let Ok(_place) = self.places.try_acquire() else {
            return Reply::busy("the server is busy; try again");
        };
        let door = Arc::clone(&self);
        let answer = move || packed((door.answer)(&request), &request);
        let answered = tokio::task::spawn_blocking(answer).await;
        answered.unwrap_or_else(|_| {
            Reply::error(StatusCode::INTERNAL_SERVER_ERROR, "a bug in demarche; please report it")
        })
    }

    /// The answer with the headers that every answer has.
    fn dressed(&self, reply: Reply) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::new(reply.body));
        *response.status_mut() = reply.status;
        let headers = response.headers_mut();
        let mut set = |name: HeaderName, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.append(name, value);
            }
        };
        if !reply.media.is_empty() {
            set(header::CONTENT_TYPE, &reply.media);
        }
        set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        set(header::REFERRER_POLICY, "no-referrer");
        set(header::CACHE_CONTROL, "no-cache");
        set(header::SERVER, concat!("demarche/", env!("CARGO_PKG_VERSION")));
        if let Some(origin) = &self.cors {
            set(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            set(header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, OPTIONS");
            set(header::ACCESS_CONTROL_ALLOW_HEADERS, "Accept, Content-Type");
            set(header::ACCESS_CONTROL_MAX_AGE, "86400");
        }
        for (name, value) in reply.headers {
            set(name, &value);
        }
        response
    }
}

/// Answers of fewer bytes are sent as they are.
const SMALL: usize = 1_000;

/// The answer, packed with gzip where the client takes that and it is worth it.
fn packed(mut reply: Reply, request: &Request) -> Reply {
    let is_text =
        ["text/", "application/", "image/svg"].iter().any(|it| reply.media.starts_with(it));
    if !is_text || reply.body.len() < SMALL {
        return reply;
    }
    if takes_gzip(request.header(header::ACCEPT_ENCODING)) {
        let mut pack = GzEncoder::new(Vec::new(), Compression::fast());
        if let Ok(body) = pack.write_all(&reply.body).and_then(|()| pack.finish()) {
            reply.body = body.into();
            reply = reply.with(header::CONTENT_ENCODING, "gzip");
        }
    }
    reply.with(header::VARY, "Accept-Encoding")
}
