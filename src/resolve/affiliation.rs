//! Whom those act for whom the texts alone know: "Kessavi's interior minister, Tarn Voshek".
//!
//! A person acts for the body as whose officer a text introduces them, and who is named after what
//! they are of ("Tolmerian guns", "directors of Ondine") acts for that. Of two bodies it is neither.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::about::{Called, name_at};
use super::actors::listed_with;
use super::corpus::{Actor, DocumentRecord};
use super::knowledge::Knowledge;
use super::spelling::PersonName;
use super::words::{Word, words};
use crate::annotate::sentence_around;
use crate::extract::Claim;
use crate::ontology::{ActorKind, NameKind, WordClass};

/// Words of an office: "first deputy foreign minister".
const OFFICE: usize = 4;
/// Words of the longest name.
const NAME: usize = 6;
/// Places of a name in one text that are looked at.
const PLACES: usize = 2;

/// Writes into the actors that the ontology does not know whom they act for, as the texts tell. Bodies
/// that no claim names are added to the list. O(n) in the texts for each person of a text.
pub(super) fn affiliate(
    actors: &mut Vec<Actor>,
    claims: &[Claim],
    documents: &[DocumentRecord],
    names: &Called,
    knowledge: &Knowledge<'_>,
) {
    let reader = Reader { names, knowledge };
    let mut bodies: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (person, found) in introduced(claims, documents, &reader) {
        bodies.entry(person).or_default().extend(found);
    }
    for (person, found) in by_family_name(actors, documents, &reader) {
        bodies.entry(person).or_default().extend(found);
    }
    let mut whom = BTreeSet::new();
    let unknown = |actor: &&mut Actor| {
        actor.acts_for.is_none() && knowledge.ontology.actor(&actor.id).is_none()
    };
    for actor in actors.iter_mut().filter(unknown) {
        let told = bodies.get(&actor.id).and_then(|bodies| {
            let mut bodies = bodies.iter();
            bodies.next().cloned().filter(|_| bodies.next().is_none())
        });
        // a description may have lost its capitals, the words of the texts have not
        let described = actor.label.starts_with(char::is_lowercase);
        let words = actor.names.iter().map(|(name, _)| name).filter(|_| described);
        let called = [&actor.label].into_iter().chain(words);
        let owners: BTreeSet<String> = called.filter_map(|it| reader.owner_of(it)).collect();
        let mut owners = owners.into_iter();
        let owner = owners.next().filter(|_| owners.next().is_none());
        let body = told.or(owner);
        let back = |body: &String| bodies.get(body).is_some_and(|it| it.contains(&actor.id));
        actor.acts_for = body.filter(|body| *body != actor.id && !back(body));
        whom.extend(actor.acts_for.clone());
    }
    listed_with(actors, whom, knowledge);
}

/// The persons of each text and the bodies as whose officers it introduces them.
fn introduced(
    claims: &[Claim],
    documents: &[DocumentRecord],
    reader: &Reader<'_, '_>,
) -> Vec<(String, BTreeSet<String>)> {
    let mut people: BTreeMap<&str, BTreeSet<(&str, &str)>> = BTreeMap::new();
    for claim in claims {
        for participant in claim.participants() {
            if let (Some(id), Some(label)) = (&participant.id, &participant.label) {
                people.entry(&claim.document).or_default().insert((id, label));
            }
        }
    }
    let people: Vec<_> = people.into_iter().collect();
    let found = people.par_iter().flat_map_iter(|(document, people)| {
        let text = DocumentRecord::find(documents, document).map_or("", |it| it.text.as_str());
        people.iter().filter(|(id, label)| reader.is_person(id, label)).map(move |(id, label)| {
            let bodies = reader.bodies(text, label).into_iter().filter(|body| body != id);
            ((*id).to_owned(), bodies.collect())
        })
    });
    found.collect()
}

