//! Questions about where somebody stands, who is for or against something, and who has
//! changed his mind.

use std::collections::BTreeMap;

use crate::annotate::Upos;
use crate::extract::{Claim, Hole, Status};
use crate::graph::Node;

use super::answer::Kind;
use super::filling::{self, Filling};
use super::matching::Fit;
use super::understood::Reading;
use super::words::{alike, words};
use super::{Asking, Attempt};
use crate::ontology::{ActStance, KeyAct, WordClass};

/// "Who stands where on the ceasefire?", "Where does Iran stand on …?"
pub(super) fn stances(asking: &Asking<'_>) -> Attempt {
    let compared = asking.has(WordClass::AsksComparison);
    if !(asking.has(WordClass::AsksStance) || compared)
        || asking.read.asked.iter().any(|a| a.hole() == Some(Hole::Addressee))
    {
        return Ok(None);
    }
    // "Iran's position on NATO": NATO is what it is about
    let (topics, mut actors): (Vec<String>, Vec<String>) =
        asking.named().into_iter().partition(|id| !compared && asking.is_topic(id));
    // "the commission's position": whoever has one is not dropped for having no name
    let stance = |lemma: &str| asking.lexicon.is(lemma, WordClass::AsksStance);
    if let Some(owner) = asking.form.owner(stance).filter(|_| actors.is_empty()) {
        actors.push(asking.cast.described(&asking.form.text(&owner)));
    }
    let without = [
        WordClass::AsksStance,
        WordClass::AsksAgreement,
        WordClass::AsksComparison,
        WordClass::AsksChange,
    ];
    let mut pattern = asking.matter_pattern(&without);
    if pattern.is_none() && !topics.is_empty() {
        pattern = Some(asking.any_matter());
    }
    if let Some(pattern) = &mut pattern {
        pattern.matter_actors = topics;
        pattern.past = false;
    }
    if pattern.is_none() && actors.is_empty() {
        return Ok(None);
    }
    let fits = match &pattern {
        Some(pattern) => asking.matcher.fitting(pattern)?,
        None => {
            asking.held.claims(asking.of_stance(&actors))?;
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
    Ok(Some((asking.understood(Reading::Stances, actors), found, Vec::new())))
}

impl Asking<'_> {
    /// "Who was responsible for the fire?", "Who acts as broker for both?": a preposition after
    /// another word than "be" asks for no side.
    fn is_otherwise(&self, side: ActStance) -> bool {
        let class = match side {
            ActStance::For => WordClass::AsksFor,
            ActStance::Against => WordClass::AsksAgainst,
        };
        let sides = |at: &usize| self.lexicon.is(&self.form.lemma(*at), class);
        let said = &self.form.words;
        let first = (0..said.len()).find(sides).filter(|&at| said[at].upos == Upos::Adp);
        let said_before = |at: usize| {
            let content = [Upos::Adj, Upos::Noun, Upos::Verb];
            said[..at].iter().skip(1).any(|word| content.contains(&word.upos))
        };
        first.is_some_and(|at| {
            said.get(1).is_some_and(|word| self.lexicon.is(&word.lemma, WordClass::Copula))
                && said_before(at)
        })
    }
}

/// "Who supports M?", "Who is against M?": every act of such a stance counts.
pub(super) fn siding(asking: &Asking<'_>) -> Attempt {
    let trigger = asking.read.asked.first().map(|a| a.lemma.as_str());
    let is = |class: WordClass| {
        asking.root_is(class)
            || trigger.is_some_and(|t| asking.lexicon.is(t, class))
            || (trigger.is_none()
                || asking
                    .form
                    .words
                    .get(1)
                    .is_some_and(|w| asking.lexicon.is(&w.lemma, WordClass::Copula)))
                && asking.has(class)
    };
    let side = if is(WordClass::AsksAgainst) {
        ActStance::Against
    } else if is(WordClass::AsksFor) {
        ActStance::For
    } else {
        return Ok(None);
    };
    if asking.read.hole != Some(Hole::Agent) || asking.is_otherwise(side) {
        return Ok(None);
    }
    let Some(mut pattern) = asking.matter_pattern(&[WordClass::AsksFor, WordClass::AsksAgainst])
    else {
        return Ok(None);
    };
    pattern.matter_actors = asking.named();
    pattern.acts = asking
        .lexicon
        .ontology
        .acts
        .iter()
        .filter(|act| act.stance == Some(side) && act.id != KeyAct::Accuse)
        .map(|act| (act.id.clone(), 1.0))
        .collect();
    let fits = asking.matcher.fitting(&pattern)?;
    let (fits, missed): (Vec<Fit>, Vec<Fit>) = fits.into_iter().partition(|f| {
        let claim = asking.claim(f.claim);
        claim.status == Status::Actual && !is_turned(asking, claim, &pattern.matter)
    });
    asking.miss(&missed);
    let found = filling::group(asking.graph, &fits, |claim| {
        filling::actors(asking.cast, &claim.agent, &[])
    });
    let mut understood = asking.understood(Reading::Stances, Vec::new());
    understood.act = pattern.acts.iter().map(|(act, _)| act.clone()).collect();
    understood.matter = Some(pattern.matter.join(" "));
    understood.notes.push(format!("whoever did something that is {side} it"));
    Ok(Some((understood, found, Vec::new())))
}

/// Does the claim speak of being without it ("would not sign without an exemption"), so
/// that being against the one is being for the other?
fn is_turned(asking: &Asking<'_>, claim: &Claim, matter: &[String]) -> bool {
    let said = words(&claim.quote);
    let about = |word: &String| matter.iter().any(|wish| alike(word, wish));
    let first = said.iter().position(about).unwrap_or(said.len());
    said[..first].iter().any(|word| asking.lexicon.is(word, WordClass::PrivativePreposition))
}

/// When, whether for or against, and the index of the claim.
type Turn = (String, bool, usize);

/// "What has changed?": actors whose stance on a matter is not what it was.
pub(super) fn change(asking: &Asking<'_>) -> Attempt {
    let about_act = asking.read.asked.iter().any(|a| !a.claim.agent.is_empty() && a.has_hole());
    if !asking.root_is(WordClass::AsksChange)
        || about_act
        || matches!(asking.read.hole, Some(Hole::Agent | Hole::Addressee))
    {
        return Ok(None);
    }
    let graph = asking.graph;
    let actors = asking.named();
    asking.held.claims(asking.of_stance(&actors))?;
    let pattern = asking.matter_pattern(&[WordClass::AsksChange, WordClass::AsksStance]);
    let about = match &pattern {
        Some(pattern) => Some(asking.matcher.wanted(pattern)?.matters()),
        None => None,
    };
    // (actor, matter) → day → claims with what they say; matters that one question means
    // are one
    let mut histories: BTreeMap<(usize, usize), Vec<Turn>> = BTreeMap::new();
    let mut meant: BTreeMap<usize, usize> = BTreeMap::new();
    for stance in graph.stances(None) {
        let Some(stands_for) = stance.stands_for else { continue };
        let id = graph.id(Node::Actor(stance.actor));
        if !actors.is_empty() && !actors.iter().any(|a| asking.matcher.closeness(a, id) > 0.5) {
            continue;
        }
        let mut matter = stance.matter;
        if let Some(about) = &about {
            if !about.contains(&graph.corpus().matters[matter].id) {
                continue;
            }
            matter = *meant.entry(stance.actor).or_insert(matter);
        }
        for &claim in &stance.claims {
            if let Some(time) = asking.date(claim) {
                let history = histories.entry((stance.actor, matter)).or_default();
                history.push((time, stands_for, claim));
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
    Ok(Some((asking.understood(Reading::Change, actors), found, Vec::new())))
}
