//! Whom a pronoun means.
//!
//! Every earlier mention within a few sentences is weighed by distance, by its
//! place in the sentence (subjects stay in mind) and by what the annotator's
//! coreference head says; a mention of the wrong number or gender, or one that
//! grammar rules out, is no candidate. When the two best are too close the
//! pronoun stays unresolved (codebook rule 8).

use super::antecedent::{self, Antecedent, Mention, quoted};
use super::first_person::stand_for_body;
use super::slots::Slots;
use super::speech::Speech;
use super::tree::Tree;
use super::who::{REPORTER, Referent, Who};
use crate::annotate::{Deprel, Upos};
use crate::ontology::{ActorKind, Family, Gender, WordClass};

/// How many sentences back an antecedent is sought.
const REACH: usize = 4;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Person {
    He,
    She,
    It,
    They,
}

impl Person {
    /// Of a pronoun of the third person.
    fn of(who: &Who<'_>, i: usize) -> Option<Self> {
        let form = who.tree.word(i).form.to_lowercase();
        [
            (WordClass::He, Self::He),
            (WordClass::She, Self::She),
            (WordClass::They, Self::They),
            (WordClass::It, Self::It),
        ]
        .into_iter()
        .find(|(class, _)| who.ontology.is(&form, *class))
        .map(|(_, person)| person)
    }
}

/// Those whom the word at `i` can mean where it is a pronoun of the third person, each with
/// what speaks for it.
pub(super) fn candidates(who: &Who<'_>, i: usize, speech: &Speech) -> Option<Vec<Antecedent>> {
    let person = Person::of(who, i)?;
    let empty = who.tree.is(i, Deprel::Expl) || opens_cleft(who.tree, i);
    (who.tree.upos(i) == Upos::Pron && !empty).then(|| antecedents(who, i, person, speech))
}

/// Whom the pronoun at `i` means; nobody for a pronoun of the first or second
/// person, which [`super::first_person`] reads.
pub(super) fn resolve(who: &Who<'_>, i: usize, speech: &Speech) -> Vec<Referent> {
    let tree = who.tree;
    if tree.is(i, Deprel::Expl) || opens_cleft(tree, i) {
        return Vec::new();
    }
    let form = tree.word(i).form.to_lowercase();
    let class = |name| who.ontology.is(&form, name);
    let definite = |&d: &usize| {
        tree.is(d, Deprel::Det) && who.ontology.is(tree.lemma(d), WordClass::MatterDefinite)
    };
    if who.ontology.number(&form, Family::Number) == Some(2)
        && tree.children(i).iter().any(definite)
        && tree.upos(i) == Upos::Num
    {
        return if tree.is(i, Deprel::Nummod) { Vec::new() } else { two_together(who, i) };
    }
    if let Some(these) = who.number_alone(i) {
        return these;
    }
    if class(WordClass::RelativePerson) {
        return relative(who, i);
    }
    if class(WordClass::Relative) && i > 0 && tree.word(i - 1).form == "," {
        // "Ithria, which offered a treaty": no person
        let mut bodies = relative(who, i);
        bodies.retain(|referent| referent.kind() != Some(ActorKind::Person));
        return bodies;
    }
    if let Some(named) = named_behind(who, i) {
        return named;
    }
    let person = if let Some(person) = Person::of(who, i) {
        person
    } else if class(WordClass::Both) && tree.is(i, Deprel::Nsubj) {
        return two_together(who, i);
    } else {
        return Vec::new();
    };
    if person == Person::They {
        let both = |&c: &usize| who.ontology.is(tree.lemma(c), WordClass::Both);
        let beside = tree.head(i).into_iter().flat_map(|verb| tree.children(verb));
        if tree.children(i).iter().chain(beside).any(both) {
            let two = two_together(who, i);
            if !two.is_empty() {
                return two; // "they both promised"
            }
        }
    }
    let candidates = antecedents(who, i, person, speech);
    if matches!(person, Person::He | Person::She)
        && let Some(delegate) = delegate(who, i, &candidates)
    {
        return spoken_of_as(who, i, delegate);
    }
    let weighed = candidates.into_iter().map(|candidate| (candidate.points(), candidate.mention));
    let likeliest = weighed.max_by(|(a, _), (b, _)| a.total_cmp(b));
    spoken_of_as(who, i, likeliest.map(|(_, mention)| mention.meant).unwrap_or_default())
}

