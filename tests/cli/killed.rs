//! A build that is killed, or whose disk is full, leaves the old graph or the new one, whole.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use demarche::graph::folder::{self, ORIGIN};
use demarche::rdf::TRIPLES;
use demarche::readings::READINGS;
use demarche::resolve::Corpus;
use tempfile::TempDir;

use crate::{demarche, files, run};

/// Kills at moments drawn by lot.
const KILLS: u32 = 60;
/// Sizes that files may have at most, in the smallest of which nothing fits and in the largest
/// all; in blocks of `ulimit -f`, 512 or 1024 bytes.
const FILE_BLOCKS: [u32; 13] = [0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 400];

/// Two folders of texts and the graph of each.
struct Pair {
    texts: [TempDir; 2],
    graphs: [Corpus; 2],
}

impl Pair {
    fn new() -> Self {
        let texts = [
            files(&[("good.txt", b"Donald Trump proposed a ceasefire.")]),
            files(&[
                ("good.txt", b"Vladimir Putin rejected the ceasefire."),
                ("more.txt", b"Emmanuel Macron demanded an answer. London accused Moscow."),
            ]),
        ];
        let graph = |texts: &TempDir| {
            let out = files(&[]);
            assert!(build(texts.path(), out.path()).status().unwrap().success());
            folder::open(out.path()).unwrap()
        };
        let graphs = [graph(&texts[0]), graph(&texts[1])];
        assert_ne!(graphs[0], graphs[1]);
        Self { texts, graphs }
    }

    /// The folder holds one of the two graphs, whole; gives its number.
    #[track_caller]
    fn held(&self, out: &Path, when: &str) -> usize {
        let found = folder::open(out).unwrap_or_else(|error| panic!("{when}: {error}"));
        assert_eq!(folder::changed(out).unwrap(), Vec::<String>::new(), "{when}");
        self.graphs.iter().position(|graph| *graph == found).unwrap_or_else(|| panic!("{when}"))
    }
}

fn build(texts: &Path, out: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("demarche"));
    command.args(["build", "--replace", "-q", "-j", "1"]).arg(texts).arg("-o").arg(out);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[track_caller]
fn is_clean(out: &Path) {
    run(demarche().args(["check", "--graph"]).arg(out)).ended(0, &[]).shows(&["0 errors"]);
}

/// Kills at moments drawn by lot.
struct Killer {
    random: u64,
    kills: u32,
    /// How long a build takes, which changes with what else the machine has to do.
    whole: Duration,
}

impl Killer {
    fn new(whole: Duration) -> Self {
        Self { random: 7, kills: 0, whole }
    }

    /// Starts it and kills it; gives when, as a part of a build.
    fn kill(&mut self, command: &mut Command) -> String {
        let next = self.random.wrapping_mul(6_364_136_223_846_793_005);
        self.random = next.wrapping_add(1_442_695_040_888_963);
        // The end of the time, where files are written, has two kills of three.
        let part = Duration::from_nanos((self.random >> 33) % 1_000_000_000).as_secs_f64();
        let part = if self.kills.is_multiple_of(3) { part } else { 0.85 + 0.2 * part };
        self.kills += 1;
        let mut child = command.spawn().unwrap();
        thread::sleep(self.whole.mul_f64(part));
        let _ = child.kill();
        let _ = child.wait();
        format!("killed after {part:.2} of a build")
    }

    /// Kills later after a build that did not come to its end, and earlier after one that did.
    fn learn(&mut self, has_ended: bool) {
        self.whole = self.whole.mul_f64(if has_ended { 0.85 } else { 1.06 });
    }
}

