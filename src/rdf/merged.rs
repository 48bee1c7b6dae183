use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, Quad};

use super::deeds::{Deed, deeds};
use super::fact::{english, fact, words};
use super::naming::{KNOWN_ACTORS, Naming, dm, term};
use super::parts::{Made, Part, THINGS, apart, listed, listed_once, one, together};
use super::{documents, sorted, stances, tenures, time};
use crate::decisions::{Record, Subject, VerdictKind};
use crate::extract::Claim;
use crate::ontology::Ontology;
use crate::resolve::{Actor, Attribute, Corpus, Dispute, DocumentRecord, Event, Matter};

/// The default graph: actors with their direct edges, disputed claims, decisions, what the edges rest
/// on, disputes, documents, events and matters, in the order of their IRIs, then who stands where.
pub(super) fn parts<'a>(
    corpus: &'a Corpus,
    ontology: &'a Ontology,
    naming: &'a Naming,
) -> Vec<Made<'a>> {
    let deeds = deeds(corpus, ontology);
    let mut edges: BTreeMap<&str, Vec<(NamedNode, NamedNode)>> = BTreeMap::new();
    for deed in &deeds {
        edges.entry(deed.actor()).or_default().push(deed.edge(naming));
    }
    let edges = Arc::new(edges);
    let here: HashSet<&str> = corpus.actors.iter().map(|it| it.id.as_str()).collect();
    let here = Arc::new(here);
    let actors = move |it: &'a Actor| {
        let edges = edges.get(it.id.as_str()).map_or(&[][..], Vec::as_slice);
        let mut quads = actor(it, edges, ontology, naming);
        let known = ontology.actor(&it.id);
        quads.extend(known.into_iter().flat_map(|it| tenures::quads(it, &here, ontology, naming)));
        sorted(quads)
    };
    let claims: HashMap<&str, &Claim> =
        corpus.claims.iter().map(|it| (it.id.as_str(), it)).collect();
    let claims = Arc::new(claims);
    let disputes = move |it: &'a Dispute| dispute(it, &claims, naming);
    let made = |parts: Vec<Part<'a>>| parts.into_iter().map(Made::from);
    let mut parts: Vec<Made<'a>> =
        made(listed(&corpus.actors, |it| naming.actor(&it.id), actors)).collect();
    parts.extend(made(of_claims(corpus, naming)));
    let decided = |it: &'a Record| decision(it, naming);
    parts.extend(made(listed(&corpus.decisions, |it| naming.decision(&it.id), decided)));
    parts.extend(of_deeds(deeds, naming));
    parts.extend(made(listed(&corpus.disputes, |it| naming.dispute(&it.id), disputes)));
    let documents = &corpus.documents;
    let read = |it: &'a DocumentRecord| documents::quads(it, naming);
    parts.extend(made(listed(documents, |it| naming.document(&it.id), read)));
    let events = |it: &'a Event| event(it, naming);
    parts.extend(listed_once("event", &corpus.events, |it| naming.event(&it.id), events));
    let graphs = |it: &'a DocumentRecord| documents::graph(it, naming);
    parts.extend(made(listed(documents, |it| naming.graph(&it.id), graphs)));
    let matters = |it: &'a Matter| matter(it, naming);
    parts.extend(listed_once("matter", &corpus.matters, |it| naming.matter(&it.id), matters));
    parts.push(one(|| people(corpus, naming)).into());
    parts.push(one(|| documents::program(naming)).into());
    parts.push(one(|| stances::quads(corpus, ontology, naming)).into());
    parts
}

/// The nodes of the direct edges, in the order of their IRIs.
fn of_deeds<'a>(deeds: Vec<Deed<'a>>, naming: &'a Naming) -> Vec<Made<'a>> {
    let mut deeds: Vec<(String, Deed<'a>)> =
        deeds.into_iter().map(|it| (it.name(naming).into_string(), it)).collect();
    deeds.sort_by(|a, b| a.0.cmp(&b.0));
    let told = |some: Vec<Deed<'a>>| {
        let some = Arc::new(some);
        let of = Arc::clone(&some);
        let said = (0..some.len()).flat_map(move |at| some[at].quads(naming));
        let quads: Part<'a> = Box::new(said);
        Made { quads, of: Some(Box::new(move || Deed::told(&of))) }
    };
    together(deeds.into_iter()).map(told).collect()
}

