//! Names of one body that differ in form alone: "US Commission" and "United States Commission", "NHL"
//! and "National Hockey League", "Brackwell" and "Brackwell Group", "Tolmerian" and "Tolmeria".

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::corpus::DocumentRecord;
use super::knowledge::Knowledge;
use super::words::{Word, words};
use crate::extract::Claim;
use crate::ontology::{NameKind, WordClass, kebab};

/// Letters of a state's name that its adjective keeps, at least.
const SHORTEST_STEM: usize = 4;
/// Letters of the shortest abbreviation that is looked for.
const SHORTEST_ACRONYM: usize = 3;

/// Whom a name is taken for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Merge {
    /// Id of the actor.
    pub id: String,
    /// Its label.
    pub label: String,
    /// The reason.
    pub why: String,
}

/// An actor that the ontology does not know.
struct Unknown<'c> {
    label: &'c str,
    words: Vec<Word>,
    documents: BTreeSet<&'c str>,
}

/// Id → whom the name is taken for. Never two bodies for one: of several that fit it is none.
pub(super) fn forms(
    claims: &[Claim],
    documents: &[DocumentRecord],
    knowledge: &Knowledge<'_>,
) -> BTreeMap<String, Merge> {
    let unknown = unknown(claims, knowledge);
    let mut found = known_names(&unknown, knowledge);
    let meant = meant(&unknown, claims);
    for (id, merge) in adjectives(&unknown, &meant, knowledge)
        .into_iter()
        .chain(acronyms(&unknown, documents))
        .chain(short_names(&unknown, meant, knowledge))
    {
        found.entry(id).or_insert(merge);
    }
    let loops = |id: &String, merge: &Merge| found.get(&merge.id).is_some_and(|it| it.id == *id);
    let back: Vec<String> =
        found.iter().filter(|(id, merge)| loops(id, merge)).map(|(id, _)| id.clone()).collect();
    for id in back {
        found.remove(&id);
    }
    found
}

fn unknown<'c>(claims: &'c [Claim], knowledge: &Knowledge<'_>) -> BTreeMap<&'c str, Unknown<'c>> {
    let mut found: HashMap<&str, Unknown<'_>> = HashMap::new();
    let mut known: HashSet<&str> = HashSet::new();
    for claim in claims {
        for participant in claim.participants() {
            let (Some(id), Some(label)) = (&participant.id, &participant.label) else { continue };
            if known.contains(id.as_str()) {
                continue;
            }
            if !found.contains_key(id.as_str()) {
                if knowledge.ontology.actor(id).is_some() {
                    known.insert(id);
                    continue;
                }
                let actor = Unknown { label, words: words(label), documents: BTreeSet::new() };
                found.insert(id, actor);
            }
            if let Some(actor) = found.get_mut(id.as_str()) {
                // claims come in the order of their documents
                if actor.documents.last() != Some(&claim.document.as_str()) {
                    actor.documents.insert(&claim.document);
                }
            }
        }
    }
    found.into_iter().collect()
}

fn taken_for(id: &str, label: &str, why: String) -> Merge {
    Merge { id: id.to_owned(), label: label.to_owned(), why }
}

/// "US Commission on Peace", "U.S. Commission on Peace": names that begin with names of one actor
/// that the ontology knows and go on alike; the longest is kept.
fn known_names(
    unknown: &BTreeMap<&str, Unknown<'_>>,
    knowledge: &Knowledge<'_>,
) -> BTreeMap<String, Merge> {
    let mut alike: BTreeMap<(&str, String), Vec<(&str, &str)>> = BTreeMap::new();
    for (&id, actor) in unknown {
        let Some((length, whom, how)) = knowledge.actor_at(&actor.words, 0) else { continue };
        // an American commission need not be the one of the United States
        if how != NameKind::Name || length >= actor.words.len() {
            continue;
        }
        let rest: Vec<&str> = actor.words[length..].iter().map(|it| it.form.as_str()).collect();
        alike.entry((whom, kebab(&rest.join(" ")))).or_default().push((id, actor.label));
    }
    let mut found = BTreeMap::new();
    for same in alike.into_values() {
        let longest = same
            .iter()
            .max_by(|(_, a), (_, b)| (a.chars().count(), a).cmp(&(b.chars().count(), b)));
        let Some(&(kept, label)) = longest else { continue };
        for (id, other) in same.iter().filter(|(id, _)| *id != kept) {
            let why = format!("“{other}” is “{label}” with a shorter name in it");
            found.insert((*id).to_owned(), taken_for(kept, label, why));
        }
    }
    found
}

