use std::collections::{BTreeMap, BTreeSet};

use super::calibration::{TENTHS, buckets};
use super::gold::GoldClaim;
use super::names::{Known, Names};
use super::report::{Context, Extra, Miss, Report, Shortfall, Step, Tally, Yield, share};
use crate::corpus::{Span, Text};
use crate::extract::Claim;
use crate::ontology::{KeyAct, Ontology};

/// Acts that the gold does not list exhaustively, so that a claim of them that it
/// lacks is no error.
const OPEN_ACTS: [KeyAct; 2] = [KeyAct::State, KeyAct::Intend];

/// Scores the claims of those documents that have gold.
///
/// `texts` are the documents' texts by id, in which the gold's quotes are looked up.
/// A claim's document is that of the gold with the same id, else with the part of
/// its id before the first `_` or `.` (`002_daily.txt` is scored as `002`). Names of
/// actors are compared through the ontology.
pub fn score(
    claims: &[Claim],
    gold: &[GoldClaim],
    texts: &BTreeMap<String, Text>,
    ontology: &Ontology,
) -> Report {
    let names = Names::of(ontology);
    let mut report = Report::default();
    let mut placed: BTreeMap<&str, Vec<Placed<'_>>> = BTreeMap::new();
    for claim in gold {
        // A document counts even when none of its gold can be placed.
        let of_document = placed.entry(&claim.doc).or_default();
        match texts.get(&claim.doc).and_then(|text| place(claim, text)) {
            Some(trigger) => of_document.push(Placed { claim, trigger }),
            None => report.lost.push((claim.doc.clone(), claim.quote.clone())),
        }
    }
    placed.retain(|document, _| texts.contains_key(*document));
    let mut candidates: BTreeMap<&str, Vec<Candidate<'_>>> = BTreeMap::new();
    for claim in claims {
        if let Some(document) = gold_document(&claim.document, &placed) {
            candidates.entry(document).or_default().push(Candidate::new(claim, &names));
        }
    }

    let mut confidences = Vec::new();
    let mut curve: Vec<(Tally, Yield)> = vec![Default::default(); TENTHS.len() - 1];
    for (&document, gold) in &placed {
        let text = &texts[document];
        let candidates = candidates.remove(document).unwrap_or_default();
        report.bad_quotes += candidates.iter().filter(|c| !is_verbatim(c.claim, text)).count();
        let matching = Matching::of(gold, &candidates, &names);
        matching.tally_into(document, text, gold, &candidates, &mut report);
        confidences.extend(
            candidates
                .iter()
                .enumerate()
                .filter(|(_, c)| c.is_core())
                .map(|(i, c)| (c.claim.confidence, matching.matched.contains(&i))),
        );
        for (least, (sum, core)) in TENTHS.iter().zip(&mut curve) {
            let kept: Vec<_> =
                candidates.iter().filter(|c| c.claim.confidence >= *least).cloned().collect();
            let matching = Matching::of(gold, &kept, &names);
            *sum = matching.parts().fold(*sum, |sum, parts| sum.plus(tally(parts)));
            core.claims += kept.iter().filter(|c| c.is_core()).count();
            core.matched += matching.matched.iter().filter(|&&i| kept[i].is_core()).count();
        }
    }
    report.calibration = buckets(&confidences);
    report.curve = TENTHS
        .iter()
        .zip(curve)
        .map(|(&least, (tally, claims))| Step { least, claims, recall: share(tally.who, tally.n) })
        .collect();
    report
}

/// A gold claim, and where its trigger stands.
struct Placed<'g> {
    claim: &'g GoldClaim,
    trigger: Span,
}

/// A claim, and whom its participants can be.
#[derive(Clone)]
struct Candidate<'c> {
    claim: &'c Claim,
    agent: Vec<Known>,
    source: Vec<Known>,
}

impl<'c> Candidate<'c> {
    fn new(claim: &'c Claim, names: &Names) -> Self {
        Self { claim, agent: names.known(&claim.agent), source: names.known(&claim.source) }
    }

    fn is_core(&self) -> bool {
        OPEN_ACTS.iter().all(|open| self.claim.act != *open)
    }

    fn covers(&self, trigger: Span) -> bool {
        self.claim.trigger_start < trigger.end && trigger.start < self.claim.trigger_end
    }
}

/// What is right of a claim that covers a gold claim's trigger with an act that it allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Parts {
    agent: bool,
    status: bool,
    source: bool,
}

