//! The command line: one file a subcommand.
//!
//! Data goes to standard output, talk to standard error. Exit codes: 0 found or
//! done, 1 nothing found, 2 an error, also when some documents failed and the rest
//! went through. A reader that closes the pipe early is no error.

mod add;
mod analyse;
mod annotate;
mod ask;
mod build;
mod building;
mod changes;
mod check;
mod completions;
mod destination;
mod diff;
mod disputes;
mod draw;
mod eval;
mod evidence;
mod export;
mod lookup;
mod man;
#[cfg(feature = "mcp")]
mod mcp;
mod passed_over;
mod query;
mod read;
mod remove;
#[cfg(feature = "serve")]
mod report;
#[cfg(feature = "serve")]
mod serve;
mod show;
mod stances;
mod store;
mod suggest;
mod summary;
mod terminal;
mod update;
mod visible;

use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::annotate::Annotator;
use crate::graph::folder;
use crate::ontology::Ontology;
use crate::rdf::Naming;
use crate::resolve::Corpus;
use terminal::Terminal;
use visible::Visible;

const ABOUT: &str = "Who proposed, demanded, accepted and rejected what, according to whom, \
                     in which words: texts about a negotiation become a knowledge graph.";

const EXAMPLES: &str = "\
Examples:
  demarche build                            read the texts in seeds/ into the graph out/
  demarche build news/ -o news-graph        read a folder of your own
  demarche add june/ --graph news-graph     and another one; only what is new is read
  demarche ask Who rejected the ceasefire?  ask the graph in English
  demarche show Putin                       all that is known of somebody, with the words
  demarche query examples/queries/who-stands-where.rq
  demarche stances                          who stands where: actors and matters
  demarche disputes                         what the voices disagree on
  demarche draw --view stances -o stances.svg
  demarche serve --open                     look at it in the browser

Exit codes:
  0  found, or done
  1  nothing found
  2  an error, also when some documents failed and the rest went through

`demarche COMMAND --help` explains a command and shows how to use it.";

#[derive(Debug, Parser)]
#[command(name = "demarche", version, about = ABOUT, after_help = EXAMPLES)]
#[command(propagate_version = true, arg_required_else_help = true, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every subcommand takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
struct Global {
    /// Folder of the built graph
    #[arg(long, global = true, value_name = "DIR", default_value = "out")]
    #[arg(value_hint = clap::ValueHint::DirPath)]
    graph: PathBuf,
    /// Turtle files that are read over the shipped ontology: a folder or a file, repeatable
    #[arg(long, global = true, value_name = "DIR", value_hint = clap::ValueHint::AnyPath)]
    ontology: Vec<PathBuf>,
    /// How many documents are read at a time [default: one a core]
    #[arg(long, short, global = true, value_name = "N", value_parser = jobs)]
    jobs: Option<NonZeroUsize>,
    /// When to colour; `auto` is on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = Colour::Auto)]
    color: Colour,
    /// Say nothing on standard error but errors
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more on standard error
    #[arg(long, short, global = true)]
    verbose: bool,
}

impl Global {
    /// The shipped ontology, with the user's files over it. It is kept until the process ends:
    /// to take it apart before would take as long as to load it.
    fn ontology(&self) -> anyhow::Result<&'static Ontology> {
        Ok(Box::leak(Box::new(Ontology::load(&self.ontology)?)))
    }

    /// Where no layers of the ontology are given, those that the graph was built with, as far as
    /// they are still there.
    fn take_layers(&mut self, terminal: &Terminal) {
        if !self.ontology.is_empty() {
            return;
        }
        // what is wrong with the folder is told where it is opened
        let Ok(Some(recipe)) = building::remembered(&self.graph) else { return };
        let (here, gone): (Vec<PathBuf>, Vec<PathBuf>) =
            recipe.layers().into_iter().partition(|layer| layer.exists());
        for layer in gone {
            terminal.warning(format_args!(
                "{}: the graph was built with this ontology, and it is not here; --ontology names \
                 it where it is now",
                layer.display()
            ));
        }
        self.ontology = here;
    }

    /// The graph, its claims checked against its texts.
    fn corpus(&self) -> anyhow::Result<Corpus> {
        Ok(folder::open(&self.graph)?)
    }

    /// The IRIs that the graph was built with.
    fn naming(&self) -> anyhow::Result<Naming> {
        Ok(Naming::new(&folder::manifest(&self.graph)?.base)?)
    }

    /// The annotator on as many threads as are asked for, kept as the ontology is.
    fn annotator(&self) -> anyhow::Result<&'static Annotator> {
        let annotator = match self.jobs {
            Some(jobs) => Annotator::with_threads(jobs.get())?,
            None => Annotator::embedded()?,
        };
        Ok(Box::leak(Box::new(annotator)))
    }

    /// As [`Global::annotator`], for a question.
    fn questioner(&self) -> anyhow::Result<&'static Annotator> {
        if self.jobs.is_some() {
            return self.annotator();
        }
        Ok(Box::leak(Box::new(Annotator::for_questions()?)))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Build),
    Add(add::Add),
    Remove(remove::Remove),
    Update(update::Update),
    Diff(diff::Diff),
    Read(read::Read),
    Ask(ask::Ask),
    Show(show::Show),
    Stances(stances::Stances),
    Disputes(disputes::Disputes),
    Analyse(analyse::Analyse),
    Query(query::Query),
    Draw(draw::Draw),
    Export(export::Export),
    #[cfg(feature = "serve")]
    Serve(serve::Serve),
    #[cfg(feature = "serve")]
    Report(report::Report),
    #[cfg(feature = "serve")]
    #[command(name = "serve-worker", hide = true)]
    Worker(serve::Worker),
    #[cfg(feature = "mcp")]
    Mcp(mcp::Mcp),
    Annotate(annotate::Annotate),
    Eval(eval::Eval),
    Check(check::Check),
    Suggest(suggest::Suggest),
    Completions(completions::Completions),
    Man(man::Man),
}

