//! A later layer comes before an earlier one: words that a user's file gives one term are no
//! longer found to mean another of the same kind.
//!
//! Offices are left out, because one word names several of them by design ("leader"), and so are
//! family names, adjectives and demonyms, which the text tells apart. Of triggers all senses
//! stay: a user's comes first wherever the sentence has what it needs
//! ([`Trigger::layer`](super::Trigger::layer)).

use std::collections::{BTreeMap, BTreeSet};

use super::names::plain;
use super::reader::Reader;
use super::statements::Value;
use super::terms::Ontology;
use super::trigger::Trigger;
use super::vocabulary::{fold, id_of};

/// A word that a term has, and the layer of the file that says so.
struct Said {
    term: String,
    word: String,
    layer: usize,
    is_label: bool,
}

/// Takes from terms the words that a later layer gives to others, and notes what is overridden.
pub(super) fn lay(reader: &mut Reader<'_>, ontology: &mut Ontology) {
    if reader.sources.iter().all(|source| source.layer == 0) {
        return;
    }
    let labels = ["skos:prefLabel", "skos:altLabel"];
    for (id, word, is_label) in overridden(reader, "dm:Actor", &labels, plain) {
        let Some(actor) = ontology.actors.iter_mut().find(|actor| actor.id == id) else { continue };
        actor.names.retain(|name| *name != word);
        actor.yields_label |= is_label;
    }
    let labels = ["skos:prefLabel", "skos:altLabel", "skos:hiddenLabel"];
    for (id, word, _) in overridden(reader, "skos:Concept", &labels, fold) {
        let Some(issue) = ontology.issues.iter_mut().find(|issue| issue.id == id) else { continue };
        issue.words.retain(|other| fold(other) != fold(&word));
    }
    let labels = ["skos:prefLabel", "skos:altLabel"];
    for (id, word, _) in overridden(reader, "dm:Collective", &labels, fold) {
        let mut collectives = ontology.collectives.iter_mut();
        let Some(collective) = collectives.find(|it| it.id == id) else { continue };
        collective.names.retain(|name| *name != word);
    }
    triggers(reader, ontology);
}

/// The words of terms of the class that a later layer gives to another term, as the id of the
/// term that loses them, the word, and whether it is the label.
fn overridden(
    reader: &mut Reader<'_>,
    class: &str,
    properties: &[&str],
    key: fn(&str) -> String,
) -> Vec<(String, String, bool)> {
    let mut by_key: BTreeMap<String, Vec<Said>> = BTreeMap::new();
    for term in reader.instances(class) {
        for property in properties {
            for statement in reader.said(term, property) {
                let layer = reader.sources[statement.file].layer;
                for value in reader.members(&statement.value) {
                    if !is_english(value) {
                        continue;
                    }
                    let word = value.text().trim().to_owned();
                    let is_label = *property == "skos:prefLabel";
                    let said = Said { term: term.to_owned(), word, layer, is_label };
                    by_key.entry(key(value.text())).or_default().push(said);
                }
            }
        }
    }
    let mut lost = Vec::new();
    for said in by_key.into_values() {
        let Some(last) = said.iter().map(|it| it.layer).max().filter(|last| *last > 0) else {
            continue;
        };
        let winners: BTreeMap<&str, &str> = said
            .iter()
            .filter(|it| it.layer == last)
            .map(|it| (it.term.as_str(), it.word.as_str()))
            .collect();
        let losers = || said.iter().filter(|it| !winners.contains_key(it.term.as_str()));
        for term in losers().map(|it| it.term.as_str()).collect::<BTreeSet<_>>() {
            for (winner, word) in &winners {
                reader.note_at(winner, word, &format!("takes the name \"{word}\" from {term}"));
            }
        }
        let loses = |it: &Said| (id_of(&it.term).to_owned(), it.word.clone(), it.is_label);
        lost.extend(losers().map(loses));
    }
    lost
}

fn is_english(value: &Value) -> bool {
    match value {
        Value::Literal { language, .. } => language.is_empty() || language.starts_with("en"),
        Value::Iri(_) | Value::Blank(_) => false,
    }
}

