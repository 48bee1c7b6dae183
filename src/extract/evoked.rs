//! Which triggers a word evokes in its sentence.

use super::lexicon::Lexicon;
use super::slots::Slots;
use super::tree::Tree;
use crate::annotate::{Deprel, Upos};
use crate::ontology::{
    ActStance, ActTrait, ActorKind, ContentStatus, Slot, Trigger, TriggerKind, WordClass,
};

/// How far after a verb the other words of its trigger may stand when the tree
/// does not tie them to it ("rule it out", "turn the offer down").
const PARTICLE_REACH: usize = 5;

/// Stands in the lexicon's object lists for any word that names an actor.
const ACTOR: &str = "ACTOR";

/// A trigger at its place in the text.
#[derive(Debug, Clone)]
pub struct Evoked<'o> {
    /// The lexicon entry.
    pub trigger: &'o Trigger,
    /// The word that has the arguments.
    pub head: usize,
    /// All words of the trigger, in text order.
    pub words: Vec<usize>,
    /// The object that tells the sense ("suspended aid"); quoted with the trigger, and
    /// its matter all the same.
    pub object: Vec<usize>,
    /// How well the sentence fits the entry: more words, more of what it needs.
    pub score: f64,
}

/// An entry for the lemma of a word, and whether it fires there.
#[derive(Debug, Clone)]
pub struct Near<'o> {
    /// The entry.
    pub trigger: &'o Trigger,
    /// "fires", or what is missing.
    pub verdict: String,
}

impl<'o> Lexicon<'o> {
    /// Does the word name somebody who can act (`ACTOR` in the lexicon's object lists)?
    fn names_actor(&self, tree: &Tree<'_>, word: usize) -> bool {
        let (form, lemma) = (&tree.word(word).form, tree.lemma(word));
        match tree.upos(word) {
            Upos::Propn => {
                let full: Vec<&str> = std::iter::once(word)
                    .chain(tree.children_by(word, Deprel::Flat))
                    .map(|w| tree.word(w).form.as_str())
                    .collect();
                [form.as_str(), &full.join(" ")].iter().any(|name| {
                    self.names.find_actor(name).first().is_some_and(|(actor, _)| {
                        self.ontology.actors[*actor].kind != ActorKind::Place
                    })
                })
            }
            Upos::Pron => [
                WordClass::He,
                WordClass::She,
                WordClass::They,
                WordClass::FirstSingular,
                WordClass::FirstPlural,
            ]
            .iter()
            .any(|&class| self.is(&form.to_lowercase(), class)),
            Upos::Noun => {
                self.is(lemma, WordClass::PersonNoun)
                    || self.is(lemma, WordClass::GroupNoun)
                    || self.ontology.collectives.iter().any(|c| c.calls(lemma))
            }
            _ => false,
        }
    }

    /// The triggers that `word` evokes, best first; those whose conditions the
    /// sentence does not meet are left out.
    pub fn evoked(&self, slots: &Slots<'_>, word: usize) -> Vec<Evoked<'o>> {
        let tree = slots.tree;
        let entries = self.entries(tree.lemma(word)).iter();
        let mut found: Vec<Evoked<'o>> = entries
            .map(|&(_, trigger)| trigger)
            .filter(|trigger| right_kind(tree, word, trigger.kind))
            .filter_map(|trigger| {
                let words = match trigger.kind {
                    TriggerKind::Noun => noun_words(tree, word, &trigger.words),
                    _ => verb_words(tree, word, &trigger.words),
                }?;
                let score = self.fitness(slots, word, trigger, words.len())?;
                let mut object = Vec::new();
                if !trigger.object_among.is_empty() && trigger.kind == TriggerKind::Verb {
                    // "has no interest": the object says what the act is
                    object = slots.fill(word, &Slot::Object);
                    object.retain(|&o| {
                        o > word && trigger.object_among.iter().any(|l| l == tree.lemma(o))
                    });
                }
                Some(Evoked { trigger, head: word, words, object, score })
            })
            .collect();
        // a user's entry comes before a shipped one for the same words
        let last = |e: &Evoked<'_>| {
            found.iter().all(|other| {
                other.trigger.layer <= e.trigger.layer
                    || other.trigger.kind != e.trigger.kind
                    || other.trigger.words != e.trigger.words
            })
        };
        let beaten: Vec<bool> = found.iter().map(|e| !last(e)).collect();
        let mut beaten = beaten.into_iter();
        found.retain(|_| !beaten.next().unwrap_or_default());
        // the most specific act wins (codebook rule 1): a statement only for want of another
        let plain = |e: &Evoked<'_>| self.is_plain(&e.trigger.act);
        found.sort_by(|a, b| {
            plain(a)
                .cmp(&plain(b))
                .then(b.score.total_cmp(&a.score))
                .then_with(|| a.trigger.id.cmp(&b.trigger.id))
        });
        found
    }

