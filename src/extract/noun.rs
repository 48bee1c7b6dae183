//! A noun that names an act: "Egypt's proposal", "a demand by Egypt", "talks between
//! A and B", and with a support verb: "made an offer".

use super::claim::Status;
use super::construction::Construction;
use super::evoked::Evoked;
use super::reading::{Candidate, Reading};
use super::status;
use super::who::Referent;
use crate::annotate::{Deprel, Upos};
use crate::ontology::{ActTrait, Slot, TriggerKind, WordClass};

/// Below this weight a word names its act too seldom to do so without all that belongs to it.
const DOUBTFUL: f64 = 0.6;

/// From this weight on a word names what two do together also where neither is told.
const SURE: f64 = 0.8;

/// The claim that an act noun makes (codebook rule 3). Without an agent it is kept
/// only when it says what it is about (rule 11).
pub(super) fn read(reading: &Reading<'_>, evoked: &Evoked<'_>) -> Option<Candidate> {
    if evoked.trigger.kind != TriggerKind::Noun
        || reading.tree.deprel(evoked.head) == Deprel::Compound
    {
        return None; // "the ceasefire talks": the talks, not the ceasefire
    }
    let tree = reading.tree;
    let is = |what| reading.lexicon.act_is(&evoked.trigger.act, what);
    let (mut agent, agent_words, mut construction) = agent(reading, evoked);
    let (addressee, addressee_words) = addressee(reading, evoked);
    let addressee = reading.others(addressee, &agent);
    let (mutual, event) = (is(ActTrait::Mutual), is(ActTrait::Pointed));
    if mutual && agent.is_empty() {
        agent = reading.pair_before(evoked.head);
    }
    let definite = tree.is_definite(evoked.head)
        || tree.determined(evoked.head, WordClass::Both)
        || tree.child(evoked.head, Deprel::NmodPoss).is_some();
    if event && agent.is_empty() && definite && addressee.is_empty() {
        agent = reading.talkers_before(evoked.head);
        construction = Construction::EventMention;
    }
    let mut taken = agent_words.clone();
    if !addressee.is_empty() {
        taken.extend(addressee_words);
    }
    let (mut matter, own_matter) = matter(reading, evoked, &taken, definite);
    if reading.lexicon.is_plain(&evoked.trigger.act)
        && matter.is_empty()
        && construction != Construction::LightVerb
    {
        return None; // "the statement" says nothing yet
    }
    let mut spoken_by_agent = false;
    if agent.is_empty()
        && is(ActTrait::Speaker)
        && let Some(predicated) = predicated(reading, evoked.head)
        && let Some(speaker) = reading.speech.of(evoked.head).first()
    {
        // "“This is a red line,” she said"
        agent = reading.referents(&[speaker.source]);
        spoken_by_agent = true;
        matter = predicated;
    }
    if evoked.trigger.weight < DOUBTFUL
        && (agent.is_empty() || matter.is_empty() && addressee.is_empty())
    {
        return None; // a doubtful word needs its arguments
    }
    if agent.is_empty() && !stands_alone(reading, evoked, own_matter, !matter.is_empty()) {
        return None;
    }
    Some(Candidate {
        trigger: evoked.words.clone(),
        agent,
        agent_words,
        addressee,
        matter,
        status: whose_own(reading, evoked.head).or_else(|| denial(reading, evoked)),
        spoken_by_agent,
        ..Candidate::new(construction, evoked.trigger.act.clone(), evoked.head)
    })
}

