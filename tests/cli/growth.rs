//! Twice the input takes twice the time: no pattern may take more than three times as long.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use demarche::annotate::Annotator;
use demarche::corpus::{Document, Format, Markup, Reader};
use demarche::extract::Lexicon;
use demarche::layout;
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

/// Sets a text as it is read aloud.
fn set(content: String, markup: Markup) {
    let document = Document { markup, ..Document::new("x", content) };
    layout::page(&document, &|word: &str| word.len() > 3);
}

#[test]
fn layout_of_texts() {
    let full = format!("{}\n", "words that go on without an end and never stop, ".repeat(2).trim());
    for pattern in [
        "word ",
        "He agreed. ",
        "“No.” Photo: x. ",
        "- item\n",
        "Norland demands:\n- boats\n- fish\n",
        "Norland demands:\nboats and fish\n",
        "boats;\n",
        "a: b\n",
        "Party | demand | answer\n",
        "The Council,\n\nCalls upon all.\n\n",
        "NORLAND REJECTS THE BOATS\n",
        "prom-\nised ",
        "  - x\n    - y\n",
        &full,
    ] {
        for markup in [Markup::Plain, Markup::Wrapped] {
            grows_evenly(pattern, 10_000, |n| set(pattern.repeat(n), markup));
        }
    }
    let led = |n: usize| format!("{}They ask for:\n{}", "He agreed. ".repeat(n), "- x\n".repeat(n));
    grows_evenly("a long lead-in", 3_000, |n| set(led(n), Markup::Plain));
}

#[test]
fn layout_of_markdown() {
    for pattern in [
        "# head\n\n",
        "- item\n",
        "1. item\n\n",
        "They ask:\n\n- boats\n- fish\n\n",
        "> quoted\n",
        "| a | b |\n| - | - |\n| c | d |\n\n",
        "*a* ",
        "**a",
        "[a](b) ",
        "[a](",
        "`a",
        "&amp; ",
        "<b>",
        "<!-- ",
        "    code\n",
    ] {
        grows_evenly(pattern, 5_000, |n| set(pattern.repeat(n), Markup::Markdown));
    }
    for pattern in ["> ", "- ", "  "] {
        let nested = |n: usize| format!("{}x\n", pattern.repeat(n));
        grows_evenly(pattern, 2_000, |n| set(nested(n), Markup::Markdown));
    }
}

#[test]
fn files_of_other_formats() {
    let item =
        "<item><title>T</title><description>&lt;p&gt;He agreed.&lt;/p&gt;</description></item>";
    let feed = |n: usize| format!("<rss version='2.0'><channel>{}</channel></rss>", item.repeat(n));
    grows_evenly("entries of a feed", 200, |n| {
        let input = std::io::Cursor::new(feed(n));
        assert_eq!(Reader::new(["-"], Some(Format::Feed)).with_stdin(input).count(), n);
    });
    let broken = |n: usize| format!("%PDF-1.4\n{}", "1 0 obj <<>> stream\nx\n".repeat(n));
    grows_evenly("a broken PDF", 2_000, |n| read(broken(n), Format::Pdf));
}

/// A sentence over many lines that are all full is one that nobody has written.
#[test]
fn a_text_without_ends_of_sentences() {
    let annotator = Annotator::embedded().unwrap();
    let line = "and the envoy of Norland said to the others that he would not go home\n";
    grows_evenly("full lines", 30, |n| {
        let document = Document::new("x", line.repeat(n));
        annotator.annotate(&annotator.page(&document).document.text);
    });
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
fn extraction_of_long_texts() {
    const LEAST_COPIES: usize = 70;
    let ontology = Ontology::shipped().unwrap();
    let lexicon = Lexicon::new(&ontology);
    let annotator = Annotator::embedded().unwrap();
    for pattern in [
        "Putin and Trump agreed that Ukraine rejected the plan of Macron. ",
        "Both sides said that the president told them to reject it.\n\n",
        "and the envoy of Norland said to the others that he would reject it\n",
        "“We agreed that the talks failed and demanded their ships.\n\n",
        "They agreed to:\n- release the boats of Norland\n- halt\n",
    ] {
        let read = [LEAST_COPIES, 2 * LEAST_COPIES].map(|size| {
            let page = annotator.page(&Document::new("x", pattern.repeat(size)));
            let annotation = annotator.annotate(&page.document.text);
            (page, annotation)
        });
        grows_evenly(pattern, LEAST_COPIES, |size| {
            let (page, annotation) = &read[usize::from(size > LEAST_COPIES)];
            demarche::extract::extract(&page.document, annotation, &lexicon);
        });
    }
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

/// How long annotation and extraction take as texts grow: `cargo test --test cli -- --ignored
/// --nocapture timings` prints it.
#[test]
#[ignore = "prints times, and takes minutes"]
fn timings() {
    let ontology = Ontology::shipped().unwrap();
    let lexicon = Lexicon::new(&ontology);
    let annotator = Annotator::embedded().unwrap();
    for (what, pattern) in [
        ("one line", "Putin and Trump agreed that Ukraine rejected the plan of Macron. "),
        ("paragraphs", "Putin and Trump agreed that Ukraine rejected the plan of Macron.\n\n"),
        ("no ends", "and Putin and Trump agreed that Ukraine rejected the plan of Macron,\n"),
        ("a quotation", "“Putin and Trump agreed that Ukraine rejected the plan of Macron. "),
        ("pronouns", "He said that she told them that it was theirs. "),
        ("items", "They agreed to:\n- release the boats of Norland\n- halt\n"),
    ] {
        for size in [100, 200, 400, 800] {
            let document = Document::new("x", pattern.repeat(size));
            let started = Instant::now();
            let page = annotator.page(&document);
            let set = started.elapsed();
            let annotation = annotator.annotate(&page.document.text);
            let annotated = started.elapsed() - set;
            let claims = demarche::extract::extract(&page.document, &annotation, &lexicon);
            let extracted = started.elapsed() - set - annotated;
            let claims = demarche::extract::as_written(claims, &page, &document);
            let written = started.elapsed() - set - annotated - extracted;
            println!(
                "{what:<12} {size:>4}: set {set:?}, annotated {annotated:?}, extracted {extracted:?}, \
                 written {written:?}, {} claims",
                claims.len()
            );
        }
    }
}
