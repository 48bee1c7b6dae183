//! The graph as a vault for Obsidian: a note for each actor, matter and document.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io;
use std::path::Path;

use serde::Serialize;

use super::on_one_line;
use crate::extract::{Claim, Participant, Status};
use crate::graph::{Graph, Node};

/// The most characters of a file's name, without its extension: less than what any system takes,
/// in bytes too.
const LONGEST: usize = 60;
/// Names that Windows keeps for itself, in lower case.
const RESERVED: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Writes the notes into the folder: `Actors/`, `Matters/` and `Documents/`, each note with its
/// properties in YAML and the claims of it with links to everybody and everything that they name.
pub(super) fn write(graph: &Graph, folder: &Path) -> io::Result<()> {
    let vault = Vault::new(graph);
    for place in ["Actors", "Matters", "Documents"] {
        fs::create_dir(folder.join(place))?;
    }
    for (node, name) in &vault.names {
        fs::write(folder.join(format!("{name}.md")), vault.note(*node)?)?;
    }
    Ok(())
}

struct Vault<'a> {
    graph: &'a Graph,
    /// The path of each note in the vault, without extension.
    names: BTreeMap<Node, String>,
    /// Places of documents, by id.
    documents: HashMap<&'a str, usize>,
    /// Places of the claims that each note tells of, ascending.
    claims: HashMap<Node, Vec<usize>>,
}

/// The properties of a note.
#[derive(Serialize)]
struct Properties<'a> {
    id: &'a str,
    title: &'a str,
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acts_for: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wikidata: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    issues: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    broader: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    claims: usize,
}

impl<'a> Vault<'a> {
    fn new(graph: &'a Graph) -> Self {
        let corpus = graph.corpus();
        let documents: HashMap<&str, usize> =
            corpus.documents.iter().enumerate().map(|(at, it)| (it.id.as_str(), at)).collect();
        let mut claims: HashMap<Node, Vec<usize>> = HashMap::new();
        for (at, claim) in corpus.claims.iter().enumerate() {
            let actors = claim.participants().filter_map(|it| graph.actor(it.id.as_deref()?));
            let matter = claim.matter.as_ref().and_then(|it| graph.matter(it.id.as_deref()?));
            let document = documents.get(claim.document.as_str());
            let nodes = actors.map(Node::Actor).chain(matter.map(Node::Matter));
            for node in nodes.chain(document.map(|at| Node::Document(*at))) {
                let of_node = claims.entry(node).or_default();
                if of_node.last() != Some(&at) {
                    of_node.push(at);
                }
            }
        }
        Self { graph, names: names(graph), documents, claims }
    }

    fn note(&self, node: Node) -> io::Result<String> {
        let empty = Vec::new();
        let claims = self.claims.get(&node).unwrap_or(&empty);
        let properties = self.properties(node, claims.len());
        let yaml = serde_saphyr::to_string(&properties).map_err(io::Error::other)?;
        let mut note = format!("---\n{}\n---\n", yaml.trim_end());
        note.push_str(&format!("# {}\n", plain(self.graph.label(node))));
        let claims = || claims.iter().map(|at| &self.graph.corpus().claims[*at]);
        match node {
            Node::Actor(at) => {
                let id = self.graph.corpus().actors[at].id.as_str();
                let has =
                    |people: &[Participant]| people.iter().any(|it| it.id.as_deref() == Some(id));
                self.section(&mut note, "Does", claims().filter(|it| has(&it.agent)));
                let towards = claims().filter(|it| has(&it.addressee) && !has(&it.agent));
                self.section(&mut note, "Is acted towards", towards);
                self.section(
                    &mut note,
                    "Reports",
                    claims().filter(|it| has(&it.source) || has(&it.via)),
                );
            }
            _ => self.section(&mut note, "Claims", claims()),
        }
        Ok(note)
    }

