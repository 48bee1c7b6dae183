//! The example queries, as the explorer offers them.

use serde::Serialize;

/// A query that can be run as it is.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Example {
    pub name: &'static str,
    /// What it asks, from its first line.
    pub title: &'static str,
    pub query: &'static str,
}

macro_rules! examples {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../examples/queries/", $name, ".rq")))),*]
    };
}

const EXAMPLES: [(&str, &str); 20] = examples![
    "who-proposed-what",
    "on-whose-word",
    "who-stands-where",
    "who-changed-position",
    "contested-matters",
    "demands",
    "accusations",
    "disputes",
    "what-a-source-says",
    "who-reports-what",
    "chains-of-reports",
    "evidence",
    "timeline",
    "events-on-a-date",
    "left-open",
    "institutions",
    "offices",
    "claims-by-status",
    "claims-per-document",
    "event-data",
];

/// All examples, the simplest first.
pub(super) fn examples() -> impl Iterator<Item = Example> {
    EXAMPLES.into_iter().map(|(name, query)| {
        let title = query.lines().next().unwrap_or_default().trim_start_matches("# ");
        Example { name, title, query }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_query_of_the_examples_is_offered() {
        let offered: Vec<_> = examples().map(|it| format!("{}.rq", it.name)).collect();
        for entry in std::fs::read_dir("examples/queries").unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(offered.contains(&name), "{name}");
        }
        assert!(examples().all(|it| it.title.ends_with(['?', '.'])));
    }
}
