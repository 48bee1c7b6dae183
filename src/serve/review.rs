//! Decisions of whoever reviews the graph, kept in a file that `build --decisions` applies, and at
//! once in what is served.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use hyper::{Method, StatusCode, header};
use serde::Serialize;
use serde_json::{Value, json};

use super::current::Current;
use super::json::{error, json};
use super::message::{Reply, Request};
use crate::decisions::{Change, Entry, Kept, LedgerError, Parts, Verdict, change};
use crate::views::Site;

/// How long an answer waits for what is served to follow.
const PATIENCE: Duration = Duration::from_secs(3);
/// The most decisions that are listed, the last ones first.
const LISTED: usize = 300;

/// What is decided of a claim.
#[derive(Debug, Serialize)]
struct Decided<'a> {
    verdict: &'static str,
    by: Option<&'a str>,
    when: Option<&'a str>,
    why: Option<&'a str>,
}

/// A decision as it is listed.
#[derive(Debug, Serialize)]
struct Listed<'a> {
    /// By which it is undone.
    id: Option<&'a str>,
    kind: &'static str,
    /// Ids of claims, names of actors or matters.
    about: Vec<&'a str>,
    /// The words of the claim, or the new label.
    words: Option<&'a str>,
    /// What is changed, part by part.
    changes: Vec<(&'static str, String)>,
    by: Option<&'a str>,
    when: Option<&'a str>,
    why: Option<&'a str>,
    /// Why it changes nothing, if it does not.
    lost: Option<&'a str>,
}

/// Gives all decisions, or takes one; nothing where none are taken.
pub(super) fn answer(request: &Request, current: &Arc<Current>) -> Option<Reply> {
    let decisions = current.decisions()?;
    Some(match request.method {
        Method::GET | Method::HEAD => match decisions {
            Ok(kept) => listed(&kept, current),
            Err(words) => refusal(&words),
        },
        Method::POST => match take(request, current) {
            Ok(kept) => {
                current.mend_within(PATIENCE);
                listed(&kept, current)
            }
            Err(reply) => reply,
        },
        _ => Reply::not_allowed("GET, HEAD, POST, OPTIONS"),
    })
}

fn take(request: &Request, current: &Current) -> Result<Vec<Kept>, Reply> {
    // A page of another site can send forms, but no JSON, and says where it is from.
    let own = request.header(header::HOST).map(|host| format!("http://{host}"));
    let origin = request.header(header::ORIGIN);
    if origin.is_some() && origin != own.as_deref() {
        let words = "decisions are taken from this server's own pages";
        return Err(error(StatusCode::FORBIDDEN, words));
    }
    if request.media() != "application/json" {
        return Err(error(StatusCode::UNSUPPORTED_MEDIA_TYPE, "a decision is application/json"));
    }
    let wrong = |words: String| error(StatusCode::BAD_REQUEST, &words);
    let sent: Value =
        serde_json::from_slice(&request.body).map_err(|words| wrong(words.to_string()))?;
    let word = |name: &str| sent[name].as_str().map(str::to_owned);
    let (undo, withdraw) = (word("undo"), word("withdraw"));
    let entry;
    let wanted = match (&undo, &withdraw) {
        (Some(id), None) => Change::Undo(id),
        (None, Some(claim)) => Change::Withdraw(claim),
        _ => {
            let read: Entry =
                serde_json::from_value(sent).map_err(|words| wrong(words.to_string()))?;
            entry = dated(read, current)?;
            Change::Decide(&entry)
        }
    };
    let Some(file) = current.file() else {
        return Err(error(StatusCode::METHOD_NOT_ALLOWED, "no decisions are taken"));
    };
    change(file, &wanted, &current.built().ontology).map_err(|words| refusal(&words))
}