/// Who does it, the words that say so, and by which construction they are found.
fn agent(reading: &Reading<'_>, evoked: &Evoked<'_>) -> (Vec<Referent>, Vec<usize>, Construction) {
    let (tree, frame) = (reading.tree, &evoked.trigger.frame);
    let (mut agent, mut agent_words) = reading.actors_at(evoked.head, &frame.agent);
    let makers = makers(reading, evoked.head);
    if !makers.is_empty() {
        agent = reading.referents(&makers);
        agent_words = makers;
    }
    // "India is in favour" is India's, "India is against the plan" is not India's plan,
    // and what "is off the table" is the matter
    let predicate = tree.child(evoked.head, Deprel::Cop).is_some();
    let own_case = tree.children_by(evoked.head, Deprel::Case).any(|c| evoked.words.contains(&c));
    let subjects: Vec<usize> = tree.children_by(evoked.head, Deprel::Nsubj).collect();
    let of_subject = own_case && !frame.matter.contains(&Slot::Subject);
    if predicate && !of_subject && !agent.is_empty() && agent_words == subjects {
        agent.clear();
        agent_words.clear();
    } else if predicate && of_subject && agent.is_empty() {
        agent = reading.referents(&subjects);
        if !agent.is_empty() {
            agent_words = subjects;
        }
    }
    let mut construction = Construction::Noun;
    if agent.is_empty() && !predicate {
        let subjects = reading.slots().fill(evoked.head, &Slot::Subject);
        agent = reading.referents(&subjects);
        if !agent.is_empty() {
            construction = Construction::LightVerb;
            agent_words = subjects;
        }
    }
    if agent.is_empty() {
        agent = accused_of(reading, evoked.head);
    }
    if agent.is_empty() {
        (agent, agent_words) = by_means(reading, evoked);
        if !agent.is_empty() {
            construction = Construction::NounOfMeans;
        }
    }
    (agent, agent_words, construction)
}

/// "A condition set by Libya", "the offer tabled by the owners": whoever a participle behind the
/// noun says that it is of.
fn makers(reading: &Reading<'_>, noun: usize) -> Vec<usize> {
    let tree = reading.tree;
    let made = |&participle: &usize| {
        participle > noun
            && tree.word(participle).xpos == "VBN"
            && reading.lexicon.is(tree.lemma(participle), WordClass::SupportVerb)
    };
    let by = |&c: &usize| {
        tree.is(c, Deprel::OblAgent)
            || tree.is(c, Deprel::Obl) && tree.marked(c, WordClass::AgentMark)
    };
    let somebody = |c: &usize| !reading.who.all(*c).is_empty();
    tree.children_by(noun, Deprel::Acl)
        .filter(made)
        .flat_map(|participle| tree.children(participle).iter().copied().filter(by))
        .filter(somebody)
        .collect()
}

/// To whom it is done, and the words that say so.
fn addressee(reading: &Reading<'_>, evoked: &Evoked<'_>) -> (Vec<Referent>, Vec<usize>) {
    let (tree, frame) = (reading.tree, &evoked.trigger.frame);
    let found = reading.actors_at(evoked.head, &frame.addressee);
    if found.0.is_empty()
        && tree.is(evoked.head, Deprel::Obj)
        && let Some(verb) = tree.head(evoked.head)
        && reading.lexicon.is(tree.lemma(verb), WordClass::SupportVerb)
    {
        // "held a call with Paris", parsed with the partner at the verb
        return reading.actors_at(verb, &frame.addressee);
    }
    found
}

/// The heads of what it is about, and whether they stand where the noun has its matter.
fn matter(
    reading: &Reading<'_>,
    evoked: &Evoked<'_>,
    taken: &[usize],
    definite: bool,
) -> (Vec<usize>, bool) {
    let tree = reading.tree;
    let mut matter = reading.matter_at(evoked, taken);
    let own_matter = !matter.is_empty();
    if matter.is_empty() && reading.lexicon.act_is(&evoked.trigger.act, ActTrait::Content) {
        matter = predicate_of(reading, evoked.head);
    }
    let comes = tree.head(evoked.head).filter(|&verb| {
        tree.is(evoked.head, Deprel::Nsubj)
            && reading.lexicon.is(tree.lemma(verb), WordClass::OriginVerb)
    });
    if matter.is_empty() && comes.is_some() && definite {
        matter = vec![evoked.head]; // "this proposal came from Cairo": the one told of before
    }
    if matter.is_empty() {
        // "a ceasefire proposal"
        matter = tree
            .children_by(evoked.head, Deprel::Compound)
            .filter(|&c| {
                c < evoked.head && tree.upos(c) == Upos::Noun && !evoked.words.contains(&c)
            })
            .collect();
    }
    (matter, own_matter)
}

