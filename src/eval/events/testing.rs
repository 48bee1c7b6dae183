//! Claims to score in tests.

use crate::extract::{Claim, Participant, Status};

/// A claim of the first words of a text, by somebody to somebody.
pub(super) fn claim(act: &str, confidence: f64, agent: &str, addressee: &str) -> Claim {
    let named = |text: &str| Participant { id: None, label: None, text: text.into() };
    Claim {
        id: String::new(),
        document: "d".into(),
        start: 0,
        end: 3,
        quote: "Ann".into(),
        trigger: "Ann".into(),
        trigger_start: 0,
        trigger_end: 3,
        act: act.into(),
        status: Status::Actual,
        agent: vec![named(agent)],
        addressee: vec![named(addressee)],
        source: Vec::new(),
        via: Vec::new(),
        matter: None,
        condition: None,
        time: None,
        confidence,
        extractor: "rules:test".into(),
        evidence: Default::default(),
    }
}
