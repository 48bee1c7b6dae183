//! What a build has found, on one page.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::evidence::Evidence;
use super::terminal::{DIM, HEADING, STRONG};
use crate::extract::{Claim, Participant, Status};
use crate::ontology::Ontology;
use crate::resolve::Corpus;

/// How many actors and matters are main ones.
const MAIN: usize = 8;
/// How many disputes are written out.
const DISPUTES: usize = 10;
/// How many acts of an actor, or names of a side, a line holds.
const LINE: usize = 5;

/// Writes the page: the same for the same graph, whatever time and place.
pub(super) fn write(out: &mut dyn Write, corpus: &Corpus, ontology: &Ontology) -> io::Result<()> {
    let evidence = Evidence::new(corpus, ontology, None);
    let words: usize = corpus.documents.iter().map(|it| it.words).sum();
    writeln!(
        out,
        "{STRONG}{}, {}, {}{STRONG:#}\n{}, {}, {}, {}",
        count(corpus.documents.len(), "document"),
        count(words, "word"),
        count(corpus.claims.len(), "claim"),
        count(corpus.actors.len(), "actor"),
        count(corpus.matters.len(), "matter"),
        count(corpus.events.len(), "event"),
        count(corpus.disputes.len(), "dispute"),
    )?;
    acts(out, corpus)?;
    actors(out, &evidence)?;
    matters(out, &evidence, ontology)?;
    disputes(out, &evidence)
}

/// Claims by act, and how many of them are not asserted as done.
fn acts(out: &mut dyn Write, corpus: &Corpus) -> io::Result<()> {
    let mut acts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for claim in &corpus.claims {
        let column = match claim.status {
            Status::Actual => 0,
            Status::Negated => 1,
            Status::Unrealised => 2,
        };
        acts.entry(&claim.act).or_default()[column] += 1;
    }
    if acts.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\n{HEADING}{:<12}{HEADING:#}{DIM}{:>7} {:>7} {:>7} {:>10}{DIM:#}",
        "Claims", "all", "actual", "negated", "unrealised"
    )?;
    for (act, columns) in ranked(acts, |columns| columns.iter().sum()) {
        let all: usize = columns.iter().sum();
        let [actual, negated, unrealised] = columns;
        writeln!(out, "  {act:<10}{all:>7} {actual:>7} {negated:>7} {unrealised:>10}")?;
    }
    Ok(())
}

