//! Events: what claims report as happening, each once with all its reports.
//!
//! Talks are one event when participants, kind (call, meeting) and date agree; an
//! undated mention joins the only event that it fits in its text, or the one last
//! told of. Other deeds are one event when act, participants and matter agree. What
//! is accepted or promised in talks is part of them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::attributes::{Attribute, Attributes};
use super::corpus::{Actor, DocumentRecord, Event};
use super::knowledge::Knowledge;
use super::words::words;
use crate::annotate::sentence_around;
use crate::corpus::byte_of;
use crate::extract::{Claim, Status, When};
use crate::ontology::{ActTrait, ActorKind, Family, WordClass, kebab};

/// Days between the date of undated talks' text and the dated talks that they are.
const RECENT_DAYS: i32 = 14;

/// An event being put together.
#[derive(Debug, Clone, Default)]
struct Draft {
    act: String,
    kind: Option<String>,
    participants: BTreeSet<String>,
    matter: Option<String>,
    time: Option<When>,
    /// Indices of claims.
    claims: Vec<usize>,
    documents: BTreeSet<String>,
    part_of: Option<usize>,
}

/// Puts the events of all claims together.
pub(super) fn resolve_events(
    claims: &[Claim],
    documents: &[DocumentRecord],
    actors: &[Actor],
    knowledge: &Knowledge<'_>,
) -> Vec<Event> {
    let texts: BTreeMap<&str, &DocumentRecord> =
        documents.iter().map(|d| (d.id.as_str(), d)).collect();
    let mut drafts = talks(claims, &texts, knowledge);
    let talks = drafts.len();
    drafts.extend(deeds(claims, knowledge));
    outcomes(claims, &texts, &mut drafts, talks, knowledge);
    named(&drafts, claims, actors, knowledge)
}

/// Talks, within each document and then across documents.
fn talks(
    claims: &[Claim],
    texts: &BTreeMap<&str, &DocumentRecord>,
    knowledge: &Knowledge<'_>,
) -> Vec<Draft> {
    let mut of_document: BTreeMap<&str, Vec<Draft>> = BTreeMap::new();
    let is_talk = |c: &&(usize, &Claim)| {
        knowledge.ontology.act_is(&c.1.act, ActTrait::Talk) && c.1.status != Status::Negated
    };
    let numbered: Vec<(usize, &Claim)> = claims.iter().enumerate().collect();
    // dated mentions first, so that the others can join them
    let dated = numbered.iter().filter(is_talk).filter(|c| c.1.time.is_some());
    let undated = numbered.iter().filter(is_talk).filter(|c| c.1.time.is_none());
    for &(i, claim) in dated.chain(undated) {
        let draft = draft(i, claim, knowledge);
        if draft.participants.is_empty() {
            continue;
        }
        let drafts = of_document.entry(&claim.document).or_default();
        match joined(&draft, drafts, claims) {
            Some(at) => merge(&mut drafts[at], draft),
            None => drafts.push(draft),
        }
    }
    let mut events: Vec<Draft> = Vec::new();
    let mut by_participants: BTreeMap<BTreeSet<String>, Vec<usize>> = BTreeMap::new();
    let all: Vec<Draft> = of_document.into_values().flatten().collect();
    // somebody's talks with nobody at no time are no event to speak of
    let tells = |d: &Draft| d.participants.len() > 1 || d.time.is_some() || d.kind.is_some();
    let (dated, undated): (Vec<Draft>, Vec<Draft>) =
        all.into_iter().filter(tells).partition(|d| d.time.is_some());
    for draft in dated.into_iter().chain(undated) {
        let alike = by_participants.entry(draft.participants.clone()).or_default();
        let mut fitting = alike.iter().copied().filter(|&e| same(&events[e], &draft, texts));
        let found = (fitting.next(), fitting.next());
        match found {
            (Some(only), None) if draft.participants.len() > 1 => merge(&mut events[only], draft),
            _ => {
                alike.push(events.len());
                events.push(draft);
            }
        }
    }
    events
}

