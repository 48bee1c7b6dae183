//! Actors of all documents: spelling variants become one, never two people one.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::civil::Date;

use super::constraints::{Constraints, once_each};
use super::corpus::{Actor, DocumentRecord};
use super::forms::{Merge, forms};
use super::knowledge::Knowledge;
use super::spelling::{PersonName, Sounds};
use super::words::words;
use crate::extract::Claim;
use crate::ontology::{ActorKind, KeyCollective, NameKind, WordClass};

/// Merges spelling variants, rewrites the participants of the claims, and lists
/// every actor with whom it acts for.
pub(super) fn resolve_actors(
    claims: &mut [Claim],
    documents: &[DocumentRecord],
    knowledge: &Knowledge<'_>,
    constraints: &mut Constraints<'_>,
) -> Vec<Actor> {
    constraints.look_at_names(claims);
    let mut merges = merges(claims, knowledge);
    add_forms(&mut merges, forms(claims, documents, knowledge));
    merges.retain(|(_, id), merge| !constraints.keep_apart(id, &merge.id));
    let mut by_id: HashMap<&str, HashMap<&str, &Merge>> = HashMap::new();
    for ((document, id), merge) in &merges {
        by_id.entry(id).or_default().insert(document, merge);
    }
    let mut reasons: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
    for claim in claims.iter_mut() {
        let Claim { document, agent, addressee, source, via, .. } = claim;
        for role in [agent, addressee, source, via] {
            let mut merged = false;
            for participant in role.iter_mut() {
                let Some(id) = &participant.id else { continue };
                let of_id = by_id.get(id.as_str());
                let merge = of_id.and_then(|it| it.get(document.as_str()).or_else(|| it.get("")));
                if let Some(merge) = merge {
                    let name = participant.label.take().unwrap_or_default();
                    reasons.entry(merge.id.clone()).or_default().insert((name, merge.why.clone()));
                    participant.id = Some(merge.id.clone());
                    participant.label = Some(merge.label.clone());
                    merged = true;
                }
                let actor = participant.id.as_ref().and_then(|i| knowledge.ontology.actor(i));
                if let Some(actor) = actor
                    && participant.label.as_ref() != Some(&actor.label)
                {
                    participant.label = Some(actor.label.clone());
                }
            }
            if merged {
                once_each(role);
            }
        }
    }
    constraints.merge_actors(claims, &mut reasons, knowledge.ontology);
    listed(claims, documents, &reasons, knowledge)
}

/// Id → whom that actor acts for.
pub(super) fn acts_for(actors: &[Actor]) -> BTreeMap<String, String> {
    actors.iter().filter_map(|a| Some((a.id.clone(), a.acts_for.clone()?))).collect()
}

/// Adds names that differ in form to those of people. Who is taken for somebody in all texts goes with
/// those who are taken for him.
fn add_forms(merges: &mut BTreeMap<(String, String), Merge>, forms: BTreeMap<String, Merge>) {
    for (id, form) in forms {
        merges.entry((String::new(), id)).or_insert(form);
    }
    let everywhere: BTreeMap<String, Merge> = merges
        .iter()
        .filter(|((document, _), _)| document.is_empty())
        .map(|((_, id), merge)| (id.clone(), merge.clone()))
        .collect();
    for ((_, id), merge) in merges.iter_mut() {
        // a name goes on to another at most a few times, and never back
        for _ in 0..4 {
            match everywhere.get(&merge.id).filter(|next| next.id != *id) {
                Some(next) => (merge.id, merge.label) = (next.id.clone(), next.label.clone()),
                None => break,
            }
        }
    }
}

/// A person of the texts or of the ontology.
struct Person {
    id: String,
    label: String,
    name: PersonName,
    documents: BTreeSet<String>,
    count: usize,
    known: bool,
}