/// Does the noun make a claim though nobody is told to do it?
fn stands_alone(
    reading: &Reading<'_>,
    evoked: &Evoked<'_>,
    own_matter: bool,
    any_matter: bool,
) -> bool {
    let (tree, head) = (reading.tree, evoked.head);
    let is = |what| reading.lexicon.act_is(&evoked.trigger.act, what);
    let mutual = is(ActTrait::Mutual);
    let unspoken = reading.speech.of(head).is_empty();
    if said_elsewhere(reading, head) {
        return false;
    }
    let sure = is(ActTrait::Pointed) || evoked.trigger.weight >= SURE;
    if mutual && unspoken && !(own_matter && sure) {
        return false;
    }
    let argument = [Deprel::Nsubj, Deprel::Obj].iter().any(|&rel| tree.is(head, rel))
        || tree.head(head).is_none();
    let told = mutual && argument && !unspoken;
    (any_matter || told) && is(ActTrait::Agentless)
}

/// "Not on the table": the negator is part of what it says, and denies nothing.
fn denial(reading: &Reading<'_>, evoked: &Evoked<'_>) -> Option<Status> {
    let negator = |word: &&String| reading.lexicon.is(word, WordClass::Negator);
    evoked.trigger.words.iter().any(|w| negator(&w)).then_some(Status::Actual)
}

/// What a demand noun is said of, or is said to be: "a truce is our condition", "the
/// condition is a truce".
fn predicated(reading: &Reading<'_>, noun: usize) -> Option<Vec<usize>> {
    let tree = reading.tree;
    if tree.child(noun, Deprel::Cop).is_some() {
        return Some(tree.children_by(noun, Deprel::Nsubj).collect());
    }
    let predicate = predicate_of(reading, noun);
    (!predicate.is_empty()).then_some(predicate)
}

/// Is a proposal without a proposer only what another act is about ("accepted the
/// proposal", "the proposal put forward by Egypt")?
fn said_elsewhere(reading: &Reading<'_>, noun: usize) -> bool {
    let tree = reading.tree;
    let slots = reading.slots();
    let participle = tree
        .children_by(noun, Deprel::Acl)
        .any(|c| tree.is_passive(c) && !reading.lexicon.evoked(&slots, c).is_empty());
    let answered = tree.head(noun).is_some_and(|head| {
        (tree.is(noun, Deprel::Obj)
            || tree.is(noun, Deprel::Obl)
            || tree.deprel(noun) == Deprel::NsubjPass)
            && reading.lexicon.answers(tree, head)
    });
    participle || answered
}

/// "A pause in Russian strikes": an act with its doer's name on it happens, even where
/// it is what is to stop.
fn whose_own(reading: &Reading<'_>, noun: usize) -> Option<Status> {
    let own = !reading.referents(&reading.slots().modifiers(noun)).is_empty()
        || reading.tree.child(noun, Deprel::NmodPoss).is_some();
    (own && status::status(reading.tree, reading.lexicon, noun).is_none()).then_some(Status::Actual)
}

