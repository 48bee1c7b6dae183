//! Web pages in the usual shapes: nothing of a page's body is lost, and what belongs to the site
//! stays out.
//!
//! In `tests/pages` elements with `data-body` hold the words of the body, and those with
//! `data-site` what is not of it; what has `data-either` is of no consequence.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use demarche::corpus::Reader;
use dom_query::{Document, NodeRef};

/// The least share of a body's words that is kept of each page, and of all together.
const LEAST: f64 = 0.95;
const LEAST_OF_ALL: f64 = 0.98;
/// The most words that are read and are not of the body, as a share of its words.
const MOST_ELSE: f64 = 0.02;

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut pages: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|it| it == "html")).collect();
    pages.sort();
    pages
}

/// Words in small letters, each with how often it is there; signs alone and marks of items are
/// none.
#[derive(Default)]
struct Words(BTreeMap<String, usize>);

impl Words {
    fn add(&mut self, text: &str) {
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            *self.0.entry(word.to_lowercase()).or_default() += 1;
        }
    }

    fn count(&self) -> usize {
        self.0.values().sum()
    }

    /// What is here and not there.
    fn without(&self, other: &Self) -> Self {
        let left = self.0.iter().map(|(word, count)| {
            (word.clone(), count.saturating_sub(other.0.get(word).copied().unwrap_or(0)))
        });
        Self(left.filter(|(_, count)| *count > 0).collect())
    }

    fn shown(&self) -> String {
        self.0.keys().cloned().collect::<Vec<_>>().join(" ")
    }
}

/// Elements that do not part words.
const INLINE: [&str; 16] = [
    "a", "abbr", "b", "em", "font", "i", "label", "small", "span", "strong", "sub", "sup", "time",
    "u", "wbr", "q",
];

/// The words of the elements with this attribute.
fn marked(page: &Document, attribute: &str) -> Words {
    let mut words = Words::default();
    for element in page.select(&format!("[{attribute}]")).nodes() {
        // A paragraph that is left open holds the table after it, as old pages have it.
        if element.ancestors(None).iter().any(|around| around.has_attr(attribute)) {
            continue;
        }
        let mut text = String::new();
        write(element, &mut text);
        words.add(&text);
    }
    words
}

fn write(node: &NodeRef<'_>, text: &mut String) {
    if node.is_text() {
        text.push_str(&node.text());
        return;
    }
    let parts = !node.node_name().is_some_and(|name| INLINE.contains(&&*name));
    text.push_str(if parts { " " } else { "" });
    node.children().iter().for_each(|child| write(child, text));
    text.push_str(if parts { " " } else { "" });
}

fn read(path: &Path) -> String {
    let read = Reader::new([path], None).next().unwrap();
    read.unwrap_or_else(|error| panic!("{error}")).0.text.as_str().to_owned()
}

#[test]
fn nothing_of_a_body_is_lost_and_nothing_else_is_read() {
    let (mut kept, mut all) = (0, 0);
    let mut failed = Vec::new();
    let paths = pages();
    assert!(paths.len() >= 20, "{}", paths.len());
    for path in paths {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let page = Document::from(fs::read_to_string(&path).unwrap());
        let body = marked(&page, "data-body");
        let site = marked(&page, "data-site");
        let either = marked(&page, "data-either");
        let mut text = Words::default();
        text.add(&read(&path));
        let lost = body.without(&text);
        // Numbers of items are the program's.
        let mut more = text.without(&body).without(&either);
        more.0.retain(|word, _| site.0.contains_key(word) || word.parse::<usize>().is_err());
        let share = 1.0 - lost.count() as f64 / body.count() as f64;
        let else_read = more.count() as f64 / body.count() as f64;
        kept += body.count() - lost.count();
        all += body.count();
        println!(
            "{name:<20} {:>4} words, {share:.3} kept (lost: {}), {else_read:.3} else ({})",
            body.count(),
            lost.shown(),
            more.shown()
        );
        if share < LEAST || else_read > MOST_ELSE {
            failed.push(name);
        }
    }
    let share = kept as f64 / all as f64;
    println!("all: {share:.3} of {all} words kept");
    assert!(failed.is_empty() && share >= LEAST_OF_ALL, "{share:.3}: {failed:?}");
}

#[test]
fn all_words_are_kept_when_asked_for() {
    for path in pages() {
        let page = Document::from(fs::read_to_string(&path).unwrap());
        let read = Reader::new([&path], None).keep_all(true).next().unwrap().unwrap().0;
        let mut text = Words::default();
        text.add(read.text.as_str());
        let lost = marked(&page, "data-body").without(&text);
        assert_eq!(lost.count(), 0, "{}: {}", path.display(), lost.shown());
    }
}
