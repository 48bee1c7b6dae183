//! Shipped files, a user's folder over them, and each kind of error with its place.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;

const PREFIXES: &str = "@prefix dm: <https://w3id.org/demarche/ontology#> .
@prefix act: <https://w3id.org/demarche/ontology/act#> .
@prefix frame: <https://w3id.org/demarche/ontology/frame#> .
@prefix tr: <https://w3id.org/demarche/ontology/trigger#> .
@prefix issue: <https://w3id.org/demarche/ontology/issue#> .
@prefix office: <https://w3id.org/demarche/ontology/office#> .
@prefix actor: <https://w3id.org/demarche/id/actor/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix my: <http://example.org/my#> .
";

/// The choices that `core.ttl` gives a property, in order.
pub(crate) fn choices(property: &str) -> Vec<String> {
    let sources = shipped_sources();
    let mut findings = Vec::new();
    let statements = statements::parse(&sources, &mut findings);
    let reader = reader::Reader::new(&sources, &statements, findings);
    let range = reader.said(property, "rdfs:range").next().expect("a range");
    let list = reader.said(range.value.text(), "owl:oneOf").next().expect("a list");
    reader.members(&list.value).into_iter().map(|value| value.text().to_owned()).collect()
}

/// Lines before the first line of a user's text.
const BEFORE: usize = 12;

fn folder(turtle: &str) -> (TempDir, Vec<PathBuf>) {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("my.ttl"), format!("{PREFIXES}{turtle}")).unwrap();
    let folders = vec![dir.path().to_owned()];
    (dir, folders)
}

/// What is wrong in a user's text over the shipped files, without the folder's name:
/// "line: term: what (valid)".
fn findings(turtle: &str) -> Vec<String> {
    let (_dir, folders) = folder(turtle);
    Ontology::check(&folders)
        .iter()
        .filter(|f| f.severity != Severity::Note)
        .map(|f| {
            assert!(f.file.ends_with("my.ttl"), "{f}");
            let line = f.line.map(|l| l.saturating_sub(BEFORE).to_string()).unwrap_or_default();
            format!("{line}: {}: {} ({})", f.term, f.what, f.valid)
        })
        .collect()
}

#[test]
fn shipped_files_have_no_error_and_no_warning() {
    let findings = Ontology::check(&[]);
    let shown: Vec<String> = findings.iter().map(Finding::to_string).collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
}

#[test]
fn shipped_files_are_strict_turtle() {
    let mut sources = shipped_sources();
    for source in &mut sources {
        source.layer = 1;
    }
    let mut findings = Vec::new();
    statements::parse(&sources, &mut findings);
    assert_eq!(findings, []);
}

#[test]
fn shipped_lists_are_sorted_and_references_hold() {
    let o = Ontology::shipped().unwrap();
    assert!(o.acts.is_sorted_by(|a, b| a.id < b.id));
    assert!(o.actors.is_sorted_by(|a, b| a.id < b.id));
    assert!(o.issues.is_sorted_by(|a, b| a.id < b.id));
    assert!(o.offices.is_sorted_by(|a, b| a.id < b.id));
    assert!(o.triggers.is_sorted_by_key(|t| (&t.words[0], &t.id)));
    assert!(o.triggers.iter().all(|t| o.act(&t.act).is_some()));
    assert!(o.word_classes.values().all(|words| words.is_sorted()));
    assert_eq!(Ontology::shipped().unwrap(), o);
}

#[test]
fn shipped_actors_cover_the_states() {
    let o = Ontology::shipped().unwrap();
    let states = o.actors.iter().filter(|a| a.kind == ActorKind::State && a.wikidata.is_some());
    assert!(states.count() >= 195);
    let russia = o.actor("russia").unwrap();
    assert_eq!(russia.adjectives, ["Russian", "Russo-"]);
    assert_eq!(russia.capitals, ["Moscow"]);
    assert_eq!(russia.wikidata.as_deref(), Some("Q159"));
    assert_eq!(o.actor("kremlin").unwrap().acts_for.as_deref(), Some("russia"));
    let putin = o.actor("vladimir-putin").unwrap();
    assert_eq!(putin.family_name.as_deref(), Some("Putin"));
    assert_eq!(putin.tenures.last().unwrap().of, "russia");
}

