//! "It said it would send envoys": a speaker who says what he will do commits
//! himself, and one who says what he will not do refuses (codebook rule 13).

use super::claim::Status;
use super::construction::Construction;
use super::reading::{Candidate, Reading};
use crate::annotate::{Deprel, Upos};
use crate::ontology::{ActTrait, KeyAct, WordClass};

/// What the auxiliaries of a verb in the future say of it.
struct Future {
    /// The auxiliary, or "going" of "going to".
    sign: usize,
    /// "Will not".
    negated: bool,
    /// "If it will", "will perhaps", "will have": commits nobody.
    open: bool,
}

/// The future of `verb`: by an auxiliary of `class`, or by "be going to".
fn future(reading: &Reading<'_>, verb: usize, class: WordClass) -> Option<Future> {
    let tree = reading.tree;
    let is = |word: usize, class: WordClass| reading.lexicon.is(tree.lemma(word), class);
    let going = tree.head(verb).filter(|&go| {
        tree.is(verb, Deprel::Xcomp)
            && tree.marked(verb, WordClass::InfinitiveMark)
            && tree.word(go).xpos == "VBG"
            && is(go, WordClass::FutureVerb)
    });
    let sign = going.or_else(|| tree.children_by(verb, Deprel::Aux).find(|&c| is(c, class)))?;
    let mut future = Future { sign, negated: false, open: false };
    for &c in tree.children(verb).iter().chain(going.iter().flat_map(|&go| tree.children(go))) {
        let form = tree.word(c).form.to_lowercase();
        future.negated |=
            tree.is(c, Deprel::Advmod) && reading.lexicon.is(&form, WordClass::Negator);
        let none = |d: usize| reading.lexicon.is(tree.lemma(d), WordClass::NegativeDeterminer);
        future.negated |= tree.is(c, Deprel::Nsubj) && tree.children_by(c, Deprel::Det).any(none);
        future.open |= tree.is(c, Deprel::Aux) && tree.in_class(c, WordClass::PerfectAuxiliary)
            || tree.is(c, Deprel::Advmod) && reading.lexicon.is(&form, WordClass::HedgeUnrealised)
            || (tree.is(c, Deprel::Mark) || tree.is(c, Deprel::Advmod))
                && is(c, WordClass::Conditional);
    }
    Some(future)
}

/// "Iran will not withdraw" announces a refusal, whoever tells it: the verb denied
/// with an auxiliary of the future.
pub(super) fn is_refusal(reading: &Reading<'_>, verb: usize) -> bool {
    // "cannot accept": nobody says so of another's offer without refusing it
    let able = reading.lexicon.evokes(reading.tree, verb, ActTrait::Answering);
    let found = future(reading, verb, WordClass::FutureModal)
        .or_else(|| able.then(|| future(reading, verb, WordClass::AbleModal)).flatten());
    found.is_some_and(|future| future.negated && !future.open)
}

