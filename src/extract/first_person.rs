//! "I", "we", "our": whoever speaks, and those that he speaks for; "you": whoever is asked.

use jiff::civil::Date;

use super::name::{Known, NameSpan};
use super::speech::Speech;
use super::tree::capitalised;
use super::who::{Referent, Who};
use crate::annotate::{Deprel, Upos};
use crate::ontology::{Actor, ActorKind, WordClass, kebab};

/// How many of the first sentences may be the heading of a statement, and how many words
/// after "by" its maker's name may begin.
const HEADING: (usize, usize) = (3, 9);
/// How many of the first sentences may say who "we" are.
const OPENING: usize = 6;
/// Words of the phrase that says so, at most.
const LONGEST_PHRASE: usize = 40;

/// "I", "we", "our" inside somebody's words mean the speaker.
pub(super) fn resolve(who: &Who<'_>, i: usize, speech: &Speech) -> Vec<Referent> {
    let form = who.tree.word(i).form.to_lowercase();
    if who.ontology.is(&form, WordClass::Second) {
        return asked(who, i, speech);
    }
    let plural = who.ontology.is(&form, WordClass::FirstPlural);
    if !plural && !who.ontology.is(&form, WordClass::FirstSingular) {
        return Vec::new();
    }
    let mut meant = match speech.speaker(i) {
        Some(speaker) => {
            let mut meant = who.all(speaker);
            if meant.is_empty() && matches!(who.tree.upos(speaker), Upos::Noun | Upos::Propn) {
                // "“I demand a vote,” the mayor added", "Macron: We reject it."
                return vec![who.unknown(speaker, false)];
            }
            if plural {
                meant.iter_mut().for_each(|referent| stand_for_body(who, referent));
            }
            meant
        }
        None if plural => {
            let named = self_named(who);
            if named.is_empty() { makers(who, true) } else { named }
        }
        None => makers(who, false),
    };
    if meant.is_empty() && speech.speaker(i).is_none() {
        meant.extend(writer(who));
        if plural {
            meant.iter_mut().for_each(|referent| stand_for_body(who, referent));
        }
    }
    for referent in &mut meant {
        referent.text = who.tree.word(i).form.clone();
    }
    meant
}

/// "QUESTION: Would you support it?": whoever answers; of somebody who speaks for another, that one.
/// In a letter whoever it is written to.
fn asked(who: &Who<'_>, i: usize, speech: &Speech) -> Vec<Referent> {
    let Some(answer) = speech.asked(who.tree, i) else {
        let letter = written_to(who).filter(|_| speech.speaker(i).is_none());
        let text = who.tree.word(i).form.clone();
        return letter.map(|reader| Referent { text, ..reader }).into_iter().collect();
    };
    let mut meant = who.all(answer);
    let leads = |r: &Referent| {
        let actor = r.actor.as_ref().and_then(|known| who.ontology.actor(&known.id));
        actor.is_some_and(|actor| {
            let mut offices = actor.tenures.iter().map(|tenure| tenure.office.as_str());
            offices.any(|office| who.ontology.is(office, WordClass::LeadingOffice))
        })
    };
    for referent in meant.iter_mut().filter(|r| !leads(r)) {
        stand_for_body(who, referent);
    }
    for referent in &mut meant {
        referent.text = who.tree.word(i).form.clone();
    }
    meant
}

/// The sentence of a letter that greets whoever is to read it ("Dear Ms Albers,").
fn greeting(who: &Who<'_>) -> Option<std::ops::Range<usize>> {
    let tree = who.tree;
    let mut opening = tree.annotation().sentences.iter().take(HEADING.0);
    opening.find(|s| tree.form_in_class(s.start, WordClass::LetterOpening)).cloned()
}

/// "Dear Ms Albers,": whom a letter is written to, if it says so by name.
fn written_to(who: &Who<'_>) -> Option<Referent> {
    let words = greeting(who)?;
    let tree = who.tree;
    let end = words.clone().find(|&w| tree.word(w).form == ",").unwrap_or(words.end);
    let name = who.names_in(&(words.start..end)).first()?;
    Some(who.referent(name.actor.clone(), name.words.start))
}

