//! The corpus back from its RDF, over an endpoint.

use std::collections::BTreeMap;

use oxigraph::model::Term;

use super::naming::{Naming, term};
use super::{Answer, Endpoint, EndpointError};
use crate::extract::{Claim, Condition, MatterMention, Participant, Status};
use crate::resolve::{
    Actor, Attribute, Corpus, Dispute, DisputeKind, DocumentRecord, Event, Matter, Side,
};

/// What is said of one subject: values by the names of properties, `skos:altLabel`.
type Facts = BTreeMap<String, Vec<Term>>;

/// How many claims are asked for by name in one query; above, all are fetched.
const NAMED: usize = 1000;

impl Endpoint {
    /// The endpoint with the IRIs that its claims have.
    ///
    /// # Errors
    /// When it cannot be asked, or holds no claim.
    pub fn discover(self) -> Result<Self, EndpointError> {
        let rows = self.rows("SELECT ?claim { ?claim a dm:Claim } LIMIT 1")?;
        let iri = rows.first().and_then(|row| Some(text(row.first()?.as_ref()?)));
        let naming = iri
            .and_then(|iri| Naming::new(iri.rsplit_once("claim/")?.0).ok())
            .ok_or_else(|| {
                self.no_graph(
                    "there is no dm:Claim in its default graph; load what `demarche export` writes",
                )
            })?;
        Ok(self.with_naming(naming))
    }

    /// Everything but the claims: actors, matters, events, documents without texts,
    /// disputes.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub fn things(&self) -> Result<Corpus, EndpointError> {
        let actors = self.facts(
            "actor",
            None,
            "skos:prefLabel skos:altLabel dm:mention dm:actsFor dcterms:description rdf:type",
        )?;
        let matters = self.facts(
            "matter",
            None,
            "skos:prefLabel skos:altLabel dm:mention dm:issue dm:attribute skos:broader dm:supportedBy",
        )?;
        let events = self.facts(
            "event",
            None,
            "skos:prefLabel dm:act sem:hasActor dm:time dm:place sem:subEventOf dm:supportedBy",
        )?;
        let documents =
            self.facts("document", None, "rdf:type dcterms:title dcterms:creator dm:date")?;
        let disputes = self.facts(
            "dispute",
            None,
            "skos:prefLabel dm:disputeKind dm:matter dm:voice dm:supportedBy",
        )?;
        Ok(Corpus {
            actors: actors.iter().map(|(id, facts)| actor(id, facts)).collect(),
            matters: matters.iter().map(|(id, facts)| matter(id, facts)).collect(),
            events: events.iter().map(|(id, facts)| event(id, facts)).collect(),
            documents: documents
                .iter()
                // `001#reading` is no document.
                .filter(|(id, _)| !id.contains('#'))
                .map(|(id, facts)| document(id, facts))
                .collect(),
            decisions: Vec::new(),
            disputes: disputes
                .iter()
                .filter(|(id, _)| !id.contains('#'))
                .map(|(id, facts)| dispute(id, facts, &disputes))
                .collect(),
            claims: Vec::new(),
        })
    }

    /// The claims of these ids, or all, in the words that `things` has for them;
    /// sorted by document and offset.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub fn claims(
        &self,
        ids: Option<&[String]>,
        things: &Corpus,
    ) -> Result<Vec<Claim>, EndpointError> {
        let ids = ids.filter(|ids| ids.len() <= NAMED);
        let found = self.facts(
            "claim",
            ids,
            "dm:act dm:status dm:agent dm:addressee dm:accordingTo dm:via dm:agentText dm:matter \
             dm:matterText dm:time dm:trigger dm:quote dm:inDocument dm:confidence dm:extractor \
             oa:start oa:end dm:text dm:actor",
        )?;
        let mut claims: Vec<Claim> = found
            .iter()
            .filter(|(id, _)| !id.contains('#'))
            .map(|(id, facts)| claim(id, facts, &found, things))
            .collect();
        claims.sort_by(|a, b| {
            (&a.document, a.start, a.end, &a.id).cmp(&(&b.document, b.start, b.end, &b.id))
        });
        Ok(claims)
    }

    /// What is said of things of one kind, by id, in these properties.
    fn facts(
        &self,
        kind: &str,
        ids: Option<&[String]>,
        properties: &str,
    ) -> Result<BTreeMap<String, Facts>, EndpointError> {
        let space = format!("{}{kind}/", self.naming().base());
        let subjects = match ids {
            Some(ids) => {
                let list = |part: &str| -> String {
                    let named =
                        |id: &String| format!("<{}{part}> ", self.naming().claim(id).as_str());
                    ids.iter().map(named).collect()
                };
                format!(
                    "{{ VALUES ?s {{ {}{}}} }} UNION {{ VALUES ?whole {{ {}}} ?whole \
                     dm:participant ?s }}",
                    list(""),
                    list("#position"),
                    list("")
                )
            }
            None => String::new(),
        };
        let query = format!(
            "SELECT ?s ?p ?o {{ {subjects} VALUES ?p {{ {properties} }} ?s ?p ?o . \
             FILTER (STRSTARTS(STR(?s), \"{space}\")) }}"
        );
        let names: BTreeMap<String, &str> = properties
            .split_whitespace()
            .filter_map(|name| {
                let (prefix, local) = name.split_once(':')?;
                Some((term(prefix, local).into_string(), name))
            })
            .collect();
        let mut found: BTreeMap<String, Facts> = BTreeMap::new();
        for row in self.rows(&query)? {
            let [Some(subject), Some(property), Some(value)] = row.as_slice() else { continue };
            let (Some(id), Some(name)) =
                (text(subject).strip_prefix(&space).map(unescape), names.get(text(property)))
            else {
                continue;
            };
            let facts = found.entry(id).or_default();
            facts.entry((*name).to_owned()).or_default().push(value.clone());
        }
        for facts in found.values_mut() {
            for values in facts.values_mut() {
                values.sort_by_cached_key(ToString::to_string);
            }
        }
        Ok(found)
    }

    fn rows(&self, query: &str) -> Result<Vec<Vec<Option<Term>>>, EndpointError> {
        match self.query(query)? {
            Answer::Rows { rows, .. } => Ok(rows),
            _ => Err(self.no_graph("it gives no rows for a SELECT")),
        }
    }

    fn no_graph(&self, reason: &str) -> EndpointError {
        EndpointError::Answer { url: self.url().to_owned(), reason: reason.to_owned() }
    }
}