fn draft(index: usize, claim: &Claim, knowledge: &Knowledge<'_>) -> Draft {
    let participants = claim.agent.iter().chain(&claim.addressee).filter_map(|p| p.id.clone());
    Draft {
        act: claim.act.clone(),
        kind: kind(claim, knowledge),
        participants: participants.collect(),
        matter: claim.matter.as_ref().and_then(|m| m.id.clone()),
        time: claim.time,
        claims: vec![index],
        documents: BTreeSet::from([claim.document.clone()]),
        part_of: None,
    }
}

/// "call" or "meeting", when the trigger or the matter says so.
fn kind(claim: &Claim, knowledge: &Knowledge<'_>) -> Option<String> {
    let matter = claim.matter.as_ref().map_or("", |m| m.text.as_str());
    [claim.trigger.as_str(), matter].into_iter().find_map(|text| {
        let text = words(text);
        let mut kinds = (0..text.len()).flat_map(|i| knowledge.values_at(&text, i));
        kinds.find(|found| found.family == Family::EventKind).map(|found| found.value.to_owned())
    })
}

/// The event of the document that the mention is one of.
fn joined(draft: &Draft, drafts: &[Draft], claims: &[Claim]) -> Option<usize> {
    let lone = draft.participants.len() == 1;
    let fits = |d: &Draft| {
        kinds_agree(d, draft)
            && times_agree(d, draft)
            && if lone {
                d.participants.is_superset(&draft.participants)
            } else {
                d.participants == draft.participants
            }
    };
    let fitting: Vec<usize> = (0..drafts.len()).filter(|&d| fits(&drafts[d])).collect();
    if lone && fitting.len() != 1 {
        return None;
    }
    let at = claims[draft.claims[0]].start;
    let told_before =
        |d: &usize| drafts[*d].claims.iter().map(|&c| claims[c].start).filter(|&s| s <= at).max();
    fitting.iter().copied().max_by_key(|d| (told_before(d), std::cmp::Reverse(*d)))
}