/// "The Loom Workers' Association, Corrin branch" below a letter: the body whose letter it is.
fn signed_by_body(who: &Who<'_>) -> Option<Referent> {
    greeting(who)?;
    let tree = who.tree;
    let last = tree.annotation().sentences.last()?;
    let verbless = tree.is_verbless(last.clone());
    let body = |n: &&NameSpan| n.actor.kind == ActorKind::Organisation;
    let name = who.names_in(last).iter().find(body).filter(|_| verbless)?;
    Some(who.referent(name.actor.clone(), name.words.start))
}

/// "We, the Foreign Ministers of Russia, India and China, …": whoever the makers of a text
/// say that they are.
fn self_named(who: &Who<'_>) -> Vec<Referent> {
    let tree = who.tree;
    let opening = tree.annotation().sentences.iter().take(OPENING).cloned();
    for sentence in opening {
        let form = |w: usize| (w < sentence.end).then(|| tree.word(w).form.to_lowercase());
        let says = |w: &usize| {
            form(*w).is_some_and(|f| who.ontology.is(&f, WordClass::FirstPlural))
                && form(w + 1).as_deref() == Some(",")
                && form(w + 2).is_some_and(|f| who.ontology.is(&f, WordClass::DefiniteArticle))
        };
        let Some(we) = sentence.clone().find(says) else { continue };
        let phrase = we + 2..sentence.end.min(we + LONGEST_PHRASE);
        let end = phrase
            .clone()
            .find(|&w| matches!(tree.upos(w), Upos::Verb | Upos::Aux))
            .unwrap_or(phrase.end);
        return bodies(who, phrase.start..end);
    }
    Vec::new()
}

/// The people, states and bodies that are named in a stretch, each once.
fn bodies(who: &Who<'_>, words: std::ops::Range<usize>) -> Vec<Referent> {
    let named = |place: bool| {
        let mut found: Vec<Referent> = Vec::new();
        for name in who.names_in(&words) {
            // "Governments" may look like a name
            let kind = name.actor.kind == ActorKind::Organisation
                && name.words.len() == 1
                && who.ontology.actor(&name.actor.id).is_none();
            if (name.actor.kind == ActorKind::Place) != place || kind {
                continue;
            }
            let referent = who.referent(name.actor.clone(), name.words.start);
            if found.iter().all(|known| known.key() != referent.key()) {
                found.push(referent);
            }
        }
        found
    };
    let mut found = named(false);
    if found.is_empty() {
        found = named(true); // states that nobody knows look like places
    }
    // "the Ministers of Trade of Chile, Peru and Colombia": these three
    let known = |r: &Referent| {
        r.actor.as_ref().is_some_and(|actor| who.ontology.actor(&actor.id).is_some())
    };
    if found.iter().filter(|r| known(r)).count() > 1 {
        let inside = |r: &Referent| {
            let actor = r.actor.as_ref()?;
            who.ontology.actor(&kebab(actor.label.rsplit(' ').next()?))
        };
        for referent in &mut found {
            if !known(referent)
                && let Some(state) = inside(referent)
            {
                referent.actor = Some(who.known(state));
            }
        }
        found.retain(known);
    }
    found
}

/// Whose demands a statement's are, as its heading says; the state's or body's where somebody
/// signs it with an office ("Ann Reed, Secretary of State").
pub(super) fn author(who: &Who<'_>) -> Vec<Referent> {
    makers(who, signed(who).is_some())
}

