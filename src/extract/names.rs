//! Names in a text: those that the ontology knows, and those that the text itself
//! introduces ("Hamas official Khalil Hayya").

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;

use super::bodies::Bodies;
use super::demonyms::Demonyms;
use super::extent::{
    abbreviated, bracketed, entity_at, in_full, in_longer_person, in_other_letters,
    is_called_a_body, is_owned, is_title, is_titled_person, name_in, run, title_end, unseen_person,
    with_body_behind, without_initials,
};
use super::lexicon::Lexicon;
use super::name::{Known, NameSpan};
use super::namesake::{
    LONGEST_NAME, borne_out, full_names, goes_on_before, in_longer_body, is_anothers, is_common,
    is_given_name, is_joined_before, names_its_state, names_kind, of_the_time, states,
};
use super::slots::Slots;
use super::tree::{Tree, capitalised};
use super::turns;
use crate::annotate::{Deprel, Entity, EntityKind, Upos};
use crate::ontology::{
    Actor, ActorKind, Gender, KeyCollective, NameKind, Ontology, WordClass, kebab,
};

/// What a text tells of the names that it introduces, all of it read before any of them.
struct Told {
    /// Names, as written, of those who do something.
    doers: BTreeSet<String>,
    demonyms: Demonyms,
    bodies: Bodies,
}

impl Told {
    fn by(tree: &Tree<'_>, lexicon: &Lexicon<'_>) -> Self {
        let doers = doers(tree, lexicon);
        let demonyms = Demonyms::of(tree, lexicon, &doers);
        Self { doers, demonyms, bodies: Bodies::of(tree) }
    }

    /// Is the place of that name a state or the like: does it do something, or has an adjective?
    fn is_state(&self, place: &str) -> bool {
        self.doers.contains(place) || self.demonyms.has(place)
    }

    /// "The Norlander government": the state whose adjective stands at a word.
    fn state_at(&self, tree: &Tree<'_>, at: usize) -> Option<NameSpan> {
        let label = self.demonyms.state(&tree.word(at).form)?.to_owned();
        // "the Norlander said no": somebody of that state
        let whose = tree.upos(at) == Upos::Adj
            || [Deprel::Amod, Deprel::Compound].iter().any(|&rel| tree.is(at, rel));
        let how = if whose { NameKind::Adjective } else { NameKind::Demonym };
        let actor = Known { id: kebab(&label), label, kind: ActorKind::State, gender: None };
        Some(NameSpan { words: at..at + 1, actor, how })
    }

    /// "The Federation": the body that the text names in full elsewhere.
    fn body_at(&self, tree: &Tree<'_>, lexicon: &Lexicon<'_>, at: usize) -> Option<NameSpan> {
        let label = self.bodies.whole(tree, at)?.to_owned();
        // "the Government" and "the Federation of Nurses" are whoever they are of
        let of = at + 1 < tree.len() && tree.in_class(at + 1, WordClass::BelongingMark);
        if of || is_government(lexicon, &tree.word(at).form.to_lowercase()) {
            return None;
        }
        let one_word = entity_at(tree, at).is_none_or(|e| e.words == (at..at + 1));
        let known = lexicon.names.find_actor(&label);
        let actor = match known {
            _ if !one_word => return None,
            [] => Known { id: kebab(&label), label, kind: ActorKind::Organisation, gender: None },
            [(actor, NameKind::Name)] => Known::from(&lexicon.ontology.actors[*actor]),
            _ => return None,
        };
        Some(NameSpan { words: at..at + 1, actor, how: NameKind::Name })
    }
}

/// Words of a name of one word with its article ("the IRA").
const WITH_ARTICLE: usize = 2;

/// Finds all names, in text order, not overlapping.
///
/// A family name alone goes to the person of that name whom the text has named in
/// full, else to the only known one; when several could be meant, to none.
/// Somebody known by the family name is meant only where the text or its date bears it out.
pub(super) fn find_names(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    date: Option<Date>,
) -> Vec<NameSpan> {
    let words = &tree.annotation().words;
    let mut found: Vec<NameSpan> = Vec::new();
    let mut local = Introduced::default();
    let full = full_names(tree, lexicon);
    let states = states(tree, lexicon);
    let told = Told::by(tree, lexicon);
    let spelled = spelled_out(tree, lexicon);
    let unseen: BTreeMap<usize, Entity> = abbreviated(tree)
        .into_iter()
        .chain(in_other_letters(tree))
        .map(|entity| (entity.words.start, entity))
        .collect();
    let mut at = 0;
    while at < words.len() {
        let sentence = &tree.annotation().sentences[tree.sentence(at)];
        let sentence_end = sentence.end;
        if at == sentence.start
            && let Some(name) = speaker(tree, lexicon, sentence, &found)
        {
            at = name.words.end;
            found.push(name);
            continue;
        }
        let name = match known_name(tree, lexicon, &full, &local, at, sentence_end).filter(|name| {
            let meant = name.how != NameKind::FamilyName
                || borne_out(name, lexicon, &full, &states)
                || date.is_some_and(|date| of_the_time(name, lexicon, date));
            // "the United States Commission on Religious Freedom (USCRF)"
            let longer = unseen.get(&at).is_some_and(|whole| whole.words.len() > name.words.len());
            meant
                && !longer
                && !(name.words.len() <= WITH_ARTICLE
                    && spelled.contains(&tree.word(name.words.end - 1).form))
                && (!is_common(tree, lexicon, name)
                    || names_its_state(name, lexicon, &full, &states)
                        && !is_anothers(tree, lexicon, name))
                && !goes_on_before(tree, lexicon, name)
                && !is_joined_before(tree, lexicon, name)
                && !in_longer_body(tree, lexicon, name)
                && !is_given_name(tree, lexicon, name)
        }) {
            Some(name) => Some(name),
            None => told
                .state_at(tree, at)
                .or_else(|| told.body_at(tree, lexicon, at))
                .or_else(|| {
                    let entity = unseen.get(&at)?.clone();
                    of_document(tree, lexicon, entity, &told, &mut local)
                })
                .or_else(|| new_name(tree, lexicon, at, &told, &mut local)),
        };
        match name {
            Some(name) => {
                remember_surname(tree, lexicon, &name, &mut local);
                remember_initials(tree, &name, &mut local);
                at = name.words.end;
                found.push(name);
            }
            None => at += 1,
        }
    }
    found
}

