use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use clap::Args;
use serde_json::json;

use super::evidence::Evidence;
use super::lookup::{self, Thing};
use super::terminal::{self, DIM, HEADING, STRONG, TRIGGER, Terminal};
use super::{Global, Outcome};
use crate::extract::Claim;
use crate::resolve::{Actor, DocumentRecord, Event, Matter};

const EXAMPLES: &str = "\
Examples:
  demarche show Putin                      an actor: what they did, what was done, what they report
  demarche show 30-day ceasefire           a matter: who stands where, in which words
  demarche show 001                        a document: its text, triggers marked
  demarche show 001 --text                 the bare text that all offsets count in
  demarche show claim/001-accept-762       one kind of thing only
  demarche show Kremlin --json | jq .claims

A NAME is an id, an IRI or its end, a label, or words of these in any order and
case. Where several things fit, the one with most claims is shown and the others are named.";

/// Show all that is known of an actor, matter, event, claim or document, with evidence
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Show {
    /// What to show: id, label, or some of its words
    #[arg(required = true)]
    name: Vec<String>,
    /// Write JSON
    #[arg(long, conflicts_with = "text")]
    json: bool,
    /// Of a document: write nothing but its text
    #[arg(long)]
    text: bool,
}

impl Show {
    pub(super) fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let ontology = global.ontology()?;
        let corpus = global.corpus()?;
        let asked = self.name.join(" ");
        let mut found = lookup::find(&corpus, &asked);
        if self.text {
            found.retain(|thing| matches!(thing, Thing::Document(_)));
        }
        let Some((&thing, others)) = found.split_first() else {
            lookup::tell_nothing(&corpus, &asked, terminal);
            return Ok(Outcome::Nothing);
        };
        let mut out = terminal::data_or_page(self.json || self.text);
        let page = Page { evidence: Evidence::new(&corpus, ontology, terminal::width()) };
        match thing {
            Thing::Document(it) if self.text => out.write_all(it.text.as_bytes())?,
            _ if self.json => page.json(&mut out, thing)?,
            _ => page.write(&mut out, thing)?,
        }
        out.flush()?;
        if !others.is_empty() {
            let others: Vec<_> =
                others.iter().take(8).map(|it| format!("{}/{}", it.kind(), it.id())).collect();
            terminal.note(format_args!("see also {}", others.join(", ")));
        }
        Ok(Outcome::Done)
    }
}

/// What is known of one thing, written out.
struct Page<'a> {
    evidence: Evidence<'a>,
}

impl<'a> Page<'a> {
    fn write(&self, out: &mut dyn Write, thing: Thing<'_>) -> Result<()> {
        match thing {
            Thing::Actor(it) => self.actor(out, it),
            Thing::Matter(it) => self.matter(out, it),
            Thing::Event(it) => self.event(out, it),
            Thing::Dispute(it) => Ok(self.evidence.write_dispute(out, it, 0)?),
            Thing::Document(it) => self.document(out, it),
            Thing::Claim(it) => self.claim(out, it),
        }
    }

    fn actor(&self, out: &mut dyn Write, actor: &Actor) -> Result<()> {
        head(out, &actor.label, "actor", &actor.id)?;
        field(out, "kind", Some(&actor.kind.to_lowercase()))?;
        field(out, "role", actor.role.as_deref())?;
        field(out, "acts for", actor.acts_for.as_deref())?;
        let subordinate: Vec<_> = self
            .corpus_actors()
            .filter(|it| it.acts_for.as_deref() == Some(&actor.id))
            .map(|it| it.label.as_str())
            .collect();
        field(out, "served by", some(subordinate.join(", ")).as_deref())?;
        field(out, "words", some(counted(&actor.names)).as_deref())?;
        field(out, "Wikidata", actor.wikidata.as_deref())?;

        let claims = &self.evidence.corpus.claims;
        let has = |people: &[crate::extract::Participant]| {
            people.iter().any(|it| it.id.as_deref() == Some(&actor.id))
        };
        self.by_act(out, claims.iter().filter(|it| has(&it.agent)))?;
        let towards = claims.iter().filter(|it| has(&it.addressee) && !has(&it.agent));
        self.list(out, &format!("towards {}", actor.label), towards)?;
        let reports = claims.iter().filter(|it| has(&it.source) || has(&it.via));
        self.list(out, &format!("according to {}", actor.label), reports)?;
        let events = &self.evidence.corpus.events;
        let mut events = events.iter().filter(|it| it.participants.contains(&actor.id)).peekable();
        if events.peek().is_some() {
            section(out, "events")?;
        }
        for event in events {
            let time = event.time.map(|time| time.to_string()).unwrap_or_default();
            writeln!(out, "  {} {DIM}{time} event/{}{DIM:#}", event.label, event.id)?;
        }
        self.disputes(out, |it| {
            it.sides
                .iter()
                .flat_map(|side| self.evidence.claims(&side.claims))
                .any(|claim| lookup::participants(claim).any(|id| id == actor.id))
        })
    }

