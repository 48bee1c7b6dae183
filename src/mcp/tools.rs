//! What can be called.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::arguments::{Argument, Arguments, Kind};
use super::page::Page;
use crate::ask::Found;
use crate::export::{COLUMNS, Cell, Table};
use crate::extract::Claim;
use crate::graph::lookup;
use crate::rdf::Answer;
use crate::resolve::Dispute;
use crate::views::{Filter, Site};

/// A tool: its name, what it is for, what it takes, and what it does.
pub(super) struct Tool {
    pub name: &'static str,
    pub about: &'static str,
    pub arguments: &'static [Argument],
    pub call: Call,
}

/// What a tool does.
pub(super) enum Call {
    /// It reads the graph.
    Reads(fn(&Site, &Arguments) -> Result<Value, String>),
    /// It adds a text to it.
    Adds,
}

/// How long a query may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// The longest question, in characters.
const LONGEST: usize = 2_000;
/// How many claims stand with a side of a dispute, or a stance.
const WITNESSES: usize = 3;
/// How many quotes stand with an answer.
const QUOTES: usize = 3;
/// How many disputes stand with answers.
const DISPUTES: usize = 8;
/// How many items of a list are given unless told otherwise.
const LISTED: usize = 20;
/// The columns of the table of claims that a claim is told by.
const TOLD: [&str; 17] = [
    "claim",
    "date",
    "published",
    "who",
    "act",
    "to_whom",
    "what",
    "what_id",
    "according_to",
    "via",
    "status",
    "quote",
    "document",
    "line",
    "page",
    "start",
    "end",
];

const LIMIT: Argument = Argument::new("limit", Kind::Number, "how many at most (default 20)");
const OFFSET: Argument =
    Argument::new("offset", Kind::Number, "how many to skip: next_offset of the page before");
const ACTOR: Argument = Argument::new("actor", Kind::Text, "an actor, by id or name");
const MATTER: Argument = Argument::new("matter", Kind::Text, "a matter, by id or name");

/// All tools.
pub(super) const TOOLS: [Tool; 7] = [
    Tool {
        name: "ask",
        about: "Answers a question in English about who proposed, demanded, accepted, rejected, said \
                or did what, according to whom. Each answer has its quotes with document, offsets and \
                the claim that each is of. \
                An empty list of answers means that the texts do not say; `nearest` are sentences \
                that may help and answer nothing.",
        arguments: &[
            Argument::new("question", Kind::Text, "one question in English").required(),
            LIMIT,
            OFFSET,
        ],
        call: Call::Reads(ask),
    },
    Tool {
        name: "query",
        about: "Runs a SPARQL 1.1 SELECT, ASK, CONSTRUCT or DESCRIBE over the graph. Prefixes dm:, \
                act:, issue:, actor:, matter:, document: and others need not be declared; the \
                resource demarche://vocabulary lists acts and issues.",
        arguments: &[Argument::new("sparql", Kind::Text, "the query").required(), LIMIT, OFFSET],
        call: Call::Reads(query),
    },
    Tool {
        name: "show",
        about: "All that is known of an actor, matter, event, dispute, document or claim: what it \
                is, and a page of the claims that tell of it.",
        arguments: &[
            Argument::new("name", Kind::Text, "an id (actor/kremlin), a label, or words of one")
                .required(),
            LIMIT,
            OFFSET,
        ],
        call: Call::Reads(show),
    },
    Tool {
        name: "claims",
        about: "Claims that fit all that is given, in the order of the texts, each with its quote \
                and place.",
        arguments: &[
            ACTOR,
            Argument::new("role", Kind::Text, "of the actor: agent, addressee, source or via"),
            MATTER,
            Argument::new("act", Kind::Text, "id of an act: propose, demand, reject …"),
            Argument::new("status", Kind::Text, "actual, negated or unrealised"),
            Argument::new("voice", Kind::Text, "who says so: an actor, or author"),
            Argument::new("document", Kind::Text, "id of a document"),
            Argument::new("text", Kind::Text, "words that stand in it"),
            Argument::new("from", Kind::Text, "first day, 2025-03-18"),
            Argument::new("until", Kind::Text, "last day"),
            LIMIT,
            OFFSET,
        ],
        call: Call::Reads(claims),
    },
    Tool {
        name: "evidence",
        about: "Claims by their ids, with the words around the quote, who found them, how sure they \
                are and the disputes that they are part of.",
        arguments: &[Argument::new("claims", Kind::Texts, "ids of claims").required(), OFFSET],
        call: Call::Reads(evidence),
    },
    Tool {
        name: "disputes",
        about: "What the voices disagree on, the most telling first; each side with who says so and \
                its quotes. Neither side is taken for the truth.",
        arguments: &[ACTOR, MATTER, LIMIT, OFFSET],
        call: Call::Reads(disputes),
    },
    Tool {
        name: "stances",
        about: "Who stands where on which matter: for, against, conditional or open, with dates, \
                sources and quotes.",
        arguments: &[
            ACTOR,
            MATTER,
            Argument::new("changed", Kind::Flag, "only those who leaned otherwise at another date"),
            LIMIT,
            OFFSET,
        ],
        call: Call::Reads(stances),
    },
];