/// The bodies of a text by the nouns of their names, in small letters, as numbers of names,
/// ascending.
pub(super) fn bodies_by_noun(names: &[NameSpan], tree: &Tree<'_>) -> BTreeMap<String, Vec<usize>> {
    let mut bodies: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, name) in names.iter().enumerate() {
        let body = matches!(name.actor.kind, ActorKind::Organisation | ActorKind::Institution);
        if !body {
            continue;
        }
        let what = name.words.clone().find(|&w| tree.upos(w) == Upos::Adp);
        let last = what.map_or(name.words.end, |of| of.max(name.words.start + 1)) - 1;
        // "the airline Skylia"
        let before = name.words.start.checked_sub(1).filter(|&w| {
            tree.word(w).xpos == "NN"
                && !capitalised(&tree.word(w).form)
                && tree.head(w).is_some_and(|head| name.words.contains(&head))
        });
        let own = (name.words.len() > 1).then_some(last);
        for noun in own.into_iter().chain(before) {
            bodies.entry(tree.word(noun).form.to_lowercase()).or_default().push(number);
        }
    }
    bodies
}

/// Whom the text itself has named, by what it calls them from then on. The first of a name keeps
/// it.
#[derive(Default)]
struct Introduced {
    by_name: BTreeMap<String, Known>,
    /// By the surname of a man or a woman: "Ms Costa".
    by_title: BTreeMap<(String, Gender), Known>,
}

impl Introduced {
    fn call(&mut self, name: impl Into<String>, actor: &Known) {
        self.by_name.entry(name.into()).or_insert_with(|| actor.clone());
    }

    fn call_by_title(&mut self, surname: &str, gender: Gender, actor: &Known) {
        self.by_title.entry((surname.to_owned(), gender)).or_insert_with(|| actor.clone());
    }

    fn called(&self, name: &str) -> Option<&Known> {
        self.by_name.get(name)
    }

    fn of_kind(&self, name: &str, kind: ActorKind) -> Option<&Known> {
        self.called(name).filter(|known| known.kind == kind)
    }

    fn titled(&self, surname: &str, gender: Gender) -> Option<&Known> {
        self.by_title.get(&(surname.to_owned(), gender))
    }
}

/// "Nono" after "Taher al-Nono": a surname that the ontology does not give is that of
/// the person whom the text has named in full.
fn remember_surname(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    name: &NameSpan,
    local: &mut Introduced,
) {
    let full = name.how == NameKind::Name && name.words.len() > 1;
    if !full || name.actor.kind != ActorKind::Person {
        return;
    }
    let surname = surname(tree, lexicon, &name.words);
    let given = tree.word(name.words.start).form.clone();
    if lexicon.names.find_actor(&surname).is_empty() || is_no_place(tree, lexicon, name, &surname) {
        local.call(surname, &name.actor);
    } else if is_no_place(tree, lexicon, name, &given) {
        local.call(given, &name.actor);
    }
}

/// "Washington" after "Deion Washington", "Georgia" after "Georgia Brandt": is a part of somebody's
/// name that of a state or its capital, which the text never has for a place, nor before him?
fn is_no_place(tree: &Tree<'_>, lexicon: &Lexicon<'_>, name: &NameSpan, part: &str) -> bool {
    let of_place = |(actor, _): &(usize, NameKind)| {
        matches!(lexicon.ontology.actors[*actor].kind, ActorKind::State | ActorKind::Place)
    };
    let hits = lexicon.names.find_actor(part);
    let marks = [WordClass::InsideMark, WordClass::BelongingMark, WordClass::RecipientMark];
    let placed = |w: usize| {
        tree.word(w).form == part
            && (w < name.words.start || marks.iter().any(|&mark| tree.marked(w, mark)))
    };
    !hits.is_empty() && hits.iter().all(of_place) && !(0..tree.len()).any(placed)
}

/// "MS. JEAN-PIERRE: …": a speaker in a transcript's label in capitals that is no name
/// of the ontology: whoever the text has named so in full, else somebody of that name.
fn speaker(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    sentence: &Range<usize>,
    found: &[NameSpan],
) -> Option<NameSpan> {
    let start = turns::behind_time(tree, sentence);
    let colon = (start..sentence.end).take(LONGEST_NAME).find(|&w| tree.word(w).form == ":")?;
    let mut words = start..colon;
    let lower = |w: usize| tree.word(w).form.chars().any(char::is_lowercase);
    if words.is_empty() {
        return None;
    }
    words.start = title_end(tree, lexicon, &words);
    let titled = words.start > start;
    if words.is_empty() || words.clone().any(lower) || tree.upos(words.start) == Upos::Det {
        return None;
    }
    let text = tree.text(words.clone());
    let called = |n: &&NameSpan| {
        n.actor.kind == ActorKind::Person
            && n.actor.label.to_lowercase().ends_with(&text.to_lowercase())
    };
    // "MR. CARNEY" is the Carney whom the heading names, whoever else has the name
    let named = found.iter().find(called);
    let known = named.is_none() && !lexicon.names.find_actor(&text).is_empty();
    if text.chars().count() < 2 || known {
        return None;
    }
    let actor = match named {
        Some(named) => named.actor.clone(),
        None if titled || words.len() > 1 => {
            let label = in_title_case(&text);
            let gender = gender(tree, lexicon, &words);
            Known { id: kebab(&label), label, kind: ActorKind::Person, gender }
        }
        None => return None,
    };
    Some(NameSpan { words, actor, how: NameKind::Name })
}

