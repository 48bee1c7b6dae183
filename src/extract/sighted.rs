//! What the network sees as a claim, as a candidate: its stretches of words become
//! people, through the same rooms that tell who is meant for the rules.

use std::ops::Range;

use super::claim::{Evidence, Status};
use super::evoked::Evoked;
use super::reading::{Candidate, Reading};
use super::status::{is_counterfactual, is_question, status};
use super::tree::Tree;
use super::who::Referent;
use crate::annotate::{Deprel, Sighting, Stretch, Upos};
use crate::ontology::{ActTrait, ActorKind, WordClass};

/// Statuses in the order of [`Sighting::status`].
const STATUSES: [Status; 3] = [Status::Actual, Status::Negated, Status::Unrealised];

/// Chance of a stretch in the sentence of the trigger from which on no other sentence is
/// looked at.
const NEAR_ENOUGH: f32 = 0.5;
/// Of several stretches those stay that have this part of the surest one's chance.
const AS_SURE: f32 = 0.75;
/// Words of a phrase, at most, that are given as they stand where nobody known is meant.
const LONGEST_PHRASE: usize = 8;

/// Somebody in a role: the head of the phrase, and the phrase.
struct Mention {
    head: usize,
    words: Range<usize>,
}

/// The candidate that the network sees.
pub(super) fn read(reading: &Reading<'_>, sighting: &Sighting) -> Candidate {
    let tree = reading.tree;
    let at = sighting.trigger.start;
    let head = tree.tops(&sighting.trigger)[0];
    let near = |stretches: &[Stretch]| nearest(tree, at, stretches);
    let agents = mentions(reading, of_one_list(tree, &near(&sighting.agent)));
    let agent = meant(reading, &agents);
    let agent_words: Vec<usize> = agents.iter().map(|mention| mention.head).collect();
    let towards = towards(reading, mentions(reading, near(&sighting.addressee).iter().collect()));
    let addressee = reading.others(meant(reading, &towards), &agent);
    // somebody's own words are a source's also where he speaks of himself, but who does
    // the saying is its agent
    let mut reporters = mentions(reading, near(&sighting.source).iter().collect());
    reporters.retain(|reporter| !agent_words.contains(&reporter.head));
    reporters.retain(|reporter| !reading.speech.labels_another(reporter.head, head));
    // "He never endorsed it, his office said": whoever a sentence names for it says so
    let here = |word: usize| tree.sentence(word) == tree.sentence(head);
    let mut speakers = reading.speech.of(head).iter().filter(|speaker| here(speaker.cue));
    let named_here = speakers.any(|speaker| tree.upos(speaker.source) != Upos::Pron);
    reporters.retain(|reporter| here(reporter.head) || !named_here);
    reporters.retain(|reporter| !reporter.words.clone().all(|w| tree.upos(w) == Upos::Num));
    let source = meant(reading, &reporters);
    Candidate {
        construction: None,
        act: sighting.act.to_owned(),
        trigger: sighting.trigger.clone().collect(),
        head,
        agent,
        agent_words,
        addressee,
        matter: Vec::new(),
        status: Some(told(reading, sighting, head)),
        spoken_by_agent: false,
        matter_words: sighting.matter.as_ref().map(|stretch| stretch.words.clone()),
        source: Some(source),
        evidence: Evidence {
            model: rounded(sighting.chance),
            agent_model: rounded(sighting.agent.iter().map(|s| s.chance).fold(0.0, f32::max)),
            status_model: rounded(sighting.status.iter().copied().fold(0.0, f32::max)),
            ..Evidence::default()
        },
    }
}

/// Who is addressed, of the mentions that the network has seen so: "rebels in Sudan" are not Sudan,
/// and "its NATO ally" is not NATO.
fn towards(reading: &Reading<'_>, mut mentions: Vec<Mention>) -> Vec<Mention> {
    let (tree, who) = (reading.tree, &reading.who);
    let of_place = |head: usize| {
        let place = |r: &Referent| matches!(r.kind(), Some(ActorKind::State | ActorKind::Place));
        tree.marked(head, WordClass::InsideMark) && who.one(head).iter().all(place)
    };
    mentions.retain(|mention| !of_place(mention.head));
    for mention in &mut mentions {
        let noun = tree.head(mention.head).filter(|&noun| {
            tree.is(mention.head, Deprel::Compound)
                && mention.words.end <= noun
                && reading.lexicon.is(tree.lemma(noun), WordClass::PersonNoun)
        });
        if let Some(noun) = noun {
            *mention = Mention { head: noun, words: who.stretch(noun) };
        }
    }
    mentions
}

