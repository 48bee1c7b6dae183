//! The rules of resolving, each with its smallest example, and what holds for any
//! input.

mod told;

use std::time::{Duration, Instant};

use demarche::extract::{Claim, Status};
use demarche::resolve::{Corpus, resolve, stances};
use proptest::prelude::*;
use told::{documents, resolved, shipped, told};

/// Do the two phrases, proposed by different sides in different texts, become one
/// matter?
fn one_matter(a: &str, b: &str) -> bool {
    let corpus = resolved([
        told("1", 1, "Russia", "propose", a),
        told("2", 1, "Ukraine", "propose", b),
        // the same war
        told("1", 2, "Russia", "attack", "a hospital").to("Ukraine"),
        told("2", 2, "Russia", "attack", "a school").to("Ukraine"),
    ]);
    let id = |c: &Claim| c.matter.as_ref().unwrap().id.clone();
    let of = |document: &str| {
        let mut proposals = corpus.claims.iter().filter(|c| c.act == "propose");
        id(proposals.find(|c| c.document == document).unwrap())
    };
    of("1").is_some() && of("1") == of("2")
}

fn matter_of(corpus: &Corpus, claim: &str) -> Option<String> {
    let found = corpus.claims.iter().find(|c| c.id == claim).unwrap();
    found.matter.as_ref().and_then(|m| m.label.clone())
}

#[test]
fn one_proposal_in_two_wordings() {
    for (a, b) in [
        ("a 30-day ceasefire", "a month-long truce"),
        ("a 30-day ceasefire in Ukraine", "an immediate, unconditional 30-day ceasefire"),
        ("a halt to attacks on energy infrastructure", "an energy truce"),
        ("a pause in strikes on the power grid", "a ceasefire restricted to energy infrastructure"),
        ("an exchange of 175 prisoners of war", "a swap of 175 prisoners"),
        (
            "an end to foreign military aid and intelligence sharing",
            "the cessation of military aid and intelligence",
        ),
        ("ice hockey games", "ice hockey matches between professional teams"),
    ] {
        assert!(one_matter(a, b), "{a} / {b}");
    }
}

#[test]
fn what_differs_in_scope_duration_or_conditions_is_two() {
    for (a, b) in [
        ("a 30-day ceasefire", "a 60-day ceasefire"),
        ("a 30-day ceasefire", "a 30-day halt to attacks on energy infrastructure"),
        ("a full ceasefire", "a partial ceasefire"),
        ("a maritime ceasefire in the Black Sea", "an energy ceasefire"),
        ("a 30-day ceasefire", "a permanent ceasefire"),
        ("an unconditional 30-day ceasefire", "a conditional 30-day ceasefire"),
        ("a ceasefire in Ukraine", "a ceasefire in Lebanon"),
        ("an exchange of 175 prisoners", "an exchange of 200 prisoners"),
        (
            "military aid and intelligence sharing",
            "an end to military aid and intelligence sharing",
        ),
        ("a 30-day ceasefire", "ceasefire talks"),
        ("Russia's demands", "Ukraine's demands"),
        // compatible, but nothing says that they are one
        ("a ceasefire for the holidays of the orthodox church", "a 30-day ceasefire"),
    ] {
        assert!(!one_matter(a, b), "{a} / {b}");
    }
}

#[test]
fn what_conflicts_is_not_chained() {
    // the energy truce fits both, and they exclude each other
    let corpus = resolved([
        told("1", 1, "Russia", "propose", "a 30-day energy truce"),
        told("2", 1, "Russia", "propose", "an energy truce"),
        told("3", 1, "Russia", "propose", "a 60-day energy truce"),
    ]);
    let of = |claim| matter_of(&corpus, claim);
    assert_ne!(of("1-1-propose"), of("3-1-propose"));
}

#[test]
fn who_put_it_forward_or_accepted_it_is_evidence() {
    let corpus = resolved([
        told("1", 1, "Donald Trump", "propose", "a 30-day ceasefire"),
        told("1", 2, "Ukraine", "accept", "a 30-day ceasefire"),
        told("2", 1, "Donald Trump", "propose", "a complete ceasefire"),
        told("3", 1, "Ukraine", "accept", "a full ceasefire"),
    ]);
    assert_eq!(corpus.matters.len(), 1, "{:#?}", corpus.matters);
    assert_eq!(corpus.matters[0].label, "30-day ceasefire");
    let reasons = &corpus.matters[0].reasons;
    assert_eq!(reasons.len(), 4);
    assert!(
        reasons.iter().any(|(_, why)| why.contains("put forward by united-states")),
        "{reasons:?}"
    );
}

