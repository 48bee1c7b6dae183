//! "Must" in somebody's words is a demand by the speaker (codebook rule 14).

use super::claim::Status;
use super::reading::{Candidate, Reading};
use crate::annotate::Upos;

/// The demand that an auxiliary or verb of obligation at `word` makes.
pub(super) fn read(reading: &Reading<'_>, word: usize) -> Option<Candidate> {
    let tree = reading.tree;
    let is = |class| reading.lexicon.is(tree.lemma(word), class);
    let verb = match tree.upos(word) {
        Upos::Aux if is("obligation") => tree.head(word)?,
        Upos::Verb if is("obliging-verb") => obliged(reading, word)?,
        _ => return None,
    };
    let agent = match reading.speech.of(verb).first() {
        Some(speaker) => reading.referents(&[speaker.source]),
        None => reading.list_owner(verb),
    };
    if agent.is_empty() {
        return None;
    }
    // a question or a condition demands nothing ("if it should fail", "should it fail")
    let conditional = tree.children(verb).iter().any(|&c| {
        (tree.is(c, "mark") || tree.is(c, "advmod"))
            && reading.lexicon.is(tree.lemma(c), "conditional")
            && c != word
    });
    let inverted = tree.child(verb, "expl").is_none()
        && tree.child(verb, "nsubj").is_some_and(|subject| subject > word);
    if conditional || inverted {
        return None;
    }
    // "suggested that they should": told by the verb above already
    let told = tree.head(verb).filter(|_| tree.is(verb, "ccomp")).is_some_and(|above| {
        let evoked = reading.lexicon.evoked(&reading.slots(), above);
        evoked.first().is_some_and(|e| reading.lexicon.is(&e.trigger.act, "asking-act"))
    });
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
        construction: "obligation",
        act: "demand".to_owned(),
        trigger: vec![word],
        head: word,
        agent,
        agent_words: Vec::new(),
        addressee,
        matter: vec![verb],
        status: Some(Status::Actual),
        spoken_by_agent: true,
    })
}

/// What "has to" or "needs to" at `word` obliges somebody to do, if it is not denied.
fn obliged(reading: &Reading<'_>, word: usize) -> Option<usize> {
    let tree = reading.tree;
    let negator = |&c: &usize| reading.lexicon.is(&tree.word(c).form.to_lowercase(), "negator");
    if tree.children_by(word, "advmod").any(|c| negator(&c)) || reading.speech.of(word).is_empty() {
        return None;
    }
    tree.children_by(word, "xcomp").find(|&c| tree.marked(c, "to") && tree.upos(c) == Upos::Verb)
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
                "actual demand [felix-tshisekedi] ‹disarm›",
            ],
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
}
