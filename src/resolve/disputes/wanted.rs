//! Whether somebody wants something: peace, a bomb, a deal.

use std::collections::BTreeMap;

use super::hearing::{Hearing, YesAndNo, matter_id};
use crate::extract::{Claim, Status};
use crate::ontology::{KeyAct, WordClass};
use crate::resolve::attributes::Attribute;
use crate::resolve::corpus::{Dispute, DisputeKind};
use crate::resolve::phrase::{END_OF_WAR, Phrase};
use crate::resolve::words::words;

/// Whether somebody wants something of one issue: wanted against not wanted. What
/// several want together, each of them wants; who wants to go on with a war does not
/// want its end.
pub(super) fn what_somebody_wants(hearing: &Hearing<'_>) -> Vec<Dispute> {
    let mut wanted: BTreeMap<(String, String), YesAndNo<'_>> = BTreeMap::new();
    let mut read: BTreeMap<&str, Phrase> = BTreeMap::new();
    for claim in hearing.claims.iter().filter(|c| c.act == KeyAct::Intend) {
        let Some(matter) = &claim.matter else { continue };
        let goes_on = goes_on(&matter.text, hearing);
        let phrase = read
            .entry(&matter.text)
            .or_insert_with(|| Phrase::read(&matter.text, hearing.knowledge));
        // an end to a thing is not the thing
        let ends = !phrase.attributes.get(Attribute::Change).is_empty() && !is_end_of_war(phrase);
        let issues: Vec<&str> = match (goes_on, claim.status) {
            (true, _) => vec![END_OF_WAR],
            (false, _) if ends => continue,
            (false, _) => phrase.issues.iter().map(String::as_str).collect(),
        };
        for power in hearing.powers(&claim.agent) {
            for issue in &issues {
                let sides = wanted.entry((power.clone(), (*issue).to_owned())).or_default();
                match (claim.status, goes_on) {
                    (Status::Unrealised, _) => {}
                    (Status::Actual, false) | (Status::Negated, true) => sides.0.push(claim),
                    (Status::Negated, false) | (Status::Actual, true) => sides.1.push(claim),
                }
            }
        }
    }
    let mut found = Vec::new();
    for ((power, issue), (yes, no)) in wanted {
        let (yes, no) = (hearing.near(&yes, &no), hearing.near(&no, &yes));
        let all: Vec<&Claim> = yes.iter().chain(&no).copied().collect();
        let Some(thing) = what(&all, hearing) else { continue };
        let whose = hearing.name(&all, &[power].into());
        let matter = yes.iter().find_map(|c| matter_id(c)).map(str::to_owned);
        let label = |c: &&Claim| c.matter.as_ref().and_then(|m| m.label.clone());
        let thing = thing.or_else(|| all.iter().find_map(label)).unwrap_or(issue);
        let label = format!("Does {whose} want {thing}?");
        let sides = vec![("yes".to_owned(), yes), ("no".to_owned(), no)];
        found.extend(hearing.dispute(DisputeKind::Status, label, matter.as_deref(), sides));
    }
    found
}

fn is_end_of_war(phrase: &Phrase) -> bool {
    phrase.issues.contains(END_OF_WAR)
}

/// "Continue the war", "go on fighting".
fn goes_on(text: &str, hearing: &Hearing<'_>) -> bool {
    let words = words(text);
    let is = |at: usize, class: WordClass| hearing.knowledge.is_at(&words, at, class).is_some();
    let Some(on) = (0..words.len()).find(|&i| is(i, WordClass::MatterGoesOn)) else { return false };
    (on..words.len()).any(|i| is(i, WordClass::MatterWar) || is(i, WordClass::MatterForce))
}

/// What is wanted in the fewest words of the claims, verbs and pointing words left out;
/// nothing if there are no claims.
fn what(claims: &[&Claim], hearing: &Hearing<'_>) -> Option<Option<String>> {
    let noun = |text: &&str| {
        let words = words(text);
        let points = words.is_empty()
            || hearing.knowledge.is_at(&words, 0, WordClass::MatterDefinite).is_some();
        let phrase = Phrase::read(text, hearing.knowledge);
        !points && phrase.residue.is_empty() && !goes_on(text, hearing)
    };
    claims.first()?;
    let texts = claims.iter().filter_map(|c| Some(c.matter.as_ref()?.text.as_str()));
    let fewest = texts.filter(noun).min_by_key(|t| (words(t).len(), *t));
    Some(fewest.map(str::to_owned))
}