/// Whom claims know by a family name alone, "Minister Olenius", with the bodies as whose officer a text
/// introduces the only one of that name, "Britta Olenius". O(n) in the texts.
fn by_family_name(
    actors: &[Actor],
    documents: &[DocumentRecord],
    reader: &Reader<'_, '_>,
) -> Vec<(String, BTreeSet<String>)> {
    let unknown = |it: &&Actor| reader.knowledge.ontology.actor(&it.id).is_none();
    let single: HashMap<&str, &str> = actors
        .iter()
        .filter(unknown)
        .filter(|it| !it.label.contains(' ') && it.label.starts_with(char::is_uppercase))
        .map(|it| (it.label.as_str(), it.id.as_str()))
        .collect();
    let people: BTreeSet<&str> = actors.iter().map(|it| it.label.as_str()).collect();
    let in_text = |record: &DocumentRecord| {
        let mut found: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        let text = record.text.split_whitespace();
        for (given, family) in text.clone().zip(text.skip(1)) {
            let family = family.trim_end_matches(|c: char| !c.is_alphanumeric());
            let name =
                given.chars().all(char::is_alphabetic) && given.starts_with(char::is_uppercase);
            if let Some((family, _)) = single.get_key_value(family)
                && name
                && !reader.is_title(given)
            {
                found.entry(family).or_default().insert(format!("{given} {family}"));
            }
        }
        found
    };
    let told: Vec<BTreeMap<&str, BTreeSet<String>>> = documents.par_iter().map(in_text).collect();
    let mut full: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (family, names) in told.iter().flatten() {
        full.entry(family).or_default().extend(names.iter().map(String::as_str));
    }
    // of two of one family name it may be either; who has claims under the full name is another
    full.retain(|_, names| names.len() == 1 && names.is_disjoint(&people));
    let mut found = Vec::new();
    for (record, told) in documents.iter().zip(&told) {
        for (family, names) in told.iter().filter(|(family, _)| full.contains_key(*family)) {
            let bodies = names.iter().flat_map(|name| reader.bodies(&record.text, name));
            found.push((single[family].to_owned(), bodies.collect()));
        }
    }
    found
}

struct Reader<'n, 'o> {
    names: &'n Called,
    knowledge: &'n Knowledge<'o>,
}

impl Reader<'_, '_> {
    /// A full name of somebody whom the ontology does not know.
    fn is_person(&self, id: &str, label: &str) -> bool {
        self.knowledge.ontology.actor(id).is_none()
            && PersonName::read(label).is_some_and(|name| !name.given.is_empty())
            && !self.knowledge.is_collective(label)
    }

    /// The bodies as whose officer the text introduces who is called so.
    fn bodies(&self, text: &str, label: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for (start, _) in text.match_indices(label).take(PLACES) {
            let end = start + label.len();
            let part = text[..start].ends_with(char::is_alphanumeric)
                || text[end..].starts_with(char::is_alphanumeric);
            if part {
                continue;
            }
            let sentence = sentence_around(text, start..end);
            let before = words(&text[sentence.start..start]);
            let after = words(&text[end..sentence.end]);
            let apart = text[..start].trim_end().ends_with(',');
            let body = self.before(&before, apart, &text[..sentence.start]);
            let titled = before.last().is_some_and(|it| it.is_capitalised() && self.is_member(it));
            found.extend(body.or_else(|| self.after(&after, titled)));
        }
        found
    }

    fn is(&self, word: &Word, class: WordClass) -> bool {
        self.knowledge.is_one_or_several(&word.form.to_lowercase(), class)
    }

    /// "Mr", "Minister".
    fn is_title(&self, word: &str) -> bool {
        let ontology = self.knowledge.ontology;
        let one = words(word);
        ontology.is(&word.to_lowercase(), WordClass::Title)
            || one.iter().all(|it| self.is_member(it))
    }

    fn is_member(&self, word: &Word) -> bool {
        [WordClass::MemberNoun, WordClass::ActorDelegate, WordClass::Counterpart]
            .iter()
            .any(|&class| self.is(word, class))
    }

    /// Can it stand between the body and the noun of an office: "interior", "prime"?
    fn qualifies(&self, word: &Word) -> bool {
        let ontology = self.knowledge.ontology;
        let one = std::slice::from_ref(word);
        !word.is_capitalised()
            && !self.is(word, WordClass::LapsedMark)
            && self.knowledge.is_at(one, 0, WordClass::MatterFiller).is_none()
            && !ontology.ends(&word.form, WordClass::ParticipleEnding)
    }

