//! What ARCHITECTURE.md promises of the rooms and their packages, held against the sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rows of the table below a heading of ARCHITECTURE.md, as the words in code marks of each
/// cell.
fn table(heading: &str) -> Vec<Vec<Vec<String>>> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let (_, below) = text.split_once(&format!("### {heading}\n")).expect(heading);
    let rows = below.lines().skip_while(|line| !line.starts_with('|'));
    let cells = |row: &str| row.trim_matches('|').split('|').map(marked).collect();
    rows.take_while(|line| line.starts_with('|')).skip(2).map(cells).collect()
}

/// The words between code marks.
fn marked(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The Rust files below a folder, in order.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// Every source file with its code: without comments, and without its tests.
fn sources() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for path in rust_files(&root().join("src")) {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(root().join("src")).unwrap().display().to_string();
        let code = text.split("\nmod tests {").next().unwrap_or_default();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        files.push((name.replace('\\', "/"), lines.collect::<Vec<_>>().join("\n")));
    }
    files
}

/// The room of a file: its folder, or the file itself.
fn room(file: &str) -> &str {
    file.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

/// The names that follow `before` in the code.
fn named(code: &str, before: &str) -> BTreeSet<String> {
    let name = |rest: &str| {
        rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
    };
    let starts_word =
        |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
    code.match_indices(before)
        .filter(|(at, _)| starts_word(*at))
        .map(|(at, _)| name(&code[at + before.len()..]))
        .collect()
}

#[test]
fn a_room_uses_only_the_rooms_that_it_may() {
    let rows = table("Which room uses which");
    let rooms: Vec<&str> = rows.iter().map(|row| row[0][0].as_str()).collect();
    let may: BTreeMap<&str, BTreeSet<&str>> = rows
        .iter()
        .map(|row| (row[0][0].as_str(), row[1].iter().map(String::as_str).collect()))
        .collect();
    for (at, room) in rooms.iter().enumerate() {
        // every room uses rooms above it, so that there is no cycle
        let below = may[room].iter().find(|used| !rooms[..at].contains(used));
        assert_eq!(below, None, "{room} uses what is not above it");
    }
    // these join the rooms
    let joins = ["lib", "main", "built"];
    let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, code) in sources() {
        let own = room(&file).to_owned();
        if joins.contains(&own.as_str()) {
            continue;
        }
        assert!(may.contains_key(own.as_str()), "{file} is of no room in the table");
        for other in named(&code, "crate::") {
            if other == own || !may.contains_key(other.as_str()) {
                continue;
            }
            assert!(may[own.as_str()].contains(other.as_str()), "{file} uses {other}");
            used.entry(own.clone()).or_default().insert(other);
        }
    }
    for (room, may) in &may {
        let none = BTreeSet::new();
        let used = used.get(*room).unwrap_or(&none);
        let idle: Vec<_> = may.iter().filter(|other| !used.contains(**other)).collect();
        assert!(idle.is_empty(), "{room} does not use {idle:?} any more");
    }
}

/// The files of the sources as a graph: from each to those whose names it uses.
struct Files {
    /// Each file by its path in modules (`extract::tree`), with its code.
    modules: BTreeMap<String, String>,
}

impl Files {
    fn read() -> Self {
        let module = |(file, code): (String, String)| {
            let path = file.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
            (path, code)
        };
        Self { modules: sources().into_iter().map(module).collect() }
    }

    /// The paths that a file uses: of its `use` lines, one each, and of its code. What a file
    /// only hands on (`pub use`) it does not use.
    fn paths(code: &str, handed_on: bool) -> Vec<String> {
        let mut found = Vec::new();
        for (at, _) in code.match_indices("use ") {
            let line = code[..at].rfind('\n').map_or(0, |end| end + 1);
            let before = code[line..at].trim();
            let tree = code[at + 4..].split(';').next().unwrap_or_default();
            if before.is_empty() && !handed_on || before.starts_with("pub") && handed_on {
                found.extend(expanded(tree));
            }
        }
        if !handed_on {
            for start in ["crate::", "super::"] {
                for (at, _) in code.match_indices(start) {
                    let path = |c: &char| c.is_alphanumeric() || matches!(c, '_' | ':');
                    found.push(code[at..].chars().take_while(path).collect());
                }
            }
        }
        found
    }

