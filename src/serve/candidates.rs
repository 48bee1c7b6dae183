//! Which actors, and which matters, may be one: for a person to look at and decide.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use crate::decisions::VerdictKind;
use crate::ontology::WordClass;
use crate::views::Site;

/// Names of which at least so much is alike are offered.
const ALIKE: f64 = 0.86;
/// The least share of words that two matters have in common.
const SHARED: f64 = 0.5;
/// Words that so many things have in common tell nothing.
const COMMON: usize = 30;

/// What may be the same as something.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Candidate<'a> {
    pub id: &'a str,
    pub label: &'a str,
    /// Of what it may be the same.
    pub of: &'a str,
    pub of_label: &'a str,
    /// What speaks for it.
    pub why: String,
    /// From 0 to 1; only to put the likeliest first.
    pub score: f64,
}

/// Something with its names.
struct Thing<'a> {
    id: &'a str,
    label: &'a str,
    names: Vec<&'a str>,
    words: BTreeSet<String>,
    /// How much is said of it; of two the one with more stays.
    weight: usize,
    /// Ids of what it is known to be part of, or to act for.
    kin: Vec<&'a str>,
    kind: &'a str,
}

impl Site {
    /// Actors that may be one, of one of them or of all, the likeliest first.
    pub(super) fn actor_candidates(&self, of: Option<&str>) -> Vec<Candidate<'_>> {
        let things = self.corpus().actors.iter().map(|it| Thing {
            id: &it.id,
            label: &it.label,
            names: self.telling(&it.names),
            words: self.words(&it.label),
            weight: self.counts.actors.get(&it.id).map_or(0, |counts| counts.iter().sum()),
            kin: it.acts_for.iter().map(String::as_str).collect(),
            kind: &it.kind,
        });
        let apart = self.kept_apart();
        pairs(&things.collect::<Vec<_>>(), &apart, of, |one, other| {
            let alike = strsim::normalized_damerau_levenshtein(
                &one.label.to_lowercase(),
                &other.label.to_lowercase(),
            );
            let (less, more) =
                if one.words.len() <= other.words.len() { (one, other) } else { (other, one) };
            if alike >= ALIKE {
                Some((alike, "they are spelled alike".to_owned()))
            } else if let Some(name) = same_name(one, other) {
                Some((0.8, format!("both are called “{name}”")))
            } else if is_short_for(less.label, more.label) {
                Some((0.75, format!("“{}” may be short for “{}”", less.label, more.label)))
            } else if one.kind == other.kind
                && !less.words.is_empty()
                && less.words.is_subset(&more.words)
            {
                Some((0.7, format!("“{}” is part of “{}”", less.label, more.label)))
            } else {
                None
            }
        })
    }

    /// Lists of ids that a person has said to be several.
    fn kept_apart(&self) -> Vec<&[String]> {
        let records = self.corpus().decisions.iter();
        let apart = records.filter(|it| {
            matches!(it.kind, VerdictKind::KeepApartActors | VerdictKind::KeepApartMatters)
        });
        apart.map(|it| it.about.as_slice()).collect()
    }

    /// Names that tell something, as pronouns do not.
    fn telling<'a>(&self, names: &'a [(String, usize)]) -> Vec<&'a str> {
        let names = names.iter().map(|(name, _)| name.as_str());
        names.filter(|name| !self.ontology.is_pronoun(&name.to_lowercase())).collect()
    }

    /// The words of a label, but for those that tell nothing from another ("talks with Norvik").
    fn words(&self, label: &str) -> BTreeSet<String> {
        let is_filler = |word: &String| self.ontology.is(word, WordClass::MatterFiller);
        let all = label.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        all.filter(|word| word.chars().count() > 2 && !is_filler(word)).collect()
    }

    /// Matters that may be one, of one of them or of all, the likeliest first.
    pub(super) fn matter_candidates(&self, of: Option<&str>) -> Vec<Candidate<'_>> {
        let things = self.corpus().matters.iter().map(|it| Thing {
            id: &it.id,
            label: &it.label,
            names: self.telling(&it.variants),
            words: self.words(&it.label),
            weight: it.claims.len(),
            kin: it.broader.iter().map(String::as_str).collect(),
            kind: "",
        });
        let apart = self.kept_apart();
        pairs(&things.collect::<Vec<_>>(), &apart, of, |one, other| {
            let common: Vec<&str> =
                one.words.intersection(&other.words).map(String::as_str).collect();
            let all = one.words.union(&other.words).count();
            let share = common.len() as f64 / all.max(1) as f64;
            if let Some(name) = same_name(one, other) {
                Some((0.9, format!("both are called “{name}”")))
            } else if share >= SHARED {
                Some((share, format!("both speak of {}", common.join(", "))))
            } else {
                None
            }
        })
    }
}