/// The decision with today's date and the words of its claim.
fn dated(mut entry: Entry, current: &Current) -> Result<Entry, Reply> {
    let (site, built) = (current.site(), current.built());
    let id = [&entry.accept, &entry.reject, &entry.edit].into_iter().find_map(Option::as_ref);
    if let Some(id) = id {
        let Some(claim) = site.claim(id).or_else(|| built.claim(id)) else {
            return Err(error(StatusCode::NOT_FOUND, &format!("there is no claim {id:?}")));
        };
        entry.quote = Some(claim.quote.clone());
    }
    if let Some(id) = &entry.add
        && site.corpus().documents.iter().all(|it| it.id != *id)
    {
        return Err(error(StatusCode::NOT_FOUND, &format!("there is no document {id:?}")));
    }
    entry.when = Some(jiff::Timestamp::now().strftime("%Y-%m-%d").to_string());
    Ok(entry)
}

fn refusal(words: &LedgerError) -> Reply {
    let status = match words {
        LedgerError::Wrong(_) | LedgerError::Gone(_) => StatusCode::CONFLICT,
        LedgerError::Entry(_) => StatusCode::BAD_REQUEST,
        LedgerError::Io { .. } => StatusCode::INTERNAL_SERVER_ERROR,
    };
    error(status, &words.to_string())
}

/// The verdicts by claim, and what has been decided, the last first.
fn listed(kept: &[Kept], current: &Current) -> Reply {
    let site = &current.site();
    let is_pending = !current.is_mended(kept);
    let mut verdicts: BTreeMap<&str, Decided> = BTreeMap::new();
    for Kept { decision, .. } in kept {
        let (Verdict::Accept(target) | Verdict::Reject(target)) = &decision.verdict else {
            continue;
        };
        let verdict = decision.verdict.kind().as_str();
        let (by, when) = (decision.by.as_deref(), decision.when.as_deref());
        let decided = Decided { verdict, by, when, why: decision.why.as_deref() };
        verdicts.insert(&target.id, decided);
    }
    let entries: Vec<Listed> = kept
        .iter()
        .rev()
        .take(LISTED)
        .map(|it| Listed { lost: lost(it, site).filter(|_| !is_pending), ..entry(it) })
        .collect();
    json(&json!({
        "revision": site.revision, "total": kept.len(), "verdicts": verdicts, "entries": entries,
        "lost": site.lost.len(), "pending": is_pending,
    }))
}

fn lost<'a>(kept: &Kept, site: &'a Site) -> Option<&'a str> {
    let found = site.lost.iter().find(|it| it.line == kept.decision.line);
    found.map(|it| it.reason.as_str())
}

fn entry(kept: &Kept) -> Listed<'_> {
    let decision = &kept.decision;
    let (about, words, changes): (Vec<&str>, Option<&str>, Vec<_>) = match &decision.verdict {
        Verdict::Accept(it) | Verdict::Reject(it) => (vec![&it.id], Some(&it.quote), Vec::new()),
        Verdict::Edit(it, parts) => (vec![&it.id], Some(&it.quote), changes(parts)),
        Verdict::Add(it) => (vec![&it.document], Some(&it.quote), changes(&it.parts)),
        Verdict::MergeActors(names)
        | Verdict::KeepApartActors(names)
        | Verdict::MergeMatters(names)
        | Verdict::KeepApartMatters(names) => {
            (names.iter().map(String::as_str).collect(), None, Vec::new())
        }
        Verdict::RenameActor(name, label) | Verdict::RenameMatter(name, label) => {
            (vec![name.as_str()], Some(label), Vec::new())
        }
    };
    Listed {
        id: kept.id.as_deref(),
        kind: decision.verdict.kind().as_str(),
        about,
        words,
        changes,
        by: decision.by.as_deref(),
        when: decision.when.as_deref(),
        why: decision.why.as_deref(),
        lost: None,
    }
}

fn changes(parts: &Parts) -> Vec<(&'static str, String)> {
    let names = |list: &Option<Vec<String>>| list.as_ref().map(|it| it.join(", "));
    let all = [
        ("act", parts.act.clone()),
        ("status", parts.status.map(|it| it.as_str().to_owned())),
        ("agent", names(&parts.agent)),
        ("addressee", names(&parts.addressee)),
        ("source", names(&parts.source)),
        ("via", names(&parts.via)),
        ("matter", parts.matter.clone()),
        ("time", parts.time.clone()),
    ];
    all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}
