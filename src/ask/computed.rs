//! Questions to the whole graph: who is connected, central, at odds, where somebody
//! stands, what happened when.

use std::collections::BTreeMap;

use crate::extract::{Claim, Hole, Status};
use crate::graph::{Measure, Node};
use crate::resolve::Dispute;

use super::answer::{Disagreement, Found, Kind, Position};
use super::filling::{self, Filling};
use super::matching::{Fit, same_time};
use super::understood::{Pattern, Understood};
use super::{Asking, Outcome};

/// How many actors are named as central.
const CENTRAL: usize = 10;
/// How many claims a computed answer shows.
const SHOWN: usize = 20;

/// Answers a question that is about the graph as a whole; `None` for any other.
pub fn answer(asking: &Asking<'_>) -> Option<Outcome> {
    connection(asking)
        .or_else(|| centrality(asking))
        .or_else(|| disputes(asking))
        .or_else(|| change(asking))
        .or_else(|| happened(asking))
        .or_else(|| stances(asking))
        .or_else(|| siding(asking))
        .or_else(|| who_talks_to_whom(asking))
}

/// A dispute of the graph in the form of an answer.
pub fn disagreement(dispute: &Dispute) -> Disagreement {
    Disagreement {
        kind: dispute.kind.clone(),
        label: dispute.label.clone(),
        sides: dispute
            .sides
            .iter()
            .map(|side| Position {
                label: side.label.clone(),
                according_to: side.voices.iter().filter(|v| !v.is_empty()).cloned().collect(),
                claims: side.claims.clone(),
            })
            .collect(),
    }
}

impl Asking<'_> {
    fn has(&self, class: &str) -> bool {
        self.read.lemmas.iter().any(|lemma| self.lexicon.is(lemma, class))
    }

    fn root_is(&self, class: &str) -> bool {
        self.read.root.as_deref().is_some_and(|root| self.lexicon.is(root, class))
    }

    /// Ids of the actors named, but for those whose words are asked about.
    fn named(&self) -> Vec<String> {
        let sources: Vec<String> = self.read.source.iter().map(|p| self.cast.id(p)).collect();
        let ids = self.read.actors.iter().map(|p| self.cast.id(p));
        ids.filter(|id| !sources.contains(id)).collect()
    }

    fn understood(&self, reading: &str, actors: Vec<String>) -> Understood {
        Understood {
            reading: reading.into(),
            hole: self.read.hole.map(|h| h.as_str().to_owned()),
            agent: actors,
            issues: self.read.issues.clone(),
            time: self.read.dates.clone(),
            ..Understood::default()
        }
    }

    fn claim(&self, at: usize) -> &Claim {
        &self.graph.corpus().claims[at]
    }

    /// The words of the question that say which matter it is about.
    pub(super) fn matter_pattern(&self, without: &[&str]) -> Option<Pattern> {
        let names: Vec<String> =
            self.named().iter().flat_map(|id| self.cast.names(id)).flatten().collect();
        let matter: Vec<String> = self
            .read
            .content
            .iter()
            .filter(|lemma| !without.iter().any(|class| self.lexicon.is(lemma, class)))
            .filter(|lemma| !names.contains(&super::words::fold(lemma)))
            .cloned()
            .collect();
        (!matter.is_empty()).then(|| Pattern {
            acts: self.lexicon.ontology.acts.iter().map(|a| (a.id.clone(), 1.0)).collect(),
            lemma: String::new(),
            hole: Hole::Agent,
            agents: Vec::new(),
            addressees: Vec::new(),
            sources: self.read.source.iter().map(|p| self.cast.id(p)).collect(),
            matter,
            names: Vec::new(),
            matter_actors: Vec::new(),
            issues: self.read.issues.clone(),
            context: Vec::new(),
            status: Status::Actual,
            dates: self.read.dates.clone(),
            any_act: false,
        })
    }
}

