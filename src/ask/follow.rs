//! What a question means after another: "and Egypt?", "why?", "What did he say?".

use crate::annotate::{Annotator, Upos};
use crate::extract::{HOLE, Lexicon, Participant};

use super::answer::{Answer, Kind};
use super::form::Form;
use super::period::Period;
use super::read;
use crate::ontology::WordClass;

/// Longer answers are not repeated in the question that follows.
const REPEATED: usize = 8;

/// What was asked last, and answered.
#[derive(Default)]
pub struct Conversation {
    last: Option<(String, Form, Answer)>,
}

impl Conversation {
    /// The whole question that a line means; the line itself where it stands alone.
    pub fn whole(&self, line: &str, annotator: &Annotator, lexicon: &Lexicon<'_>) -> String {
        let Some((question, form, answer)) = &self.last else { return line.to_owned() };
        let words: Vec<&str> = line
            .split(|c: char| c.is_whitespace() || matches!(c, '?' | '!' | ','))
            .filter(|word| !word.is_empty())
            .collect();
        let is = |word: &str, class: WordClass| lexicon.is(&word.to_lowercase(), class);
        // "what" and "how" carry on only with "about"
        let carries = words.first().is_some_and(|word| is(word, WordClass::CarriesOn))
            || words.get(1).is_some_and(|word| is(word, WordClass::CarriesAbout));
        let and = words.iter().take_while(|word| carries && is(word, WordClass::FollowUp)).count();
        let rest = &words[and..];
        match rest {
            [] => line.to_owned(),
            [word] if is(word, WordClass::AsksAdverb) => {
                adverbial(word, question, form, answer, lexicon)
            }
            // "And who rejected it?" asks for itself.
            [first, _, _, ..] if and > 0 && is(first, WordClass::Interrogative) => {
                let mut asks = rest.join(" ");
                asks[..1].make_ascii_uppercase();
                asks.push('?');
                let said = read(&asks, annotator, lexicon);
                pronouns(&asks, form, answer, lexicon, &said)
            }
            _ if and > 0 => instead(
                &rest.join(" "),
                question,
                form,
                read(&rest.join(" "), annotator, lexicon),
                lexicon,
            ),
            _ => pronouns(line, form, answer, lexicon, &read(line, annotator, lexicon)),
        }
    }

    /// Remembers what was asked and answered.
    pub fn heard(&mut self, annotator: &Annotator, lexicon: &Lexicon<'_>, answer: &Answer) {
        let form = read(&answer.question, annotator, lexicon);
        self.last = Some((answer.question.clone(), form, answer.clone()));
    }
}

/// "why?" after "Who rejected the freeze?": "Why did Norvik reject the freeze?"
fn adverbial(
    word: &str,
    question: &str,
    form: &Form,
    answer: &Answer,
    lexicon: &Lexicon<'_>,
) -> String {
    let mut asks = word.to_lowercase();
    asks[..1].make_ascii_uppercase();
    let plain = question.trim_end_matches(['?', '.', ' ']);
    let words: Vec<&str> = plain.split_whitespace().collect();
    let first = form.words.iter().find(|w| w.upos != Upos::Punct);
    let Some(first) = first else { return question.to_owned() };
    let lower = |text: &str| {
        let mut text = text.to_owned();
        text[..1].make_ascii_lowercase();
        text
    };
    if first.upos == Upos::Aux || lexicon.is(&first.lemma, WordClass::ProVerb) {
        return format!("{asks} {}?", lower(plain));
    }
    let best =
        answer.answers.first().filter(|found| matches!(found.kind, Kind::Actor | Kind::Matter));
    let label = best
        .map(|found| found.label.as_str())
        .filter(|label| label.split_whitespace().count() <= REPEATED);
    let next = form.words.get(1);
    match (label, next) {
        // "Who rejected the freeze?"
        (Some(label), Some(verb)) if verb.upos == Upos::Verb => {
            format!("{asks} did {label} {} {}?", verb.lemma, words[2..].join(" "))
        }
        // "What did Iran demand?"
        (Some(label), Some(aux)) if aux.upos == Upos::Aux => {
            let named = form.question.actors.iter().any(|p| p.id.as_deref() != Some(HOLE));
            let label = if named { format!(" {label}") } else { String::new() };
            format!("{asks} {}{label}?", words[1..].join(" "))
        }
        _ => format!("{asks} {}?", words[1..].join(" ")),
    }
}