fn kinds_agree(a: &Draft, b: &Draft) -> bool {
    match (&a.kind, &b.kind) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

fn times_agree(a: &Draft, b: &Draft) -> bool {
    a.time.zip(b.time).is_none_or(|(a, b)| a.agrees(b))
}

/// Are the talks of two documents one event? Undated talks are the dated ones of the
/// fortnight before their text.
fn same(event: &Draft, draft: &Draft, texts: &BTreeMap<&str, &DocumentRecord>) -> bool {
    if !kinds_agree(event, draft) || !times_agree(event, draft) {
        return false;
    }
    let published = |d: &Draft| -> Option<Date> {
        d.documents.iter().find_map(|id| texts.get(id.as_str())?.date.as_ref()?.parse().ok())
    };
    let day = |d: &Draft| -> Option<Date> { d.time?.day() };
    match (day(event), day(draft)) {
        (Some(_), Some(_)) => true,
        (Some(day), None) | (None, Some(day)) => {
            let text = if draft.time.is_none() { published(draft) } else { published(event) };
            text.is_none_or(|text| (0..=RECENT_DAYS).contains(&(text - day).get_days()))
        }
        (None, None) => match (published(event), published(draft)) {
            (Some(a), Some(b)) => (a - b).get_days().abs() <= RECENT_DAYS,
            _ => true,
        },
    }
}

fn merge(into: &mut Draft, other: Draft) {
    into.kind = into.kind.take().or(other.kind);
    into.time = match (into.time, other.time) {
        (Some(a), Some(b)) => Some(a.or_finer(b)),
        (a, b) => a.or(b),
    };
    into.matter = into.matter.take().or(other.matter);
    into.participants.extend(other.participants);
    into.claims.extend(other.claims);
    into.documents.extend(other.documents);
}

/// Deeds: one event an act, participants and matter, told apart by date.
fn deeds(claims: &[Claim], knowledge: &Knowledge<'_>) -> Vec<Draft> {
    type Key = (String, BTreeSet<String>, Option<String>, Status);
    let mut found: BTreeMap<Key, Vec<Draft>> = BTreeMap::new();
    for (i, claim) in claims.iter().enumerate() {
        let is = |what| knowledge.ontology.act_is(&claim.act, what);
        if !is(ActTrait::Event) || is(ActTrait::Talk) || claim.status == Status::Negated {
            continue;
        }
        let draft = draft(i, claim, knowledge);
        if draft.participants.is_empty() || draft.matter.is_none() {
            continue;
        }
        let agents: BTreeSet<String> = claim.agent.iter().filter_map(|a| a.id.clone()).collect();
        if agents.is_empty() {
            continue;
        }
        let key = (claim.act.clone(), agents, draft.matter.clone(), claim.status);
        let alike = found.entry(key).or_default();
        match alike.iter_mut().find(|d| times_agree(d, &draft)) {
            Some(event) => merge(event, draft),
            None => alike.push(draft),
        }
    }
    found.into_values().flatten().collect()
}

/// What is accepted or promised in talks: in the same sentence as a mention of them,
/// or jointly by all who took part, in the same text.
fn outcomes(
    claims: &[Claim],
    texts: &BTreeMap<&str, &DocumentRecord>,
    drafts: &mut Vec<Draft>,
    talks: usize,
    knowledge: &Knowledge<'_>,
) {
    let mut told: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (event, draft) in drafts.iter().enumerate().take(talks) {
        for &c in &draft.claims {
            told.entry(&claims[c].document).or_default().push((c, event));
        }
    }
    let mut found: BTreeMap<(usize, String, BTreeSet<String>, Option<String>), Draft> =
        BTreeMap::new();
    for (i, claim) in claims.iter().enumerate() {
        let outcome = knowledge.ontology.act_is(&claim.act, ActTrait::Outcome);
        if !outcome || claim.status != Status::Actual {
            continue;
        }
        let outcome = draft(i, claim, knowledge);
        if outcome.participants.is_empty() || outcome.matter.is_none() {
            continue;
        }
        let here = told.get(claim.document.as_str()).map(Vec::as_slice).unwrap_or_default();
        let text = texts.get(claim.document.as_str()).map(|d| d.text.as_str());
        let joint = |event: usize| {
            outcome.participants.len() > 1 && outcome.participants == drafts[event].participants
        };
        let in_sentence = |talk: usize, event: usize| {
            outcome.participants.is_subset(&drafts[event].participants)
                && claims[talk].start <= claim.start
                && text.is_some_and(|t| in_one_sentence(&claims[talk], claim, t))
        };
        let talk = here
            .iter()
            .find(|(talk, event)| in_sentence(*talk, *event))
            .or_else(|| here.iter().find(|(_, event)| joint(*event)));
        if let Some(&(_, event)) = talk {
            let agents = claim.agent.iter().filter_map(|a| a.id.clone()).collect();
            let key = (event, claim.act.clone(), agents, outcome.matter.clone());
            let part = found.entry(key).or_insert_with(|| Draft {
                act: outcome.act.clone(),
                participants: outcome.participants.clone(),
                matter: outcome.matter.clone(),
                time: outcome.time.or(drafts[event].time),
                part_of: Some(event),
                ..Draft::default()
            });
            part.claims.push(i);
        }
    }
    drafts.extend(found.into_values());
}

/// Does the second quote begin in a sentence that the first one reaches into?
fn in_one_sentence(a: &Claim, b: &Claim, text: &str) -> bool {
    let (first, second) = if a.start <= b.start { (a, b) } else { (b, a) };
    if second.start <= first.end {
        return true;
    }
    /// No sentence part is longer, in characters.
    const FAR: usize = 400;
    if second.start - first.end > FAR {
        return false;
    }
    let sentence = sentence_around(text, byte_of(text, first.start)..byte_of(text, first.end));
    byte_of(text, second.start) < sentence.end
}

/// Events with ids and labels, sorted by id.
fn named(
    drafts: &[Draft],
    claims: &[Claim],
    actors: &[Actor],
    knowledge: &Knowledge<'_>,
) -> Vec<Event> {
    let actor_labels: BTreeMap<&str, &str> =
        actors.iter().map(|a| (a.id.as_str(), a.label.as_str())).collect();
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut ids: Vec<(String, String)> = Vec::new();
    for draft in drafts {
        let label = label(draft, claims, &actor_labels, knowledge);
        let id = kebab(&label);
        let count = taken.entry(id.clone()).or_default();
        // A label may end in a number of its own.
        ids.push(loop {
            *count += 1;
            let numbered = match *count {
                1 => (id.clone(), label.clone()),
                count => (format!("{id}-{count}"), format!("{label} ({count})")),
            };
            if used.insert(numbered.0.clone()) {
                break numbered;
            }
        });
    }
    let mut events: Vec<Event> = drafts
        .iter()
        .zip(&ids)
        .map(|(draft, (id, label))| {
            let mut of_event = draft.claims.clone();
            of_event.sort_unstable();
            Event {
                id: id.clone(),
                label: label.clone(),
                act: draft.act.clone(),
                participants: draft.participants.iter().cloned().collect(),
                time: draft.time,
                place: of_event.iter().find_map(|&c| place(&claims[c], knowledge)),
                claims: of_event.iter().map(|&c| claims[c].id.clone()).collect(),
                part_of: draft.part_of.map(|p| ids[p].0.clone()),
            }
        })
        .collect();
    events.sort_by(|a, b| a.id.cmp(&b.id));
    events
}

/// "call of Donald Trump and Vladimir Putin, 18 March 2025".
fn label(
    draft: &Draft,
    claims: &[Claim],
    labels: &BTreeMap<&str, &str>,
    knowledge: &Knowledge<'_>,
) -> String {
    let name = |id: &String| labels.get(id.as_str()).copied().unwrap_or(id).to_owned();
    let first = &claims[draft.claims[0]];
    let mut label = if knowledge.ontology.act_is(&draft.act, ActTrait::Talk) {
        let names: Vec<String> = draft.participants.iter().map(name).collect();
        format!("{} of {}", draft.kind.as_deref().unwrap_or("talks"), listed(&names))
    } else {
        let mut agents: Vec<String> = first.agent.iter().filter_map(|a| a.label.clone()).collect();
        agents.sort();
        agents.dedup();
        let past = knowledge.ontology.act(&draft.act).map_or(draft.act.as_str(), |a| &a.past);
        let matter = first.matter.as_ref().and_then(|m| m.label.as_deref()).unwrap_or_default();
        format!("{} {past} {matter}", listed(&agents))
    };
    if let Some(time) = draft.time {
        label.push_str(", ");
        label.push_str(&time.spoken());
    }
    label
}

fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [many @ .., last] => format!("{} and {last}", many.join(", ")),
    }
}