/// Pairs that share a word and of which something speaks for being one. Looks partners up by
/// their words; never compares all with all.
fn pairs<'a>(
    things: &[Thing<'a>],
    apart: &[&[String]],
    of: Option<&str>,
    why: impl Fn(&Thing, &Thing) -> Option<(f64, String)>,
) -> Vec<Candidate<'a>> {
    let mut by_word: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, thing) in things.iter().enumerate() {
        let mut keys = thing.words.clone();
        keys.extend(initials(thing.label));
        // Who is misspelled shares the beginning at least.
        keys.extend(thing.words.iter().map(|word| word.chars().take(3).chain(['*']).collect()));
        keys.into_iter().for_each(|key| by_word.entry(key).or_default().push(at));
    }
    let mut seen: HashMap<(usize, usize), ()> = HashMap::new();
    let mut found = Vec::new();
    for list in by_word.values() {
        if of.is_none() && list.len() > COMMON {
            continue;
        }
        let wanted = |at: &&usize| of.is_none_or(|id| things[**at].id == id);
        for &one in list.iter().filter(wanted) {
            for &other in list.iter().filter(|it| **it != one) {
                let key = (one.min(other), one.max(other));
                if seen.insert(key, ()).is_some() {
                    continue;
                }
                let (a, b) = (&things[key.0], &things[key.1]);
                let is_kin = a.kin.contains(&b.id) || b.kin.contains(&a.id);
                let has = |list: &&&[String], id: &str| list.iter().any(|it| it == id);
                let is_decided = apart.iter().any(|it| has(&it, a.id) && has(&it, b.id));
                let is_told = !is_kin && !is_decided;
                let Some((score, why)) = why(a, b).filter(|_| is_told) else { continue };
                let is_first = match of {
                    Some(id) => a.id == id,
                    None => (a.weight, b.id) >= (b.weight, a.id),
                };
                let (stays, goes) = if is_first { (a, b) } else { (b, a) };
                let (of, of_label) = (stays.id, stays.label);
                found.push(Candidate { id: goes.id, label: goes.label, of, of_label, why, score });
            }
        }
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| (a.of, a.id).cmp(&(b.of, b.id))));
    found
}

fn same_name<'a>(one: &Thing<'a>, other: &Thing<'a>) -> Option<&'a str> {
    let is_name = |name: &&&str| name.chars().next().is_some_and(char::is_uppercase);
    let alike = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
    let names = one.names.iter().filter(|name| one.kind.is_empty() || is_name(name));
    names.copied().find(|a| other.names.iter().any(|b| alike(a, b)))
}

/// "EU" of "European Union", and "EU" of itself.
fn initials(label: &str) -> Option<String> {
    let is_short = label.len() > 1 && label.chars().all(|c| c.is_uppercase() || c == '.');
    if is_short {
        return Some(label.replace('.', ""));
    }
    let first = |word: &str| word.chars().next().filter(|c| c.is_uppercase());
    let letters: String = label.split_whitespace().filter_map(first).collect();
    (letters.chars().count() > 1).then_some(letters)
}

fn is_short_for(less: &str, more: &str) -> bool {
    let short = less.replace('.', "");
    less.len() > 1 && !less.contains(' ') && short != more && {
        short.chars().all(char::is_uppercase) && initials(more).is_some_and(|it| it == short)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::graph::folder::Manifest;
    use crate::rdf::Naming;
    use crate::resolve::{Actor, Corpus, Matter};

    fn site(corpus: Corpus) -> Site {
        Site::new(corpus, fixture::ontology(), Naming::default(), Manifest::default())
    }

    fn actors(labels: &[&str]) -> Site {
        let actors = labels.iter().map(|label| Actor {
            id: crate::ontology::kebab(label),
            label: (*label).to_owned(),
            kind: "Person".to_owned(),
            names: vec![((*label).to_owned(), 1)],
            ..Actor::default()
        });
        site(Corpus { actors: actors.collect(), ..Corpus::default() })
    }

    #[test]
    fn people_of_like_names_are_offered() {
        for (one, other) in [
            ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
            ("Ann Reed", "Ann Maria Reed"),
            ("EU", "European Union"),
            ("Macron", "Emmanuel Macron"),
        ] {
            let site = actors(&[one, other]);
            assert_eq!(site.actor_candidates(None).len(), 1, "{one} {other}");
            let id = &site.corpus().actors[1].id;
            assert_eq!(site.actor_candidates(Some(id))[0].of, id);
        }
        for (one, other) in [("Ann Reed", "John Smith"), ("EU", "United Nations")] {
            assert!(actors(&[one, other]).actor_candidates(None).is_empty(), "{one} {other}");
        }
    }

    #[test]
    fn matters_of_the_same_words_are_offered_but_not_a_part_and_its_whole() {
        let matter = |id: &str, broader: &[&str]| Matter {
            id: id.replace(' ', "-"),
            label: id.to_owned(),
            broader: broader.iter().map(|it| (*it).to_owned()).collect(),
            ..Matter::default()
        };
        let of = |matters: Vec<Matter>| {
            let site = site(Corpus { matters, ..Corpus::default() });
            site.matter_candidates(None).len()
        };
        assert_eq!(of(vec![matter("maritime truce", &[]), matter("a maritime truce", &[])]), 1);
        let part = matter("a maritime truce", &["maritime-truce"]);
        assert_eq!(of(vec![matter("maritime truce", &[]), part]), 0);
        assert_eq!(of(vec![matter("maritime truce", &[]), matter("prisoners", &[])]), 0);
        // Words that only join others are none that two have in common.
        assert_eq!(of(vec![matter("talks with Norvik", &[]), matter("trade with Sund", &[])]), 0);
    }
}
