use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, ValueEnum};
use comfy_table::{ContentArrangement, Table};
use serde_json::{Value, json};

use super::evidence::Evidence;
use super::lookup;
use super::terminal::{self, HEADING, STRONG, Terminal};
use super::{Global, Outcome, destination};
use crate::draw;
use crate::escaped::inert;
use crate::graph::{Cell, Graph, Leaning, Matrix, Node};
use crate::resolve::{Position, stances};
use crate::ruled::ruled;

const EXAMPLES: &str = "\
Examples:
  demarche stances                                  who stands where on the main matters
  demarche stances --matter ceasefire --quotes      on every ceasefire, in which words
  demarche stances --actor Putin --actor Trump
  demarche stances --format markdown >> notes.md
  demarche stances -o stances.csv                   also .md, .json and .svg
  demarche stances --json | jq '.stances[] | select(.changed)'

What a cell says:
  proposes, demands, accepts, rejects      what the actor did about the matter
  conditionally accepts                    accepts under a condition that the texts name
  avoids                                   is said neither to accept nor to reject it
  supports, opposes                        by another act that is for or against it
  accepts → rejects                        the later of two dated stances after the arrow
  accepts / rejects                        reports of one time, or without a date, differ
A stance has the date of its claims, or of the document where they name none. A table
shows the main actors and matters, CSV and JSON show all; --limit changes that.";

/// How many actors and matters a table or drawing shows unless told otherwise.
const SHOWN: (usize, usize) = (12, 6);

/// Columns of a table that goes into a pipe or file.
const PIPED: u16 = 120;

/// Show who stands where: a matrix of actors and matters
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Stances {
    /// Only this actor; repeatable
    #[arg(long, value_name = "NAME")]
    actor: Vec<String>,
    /// Only matters of this name; repeatable
    #[arg(long, value_name = "NAME")]
    matter: Vec<String>,
    /// Format [default: from FILE's extension, else table]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// In CSV, put an apostrophe before words that a spreadsheet would take for a formula
    #[arg(long)]
    spreadsheet: bool,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// File to write; its extension tells the format
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    #[arg(value_hint = clap::ValueHint::FilePath)]
    output: PathBuf,
    /// Under a table, write the words that each stance rests on
    #[arg(long)]
    quotes: bool,
    /// How many actors and how many matters to show at most
    #[arg(long, short = 'n', value_name = "N")]
    limit: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal
    Table,
    /// A table in Markdown
    #[value(alias = "md")]
    Markdown,
    /// A line an actor, a column a matter
    Csv,
    /// Every stance with claims, sources and dates
    Json,
    /// A drawing
    Svg,
}