    fn properties(&self, node: Node, claims: usize) -> Properties<'a> {
        let graph = self.graph;
        let mut it = Properties {
            id: graph.id(node),
            title: graph.label(node),
            tags: vec![format!("demarche/{}", node.kind())],
            aliases: Vec::new(),
            role: None,
            acts_for: None,
            wikidata: None,
            issues: Vec::new(),
            broader: Vec::new(),
            date: None,
            publisher: None,
            author: None,
            url: None,
            claims,
        };
        let aliases = |names: &'a [(String, usize)]| -> Vec<&'a str> {
            let others = names.iter().map(|(name, _)| name.as_str());
            others.filter(|name| *name != graph.label(node)).collect()
        };
        match node {
            Node::Actor(at) => {
                let actor = &graph.corpus().actors[at];
                it.tags.push(format!("demarche/{}", actor.kind.to_lowercase()));
                it.aliases = aliases(&actor.names);
                it.role = actor.role.as_deref();
                let whom = actor.acts_for.as_deref().and_then(|id| graph.actor(id));
                it.acts_for = whom.map(|at| self.link(Node::Actor(at), None));
                it.wikidata = actor.wikidata.as_deref();
            }
            Node::Matter(at) => {
                let matter = &graph.corpus().matters[at];
                it.aliases = aliases(&matter.variants);
                it.issues = matter.issues.iter().map(String::as_str).collect();
                let broader = matter.broader.iter().filter_map(|id| graph.matter(id));
                it.broader = broader.map(|at| self.link(Node::Matter(at), None)).collect();
            }
            Node::Document(at) => {
                let document = &graph.corpus().documents[at];
                it.date = document.date.as_deref();
                it.publisher = document.publisher.as_deref();
                it.author = document.author.as_deref();
                it.url = document.url.as_deref();
            }
            Node::Event(_) | Node::Claim(_) => {}
        }
        it
    }

    /// Writes claims under a heading, those with a date first, in their order.
    fn section(&self, note: &mut String, heading: &str, claims: impl Iterator<Item = &'a Claim>) {
        let mut claims: Vec<&Claim> = claims.collect();
        if claims.is_empty() {
            return;
        }
        claims.sort_by_key(|it| (it.time.is_none(), it.time.map(|time| time.to_string())));
        note.push_str(&format!("\n## {heading}\n\n"));
        for claim in claims {
            note.push_str(&self.line(claim));
        }
    }

    /// One claim: when, who did what to whom about what, in which words, where, according to whom.
    fn line(&self, claim: &Claim) -> String {
        let mut line = String::from("- ");
        if let Some(time) = &claim.time {
            line.push_str(&format!("{time} "));
        }
        let who = self.people(&claim.agent);
        let past = self.graph.act(&claim.act).map(|it| it.past.as_str());
        let act = past.filter(|it| !it.is_empty()).unwrap_or(&claim.act);
        line.push_str(&format!("{} **{act}**", if who.is_empty() { "somebody" } else { &who }));
        if claim.status != Status::Actual {
            line.push_str(&format!(" ({})", claim.status));
        }
        if let Some(matter) = &claim.matter {
            let known = matter.id.as_deref().and_then(|id| self.graph.matter(id));
            let words = matter.name();
            let name = known.map(|at| self.link(Node::Matter(at), Some(words)));
            line.push_str(&format!(" {}", name.unwrap_or_else(|| plain(words))));
        }
        if !claim.addressee.is_empty() {
            line.push_str(&format!(" → {}", self.people(&claim.addressee)));
        }
        line.push_str(&format!(": “{}” — ", plain(&claim.quote)));
        match self.documents.get(claim.document.as_str()) {
            Some(at) => line.push_str(&self.link(Node::Document(*at), None)),
            None => line.push_str(&plain(&claim.document)),
        }
        if !claim.source.is_empty() {
            line.push_str(&format!(", according to {}", self.people(&claim.source)));
        }
        if !claim.via.is_empty() {
            line.push_str(&format!(", via {}", self.people(&claim.via)));
        }
        line.push_str(&format!(" `{}`\n", claim.id));
        line
    }

    fn people(&self, people: &[Participant]) -> String {
        let link = |it: &Participant| {
            let known = it.id.as_deref().and_then(|id| self.graph.actor(id));
            known.map_or_else(|| plain(it.name()), |at| self.link(Node::Actor(at), Some(it.name())))
        };
        people.iter().map(link).collect::<Vec<_>>().join(" and ")
    }

    /// A link to a note, shown as `words`, else as what it is called.
    fn link(&self, node: Node, words: Option<&str>) -> String {
        let path = self.names.get(&node).map_or("", String::as_str);
        // What would end a link has no place in one.
        let words = words.unwrap_or(self.graph.label(node)).replace(['[', ']', '|'], " ");
        format!("[[{path}|{}]]", on_one_line(&words))
    }
}

