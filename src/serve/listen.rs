//! How requests come in and answers go out: connections, their limits, and the headers of every
//! answer. What is asked is answered on threads apart, so that a slow answer keeps nobody else
//! from being heard.

use std::convert::Infallible;
use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use super::accept::takes_gzip;
use super::host::Hosts;
use super::message::{Parameters, Reply, Request, unescape};

/// The longest body, in bytes; a query has a limit of its own.
const BODY: usize = 8 << 20;
/// How long a client may take to send the head of a request, and then its body.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long one connection may last; a client that reads slowly loses it then.
const CONNECTION: Duration = Duration::from_secs(300);
/// The most connections at a time.
const CONNECTIONS: usize = 256;
/// The longest head of a request, in bytes.
const HEAD: usize = 64 << 10;
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
        listener.set_nonblocking(true)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(AT_ONCE)
            .build()?;
        let door = Arc::new(self);
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            let connections = Arc::new(Semaphore::new(CONNECTIONS));
            loop {
                let stream = match listener.accept().await {
                    Ok((stream, _)) => stream,
                    // Out of files, say: those that are open end some time.
                    Err(_) => {
                        sleep(Duration::from_millis(50)).await;
                        continue;
                    }
                };
                // Whoever comes when all places are taken is not kept waiting.
                let Ok(place) = Arc::clone(&connections).try_acquire_owned() else { continue };
                let door = Arc::clone(&door);
                tokio::spawn(async move {
                    door.converse(stream).await;
                    drop(place);
                });
            }
        })
    }

    async fn converse(self: Arc<Self>, stream: TcpStream) {
        let _ = stream.set_nodelay(true);
        let service = service_fn(move |request| {
            let door = Arc::clone(&self);
            async move { Ok::<_, Infallible>(door.meet(request).await) }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(PATIENCE)
            .max_buf_size(HEAD)
            .serve_connection(TokioIo::new(stream), service);
        // What goes wrong on a connection ends it, and concerns nobody else.
        let _ = timeout(CONNECTION, connection).await;
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
        let body = match timeout(PATIENCE, Limited::new(body, BODY).collect()).await {
            Ok(Ok(body)) => body.to_bytes(),
            Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => {
                let words = format!("more than {} MiB", BODY >> 20);
                return Reply::error(StatusCode::PAYLOAD_TOO_LARGE, words)
                    .with(header::CONNECTION, "close");
            }
            Ok(Err(_)) => return Reply::error(StatusCode::BAD_REQUEST, "the body broke off"),
            Err(_) => {
                return Reply::error(StatusCode::REQUEST_TIMEOUT, "the body came too slowly")
                    .with(header::CONNECTION, "close");
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
