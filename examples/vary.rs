//! Many documents from few, to see how time and memory grow:
//!
//!     cargo run --release --example vary -- write 1000 FOLDER
//!     cargo run --release --example vary -- graph 1000 FOLDER
//!     cargo run --release --example vary -- kept 10000 FOLDER GRAPH
//!     cargo run --release --example vary -- measure 100 1000
//!     cargo run --release --example vary -- measure --synthetic 10000
//!
//! Each document is one of `seeds/` with other names, years, days and amounts; twenty
//! share their names, as the texts about one conflict do. `measure` reads so many,
//! resolves, saves, writes RDF, opens and asks, and prints the time of each, the memory that is held
//! when all is read (documents and claims), and the most that was held; and the time of the whole
//! command `demarche ask`, from its start to its end, if it was built beside (`cargo build
//! --release`). With `--synthetic` the seeds alone are read, and their claims varied like their texts. Words
//! change for words of the same length, so that offsets hold. `kept` writes the texts, and what
//! was read of them into the folder of a graph, which `demarche build FOLDER -o GRAPH` then makes
//! without reading them: to see what a document more takes.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use demarche::annotate::Annotator;
use demarche::ask;
use demarche::corpus::{Document, Reader, Text};
use demarche::extract::{By, Claim, Lexicon};
use demarche::graph::{Graph, folder};
use demarche::ontology::Ontology;
use demarche::rdf::{self, DEFAULT_BASE, Naming};
use demarche::readings::{Method, READINGS, Reading, Readings, record};
use demarche::resolve::{DocumentRecord, resolve};
use rayon::prelude::*;
use serde_json::Value;

/// What is changed for something of the same length, in both cases.
const NAMES: [&str; 10] = [
    "Donald",
    "Trump",
    "Vladimir",
    "Putin",
    "Volodymyr",
    "Zelensky",
    "Ukraine",
    "Ukrainian",
    "Russia",
    "Kremlin",
];
/// What is asked.
const QUESTION: &str = "Who proposed the 30-day ceasefire?";
/// How many documents have the same names.
const TOGETHER: usize = 20;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["write", count, folder] => write(count.parse()?, Path::new(folder)),
        ["graph", count, folder] => write_graph(count.parse()?, Path::new(folder)),
        ["kept", count, folder, graph] => {
            write_kept(count.parse()?, Path::new(folder), Path::new(graph))
        }
        ["measure", "--synthetic", counts @ ..] => measure(counts, true),
        ["measure", counts @ ..] => measure(counts, false),
        _ => bail!(
            "usage: vary write N FOLDER | vary graph N FOLDER | vary kept N FOLDER GRAPH | \
             vary measure [--synthetic] N…"
        ),
    }
}

fn seeds() -> Result<Vec<Document>> {
    Reader::new(["seeds"], None).map(|document| Ok(document?.0)).collect()
}

fn write(count: usize, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let seeds = seeds()?;
    for at in 0..count {
        let document = varied(&seeds[at % seeds.len()], at);
        let date = document.date.map(|date| format!("date: {date}\n")).unwrap_or_default();
        let page = format!("---\nid: {}\n{date}---\n\n{}\n", document.id, document.text.as_str());
        fs::write(folder.join(format!("{}.md", document.id)), page)?;
    }
    Ok(())
}

/// A graph folder of that many documents, their claims varied as with `--synthetic`.
fn write_graph(count: usize, folder: &Path) -> Result<()> {
    let (ontology, annotator) = (Ontology::shipped()?, Annotator::embedded()?);
    let (documents, claims) = read_synthetic(count, &ontology, &annotator)?.into_iter().unzip();
    let claims: Vec<Vec<Claim>> = claims;
    let corpus = resolve(documents, claims.into_iter().flatten().collect(), &ontology);
    Ok(folder::save(&corpus, DEFAULT_BASE, folder)?)
}