/// The path of each note: `Actors/Vladimir Putin`. Names that differ only in case, or in what a
/// file's name cannot hold, are told apart by a number.
fn names(graph: &Graph) -> BTreeMap<Node, String> {
    let corpus = graph.corpus();
    let actors = (0..corpus.actors.len()).map(|at| ("Actors", Node::Actor(at)));
    let matters = (0..corpus.matters.len()).map(|at| ("Matters", Node::Matter(at)));
    let documents = (0..corpus.documents.len()).map(|at| ("Documents", Node::Document(at)));
    let mut taken: HashSet<String> = HashSet::new();
    let mut names = BTreeMap::new();
    for (place, node) in actors.chain(matters).chain(documents) {
        let bare = format!("{place}/{}", safe(graph.label(node)));
        let numbered = (2..).map(|number| format!("{bare} {number}"));
        let mut all = std::iter::once(bare.clone()).chain(numbered);
        let free = all.find(|name| taken.insert(name.to_lowercase()));
        names.extend(free.map(|name| (node, name)));
    }
    names
}

/// Words as a file's name that every system takes and that can be linked to.
fn safe(words: &str) -> String {
    let kept = |c: char| {
        let is_sign = matches!(
            c,
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '#' | '^' | '[' | ']' | '%'
        );
        if is_sign || c.is_control() { ' ' } else { c }
    };
    let words: String = words.chars().map(kept).collect();
    let short: String = on_one_line(&words).chars().take(LONGEST).collect();
    let name = short.trim_matches(['.', ' ']);
    // "con.txt" is kept, too.
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    if name.is_empty() || RESERVED.contains(&stem.as_str()) {
        return format!("_{name}");
    }
    name.to_owned()
}

/// Words on one line that Markdown takes as they are.
fn plain(words: &str) -> String {
    let mut plain = String::new();
    for c in on_one_line(words).chars() {
        if matches!(
            c,
            '\\' | '`'
                | '*'
                | '_'
                | '['
                | ']'
                | '<'
                | '>'
                | '#'
                | '|'
                | '$'
                | '~'
                | '%'
                | '='
                | '^'
        ) {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    /// All links of a note, as paths.
    fn links(note: &str) -> impl Iterator<Item = &str> {
        note.split("[[").skip(1).filter_map(|rest| rest.split(['|', ']']).next())
    }

    #[test]
    fn every_link_leads_to_a_note() {
        let graph = Graph::new(fixture::corpus(), &fixture::ontology());
        let folder = tempfile::tempdir().unwrap();
        write(&graph, folder.path()).unwrap();
        let corpus = graph.corpus();
        let (mut notes, mut followed) = (0, 0);
        for place in ["Actors", "Matters", "Documents"] {
            for entry in fs::read_dir(folder.path().join(place)).unwrap() {
                let note = fs::read_to_string(entry.unwrap().path()).unwrap();
                notes += 1;
                for link in links(&note) {
                    followed += 1;
                    assert!(folder.path().join(format!("{link}.md")).exists(), "{link}");
                }
            }
        }
        assert_eq!(notes, corpus.actors.len() + corpus.matters.len() + corpus.documents.len());
        assert!(followed > corpus.claims.len());
    }

    #[test]
    fn names_are_safe_and_their_own() {
        assert_eq!(safe("What? \"No\": a/b [c]"), "What No a b c");
        assert_eq!(safe("CON"), "_CON");
        assert_eq!(safe("nul.txt"), "_nul.txt");
        assert_eq!(safe("..."), "_");
        assert_eq!(safe(&"ж".repeat(300)).chars().count(), LONGEST);
        let mut corpus = fixture::corpus();
        for (at, label) in ["the deal", "The Deal", "the deal?"].into_iter().enumerate() {
            corpus.matters[at].label = label.into();
        }
        let graph = Graph::new(corpus, &fixture::ontology());
        let names = names(&graph);
        let of = |at| names[&Node::Matter(at)].as_str();
        assert_eq!(
            [of(0), of(1), of(2)],
            ["Matters/the deal", "Matters/The Deal 2", "Matters/the deal 3"]
        );
    }

    #[test]
    fn words_are_never_markup() {
        assert_eq!(plain("a *b* [[c]]\n# d"), "a \\*b\\* \\[\\[c\\]\\] \\# d");
    }
}
