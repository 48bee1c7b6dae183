//! "Which articles mention X?", "How many documents …?": the documents are the answer.

use std::collections::BTreeMap;

use crate::annotate::Upos;
use crate::extract::{Hole, Status};

use super::answer::{Evidence, Found, Kind};
use super::filling;
use super::sentence::sentences;
use super::understood::Reading;
use super::words::{alike, words};
use super::{Asking, Attempt, cast};
use crate::ontology::WordClass;

/// The documents that hold, in one sentence, all that is asked for.
pub(super) fn documents(asking: &Asking<'_>) -> Attempt {
    let is = |at: usize, class: WordClass| asking.lexicon.is(&asking.form.lemma(at), class);
    let said = &asking.form.words;
    let Some(noun) = (1..said.len().min(5)).find(|&at| is(at, WordClass::AsksDocument)) else {
        return Ok(None);
    };
    let asks = (0..noun).any(|at| is(at, WordClass::AsksThing) || is(at, WordClass::AsksMeasure));
    let mentions = (noun + 1..said.len()).any(|at| {
        matches!(said[at].upos, Upos::Verb | Upos::Aux) && is(at, WordClass::AsksMention)
    });
    if !asks || !mentions {
        return Ok(None);
    }
    asking.held.texts(asking.graph.corpus().documents.iter().map(|d| d.id.clone()).collect())?;
    let actors = asking.named();
    let names: Vec<_> = actors.iter().map(|id| asking.cast.names(id)).collect();
    let named: Vec<&String> = names.iter().flatten().flatten().collect();
    let content: Vec<String> = (noun + 1..said.len())
        .filter(|&at| {
            matches!(said[at].upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Num)
        })
        .filter(|&at| !is(at, WordClass::AsksMention) && !is(at, WordClass::QuestionFiller))
        .flat_map(|at| words(&said[at].lemma))
        .filter(|word| !named.contains(&word))
        .collect();
    let understood = asking.understood(Reading::Documents, actors);
    if content.is_empty() && names.is_empty() {
        return Ok(Some((understood, Vec::new(), Vec::new())));
    }
    let holds = |sentence: &str| {
        let own = words(sentence);
        content.iter().all(|wish| own.iter().any(|w| alike(w, wish)))
            && names.iter().all(|names| cast::holds_name(sentence, names))
    };
    let mut claims: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, claim) in asking.graph.corpus().claims.iter().enumerate() {
        claims.entry(&claim.document).or_default().push(at);
    }
    let mut found = Vec::new();
    for document in &asking.graph.corpus().documents {
        if !asking
            .form
            .period
            .as_ref()
            .is_none_or(|period| document.date.as_deref().is_some_and(|date| period.holds(date)))
        {
            continue;
        }
        let evidence: Vec<Evidence> = sentences(&document.text)
            .into_iter()
            .filter(|(_, sentence)| holds(sentence))
            .map(|(span, quote)| Evidence::at(&document.id, span, &quote))
            .collect();
        if evidence.is_empty() {
            continue;
        }
        let title = document.title.as_ref().map_or(String::new(), |title| format!(" “{title}”"));
        found.push(Found {
            kind: Kind::Document,
            id: document.id.clone(),
            label: format!("{}{title}", document.id),
            status: Status::Actual,
            according_to: Vec::new(),
            claims: Vec::new(),
            score: evidence.len() as f64,
            evidence,
            date: document.date.clone(),
        });
    }
    if asking.read.hole == Some(Hole::Quantity) && !found.is_empty() {
        found = vec![counted(found, "document")];
    }
    Ok(Some((understood, found, Vec::new())))
}

/// Answers as one number with what it counts.
pub(super) fn counted(found: Vec<Found>, noun: &str) -> Found {
    let labels: Vec<&str> = found.iter().map(|f| f.label.as_str()).collect();
    let many = if found.len() == 1 { "" } else { "s" };
    let label = format!("{} {noun}{many}: {}", found.len(), labels.join("; "));
    let mut claims: Vec<String> = found.iter().flat_map(|f| f.claims.clone()).collect();
    let mut evidence: Vec<Evidence> = found.iter().flat_map(|f| f.evidence.clone()).collect();
    let mut seen = std::collections::BTreeSet::new();
    claims.retain(|claim| seen.insert(claim.clone()));
    filling::distinct(&mut evidence);
    Found {
        kind: Kind::Quantity,
        id: found.len().to_string(),
        label,
        status: Status::Actual,
        according_to: Vec::new(),
        claims,
        evidence,
        date: None,
        score: 1.0,
    }
}
