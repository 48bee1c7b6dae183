//! What can only be checked over all terms: names used and not declared, terms
//! without a class, cycles, and names that two actors share.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::class::WordClass;
use super::key::{KeyAct, KeyCollective, KeyIssue, KeyValue};
use super::names::plain;
use super::reader::Reader;
use super::statements::{Statement, Value};
use super::terms::{ActorKind, Ontology};
use super::vocabulary::{id_of, is_own, nearest};

/// Vocabularies of others that are closed, and of which files use what the program reads.
const SPOKEN: [&str; 4] = ["rdf:", "rdfs:", "skos:", "owl:"];
/// What they have to tell people something, which needs no reader.
const FOR_PEOPLE: [&str; 14] = [
    "skos:changeNote",
    "skos:closeMatch",
    "skos:editorialNote",
    "skos:example",
    "skos:historyNote",
    "skos:narrower",
    "skos:note",
    "skos:related",
    "skos:scopeNote",
    "rdfs:comment",
    "rdfs:isDefinedBy",
    "rdfs:seeAlso",
    "owl:sameAs",
    "owl:versionInfo",
];

/// Checks that need all terms; what is wrong goes to the reader's findings.
pub(super) fn check(reader: &mut Reader<'_>, ontology: &Ontology) {
    declared(reader);
    unread(reader);
    domains(reader);
    one_class_each(reader);
    one_term_an_id(reader, ontology);
    no_cycles(reader, ontology);
    shared_names(reader, ontology);
    shared_items(reader, ontology);
    classes_asked_for(reader, ontology);
    terms_named(reader, ontology);
    values_asked_for(reader, ontology);
}

/// Every class that the program asks for has words.
fn classes_asked_for(reader: &mut Reader<'_>, ontology: &Ontology) {
    for class in WordClass::ALL.iter().filter(|class| ontology.words_of(**class).is_empty()) {
        let what = "the program asks for this class, and no file has it";
        let valid = format!("word:{class} a dm:WordClass; or take it out of src/ontology/class.rs");
        reader.error(&format!("word:{class}"), "", what, &valid);
    }
}

/// Every term that the program names is there.
fn terms_named(reader: &mut Reader<'_>, ontology: &Ontology) {
    let has_collective = |id: &str| ontology.collectives.iter().any(|it| it.id == id);
    let acts = KeyAct::ALL.iter().map(|act| act.as_str()).filter(|id| ontology.act(id).is_none());
    let issues = KeyIssue::ALL.iter().map(|issue| issue.as_str());
    let issues = issues.filter(|id| ontology.issue(id).is_none());
    let collectives = KeyCollective::ALL.iter().map(|it| it.as_str());
    let missing = acts
        .map(|id| format!("act:{id}"))
        .chain(issues.map(|id| format!("issue:{id}")))
        .chain(collectives.filter(|id| !has_collective(id)).map(|id| format!("collective:{id}")));
    for term in missing {
        let what = "the program names this term, and no file has it";
        let valid = format!("{term}; or take it out of src/ontology/key.rs");
        reader.error(&term, "", what, &valid);
    }
}

/// Every value that the program asks for is one of its family.
fn values_asked_for(reader: &mut Reader<'_>, ontology: &Ontology) {
    for value in KeyValue::ALL {
        let family = value.family();
        if ontology.classes_of(family).any(|class| class.value == value.as_str()) {
            continue;
        }
        let what = format!("the program asks for this value of {family}, and no file has it");
        let valid = format!(
            "a dm:WordClass with dm:family \"{family}\" and dm:value \"{value}\"; or take it out of \
             src/ontology/key.rs"
        );
        reader.error(value.as_str(), "", &what, &valid);
    }
}

/// Every class and property of the program's own is declared in the ontology.
fn declared(reader: &mut Reader<'_>) {
    let statements = reader.statements;
    let declared: HashSet<&str> = statements
        .iter()
        .filter(|(name, said)| {
            name.starts_with("dm:") && said.iter().any(|s| s.property == "rdf:type")
        })
        .map(|(name, _)| name.as_str())
        .collect();
    let is_declared = |name: &str| declared.contains(name);
    let known: BTreeSet<&str> = declared.iter().copied().collect();
    let mut wrong: BTreeSet<(&str, &str, &str)> = BTreeSet::new();
    for (term, said) in statements {
        for Statement { property, value, .. } in said {
            if property.starts_with("dm:") && !is_declared(property) {
                wrong.insert((term, "property", property));
            }
            if let Value::Iri(class) = value
                && property == "rdf:type"
                && class.starts_with("dm:")
                && !is_declared(class)
            {
                wrong.insert((term, "class", class));
            }
        }
    }
    for (term, what, name) in wrong {
        let valid = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean {near}?"),
            None => format!(
                "core.ttl lists the {what} names; declare it with rdfs:label and rdfs:comment to add one"
            ),
        };
        let owner = owner(reader, term);
        reader.error(&owner, name, &format!("unknown {what} {name}"), &valid);
    }
}

