//! What the JSON API gives: the graph in the words that the explorer shows. `openapi.json` says
//! the same to others.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::site::Site;
use crate::extract::{Claim, MatterMention, Participant};
use crate::graph::{Cell, Leaning, Node};
use crate::resolve::{Actor, Dispute, DocumentRecord, Event, Matter};

/// How many of the words that name a thing are given, the most frequent first.
const NAMES: usize = 12;

/// A claim with what stands around it.
#[derive(Debug, Serialize)]
pub(super) struct ClaimView<'a> {
    pub id: &'a str,
    pub document: &'a str,
    /// Place of the quote in the document's text, in Unicode scalar values.
    pub start: usize,
    pub end: usize,
    pub quote: &'a str,
    pub trigger: &'a str,
    pub trigger_start: usize,
    pub trigger_end: usize,
    pub act: &'a str,
    pub status: &'static str,
    pub agent: &'a [Participant],
    pub addressee: &'a [Participant],
    pub source: &'a [Participant],
    pub via: &'a [Participant],
    pub matter: Option<&'a MatterMention>,
    pub time: Option<&'a str>,
    pub confidence: f64,
    pub extractor: &'a str,
    /// The words before and after the quote.
    pub before: &'a str,
    pub after: &'a str,
    /// Ids of disputes that it is part of.
    pub disputes: Vec<&'a str>,
}

/// A document, and how much it says.
#[derive(Debug, Serialize)]
pub(super) struct DocumentView<'a> {
    pub id: &'a str,
    pub title: Option<&'a str>,
    pub date: Option<&'a str>,
    pub publisher: Option<&'a str>,
    pub author: Option<&'a str>,
    pub url: Option<&'a str>,
    pub words: usize,
    pub claims: usize,
    /// Only where one document is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<&'a str>,
}

/// An actor, and how often it is met.
#[derive(Debug, Serialize)]
pub(super) struct ActorView<'a> {
    pub id: &'a str,
    pub label: &'a str,
    pub kind: &'a str,
    pub role: Option<&'a str>,
    pub acts_for: Option<&'a str>,
    pub wikidata: Option<&'a str>,
    pub names: Vec<&'a str>,
    /// Claims in which it acts.
    pub claims: usize,
    /// Claims that it reports.
    pub reports: usize,
    /// Claims in which it is acted towards.
    pub addressed: usize,
}

/// A matter, and how much is said of it.
#[derive(Debug, Serialize)]
pub(super) struct MatterView<'a> {
    pub id: &'a str,
    pub label: &'a str,
    pub issues: &'a [String],
    pub attributes: &'a [(String, String)],
    pub names: Vec<&'a str>,
    pub broader: &'a [String],
    pub claims: usize,
    /// How many actors do something about it.
    pub actors: usize,
    /// How many documents tell of it.
    pub documents: usize,
}

/// Where an actor stands.
#[derive(Debug, Serialize)]
pub(super) struct StanceView {
    pub actor: String,
    pub actor_label: String,
    pub matter: String,
    pub matter_label: String,
    pub stance: String,
    /// `for`, `conditional`, `against` or `open`.
    pub leaning: &'static str,
    /// Does the actor lean otherwise at another date?
    pub changed: bool,
    pub dates: Vec<String>,
    pub sources: Vec<String>,
    pub claims: Vec<String>,
}

/// An act of the ontology.
#[derive(Debug, Serialize)]
pub(super) struct ActView<'a> {
    pub id: &'a str,
    pub label: &'a str,
    pub past: &'a str,
    pub definition: &'a str,
    /// `for` or `against`, where the act says it.
    pub stance: Option<&'a str>,
    pub claims: usize,
}