/// Those meant, with the pronoun for their words; who is known by words alone keeps them.
fn spoken_of_as(who: &Who<'_>, i: usize, mut meant: Vec<Referent>) -> Vec<Referent> {
    for referent in meant.iter_mut().filter(|referent| referent.actor.is_some()) {
        referent.text = who.tree.word(i).form.clone();
    }
    meant
}

/// "NORWAY, for the group, proposed a pause. He asked for time": in a report of proceedings the
/// delegate of the state or group that speaks in this sentence or spoke in the one before, unless
/// a person is spoken of since; `people` are those whom the pronoun could mean.
fn delegate(who: &Who<'_>, i: usize, people: &[Antecedent]) -> Option<Vec<Referent>> {
    let sentence = who.tree.sentence(i);
    let speaker =
        [Some(sentence), sentence.checked_sub(1)].into_iter().flatten().find_map(|at| {
            let subject = subject_of_sentence(who.tree, at).filter(|&subject| subject < i)?;
            (!who.one(subject).is_empty()).then_some(subject)
        })?;
    let body = |r: &Referent| {
        matches!(r.kind(), Some(ActorKind::State | ActorKind::Organisation | ActorKind::Group))
    };
    let pronoun = who.tree.upos(speaker) == Upos::Pron; // itself a delegate
    let speaks = pronoun || is_delegation(who, speaker);
    let since = people.iter().any(|person| person.mention.at > speaker);
    let meant: Vec<Referent> =
        who.one(speaker).iter().chain(who.spoken_for(speaker)).cloned().collect();
    (speaks && !since && meant.iter().all(body)).then_some(meant)
}

/// The subject of the main verb of a sentence.
fn subject_of_sentence(tree: &Tree<'_>, sentence: usize) -> Option<usize> {
    let main = tree.main_word(&tree.annotation().sentences[sentence])?;
    tree.child(main, Deprel::Nsubj)
}

/// Does a delegation speak here? It says for whom ("Chad, for the group, …"), or a report of
/// proceedings writes it in capitals, or is full of them; elsewhere "he" behind a state is somebody
/// not named.
fn is_delegation(who: &Who<'_>, subject: usize) -> bool {
    let tree = who.tree;
    let Some((name, verb)) = who.name(subject).zip(tree.head(subject)) else { return false };
    let told = who.ontology.is(tree.lemma(verb), WordClass::SpeechVerb)
        || !who.lexicon.evoked(&Slots { tree, ontology: who.ontology }, verb).is_empty();
    let form = &tree.word(subject).form;
    // "NORWAY", not "UNESCO"
    let mut parts = name.actor.label.split(' ');
    let capitals = !form.chars().any(char::is_lowercase)
        && parts.any(|part| part.to_uppercase() == *form && part != form);
    told && (capitals || who.reports_proceedings() || !who.spoken_for(subject).is_empty())
}

/// Those whom the pronoun can mean, each with the signs that speak for it; the nearest first.
fn antecedents(who: &Who<'_>, i: usize, person: Person, speech: &Speech) -> Vec<Antecedent> {
    let tree = who.tree;
    let mut candidates: Vec<Mention> = Vec::new();
    let doers = who_does_it(who, i);
    for j in (0..i).rev() {
        if tree.sentence(i) - tree.sentence(j) > REACH {
            break;
        }
        if let Some(somebody) = only_described(who, j, person) {
            let meant = vec![somebody];
            if possible(who, i, j, person, speech, &meant) {
                candidates.push(Mention { at: j, meant, two: false });
            }
            continue;
        }
        if who.one(j).is_empty()
            || tree.is(j, Deprel::Conj) && tree.upos(j) != Upos::Pron && person == Person::They
        {
            continue;
        }
        let met = if person == Person::They { who.met_with(j) } else { Vec::new() };
        let together = met.len() == 2;
        let meant = match person {
            Person::They if together => met,
            Person::They => who.all(j),
            _ => who.one(j).to_vec(),
        };
        let apt = |r: &Referent| together || fits(person, r, person == Person::They);
        let meant: Vec<Referent> = meant.into_iter().filter(apt).collect();
        let does_it = doers.iter().any(|&doer| means(who, doer, &meant));
        if !meant.is_empty() && !does_it && possible(who, i, j, person, speech, &meant) {
            candidates.push(Mention { at: j, meant, two: together });
        }
    }
    if person == Person::They {
        candidates.extend(two_before(who, i));
    }
    antecedent::weighed(who, i, candidates)
}

