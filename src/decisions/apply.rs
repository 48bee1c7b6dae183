use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::words::Flat;
use super::{Addition, Decision, Parts, Target, Verdict, VerdictKind, read};
use crate::corpus::{Span, Text};
use crate::extract::{Claim, MatterMention, Participant, Status, claim_id, claim_stem};
use crate::ontology::{Names, Ontology, kebab};

/// Extractor of a claim that a person added.
pub const BY_HAND: &str = "decision";

/// A decision that was carried out, for the graph.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Made of its kind and what it is about.
    pub id: String,
    /// What kind of decision.
    pub kind: VerdictKind,
    /// Ids of the claims, actors or matters that it is about.
    pub about: Vec<String>,
    /// Who decided.
    pub by: Option<String>,
    /// ISO 8601 date.
    pub when: Option<String>,
    /// Why.
    pub why: Option<String>,
    /// What an edit changed: `status: actual → negated`.
    pub changes: Vec<String>,
}

impl Record {
    /// The record of a decision about these things.
    pub fn new(decision: &Decision, about: Vec<String>, changes: Vec<String>) -> Self {
        let kind = decision.verdict.kind();
        Self {
            id: std::iter::once(kind.as_str())
                .chain(about.iter().map(String::as_str))
                .collect::<Vec<_>>()
                .join("-"),
            kind,
            about,
            by: decision.by.clone(),
            when: decision.when.clone(),
            why: decision.why.clone(),
            changes,
        }
    }
}

/// Numbers records of one kind about one thing, so that each has an id of its own.
pub fn number(records: &mut [Record]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for record in records {
        let count = seen.entry(record.id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            record.id = format!("{}-{count}", record.id);
        }
    }
}

/// A decision that could not be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Line in the file, from 1.
    pub line: usize,
    /// Why not.
    pub reason: String,
}

impl Lost {
    /// A decision whose actors or matters are not there.
    pub fn unmet(decision: &Decision) -> Self {
        let names = match &decision.verdict {
            Verdict::MergeActors(names)
            | Verdict::KeepApartActors(names)
            | Verdict::MergeMatters(names)
            | Verdict::KeepApartMatters(names) => names.join(", "),
            Verdict::RenameActor(name, _) | Verdict::RenameMatter(name, _) => name.clone(),
            _ => String::new(),
        };
        let kind = decision.verdict.kind();
        Self { line: decision.line, reason: format!("{kind}: not all are in the graph: {names}") }
    }
}

/// What became of the decisions about claims.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// Carried out, in the order of the file.
    pub records: Vec<Record>,
    /// No longer to be carried out, in the order of the file.
    pub lost: Vec<Lost>,
}

/// Mends the claims, before they are resolved. Decisions about actors and matters are
/// left to [`resolve`](crate::resolve).
///
/// A claim that a person accepted, edited or added has confidence 1. A claim keeps its
/// id when its act is edited, so that later decisions find it. What is added replaces a
/// claim of the same document, act and place, so that a better program does not find
/// it twice. `texts` are the documents' texts by id.
pub fn apply(
    claims: &mut Vec<Claim>,
    decisions: &[Decision],
    texts: &BTreeMap<&str, &str>,
    ontology: &Ontology,
) -> Report {
    let mut report = Report::default();
    let mut desk = Desk { texts, open: BTreeMap::new(), ontology, names: Names::new(ontology) };
    for decision in decisions {
        match desk.carry_out(&decision.verdict, claims) {
            Ok(None) => {}
            Ok(Some((claim, changes))) => {
                report.records.push(Record::new(decision, vec![claim], changes));
            }
            Err(reason) => report.lost.push(Lost { line: decision.line, reason }),
        }
    }
    report
}

/// What is needed to carry decisions out.
struct Desk<'a> {
    texts: &'a BTreeMap<&'a str, &'a str>,
    /// Texts that have been looked into.
    open: BTreeMap<String, (Text, Flat)>,
    ontology: &'a Ontology,
    names: Names,
}

/// The claim that was decided on, and what changed in it.
type Decided = Option<(String, Vec<String>)>;

