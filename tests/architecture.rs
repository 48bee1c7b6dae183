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

/// Every source file with its code: without comments, and without its tests.
fn sources() -> Vec<(String, String)> {
    let (mut files, mut folders) = (Vec::new(), vec![root().join("src")]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let name = path.strip_prefix(root().join("src")).unwrap().display().to_string();
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            files.push((name.replace('\\', "/"), lines.collect::<Vec<_>>().join("\n")));
        }
    }
    files.sort();
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