impl Command {
    /// Does it look at a graph that was built before, and at no other?
    fn asks_a_graph(&self) -> bool {
        #[cfg(feature = "serve")]
        if matches!(self, Self::Serve(_) | Self::Report(_)) {
            return true;
        }
        #[cfg(feature = "mcp")]
        if matches!(self, Self::Mcp(_)) {
            return true;
        }
        matches!(
            self,
            Self::Ask(_)
                | Self::Show(_)
                | Self::Stances(_)
                | Self::Disputes(_)
                | Self::Analyse(_)
                | Self::Query(_)
                | Self::Draw(_)
                | Self::Export(_)
                | Self::Check(_)
                | Self::Suggest(_)
        )
    }
}

/// How a command ended that did not end in an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Found, or done: exit code 0.
    Done,
    /// Nothing found: exit code 1.
    Nothing,
    /// Some of it failed (each failure has been told), the rest is done: exit code 2.
    Incomplete,
}

/// Reads the arguments of the process, does what they ask, and says how it went.
pub fn main() -> ExitCode {
    let read = parser().try_get_matches().and_then(|it| {
        Ok((Cli::from_arg_matches(&it)?, it.subcommand_name().unwrap_or_default().to_owned()))
    });
    let (Cli { mut global, command }, name) = match read {
        Ok(read) => read,
        Err(error) => return refuse(&error),
    };
    let choice = match global.color {
        Colour::Auto => anstream::ColorChoice::Auto,
        Colour::Always => anstream::ColorChoice::AlwaysAnsi,
        Colour::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
    let terminal = Terminal::new(global.quiet, global.verbose);
    if command.asks_a_graph() {
        global.take_layers(&terminal);
    }
    if !global.ontology.is_empty() && !matters("ontology", &name) {
        terminal.warning(format_args!(
            "--ontology does nothing in `{name}`; a graph takes the one that `build` was given"
        ));
    }
    let result = match command {
        Command::Build(it) => it.run(&global, &terminal),
        Command::Add(it) => it.run(&global, &terminal),
        Command::Remove(it) => it.run(&global, &terminal),
        Command::Update(it) => it.run(&global, &terminal),
        Command::Diff(it) => it.run(&global, &terminal),
        Command::Read(it) => it.run(&global, &terminal),
        Command::Ask(it) => it.run(&global, &terminal),
        Command::Show(it) => it.run(&global, &terminal),
        Command::Stances(it) => it.run(&global, &terminal),
        Command::Disputes(it) => it.run(&global, &terminal),
        Command::Analyse(it) => it.run(&global, &terminal),
        Command::Query(it) => it.run(&global, &terminal),
        Command::Draw(it) => it.run(&global, &terminal),
        Command::Export(it) => it.run(&global, &terminal),
        #[cfg(feature = "serve")]
        Command::Serve(it) => it.run(&global, &terminal),
        #[cfg(feature = "serve")]
        Command::Report(it) => it.run(&global, &terminal),
        #[cfg(feature = "serve")]
        Command::Worker(it) => it.run(&global),
        #[cfg(feature = "mcp")]
        Command::Mcp(it) => it.run(&global),
        Command::Annotate(it) => it.run(&global, &terminal),
        Command::Eval(it) => it.run(&global, &terminal),
        Command::Check(it) => it.run(&global, &terminal),
        Command::Suggest(it) => it.run(&global, &terminal),
        Command::Completions(it) => it.run(),
        Command::Man(it) => it.run(),
    };
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::Incomplete) => ExitCode::from(2),
        Err(error) if io_kind(&error) == Some(io::ErrorKind::BrokenPipe) => ExitCode::SUCCESS,
        Err(error) => {
            terminal.error(terminal::chain(&error));
            if io_kind(&error) == Some(io::ErrorKind::StorageFull) {
                terminal.hint("the disk is full: free some space and run the command again; what was there before is still whole");
            }
            ExitCode::from(2)
        }
    }
}