fn page(given: &Arguments) -> Page {
    Page {
        limit: given.number("limit").unwrap_or(LISTED).max(1),
        offset: given.number("offset").unwrap_or(0),
    }
}

/// A claim in few words.
fn told(site: &Site, table: &Table<'_>, at: usize) -> Value {
    let row = table.row(&site.corpus().claims[at]);
    let mut told = Map::new();
    for column in COLUMNS.iter().filter(|it| TOLD.contains(&it.name)) {
        let value = match column.cell(&row) {
            Cell::Empty => continue,
            Cell::Text(words) => json!(words),
            Cell::Integer(number) => json!(number),
            Cell::Number(number) => json!(number),
        };
        told.insert(column.name.to_owned(), value);
    }
    Value::Object(told)
}

/// Quotes of the first few of these claims.
fn witnesses(site: &Site, ids: &[String]) -> Value {
    let claims = ids.iter().filter_map(|id| site.claim(id)).take(WITNESSES);
    let quote = |it: &Claim| {
        json!({
            "claim": it.id, "document": it.document, "start": it.start, "end": it.end,
            "quote": it.quote,
        })
    };
    claims.map(quote).collect()
}

/// The id of the actor or matter that an argument names.
fn named(
    site: &Site,
    given: &Arguments,
    argument: &str,
    kind: &str,
) -> Result<Option<String>, String> {
    let Some(name) = given.text(argument) else { return Ok(None) };
    match lookup::of_kind(site.corpus(), name, kind).first() {
        Some(thing) => Ok(Some(thing.id().to_owned())),
        None => Err(unknown(site, name, kind)),
    }
}

fn unknown(site: &Site, name: &str, kind: &str) -> String {
    let alike = lookup::suggest(site.corpus(), name);
    match alike.is_empty() {
        true => format!("no {kind} in this graph is called {name:?}"),
        false => format!("no {kind} is called {name:?}; did you mean {}?", alike.join(", ")),
    }
}

fn ask(site: &Site, given: &Arguments) -> Result<Value, String> {
    let question = given.wanted("question");
    if question.chars().nth(LONGEST).is_some() {
        return Err(format!(
            "the question has more than {LONGEST} characters; ask in one sentence"
        ));
    }
    let answer = site.ask(question).map_err(|error| error.to_string())?;
    let found = answer.answers.iter().map(|it| answered(site, it));
    let mut told = page(given).of("answers", answer.answers.len(), found);
    told["question"] = json!(answer.question);
    told["understood"] = json!(answer.understood);
    // What goes for all of the answers stands on the first page.
    if told["offset"] == 0 {
        let disputes = answer.disputes.iter().take(DISPUTES).cloned().map(|mut dispute| {
            dispute.sides.iter_mut().for_each(|side| side.claims.truncate(WITNESSES));
            json!(dispute)
        });
        told["disputes"] = disputes.collect();
        told["disputes_total"] = json!(answer.disputes.len());
        if !answer.nearest.is_empty() {
            told["nearest"] = json!(answer.nearest);
        }
    }
    Ok(told)
}