/// What is said of claims beside what their documents say, in the order of their ids: which others
/// they dispute, and what a person has decided.
fn of_claims<'a>(corpus: &'a Corpus, naming: &'a Naming) -> Vec<Part<'a>> {
    let (mut decided, mut disputed) = (decided_claims(corpus, naming), disputed_claims(corpus));
    let claims: BTreeSet<&str> = decided.keys().chain(disputed.keys()).copied().collect();
    let said = claims.into_iter().map(|claim| {
        let decided = decided.remove(claim).unwrap_or_default();
        (claim, decided, disputed.remove(claim).unwrap_or_default())
    });
    let told = |(claim, decided, others): (&str, Vec<(NamedNode, NamedNode)>, BTreeSet<&str>)| {
        let disputes = others.into_iter().map(|other| (dm("disputes"), naming.claim(other)));
        let facts = decided.into_iter().chain(disputes);
        sorted(facts.map(|(p, o)| fact(&naming.claim(claim), p, o.into())).collect())
    };
    apart(said, THINGS).map(|some| Box::new(some.into_iter().flat_map(told)) as Part<'a>).collect()
}

/// What is said of an actor but for its offices, in no order.
fn actor(
    actor: &Actor,
    edges: &[(NamedNode, NamedNode)],
    ontology: &Ontology,
    naming: &Naming,
) -> Vec<Quad> {
    let subject = naming.actor(&actor.id);
    let mut quads = vec![
        // Of every kind it is said that it is an actor, for those who do not reason.
        fact(&subject, rdf::TYPE.into(), dm("Actor").into()),
        fact(&subject, term("skos", "prefLabel"), english(&actor.label)),
    ];
    if !actor.kind.is_empty() {
        quads.push(fact(&subject, rdf::TYPE.into(), dm(&actor.kind).into()));
    }
    if let Some(known) = ontology.actor(&actor.id) {
        // The one that the ontology describes: the same in every graph.
        let same = NamedNode::new_unchecked(format!("{KNOWN_ACTORS}{}", known.id));
        if same != subject {
            quads.push(fact(&subject, term("skos", "exactMatch"), same.into()));
        }
        for name in known.names.iter().filter(|name| **name != actor.label) {
            quads.push(fact(&subject, term("skos", "altLabel"), english(name)));
        }
    }
    for (words_there, _) in &actor.names {
        quads.push(fact(&subject, dm("mention"), words(words_there)));
    }
    if let Some(whom) = &actor.acts_for {
        quads.push(fact(&subject, dm("actsFor"), naming.actor(whom).into()));
    }
    if let Some(item) = &actor.wikidata {
        quads.push(fact(&subject, term("skos", "exactMatch"), term("wd", item).into()));
    }
    if let Some(role) = &actor.role {
        quads.push(fact(&subject, term("dcterms", "description"), english(role)));
    }
    for (edge, target) in edges {
        quads.push(fact(&subject, edge.clone(), target.clone().into()));
    }
    quads
}

fn matter(matter: &Matter, naming: &Naming) -> Vec<Quad> {
    let subject = naming.matter(&matter.id);
    let mut quads = vec![
        fact(&subject, rdf::TYPE.into(), dm("Matter").into()),
        fact(&subject, term("skos", "prefLabel"), english(&matter.label)),
    ];
    for (words_there, _) in &matter.variants {
        quads.push(fact(&subject, dm("mention"), words(words_there)));
    }
    for issue in &matter.issues {
        quads.push(fact(&subject, dm("issue"), term("issue", issue).into()));
    }
    for (name, value) in &matter.attributes {
        quads.push(fact(&subject, dm("attribute"), words(&format!("{name}: {value}"))));
        if let Some(duration) = time::duration(value).filter(|_| *name == Attribute::Duration) {
            quads.push(fact(&subject, dm("duration"), duration.into()));
        }
    }
    for broader in &matter.broader {
        quads.push(fact(&subject, term("skos", "broader"), naming.matter(broader).into()));
    }
    for claim in &matter.claims {
        quads.push(fact(&subject, dm("supportedBy"), naming.claim(claim).into()));
    }
    for (claim, reason) in &matter.reasons {
        let note = words(&format!("{claim}: {reason}"));
        quads.push(fact(&subject, term("skos", "editorialNote"), note));
    }
    sorted(quads)
}

fn event(event: &Event, naming: &Naming) -> Vec<Quad> {
    let subject = naming.event(&event.id);
    let mut quads = vec![
        fact(&subject, rdf::TYPE.into(), dm("Event").into()),
        fact(&subject, term("skos", "prefLabel"), english(&event.label)),
        fact(&subject, dm("act"), term("act", &event.act).into()),
    ];
    for actor in &event.participants {
        quads.push(fact(&subject, term("sem", "hasActor"), naming.actor(actor).into()));
    }
    if let Some(time) = event.time.map(|time| time.to_string()) {
        quads.push(fact(&subject, dm("time"), time::typed(&time).into()));
        if let Some((from, until)) = time::bounds(&time) {
            quads.push(fact(&subject, dm("from"), from.into()));
            quads.push(fact(&subject, dm("until"), until.into()));
        }
    }
    if let Some(place) = &event.place {
        quads.push(fact(&subject, dm("place"), words(place)));
    }
    if let Some(whole) = &event.part_of {
        quads.push(fact(&subject, term("sem", "subEventOf"), naming.event(whole).into()));
    }
    for claim in &event.claims {
        quads.push(fact(&subject, dm("supportedBy"), naming.claim(claim).into()));
    }
    sorted(quads)
}

/// Voices that are actors are told as such beside their names.
fn dispute(dispute: &Dispute, claims: &HashMap<&str, &Claim>, naming: &Naming) -> Vec<Quad> {
    let subject = naming.dispute(&dispute.id);
    let mut quads = vec![
        fact(&subject, rdf::TYPE.into(), dm("Dispute").into()),
        fact(&subject, term("skos", "prefLabel"), english(&dispute.label)),
        fact(&subject, dm("disputeKind"), words(dispute.kind.as_str())),
    ];
    if let Some(matter) = &dispute.matter {
        quads.push(fact(&subject, dm("matter"), naming.matter(matter).into()));
    }
    for (at, side) in dispute.sides.iter().enumerate() {
        let node = naming.part("dispute", &dispute.id, &format!("side-{}", at + 1));
        quads.push(fact(&subject, dm("side"), node.clone().into()));
        quads.push(fact(&node, rdf::TYPE.into(), dm("Side").into()));
        quads.push(fact(&node, term("skos", "prefLabel"), english(&side.label)));
        for voice in side.voices.iter().filter(|voice| !voice.is_empty()) {
            quads.push(fact(&node, dm("voice"), words(voice)));
        }
        // Two actors may have one label: it is those of the side's own claims.
        let said = side.claims.iter().filter_map(|it| claims.get(it.as_str()));
        let people = said.flat_map(|claim| claim.source.iter().chain(&claim.agent));
        let holders = people.filter(|it| side.voices.iter().any(|voice| voice == it.name()));
        let holders = holders.filter_map(|it| it.id.as_deref());
        quads.extend(holders.map(|id| fact(&node, dm("heldBy"), naming.actor(id).into())));
        for claim in &side.claims {
            quads.push(fact(&node, dm("supportedBy"), naming.claim(claim).into()));
            quads.push(fact(&subject, dm("supportedBy"), naming.claim(claim).into()));
        }
    }
    sorted(quads)
}

/// For every claim that a person accepted, edited or added: by which decision, and whose.
fn decided_claims<'a>(
    corpus: &'a Corpus,
    naming: &Naming,
) -> BTreeMap<&'a str, Vec<(NamedNode, NamedNode)>> {
    let mut found: BTreeMap<&str, Vec<(NamedNode, NamedNode)>> = BTreeMap::new();
    for decision in &corpus.decisions {
        let how = match decision.kind {
            VerdictKind::Accept | VerdictKind::Edit => "wasInfluencedBy",
            VerdictKind::Add => "wasGeneratedBy",
            _ => continue,
        };
        for claim in &decision.about {
            let facts = found.entry(claim).or_default();
            facts.push((term("prov", how), naming.decision(&decision.id)));
            let whose = decision.by.as_ref().map(|by| naming.person(by));
            facts.extend(whose.map(|whose| (term("prov", "wasAttributedTo"), whose)));
        }
    }
    found
}

