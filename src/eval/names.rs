use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use crate::extract::Participant;
use crate::ontology::{ActorKind, Ontology, without_marks};

/// Kebab-case: ASCII letters and digits in lower case, hyphens for all between, no
/// English possessive, no article in front. Letters lose their marks; what is then
/// no ASCII is dropped before words are told apart ("Russia’s" is `russias`).
pub(super) fn kebab(name: &str) -> String {
    let plain = without_marks(name.nfkd());
    let ascii: Vec<char> = plain.filter(char::is_ascii).map(|c| c.to_ascii_lowercase()).collect();
    let is_word = |c: Option<&char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || *c == '_');
    let mut kebab = String::with_capacity(ascii.len());
    let mut at = 0;
    while at < ascii.len() {
        let possessive = matches!(ascii[at], '\'' | '`')
            && ascii.get(at + 1) == Some(&'s')
            && !is_word(ascii.get(at + 2));
        if possessive {
            at += 2;
            continue;
        }
        if ascii[at].is_ascii_alphanumeric() {
            kebab.push(ascii[at]);
        } else if !kebab.is_empty() && !kebab.ends_with('-') {
            kebab.push('-');
        }
        at += 1;
    }
    let kebab = kebab.trim_end_matches('-');
    ["the-", "a-", "an-"]
        .iter()
        .find_map(|article| kebab.strip_prefix(article))
        .unwrap_or(kebab)
        .to_owned()
}

/// The actors that names stand for, as the ontology has them.
pub(super) struct Names {
    ids: BTreeMap<String, String>,
}

/// The ids that one participant can be known by.
pub(super) type Known = BTreeSet<String>;

impl Names {
    /// Names by rank: an actor's own id; its labels; its family name or capital; and
    /// groups that act for it ("Ukrainian army"). A bare adjective names no actor.
    /// A name that two actors of one rank share is left alone.
    pub(super) fn of(ontology: &Ontology) -> Self {
        let actors = || ontology.actors.iter().filter(|actor| actor.kind != ActorKind::Place);
        let mut ids = BTreeMap::new();
        add(&mut ids, actors().map(|a| (a.id.clone(), a.id.clone())));
        add(
            &mut ids,
            actors().flat_map(|a| {
                [&a.label].into_iter().chain(&a.names).map(|name| (kebab(name), a.id.clone()))
            }),
        );
        add(
            &mut ids,
            actors().flat_map(|a| {
                a.capitals.iter().chain(&a.family_name).map(|name| (kebab(name), a.id.clone()))
            }),
        );
        add(
            &mut ids,
            actors().flat_map(|actor| {
                ontology.collectives.iter().flat_map(move |group| {
                    actor.adjectives.iter().flat_map(move |adjective| {
                        let id = if group.stands_for_owner {
                            actor.id.clone()
                        } else {
                            kebab(&format!("{adjective} {}", group.id))
                        };
                        group.names.iter().flat_map(move |noun| {
                            [format!("{adjective} {noun}"), format!("{noun} of {}", actor.label)]
                                .map(|name| (kebab(&name), id.clone()))
                        })
                    })
                })
            }),
        );
        Self { ids }
    }

    /// The id of the actor that a name stands for, else its kebab-case.
    pub(super) fn id(&self, name: &str) -> String {
        let kebab = kebab(name);
        self.ids.get(&kebab).cloned().unwrap_or(kebab)
    }

    /// What each participant can be known by: label, id and words.
    pub(super) fn known(&self, participants: &[Participant]) -> Vec<Known> {
        participants
            .iter()
            .map(|p| {
                [p.label.as_deref(), p.id.as_deref(), Some(p.text.as_str())]
                    .into_iter()
                    .flatten()
                    .filter(|name| !name.is_empty())
                    .map(|name| self.id(name))
                    .collect()
            })
            .collect()
    }