#[test]
fn bare_words_point_back_in_their_text_only() {
    let corpus = resolved([
        told("1", 1, "Donald Trump", "propose", "a 30-day ceasefire"),
        told("1", 2, "Ukraine", "accept", "it"),
        told("1", 3, "Russia", "reject", "Trump's plan"),
        told("1", 4, "Russia", "propose", "an energy truce"),
        told("1", 5, "Russia", "breach", "the nascent ceasefire"),
        told("2", 1, "Russia", "reject", "it"),
    ]);
    let of = |claim| matter_of(&corpus, claim);
    assert_eq!(of("1-2-accept").as_deref(), Some("30-day ceasefire"));
    assert_eq!(of("1-3-reject").as_deref(), Some("30-day ceasefire"));
    assert_eq!(of("1-5-breach").as_deref(), Some("energy ceasefire"));
    assert_eq!(of("2-1-reject"), None);
}

#[test]
fn a_broader_matter_is_linked_and_not_merged() {
    let corpus = resolved([
        told("1", 1, "Russia", "propose", "a ceasefire"),
        told("2", 1, "Ukraine", "propose", "a 60-day energy truce"),
        told("1", 2, "Russia", "attack", "a hospital").to("Ukraine"),
        told("2", 2, "Russia", "attack", "a school").to("Ukraine"),
    ]);
    let narrow = corpus.matters.iter().find(|m| m.label.contains("60-day")).unwrap();
    assert_eq!(narrow.broader, ["ceasefire"], "{:#?}", corpus.matters);
}

#[test]
fn two_wars_have_two_ceasefires() {
    let war = |document: &str, a: &str, b: &str| {
        [
            told(document, 1, a, "attack", "a city").to(b),
            told(document, 2, b, "attack", "a town").to(a),
            told(document, 3, a, "propose", "a 60-day ceasefire"),
        ]
    };
    let corpus =
        resolved(war("1", "Russia", "Ukraine").into_iter().chain(war("2", "Israel", "Hamas")));
    let proposals: Vec<_> =
        corpus.matters.iter().filter(|m| m.label.contains("ceasefire")).collect();
    assert_eq!(proposals.len(), 2, "{proposals:#?}");
}

#[test]
fn labels_are_what_a_person_would_say() {
    for (matter, label) in [
        ("an immediate, unconditional 30-day ceasefire", "30-day ceasefire"),
        (
            "a month-long halt to attacks on energy infrastructure",
            "30-day energy-infrastructure ceasefire",
        ),
        ("a “maritime ceasefire in the Black Sea”", "maritime ceasefire in the Black Sea"),
        ("the “enormous economic deals”", "enormous economic deals"),
        (
            "an end to foreign military aid and intelligence sharing with Ukraine",
            "end to foreign military aid and intelligence sharing",
        ),
    ] {
        let corpus = resolved([told("1", 1, "Russia", "propose", matter)]);
        assert_eq!(corpus.matters[0].label, label);
    }
}

#[test]
fn spellings_are_one_person_and_namesakes_two() {
    let corpus = resolved([
        told("1", 1, "Volodymyr Zelenskiy", "accept", "a truce"),
        told("2", 1, "Abdul Karimzadeh", "accept", "a truce"),
        told("3", 1, "Abdul Qarimzadeh", "accept", "a truce"),
        told("3", 2, "Karimzadeh", "reject", "a deal"),
        told("4", 1, "Anna Lindqvist", "accept", "a truce"),
        told("4", 2, "Berit Lindqvist", "reject", "a truce"),
        told("4", 3, "Lindqvist", "reject", "a deal"),
    ]);
    let ids: Vec<&str> = corpus.actors.iter().map(|a| a.id.as_str()).collect();
    assert!(ids.contains(&"volodymyr-zelensky") && !ids.contains(&"volodymyr-zelenskiy"));
    assert!(ids.contains(&"anna-lindqvist") && ids.contains(&"berit-lindqvist"));
    // which of the two is open
    assert!(ids.contains(&"lindqvist"), "{ids:?}");
    let person = corpus.actors.iter().find(|a| a.id == "abdul-karimzadeh").unwrap();
    assert_eq!(person.names.len(), 3);
    assert_eq!(person.reasons.len(), 2);
}