/// That many texts in a folder, and in that of a graph what was read of them, varied as with
/// `--synthetic`; a claim whose words do not vary as its text does is left out.
fn write_kept(count: usize, folder: &Path, graph: &Path) -> Result<()> {
    let (ontology, annotator) = (Ontology::shipped()?, Annotator::embedded()?);
    let read = read_synthetic(count, &ontology, &annotator)?;
    fs::create_dir_all(folder)?;
    fs::create_dir_all(graph)?;
    for (varied, _) in &read {
        fs::write(folder.join(format!("{}.txt", varied.id)), &varied.text)?;
    }
    let method = Method::new(&ontology, By::Both);
    let kept = Readings::open(&graph.join(READINGS))?;
    for (document, (varied, mut claims)) in Reader::new([folder], None).zip(read) {
        let (document, _) = document?;
        claims.retain(|claim| claim.misplaced(&document.text).is_none());
        let reading = Reading { document: record(&document, varied.words), claims };
        kept.put(method.key(&document), method, &reading)?;
    }
    Ok(())
}

/// The seeds read once, and varied.
fn read_synthetic(count: usize, ontology: &Ontology, annotator: &Annotator) -> Result<Vec<Read>> {
    let lexicon = Lexicon::new(ontology);
    let read: Vec<Read> =
        seeds()?.iter().map(|seed| demarche::read(seed, annotator, &lexicon)).collect();
    (0..count).into_par_iter().map(|at| varied_claims(&read[at % read.len()], at)).collect()
}

/// The text and date of `seed` for the document of that number.
fn varied(seed: &Document, at: usize) -> Document {
    Document {
        id: id(at),
        text: Text::new(vary(seed.text.as_str(), at)),
        date: seed.date.and_then(|date| vary(&date.to_string(), at).parse().ok()),
        ..seed.clone()
    }
}

fn id(at: usize) -> String {
    format!("d{at:06}")
}

/// `text` in the names, years, days and amounts of the document of that number.
fn vary(text: &str, at: usize) -> String {
    let conflict = at / TOGETHER;
    let mut text = text.to_owned();
    for (which, name) in NAMES.iter().enumerate() {
        let other = name_like(name, conflict * NAMES.len() + which);
        text = text.replace(name, &other);
        text = text.replace(&name.to_lowercase(), &other.to_lowercase());
    }
    text.replace("2025", &format!("{}", 1900 + conflict % 125))
        .replace("30-day", ["30-day", "20-day", "60-day", "90-day"][at % 4])
        .replace("175", &format!("{}", 100 + at % 900))
        .replace("18 March", &format!("{} March", 10 + at % 18))
}

/// An invented name as long as `name`; the first conflict keeps its own.
fn name_like(name: &str, number: usize) -> String {
    if number < NAMES.len() {
        return name.to_owned();
    }
    let (consonants, vowels) = (b"bdfgklmnprstvz", b"aeiou");
    let mut state = number as u64;
    (0..name.len())
        .map(|at| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let letters: &[u8] = if at % 2 == 0 { consonants } else { vowels };
            let letter = letters[(state >> 33) as usize % letters.len()];
            char::from(if at == 0 { letter.to_ascii_uppercase() } else { letter })
        })
        .collect()
}

type Read = (DocumentRecord, Vec<Claim>);

/// A document that was read, for another number: everything that is words is varied.
fn varied_claims((record, claims): &Read, at: usize) -> Result<Read> {
    let own = record.id.as_str();
    let varied = |mut value: Value| {
        vary_words(&mut value, own, at);
        value
    };
    let claims = claims.iter().map(|claim| {
        let claim = varied(serde_json::to_value(claim)?);
        Ok(serde_json::from_value(claim)?)
    });
    let record = serde_json::from_value(varied(serde_json::to_value(record)?))?;
    Ok((record, claims.collect::<Result<_>>()?))
}

/// Varies strings; an id of the document `own`, or made from it, becomes that of the
/// other document.
fn vary_words(value: &mut Value, own: &str, at: usize) {
    match value {
        Value::String(words) => {
            *words = match words.strip_prefix(own) {
                Some(rest) if rest.is_empty() || rest.starts_with('-') => id(at) + rest,
                _ => vary(words, at),
            };
        }
        Value::Array(values) => values.iter_mut().for_each(|it| vary_words(it, own, at)),
        Value::Object(fields) => fields.values_mut().for_each(|it| vary_words(it, own, at)),
        _ => {}
    }
}