/// "Accused Iran of violations", "denounced the raid as a violation": what somebody is
/// blamed for is his doing.
fn accused_of(reading: &Reading<'_>, noun: usize) -> Vec<Referent> {
    let tree = reading.tree;
    let blamed = [WordClass::ChargeMark, WordClass::LikenessMark]
        .iter()
        .any(|&class| tree.marked(noun, class));
    let Some(head) = tree.head(noun).filter(|_| blamed) else { return Vec::new() };
    // "accused Israel of attacks", parsed as if the attacks were of Israel
    let verb = if tree.is(head, Deprel::Obj) { tree.head(head).unwrap_or(head) } else { head };
    let slots = reading.slots();
    let accuses = |e: &Evoked<'_>| reading.lexicon.act_is(&e.trigger.act, ActTrait::Blaming);
    match reading.lexicon.evoked(&slots, verb).first() {
        Some(evoked) if accuses(evoked) => {
            reading.actors_at(verb, &evoked.trigger.frame.addressee).0
        }
        _ => Vec::new(),
    }
}

/// "Broke the truce with a strike", "set it as a condition", "hit many places,
/// including a strike on …": whoever does what the noun is the means or a case of.
pub(super) fn by_means(reading: &Reading<'_>, evoked: &Evoked<'_>) -> (Vec<Referent>, Vec<usize>) {
    let tree = reading.tree;
    let noun = tree.first_conjunct(evoked.head);
    let mut at = noun;
    // "came for talks", "said in a call": the meeting is the subject's
    let class = if reading.lexicon.act_is(&evoked.trigger.act, ActTrait::Mutual) {
        WordClass::OccasionPreposition
    } else {
        WordClass::MeansPreposition
    };
    let verb = tree.head(noun).filter(|&verb| tree.upos(verb) == Upos::Verb);
    if verb.is_some_and(|v| reading.lexicon.evokes(tree, v, ActTrait::Blaming)) {
        return (Vec::new(), Vec::new()); // "denounced it as a violation": not by himself
    }
    let instrumental = tree.case_marks(noun).iter().any(|c| reading.lexicon.is(c, class));
    if !instrumental {
        return (Vec::new(), Vec::new());
    }
    while let Some(head) = tree.head(at) {
        if tree.upos(head) == Upos::Verb {
            let subjects = reading.slots().tree_subjects(head, 6);
            let mut agent = reading.referents(&subjects);
            if agent.is_empty() {
                // not by what that noun is in turn a means of: one may be inside the other
                agent = subjects.iter().flat_map(|&s| reading.agents_named_at_event(s)).collect();
            }
            return (agent, Vec::new());
        }
        at = head;
    }
    (Vec::new(), Vec::new())
}