    fn matter(&self, out: &mut dyn Write, matter: &Matter) -> Result<()> {
        head(out, &matter.label, "matter", &matter.id)?;
        field(out, "issues", some(matter.issues.join(", ")).as_deref())?;
        for (attribute, value) in &matter.attributes {
            field(out, attribute.as_str(), Some(value))?;
        }
        field(out, "part of", some(matter.broader.join(", ")).as_deref())?;
        field(out, "words", some(counted(&matter.variants)).as_deref())?;
        self.by_act(out, self.evidence.claims(&matter.claims))?;
        if !matter.reasons.is_empty() {
            section(out, "why these are one matter")?;
        }
        for (claim, reason) in &matter.reasons {
            writeln!(out, "  {reason} {DIM}claim/{claim}{DIM:#}")?;
        }
        self.disputes(out, |it| it.matter.as_deref() == Some(&matter.id))
    }

    fn event(&self, out: &mut dyn Write, event: &Event) -> Result<()> {
        head(out, &event.label, "event", &event.id)?;
        field(out, "act", Some(&event.act))?;
        field(out, "who", some(event.participants.join(", ")).as_deref())?;
        field(out, "time", event.time.map(|time| time.to_string()).as_deref())?;
        field(out, "place", event.place.as_deref())?;
        field(out, "part of", event.part_of.as_deref())?;
        self.list(out, "reported by", self.evidence.claims(&event.claims))?;
        self.disputes(out, |it| {
            it.sides.iter().flat_map(|side| &side.claims).any(|id| event.claims.contains(id))
        })
    }

    fn claim(&self, out: &mut dyn Write, claim: &Claim) -> Result<()> {
        head(out, &self.evidence.statement(claim), "claim", &claim.id)?;
        self.evidence.write(out, claim, 2)?;
        field(out, "act", Some(&format!("{} ({})", claim.act, claim.status.as_str())))?;
        for (role, people) in [
            ("agent", &claim.agent),
            ("addressee", &claim.addressee),
            ("source", &claim.source),
            ("via", &claim.via),
        ] {
            let people: Vec<_> =
                people.iter().map(|it| format!("{} (“{}”)", it.name(), it.text)).collect();
            field(out, role, some(people.join(", ")).as_deref())?;
        }
        if let Some(matter) = &claim.matter {
            let label = matter.label.as_deref().unwrap_or("unresolved");
            field(out, "matter", Some(&format!("{label} (“{}”)", matter.text)))?;
            field(out, "issues", some(matter.issues.join(", ")).as_deref())?;
        }
        field(out, "time", claim.time.map(|time| time.to_string()).as_deref())?;
        let place = format!("document/{} {}–{}", claim.document, claim.start, claim.end);
        field(out, "at", Some(&place))?;
        let found = format!("{}, confidence {:.2}", claim.extractor, claim.confidence);
        field(out, "found by", Some(&found))?;
        self.disputes(out, |it| it.sides.iter().any(|side| side.claims.contains(&claim.id)))
    }

    fn document(&self, out: &mut dyn Write, document: &DocumentRecord) -> Result<()> {
        head(out, document.title.as_deref().unwrap_or(&document.id), "document", &document.id)?;
        for (label, value) in [
            ("date", &document.date),
            ("publisher", &document.publisher),
            ("author", &document.author),
            ("url", &document.url),
            ("licence", &document.license),
            ("language", &document.language),
        ] {
            field(out, label, value.as_deref())?;
        }
        let claims: Vec<_> =
            self.evidence.corpus.claims.iter().filter(|it| it.document == document.id).collect();
        field(out, "words", Some(&document.words.to_string()))?;
        field(out, "claims", Some(&claims.len().to_string()))?;
        writeln!(out)?;
        // Triggers can overlap; each character is marked once.
        let marked: std::collections::BTreeSet<usize> =
            claims.iter().flat_map(|it| it.trigger_start..it.trigger_end).collect();
        let mut inside = false;
        for (at, character) in document.text.chars().enumerate() {
            if marked.contains(&at) != inside {
                inside = !inside;
                if inside {
                    write!(out, "{TRIGGER}")?;
                } else {
                    write!(out, "{TRIGGER:#}")?;
                }
            }
            write!(out, "{character}")?;
        }
        if inside {
            write!(out, "{TRIGGER:#}")?;
        }
        writeln!(out)?;
        self.list(out, "claims", claims)
    }