/// Notes which triggers come before others for the same words.
fn triggers(reader: &mut Reader<'_>, ontology: &Ontology) {
    let mut notes = Vec::new();
    // Sorted by first word, so that equal words are near each other.
    for same in ontology.triggers.chunk_by(|a, b| a.words[0] == b.words[0]) {
        for mine in same.iter().filter(|trigger| trigger.layer > 0) {
            let alike = |other: &&Trigger| {
                other.kind == mine.kind && other.words == mine.words && other.layer < mine.layer
            };
            for other in same.iter().filter(alike) {
                let words = mine.words.join(" ");
                let what = format!("comes before {} for \"{words}\"", other.term);
                notes.push((mine.term.clone(), words, what));
            }
        }
    }
    for (term, words, what) in notes {
        reader.note_at(&term, &words, &what);
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::{Finding, Severity};
    use super::super::names::Names;
    use super::super::parsed::from_sources;
    use super::super::source::{Source, shipped_sources};
    use super::*;

    const PREFIXES: &str = "@prefix dm: <https://w3id.org/demarche/ontology#> .
@prefix act: <https://w3id.org/demarche/ontology/act#> .
@prefix frame: <https://w3id.org/demarche/ontology/frame#> .
@prefix issue: <https://w3id.org/demarche/ontology/issue#> .
@prefix actor: <https://w3id.org/demarche/id/actor/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix my: <http://example.org/my#> .
";

    /// The shipped files with these over them, one layer each.
    fn over(layers: &[&str]) -> (Ontology, Vec<String>) {
        let mut sources = shipped_sources();
        for (i, turtle) in layers.iter().enumerate() {
            let name = format!("{}.ttl", i + 1);
            sources.push(Source { name, text: format!("{PREFIXES}{turtle}"), layer: i + 1 });
        }
        let (ontology, findings) = from_sources(&sources, Vec::new());
        assert!(findings.iter().all(|it| it.severity == Severity::Note), "{findings:#?}");
        (ontology, findings.iter().map(Finding::to_string).collect())
    }

    fn meant(ontology: &Ontology, name: &str) -> Vec<String> {
        let names = Names::new(ontology);
        let found = names.find_actor(name).iter();
        found.map(|(actor, _)| ontology.actors[*actor].id.clone()).collect()
    }

    const STATE_OF_THE_UNION: &str =
        "my:us-georgia a dm:State ; skos:prefLabel \"US Georgia\" ; skos:altLabel \"Georgia\" .";

    #[test]
    fn a_name_means_the_actor_of_the_last_layer_that_gives_it() {
        let (shipped, notes) = over(&[]);
        assert_eq!((meant(&shipped, "Georgia"), notes), (vec!["georgia".to_owned()], vec![]));
        let (mine, notes) = over(&[STATE_OF_THE_UNION]);
        assert_eq!(meant(&mine, "Georgia"), ["us-georgia"]);
        assert_eq!(
            notes,
            [
                "1.ttl:9: http://example.org/my#us-georgia: takes the name \"Georgia\" from actor:georgia"
            ]
        );
        assert_eq!(mine.actor("georgia").unwrap().label, "Georgia");
        let (twice, _) = over(&[STATE_OF_THE_UNION, "actor:georgia skos:altLabel \"Georgia\" ."]);
        assert_eq!(meant(&twice, "Georgia"), ["georgia"]);
    }

    #[test]
    fn words_mean_the_issue_of_the_last_layer_that_gives_them() {
        let (mine, notes) =
            over(&["issue:standstill a skos:Concept ; skos:prefLabel \"standstill\" ;
    skos:definition \"Nobody moves.\" ; skos:altLabel \"truce\" ."]);
        let of = |word: &str| -> Vec<&str> {
            let issues = mine.issues.iter().filter(|it| it.words.iter().any(|w| w == word));
            issues.map(|it| it.id.as_str()).collect()
        };
        assert_eq!(of("truce"), ["standstill"]);
        assert_eq!(of("ceasefire"), ["ceasefire"]);
        assert_eq!(
            notes,
            ["1.ttl:10: issue:standstill: takes the name \"truce\" from issue:ceasefire"]
        );
    }

    #[test]
    fn what_is_replaced_or_comes_before_is_told() {
        let (_, notes) = over(&["issue:ceasefire skos:definition \"Silence.\"@en .
my:float.v a dm:VerbTrigger ; rdfs:label \"float\" ; dm:act act:intend ; dm:frame frame:object ."]);
        assert!(
            notes[0].starts_with("1.ttl:9: issue:ceasefire: skos:definition \"Silence.\" replaces"),
            "{notes:#?}"
        );
        let float =
            "1.ttl:10: http://example.org/my#float.v: comes before tr:propose.v for \"float\"";
        assert!(notes.iter().any(|note| note == float), "{notes:#?}");
    }
}