/// "The minister", "the union", "lawmakers", of whom nothing is known: whom "he", "it" or "they" may
/// mean all the same, and then by these words.
fn only_described(who: &Who<'_>, j: usize, person: Person) -> Option<Referent> {
    let tree = who.tree;
    let is = |class| who.ontology.is(tree.lemma(j), class);
    let (people, group) = (is(WordClass::PersonNoun), is(WordClass::GroupNoun));
    let plural = tree.is_plural(j);
    let fits = match person {
        Person::He | Person::She => people && !plural,
        Person::It => {
            let body = is(WordClass::OrganisationNoun) || is(WordClass::CompanyNoun) || group;
            body && !people && !plural
        }
        Person::They => (people || group) && plural,
    };
    let takes_part = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj, Deprel::Iobj];
    let somebody = fits
        && tree.upos(j) == Upos::Noun
        && who.one(j).is_empty()
        && takes_part.iter().any(|&rel| tree.is(j, rel))
        && (plural || tree.child(j, Deprel::Det).is_some());
    somebody.then(|| who.unknown(j, plural))
}

/// "It is Iran that …": the "it" that only opens a cleft.
fn opens_cleft(tree: &Tree<'_>, i: usize) -> bool {
    let told =
        tree.head(i).filter(|&h| tree.is(i, Deprel::Nsubj) && tree.child(h, Deprel::Cop).is_some());
    told.is_some_and(|h| {
        tree.upos(h) != Upos::Verb
            && i < h
            && tree.in_class(i, WordClass::It)
            && tree.children(h).iter().any(|&c| tree.deprel(c).is_relative())
    })
}

/// "Israel, whose minister …", "Rubio, who said …": what the relative clause hangs on;
/// where the tree does not say, the phrase that ends right before the comma.
fn relative(who: &Who<'_>, i: usize) -> Vec<Referent> {
    let tree = who.tree;
    let clause = tree.ancestors(i).take(4).find(|&a| tree.deprel(a) == Deprel::AclRelcl);
    let noun = clause.and_then(|clause| tree.head(clause)).filter(|&noun| noun < i);
    let before = || {
        let comma = i.checked_sub(1).filter(|&c| tree.word(c).form == ",")?;
        let last = comma.checked_sub(1)?;
        Some(who.name(last).map_or(last, |name| name.words.start))
    };
    // "criticism did not sway the Commission, which approved it", hung on the criticism
    let somebody = |noun: &usize| !who.all(*noun).is_empty();
    let noun = noun.filter(somebody).or_else(before).or(noun);
    let mut meant = noun.map(|noun| who.all(noun)).unwrap_or_default();
    for referent in &mut meant {
        referent.text = tree.word(i).form.clone();
    }
    meant
}

/// "Among those who walked out were Norway and Chad": the names behind the verb, for "those".
fn named_behind(who: &Who<'_>, i: usize) -> Option<Vec<Referent>> {
    let tree = who.tree;
    let sentence = &tree.annotation().sentences[tree.sentence(i)];
    let opens = i == sentence.start + 1
        && tree.in_class(sentence.start, WordClass::PartyMark)
        && tree.form_in_class(i, WordClass::PointingDeterminer);
    let behind = if opens { i + 1..sentence.end } else { 0..0 };
    let mut lists = behind.filter(|&w| tree.upos(w) == Upos::Aux).map(|w| who.listed_from(w + 1));
    lists.find(|list| !list.is_empty())
}

