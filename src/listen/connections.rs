//! Connections and their limits.

use std::convert::Infallible;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::{Body, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use super::PATIENCE;

/// How long one connection may last; a client that reads slowly loses it then.
const CONNECTION: Duration = Duration::from_secs(300);
/// The most connections at a time.
const CONNECTIONS: usize = 256;
/// The longest head of a request, in bytes.
const HEAD: usize = 64 << 10;

/// Serves connections for ever: `meet` answers each request, on one thread, with `threads` more
/// for what takes long (`tokio::task::spawn_blocking`).
///
/// # Errors
/// When the system gives no way to listen.
pub(crate) fn serve<M, A, B>(listener: TcpListener, threads: usize, meet: M) -> std::io::Result<()>
where
    M: Fn(Request<Incoming>) -> A + Clone + Send + 'static,
    A: Future<Output = Response<B>> + Send + 'static,
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(threads)
        .build()?;
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
            let meet = meet.clone();
            tokio::spawn(async move {
                converse(stream, meet).await;
                drop(place);
            });
        }
    })
}

async fn converse<M, A, B>(stream: TcpStream, meet: M)
where
    M: Fn(Request<Incoming>) -> A,
    A: Future<Output = Response<B>>,
    B: Body + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let answered = meet(request);
        async move { Ok::<_, Infallible>(answered.await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(HEAD)
        .serve_connection(TokioIo::new(stream), service);
    // What goes wrong on a connection ends it, and concerns nobody else.
    let _ = timeout(CONNECTION, connection).await;
}