/// "Tolmerian" where Tolmeria is an actor of the same text, or where another text means it so.
fn adjectives(
    unknown: &BTreeMap<&str, Unknown<'_>>,
    meant: &BTreeMap<String, BTreeSet<&str>>,
    knowledge: &Knowledge<'_>,
) -> BTreeMap<String, Merge> {
    let mut by_stem: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let single = || unknown.iter().filter(|(_, actor)| actor.words.len() == 1);
    for (&id, actor) in single() {
        let short = actor.label.trim_end_matches(['a', 'e', 'i', 'o', 'u', 'y']);
        for stem in BTreeSet::from([actor.label, short]) {
            by_stem.entry(stem).or_default().push(id);
        }
    }
    let endings = knowledge.ontology.words_of(WordClass::DemonymEnding);
    let mut found = BTreeMap::new();
    for (&id, actor) in single() {
        let stems = endings.iter().filter_map(|it| actor.label.strip_suffix(it.as_str()));
        let fits = |state: &&str| {
            let here = !unknown[*state].documents.is_disjoint(&actor.documents);
            *state != id && (here || meant.get(id).is_some_and(|it| it.contains(state)))
        };
        let states: BTreeSet<&str> = stems
            .filter(|stem| stem.chars().count() >= SHORTEST_STEM)
            .filter_map(|stem| by_stem.get(stem))
            .flatten()
            .copied()
            .filter(fits)
            .collect();
        if let [state] = states.into_iter().collect::<Vec<_>>()[..] {
            let label = unknown[state].label;
            let why = format!("“{}” is what is of “{label}”", actor.label);
            found.insert(id.to_owned(), taken_for(state, label, why));
        }
    }
    found
}

/// "NHL" where a text has "National Hockey League (NHL)".
fn acronyms(
    unknown: &BTreeMap<&str, Unknown<'_>>,
    documents: &[DocumentRecord],
) -> BTreeMap<String, Merge> {
    let mut by_initials: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (&id, actor) in unknown.iter().filter(|(_, actor)| actor.words.len() > 1) {
        let initials = actor.words.iter().filter(|it| it.is_capitalised());
        let initials: String = initials.filter_map(|it| it.form.chars().next()).collect();
        by_initials.entry(initials).or_default().push(id);
    }
    let mut found = BTreeMap::new();
    for (&id, actor) in unknown {
        let letters: String = actor.label.chars().filter(|c| *c != '.').collect();
        let is_acronym =
            letters.len() >= SHORTEST_ACRONYM && letters.chars().all(char::is_uppercase);
        let Some(bodies) = by_initials.get(&letters).filter(|_| is_acronym) else { continue };
        let tied = |body: &&&str| {
            let full = unknown[**body].label;
            let forms = [format!("{full} ({})", actor.label), format!("{} ({full})", actor.label)];
            documents.iter().any(|it| forms.iter().any(|form| it.text.contains(form)))
        };
        if let [body] = bodies.iter().filter(tied).collect::<Vec<_>>()[..] {
            let label = unknown[*body].label;
            let why = format!("“{}” stands for “{label}” in a text", actor.label);
            found.insert(id.to_owned(), taken_for(body, label, why));
        }
    }
    found
}

/// Whom the texts mean by words that are also the name of an unknown actor, by its id.
fn meant<'c>(
    unknown: &BTreeMap<&str, Unknown<'_>>,
    claims: &'c [Claim],
) -> BTreeMap<String, BTreeSet<&'c str>> {
    let mut meant: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for participant in claims.iter().flat_map(Claim::participants) {
        let short = kebab(&participant.text);
        if unknown.contains_key(short.as_str())
            && let Some(id) = &participant.id
        {
            meant.entry(short).or_default().insert(id);
        }
    }
    meant
}

/// "Brackwell" where another text calls the Brackwell Group so, and no text anybody else.
fn short_names(
    unknown: &BTreeMap<&str, Unknown<'_>>,
    meant: BTreeMap<String, BTreeSet<&str>>,
    knowledge: &Knowledge<'_>,
) -> BTreeMap<String, Merge> {
    let mut found = BTreeMap::new();
    for (short, whom) in meant {
        let Some(actor) = unknown.get(short.as_str()) else { continue };
        let others: Vec<&str> = whom.into_iter().filter(|id| **id != *short).collect();
        let [body] = others[..] else { continue };
        let Some(long) = unknown.get(body) else { continue };
        let begins = long.words.len() > actor.words.len()
            && long.words.iter().zip(&actor.words).all(|(a, b)| a.form == b.form);
        if begins && !knowledge.is_collective(actor.label) {
            let why = format!("“{}” is “{}” in another text", actor.label, long.label);
            found.insert(short.clone(), taken_for(body, long.label, why));
        }
    }
    found
}