/// "Statement by President Joe Biden on …", "Joint Statement of the Leaders of Japan and the
/// Philippines": whoever the heading says the whole text is by; of `we` the bodies they speak for.
fn makers(who: &Who<'_>, we: bool) -> Vec<Referent> {
    let tree = who.tree;
    let alone = |mut maker: Referent| {
        if we {
            stand_for_body(who, &mut maker);
        }
        vec![maker]
    };
    if let Some(name) = named_as_i(who) {
        let group = who.spoken_for(name.words.start);
        if we && !group.is_empty() {
            return group.to_vec();
        }
        return alone(who.referent(name.actor.clone(), name.words.start));
    }
    let signed = signed(who).or_else(|| signed_below(who)).or_else(|| titled(who, we));
    if let Some(signed) = signed {
        return alone(signed);
    }
    for sentence in tree.annotation().sentences.iter().take(HEADING.0).cloned() {
        // "Norland welcomes the announcement by the UN." is no heading
        if ends_in_stop(who, &sentence) {
            continue;
        }
        let Some(noun) =
            sentence.clone().find(|&w| who.ontology.is(tree.lemma(w), WordClass::StatementNoun))
        else {
            continue;
        };
        // "Foreign Minister Rosa Inder's statement on the raid"
        let owner = tree.child(noun, Deprel::NmodPoss).and_then(|owner| who.name(owner));
        if let Some(owner) = owner.filter(|n| n.actor.kind == ActorKind::Person) {
            return alone(who.referent(owner.actor.clone(), owner.words.start));
        }
        let by = |w: &usize| {
            tree.in_class(*w, WordClass::VoiceMark)
                || *w == noun + 1
                    && joint(who, sentence.start..noun)
                    && tree.in_class(*w, WordClass::BelongingMark)
        };
        let Some(by) = (noun + 1..sentence.end).find(by) else { continue };
        let within = by + 1..(by + 1 + HEADING.1).min(sentence.end);
        // "by the Minister of Labour, Ann Reed": she, and no party
        let names = who.names_in(&within);
        let joint = joint(who, sentence.start..noun);
        let person = names.iter().find(|n| n.actor.kind == ActorKind::Person);
        let first = person.filter(|_| !joint).or_else(|| names.first());
        let Some(first) = first.filter(|n| n.actor.kind != ActorKind::Place) else { continue };
        let one = matches!(first.actor.kind, ActorKind::Person | ActorKind::Institution);
        if one {
            return alone(who.referent(first.actor.clone(), first.words.start));
        }
        if we {
            return bodies(who, by + 1..sentence.end.min(by + LONGEST_PHRASE));
        }
    }
    let body = || speaking_body(who).or_else(|| signed_by_body(who));
    if we { body().into_iter().collect() } else { Vec::new() }
}

/// "I, Colonel Ann Reed, speaking for the movement, wish …": whoever says near the beginning who "I" is.
fn named_as_i<'w>(who: &'w Who<'_>) -> Option<&'w NameSpan> {
    let tree = who.tree;
    let opening = tree.annotation().sentences.iter().take(HEADING.0 + 1).flat_map(Clone::clone);
    let named = |i: usize| {
        let comma = i + 2 < tree.len() && tree.word(i + 1).form == ",";
        let says = comma && tree.upos(i) == Upos::Pron && tree.is_first_person(i);
        let first = says.then(|| who.past_title(i + 2))?;
        who.name(first).filter(|name| name.words.start == first)
    };
    opening.filter_map(named).find(|name| name.actor.kind == ActorKind::Person)
}

/// "From: Yusuf Adeyemi, General Secretary": whoever the head of a letter or memorandum says it is
/// from.
fn sender_in_header(who: &Who<'_>, sentence: &std::ops::Range<usize>) -> Option<Referent> {
    let tree = who.tree;
    let from = |&w: &usize| {
        tree.word(w).form.starts_with(char::is_uppercase)
            && tree.in_class(w, WordClass::VoiceMark)
            && tree.word(w + 1).form == ":"
    };
    let from = (sentence.start..sentence.end.saturating_sub(2)).find(from)?;
    let name = who.name(from + 2).filter(|name| name.actor.kind == ActorKind::Person)?;
    (name.words.start == from + 2).then(|| who.referent(name.actor.clone(), name.words.start))
}

/// Whoever has written the text: "By Rosa Inder" at its top, or as it is told beside it.
fn writer(who: &Who<'_>) -> Option<Referent> {
    let tree = who.tree;
    let person = |n: &&NameSpan| n.actor.kind == ActorKind::Person;
    let byline = tree.annotation().sentences.iter().take(HEADING.0 + 1).find_map(|s| {
        let sender = sender_in_header(who, s);
        if sender.is_some() {
            return sender;
        }
        let by = tree.in_class(s.start, WordClass::VoiceMark) && s.len() > 2;
        if let Some(name) = who.name(s.start + 1).filter(|n| by && person(n) && n.words.len() > 1) {
            let rest = tree.is_verbless(name.words.end..s.end);
            return rest.then(|| who.referent(name.actor.clone(), name.words.start));
        }
        // a name that nobody takes for one
        let proper = |w: usize| tree.upos(w) == Upos::Propn && capitalised(&tree.word(w).form);
        let name = s.start + 1..s.end;
        let alone = by && (2..=LONGEST_MAKER).contains(&name.len()) && name.clone().all(proper);
        let body = name.clone().any(|w| who.name(w).is_some_and(|n| !person(&n)));
        (alone && !body).then(|| called(who, &who.slice(name)))
    });
    byline.or_else(|| {
        let words: Vec<&str> = who.author?.split_whitespace().collect();
        let large = |word: &&str| word.starts_with(char::is_uppercase) && !word.ends_with(',');
        let name = (2..=LONGEST_MAKER).contains(&words.len()) && words.iter().all(large);
        // a desk or an agency writes of nobody as "I"
        let body = |word: &&str| who.lexicon.names_kind_of_body(&word.to_lowercase());
        (name && !words.iter().any(body)).then(|| called(who, &words.join(" ")))
    })
}

