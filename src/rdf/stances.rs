//! Who stands where, as nodes: an actor, a matter, what it holds, since when, and what it
//! held before.

use std::collections::BTreeMap;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, Quad};

use super::fact::{fact, words};
use super::naming::{Naming, dm};
use super::{sorted, time};
use crate::graph::{Leaning, is_turn};
use crate::ontology::Ontology;
use crate::resolve::{Corpus, Stance, stances};

/// The stances of all actors, in the order of their IRIs.
pub(super) fn quads(corpus: &Corpus, ontology: &Ontology, naming: &Naming) -> Vec<Quad> {
    let mut held: BTreeMap<(String, String), Vec<Stance>> = BTreeMap::new();
    for stance in stances(corpus, ontology) {
        held.entry((stance.actor.clone(), stance.matter.clone())).or_default().push(stance);
    }
    let mut quads = Vec::new();
    for mut of_one in held.into_values() {
        of_one.sort_by(|a, b| (a.dates.first(), &a.stance).cmp(&(b.dates.first(), &b.stance)));
        for (at, it) in of_one.iter().enumerate() {
            quads.extend(stance(it, of_one[..at].last(), naming));
        }
    }
    sorted(quads)
}

fn name(stance: &Stance, naming: &Naming) -> NamedNode {
    naming.stance(&stance.actor, &stance.matter, stance.stance.as_str())
}

fn stance(stance: &Stance, before: Option<&Stance>, naming: &Naming) -> Vec<Quad> {
    let subject = name(stance, naming);
    let leaning = Leaning::of(stance.stance).as_str();
    let mut quads = vec![
        fact(&subject, rdf::TYPE.into(), dm("Stance").into()),
        fact(&subject, dm("actor"), naming.actor(&stance.actor).into()),
        fact(&subject, dm("matter"), naming.matter(&stance.matter).into()),
        fact(&subject, dm("position"), words(stance.stance.as_str())),
        fact(&subject, dm("leaning"), words(leaning)),
    ];
    quads.extend(stance.dates.iter().map(|it| fact(&subject, dm("time"), time::typed(it).into())));
    if let Some((from, _)) = stance.dates.first().and_then(|first| time::bounds(first)) {
        quads.push(fact(&subject, dm("from"), from.into()));
    }
    for claim in &stance.claims {
        quads.push(fact(&subject, dm("supportedBy"), naming.claim(claim).into()));
    }
    if let Some(before) = before.filter(|before| before.dates.first() < stance.dates.first()) {
        quads.push(fact(&subject, dm("previous"), name(before, naming).into()));
        if is_turn(before, stance) {
            quads.push(fact(&subject, dm("changedFrom"), name(before, naming).into()));
        }
    }
    quads
}