    /// The status that acts in the matter of `word` get, as the entry says that fits
    /// the sentence best.
    pub fn content_status(&self, tree: &Tree<'_>, word: usize) -> Option<ContentStatus> {
        let slots = Slots { tree, ontology: self.ontology };
        self.evoked(&slots, word).first()?.trigger.content_status
    }

    /// Does the verb refuse what hangs on it?
    pub fn refuses(&self, tree: &Tree<'_>, verb: usize) -> bool {
        let slots = Slots { tree, ontology: self.ontology };
        self.evoked(&slots, verb).first().is_some_and(|e| {
            self.act_is(&e.trigger.act, ActTrait::Answering)
                && self.ontology.act(&e.trigger.act).and_then(|a| a.stance)
                    == Some(ActStance::Against)
        })
    }

    /// Has the act of the entry that fits `word` best the trait?
    pub fn evokes(&self, tree: &Tree<'_>, word: usize, what: ActTrait) -> bool {
        let slots = Slots { tree, ontology: self.ontology };
        self.evoked(&slots, word).first().is_some_and(|e| self.act_is(&e.trigger.act, what))
    }

    /// Does the verb answer somebody else's proposal (an act with a stance)?
    pub fn answers(&self, tree: &Tree<'_>, verb: usize) -> bool {
        let slots = Slots { tree, ontology: self.ontology };
        self.evoked(&slots, verb).first().is_some_and(|e| {
            e.trigger.kind == TriggerKind::Verb && self.act_is(&e.trigger.act, ActTrait::Answering)
        })
    }