/// The words of a literal, or an IRI.
fn text(term: &Term) -> &str {
    match term {
        Term::NamedNode(node) => node.as_str(),
        Term::Literal(literal) => literal.value(),
        _ => "",
    }
}

/// The id in the IRI of a thing or term: what follows the last `/` or `#`, unescaped.
///
/// # Example
/// ```
/// use demarche::rdf::{Naming, id};
///
/// assert_eq!(id(&Naming::default().document("a b").into()), "a b");
/// ```
pub fn id(term: &Term) -> String {
    unescape(text(term).rsplit(['#', '/']).next().unwrap_or_default())
}

fn unescape(local: &str) -> String {
    percent_encoding::percent_decode_str(local).decode_utf8_lossy().into_owned()
}

fn all<'a>(facts: &'a Facts, property: &str) -> &'a [Term] {
    facts.get(property).map_or(&[], Vec::as_slice)
}

fn ids(facts: &Facts, property: &str) -> Vec<String> {
    all(facts, property).iter().map(id).collect()
}

fn one(facts: &Facts, property: &str) -> Option<String> {
    all(facts, property).first().map(|term| text(term).to_owned())
}

/// The label, then other words; how often they stand in the texts is not exported. Graphs that
/// earlier versions exported have them as other labels.
fn names(facts: &Facts) -> Vec<(String, usize)> {
    let others = Some(all(facts, "dm:mention")).filter(|mentions| !mentions.is_empty());
    let others = others.unwrap_or_else(|| all(facts, "skos:altLabel"));
    let label = all(facts, "skos:prefLabel");
    let labels =
        label.iter().chain(others.iter().filter(|it| !label.iter().any(|l| text(l) == text(it))));
    labels.map(|name| (text(name).to_owned(), 1)).collect()
}

fn label(id: &str, facts: &Facts) -> String {
    one(facts, "skos:prefLabel").unwrap_or_else(|| id.to_owned())
}

fn actor(id: &str, facts: &Facts) -> Actor {
    // It is an actor, and some kind of actor.
    let mut kinds = ids(facts, "rdf:type");
    kinds.sort_by_key(|kind| kind == "Actor");
    Actor {
        id: id.to_owned(),
        label: label(id, facts),
        kind: kinds.into_iter().next().unwrap_or_default(),
        names: names(facts),
        acts_for: ids(facts, "dm:actsFor").pop(),
        role: one(facts, "dcterms:description"),
        ..Actor::default()
    }
}

fn matter(id: &str, facts: &Facts) -> Matter {
    let attribute = |value: &Term| {
        let (name, value) = text(value).split_once(": ")?;
        Some((Attribute::named(name)?, value.to_owned()))
    };
    Matter {
        id: id.to_owned(),
        label: label(id, facts),
        issues: ids(facts, "dm:issue"),
        attributes: all(facts, "dm:attribute").iter().filter_map(attribute).collect(),
        variants: names(facts),
        broader: ids(facts, "skos:broader"),
        claims: ids(facts, "dm:supportedBy"),
        reasons: Vec::new(),
    }
}

fn event(id: &str, facts: &Facts) -> Event {
    Event {
        id: id.to_owned(),
        label: label(id, facts),
        act: ids(facts, "dm:act").pop().unwrap_or_default(),
        participants: ids(facts, "sem:hasActor"),
        time: one(facts, "dm:time").and_then(|time| time.parse().ok()),
        place: one(facts, "dm:place"),
        claims: ids(facts, "dm:supportedBy"),
        part_of: ids(facts, "sem:subEventOf").pop(),
    }
}