/// "When A argued with B during their talk": the only two people named in the
/// sentence before the pronoun.
fn two_before(who: &Who<'_>, i: usize) -> Option<Mention> {
    let tree = who.tree;
    let start = tree.annotation().sentences[tree.sentence(i)].start;
    let mut people: Vec<Referent> = Vec::new();
    let mut at = start;
    for j in start..i {
        for referent in who.one(j) {
            if referent.kind() == Some(ActorKind::Person)
                && people.iter().all(|p| p.key() != referent.key())
            {
                people.push(referent.clone());
                at = j;
            }
        }
    }
    (people.len() == 2).then_some(Mention { at, meant: people, two: true })
}

/// "Both want peace": the two last spoken of together.
fn two_together(who: &Who<'_>, i: usize) -> Vec<Referent> {
    let tree = who.tree;
    (0..i)
        .rev()
        .take_while(|&j| tree.sentence(i) - tree.sentence(j) <= REACH)
        .filter(|&j| !tree.is(j, Deprel::Conj))
        .flat_map(|j| [who.met_with(j), who.all(j)])
        .find(|together| together.len() == 2)
        .map(|mut together| {
            for referent in &mut together {
                referent.text = tree.word(i).form.clone();
            }
            together
        })
        .unwrap_or_default()
}

fn fits(person: Person, referent: &Referent, plural: bool) -> bool {
    let gender = referent.actor.as_ref().and_then(|a| a.gender);
    if referent.actor.as_ref().is_some_and(|a| a.id == REPORTER) {
        return false; // whoever asks asks about others
    }
    match (person, referent.kind()) {
        (Person::He, Some(ActorKind::Person)) => gender != Some(Gender::Female) && !referent.plural,
        (Person::She, Some(ActorKind::Person)) => gender != Some(Gender::Male) && !referent.plural,
        (Person::It, Some(kind)) => {
            !matches!(kind, ActorKind::Person | ActorKind::Place) && !referent.plural
        }
        (Person::They, Some(ActorKind::Person)) => plural,
        (Person::They, Some(ActorKind::Place)) => false,
        (Person::They, Some(_)) => true,
        // "its drivers", whoever they are
        (Person::They, None) => referent.plural,
        _ => false,
    }
}

/// May the pronoun at `i` go back to `j` by grammar?
fn possible(
    who: &Who<'_>,
    i: usize,
    j: usize,
    person: Person,
    speech: &Speech,
    meant: &[Referent],
) -> bool {
    let single_person = meant.len() == 1 && meant[0].kind() == Some(ActorKind::Person);
    if person == Person::They && single_person && !meant[0].plural {
        return false;
    }
    let speaker = speech.speaker(i);
    // the phrase that holds the pronoun
    !inside(who.tree, j, i)
        && !names_other_subject(who.tree, i, j)
        && !speaks_of_himself(who, i, j)
        && !is_argument_beside(who, i, j)
        && !answers_himself(who, i, meant)
        && !speaker
            .is_some_and(|speaker| means(who, speaker, meant) && is_not_speaker(who, i, speaker))
        && !speaker.is_some_and(|speaker| is_we(who, i, speaker, meant))
}

/// "“If they say no,” Rubio said": nobody's own state is "they" in his quoted words.
fn is_we(who: &Who<'_>, i: usize, speaker: usize, meant: &[Referent]) -> bool {
    let ours = |speaker: &Referent| {
        let mut we = speaker.clone();
        stand_for_body(who, &mut we);
        meant.len() == 1 && meant[0].key() == we.key()
    };
    quoted(who.tree, i) && who.one(speaker).iter().any(ours)
}

/// Does the word mean one of these?
fn means(who: &Who<'_>, word: usize, meant: &[Referent]) -> bool {
    who.one(word).iter().any(|one| one.is_among(meant))
}