/// Actors and matters with what is done between them.
#[derive(Debug, Serialize)]
pub(super) struct Network {
    pub nodes: Vec<NetworkNode>,
    pub edges: Vec<NetworkEdge>,
    /// How many edges were left out: those with the fewest claims.
    pub left_out: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct NetworkNode {
    /// `actor/russia`, `matter/peace`.
    pub id: String,
    pub kind: &'static str,
    pub label: String,
    /// How many claims it has part in.
    pub claims: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct NetworkEdge {
    pub source: String,
    pub target: String,
    pub act: String,
    pub status: &'static str,
    /// Do only others than the documents' authors say so?
    pub reported: bool,
    pub claims: Vec<String>,
}

/// What is in a graph.
#[derive(Debug, Serialize)]
pub(super) struct Overview<'a> {
    pub documents: usize,
    pub words: usize,
    pub claims: usize,
    pub actors: usize,
    pub matters: usize,
    pub events: usize,
    pub disputes: usize,
    pub base: &'a str,
    pub program: &'a str,
    /// Are verdicts on claims taken?
    pub review: bool,
    /// The first and the last day that claims or documents tell.
    pub from: Option<&'a str>,
    pub until: Option<&'a str>,
    /// What a reader should be careful with.
    pub weak: Weak,
}

/// How much rests on little.
#[derive(Debug, Serialize)]
pub(super) struct Weak {
    /// Claims of which nobody knows who acts.
    pub unknown_agents: usize,
    /// Claims that somebody reports of whom nothing but words are known.
    pub unknown_sources: usize,
    /// Matters of two claims or more that one document alone tells of.
    pub single_document: usize,
    /// Claims that are right in less than half of the cases.
    pub unsure: usize,
}

impl Site {
    pub(super) fn claim_view<'a>(&'a self, at: usize) -> ClaimView<'a> {
        let claim: &'a Claim = &self.corpus().claims[at];
        let (before, after) = &self.around[at];
        ClaimView {
            id: &claim.id,
            document: &claim.document,
            start: claim.start,
            end: claim.end,
            quote: &claim.quote,
            trigger: &claim.trigger,
            trigger_start: claim.trigger_start,
            trigger_end: claim.trigger_end,
            act: &claim.act,
            status: claim.status.as_str(),
            agent: &claim.agent,
            addressee: &claim.addressee,
            source: &claim.source,
            via: &claim.via,
            matter: claim.matter.as_ref(),
            time: claim.time.as_deref(),
            confidence: claim.confidence,
            extractor: &claim.extractor,
            before,
            after,
            disputes: self
                .disputes_of
                .get(claim.id.as_str())
                .cloned()
                .unwrap_or_default()
                .into_iter()
                .map(|at| self.corpus().disputes[at].id.as_str())
                .collect(),
        }
    }

    pub(super) fn document_view<'a>(
        &'a self,
        it: &'a DocumentRecord,
        whole: bool,
    ) -> DocumentView<'a> {
        DocumentView {
            id: &it.id,
            title: it.title.as_deref(),
            date: it.date.as_deref(),
            publisher: it.publisher.as_deref(),
            author: it.author.as_deref(),
            url: it.url.as_deref(),
            words: it.words,
            claims: self.counts.documents.get(&it.id).copied().unwrap_or(0),
            text: whole.then_some(it.text.as_str()),
        }
    }

    pub(super) fn actor_view<'a>(&'a self, it: &'a Actor) -> ActorView<'a> {
        let [claims, reports, addressed] =
            self.counts.actors.get(&it.id).copied().unwrap_or_default();
        ActorView {
            id: &it.id,
            label: &it.label,
            kind: &it.kind,
            role: it.role.as_deref(),
            acts_for: it.acts_for.as_deref(),
            wikidata: it.wikidata.as_deref(),
            names: it.names.iter().take(NAMES).map(|(name, _)| name.as_str()).collect(),
            claims,
            reports,
            addressed,
        }
    }

    pub(super) fn matter_view<'a>(&'a self, it: &'a Matter) -> MatterView<'a> {
        let (actors, documents) = self.counts.matters.get(&it.id).copied().unwrap_or_default();
        MatterView {
            id: &it.id,
            label: &it.label,
            issues: &it.issues,
            attributes: &it.attributes,
            names: it.variants.iter().take(NAMES).map(|(name, _)| name.as_str()).collect(),
            broader: &it.broader,
            claims: it.claims.len(),
            actors,
            documents,
        }
    }

    /// The stances of all, or of one actor, or on one matter.
    pub(super) fn stance_views(
        &self,
        actor: Option<&str>,
        matter: Option<&str>,
    ) -> Vec<StanceView> {
        let graph = &self.graph;
        let of_cell = |(&(who, what), cell): (&(usize, usize), &Cell)| {
            let (who, what) = (Node::Actor(who), Node::Matter(what));
            let fits = actor.is_none_or(|id| graph.id(who) == id)
                && matter.is_none_or(|id| graph.id(what) == id);
            let changed = cell.changed();
            let views = cell.stances.iter().filter(move |_| fits).map(move |it| StanceView {
                actor: graph.id(who).to_owned(),
                actor_label: graph.label(who).to_owned(),
                matter: graph.id(what).to_owned(),
                matter_label: graph.label(what).to_owned(),
                stance: it.stance.clone(),
                leaning: leaning(&it.stance),
                changed,
                dates: it.dates.clone(),
                sources: it.sources.clone(),
                claims: it.claims.clone(),
            });
            views.collect::<Vec<_>>()
        };
        self.matrix.cells.iter().flat_map(of_cell).collect()
    }

    pub(super) fn act_views(&self) -> Vec<ActView<'_>> {
        let acts = self.ontology.acts.iter().map(|act| ActView {
            id: &act.id,
            label: &act.label,
            past: &act.past,
            definition: &act.definition,
            stance: act.stance.as_deref(),
            claims: self.counts.acts.get(&act.id).copied().unwrap_or(0),
        });
        acts.collect()
    }

    /// Disputes, all or of one actor's claims, or on one matter.
    pub(super) fn dispute_list(&self, actor: Option<&str>, matter: Option<&str>) -> Vec<&Dispute> {
        let is_of = |dispute: &&Dispute| {
            let claims = dispute.sides.iter().flat_map(|side| &side.claims);
            let has = |who: &str, id: &String| {
                self.claim(id).is_some_and(|claim| {
                    claim.agent.iter().chain(&claim.source).any(|it| it.id.as_deref() == Some(who))
                })
            };
            matter.is_none_or(|id| dispute.matter.as_deref() == Some(id))
                && actor.is_none_or(|who| claims.into_iter().any(|id| has(who, id)))
        };
        self.corpus().disputes.iter().filter(is_of).collect()
    }

    /// Events, all or those in which an actor takes part.
    pub(super) fn event_list(&self, actor: Option<&str>) -> Vec<&Event> {
        let is_of =
            |event: &&Event| actor.is_none_or(|id| event.participants.iter().any(|it| it == id));
        self.corpus().events.iter().filter(is_of).collect()
    }

    /// Who did what to whom and about what, in these claims; at most so many edges.
    pub(super) fn network(&self, claims: &[usize], most: usize) -> Network {
        let mut edges: BTreeMap<(String, String, &str, &'static str), Vec<usize>> = BTreeMap::new();
        for &at in claims {
            let claim = &self.corpus().claims[at];
            let actor = |it: &Participant| it.id.as_ref().map(|id| format!("actor/{id}"));
            let matter = claim.matter.as_ref().and_then(|it| it.id.as_ref());
            let targets: Vec<String> = claim
                .addressee
                .iter()
                .filter_map(actor)
                .chain(matter.map(|id| format!("matter/{id}")))
                .collect();
            for agent in claim.agent.iter().filter_map(actor) {
                for target in targets.iter().filter(|it| **it != agent) {
                    let key =
                        (agent.clone(), target.clone(), claim.act.as_str(), claim.status.as_str());
                    edges.entry(key).or_default().push(at);
                }
            }
        }
        let mut all: Vec<_> = edges.into_iter().collect();
        all.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(&b.0)));
        let left_out = all.len().saturating_sub(most);
        all.truncate(most);
        let mut held: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        let edges: Vec<NetworkEdge> = all
            .into_iter()
            .map(|((source, target, act, status), claims)| {
                for end in [&source, &target] {
                    held.entry(end.clone()).or_default().extend(&claims);
                }
                let of = |at: &usize| &self.corpus().claims[*at];
                let reported =
                    claims.iter().map(of).all(|it| !it.source.is_empty() || !it.via.is_empty());
                let claims = claims.iter().map(|at| of(at).id.clone()).collect();
                NetworkEdge { source, target, act: act.to_owned(), status, reported, claims }
            })
            .collect();
        let nodes = held.into_iter().map(|(id, claims)| {
            let (kind, name) = id.split_once('/').unwrap_or(("actor", &id));
            let node = match kind {
                "actor" => self.graph.actor(name).map(Node::Actor),
                _ => self.graph.matter(name).map(Node::Matter),
            };
            let label = node.map_or(name, |node| self.graph.label(node)).to_owned();
            let kind = if kind == "actor" { "actor" } else { "matter" };
            NetworkNode { kind, label, claims: claims.len(), id: id.clone() }
        });
        Network { nodes: nodes.collect(), edges, left_out }
    }

    pub(super) fn overview(&self, review: bool) -> Overview<'_> {
        let corpus = self.corpus();
        let dates = corpus
            .claims
            .iter()
            .filter_map(|it| it.time.as_deref())
            .chain(corpus.documents.iter().filter_map(|it| it.date.as_deref()));
        let days: BTreeSet<&str> = dates
            .filter_map(|it| it.get(..10))
            .filter(|it| it.parse::<jiff::civil::Date>().is_ok())
            .collect();
        let count = |is: &dyn Fn(&Claim) -> bool| corpus.claims.iter().filter(|it| is(it)).count();
        let unknown = |list: &[Participant]| list.iter().any(|it| it.id.is_none());
        let single = |it: &&Matter| {
            it.claims.len() > 1
                && self.counts.matters.get(&it.id).is_some_and(|counts| counts.1 == 1)
        };
        Overview {
            documents: corpus.documents.len(),
            words: corpus.documents.iter().map(|it| it.words).sum(),
            claims: corpus.claims.len(),
            actors: corpus.actors.len(),
            matters: corpus.matters.len(),
            events: corpus.events.len(),
            disputes: corpus.disputes.len(),
            base: self.naming.base(),
            program: env!("CARGO_PKG_VERSION"),
            review,
            from: days.first().copied(),
            until: days.last().copied(),
            weak: Weak {
                unknown_agents: count(&|it| it.agent.is_empty() || unknown(&it.agent)),
                unknown_sources: count(&|it| unknown(&it.source)),
                single_document: corpus.matters.iter().filter(single).count(),
                unsure: count(&|it| it.confidence < 0.5),
            },
        }
    }
}

fn leaning(stance: &str) -> &'static str {
    match Leaning::of(stance) {
        Leaning::For => "for",
        Leaning::Conditional => "conditional",
        Leaning::Against => "against",
        Leaning::Open => "open",
    }
}