/// Whoever of the text bears the surname at a word; "Ms Costa" is the one who is a woman.
fn of_surname<'k>(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    local: &'k Introduced,
    at: usize,
) -> Option<&'k Known> {
    let form = &tree.word(at).form;
    let title = at.checked_sub(1).and_then(|title| titled_gender(tree, lexicon, title));
    let of_title = title.and_then(|title| local.titled(form, title));
    let agrees =
        |person: &&Known| title.is_none() || person.gender.is_none() || person.gender == title;
    of_title.or_else(|| local.called(form).filter(agrees))
}

/// The sex that a title before a name tells: "Ms", "Sir".
fn titled_gender(tree: &Tree<'_>, lexicon: &Lexicon<'_>, title: usize) -> Option<Gender> {
    let form = tree.word(title).form.to_lowercase();
    if lexicon.is(&form, WordClass::TitleFemale) {
        Some(Gender::Female)
    } else if lexicon.is(&form, WordClass::TitleMale) {
        Some(Gender::Male)
    } else {
        None
    }
}

/// The sex of whoever bears a name, by the title before it or the given name.
fn gender(tree: &Tree<'_>, lexicon: &Lexicon<'_>, name: &Range<usize>) -> Option<Gender> {
    let title = name.start.checked_sub(1).and_then(|title| titled_gender(tree, lexicon, title));
    let given = tree.word(name.start).form.to_lowercase();
    let given = match () {
        () if name.len() < 2 => None,
        () if lexicon.is(&given, WordClass::GivenNameFemale) => Some(Gender::Female),
        () if lexicon.is(&given, WordClass::GivenNameMale) => Some(Gender::Male),
        () => None,
    };
    title.or(given)
}

/// "JEAN-PIERRE" as "Jean-Pierre".
fn in_title_case(capitals: &str) -> String {
    let mut first = true;
    let mut cased = String::with_capacity(capitals.len());
    for c in capitals.chars() {
        if first {
            cased.push(c);
        } else {
            cased.extend(c.to_lowercase());
        }
        first = !c.is_alphanumeric();
    }
    cased
}

/// "The National Dockers Union (NDU)": from there on the letters in brackets are the name.
fn remember_initials(tree: &Tree<'_>, name: &NameSpan, local: &mut Introduced) {
    if name.words.len() > 1 && name.how == NameKind::Name {
        // "the United Auto Workers", later "the UAW"
        let capitals = name.words.clone().map(|w| tree.word(w).form.as_str());
        let initials: String =
            capitals.filter(|f| capitalised(f)).filter_map(|f| f.chars().next()).collect();
        if initials.chars().count() > 2 {
            local.call(initials, &name.actor);
        }
    }
    let Some(letters) = bracketed(tree, name.words.end) else { return };
    // "the Harbour and Allied Workers' Union (Hawu)"
    let own = |c: char| {
        name.words.clone().filter(|&w| capitalised(&tree.word(w).form)).find_map(|w| {
            tree.word(w)
                .form
                .chars()
                .next()
                .filter(|first| first.to_lowercase().eq(c.to_lowercase()))
        })
    };
    let pronounced = name.words.len() > 2
        && letters.chars().count() > 2
        && capitalised(letters)
        && letters.chars().all(|c| own(c).is_some());
    if pronounced || letters.chars().filter(|c| c.is_uppercase()).count() >= 2 {
        local.call(letters.to_owned(), &name.actor);
    }
}

/// The word of a full name that stands for it alone: the first of a Korean or Chinese
/// name, else the last without its particle ("al-Nono").
fn surname(tree: &Tree<'_>, lexicon: &Lexicon<'_>, name: &Range<usize>) -> String {
    let first = &tree.word(name.start).form;
    if lexicon.is(&first.to_lowercase(), WordClass::FamilyNameFirst) {
        return first.clone();
    }
    let last = &tree.word(name.end - 1).form;
    match last.split_once(['-', '’', '\'']) {
        Some((particle, bare)) if lexicon.is(&particle.to_lowercase(), WordClass::NameParticle) => {
            bare.to_owned()
        }
        _ => last.clone(),
    }
}

fn known_name(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    full: &[String],
    local: &Introduced,
    at: usize,
    sentence_end: usize,
) -> Option<NameSpan> {
    let first = &tree.word(at).form;
    // "von der Leyen" begins small
    let particle = lexicon.is(first, WordClass::NameParticle);
    if !capitalised(first) && !particle || tree.upos(at) == Upos::Punct {
        return None;
    }
    for len in (1..=LONGEST_NAME.min(sentence_end - at)).rev() {
        let range = at..at + len;
        let last = &tree.word(range.end - 1).form;
        // "Franco-" ends in its hyphen
        // and "Jong-un" in small letters
        let after_hyphen = len > 1 && tree.word(range.end - 2).form == "-";
        let digits = last.chars().all(|c| c.is_ascii_digit());
        let small = !capitalised(last) && !digits && last != "-" && !after_hyphen;
        if small && len == 1 {
            continue;
        }
        let text = tree.text(range.clone());
        let hits = lexicon.names.find_actor(&text);
        // "M23 rebels" is a name where the ontology has it so
        // "Lebanese army" is described as any army is
        let written_so =
            || !lexicon.names_forces(last) && hits.iter().any(|(_, how)| *how == NameKind::Name);
        if hits.is_empty() || particle && len == 1 || small && !written_so() {
            continue;
        }
        // "us" is a pronoun, "US" a state; "who" and "WHO"
        let acronym = ontology_name_is_acronym(lexicon, hits);
        if len == 1 && text.len() <= 3 && acronym && text.chars().any(char::is_lowercase) {
            continue;
        }
        let entity = entity_at(tree, at).filter(|e| e.words.start == at);
        if len == 1
            && let Some(person) = of_surname(tree, lexicon, local, at).filter(|_| !in_full(entity))
        {
            return Some(NameSpan {
                words: range,
                actor: person.clone(),
                how: NameKind::FamilyName,
            });
        }
        let (actor, how) = choose(lexicon.ontology, full, hits)?;
        if how == NameKind::FamilyName && in_longer_person(tree, &range) {
            return None;
        }
        let actor = Known::from(&lexicon.ontology.actors[actor]);
        return Some(NameSpan { words: range, actor, how });
    }
    None
}