/// Says what is wrong with the arguments, or what was asked for by `--help`.
fn refuse(error: &clap::Error) -> ExitCode {
    let page = error.render();
    let code = u8::try_from(error.exit_code()).unwrap_or(2);
    if error.use_stderr() {
        let _ = write!(Visible::new(anstream::stderr()), "{}", page.ansi());
    } else {
        let _ = write!(terminal::stdout(), "{}", page.ansi());
    }
    ExitCode::from(code)
}

/// The kind of the I/O error that `error` goes back to; writers of JSON and CSV wrap theirs.
fn io_kind(error: &anyhow::Error) -> Option<io::ErrorKind> {
    error.chain().find_map(|cause| {
        if let Some(json) = cause.downcast_ref::<serde_json::Error>() {
            return json.io_error_kind();
        }
        if let Some(csv) = cause.downcast_ref::<csv::Error>() {
            return match csv.kind() {
                csv::ErrorKind::Io(error) => Some(error.kind()),
                _ => None,
            };
        }
        let error = cause.downcast_ref::<io::Error>()?;
        // An error that is wrapped into one of "another kind" keeps its own.
        let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<io::Error>());
        let inner_json = error.get_ref().and_then(|it| it.downcast_ref::<serde_json::Error>());
        let inner = inner.map(io::Error::kind).or_else(|| inner_json?.io_error_kind());
        Some(inner.filter(|_| error.kind() == io::ErrorKind::Other).unwrap_or(error.kind()))
    })
}

/// The most documents that are read at a time.
const MAX_JOBS: usize = 1024;

/// A number of jobs: each takes a thread and memory of its own.
fn jobs(value: &str) -> Result<NonZeroUsize, String> {
    match value.parse::<NonZeroUsize>() {
        Ok(jobs) if jobs.get() <= MAX_JOBS => Ok(jobs),
        _ => Err(format!("valid: a number from 1 to {MAX_JOBS}")),
    }
}

/// The whole command, for completions and the man page.
fn command() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}

/// Commands that read texts, which jobs matter to.
const READERS: [&str; 8] =
    ["build", "add", "remove", "update", "read", "annotate", "eval", "suggest"];
/// Commands that no graph matters to, or that name theirs as arguments.
const WITHOUT_GRAPH: [&str; 5] = ["diff", "read", "annotate", "completions", "man"];
/// Commands that no ontology matters to, or that take the one that the graph remembers.
const WITHOUT_ONTOLOGY: [&str; 6] = ["add", "remove", "update", "diff", "completions", "man"];

/// Does an option of every command do something in this one? What is so everywhere, only
/// `demarche --help` explains.
fn matters(option: &str, command: &str) -> bool {
    match option {
        "jobs" => READERS.contains(&command),
        "graph" => !WITHOUT_GRAPH.contains(&command),
        "ontology" => !WITHOUT_ONTOLOGY.contains(&command),
        _ => false,
    }
}

/// The command as arguments are read by it: the help of each command explains its own options, and
/// of those of every command only what does something in it.
fn parser() -> clap::Command {
    let mut command = command();
    // Only then has each command the options of every command.
    command.build();
    command.mut_subcommands(without_those_of_every_command)
}

fn without_those_of_every_command(command: clap::Command) -> clap::Command {
    let name = command.get_name().to_owned();
    let command = command.mut_args(|it| {
        if !it.is_global_set() {
            return it;
        }
        let is_shown = matters(it.get_id().as_str(), &name);
        it.hide(!is_shown).help_heading("Global options (demarche --help lists them all)")
    });
    command.mut_subcommands(without_those_of_every_command)
}

#[cfg(test)]
mod tests {
    #[test]
    fn arguments_are_consistent() {
        super::command().debug_assert();
    }
}