impl Parts {
    /// How well it meets the gold claim: without the agent as well as not; one of status and
    /// source counts as no more than the agent alone but makes the better match.
    fn rank(self) -> usize {
        if self.agent { 1 + usize::from(self.status) + usize::from(self.source) } else { 0 }
    }

    fn is_full(self) -> bool {
        self.agent && self.status && self.source
    }
}

/// A gold claim, with what the best claim for it has right, if there is one.
fn tally(best: Option<Parts>) -> Tally {
    let count = |has: &dyn Fn(Parts) -> bool| usize::from(best.is_some_and(has));
    Tally {
        n: 1,
        found: count(&|_| true),
        who: count(&|parts| parts.agent),
        status: count(&|parts| parts.status),
        source: count(&|parts| parts.source),
        full: count(&Parts::is_full),
    }
}

/// How far the best claim falls short.
fn shortfall(best: Option<Parts>) -> Option<Shortfall> {
    match best {
        None => Some(Shortfall::Missed),
        Some(parts) if !parts.agent => Some(Shortfall::Agent),
        Some(parts) => (!parts.is_full()).then_some(Shortfall::StatusOrSource),
    }
}

/// The best claim for each gold claim of a document.
struct Matching {
    /// The claim's index and what it has right, in the gold's order.
    best: Vec<Option<(usize, Parts)>>,
    /// Claims that are the best for a gold claim, agent included.
    matched: BTreeSet<usize>,
}

impl Matching {
    fn of(gold: &[Placed<'_>], candidates: &[Candidate<'_>], names: &Names) -> Self {
        let best_for = |placed: &Placed<'_>| {
            let mut best: Option<(usize, Parts)> = None;
            for (i, candidate) in candidates.iter().enumerate() {
                let Some(parts) = compare(placed, candidate, names) else { continue };
                // Of equals the first stays.
                if best.is_none_or(|(_, other)| parts.rank() > other.rank()) {
                    best = Some((i, parts));
                }
            }
            best
        };
        let best: Vec<_> = gold.iter().map(best_for).collect();
        let matched = best.iter().flatten().filter(|(_, it)| it.agent).map(|(i, _)| *i).collect();
        Self { best, matched }
    }

    /// What the best claims have right, in the gold's order.
    fn parts(&self) -> impl Iterator<Item = Option<Parts>> {
        self.best.iter().map(|best| best.map(|(_, parts)| parts))
    }

    fn tally_into(
        &self,
        document: &str,
        text: &Text,
        gold: &[Placed<'_>],
        candidates: &[Candidate<'_>],
        report: &mut Report,
    ) {
        report.documents.entry(document.to_owned()).or_default();
        for (placed, best) in gold.iter().zip(&self.best) {
            let parts = best.map(|(_, parts)| parts);
            let tally = tally(parts);
            let add = |sum: &mut Tally| *sum = sum.plus(tally);
            add(report.weights.entry(placed.claim.weight).or_default());
            add(&mut report.documents.entry(document.to_owned()).or_default().gold);
            let act = placed.claim.act.first().cloned().unwrap_or_default();
            add(&mut report.acts.entry(act).or_default().gold);
            if let Some(shortfall) = shortfall(parts) {
                let nearest = best.map(|(i, _)| &candidates[i]);
                report.misses.push(Miss {
                    document: document.to_owned(),
                    shortfall,
                    weight: placed.claim.weight,
                    act: placed.claim.act.clone(),
                    agent: placed.claim.agent.clone(),
                    status: placed.claim.status,
                    nearest: nearest.map(|c| c.claim.id.clone()),
                    instead: match nearest {
                        Some(candidate) => described(candidate, shortfall),
                        None => candidates
                            .iter()
                            .filter(|c| c.covers(placed.trigger))
                            .map(|c| format!("{} by {}", c.claim.act, agents(c.claim).join(" + ")))
                            .collect(),
                    },
                    context: context(text, placed.trigger),
                });
            }
        }
        for (i, candidate) in candidates.iter().enumerate() {
            let claim = candidate.claim;
            let matched = self.matched.contains(&i);
            report.right.insert(claim.id.clone(), matched);
            let add = |sum: &mut Yield| {
                sum.claims += 1;
                sum.matched += usize::from(matched);
            };
            add(&mut report.acts.entry(claim.act.clone()).or_default().claims);
            if !candidate.is_core() {
                continue;
            }
            add(&mut report.core);
            add(report.constructions.entry(claim.extractor.clone()).or_default());
            add(&mut report.documents.entry(document.to_owned()).or_default().claims);
            if !matched {
                report.extras.push(Extra {
                    document: document.to_owned(),
                    claim: claim.id.clone(),
                    act: claim.act.clone(),
                    agent: agents(claim),
                    status: claim.status,
                    extractor: claim.extractor.clone(),
                    context: clamped(text, claim.trigger_start, claim.trigger_end),
                });
            }
        }
    }
}

/// What is right of a claim that may be for a gold claim: of one for another act or elsewhere
/// nothing is compared.
fn compare(gold: &Placed<'_>, candidate: &Candidate<'_>, names: &Names) -> Option<Parts> {
    let Placed { claim: gold, trigger } = gold;
    if !gold.act.contains(&candidate.claim.act) || !candidate.covers(*trigger) {
        return None;
    }
    let any = |gold: &String, known: &[Known]| known.iter().any(|k| names.same(gold, k));
    // All agents, and at most one more; or one that is right alone; or none stated.
    let agent = &candidate.agent;
    let all = agent.len() <= gold.agent.len() + 1 && gold.agent.iter().all(|g| any(g, agent));
    let alone = agent.len() == 1 && gold.agent_alt.iter().any(|g| any(g, agent));
    let source = match gold.source.last() {
        Some(innermost) => any(innermost, &candidate.source),
        None => candidate.source.is_empty(),
    };
    Some(Parts {
        agent: gold.agent.is_empty() || all || alone,
        status: candidate.claim.status == gold.status,
        source,
    })
}

/// Where the gold's trigger stands in its text.
fn place(gold: &GoldClaim, text: &Text) -> Option<Span> {
    let quote = text.as_str().find(&gold.quote)?;
    let in_quote = gold.quote.match_indices(&gold.trigger).nth(gold.trigger_nth);
    let start = text.char_at_byte(quote + in_quote.map_or(0, |(at, _)| at));
    Some(Span::new(start, start + gold.trigger.chars().count()))
}

/// The gold's document that a claim's document is.
fn gold_document<'g, T>(document: &str, placed: &BTreeMap<&'g str, T>) -> Option<&'g str> {
    let name = document.rsplit('/').next().unwrap_or(document);
    let stem = name.split(['_', '.']).next().unwrap_or(name);
    [document, stem].iter().find_map(|id| placed.get_key_value::<str>(id)).map(|(id, _)| *id)
}

