//! What the JSON API gives: the graph in the words that the explorer shows. `openapi.json` says
//! the same to others.

use std::ops::Range;

use serde::Serialize;

use super::site::Site;
use crate::corpus::{Markup, Span, Text};
use crate::extract::{Claim, Condition, Evidence, MatterMention, Participant, When};
use crate::graph::{Cell, Leaning, Node};
use crate::layout;
use crate::ontology::ActStance;
use crate::resolve::{Actor, Attribute, Dispute, DocumentRecord, Event, Matter, Position};

/// How many of the words that name a thing are given, the most frequent first.
const NAMES: usize = 12;

/// How many claims are named where many may say the same.
pub(crate) const NAMED: usize = 50;

/// A claim with what stands around it.
#[derive(Debug, Serialize)]
pub(crate) struct ClaimView<'a> {
    pub id: &'a str,
    pub document: &'a str,
    pub document_title: Option<&'a str>,
    pub document_date: Option<&'a str>,
    pub document_author: Option<&'a str>,
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
    /// The actors that the words of the matter name, where they are no matter.
    pub about: Vec<Named<'a>>,
    pub condition: Option<&'a Condition>,
    pub time: Option<When>,
    pub confidence: f64,
    pub extractor: &'a str,
    /// How the rules and the network see it.
    pub evidence: &'a Evidence,
    /// The words before and after the quote.
    pub before: &'a str,
    pub after: &'a str,
    /// Ids of disputes that it is part of.
    pub disputes: Vec<&'a str>,
}

/// An actor as it is called.
#[derive(Debug, Serialize)]
pub(crate) struct Named<'a> {
    pub id: &'a str,
    pub label: &'a str,
}

/// A document, and how much it says.
#[derive(Debug, Serialize)]
pub(crate) struct DocumentView<'a> {
    pub id: &'a str,
    pub title: Option<&'a str>,
    pub date: Option<&'a str>,
    pub publisher: Option<&'a str>,
    pub author: Option<&'a str>,
    pub url: Option<&'a str>,
    /// Under which licence: an address, or words.
    pub license: Option<&'a str>,
    pub words: usize,
    pub claims: usize,
    /// Only where one document is asked for.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub part: Option<PartView>,
}

/// A part of a text. Offsets count Unicode scalar values in the whole text.
#[derive(Debug, Serialize)]
pub(crate) struct PartView {
    pub text: String,
    /// Where the part begins, and how long the whole text is.
    pub text_start: usize,
    pub length: usize,
    /// What the page shows as a heading, an item, a quotation: those blocks that begin in the part.
    pub blocks: Vec<BlockView>,
}

/// A block of a text.
#[derive(Debug, Serialize)]
pub(crate) struct BlockView {
    pub kind: &'static str,
    pub start: usize,
    pub end: usize,
}

/// An actor, and how often it is met.
#[derive(Debug, Serialize)]
pub(crate) struct ActorView<'a> {
    pub id: &'a str,
    pub label: &'a str,
    pub kind: &'a str,
    pub role: Option<&'a str>,
    pub acts_for: Option<&'a str>,
    pub wikidata: Option<&'a str>,
    pub names: Vec<&'a str>,
    /// Names that were taken for it, and why.
    pub merged: &'a [(String, String)],
    /// Claims in which it acts.
    pub claims: usize,
    /// Claims that it reports.
    pub reports: usize,
    /// Claims in which it is acted towards.
    pub addressed: usize,
}

/// A matter, and how much is said of it.
#[derive(Debug, Serialize)]
pub(crate) struct MatterView<'a> {
    pub id: &'a str,
    pub label: &'a str,
    pub issues: &'a [String],
    pub attributes: &'a [(Attribute, String)],
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
pub(crate) struct StanceView {
    pub actor: String,
    pub actor_label: String,
    pub matter: String,
    pub matter_label: String,
    pub stance: Position,
    /// `for`, `conditional`, `against` or `open`.
    pub leaning: &'static str,
    /// Does the actor lean otherwise at another date?
    pub changed: bool,
    pub dates: Vec<String>,
    pub sources: Vec<String>,
    /// Ids of its claims, the first [`NAMED`] of them.
    pub claims: Vec<String>,
    /// How many claims there are.
    pub count: usize,
}