impl Desk<'_> {
    fn carry_out(&mut self, verdict: &Verdict, claims: &mut Vec<Claim>) -> Result<Decided, String> {
        match verdict {
            Verdict::Accept(target) => {
                let at = self.find(target, claims)?;
                claims[at].confidence = 1.0;
                Ok(Some((claims[at].id.clone(), Vec::new())))
            }
            Verdict::Reject(target) => {
                let at = self.find(target, claims)?;
                Ok(Some((claims.remove(at).id, Vec::new())))
            }
            Verdict::Edit(target, parts) => {
                let at = self.find(target, claims)?;
                let mut edited = claims[at].clone();
                self.edit(&mut edited, parts, claims)?;
                edited.confidence = 1.0;
                let changes = changes(&claims[at], &edited);
                let id = edited.id.clone();
                claims[at] = edited;
                Ok(Some((id, changes)))
            }
            Verdict::Add(addition) => {
                let added = self.added(addition, claims)?;
                let id = added.id.clone();
                claims.retain(|claim| claim.id != id);
                claims.push(added);
                Ok(Some((id, Vec::new())))
            }
            Verdict::MergeActors(_)
            | Verdict::KeepApartActors(_)
            | Verdict::MergeMatters(_)
            | Verdict::KeepApartMatters(_)
            | Verdict::RenameActor(..)
            | Verdict::RenameMatter(..) => Ok(None),
        }
    }

    /// The claim that is meant: the one of this id, if its trigger is in the quote; else
    /// the one of the same document and act whose trigger stands where the quote does,
    /// the nearest to the old place.
    fn find(&mut self, target: &Target, claims: &[Claim]) -> Result<usize, String> {
        let Target { id, quote } = target;
        let by_id = claims.iter().position(|claim| claim.id == *id);
        if let Some(at) = by_id.filter(|at| holds(quote, &claims[*at].trigger)) {
            return Ok(at);
        }
        if id.is_empty() || self.texts.contains_key(id.as_str()) {
            return self.find_by_words(target, claims);
        }
        let mut best: Option<(usize, usize)> = None;
        for (at, claim) in claims.iter().enumerate() {
            // Ids of earlier versions had the document's name folded.
            let folded = format!("{}-{}-", kebab(&claim.document), claim.act);
            let stems = [claim_stem(&claim.document, &claim.act), folded];
            let mut places = stems.iter().filter_map(|stem| id.strip_prefix(stem)?.parse().ok());
            let Some(place) = places.next() else { continue };
            let trigger = claim.trigger_span();
            let there = self.places(&claim.document, quote);
            if there.iter().any(|span| span.overlaps(trigger)) {
                let distance = trigger.start.abs_diff(place);
                if best.is_none_or(|(least, _)| distance < least) {
                    best = Some((distance, at));
                }
            }
        }
        best.map(|(_, at)| at).ok_or_else(|| {
            format!("no claim {id}, nor another of its document and act in {quote:?}")
        })
    }

    /// The only claim whose trigger stands where the words do: in the document that is named in
    /// place of a claim, or in any.
    fn find_by_words(&mut self, target: &Target, claims: &[Claim]) -> Result<usize, String> {
        let Target { id: document, quote } = target;
        let mut found = Vec::new();
        for (at, claim) in claims.iter().enumerate() {
            let is_meant = document.is_empty() || claim.document == *document;
            if is_meant && {
                let trigger = claim.trigger_span();
                self.places(&claim.document, quote).iter().any(|span| span.overlaps(trigger))
            } {
                found.push(at);
            }
        }
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(format!("no claim in {quote:?}")),
            several => {
                let ids: Vec<&str> = several.iter().map(|at| claims[*at].id.as_str()).collect();
                Err(format!("{quote:?} holds several claims; name one of {}", ids.join(", ")))
            }
        }
    }

    fn open(&mut self, document: &str) -> Option<&(Text, Flat)> {
        let text = self.texts.get(document)?;
        Some(self.open.entry(document.to_owned()).or_insert_with(|| {
            let text = Text::new(*text);
            let flat = Flat::of(&text);
            (text, flat)
        }))
    }

    /// Where the words stand in a document.
    fn places(&mut self, document: &str, words: &str) -> Vec<Span> {
        self.open(document).map(|(_, flat)| flat.find(words)).unwrap_or_default()
    }

    /// What stands at a place of a document.
    fn words(&mut self, document: &str, span: Span) -> Option<String> {
        self.open(document).map(|(text, _)| text.slice(span).to_owned())
    }

    fn edit(&mut self, claim: &mut Claim, parts: &Parts, claims: &[Claim]) -> Result<(), String> {
        if let Some(act) = &parts.act {
            claim.act.clone_from(act);
        }
        if let Some(status) = parts.status {
            claim.status = status;
        }
        for (part, role) in [
            (&parts.agent, &mut claim.agent),
            (&parts.addressee, &mut claim.addressee),
            (&parts.source, &mut claim.source),
            (&parts.via, &mut claim.via),
        ] {
            if let Some(names) = part {
                // one for one: the words of the text still are those that name it
                let words = (role.len() == 1 && names.len() == 1).then(|| role[0].text.clone());
                *role = names.iter().map(|name| self.participant(name, claims)).collect();
                if let (Some(words), Some(only)) = (words, role.first_mut()) {
                    only.text = words;
                }
            }
        }
        if let Some(time) = &parts.time {
            claim.time = time.parse().ok();
        }
        match parts.matter.as_deref().map(str::trim) {
            None => {}
            Some("") => claim.matter = None,
            Some(words) => {
                let near = |span: &Span| span.start.abs_diff(claim.trigger_start);
                let span = self.places(&claim.document, words).into_iter().min_by_key(near);
                let quote = span.map(|span| claim.span().cover(span));
                let document = &claim.document;
                let mut slice = |span: Option<Span>| self.words(document, span?);
                let (Some(span), Some(quote), Some(text), Some(whole)) =
                    (span, quote, slice(span), slice(quote))
                else {
                    return Err(format!("{words:?} is not in document {document}"));
                };
                (claim.start, claim.end, claim.quote) = (quote.start, quote.end, whole);
                claim.matter = Some(MatterMention {
                    text,
                    start: span.start,
                    end: span.end,
                    id: None,
                    label: None,
                    issues: Vec::new(),
                    about: Vec::new(),
                });
            }
        }
        Ok(())
    }

    fn added(&mut self, addition: &Addition, claims: &[Claim]) -> Result<Claim, String> {
        let Addition { document, quote, trigger, at, act, parts } = addition;
        if !self.texts.contains_key(document.as_str()) {
            return Err(format!("no document {document}"));
        }
        let far = |span: &Span| at.map_or(0, |at| span.start.abs_diff(at));
        let Some(place) = self.places(document, quote).into_iter().min_by_key(far) else {
            return Err(format!("{quote:?} is not in document {document}"));
        };
        let triggers = self.places(document, trigger);
        let Some(trigger) = triggers.into_iter().find(|span| place.contains(*span)) else {
            return Err(format!("the trigger {trigger:?} is not in the quote {quote:?}"));
        };
        let mut claim = Claim {
            id: claim_id(document, act, trigger),
            document: document.clone(),
            start: place.start,
            end: place.end,
            quote: self.words(document, place).unwrap_or_default(),
            trigger: self.words(document, trigger).unwrap_or_default(),
            trigger_start: trigger.start,
            trigger_end: trigger.end,
            act: act.clone(),
            status: Status::Actual,
            agent: Vec::new(),
            addressee: Vec::new(),
            source: Vec::new(),
            via: Vec::new(),
            matter: None,
            condition: None,
            time: None,
            confidence: 1.0,
            extractor: BY_HAND.to_owned(),
            evidence: Default::default(),
        };
        self.edit(&mut claim, parts, claims)?;
        Ok(claim)
    }

    /// The actor of that name: of the ontology, of the claims, or a new one.
    fn participant(&self, name: &str, claims: &[Claim]) -> Participant {
        let id = read::id(name, self.ontology, &self.names);
        let label = self.ontology.actor(&id).map(|actor| actor.label.clone()).or_else(|| {
            let known = claims.iter().flat_map(Claim::participants);
            known.filter(|p| p.id.as_ref() == Some(&id)).find_map(|p| p.label.clone())
        });
        let label = label.unwrap_or_else(|| name.to_owned());
        Participant { id: Some(id), label: Some(label), text: name.to_owned() }
    }
}

