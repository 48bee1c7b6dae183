//! Choosing: rules and network both propose candidates. Those of one act at one trigger
//! are one claim, with both as evidence; of several acts at one trigger the surest stays;
//! what is too unsure is dropped.

use super::claim::{Agreement, Claim};
use super::confidence;
use super::lexicon::Lexicon;
use super::reading::{Candidate, Reading};
use super::sighted;
use super::who::Referent;
use crate::annotate::Sighting;
use crate::corpus::Span;

/// Puts the candidates of the rules and the sightings of the network together. Every
/// candidate of either is in what comes back.
pub(super) fn combine(reading: &Reading<'_>, rules: Vec<Candidate>) -> Vec<Claim> {
    let sightings = &reading.tree.annotation().sightings;
    let mut met = vec![false; sightings.len()];
    let mut claims = Vec::new();
    for candidate in rules {
        let same = sightings
            .iter()
            .enumerate()
            .filter(|(_, s)| s.act == candidate.act && at(s, &candidate))
            .max_by(|(_, a), (_, b)| a.chance.total_cmp(&b.chance));
        let joined = match same {
            Some((number, sighting)) => {
                met[number] = true;
                join(candidate, sighted::read(reading, sighting))
            }
            None => alone(candidate, Agreement::Rules),
        };
        claims.extend(claim(reading, joined));
    }
    for (_, sighting) in sightings.iter().enumerate().filter(|(number, _)| !met[*number]) {
        claims.extend(claim(reading, alone(sighted::read(reading, sighting), Agreement::Model)));
    }
    claims
}

/// Does the network see a trigger where the rules have theirs?
fn at(sighting: &Sighting, candidate: &Candidate) -> bool {
    sighting.trigger.contains(&candidate.head)
        || candidate.trigger.iter().any(|word| sighting.trigger.contains(word))
}

fn claim(reading: &Reading<'_>, mut candidate: Candidate) -> Option<Claim> {
    let others = reading.tree.annotation().sightings.iter();
    candidate.evidence.other = others
        .filter(|s| s.act != candidate.act && at(s, &candidate))
        .map(|s| sighted::rounded(s.chance))
        .fold(0.0, f64::max);
    reading.claim(&candidate)
}

/// A candidate that only one of the two has.
fn alone(mut candidate: Candidate, finder: Agreement) -> Candidate {
    candidate.evidence.status = finder;
    candidate.evidence.agent =
        if candidate.agent.is_empty() { Agreement::Neither } else { finder };
    candidate
}

/// One candidate of two for the same act at the same trigger.
fn join(rules: Candidate, model: Candidate) -> Candidate {
    let mut joined = rules;
    let (agent, finder) = agent(&joined, &model);
    joined.evidence = model.evidence;
    joined.evidence.agent = finder;
    if agent {
        joined.agent = model.agent;
        joined.agent_words = model.agent_words;
    }
    joined.evidence.status =
        if joined.status == model.status { Agreement::Both } else { Agreement::Differ };
    let pol = std::env::var("DM").unwrap_or_default();
    if !pol.contains("status=rules") {
        joined.status = model.status;
    }
    if !model.addressee.is_empty() {
        joined.addressee = model.addressee;
    }
    if model.matter_words.is_some() {
        joined.matter_words = model.matter_words;
    }
    joined.source = if pol.contains("source=rules") {
        None
    } else if pol.contains("source=fill") && model.source.as_ref().is_some_and(|s| s.is_empty()) {
        None
    } else {
        model.source
    };
    joined
}

/// Is the network's agent the better one, and who says so?
fn agent(rules: &Candidate, model: &Candidate) -> (bool, Agreement) {
    let keys = |agent: &[Referent]| {
        let mut keys: Vec<String> = agent.iter().map(Referent::key).collect();
        keys.sort();
        keys
    };
    let known = |agent: &[Referent]| agent.iter().all(|a| a.actor.is_some());
    match (rules.agent.is_empty(), model.agent.is_empty()) {
        (true, true) => (false, Agreement::Neither),
        (false, true) => (false, Agreement::Rules),
        (true, false) => (true, Agreement::Model),
        (false, false) if keys(&rules.agent) == keys(&model.agent) => (false, Agreement::Both),
        (false, false) if std::env::var("DM").is_ok_and(|p| p.contains("agent=rules")) => (false, Agreement::Differ),
        (false, false) if std::env::var("DM").is_ok_and(|p| p.contains("agent=model")) => (true, Agreement::Differ),
        (false, false) if std::env::var("DM").is_ok_and(|p| p.contains("agent=chance")) => (model.evidence.agent_model>0.6, Agreement::Differ),
        (false, false) => (known(&model.agent) || !known(&rules.agent), Agreement::Differ),
    }
}

/// Keeps of the claims at one trigger the surest, and none that is too unsure.
pub(super) fn choose(mut claims: Vec<Claim>, lexicon: &Lexicon<'_>) -> Vec<Claim> {
    claims.iter_mut().for_each(|claim| confidence::set(claim, lexicon));
    claims.retain(|claim| claim.confidence >= confidence::LEAST);
    let overlaps = |a: Span, b: Span| a.start < b.end && b.start < a.end;
    let surer = |a: &Claim, b: &Claim| {
        (a.confidence, a.evidence.model, &b.act) > (b.confidence, b.evidence.model, &a.act)
    };
    let beaten: Vec<bool> = claims
        .iter()
        .map(|claim| {
            claims
                .iter()
                .any(|o| overlaps(claim.trigger_span(), o.trigger_span()) && surer(o, claim))
        })
        .collect();
    let mut beaten = beaten.into_iter();
    claims.retain(|_| !beaten.next().unwrap_or_default());
    claims
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::testing::lexicon;
    use crate::extract::{Evidence, Status};

    fn claim(act: &str, trigger: (usize, usize), model: f64) -> Claim {
        Claim {
            id: format!("{act}-{}", trigger.0),
            document: "d".to_owned(),
            start: trigger.0,
            end: trigger.1,
            quote: String::new(),
            trigger: String::new(),
            trigger_start: trigger.0,
            trigger_end: trigger.1,
            act: act.to_owned(),
            status: Status::Actual,
            agent: Vec::new(),
            addressee: Vec::new(),
            source: Vec::new(),
            via: Vec::new(),
            matter: None,
            time: None,
            confidence: 0.0,
            extractor: "model".to_owned(),
            evidence: Evidence { model, agent: Agreement::Both, ..Evidence::default() },
        }
    }

    fn chosen(claims: Vec<Claim>) -> Vec<String> {
        choose(claims, lexicon()).into_iter().map(|claim| claim.id).collect()
    }

    #[test]
    fn of_two_acts_at_one_trigger_the_surer_stays() {
        let claims =
            vec![claim("demand", (5, 10), 0.97), claim("accuse", (4, 10), 0.6), claim("accept", (20, 26), 0.98)];
        assert_eq!(chosen(claims), ["demand-5", "accept-20"]);
    }

    #[test]
    fn equal_ones_do_not_beat_each_other_both() {
        let twins = vec![claim("demand", (5, 10), 0.97), claim("demand", (5, 10), 0.97)];
        assert_eq!(chosen(twins).len(), 2, "twins are told apart by their id later on");
    }

    #[test]
    fn what_is_too_unsure_is_no_claim() {
        assert!(chosen(vec![claim("demand", (5, 10), 0.09)]).is_empty());
    }
}