fn measure(counts: &[&str], synthetic: bool) -> Result<()> {
    let (ontology, annotator) = (Ontology::shipped()?, Annotator::embedded()?);
    let lexicon = Lexicon::new(&ontology);
    let seeds = seeds()?;
    println!(
        "documents  claims actors matters events disputes    read resolve    save   trig    open     ask command      held     most"
    );
    for count in counts {
        let count: usize = count.parse().with_context(|| format!("{count:?} is no number"))?;
        forget_peak();
        let start = Instant::now();
        let read: Vec<Read> = if synthetic {
            read_synthetic(count, &ontology, &annotator)?
        } else {
            let one = |at: usize| {
                demarche::read(&varied(&seeds[at % seeds.len()], at), &annotator, &lexicon)
            };
            annotator.install(|| (0..count).into_par_iter().map(one).collect())
        };
        let reading = start.elapsed();
        let (documents, claims): (Vec<_>, Vec<_>) = read.into_iter().unzip();
        let claims: Vec<Claim> = claims.into_iter().flatten().collect();
        let held = memory("VmRSS:");

        let start = Instant::now();
        let corpus = resolve(documents, claims, &ontology);
        let resolving = start.elapsed();

        let folder = tempfile::tempdir()?;
        let start = Instant::now();
        folder::save(&corpus, DEFAULT_BASE, folder.path())?;
        let saving = start.elapsed();
        let naming = Naming::default();
        let start = Instant::now();
        let out = std::io::BufWriter::new(fs::File::create(folder.path().join("graph.trig"))?);
        rdf::write_trig(&corpus, &ontology, &naming, out)?;
        let writing = start.elapsed();
        print!(
            "{count:>9} {:>7} {:>6} {:>7} {:>6} {:>8} ",
            corpus.claims.len(),
            corpus.actors.len(),
            corpus.matters.len(),
            corpus.events.len(),
            corpus.disputes.len()
        );
        drop(corpus);

        let start = Instant::now();
        let graph = Graph::new(folder::open(folder.path())?, &ontology);
        let opening = start.elapsed();
        let start = Instant::now();
        let answer = ask::answer(&graph, &lexicon, &annotator, QUESTION);
        let asking = start.elapsed();
        drop(graph);
        println!(
            "{:>6.1}s {:>6.2}s {:>6.2}s {:>5.1}s {:>6.2}s {:>6.3}s {:>7} {held:>9} {:>8}",
            reading.as_secs_f64(),
            resolving.as_secs_f64(),
            saving.as_secs_f64(),
            writing.as_secs_f64(),
            opening.as_secs_f64(),
            asking.as_secs_f64(),
            command(folder.path()).map_or("?".to_owned(), |time| format!("{time:.2}s")),
            memory("VmHWM:"),
        );
        if answer.is_empty() {
            println!("(nothing found)");
        }
    }
    Ok(())
}

/// How long the program, beside which this one was built, takes to answer, in seconds;
/// the best of three.
fn command(graph: &Path) -> Option<f64> {
    let program = std::env::current_exe().ok()?.parent()?.parent()?.join("demarche");
    let mut times = Vec::new();
    for _ in 0..3 {
        let start = Instant::now();
        let done =
            Command::new(&program).arg("--graph").arg(graph).args(["ask", QUESTION]).output();
        times.push(start.elapsed().as_secs_f64());
        done.ok().filter(|done| done.status.success())?;
    }
    times.into_iter().min_by(f64::total_cmp)
}

/// Begins to count the most memory anew, where Linux lets us.
fn forget_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// The memory that a line of Linux tells, in MiB: `VmRSS` what is held, `VmHWM` the most that was.
fn memory(line: &str) -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let told = status.lines().find_map(|it| it.strip_prefix(line)?.trim().strip_suffix(" kB"));
    let mib = told.and_then(|it| it.parse::<u64>().ok()).map(|kib| kib / 1024);
    mib.map_or("?".to_owned(), |mib| format!("{mib} MiB"))
}