/// An act of the ontology.
#[derive(Debug, Serialize)]
pub(crate) struct ActView<'a> {
    pub id: &'a str,
    pub label: &'a str,
    pub past: &'a str,
    pub definition: &'a str,
    /// `for` or `against`, where the act says it.
    pub stance: Option<&'a str>,
    pub claims: usize,
}

/// A part of a text. O(n).
fn part(text: &str, wanted: Range<usize>) -> PartView {
    let text = Text::new(text);
    let from = wanted.start.min(text.len());
    let span = Span::new(from, wanted.end.clamp(from, text.len()));
    let all = layout::blocks(&text, Markup::default()).into_iter();
    let blocks = all.filter(|it| (span.start..span.end).contains(&it.span.start)).map(|it| {
        let (kind, start, end) = (it.kind.as_str(), it.span.start, it.span.end);
        BlockView { kind, start, end }
    });
    let blocks = blocks.collect();
    let (text, length) = (text.slice(span).to_owned(), text.len());
    PartView { text, text_start: from, length, blocks }
}

impl Site {
    pub(crate) fn claim_view<'a>(&'a self, at: usize) -> ClaimView<'a> {
        let claim: &'a Claim = &self.corpus().claims[at];
        let (before, after) = self.around(at);
        let document = self.document(&claim.document);
        ClaimView {
            id: &claim.id,
            document: &claim.document,
            document_title: document.and_then(|it| it.title.as_deref()),
            document_date: document.and_then(|it| it.date.as_deref()),
            document_author: document.and_then(|it| it.author.as_deref()),
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
            about: claim.matter.iter().flat_map(|it| &it.about).map(|id| self.named(id)).collect(),
            condition: claim.condition.as_ref(),
            time: claim.time,
            confidence: claim.confidence,
            extractor: &claim.extractor,
            evidence: &claim.evidence,
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

    /// The actor of this id, under the id itself where there is none.
    fn named<'a>(&'a self, id: &'a str) -> Named<'a> {
        let actors = &self.corpus().actors;
        let found = actors.binary_search_by(|it| it.id.as_str().cmp(id));
        Named { id, label: found.map_or(id, |at| &actors[at].label) }
    }

    /// A document; with its text, or as much of it, where that is wished for.
    pub(crate) fn document_view<'a>(
        &'a self,
        it: &'a DocumentRecord,
        text: Option<Range<usize>>,
    ) -> DocumentView<'a> {
        DocumentView {
            id: &it.id,
            title: it.title.as_deref(),
            date: it.date.as_deref(),
            publisher: it.publisher.as_deref(),
            author: it.author.as_deref(),
            url: it.url.as_deref(),
            license: it.license.as_deref(),
            words: it.words,
            claims: self.counts.documents.get(&it.id).copied().unwrap_or(0),
            part: text.map(|wanted| part(&it.text, wanted)),
        }
    }

    pub(crate) fn actor_view<'a>(&'a self, it: &'a Actor) -> ActorView<'a> {
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
            merged: &it.reasons,
            claims,
            reports,
            addressed,
        }
    }

    pub(crate) fn matter_view<'a>(&'a self, it: &'a Matter) -> MatterView<'a> {
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

    /// The stances of all, or of one actor, or on one matter, or those that changed.
    pub(crate) fn stance_views(
        &self,
        actor: Option<&str>,
        matter: Option<&str>,
        changed: bool,
    ) -> impl Iterator<Item = StanceView> {
        let graph = &self.graph;
        let fits = move |(who, what): (usize, usize)| {
            actor.is_none_or(|id| graph.id(Node::Actor(who)) == id)
                && matter.is_none_or(|id| graph.id(Node::Matter(what)) == id)
        };
        let cells = self.matrix.cells.iter();
        cells
            .filter(move |(key, cell)| fits(**key) && (!changed || cell.changed()))
            .flat_map(|(key, cell)| self.cell_view(*key, cell))
    }

    /// What an actor holds of a matter.
    pub(crate) fn cell_view(
        &self,
        (who, what): (usize, usize),
        cell: &Cell,
    ) -> impl Iterator<Item = StanceView> {
        let graph = &self.graph;
        let (who, what) = (Node::Actor(who), Node::Matter(what));
        let changed = cell.changed();
        cell.stances.iter().map(move |it| StanceView {
            actor: graph.id(who).to_owned(),
            actor_label: graph.label(who).to_owned(),
            matter: graph.id(what).to_owned(),
            matter_label: graph.label(what).to_owned(),
            stance: it.stance,
            leaning: Leaning::of(it.stance).as_str(),
            changed,
            dates: it.dates.iter().take(NAMED).cloned().collect(),
            sources: it.sources.iter().take(NAMES).cloned().collect(),
            claims: it.claims.iter().take(NAMED).cloned().collect(),
            count: it.claims.len(),
        })
    }

    pub(crate) fn act_views(&self) -> Vec<ActView<'_>> {
        let acts = self.ontology.acts.iter().map(|act| ActView {
            id: &act.id,
            label: &act.label,
            past: &act.past,
            definition: &act.definition,
            stance: act.stance.map(ActStance::as_str),
            claims: self.counts.acts.get(&act.id).copied().unwrap_or(0),
        });
        acts.collect()
    }

    /// Disputes, all or of one actor's claims, or on one matter.
    pub(crate) fn dispute_list(&self, actor: Option<&str>, matter: Option<&str>) -> Vec<&Dispute> {
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

    /// Events, all or those in which an actor takes part, the earliest first, then those without
    /// a date.
    pub(crate) fn event_list(&self, actor: Option<&str>) -> Vec<&Event> {
        let is_of =
            |event: &&Event| actor.is_none_or(|id| event.participants.iter().any(|it| it == id));
        let mut events: Vec<&Event> = self.corpus().events.iter().filter(is_of).collect();
        events.sort_by_cached_key(|it| {
            let begins = it.time.and_then(When::days).map(|(first, _)| first);
            (begins.is_none(), begins, &it.id)
        });
        events
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::graph::folder::Manifest;
    use crate::rdf::Naming;

    #[test]
    fn a_part_of_a_text_says_where_it_stands() {
        let text = "# On talks\n\nThey met – and parted.\n\nNothing was signed.";
        let second = part(text, 12..34);
        assert_eq!((second.text.as_str(), second.text_start), ("They met – and parted.", 12));
        assert_eq!((second.length, second.blocks.len()), (text.chars().count(), 1));
        assert_eq!((second.blocks[0].start, second.blocks[0].kind), (12, "paragraph"));
        assert_eq!(part(text, 0..usize::MAX).text, text);
        assert_eq!(part(text, 900..1_000).text, "");
    }

    #[test]
    fn a_claim_tells_whom_it_is_about_its_condition_and_what_stands_around() {
        let mut corpus = fixture::corpus();
        let actor = corpus.actors[0].clone();
        let at = corpus.claims.iter().position(|it| it.matter.is_some()).unwrap();
        let claim = &mut corpus.claims[at];
        claim.matter.as_mut().unwrap().about = vec![actor.id.clone(), "nobody".to_owned()];
        claim.condition = Some(Condition { text: "if asked".to_owned(), start: 3, end: 11 });
        let claim = claim.clone();
        for document in &mut corpus.documents {
            document.license = Some("CC0-1.0".to_owned());
        }
        let site = Site::new(corpus, fixture::ontology(), Naming::default(), Manifest::default());
        let view = site.claim_view(at);
        let about: Vec<_> = view.about.iter().map(|it| (it.id, it.label)).collect();
        assert_eq!(about, [(&*actor.id, &*actor.label), ("nobody", "nobody")]);
        assert_eq!(view.condition, claim.condition.as_ref());
        let document = site.document(&claim.document).unwrap();
        let around = format!("{}{}{}", view.before, claim.quote, view.after);
        assert!(around.len() > claim.quote.len() && document.text.contains(&around));
        assert_eq!(site.document_view(document, None).license, Some("CC0-1.0"));
    }

    #[test]
    fn headings_and_items_are_told() {
        let text = "THE OFFER\n\nThe ministers said:\n\n- They met.\n- They parted.\n";
        let kinds: Vec<_> = part(text, 0..usize::MAX).blocks.iter().map(|it| it.kind).collect();
        assert_eq!(kinds, ["heading", "paragraph", "item", "item"]);
    }
}