/// "Far from helping Cyprus, it closed": the subject of the one is that of the other, and not `j`.
fn names_other_subject(tree: &Tree<'_>, i: usize, j: usize) -> bool {
    let (Some(verb), Some(clause)) = (tree.head(i), tree.head(j)) else { return false };
    tree.is(i, Deprel::Nsubj)
        && tree.upos(clause) == Upos::Verb
        && clause != verb
        && tree.dominates(verb, clause)
        && tree.child(clause, Deprel::Nsubj).is_none()
        && !tree.is(clause, Deprel::Acl)
}

/// "Its army, it says, has left": nobody speaks of himself by name.
fn speaks_of_himself(who: &Who<'_>, i: usize, j: usize) -> bool {
    let tree = who.tree;
    let Some(verb) = tree.head(i).filter(|_| tree.is(i, Deprel::Nsubj)) else { return false };
    tree.sentence(j) == tree.sentence(i)
        && who.ontology.is(tree.lemma(verb), WordClass::SpeechVerb)
        && (tree.dominates(verb, j)
            || tree.is(verb, Deprel::Parataxis) && tree.child(verb, Deprel::Ccomp).is_none())
        && j < i
        && !tree.is(j, Deprel::Obl)
}

/// Two arguments of one verb are two things, but for "his own" and "himself".
fn is_argument_beside(who: &Who<'_>, i: usize, j: usize) -> bool {
    let tree = who.tree;
    let reflexive = who.ontology.is(&tree.word(i).form.to_lowercase(), WordClass::Reflexive);
    if tree.is(i, Deprel::NmodPoss) || reflexive || tree.head(i).is_none() {
        return false;
    }
    let argument = |w: usize| {
        tree.is(w, Deprel::Nsubj)
            || tree.is(w, Deprel::Obj)
            || tree.is(w, Deprel::Iobj)
            || tree.is(w, Deprel::Obl)
    };
    let clause = |w: usize| tree.head(w).map(|h| verb_of(tree, h));
    argument(i) && argument(j) && clause(i) == clause(j)
}

/// "China warned Norway and urged it to leave": the subjects of the verb whose object the pronoun at
/// `i` is, wherever the verb has them from. None of them is "it".
fn who_does_it(who: &Who<'_>, i: usize) -> Vec<usize> {
    let tree = who.tree;
    let object = tree.is(i, Deprel::Obj) || tree.is(i, Deprel::Iobj);
    let reflexive = who.ontology.is(&tree.word(i).form.to_lowercase(), WordClass::Reflexive);
    let Some(verb) = tree.head(i).filter(|&v| object && !reflexive && tree.upos(v) == Upos::Verb)
    else {
        return Vec::new();
    };
    let mut subjects = Slots { tree, ontology: who.ontology }.tree_subjects(verb, 6);
    subjects.retain(|&subject| subject < i);
    subjects
}

/// Would somebody accept or refuse what is his own: "his proposal", or in "he offered Vučić to
/// sign, which he refused"?
fn answers_himself(who: &Who<'_>, i: usize, meant: &[Referent]) -> bool {
    let tree = who.tree;
    let Some(head) = tree.head(i) else { return false };
    let slots = Slots { tree, ontology: who.ontology };
    let does = |verb: usize| slots.tree_subjects(verb, 6).iter().any(|&s| means(who, s, meant));
    if tree.is(i, Deprel::NmodPoss) {
        let verb = tree.ancestors(head).find(|&a| tree.upos(a) == Upos::Verb);
        return verb.is_some_and(|verb| who.lexicon.answers(tree, verb) && does(verb));
    }
    tree.is(i, Deprel::Nsubj)
        && tree.deprel(head).is_relative()
        && who.lexicon.answers(tree, head)
        && tree
            .ancestors(head)
            .take_while(|&a| tree.sentence(a) == tree.sentence(i))
            // "benefits from a treaty which it refuses" tells of no offer
            .any(|a| {
                let offers = || !who.lexicon.evoked(&slots, a).is_empty();
                tree.upos(a) == Upos::Verb && does(a) && offers()
            })
}

