//! A graph that grows: add, remove, update, and what is never lost.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use assert_cmd::Command;
use demarche::graph::folder::{self, RECIPE};
use demarche::readings::READINGS;
use tempfile::TempDir;

use crate::{Run, demarche, files, run};

const A: &[u8] = b"Donald Trump proposed a ceasefire.";
const B: &[u8] = b"Vladimir Putin rejected the ceasefire.";
const C: &[u8] = b"Emmanuel Macron demanded an answer.";

/// A folder in which there are texts in `news/`, and the program is started.
struct Place(TempDir);

impl Place {
    fn new(texts: &[(&str, &[u8])]) -> Self {
        let place = Self(files(&[]));
        fs::create_dir(place.at("news")).unwrap();
        for (name, text) in texts {
            place.write(&format!("news/{name}"), text);
        }
        place
    }

    /// With a graph of the texts.
    fn built(texts: &[(&str, &[u8])]) -> Self {
        let place = Self::new(texts);
        place.run(&["build", "news"]).ended(0, &[]);
        place
    }

    fn at(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, content: &[u8]) {
        let path = self.at(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = demarche();
        command.current_dir(self.0.path()).args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        run(&mut self.command(arguments))
    }

    fn ids(&self) -> Vec<String> {
        let corpus = folder::open(&self.at("out")).unwrap();
        corpus.documents.into_iter().map(|it| it.id).collect()
    }

    /// The IRI under which the things of the graph are named.
    fn base(&self) -> String {
        folder::manifest(&self.at("out")).unwrap().base
    }

    /// The graph is that of a build from nothing with these arguments and its names, byte for byte.
    #[track_caller]
    fn is_as_built(&self, arguments: &[&str]) {
        let base = self.base();
        let fresh = ["build", "-q", "-o", "fresh", "--base", &base];
        self.run(&[&fresh, arguments].concat()).ended(0, &[]);
        let (grown, fresh) = (content(&self.at("out")), content(&self.at("fresh")));
        assert!(grown.iter().map(|it| &it.0).eq(fresh.iter().map(|it| &it.0)));
        for ((name, grown), (_, fresh)) in grown.iter().zip(&fresh) {
            assert_eq!(grown, fresh, "{name}");
        }
        fs::remove_dir_all(self.at("fresh")).unwrap();
    }
}

/// What is in the files of a graph, but in those that are no part of it.
fn content(graph: &Path) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = fs::read_dir(graph)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|it| (it.file_name().into_string().unwrap(), it.path()))
        .filter(|(name, _)| !name.starts_with('.'))
        .map(|(name, path)| (name, fs::read_to_string(path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn a_graph_is_brought_up_to_date_from_what_it_remembers() {
    let place = Place::built(&[("a.txt", A), ("b.txt", B)]);
    place.write("news/c.txt", C);
    place.write("news/b.txt", b"Vladimir Putin accepted the ceasefire.");
    place
        .run(&["build"])
        .ended(0, &["1 document as read before", "a second"])
        .shows(&["3 documents", "Changes", "1 document new: c", "1 document edited: b"])
        .shows(&["2 claims gained", "1 claim lost"]);
    place.is_as_built(&["news"]);
    place.run(&["update"]).ended(0, &["3 documents as read before"]).shows(&["Changes\n  none"]);
    place.is_as_built(&["news"]);
    assert_eq!(place.ids(), ["a", "b", "c"]);
}

#[test]
fn where_there_is_no_graph_the_seeds_are_built() {
    let place = Place::new(&[]);
    place.run(&["build"]).ended(2, &["seeds: cannot be read"]);
    place.run(&["update"]).ended(2, &["no built graph here"]);
    place.write("seeds/a.txt", A);
    place.run(&["build"]).ended(0, &[]).shows(&["1 document,"]);
    place.run(&["build"]).ended(0, &["1 document as read before"]);
}

#[test]
fn texts_are_added_and_taken_out_and_added_again() {
    let place = Place::built(&[("a.txt", A), ("may/b.txt", B)]);
    place.write("letter.txt", C);
    place.run(&["add", "letter.txt"]).ended(0, &["2 documents as read before"]);
    place.is_as_built(&["news", "letter.txt"]);
    place.run(&["remove", "may/*"]).ended(0, &[]).shows(&["1 document gone: may/b"]);
    assert_eq!(place.ids(), ["a", "letter"]);
    place.is_as_built(&["news", "letter.txt", "--without", "may/b"]);
    place.run(&["update"]).ended(0, &[]).shows(&["2 documents,"]);
    place.run(&["add", "news/may"]).ended(0, &["3 documents as read before"]);
    place.is_as_built(&["news", "letter.txt"]);
    place.run(&["remove", "nobody"]).ended(2, &["no document nobody in out"]);
    place.run(&["remove", "*"]).ended(2, &["nothing would be left"]);
    place.run(&["add", "nowhere"]).ended(2, &["nowhere: not here"]);
    place.run(&["add", "-"]).ended(2, &["standard input cannot be read again"]);
    assert_eq!(place.ids(), ["a", "letter", "may/b"]);
}

#[test]
fn names_stay_when_documents_change() {
    let place = Place::built(&[("a.txt", A), ("b.txt", B)]);
    let base = place.base();
    place.write("news/c.txt", C);
    let run = place.run(&["update"]);
    assert!(!run.ended(0, &[]).stderr.contains("named under"), "{}", run.stderr);
    place.run(&["remove", "a"]).ended(0, &[]);
    place.run(&["build", "news", "--replace"]).ended(0, &[]);
    assert_eq!(place.base(), base);
    place.run(&["build", "--base", "https://example.org/t/"]).ended(0, &[]);
    assert_eq!(place.base(), "https://example.org/t/");
    place.run(&["update"]).ended(0, &[]);
    assert_eq!(place.base(), "https://example.org/t/");
    // … and are made anew where nothing is to be kept.
    place.run(&["build", "--forget"]).ended(0, &["things are named under"]);
    assert!(place.base() != base && place.base() != "https://example.org/t/");
    // An earlier version wrote them into the manifest alone.
    let base = place.base();
    let recipe = fs::read_to_string(place.at("out").join(RECIPE)).unwrap();
    let line = format!("\n  \"base\": \"{base}\"");
    assert!(recipe.contains(&line), "{recipe}");
    let without = recipe.replace(&format!(",{line}"), "").replace(&format!("{line},"), "");
    fs::write(place.at("out").join(RECIPE), without).unwrap();
    place.write("news/d.txt", A);
    place.run(&["update"]).ended(0, &[]);
    assert_eq!(place.base(), base);
}

#[test]
fn a_graph_is_brought_up_to_date_from_anywhere() {
    let place = Place::new(&[("a.txt", A), ("b.txt", B)]);
    place.write("mine.yaml", b"- reject: a-propose-13\n  quote: Trump proposed a ceasefire\n");
    place.write("terms/mine.ttl", b"");
    let options = ["news", "--decisions", "mine.yaml", "--ontology", "terms"];
    place.run(&[&["build"], &options[..]].concat()).ended(0, &[]);
    let graph = place.at("out").display().to_string();
    let elsewhere = files(&[("c.txt", C)]);
    let from_elsewhere = |arguments: &[&str]| {
        let mut command = demarche();
        command.current_dir(elsewhere.path()).args(arguments).args(["--graph", &graph]);
        run(&mut command)
    };
    from_elsewhere(&["update"]).ended(0, &["2 documents as read before"]).shows(&["1 applied"]);
    place.is_as_built(&options);
    let run = from_elsewhere(&["check"]);
    assert!(!run.ended(0, &[]).stderr.contains("ontology"), "{}", run.stderr);
    from_elsewhere(&["add", "c.txt"]).ended(0, &[]).shows(&["3 documents,"]);
    // What was added there is found from here.
    place.run(&["update"]).ended(0, &["3 documents as read before"]);
    from_elsewhere(&["remove", "b"]).ended(0, &[]);
    let added = place.at("news").display().to_string();
    from_elsewhere(&["add", &added]).ended(0, &[]).shows(&["3 documents,"]);
    assert_eq!(place.ids(), ["a", "b", "c"]);
    // Graph and texts are moved together.
    let moved = files(&[]);
    for name in ["out", "news", "mine.yaml", "terms"] {
        fs::rename(place.at(name), moved.path().join(name)).unwrap();
    }
    fs::rename(place.0.path(), moved.path().join("old")).unwrap();
    fs::create_dir(place.0.path()).unwrap();
    let graph = moved.path().join("out").display().to_string();
    let mut command = demarche();
    command.current_dir(elsewhere.path()).args(["update", "--graph", &graph]);
    crate::run(&mut command).ended(0, &["3 documents as read before"]);
}

#[test]
fn a_folder_of_an_earlier_version_is_read_where_the_program_is() {
    let place = Place::built(&[("a.txt", A)]);
    fs::remove_file(place.at("out").join(folder::ORIGIN)).unwrap();
    let graph = place.at("out").display().to_string();
    let mut command = demarche();
    command.current_dir(place.at("news")).args(["update", "--graph", &graph]);
    run(&mut command).ended(2, &["news: not here, but"]);
    place.run(&["update"]).ended(0, &["1 document as read before"]);
    assert!(place.at("out").join(folder::ORIGIN).exists());
}

#[test]
fn no_document_is_lost_unless_somebody_says_so() {
    let place = Place::built(&[("a.txt", A), ("b.txt", B)]);
    let before = content(&place.at("out"));
    place.write("other/c.txt", C);
    let refused = ["out holds 2 documents, of which this would lose 2: a, b", "--replace"];
    place.run(&["build", "other"]).ended(2, &refused);
    // The same id, but another document.
    place.write("elsewhere/a.txt", C);
    place.write("elsewhere/b.txt", B);
    place.run(&["build", "elsewhere"]).ended(2, &["would lose 1: a;"]);
    // A file that is gone, and a text that can no longer be read.
    fs::remove_file(place.at("news/a.txt")).unwrap();
    place.write("news/b.txt", b"\0\0\0");
    for command in [&["build"][..], &["update"], &["build", "news"]] {
        place.run(command).ended(2, &["would lose 2: a, b"]);
    }
    assert_eq!(content(&place.at("out")), before);
    place.write("news/b.txt", B);
    place.run(&["update", "--replace"]).ended(0, &[]).shows(&["1 document gone: a"]);
    place.is_as_built(&["news"]);
    place.run(&["build", "other", "--replace"]).ended(0, &[]);
    place.is_as_built(&["other"]);
    // More than before is no loss.
    place.run(&["build", "other", "news"]).ended(0, &[]);
    fs::rename(place.at("news"), place.at("moved")).unwrap();
    place.run(&["update"]).ended(2, &["news: not here, but out was built from it"]);
    place.run(&["update", "--replace"]).ended(0, &["news: not here any more; forgotten"]);
    place.is_as_built(&["other"]);
}

#[test]
fn decisions_and_options_are_kept_unless_others_are_given() {
    let place = Place::new(&[("a.txt", A), ("b.txt", B)]);
    place.write("mine.yaml", b"- reject: a-propose-13\n  quote: Trump proposed a ceasefire\n");
    let options = ["news", "--decisions", "mine.yaml", "--min-confidence", "0.3"];
    place.run(&[&["build"], &options[..]].concat()).ended(0, &[]).shows(&["1 applied"]);
    let kept = ["as before: --decisions mine.yaml --min-confidence 0.3"];
    for command in [&["build"][..], &["build", "news"]] {
        place.run(command).ended(0, &kept).shows(&["1 applied"]);
    }
    place.run(&["update"]).ended(0, &[]).shows(&["1 applied"]);
    place.write("c.txt", C);
    place.run(&["add", "c.txt"]).ended(0, &[]).shows(&["1 applied"]);
    place.is_as_built(&[&options[..], &["c.txt"]].concat());
    fs::rename(place.at("mine.yaml"), place.at("yours.yaml")).unwrap();
    place.run(&["update"]).ended(2, &["mine.yaml:1: cannot be read", "--forget"]);
    place.run(&["build", "--decisions", "yours.yaml"]).ended(0, &[]).shows(&["1 applied"]);
    let run = place.run(&["build", "--forget"]);
    assert!(!run.ended(0, &[]).stdout.contains("applied"));
    place.is_as_built(&["news", "c.txt"]);
}

#[test]
fn an_ontology_that_changed_reads_all_anew() {
    let place = Place::new(&[("a.txt", b"Norland stonewalled the offer."), ("b.txt", B)]);
    let verb = |act: &str| {
        format!(
            "@prefix dm: <https://w3id.org/demarche/ontology#> .\n\
             @prefix act: <https://w3id.org/demarche/ontology/act#> .\n\
             @prefix tr: <https://w3id.org/demarche/ontology/trigger#> .\n\
             @prefix frame: <https://w3id.org/demarche/ontology/frame#> .\n\
             @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
             tr:stonewall.v a dm:VerbTrigger ; dm:act act:{act} ; dm:frame frame:object ;\n\
             rdfs:label \"stonewall\" ."
        )
    };
    place.write("terms/mine.ttl", verb("reject").as_bytes());
    place.run(&["build", "news", "--ontology", "terms"]).ended(0, &[]);
    place.run(&["update"]).ended(0, &["2 documents as read before"]);
    place.write("terms/mine.ttl", verb("accept").as_bytes());
    let run = place.run(&["update"]);
    run.ended(0, &["terms has changed: all documents are read anew"]);
    assert!(!run.stderr.contains("as read before"), "{}", run.stderr);
    place.is_as_built(&["news", "--ontology", "terms"]);
    place.run(&["check"]).ended(0, &[]).shows(&["0 errors"]);
    // … and it is asked with the words that it was built with
    place.run(&["ask", "who", "stonewalled", "the", "offer?"]).ended(0, &[]).shows(&["Norland"]);
    place.run(&["build", "--read-by", "rules"]).ended(0, &["as before: --ontology terms"]);
    place.is_as_built(&["news", "--ontology", "terms", "--read-by", "rules"]);
}

#[test]
fn what_is_kept_of_readings_is_checked_and_never_needed() {
    let place = Place::built(&[("a.txt", A), ("b.txt", B), ("c.txt", C)]);
    let kept = place.at("out").join(READINGS);
    let whole = fs::read_to_string(&kept).unwrap();
    assert_eq!(whole.lines().count(), 3);
    // Tampered with: the line of one document says something else.
    fs::write(&kept, whole.replace("\"act\":\"reject\"", "\"act\":\"accept\"")).unwrap();
    place.run(&["update"]).ended(0, &["b.txt: read anew", "2 documents as read before"]);
    place.is_as_built(&["news"]);
    // Cut short, emptied, gone, and no file at all.
    fs::write(&kept, &whole[..whole.len() / 2]).unwrap();
    place.run(&["update"]).ended(0, &[]).shows(&["Changes\n  none"]);
    fs::write(&kept, "").unwrap();
    place.run(&["update"]).ended(0, &[]).shows(&["Changes\n  none"]);
    fs::remove_file(&kept).unwrap();
    fs::create_dir(&kept).unwrap();
    place.run(&["update"]).ended(0, &["all documents are read anew"]);
    fs::remove_dir(&kept).unwrap();
    place.run(&["update"]).ended(0, &[]).shows(&["Changes\n  none"]);
    place.run(&["update"]).ended(0, &["3 documents as read before"]);
    place.is_as_built(&["news"]);
}

#[test]
fn a_recipe_that_is_broken_is_told() {
    let place = Place::built(&[("a.txt", A)]);
    fs::write(place.at("out").join(RECIPE), "{").unwrap();
    place.run(&["update"]).ended(2, &["build.json:1"]);
    place.run(&["build", "news"]).ended(2, &["build.json:1"]);
    place.run(&["build", "news", "--forget"]).ended(0, &[]);
    place.run(&["update"]).ended(0, &[]);
}

#[test]
fn a_graph_that_remembers_nothing_is_not_dropped_either() {
    let place = Place::new(&[("a.txt", A)]);
    folder::save(&crate::fixture::corpus(), demarche::rdf::DEFAULT_BASE, &place.at("out")).unwrap();
    place.run(&["update"]).ended(2, &["does not say what it was built from"]);
    place.run(&["add", "news"]).ended(2, &["does not say what it was built from"]);
    place.run(&["build", "news"]).ended(2, &["would lose 5: 001, 002"]);
    place.run(&["build", "news", "--replace"]).ended(0, &[]);
}

#[test]
fn standard_input_is_read_once() {
    let place = Place::new(&[]);
    let mut command = place.command(&["build", "-"]);
    run(command.write_stdin("Trump proposed a ceasefire.")).ended(0, &[]);
    place.run(&["update"]).ended(2, &["standard input cannot be read again"]);
    place.run(&["build"]).ended(2, &["standard input cannot be read again"]);
}

#[test]
fn what_is_not_read_in_a_folder_is_told() {
    let place = Place::new(&[("a.txt", A), ("b.png", b"no"), ("c.PNG", b"no"), ("d.csv", b"x")]);
    place.write("news/README", b"no");
    place.write("news/.hidden.txt", b"no");
    let told = ["not read in the folders: 1 without extension, 1 .csv, 2 .png, 1 hidden"];
    place.run(&["build", "news"]).ended(0, &told).shows(&["1 document,"]);
    place.run(&["update", "--verbose"]).ended(0, &["news/d.csv: not read: .csv"]);
    place.run(&["annotate", "news"]).ended(0, &told);
    place.run(&["check", "news"]).ended(0, &[]).shows(&told);
    let run = place.run(&["update", "--quiet"]);
    assert_eq!(run.ended(0, &[]).stderr, "");
}

#[test]
fn graphs_are_compared() {
    let place = Place::built(&[("a.txt", A), ("b.txt", B)]);
    place.run(&["build", "news", "-o", "old"]).ended(0, &[]);
    place.run(&["diff", "old", "out"]).ended(1, &["nothing differs"]);
    place.write("news/c.txt", C);
    place.write("news/b.txt", b"According to the Kremlin, Vladimir Putin rejected the ceasefire.");
    place.run(&["update"]).ended(0, &[]);
    place.run(&["diff", "old", "out"]).ended(0, &[]).shows(&[
        "+ 1 document new: c",
        "~ 1 document edited: b",
        "+ 1 claim gained",
        "“Emmanuel Macron demanded an answer”",
        "~ 1 claim changed",
        "source: none → Kremlin",
        "new: Emmanuel Macron",
    ]);
    let json = place.run(&["diff", "out", "old", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json.ended(0, &[]).stdout).unwrap();
    assert_eq!(json["documents"]["lost"][0], "c");
    assert_eq!(json["claims"]["lost"][0]["act"], "demand");
    assert_eq!(json["actors"]["lost"][0]["id"], "emmanuel-macron");
    place.run(&["diff", "out", "nowhere"]).ended(2, &["no built graph here"]);
    place.write("two.yaml", b"- merge-actors: [Donald Trump, Vladimir Putin]\n");
    place
        .run(&["build", "--decisions", "two.yaml"])
        .ended(0, &[])
        .shows(&["1 actor merged: Donald Trump + Vladimir Putin → Donald Trump"]);
}

#[test]
fn documents_are_read_in_parts_and_put_together() {
    let place = Place::new(&[]);
    let line = |id: &str, text: &[u8]| {
        let text = String::from_utf8_lossy(text);
        format!("{}\n", serde_json::json!({"id": id, "date": "2025-03-19", "text": text}))
    };
    let (one, two) = (line("a", A) + &line("b", B), line("c", C));
    place.write("all.jsonl", format!("{one}{two}").as_bytes());
    let part = run(place.command(&["read", "-"]).write_stdin(one));
    assert_eq!(part.ended(0, &["2 documents"]).stdout.lines().count(), 2);
    place.write("one.part", part.stdout.as_bytes());
    place.write("two.jsonl", two.as_bytes());
    place.run(&["read", "two.jsonl", "-o", "two.part"]).ended(0, &["1 document"]);
    place.run(&["build", "--claims", "one.part", "two.part"]).ended(0, &[]);
    place.run(&["build", "-q", "-o", "fresh", "all.jsonl"]).ended(0, &[]);
    let graph = |name: &str| {
        let parts = |(name, _): &(String, String)| ![RECIPE, "demarche.json"].contains(&&**name);
        content(&place.at(name)).into_iter().filter(parts).collect::<Vec<_>>()
    };
    assert_eq!(graph("out"), graph("fresh"));
    // It is remembered what the graph was made of, and texts are no claims.
    place.run(&["update"]).ended(0, &[]).shows(&["Changes\n  none"]);
    place.run(&["add", "all.jsonl"]).ended(2, &["was built from claims"]);
    place.run(&["remove", "b"]).ended(0, &[]).shows(&["1 document gone: b"]);
    place.run(&["add", "--claims", "one.part"]).ended(0, &[]).shows(&["1 document new: b"]);
    // What is no part, or was changed, or is there twice with other words.
    place
        .run(&["build", "--claims", "all.jsonl", "-o", "bad"])
        .ended(2, &["all.jsonl:1: no reading"]);
    let spoilt = part.stdout.replace("reject", "accept");
    place.write("bad.part", spoilt.as_bytes());
    place
        .run(&["build", "--claims", "bad.part", "-o", "bad"])
        .ended(2, &["bad.part:2: changed since it was read", "1 document left out"]);
    let other = run(place.command(&["read", "-"]).write_stdin(line("c", A)));
    place.write("other.part", other.stdout.as_bytes());
    place
        .run(&["build", "--claims", "two.part", "other.part", "two.part", "-o", "twice"])
        .ended(2, &["other.part:1: another document c is at two.part:1"]);
    place.run(&["read", "all.jsonl", "--read-by", "rules", "-o", "rules.part"]).ended(0, &[]);
    place
        .run(&["build", "--claims", "rules.part", "-o", "rules"])
        .ended(0, &["3 of its documents were read by another program"]);
}

#[test]
fn reading_goes_on_where_it_was_stopped() {
    let place = Place::new(&[("a.txt", A), ("b.txt", B), ("c.txt", C)]);
    place.run(&["read", "news", "-o", "part"]).ended(0, &["3 documents"]);
    let whole = fs::read_to_string(place.at("part")).unwrap();
    let half = whole.len() - 20;
    fs::write(place.at("part"), &whole[..half]).unwrap();
    place.run(&["read", "news", "-o", "part"]).ended(0, &["3 documents, 2 as read before"]);
    assert_eq!(fs::read_to_string(place.at("part")).unwrap(), whole);
    // An edited document has one line, not two.
    place.write("news/b.txt", C);
    place.run(&["read", "news", "-o", "part"]).ended(0, &["3 documents, 2 as read before"]);
    assert_eq!(fs::read_to_string(place.at("part")).unwrap().lines().count(), 3);
    // One that cannot be read is told, and costs itself alone.
    place.write("news/b.txt", b"\0");
    place.run(&["read", "news", "-o", "part"]).ended(
        2,
        &["b.txt, byte 0: a NUL byte", "2 documents, 2 as read before", "1 document left out"],
    );
}

#[test]
fn a_folder_is_watched() {
    let place = Place::new(&[("a.txt", A)]);
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("demarche"))
        .args(["build", "news", "--watch", "-q"])
        .current_dir(place.0.path())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let comes = |count: usize| {
        let started = Instant::now();
        let is_moving = || place.at("out").join(".commit").exists();
        let documents = || folder::manifest(&place.at("out")).map_or(0, |it| it.documents);
        while documents() != count || is_moving() {
            if started.elapsed() > Duration::from_secs(60) {
                return false;
            }
            thread::sleep(Duration::from_millis(50));
        }
        true
    };
    let first = comes(1);
    place.write("news/b.txt", B);
    let second = first && comes(2);
    let _ = child.kill();
    let _ = child.wait();
    assert!(first && second);
    place.is_as_built(&["news"]);
    place.run(&["build", "-", "--watch", "-o", "x"]).ended(2, &["cannot be watched"]);
}

/// Files that come, change and go, by lot; the graph is each time that of a build from nothing.
#[test]
fn whatever_is_done_the_graph_is_that_of_a_build_from_nothing() {
    const STEPS: usize = 10;
    let place = Place::built(&[("a.txt", A)]);
    let texts =
        [A, B, C, b"London accused Moscow. According to Kyiv, Trump proposed the ceasefire."];
    let (mut random, mut without) = (27_u64, Vec::<String>::new());
    let mut lot = |many: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (random >> 33) as usize % many
    };
    for _ in 0..STEPS {
        let id = ["a", "b", "c", "d"][lot(4)].to_owned();
        let file = format!("news/{id}.txt");
        if lot(4) == 0 && place.ids().len() > 1 && place.ids().contains(&id) {
            place.run(&["remove", &id]).ended(0, &[]);
            without.push(id);
        } else {
            place.write(&file, texts[lot(4)]);
            if without.contains(&id) {
                place.run(&["add", &file]).ended(0, &[]);
                without.retain(|it| *it != id);
            } else {
                place.run(&["update"]).ended(0, &[]);
            }
        }
        let left_out = without.iter().flat_map(|id| ["--without", id.as_str()]);
        place.is_as_built(&[&["news"][..], &left_out.collect::<Vec<_>>()].concat());
    }
    assert!(place.ids().len() > 2, "hardly anything was done");
}
