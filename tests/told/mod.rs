//! Claims written in one line, for tests of resolving.
#![allow(dead_code, reason = "each test uses some")]

use std::sync::OnceLock;

use demarche::extract::{Claim, MatterMention, Participant, Status};
use demarche::ontology::{Ontology, kebab};
use demarche::resolve::{Corpus, DocumentRecord, resolve};

pub(crate) fn shipped() -> &'static Ontology {
    static SHIPPED: OnceLock<Ontology> = OnceLock::new();
    SHIPPED.get_or_init(|| Ontology::shipped().unwrap())
}

/// A claim written as "document agent act status matter", its place in the text given
/// by its number.
#[derive(Clone)]
pub(crate) struct Told(pub Claim);

pub(crate) fn people(names: &str) -> Vec<Participant> {
    names
        .split(';')
        .filter(|n| !n.is_empty())
        .map(|name| Participant {
            id: Some(kebab(name)),
            label: Some(name.to_owned()),
            text: name.to_owned(),
        })
        .collect()
}

pub(crate) fn told(document: &str, at: usize, agent: &str, act: &str, matter: &str) -> Told {
    let quote = format!("{agent} {act} {matter}");
    let (start, end) = (at * 100, at * 100 + quote.chars().count());
    Told(Claim {
        id: format!("{document}-{at}-{act}"),
        document: document.to_owned(),
        start,
        end,
        trigger: act.to_owned(),
        trigger_start: start,
        trigger_end: end,
        act: act.to_owned(),
        status: Status::Actual,
        agent: people(agent),
        addressee: Vec::new(),
        source: Vec::new(),
        via: Vec::new(),
        matter: (!matter.is_empty()).then(|| MatterMention {
            text: matter.to_owned(),
            start: end - matter.chars().count(),
            end,
            id: None,
            label: None,
            issues: Vec::new(),
            about: Vec::new(),
        }),
        condition: None,
        time: None,
        confidence: 1.0,
        extractor: "test".to_owned(),
        evidence: Default::default(),
        quote,
    })
}

impl Told {
    pub(crate) fn status(mut self, status: Status) -> Self {
        self.0.status = status;
        self
    }

    pub(crate) fn source(mut self, names: &str) -> Self {
        self.0.source = people(names);
        self
    }

    pub(crate) fn to(mut self, names: &str) -> Self {
        self.0.addressee = people(names);
        self
    }

    pub(crate) fn on(mut self, time: &str) -> Self {
        self.0.time = Some(time.parse().expect("a time"));
        self
    }

    pub(crate) fn trigger(mut self, words: &str) -> Self {
        self.0.trigger = words.to_owned();
        self
    }

    pub(crate) fn quote(mut self, words: &str) -> Self {
        self.0.quote = words.to_owned();
        self
    }
}

/// All documents are of one day.
pub(crate) fn documents(claims: &[Claim]) -> Vec<DocumentRecord> {
    let mut ids: Vec<&str> = claims.iter().map(|c| c.document.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter()
        .map(|id| DocumentRecord {
            id: id.to_owned(),
            date: Some("2025-03-19".to_owned()),
            ..DocumentRecord::default()
        })
        .collect()
}

pub(crate) fn resolved(told: impl IntoIterator<Item = Told>) -> Corpus {
    let claims: Vec<Claim> = told.into_iter().map(|t| t.0).collect();
    resolve(documents(&claims), claims, shipped())
}