    /// The file that declares what `path` names in `module`; through those that hand it on.
    fn declaring(&self, module: &str, path: &str, depth: usize) -> Option<String> {
        let mut parts: Vec<&str> = path.split("::").collect();
        let mut at = match parts[0] {
            "crate" => String::new(),
            "self" | "super" => module.to_owned(),
            child if self.modules.contains_key(&format!("{module}::{child}")) => module.to_owned(),
            _ => return None,
        };
        if matches!(parts[0], "crate" | "self") {
            parts.remove(0);
        }
        while parts.first() == Some(&"super") {
            parts.remove(0);
            at = at.rsplit_once("::").map_or(String::new(), |(above, _)| above.to_owned());
        }
        while let Some(part) = parts.first() {
            let below = if at.is_empty() { (*part).to_owned() } else { format!("{at}::{part}") };
            if !self.modules.contains_key(&below) {
                break;
            }
            at = below;
            parts.remove(0);
        }
        let code = self.modules.get(&at)?;
        let Some(name) = parts.first().filter(|_| depth > 0) else { return Some(at) };
        let handed_on = Self::paths(code, true);
        let same = handed_on.iter().find(|path| path.rsplit("::").next() == Some(name));
        same.and_then(|path| self.declaring(&at, path, depth - 1)).or(Some(at))
    }

    /// The groups of files that use each other in a circle.
    fn circles(&self) -> Vec<Vec<String>> {
        let mut graph = petgraph::graph::DiGraph::new();
        let nodes: BTreeMap<&str, _> =
            self.modules.keys().map(|name| (name.as_str(), graph.add_node(name))).collect();
        for (module, code) in &self.modules {
            for path in Self::paths(code, false) {
                let Some(used) = self.declaring(module, &path, 4) else { continue };
                if used != *module {
                    graph.update_edge(nodes[module.as_str()], nodes[used.as_str()], ());
                }
            }
        }
        let groups = petgraph::algo::tarjan_scc(&graph).into_iter().filter(|it| it.len() > 1);
        let named = groups.map(|group| {
            let mut names: Vec<String> = group.into_iter().map(|at| graph[at].clone()).collect();
            names.sort();
            names
        });
        named.collect()
    }
}

/// The paths of a `use` tree, one for each name: `a::{b, c as d}` is `a::b` and `a::c`.
fn expanded(tree: &str) -> Vec<String> {
    let Some((before, inside)) = tree.trim().split_once('{') else {
        let path = tree.trim().split(" as ").next().unwrap_or_default();
        return vec![path.trim_end_matches("::self").to_owned()];
    };
    let inside = inside.trim_end().trim_end_matches('}');
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for c in inside.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().unwrap().push(c);
    }
    let parts = parts.iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(|part| expanded(&format!("{before}{}", part.trim()))).collect()
}

/// Files that may use each other in a circle, with the reason.
const ONE_PURPOSE: [(&[&str], &str); 1] = [(
    &[
        "extract::antecedent",
        "extract::first_person",
        "extract::office",
        "extract::pronoun",
        "extract::who",
    ],
    "one question, who is meant, in several files: each kind of words asks the others",
)];

#[test]
fn files_of_different_purpose_do_not_use_each_other_in_a_circle() {
    let files = Files::read();
    assert!(files.modules.len() > 200, "the sources are not found any more");
    let mut circles = files.circles();
    for (names, reason) in ONE_PURPOSE {
        let before = circles.len();
        circles.retain(|circle| circle.as_slice() != names);
        assert!(circles.len() < before, "{names:?} is no circle any more ({reason})");
    }
    assert_eq!(circles, [] as [Vec<String>; 0]);
}

