use std::time::Duration;

use oxigraph::sparql::{QueryEvaluationError, SparqlSyntaxError};
use thiserror::Error;

use super::tokens::tokens;

/// Why a query gives no answer.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum QueryError {
    /// It is no SPARQL: the place, and what might help.
    #[error("{0}")]
    Syntax(String),
    /// It would change the graph, which is made of texts alone.
    #[error(
        "{0} is an update, and the graph is read-only: it changes with its texts \
         (`demarche build`) and a person's decisions (`demarche build --decisions`)"
    )]
    Update(&'static str),
    /// It took too long.
    #[error(
        "the query was stopped after {} s; ask for less (LIMIT, fewer free variables) or allow \
         more time with --timeout",
        .0.as_secs_f64()
    )]
    Timeout(Duration),
    /// It asks for too much.
    #[error("the query has more than {limit} {what}; ask for less, or in several queries")]
    TooMuch {
        /// What there is too much of.
        what: &'static str,
        /// How much there may be.
        limit: usize,
    },
    /// It ended without an answer.
    #[error("the query cannot be answered: {0}")]
    Broken(String),
    /// It could not be evaluated.
    #[error("the query cannot be evaluated: {0}")]
    Evaluation(#[from] QueryEvaluationError),
}

impl QueryError {
    /// Was it stopped for its time or its memory? Then its evaluation may go on for a while, and
    /// holds what it has until it ends.
    pub fn is_stopped(&self) -> bool {
        match self {
            Self::Timeout(_) => true,
            Self::TooMuch { what, .. } => *what == MEMORY,
            _ => false,
        }
    }
}

/// What a query that is stopped for its memory has too much of.
pub(super) const MEMORY: &str = "MiB of memory for its result";

/// The words with which an update begins.
const UPDATES: [&str; 11] =
    ["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH", "USING"];

/// Is it an update: the word with which its first operation begins, after prefixes.
fn update(query: &str) -> Option<&'static str> {
    let mut tokens = tokens(query).filter(|token| !token.starts_with('#'));
    loop {
        let token = tokens.next()?;
        if token.eq_ignore_ascii_case("prefix") {
            tokens.by_ref().take(2).for_each(drop);
        } else if token.eq_ignore_ascii_case("base") {
            tokens.next();
        } else {
            return UPDATES.into_iter().find(|word| word.eq_ignore_ascii_case(token));
        }
    }
}

/// Says what is wrong with `query`, where, and what might help:
///
/// ```text
/// SPARQL syntax error in line 2, column 16
///   2 |   ?who dc:title ?what .
///     |        ^
/// the prefix dc: is not declared; known without declaring: act, actor, …
/// ```
pub(super) fn syntax(
    query: &str,
    error: &SparqlSyntaxError,
    prefixes: &[(String, String)],
) -> QueryError {
    if let Some(word) = update(query) {
        return QueryError::Update(word);
    }
    let message = error.to_string();
    let Some((line, column, expected)) = place(&message) else {
        return QueryError::Syntax(format!("SPARQL syntax error: {message}"));
    };
    let shown = query.lines().nth(line - 1).unwrap_or("");
    let known = |name: &str| {
        prefixes.iter().any(|(prefix, _)| prefix == name)
            || declared(query).any(|declared| declared == name)
    };
    let unknown = names_at(shown, column).into_iter().find(|(_, name)| !known(name));
    let (column, hint) = match unknown {
        Some((column, name)) => (column, unknown_prefix(name, prefixes)),
        None => (column, unbalanced(query).unwrap_or_else(|| options(expected))),
    };
    let number = line.to_string();
    let margin = " ".repeat(number.len());
    let (part, place) = around(shown, column);
    let indent: String =
        part.chars().take(place - 1).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    QueryError::Syntax(format!(
        "SPARQL syntax error in line {line}, column {column}\n  {number} | {part}\n  {margin} | \
         {indent}^\n{hint}"
    ))
}

/// The part of a long line around a column, and the column in it.
fn around(line: &str, column: usize) -> (String, usize) {
    const MOST: usize = 160;
    if line.chars().nth(MOST).is_none() {
        return (line.to_owned(), column);
    }
    let start = column.saturating_sub(MOST / 2);
    let part: String = line.chars().skip(start).take(MOST).collect();
    (format!("…{part}…"), column - start + 1)
}