/// An answer with its first quotes, each with the claim that it is the words of.
fn answered(site: &Site, found: &Found) -> Value {
    let claims: Vec<&Claim> = found.claims.iter().filter_map(|id| site.claim(id)).collect();
    let quotes = found.evidence.iter().take(QUOTES).map(|it| {
        let is_its = |claim: &&&Claim| {
            (claim.document.as_str(), claim.start, claim.end)
                == (it.document.as_str(), it.start, it.end)
        };
        let mut quote = json!(it);
        if let Some(claim) = claims.iter().find(is_its) {
            quote["claim"] = json!(claim.id);
        }
        quote
    });
    let quotes: Vec<Value> = quotes.collect();
    let mut told = json!(found);
    told["evidence"] = json!(quotes);
    told["claims_total"] = json!(found.claims.len());
    told["claims"] = found.claims.iter().take(crate::views::NAMED).cloned().collect();
    told
}

fn query(site: &Site, given: &Arguments) -> Result<Value, String> {
    let store = site.store().map_err(|error| error.to_string())?;
    let answer = store.query(given.wanted("sparql"), PATIENCE).map_err(|it| it.to_string())?;
    let page = page(given);
    Ok(match answer {
        Answer::Boolean(yes) => json!({ "answer": yes }),
        Answer::Rows { variables, rows } => {
            let row = |row: &Vec<Option<_>>| {
                let bound = variables.iter().zip(row);
                let short = bound.filter_map(|(variable, term)| {
                    let term = crate::rdf::short(term.as_ref()?, &site.naming);
                    Some((variable.as_str().to_owned(), Value::String(term)))
                });
                Value::Object(short.collect())
            };
            page.of("rows", rows.len(), rows.iter().map(row))
        }
        Answer::Triples(triples) => {
            page.of("triples", triples.len(), triples.iter().map(|it| json!(it.to_string())))
        }
    })
}

fn show(site: &Site, given: &Arguments) -> Result<Value, String> {
    let name = given.wanted("name");
    let found = lookup::find(site.corpus(), name);
    let Some((thing, others)) = found.split_first() else {
        return Err(unknown(site, name, "actor, matter, event, document, dispute or claim"));
    };
    let claims = thing.claims(site.corpus());
    let table = Table::new(site.corpus());
    let told = claims.iter().map(|at| told(site, &table, *at));
    let mut shown = page(given).of("claims", claims.len(), told);
    let view = match *thing {
        lookup::Thing::Actor(it) => json!(site.actor_view(it)),
        lookup::Thing::Matter(it) => json!(site.matter_view(it)),
        // Its text is a resource.
        lookup::Thing::Document(it) => json!(site.document_view(it, None)),
        other => json!(other),
    };
    shown["kind"] = thing.kind().into();
    shown["thing"] = view;
    if !others.is_empty() {
        let others = others.iter().take(8).map(|it| format!("{}/{}", it.kind(), it.id()));
        shown["see_also"] = others.collect();
    }
    Ok(shown)
}

pub(super) fn claims(site: &Site, given: &Arguments) -> Result<Value, String> {
    let mut wanted: Vec<(&str, String)> = Vec::new();
    for name in ["role", "act", "status", "document", "text", "from", "until"] {
        wanted.extend(given.text(name).map(|value| (name, value.to_owned())));
    }
    wanted.extend(named(site, given, "actor", "actor")?.map(|id| ("actor", id)));
    wanted.extend(named(site, given, "matter", "matter")?.map(|id| ("matter", id)));
    let voice = match given.text("voice") {
        Some("author") => Some("author".to_owned()),
        _ => named(site, given, "voice", "actor")?,
    };
    wanted.extend(voice.map(|id| ("voice", id)));
    let filter = Filter::read(wanted.iter().map(|(name, value)| (*name, value.as_str())))?;
    let (found, table) = (filter.claims(site), Table::new(site.corpus()));
    let told = found.iter().map(|at| told(site, &table, *at));
    Ok(page(given).of("claims", found.len(), told))
}

