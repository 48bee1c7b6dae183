//! The program from outside: what it writes where, and how it ends.

mod bad_input;
mod graph;
mod help;
mod output;

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use assert_cmd::Command;
use tempfile::TempDir;

/// Two short documents that disagree on who proposed what.
const DOCUMENTS: [(&str, &str); 2] = [
    (
        "a.md",
        "---\n\
         title: A call and a truce\n\
         date: 2025-03-19\n\
         ---\n\
         Donald Trump proposed a 30-day ceasefire. Ukraine accepted the ceasefire. \
         Vladimir Putin rejected the ceasefire on Tuesday.\n\n\
         According to the Kremlin, Trump proposed a halt to attacks on energy infrastructure. \
         Putin demanded an end to military aid.\n",
    ),
    (
        "b.txt",
        "19 March 2025\n\n\
         Putin proposed a halt to attacks on energy infrastructure, the White House said. \
         Macron criticised Russia. Ukraine did not accept the demand.\n",
    ),
];

/// The program, started in an empty folder without settings of the environment.
fn demarche() -> Command {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("demarche");
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "RUST_BACKTRACE"] {
        command.env_remove(variable);
    }
    command
}

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

/// A folder with [`DOCUMENTS`].
fn texts() -> TempDir {
    folder(&DOCUMENTS.map(|(name, text)| (name, text.as_bytes())))
}

/// The graph of [`DOCUMENTS`], built once for all tests that only read it.
fn graph() -> &'static Path {
    static GRAPH: OnceLock<TempDir> = OnceLock::new();
    let folder = GRAPH.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        demarche().arg("build").arg(texts().path()).arg("-o").arg(folder.path()).assert().success();
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