    /// "Kessavi's interior minister, ", "The Kessavi prime minister, ", "Kessavi President ", "Its
    /// chairwoman, ": the body whose officer stands at the end of the words; `head` is the text before
    /// their sentence.
    fn before(&self, words: &[Word], apart: bool, head: &str) -> Option<String> {
        let (office, lead) = words.split_last().filter(|(office, _)| self.is_member(office))?;
        let titled = office.is_capitalised();
        for (at, word) in lead.iter().enumerate().rev().take(OFFICE) {
            let between = &words[at + 1..words.len() - 1];
            let owner = || self.name_ending(words, at + 1);
            if word.possessive {
                return owner();
            }
            if self.is(word, WordClass::It) {
                let previous = || self.first_name(&words_before(head));
                return self.first_name(&words[..at]).or_else(previous);
            }
            match (word.is_capitalised(), titled) {
                (true, true) => match owner() {
                    Some(owner) => return Some(owner),
                    // "Kessavi Foreign Minister"
                    None => continue,
                },
                // "the Kessavi prime minister, "; "Kessavi told minister Voshek" is no such thing
                (true, false) => return owner().filter(|_| between.is_empty() || apart),
                (false, true) => return None,
                (false, false) if self.qualifies(word) => {}
                (false, false) => return None,
            }
        }
        None
    }

    /// ", the Federation's general secretary", ", chief negotiator of the Basin Producers", " of the
    /// Harbour Workers' Federation"; of whoever has a title also " of Kessavi".
    fn after(&self, words: &[Word], titled: bool) -> Option<String> {
        let first = words.first()?;
        let article = |at: usize| {
            let word = words.get(at).filter(|it| self.is(it, WordClass::DefiniteArticle));
            at + usize::from(word.is_some())
        };
        if !first.after_comma {
            let of = self.is(first, WordClass::BelongingMark);
            let (length, body) = of.then(|| self.name(words, article(1))).flatten()?;
            let named: Vec<&str> =
                words[article(1)..article(1) + length].iter().map(|it| it.form.as_str()).collect();
            return (titled || self.knowledge.is_collective(&named.join(" "))).then_some(body);
        }
        let start = article(0);
        if let Some((length, body)) = self.name(words, start) {
            let owns = words[start + length - 1].possessive;
            return (owns && self.office(words, start + length).is_some()).then_some(body);
        }
        let office = self.office(words, start)?;
        let of = words.get(office + 1)?;
        let joins = !of.after_comma && self.is(of, WordClass::OfficePreposition);
        let (_, body) = joins.then(|| self.name(words, article(office + 2))).flatten()?;
        Some(body)
    }

    /// Where the noun of an office stands that begins at a word.
    fn office(&self, words: &[Word], start: usize) -> Option<usize> {
        let within = |at: &usize| *at == start || !words[*at].after_comma;
        let here = start..words.len().min(start + OFFICE);
        here.take_while(|at| within(at) && self.qualifies(&words[*at]))
            .filter(|at| self.is_member(&words[*at]))
            .last()
    }

    /// The body named at a word: by its name, or by the adjective of a state.
    fn name(&self, words: &[Word], at: usize) -> Option<(usize, String)> {
        let named = name_at(words, at, self.names, self.knowledge);
        // "Labour minister Quill" is no minister of the Labour Party
        let named = named.filter(|(length, id)| {
            let word = &words[at];
            let known = self.knowledge.ontology.actor(id).filter(|_| !word.possessive);
            let part = known.is_some_and(|it| {
                it.kind == ActorKind::Organisation && it.label.split(' ').nth(1).is_some()
            });
            *length > 1 || !part || word.form.chars().all(char::is_uppercase)
        });
        named.or_else(|| {
            let (length, id, how) = self.knowledge.actor_at(words, at)?;
            let state = self.knowledge.ontology.actor(id)?.kind == ActorKind::State;
            (how == NameKind::Adjective && state).then(|| (length, id.to_owned()))
        })
    }

    /// The body whose name ends before a word.
    fn name_ending(&self, words: &[Word], end: usize) -> Option<String> {
        let starts = end.saturating_sub(NAME)..end;
        starts.filter_map(|at| Some((at, self.name(words, at)?))).find_map(
            |(at, (length, body))| {
                let only_last = words[at..end - 1].iter().all(|it| !it.possessive);
                (at + length == end && only_last).then_some(body)
            },
        )
    }

    /// The body that is named first.
    fn first_name(&self, words: &[Word]) -> Option<String> {
        (0..words.len()).find_map(|at| self.name(words, at)).map(|(_, body)| body)
    }