/// The status: the likeliest, but for an act that words deny ("nobody has endorsed it") or ask for
/// ("Does Norland welcome it?").
fn told(reading: &Reading<'_>, sighting: &Sighting, head: usize) -> Status {
    let tree = reading.tree;
    let seen = likeliest(sighting);
    if refuses_by_denying(reading, sighting, head) {
        // "does not accept" is a refusal, and not a refusal that was not made
        return if seen == Status::Unrealised { seen } else { Status::Actual };
    }
    if seen == Status::Negated {
        return seen;
    }
    let verb = tree.upos(head) == Upos::Verb;
    let ruled = verb.then(|| status(tree, reading.lexicon, head)).flatten();
    // "struggled to arrive at a consensus": the noun is as the verb that is one act with it
    let same = |e: &Evoked<'_>| e.trigger.act == sighting.act;
    let light = tree.head(head).filter(|&above| {
        !verb
            && tree.upos(above) == Upos::Verb
            && reading.lexicon.evoked(&reading.slots(), above).iter().any(same)
    });
    let through = light.and_then(|above| status(tree, reading.lexicon, above));
    if through == Some(Status::Negated) {
        return Status::Negated;
    }
    match (seen, ruled) {
        (Status::Actual, Some(Status::Negated)) => Status::Negated,
        (Status::Actual, Some(Status::Unrealised))
            if !tree.is(head, Deprel::Conj) && is_question(tree, head) =>
        {
            Status::Unrealised
        }
        (Status::Actual, _) if verb && is_counterfactual(tree, head) => Status::Unrealised,
        _ => seen,
    }
}

/// "Does not accept", "will not sign": is the act a refusal, which the words deny something else to
/// say?
fn refuses_by_denying(reading: &Reading<'_>, sighting: &Sighting, head: usize) -> bool {
    let tree = reading.tree;
    if !reading.lexicon.act_is(sighting.act, ActTrait::Refusing) {
        return false;
    }
    let negator = |w: usize| tree.form_in_class(w, WordClass::Negator);
    let denied = sighting.trigger.clone().any(negator)
        || tree.children_by(head, Deprel::Advmod).any(negator);
    let evoked = reading.lexicon.evoked(&reading.slots(), head);
    let alone = |e: &Evoked<'_>| !e.words.iter().any(|&w| negator(w));
    let refuses = |e: &Evoked<'_>| alone(e) && e.trigger.act == sighting.act;
    denied && evoked.iter().any(alone) && !evoked.iter().any(refuses)
}

/// The status with the greatest chance.
fn likeliest(sighting: &Sighting) -> Status {
    let [actual, negated, unrealised] = sighting.status;
    let best = if actual >= negated && actual >= unrealised {
        0
    } else if negated >= unrealised {
        1
    } else {
        2
    };
    STATUSES[best]
}

/// A chance to three places: a difference further behind says nothing.
pub(super) fn rounded(chance: f32) -> f64 {
    (f64::from(chance) * 1000.0).round() / 1000.0
}

/// The stretches in the sentence of the trigger, before which those of other sentences do not
/// count: they are there for want of nearer ones.
fn nearest(tree: &Tree<'_>, trigger: usize, stretches: &[Stretch]) -> Vec<Stretch> {
    let sentence = tree.sentence(trigger);
    let stretches: Vec<Stretch> = stretches.iter().map(|s| within(tree, sentence, s)).collect();
    let here = |s: &&Stretch| tree.sentence(s.words.start) == sentence;
    let near: Vec<Stretch> = stretches.iter().filter(here).cloned().collect();
    if sureness(near.iter()) < NEAR_ENOUGH { stretches } else { near }
}

