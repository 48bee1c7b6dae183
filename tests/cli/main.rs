//! The program from outside: what it writes where, and how it ends.

mod analysis;
mod ask;
mod bad_input;
mod build;
mod endpoint;
#[path = "../fixture/mod.rs"]
mod fixture;
mod fuzzed;
mod gold;
mod graph;
mod grown;
mod growth;
mod help;
mod hostile;
mod hostile_endpoint;
mod hostile_queries;
#[cfg(feature = "listen")]
mod http;
mod killed;
#[cfg(feature = "mcp")]
mod mcp;
mod measured;
mod megabytes;
mod mend;
mod output;
mod recipes;
#[cfg(feature = "serve")]
mod serve;
mod vocabulary;

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use assert_cmd::Command;
use demarche::graph::folder;
use demarche::rdf::DEFAULT_BASE;
use tempfile::TempDir;

/// The program, started in an empty folder without settings of the environment.
fn demarche() -> Command {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("demarche");
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "RUST_BACKTRACE"] {
        command.env_remove(variable);
    }
    command
}

/// A folder with these files.
fn files(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

/// The corpus of the fixture as a graph folder.
fn graph() -> &'static Path {
    static GRAPH: OnceLock<TempDir> = OnceLock::new();
    let folder = GRAPH.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        folder::save(&fixture::corpus(), DEFAULT_BASE, folder.path()).unwrap();
        folder
    });
    folder.path()
}

/// The program with a command that reads [`graph`].
fn on_graph(arguments: &[&str]) -> Command {
    let mut command = demarche();
    command.args(arguments).arg("--graph").arg(graph());
    command
}

/// Both outputs of a run and its exit code.
struct Run {
    code: i32,
    stdout: String,
    stderr: String,
}

impl From<&mut Command> for Run {
    fn from(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        Self {
            code: output.status.code().expect("no signal ended it"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Run {
    /// Ended with this code, and standard error holds all of these.
    #[track_caller]
    fn ended(&self, code: i32, says: &[&str]) -> &Self {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.stdout, self.stderr);
        for words in says {
            assert!(self.stderr.contains(words), "no {words:?} in stderr: {}", self.stderr);
        }
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        self
    }

    /// Standard output holds all of these.
    #[track_caller]
    fn shows(&self, words: &[&str]) -> &Self {
        for words in words {
            assert!(self.stdout.contains(words), "no {words:?} in stdout: {}", self.stdout);
        }
        self
    }
}

fn run(command: &mut Command) -> Run {
    Run::from(command)
}
