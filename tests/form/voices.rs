//! `tests/voices`: of chosen claims of each text, a line each: words of the claim, and words of
//! its source, "-" where the author speaks; who says of himself what he does ("we propose") is the
//! agent, and his own voice. `known-failures.tsv` lists the lines that are not
//! met yet; one that is met, and one that is missing there, fails the test.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use demarche::annotate::Annotator;
use demarche::corpus::Document;
use demarche::extract::{Claim, Lexicon, Participant};
use demarche::ontology::{Ontology, WordClass};

use crate::{Case, cases};

/// Who tells a claim.
#[derive(Debug)]
struct Voice {
    /// Words of the source, "-" where it has none.
    source: String,
    /// Of a claim without one: whoever says of himself what he does, by the agent's words.
    own: String,
}

impl Voice {
    fn of(claim: &Claim, ontology: &Ontology) -> Self {
        let first = [WordClass::FirstSingular, WordClass::FirstPlural];
        let speaks = |it: &&Participant| {
            first.iter().any(|&class| ontology.is(&it.text.to_lowercase(), class))
        };
        let named = |it: &Participant| match &it.label {
            Some(label) if *label != it.text => format!("{} ({label})", it.text),
            _ => it.text.clone(),
        };
        let names: Vec<String> = claim.source.iter().map(named).collect();
        let source = if names.is_empty() { "-".to_owned() } else { names.join(", ") };
        let own: Vec<String> = claim.agent.iter().filter(speaks).map(named).collect();
        Self { source, own: own.join(", ") }
    }

    fn is(&self, expected: &str) -> bool {
        let holds = |words: &str| words.to_lowercase().contains(&expected.to_lowercase());
        match expected {
            "-" => self.source == "-",
            _ => holds(&self.source) || self.source == "-" && holds(&self.own),
        }
    }
}

/// The voices of the claims whose trigger stands in these words.
fn voices(claims: &[Claim], ontology: &Ontology, case: &Case, words: &str) -> Vec<Voice> {
    let start = case.text.find(words).unwrap_or_else(|| panic!("{}: no “{words}”", case.name));
    let start = case.text[..start].chars().count();
    let end = start + words.chars().count();
    let inside = |claim: &&Claim| (start..end).contains(&claim.trigger_start);
    claims.iter().filter(inside).map(|claim| Voice::of(claim, ontology)).collect()
}

#[test]
fn each_claim_has_the_voice_that_tells_it() {
    let ontology = Ontology::shipped().unwrap();
    let lexicon = Lexicon::new(&ontology);
    let annotator = Annotator::embedded().unwrap();
    let cases = cases("voices");
    assert!(cases.len() >= 15, "{}", cases.len());
    let (mut failed, mut told, mut all) = (BTreeSet::new(), String::new(), 0);
    for case in &cases {
        let document = Document::new(case.name.as_str(), case.text.as_str());
        let (_, claims) = demarche::read(&document, &annotator, &lexicon);
        for line in &case.expected {
            let [words, expected] = line.as_slice() else { panic!("{}: {line:?}", case.name) };
            let found = voices(&claims, &ontology, case, words);
            all += 1;
            if found.is_empty() || !found.iter().all(|voice| voice.is(expected)) {
                failed.insert(format!("{}\t{words}", case.name));
                told +=
                    &format!("{}: “{words}”: expected {expected:?}, found {found:?}\n", case.name);
            }
        }
    }
    println!("{} of {all} claims have another voice, or are not found:\n{told}", failed.len());
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/voices/known-failures.tsv");
    let list = fs::read_to_string(list).unwrap();
    let known: BTreeSet<String> = list.lines().map(str::to_owned).collect();
    let new: Vec<_> = failed.difference(&known).collect();
    let mended: Vec<_> = known.difference(&failed).collect();
    assert!(new.is_empty() && mended.is_empty(), "new: {new:#?}\nno longer: {mended:#?}\n{told}");
}
