//! Megabytes of what nobody writes: each is read soon or told and left out, and its neighbours
//! are built.

use std::fs;
use std::time::{Duration, Instant};

use crate::{demarche, files, run};

/// Bytes of each.
const SIZE: usize = 1 << 20;
/// What a document may take, in seconds.
const SECONDS: u64 = 2;

/// What is told before the network sees it, or is read at once.
const QUICK: [(&str, &str); 26] = [
    ("words.txt", "word "),
    ("hyphens.txt", "a-"),
    ("emoji.txt", "👩\u{200d}"),
    ("letters.txt", "W"),
    ("names.txt", "Putin Trump Macron "),
    ("commas.txt", "Putin, "),
    ("brackets.txt", "( "),
    ("quotes.txt", "“ "),
    ("numbers.txt", "1 "),
    ("lines.txt", "\n"),
    ("stars.md", "**a "),
    ("links.md", "[a]("),
    ("ticks.md", "` `` "),
    ("deep.md", "> "),
    ("lists.md", "- "),
    ("bold.html", "<b>"),
    ("spans.html", "<span>"),
    ("paragraphs.html", "<i><p>"),
    ("headings.html", "<hgroup>"),
    ("given.html", "<pre>"),
    ("summaries.html", "<summary>"),
    ("tables.html", "<table><tr><td>"),
    ("drawings.html", "<svg>"),
    ("comments.html", "<!-- x -->"),
    ("ends.html", "</p>"),
    ("attributes.html", "<p a=1 b=2"),
];

/// What only its budget ends: texts that could be somebody's, but for their length.
const LONG: [(&str, &str); 6] = [
    ("line.txt", "Putin and Trump agreed that Ukraine rejected the plan of Macron. "),
    ("endless.txt", "and the envoy of Norland said to the others that he would not go home\n"),
    ("quotation.txt", "“Putin and Trump agreed that Ukraine rejected the plan of Macron. "),
    ("sides.txt", "Both sides said that the president told them to let it be.\n\n"),
    ("items.txt", "They agreed to:\n- release the boats of Norland\n- halt\n"),
    ("blocks.html", "<hgroup>x</hgroup><pre>x</pre><summary>x</summary>"),
];

/// Builds these with a good document beside; gives how long it took and what was said.
fn build(patterns: &[(&str, &str)]) -> (Duration, String) {
    let texts = files(&[("good.txt", b"Donald Trump proposed a ceasefire.")]);
    for (number, (name, pattern)) in patterns.iter().enumerate() {
        let text = pattern.repeat(SIZE / pattern.len());
        fs::write(texts.path().join(format!("{number:02}-{name}")), text).unwrap();
    }
    let out = files(&[]);
    let seconds = format!("--document-seconds={SECONDS}");
    let started = Instant::now();
    let built =
        run(demarche().args(["build", &seconds]).arg(texts.path()).arg("-o").arg(out.path()));
    let took = started.elapsed();
    assert!(built.code == 0 || built.code == 2, "{}", built.stderr);
    let claims = fs::read_to_string(out.path().join("claims.jsonl")).unwrap();
    assert!(claims.contains("\"good-propose-13\""), "{claims}");
    (took, built.stderr)
}

#[test]
fn what_nobody_writes_is_told_or_read_at_once() {
    let (took, _) = build(&QUICK);
    assert!(took < Duration::from_secs(5 * QUICK.len() as u64), "{took:?}");
}

#[test]
fn what_is_too_long_ends_with_its_budget() {
    let (took, told) = build(&LONG);
    // One document may run on for as long as its step takes, and they share the machine.
    assert!(took < Duration::from_secs(5 * LONG.len() as u64), "{took:?}");
    for (name, _) in LONG {
        let line = told.lines().find(|line| line.contains(name));
        assert!(line.is_some_and(|line| line.contains("not read within 2 s")), "{name}: {told}");
    }
}
