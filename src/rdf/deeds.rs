//! The first layer of the graph: who did what, towards whom or about what, each such edge with a
//! node that says by which claims, and whether anything but reports says so.

use std::collections::BTreeMap;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{Literal, NamedNode, Quad};

use super::fact::fact;
use super::naming::{Naming, dm, term};
use super::sorted;
use crate::extract::{Claim, Status};
use crate::ontology::{Act, Ontology};
use crate::resolve::Corpus;

/// What an act was done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target<'a> {
    Actor(&'a str),
    Matter(&'a str),
}

impl<'a> Target<'a> {
    fn node(self, naming: &Naming) -> NamedNode {
        match self {
            Self::Actor(id) => naming.actor(id),
            Self::Matter(id) => naming.matter(id),
        }
    }

    /// Its kind and id: an actor and a matter may have one id.
    fn name(self) -> (&'static str, &'a str) {
        match self {
            Self::Actor(id) => ("actor", id),
            Self::Matter(id) => ("matter", id),
        }
    }
}

/// One act of one actor towards one target, as claims say it was done.
pub(super) struct Deed<'a> {
    actor: &'a str,
    act: &'a Act,
    target: Target<'a>,
    claims: Vec<&'a Claim>,
}

impl<'a> Deed<'a> {
    /// Who did it.
    pub(super) fn actor(&self) -> &'a str {
        self.actor
    }

    /// The node.
    pub(super) fn name(&self, naming: &Naming) -> NamedNode {
        let (kind, target) = self.target.name();
        naming.deed(self.actor, &self.act.id, kind, target)
    }

    /// The direct edge from the actor: property and object.
    pub(super) fn edge(&self, naming: &Naming) -> (NamedNode, NamedNode) {
        (dm(&self.act.edge), self.target.node(naming))
    }

    /// All that the quads of deeds are made of, but for ontology and names.
    pub(super) fn told(deeds: &[Self]) -> Vec<u8> {
        let told = |deed: &Self| {
            let claims: Vec<String> = deed.claims.iter().map(|it| it.id.clone()).collect();
            let (actor, act) = (deed.actor.to_owned(), deed.act.id.clone());
            (actor, act, deed.target.name(), deed.is_reported(), claims)
        };
        let all: Vec<_> = deeds.iter().map(told).collect();
        // It cannot fail: there are no maps in it.
        serde_json::to_vec(&("deed", all)).unwrap_or_default()
    }

    fn is_reported(&self) -> bool {
        self.claims.iter().all(|claim| claim.is_reported())
    }

    /// What is said of the node.
    pub(super) fn quads(&self, naming: &Naming) -> Vec<Quad> {
        let subject = self.name(naming);
        let reported = self.is_reported();
        let mut quads = vec![
            fact(&subject, rdf::TYPE.into(), dm("Deed").into()),
            fact(&subject, dm("actor"), naming.actor(self.actor).into()),
            fact(&subject, dm("act"), term("act", &self.act.id).into()),
            fact(&subject, dm("target"), self.target.node(naming).into()),
            fact(&subject, dm("reported"), Literal::from(reported).into()),
        ];
        let claims = self.claims.iter();
        quads.extend(
            claims.map(|it| fact(&subject, dm("supportedBy"), naming.claim(&it.id).into())),
        );
        sorted(quads)
    }
}

/// Who did what, only from claims of what was done; sorted by actor, act and target.
pub(super) fn deeds<'a>(corpus: &'a Corpus, ontology: &'a Ontology) -> Vec<Deed<'a>> {
    let mut found: BTreeMap<(&str, &str, Target), (&Act, Vec<&Claim>)> = BTreeMap::new();
    for claim in corpus.claims.iter().filter(|c| c.status == Status::Actual) {
        let Some(act) = ontology.act(&claim.act) else { continue };
        let matter = claim.matter.as_ref().and_then(|m| m.id.as_deref()).map(Target::Matter);
        let addressees = claim.addressee.iter().filter_map(|p| p.id.as_deref()).map(Target::Actor);
        let about = claim.matter.iter().flat_map(|m| &m.about).map(|id| Target::Actor(id));
        let mut targets: Vec<Target> = addressees.chain(about).chain(matter).collect();
        targets.sort_unstable();
        targets.dedup();
        for agent in claim.agent.iter().filter_map(|p| p.id.as_deref()) {
            for &target in targets.iter().filter(|it| **it != Target::Actor(agent)) {
                let key = (agent, act.id.as_str(), target);
                found.entry(key).or_insert_with(|| (act, Vec::new())).1.push(claim);
            }
        }
    }
    let deed = |((actor, _, target), (act, claims))| Deed { actor, act, target, claims };
    found.into_iter().map(deed).collect()
}