impl Stances {
    pub(super) fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let format = self.format()?;
        let ontology = global.ontology()?;
        let graph = Graph::new(global.corpus()?, ontology);
        let mut matrix = Matrix::new(&graph, stances(graph.corpus(), ontology));
        let Some(actors) = chosen(&self.actor, &graph, "actor", terminal) else {
            return Ok(Outcome::Nothing);
        };
        let Some(matters) = chosen(&self.matter, &graph, "matter", terminal) else {
            return Ok(Outcome::Nothing);
        };
        matrix.retain(|actor, matter| {
            actors.as_ref().is_none_or(|chosen| chosen.contains(&Node::Actor(actor)))
                && matters.as_ref().is_none_or(|chosen| chosen.contains(&Node::Matter(matter)))
        });
        let (most_actors, most_matters) = match (self.limit, format) {
            (Some(limit), _) => (limit, limit),
            (None, Format::Csv | Format::Json) => (usize::MAX, usize::MAX),
            // One actor's matters stand below each other.
            (None, _) if self.actor.len() == 1 => (SHOWN.0, 2 * SHOWN.0),
            (None, _) => SHOWN,
        };
        let hidden = matrix.truncate(most_actors, most_matters);
        if matrix.cells.is_empty() {
            terminal.note("no claim says who stands where on this");
            return Ok(Outcome::Nothing);
        }
        let page = Page { graph: &graph, matrix: &matrix };
        let evidence = Evidence::new(graph.corpus(), ontology, terminal::width());
        let fill = |out: &mut dyn Write| {
            match format {
                Format::Table => page.table(out)?,
                Format::Markdown => page.markdown(out)?,
                Format::Csv => page.csv(out, self.spreadsheet)?,
                Format::Json => page.json(out, &evidence)?,
                Format::Svg => out.write_all(draw::matrix(&graph, &matrix)?.as_bytes())?,
            }
            if self.quotes && matches!(format, Format::Table) {
                page.quotes(out, &evidence)?;
            }
            Ok(())
        };
        if self.output == Path::new("-") && matches!(format, Format::Table) {
            let mut out = terminal::stdout();
            fill(&mut out)?;
            out.flush()?;
        } else {
            destination::write(&self.output, fill)?;
        }
        if hidden != (0, 0) {
            terminal.note(format_args!(
                "{} more actors and {} more matters not shown; --limit shows more",
                hidden.0, hidden.1
            ));
        }
        Ok(Outcome::Done)
    }

    fn format(&self) -> Result<Format> {
        let extension = self.output.extension().and_then(OsStr::to_str);
        match (self.format, extension) {
            (Some(format), _) => Ok(format),
            _ if self.json => Ok(Format::Json),
            (None, Some(extension)) if self.output != Path::new("-") => {
                Format::from_str(extension, true)
                    .or_else(|_| {
                        Format::from_str(if extension == "txt" { "table" } else { "" }, true)
                    })
                    .map_err(|_| {
                        anyhow::anyhow!(
                            "{extension:?} is no format; there are txt, md, csv, json and svg"
                        )
                    })
            }
            (None, _) => Ok(Format::Table),
        }
    }
}

/// What the names mean, all of them; `Some(None)` where there is no name, `None` where
/// one of them means nothing, which is told.
fn chosen(
    names: &[String],
    graph: &Graph,
    kind: &str,
    terminal: &Terminal,
) -> Option<Option<BTreeSet<Node>>> {
    if names.is_empty() {
        return Some(None);
    }
    let mut all = BTreeSet::new();
    for name in names {
        let found = lookup::of_kind(graph.corpus(), name, kind);
        let nodes = found.iter().filter_map(|thing| match kind {
            "actor" => graph.actor(thing.id()).map(Node::Actor),
            _ => graph.matter(thing.id()).map(Node::Matter),
        });
        // A name means one actor; a word can stand for many matters.
        let most = if kind == "actor" { 1 } else { usize::MAX };
        let before = all.len();
        all.extend(nodes.take(most));
        if all.len() == before && found.is_empty() {
            lookup::tell_nothing(graph.corpus(), name, terminal);
            return None;
        }
    }
    Some(Some(all))
}

/// Words in a cell of a Markdown table: what would be read as HTML, as a link or as the end
/// of the cell stands for itself.
fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '|' | '\\' | '[' | ']' | '`' | '*' | '_' => text.extend(['\\', c]),
            c => text.push(c),
        }
    }
    text
}

/// The matrix, written out.
struct Page<'a> {
    graph: &'a Graph,
    matrix: &'a Matrix,
}

