//! "Must" in somebody's words is a demand by the speaker (codebook rule 14).

use super::claim::Status;
use super::construction::Construction;
use super::first_person;
use super::reading::{Candidate, Reading};
use crate::annotate::{Deprel, Upos};
use crate::ontology::{ActTrait, KeyAct, WordClass};

/// The demand that an auxiliary or verb of obligation at `word` makes.
pub(super) fn read(reading: &Reading<'_>, word: usize) -> Option<Candidate> {
    let tree = reading.tree;
    let is = |class| reading.lexicon.is(tree.lemma(word), class);
    let verb = match tree.upos(word) {
        Upos::Aux if is(WordClass::Obligation) => tree.head(word)?,
        Upos::Verb if is(WordClass::ObligingVerb) => obliged(reading, word)?,
        _ => return None,
    };
    let agent = match reading.speech.of(verb).first() {
        Some(speaker) => reading.referents(&[speaker.source]),
        None => {
            let owner = reading.list_owner(verb);
            // in a statement that somebody signs it is a demand of the signer's
            if owner.is_empty() { first_person::author(&reading.who) } else { owner }
        }
    };
    if agent.is_empty() {
        return None;
    }
    // a question or a condition demands nothing ("if it should fail", "should it fail")
    let conditional = tree.children(verb).iter().any(|&c| {
        (tree.is(c, Deprel::Mark) || tree.is(c, Deprel::Advmod))
            && reading.lexicon.is(tree.lemma(c), WordClass::Conditional)
            && c != word
    });
    let inverted = tree.child(verb, Deprel::Expl).is_none()
        && tree.child(verb, Deprel::Nsubj).is_some_and(|subject| subject > word);
    if conditional || inverted {
        return None;
    }
    // "suggested that they should": told by the verb above already
    let told = tree
        .head(verb)
        .filter(|_| tree.is(verb, Deprel::Ccomp))
        .is_some_and(|above| reading.lexicon.evokes(tree, above, ActTrait::Asking));
    if told {
        return None;
    }
    let subjects = reading.slots().tree_subjects(verb, 4);
    let own = reading.referents(&subjects).iter().any(|r| agent.iter().any(|a| a.key() == r.key()));
    if own && tree.upos(word) == Upos::Verb {
        return None; // "he said he had to leave"
    }
    let addressee = reading.others(reading.referents(&subjects), &agent);
    Some(Candidate {
        agent,
        addressee,
        matter: vec![verb],
        status: Some(Status::Actual),
        spoken_by_agent: true,
        ..Candidate::new(Construction::Obligation, KeyAct::Demand, word)
    })
}