/// "and Egypt?": the last question with another actor, matter or time.
fn instead(phrase: &str, question: &str, form: &Form, said: Form, lexicon: &Lexicon<'_>) -> String {
    if said.period.is_some() && said.question.actors.is_empty() {
        let (_, plain) = Period::take(question, lexicon);
        return format!("{} {phrase}?", plain.trim_end_matches(['?', '.', ' ']));
    }
    let named = |p: &&Participant| p.id.as_deref() != Some(HOLE) && question.contains(&p.text);
    let asked = form.question.asked.first();
    let is_actor = said.question.actors.iter().any(|p| p.id.as_deref() != Some(HOLE))
        || said.words.iter().any(|w| w.upos == Upos::Propn);
    let roles = asked.map(|a| [&a.claim.agent, &a.claim.addressee]).into_iter().flatten().flatten();
    let actor = roles.chain(&form.question.actors).find(named).map(|p| p.text.as_str());
    let matter = asked
        .and_then(|a| a.claim.matter.as_ref())
        .map(|m| m.text.trim_end_matches(['?', '.', ' ']))
        .filter(|text| !text.is_empty() && question.contains(text));
    let old = if is_actor { actor.or(matter) } else { matter.or(actor) };
    match old {
        Some(old) => question.replacen(old, phrase, 1),
        None => phrase.to_owned(),
    }
}

/// "What did he say?" with the one spoken of last in place of the pronoun.
fn pronouns(
    line: &str,
    form: &Form,
    answer: &Answer,
    lexicon: &Lexicon<'_>,
    said: &Form,
) -> String {
    if said.question.actors.iter().any(|p| p.id.as_deref() != Some(HOLE)) {
        return line.to_owned();
    }
    let answered = answer.answers.first().filter(|found| found.kind == Kind::Actor);
    let asked = form.question.actors.iter().find(|p| p.id.as_deref() != Some(HOLE));
    let actor =
        answered.map(|found| found.label.clone()).or_else(|| asked.map(|p| p.name().to_owned()));
    let matter = form.question.asked.first().and_then(|a| a.claim.matter.as_ref());
    let matter = matter.map(|m| m.text.trim_end_matches(['?', '.', ' ']).to_owned());
    // "What is disputed?" has no matter yet: its one answer is.
    let asks = |text: &String| lexicon.is(&text.to_lowercase(), WordClass::Interrogative);
    let matter = match (matter.filter(|text| !asks(text)), answer.answers.as_slice()) {
        (None, [only]) if only.kind == Kind::Matter => Some(only.label.clone()),
        (matter, _) => matter,
    };
    let is_subject = |word: &str| lexicon.is(word, WordClass::SubjectPronoun);
    let words = line.split_whitespace().map(|word| {
        let core = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let person = [WordClass::He, WordClass::She, WordClass::They]
            .iter()
            .any(|&class| lexicon.is(&core, class));
        let antecedent = match (&actor, &matter) {
            (Some(actor), _) if person && lexicon.is(&core, WordClass::OwningPronoun) => {
                Some(format!("{actor}'s"))
            }
            (Some(actor), _) if person => Some(actor.clone()),
            (_, Some(matter)) if is_subject(&core) && lexicon.is(&core, WordClass::It) => {
                Some(matter.clone())
            }
            _ => None,
        };
        antecedent.map_or(word.to_owned(), |by| word.to_lowercase().replacen(&core, &by, 1))
    });
    words.collect::<Vec<_>>().join(" ")
}