/// A property of a user's file in a vocabulary that the shipped files speak, which none of them
/// uses: nothing reads it.
fn unread(reader: &mut Reader<'_>) {
    let (statements, sources) = (reader.statements, reader.sources);
    let said = || statements.iter().flat_map(|(term, said)| said.iter().map(move |it| (term, it)));
    let shipped = said().filter(|(_, it)| sources[it.file].layer == 0);
    let read: BTreeSet<&str> = shipped.map(|(_, it)| it.property.as_str()).collect();
    let is_spoken = |property: &str| SPOKEN.iter().any(|prefix| property.starts_with(prefix));
    let wrong: BTreeSet<(&str, &str)> = said()
        .filter(|(_, it)| sources[it.file].layer > 0)
        .map(|(term, it)| (term.as_str(), it.property.as_str()))
        .filter(|(_, it)| is_spoken(it) && !read.contains(it) && !FOR_PEOPLE.contains(it))
        .collect();
    for (term, property) in wrong {
        let prefix = property.split_inclusive(':').next().unwrap_or_default();
        let names = read.iter().filter(|it| it.starts_with(prefix)).copied();
        let valid = match nearest(property, names.clone()) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("one of {}", names.collect::<Vec<_>>().join(", ")),
        };
        let owner = owner(reader, term);
        let what = format!("unknown property {property}: nothing reads it");
        reader.warning(&owner, property, &what, &valid);
    }
}

/// The named term that a nameless node belongs to.
fn owner(reader: &Reader<'_>, term: &str) -> String {
    let mut name = term;
    for _ in 0..8 {
        if !name.starts_with("_:") {
            break;
        }
        let mut holders = reader.statements.iter();
        match holders.find(|(_, said)| said.iter().any(|s| s.value.text() == name)) {
            Some((holder, _)) => name = holder,
            None => break,
        }
    }
    name.to_owned()
}

/// A property is used only on the classes of its `rdfs:domain`.
fn domains(reader: &mut Reader<'_>) {
    let statements = reader.statements;
    let of = |term: &str, property: &str| -> Vec<&str> {
        let said = statements.get(term).map(Vec::as_slice).unwrap_or_default();
        said.iter().filter(|s| s.property == property).map(|s| s.value.text()).collect()
    };
    // Up the class tree: a dm:State is a dm:Actor.
    let with_parents = |term: &str| -> BTreeSet<String> {
        let mut classes: Vec<String> =
            of(term, "rdf:type").into_iter().map(str::to_owned).collect();
        let mut all = BTreeSet::new();
        while let Some(class) = classes.pop() {
            if all.insert(class.clone()) {
                classes.extend(of(&class, "rdfs:subClassOf").into_iter().map(str::to_owned));
            }
        }
        all
    };
    let domains: HashMap<&str, &str> = statements
        .keys()
        .filter(|p| p.starts_with("dm:"))
        .filter_map(|p| {
            let domain = of(p, "rdfs:domain").first().copied()?;
            domain.starts_with("dm:").then_some((p.as_str(), domain))
        })
        .collect();
    let mut wrong = Vec::new();
    let mut parents: BTreeMap<Vec<&str>, BTreeSet<String>> = BTreeMap::new();
    for (term, said) in statements {
        let types = of(term, "rdf:type");
        if types.is_empty() || !said.iter().any(|s| domains.contains_key(s.property.as_str())) {
            continue;
        }
        let classes = parents.entry(types).or_insert_with(|| with_parents(term));
        for statement in said {
            if let Some(domain) = domains.get(statement.property.as_str())
                && !classes.contains(*domain)
            {
                wrong.push((term, &statement.property, *domain));
            }
        }
    }
    for (term, property, domain) in wrong {
        let owner = owner(reader, term);
        let what = format!("{property} is said of something that is no {domain}");
        reader.warning(&owner, property, &what, &format!("a term of class {domain}"));
    }
}

/// A term of ours has a class, and of our classes only one.
fn one_class_each(reader: &mut Reader<'_>) {
    let mut wrong = Vec::new();
    for (term, said) in reader.statements {
        if term.starts_with("_:") || !is_own(term) {
            continue;
        }
        let mut types: Vec<&str> =
            said.iter().filter(|s| s.property == "rdf:type").map(|s| s.value.text()).collect();
        types.sort_unstable();
        types.dedup();
        let ours: Vec<&str> = types.iter().copied().filter(|t| t.starts_with("dm:")).collect();
        if types.is_empty() {
            wrong.push(term);
        } else if ours.len() > 1 {
            let what = format!("of more than one class: {}", ours.join(", "));
            reader.error(term, "", &what, "one class");
        }
    }
    for term in wrong {
        let prefix = &term[..=term.find(':').unwrap_or(0)];
        let siblings = reader.statements.iter().filter(|(t, said)| {
            t.starts_with(prefix) && *t != term && said.iter().any(|s| s.property == "rdf:type")
        });
        let near = nearest(term, siblings.map(|(t, _)| t.as_str()));
        let valid = match near {
            Some(near) => format!("one class, such as \"a dm:Person\"; or did you mean {near}?"),
            None => "one class, such as \"a dm:Person\"".to_owned(),
        };
        reader.error(term, "", "nothing says what class it is of", &valid);
    }
}