    /// "Tolmerian guns on the heights", "directors of Ondine": of whom they are as their label says.
    fn owner_of(&self, label: &str) -> Option<String> {
        let words = words(label);
        let the = words.first().is_some_and(|it| self.is(it, WordClass::DefiniteArticle));
        let words = &words[usize::from(the)..];
        let preposition = |word: &Word| {
            let one = std::slice::from_ref(word);
            self.knowledge.is_at(one, 0, WordClass::MatterBreak).is_some()
        };
        let head = words.iter().position(preposition).unwrap_or(words.len()).checked_sub(1)?;
        if words[head].is_capitalised() || !self.is_member(&words[head]) {
            return None;
        }
        if let Some((length, body)) = self.name(words, 0) {
            let office = words.get(length..=head)?;
            return office.iter().all(|it| self.qualifies(it)).then_some(body);
        }
        let of = words.get(head + 1)?;
        let lapsed = words[..head].iter().any(|it| self.is(it, WordClass::LapsedMark));
        if lapsed || !self.is(of, WordClass::BelongingMark) {
            return None;
        }
        let article = words.get(head + 2).is_some_and(|it| self.is(it, WordClass::DefiniteArticle));
        let at = head + 2 + usize::from(article);
        let (length, body) = self.name(words, at)?;
        (at + length == words.len()).then_some(body)
    }
}

/// The words of the sentence that ends the text.
fn words_before(text: &str) -> Vec<Word> {
    let text = text.trim_end();
    let Some((last, letter)) = text.char_indices().next_back() else { return Vec::new() };
    words(&text[sentence_around(text, last..last + letter.len_utf8())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::about::called;
    use crate::resolve::tests::shipped;

    /// Whom the person acts for in a text in which these are actors.
    fn body(person: &str, text: &str) -> Vec<String> {
        let knowledge = Knowledge::new(shipped());
        let actor = |label: &str| Actor {
            id: crate::ontology::kebab(label),
            label: label.to_owned(),
            ..Actor::default()
        };
        let labels = ["Kessavi", "Basin Producers", "Dock Workers' Federation", person];
        let actors = labels.map(actor);
        let names = called(&actors, &knowledge);
        Reader { names: &names, knowledge: &knowledge }.bodies(text, person).into_iter().collect()
    }

    #[test]
    fn an_officer_acts_for_the_body() {
        for (text, whom) in [
            ("Kessavi's interior minister, Ada Quill, said no.", "kessavi"),
            ("The Kessavi prime minister, Ada Quill, said no.", "kessavi"),
            ("Kessavi refused. Its prime minister, Ada Quill, said why.", "kessavi"),
            ("Kessavi voted no and its envoy, Ada Quill, said why.", "kessavi"),
            ("So said Ada Quill, chief negotiator of the Basin Producers.", "basin-producers"),
            ("Ada Quill, the Basin Producers' envoy, spoke.", "basin-producers"),
            ("Ada Quill of the Dock Workers' Federation spoke.", "dock-workers-federation"),
            ("The Russian negotiator, Ada Quill, spoke.", "russia"),
            ("Kessavi Foreign Minister Ada Quill spoke.", "kessavi"),
            ("It was Minister Ada Quill of Kessavi who spoke.", "kessavi"),
            ("He met his Kessavi colleague, Ada Quill, there.", "kessavi"),
        ] {
            assert_eq!(body("Ada Quill", text), [whom], "{text}");
        }
    }

    #[test]
    fn who_is_met_blamed_or_past_does_not() {
        for text in [
            "Kessavi's former minister, Ada Quill, said no.",
            "Kessavi's ally, Ada Quill, said no.",
            "Labour minister Ada Quill said no.",
            "Kessavi blames minister Ada Quill.",
            "Kessavi told Minister Ada Quill.",
            "Ada Quill of Kessavi spoke.",
            "Kessavi said that the minister, Ada Quill, had lied.",
            "Ada Quill, who attacked Kessavi's minister, spoke.",
            "Ada Quill, Kessavi and its envoy spoke.",
            "Kessavi met Ada Quill.",
        ] {
            assert_eq!(body("Ada Quill", text), [""; 0], "{text}");
        }
    }

    #[test]
    fn those_named_after_what_they_are_of() {
        let knowledge = Knowledge::new(shipped());
        let actor = Actor { id: "ondine".into(), label: "Ondine".into(), ..Actor::default() };
        let names = called(&[actor], &knowledge);
        let reader = Reader { names: &names, knowledge: &knowledge };
        let owner = |label: &str| reader.owner_of(label);
        for label in [
            "directors of Ondine",
            "the directors of Ondine",
            "Ondine guns on the heights",
            "Ondine liaison officer",
        ] {
            assert_eq!(owner(label).as_deref(), Some("ondine"), "{label}");
        }
        for label in ["critics of Ondine", "Ondine workers", "former directors of Ondine", "Ondine"]
        {
            assert_eq!(owner(label), None, "{label}");
        }
    }
}