#[test]
fn groups_act_for_whom_their_name_says() {
    let corpus = resolved([
        told("1", 1, "Russian forces", "attack", "a hospital"),
        told("1", 2, "Kremlin", "reject", "a truce"),
        told("1", 3, "Russian opposition", "accept", "a truce"),
    ]);
    let of = |id: &str| {
        let actor = corpus.actors.iter().find(|a| a.id == id);
        actor.unwrap_or_else(|| panic!("{id}")).acts_for.clone()
    };
    assert_eq!(of("russian-forces").as_deref(), Some("russia"));
    assert_eq!(of("kremlin").as_deref(), Some("russia"));
    assert_eq!(of("russian-opposition"), None);
    assert_eq!(of("russia"), None);
}

#[test]
fn one_call_with_all_its_reports() {
    let corpus = resolved([
        told("1", 1, "Donald Trump", "consult", "")
            .to("Vladimir Putin")
            .trigger("phone call")
            .on("2025-03-18"),
        told("1", 2, "Donald Trump;Vladimir Putin", "consult", "").trigger("their conversation"),
        told("1", 3, "Donald Trump;Vladimir Putin", "accept", "an energy truce"),
        told("2", 1, "Donald Trump;Vladimir Putin", "consult", "").trigger("call"),
        told("2", 2, "Donald Trump;Volodymyr Zelensky", "consult", "").trigger("meeting"),
        told("2", 3, "Donald Trump;Vladimir Putin", "consult", "")
            .trigger("meeting")
            .on("2018-07-16"),
    ]);
    let call = corpus.events.iter().find(|e| e.label.starts_with("call")).unwrap();
    assert_eq!(call.label, "call of Donald Trump and Vladimir Putin, 18 March 2025");
    assert_eq!(call.claims.len(), 3);
    let agreed = corpus.events.iter().find(|e| e.act == "accept").unwrap();
    assert_eq!(agreed.part_of.as_ref(), Some(&call.id));
    assert_eq!(corpus.events.iter().filter(|e| e.act == "consult").count(), 3);
}

/// Ids of the actors who propose something in texts of these words, in the order of the texts.
fn proposers<const N: usize>(told: [(&str, &str); N]) -> Vec<String> {
    let claims: Vec<Claim> = told
        .iter()
        .enumerate()
        .map(|(at, (name, _))| told::told(&at.to_string(), 1, name, "propose", "a truce").0)
        .collect();
    let mut records = documents(&claims);
    for (record, (_, text)) in records.iter_mut().zip(told) {
        record.text = text.to_owned();
    }
    let corpus = resolve(records, claims, shipped());
    corpus.claims.iter().map(|it| it.agent[0].id.clone().unwrap()).collect()
}

#[test]
fn names_of_one_body_that_differ_in_form_are_one() {
    for told in [
        [("US Peace Commission", ""), ("United States Peace Commission", "")],
        [("UN envoy", ""), ("U.N. envoy", "")],
        [("NHX", ""), ("National Hockey Xchange", "The National Hockey Xchange (NHX) spoke.")],
    ] {
        let found = proposers(told);
        assert_eq!(found[0], found[1], "{told:?}");
    }
}

#[test]
fn two_bodies_are_two() {
    for told in [
        // no text ties them
        [("NHX", ""), ("National Hockey Xchange", "")],
        // an American commission need not be the one of the state
        [("American Peace Commission", ""), ("United States Peace Commission", "")],
        [("US Peace Commission", ""), ("US War Commission", "")],
        [("US Peace Commission", ""), ("UN Peace Commission", "")],
        // the adjective of a state of another text
        [("Tolmerian", ""), ("Tolmeria", "")],
    ] {
        let found = proposers(told);
        assert_ne!(found[0], found[1], "{told:?}");
    }
}

#[test]
fn the_adjective_of_a_state_of_the_text_is_the_state() {
    let corpus = resolved([
        told("1", 1, "Tolmeria", "propose", "a truce"),
        told("1", 2, "Tolmerian", "propose", "a truce"),
    ]);
    assert!(corpus.claims.iter().all(|it| it.agent[0].id.as_deref() == Some("tolmeria")));
}

