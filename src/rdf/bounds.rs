//! How much a query may ask for: what is counted before it is parsed, and how it is run so
//! that neither its depth, nor its time, nor its memory takes the process down.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::QueryError;
use super::error::MEMORY;
use super::tokens::tokens;
use crate::budget::held_memory;

/// The longest query, in bytes: 4 MiB.
pub const MAX_QUERY_BYTES: usize = 4 << 20;
/// How deep brackets may stand in brackets.
pub const MAX_NESTING: usize = 250;
/// The most words and signs of a query, without those of `VALUES`.
pub const MAX_TERMS: usize = 10_000;
/// The most terms that `VALUES` may list.
pub const MAX_VALUES: usize = 200_000;

/// The stack of the thread that parses and evaluates: some ten kilobytes for each of
/// [`MAX_TERMS`], as lists and alternatives are taken apart one within the other. It is
/// memory only as far as it is used.
const STACK: usize = 1 << 30;
/// How much more memory the process may hold, while a query runs, than before: 768 MiB.
const MAX_MEMORY: u64 = 768 << 20;
/// How often the memory is looked at.
const GLANCE: Duration = Duration::from_millis(5);

/// Refuses a query that has too much of something, before anything recurses into it.
///
/// # Errors
/// [`QueryError::TooMuch`], with what there is too much of.
pub(crate) fn check(query: &str) -> Result<(), QueryError> {
    let too_much = |what, limit| Err(QueryError::TooMuch { what, limit });
    if query.len() > MAX_QUERY_BYTES {
        return too_much("bytes", MAX_QUERY_BYTES);
    }
    let (mut depth, mut terms, mut values) = (0usize, 0, 0);
    // How deep the block of `VALUES` stands that is being read.
    let mut listed: Option<usize> = None;
    for token in tokens(query) {
        match token {
            "{" | "(" | "[" => {
                depth += 1;
                if depth > MAX_NESTING {
                    return too_much("brackets within brackets", MAX_NESTING);
                }
            }
            "}" | ")" | "]" => {
                depth = depth.saturating_sub(1);
                if token == "}" && listed.is_some_and(|outside| depth <= outside) {
                    listed = None;
                }
            }
            word if word.eq_ignore_ascii_case("values") => listed = Some(depth),
            _ => {}
        }
        *(if listed.is_some() { &mut values } else { &mut terms }) += 1;
        match (terms > MAX_TERMS, values > MAX_VALUES) {
            (true, _) => return too_much("words and signs", MAX_TERMS),
            (_, true) => return too_much("terms in VALUES", MAX_VALUES),
            _ => {}
        }
    }
    Ok(())
}

/// Refuses Turtle whose brackets stand too deep in each other: nothing of it would be read before
/// the last is closed.
///
/// # Errors
/// [`QueryError::TooMuch`].
#[cfg(feature = "endpoint")]
pub(super) fn check_nesting(turtle: &str) -> Result<(), QueryError> {
    let mut depth = 0usize;
    for token in tokens(turtle) {
        match token {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_NESTING {
            let what = "brackets within brackets";
            return Err(QueryError::TooMuch { what, limit: MAX_NESTING });
        }
    }
    Ok(())
}

/// What `work` gives, which runs on a thread of its own with a large stack; `stop` is
/// called when nobody waits any more.
///
/// # Errors
/// When it takes longer than `timeout` or more than 768 MiB of memory (told on Linux), or
/// panics. Work that does not heed being stopped is left to itself.
pub(super) fn bounded<T: Send + 'static>(
    timeout: Duration,
    stop: impl FnOnce(),
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, QueryError> {
    if timeout.is_zero() {
        return Err(QueryError::Timeout(timeout));
    }
    let started = Instant::now();
    let before = held_memory();
    let (done, waiting) = mpsc::channel();
    let thread = thread::Builder::new().name("query".to_owned()).stack_size(STACK);
    thread
        .spawn(move || {
            // Nobody listens any more after a timeout.
            let _ = done.send(work());
        })
        .map_err(|error| QueryError::Broken(format!("no thread for it: {error}")))?;
    let error = loop {
        let left = timeout.saturating_sub(started.elapsed());
        match waiting.recv_timeout(left.min(GLANCE)) {
            Ok(result) => return Ok(result),
            Err(RecvTimeoutError::Disconnected) => {
                return Err(QueryError::Broken("the evaluation broke down".to_owned()));
            }
            Err(RecvTimeoutError::Timeout) => {
                let more =
                    held_memory().zip(before).map(|(now, before)| now.saturating_sub(before));
                if more.is_some_and(|more| more > MAX_MEMORY) {
                    let limit = usize::try_from(MAX_MEMORY >> 20).unwrap_or(usize::MAX);
                    break QueryError::TooMuch { what: MEMORY, limit };
                }
                if started.elapsed() >= timeout {
                    break QueryError::Timeout(timeout);
                }
            }
        }
    };
    stop();
    Err(error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refused(query: &str) -> Option<&'static str> {
        match check(query) {
            Err(QueryError::TooMuch { what, .. }) => Some(what),
            _ => None,
        }
    }

    #[test]
    fn what_is_too_deep_or_too_long_is_refused() {
        let deep =
            |n| format!("SELECT * {{ ?s ?p ?o FILTER({}1{}) }}", "(".repeat(n), ")".repeat(n));
        assert_eq!(refused(&deep(100)), None);
        assert_eq!(refused(&deep(3_593)), Some("brackets within brackets"));
        let many = |n| format!("ASK {{ ?s ?p ({}) }}", "1 ".repeat(n));
        assert_eq!(refused(&many(5_000)), None);
        assert_eq!(refused(&many(20_000)), Some("words and signs"));
        let listed = |n| format!("ASK {{ VALUES ?s {{ {} }} ?s ?p ?o }}", "dm:a ".repeat(n));
        assert_eq!(refused(&listed(50_000)), None);
        assert_eq!(refused(&listed(300_000)), Some("terms in VALUES"));
        assert_eq!(refused(&" ".repeat(5 << 20)), Some("bytes"));
        // As many places where an IRI could begin, and none that ends.
        assert_eq!(refused(&"<".repeat(4 << 20)), Some("words and signs"));
    }

    #[test]
    fn strings_iris_and_comments_are_no_brackets() {
        let inside = "(".repeat(400);
        for query in [
            format!("ASK {{ ?s ?p \"{inside}\" }}"),
            format!("ASK {{ ?s ?p '''{inside}'' \\''' {inside}''' }}"),
            format!("ASK {{ ?s <x:{inside}> ?o }}"),
            format!("ASK {{ ?s ?p ?o }} # {inside}"),
        ] {
            assert_eq!(refused(&query), None, "{query}");
        }
        assert_eq!(
            refused(&format!("ASK {{ FILTER(1 < 2) }} {inside}")),
            Some("brackets within brackets")
        );
    }

    #[test]
    fn work_that_takes_too_long_or_breaks_down_is_told() {
        let short = Duration::from_millis(20);
        let slow = bounded(short, || (), || thread::sleep(Duration::from_secs(1)));
        assert!(matches!(slow, Err(QueryError::Timeout(_))));
        let broken = bounded(Duration::MAX, || (), || panic!("on purpose"));
        assert!(matches!(broken, Err(QueryError::Broken(_))));
        assert_eq!(bounded(Duration::MAX, || (), || 7).unwrap(), 7);
    }

    proptest! {
        #[test]
        fn any_text_is_counted_without_harm(text in "[\\\\\"'<>{}() #a\nvVé?]{0,200}") {
            let _ = check(&text);
        }
    }
}