fn evidence(site: &Site, given: &Arguments) -> Result<Value, String> {
    let ids: Vec<&str> = given.texts("claims").collect();
    let lost: Vec<&str> = ids.iter().filter(|id| site.claim(id).is_none()).copied().collect();
    let found: Vec<usize> = ids.iter().filter_map(|id| site.claim_at(id)).collect();
    let all = found.iter().map(|at| json!(site.claim_view(*at)));
    let mut page = Page { limit: usize::MAX, ..page(given) }.of("claims", found.len(), all);
    if !lost.is_empty() {
        page["unknown"] = json!(lost);
    }
    Ok(page)
}

fn disputes(site: &Site, given: &Arguments) -> Result<Value, String> {
    let (actor, matter) =
        (named(site, given, "actor", "actor")?, named(site, given, "matter", "matter")?);
    let found = site.dispute_list(actor.as_deref(), matter.as_deref());
    let told = |it: &&Dispute| {
        let side = |side: &crate::resolve::Side| {
            json!({
                "holds": side.label, "voices": side.voices, "claims": side.claims.len(),
                "evidence": witnesses(site, &side.claims),
            })
        };
        let sides: Vec<Value> = it.sides.iter().map(side).collect();
        json!({
            "id": it.id, "kind": it.kind, "question": it.label, "matter": it.matter, "sides": sides,
        })
    };
    Ok(page(given).of("disputes", found.len(), found.iter().map(told)))
}