/// "How are A and B connected?"
fn connection(asking: &Asking<'_>) -> Option<Outcome> {
    let actors = asking.named();
    let [from, to, ..] = actors.as_slice() else { return None };
    if !asking.has("asks-connection") || asking.read.hole == Some(Hole::Agent) {
        return None;
    }
    let graph = asking.graph;
    let understood = asking.understood("connection", actors.clone());
    let way = graph
        .actor(from)
        .zip(graph.actor(to))
        .and_then(|(from, to)| graph.connection(from, to, Measure::Fewest));
    let Some(way) = way.filter(|way| !way.steps.is_empty()) else {
        return Some((understood, Vec::new(), Vec::new()));
    };
    let mut label = graph.label(way.steps[0].from).to_owned();
    let mut id = graph.id(way.steps[0].from).to_owned();
    let mut claims: Vec<usize> = Vec::new();
    for step in &way.steps {
        let how = step.claims.first().map_or("acts for", |&c| {
            asking.graph.act(&asking.claim(c).act).map_or("", |act| act.label.as_str())
        });
        label.push_str(&format!(" — {how} — {}", graph.label(step.to)));
        id.push('/');
        id.push_str(graph.id(step.to));
        claims.extend(step.claims.iter().take(3));
    }
    let found = filling::from_claims(graph, Kind::Path, id, label, &claims, way.support);
    Some((understood, vec![found], Vec::new()))
}

/// "Who is most central?"
fn centrality(asking: &Asking<'_>) -> Option<Outcome> {
    let asked = asking.has("asks-centrality") && asking.has("superlative");
    if !asked || asking.read.hole != Some(Hole::Agent) || !asking.named().is_empty() {
        return None;
    }
    let graph = asking.graph;
    let found = graph
        .prominence()
        .iter()
        .take(CENTRAL)
        .map(|central| {
            let actor = &graph.corpus().actors[central.actor];
            let claims: Vec<usize> = central.claims.iter().copied().take(SHOWN).collect();
            let (id, label) = (actor.id.clone(), actor.label.clone());
            filling::from_claims(graph, Kind::Actor, id, label, &claims, central.score)
        })
        .collect();
    let mut understood = asking.understood("prominence", Vec::new());
    understood.notes.push("central is who is tied most, and by the best supported claims".into());
    Some((understood, found, Vec::new()))
}

/// "What do A and B disagree on?", "What is in dispute?"
fn disputes(asking: &Asking<'_>) -> Option<Outcome> {
    if !asking.has("asks-dispute") || asking.read.hole == Some(Hole::Agent) {
        return None;
    }
    let actors = asking.named();
    let graph = asking.graph;
    let speaks = |actor: &str, claims: &[String], voices: &[String]| {
        voices.iter().any(|v| *v == asking.cast.label(actor))
            || claims.iter().filter_map(|id| graph.claim(id)).any(|at| {
                let claim = asking.claim(at);
                let own = claim.source.is_empty();
                asking.matcher.among(actor, &claim.source) > 0.5
                    || own && asking.matcher.among(actor, &claim.agent) > 0.5
            })
    };
    let mut found: Vec<Found> = Vec::new();
    let mut shown = Vec::new();
    for dispute in &graph.corpus().disputes {
        let sides: Vec<bool> = actors
            .iter()
            .map(|a| dispute.sides.iter().any(|s| speaks(a, &s.claims, &s.voices)))
            .collect();
        if !sides.iter().all(|&s| s) {
            continue;
        }
        let claims: Vec<usize> = dispute
            .sides
            .iter()
            .flat_map(|s| s.claims.iter().take(SHOWN / 2))
            .filter_map(|id| graph.claim(id))
            .collect();
        let (kind, id) = match &dispute.matter {
            Some(matter) => (Kind::Matter, matter.clone()),
            None => (Kind::Claim, dispute.id.clone()),
        };
        let label = dispute.label.clone();
        found.push(filling::from_claims(graph, kind, id, label, &claims, 1.0));
        shown.push(disagreement(dispute));
    }
    if let [a, b, ..] = actors.as_slice() {
        found.extend(opposed(asking, a, b));
    }
    Some((asking.understood("disputes", actors), found, shown))
}

