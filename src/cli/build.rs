use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::building::{self, Order};
use super::terminal::Terminal;
use super::{Global, Outcome};
use crate::corpus::Format;
use crate::extract::By;
use crate::files;
use crate::graph::folder::{self, Given, Recipe, Summed};
use crate::rdf::Naming;

const EXAMPLES: &str = "\
Examples:
  demarche build                          bring the graph out/ up to date; where there is none,
                                          the texts in seeds/ become it
  demarche build news/ statement.html     folders and files: .txt, .md, .html, .jsonl, .pdf, .docx, .rss
  demarche build news/ -o graphs/news     into another folder; read it with --graph graphs/news
  curl -s URL | demarche build - --format html
  demarche build --ontology my-terms/     with acts, actors and issues of your own
  demarche build --min-confidence 0.7     only claims that are right in 7 of 10 cases or more
  demarche build --decisions mine.yaml    with your corrections
  demarche build --base https://example.org/talks/   names of your own in RDF
  demarche build news/ --watch            and again whenever a text in news/ changes
  demarche build --claims a.jsonl b.jsonl what `demarche read` has read, maybe elsewhere

What it writes, all of it or nothing, the same bytes for the same input:
  claims.jsonl    one claim a line: who did what, according to whom, in which words
  graph.trig      the graph as RDF: a named graph for each document
  *.svg           who stands where, when things happened, who reports what
  summary.txt     what is printed at the end
  build.json      what it was built from, and how
  .readings       what was read of each document, so that only new and edited ones are read again
  .triples        where the graph of each stands in graph.trig, so that it is copied; both are no part
                  of the graph, and made anew where they are missing
  .origin         where relative paths in build.json count from

A graph remembers its paths, options, ontology, decisions and names, and builds with them again unless
others are given: leaving out --decisions drops none. A build that would lose documents is refused;
`demarche add` adds to a graph, `demarche remove` takes documents out, --replace lets them go.

A file of decisions is a YAML list. A claim is named by its id and its words, so that it is found
again when another version of the program gives it another id:
  - reject: 000-reject-3064
    quote: Putin could not shoot them all down
    by: Ann Reed
    when: 2025-04-02
    why: nothing was offered to him
  - accept: 004-reject-159
    quote: president refused to stop the war at once
  - edit: 003-accept-2606
    quote: Russia broke one agreement
    act: breach
    agent: Russia
  - add: 001
    quote: Kyiv is not convinced
    trigger: not convinced
    act: reject
    agent: Ukraine
  - merge-actors: [Volodymyr Zelensky, V. Selenskyj]
  - rename-actor: V. Selenskyj
    label: Volodymyr Zelensky
  - keep-apart-actors: [John Smith, J. Smith]
  - merge-matters: [30-day ceasefire, the American idea]
  - keep-apart-matters: [30-day ceasefire, a maritime truce]
`edit` and `add` take act, status, agent, addressee, source, matter and time. What is decided is in
the graph with who, when and why; a decision that no longer matches is told and left out.

A document that cannot be read is told and left out; the exit code is then 2.";

/// Read texts and build their knowledge graph
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Build {
    /// Files and folders to read; `-` is standard input [default: those that the graph was built
    /// from; seeds where there is no graph]
    #[arg(value_name = "PATH", value_hint = clap::ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// In place of texts, what `demarche read` has made of them
    #[arg(long, value_name = "PART", num_args = 1.., conflicts_with = "paths")]
    #[arg(value_hint = clap::ValueHint::FilePath)]
    claims: Vec<PathBuf>,
    /// Folder to write [default: the one of --graph]
    #[arg(long, short, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    output: Option<PathBuf>,
    /// Format of standard input, or of files whose extension does not tell
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Keep all words of web pages and of PDF, also navigation, running heads and the like
    #[arg(long)]
    keep_all: bool,
    /// Leave out the document of this id; repeatable
    #[arg(long, value_name = "ID")]
    without: Vec<String>,
    /// Corrections by a person to apply: a YAML list, see below
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    decisions: Option<PathBuf>,
    /// Leave out claims of less confidence, the share of such claims that are right: 0 to 1
    #[arg(long, value_name = "SHARE", value_parser = share)]
    min_confidence: Option<f64>,
    /// Who looks for claims: rules and network, one of them alone, or both with also what is
    /// too unsure to be a claim, which `eval --calibrate` is fitted to [default: both]
    #[arg(long, value_name = "READER", value_parser = reader())]
    read_by: Option<By>,
    /// Leave out a document that takes longer to be read [default: 600]
    #[arg(long, value_name = "SECONDS")]
    document_seconds: Option<u64>,
    /// Leave out a document for which more memory is needed [default: 4096]
    #[arg(long, value_name = "MIB")]
    document_memory: Option<u64>,
    /// IRI under which actors, matters, events, claims and documents are named in RDF
    /// [default: that of the graph; where there is none, one made from the documents, so that no two
    /// graphs share a name by chance. It stays when documents come and go]
    #[arg(long, value_name = "IRI", value_parser = Naming::new)]
    base: Option<Naming>,
    /// Build even if documents that the folder holds are lost
    #[arg(long)]
    replace: bool,
    /// Build with the options that are given here alone, and with none that the graph remembers
    #[arg(long)]
    forget: bool,
    /// Build again whenever a text, the ontology or the decisions change, until it is ended
    #[arg(long)]
    watch: bool,
}