/// Only what is meant to stay is left beside the graph.
#[track_caller]
fn is_swept(out: &Path) {
    let hidden = fs::read_dir(out)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| {
            name.starts_with('.') && ![".lock", ORIGIN, READINGS, TRIPLES].contains(&&**name)
        });
    assert_eq!(hidden.collect::<Vec<_>>(), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn killed_at_any_moment_it_leaves_the_old_graph_or_the_new() {
    let pair = Pair::new();
    let out = files(&[]);
    let started = Instant::now();
    assert!(build(pair.texts[0].path(), out.path()).status().unwrap().success());
    let mut killer = Killer::new(started.elapsed());
    let (mut changes, mut before) = (0, 0);
    for kill in 0..KILLS {
        let when = killer.kill(&mut build(pair.texts[1 - before].path(), out.path()));
        let held = pair.held(out.path(), &when);
        changes += usize::from(held != before);
        killer.learn(held != before);
        before = held;
        if kill % 20 == 0 {
            is_clean(out.path());
        }
    }
    is_clean(out.path());
    assert!(changes > 0, "no build came to its end");
    // What is left over of all that is swept by the next one.
    assert!(build(pair.texts[0].path(), out.path()).status().unwrap().success());
    assert_eq!(pair.held(out.path(), "at the end"), 0);
    is_swept(out.path());
}

/// A text that is edited, and one that is added and removed.
#[cfg(unix)]
#[test]
fn killed_while_it_grows_it_is_the_old_graph_or_the_new() {
    const TEXTS: [&str; 2] =
        ["Donald Trump proposed a ceasefire.", "Vladimir Putin rejected the ceasefire."];
    let place =
        files(&[("more.txt", b"Emmanuel Macron demanded an answer. London accused Moscow.")]);
    let at = |name: &str| place.path().join(name);
    fs::create_dir(at("news")).unwrap();
    let edit = |text: usize| fs::write(at("news/good.txt"), TEXTS[text]).unwrap();
    let command = |arguments: &[&str]| {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("demarche"));
        command.args(arguments).args(["-q", "-j", "1"]).current_dir(place.path());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let graph = |text: usize, more: bool| {
        edit(text);
        let out = format!("graph-{text}-{more}");
        let paths: &[&str] = if more { &["news", "more.txt"] } else { &["news"] };
        assert!(command(&[&["build", "-o", &out], paths].concat()).status().unwrap().success());
        folder::open(&at(&out)).unwrap()
    };
    let graphs = [0, 1].map(|text| [false, true].map(|more| graph(text, more)));
    edit(0);
    let started = Instant::now();
    assert!(command(&["build", "news"]).status().unwrap().success());
    // One for each command: what one of them takes says nothing of the others.
    let whole = started.elapsed();
    let mut killers = [(); 3].map(|()| Killer::new(whole));
    let (mut held, mut text, mut changes) = ((0, false), 0, [0; 3]);
    for kill in 0..KILLS {
        let is_edited = kill % 2 == 0;
        if is_edited {
            text = 1 - held.0;
            edit(text);
        }
        let (number, arguments, new): (usize, &[&str], _) = match (is_edited, held.1) {
            (true, more) => (0, &["update"], (text, more)),
            (false, false) => (1, &["add", "more.txt"], (text, true)),
            (false, true) => (2, &["remove", "more"], (text, false)),
        };
        let when = killers[number].kill(&mut command(arguments));
        let when = format!("{arguments:?} {when}");
        let found = folder::open(&at("out")).unwrap_or_else(|error| panic!("{when}: {error}"));
        assert_eq!(folder::changed(&at("out")).unwrap(), Vec::<String>::new(), "{when}");
        let is = |(text, more): (usize, bool)| graphs[text][usize::from(more)] == found;
        assert!(is(held) || is(new), "{when}");
        killers[number].learn(is(new));
        if is(new) {
            held = new;
            changes[number] += 1;
        }
        if kill % 20 == 0 {
            is_clean(&at("out"));
        }
    }
    is_clean(&at("out"));
    assert!(changes.iter().all(|it| *it > 0), "some never came to their end: {changes:?}");
    assert!(command(&["update"]).status().unwrap().success());
    is_swept(&at("out"));
}

#[cfg(unix)]
#[test]
fn a_disk_of_any_size_leaves_the_old_graph_or_the_new() {
    let pair = Pair::new();
    let mut built = 0;
    for blocks in FILE_BLOCKS {
        let out = files(&[]);
        assert!(build(pair.texts[0].path(), out.path()).status().unwrap().success());
        // Where no signal ends the program, writing fails as on a full disk.
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
        let program = assert_cmd::cargo::cargo_bin!("demarche");
        let mut limited = assert_cmd::Command::new("sh");
        limited.args(["-c", &script, "sh"]).arg(program).args(["build", "--replace", "-q"]);
        limited.arg(pair.texts[1].path()).arg("-o").arg(out.path());
        let run = run(&mut limited);
        let held = pair.held(out.path(), &format!("{blocks} blocks"));
        assert_eq!(run.code, if held == 1 { 0 } else { 2 }, "{blocks}: {}", run.stderr);
        if held == 0 {
            run.ended(2, &["File too large"]);
            is_clean(out.path());
        }
        built += held;
    }
    assert!((1..FILE_BLOCKS.len()).contains(&built), "{built} of {FILE_BLOCKS:?}");
}