#[test]
fn an_officer_of_the_texts_acts_for_the_body() {
    let claims = [
        told("1", 1, "Tarn Voshek", "propose", "a truce").0,
        told("1", 2, "Kessavi", "reject", "a truce").0,
    ];
    let mut records = documents(&claims);
    records[0].text = "Kessavi's interior minister, Tarn Voshek, spoke.".to_owned();
    let corpus = resolve(records, claims.into(), shipped());
    let voshek = corpus.actors.iter().find(|it| it.id == "tarn-voshek").unwrap();
    assert_eq!(voshek.acts_for.as_deref(), Some("kessavi"));
}

#[test]
fn an_officer_with_a_family_name_alone_acts_for_the_body() {
    let body = |text: &str| {
        let claims = [
            told("1", 1, "Olenius", "propose", "a truce").0,
            told("2", 1, "Sundmark", "reject", "a truce").0,
        ];
        let mut records = documents(&claims);
        records[1].text = text.to_owned();
        let corpus = resolve(records, claims.into(), shipped());
        corpus.actors.iter().find(|it| it.id == "olenius").unwrap().acts_for.clone()
    };
    let told = "So said his Sundmark colleague, Britta Olenius.";
    assert_eq!(body(told).as_deref(), Some("sundmark"));
    assert_eq!(body(&format!("{told} Arno Olenius did not.")), None);
}

#[test]
fn an_offer_is_known_by_whose_it_is() {
    let offer = "a rise of 4.5 per cent";
    let corpus = resolved([
        told("1", 1, "Piet Landsman", "propose", offer),
        told("1", 2, "Guild", "accept", "the Piet Landsman offer"),
        told("2", 1, "Federation", "reject", "the Piet Landsman offer"),
        told("2", 2, "Federation", "reject", "the Ada Quill offer"),
        told("3", 1, "Ada Quill", "state", "that it rains"),
    ]);
    let offered = matter_of(&corpus, "1-1-propose");
    assert_eq!(matter_of(&corpus, "1-2-accept"), offered);
    assert_eq!(matter_of(&corpus, "2-1-reject"), offered);
    assert_ne!(matter_of(&corpus, "2-2-reject"), offered);
}

#[test]
fn who_is_described_by_a_name_does_not_bear_it() {
    let corpus = resolved([
        told("1", 1, "allies of Vladimir Putin", "reject", "a truce"),
        told("1", 2, "spokesman of David Cameron", "reject", "a truce"),
        told("1", 3, "Ann Reed", "reject", "a truce"),
    ]);
    let kind = |id: &str| corpus.actors.iter().find(|a| a.id == id).unwrap().kind.clone();
    assert_eq!(kind("allies-of-vladimir-putin"), "Group");
    assert_eq!(kind("spokesman-of-david-cameron"), "Person");
    assert_eq!(kind("ann-reed"), "Person");
}

#[test]
fn stances_of_all_kinds() {
    let truce = "a 30-day ceasefire";
    let corpus = resolved([
        told("1", 1, "Donald Trump", "propose", truce),
        told("1", 2, "Ukraine", "accept", truce).quote("Ukraine accepted it in principle"),
        told("1", 3, "Russia", "reject", truce).source("White House"),
        told("1", 4, "Vladimir Putin", "reject", truce).status(Status::Negated),
    ]);
    let found: Vec<String> = stances(&corpus, shipped())
        .into_iter()
        .map(|s| format!("{} {} {}", s.actor, s.stance, s.sources.join(",")))
        .collect();
    assert_eq!(
        found,
        [
            "donald-trump proposes ",
            "russia rejects White House",
            "ukraine conditionally accepts ",
            "vladimir-putin avoids ",
        ]
    );
}

/// Many claims in the manner of a news corpus; names, amounts and dates vary.
fn synthetic(documents: usize, each: usize) -> Vec<Claim> {
    let powers =
        ["Russia", "Ukraine", "Israel", "Hamas", "Iran", "United States", "China", "India"];
    let mut claims = Vec::new();
    for d in 0..documents {
        for i in 0..each {
            let n = (d * 31 + i * 17) % 997;
            let agent = match i % 5 {
                0 => format!("Person{} Family{}", n % 7, d % 501),
                _ => powers[(d + i) % powers.len()].to_owned(),
            };
            let act =
                ["propose", "accept", "reject", "attack", "consult", "demand", "state"][i % 7];
            let matter = match i % 6 {
                0 => format!("a {}-day ceasefire", 10 + n % 50),
                1 => format!("an exchange of {n} prisoners"),
                2 => format!("a halt to attacks on energy infrastructure for {} days", 10 + n % 20),
                3 => "the plan".to_owned(),
                4 => format!("the village of Place{n} near town{}", d % 700),
                _ => format!("topic{n} word{} other{}", d % 300, i),
            };
            claims.push(told(&format!("{d:05}"), i, &agent, act, &matter).to(powers[d % 3]).0);
        }
    }
    claims
}