/// A decision is an activity of a person, like the reading of a document.
fn decision(decision: &Record, naming: &Naming) -> Vec<Quad> {
    let subject = naming.decision(&decision.id);
    let mut quads = vec![
        fact(&subject, rdf::TYPE.into(), dm("Decision").into()),
        fact(&subject, dm("decisionKind"), words(decision.kind.as_str())),
    ];
    for id in &decision.about {
        let thing = match decision.kind.subject() {
            Subject::Actor => naming.actor(id),
            Subject::Matter => naming.matter(id),
            Subject::Claim => naming.claim(id),
        };
        quads.push(fact(&subject, dm("decidedOn"), thing.into()));
    }
    if let Some(by) = &decision.by {
        quads.push(fact(&subject, term("prov", "wasAssociatedWith"), naming.person(by).into()));
    }
    if let Some(date) = &decision.when {
        quads.push(fact(&subject, term("dcterms", "date"), time::typed(date).into()));
    }
    if let Some(why) = &decision.why {
        quads.push(fact(&subject, rdfs::COMMENT.into(), words(why)));
    }
    for change in &decision.changes {
        quads.push(fact(&subject, dm("change"), words(change)));
    }
    sorted(quads)
}

/// Those who decided.
fn people(corpus: &Corpus, naming: &Naming) -> Vec<Quad> {
    let names: BTreeSet<&String> =
        corpus.decisions.iter().filter_map(|it| it.by.as_ref()).collect();
    let person = |name: &String| {
        let subject = naming.person(name);
        [
            fact(&subject, rdf::TYPE.into(), term("prov", "Person").into()),
            fact(&subject, rdfs::LABEL.into(), words(name)),
        ]
    };
    sorted(names.into_iter().flat_map(person).collect())
}

/// For every claim in a dispute that is told claim by claim, the claims of the other sides.
fn disputed_claims(corpus: &Corpus) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for dispute in &corpus.disputes {
        for (claims, others) in dispute.rivals() {
            for claim in claims {
                let rivals = others.iter().copied().filter(|o| o != claim);
                found.entry(claim).or_default().extend(rivals);
            }
        }
    }
    found
}
