//! Verdicts of a reader on claims, kept in a file of decisions that `build --decisions` applies.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use hyper::{Method, StatusCode, header};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::api::{error, json};
use super::message::{Reply, Request};
use super::site::Site;
use crate::decisions::{Decision, Judge, JudgeError, Judgement, Target, Verdict, judge, read};

/// Where verdicts are written; one at a time.
pub(super) struct Desk {
    file: PathBuf,
    writing: Mutex<()>,
}

/// What is sent: a verdict, or none to take it back.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    claim: String,
    verdict: Option<Word>,
    by: Option<String>,
    why: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    Accept,
    Reject,
}

/// What is decided of a claim.
#[derive(Debug, Serialize)]
struct Decided<'a> {
    verdict: &'static str,
    by: Option<&'a str>,
    when: Option<&'a str>,
    why: Option<&'a str>,
}

impl Desk {
    pub(crate) fn new(file: PathBuf) -> Self {
        Self { file, writing: Mutex::default() }
    }

    /// Gives all verdicts, or takes one.
    pub(crate) fn answer(&self, request: &Request, site: &Site) -> Reply {
        match request.method {
            Method::GET | Method::HEAD => self.list(site),
            Method::POST => self.take(request, site),
            _ => Reply::not_allowed("GET, HEAD, POST, OPTIONS"),
        }
    }

    fn list(&self, site: &Site) -> Reply {
        if !self.file.exists() {
            return listed(&[], site);
        }
        match read(&self.file, &site.ontology) {
            Ok(decisions) => listed(&decisions, site),
            Err(errors) => {
                let words: Vec<String> = errors.iter().map(ToString::to_string).collect();
                error(StatusCode::CONFLICT, &words.join("; "))
            }
        }
    }

    fn take(&self, request: &Request, site: &Site) -> Reply {
        // A page of another site can send forms, but no JSON, and says where it is from.
        let own = request.header(header::HOST).map(|host| format!("http://{host}"));
        let origin = request.header(header::ORIGIN);
        if origin.is_some() && origin != own.as_deref() {
            return error(StatusCode::FORBIDDEN, "verdicts are taken from this server's own pages");
        }
        if request.media() != "application/json" {
            return error(StatusCode::UNSUPPORTED_MEDIA_TYPE, "a verdict is application/json");
        }
        let sent: Sent = match serde_json::from_slice(&request.body) {
            Ok(sent) => sent,
            Err(words) => return error(StatusCode::BAD_REQUEST, &words.to_string()),
        };
        let Some(claim) = site.claim(&sent.claim) else {
            return error(StatusCode::NOT_FOUND, &format!("there is no claim {:?}", sent.claim));
        };
        let target = Target { id: claim.id.clone(), quote: claim.quote.clone() };
        let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
        let who = Judge { by: sent.by, when: Some(today), why: sent.why };
        let judgement = sent.verdict.map(|word| match word {
            Word::Accept => (Judgement::Accept, &who),
            Word::Reject => (Judgement::Reject, &who),
        });
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        match judge(&self.file, &target, judgement, &site.ontology) {
            Ok(decisions) => listed(&decisions, site),
            Err(words @ JudgeError::Wrong(_)) => error(StatusCode::CONFLICT, &words.to_string()),
            Err(words) => error(StatusCode::INTERNAL_SERVER_ERROR, &words.to_string()),
        }
    }
}

/// The verdicts by claim, and how many other decisions there are.
fn listed(decisions: &[Decision], site: &Site) -> Reply {
    let mut verdicts: BTreeMap<&str, Decided> = BTreeMap::new();
    for decision in decisions {
        let (Verdict::Accept(target) | Verdict::Reject(target)) = &decision.verdict else {
            continue;
        };
        verdicts.insert(
            &target.id,
            Decided {
                verdict: decision.verdict.kind(),
                by: decision.by.as_deref(),
                when: decision.when.as_deref(),
                why: decision.why.as_deref(),
            },
        );
    }
    let gone = verdicts.keys().filter(|id| site.claim(id).is_none()).count();
    let others = decisions.len() - verdicts.len();
    json(&json!({ "verdicts": verdicts, "others": others, "gone": gone }))
}