#[test]
fn several_labels_make_several_triggers_with_the_frame_under_them() {
    let (_dir, folders) = folder(
        "frame:my a dm:Frame ; rdfs:label \"mine\" ; dm:agentAt \"subject\" ; dm:matterAt ( \"infinitive\" \"object\" \"against\" ) .
tr:spurn.v a dm:VerbTrigger ; rdfs:label \"spurnish\", \"wave off\" ; dm:act act:reject ; dm:frame frame:my ;
    dm:agentAt \"by\" ; dm:needs \"object\", \"clause\" ; dm:objectAmong ( \"offer\" \"plan\" ) ; dm:weight 0.5 .",
    );
    let o = Ontology::load(&folders).unwrap();
    let of = |id: &str| o.triggers.iter().find(|t| t.id == id).unwrap();
    let trigger = of("spurn.v-wave-off");
    assert_eq!(trigger.words, ["wave", "off"]);
    assert_eq!(trigger.frame.agent, [Slot::Preposition("by".into())]);
    let against = Slot::Preposition("against".into());
    assert_eq!(trigger.frame.matter, [Slot::Infinitive, Slot::Object, against]);
    assert_eq!(trigger.needs, [Slot::Object, Slot::Clause]);
    assert_eq!(*trigger.object_among, ["offer", "plan"]);
    assert_eq!((trigger.weight, trigger.act.as_str()), (0.5, "reject"));
    assert_eq!(of("spurn.v-spurnish").frame, trigger.frame);
}