fn stances(site: &Site, given: &Arguments) -> Result<Value, String> {
    let (actor, matter) =
        (named(site, given, "actor", "actor")?, named(site, given, "matter", "matter")?);
    let changed = given.flag("changed");
    let found: Vec<_> = site.stance_views(actor.as_deref(), matter.as_deref(), changed).collect();
    let told = found.iter().map(|it| {
        let mut stance = json!(it);
        stance["evidence"] = witnesses(site, &it.claims);
        if let Some(stance) = stance.as_object_mut() {
            stance.remove("claims");
        }
        stance
    });
    Ok(page(given).of("stances", found.len(), told))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::graph::folder::Manifest;
    use crate::ontology::Ontology;
    use crate::rdf::Naming;

    fn called(name: &str, given: Value) -> Result<Value, String> {
        let (corpus, ontology) = (fixture::corpus(), fixture::ontology());
        let site = Site::new(corpus, ontology, Naming::default(), Manifest::default());
        let tool = TOOLS.iter().find(|it| it.name == name).unwrap();
        let given = Arguments::read(tool.arguments, given.as_object().unwrap().clone())?;
        let Call::Reads(call) = tool.call else { panic!("{name} reads nothing") };
        call(&site, &given)
    }

    #[test]
    fn claims_come_with_quote_and_place() {
        let page = called("claims", json!({ "actor": "Putin", "act": "reject" })).unwrap();
        assert_eq!(page["total"], 1);
        let claim = &page["claims"][0];
        let corpus = fixture::corpus();
        let text: Vec<char> =
            corpus.document(claim["document"].as_str().unwrap()).unwrap().text.chars().collect();
        let at = |name: &str| claim[name].as_u64().unwrap() as usize;
        let quote: String = text[at("start")..at("end")].iter().collect();
        assert_eq!(claim["quote"], quote);
        let before = text[..at("start")].iter().filter(|it| **it == '\n').count();
        assert_eq!(at("line"), before + 1);
    }

    #[test]
    fn lists_come_in_pages() {
        let first = called("claims", json!({ "limit": 10 })).unwrap();
        let next = first["next_offset"].as_u64().unwrap();
        let second = called("claims", json!({ "limit": 10, "offset": next })).unwrap();
        assert_ne!(first["claims"][0], second["claims"][0]);
        let last = called("claims", json!({ "limit": 10, "offset": 20 })).unwrap();
        assert!(last.get("next_offset").is_none());
        assert_eq!(last["claims"].as_array().unwrap().len(), 6);
    }

    #[test]
    fn answers_come_in_pages_and_each_quote_with_its_claim() {
        let ontology = Ontology::shipped().unwrap();
        let manifest = Manifest::default();
        let site = Site::new(fixture::corpus(), ontology, Naming::default(), manifest);
        let asked = |given: Value| {
            let given = Arguments::read(TOOLS[0].arguments, given.as_object().unwrap().clone());
            ask(&site, &given.unwrap()).unwrap()
        };
        let questions =
            ["Who rejected what?", "Who proposed a ceasefire?", "What did Putin reject?"];
        let answered = questions.map(|it| (it, asked(json!({ "question": it }))));
        let of_several = answered.into_iter().find(|(_, it)| it["total"].as_u64() > Some(1));
        let (question, whole) = of_several.unwrap();
        let total = whole["total"].as_u64().unwrap();
        assert!(whole["disputes"].is_array(), "{whole}");
        let corpus = fixture::corpus();
        for quote in whole["answers"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|it| it["evidence"].as_array().unwrap())
        {
            let id = quote["claim"].as_str().unwrap();
            let claim = corpus.claims.iter().find(|it| it.id == id).unwrap();
            assert_eq!(quote["quote"], claim.quote.as_str());
            assert_eq!(quote["document"], claim.document.as_str());
        }
        let mut paged = Vec::new();
        for offset in 0..total {
            let given = json!({ "question": question, "limit": 1, "offset": offset });
            let page = asked(given);
            assert_eq!(page.get("next_offset").is_some(), offset + 1 < total);
            assert_eq!(page.get("disputes").is_some(), offset == 0);
            paged.extend(page["answers"].as_array().unwrap().iter().cloned());
        }
        assert_eq!(json!(paged), whole["answers"]);
        let none = asked(json!({ "question": "Who bought a bicycle in Lisbon?" }));
        assert_eq!((&none["total"], &none["answers"]), (&json!(0), &json!([])));
    }

    #[test]
    fn a_name_that_nothing_has_is_told_with_what_is_alike() {
        let words = called("stances", json!({ "actor": "Puttin" })).unwrap_err();
        assert!(words.contains("Vladimir Putin"), "{words}");
        assert!(called("show", json!({ "name": "xyzzy" })).is_err());
        assert!(called("claims", json!({ "status": "maybe" })).is_err());
    }

    #[test]
    fn things_disputes_stances_and_rows_are_given() {
        let shown = called("show", json!({ "name": "Kremlin", "limit": 2 })).unwrap();
        assert_eq!((&shown["kind"], &shown["thing"]["id"]), (&json!("actor"), &json!("kremlin")));
        assert_eq!(shown["claims"].as_array().unwrap().len(), 2);
        let disputes = called("disputes", json!({})).unwrap();
        let sides = disputes["disputes"][0]["sides"].as_array().unwrap();
        assert!(sides.len() > 1 && sides.iter().all(|it| !it["evidence"][0]["quote"].is_null()));
        let stances = called("stances", json!({ "matter": "energy-truce" })).unwrap();
        assert!(stances["stances"][0]["evidence"][0]["claim"].is_string());
        let id = stances["stances"][0]["evidence"][0]["claim"].clone();
        let evidence = called("evidence", json!({ "claims": [id, "none"] })).unwrap();
        assert_eq!((&evidence["total"], &evidence["unknown"]), (&json!(1), &json!(["none"])));
        let query = "SELECT ?what { actor:vladimir-putin dm:rejected ?what }";
        let rows = called("query", json!({ "sparql": query })).unwrap();
        assert_eq!(rows["rows"][0]["what"], "matter:full-ceasefire");
        assert!(called("query", json!({ "sparql": "SELECT" })).is_err());
    }
}