/// The person of a full name that stands beside the text.
fn called(who: &Who<'_>, name: &str) -> Referent {
    let named = who.names.iter().find(|n| n.actor.label == name);
    let known = || match who.lexicon.names.find_actor(name) {
        [(actor, _)] => who.known(&who.ontology.actors[*actor]),
        _ => {
            Known { id: kebab(name), label: name.to_owned(), kind: ActorKind::Person, gender: None }
        }
    };
    let actor = named.map_or_else(known, |n| n.actor.clone());
    Referent { actor: Some(actor), text: name.to_owned(), plural: false }
}

/// Does the sentence end as no heading does?
fn ends_in_stop(who: &Who<'_>, sentence: &std::ops::Range<usize>) -> bool {
    matches!(who.tree.word(sentence.end - 1).form.as_str(), "." | "!" | "?")
}

/// Words of a heading that only says what a text is, at most ("Press Statement").
const LONGEST_GENRE: usize = 4;

/// "Media Note", and then "Norland welcomes the deal. We urge …": the state or body that a
/// statement begins with as its subject, where the heading says that it is a statement.
fn speaking_body(who: &Who<'_>) -> Option<Referent> {
    let tree = who.tree;
    let opening = tree.annotation().sentences.iter().take(OPENING);
    let stops = |s: &std::ops::Range<usize>| tree.word(s.end - 1).form == ".";
    let genre = |s: &&std::ops::Range<usize>| {
        let short = s.len() <= LONGEST_GENRE && !stops(s);
        short && (*s).clone().any(|w| who.ontology.is(tree.lemma(w), WordClass::StatementNoun))
    };
    opening.clone().find(genre)?;
    let first = opening.into_iter().find(|s| stops(s))?.clone();
    let verb = tree.main_word(&first)?;
    let subject = tree.child(verb, Deprel::Nsubj)?;
    let [body] = who.one(subject) else { return None };
    let present = matches!(tree.word(verb).xpos, "VBZ" | "VBP");
    let speaks = matches!(body.kind(), Some(ActorKind::State | ActorKind::Organisation));
    (present && speaks).then(|| body.clone())
}

/// Whom what a document is called names as its maker: the name, and the phrase of the office before it.
struct Maker<'t> {
    name: Vec<&'t str>,
    office: Vec<&'t str>,
}

/// "Statement by Prime Minister Ann Reed on the ferry", "A letter from Ann Reed", "Statement by the
/// Minister of Fisheries of Norland, Ann Reed" as what the document is called.
fn maker_in_title<'t>(who: &Who<'t>) -> Option<Maker<'t>> {
    let is = |word: &str, class| who.ontology.is(&word.to_lowercase(), class);
    let mut words = who.title?.split_whitespace();
    words.find(|word| is(word.trim_matches(MARKS), WordClass::StatementNoun))?;
    words.find(|word| is(word.trim_matches(MARKS), WordClass::VoiceMark))?;
    let rest: Vec<&str> = words.collect();
    let mut parts = rest.split_inclusive(|word| word.ends_with(','));
    let bare = |part: &[&'t str]| -> Vec<&'t str> {
        part.iter().map(|word| word.trim_matches(MARKS)).collect()
    };
    let calling = |word: &&str| who.lexicon.names_calling(word);
    let first = bare(parts.next()?);
    let proper = |word: &&&str| word.starts_with(char::is_uppercase);
    let run: Vec<&str> = first.iter().take_while(proper).copied().collect();
    let office = run.iter().rposition(calling).map_or(0, |at| at + 1);
    let (office, name) = match run.len() {
        // "the Minister of Fisheries of Norland, Ann Reed"
        0 if first.iter().any(calling) => {
            let second = bare(parts.next()?);
            (first, second.iter().take_while(proper).copied().collect())
        }
        _ => (run[..office].to_vec(), run[office..].to_vec()),
    };
    // "Statement by Norland" is told of a state, not of a person
    (2..=LONGEST_MAKER).contains(&name.len()).then_some(Maker { name, office })
}