    /// Claims by act, those acts first that have most.
    fn by_act(
        &self,
        out: &mut dyn Write,
        claims: impl IntoIterator<Item = &'a Claim>,
    ) -> Result<()> {
        let mut acts: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
        for claim in claims {
            acts.entry(&claim.act).or_default().push(claim);
        }
        let mut acts: Vec<_> = acts.into_iter().collect();
        acts.sort_by_key(|(_, claims)| std::cmp::Reverse(claims.len()));
        for (act, claims) in acts {
            self.list(out, self.evidence.past(act), claims)?;
        }
        Ok(())
    }

    /// A section of claims, each with its words.
    fn list(
        &self,
        out: &mut dyn Write,
        title: &str,
        claims: impl IntoIterator<Item = &'a Claim>,
    ) -> Result<()> {
        let mut claims = claims.into_iter().peekable();
        if claims.peek().is_some() {
            section(out, title)?;
        }
        // Claims that say the same stand together under one statement.
        let mut statements: BTreeMap<String, Vec<&Claim>> = BTreeMap::new();
        let mut order = Vec::new();
        for claim in claims {
            let statement = self.evidence.statement(claim);
            let same = statements.entry(statement.clone()).or_default();
            if same.is_empty() {
                order.push(statement);
            }
            same.push(claim);
        }
        for statement in order {
            writeln!(out, "  {STRONG}{}{STRONG:#}", one_line(&statement))?;
            for claim in &statements[&statement] {
                self.evidence.write_with_id(out, claim, 4)?;
            }
        }
        Ok(())
    }

    fn disputes(
        &self,
        out: &mut dyn Write,
        concerns: impl Fn(&crate::resolve::Dispute) -> bool,
    ) -> Result<()> {
        let mut disputes =
            self.evidence.corpus.disputes.iter().filter(|it| concerns(it)).peekable();
        if disputes.peek().is_some() {
            section(out, "disputed")?;
        }
        for dispute in disputes {
            self.evidence.write_dispute(out, dispute, 2)?;
        }
        Ok(())
    }

    fn corpus_actors(&self) -> impl Iterator<Item = &'a Actor> {
        self.evidence.corpus.actors.iter()
    }

    fn json(&self, out: &mut dyn Write, thing: Thing<'_>) -> Result<()> {
        let corpus = self.evidence.corpus;
        let claims: Vec<&Claim> =
            thing.claims(corpus).into_iter().map(|at| &corpus.claims[at]).collect();
        let page = json!({ "kind": thing.kind(), "thing": thing, "claims": claims });
        serde_json::to_writer_pretty(&mut *out, &page)?;
        Ok(writeln!(out)?)
    }
}

fn head(out: &mut dyn Write, label: &str, kind: &str, id: &str) -> Result<()> {
    Ok(writeln!(out, "{HEADING}{}{HEADING:#}  {DIM}{kind}/{id}{DIM:#}", one_line(label))?)
}

fn section(out: &mut dyn Write, title: &str) -> Result<()> {
    Ok(writeln!(out, "\n{HEADING}{title}{HEADING:#}")?)
}