/// Is the name that was found written in capitals ("US"), and not a surname ("Xi")?
fn ontology_name_is_acronym(lexicon: &Lexicon<'_>, hits: &[(usize, NameKind)]) -> bool {
    hits.iter().any(|(actor, how)| {
        *how == NameKind::Name && lexicon.ontology.actors[*actor].kind != ActorKind::Person
    })
}

/// Of several actors with one name, the one that is meant, if that can be told.
fn choose(
    ontology: &Ontology,
    full: &[String],
    hits: &[(usize, NameKind)],
) -> Option<(usize, NameKind)> {
    let best = hits.iter().map(|(_, how)| *how).min()?;
    let mut rest: Vec<(usize, NameKind)> =
        hits.iter().copied().filter(|(_, how)| *how == best).collect();
    if rest.len() > 1 {
        let named: Vec<(usize, NameKind)> = rest
            .iter()
            .copied()
            .filter(|(actor, _)| full.binary_search(&ontology.actors[*actor].id).is_ok())
            .collect();
        if !named.is_empty() {
            rest = named;
        }
    }
    (rest.len() == 1).then(|| rest[0])
}

/// A name that the annotator has not seen, of somebody who does something.
fn unseen_doer(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    doers: &BTreeSet<String>,
    at: usize,
) -> Option<Entity> {
    if tree.upos(at) != Upos::Propn {
        return None;
    }
    // "PRESIDENT ERDOĞAN", "Governments of Japan": titles and kinds are no names
    if names_kind(tree, lexicon, at) {
        return None;
    }
    let words = run(tree, at);
    let free = entity_at(tree, at).is_none();
    let named = words.start == at && free && doers.contains(&tree.text(words.clone()));
    named.then_some(Entity { words, kind: EntityKind::Organisation })
}

/// Chance from which on the network's word is taken that a name is that of a doer.
const SURE_DOER: f32 = 0.8;

/// Names, as written, that do, say or own something that only somebody can: a place of that
/// name is a state or the like ("Norland rejected the map"), and a proper noun is a name also where
/// the annotator sees none.
fn doers(tree: &Tree<'_>, lexicon: &Lexicon<'_>) -> BTreeSet<String> {
    let slots = Slots { tree, ontology: lexicon.ontology };
    let does = |w: usize| {
        let Some(head) = tree.head(w) else { return false };
        if tree.is(w, Deprel::Iobj) {
            return true; // "asked Norland for help"
        }
        let verb = tree.upos(head) == Upos::Verb
            && (tree.is(w, Deprel::Nsubj) || tree.is(w, Deprel::OblAgent))
            && !(tree.is(w, Deprel::Nsubj) && tree.is_passive(head));
        verb && (lexicon.is(tree.lemma(head), WordClass::SpeechVerb)
            || !lexicon.evoked(&slots, head).is_empty())
    };
    // the last words of what the network is sure of as a doer or a source
    let seen: BTreeSet<usize> = tree
        .annotation()
        .sightings
        .iter()
        .filter(|sighting| sighting.chance >= SURE_DOER)
        .flat_map(|s| s.agent.iter().chain(&s.source))
        .filter(|stretch| stretch.chance >= SURE_DOER)
        .map(|stretch| stretch.words.end - 1)
        .collect();
    let seen = |w: usize| seen.contains(&(run(tree, w).end - 1));
    (0..tree.len())
        .filter(|&w| tree.upos(w) == Upos::Propn && capitalised(&tree.word(w).form))
        .filter(|&w| does(w) || seen(w))
        .map(|w| tree.text(run(tree, w)))
        .collect()
}

/// "UNESCO" in brackets after a name: the known body of that name, whatever the name before is
/// called in full.
fn in_brackets<'a>(
    tree: &Tree<'_>,
    lexicon: &'a Lexicon<'_>,
    before: &Range<usize>,
) -> Option<&'a Actor> {
    let letters = bracketed(tree, before.end)?;
    if letters.chars().filter(|c| c.is_uppercase()).count() < 3 {
        return None;
    }
    let [(actor, NameKind::Name)] = lexicon.names.find_actor(letters) else { return None };
    let actor = &lexicon.ontology.actors[*actor];
    (actor.kind != ActorKind::Person && !spells(tree, before, letters, actor)).then_some(actor)
}

/// "The Ayrshire Nurses' Council (ANC)" is not the African National Congress: are letters the
/// initials of the name before them, of which the known body of these letters has no word?
fn spells(tree: &Tree<'_>, before: &Range<usize>, letters: &str, known: &Actor) -> bool {
    let capitals = || before.clone().map(|w| &tree.word(w).form).filter(|form| capitalised(form));
    let initials: String = capitals().filter_map(|form| form.chars().next()).collect();
    let names = known.names.iter().chain([&known.label]);
    let mut full = names.filter(|name| name.contains(' ')).peekable();
    let shared = |name: &String| {
        name.split(' ').any(|word| capitals().any(|own| own.eq_ignore_ascii_case(word)))
    };
    initials == letters && full.peek().is_some() && !full.any(shared)
}