/// Matters that one actor is for and the other against.
fn opposed(asking: &Asking<'_>, a: &str, b: &str) -> Vec<Found> {
    let graph = asking.graph;
    // matter → claims (for, against) of each of the two
    let mut sides: BTreeMap<usize, [Vec<usize>; 4]> = BTreeMap::new();
    for stance in graph.stances(None) {
        let id = graph.id(Node::Actor(stance.actor));
        let Some(stands_for) = stance.stands_for else { continue };
        for (n, asked) in [a, b].iter().enumerate() {
            if asking.matcher.closeness(asked, id) > 0.5 {
                let side = n * 2 + usize::from(!stands_for);
                sides.entry(stance.matter).or_default()[side].extend(&stance.claims);
            }
        }
    }
    let mut found = Vec::new();
    for (matter, [a_for, a_against, b_for, b_against]) in sides {
        let at_odds = !a_for.is_empty() && !b_against.is_empty()
            || !a_against.is_empty() && !b_for.is_empty();
        if at_odds {
            let claims: Vec<usize> = [a_for, a_against, b_for, b_against].concat();
            let matter = &graph.corpus().matters[matter];
            let (id, label) = (matter.id.clone(), matter.label.clone());
            let score = 0.5 + 0.01 * claims.len() as f64;
            found.push(filling::from_claims(graph, Kind::Matter, id, label, &claims, score));
        }
    }
    found.sort_by(|x, y| y.score.total_cmp(&x.score).then_with(|| x.id.cmp(&y.id)));
    found
}

/// When, whether for or against, and the index of the claim.
type Turn = (String, bool, usize);

/// "What has changed?": actors whose stance on a matter is not what it was.
fn change(asking: &Asking<'_>) -> Option<Outcome> {
    let about_act = asking.read.asked.iter().any(|a| !a.claim.agent.is_empty() && a.has_hole());
    if !asking.root_is("asks-change")
        || about_act
        || matches!(asking.read.hole, Some(Hole::Agent | Hole::Addressee))
    {
        return None;
    }
    let graph = asking.graph;
    let actors = asking.named();
    // (actor, matter) → day → claims with what they say
    let mut histories: BTreeMap<(usize, usize), Vec<Turn>> = BTreeMap::new();
    for stance in graph.stances(None) {
        let Some(stands_for) = stance.stands_for else { continue };
        let id = graph.id(Node::Actor(stance.actor));
        if !actors.is_empty() && !actors.iter().any(|a| asking.matcher.closeness(a, id) > 0.5) {
            continue;
        }
        for &claim in &stance.claims {
            if let Some(time) = &asking.claim(claim).time {
                let history = histories.entry((stance.actor, stance.matter)).or_default();
                history.push((time.clone(), stands_for, claim));
            }
        }
    }
    let mut found = Vec::new();
    for ((actor, matter), mut history) in histories {
        history.sort();
        let turns = history.windows(2).any(|pair| pair[0].1 != pair[1].1 && pair[0].0 < pair[1].0);
        if !turns {
            continue;
        }
        let claims: Vec<usize> = history.iter().map(|(_, _, claim)| *claim).collect();
        let (who, what) = (&graph.corpus().actors[actor], &graph.corpus().matters[matter]);
        let label = format!("{} on {}", who.label, what.label);
        let found_here =
            filling::from_claims(graph, Kind::Matter, what.id.clone(), label, &claims, 1.0);
        found.push(found_here);
    }
    Some((asking.understood("change", actors), found, Vec::new()))
}