/// The place that the quote names after a preposition of place.
fn place(claim: &Claim, knowledge: &Knowledge<'_>) -> Option<String> {
    let matter = claim.matter.as_ref().map_or("", |m| m.text.as_str());
    // where the matter is to hold is not where it is talked about
    let outside = claim.quote.replacen(matter, " ", 1);
    let quote = words(if matter.is_empty() { &claim.quote } else { &outside });
    let place = Attributes::read(&quote, knowledge)
        .get(Attribute::Territory)
        .first()
        .map(|p| (*p).to_owned());
    if let Some(id) = place {
        let known = knowledge.ontology.actor(&id).map(|a| a.label.clone());
        return known.or_else(|| {
            // a place that the ontology lacks, as it stands
            let start = claim.quote.to_lowercase().find(&id)?;
            claim.quote.get(start..start + id.len()).map(str::to_owned)
        });
    }
    // "in the Oval Office"
    (1..quote.len()).find_map(|i| {
        let article = knowledge.is_at(&quote, i - 1, WordClass::MatterDefinite).is_some();
        let before = if article { i.checked_sub(2)? } else { i - 1 };
        knowledge.is_at(&quote, before, WordClass::MatterIn)?;
        let (len, id, _) = knowledge.actor_at(&quote, i)?;
        let seat = knowledge.ontology.actor(id)?.kind == ActorKind::Institution;
        let forms: Vec<&str> = quote[i..i + len].iter().map(|w| w.form.as_str()).collect();
        seat.then(|| forms.join(" "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn a_title_ends_no_sentence_between_talks_and_outcome() {
        let text = "They met, and as Mr. Smith said, Oman agreed. Iran left.";
        let quote = |words: &str| {
            let start = text.find(words).unwrap();
            Claim { start, end: start + words.len(), ..fixture::corpus().claims[0].clone() }
        };
        assert!(in_one_sentence(&quote("They met"), &quote("Oman agreed"), text));
        assert!(!in_one_sentence(&quote("They met"), &quote("Iran left"), text));
    }
}