fn field(out: &mut dyn Write, label: &str, value: Option<&str>) -> Result<()> {
    if let Some(value) = value {
        writeln!(out, "  {DIM}{label:<10}{DIM:#} {}", one_line(value))?;
    }
    Ok(())
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn counted(words: &[(String, usize)]) -> String {
    let words: Vec<_> =
        words.iter().map(|(words, count)| format!("{} {count}", one_line(words))).collect();
    words.join(", ")
}

fn some(words: String) -> Option<String> {
    (!words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn page(name: &str) -> String {
        let (corpus, ontology) = (fixture::corpus(), fixture::ontology());
        let thing = lookup::find(&corpus, name)[0];
        let page = Page { evidence: Evidence::new(&corpus, &ontology, None) };
        let mut out = Vec::new();
        page.write(&mut out, thing).unwrap();
        terminal::plain(&out)
    }

    #[test]
    fn an_actor() {
        insta::assert_snapshot!(page("Kremlin"), @r#"
        Kremlin  actor/kremlin
          kind       institution
          acts for   russia
          words      the Kremlin 5, The Kremlin 2
          Wikidata   Q133274

        demanded
          Kremlin demanded: halt to mobilisation → Ukraine
            “… on 11 March. He rejected any deal that ends military aid. The Kremlin demanded that Ukraine halt mobilisation. Zelenskyy accused Russia of breaking the energy truce …” — 003 in a text of 2025-03-19 (003-demand-129)

        according to Kremlin
          Vladimir Putin accepted: 30-day energy-infrastructure ceasefire
            “Vladimir Putin agreed on Tuesday to a 30-day halt to attacks on energy infrastructure, the Kremlin said after Putin spoke by phone with Donald …” — 001, according to Kremlin 2025-03-18 (001-accept-15)
            “… Donald Trump. According to the Kremlin, Trump proposed the energy truce and Putin responded positively. Putin demanded a complete end to foreign military aid to …” — 001, according to Kremlin 2025-03-18 (001-accept-218)
          Vladimir Putin talked with → Donald Trump
            “… attacks on energy infrastructure, the Kremlin said after Putin spoke by phone with Donald Trump. According to the Kremlin, Trump proposed the energy truce …” — 001, according to Kremlin 2025-03-18 (001-consult-116)
          Donald Trump proposed: 30-day energy-infrastructure ceasefire
            “… by phone with Donald Trump. According to the Kremlin, Trump proposed the energy truce and Putin responded positively. Putin demanded a complete …” — 001, according to Kremlin 2025-03-18 (001-propose-182)
          Vladimir Putin cooperated on: exchange of 175 prisoners → Ukraine
            “… did not accept an end to military aid. The Kremlin said Putin would exchange 175 prisoners with Ukraine. Russia and Ukraine exchanged 175 prisoners on 19 March.” — 004, according to Kremlin [unrealised] in a text of 2025-03-19 (004-cooperate-165)
          Russia rejected: deployment of European peacekeepers
            “… a full ceasefire. Reuters reported that the Kremlin said Russia rejected the deployment of European peacekeepers. Macron proposed the deployment of European peacekeepers. …” — 005, according to Kremlin, via Reuters in a text of 2025-03-20 (005-reject-169)

        disputed
          Who proposed the 30-day energy-infrastructure ceasefire?
            Donald Trump — says Kremlin
              “… by phone with Donald Trump. According to the Kremlin, Trump proposed the energy truce and Putin responded positively. Putin demanded a complete …” — 001, according to Kremlin 2025-03-18 (001-propose-182)
            Vladimir Putin — says the author of 002
              “The energy truce was never Washington's: Putin proposed the energy truce because his refineries were burning. He rejected the US …” — 002 in a text of 2025-03-19 (002-propose-47)
        "#);
    }

    #[test]
    fn a_matter() {
        insta::assert_snapshot!(page("energy-infrastructure ceasefire"), @r#"
        30-day energy-infrastructure ceasefire  matter/energy-truce
          issues     energy-ceasefire, ceasefire
          duration   P30D
          part of    full-ceasefire
          words      30-day energy-infrastructure ceasefire 1

        accepted
          Vladimir Putin accepted: 30-day energy-infrastructure ceasefire
            “Vladimir Putin agreed on Tuesday to a 30-day halt to attacks on energy infrastructure, the Kremlin said after Putin spoke by phone with Donald …” — 001, according to Kremlin 2025-03-18 (001-accept-15)
            “… Donald Trump. According to the Kremlin, Trump proposed the energy truce and Putin responded positively. Putin demanded a complete end to foreign military aid to …” — 001, according to Kremlin 2025-03-18 (001-accept-218)
          Ukraine accepted: 30-day energy-infrastructure ceasefire
            “… agreed to talks on a maritime ceasefire. Zelenskyy said Ukraine would support the energy truce if Russia respected it.” — 001, according to Volodymyr Zelenskyy [unrealised] in a text of 2025-03-18 (001-accept-409)

        proposed
          Donald Trump proposed: 30-day energy-infrastructure ceasefire
            “… by phone with Donald Trump. According to the Kremlin, Trump proposed the energy truce and Putin responded positively. Putin demanded a complete …” — 001, according to Kremlin 2025-03-18 (001-propose-182)
          Vladimir Putin proposed: 30-day energy-infrastructure ceasefire
            “The energy truce was never Washington's: Putin proposed the energy truce because his refineries were burning. He rejected the US …” — 002 in a text of 2025-03-19 (002-propose-47)

        accused
          Volodymyr Zelenskyy accused: 30-day energy-infrastructure ceasefire → Russia
            “… aid. The Kremlin demanded that Ukraine halt mobilisation. Zelenskyy accused Russia of breaking the energy truce within hours. European allies promised further military …” — 003 in a text of 2025-03-19 (003-accuse-180)

        talked with
          Donald Trump and Vladimir Putin talked with: 30-day energy-infrastructure ceasefire
            “Trump and Putin discussed the energy truce for two hours on 18 March. The White House said Trump did not accept an end to …” — 004 2025-03-18 (004-consult-16)

        disputed
          Who proposed the 30-day energy-infrastructure ceasefire?
            Donald Trump — says Kremlin
              “… by phone with Donald Trump. According to the Kremlin, Trump proposed the energy truce and Putin responded positively. Putin demanded a complete …” — 001, according to Kremlin 2025-03-18 (001-propose-182)
            Vladimir Putin — says the author of 002
              “The energy truce was never Washington's: Putin proposed the energy truce because his refineries were burning. He rejected the US …” — 002 in a text of 2025-03-19 (002-propose-47)
        "#);
    }
}