/// The actors with most claims of their own, and what they are said to have done most.
fn actors(out: &mut dyn Write, evidence: &Evidence<'_>) -> io::Result<()> {
    let mut actors: BTreeMap<&str, (usize, BTreeMap<&str, usize>)> = BTreeMap::new();
    for claim in &evidence.corpus.claims {
        for agent in claim.agent.iter().filter(|it| it.id.is_some()) {
            let (all, done) = actors.entry(agent.name()).or_default();
            *all += 1;
            if claim.status == Status::Actual {
                *done.entry(evidence.past(&claim.act)).or_default() += 1;
            }
        }
    }
    if actors.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{HEADING}Main actors{HEADING:#}")?;
    for (actor, (all, done)) in ranked(actors, |&(all, _)| all).into_iter().take(MAIN) {
        let acts: Vec<_> = ranked(done, |&count| count)
            .into_iter()
            .take(LINE)
            .map(|(act, count)| format!("{act} {count}"))
            .collect();
        let all = count(all, "claim");
        writeln!(out, "  {STRONG}{actor}{STRONG:#} {DIM}{all}{DIM:#}")?;
        if !acts.is_empty() {
            writeln!(out, "    {}", acts.join(", "))?;
        }
    }
    Ok(())
}

/// The matters with most claims, and who stands where on them.
fn matters(out: &mut dyn Write, evidence: &Evidence<'_>, ontology: &Ontology) -> io::Result<()> {
    let mut matters: Vec<_> = evidence.corpus.matters.iter().collect();
    matters.sort_by_key(|it| Reverse(it.claims.len()));
    let mut headed = false;
    for matter in matters.into_iter().take(MAIN) {
        let claims: Vec<&Claim> = evidence.claims(&matter.claims).collect();
        let stances = stances(&claims, evidence, ontology);
        if stances.is_empty() {
            continue;
        }
        if !headed {
            writeln!(out, "\n{HEADING}Main matters, and who stands where{HEADING:#}")?;
            headed = true;
        }
        let documents: BTreeSet<_> = claims.iter().map(|it| &it.document).collect();
        let size =
            format!("{} in {}", count(claims.len(), "claim"), count(documents.len(), "document"));
        writeln!(out, "  {STRONG}{}{STRONG:#} {DIM}{size}{DIM:#}", matter.label)?;
        for (act, actors) in stances {
            writeln!(out, "    {DIM}{act:<14}{DIM:#} {actors}")?;
        }
    }
    Ok(())
}

/// For each act that takes a stance, and is said to have been done: who did it, and
/// who says so where no document says it itself.
fn stances(
    claims: &[&Claim],
    evidence: &Evidence<'_>,
    ontology: &Ontology,
) -> Vec<(String, String)> {
    let mut acts: BTreeMap<&str, BTreeMap<&str, Vec<&Claim>>> = BTreeMap::new();
    for claim in claims.iter().filter(|it| it.status == Status::Actual) {
        if ontology.act(&claim.act).is_some_and(|act| act.stance.is_none()) {
            continue;
        }
        for agent in claim.agent.iter().filter(|it| it.id.is_some()) {
            let agents = acts.entry(&claim.act).or_default();
            agents.entry(agent.name()).or_default().push(claim);
        }
    }
    ranked(acts, |agents| agents.values().map(Vec::len).sum())
        .into_iter()
        .map(|(act, agents)| {
            let agents = ranked(agents, Vec::len);
            let more = agents.len().saturating_sub(LINE);
            let mut names: Vec<_> =
                agents.into_iter().take(LINE).map(|(name, claims)| said(name, &claims)).collect();
            if more > 0 {
                names.push(format!("{more} more"));
            }
            (format!("{} by", evidence.past(act)), names.join(", "))
        })
        .collect()
}

/// "Donald Trump (says Kremlin)".
fn said(name: &str, claims: &[&Claim]) -> String {
    if claims.iter().any(|claim| claim.source.is_empty()) {
        return name.to_owned();
    }
    let sources: BTreeSet<_> =
        claims.iter().flat_map(|claim| &claim.source).map(Participant::name).collect();
    format!("{name} (says {})", sources.into_iter().collect::<Vec<_>>().join(", "))
}

/// What voices disagree on, most claims first.
fn disputes(out: &mut dyn Write, evidence: &Evidence<'_>) -> io::Result<()> {
    let corpus = evidence.corpus;
    if corpus.disputes.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{HEADING}Disputes{HEADING:#}")?;
    let mut disputes: Vec<_> = corpus.disputes.iter().collect();
    disputes
        .sort_by_key(|it| Reverse(it.sides.iter().map(|side| side.claims.len()).sum::<usize>()));
    for dispute in disputes.iter().take(DISPUTES) {
        writeln!(out, "  {STRONG}{}{STRONG:#}", dispute.label)?;
        for side in &dispute.sides {
            writeln!(
                out,
                "    {} {DIM}— says {}{DIM:#}",
                side.label,
                evidence.voices(side).join("; ")
            )?;
        }
    }
    if corpus.disputes.len() > DISPUTES {
        writeln!(out, "  {DIM}{} more{DIM:#}", corpus.disputes.len() - DISPUTES)?;
    }
    Ok(())
}

/// Biggest first; alphabetical where they are equal.
fn ranked<T>(by_name: BTreeMap<&str, T>, size: impl Fn(&T) -> usize) -> Vec<(&str, T)> {
    let mut ranked: Vec<_> = by_name.into_iter().collect();
    ranked.sort_by_key(|(_, it)| Reverse(size(it)));
    ranked
}

/// "1 claim", "12,345 words".
pub(super) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", thousands(number))
}

/// With a comma between each three digits.
pub(super) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::super::evidence::tests::{claim, matter, participant};
    use super::*;
    use crate::resolve::{DocumentRecord, Matter};

    #[test]
    fn counts_are_grouped() {
        assert_eq!(count(1, "claim"), "1 claim");
        assert_eq!(count(0, "claim"), "0 claims");
        assert_eq!(count(1234567, "word"), "1,234,567 words");
        assert_eq!(count(999, "word"), "999 words");
    }

    #[test]
    fn the_page_says_who_stands_where_but_not_what_was_not_done() {
        let text = "Ukraine accepted the truce. Russia did not accept the truce.";
        let mut accepted = claim("a", text, "Ukraine accepted the truce", "accepted", "accept");
        accepted.agent = vec![participant("ukraine", "Ukraine")];
        accepted.matter = Some(matter("truce", "30-day truce"));
        let mut not = claim("b", text, "Russia did not accept the truce", "accept", "accept");
        not.agent = vec![participant("russia", "Russia")];
        not.matter = Some(matter("truce", "30-day truce"));
        not.status = Status::Negated;
        let corpus = Corpus {
            documents: vec![DocumentRecord {
                id: "001".into(),
                words: 11,
                ..DocumentRecord::default()
            }],
            claims: vec![accepted, not],
            matters: vec![Matter {
                id: "truce".into(),
                label: "30-day truce".into(),
                claims: vec!["a".into(), "b".into()],
                ..Matter::default()
            }],
            ..Corpus::default()
        };
        let mut out = Vec::new();
        write(&mut out, &corpus, &Ontology::default()).unwrap();
        insta::assert_snapshot!(crate::cli::terminal::plain(&out), @r"
        1 document, 11 words, 2 claims
        0 actors, 1 matter, 0 events, 0 disputes

        Claims          all  actual negated unrealised
          accept          2       1       1          0

        Main actors
          Russia 1 claim
          Ukraine 1 claim
            accept 1

        Main matters, and who stands where
          30-day truce 2 claims in 1 document
            accept by      Ukraine
        ");
    }

    #[test]
    fn the_page_tells_disputes() {
        let mut out = Vec::new();
        write(&mut out, &crate::fixture::corpus(), &crate::fixture::ontology()).unwrap();
        insta::assert_snapshot!(crate::cli::terminal::plain(&out), @r#"
        5 documents, 258 words, 26 claims
        11 actors, 9 matters, 2 events, 1 dispute

        Claims          all  actual negated unrealised
          accept          6       4       1          1
          propose         4       4       0          0
          demand          3       3       0          0
          reject          3       3       0          0
          accuse          2       2       0          0
          consult         2       2       0          0
          cooperate       2       1       0          1
          promise         2       2       0          0
          threaten        1       1       0          0
          withhold        1       0       0          1

        Main actors
          Vladimir Putin 9 claims
            accepted 3, talked with 2, demanded 1, proposed 1, rejected 1
          Donald Trump 5 claims
            accepted 1, proposed 1, talked with 1, threatened 1
          Emmanuel Macron 4 claims
            accused 1, demanded 1, promised 1, proposed 1
          Volodymyr Zelenskyy 3 claims
            accepted 1, accused 1, rejected 1
          European allies 2 claims
            promised 1
          Russia 2 claims
            cooperated on 1, rejected 1
          Ukraine 2 claims
            cooperated on 1
          Kremlin 1 claim
            demanded 1

        Main matters, and who stands where
          30-day energy-infrastructure ceasefire 7 claims in 4 documents
            accepted by    Vladimir Putin (says Kremlin)
            proposed by    Donald Trump (says Kremlin), Vladimir Putin
          full 30-day ceasefire 4 claims in 3 documents
            accepted by    Volodymyr Zelenskyy
            demanded by    Emmanuel Macron
            proposed by    United States
            rejected by    Vladimir Putin
          end of foreign military aid to Ukraine 3 claims in 3 documents
            demanded by    Vladimir Putin
            rejected by    Volodymyr Zelenskyy
          military aid to Ukraine 2 claims in 2 documents
            promised by    Emmanuel Macron, European allies
          deployment of European peacekeepers 2 claims in 1 document
            proposed by    Emmanuel Macron
            rejected by    Russia (says Kremlin)
          halt to mobilisation 1 claim in 1 document
            demanded by    Kremlin

        Disputes
          Who proposed the 30-day energy-infrastructure ceasefire?
            Donald Trump — says Kremlin
            Vladimir Putin — says the author of 002
        "#);
    }
}
