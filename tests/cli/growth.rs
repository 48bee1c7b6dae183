//! Twice the input takes twice the time: no pattern may take more than three times as long.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use demarche::annotate::Annotator;
use demarche::corpus::{Format, Reader};
use demarche::extract::Lexicon;
use demarche::ontology::Ontology;

use crate::files;

/// Shorter times are not told apart from the noise of a busy machine.
const LEAST: Duration = Duration::from_millis(15);

/// Does `size` and twice `size`, again if the machine seems to have been busy meanwhile.
fn grows_evenly(what: &str, size: usize, mut work: impl FnMut(usize)) {
    let mut time = |size| {
        let started = Instant::now();
        work(size);
        started.elapsed().max(LEAST)
    };
    let mut told = String::new();
    for _ in 0..4 {
        let (once, twice) = (time(size), time(2 * size));
        if twice <= 3 * once {
            return;
        }
        let _ = write!(told, " {once:?} and {twice:?},");
    }
    panic!("{what}: {size} and {} take{told}", 2 * size);
}

/// Reads a document, whether it is let through or told.
fn read(content: String, format: Format) {
    let input = std::io::Cursor::new(content);
    assert_eq!(Reader::new(["-"], Some(format)).with_stdin(input).count(), 1);
}

#[test]
fn pages() {
    for pattern in [
        "<hgroup>x</hgroup>",
        "<pre>x</pre>",
        "<summary>x</summary>",
        "<div>x</div><!-- x -->",
        "<!-- x -->",
        "<p>Words, words.</p>",
        "<b>x</b>",
        "<b>",
        "<i><p>",
        "<a href=x>y",
        "</p>",
        "<table><tr><td>",
        "<svg>",
        "&amp;",
        "<script></script>",
    ] {
        let page = |n: usize| format!("<html><body><p>Words.</p>{}", pattern.repeat(n));
        grows_evenly(pattern, 400, |n| read(page(n), Format::Html));
    }
}

#[test]
fn texts() {
    for pattern in ["a-", "👩\u{200d}", "W", "word ", "He agreed. ", "\n", "—", "19 March 2025\n"]
    {
        grows_evenly(pattern, 100_000, |n| read(pattern.repeat(n), Format::Text));
    }
    let front = |n: usize| format!("---\ntitle: \"{}\"\n---\nWords.", "x".repeat(n));
    grows_evenly("a title", 100_000, |n| read(front(n), Format::Markdown));
    let nested = |n: usize| format!("{{\"text\":\"x\",\"y\":{}{}}}", "[".repeat(n), "]".repeat(n));
    grows_evenly("nested JSON", 100_000, |n| read(nested(n), Format::JsonLines));
}

#[test]
fn a_line_with_all_sentences() {
    let ontology = Ontology::shipped().unwrap();
    let lexicon = Lexicon::new(&ontology);
    let annotator = Annotator::embedded().unwrap();
    let sentence = "Putin and Trump agreed that Ukraine rejected the plan of Macron. ";
    grows_evenly("sentences on one line", 60, |n| {
        let input = std::io::Cursor::new(sentence.repeat(n));
        for item in Reader::new(["-"], None).with_stdin(input) {
            let (document, _) = item.unwrap();
            assert!(!demarche::read(&document, &annotator, &lexicon).1.is_empty());
        }
    });
}

#[test]
fn an_ontology_with_many_warnings() {
    let actors = |n: usize| {
        let mut turtle = "@prefix dm: <https://w3id.org/demarche/ontology#> .\n\
                          @prefix actor: <https://w3id.org/demarche/id/actor/> .\n\
                          @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
            .to_owned();
        for at in 0..n {
            let _ = writeln!(
                turtle,
                "actor:league-{at} a dm:Organisation ;\n    skos:prefLabel \"Club {at}\"@en ."
            );
        }
        turtle
    };
    grows_evenly("actors with warnings", 2_000, |n| {
        let folder = files(&[("mine.ttl", actors(n).as_bytes())]);
        let path = folder.path().to_owned();
        assert!(Ontology::check(&[path]).len() >= n);
    });
}