#[test]
fn a_circle_is_found() {
    let code = |text: &str| text.to_owned();
    let modules = BTreeMap::from([
        ("a".to_owned(), code("mod b;\nmod c;\npub use b::B;\n")),
        ("a::b".to_owned(), code("use super::c::{self, C};\npub struct B;\n")),
        ("a::c".to_owned(), code("pub struct C(crate::a::B);\n")),
        ("d".to_owned(), code("use crate::a::{B, c::C as D};\n")),
    ]);
    assert_eq!(Files { modules }.circles(), [["a::b", "a::c"]]);
}

#[test]
fn a_package_stays_in_its_place() {
    let sources = sources();
    for row in table("Which package stands where") {
        for package in &row[0] {
            let mut seen = false;
            for (file, code) in &sources {
                if code.contains(&format!("{package}::")) || code.contains(&format!("{package}!")) {
                    let place =
                        |place: &String| file == place || file.starts_with(&format!("{place}/"));
                    assert!(row[1].iter().any(place), "{file} uses {package}");
                    seen = true;
                }
            }
            assert!(seen, "nothing uses {package} any more");
        }
    }
}

/// The rooms that read words; which words do what is said in `ontology/`, and in
/// `models/layout.tsv`.
const READERS: [&str; 4] = ["layout", "extract", "resolve", "ask"];

/// What these rooms compare words with all the same, and why.
const COMPARED: [(&str, &[&str], &str); 8] = [
    ("ask/period.rs", &["%B %d %Y", "%b %d %Y"], "how jiff reads a date"),
    ("ask/sparql.rs", &["act", "addressee", "agent", "dm", "rdfs"], "prefixes and roles of RDF"),
    (
        "ask/spelling.rs",
        &["al", "d", "ed", "er", "ers", "es", "ied", "ies", "ing", "ion", "ly", "s"],
        "rules of inflection",
    ),
    ("ask/words.rs", &["'s", "es", "s"], "rules of inflection"),
    ("extract/lexicon.rs", &["d", "ed", "es", "ied", "ies", "ing", "s"], "rules of inflection"),
    ("extract/line.rs", &["source"], "the name of a role"),
    ("extract/time.rs", &["%b"], "how jiff reads a date"),
    (
        "resolve/words.rs",
        &["ches", "eed", "ied", "ies", "ing", "ings", "shes", "ss", "sses", "us"],
        "rules of inflection (Harman 1991, Porter 1980)",
    ),
];

/// The literals with small letters in them that code compares something with.
fn compared(code: &str) -> BTreeSet<String> {
    let methods = "starts_with|ends_with|strip_prefix|strip_suffix|trim_start_matches|\
                   trim_end_matches|eq_ignore_ascii_case|contains|replace|replacen|find";
    let code = code.replace("'\"'", "' '");
    let lines = code.lines().map(|line| line.split(" // ").next().unwrap_or_default());
    let code = lines.collect::<Vec<_>>().join("\n");
    // Each literal by its number, so that what is between two is not taken for one.
    let mut literals = Vec::new();
    let code = regex::Regex::new(r#"(?s)"((?:[^"\\]|\\.)*)""#).unwrap().replace_all(
        &code,
        |found: &regex::Captures<'_>| {
            literals.push(found[1].to_owned());
            format!("«{}»", literals.len() - 1)
        },
    );
    let number = regex::Regex::new("«([0-9]+)»").unwrap();
    let mut found = BTreeSet::new();
    for pattern in [
        r"[=!]=\s*(?:Some\()?«[0-9]+»".to_owned(),
        format!(r"\b(?:{methods})\(\s*&?«[0-9]+»"),
        r"«[0-9]+»\s*(?:\||=>|if\b)".to_owned(),
        r"«[0-9]+»\s*\|\s*«[0-9]+»".to_owned(),
        r"\[\s*«[0-9]+»(?:,\s*«[0-9]+»)*,?\s*\]".to_owned(),
    ] {
        for part in regex::Regex::new(&pattern).unwrap().find_iter(&code) {
            let words = number.captures_iter(part.as_str());
            let words = words.map(|it| &literals[it[1].parse::<usize>().unwrap()]);
            let words = words.filter(|word| word.contains(|c: char| c.is_ascii_lowercase()));
            found.extend(words.cloned());
        }
    }
    found
}

