//! A question as a SPARQL query to a server, which finds the claims that can answer it.

use crate::ontology::KeyAct;
use std::fmt::Write as _;

use super::understood::Understood;

/// The query that finds, on a server, the claims that can answer a question, with who,
/// what, according to whom, and the words, in the terms of the graph's RDF. The
/// prefixes are those that `query` declares.
///
/// Matching weighs and ranks; the query asks for the same acts, roles, matters and
/// words without weights, so its rows hold the claims of the answers, but for those
/// whose matter only the sentence around tells, and can hold more.
pub fn search(understood: &Understood) -> String {
    let mut query = String::from(
        "SELECT DISTINCT ?claim ?agent ?addressee ?matter ?source ?time ?status ?quote ?document\nWHERE {\n  \
         ?claim a dm:Claim ; dm:act ?act ; dm:status ?status ; dm:quote ?quote ; dm:inDocument ?document .\n",
    );
    let mut line = |text: String| {
        let _ = writeln!(query, "  {text}");
    };
    let saying = understood.act.first().is_some_and(|act| *act == KeyAct::State);
    if !understood.act.is_empty() && !saying {
        let acts: Vec<String> = understood.act.iter().map(|act| format!("act:{act}")).collect();
        line(format!("VALUES ?act {{ {} }}", acts.join(" ")));
    }
    // whoever acts for the one asked about answers too
    let near = |id: &str| format!("(dm:actsFor|^dm:actsFor)* actor:{id}");
    for id in &understood.agent {
        let roles = if saying { "dm:agent|dm:accordingTo" } else { "dm:agent|dm:addressee" };
        line(format!("?claim ({roles})/{} .", near(id)));
    }
    for id in &understood.addressee {
        line(format!("?claim (dm:addressee|dm:agent)/{} .", near(id)));
    }
    for id in &understood.source {
        line(format!("?claim (dm:accordingTo|dm:via|dm:agent)/{} .", near(id)));
    }
    for (role, variable) in [
        ("agent", "agent"),
        ("addressee", "addressee"),
        ("matter", "matter"),
        ("accordingTo", "source"),
        ("time", "time"),
    ] {
        line(format!("OPTIONAL {{ ?claim dm:{role} ?{variable} }}"));
    }
    let mut about: Vec<String> = Vec::new();
    if !understood.matters.is_empty() {
        let matters: Vec<String> =
            understood.matters.iter().map(|id| format!("matter:{id}")).collect();
        about.push(format!("?matter IN ({})", matters.join(", ")));
    }
    let words: Vec<String> = understood
        .keywords
        .iter()
        .map(|word| format!("REGEX(?quote, \"(^|[^a-z]){}\", \"i\")", escape(stem(word))))
        .collect();
    if !words.is_empty() {
        about.push(format!("({})", words.join(" || ")));
    }
    if !about.is_empty() {
        line(format!("FILTER ({})", about.join(" || ")));
    }
    let times: Vec<String> = understood
        .time
        .iter()
        .map(|time| format!("CONTAINS(STR(?time), \"{}\")", escape(time.trim_start_matches("--"))))
        .collect();
    if !times.is_empty() {
        line(format!("FILTER ({})", times.join(" || ")));
    }
    if let Some(status) = &understood.status {
        line(format!("FILTER (?status = \"{}\")", status));
    }
    query.push_str("}\nORDER BY ?document ?claim\n");
    query
}

/// A word without the ending that its other forms change.
fn stem(word: &str) -> &str {
    let short = word.strip_suffix(['e', 'y']).unwrap_or(word);
    if short.len() < 4 { word } else { short }
}

/// Only letters, digits and hyphens go into the query.
fn escape(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_becomes_a_query() {
        let understood = Understood {
            act: vec!["propose".into()],
            source: vec!["kremlin".into()],
            keywords: vec!["energy".into()],
            ..Understood::default()
        };
        insta::assert_snapshot!(search(&understood), @r#"
        SELECT DISTINCT ?claim ?agent ?addressee ?matter ?source ?time ?status ?quote ?document
        WHERE {
          ?claim a dm:Claim ; dm:act ?act ; dm:status ?status ; dm:quote ?quote ; dm:inDocument ?document .
          VALUES ?act { act:propose }
          ?claim (dm:accordingTo|dm:via|dm:agent)/(dm:actsFor|^dm:actsFor)* actor:kremlin .
          OPTIONAL { ?claim dm:agent ?agent }
          OPTIONAL { ?claim dm:addressee ?addressee }
          OPTIONAL { ?claim dm:matter ?matter }
          OPTIONAL { ?claim dm:accordingTo ?source }
          OPTIONAL { ?claim dm:time ?time }
          FILTER ((REGEX(?quote, "(^|[^a-z])energ", "i")))
        }
        ORDER BY ?document ?claim
        "#);
    }

    #[test]
    fn words_cannot_break_out_of_the_query() {
        let understood =
            Understood { keywords: vec!["a\") } DELETE".into()], ..Understood::default() };
        assert!(search(&understood).contains("(^|[^a-z])aDELETE"));
    }
}