/// Line, column and the rest of the parser's "error at LINE:COLUMN: expected …".
fn place(message: &str) -> Option<(usize, usize, &str)> {
    let (at, expected) = message.strip_prefix("error at ")?.split_once(": ")?;
    let (line, column) = at.split_once(':')?;
    let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
    (line > 0 && column > 0).then_some((line, column, expected))
}

fn unknown_prefix(name: &str, prefixes: &[(String, String)]) -> String {
    let mut all: Vec<&str> = prefixes.iter().map(|(prefix, _)| prefix.as_str()).collect();
    all.sort_unstable();
    format!(
        "the prefix {name}: is not declared; known without declaring: {}. Others need \
         PREFIX {name}: <…> at the top",
        all.join(", ")
    )
}

fn unbalanced(query: &str) -> Option<String> {
    let (open, close) = (query.matches('{').count(), query.matches('}').count());
    match open.cmp(&close) {
        std::cmp::Ordering::Greater => {
            Some(format!("a {{ is not closed: there are {open} {{ and {close} }}"))
        }
        std::cmp::Ordering::Less => {
            Some(format!("a }} is too many: there are {open} {{ and {close} }}"))
        }
        std::cmp::Ordering::Equal => None,
    }
}

/// What a person would write of what the parser expects: it names the first
/// characters of terms, and white space.
fn options(expected: &str) -> String {
    const MOST: usize = 10;
    let Some(list) = expected.strip_prefix("expected ") else { return expected.to_owned() };
    let mut terms = Vec::new();
    let mut signs = Vec::new();
    for option in list.strip_prefix("one of ").unwrap_or(list).split(", ") {
        match option.strip_prefix('"').and_then(|o| o.strip_suffix('"')).unwrap_or(option) {
            "?" | "$" => terms.push("a variable (?name)"),
            "<" | ":" => terms.push("a name (<IRI> or prefix:local)"),
            "'" | "'''" | r#"\""# | r#"\"\"\""# => terms.push("words (\"…\")"),
            sign if sign.starts_with(['[', '\\', '\'']) || sign.trim().is_empty() => {}
            sign => signs.push(sign),
        }
    }
    terms.sort_unstable();
    signs.sort_unstable();
    let mut found: Vec<&str> = terms.into_iter().rev().chain(signs).collect();
    found.dedup();
    let more = found.len().saturating_sub(MOST);
    found.truncate(MOST);
    let more = if more > 0 { format!(" … ({more} more)") } else { String::new() };
    format!("there could be here: {}{more}", found.join(" "))
}

/// Prefixes that the query declares itself.
fn declared(query: &str) -> impl Iterator<Item = &str> {
    query.lines().filter_map(|line| {
        let (keyword, rest) = line.trim_start().split_at_checked(6)?;
        let name = rest.trim_start().split(':').next()?;
        keyword.eq_ignore_ascii_case("prefix").then_some(name)
    })
}

/// Columns and prefixes of the prefixed names around a column: the parser stops
/// before or after a name whose prefix it does not know.
fn names_at(line: &str, column: usize) -> Vec<(usize, &str)> {
    let separates = |c: char| c.is_whitespace() || "{}()^/|;,".contains(c);
    let mut found = Vec::new();
    let mut column_of_word = 1;
    for word in line.split(separates) {
        let length = word.chars().count();
        let near = column_of_word + length + 1 >= column && column_of_word <= column;
        if near
            && !word.starts_with(['<', '"', '?', '$', '\''])
            && let Some((prefix, _)) = word.split_once(':')
        {
            found.push((column_of_word, prefix));
        }
        column_of_word += length + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn updates_are_known_by_their_first_word() {
        for (query, word) in [
            ("INSERT DATA { <x:a> <x:b> 1 }", Some("INSERT")),
            ("# a note\nPREFIX x: <x:> BASE <x:y>\ndelete where { ?s ?p ?o }", Some("DELETE")),
            ("drop all", Some("DROP")),
            ("SELECT ?insert { ?insert ?p \"DELETE\" }", None),
            ("PREFIX insert: <x:> ASK { ?s insert:a ?o }", None),
            ("PREFIX", None),
            ("", None),
        ] {
            assert_eq!(update(query), word, "{query}");
        }
    }

    #[test]
    fn of_a_long_line_the_part_around_the_mistake_is_shown() {
        assert_eq!(around("ASK {", 6), ("ASK {".to_owned(), 6));
        let line = format!("{}!{}", "a".repeat(5_000), "b".repeat(5_000));
        let (part, place) = around(&line, 5_001);
        assert_eq!(part.chars().nth(place - 1), Some('!'));
        assert!(part.chars().count() < 200);
    }
}