/// Can the pronoun not be the one who speaks, named at `speaker`?
fn is_not_speaker(who: &Who<'_>, i: usize, speaker: usize) -> bool {
    let tree = who.tree;
    // "MS. QUILL: … he will not negotiate": in a turn of a transcript the speaker is "I"
    let labelled = (speaker + 1..speaker + 4).any(|w| w < i && tree.word(w).form == ":");
    // "told her that she must": nobody tells others what he must do himself
    let obliged = || {
        let verb = tree.head(i).filter(|_| tree.is(i, Deprel::Nsubj))?;
        tree.children_by(verb, Deprel::Aux)
            .find(|&a| who.ontology.is(tree.lemma(a), WordClass::Obligation))?;
        let told = tree.head(verb).filter(|&told| told == tree.head(speaker).unwrap_or(i))?;
        tree.child(told, Deprel::Iobj).or(tree.child(told, Deprel::Obj))
    };
    // "he" inside somebody's quoted words is not the speaker
    labelled || obliged().is_some() || quoted(tree, i)
}

/// Does `i` stand in the phrase of `j` itself? "Ukraine and its allies" is two phrases.
fn inside(tree: &Tree<'_>, j: usize, i: usize) -> bool {
    let mut at = i;
    while at != j {
        if tree.is(at, Deprel::Conj) {
            return false;
        }
        match tree.head(at) {
            Some(head) => at = head,
            None => return false,
        }
    }
    true
}