/// "The Inflation Reduction Act (IRA)": letters that the text itself spells out, and not as the
/// known body of these letters.
fn spelled_out(tree: &Tree<'_>, lexicon: &Lexicon<'_>) -> BTreeSet<String> {
    let mut spelled = BTreeSet::new();
    for open in (0..tree.len()).filter(|&w| tree.word(w).form == "(") {
        let Some(letters) = bracketed(tree, open).filter(|it| it.chars().count() > 2) else {
            continue;
        };
        let start = tree.annotation().sentences[tree.sentence(open)].start;
        let capital = |&w: &usize| capitalised(&tree.word(w).form);
        let first = (start..open).rev().filter(capital).nth(letters.chars().count() - 1);
        let hits = lexicon.names.find_actor(letters);
        let another = |before: &Range<usize>| {
            !hits.is_empty()
                && hits.iter().all(|(actor, _)| {
                    spells(tree, before, letters, &lexicon.ontology.actors[*actor])
                })
        };
        if first.is_some_and(|first| another(&(first..open))) {
            spelled.insert(letters.to_owned());
        }
    }
    spelled
}

/// "The Foreign Ministry in Cairo": the state in whose capital a ministry stands.
fn seated_in<'a>(tree: &Tree<'_>, lexicon: &'a Lexicon<'_>, end: usize) -> Option<&'a Actor> {
    if end + 1 >= tree.len() || !tree.in_class(end, WordClass::InsideMark) {
        return None;
    }
    let hits = lexicon.names.find_actor(&tree.word(end + 1).form);
    let state =
        |(actor, _): &&(usize, NameKind)| lexicon.ontology.actors[*actor].kind == ActorKind::State;
    hits.iter().find(state).map(|(actor, _)| &lexicon.ontology.actors[*actor])
}

/// "Israel's Labor Party": the state before the name of a body that is its own.
fn owning_state<'a>(tree: &Tree<'_>, lexicon: &'a Lexicon<'_>, start: usize) -> Option<&'a Actor> {
    let mark = start.checked_sub(1).filter(|&w| tree.word(w).xpos == "POS")?;
    let end = mark;
    let from = mark.saturating_sub(LONGEST_NAME);
    (from..end)
        .flat_map(|at| lexicon.names.find_actor(&tree.text(at..end)))
        .filter(|(_, how)| *how == NameKind::Name)
        .map(|(actor, _)| &lexicon.ontology.actors[*actor])
        .find(|actor| actor.kind == ActorKind::State)
}

/// A name that the ontology does not have, as the annotator sees it.
fn new_name(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    at: usize,
    told: &Told,
    local: &mut Introduced,
) -> Option<NameSpan> {
    let form = &tree.word(at).form;
    let here = entity_at(tree, at);
    let after_title = here
        .filter(|e| {
            e.words.start < at
                && (e.kind == EntityKind::Person
                    || is_title(tree, lexicon, e.words.start)
                    || is_titled_person(tree, lexicon, &e.words))
                && title_end(tree, lexicon, &e.words) == at
        })
        .map(|e| Entity { words: at..e.words.end, kind: EntityKind::Person });
    let owned =
        here.filter(|e| is_owned(tree, e, at)).map(|e| Entity { words: at..e.words.end, ..*e });
    let entity =
        after_title.as_ref().or(owned.as_ref()).or_else(|| here.filter(|e| e.words.start == at));
    if tree.form_in_class(at, WordClass::Weekday) && entity.is_none_or(|e| e.words.len() == 1) {
        return None; // "the authorities Tuesday said"
    }
    let pronoun = tree.upos(at) == Upos::Pron; // not every "He" is Mr He
    let person = of_surname(tree, lexicon, local, at);
    if let Some(person) = person.filter(|_| !pronoun && !in_full(entity)) {
        return Some(NameSpan {
            words: at..at + 1,
            actor: person.clone(),
            how: NameKind::FamilyName,
        });
    }
    let unseen =
        unseen_person(tree, lexicon, at).or_else(|| unseen_doer(tree, lexicon, &told.doers, at));
    let entity = entity.or(unseen.as_ref())?;
    let joined = with_body_behind(tree, lexicon, entity);
    let entity = joined.as_ref().unwrap_or(entity);
    // "Members of Congress", "Governments of Israel and Lebanon"
    let of = entity.words.len() == 1 || tree.in_class(at + 1, WordClass::BelongingMark);
    let plural = tree.is_plural(at);
    if entity.kind == EntityKind::Organisation && of && plural && names_kind(tree, lexicon, at) {
        return None;
    }
    // "the Government of Jamaica", of which the annotator takes the first word for a name
    if entity.words.len() == 1 && is_government(lexicon, &form.to_lowercase()) {
        return None;
    }
    if !capitalised(form) || entity.words.start != at {
        return None;
    }
    of_document(tree, lexicon, entity.clone(), told, local)
}

/// "De la Cruz" after "Ana de la Cruz": whoever has the surname behind the particles.
fn with_particles<'k>(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    local: &'k Introduced,
    words: &Range<usize>,
) -> Option<&'k Known> {
    let last = words.end - 1;
    let particle =
        |w: usize| lexicon.is(&tree.word(w).form.to_lowercase(), WordClass::NameParticle);
    let particles = words.start < last && (words.start..last).all(particle);
    particles.then(|| local.of_kind(&tree.word(last).form, ActorKind::Person)).flatten()
}

/// What kind of actor a name is of; none for events.
fn kind_of(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    told: &Told,
    seen: EntityKind,
    words: &Range<usize>,
) -> Option<ActorKind> {
    let written = tree.text(words.clone());
    Some(match seen {
        // "the retailer Brask"
        EntityKind::Person | EntityKind::Place
            if words.len() == 1 && is_called_a_body(tree, lexicon, words.start) =>
        {
            ActorKind::Organisation
        }
        EntityKind::Person => ActorKind::Person,
        EntityKind::Organisation if told.demonyms.has(&written) => ActorKind::State,
        EntityKind::Organisation => ActorKind::Organisation,
        EntityKind::Place if told.is_state(&written) => ActorKind::State,
        EntityKind::Place => ActorKind::Place,
        EntityKind::Event => return None,
    })
}

/// Is a noun "government", or what a state is by its constitution?
fn is_government(lexicon: &Lexicon<'_>, noun: &str) -> bool {
    let mut collectives = lexicon.ontology.collectives.iter();
    lexicon.is(noun, WordClass::StateNoun)
        || collectives.any(|c| c.id == KeyCollective::Government && c.label == noun)
}

