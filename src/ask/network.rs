//! Questions to the network of actors: who is connected, who is central, who talks to
//! whom.

use crate::extract::{Hole, Status};
use crate::graph::Measure;
use crate::graph::folder::Selection;

use super::answer::Kind;
use super::filling::{self, Filling};
use super::matching::Fit;
use super::understood::Reading;
use super::{Asking, Attempt};
use crate::ontology::WordClass;

/// How many actors are named as central.
const CENTRAL: usize = 10;
/// How many claims show that somebody is central.
const SHOWN: usize = 20;

/// "How are A and B connected?"
pub(super) fn connection(asking: &Asking<'_>) -> Attempt {
    let actors = asking.named();
    let [from, to, ..] = actors.as_slice() else { return Ok(None) };
    // "Are they related?" asks about kin
    if !asking.has(WordClass::AsksConnection)
        || matches!(asking.read.hole, Some(Hole::Agent | Hole::Status))
    {
        return Ok(None);
    }
    asking.held.claims(Selection::default())?;
    let graph = asking.graph;
    let understood = asking.understood(Reading::Connection, actors.clone());
    let way = graph
        .actor(from)
        .zip(graph.actor(to))
        .and_then(|(from, to)| graph.connection(from, to, Measure::Fewest));
    let Some(way) = way.filter(|way| !way.steps.is_empty()) else {
        return Ok(Some((understood, Vec::new(), Vec::new())));
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
    Ok(Some((understood, vec![found], Vec::new())))
}

/// "Who is most central?"
pub(super) fn centrality(asking: &Asking<'_>) -> Attempt {
    let asked = asking.has(WordClass::AsksCentrality) && asking.has(WordClass::Superlative);
    if !asked || asking.read.hole != Some(Hole::Agent) || !asking.named().is_empty() {
        return Ok(None);
    }
    asking.held.claims(Selection::default())?;
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
    let mut understood = asking.understood(Reading::Prominence, Vec::new());
    understood.notes.push("central is who is tied most, and by the best supported claims".into());
    Ok(Some((understood, found, Vec::new())))
}

/// "Who talks to whom?": the pairs that consult, most often first.
pub(super) fn who_talks_to_whom(asking: &Asking<'_>) -> Attempt {
    let lemmas = &asking.read.lemmas;
    let asks = |lemma: &String| asking.lexicon.is(lemma, WordClass::AsksActor);
    let of_object = |lemma: &&String| asking.lexicon.is(lemma, WordClass::AsksObject);
    let (objects, subjects): (Vec<&String>, Vec<&String>) =
        lemmas.iter().filter(|lemma| asks(lemma)).partition(of_object);
    let both = !objects.is_empty() && !subjects.is_empty();
    if !both || !asking.named().is_empty() {
        return Ok(None);
    }
    let Some(asked) = asking.read.asked.first() else { return Ok(None) };
    asking.held.claims(Selection::of_acts([&asked.claim.act]))?;
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
    let mut understood = asking.understood(Reading::Pairs, Vec::new());
    understood.act = vec![asked.claim.act.clone()];
    Ok(Some((understood, found, Vec::new())))
}