/// (Document or "" for all, id) → whom it is taken for.
fn merges(claims: &[Claim], knowledge: &Knowledge<'_>) -> BTreeMap<(String, String), Merge> {
    let (people, sounds) = (people(claims, knowledge), Sounds::new(knowledge.ontology));
    let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, person) in people.iter().enumerate() {
        by_key.entry(sounds.key(&person.name)).or_default().push(i);
    }
    let mut merges = BTreeMap::new();
    // full names first: each goes to the best known person whom it fits, if it fits
    // no two people
    let mut taken_for: BTreeMap<usize, usize> = BTreeMap::new();
    for (i, person) in people.iter().enumerate() {
        if person.known || person.name.given.is_empty() {
            continue;
        }
        let fitting: Vec<usize> = by_key[&sounds.key(&person.name)]
            .iter()
            .copied()
            .filter(|&j| j != i && !people[j].name.given.is_empty())
            .filter(|&j| sounds.fit(&people[j].name, &person.name))
            .collect();
        let Some(best) = fitting.iter().copied().min_by_key(|&j| rank(&people[j])) else {
            continue;
        };
        let one = fitting.iter().all(|&j| sounds.fit(&people[j].name, &people[best].name));
        if one && rank(&people[best]) < rank(person) {
            taken_for.insert(i, best);
        }
    }
    for (&i, &first) in &taken_for {
        let mut best = first;
        while let Some(&next) = taken_for.get(&best) {
            best = next;
        }
        let why = format!("“{}” is a spelling of “{}”", people[i].label, people[best].label);
        let merge = Merge { id: people[best].id.clone(), label: people[best].label.clone(), why };
        merges.insert((String::new(), people[i].id.clone()), merge);
    }
    // then bare family names, document by document
    for person in people.iter().filter(|p| !p.known && p.name.given.is_empty()) {
        let fitting: Vec<usize> = by_key[&sounds.key(&person.name)]
            .iter()
            .copied()
            .filter(|&j| people[j].count > 0 && !people[j].name.given.is_empty())
            .filter(|&j| sounds.fit(&people[j].name, &person.name))
            .map(|j| taken_for.get(&j).copied().unwrap_or(j))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        for document in &person.documents {
            let here: Vec<usize> = fitting
                .iter()
                .copied()
                .filter(|&j| people[j].documents.contains(document))
                .collect();
            let (only, place) = match (&here[..], &fitting[..]) {
                ([only], _) => (*only, "in the text"),
                ([], [only]) => (*only, "in all texts"),
                _ => continue,
            };
            let why = format!("“{}”: the only person of that name {place}", person.label);
            let merge =
                Merge { id: people[only].id.clone(), label: people[only].label.clone(), why };
            merges.insert((document.clone(), person.id.clone()), merge);
        }
    }
    merges
}

/// Known people first, then the most mentioned, then the longest name.
fn rank(person: &Person) -> (bool, std::cmp::Reverse<usize>, std::cmp::Reverse<usize>, &str) {
    let parts = person.name.given.len();
    (!person.known, std::cmp::Reverse(person.count), std::cmp::Reverse(parts), &person.id)
}

fn people(claims: &[Claim], knowledge: &Knowledge<'_>) -> Vec<Person> {
    let mut found: HashMap<String, Person> = HashMap::new();
    for actor in knowledge.ontology.actors.iter().filter(|a| a.kind == ActorKind::Person) {
        let Some(name) = PersonName::read(&actor.label) else { continue };
        let person = Person {
            id: actor.id.clone(),
            label: actor.label.clone(),
            name,
            documents: BTreeSet::new(),
            count: 0,
            known: true,
        };
        found.insert(actor.id.clone(), person);
    }
    // Who is no person by id and label, so that it is asked once.
    let mut others: HashSet<(&str, &str)> = HashSet::new();
    for claim in claims {
        for participant in claim.participants() {
            let (Some(id), Some(label)) = (&participant.id, &participant.label) else { continue };
            if others.contains(&(id.as_str(), label.as_str())) {
                continue;
            }
            if !found.contains_key(id) {
                let is_other =
                    knowledge.ontology.actor(id).is_some() || knowledge.is_collective(label);
                let Some(name) = PersonName::read(label).filter(|_| !is_other) else {
                    others.insert((id, label));
                    continue;
                };
                let person = Person {
                    id: id.clone(),
                    label: label.clone(),
                    name,
                    documents: BTreeSet::new(),
                    count: 0,
                    known: false,
                };
                found.insert(id.clone(), person);
            }
            if let Some(person) = found.get_mut(id) {
                // claims come in the order of their documents
                if person.documents.last() != Some(&claim.document) {
                    person.documents.insert(claim.document.clone());
                }
                person.count += 1;
            }
        }
    }
    let mut people: Vec<Person> = found.into_values().collect();
    people.sort_by(|a, b| a.id.cmp(&b.id));
    people
}

/// All actors of the claims and whom they act for.
fn listed(
    claims: &[Claim],
    documents: &[DocumentRecord],
    reasons: &BTreeMap<String, BTreeSet<(String, String)>>,
    knowledge: &Knowledge<'_>,
) -> Vec<Actor> {
    let dates: HashMap<&str, Date> = documents
        .iter()
        .filter_map(|d| Some((d.id.as_str(), d.date.as_ref()?.parse().ok()?)))
        .collect();
    let mut names: HashMap<&str, HashMap<&str, usize>> = HashMap::new();
    let mut labels: HashMap<&str, &str> = HashMap::new();
    let mut last_seen: HashMap<&str, Date> = HashMap::new();
    for claim in claims {
        for participant in claim.participants() {
            let Some(id) = &participant.id else { continue };
            *names.entry(id).or_default().entry(&participant.text).or_default() += 1;
            let label = participant.name();
            let kept = labels.entry(id).or_insert(label);
            *kept = (*kept).min(label);
            if let Some(&date) = dates.get(claim.document.as_str()) {
                let last = last_seen.entry(id).or_insert(date);
                *last = (*last).max(date);
            }
        }
    }
    let mut actors: BTreeMap<String, Actor> = BTreeMap::new();
    for (id, counts) in names {
        let counts = counts
            .into_iter()
            .filter(|(name, _)| !knowledge.ontology.is_pronoun(&name.to_lowercase()));
        let mut counts: Vec<(String, usize)> =
            counts.map(|(name, n)| (name.to_owned(), n)).collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut actor = described(id, labels[id], last_seen.get(id).copied(), knowledge);
        actor.names = counts;
        actor.reasons = reasons.get(id).into_iter().flatten().cloned().collect();
        actors.insert(id.to_owned(), actor);
    }
    let whom = actors.values().filter_map(|a| a.acts_for.clone()).collect();
    let mut actors = actors.into_values().collect();
    listed_with(&mut actors, whom, knowledge);
    actors
}

