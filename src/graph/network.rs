use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use petgraph::graph::{DiGraph, NodeIndex};

use crate::extract::{Claim, Participant, Status};
use crate::ontology::{Act, Ontology};
use crate::resolve::Corpus;

/// A thing of the corpus: which list it is in, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Node {
    /// `corpus.actors[_]`.
    Actor(usize),
    /// `corpus.matters[_]`.
    Matter(usize),
    /// `corpus.events[_]`.
    Event(usize),
    /// `corpus.claims[_]`.
    Claim(usize),
    /// `corpus.documents[_]`.
    Document(usize),
}

impl Node {
    /// What it is, as exports and the explorer say it.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Actor(_) => "actor",
            Self::Matter(_) => "matter",
            Self::Event(_) => "event",
            Self::Claim(_) => "claim",
            Self::Document(_) => "document",
        }
    }
}

/// How one thing stands to another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Edge {
    /// Claim → actor: who performs the act.
    Agent,
    /// Claim → actor: towards whom.
    Addressee,
    /// Claim → actor: who reports it.
    Source,
    /// Claim → actor: who reports the report.
    Via,
    /// Claim → matter: what the act is about.
    Matter,
    /// Claim → document.
    InDocument,
    /// Event → claim that reports it.
    SupportedBy,
    /// Claim → actor that it is on, where others have a matter.
    About,
    /// Event → actor that takes part.
    Participant,
    /// Actor → actor.
    ActsFor,
    /// Event → event that holds it.
    PartOf,
    /// Matter → matter that holds it.
    Broader,
    /// Claim → claim of another side of a dispute (both ways), unless it is a very large one
    /// ([`Dispute::rivals`](crate::resolve::Dispute::rivals)).
    Disputes,
    /// Actor → matter, or actor → addressee: the direct edge, with its evidence.
    Act(ActEdge),
}

impl Edge {
    /// The local name of the property in RDF that says the same; for an act the
    /// id of the act.
    pub fn name(&self) -> &str {
        match self {
            Self::Agent => "agent",
            Self::Addressee => "addressee",
            Self::About => "about",
            Self::Source => "accordingTo",
            Self::Via => "via",
            Self::Matter => "matter",
            Self::InDocument => "inDocument",
            Self::SupportedBy => "supportedBy",
            Self::Participant => "participant",
            Self::ActsFor => "actsFor",
            Self::PartOf => "partOf",
            Self::Broader => "broader",
            Self::Disputes => "disputes",
            Self::Act(edge) => &edge.act,
        }
    }
}

/// All claims by which one actor performs one act towards one matter or actor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct ActEdge {
    /// Id of the act.
    pub act: String,
    /// What the claims say of it: done, not done, neither.
    pub status: Status,
    /// Indices of the claims in the corpus, ascending; never empty.
    pub claims: Vec<usize>,
}

/// Who does what to whom, or about what: from, to, act and status, with places of claims.
pub type Acts<'a> = BTreeMap<(Node, Node, &'a str, Status), Vec<usize>>;

/// A corpus as a directed graph with typed nodes and edges.
///
/// Nodes are in the order of the corpus (actors, matters, events, claims,
/// documents), edges in the order of claims and then sorted, so that everything
/// computed here is the same on every run. An id that names nothing in the corpus
/// makes no edge.
///
/// # Example
/// ```
/// use demarche::graph::Graph;
/// use demarche::ontology::Ontology;
/// use demarche::resolve::{Actor, Corpus};
///
/// let kremlin = Actor { id: "kremlin".into(), acts_for: Some("russia".into()), ..Actor::default() };
/// let russia = Actor { id: "russia".into(), ..Actor::default() };
/// let corpus = Corpus { actors: vec![kremlin, russia], ..Corpus::default() };
/// let graph = Graph::new(corpus, &Ontology::default());
/// assert_eq!(graph.inner().node_count(), 2);
/// assert_eq!(graph.inner().edge_count(), 1); // Kremlin acts for Russia
/// ```
#[derive(Debug, Clone)]
pub struct Graph {
    corpus: Corpus,
    acts: BTreeMap<String, Act>,
    /// Made when it is first asked for: looking things up does not need it.
    inner: OnceLock<DiGraph<Node, Edge>>,
    actors: HashMap<String, usize>,
    matters: HashMap<String, usize>,
    claims: OnceLock<HashMap<String, usize>>,
}