/// "What happened on 11 March?", "What did Iran do between … and …?"
fn happened(asking: &Asking<'_>) -> Option<Outcome> {
    let read = asking.read;
    if !asking.root_is("asks-event") || read.hole != Some(Hole::Matter) {
        return None;
    }
    let actors = asking.named();
    let between =
        read.dates.len() == 2 && read.lemmas.iter().any(|l| l == "between" || l == "from");
    let in_time = |claim: &Claim| match (&claim.time, read.dates.as_slice()) {
        (_, []) => true,
        (None, _) => false,
        (Some(time), [from, until]) if between => {
            let day = |date: &str| date.trim_start_matches('-').to_owned();
            let found = if from.starts_with('-') {
                time.get(5..10).unwrap_or(time).to_owned()
            } else {
                time.clone()
            };
            day(from) <= found && found.as_str() <= until.trim_start_matches('-')
        }
        (Some(time), dates) => dates.iter().any(|date| same_time(date, time)),
    };
    if read.dates.is_empty() && actors.is_empty() {
        return None;
    }
    let fits: Vec<Fit> = asking
        .graph
        .corpus()
        .claims
        .iter()
        .enumerate()
        .filter(|(_, claim)| claim.status != Status::Negated && in_time(claim))
        .filter_map(|(at, claim)| {
            let near = actors
                .iter()
                .map(|a| asking.matcher.among(a, &claim.agent))
                .fold(if actors.is_empty() { 1.0 } else { 0.0 }, f64::max);
            let told = if claim.status == Status::Actual { 1.0 } else { 0.6 };
            let telling = if claim.act == "state" { 0.7 } else { 1.0 };
            (near >= 0.5).then_some(Fit {
                claim: at,
                score: near * told * telling * (0.5 + 0.5 * claim.confidence),
            })
        })
        .collect();
    let event_of: BTreeMap<&str, usize> = asking
        .graph
        .corpus()
        .events
        .iter()
        .enumerate()
        .flat_map(|(at, event)| event.claims.iter().map(move |claim| (claim.as_str(), at)))
        .collect();
    let found =
        filling::group(asking.graph, &fits, |claim| match event_of.get(claim.id.as_str()) {
            Some(&at) => {
                let event = &asking.graph.corpus().events[at];
                vec![Filling {
                    kind: Kind::Claim,
                    id: event.id.clone(),
                    label: event.label.clone(),
                    weight: 1.0,
                    evidence: None,
                }]
            }
            None => vec![filling::words_of(claim, 1.0)],
        });
    Some((asking.understood("events", actors), found, Vec::new()))
}

/// "Who stands where on the ceasefire?", "Where does Iran stand on …?"
fn stances(asking: &Asking<'_>) -> Option<Outcome> {
    if !asking.has("asks-stance")
        || asking.read.asked.iter().any(|a| a.hole() == Some(Hole::Addressee))
    {
        return None;
    }
    let actors = asking.named();
    let pattern = asking.matter_pattern(&["asks-stance", "asks-agreement"]);
    if pattern.is_none() && actors.is_empty() {
        return None;
    }
    let fits = match &pattern {
        Some(pattern) => asking.matcher.fitting(pattern),
        None => {
            (0..asking.graph.corpus().claims.len()).map(|claim| Fit { claim, score: 1.0 }).collect()
        }
    };
    let has_stance = |claim: &Claim| {
        asking.graph.act(&claim.act).is_some_and(|act| act.stance.is_some())
            && claim.status != Status::Negated
    };
    let found = filling::group(asking.graph, &fits, |claim| {
        if !has_stance(claim) {
            return Vec::new();
        }
        let Some(act) = asking.graph.act(&claim.act) else { return Vec::new() };
        filling::actors(asking.cast, &claim.agent, &[])
            .into_iter()
            .filter(|f| {
                actors.is_empty() || actors.iter().any(|a| asking.matcher.closeness(a, &f.id) > 0.5)
            })
            .map(|f| {
                let matter = filling::matter(asking.graph, asking.lexicon.ontology, claim).label;
                let (kind, label) = if actors.is_empty() {
                    (Kind::Actor, format!("{}: {}", f.label, act.past))
                } else {
                    (Kind::Claim, format!("{} {} {matter}", f.label, act.past))
                };
                let id =
                    if actors.is_empty() { f.id } else { format!("{}/{}/{matter}", f.id, act.id) };
                Filling { kind, id, label, ..f }
            })
            .collect()
    });
    Some((asking.understood("stances", actors), found, Vec::new()))
}