    /// Every entry for the lemma of `word`, with what keeps it from firing.
    pub fn near(&self, slots: &Slots<'_>, word: usize) -> Vec<Near<'o>> {
        let tree = slots.tree;
        let entries = self.entries(tree.lemma(word)).iter();
        let verdict = |trigger: &Trigger| {
            let words = match trigger.kind {
                TriggerKind::Noun => noun_words(tree, word, &trigger.words),
                _ => verb_words(tree, word, &trigger.words),
            };
            let Some(words) = words else {
                return format!("without “{}”", trigger.words.join(" "));
            };
            match self.fitness(slots, word, trigger, words.len()) {
                Some(score) => format!("fires {score:.1}"),
                None => "lacks what it needs, or has what it must not".to_owned(),
            }
        };
        entries
            .map(|&(_, trigger)| trigger)
            .filter(|trigger| right_kind(tree, word, trigger.kind))
            .map(|trigger| Near { trigger, verdict: verdict(trigger) })
            .collect()
    }

    fn fitness(
        &self,
        slots: &Slots<'_>,
        word: usize,
        trigger: &Trigger,
        words: usize,
    ) -> Option<f64> {
        let filled = |slot: &Slot| !slots.fill(word, slot).is_empty();
        let mut score = 10.0 * words as f64;
        if !trigger.needs.is_empty() {
            if !trigger.needs.iter().any(filled) {
                return None;
            }
            score += 5.0;
        }
        if trigger.without.iter().any(filled) {
            return None;
        }
        if !trigger.object_among.is_empty() || !trigger.object_not_among.is_empty() {
            let objects = self.object_lemmas(slots, word, trigger);
            if !trigger.object_among.is_empty() {
                if !objects.iter().any(|o| trigger.object_among.contains(o)) {
                    return None;
                }
                score += 6.0;
            }
            if objects.iter().any(|o| trigger.object_not_among.contains(o)) {
                return None;
            }
        }
        let specificity = self.ontology.act(&trigger.act).map_or(0, |a| a.specificity);
        Some(score + specificity as f64 * 0.5 + trigger.weight)
    }

    /// Lemmas of what the trigger is about: the object of a verb; of a noun its
    /// prepositional phrases and the words before it.
    fn object_lemmas(&self, slots: &Slots<'_>, word: usize, trigger: &Trigger) -> Vec<String> {
        let tree = slots.tree;
        let mut heads = slots.fill(word, &Slot::Object);
        if trigger.kind == TriggerKind::Noun {
            heads.extend(tree.children_by(word, Deprel::Nmod));
            heads.extend(tree.children_by(word, Deprel::Compound));
            heads.extend(tree.children_by(word, Deprel::Amod));
        } else if heads.is_empty()
            && let Some((_, matter)) = slots.first_filled(word, &trigger.frame.matter)
        {
            heads = matter;
        }
        let actor = heads.iter().any(|&h| self.names_actor(tree, h));
        let mut lemmas: Vec<String> = heads
            .into_iter()
            .flat_map(|h| tree.conjuncts(h))
            .flat_map(|h| {
                // "military aid", "tariff rates": the word before the head counts as well
                let before: Vec<usize> = tree.children_by(h, Deprel::Compound).collect();
                // "hundreds of prisoners": what is counted as well
                let counted: Vec<usize> = match self.is(tree.lemma(h), WordClass::TransparentNoun) {
                    true => tree
                        .children_by(h, Deprel::Nmod)
                        .filter(|&n| tree.marked(n, WordClass::BelongingMark))
                        .collect(),
                    false => Vec::new(),
                };
                std::iter::once(h).chain(before).chain(counted)
            })
            .map(|h| {
                // "it was lifted": what "it" goes back to tells the sense
                let antecedent = tree.annotation().antecedent.get(h).copied().flatten();
                antecedent.filter(|_| tree.upos(h) == Upos::Pron).unwrap_or(h)
            })
            .map(|h| tree.lemma(h).to_owned())
            .chain(actor.then(|| ACTOR.to_owned()))
            .collect();
        lemmas.sort();
        lemmas.dedup();
        lemmas
    }
}

fn right_kind(tree: &Tree<'_>, word: usize, kind: TriggerKind) -> bool {
    match (kind, tree.upos(word)) {
        (TriggerKind::Verb, Upos::Verb) => true,
        // "is wanted by", "are opposed to": participles that the tagger calls adjectives
        (TriggerKind::Verb, Upos::Adj) => {
            matches!(tree.word(word).xpos, "VBN" | "VBG" | "VBD")
                // "seems to be accepting of it"
                || tree.ends(word, WordClass::GerundEnding) && tree.child(word, Deprel::Cop).is_some()
        }
        // gerunds with an object, which taggers call nouns at the head of a list item,
        // and "its blocking of the vote"
        (TriggerKind::Verb, Upos::Noun) => {
            tree.ends(word, WordClass::GerundEnding)
                && (tree.child(word, Deprel::Obj).is_some()
                    || tree.child(word, Deprel::Acl).is_some() && tree.head(word).is_none()
                    || tree.child(word, Deprel::NmodPoss).is_some()
                        && tree
                            .children_by(word, Deprel::Nmod)
                            .any(|n| tree.marked(n, WordClass::BelongingMark)))
        }
        (TriggerKind::Noun, Upos::Noun) => true,
        // "a new offensive", which taggers take for an adjective
        (TriggerKind::Noun, Upos::Adj) => {
            [Deprel::Obj, Deprel::Nsubj, Deprel::Obl, Deprel::Nmod]
                .iter()
                .any(|&rel| tree.is(word, rel))
                && tree.children(word).iter().any(|&c| {
                    tree.is(c, Deprel::Det)
                        || tree.is(c, Deprel::Amod)
                        || tree.is(c, Deprel::NmodPoss)
                })
        }
        (TriggerKind::Noun, Upos::Propn) => {
            // "the Agreement", but no part of a name such as "Strike Force"
            tree.is(word, Deprel::Obj)
                || tree.is(word, Deprel::Nsubj)
                || tree.is(word, Deprel::Nmod)
                || tree.is(word, Deprel::Obl)
        }
        (TriggerKind::Adjective, Upos::Adj) => true,
        (TriggerKind::Adjective, Upos::Verb) => {
            tree.word(word).xpos == "VBN" || tree.child(word, Deprel::Cop).is_some()
        }
        _ => false,
    }
}

fn noun_words(tree: &Tree<'_>, head: usize, words: &[String]) -> Option<Vec<usize>> {
    let mut found = vec![head];
    let mut at = head;
    for word in words.iter().rev().skip(1) {
        loop {
            at = at.checked_sub(1)?;
            // "red-line", "phone-call"
            if tree.word(at).form != "-" {
                break;
            }
        }
        if tree.lemma(at) != word && tree.word(at).form.to_lowercase() != *word {
            return None;
        }
        found.push(at);
    }
    found.reverse();
    Some(found)
}

fn verb_words(tree: &Tree<'_>, head: usize, words: &[String]) -> Option<Vec<usize>> {
    let mut found = vec![head];
    for word in &words[1..] {
        found.push(hanging_on(tree, head, word, &found)?);
    }
    // "called for a halt" is not "called a halt": no preposition but those of the label
    let strange = |&w: &usize| {
        w != head
            && tree.upos(w) == Upos::Noun
            && tree.children_by(w, Deprel::Case).any(|c| c < w && !found.contains(&c))
    };
    if found.iter().any(strange) {
        return None;
    }
    found.sort_unstable();
    Some(found)
}

/// Where `lemma` hangs on `head`: as a child, as the preposition of a child, as a
/// child of a child, or a few words later where the tree does not say.
fn hanging_on(tree: &Tree<'_>, head: usize, lemma: &str, taken: &[usize]) -> Option<usize> {
    let matches = |i: usize| {
        // the "to" of an infinitive is no preposition
        let infinitive = tree.in_class(i, WordClass::InfinitiveMark) && tree.upos(i) == Upos::Part;
        // nor is "according to" a verb of its own
        let fixed = tree.upos(i) == Upos::Verb && tree.child(i, Deprel::Fixed).is_some();
        !infinitive
            && !fixed
            && !taken.contains(&i)
            && (tree.lemma(i) == lemma || tree.word(i).form.eq_ignore_ascii_case(lemma))
    };
    let children = tree.children(head);
    // what stops by itself stops nothing
    let beside = |&&c: &&usize| matches(c) && tree.deprel(c) != Deprel::Nsubj;
    if let Some(&child) = children.iter().find(beside) {
        return Some(child);
    }
    for &child in children {
        if tree.is(child, Deprel::Nsubj)
            || tree.is(child, Deprel::Advcl)
            || tree.is(child, Deprel::Conj)
            || tree.is(child, Deprel::Ccomp)
        {
            // "insisted first on being heard": the mark of a gerund is as good
            let mark = tree.children_by(child, Deprel::Mark).find(|&c| matches(c));
            match mark.filter(|&m| tree.is_gerund(child) && tree.upos(m) != Upos::Part && m > head)
            {
                Some(mark) => return Some(mark),
                None => continue,
            }
        }
        if let Some(&below) = tree.children(child).iter().find(|&&c| matches(c)) {
            return Some(below);
        }
    }
    // "voted in favour of it": the preposition on what hangs on a noun of the label
    let nouns = taken.iter().filter(|&&t| t != head);
    let under_taken = nouns.flat_map(|&t| tree.children(t)).flat_map(|&c| tree.children(c));
    if let Some(&case) = under_taken.into_iter().find(|&&c| matches(c) && tree.upos(c) == Upos::Adp)
    {
        return Some(case);
    }
    // an infinitive after its preposition-like word: "close to agreeing"
    let end = tree.annotation().sentences[tree.sentence(head)].end;
    (head + 1..end.min(head + 1 + PARTICLE_REACH)).find(|&i| {
        matches(i)
            && matches!(tree.upos(i), Upos::Adp | Upos::Adv | Upos::Part)
            && (i == head + 1
                || tree.children(i).is_empty()
                    && !tree.is(i, Deprel::Case)
                    && !tree.is(i, Deprel::Mark))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::testing::{annotator, document, reads};
    use crate::ontology::Ontology;

    #[test]
    fn a_users_entry_comes_before_a_shipped_one_for_the_same_words() {
        let folder = tempfile::tempdir().unwrap();
        let mine = "@prefix dm: <https://w3id.org/demarche/ontology#> .
@prefix act: <https://w3id.org/demarche/ontology/act#> .
@prefix frame: <https://w3id.org/demarche/ontology/frame#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<http://example.org/my#zeal.v> a dm:VerbTrigger ; rdfs:label \"float\" ; dm:act act:state ;
    dm:frame frame:object ; dm:objectNotAmong \"offer\" ; dm:weight 0.1 .";
        std::fs::write(folder.path().join("mine.ttl"), mine).unwrap();
        let ontology = Ontology::load(&[folder.path().to_owned()]).unwrap();
        let acts = |text: &str| -> Vec<String> {
            let lexicon = Lexicon::new(&ontology);
            let annotation = annotator().annotate(&document(text).text);
            let tree = Tree::new(&annotation, &lexicon);
            let slots = Slots { tree: &tree, ontology: &ontology };
            lexicon.evoked(&slots, 1).iter().map(|e| e.trigger.act.clone()).collect()
        };
        assert_eq!(acts("Cyprus floated a plan."), ["state"]);
        // where it does not fit, the shipped one is read
        assert_eq!(acts("Cyprus floated an offer."), ["propose"]);
    }

    #[test]
    fn agree_to_on_with_that() {
        reads("Hamas agreed to a 60-day truce.", &["actual accept [hamas] ‹a 60-day truce›"]);
        reads(
            "London and Brussels agreed on a fishing quota.",
            &["actual accept [united-kingdom, european-union] ‹a fishing quota›"],
        );
        reads(
            "Cyprus agreed with Greece on a gas route.",
            &["actual accept [cyprus] to [greece] ‹a gas route›"],
        );
        reads(
            "Rwanda and Congo agreed that talks would resume in May.",
            &[
                "actual accept [rwanda, democratic-republic-of-the-congo] ‹talks would resume in May›",
            ],
        );
        reads(
            "Hamas agreed with Qatar that the talks should go on.",
            &["actual accept [hamas] to [qatar] ‹the talks should go on›"],
        );
    }

    #[test]
    fn rule_out_rejects_and_rule_that_does_not() {
        reads(
            "Brussels ruled out a second extension.",
            &["actual reject [european-union] ‹a second extension›"],
        );
        reads(
            "Kim Jong Un ruled out talks with Seoul.",
            &["actual reject [kim-jong-un] ‹talks with Seoul›"],
        );
        reads("Canada has not ruled out new tariffs.", &["negated reject [canada] ‹new tariffs›"]);
        reads(
            "The court ruled that the election was void.",
            &["actual state [“The court”] ‹the election was void›"],
        );
        reads("Cyprus was ruled by Britain.", &[]);
        reads("The judges ruled against the government.", &[]);
    }

    #[test]
    fn press_for_demands_and_press_ahead_does_not() {
        reads("Canada pressed for lower tariffs.", &["actual demand [canada] ‹lower tariffs›"]);
        reads(
            "Brussels pressed London for an answer.",
            &["actual demand [european-union] ‹an answer›"],
        );
        reads("Rwanda pressed ahead with the operation.", &[]);
        reads("Beijing pressed on with the drills.", &[]);
        reads("Sudan's army pressed home its advantage.", &[]);
    }

    #[test]
    fn call_for_call_on_and_call_by_telephone() {
        reads(
            "Starmer called Macron about the fishing dispute.",
            &["actual consult [keir-starmer] to [emmanuel-macron] ‹the fishing dispute›"],
        );
        reads(
            "Turkey called for a referendum in northern Cyprus.",
            &["actual propose [turkey] ‹a referendum in northern Cyprus›"],
        );
        reads(
            "Qatar called on Israel to open the crossing.",
            &["actual demand [qatar] to [israel] ‹open the crossing›"],
        );
        reads(
            "Tshisekedi called for Rwanda to withdraw its troops.",
            &[
                "actual demand [felix-tshisekedi] ‹Rwanda to withdraw its troops›",
                "unrealised withdraw [rwanda] ‹its troops› source [felix-tshisekedi]",
            ],
        );
        reads(
            "Seoul called the launch a provocation.",
            &["actual accuse [south-korea] ‹the launch›"],
        );
        reads("Erdoğan called a referendum.", &[]);
    }

    #[test]
    fn back_a_plan_back_a_party_back_down() {
        reads("Germany backed the trade deal.", &["actual accept [germany] ‹the trade deal›"]);
        reads("Eritrea backed the rebels.", &["actual aid [eritrea] to [“the rebels”]"]);
        reads("Rwanda backed down.", &["actual concede [rwanda]"]);
        reads(
            "London backed away from the quota.",
            &["actual concede [united-kingdom] ‹the quota›"],
        );
        reads("The envoy came back to Doha.", &[]);
    }

    #[test]
    fn hit_with_force_and_hit_a_record() {
        reads("Israel hit a school in Gaza City.", &["actual attack [israel] ‹a school›"]);
        reads("The Houthis hit a tanker in the Red Sea.", &["actual attack [houthis] ‹a tanker›"]);
        reads(
            "Hezbollah hit an Israeli base with drones.",
            &["actual attack [hezbollah] ‹an Israeli base›"],
        );
        reads("Iran hit back at Israel.", &["actual attack [iran] to [israel]"]);
        reads("The tariffs hit exports.", &[]);
        reads("Exports hit a record.", &[]);
    }

    #[test]
    fn order_ones_own_and_order_goods() {
        reads(
            "Putin ordered his army to stop.",
            &["actual order [vladimir-putin] to [russian-forces] ‹stop›"],
        );
        reads(
            "Kagame ordered his troops to retreat.",
            &[
                "actual order [paul-kagame] to [rwandan-forces] ‹retreat›",
                "unrealised withdraw [rwandan-forces]",
            ],
        );
        reads(
            "Sudan's army ordered a withdrawal from the airport.",
            &["actual order [sudanese-forces] ‹a withdrawal from the airport›"],
        );
        reads("Order was restored in Khartoum.", &[]);
        reads("Turkey ordered forty drones.", &[]);
    }

    #[test]
    fn offer_proposes() {
        reads("Iran offered to cap enrichment.", &["actual propose [iran] ‹cap enrichment›"]);
        reads("Egypt offered Hamas a truce.", &["actual propose [egypt] to [hamas] ‹a truce›"]);
        reads("Japan offered Iran a loan.", &["actual propose [japan] to [iran] ‹a loan›"]);
        reads(
            "China offered to mediate between Iran and Saudi Arabia.",
            &[
                "actual propose [china] ‹mediate between Iran and Saudi Arabia›",
                "unrealised consult [china] to [iran, saudi-arabia]",
            ],
        );
        reads("The hotel offers a view of the Nile.", &[]);
    }

    #[test]
    fn deal_is_struck_or_dealt_with() {
        reads(
            "Iran and Europe reached a deal on inspections.",
            &["actual accept [iran, europe] ‹a deal on inspections›"],
        );
        reads(
            "The deal between Iran and Saudi Arabia surprised Washington.",
            &["actual accept [iran, saudi-arabia]"],
        );
        reads("Serbia and Kosovo signed a deal.", &["actual cooperate [serbia, kosovo] ‹a deal›"]);
        reads("Merkel dealt with the Greek question.", &[]);
        reads("A great deal of rice was eaten.", &[]);
    }

    #[test]
    fn strike_with_force_or_a_bargain_or_at_work() {
        reads("Rwanda struck Goma.", &["actual attack [rwanda] ‹Goma›"]);
        reads(
            "London and Brussels struck a compromise on fishing.",
            &["actual accept [united-kingdom, european-union] ‹a compromise on fishing›"],
        );
        reads("Israel launched a strike on Gaza.", &["actual attack [israel] ‹Gaza›"]);
        reads("Workers went on strike in Seoul.", &["actual withhold [“Workers”]"]);
        reads("The miners' strike ended in March.", &[]);
        reads("The strike of the clock woke him.", &[]);
    }

    #[test]
    fn a_bridge_of_stone_is_no_reconciliation() {
        reads("The Nile bridge was built by engineers in Khartoum.", &[]);
        reads("Engineers built the bridge in Seoul.", &[]);
    }

    #[test]
    fn aid_that_is_stopped_is_withheld() {
        reads("Rwanda stopped arming the rebels.", &["actual withhold [rwanda]"]);
        reads("Iran stopped funding the Houthis.", &["actual withhold [iran]"]);
        reads("China stopped buying Canadian canola.", &["actual withhold [china]"]);
    }

    #[test]
    fn borders_are_closed_and_books_are_not() {
        reads(
            "Sudan closed the border with Chad.",
            &["actual withhold [sudan] to [chad] ‹the border›"],
        );
        reads("Turkey closed its airspace.", &["actual withhold [turkey] ‹its airspace›"]);
        reads("Erdoğan closed the book.", &[]);
    }

    #[test]
    fn demand_of_a_side_and_of_a_market() {
        reads(
            "A demand by Iran for the lifting of sanctions angered Israel.",
            &["actual demand [iran] ‹the lifting of sanctions›"],
        );
        reads("The demand for oil fell.", &[]);
        reads("The price of bread is a concern of everybody.", &[]);
    }

    #[test]
    fn what_is_counted_tells_the_sense() {
        reads(
            "Hamas released hundreds of hostages.",
            &["actual concede [hamas] ‹hundreds of hostages›"],
        );
        reads("Iran freed dozens of prisoners.", &["actual concede [iran] ‹dozens of prisoners›"]);
        reads(
            "Rwanda withdrew thousands of troops.",
            &["actual withdraw [rwanda] ‹thousands of troops›"],
        );
        reads("Rwanda ended hundreds of years of war.", &[]);
    }

    #[test]
    fn a_halt_is_called_or_called_for() {
        reads("Egypt called a halt to the attacks.", &["actual withhold [egypt] ‹the attacks›"]);
        reads("Turkey called a halt to the drills.", &["actual withhold [turkey] ‹the drills›"]);
        reads(
            "Qatar called for a halt to the strikes.",
            &["actual propose [qatar] ‹a halt to the strikes›"],
        );
    }

    #[test]
    fn what_it_goes_back_to_tells_the_sense() {
        reads(
            "The ban was imposed by Canada. It was lifted.",
            &["actual withhold [canada] ‹The ban›", "actual concede [] ‹It›"],
        );
        reads(
            "Sanctions were imposed by Europe. They were lifted by Brussels.",
            &["actual withhold [europe] ‹Sanctions›", "actual concede [european-union] ‹They›"],
        );
        reads("The stone was heavy. It was lifted by Omar.", &[]);
    }

    #[test]
    fn votes_in_favour_and_against() {
        reads("Greece voted in favour of the treaty.", &["actual accept [greece] ‹the treaty›"]);
        reads("Kenya voted against the plan.", &["actual reject [kenya] ‹the plan›"]);
        reads("Kenya voted in the morning.", &[]);
    }
}