/// "Ann Reed, Secretary of State", and the next line begins with "Norland": nobody is named
/// across the end of a sentence, so of such a stretch the part in the sentence of the trigger
/// counts, else the first.
fn within(tree: &Tree<'_>, sentence: usize, stretch: &Stretch) -> Stretch {
    let words = &stretch.words;
    let first = tree.sentence(words.start);
    let at = if tree.sentence(words.end - 1) >= sentence { first.max(sentence) } else { first };
    let of = &tree.annotation().sentences[at];
    let words = words.start.max(of.start)..words.end.min(of.end);
    Stretch { words, ..stretch.clone() }
}

/// The chance of the surest.
fn sureness<'s>(stretches: impl IntoIterator<Item = &'s Stretch>) -> f32 {
    stretches.into_iter().map(|s| s.chance).fold(0.0, f32::max)
}

/// Of the stretches the surest and those in one list with it: several people do something
/// together where they are named together, and words elsewhere in the sentence are others.
fn of_one_list<'a>(tree: &Tree<'_>, stretches: &'a [Stretch]) -> Vec<&'a Stretch> {
    let mut stretches: Vec<&Stretch> = stretches.iter().collect();
    stretches.sort_by_key(|s| (s.words.start, s.words.end));
    let sure = |list: &[&'a Stretch]| sureness(list.iter().copied());
    let together = |a: &&Stretch, b: &&Stretch| in_one_list(tree, a.words.end - 1, b.words.start);
    let lists = stretches.chunk_by(together);
    let surest = lists.reduce(|best, list| if sure(list) > sure(best) { list } else { best });
    surest.map(<[&Stretch]>::to_vec).unwrap_or_default()
}

/// The longest way between two members of one list, in words.
const LIST_STEP: usize = 10;

/// Do two members stand in one list, and not apart in a sentence that does something with each?
/// `from` is the last word of one, `to` the first of the next.
pub(super) fn in_one_list(tree: &Tree<'_>, from: usize, to: usize) -> bool {
    let between = from + 1..to;
    let and = between.clone().any(|w| tree.upos(w) == Upos::Cconj);
    // "Jana Wessel, the lawyer for the families": what a comma joins is no list by itself
    let apart = |w: usize| {
        matches!(tree.upos(w), Upos::Verb | Upos::Aux | Upos::Sconj)
            || tree.upos(w) == Upos::Adp && !and
    };
    let parts = between.clone().any(apart);
    let joined = between.clone().any(|w| tree.upos(w) == Upos::Cconj || tree.word(w).form == ",");
    tree.sentence(from) == tree.sentence(to) && to.abs_diff(from) <= LIST_STEP && joined && !parts
}

/// Who stands in the stretches, coordinated ones apart.
fn mentions(reading: &Reading<'_>, stretches: Vec<&Stretch>) -> Vec<Mention> {
    let least = sureness(stretches.iter().copied()) * AS_SURE;
    let mut found: Vec<Mention> = Vec::new();
    for stretch in stretches.into_iter().filter(|s| s.chance >= least) {
        for mention in parts(reading, &stretch.words) {
            if found.iter().all(|known| known.head != mention.head) {
                found.push(mention);
            }
        }
    }
    found.retain(|mention| !reading.who.is_excluded(mention.head));
    found.sort_by_key(|mention| mention.head);
    // "US Secretary of State" before "Condoleezza Rice" is she
    let person_at = |w: usize| {
        let name = reading.who.name(w);
        name.is_some_and(|n| n.words.start == w && n.actor.kind == ActorKind::Person)
    };
    let named: Vec<usize> = found.iter().map(|m| m.words.start).filter(|&w| person_at(w)).collect();
    found.retain(|m| !named.contains(&m.words.end) || person_at(m.words.start));
    found
}

/// The mentions in one stretch.
fn parts(reading: &Reading<'_>, words: &Range<usize>) -> Vec<Mention> {
    let tree = reading.tree;
    if let Some(head) = titled_person(reading, words) {
        return vec![Mention { head, words: words.clone() }];
    }
    if let Some(person) = with_offices(reading, words) {
        return vec![person];
    }
    let Some(top) = nominal(tree, words) else { return Vec::new() };
    let mut found = coordinated(reading, words, top);
    let inside = |found: &[Mention], head: usize| found.iter().any(|m| m.words.contains(&head));
    for head in tree.conjuncts(top).into_iter().filter(|w| words.contains(w)) {
        if !inside(&found, head) {
            let alone = found.is_empty() && head == top;
            let words = if alone { words.clone() } else { head..head + 1 };
            found.push(Mention { head, words });
        }
    }
    found
}

/// "US President Donald Trump": of a stretch that ends in the name of a person, the person,
/// however the words before hang together; not so of "the envoys of Donald Trump".
fn titled_person(reading: &Reading<'_>, words: &Range<usize>) -> Option<usize> {
    // between two "and" there is nobody
    let last = words.end.checked_sub(1).filter(|last| words.contains(last))?;
    let name = reading.who.name(last)?;
    let whole = name.actor.kind == ActorKind::Person && name.words.start > words.start;
    let titles = words.start..name.words.start;
    // "opponents of President Hugo Chavez"
    let several = |w: usize| {
        reading.tree.upos(w) == Upos::Adp
            && w > words.start
            && matches!(reading.tree.word(w - 1).xpos, "NNS" | "NNPS")
    };
    if titles.clone().any(several) {
        return None;
    }
    let plain = |w: usize| {
        let tree = reading.tree;
        // "UN Special Envoy for Yemen Hans Grundberg", but not "the envoy of Donald Trump"
        let inside = tree.upos(w) == Upos::Adp && w + 1 < name.words.start;
        inside
            || matches!(tree.upos(w), Upos::Adj | Upos::Noun | Upos::Propn | Upos::Det)
                && !(tree.upos(w) == Upos::Noun && matches!(tree.word(w).xpos, "NNS"))
    };
    (whole && titles.into_iter().all(plain)).then_some(name.words.start)
}

/// "Kurt Campbell, US Assistant Secretary of State for East Asia and Pacific Affairs": a person,
/// a comma, and an office of hers.
fn with_offices(reading: &Reading<'_>, words: &Range<usize>) -> Option<Mention> {
    let (tree, who) = (reading.tree, &reading.who);
    let person = |w: usize| who.name(w).filter(|n| n.actor.kind == ActorKind::Person);
    let name = person(words.start).filter(|n| n.words.start == words.start)?.words.clone();
    let office = |w: usize| reading.lexicon.names_calling(&tree.word(w).form);
    let comma = name.end < words.end && tree.word(name.end).form == ",";
    let rest = name.end + 1..words.end;
    let alone = rest.clone().all(|w| person(w).is_none());
    (comma && alone && rest.take(LONGEST_OFFICE).any(office))
        .then_some(Mention { head: name.start, words: name })
}

/// Words of an office up to the one that says what it is ("the UN's new special envoy").
const LONGEST_OFFICE: usize = 6;

/// "The army and the paramilitary Rapid Support Forces (RSF)": the parts of a stretch with
/// "and", also where the tree has hung one of them elsewhere.
fn coordinated(reading: &Reading<'_>, words: &Range<usize>, top: usize) -> Vec<Mention> {
    let tree = reading.tree;
    let inside_name = |w: usize| {
        let name = |at: usize| reading.who.name(at).map(|n| n.words.clone());
        w > 0 && name(w - 1).is_some_and(|n| n.contains(&w))
    };
    let conjunction = |w: usize| tree.upos(w) == Upos::Cconj && !inside_name(w);
    if !words.clone().any(conjunction) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut start = words.start;
    for end in words.clone().chain([words.end]) {
        if end < words.end && !conjunction(end) && tree.word(end).form != "," {
            continue;
        }
        let part = start..end;
        start = end + 1;
        if let Some(head) = titled_person(reading, &part) {
            found.push(Mention { head, words: part });
            continue;
        }
        let Some(head) = nominal(tree, &part) else { continue };
        // "the leaders of France and Italy", "Egyptian and Qatari officials": the tree says
        // whose they are
        let below = head != top
            && ([Deprel::Nmod, Deprel::Amod, Deprel::Appos, Deprel::NmodPoss]
                .iter()
                .any(|rel| tree.deprel(head) == *rel)
                || tree.is(head, Deprel::Compound) && tree.upos(head) != Upos::Propn
                || tree.is(head, Deprel::Conj)
                    && tree.head(head).is_some_and(|h| h != top && tree.is(h, Deprel::Nmod)));
        let somebody = !reading.who.one(head).is_empty()
            || matches!(tree.upos(head), Upos::Noun | Upos::Propn);
        if !below && somebody {
            found.push(Mention { head, words: part });
        }
    }
    found
}

/// The head of the noun phrase that a stretch is: of several words that hang on nothing in it
/// the one with most words below, nouns first. None where it has no word for somebody.
fn nominal(tree: &Tree<'_>, words: &Range<usize>) -> Option<usize> {
    let noun = |w: usize| matches!(tree.upos(w), Upos::Noun | Upos::Propn | Upos::Pron);
    let below = |w: usize| tree.subtree(w).iter().filter(|w| words.contains(w)).count();
    let tops = tree.tops(words);
    let best = tops.into_iter().max_by_key(|&w| (noun(w), below(w), usize::MAX - w))?;
    // "persuaded the commander": who does something is named by a noun
    let best = if tree.upos(best) == Upos::Verb {
        words.clone().filter(|&w| noun(w)).max_by_key(|&w| (below(w), usize::MAX - w))?
    } else {
        best
    };
    // a lone article is nobody
    let somebody = |w: usize| noun(w) || matches!(tree.upos(w), Upos::Adj | Upos::Num | Upos::X);
    words.clone().any(somebody).then_some(best)
}

/// Somebody nobody knows, by the words of the phrase: an actor of the document where a noun
/// with more to it says who ("striking dockers"), else no more than words.
fn unknown(reading: &Reading<'_>, head: usize, words: &Range<usize>) -> Referent {
    let (tree, who) = (reading.tree, &reading.who);
    let words = match (2..=LONGEST_PHRASE).contains(&words.len()) {
        true => phrase(reading, words),
        false => who.stretch(head),
    };
    let noun = matches!(tree.upos(head), Upos::Noun | Upos::Propn) && words.contains(&head);
    let plural = tree.is_plural(head);
    let content = |w: &usize| matches!(tree.upos(*w), Upos::Noun | Upos::Propn | Upos::Adj);
    let told_apart = words.clone().filter(content).count() > 1;
    let named = tree.upos(head) == Upos::Propn; // "the Norway Dairy Producers Association"
    if noun
        && told_apart
        && (plural || named)
        && let Some(somebody) = who.by_words(head, words.clone(), true)
    {
        return somebody;
    }
    Referent { actor: None, text: who.slice(words), plural: false }
}

/// A stretch without prepositions, conjunctions and punctuation around it.
fn phrase(reading: &Reading<'_>, words: &Range<usize>) -> Range<usize> {
    let tree = reading.tree;
    let mut words = words.clone();
    // "the left-wing parties" of which "wing parties" was seen
    while words.start > 1 && tree.word(words.start - 1).form == "-" {
        words.start -= 2;
    }
    let idle = |w: usize| matches!(tree.upos(w), Upos::Punct | Upos::Adp | Upos::Cconj);
    while words.len() > 1 && idle(words.start) {
        words.start += 1;
    }
    // nor "each" behind it
    let trailing = |w: usize| idle(w) || matches!(tree.upos(w), Upos::Part | Upos::Det);
    Tree::trimmed(words, trailing)
}

/// Whom a relative pronoun that means nobody known stands for: the noun that its clause describes.
fn described_by(reading: &Reading<'_>, pronoun: usize) -> Option<Mention> {
    let tree = reading.tree;
    let form = tree.word(pronoun).form.to_lowercase();
    let relative = [WordClass::Relative, WordClass::RelativePerson]
        .iter()
        .any(|&class| reading.lexicon.is(&form, class));
    if !relative || tree.upos(pronoun) == Upos::Noun || !reading.who.one(pronoun).is_empty() {
        return None;
    }
    let verb = tree.ancestors(pronoun).find(|&w| tree.deprel(w).is_relative())?;
    let head = tree.head(verb).filter(|&noun| noun < pronoun)?;
    let somebody = matches!(tree.upos(head), Upos::Noun | Upos::Propn);
    somebody.then(|| Mention { head, words: reading.who.stretch(head) })
}

/// Who is meant by the mentions; one that cannot be told stays with its words (codebook
/// rule 8).
fn meant(reading: &Reading<'_>, mentions: &[Mention]) -> Vec<Referent> {
    let mut found: Vec<Referent> = Vec::new();
    for Mention { head, words } in mentions {
        // "the planemaker, which had offered it": whoever the clause is about
        let clause = described_by(reading, *head);
        let (head, words) = match &clause {
            Some(mention) => (&mention.head, &mention.words),
            None => (head, words),
        };
        if reading.who.name(*head).is_some_and(|name| name.actor.kind == ActorKind::Place) {
            continue; // somewhere, and nobody
        }
        // of a long list the network may have seen the last name only
        let listed = reading.who.listed_with(*head);
        let mut heads = if listed.is_empty() { vec![*head] } else { listed };
        heads.extend(reading.who.joined_by(*head)); // "Egypt, joined by Libya"
        if let Some(speaker) = reading.who.speaker_with(*head) {
            heads.insert(0, speaker);
        }
        let known: Vec<Referent> = heads
            .iter()
            .flat_map(|&w| reading.who.one(w).iter().chain(reading.who.spoken_for(w)))
            .cloned()
            .collect();
        let mut referents =
            if known.is_empty() { vec![unknown(reading, *head, words)] } else { known };
        // "states including Mali" are the states and Mali, whichever of them was seen
        if let Some(group) = reading.who.group_of_member(*head) {
            let words = reading.who.stretch(group);
            referents.insert(0, unknown(reading, group, &words));
        }
        if let Some(whose) = reading.who.represented(*head) {
            let known = reading.who.all(whose);
            let words = reading.who.stretch(whose);
            let told = || vec![unknown(reading, whose, &words)];
            referents.extend(if known.is_empty() { told() } else { known });
        }
        let (members, all) = reading.who.members(*head);
        if !all {
            referents.extend(members.into_iter().flat_map(|w| reading.who.one(w).to_vec()));
        }
        for referent in referents {
            if found.iter().all(|f| f.key() != referent.key()) {
                found.push(referent);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::extract::testing::{annotator, document, lexicon};
    use crate::extract::{Agreement, Claim, extract};

    fn claims(text: &str) -> Vec<Claim> {
        let document = document(text);
        extract(&document, &annotator().annotate(&document.text), lexicon())
    }

    /// An act that is new in the ontology is not seen until the network is trained anew.
    #[test]
    fn the_ontology_has_the_acts_of_the_network() {
        let of_network: BTreeSet<&str> = annotator().acts().iter().copied().collect();
        let of_ontology: BTreeSet<&str> =
            lexicon().ontology.acts.iter().map(|act| act.id.as_str()).collect();
        let lacking: Vec<_> = of_network.difference(&of_ontology).collect();
        assert!(!of_network.is_empty() && lacking.is_empty(), "{lacking:?}");
    }

    #[test]
    fn what_both_see_is_one_claim() {
        let found = claims("Egypt rejected the map.");
        let [claim] = &found[..] else { panic!("{found:#?}") };
        assert_eq!(claim.extractor, "rules:active+model");
        assert_eq!(claim.evidence.agent, Agreement::Both);
        assert!(claim.evidence.model > 0.5, "{:?}", claim.evidence);
    }

    #[test]
    fn a_person_stands_before_the_state_in_the_title() {
        let found = claims("Xi Jinping talked to US President Donald Trump on the phone.");
        let call = found.iter().find(|c| c.act == "consult").expect("a call");
        let ids: Vec<_> = call.addressee.iter().filter_map(|p| p.id.as_deref()).collect();
        assert_eq!(ids, ["donald-trump"]);
    }

    #[test]
    fn not_to_accept_is_to_refuse() {
        let found = claims("Germany: “A footnote is not a date. We do not accept this.”");
        let refusal = found.iter().find(|claim| claim.act == "reject").expect("a refusal");
        assert_eq!(refusal.status, crate::extract::Status::Actual);
    }
}
