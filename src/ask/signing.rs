//! "Who signed the agreement?": the lines under a text that say whose it is.

use crate::annotate::Upos;
use crate::extract::Hole;
use crate::ontology::WordClass;

use super::answer::{Evidence, Found, Kind};
use super::told::Told;
use super::understood::Reading;
use super::words::alike;
use super::{Asking, Attempt};

/// The share of the words for a text that its heading must have.
const HEADED: f64 = 0.6;
/// How many words a line under a text may have.
const LINE: usize = 25;

/// Whose names stand under the text that a question means.
pub(super) fn signing(asking: &Asking<'_>) -> Attempt {
    let verb = asking.form.main_word();
    let signs = verb
        .is_some_and(|verb| asking.lexicon.is(&verb.lemma.to_lowercase(), WordClass::AsksSigning));
    if asking.read.hole != Some(Hole::Agent) || !signs {
        return Ok(None);
    }
    let wanted: Vec<String> = (0..asking.form.words.len())
        .filter(|&at| matches!(asking.form.words[at].upos, Upos::Noun | Upos::Propn | Upos::Adj))
        .map(|at| asking.form.lemma(at))
        .filter(|lemma| {
            let asks = [WordClass::AsksActor, WordClass::PartyNoun, WordClass::ActorNoun];
            !asks.iter().any(|&class| asking.lexicon.is(lemma, class))
        })
        .collect();
    if wanted.is_empty() {
        return Ok(None);
    }
    let told = asking.told()?;
    let share = |told: &Told| {
        let met = wanted.iter().filter(|wish| told.heading.iter().any(|w| alike(w, wish)));
        met.count() as f64 / wanted.len() as f64
    };
    let signed = |at: &usize| share(&told[*at]) >= HEADED && !lines(asking, &told[*at]).is_empty();
    let mut fitting: Vec<usize> = (0..told.len()).filter(signed).collect();
    fitting.sort_by(|&a, &b| share(&told[b]).total_cmp(&share(&told[a])).then(a.cmp(&b)));
    // of two that fit alike neither is meant
    let at = match fitting.as_slice() {
        [at] => *at,
        [first, second, ..] if share(&told[*first]) > share(&told[*second]) => *first,
        _ => return Ok(None),
    };
    let document = &asking.graph.corpus().documents[at];
    let found = lines(asking, &told[at]).into_iter().map(|line| {
        let (span, text) = &told[at].sentences[line];
        let evidence = Evidence::at(&document.id, *span, text);
        Found::told(Kind::Sentence, text.clone(), text.clone(), evidence, document, 1.0)
    });
    Ok(Some((asking.understood(Reading::Signature, Vec::new()), found.collect(), Vec::new())))
}

/// The last lines of a text that name somebody and are no sentences; not those that say where
/// and when.
fn lines(asking: &Asking<'_>, told: &Told) -> Vec<usize> {
    let is_line = |at: &usize| {
        told.begins[*at]
            && told.words[*at].len() <= LINE
            && (!told.sentences[*at].1.ends_with(['.', '!', '?', ','])
                || is_dated(asking, &told.words[*at]))
    };
    let all = told.headed..told.sentences.len();
    let mut found: Vec<usize> = all
        .rev()
        .take_while(is_line)
        .filter(|&at| names_somebody(asking, told, at) && !is_dated(asking, &told.words[at]))
        .collect();
    found.reverse();
    found
}

fn names_somebody(asking: &Asking<'_>, told: &Told, at: usize) -> bool {
    let said = told.sentences[at].1.split(|c: char| !c.is_alphanumeric());
    let capitals: Vec<&str> = said.filter(|word| word.starts_with(char::is_uppercase)).collect();
    let strange = |word: &&str| !asking.annotator.is_common(&word.to_lowercase());
    capitals.len() >= 2 && capitals.iter().any(strange)
}

fn is_dated(asking: &Asking<'_>, words: &[String]) -> bool {
    words.iter().any(|word| asking.lexicon.is(word, WordClass::Month))
}