/// What "has to" or "needs to" at `word` obliges somebody to do, if it is not denied.
fn obliged(reading: &Reading<'_>, word: usize) -> Option<usize> {
    let tree = reading.tree;
    let negator =
        |&c: &usize| reading.lexicon.is(&tree.word(c).form.to_lowercase(), WordClass::Negator);
    if tree.children_by(word, Deprel::Advmod).any(|c| negator(&c))
        || reading.speech.of(word).is_empty()
    {
        return None;
    }
    tree.children_by(word, Deprel::Xcomp)
        .find(|&c| tree.marked(c, WordClass::InfinitiveMark) && tree.upos(c) == Upos::Verb)
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

    #[test]
    fn must_in_somebodys_words_is_a_demand() {
        reads(
            "Erdoğan said Israel must leave Gaza.",
            &["actual demand [recep-tayyip-erdogan] to [israel] ‹leave Gaza›"],
        );
        reads(
            "Christodoulides said that Turkey must recognise Cyprus.",
            &[
                "unrealised accept [turkey] to [cyprus] source [nikos-christodoulides]",
                "actual demand [nikos-christodoulides] to [turkey] ‹recognise Cyprus›",
            ],
        );
        reads(
            "Tshisekedi said the rebels must disarm.",
            &[
                "unrealised concede [“the rebels”] source [felix-tshisekedi]",
                "actual demand [felix-tshisekedi] to [“the rebels”] ‹disarm›",
            ],
        );
    }

    #[test]
    fn must_in_a_statement_is_a_demand_of_its_signer() {
        reads(
            "Truce in Yemen\n\nMarco Rubio, Secretary of State\n\nHamas must leave Gaza.",
            &["actual demand [united-states] to [hamas] ‹leave Gaza›"],
        );
    }

    #[test]
    fn must_of_the_author_demands_nothing() {
        reads("Farmers must rise early.", &[]);
        reads(
            "Hamas must accept the truce before Israel withdraws.",
            &["unrealised accept [hamas] ‹the truce›", "unrealised withdraw [israel]"],
        );
    }

    #[test]
    fn has_to_and_needs_to_in_somebodys_words() {
        reads(
            "Erdoğan said Greece has to leave the island.",
            &[
                "unrealised withdraw [greece] ‹the island› source [recep-tayyip-erdogan]",
                "actual demand [recep-tayyip-erdogan] to [greece] ‹leave the island›",
            ],
        );
        reads(
            "Kagame said Congo needs to disarm the militia.",
            &[
                "unrealised concede [democratic-republic-of-the-congo] ‹the militia› source [paul-kagame]",
                "actual demand [paul-kagame] to [democratic-republic-of-the-congo] ‹disarm the militia›",
            ],
        );
        reads(
            "Sheinbaum said that Canada had to lift its tariffs.",
            &[
                "unrealised concede [canada] ‹its tariffs› source [claudia-sheinbaum]",
                "actual demand [claudia-sheinbaum] to [canada] ‹lift its tariffs›",
            ],
        );
        reads(
            r#""Iran has to accept inspections," Macron said."#,
            &[
                "unrealised accept [iran] ‹inspections› source [emmanuel-macron]",
                "actual demand [emmanuel-macron] to [iran] ‹accept inspections›",
            ],
        );
    }

    #[test]
    fn nobody_demands_of_himself_what_he_has_to_do() {
        reads(
            "Netanyahu said he had to leave Cairo.",
            &["actual state [benjamin-netanyahu] ‹he had to leave Cairo›"],
        );
        reads(
            "Sisi said he needed to rest.",
            &["actual state [abdel-fattah-el-sisi] ‹he needed to rest›"],
        );
        reads(
            "Starmer said he needed to consult Macron.",
            &["unrealised consult [keir-starmer] to [emmanuel-macron] source [keir-starmer]"],
        );
    }

    #[test]
    fn what_one_has_not_to_do_is_not_demanded() {
        reads(
            "Macron said Greece does not have to pay.",
            &["actual state [emmanuel-macron] ‹Greece does not have to pay›"],
        );
        reads("Rwanda has to import fuel.", &[]);
    }

    #[test]
    fn an_inverted_condition_demands_nothing() {
        reads(
            "Should the truce fail, Egypt will reopen the border.",
            &["unrealised concede [egypt] ‹the border›"],
        );
        reads(
            "Guterres said Sudan would suffer should the truce fail.",
            &["actual state [antonio-guterres] ‹Sudan would suffer should the truce fail›"],
        );
        reads(
            "Should it fail, Iran will leave the talks, Araghchi said.",
            &["unrealised withhold [iran] ‹the talks› source [abbas-araghchi]"],
        );
    }

    #[test]
    fn what_is_suggested_is_told_once() {
        reads(
            "Macron suggested that Serbia should recognise Kosovo.",
            &[
                "actual propose [emmanuel-macron] ‹Serbia should recognise Kosovo›",
                "unrealised accept [serbia] to [kosovo] source [emmanuel-macron]",
            ],
        );
        reads(
            "Egypt proposed that Israel should leave Rafah.",
            &["actual propose [egypt] ‹Israel should leave Rafah›"],
        );
        reads(
            "Sisi demanded that Israel should open the crossing.",
            &["actual demand [abdel-fattah-el-sisi] ‹Israel should open the crossing›"],
        );
    }
}