/// "The aim is to survive", "the one proposal is a truce": what the noun is said to be.
fn predicate_of(reading: &Reading<'_>, noun: usize) -> Vec<usize> {
    let tree = reading.tree;
    match tree.head(noun) {
        Some(head)
            if tree.is(noun, Deprel::Nsubj)
                && (tree.child(head, Deprel::Cop).is_some()
                    || tree.in_class(head, WordClass::Copula)) =>
        {
            if tree.in_class(head, WordClass::Copula) {
                tree.children(head)
                    .iter()
                    .copied()
                    .filter(|&c| {
                        tree.is(c, Deprel::Xcomp)
                            || tree.is(c, Deprel::Ccomp)
                            || tree.is(c, Deprel::Advcl)
                    })
                    .collect()
            } else if tree.upos(head) == Upos::Adj {
                Vec::new() // "the proposal is unacceptable" does not say what it is
            } else {
                vec![head]
            }
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

    #[test]
    fn what_somebody_made_is_his() {
        reads(
            "Chad withdrew its troops, a condition set by Libya.",
            &["actual withdraw [chad] ‹its troops›", "actual demand [libya] ‹a condition›"],
        );
        reads("Egypt studied an offer rejected by Libya.", &["actual reject [libya] ‹an offer›"]);
    }

    #[test]
    fn a_possessor_performs_the_noun() {
        reads(
            "Egypt's proposal for a truce was on the table.",
            &["actual propose [egypt] ‹a truce›"],
        );
        reads(
            "Turkey's refusal to recognise Cyprus is old.",
            &[
                "actual reject [turkey] ‹recognise Cyprus›",
                "unrealised accept [turkey] to [cyprus]",
            ],
        );
        reads(
            "Sudan's rejection of the truce angered Egypt.",
            &["actual reject [sudan] ‹the truce›"],
        );
        reads(
            "Turkey's invasion of Cyprus divided the island.",
            &["actual attack [turkey] to [cyprus]"],
        );
    }

    #[test]
    fn by_names_who_performs_it() {
        reads(
            "The threat by Iran to strike tankers alarmed Oman.",
            &["actual threaten [iran] ‹strike tankers›", "unrealised attack [iran] ‹tankers›"],
        );
        reads("A call by Egypt for a truce went unheard.", &["actual propose [egypt] ‹a truce›"]);
    }

    #[test]
    fn talks_are_between_their_parties() {
        reads(
            "Talks between Rwanda and Congo began in Luanda.",
            &["actual consult [rwanda, democratic-republic-of-the-congo]"],
        );
        reads("Talks between Cyprus and Turkey resumed.", &["actual consult [cyprus, turkey]"]);
        reads(
            "Talks between London and Brussels collapsed.",
            &["actual consult [united-kingdom, european-union]"],
        );
    }

    #[test]
    fn an_attack_has_its_target() {
        reads("Israel's attacks on Gaza continued.", &["actual attack [israel] ‹Gaza›"]);
        reads("Iran's strikes on Erbil stopped.", &["actual attack [iran] ‹Erbil›"]);
    }

    #[test]
    fn an_offer_is_made_to_somebody() {
        reads(
            "Barnier's offer to Britain was generous.",
            &["actual propose [michel-barnier] to [united-kingdom]"],
        );
    }

    #[test]
    fn a_noun_with_a_support_verb() {
        reads("Israel launched an attack on Rafah.", &["actual attack [israel] ‹Rafah›"]);
        reads("Turkey made a threat.", &["actual threaten [turkey] ‹a threat›"]);
        reads("Iran gave a promise to Oman.", &["actual promise [iran] to [oman]"]);
        reads("China launched an invasion of Taiwan.", &["actual attack [china] to [taiwan]"]);
    }

    #[test]
    fn a_verb_and_noun_are_one_trigger() {
        reads("Qatar made an offer.", &["actual propose [qatar] ‹an offer›"]);
        reads("Iran said no.", &["actual reject [iran]"]);
        reads(
            "Canada imposed tariffs on American steel.",
            &["actual withhold [canada] ‹tariffs on American steel›"],
        );
        reads(
            "Congo issued an ultimatum to Rwanda.",
            &[
                "actual demand [democratic-republic-of-the-congo] to [rwanda] ‹an ultimatum to Rwanda›",
            ],
        );
        reads(
            "North Korea and South Korea resumed talks.",
            &["actual consult [north-korea, south-korea] ‹talks›"],
        );
    }

    #[test]
    fn nouns_of_nobody() {
        reads("The meeting was long.", &[]);
        reads("The demand for oil fell.", &[]);
        reads("The minister made a cake.", &[]);
        reads("Brussels took a bus.", &[]);
    }

    #[test]
    fn a_verb_and_a_noun_of_one_act_are_one_claim() {
        reads(
            "Egypt put forward a proposal for a truce.",
            &["actual propose [egypt] ‹a proposal for a truce›"],
        );
        reads(
            "Mexico and Canada signed the trade deal.",
            &["actual cooperate [mexico, canada] ‹the trade deal›"],
        );
    }

    #[test]
    fn what_hangs_on_the_noun_of_a_trigger() {
        reads("Hamas gave its consent to the exchange.", &["actual accept [hamas] ‹the exchange›"]);
        reads(
            "Iran struck a deal with Saudi Arabia.",
            &["actual accept [iran] to [saudi-arabia] ‹a deal with Saudi Arabia›"],
        );
    }

    #[test]
    fn the_accused_did_it() {
        reads(
            "Kenya accused Sudan of an attack on Nairobi.",
            &[
                "actual accuse [kenya] to [sudan] ‹an attack on Nairobi›",
                "actual attack [sudan] to [kenya] source [kenya]",
            ],
        );
        reads(
            "Sudan accused Chad of an attack on Darfur.",
            &[
                "actual accuse [sudan] to [chad] ‹an attack on Darfur›",
                "actual attack [chad] ‹Darfur› source [sudan]",
            ],
        );
        reads("Israel spoke of violations.", &["actual state [israel] ‹violations›"]);
    }

    #[test]
    fn whoever_denounces_did_not_do_it() {
        reads(
            "Greece denounced the raid as a violation of its airspace.",
            &["actual accuse [greece] ‹a violation of its airspace›"],
        );
        reads(
            "Erdoğan denounced the vote as an attack on Turkey.",
            &["actual accuse [recep-tayyip-erdogan] ‹an attack on Turkey›"],
        );
    }

    #[test]
    fn on_and_off_the_table() {
        reads("A truce is off the table for Israel.", &["actual reject [israel] ‹A truce›"]);
        reads("For Canada, the quota is off the table.", &["actual reject [canada] ‹the quota›"]);
        reads(
            "A second referendum is not on the table for London.",
            &["actual reject [united-kingdom] ‹A second referendum›"],
        );
        reads("The plates are off the table.", &[]);
    }

    #[test]
    fn in_favour_of_something() {
        reads("India is in favour of the treaty.", &["actual accept [india] ‹the treaty›"]);
        reads("Kenya is in favour of a truce.", &["actual accept [kenya] ‹a truce›"]);
        reads("India is in the north of the map.", &[]);
    }

    #[test]
    fn an_agreement_called_after_a_place_is_nobodys() {
        reads(
            "Serbia and Kosovo signed the Brussels Agreement.",
            &["actual cooperate [serbia, kosovo] ‹the Brussels Agreement›"],
        );
        reads(
            "Rwanda rejected the Luanda Agreement.",
            &["actual reject [rwanda] ‹the Luanda Agreement›"],
        );
        reads("Iran rejected the Geneva Accord.", &["actual reject [iran] ‹the Geneva Accord›"]);
    }

    #[test]
    fn a_plan_called_after_somebody_is_his() {
        reads(
            "Hamas accepted the Witkoff plan.",
            &["actual accept [hamas] ‹the Witkoff plan›", "actual propose [steve-witkoff]"],
        );
        reads(
            "Iran accepted the Araghchi proposal.",
            &["actual accept [iran] ‹the Araghchi proposal›", "actual propose [abbas-araghchi]"],
        );
    }

    #[test]
    fn the_means_of_an_event_that_is_its_own_subject() {
        // "raid" is the means of "failed", whose subject is "offer", and so on for ever
        reads("The offer including a raid failed.", &[]);
        reads("The strike as an attack ended.", &[]);
        reads("Egypt's offer including a truce failed.", &["actual propose [egypt]"]);
    }

    #[test]
    fn an_agreement_that_is_signed_is_one_act() {
        reads("Iran and Oman signed an accord.", &["actual cooperate [iran, oman] ‹an accord›"]);
        reads(
            "Serbia and Kosovo signed an agreement on energy.",
            &["actual cooperate [serbia, kosovo] ‹an agreement on energy›"],
        );
        reads("Egypt and Sudan concluded a pact.", &["actual cooperate [egypt, sudan] ‹a pact›"]);
        reads("Macron signed a book.", &[]);
    }

    #[test]
    fn a_plan_comes_from_somebody() {
        reads("This proposal came from Cairo.", &["actual propose [egypt] ‹This proposal›"]);
        reads("The offer got here from Qatar.", &["actual propose [qatar] ‹The offer›"]);
        reads("A parcel came from Egypt.", &[]);
    }
}
