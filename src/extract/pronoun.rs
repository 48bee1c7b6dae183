//! Whom a pronoun means.
//!
//! Every earlier mention within a few sentences is weighed by distance, by its
//! place in the sentence (subjects stay in mind) and by what the annotator's
//! coreference head says; a mention of the wrong number or gender, or one that
//! grammar rules out, is no candidate. When the two best are too close the
//! pronoun stays unresolved (codebook rule 8).

use super::tree::Tree;
use super::who::{Referent, Who};
use crate::annotate::{Deprel, Upos};
use crate::ontology::{ActorKind, Family, NameKind, WordClass};

/// How many sentences back an antecedent is sought.
const REACH: usize = 4;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Person {
    He,
    She,
    It,
    They,
}

/// Whom the pronoun at `i` means; nobody for a pronoun of the first or second
/// person, which [`super::first_person`] reads.
pub(super) fn resolve(who: &Who<'_>, i: usize, speakers: &[Option<usize>]) -> Vec<Referent> {
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
    if class(WordClass::RelativePerson) {
        return relative(who, i);
    }
    let person = if class(WordClass::He) {
        Person::He
    } else if class(WordClass::She) {
        Person::She
    } else if class(WordClass::They) {
        Person::They
    } else if class(WordClass::It) {
        Person::It
    } else if class(WordClass::Both) && tree.is(i, Deprel::Nsubj) {
        return two_together(who, i);
    } else {
        return Vec::new();
    };
    let slots = super::slots::Slots { tree, ontology: who.ontology };
    let clause_subjects: Vec<usize> = match tree.is(i, Deprel::NmodPoss) {
        true => tree
            .ancestors(i)
            .find(|&a| tree.upos(a) == Upos::Verb)
            .map(|verb| slots.tree_subjects(verb, 6))
            .unwrap_or_default(),
        false => Vec::new(),
    };
    let reporters = reporters(who, i);
    let mut candidates: Vec<(f64, Vec<Referent>)> = Vec::new();
    let coreferent = tree.annotation().antecedent.get(i).copied().flatten();
    for j in (0..i).rev() {
        let apart = tree.sentence(i) - tree.sentence(j);
        if apart > REACH {
            break;
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
        if meant.is_empty() || !possible(who, i, j, person, speakers, &meant) {
            continue;
        }
        let mut score = -1.5 * apart as f64 - 0.02 * (i - j) as f64;
        if tree.is(j, Deprel::Nsubj) || together && apart > 0 {
            score += 1.2;
        } else if tree.is(j, Deprel::NmodPoss) {
            score += 0.1;
        } else if tree.is(j, Deprel::Obj) || tree.is(j, Deprel::Iobj) {
            score += 0.3;
        }
        if tree.head(j).is_none() && tree.child(j, Deprel::Cop).is_some() {
            score += 0.8; // "It is Russia that …"
        }
        if who.name(j).is_some_and(|n| n.how == NameKind::Adjective) {
            score -= 2.0;
        }
        if in_opening_phrase(tree, i, j) {
            score -= 2.0;
        }
        if reporters.contains(&j) {
            score += 1.0;
        }
        // a sentence that opens with "his army" goes on with the subject before
        let opens = tree.is(i, Deprel::Nsubj)
            || tree.is(i, Deprel::NmodPoss)
                && tree.head(i).is_some_and(|h| tree.is(h, Deprel::Nsubj));
        if opens && apart > 0 && tree.is(j, Deprel::Nsubj) {
            score += 0.5;
        }
        if clause_subjects.contains(&j) {
            score += 1.5;
        }
        if coreferent == Some(j) {
            score += 1.0;
        }
        match person {
            Person::They if meant.len() > 1 => score += 1.0,
            Person::They if meant[0].plural => score += 0.6,
            Person::It if meant[0].kind() == Some(ActorKind::State) => score += 0.2,
            _ => {}
        }
        // a subject pronoun goes on with the subject; "his" in a clause with its subject
        if tree.is(i, Deprel::Nsubj) && tree.is(j, Deprel::Nsubj) {
            score += 0.4;
        }
        candidates.push((score, meant));
    }
    let both = |&c: &usize| who.ontology.is(tree.lemma(c), WordClass::Both);
    if person == Person::They
        && (tree.children(i).iter().any(both)
            || tree.head(i).is_some_and(|verb| tree.children(verb).iter().any(both)))
    {
        let two = two_together(who, i);
        if !two.is_empty() {
            return two; // "they both promised"
        }
    }
    if person == Person::They
        && let Some(two) = two_before(who, i)
    {
        candidates.push((0.8, two));
    }
    let Some(best) = candidates.iter().max_by(|a, b| a.0.total_cmp(&b.0)) else {
        return Vec::new();
    };
    let mut meant = best.1.clone();
    for referent in &mut meant {
        referent.text = tree.word(i).form.clone();
    }
    meant
}

/// "It is Iran that …": the "it" that only opens a cleft.
fn opens_cleft(tree: &Tree<'_>, i: usize) -> bool {
    let told =
        tree.head(i).filter(|&h| tree.is(i, Deprel::Nsubj) && tree.child(h, Deprel::Cop).is_some());
    told.is_some_and(|h| {
        tree.upos(h) != Upos::Verb
            && i < h
            && tree.lemma(i) == "it"
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
    let mut meant = noun.or_else(before).map(|noun| who.all(noun)).unwrap_or_default();
    for referent in &mut meant {
        referent.text = tree.word(i).form.clone();
    }
    meant
}

/// "In a letter to Sisi she asked": is `j` in a phrase that hangs on the verb of the
/// subject `i` and stands before it?
fn in_opening_phrase(tree: &Tree<'_>, i: usize, j: usize) -> bool {
    let Some(verb) = tree.head(i).filter(|_| tree.is(i, Deprel::Nsubj)) else { return false };
    tree.children_by(verb, Deprel::Obl).any(|phrase| phrase < i && tree.dominates(phrase, j))
}

/// "Egypt said it was ready": the subjects of the verb of saying in whose complement
/// the subject `i` stands.
fn reporters(who: &Who<'_>, i: usize) -> Vec<usize> {
    let tree = who.tree;
    let reported = || {
        let clause = tree.head(i).filter(|_| tree.is(i, Deprel::Nsubj))?;
        // "asked whether he": about anybody
        let open = |&c: &usize| who.ontology.is(tree.lemma(c), WordClass::Conditional);
        if tree.children_by(clause, Deprel::Mark).any(|c| open(&c)) {
            return None;
        }
        let verb = tree.head(clause).filter(|_| tree.is(clause, Deprel::Ccomp))?;
        who.ontology.is(tree.lemma(verb), WordClass::SpeechVerb).then_some(verb)
    };
    let slots = super::slots::Slots { tree, ontology: who.ontology };
    reported().map(|verb| slots.tree_subjects(verb, 6)).unwrap_or_default()
}

/// "When A argued with B during their talk": the only two people named in the
/// sentence before the pronoun.
fn two_before(who: &Who<'_>, i: usize) -> Option<Vec<Referent>> {
    let tree = who.tree;
    let start = tree.annotation().sentences[tree.sentence(i)].start;
    let mut people: Vec<Referent> = Vec::new();
    for j in start..i {
        for referent in who.one(j) {
            if referent.kind() == Some(ActorKind::Person)
                && people.iter().all(|p| p.key() != referent.key())
            {
                people.push(referent.clone());
            }
        }
    }
    (people.len() == 2).then_some(people)
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
    let gender = referent.actor.as_ref().and_then(|a| a.gender.as_deref());
    match (person, referent.kind()) {
        (Person::He, Some(ActorKind::Person)) => gender != Some("female") && !referent.plural,
        (Person::She, Some(ActorKind::Person)) => gender != Some("male") && !referent.plural,
        (Person::It, Some(kind)) => {
            !matches!(kind, ActorKind::Person | ActorKind::Place) && !referent.plural
        }
        (Person::They, Some(ActorKind::Person)) => plural,
        (Person::They, Some(ActorKind::Place)) => false,
        (Person::They, Some(_)) => true,
        _ => false,
    }
}

/// May the pronoun at `i` go back to `j` by grammar?
fn possible(
    who: &Who<'_>,
    i: usize,
    j: usize,
    person: Person,
    speakers: &[Option<usize>],
    meant: &[Referent],
) -> bool {
    let tree = who.tree;
    let single_person = meant.len() == 1 && meant[0].kind() == Some(ActorKind::Person);
    if person == Person::They && single_person && !meant[0].plural {
        return false;
    }
    // "MS. QUILL: … he will not negotiate": in a turn of a transcript the speaker is "I"
    let labelled =
        |source: usize| (source + 1..source + 4).any(|w| w < i && tree.word(w).form == ":");
    if let Some(source) = speakers.get(i).copied().flatten()
        && labelled(source)
        && who.one(source).iter().any(|s| meant.iter().any(|m| m.key() == s.key()))
    {
        return false;
    }
    // the phrase that holds the pronoun
    if inside(tree, j, i) {
        return false;
    }
    // "far from helping Cyprus, it closed": the subject of the one is that of the other
    if tree.is(i, Deprel::Nsubj)
        && let (Some(verb), Some(clause)) = (tree.head(i), tree.head(j))
        && tree.upos(clause) == Upos::Verb
        && clause != verb
        && tree.dominates(verb, clause)
        && tree.child(clause, Deprel::Nsubj).is_none()
        && !tree.is(clause, Deprel::Acl)
    {
        return false;
    }
    // "its army, it says, has left": nobody speaks of himself by name
    if tree.is(i, Deprel::Nsubj)
        && let Some(verb) = tree.head(i)
        && tree.sentence(j) == tree.sentence(i)
        && who.ontology.is(tree.lemma(verb), WordClass::SpeechVerb)
        && (tree.dominates(verb, j)
            || tree.is(verb, Deprel::Parataxis) && tree.child(verb, Deprel::Ccomp).is_none())
        && j < i
        && !tree.is(j, Deprel::Obl)
    {
        return false;
    }
    // two arguments of one verb are two things, but for "his own" and "himself"
    let possessive = tree.is(i, Deprel::NmodPoss);
    let reflexive = tree.word(i).form.to_lowercase().contains("self")
        || tree.word(i).form.to_lowercase().contains("selves");
    if !possessive && !reflexive && tree.head(i).is_some() {
        let argument = |w: usize| {
            tree.is(w, Deprel::Nsubj)
                || tree.is(w, Deprel::Obj)
                || tree.is(w, Deprel::Iobj)
                || tree.is(w, Deprel::Obl)
        };
        let clause = |w: usize| tree.head(w).map(|h| verb_of(tree, h));
        if argument(i) && argument(j) && clause(i) == clause(j) {
            return false;
        }
    }
    // nobody accepts or rejects his own proposal
    if possessive
        && let Some(noun) = tree.head(i)
        && let Some(verb) = tree.ancestors(noun).find(|&a| tree.upos(a) == Upos::Verb)
        && who.lexicon.answers(tree, verb)
    {
        let slots = super::slots::Slots { tree, ontology: who.ontology };
        let subjects = slots.tree_subjects(verb, 6);
        if subjects
            .iter()
            .any(|&s| who.one(s).iter().any(|r| meant.iter().any(|m| m.key() == r.key())))
        {
            return false;
        }
    }
    // "he offered Vučić to sign, which he refused": whoever proposes does not refuse
    if tree.is(i, Deprel::Nsubj)
        && let Some(verb) = tree.head(i)
        && tree.deprel(verb).is_relative()
        && who.lexicon.answers(tree, verb)
    {
        let slots = super::slots::Slots { tree, ontology: who.ontology };
        let proposes = |a: usize| {
            tree.upos(a) == Upos::Verb
                && slots
                    .tree_subjects(a, 6)
                    .iter()
                    .any(|&s| who.one(s).iter().any(|r| meant.iter().any(|m| m.key() == r.key())))
        };
        if tree.ancestors(verb).take_while(|&a| tree.sentence(a) == tree.sentence(i)).any(proposes)
        {
            return false;
        }
    }
    // "told her that she must": nobody tells others what he must do himself
    if let Some(speaker) = speakers.get(i).copied().flatten()
        && tree.is(i, Deprel::Nsubj)
        && tree.head(i).is_some_and(|verb| {
            tree.children_by(verb, Deprel::Aux)
                .any(|a| who.ontology.is(tree.lemma(a), WordClass::Obligation))
                && tree.head(verb).is_some_and(|told| {
                    told == tree.head(speaker).unwrap_or(i)
                        && tree
                            .child(told, Deprel::Iobj)
                            .or(tree.child(told, Deprel::Obj))
                            .is_some()
                })
        })
        && who.one(speaker).iter().any(|s| meant.iter().any(|m| m.key() == s.key()))
    {
        return false;
    }
    // "he" inside somebody's quoted words is not the speaker
    if let Some(speaker) = speakers.get(i).copied().flatten()
        && quoted(tree, i)
        && who.one(speaker).iter().any(|s| meant.iter().any(|m| m.key() == s.key()))
    {
        return false;
    }
    true
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

/// Is there a quotation mark that opens between the speaker's clause and `i`?
fn quoted(tree: &Tree<'_>, i: usize) -> bool {
    let start = tree.annotation().sentences[tree.sentence(i)].start;
    (start..i)
        .filter(|&w| matches!(tree.word(w).form.as_str(), "\"" | "“" | "”" | "``" | "''"))
        .count()
        % 2
        == 1
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

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
}