/// "The Government of Ethiopia", "the Kingdom of Cambodia": the known state, whose government it
/// is or what it is by its constitution.
fn governed<'a>(
    tree: &Tree<'_>,
    lexicon: &'a Lexicon<'_>,
    words: &Range<usize>,
) -> Option<&'a Actor> {
    let noun = tree.word(words.start).form.to_lowercase();
    let of = words.start + 1;
    if words.len() < 3
        || !is_government(lexicon, &noun)
        || !tree.in_class(of, WordClass::BelongingMark)
    {
        return None;
    }
    let from = if tree.in_class(of + 1, WordClass::DefiniteArticle) { of + 2 } else { of + 1 };
    let hits = lexicon.names.find_actor(&tree.text(from..words.end));
    let [(actor, NameKind::Name)] = hits else { return None };
    let actor = &lexicon.ontology.actors[*actor];
    (actor.kind == ActorKind::State).then_some(actor)
}

/// The actor of the document that a name names.
fn of_document(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    entity: Entity,
    told: &Told,
    local: &mut Introduced,
) -> Option<NameSpan> {
    let words = name_in(tree, lexicon, &entity)?;
    let written = tree.text(words.clone());
    let kind = kind_of(tree, lexicon, told, entity.kind, &words)?;
    if let Some(actor) = in_brackets(tree, lexicon, &words).filter(|_| words.len() > 1) {
        return Some(NameSpan { words, actor: Known::from(actor), how: NameKind::Name });
    }
    if let Some(state) = governed(tree, lexicon, &words) {
        return Some(NameSpan { words, actor: Known::from(state), how: NameKind::Name });
    }
    if let Some(known) = local.of_kind(&written, kind).filter(|_| words.len() > 1) {
        return Some(NameSpan { words, actor: known.clone(), how: NameKind::Name });
    }
    let whose =
        owning_state(tree, lexicon, words.start).filter(|_| kind == ActorKind::Organisation);
    if kind == ActorKind::Person
        && let Some(known) = with_particles(tree, lexicon, local, &words)
    {
        return Some(NameSpan { words, actor: known.clone(), how: NameKind::FamilyName });
    }
    let ministry =
        lexicon.is(&tree.word(words.end - 1).form.to_lowercase(), WordClass::MinistryNoun);
    let seat = seated_in(tree, lexicon, words.end).filter(|_| ministry);
    let label = match seat.or(whose).and_then(|state| state.adjectives.first()) {
        _ if kind == ActorKind::Person => without_initials(&written),
        // "Thailand's Thai Unity Party"
        Some(adjective) if !written.starts_with(adjective.as_str()) => {
            format!("{adjective} {written}")
        }
        _ => written.clone(),
    };
    if kind == ActorKind::Person
        && let [(actor, NameKind::Name)] = lexicon.names.find_actor(&label)
    {
        let actor = Known::from(&lexicon.ontology.actors[*actor]);
        return Some(NameSpan { words, actor, how: NameKind::Name });
    }
    let gender = (kind == ActorKind::Person).then(|| gender(tree, lexicon, &words)).flatten();
    let actor = Known { id: kebab(&label), label, kind, gender };
    if actor.id.is_empty() {
        return None;
    }
    if whose.is_some() && words.len() > 1 {
        local.call(written, &actor);
    }
    if kind == ActorKind::Person && words.len() > 1 {
        // the first of a surname keeps it: the second is named in full to be told apart
        let surname = surname(tree, lexicon, &words);
        if let Some(gender) = actor.gender {
            local.call_by_title(&surname, gender, &actor);
        }
        local.call(surname, &actor);
    }
    Some(NameSpan { words, actor, how: NameKind::Name })
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

    #[test]
    fn a_congress_of_another_state() {
        reads(
            "Rebels attacked Peru's Congress, the United States said. The Congress rejected the truce.",
            &[
                "actual attack [rebels] to [peruvian-congress] source [united-states]",
                "actual reject [perus-congress] ‹the truce›",
            ],
        );
    }

    #[test]
    fn a_given_name_is_no_country() {
        reads("Jordan Hale rejected the offer.", &["actual reject [jordan-hale] ‹the offer›"]);
        reads("Jordan rejected the offer.", &["actual reject [jordan] ‹the offer›"]);
    }

    #[test]
    fn a_name_goes_on_behind_a_hyphen_or_a_particle() {
        reads("Han Ji-won proposed a truce.", &["actual propose [han-ji-won] ‹a truce›"]);
        reads(
            "The Han Min-led union rejected the offer.",
            &["actual reject [han-min-led-union] ‹the offer›"],
        );
        reads(
            "Hassan ould Mohamed rejected the offer.",
            &["actual reject [hassan-ould-mohamed] ‹the offer›"],
        );
    }

    #[test]
    fn letters_that_a_text_spells_out_are_its_own() {
        reads(
            "The Ayrshire Nurses' Council (ANC) proposed a truce. The ANC rejected the offer.",
            &[
                "actual propose [ayrshire-nurses-council] ‹a truce›",
                "actual reject [ayrshire-nurses-council] ‹the offer›",
            ],
        );
        reads(
            "The African National Congress (ANC) rejected the offer.",
            &["actual reject [african-national-congress] ‹the offer›"],
        );
        reads(
            "The Inflation Reduction Act (IRA) passed. The IRA helped Norway.",
            &["actual aid [inflation-reduction-act] to [norway]"],
        );
    }

    #[test]
    fn a_person_called_as_a_state_or_a_capital_is() {
        reads(
            "Georgia Brandt proposed a truce. Georgia rejected the offer.",
            &[
                "actual propose [georgia-brandt] ‹a truce›",
                "actual reject [georgia-brandt] ‹the offer›",
            ],
        );
        reads(
            "Deion Washington rejected the contract. Washington demands a say.",
            &[
                "actual reject [deion-washington] ‹the contract›",
                "actual demand [deion-washington] ‹a say›",
            ],
        );
        reads(
            "Deion Washington lives in Washington. Washington rejected the offer.",
            &["actual reject [united-states] ‹the offer›"],
        );
    }

    #[test]
    fn letters_in_brackets_that_are_spoken_as_a_word() {
        reads(
            "The Harbour and Allied Workers' Union (Hawu) rejected the offer. Hawu proposed talks.",
            &[
                "actual reject [harbour-and-allied-workers-union] ‹the offer›",
                "actual propose [harbour-and-allied-workers-union] ‹talks›",
            ],
        );
    }

    #[test]
    fn a_name_that_many_bodies_bear_is_that_of_a_state_that_the_text_names() {
        reads("The Senate rejected the treaty.", &["actual reject [senate] ‹the treaty›"]);
        reads(
            "The Senate rejected the treaty. The United States had proposed it.",
            &["actual reject [us-senate] ‹the treaty›", "actual propose [united-states] ‹it›"],
        );
        reads(
            "Prime Minister Tove Halvik's office rejected the offer. The prime minister's office said no.",
            &["actual reject [tove-halvik] ‹the offer›", "actual reject [tove-halvik]"],
        );
    }

    #[test]
    fn a_name_set_off_behind_an_office() {
        reads(
            "The Borlandian energy minister, Vilma Stoll, rejected the offer.",
            &["actual reject [vilma-stoll] ‹the offer›"],
        );
        reads(
            "Elena Marku and Sofia Lenz rejected the offer.",
            &["actual reject [elena-marku, sofia-lenz] ‹the offer›"],
        );
    }

    #[test]
    fn an_office_before_a_given_name() {
        reads(
            "Secretary of State Robert Moran rejected the offer.",
            &["actual reject [robert-moran] ‹the offer›"],
        );
        reads(
            "Norway rejected the offer of the Government of Jamaica. The Government of Kenya rejected it.",
            &[
                "actual reject [norway] ‹the offer of the Government of Jamaica›",
                "actual propose [jamaica]",
                "actual reject [kenya] ‹it›",
            ],
        );
        reads(
            "The Government of Ethiopia rejected the offer. The Kingdom of Cambodia accepted it.",
            &["actual reject [ethiopia] ‹the offer›", "actual accept [cambodia] ‹it›"],
        );
    }

    #[test]
    fn a_title_tells_two_of_one_surname_apart() {
        reads(
            "Paulo Costa proposed a toll. Maria Costa rejected it. Ms Costa demanded a survey.",
            &[
                "actual propose [paulo-costa] ‹a toll›",
                "actual reject [maria-costa] ‹it›",
                "actual demand [maria-costa] ‹a survey›",
            ],
        );
    }

    #[test]
    fn a_title_before_an_unknown_name() {
        reads(
            "Sudanese general Yasser al-Atta threatened Chad.",
            &["actual threaten [yasser-al-atta] to [chad]"],
        );
        reads(
            "Congolese spokesman Patrick Muyaya accused Rwanda of aggression.",
            &[
                "actual accuse [patrick-muyaya] to [rwanda] ‹aggression›",
                "actual attack [rwanda] source [patrick-muyaya]",
            ],
        );
        reads(
            "Hamas official Khalil Hayya rejected the offer.",
            &["actual reject [khalil-al-hayya] ‹the offer›"],
        );
    }

    #[test]
    fn an_apposition_after_an_unknown_name() {
        reads(
            "Khalil Hayya, a Hamas official, said no. Hayya demanded guarantees.",
            &["actual reject [khalil-al-hayya]", "actual demand [khalil-al-hayya] ‹guarantees›"],
        );
        reads(
            "Corneille Nangaa, the leader of the rebel alliance, rejected the offer.",
            &["actual reject [corneille-nangaa] ‹the offer›"],
        );
        reads(
            "Cypriot negotiator Menelaos Menelaou met his Turkish Cypriot counterpart, Mehmet Dana.",
            &["actual consult [menelaos-menelaou] to [mehmet-dana]"],
        );
    }

    #[test]
    fn a_surname_goes_back_to_the_full_name() {
        reads(
            "General Abdel Fattah al-Burhan rejected the truce. Burhan also accused Chad of aggression.",
            &[
                "actual reject [abdel-fattah-al-burhan] ‹the truce›",
                "actual accuse [abdel-fattah-al-burhan] to [chad] ‹aggression›",
                "actual attack [chad] source [abdel-fattah-al-burhan]",
            ],
        );
        reads(
            "Amira Salem rejected the plan. Salem proposed a vote.",
            &["actual reject [amira-salem] ‹the plan›", "actual propose [amira-salem] ‹a vote›"],
        );
    }

    #[test]
    fn two_people_with_one_surname_stay_two() {
        reads(
            "Hillary Clinton met Bill Clinton.",
            &["actual consult [hillary-clinton] to [bill-clinton]"],
        );
        reads(
            "Carlo Rossi met Anna Rossi in Doha. Anna Rossi proposed a truce.",
            &[
                "actual consult [carlo-rossi] to [anna-rossi]",
                "actual propose [anna-rossi] ‹a truce›",
            ],
        );
    }

    #[test]
    fn a_short_surname_is_a_name() {
        reads("Xi met Starmer.", &["actual consult [xi-jinping] to [keir-starmer]"]);
        reads("Xi rejected the tariffs.", &["actual reject [xi-jinping] ‹the tariffs›"]);
    }

    #[test]
    fn a_surname_with_a_particle() {
        reads(
            "Starmer met von der Leyen.",
            &["actual consult [keir-starmer] to [ursula-von-der-leyen]"],
        );
    }

    #[test]
    fn a_korean_or_chinese_surname_stands_first() {
        reads(
            "Kim Jong-un met Putin. Kim rejected talks with Seoul.",
            &[
                "actual consult [kim-jong-un] to [vladimir-putin]",
                "actual reject [kim-jong-un] ‹talks with Seoul›",
            ],
        );
        reads(
            "Yoon Suk-yeol met Biden. Yoon rejected the offer.",
            &[
                "actual consult [yoon-suk-yeol] to [joe-biden]",
                "actual reject [yoon-suk-yeol] ‹the offer›",
            ],
        );
        reads(
            "Wang Yi rejected the tariffs. Wang demanded talks.",
            &["actual reject [wang-yi] ‹the tariffs›", "actual demand [wang-yi] ‹talks›"],
        );
    }

    #[test]
    fn the_first_of_a_surname_keeps_it() {
        reads(
            "Kim Jong-un rejected the offer. Kim Yo-jong threatened Seoul. Kim proposed a summit.",
            &[
                "actual reject [kim-jong-un] ‹the offer›",
                "actual threaten [kim-yo-jong] to [south-korea]",
                "actual propose [kim-jong-un] ‹a summit›",
            ],
        );
        reads(
            "Kim Yo-jong threatened Seoul. Kim demanded an apology.",
            &[
                "actual threaten [kim-yo-jong] to [south-korea]",
                "actual demand [kim-yo-jong] ‹an apology›",
            ],
        );
    }

    #[test]
    fn the_pronoun_he_is_not_mr_he() {
        reads(
            "Vice-Premier He Lifeng rejected the offer. Carney met Sheinbaum. He proposed a quota.",
            &[
                "actual reject [he-lifeng] ‹the offer›",
                "actual consult [mark-carney] to [claudia-sheinbaum]",
                "actual propose [mark-carney] ‹a quota›",
            ],
        );
        reads(
            "Chinese vice-premier He Lifeng met Carney. He rejected the tariffs.",
            &[
                "actual consult [he-lifeng] to [mark-carney]",
                "actual reject [he-lifeng] ‹the tariffs›",
            ],
        );
        reads("He slept.", &[]);
    }

    #[test]
    fn a_surname_without_its_particle() {
        reads(
            "Taher al-Nono rejected the truce. Nono demanded guarantees.",
            &[
                "actual reject [taher-al-nunu] ‹the truce›",
                "actual demand [taher-al-nunu] ‹guarantees›",
            ],
        );
        reads(
            "Khalil al-Saadi rejected the plan. Saadi proposed a vote.",
            &[
                "actual reject [khalil-al-saadi] ‹the plan›",
                "actual propose [khalil-al-saadi] ‹a vote›",
            ],
        );
        reads(
            "Starmer met Ursula von der Leyen. Von der Leyen rejected the quota.",
            &[
                "actual consult [keir-starmer] to [ursula-von-der-leyen]",
                "actual reject [ursula-von-der-leyen] ‹the quota›",
            ],
        );
        reads("The von was old.", &[]);
    }

    #[test]
    fn two_states_joined_by_a_hyphen() {
        reads(
            "The Franco-German plan was rejected by Serbia.",
            &[
                "actual propose [france, germany]",
                "actual reject [serbia] ‹The Franco-German plan›",
            ],
        );
        reads(
            "Serbia rejected the Russo-Turkish plan.",
            &["actual reject [serbia] ‹the Russo-Turkish plan›", "actual propose [russia, turkey]"],
        );
        reads(
            "Egypt rejected the short-term plan.",
            &["actual reject [egypt] ‹the short-term plan›"],
        );
    }

    #[test]
    fn a_movement_and_its_rebels() {
        reads("M23 rebels attacked Goma.", &["actual attack [m23] ‹Goma›"]);
        reads("Tshisekedi met M23 rebels.", &["actual consult [felix-tshisekedi] to [m23]"]);
        reads("Rebels attacked Goma.", &["actual attack [“Rebels”] ‹Goma›"]);
    }

    #[test]
    fn congolese_is_of_the_congo_that_is_named() {
        reads(
            "The Democratic Republic of Congo accused Rwanda of lies. The Congolese president rejected the truce.",
            &[
                "actual accuse [democratic-republic-of-the-congo] to [rwanda] ‹lies›",
                "actual reject [felix-tshisekedi] ‹the truce›",
            ],
        );
        reads(
            "The Democratic Republic of Congo met Rwanda. Congolese officials proposed a truce.",
            &[
                "actual consult [democratic-republic-of-the-congo] to [rwanda]",
                "actual propose [congolese-officials] ‹a truce›",
            ],
        );
        reads(
            "The Congolese president rejected the truce.",
            &["actual reject [congolese-president] ‹the truce›"],
        );
    }

    #[test]
    fn a_hyphen_in_a_name() {
        reads("Kim Yo-jong rejected the offer.", &["actual reject [kim-yo-jong] ‹the offer›"]);
        reads(
            "Yoon Suk-yeol met Kim Jong-un.",
            &["actual consult [yoon-suk-yeol] to [kim-jong-un]"],
        );
        reads("The vice-chairman slept.", &[]);
    }

    #[test]
    fn a_surname_of_several_particles() {
        reads(
            "Ana de la Cruz rejected the plan. De la Cruz proposed a vote.",
            &[
                "actual reject [ana-de-la-cruz] ‹the plan›",
                "actual propose [ana-de-la-cruz] ‹a vote›",
            ],
        );
    }

    #[test]
    fn an_office_is_no_name() {
        reads(
            "Vice President Maria Costa met Starmer. The vice president rejected the plan.",
            &[
                "actual consult [maria-costa] to [keir-starmer]",
                "actual reject [maria-costa] ‹the plan›",
            ],
        );
    }

    #[test]
    fn a_body_that_begins_with_a_state() {
        reads(
            "The Norway Ski Federation rejected the tariffs.",
            &["actual reject [norway-ski-federation] ‹the tariffs›"],
        );
        reads(
            "The Norway government rejected the tariffs.",
            &["actual reject [norway] ‹the tariffs›"],
        );
    }
}