/// Are the words in the quote, however both are broken into lines?
fn holds(quote: &str, words: &str) -> bool {
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    flat(quote).contains(&flat(words))
}

/// What is different after an edit, part by part.
fn changes(before: &Claim, after: &Claim) -> Vec<String> {
    let names = |people: &[Participant]| {
        let names = people.iter().map(|p| p.name());
        names.collect::<Vec<_>>().join(", ")
    };
    let parts = |claim: &Claim| {
        [
            ("act", claim.act.clone()),
            ("status", claim.status.as_str().to_owned()),
            ("agent", names(&claim.agent)),
            ("addressee", names(&claim.addressee)),
            ("source", names(&claim.source)),
            ("via", names(&claim.via)),
            ("matter", claim.matter.as_ref().map(|m| m.text.clone()).unwrap_or_default()),
            ("time", claim.time.map(|time| time.to_string()).unwrap_or_default()),
        ]
    };
    let or_none = |part: String| if part.is_empty() { "none".to_owned() } else { part };
    parts(before)
        .into_iter()
        .zip(parts(after))
        .filter(|((_, old), (_, new))| old != new)
        .map(|((part, old), (_, new))| format!("{part}: {} → {}", or_none(old), or_none(new)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    const TEXT: &str =
        "Putin proposed\na truce. He said the truce was near. Kyiv was not convinced.";

    fn claim(act: &str, trigger: &str, quote: &str) -> Claim {
        let at = |words: &str| TEXT[..TEXT.find(words).unwrap()].chars().count();
        let (start, trigger_start) = (at(quote), at(trigger));
        Claim {
            id: format!("d-{act}-{trigger_start}"),
            document: "d".into(),
            start,
            end: start + quote.chars().count(),
            quote: quote.into(),
            trigger: trigger.into(),
            trigger_start,
            trigger_end: trigger_start + trigger.chars().count(),
            act: act.into(),
            status: Status::Actual,
            agent: vec![Participant { id: None, label: None, text: "He".into() }],
            addressee: Vec::new(),
            source: Vec::new(),
            via: Vec::new(),
            matter: None,
            condition: None,
            time: None,
            confidence: 0.6,
            extractor: "rules:active".into(),
            evidence: Default::default(),
        }
    }

    fn claims() -> Vec<Claim> {
        vec![
            claim("propose", "proposed", "Putin proposed\na truce"),
            claim("state", "said", "He said the truce was near"),
        ]
    }

    fn target(id: &str, quote: &str) -> Target {
        Target { id: id.into(), quote: quote.into() }
    }

    fn applied(claims: &mut Vec<Claim>, verdict: Verdict) -> Report {
        let decision = Decision { line: 7, by: None, when: None, why: None, verdict };
        let texts = BTreeMap::from([("d", TEXT)]);
        apply(claims, &[decision], &texts, &fixture::ontology())
    }

    #[test]
    fn accepted_claims_are_sure_and_rejected_ones_gone() {
        let mut claims = claims();
        let report =
            applied(&mut claims, Verdict::Accept(target("d-propose-6", "Putin proposed a truce")));
        assert_eq!(report.records[0].about, ["d-propose-6"]);
        assert!((claims[0].confidence - 1.0).abs() < 1e-9);
        applied(&mut claims, Verdict::Reject(target("d-state-27", "He said the truce was near")));
        assert_eq!(claims.len(), 1);
    }

    #[test]
    fn a_quote_that_holds_one_claim_names_it_alone() {
        for id in ["", "d"] {
            let mut claims = claims();
            let report =
                applied(&mut claims, Verdict::Reject(target(id, "Putin proposed a truce")));
            assert_eq!(report.records[0].about, ["d-propose-6"], "{id:?}");
            assert_eq!(claims.len(), 1);
        }
        let mut all = claims();
        let lost = applied(&mut all, Verdict::Reject(target("", TEXT))).lost;
        assert!(lost[0].reason.contains("name one of d-propose-6, d-state-27"), "{lost:?}");
        assert!(!applied(&mut all, Verdict::Reject(target("d", "nobody said"))).lost.is_empty());
        assert_eq!(all.len(), 2);
    }

    #[test]
    fn two_decisions_of_one_kind_have_two_ids() {
        let mut records = vec![Record { id: "edit-a".into(), ..Record::default() }; 3];
        number(&mut records);
        let ids: Vec<_> = records.into_iter().map(|r| r.id).collect();
        assert_eq!(ids, ["edit-a", "edit-a-2", "edit-a-3"]);
    }

    #[test]
    fn a_claim_is_found_again_by_its_words() {
        let mut claims = claims();
        // the text has grown in front, and the program quotes more than it did
        let report = applied(&mut claims, Verdict::Reject(target("d-state-3", "He said the")));
        assert_eq!((report.records.len(), claims.len()), (1, 1));
    }

    #[test]
    fn what_no_longer_matches_is_told_and_changes_nothing() {
        for (id, quote) in [
            ("d-state-27", "She denied it"),
            ("d-state-27", "Kyiv was not convinced"),
            ("d-reject-27", "He said the truce was near"),
            ("e-state-27", "He said the truce was near"),
        ] {
            let mut claims = claims();
            let report = applied(&mut claims, Verdict::Reject(target(id, quote)));
            assert_eq!((report.records.len(), report.lost[0].line), (0, 7), "{id} {quote}");
            assert_eq!(claims, self::claims());
        }
    }

    #[test]
    fn an_edit_changes_what_it_names_and_says_what() {
        let mut claims = claims();
        let parts = Parts {
            act: Some("intend".into()),
            status: Some(Status::Unrealised),
            agent: Some(vec!["Vladimir Putin".into()]),
            source: Some(vec!["Ann Reed".into(), "Kremlin".into()]),
            matter: Some("the truce".into()),
            time: Some("2025-03".into()),
            ..Parts::default()
        };
        let report =
            applied(&mut claims, Verdict::Edit(target("d-state-27", "He said the truce"), parts));
        let edited = &claims[1];
        assert_eq!((edited.id.as_str(), edited.act.as_str()), ("d-state-27", "intend"));
        assert_eq!(edited.agent[0].id.as_deref(), Some("vladimir-putin"));
        assert_eq!(edited.agent[0].text, "He", "the words of the text stay");
        assert_eq!(edited.source[0].id.as_deref(), Some("ann-reed"));
        assert_eq!(edited.matter.as_ref().unwrap().text, "the truce");
        assert_eq!(
            report.records[0].changes,
            [
                "act: state → intend",
                "status: actual → unrealised",
                "agent: He → Vladimir Putin",
                "source: none → Ann Reed, Kremlin",
                "matter: none → the truce",
                "time: none → 2025-03",
            ]
        );
        let wrong = Parts { matter: Some("a pact".into()), ..Parts::default() };
        let report = applied(&mut claims, Verdict::Edit(target("d-state-27", "He said"), wrong));
        assert!(report.lost[0].reason.contains("\"a pact\" is not in document d"));
    }

    #[test]
    fn an_added_claim_replaces_the_same_and_stands_in_the_text() {
        let mut claims = claims();
        let add = |document: &str, quote: &str, trigger: &str| {
            Verdict::Add(Addition {
                document: document.into(),
                quote: quote.into(),
                trigger: trigger.into(),
                at: None,
                act: "reject".into(),
                parts: Parts { agent: Some(vec!["Ukraine".into()]), ..Parts::default() },
            })
        };
        for _ in 0..2 {
            applied(&mut claims, add("d", "Kyiv was not convinced", "not convinced"));
            assert_eq!(claims.len(), 3);
        }
        let added = &claims[2];
        assert_eq!(Text::new(TEXT).slice(added.trigger_span()), "not convinced");
        assert_eq!(Text::new(TEXT).slice(added.span()), added.quote);
        assert_eq!(
            (added.agent[0].id.as_deref(), added.extractor.as_str()),
            (Some("ukraine"), BY_HAND)
        );
        let Verdict::Add(mut second) = add("d", "truce", "truce") else { panic!() };
        second.at = Some(40);
        applied(&mut claims, Verdict::Add(second));
        assert_eq!(claims.pop().unwrap().start, TEXT.rfind("truce").unwrap());
        for (document, quote, trigger) in
            [("x", "Kyiv", "Kyiv"), ("d", "Paris", "Paris"), ("d", "Kyiv was", "convinced")]
        {
            assert_eq!(applied(&mut claims, add(document, quote, trigger)).lost.len(), 1);
        }
        assert_eq!(claims.len(), 3);
    }
}