/// The person whom what the document is called names as its maker; of `we` the state or body whose
/// office is told there.
fn titled(who: &Who<'_>, we: bool) -> Option<Referent> {
    let maker = maker_in_title(who)?;
    let of = |at: usize| who.ontology.is(maker.office[at], WordClass::OfficePreposition);
    let body = |name: &&NameSpan| {
        let label: Vec<&str> = name.actor.label.split(' ').collect();
        let bodies = [ActorKind::State, ActorKind::Organisation, ActorKind::Institution];
        let named = |at: usize| {
            let behind = &maker.office[at + 1..];
            let article = |word: &&str| who.ontology.is(word, WordClass::DefiniteArticle);
            behind[usize::from(behind.first().is_some_and(article))..].starts_with(&label)
        };
        bodies.contains(&name.actor.kind) && (0..maker.office.len()).any(|at| of(at) && named(at))
    };
    if let Some(body) = who.names.iter().find(body).filter(|_| we) {
        return Some(who.referent(body.actor.clone(), body.words.start));
    }
    let person = called(who, &maker.name.join(" "));
    Some(person).filter(|one| one.kind() == Some(ActorKind::Person))
}

/// Words, at most, of a person's name in what a document is called.
const LONGEST_MAKER: usize = 4;

/// What stands around words in what a document is called.
const MARKS: [char; 8] = [',', ':', ';', '.', '"', '“', '”', '\''];

/// Is a statement one that several make together?
fn joint(who: &Who<'_>, before: std::ops::Range<usize>) -> bool {
    before.clone().any(|w| who.ontology.is(who.tree.lemma(w), WordClass::Joint))
}

/// "Yours sincerely, Ann Reed": whoever signs the text below.
fn signed_below(who: &Who<'_>) -> Option<Referent> {
    let tree = who.tree;
    let mut last = tree.annotation().sentences.iter().rev().take(HEADING.0);
    let closing = |s: &std::ops::Range<usize>| {
        let form = |w: usize| tree.word(w).form.to_lowercase();
        let mut first = s.clone().take(LONGEST_CLOSING);
        tree.is_verbless(s.clone())
            && first.any(|w| who.ontology.is(&form(w), WordClass::ClosingWord))
    };
    let person = |n: &&NameSpan| n.actor.kind == ActorKind::Person;
    let name = match last.find(|s| closing(s)) {
        Some(closes) => who.names_in(&(closes.start..tree.len())).iter().find(person)?,
        // a name on a line of its own at the end
        None => {
            let sentences = &tree.annotation().sentences;
            // "Rosa Inder" and below it "Foreign Minister of Norland"
            let office = sentences.last().filter(|s| {
                s.len() <= HEADING.1
                    && tree.is_verbless((*s).clone())
                    && (*s).clone().any(|w| who.lexicon.names_calling(&tree.word(w).form))
                    && who.name(s.start).is_none_or(|n| !person(&n))
            });
            let end = match office {
                Some(_) => sentences.iter().rev().nth(1)?,
                None => sentences.last()?,
            };
            let name = who.name(end.start).filter(|n| n.words.len() > 1 && person(n))?;
            let office = |w: usize| {
                tree.upos(w) == Upos::Punct || who.lexicon.names_calling(&tree.word(w).form)
            };
            let alone = name.words.start == end.start && (name.words.end..end.end).all(office);
            Some(name).filter(|_| alone)?
        }
    };
    Some(who.referent(name.actor.clone(), name.words.start))
}

/// Words of the formula that closes a letter.
const LONGEST_CLOSING: usize = 3;

/// "Ann Reed, Foreign Secretary" on a line of its own at the top: whoever signs the text.
fn signed(who: &Who<'_>) -> Option<Referent> {
    let tree = who.tree;
    let office = |w: usize| who.lexicon.names_calling(&tree.word(w).form);
    let line = |s: &std::ops::Range<usize>| {
        let name = who.name(s.start).filter(|n| n.actor.kind == ActorKind::Person)?;
        let (end, rest) = (name.words.end, name.words.end + 1..s.end);
        let signs = end < s.end
            && tree.word(end).form == ","
            && rest.len() <= HEADING.1
            && rest.clone().any(office)
            && tree.is_verbless(rest.clone())
            && tree.upos(s.end - 1) != Upos::Punct;
        signs.then(|| who.referent(name.actor.clone(), name.words.start))
    };
    tree.annotation().sentences.iter().take(HEADING.0).find_map(line)
}

