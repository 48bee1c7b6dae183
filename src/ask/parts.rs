//! Two questions in one: "Who called her, and what did he offer?"

use crate::extract::Lexicon;
use crate::ontology::WordClass;

/// A part with fewer words has no verb of its own, and asks for what the sentence that
/// answers the other part says, too.
const WHOLE: usize = 3;

/// The questions that one asks, if they are more than one, or if its end only asks for more of
/// the same ("…, and by when?").
pub(super) fn parts(question: &str, lexicon: &Lexicon<'_>) -> Option<Vec<String>> {
    let words: Vec<&str> = question.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let is = |at: usize, classes: &[WordClass]| {
        words.get(at).is_some_and(|w| classes.iter().any(|&c| lexicon.is(&bare(w), c)))
    };
    let asks = [
        WordClass::AsksActor,
        WordClass::AsksThing,
        WordClass::AsksTime,
        WordClass::AsksPlace,
        WordClass::AsksReason,
        WordClass::AsksMeasure,
    ];
    let and = |at: usize| is(at, &[WordClass::MatterAnd]);
    // "and by when", "and according to whom"
    let begins = |at: usize| (at..at + WHOLE).find(|&word| is(word, &asks));
    let at = (1..words.len()).find(|&at| {
        let comma = words[at - 1].ends_with(',');
        and(at) && if comma { begins(at + 1).is_some() } else { is(at + 1, &asks) }
    })?;
    if !is(0, &asks) && begins(0).is_none() && !words[at - 1].ends_with(',') {
        return None;
    }
    let asked = |words: &[&str]| {
        let mut text = words.join(" ").trim_end_matches(['?', '.', ',', '!']).to_owned();
        text.push('?');
        text
    };
    // "How and why did he leave?"
    if at == 1 {
        let rest = &words[3..];
        let first: Vec<&str> = std::iter::once(words[0]).chain(rest.iter().copied()).collect();
        return (!rest.is_empty()).then(|| vec![asked(&first), asked(&words[2..])]);
    }
    let first = asked(&words[..at]);
    let asking = begins(at + 1).unwrap_or(at + 1);
    if words.len() - asking < WHOLE {
        return Some(vec![first]);
    }
    Some(vec![first, asked(&words[at + 1..])])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Ontology;

    #[test]
    fn two_questions_are_taken_apart() {
        let ontology = Ontology::shipped().unwrap();
        let lexicon = Lexicon::new(&ontology);
        for (question, expected) in [
            (
                "Who called the ferry crews, and what did he offer?",
                &["Who called the ferry crews?", "what did he offer?"][..],
            ),
            ("How and why did Orla leave?", &["How did Orla leave?", "why did Orla leave?"]),
            ("How far must they go, and by when?", &["How far must they go?"]),
            ("How many died, and according to whom?", &["How many died?"]),
        ] {
            assert_eq!(parts(question, &lexicon).unwrap(), expected);
        }
        for question in [
            "What did Orla and Finn demand?",
            "Who signed the accord and left?",
            "Did the crews and those who rowed accept?",
        ] {
            assert_eq!(parts(question, &lexicon), None, "{question}");
        }
    }
}