fn document(id: &str, facts: &Facts) -> DocumentRecord {
    DocumentRecord {
        id: id.to_owned(),
        title: one(facts, "dcterms:title"),
        author: one(facts, "dcterms:creator"),
        date: one(facts, "dm:date"),
        license: one(facts, "dcterms:license"),
        ..DocumentRecord::default()
    }
}

fn dispute(id: &str, facts: &Facts, disputes: &BTreeMap<String, Facts>) -> Dispute {
    let sides = (1..).map_while(|at| {
        let facts = disputes.get(&format!("{id}#side-{at}"))?;
        let voices: Vec<String> =
            all(facts, "dm:voice").iter().map(|voice| text(voice).to_owned()).collect();
        Some(Side { label: label("", facts), voices, claims: ids(facts, "dm:supportedBy") })
    });
    Dispute {
        id: id.to_owned(),
        kind: one(facts, "dm:disputeKind")
            .and_then(|kind| DisputeKind::named(&kind))
            .unwrap_or_default(),
        label: label(id, facts),
        matter: ids(facts, "dm:matter").pop(),
        sides: sides.collect(),
    }
}

/// Those in one role of a claim, as its nodes say it.
fn participants<'f>(
    nodes: impl Iterator<Item = &'f Facts>,
    direct: impl FnOnce() -> Vec<String>,
    things: &Corpus,
) -> Vec<Participant> {
    let label_of = |id: &str| {
        let at = things.actors.binary_search_by(|actor| actor.id.as_str().cmp(id)).ok()?;
        Some(things.actors[at].label.clone())
    };
    let node = |facts: &Facts| {
        let id = ids(facts, "dm:actor").pop();
        let text = one(facts, "dm:text").unwrap_or_default();
        Participant { label: id.as_deref().and_then(label_of), id, text }
    };
    let listed: Vec<Participant> = nodes.map(node).collect();
    if !listed.is_empty() {
        return listed;
    }
    // Graphs that earlier versions exported have no nodes, only direct triples.
    let participant = |id: String| {
        let label = label_of(&id);
        let text = label.clone().unwrap_or_else(|| id.clone());
        Participant { id: Some(id), label, text }
    };
    direct().into_iter().map(participant).collect()
}

fn claim(claim: &str, facts: &Facts, found: &BTreeMap<String, Facts>, things: &Corpus) -> Claim {
    let position = found.get(&format!("{claim}#position"));
    let number = |name: &str| {
        position.and_then(|facts| one(facts, name)).and_then(|n| n.parse().ok()).unwrap_or(0)
    };
    let (start, end) = (number("oa:start"), number("oa:end"));
    let words = |name: &str| one(facts, name).unwrap_or_default();
    let (quote, trigger) = (words("dm:quote"), words("dm:trigger"));
    // Offsets inside the quote are not exported; the first such words are taken.
    let within = |part: &str| {
        let at = quote.find(part).map(|byte| start + quote[..byte].chars().count());
        at.map_or((start, start), |at| (at, at + part.chars().count()))
    };
    let role = |role: &str, property: &str| {
        let nodes = (1..).map_while(|at| found.get(&format!("{claim}#{role}-{at}")));
        participants(nodes, || ids(facts, property), things)
    };
    let mut agent = role("agent", "dm:agent");
    // Agents whom nobody knew are kept in their words.
    if agent.is_empty() {
        let unknown = |text: &str| Participant { id: None, label: None, text: text.to_owned() };
        agent = all(facts, "dm:agentText").iter().map(|term| unknown(text(term))).collect();
    }
    let matter = one(facts, "dm:matterText").map(|text| {
        let (start, end) = within(&text);
        let id = ids(facts, "dm:matter").pop();
        let known = id.as_ref().and_then(|id| {
            let at = things.matters.binary_search_by(|matter| matter.id.cmp(id)).ok()?;
            Some(&things.matters[at])
        });
        MatterMention {
            text,
            start,
            end,
            id,
            label: known.map(|matter| matter.label.clone()),
            issues: known.map(|matter| matter.issues.clone()).unwrap_or_default(),
            about: ids(facts, "dm:about"),
        }
    });
    // It need not stand in the quote.
    let condition = one(facts, "dm:condition").map(|text| {
        let (start, end) = within(&text);
        Condition { text, start, end }
    });
    let (trigger_start, trigger_end) = within(&trigger);
    Claim {
        id: claim.to_owned(),
        document: ids(facts, "dm:inDocument").pop().unwrap_or_default(),
        start,
        end,
        trigger,
        trigger_start,
        trigger_end,
        act: ids(facts, "dm:act").pop().unwrap_or_default(),
        status: match words("dm:status").as_str() {
            "negated" => Status::Negated,
            "unrealised" => Status::Unrealised,
            _ => Status::Actual,
        },
        agent,
        addressee: role("addressee", "dm:addressee"),
        source: role("source", "dm:accordingTo"),
        via: role("via", "dm:via"),
        matter,
        condition,
        time: one(facts, "dm:time").and_then(|time| time.parse().ok()),
        confidence: words("dm:confidence").parse().unwrap_or(0.0),
        extractor: words("dm:extractor"),
        evidence: Default::default(),
        quote,
    }
}