/// "Who supports M?", "Who is against M?": every act of such a stance counts.
fn siding(asking: &Asking<'_>) -> Option<Outcome> {
    let trigger = asking.read.asked.first().map(|a| a.lemma.as_str());
    let is = |class: &str| {
        asking.root_is(class)
            || trigger.is_some_and(|t| asking.lexicon.is(t, class))
            || trigger.is_none() && asking.has(class)
    };
    let side = if is("asks-against") {
        "against"
    } else if is("asks-for") {
        "for"
    } else {
        return None;
    };
    if asking.read.hole != Some(Hole::Agent) {
        return None;
    }
    let mut pattern = asking.matter_pattern(&["asks-for", "asks-against"])?;
    pattern.matter_actors = asking.named();
    pattern.acts = asking
        .lexicon
        .ontology
        .acts
        .iter()
        .filter(|act| act.stance.as_deref() == Some(side) && act.id != "accuse")
        .map(|act| (act.id.clone(), 1.0))
        .collect();
    let mut fits = asking.matcher.fitting(&pattern);
    fits.retain(|fit| asking.claim(fit.claim).status == Status::Actual);
    let found = filling::group(asking.graph, &fits, |claim| {
        filling::actors(asking.cast, &claim.agent, &[])
    });
    if found.is_empty() {
        return None;
    }
    let mut understood = asking.understood("stances", Vec::new());
    understood.act = pattern.acts.iter().map(|(act, _)| act.clone()).collect();
    understood.matter = Some(pattern.matter.join(" "));
    understood.notes.push(format!("whoever did something that is {side} it"));
    Some((understood, found, Vec::new()))
}

/// "Who talks to whom?": the pairs that consult, most often first.
fn who_talks_to_whom(asking: &Asking<'_>) -> Option<Outcome> {
    let lemmas = &asking.read.lemmas;
    let both = lemmas.iter().any(|l| l == "who") && lemmas.iter().any(|l| l == "whom");
    if !both || !asking.named().is_empty() {
        return None;
    }
    let asked = asking.read.asked.first()?;
    let fits: Vec<Fit> = (0..asking.graph.corpus().claims.len())
        .filter(|&at| asking.claim(at).act == asked.claim.act)
        .filter(|&at| asking.claim(at).status == Status::Actual)
        .map(|claim| Fit { claim, score: 1.0 })
        .collect();
    let mutual = fits.first().is_some_and(|f| asking.matcher.is_mutual(asking.claim(f.claim)));
    let found = filling::group(asking.graph, &fits, |claim| {
        let agents = filling::actors(asking.cast, &claim.agent, &[]);
        let others = filling::actors(asking.cast, &claim.addressee, &[]);
        let mut pairs = Vec::new();
        let mut pair = |a: &Filling, b: &Filling| {
            let swap = mutual && a.id > b.id;
            let (a, b) = if swap { (b, a) } else { (a, b) };
            pairs.push(Filling {
                kind: Kind::Path,
                id: format!("{}/{}", a.id, b.id),
                label: format!("{} and {}", a.label, b.label),
                weight: 1.0,
                evidence: None,
            });
        };
        for (n, a) in agents.iter().enumerate() {
            others.iter().for_each(|b| pair(a, b));
            if mutual {
                agents[n + 1..].iter().for_each(|b| pair(a, b));
            }
        }
        pairs
    });
    let mut understood = asking.understood("pairs", Vec::new());
    understood.act = vec![asked.claim.act.clone()];
    Some((understood, found, Vec::new()))
}