#[test]
fn no_word_of_a_language_stands_in_rust() {
    let mut allowed: BTreeSet<(&str, &str)> =
        COMPARED.iter().flat_map(|(file, words, _)| words.iter().map(|it| (*file, *it))).collect();
    for (file, code) in sources() {
        if !READERS.contains(&room(&file)) || file.ends_with("/testing.rs") {
            continue;
        }
        for word in compared(&code) {
            let known = allowed.iter().find(|it| **it == (file.as_str(), word.as_str())).copied();
            let valid = "a class of words (ontology/*.ttl, src/ontology/class.rs)";
            assert!(known.is_some(), "{file} compares with {word:?}; valid: {valid}");
        }
        allowed.retain(|(of, word)| *of != file || !compared(&code).contains(*word));
    }
    assert!(allowed.is_empty(), "not compared with any more: {allowed:?}");
}

#[test]
fn comparisons_with_words_are_found() {
    let code = r#"
        if lemma == "the" || form(w) != Some("who") || matches!(stem, "a" | "an") {}
        match word { "this" if near => 1, "these" => 2, _ => told("that") }
        ["by", "from"].contains(&lemma); form.ends_with("ing"); xpos == "VBG"; // == "for"
    "#;
    let found: Vec<String> = compared(code).into_iter().collect();
    assert_eq!(found, ["a", "an", "by", "from", "ing", "the", "these", "this", "who"]);
}

