//! Colour, pipes and full disks.

use std::fs::File;
use std::io::Read;
use std::process::Stdio;

use crate::{graph, on_graph, run};

#[test]
fn colour_is_for_terminals_or_on_demand() {
    let show = |arguments: &[&str]| run(on_graph(&["show", "Putin"]).args(arguments)).stdout;
    assert!(!show(&[]).contains('\u{1b}'));
    assert!(!show(&["--color", "never"]).contains('\u{1b}'));
    assert!(show(&["--color", "always"]).contains('\u{1b}'));
}

#[test]
fn no_color_is_honoured_where_colour_was_forced_by_the_environment() {
    let coloured = run(on_graph(&["show", "Putin"]).env("CLICOLOR_FORCE", "1"));
    assert!(coloured.stdout.contains('\u{1b}'));
    let plain = run(on_graph(&["show", "Putin"]).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1"));
    assert!(!plain.stdout.contains('\u{1b}'));
}

#[test]
fn quiet_says_nothing_and_verbose_says_more() {
    run(&mut on_graph(&["show", "Putin", "-q"])).ended(0, &[]);
    let quiet = run(&mut on_graph(&["show", "xyzzy", "-q"]));
    assert_eq!((quiet.code, quiet.stderr.as_str()), (1, ""));
}

/// Runs on the shared graph with standard output closed early, or on `stdout`.
fn process(arguments: &[&str], stdout: Stdio) -> std::process::Child {
    std::process::Command::new(assert_cmd::cargo::cargo_bin!("demarche"))
        .args(arguments)
        .arg("--graph")
        .arg(graph())
        .stdout(stdout)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn stderr(child: &mut std::process::Child) -> String {
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    said
}

#[test]
fn a_closed_pipe_is_no_error() {
    for arguments in [
        &["show", "Putin"][..],
        &["show", "001", "--text"],
        &["completions", "bash"],
        &["query", "-e", "SELECT * { ?s ?p ?o }"],
        &["export", "-o", "-", "--format", "nq"],
        &["draw", "--format", "svg"],
        &["stances", "--format", "csv"],
        &["disputes"],
        &["show", "Putin", "--json"],
        &["stances", "--json"],
        &["disputes", "--json"],
        &["analyse", "brokers", "--json"],
        &["query", "-e", "SELECT * { ?s ?p ?o }", "--format", "json"],
        &["query", "-e", "SELECT * { ?s ?p ?o }", "--format", "csv"],
        &["export", "--format", "nodes"],
        &["export", "--format", "edges"],
        &["export", "--format", "graphml"],
        &["export", "--format", "rdf"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut child = process(arguments, writer.into());
        assert_eq!(stderr(&mut child), "", "{arguments:?}");
        assert_eq!(child.wait().unwrap().code(), Some(0), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let full = || File::options().write(true).open("/dev/full").unwrap();
    let mut child = process(&["show", "Putin"], full().into());
    assert!(stderr(&mut child).contains("disk is full"));
    assert_eq!(child.wait().unwrap().code(), Some(2));
    for arguments in [
        &["export", "-o", "/dev/full", "--format", "nq"][..],
        &["draw", "-o", "/dev/full", "--format", "svg"],
    ] {
        run(&mut on_graph(arguments)).ended(2, &["/dev/full", "disk is full"]);
    }
}