/// The "we" of somebody who speaks for a state or a body means that (codebook, cases).
pub(super) fn stand_for_body(who: &Who<'_>, referent: &mut Referent) {
    let Some(known) = &referent.actor else { return };
    if known.kind != ActorKind::Person {
        return;
    }
    let actor = who.ontology.actor(&known.id);
    // of two hundred deputies each speaks for some
    let deputies = |body: &Actor| {
        let parts = body.label.to_lowercase();
        body.kind == ActorKind::Institution
            && parts.split(' ').any(|part| who.ontology.is(part, WordClass::LegislatureNoun))
    };
    if actor.and_then(|actor| who.body_of(actor)).is_some_and(deputies) {
        return;
    }
    let official = actor.filter(|actor| !actor.tenures.is_empty());
    // a spokesman's "we" at the briefing of a ministry is the state
    let body = official.and_then(|actor| who.body_of(actor)).map(|body| {
        let state = host(who).filter(|host| body.acts_for.as_ref() == Some(&host.id));
        state.unwrap_or(body)
    });
    if let Some(body) = body {
        referent.actor = Some(who.known(body));
    } else if let Some(body) = body_in_text(who, &known.id) {
        *referent = body;
    } else if let Some(host) = host(who).filter(|_| official.is_none()) {
        // somebody at the rostrum of whoever holds the briefing
        referent.actor = Some(who.known(host));
    }
}

/// How many words before and after a name the office can stand that says for whom somebody
/// speaks.
const OFFICE: (usize, usize) = (2, 6);

/// "Kofi Annor, a spokesman for the gold miners", "Sudria's chief negotiator, Dana Obre": the
/// body that the text says somebody holds an office of.
fn body_in_text(who: &Who<'_>, person: &str) -> Option<Referent> {
    let tree = who.tree;
    let a_body = |r: &&Referent| {
        let kind = r.kind();
        kind.is_some() && !matches!(kind, Some(ActorKind::Person | ActorKind::Place))
    };
    let full = who.names.iter().filter(|n| n.actor.id == person && n.words.len() > 1);
    full.into_iter().find_map(|name| {
        let sentence = &tree.annotation().sentences[tree.sentence(name.words.start)];
        let comma = |w: usize| sentence.contains(&w) && tree.word(w).form == ",";
        let before = name.words.start.saturating_sub(OFFICE.0).max(sentence.start);
        let after = name.words.end..sentence.end.min(name.words.end + OFFICE.1);
        let phrase = |&w: &usize| !matches!(tree.upos(w), Upos::Verb | Upos::Aux | Upos::Adp);
        let behind = after.skip(1).take_while(phrase).filter(|_| comma(name.words.end));
        let mut offices = (before..name.words.start)
            .chain(behind)
            .filter(|&w| who.lexicon.names_calling(&tree.word(w).form));
        // "Ethiopia's Prime Minister Meles Zenawi": the state hangs on the name
        let state = || {
            let whose = tree.children_by(name.words.start, Deprel::NmodPoss);
            let states =
                whose.flat_map(|w| who.one(w)).find(|r| r.kind() == Some(ActorKind::State));
            states.cloned()
        };
        offices.find_map(|office| {
            if let Some(state) = state() {
                return Some(state);
            }
            let for_whom = tree.children_by(office, Deprel::Nmod).filter(|&c| {
                who.ontology.is(&tree.case_marks(c).join(" "), WordClass::OfficePreposition)
            });
            let described = |c: usize| match who.one(c) {
                [] => who.by_words(c, who.stretch(c), true).filter(|r| r.actor.is_some()),
                known => known.iter().find(a_body).cloned(),
            };
            let told = for_whom.into_iter().find_map(described);
            told.or_else(|| who.owner_of(office).filter(|r| a_body(&r)))
        })
    })
}

