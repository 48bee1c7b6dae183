//! Queries that explode, and such that are deep: each ends within its time and a second more,
//! under a gigabyte, with an answer or a message.

use std::fmt::Write as _;
use std::time::Duration;

use crate::graph;
use crate::measured::{each, ends_in_time, measure};

/// What each query may take.
const TIMEOUT: Duration = Duration::from_secs(1);

/// Asks each of them, two at once.
fn attack(queries: &[(&str, String)]) {
    let graph = graph().to_str().unwrap();
    let timeout = TIMEOUT.as_secs().to_string();
    let arguments = ["query", "-", "--timeout", &timeout, "--graph", graph];
    each(queries, 2, |(what, query)| ends_in_time(what, TIMEOUT, || measure(&arguments, query)));
}

/// `n` patterns that have nothing to do with each other.
fn apart(n: usize) -> String {
    (0..n).map(|at| format!("?s{at} ?p{at} ?o{at} . ")).collect()
}

/// A string that becomes so much longer at each of `n` steps.
fn growing(n: usize, step: &str) -> String {
    let mut query = format!("SELECT (STRLEN(?x{n}) AS ?n) {{ BIND(\"0123456789abcde ü\" AS ?x0)");
    for at in 0..n {
        let step = step.replace('X', &format!("?x{at}"));
        let _ = write!(query, " BIND({step} AS ?x{})", at + 1);
    }
    query + " }"
}

#[test]
fn queries_that_explode() {
    let mut queries: Vec<(&str, String)> = Vec::new();
    for n in 3..=8 {
        queries.push(("count", format!("SELECT (COUNT(*) AS ?n) {{ {} }}", apart(n))));
    }
    for n in [3, 5] {
        let all = apart(n);
        queries.extend([
            ("rows", format!("SELECT * {{ {all} }}")),
            ("distinct", format!("SELECT DISTINCT ?s0 ?o1 ?o2 {{ {all} }}")),
            ("sorted", format!("SELECT * {{ {all} }} ORDER BY ?o2 ?o1 DESC(?o0)")),
            ("grouped", format!("SELECT ?o0 (SUM(?o1) AS ?n) {{ {all} }} GROUP BY ?o0 ?o2")),
            ("constructed", format!("CONSTRUCT {{ ?s0 ?p1 ?o2 }} {{ {all} }}")),
            ("described", format!("DESCRIBE ?s0 ?s1 ?s2 {{ {all} }}")),
            ("joined", format!("SELECT (GROUP_CONCAT(STR(?o0)) AS ?all) {{ {all} }}")),
            ("without", format!("SELECT * {{ {all} MINUS {{ ?s9 ?p9 ?o9 . ?s8 ?p8 ?o9 }} }}")),
        ]);
    }
    for path in ["(!<x:y>)*", "((!<x:y>)*/(!<x:y>)*)*", "(!<x:y>|^!<x:y>)+", "(!(<x:y>|^<x:y>))*"] {
        let chain = format!("?a {path} ?b . ?b {path} ?c . ?c {path} ?d . ?d {path} ?e");
        queries.push(("path", format!("SELECT (COUNT(*) AS ?n) {{ {chain} }}")));
    }
    for (n, step) in [
        (24, "CONCAT(X, X)"),
        (32, "CONCAT(X, X)"),
        (64, "CONCAT(X, X)"),
        (30, "ENCODE_FOR_URI(X)"),
        (30, "REPLACE(X, \".\", \"$0$0$0$0\")"),
    ] {
        queries.push(("growing", growing(n, step)));
    }
    let values: String = (0..200).map(|at| format!("{at} ")).collect();
    let lists: String = (0..6).map(|at| format!("VALUES ?v{at} {{ {values} }} ")).collect();
    let optional: String =
        (0..9).map(|at| format!("OPTIONAL {{ ?s{at} ?p{at} ?o{at} }} ")).collect();
    let (three, four) = (apart(3), apart(4));
    queries.extend([
        ("values", format!("SELECT (SUM(?v0 + ?v5) AS ?n) {{ {lists} }}")),
        ("optional", format!("SELECT (COUNT(*) AS ?n) {{ {optional} }}")),
        (
            "not there",
            format!(
                "ASK {{ {four} FILTER NOT EXISTS {{ ?s7 ?p7 ?s0 , ?s1 , ?s2 }} FILTER(?s0 = 1) }}"
            ),
        ),
        (
            "expression",
            format!(
                "SELECT * {{ {three} FILTER REGEX(CONCAT(STR(?s0), STR(?s1)), \"(x*)*(y+)+$z\") }}"
            ),
        ),
        (
            "big expression",
            "SELECT * { ?s ?p ?o FILTER REGEX(STR(?s), \"((x{999}){999}){999}\") }".to_owned(),
        ),
    ]);
    assert_eq!(queries.len(), 36);
    attack(&queries);
}

#[test]
fn queries_that_are_deep() {
    let around = |open: &str, inner: &str, close: &str, n: usize| {
        format!("ASK {{ {}{inner}{} }}", open.repeat(n), close.repeat(n))
    };
    let filter = |open: &str, close: &str, n: usize| {
        format!("ASK {{ FILTER({}1{}) }}", open.repeat(n), close.repeat(n))
    };
    let mut queries: Vec<(&str, String)> = Vec::new();
    // Below what is let through, at the place where the process once died, and far beyond.
    for n in [240, 4_000, 100_000] {
        queries.extend([
            ("parentheses", filter("(", ")", n)),
            ("groups", around("{", "?s ?p ?o", "}", n)),
            ("unions", format!("ASK {{ {} {{}} }}", "{ ?s ?p ?o } UNION ".repeat(n))),
            ("lists", format!("ASK {{ ?s ?p ({}) }}", "1 ".repeat(n))),
            ("lists in lists", format!("ASK {{ ?s ?p {}1{} }}", "(".repeat(n), ")".repeat(n))),
            ("nodes in nodes", format!("ASK {{ ?s ?p {}1{} }}", "[ ?p ".repeat(n), "]".repeat(n))),
            ("ors", filter("1 || ", "", n)),
            ("signs", filter("!", "", n)),
            ("paths", format!("ASK {{ ?s {}<x:y>{} ?o }}", "(".repeat(n), ")*".repeat(n))),
            ("optional parts", around("OPTIONAL { ?s ?p ?o ", "", "}", n)),
            ("questions in questions", around("{ SELECT * { ?s ?p ?o ", "", "} }", n)),
        ]);
    }
    queries.push(("functions", filter("STR(", ")", 240)));
    queries.push(("triples in triples", around("?s ?p <<", "?s ?p ?o", ">>", 4_000)));
    assert_eq!(queries.len(), 35);
    attack(&queries);
}