/// Adds the actors of these ids where they are missing, and whom they act for, up to the state.
pub(super) fn listed_with(
    actors: &mut Vec<Actor>,
    ids: BTreeSet<String>,
    knowledge: &Knowledge<'_>,
) {
    let there: HashSet<&str> = actors.iter().map(|it| it.id.as_str()).collect();
    let mut added: BTreeMap<String, Actor> = BTreeMap::new();
    let mut open: Vec<String> = ids.into_iter().collect();
    while let Some(id) = open.pop() {
        if there.contains(id.as_str()) {
            continue;
        }
        if let Entry::Vacant(place) = added.entry(id) {
            let actor = described(place.key(), place.key(), None, knowledge);
            open.extend(actor.acts_for.clone());
            place.insert(actor);
        }
    }
    actors.extend(added.into_values());
    actors.sort_by(|a, b| a.id.cmp(&b.id));
}

/// What is known of an actor, or can be told from its label.
fn described(id: &str, label: &str, date: Option<Date>, knowledge: &Knowledge<'_>) -> Actor {
    let Some(known) = knowledge.ontology.actor(id) else {
        let (acts_for, kind) = told_by_label(label, knowledge);
        return Actor {
            id: id.to_owned(),
            label: label.to_owned(),
            kind,
            acts_for: acts_for.filter(|a| a != id),
            ..Actor::default()
        };
    };
    let role = knowledge.tenure(id, date).and_then(|tenure| {
        let office = knowledge.ontology.offices.iter().find(|o| o.id == tenure.office)?;
        let of = knowledge.ontology.actor(&tenure.of)?;
        Some(format!("{} of {}", office.label, of.label))
    });
    Actor {
        id: id.to_owned(),
        label: known.label.clone(),
        kind: known.kind.as_str().to_owned(),
        acts_for: knowledge.acts_for(id, date),
        wikidata: known.wikidata.clone(),
        role,
        ..Actor::default()
    }
}

/// Whom an unknown actor acts for and of what kind it is, as its label says:
/// "Russian forces", "White House aide".
fn told_by_label(label: &str, knowledge: &Knowledge<'_>) -> (Option<String>, String) {
    let label = knowledge.described_by_owner(label).unwrap_or(label);
    let parts = words(label);
    let last = parts.len().saturating_sub(1);
    let is = |class: WordClass| {
        let word = parts.get(last).map(|w| w.form.to_lowercase()).unwrap_or_default();
        let singular = word.strip_suffix('s').unwrap_or(&word);
        knowledge.ontology.is(&word, class) || knowledge.ontology.is(singular, class)
    };
    let owner = match knowledge.actor_at(&parts, 0) {
        Some((len, id, how)) if len <= last && how != NameKind::FamilyName => Some(id.to_owned()),
        _ => None,
    };
    let acts_for = owner.filter(|_| is(WordClass::ActorDelegate));
    let collective = knowledge.ontology.collectives.iter().find(|c| {
        let form = parts.get(last).map(|w| w.stem.as_str()).unwrap_or_default();
        c.names.iter().chain([&c.id]).any(|n| super::words::stem(n) == form)
    });
    let armed = collective
        .is_some_and(|c| c.id == KeyCollective::Forces || c.id == KeyCollective::Fighters);
    let capitalised = parts.last().is_some_and(super::words::Word::is_capitalised);
    let kind = if armed {
        ActorKind::Forces
    } else if is(WordClass::GroupNoun) {
        if capitalised { ActorKind::Organisation } else { ActorKind::Group }
    } else if is(WordClass::PersonNoun) || capitalised && !is_acronym(label) {
        let plural = label.ends_with('s') && !capitalised;
        if plural { ActorKind::Group } else { ActorKind::Person }
    } else if is_acronym(label) {
        ActorKind::Organisation
    } else {
        ActorKind::Group
    };
    (acts_for, kind.as_str().to_owned())
}

fn is_acronym(label: &str) -> bool {
    label.len() >= 2 && label.chars().all(|c| c.is_uppercase() || c == '.')
}