impl Graph {
    /// Makes the graph of `corpus`; `ontology` says what its acts mean.
    ///
    /// # Complexity
    /// Time O(a + m) for a actors and m matters; nodes and edges are made when they are
    /// first asked for, in time O(c log c) for c claims and space O(c + a + m + d).
    pub fn new(corpus: Corpus, ontology: &Ontology) -> Self {
        let actors = position(corpus.actors.iter().map(|a| &a.id));
        let matters = position(corpus.matters.iter().map(|m| &m.id));
        let acts = ontology.acts.iter().map(|a| (a.id.clone(), a.clone())).collect();
        let (inner, claims) = (OnceLock::new(), OnceLock::new());
        Self { corpus, acts, inner, actors, matters, claims }
    }

    /// Changes the corpus.
    ///
    /// # Complexity
    /// As [`Graph::new`].
    pub(crate) fn change(&mut self, change: impl FnOnce(&mut Corpus)) {
        change(&mut self.corpus);
        self.actors = position(self.corpus.actors.iter().map(|a| &a.id));
        self.matters = position(self.corpus.matters.iter().map(|m| &m.id));
        (self.inner, self.claims) = (OnceLock::new(), OnceLock::new());
    }

    /// The corpus.
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// The petgraph graph.
    pub fn inner(&self) -> &DiGraph<Node, Edge> {
        self.inner.get_or_init(|| {
            let mut inner = DiGraph::new();
            self.add_nodes(&mut inner);
            self.add_claims(&mut inner);
            self.add_acts(&mut inner);
            self.add_structure(&mut inner);
            inner
        })
    }

    /// The act `id`, if the ontology has it.
    pub fn act(&self, id: &str) -> Option<&Act> {
        self.acts.get(id)
    }

    /// Index of the actor `id` in the corpus. O(1).
    pub fn actor(&self, id: &str) -> Option<usize> {
        self.actors.get(id).copied()
    }

    /// Index of the matter `id` in the corpus. O(1).
    pub fn matter(&self, id: &str) -> Option<usize> {
        self.matters.get(id).copied()
    }

    /// Index of the claim `id` in the corpus. O(1).
    pub fn claim(&self, id: &str) -> Option<usize> {
        let claims = self.claims.get_or_init(|| position(self.corpus.claims.iter().map(|c| &c.id)));
        claims.get(id).copied()
    }

    /// Where `node` is in petgraph. O(1).
    pub fn index(&self, node: Node) -> NodeIndex {
        let corpus = &self.corpus;
        let (before, at) = match node {
            Node::Actor(at) => (0, at),
            Node::Matter(at) => (corpus.actors.len(), at),
            Node::Event(at) => (corpus.actors.len() + corpus.matters.len(), at),
            Node::Claim(at) => {
                (corpus.actors.len() + corpus.matters.len() + corpus.events.len(), at)
            }
            Node::Document(at) => (
                corpus.actors.len()
                    + corpus.matters.len()
                    + corpus.events.len()
                    + corpus.claims.len(),
                at,
            ),
        };
        NodeIndex::new(before + at)
    }

    /// The id of `node`.
    ///
    /// # Panics
    /// When the corpus has no such thing.
    pub fn id(&self, node: Node) -> &str {
        match node {
            Node::Actor(at) => &self.corpus.actors[at].id,
            Node::Matter(at) => &self.corpus.matters[at].id,
            Node::Event(at) => &self.corpus.events[at].id,
            Node::Claim(at) => &self.corpus.claims[at].id,
            Node::Document(at) => &self.corpus.documents[at].id,
        }
    }

    /// The name of a node in exports and in the explorer: `actor/kremlin`.
    ///
    /// # Panics
    /// When the corpus has no such thing.
    pub fn name(&self, node: Node) -> String {
        format!("{}/{}", node.kind(), self.id(node))
    }

    /// The words by which a person knows `node`: a label, a quote or a title.
    ///
    /// # Panics
    /// When the corpus has no such thing.
    pub fn label(&self, node: Node) -> &str {
        match node {
            Node::Actor(at) => &self.corpus.actors[at].label,
            Node::Matter(at) => &self.corpus.matters[at].label,
            Node::Event(at) => &self.corpus.events[at].label,
            Node::Claim(at) => &self.corpus.claims[at].quote,
            Node::Document(at) => {
                let document = &self.corpus.documents[at];
                document.title.as_deref().unwrap_or(&document.id)
            }
        }
    }