fn is_verbatim(claim: &Claim, text: &Text) -> bool {
    claim.start <= claim.end && claim.end <= text.len() && text.slice(claim.span()) == claim.quote
}

/// What stands in the claim in place of what the gold has.
fn described(candidate: &Candidate<'_>, shortfall: Shortfall) -> Vec<String> {
    let claim = candidate.claim;
    match shortfall {
        Shortfall::Missed | Shortfall::Agent => agents(claim),
        Shortfall::StatusOrSource => {
            let mut words = vec![claim.status.as_str().to_owned()];
            words.extend(claim.source.iter().map(|p| format!("according to {}", p.text)));
            words
        }
    }
}

fn agents(claim: &Claim) -> Vec<String> {
    claim.agent.iter().map(|p| p.id.clone().unwrap_or_else(|| p.text.clone())).collect()
}

fn clamped(text: &Text, start: usize, end: usize) -> Context {
    let end = end.min(text.len());
    context(text, Span::new(start.min(end), end))
}

fn context(text: &Text, words: Span) -> Context {
    let end = words.end.min(text.len());
    let from = words.start.saturating_sub(Context::REACH);
    let to = (end + Context::REACH).min(text.len());
    Context {
        before: text.slice(Span::new(from, words.start)).to_owned(),
        words: text.slice(Span::new(words.start, end)).to_owned(),
        after: text.slice(Span::new(end, to)).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Participant, Status};

    const TEXT: &str = "Ann Reed – the mayor – rejected the ferry plan. According to the union, \
                        Tom Hale may propose another. Reed denied it.";

    fn gold(trigger: &str, act: &[&str], agent: &[&str]) -> GoldClaim {
        let strings = |list: &[&str]| list.iter().map(|&s| s.to_owned()).collect();
        GoldClaim {
            doc: "d".into(),
            quote: trigger.into(),
            trigger: trigger.into(),
            act: strings(act),
            act_alt: None,
            trigger_nth: 0,
            agent: strings(agent),
            agent_alt: Vec::new(),
            addressee: Vec::new(),
            matter: None,
            keywords: Vec::new(),
            source: Vec::new(),
            status: Status::Actual,
            weight: 2,
            note: None,
        }
    }

    fn claim(trigger: &str, act: &str, agents: &[&str]) -> Claim {
        let text = Text::new(TEXT);
        let start = text.char_at_byte(TEXT.find(trigger).unwrap());
        let end = start + trigger.chars().count();
        Claim {
            id: format!("{act}-{start}"),
            document: "d".into(),
            start,
            end,
            quote: trigger.into(),
            trigger: trigger.into(),
            trigger_start: start,
            trigger_end: end,
            act: act.into(),
            status: Status::Actual,
            agent: agents.iter().map(|a| participant(a)).collect(),
            addressee: Vec::new(),
            source: Vec::new(),
            via: Vec::new(),
            matter: None,
            condition: None,
            time: None,
            confidence: 0.8,
            extractor: "rules:test".into(),
            evidence: Default::default(),
        }
    }

    fn participant(text: &str) -> Participant {
        Participant { id: None, label: None, text: text.into() }
    }

    fn scored(claims: &[Claim], gold: &[GoldClaim]) -> Report {
        let texts = BTreeMap::from([("d".to_owned(), Text::new(TEXT))]);
        score(claims, gold, &texts, &Ontology::default())
    }

    fn parts(report: &Report) -> [usize; 4] {
        let Tally { n, found, who, full, .. } = report.all();
        [n, found, who, full]
    }

    #[test]
    fn a_claim_can_be_found_without_who_and_with_who_without_all() {
        let gold = [gold("rejected", &["reject"], &["ann-reed"])];
        assert_eq!(parts(&scored(&[], &gold)), [1, 0, 0, 0]);
        assert_eq!(
            parts(&scored(&[claim("rejected", "accept", &["Ann Reed"])], &gold)),
            [1, 0, 0, 0]
        );
        assert_eq!(parts(&scored(&[claim("plan", "reject", &["Ann Reed"])], &gold)), [1, 0, 0, 0]);
        assert_eq!(parts(&scored(&[claim("rejected", "reject", &["Tom"])], &gold)), [1, 1, 0, 0]);
        let mut negated = claim("rejected", "reject", &["Reed"]);
        negated.status = Status::Negated;
        assert_eq!(parts(&scored(&[negated], &gold)), [1, 1, 1, 0]);
        assert_eq!(parts(&scored(&[claim("rejected", "reject", &["Reed"])], &gold)), [1, 1, 1, 1]);
    }

    #[test]
    fn what_is_right_of_a_claim_counts_without_its_agent() {
        let mut wanted = gold("rejected", &["reject"], &["ann-reed"]);
        wanted.source = vec!["union".into()];
        let mut found = claim("rejected", "reject", &["Tom"]);
        let mut parts = |status: Status, source: &str| {
            found.status = status;
            found.source = vec![participant(source)];
            let all = scored(std::slice::from_ref(&found), std::slice::from_ref(&wanted)).all();
            [all.found, all.who, all.status, all.source, all.full]
        };
        assert_eq!(parts(Status::Actual, "the union"), [1, 0, 1, 1, 0]);
        assert_eq!(parts(Status::Actual, "the paper"), [1, 0, 1, 0, 0]);
        assert_eq!(parts(Status::Negated, "the union"), [1, 0, 0, 1, 0]);
        let missed = scored(&[], std::slice::from_ref(&wanted));
        assert_eq!((missed.all().status, missed.all().source), (0, 0));
    }

    #[test]
    fn the_innermost_source_counts() {
        let mut gold = gold("propose", &["propose"], &["tom-hale"]);
        gold.source = vec!["paper".into(), "union".into()];
        gold.status = Status::Unrealised;
        let mut found = claim("propose", "propose", &["Tom Hale"]);
        found.status = Status::Unrealised;
        assert_eq!(parts(&scored(&[found.clone()], &[gold.clone()])), [1, 1, 1, 0]);
        found.source = vec![participant("the union")];
        assert_eq!(parts(&scored(&[found.clone()], &[gold.clone()])), [1, 1, 1, 1]);
        found.source = vec![participant("the paper")];
        assert_eq!(parts(&scored(&[found], &[gold])), [1, 1, 1, 0]);
    }

    #[test]
    fn all_agents_and_one_more_will_do_but_not_two() {
        let mut gold = gold("rejected", &["reject"], &["ann-reed"]);
        let who = |agents: &[&str], gold: &GoldClaim| {
            scored(&[claim("rejected", "reject", agents)], std::slice::from_ref(gold)).all().who
        };
        assert_eq!(who(&["Ann Reed", "Tom"], &gold), 1);
        assert_eq!(who(&["Ann Reed", "Tom", "Jim"], &gold), 0);
        gold.agent_alt = vec!["mayor".into()];
        assert_eq!(who(&["the mayor"], &gold), 1);
        assert_eq!(who(&["the mayor", "Tom"], &gold), 0);
        gold.agent.clear();
        assert_eq!(who(&["Tom", "Jim", "Kim"], &gold), 1);
    }

    #[test]
    fn statements_are_no_extras() {
        let claims = [
            claim("denied", "state", &["Reed"]),
            claim("plan", "propose", &["Tom Hale"]),
            claim("rejected", "reject", &["Ann Reed"]),
        ];
        let report = scored(&claims, &[gold("rejected", &["reject"], &["ann-reed"])]);
        assert_eq!(report.core, Yield { claims: 2, matched: 1 });
        assert_eq!(report.extras.len(), 1);
        assert_eq!(
            report.extras[0].to_string(),
            "EXTRA d propose by Tom Hale (actual, rules:test) | Ann Reed – the mayor – rejected \
             the ferry ⟦plan⟧. According to the union, Tom Hale may propose another. Reed"
        );
        assert_eq!(report.curve[0].claims, report.core);
        assert_eq!(report.curve[9].claims, Yield::default());
        assert_eq!(report.calibration.len(), 1);
    }

    #[test]
    fn a_miss_shows_what_stood_there_instead() {
        let report = scored(
            &[claim("denied", "reject", &["Reed"]), claim("rejected", "reject", &["the mayor"])],
            &[
                gold("denied", &["state"], &["ann-reed"]),
                gold("rejected", &["reject"], &["ann-reed"]),
            ],
        );
        let lines: Vec<String> = report.misses.iter().map(ToString::to_string).collect();
        assert!(lines[0].starts_with("MISS d w2 state by ann-reed (actual) not reject by Reed | "));
        assert!(lines[1].starts_with("WHO? d w2 reject by ann-reed (actual) not the mayor | "));
    }

    #[test]
    fn broken_gold_and_broken_quotes_are_told() {
        let mut wrong = claim("rejected", "reject", &["Ann Reed"]);
        wrong.end = 10_000;
        let mut elsewhere = claim("rejected", "reject", &["Ann Reed"]);
        elsewhere.document = "e".into();
        let report = scored(&[wrong, elsewhere], &[gold("sailed", &["state"], &[])]);
        assert_eq!((report.bad_quotes, report.core.claims), (1, 1));
        assert_eq!(report.lost, [("d".to_owned(), "sailed".to_owned())]);
        assert_eq!(parts(&report), [0, 0, 0, 0]);
        assert!(report.to_string().contains("gold quotes not in their texts: 1"));
    }

    #[test]
    fn a_file_name_is_scored_as_its_stem() {
        let mut found = claim("rejected", "reject", &["Ann Reed"]);
        found.document = "seeds/d_daily.txt".into();
        assert_eq!(scored(&[found], &[gold("rejected", &["reject"], &["ann-reed"])]).all().full, 1);
    }

    #[test]
    fn the_report_is_a_page_of_tables() {
        let gold = [
            gold("rejected", &["reject"], &["ann-reed"]),
            gold("denied", &["state"], &["ann-reed"]),
        ];
        let report = scored(&[claim("rejected", "reject", &["Ann Reed"])], &gold);
        let page = report.to_string();
        let (tables, curve) = page.split_once("\nleast confidence").unwrap();
        insta::assert_snapshot!(tables, @r"
        weights 2+3: n=2 found=0.500 who=0.500 full=0.500
        all: n=2 found=0.500 who=0.500 full=0.500
        w2: n=2 found=0.500 who=0.500 full=0.500
        of weights 2+3 found: agent=1.000 source=1.000 status=1.000
        claims(core)=1 bad_quotes=0 precision>=1.000 recall(who)=0.500 f1=0.667

        document         gold  found    who   full  claims   prec
        d                   2  0.500  0.500  0.500       1  1.000

        act              gold  found    who   full  claims   prec
        reject              1  1.000  1.000  1.000       1  1.000
        state               1  0.000  0.000  0.000       0      –

        construction     claims   prec
        rules:test            1  1.000

        confidence       claims   said   true
        0.8 to 0.9            1  0.800  1.000
        ");
        assert!(curve.contains("0.8                   1  1.000  0.500  0.667\n"));
    }
}