impl Build {
    pub(super) fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let watch = self.watch;
        let order = self.order(global, terminal)?;
        if watch { order.watch(global, terminal) } else { order.build(global, terminal) }
    }

    /// What is to be built: what is said here, else what the graph remembers.
    fn order(self, global: &Global, terminal: &Terminal) -> Result<Order> {
        let graph = self.output.clone().unwrap_or_else(|| global.graph.clone());
        let before = match building::remembered(&graph) {
            Err(_) if self.forget => None,
            before => before?,
        };
        let replace = self.replace;
        if let Some(before) =
            before.as_ref().filter(|_| self.paths.is_empty() && self.claims.is_empty())
        {
            Order::refuse_standard_input(before, &graph)?;
        }
        let known = before.clone().unwrap_or_default();
        let recipe = self.recipe(known, global);
        if recipe.decisions.is_none()
            && before.is_none()
            && files::is_graph_folder(&graph)
            && let Ok(manifest) = folder::manifest(&graph)
            && manifest.decisions > 0
        {
            bail!(
                "{}: holds {} decisions of a file that it does not name; --decisions FILE builds \
                 with them, an empty file without",
                graph.display(),
                manifest.decisions
            );
        }
        tell_kept(&recipe, before.as_ref(), global, terminal);
        Ok(Order { graph, before, recipe, restored: Vec::new(), replace })
    }

    fn recipe(self, known: Recipe, global: &Global) -> Recipe {
        let Recipe { sources, readings, .. } = known.clone();
        let known = if self.forget { Recipe::default() } else { known };
        let given = |paths: Vec<PathBuf>| paths.into_iter().map(Given).collect::<Vec<_>>();
        let unread = |path: PathBuf| Summed { path: Given(path), sha256: String::new() };
        let (sources, readings) = match (self.paths.is_empty(), self.claims.is_empty()) {
            (false, _) => (given(self.paths), false),
            (_, false) => (given(self.claims), true),
            _ if sources.is_empty() => (vec![Given("seeds".into())], false),
            _ => (sources, readings),
        };
        let layers: Vec<Summed> = global.ontology.iter().cloned().map(unread).collect();
        Recipe {
            sources,
            readings,
            without: known.without.into_iter().chain(self.without).collect(),
            format: self.format.map(|it| it.as_str().to_owned()).or(known.format),
            keep_all: self.keep_all || known.keep_all,
            read_by: self.read_by.or(known.read_by),
            min_confidence: self.min_confidence.or(known.min_confidence),
            document_seconds: self.document_seconds.or(known.document_seconds),
            document_memory: self.document_memory.or(known.document_memory),
            base: self.base.map(|it| it.base().to_owned()).or(known.base),
            ontology: if layers.is_empty() { known.ontology } else { layers },
            decisions: self.decisions.map(unread).or(known.decisions),
        }
    }
}

/// Says what is done as before, because nothing else was said.
fn tell_kept(recipe: &Recipe, before: Option<&Recipe>, global: &Global, terminal: &Terminal) {
    let Some(before) = before else { return };
    let mut kept = Vec::new();
    if global.ontology.is_empty() {
        let layers = recipe.layers();
        kept.extend(layers.iter().map(|it| format!("--ontology {}", it.display())));
    }
    if let Some(file) = recipe.decisions.as_ref().filter(|it| before.decisions.as_ref() == Some(it))
    {
        kept.push(format!("--decisions {}", file.path.0.display()));
    }
    if let Some(share) = recipe.min_confidence.filter(|it| before.min_confidence == Some(*it)) {
        kept.push(format!("--min-confidence {share}"));
    }
    if let Some(by) = recipe.read_by.filter(|it| before.read_by == Some(*it)) {
        kept.push(format!("--read-by {by}"));
    }
    let left_out = recipe.without.iter().filter(|&it| before.without.contains(it));
    kept.extend(left_out.map(|id| format!("--without {id}")));
    let is_given = |base: &&String| !Naming::new(base).is_ok_and(|it| it.is_made());
    if let Some(base) =
        recipe.base.as_ref().filter(|it| before.base.as_ref() == Some(it)).filter(is_given)
    {
        kept.push(format!("--base {base}"));
    }
    if recipe.keep_all && before.keep_all {
        kept.push("--keep-all".to_owned());
    }
    if !kept.is_empty() {
        terminal.note(format_args!("as before: {} (--forget builds without)", kept.join(" ")));
    }
}

/// One of the names of [`By`].
pub(super) fn reader() -> impl TypedValueParser<Value = By> {
    PossibleValuesParser::new(By::ALL.iter().map(|by| by.as_str()))
        .map(|name| By::named(&name).unwrap_or_default())
}

/// A share of 0 to 1.
fn share(value: &str) -> Result<f64, String> {
    match value.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("valid: a number from 0 to 1".to_owned()),
    }
}
