//! Answers in JSON.

use hyper::StatusCode;
use serde::Serialize;
use serde_json::json;

use super::message::Reply;

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