#[test]
fn a_users_file_adds_terms_adds_to_terms_and_replaces_what_is_said_once() {
    let (_dir, folders) = folder(
        "actor:ruritania a dm:State ; skos:prefLabel \"Ruritania\"@en, \"Ruritanien\"@de ; dm:capital \"Strelsau\" .
my:black-michael a dm:Person ; skos:prefLabel \"Black Michael\" ; dm:familyName \"Michael\" ;
    dm:holds [ a dm:Tenure ; dm:office office:monarch ; dm:of actor:ruritania ; dm:from \"1894-05\"^^xsd:gYearMonth ] .
actor:russia skos:altLabel \"Rossiya\" .
issue:ceasefire skos:definition \"Silence.\"@en ; skos:altLabel \"hush\" .",
    );
    let o = Ontology::load(&folders).unwrap();
    assert_eq!(o.actor("ruritania").unwrap().label, "Ruritania");
    let held = &o.actor("black-michael").unwrap().tenures[0];
    assert_eq!(held.from, Some(jiff::civil::date(1894, 5, 1)));
    assert!(o.actor("russia").unwrap().names.contains(&"Rossiya".to_owned()));
    assert!(o.actor("russia").unwrap().names.contains(&"Russian Federation".to_owned()));
    let ceasefire = o.issue("ceasefire").unwrap();
    assert_eq!(ceasefire.definition, "Silence.");
    assert!(
        ceasefire.words.contains(&"hush".to_owned())
            && ceasefire.words.contains(&"truce".to_owned())
    );
}

#[test]
fn unknown_terms_are_named_with_what_was_meant() {
    insta::assert_debug_snapshot!(findings(
        "tr:hurl.v a dm:VerbTrigger ; rdfs:label \"hurl\" ;
    dm:act act:rejct ;
    dm:frame frame:nowhere .
actor:ruritania a dm:Stat ; skos:prefLabel \"Ruritania\" .
actor:zenda a dm:Place ;
    skos:prefLabel \"Zenda\" ;
    dm:captal \"Zenda\" ;
    dm:actsFor actor:rusia ."
    ), @r#"
[
    "2: tr:hurl.v: dm:act act:rejct is not a dm:Act (did you mean act:reject?)",
    "3: tr:hurl.v: dm:frame frame:nowhere is not a dm:Frame (dm:frame names a dm:Frame)",
    "4: actor:ruritania: unknown class dm:Stat (did you mean dm:State?)",
    "7: actor:zenda: unknown property dm:captal (did you mean dm:capital?)",
    "8: actor:zenda: dm:actsFor actor:rusia is not a dm:Actor (did you mean actor:russia?)",
]
"#);
}

#[test]
fn wrong_values_are_named_at_their_line() {
    insta::assert_debug_snapshot!(findings(
        "tr:hurl.v a dm:VerbTrigger ; rdfs:label \"hurl\" ; dm:act act:reject ;
    dm:agentAt \"subjct\" ;
    dm:contentStatus \"perhaps\" ;
    dm:weight 7 .
actor:rupert a dm:Person ; skos:prefLabel \"Rupert\" ; dm:gender \"rake\" ;
    dm:holds [ a dm:Tenure ; dm:office office:governor ; dm:of actor:russia ;
        dm:from \"1894-13-01\"^^xsd:date ] ,
      [ a dm:Tenure ; dm:office office:mayor ; dm:of actor:russia ;
        dm:from \"1894-12-01\"^^xsd:date ; dm:until \"1893-12-02\"^^xsd:date ] ,
      [ a dm:Tenure ; dm:office office:mayor ] ;
    skos:exactMatch wd:rupert ."
    ), @r#"
[
    "2: tr:hurl.v: unknown slot \"subjct\" of dm:agentAt (did you mean \"subject\"? a slot is subject, object, indirect, clause, mandative, complement, infinitive, object-infinitive, possessor, modifier, speech or a preposition in lower case)",
    "3: tr:hurl.v: dm:contentStatus \"perhaps\" (one of actual, negated, unrealised, none)",
    "4: tr:hurl.v: dm:weight \"7\" (a number from 0 to 1)",
    "5: actor:rupert: dm:gender \"rake\" (one of male, female)",
    "5: actor:rupert: no Wikidata item: wd:rupert (such as wd:Q159)",
    "6: actor:rupert: a tenure without dm:of (dm:Actor)",
    "7: actor:rupert: dm:from \"1894-13-01\" is no date (such as \"2025-03-18\"^^xsd:date)",
    "9: actor:rupert: a tenure that ends (1893-12-02) before it begins (1894-12-01) (dm:from before dm:until)",
]
"#);
}

#[test]
fn missing_labels_and_definitions_are_errors() {
    insta::assert_debug_snapshot!(findings(
        "act:dither a dm:Act ; dm:specificity \"much\" .
issue:hats a skos:Concept ; skos:prefLabel \"hats\" .
tr:dither.v a dm:VerbTrigger .
actor:nobody a dm:Person .
actor:lost skos:prefLabel \"lost\" ."
    ), @r#"
[
    "1: act:dither: dm:specificity \"much\" (a whole number)",
    "1: act:dither: no dm:edge (the direct edge of the act, such as dm:proposed)",
    "1: act:dither: no dm:pastTense (dm:pastTense \"…\"@en)",
    "1: act:dither: no skos:definition (skos:definition \"…\"@en)",
    "1: act:dither: no skos:prefLabel (skos:prefLabel \"…\"@en)",
    "2: issue:hats: no skos:definition (skos:definition \"…\"@en)",
    "3: tr:dither.v: no rdfs:label (the lemmas of the trigger, such as \"rule out\")",
    "4: actor:nobody: no skos:prefLabel (skos:prefLabel \"…\"@en)",
    "5: actor:lost: nothing says what class it is of (one class, such as \"a dm:Person\"; or did you mean actor:laos?)",
]
"#);
}

#[test]
fn cycles_are_errors() {
    insta::assert_debug_snapshot!(findings(
        "issue:hats a skos:Concept ; skos:prefLabel \"hats\" ; skos:definition \"Hats.\" ; skos:broader issue:caps .
issue:caps a skos:Concept ; skos:prefLabel \"caps\" ; skos:definition \"Caps.\" ; skos:broader issue:hats .
actor:zenda a dm:Organisation ; skos:prefLabel \"Zenda\" ; dm:actsFor actor:zenda ."
    ), @r#"
[
    "1: issue:hats: skos:broader leads back to the term itself (a tree without cycles)",
    "2: issue:caps: skos:broader leads back to the term itself (a tree without cycles)",
    "3: actor:zenda: dm:actsFor leads back to the term itself (a tree without cycles)",
]
"#);
}

#[test]
fn doubtful_names_are_warnings_and_the_ontology_still_loads() {
    let text = "actor:zendaland a dm:State ; skos:prefLabel \"Zenda\" ; skos:altLabel \"USA\" ; skos:exactMatch wd:Q159 .";
    insta::assert_debug_snapshot!(findings(text), @r#"
[
    "1: actor:zendaland: russia also matches the Wikidata item Q159 (an item for one actor)",
    "1: actor:zendaland: the id \"zendaland\" is not the label \"Zenda\" in kebab case (zenda)",
]
"#);
    let (_dir, folders) = folder(text);
    assert!(Ontology::load(&folders).is_ok());
}

#[test]
fn one_class_and_one_value_each() {
    insta::assert_debug_snapshot!(findings(
        "actor:zenda a dm:Place, dm:State ; skos:prefLabel \"Zenda\" ; dm:gender \"female\" .
my:zenda a dm:Place ; skos:prefLabel \"Zenda\" .
actor:rupert a dm:Person ; skos:prefLabel \"Rupert\" , \"Rupert H\" ."
    ), @r#"
[
    "1: actor:zenda: of more than one class: dm:Place, dm:State (one class)",
    "1: http://example.org/my#zenda: a second term with the id \"zenda\" (one term an id)",
    "1: actor:zenda: dm:gender is said of something that is no dm:Person (a term of class dm:Person)",
    "3: actor:rupert: two values of skos:prefLabel, \"Rupert\" and \"Rupert H\" (one value)",
]
"#);
}

#[test]
fn what_is_not_turtle_gives_the_line_and_the_rest_is_still_read() {
    let errors =
        findings("actor:zenda a dm:Place ; skos:prefLabel \"Zenda .\nactor:strelsau a dm:Captal .");
    assert!(errors.iter().any(|e| e.starts_with("1: : not valid Turtle")), "{errors:?}");
    let (dir, folders) = folder("");
    fs::write(dir.path().join("noise.ttl"), [0xff, 0xfe, 0x00]).unwrap();
    let errors = Ontology::load(&folders).unwrap_err();
    assert_eq!(errors.0.len(), 1);
    assert!(errors.to_string().contains("noise.ttl: not UTF-8 at byte 0"), "{errors}");
}

#[test]
fn a_missing_folder_is_an_error_and_an_empty_one_a_warning() {
    let errors = Ontology::load(&[PathBuf::from("no/such/folder")]).unwrap_err();
    assert!(errors.to_string().contains("no/such/folder: cannot be read"), "{errors}");
    let dir = TempDir::new().unwrap();
    let found = Ontology::check(&[dir.path().to_owned()]);
    assert_eq!((found.len(), found[0].severity), (1, Severity::Warning));
    assert!(Ontology::load(&[dir.path().to_owned()]).is_ok());
}

#[test]
fn later_folders_lie_over_earlier_ones() {
    let (_a, first) = folder("actor:russia skos:prefLabel \"First\"@en .");
    let (_b, second) = folder("actor:russia skos:prefLabel \"Second\"@en .");
    let label = |folders: &[PathBuf]| {
        Ontology::load(folders).unwrap().actor("russia").unwrap().label.clone()
    };
    assert_eq!(label(&[first[0].clone(), second[0].clone()]), "Second");
    assert_eq!(label(&[second[0].clone(), first[0].clone()]), "First");
}

#[test]
fn who_acts_for_whom_hangs_on_the_date() {
    let day = |day: &str| Some(day.parse::<jiff::civil::Date>().unwrap());
    let tenure = |of: &str, from: &str, until: Option<&str>| Tenure {
        office: "president".into(),
        of: of.into(),
        from: day(from),
        until: until.and_then(day),
    };
    let mut actor = Ontology::shipped().unwrap().actor("donald-trump").unwrap().clone();
    actor.acts_for = None;
    actor.tenures =
        vec![tenure("avel", "2001-01-20", Some("2005-01-20")), tenure("boria", "2010-01-20", None)];
    assert_eq!(actor.principal(day("2004-12-31")), Some("avel"));
    assert_eq!(actor.principal(day("2005-01-20")), None);
    assert_eq!(actor.principal(day("2020-01-01")), Some("boria"));
    assert_eq!(actor.principal(None), Some("boria"));
    assert_eq!(actor.principals().collect::<Vec<_>>(), ["avel", "boria"]);
    // what the ontology says outright holds at any date
    actor.acts_for = Some("calder".into());
    assert_eq!(actor.principal(day("2004-12-31")), Some("calder"));
}