/// The tags of the Penn Treebank that code compares `xpos` with.
fn tags(code: &str) -> BTreeSet<String> {
    let literal = regex::Regex::new(r#""([^"]*)""#).unwrap();
    let mut found = BTreeSet::new();
    for pattern in
        [r#"xpos\s*[=!]=\s*"[^"]*""#, r#"matches!\(\s*[^,;]*xpos,\s*"[^"]*"(?:\s*\|\s*"[^"]*")*"#]
    {
        for part in regex::Regex::new(pattern).unwrap().find_iter(code) {
            found.extend(literal.captures_iter(part.as_str()).map(|it| it[1].to_owned()));
        }
    }
    found
}

/// A tag that no word has is compared with for nothing, and nothing else says so.
#[test]
fn every_tag_that_code_asks_for_is_one_that_the_model_gives() {
    let labels = fs::read_to_string(root().join("models/labels.json")).unwrap();
    let labels: serde_json::Value = serde_json::from_str(&labels).unwrap();
    let given: BTreeSet<&str> =
        labels["xpos"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    let mut asked = BTreeSet::new();
    for (file, code) in sources() {
        for tag in tags(&code) {
            assert!(given.contains(tag.as_str()), "{file}: no word has the tag {tag:?}");
            asked.insert(tag);
        }
    }
    assert!(asked.len() >= 10, "comparisons with tags are not found any more: {asked:?}");
}

#[test]
fn comparisons_with_tags_are_found() {
    let code = r#"tree.word(w).xpos == "VBN" || matches!(tree.word(w - 1).xpos, "NNS" | "NNPS")
        || word.xpos != "POS" || form == "VBX" || tree.word(j).xpos == tree.word(i).xpos"#;
    let found: Vec<String> = tags(code).into_iter().collect();
    assert_eq!(found, ["NNPS", "NNS", "POS", "VBN"]);
}

/// The most lines that a function has without a reason said above it.
const LONGEST: usize = 80;

/// How a line above a function begins that says why it is longer.
const REASON: &str = "// Long: ";

/// The functions of a file that is formatted: name, first line from 1, and number of lines. A
/// function ends where its indentation closes a brace.
fn functions(text: &str) -> Vec<(&str, usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let indent = &line[..line.len() - code.len()];
        let Some((before, after)) = code.split_once("fn ") else { continue };
        let qualifiers = ["pub", "const", "async", "unsafe", "extern"];
        if !before.split_whitespace().all(|word| qualifiers.iter().any(|q| word.starts_with(q))) {
            continue;
        }
        let name = after.split(|c: char| !c.is_alphanumeric() && c != '_').next();
        let closes = |line: &&&str| {
            let rest = line.strip_prefix(indent);
            rest.is_some_and(|rest| rest == "}" || !rest.starts_with(' ') && rest.ends_with(';'))
        };
        let one_line = line.ends_with(['}', ';']);
        let length = match lines[at + 1..].iter().position(|line| closes(&line)) {
            Some(more) if !one_line => more + 2,
            _ => 1,
        };
        found.push((name.unwrap_or_default(), at + 1, length));
    }
    found
}

#[test]
fn a_long_function_says_why() {
    let mut counted = 0;
    for folder in ["src", "build"] {
        for path in rust_files(&root().join(folder)) {
            let text = fs::read_to_string(&path).unwrap();
            let lines: Vec<&str> = text.lines().collect();
            for (name, line, length) in functions(&text) {
                counted += 1;
                let mut above = lines[..line - 1].iter().rev().map(|line| line.trim_start());
                let is_told = above
                    .by_ref()
                    .take_while(|line| line.starts_with("//") || line.starts_with("#["))
                    .any(|line| line.starts_with(REASON));
                let is_long = length > LONGEST;
                let place = format!("{}:{line}: {name}", path.display());
                assert!(is_told || !is_long, "{place} has {length} lines; make it several");
                assert!(is_long || !is_told, "{place} is not long any more");
            }
        }
    }
    assert!(counted > 1000, "functions are not found any more");
}

#[test]
fn functions_are_counted() {
    let text = "impl A {\n    pub(crate) const fn one() -> u8 {\n        1\n    }\n\n    fn two(\n        \
                a: u8,\n    ) -> u8 {\n        a\n    }\n    fn three() {}\n    // fn four() {\n}\n";
    assert_eq!(functions(text), [("one", 2, 3), ("two", 6, 5), ("three", 11, 1)]);
}

/// The packages under the Mozilla licence, which asks that it be said where their source is.
#[test]
fn packages_under_the_mozilla_licence_are_named() {
    let told = |program: &str, arguments: &[&str]| {
        let output = std::process::Command::new(program)
            .args(arguments)
            .current_dir(root())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    // Packages of other platforms may not be here.
    let compiler = told("rustc", &["-vV"]);
    let host = compiler.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let asked = ["metadata", "--offline", "--locked", "--all-features", "--format-version", "1"];
    let metadata = told(env!("CARGO"), &[&asked[..], &["--filter-platform", host]].concat());
    let metadata: serde_json::Value = serde_json::from_str(&metadata).unwrap();
    let mozilla = |package: &&serde_json::Value| {
        let licence = package["license"].as_str().unwrap_or_default();
        licence.contains("MPL") && !licence.contains(" OR ")
    };
    let found: BTreeSet<(String, String)> = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .filter(mozilla)
        .map(|package| {
            let version = package["version"].as_str().unwrap().rsplit_once('.').unwrap().0;
            (package["name"].as_str().unwrap().to_owned(), version.to_owned())
        })
        .collect();
    let notices = fs::read_to_string(root().join("THIRD-PARTY.md")).unwrap();
    let named = |row: &str| {
        let (name, rest) = row.strip_prefix("| `")?.split_once("` ")?;
        Some((name.to_owned(), rest.split(' ').next()?.to_owned()))
    };
    let named: BTreeSet<(String, String)> = notices.lines().filter_map(named).collect();
    assert_eq!(found, named);
}
