//! How servers here are heard over HTTP: who may connect, for how long, with how much.
//!
//! What a request asks for is told elsewhere (`serve`, `mcp`); that a client that is slow, or is
//! many, keeps nobody else from being heard is told here, once.

mod body;
mod connections;

use std::time::Duration;

pub(crate) use body::whole;
pub(crate) use connections::serve;

/// How long a client may take to send the head of a request, and then its body.
const PATIENCE: Duration = Duration::from_secs(10);