fn sketch(corpus: &Corpus) -> String {
    format!(
        "{:?}{:?}{:?}{:?}{:?}",
        corpus.claims, corpus.actors, corpus.matters, corpus.events, corpus.disputes
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_order_of_claims_and_documents_does_not_matter(seed in any::<u64>()) {
        let claims = synthetic(6, 20);
        let expected = sketch(&resolve(documents(&claims), claims.clone(), shipped()));
        let mut shuffled = claims;
        // a linear congruential generator is random enough to shuffle by
        let mut state = seed;
        for i in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            shuffled.swap(i, usize::try_from(state >> 33).unwrap() % (i + 1));
        }
        let mut records = documents(&shuffled);
        records.reverse();
        prop_assert_eq!(sketch(&resolve(records, shuffled, shipped())), expected);
    }

    #[test]
    fn any_words_are_resolved(matter in "\\PC{0,60}", agent in "\\PC{0,20}") {
        let corpus = resolved([
            told("1", 1, &agent, "propose", &matter),
            told("1", 2, &agent, "accept", &matter),
        ]);
        prop_assert_eq!(corpus.claims.len(), 2);
    }
}

#[test]
fn what_one_text_alone_can_tell_of_has_the_same_id_whatever_is_added() {
    let later = || told("b", 1, "Russia", "reject", "the fact");
    let alone = resolved([later()]);
    let both = resolved([
        told("a", 1, "Ukraine", "accept", "the fact"),
        told("a", 2, "Ukraine", "accept", "the fact"),
        later(),
    ]);
    let id = |corpus: &Corpus, claim: &str| {
        let found = corpus.claims.iter().find(|it| it.id == claim).unwrap();
        found.matter.as_ref().unwrap().id.clone().unwrap()
    };
    assert_eq!(id(&alone, "b-1-reject"), "fact-b");
    assert_eq!(id(&both, "b-1-reject"), "fact-b");
    assert_eq!(id(&both, "a-1-accept"), "fact-a");
    assert_eq!(matter_of(&alone, "b-1-reject").as_deref(), Some("fact"));
    assert_eq!(matter_of(&both, "b-1-reject").as_deref(), Some("fact (b)"));
    // what several texts may tell of keeps its plain name
    let plan = resolved([told("b", 1, "Russia", "reject", "a 30-day ceasefire")]);
    assert_eq!(id(&plan, "b-1-reject"), "30-day-ceasefire");
}

/// What ten times as many documents may take: ten times as long, and a quarter more for what is sorted
/// and for memory that is farther away.
const TEN_TIMES: f64 = 12.5;

#[test]
fn resolving_grows_no_faster_than_the_documents() {
    let mut told = Vec::new();
    // again if the machine seems to have been busy meanwhile
    for _ in 0..4 {
        let (small, large) = (timed(50), timed(500));
        println!("resolved 1,500 claims in {small:?}, 15,000 in {large:?}");
        if large.as_secs_f64() <= TEN_TIMES * small.as_secs_f64() {
            return;
        }
        told.push((small, large));
    }
    panic!("ten times the documents take more than {TEN_TIMES} times as long: {told:?}");
}

/// `cargo test --release --test resolve -- --ignored --nocapture`
#[test]
#[ignore = "a measurement that takes a while in a debug build"]
fn ten_thousand_documents() {
    for documents in [100, 1_000, 10_000] {
        println!("{documents} documents, {} claims: {:?}", documents * 30, timed(documents));
    }
}

fn timed(count: usize) -> Duration {
    let claims = synthetic(count, 30);
    let records = documents(&claims);
    shipped();
    let start = Instant::now();
    let corpus = resolve(records, claims, shipped());
    assert!(corpus.matters.len() > 1);
    start.elapsed()
}