/// "Press Briefing by Press Secretary Ann Reed": a day on which somebody whom the heading names
/// spoke for a body, where nothing else says when the text was written.
pub(super) fn era(who: &Who<'_>) -> Option<Date> {
    let heading = who.tree.annotation().sentences.iter().take(HEADING.0).cloned();
    let line = |s: &std::ops::Range<usize>| who.tree.upos(s.end - 1) != Upos::Punct;
    let names = heading.filter(line).flat_map(|s| who.names_in(&s));
    let tenure = |name: &NameSpan| match who.ontology.actor(&name.actor.id)?.tenures.as_slice() {
        [only] if only.until.is_some() => {
            let of = who.ontology.actor(&only.of)?;
            only.from.filter(|_| of.kind == ActorKind::Institution)
        }
        _ => None,
    };
    names.into_iter().find_map(tenure)
}

/// "Department Press Briefing – August 10, 2021": the state whose institution holds the
/// briefing, by the heading of a transcript.
pub(super) fn host<'a>(who: &Who<'a>) -> Option<&'a Actor> {
    let tree = who.tree;
    let heading = tree.annotation().sentences.iter().take(HEADING.0).cloned();
    let institution = heading
        .filter(|s| !s.clone().any(|w| tree.word(w).form == ":") && !ends_in_stop(who, s))
        .flatten()
        .filter_map(|w| who.name(w))
        .find_map(|name| {
            let actor = who.ontology.actor(&name.actor.id)?;
            let body = match actor.kind {
                ActorKind::Institution => Some(actor),
                ActorKind::Person => who.body_of(actor),
                _ => None,
            }?;
            (body.kind == ActorKind::Institution).then_some(body)
        })?;
    who.ontology.actor(institution.acts_for.as_ref()?)
}

#[cfg(test)]
mod tests {
    use crate::corpus::Document;
    use crate::extract::testing::{annotator, claims, document, lexicon, reads};
    use crate::extract::{By, extract_by};