/// Terms of different namespaces may not end in the same id.
fn one_term_an_id(reader: &mut Reader<'_>, ontology: &Ontology) {
    let lists = [
        ("dm:Act", ontology.acts.iter().map(|t| t.id.as_str()).collect::<Vec<_>>()),
        ("dm:Actor", ontology.actors.iter().map(|t| t.id.as_str()).collect()),
        ("dm:Office", ontology.offices.iter().map(|t| t.id.as_str()).collect()),
        ("dm:Collective", ontology.collectives.iter().map(|t| t.id.as_str()).collect()),
        ("skos:Concept", ontology.issues.iter().map(|t| t.id.as_str()).collect()),
    ];
    for (class, ids) in lists {
        for pair in ids.windows(2).filter(|pair| pair[0] == pair[1]) {
            let mut terms = reader.instances(class).into_iter().filter(|t| id_of(t) == pair[0]);
            if let Some(term) = terms.next_back() {
                reader.error(
                    term,
                    "",
                    &format!("a second term with the id \"{}\"", pair[0]),
                    "one term an id",
                );
            }
        }
    }
}

fn no_cycles(reader: &mut Reader<'_>, ontology: &Ontology) {
    let broader: BTreeMap<&str, Vec<&str>> = ontology
        .issues
        .iter()
        .map(|i| (i.id.as_str(), i.broader.iter().map(String::as_str).collect()))
        .collect();
    let acts_for: BTreeMap<&str, Vec<&str>> = ontology
        .actors
        .iter()
        .map(|a| (a.id.as_str(), a.acts_for.iter().map(String::as_str).collect()))
        .collect();
    for (property, prefix, edges) in
        [("skos:broader", "issue", broader), ("dm:actsFor", "actor", acts_for)]
    {
        for id in on_cycles(&edges) {
            let terms: Vec<&str> =
                reader.statements.keys().map(String::as_str).filter(|t| id_of(t) == id).collect();
            let own = format!("{prefix}:{id}");
            let term = terms.iter().find(|t| **t == own).or(terms.first()).copied().unwrap_or(&own);
            let what = format!("{property} leads back to the term itself");
            reader.error(term, property, &what, "a tree without cycles");
        }
    }
}

/// The ids from which a way of one or more edges leads back to themselves.
fn on_cycles<'a>(edges: &BTreeMap<&'a str, Vec<&'a str>>) -> Vec<&'a str> {
    let leads_back = |start: &str| {
        let mut ahead: Vec<&str> = edges[start].clone();
        let mut seen = BTreeSet::new();
        while let Some(id) = ahead.pop() {
            if id == start {
                return true;
            }
            if seen.insert(id) {
                ahead.extend(edges.get(id).into_iter().flatten());
            }
        }
        false
    };
    edges.keys().copied().filter(|id| leads_back(id)).collect()
}

/// Two actors with one full name cannot be told apart. Shared family names,
/// adjectives and demonyms are normal and are left to the reading of the text.
fn shared_names(reader: &mut Reader<'_>, ontology: &Ontology) {
    let mut owners: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for actor in ontology.actors.iter().filter(|a| a.kind != ActorKind::Place) {
        let label = (!actor.yields_label).then_some(&actor.label);
        for name in label.into_iter().chain(&actor.names) {
            // A bare family name among a person's other names is as ambiguous as any.
            if actor.kind == ActorKind::Person && !name.contains([' ', '-']) {
                continue;
            }
            owners.entry(plain(name)).or_default().insert(&actor.id);
        }
    }
    for (name, ids) in owners.iter().filter(|(_, ids)| ids.len() > 1) {
        let last = ids.last().copied().unwrap_or_default();
        let term = format!("actor:{last}");
        let others: Vec<&str> = ids.iter().copied().filter(|id| *id != last).collect();
        let what = format!("the name \"{name}\" also belongs to {}", others.join(", "));
        reader.warning(&term, "skos:altLabel", &what, "a name for one actor");
    }
}

/// Two actors that match one Wikidata item are one actor, or one match is wrong.
fn shared_items(reader: &mut Reader<'_>, ontology: &Ontology) {
    let mut first: HashMap<&str, &str> = HashMap::new();
    for actor in &ontology.actors {
        let Some(item) = &actor.wikidata else { continue };
        if let Some(other) = first.insert(item, &actor.id) {
            let what = format!("{other} also matches the Wikidata item {item}");
            reader.warning(&format!("actor:{}", actor.id), item, &what, "an item for one actor");
        }
    }
}