impl Page<'_> {
    /// Column heads and rows: actors below each other, unless there is only one.
    fn rows(&self, mark: fn(&Cell) -> String) -> (Vec<String>, Vec<Vec<String>>) {
        let label = |node| self.graph.label(node).to_owned();
        let cell =
            |actor, matter| self.matrix.cells.get(&(actor, matter)).map_or_else(String::new, mark);
        let (actors, matters) = (&self.matrix.actors, &self.matrix.matters);
        if let ([actor], true) = (actors.as_slice(), matters.len() > 1) {
            let heads = vec![String::new(), label(Node::Actor(*actor))];
            let rows = matters.iter().map(|&at| vec![label(Node::Matter(at)), cell(*actor, at)]);
            return (heads, rows.collect());
        }
        let matters_of = |actor: usize| matters.iter().map(move |&matter| cell(actor, matter));
        let heads = std::iter::once(String::new());
        let heads = heads.chain(matters.iter().map(|&at| label(Node::Matter(at)))).collect();
        let rows = actors.iter().map(|&actor| {
            std::iter::once(label(Node::Actor(actor))).chain(matters_of(actor)).collect()
        });
        (heads, rows.collect())
    }

    fn table(&self, out: &mut dyn Write) -> Result<()> {
        let (heads, rows) = self.rows(signed);
        let mut table = Table::new();
        // A table may use all of a wide terminal; in a pipe it stays readable.
        let width = table.width().unwrap_or(PIPED);
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        table.set_header(heads);
        table.add_rows(rows);
        Ok(writeln!(out, "{}", ruled(table))?)
    }

    fn markdown(&self, out: &mut dyn Write) -> Result<()> {
        let (heads, rows) = self.rows(signed);
        let line = |cells: &[String]| {
            let cells: Vec<_> = cells
                .iter()
                .map(|cell| escaped(&cell.split_whitespace().collect::<Vec<_>>().join(" ")))
                .collect();
            format!("| {} |", cells.join(" | "))
        };
        writeln!(out, "{}", line(&heads))?;
        writeln!(out, "|{}", " --- |".repeat(heads.len()))?;
        for row in rows {
            writeln!(out, "{}", line(&row))?;
        }
        Ok(())
    }

    fn csv(&self, out: &mut dyn Write, spreadsheet: bool) -> Result<()> {
        let cells = |row: Vec<String>| row.into_iter().map(move |cell| inert(cell, spreadsheet));
        let (mut heads, rows) = self.rows(Cell::words);
        let turned = self.matrix.actors.len() == 1 && self.matrix.matters.len() > 1;
        heads[0] = if turned { "matter" } else { "actor" }.to_owned();
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(cells(heads)).map_err(io::Error::from)?;
        for row in rows {
            csv.write_record(cells(row)).map_err(io::Error::from)?;
        }
        Ok(csv.flush()?)
    }

    fn json(&self, out: &mut dyn Write, evidence: &Evidence<'_>) -> Result<()> {
        let named = |node| json!({ "id": self.graph.id(node), "label": self.graph.label(node) });
        let mut list: Vec<Value> = Vec::new();
        for &actor in &self.matrix.actors {
            for &matter in &self.matrix.matters {
                let Some(cell) = self.matrix.cells.get(&(actor, matter)) else { continue };
                list.extend(cell.stances.iter().map(|stance| {
                    json!({
                        "actor": stance.actor,
                        "matter": stance.matter,
                        "stance": stance.stance,
                        "changed": cell.changed(),
                        "dates": stance.dates,
                        "sources": stance.sources,
                        "claim_ids": stance.claims,
                        "claims": evidence.claims(&stance.claims).collect::<Vec<_>>(),
                    })
                }));
            }
        }
        let page = json!({
            "actors": self.matrix.actors.iter().map(|&at| named(Node::Actor(at))).collect::<Vec<_>>(),
            "matters": self.matrix.matters.iter().map(|&at| named(Node::Matter(at))).collect::<Vec<_>>(),
            "stances": list,
        });
        serde_json::to_writer_pretty(&mut *out, &page)?;
        Ok(writeln!(out)?)
    }

    fn quotes(&self, out: &mut dyn Write, evidence: &Evidence<'_>) -> Result<()> {
        for &matter in &self.matrix.matters {
            writeln!(out, "\n{HEADING}{}{HEADING:#}", self.graph.label(Node::Matter(matter)))?;
            for &actor in &self.matrix.actors {
                let Some(cell) = self.matrix.cells.get(&(actor, matter)) else { continue };
                for stance in &cell.stances {
                    let who = self.graph.label(Node::Actor(actor));
                    writeln!(
                        out,
                        "  {STRONG}{who} {}{STRONG:#} {}",
                        stance.stance,
                        stance.dates.join(", ")
                    )?;
                    for claim in evidence.claims(&stance.claims) {
                        evidence.write(out, claim, 4)?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// The words of a cell after a sign that the eye finds.
fn signed(cell: &Cell) -> String {
    let sign = |stance: Position| match Leaning::of(stance) {
        Leaning::For => "+",
        Leaning::Conditional => "±",
        Leaning::Against => "−",
        Leaning::Open => "?",
    };
    let mut signs: Vec<_> = cell.stances.iter().map(|stance| sign(stance.stance)).collect();
    signs.dedup();
    format!("{} {}", signs.concat(), cell.words())
}