    #[test]
    fn i_and_we_are_the_speaker() {
        reads(
            r#""I propose a pause," said Sisi."#,
            &["actual propose [abdel-fattah-el-sisi] ‹a pause›"],
        );
        reads(
            r#""We reject the plan," Netanyahu said."#,
            &["actual reject [israel] ‹the plan› source [benjamin-netanyahu]"],
        );
        reads(r#""I demand a vote," the mayor added."#, &["actual demand [“the mayor”] ‹a vote›"]);
    }

    #[test]
    fn whoever_has_written_the_text_is_i() {
        reads(
            "Opinion\n\nBy Rosa Inder\n\nI reject the map. Norway must leave.",
            &["actual reject [rosa-inder] ‹the map›"],
        );
        reads(
            "I reject the map.\n\nRosa Inder\nForeign Minister of Norway",
            &["actual reject [rosa-inder] ‹the map›"],
        );
        reads(
            "Foreign Minister Rosa Inder's statement on the raid\n\nI reject the map.",
            &["actual state [rosa-inder] ‹the raid›", "actual reject [rosa-inder] ‹the map›"],
        );
        let written =
            Document { author: Some("Rosa Inder".to_owned()), ..document("I reject the map.") };
        let (_, found) = crate::read(&written, annotator(), lexicon());
        assert_eq!(found[0].agent[0].id.as_deref(), Some("rosa-inder"));
        let desk = Document { author: Some("Foreign News Agency".to_owned()), ..written };
        let (_, found) = crate::read(&desk, annotator(), lexicon());
        assert_eq!(found[0].agent[0].id, None);
    }

    #[test]
    fn what_a_document_is_called_says_whose_it_is() {
        let text = "Norway holds the strait. I rejected the map. We demand the harbour.";
        let called = |title: &str| {
            let written = Document { title: Some(title.to_owned()), ..document(text) };
            let (_, found) = crate::read(&written, annotator(), lexicon());
            let of = |act: &str| {
                let claim = found.iter().find(|claim| claim.act == act);
                claim.and_then(|claim| claim.agent[0].id.clone())
            };
            (of("reject"), of("demand"))
        };
        let id = |id: &str| Some(id.to_owned());
        let minister = called("Statement by the Minister of Fisheries of Norway, Ana Dorvelle");
        assert_eq!(minister, (id("ana-dorvelle"), id("norway")));
        let bare = called("Statement by Minister Ana Dorvelle on the map");
        assert_eq!(bare, (id("ana-dorvelle"), id("ana-dorvelle")));
        assert_eq!(called("Statement by the Government, Port Ansel"), (None, None));
    }

    #[test]
    fn a_ministry_spoken_of_holds_no_briefing() {
        reads(
            r#"The State Department slept. "We reject the plan," said Ann Reed."#,
            &["actual reject [ann-reed] ‹the plan›"],
        );
        reads(
            r#""We reject the plan," said Ann Reed, director of the rights group Open Doors."#,
            &["actual reject [open-doors] ‹the plan› source [ann-reed]"],
        );
    }

    #[test]
    fn a_statement_is_by_the_body_that_it_begins_with() {
        reads(
            "Press Statement\n\nNorway welcomes the truce. We urge Chad to stop.",
            &["actual accept [norway] ‹the truce›", "actual demand [norway] to [chad] ‹stop›"],
        );
        reads(
            "Norway welcomes the truce. We urge Chad to stop.",
            &["actual accept [norway] ‹the truce›"],
        );
    }

    #[test]
    fn a_letter_has_its_reader_and_its_writers() {
        reads(
            "Dear Ms Albers,\n\nWe have rejected your offer.\n\nThe Loom Workers' Association, Corrin branch",
            &["actual reject [loom-workers-association] ‹your offer›", "actual propose [albers]"],
        );
    }

    #[test]
    fn you_are_whoever_is_asked() {
        reads(
            "Briefing\n\nQUESTION: Would you accept the truce?\n\nPRESIDENT MACRON: I reject the truce.",
            &[
                "unrealised accept [emmanuel-macron] ‹the truce› source [reporter]",
                "actual reject [emmanuel-macron] ‹the truce›",
            ],
        );
    }

    #[test]
    fn a_deputy_speaks_for_no_parliament() {
        reads(
            "“We rejected the wall,” Nancy Pelosi said.",
            &["actual reject [nancy-pelosi] ‹the wall›"],
        );
    }

    #[test]
    fn we_who_say_who_we_are() {
        reads(
            "We, the Foreign Ministers of Russia, India and China, met in Zhejiang.\n\n\
             We rejected the new tariffs.",
            &[
                "actual consult [russia, india, china]",
                "actual reject [russia, india, china] ‹the new tariffs›",
            ],
        );
    }

    #[test]
    fn a_joint_statement_is_by_all_of_its_makers() {
        reads(
            "Joint Statement of the Governments of Japan and the Philippines\n\n\
             We reject the blockade.",
            &[
                "actual cooperate [] ‹the Governments of Japan and the Philippines›",
                "actual reject [japan, philippines] ‹the blockade›",
            ],
        );
    }

    #[test]
    fn whoever_holds_a_briefing_is_we() {
        reads(
            "White House Press Briefing\n\nQUESTION: And the tariffs?\n\n\
             MS. ARDEN: We reject the tariffs.",
            &["actual reject [united-states] ‹the tariffs› source [arden]"],
        );
    }

    #[test]
    fn the_president_of_the_time_of_the_spokesman() {
        let text = "Press Briefing by Press Secretary Josh Earnest\n\n\
                    MR. EARNEST: The President rejected the plan.";
        let document = Document::new("test", text);
        let annotation = annotator().annotate(&document.text);
        let claims = extract_by(By::Rules, &document, &annotation, lexicon());
        let agents: Vec<_> =
            claims.iter().flat_map(|c| &c.agent).map(|p| p.id.as_deref()).collect();
        assert_eq!(agents, [Some("barack-obama")]);
    }

    #[test]
    fn whoever_signs_at_the_top_is_we() {
        reads(
            "Truce in Yemen\n\nMarco Rubio, Secretary of State\n\nWe reject the blockade.",
            &["actual reject [united-states] ‹the blockade›"],
        );
    }

    #[test]
    fn i_who_am_named_speak_for_the_rest_of_the_text() {
        let text = "I, Colonel Sylvain Gatabo, speaking for the African Union, wish to be plain. We \
                    rejected the quota. I accepted the map.";
        let found = claims(text);
        let by = |act: &str| {
            let claim = found.iter().find(|claim| claim.act == act).expect("the claim");
            claim.agent[0].id.clone()
        };
        assert_eq!(by("reject").as_deref(), Some("african-union"));
        assert_eq!(by("accept").as_deref(), Some("sylvain-gatabo"));
    }
}