/// The promise or refusal that a future auxiliary at `word` makes in somebody's words.
pub(super) fn read(reading: &Reading<'_>, word: usize) -> Option<Candidate> {
    let tree = reading.tree;
    let lexicon = reading.lexicon;
    let verb = match tree.upos(word) {
        Upos::Aux => tree.head(word),
        Upos::Verb => tree.children_by(word, Deprel::Xcomp).next(),
        _ => None,
    }?;
    let future =
        future(reading, verb, WordClass::FutureModal).filter(|future| future.sign == word)?;
    let likes = lexicon.is(tree.lemma(verb), WordClass::UncommittingVerb);
    if tree.upos(verb) != Upos::Verb || tree.is_passive(verb) || future.open || likes {
        return None; // a condition, a question or a wish commits nobody
    }
    let speaker = reading.speech.of(verb).first()?;
    let subjects = reading.slots().tree_subjects(verb, 2);
    let (speakers, doers) = (reading.referents(&[speaker.source]), reading.referents(&subjects));
    // "we" may be the state that the speaker speaks for
    let ours = subjects.iter().any(|&s| tree.is_first_person(s));
    let own = |doer: &super::who::Referent| {
        ours || speakers.iter().any(|s| s.key() == doer.key())
            || subjects.iter().any(|&s| {
                // "his forces would": committed by whose they are
                tree.children_by(s, Deprel::NmodPoss).any(|p| {
                    reading.who.one(p).iter().any(|o| speakers.iter().any(|s| s.key() == o.key()))
                })
            })
    };
    if doers.is_empty() || !doers.iter().any(own) {
        return None;
    }
    // what harms is a threat, what is only thought is neither
    if lexicon.evokes(tree, verb, ActTrait::Uncommitting) {
        return None;
    }
    let act = if future.negated { KeyAct::Reject } else { KeyAct::Promise };
    Some(Candidate {
        trigger: (word..=verb).collect(),
        agent: if ours { doers } else { speakers },
        agent_words: subjects,
        matter: vec![verb],
        status: Some(Status::Actual),
        spoken_by_agent: true,
        ..Candidate::new(Construction::Commitment, act, verb)
    })
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

    #[test]
    fn a_speaker_who_will_do_it_promises() {
        reads(
            "Hamas said it would release ten hostages.",
            &[
                "actual promise [hamas] ‹release ten hostages›",
                "unrealised concede [hamas] ‹ten hostages› source [hamas]",
            ],
        );
        reads("Iran told Russia that it would sign.", &["actual promise [iran] ‹sign›"]);
    }

    #[test]
    fn a_speaker_who_will_not_refuses() {
        reads(
            "Kagame said he would not withdraw his troops.",
            &["actual reject [paul-kagame] ‹withdraw his troops›"],
        );
        reads(
            "Sisi said he would not meet Netanyahu.",
            &["actual reject [abdel-fattah-el-sisi] ‹meet Netanyahu›"],
        );
    }

    #[test]
    fn the_author_can_announce_a_refusal() {
        reads("Canada would not accept the quota.", &["actual reject [canada] ‹the quota›"]);
        reads("Iran will never accept the plan.", &["actual reject [iran] ‹the plan›"]);
    }

    #[test]
    fn what_others_will_do_is_no_promise() {
        reads("Iran said Israel would attack.", &["unrealised attack [israel] source [iran]"]);
        reads(
            "Guterres said the sun would rise.",
            &["actual state [antonio-guterres] ‹the sun would rise›"],
        );
        reads("Egypt said the rain would stop.", &["actual state [egypt] ‹the rain would stop›"]);
    }

    #[test]
    fn harm_is_no_promise() {
        reads(
            "Canada said it would impose tariffs on American steel.",
            &["unrealised withhold [canada] ‹tariffs on American steel› source [canada]"],
        );
        reads(
            "Sheinbaum said Mexico would impose tariffs on Canadian pork.",
            &["unrealised withhold [mexico] ‹tariffs on Canadian pork› source [claudia-sheinbaum]"],
        );
    }

    #[test]
    fn going_to_promises_and_not_going_to_refuses() {
        reads(
            "Kagame said he was going to withdraw his troops.",
            &[
                "actual promise [paul-kagame] ‹withdraw his troops›",
                "unrealised withdraw [paul-kagame] ‹his troops› source [paul-kagame]",
            ],
        );
        reads(
            r#""We are going to sign the treaty," Erdoğan said."#,
            &[
                "actual promise [turkey] ‹sign the treaty›",
                "unrealised cooperate [turkey] ‹the treaty› source [recep-tayyip-erdogan]",
            ],
        );
        reads(
            r#""We are not going to leave Goma," Kagame said."#,
            &["actual reject [rwanda] ‹leave Goma›"],
        );
        reads("Hamas said it was not going to disarm.", &["actual reject [hamas] ‹disarm›"]);
    }

    #[test]
    fn nobody_promises_what_is_going_to_happen() {
        reads(
            "Iran said the rain was going to stop.",
            &["actual state [iran] ‹the rain was going to stop›"],
        );
        reads("Egypt is going to sleep.", &[]);
    }

    #[test]
    fn cannot_accept_is_a_refusal() {
        reads("Iran cannot accept the plan.", &["actual reject [iran] ‹the plan›"]);
        reads("Hamas can not agree to a pause.", &["actual reject [hamas] ‹a pause›"]);
        reads(
            r#""We cannot accept the quota," Carney said."#,
            &["actual reject [canada] ‹the quota› source [mark-carney]"],
        );
    }

    #[test]
    fn other_things_that_one_cannot_do() {
        reads("Rwanda cannot export coffee.", &[]);
        reads("Iran cannot sleep.", &[]);
        reads("Sudan cannot reject the plan.", &["unrealised reject [sudan] ‹the plan›"]);
    }

    #[test]
    fn a_wish_promises_nothing() {
        reads(
            r#""We would like to sign the treaty," Carney said."#,
            &["unrealised cooperate [canada] ‹the treaty› source [mark-carney]"],
        );
        reads(
            "Kagame said Rwanda would like to withdraw its troops.",
            &["unrealised withdraw [rwanda] ‹its troops› source [paul-kagame]"],
        );
        reads(
            "Hamas said it would like to rest.",
            &["actual state [hamas] ‹it would like to rest›"],
        );
    }

    #[test]
    fn none_of_them_will() {
        reads(
            r#""No Canadian will accept the quota," Carney said."#,
            &["actual reject [canada] ‹the quota› source [mark-carney]"],
        );
        reads("No mediator will accept the plan.", &["actual reject [“No mediator”] ‹the plan›"]);
        reads("Iran said no rain would fall.", &["actual state [iran] ‹no rain would fall›"]);
    }
}