fn verb_of(tree: &Tree<'_>, mut word: usize) -> usize {
    while !tree.heads_clause(word) {
        match tree.head(word) {
            Some(head) => word = head,
            None => break,
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use crate::extract::line::line;
    use crate::extract::testing::{claims, reads};

    #[test]
    fn nobody_urges_himself() {
        reads(
            "China warned Norway and urged it to leave the shoal.",
            &[
                "actual threaten [china] to [norway]",
                "actual demand [china] to [norway] ‹leave the shoal›",
            ],
        );
    }

    #[test]
    fn he_and_she_go_back_to_the_subject() {
        reads(
            "Netanyahu met Sisi in Cairo. He rejected the plan.",
            &[
                "actual consult [benjamin-netanyahu] to [abdel-fattah-el-sisi]",
                "actual reject [benjamin-netanyahu] ‹the plan›",
            ],
        );
        reads(
            "Theresa May spoke in Florence. She proposed a transition of two years.",
            &["actual propose [theresa-may] ‹a transition of two years›"],
        );
        reads(
            "Erdoğan met Christodoulides. He demanded recognition.",
            &[
                "actual consult [recep-tayyip-erdogan] to [nikos-christodoulides]",
                "actual demand [recep-tayyip-erdogan] ‹recognition›",
            ],
        );
    }

    #[test]
    fn a_delegate_goes_by_his_state() {
        reads(
            "NORWAY proposed a pause. He demanded a vote.",
            &["actual propose [norway] ‹a pause›", "actual demand [norway] ‹a vote›"],
        );
        reads(
            "Macron met Starmer. NORWAY proposed a pause. He demanded a vote.",
            &[
                "actual consult [emmanuel-macron] to [keir-starmer]",
                "actual propose [norway] ‹a pause›",
                "actual demand [norway] ‹a vote›",
            ],
        );
        reads(
            "NORWAY proposed a pause. Macron slept. He demanded a vote.",
            &["actual propose [norway] ‹a pause›", "actual demand [emmanuel-macron] ‹a vote›"],
        );
        reads(
            "Macron slept. Norway rejected the pause. He demanded a vote.",
            &["actual reject [norway] ‹the pause›", "actual demand [emmanuel-macron] ‹a vote›"],
        );
    }

    #[test]
    fn whoever_speaks_for_others_is_a_delegate() {
        reads(
            "Chad, for the G-77/China, opposed the levy. He demanded a vote.",
            &[
                "actual reject [chad, group-of-77-and-china] ‹the levy›",
                "actual demand [chad, group-of-77-and-china] ‹a vote›",
            ],
        );
    }

    #[test]
    fn delegates_of_a_report_of_proceedings() {
        let report = "Chad said it rained. Egypt said it rained. Peru said it rained. Canada said \
                      it rained. Mexico said it rained. Then she rejected the text.";
        let last = claims(report).last().map(line);
        assert_eq!(last.as_deref(), Some("actual reject [mexico] ‹the text›"));
    }

    #[test]
    fn they_are_people_whom_nobody_knows() {
        reads(
            "Thailand marched. The protesters say they reject the vote.",
            &["actual reject [“The protesters”] ‹the vote› source [“The protesters”]"],
        );
    }

    #[test]
    fn who_gets_something_can_refuse_it() {
        reads(
            "Chad benefits from a treaty which it refuses.",
            &["actual reject [chad] ‹a treaty›"],
        );
    }

    #[test]
    fn it_is_a_state_or_an_organisation() {
        reads(
            "Hamas accepted the plan. It also released two hostages.",
            &["actual accept [hamas] ‹the plan›", "actual concede [hamas] ‹two hostages›"],
        );
    }

    #[test]
    fn they_are_two() {
        reads(
            "Rwanda and Congo met in Doha. They agreed to a truce.",
            &[
                "actual consult [rwanda, democratic-republic-of-the-congo]",
                "actual accept [rwanda, democratic-republic-of-the-congo] ‹a truce›",
            ],
        );
        reads(
            "Serbia and Kosovo signed a treaty after they had met in Ohrid.",
            &["actual cooperate [serbia, kosovo] ‹a treaty›", "actual consult [serbia, kosovo]"],
        );
    }

    #[test]
    fn it_and_they_of_nobody() {
        reads("It rained in Cairo.", &[]);
        reads("They say it is cold.", &[]);
    }

    #[test]
    fn who_and_whose_mean_the_noun_before() {
        reads(
            "Rubio, who met Lavrov in Riyadh, rejected the plan.",
            &[
                "actual consult [marco-rubio] to [sergei-lavrov]",
                "actual reject [marco-rubio] ‹the plan›",
            ],
        );
        reads(
            "Orbán, who rejected the plan, met Putin.",
            &[
                "actual consult [viktor-orban] to [vladimir-putin]",
                "actual reject [viktor-orban] ‹the plan›",
            ],
        );
        reads(
            "Rwanda, whose army attacked Goma, rejected the truce.",
            &["actual reject [rwanda] ‹the truce›", "actual attack [rwandan-forces] ‹Goma›"],
        );
        reads(
            "Kosovo, whose president rejected the plan, demanded recognition.",
            &["actual demand [kosovo] ‹recognition›", "actual reject [vjosa-osmani] ‹the plan›"],
        );
        reads("The man whose dog barked left.", &[]);
    }

    #[test]
    fn not_somebody_in_a_phrase_before_the_pronoun() {
        reads(
            "Erdoğan rejected the plan. In a letter to Macron, he demanded an apology.",
            &[
                "actual reject [recep-tayyip-erdogan] ‹the plan›",
                "actual demand [recep-tayyip-erdogan] ‹an apology›",
            ],
        );
        reads(
            "Kagame rejected the truce. In a call with Macron, he accused Congo of lies.",
            &[
                "actual reject [paul-kagame] ‹the truce›",
                "actual accuse [paul-kagame] to [democratic-republic-of-the-congo] ‹lies›",
            ],
        );
        reads(
            "Sheinbaum rejected the tariffs. In a letter to Carney, she proposed a quota.",
            &[
                "actual reject [claudia-sheinbaum] ‹the tariffs›",
                "actual propose [claudia-sheinbaum] ‹a quota›",
            ],
        );
        reads("In a letter to a friend, he complained.", &[]);
    }

    #[test]
    fn who_says_it_is_it() {
        reads(
            "Egypt met Iran. Qatar said it would host a summit.",
            &[
                "actual consult [egypt] to [iran]",
                "actual promise [qatar] ‹host a summit›",
                "unrealised consult [qatar] ‹a summit› source [qatar]",
            ],
        );
        reads(
            "Canada met Mexico. Germany said it had rejected the quota.",
            &[
                "actual consult [canada] to [mexico]",
                "actual reject [germany] ‹the quota› source [germany]",
            ],
        );
        reads(
            "Egypt met Iran. Qatar said it rained.",
            &["actual consult [egypt] to [iran]", "actual state [qatar] ‹it rained›"],
        );
    }

    #[test]
    fn nobody_speaks_of_himself_by_name() {
        reads(
            "Rwanda denied the raid. Its army, it said, attacked Goma.",
            &[
                "actual state [rwanda] ‹the raid›",
                "actual attack [rwandan-forces] ‹Goma› source [rwanda]",
            ],
        );
        reads(
            "Chad rejected the plan. Its troops, it said, attacked Darfur.",
            &[
                "actual reject [chad] ‹the plan›",
                "actual attack [chadian-forces] ‹Darfur› source [chad]",
            ],
        );
    }

    #[test]
    fn what_others_are_told_that_they_must_do() {
        reads(
            "Macron told Netanyahu he must accept the truce.",
            &[
                "unrealised accept [benjamin-netanyahu] ‹the truce› source [emmanuel-macron]",
                "actual demand [emmanuel-macron] to [benjamin-netanyahu] ‹accept the truce›",
            ],
        );
        reads(
            "Erdoğan told Christodoulides that he must recognise the north.",
            &[
                "unrealised accept [nikos-christodoulides] ‹the north› source [recep-tayyip-erdogan]",
                "actual demand [recep-tayyip-erdogan] to [nikos-christodoulides] ‹recognise the north›",
            ],
        );
        reads(
            "Starmer told Zelensky he would send tanks.",
            &[
                "actual promise [keir-starmer] ‹send tanks›",
                "unrealised mobilise [keir-starmer] ‹tanks› source [keir-starmer]",
            ],
        );
    }

    #[test]
    fn they_both_and_the_two() {
        reads(
            "Serbia and Kosovo met in Ohrid. They both promised to open the bridge.",
            &[
                "actual consult [serbia, kosovo]",
                "actual promise [serbia, kosovo] ‹open the bridge›",
            ],
        );
        reads(
            "Kagame and Tshisekedi met in Doha. They both accepted the plan.",
            &[
                "actual consult [paul-kagame, felix-tshisekedi]",
                "actual accept [paul-kagame, felix-tshisekedi] ‹the plan›",
            ],
        );
        reads(
            "Macron and Starmer met in Paris. The two rejected the tariffs.",
            &[
                "actual consult [emmanuel-macron, keir-starmer]",
                "actual reject [emmanuel-macron, keir-starmer] ‹the tariffs›",
            ],
        );
        reads(
            "Serbia and Kosovo met in Ohrid. The two agreed to open the bridge.",
            &[
                "actual consult [serbia, kosovo]",
                "actual accept [serbia, kosovo] ‹open the bridge›",
            ],
        );
        reads("They both slept.", &[]);
        reads("The two slept.", &[]);
    }

    #[test]
    fn the_it_that_opens_a_cleft_is_nobody() {
        reads("It was Egypt that proposed the truce.", &["actual propose [egypt] ‹the truce›"]);
        reads(
            "Canada rejected the plan. It was Mexico that proposed a quota.",
            &["actual reject [canada] ‹the plan›", "actual propose [mexico] ‹a quota›"],
        );
        reads("It was raining.", &[]);
    }

    #[test]
    fn whoever_is_only_described_can_be_meant() {
        reads(
            "The minister rejected the plan. He accepted the map.",
            &[
                "actual reject [“The minister”] ‹the plan›",
                "actual accept [“The minister”] ‹the map›",
            ],
        );
    }

    #[test]
    fn among_those_are_the_names_behind_the_verb() {
        reads(
            "Among those who rejected the plan were Norway and Chad.",
            &["actual reject [norway, chad] ‹the plan›"],
        );
    }

    #[test]
    fn which_is_the_body_before_the_comma() {
        reads(
            "Egypt held talks with Norway, which rejected the plan.",
            &[
                "actual consult [egypt] to [norway] ‹talks with Norway›",
                "actual reject [norway] ‹the plan›",
            ],
        );
    }
}