    /// Is the gold's actor the one known by these ids? The last part of a compound
    /// id will do ("putin" for `vladimir-putin`) if it has more than three letters.
    pub(super) fn same(&self, gold: &str, known: &Known) -> bool {
        let gold = self.id(gold);
        known.contains(&gold)
            || gold
                .rsplit_once('-')
                .is_some_and(|(_, last)| last.chars().count() > 3 && known.contains(last))
    }
}

/// Adds a rank of names; those known already, or that two actors here share, stay out.
fn add(ids: &mut BTreeMap<String, String>, rank: impl Iterator<Item = (String, String)>) {
    let mut fresh: BTreeMap<String, Option<String>> = BTreeMap::new();
    for (name, id) in rank.filter(|(name, _)| !name.is_empty() && !ids.contains_key(name)) {
        match fresh.entry(name) {
            Entry::Vacant(entry) => {
                entry.insert(Some(id));
            }
            Entry::Occupied(mut entry) => {
                if entry.get().as_ref() != Some(&id) {
                    entry.insert(None);
                }
            }
        }
    }
    ids.extend(fresh.into_iter().filter_map(|(name, id)| Some((name, id?))));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::{Actor, Collective};

    pub(in crate::eval) fn actor(id: &str, label: &str, names: &[&str]) -> Actor {
        Actor {
            id: id.into(),
            label: label.into(),
            kind: ActorKind::State,
            names: names.iter().map(|&n| n.into()).collect(),
            common_names: Vec::new(),
            adjectives: Vec::new(),
            demonyms: Vec::new(),
            capitals: Vec::new(),
            acts_for: None,
            family_name: None,
            gender: None,
            tenures: Vec::new(),
            wikidata: None,
            yields_label: false,
        }
    }

    fn ontology() -> Ontology {
        let mut boria = actor("boria", "Boria", &["Republic of Boria"]);
        boria.adjectives = vec!["Borian".into()];
        boria.capitals = vec!["Port Boria".into()];
        let mut ann = actor("ann-reed", "Ann Reed", &[]);
        let mut tom = actor("tom-reed", "Tom Reed", &[]);
        let mut lee = actor("jo-lee", "Jo Lee", &[]);
        ann.family_name = Some("Reed".into());
        tom.family_name = Some("Reed".into());
        lee.family_name = Some("Lee".into());
        let group = |id: &str, noun: &str, owner| Collective {
            id: id.into(),
            label: id.into(),
            names: vec![noun.into()],
            stands_for_owner: owner,
        };
        Ontology {
            actors: vec![ann, boria, lee, tom],
            collectives: vec![group("forces", "army", false), group("side", "side", true)],
            ..Ontology::default()
        }
    }

    #[test]
    fn kebab_case() {
        for (name, id) in [
            ("The United States", "united-states"),
            ("J.D. Vance's", "j-d-vance"),
            ("Türkiye", "turkiye"),
            ("Russia’s", "russias"),
            ("Côte d'Ivoire", "cote-d-ivoire"),
            ("an A-team", "a-team"),
            ("—", ""),
        ] {
            assert_eq!(kebab(name), id);
        }
    }

    #[test]
    fn the_ontologys_names_are_one_actor() {
        let names = Names::of(&ontology());
        for name in
            ["boria", "the Republic of Boria", "Port Boria", "the Borian side", "Side of Boria"]
        {
            assert_eq!(names.id(name), "boria");
        }
        assert_eq!(names.id("Borian army"), "borian-forces");
        assert_eq!(names.id("Lee"), "jo-lee");
    }

    #[test]
    fn an_ambiguous_name_or_a_bare_adjective_is_nobody() {
        let names = Names::of(&ontology());
        assert_eq!(names.id("Reed"), "reed");
        assert_eq!(names.id("Borian"), "borian");
    }

    #[test]
    fn the_last_part_of_a_long_id_will_do() {
        let names = Names::of(&Ontology::default());
        assert!(names.same("ann-reed", &Known::from(["reed".into()])));
        assert!(!names.same("jo-lee", &Known::from(["lee".into()])));
        assert!(!names.same("reed", &Known::from(["ann-reed".into()])));
    }
}