    /// The direct act edges: from whom, to what or whom, and the edge; in the
    /// order of the actors, then of what they act on.
    pub fn act_edges(&self) -> impl Iterator<Item = (Node, Node, &ActEdge)> {
        let inner = self.inner();
        inner.edge_indices().filter_map(|at| {
            let (from, to) = inner.edge_endpoints(at)?;
            match &inner[at] {
                Edge::Act(edge) => Some((inner[from], inner[to], edge)),
                _ => None,
            }
        })
    }

    /// Indices of the actors that a role of a claim names, once each, ascending.
    pub(super) fn resolved(&self, role: &[Participant]) -> Vec<usize> {
        let mut found: Vec<usize> =
            role.iter().filter_map(|p| self.actor(p.id.as_deref()?)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Index of the matter of a claim.
    pub(super) fn matter_of(&self, claim: &Claim) -> Option<usize> {
        self.matter(claim.matter.as_ref()?.id.as_deref()?)
    }

    /// Indices of the actors that a claim is on where others have a matter.
    fn about(&self, claim: &Claim) -> Vec<usize> {
        let ids = claim.matter.iter().flat_map(|it| &it.about);
        ids.filter_map(|id| self.actor(id)).collect()
    }

    /// Indices of the actors towards whom the act of a claim is performed, or whom it is on; once
    /// each, ascending.
    pub(super) fn towards(&self, claim: &Claim) -> Vec<usize> {
        let mut found = self.resolved(&claim.addressee);
        found.extend(self.about(claim));
        found.sort_unstable();
        found.dedup();
        found
    }

    fn add_nodes(&self, inner: &mut DiGraph<Node, Edge>) {
        let corpus = &self.corpus;
        let nodes = (0..corpus.actors.len())
            .map(Node::Actor)
            .chain((0..corpus.matters.len()).map(Node::Matter))
            .chain((0..corpus.events.len()).map(Node::Event))
            .chain((0..corpus.claims.len()).map(Node::Claim))
            .chain((0..corpus.documents.len()).map(Node::Document));
        for node in nodes {
            inner.add_node(node);
        }
    }

    fn link(&self, inner: &mut DiGraph<Node, Edge>, from: Node, to: Node, edge: Edge) {
        inner.add_edge(self.index(from), self.index(to), edge);
    }

    fn add_claims(&self, inner: &mut DiGraph<Node, Edge>) {
        let documents: HashMap<String, usize> =
            self.corpus.documents.iter().enumerate().map(|(at, d)| (d.id.clone(), at)).collect();
        for at in 0..self.corpus.claims.len() {
            let claim = &self.corpus.claims[at];
            let roles = [
                (Edge::Agent, self.resolved(&claim.agent)),
                (Edge::Addressee, self.resolved(&claim.addressee)),
                (Edge::Source, self.resolved(&claim.source)),
                (Edge::Via, self.resolved(&claim.via)),
            ];
            let matter = self.matter_of(claim);
            let document = documents.get(&claim.document).copied();
            for (edge, actors) in roles {
                for actor in actors {
                    self.link(inner, Node::Claim(at), Node::Actor(actor), edge.clone());
                }
            }
            for actor in self.about(claim) {
                self.link(inner, Node::Claim(at), Node::Actor(actor), Edge::About);
            }
            if let Some(matter) = matter {
                self.link(inner, Node::Claim(at), Node::Matter(matter), Edge::Matter);
            }
            if let Some(document) = document {
                self.link(inner, Node::Claim(at), Node::Document(document), Edge::InDocument);
            }
        }
    }

    /// Who does what to whom and about what in these claims (by place in the corpus), with the
    /// claims that say so. O(c log c) for c claims.
    pub fn acts_of(&self, claims: impl Iterator<Item = usize>) -> Acts<'_> {
        let mut evidence = Acts::new();
        for at in claims {
            let claim = &self.corpus.claims[at];
            let mut targets: Vec<Node> = self.towards(claim).into_iter().map(Node::Actor).collect();
            targets.extend(self.matter_of(claim).map(Node::Matter));
            for agent in self.resolved(&claim.agent) {
                for &target in targets.iter().filter(|t| **t != Node::Actor(agent)) {
                    let key = (Node::Actor(agent), target, claim.act.as_str(), claim.status);
                    let of_key = evidence.entry(key).or_default();
                    // Somebody may be named twice in a role.
                    if of_key.last() != Some(&at) {
                        of_key.push(at);
                    }
                }
            }
        }
        evidence
    }

    fn add_acts(&self, inner: &mut DiGraph<Node, Edge>) {
        let edges: Vec<_> = self
            .acts_of(0..self.corpus.claims.len())
            .into_iter()
            .map(|((from, to, act, status), claims)| {
                (from, to, ActEdge { act: act.to_owned(), status, claims })
            })
            .collect();
        for (from, to, edge) in edges {
            self.link(inner, from, to, Edge::Act(edge));
        }
    }

    fn add_structure(&self, inner: &mut DiGraph<Node, Edge>) {
        let events: HashMap<&str, usize> =
            self.corpus.events.iter().enumerate().map(|(at, e)| (e.id.as_str(), at)).collect();
        let mut links: Vec<(Node, Node, Edge)> = Vec::new();
        for (at, actor) in self.corpus.actors.iter().enumerate() {
            if let Some(whom) = actor.acts_for.as_deref().and_then(|id| self.actor(id)) {
                links.push((Node::Actor(at), Node::Actor(whom), Edge::ActsFor));
            }
        }
        for (at, matter) in self.corpus.matters.iter().enumerate() {
            for broader in matter.broader.iter().filter_map(|id| self.matter(id)) {
                links.push((Node::Matter(at), Node::Matter(broader), Edge::Broader));
            }
        }
        for (at, event) in self.corpus.events.iter().enumerate() {
            for claim in event.claims.iter().filter_map(|id| self.claim(id)) {
                links.push((Node::Event(at), Node::Claim(claim), Edge::SupportedBy));
            }
            for actor in event.participants.iter().filter_map(|id| self.actor(id)) {
                links.push((Node::Event(at), Node::Actor(actor), Edge::Participant));
            }
            if let Some(&whole) = event.part_of.as_deref().and_then(|id| events.get(id)) {
                links.push((Node::Event(at), Node::Event(whole), Edge::PartOf));
            }
        }
        for (one, other) in self.disputed() {
            links.push((Node::Claim(one), Node::Claim(other), Edge::Disputes));
        }
        for (from, to, edge) in links {
            self.link(inner, from, to, edge);
        }
    }

    /// Pairs of claims on different sides of a dispute, both ways, sorted; of very large ones none.
    fn disputed(&self) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        for dispute in &self.corpus.disputes {
            for (claims, others) in dispute.rivals() {
                let others: Vec<usize> = others.iter().filter_map(|id| self.claim(id)).collect();
                for one in claims.iter().filter_map(|id| self.claim(id)) {
                    pairs.extend(others.iter().filter(|&&o| o != one).map(|&o| (one, o)));
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}

fn position<'a>(ids: impl Iterator<Item = &'a String>) -> HashMap<String, usize> {
    ids.enumerate().map(|(at, id)| (id.clone(), at)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn graph() -> Graph {
        Graph::new(fixture::corpus(), &fixture::ontology())
    }

    #[test]
    fn claims_keep_their_roles() {
        let graph = graph();
        let at = graph.corpus().claims.iter().position(|c| !c.via.is_empty()).unwrap();
        let mut found: Vec<(&str, &str)> = graph
            .inner()
            .edges(graph.index(Node::Claim(at)))
            .map(|e| {
                let to = graph.inner()[petgraph::visit::EdgeRef::target(&e)];
                (e.weight().name(), graph.id(to))
            })
            .collect();
        found.sort_unstable();
        let expected = [
            ("accordingTo", "kremlin"),
            ("agent", "russia"),
            ("inDocument", "005"),
            ("matter", "peacekeepers"),
            ("via", "reuters"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn claims_of_one_act_on_one_matter_are_one_edge() {
        let graph = graph();
        let putin = Node::Actor(graph.actor("vladimir-putin").unwrap());
        let truce = Node::Matter(graph.matter("energy-truce").unwrap());
        let accepted: Vec<_> = graph
            .act_edges()
            .filter(|(from, to, e)| (*from, *to) == (putin, truce) && e.act == "accept")
            .collect();
        assert_eq!(accepted.len(), 1);
        assert_eq!(accepted[0].2.claims.len(), 2);
    }

    #[test]
    fn disputes_go_both_ways() {
        let graph = graph();
        let disputes = graph.inner().edge_weights().filter(|e| matches!(e, Edge::Disputes)).count();
        assert_eq!(disputes, 2);
    }
}
