//! Whole small texts: their claims as a person would list them, and what holds for
//! any text at all.

use std::sync::OnceLock;
use std::time::Duration;

use demarche::annotate::Annotator;
use demarche::budget::{Budget, DEFAULT_MEMORY, OverBudget};
use demarche::corpus::{Document, Span};
use demarche::extract::{By, Claim, Lexicon, Participant, extract_within};
use demarche::ontology::Ontology;
use jiff::civil::date;
use proptest::prelude::*;

#[path = "../src/extract/line.rs"]
mod line;
mod small;

fn lexicon() -> &'static Lexicon<'static> {
    static ONTOLOGY: OnceLock<Ontology> = OnceLock::new();
    static LEXICON: OnceLock<Lexicon<'static>> = OnceLock::new();
    LEXICON.get_or_init(|| Lexicon::new(ONTOLOGY.get_or_init(|| Ontology::shipped().unwrap())))
}

fn document(text: &str) -> Document {
    Document { date: Some(date(2025, 3, 19)), ..Document::new("test", text) }
}

fn claims(document: &Document) -> Vec<Claim> {
    static ANNOTATOR: OnceLock<Annotator> = OnceLock::new();
    let annotator = ANNOTATOR.get_or_init(|| Annotator::embedded().unwrap());
    demarche::read(document, annotator, lexicon()).1
}

#[test]
fn extraction_ends_with_its_budget() {
    let document = document("Putin rejected the plan. Trump proposed another one.");
    let annotation = Annotator::embedded().unwrap().annotate(&document.text);
    let within = |budget| extract_within(By::Both, &document, &annotation, lexicon(), &budget);
    assert_eq!(within(Budget::unlimited()).unwrap().len(), 2);
    let used_up = Budget::from_now(Duration::ZERO, DEFAULT_MEMORY);
    assert_eq!(within(used_up).unwrap_err(), OverBudget::Time(Duration::ZERO));
}

/// The claims of a text, each on a line with its trigger.
fn reading(text: &str) -> String {
    let lines: Vec<String> = claims(&document(text))
        .iter()
        .map(|claim| format!("{:<22} {}", claim.trigger, line::line(claim)))
        .collect();
    lines.join("\n")
}

const GAZA: &str = "\
Egypt and Qatar put a new ceasefire to Hamas in Cairo on Monday. \
According to Egypt, Hamas accepted the release of ten hostages in exchange for a 60-day pause. \
Israel rejected the offer. \
Netanyahu said he would not leave Gaza. \
Hamas official Khalil Hayya accused Netanyahu of breaking the truce. \
Israel resumed its strikes on Gaza on Tuesday, and Hamas threatened to attack Israel. \
The UN urged both sides to respect the truce.";

const CONGO: &str = "\
Paul Kagame and Félix Tshisekedi met in Doha on 18 March 2025. \
The two presidents called for an immediate ceasefire in eastern Congo. \
Congo accuses Rwanda of attacking Goma. \
Tshisekedi demanded that Rwanda withdraw its troops from Goma. \
Kagame said he would not accept any such condition. \
The European Union imposed sanctions on Rwanda on Monday. \
Qatar offered to host a second round of talks.";

const TARIFFS: &str = "\
Canada has not accepted the American tariffs. \
Mark Carney promised to retaliate if Washington raised them in April. \
Mexico, by contrast, proposed a common quota for steel, the Mexican government said. \
Claudia Sheinbaum spoke to Donald Trump by phone on Friday. \
She ruled out a trade war, but she warned that Mexico might suspend its purchases of maize. \
Brussels may join the talks.";

#[test]
fn a_truce_in_gaza() {
    insta::assert_snapshot!(reading(GAZA), @r"
    ceasefire              actual concede [egypt, qatar] to [hamas] 2025-03-17
    accepted               actual accept [hamas] ‹the release of ten hostages› source [egypt]
    in exchange for        actual demand [hamas] ‹a 60-day pause›
    rejected               actual reject [israel] ‹the offer›
    would not leave        actual reject [benjamin-netanyahu] ‹leave Gaza›
    accused                actual accuse [khalil-al-hayya] to [benjamin-netanyahu] ‹breaking the truce›
    breaking the truce     actual breach [benjamin-netanyahu] ‹the truce› source [khalil-al-hayya]
    resumed its strikes    actual attack [israel] ‹Gaza› 2025-03-18
    threatened             actual threaten [hamas] to [israel] ‹attack Israel›
    attack                 unrealised attack [hamas] to [israel]
    urged                  actual demand [united-nations] to [hamas, israel] ‹respect the truce›
    respect the truce      unrealised accept [hamas, israel] ‹the truce›
    ");
}

#[test]
fn a_meeting_on_congo() {
    insta::assert_snapshot!(reading(CONGO), @r"
    met                    actual consult [paul-kagame, felix-tshisekedi] 2025-03-18
    called for             actual propose [paul-kagame, felix-tshisekedi] ‹an immediate ceasefire in eastern Congo›
    accuses                actual accuse [democratic-republic-of-the-congo] to [rwanda] ‹attacking Goma›
    attacking              actual attack [rwanda] ‹Goma› source [democratic-republic-of-the-congo]
    demanded               actual demand [felix-tshisekedi] to [rwanda] ‹Rwanda withdraw its troops from Goma›
    withdraw its troops    unrealised withdraw [rwanda] ‹its troops from Goma›
    would not accept       actual reject [paul-kagame] ‹any such condition›
    imposed sanctions      actual withhold [european-union] to [rwanda] ‹sanctions on Rwanda› 2025-03-17
    offered                actual propose [qatar] ‹host a second round of talks›
    host                   unrealised consult [qatar] ‹a second round of talks›
    talks                  unrealised consult [qatar]
    ");
}

#[test]
fn a_quarrel_over_tariffs() {
    insta::assert_snapshot!(reading(TARIFFS), @r"
    accepted               negated accept [canada] ‹the American tariffs›
    tariffs                actual withhold [united-states] to [canada]
    promised to retaliate  actual threaten [mark-carney] ‹retaliate if Washington raised them in April›
    raised                 unrealised concede [united-states] ‹them› 2025-04
    proposed               actual propose [mexico] ‹a common quota for steel› source [mexico]
    said                   actual state [mexico] ‹Mexico, by contrast, proposed a common quota for steel›
    spoke to Donald Trump by phone actual consult [claudia-sheinbaum] to [donald-trump] 2025-03-14
    ruled out              actual reject [claudia-sheinbaum] to [donald-trump] ‹a trade war›
    warned                 actual threaten [claudia-sheinbaum] ‹Mexico might suspend its purchases of maize›
    suspend                unrealised withhold [mexico] ‹its purchases of maize› source [claudia-sheinbaum]
    join the talks         unrealised consult [european-union] ‹the talks›
    ");
}

/// What must hold for the claims of any text.
fn holds_together(document: &Document, found: &[Claim]) {
    let text = &document.text;
    for claim in found {
        let (quote, trigger) = (claim.span(), claim.trigger_span());
        assert!(quote.end <= text.len(), "{claim:?}");
        assert_eq!(text.slice(quote), claim.quote);
        assert_eq!(text.slice(trigger), claim.trigger);
        assert!(quote.contains(trigger), "{claim:?}");
        if let Some(matter) = &claim.matter {
            let span = Span::new(matter.start, matter.end);
            assert!(matter.end <= text.len(), "{claim:?}");
            assert_eq!(text.slice(span), matter.text);
            assert!(quote.contains(span), "{claim:?}");
        }
    }
    let order = |c: &Claim| (c.start, c.trigger_start, c.end, c.act.clone());
    assert!(found.is_sorted_by_key(order));
    let mut ids: Vec<&str> = found.iter().map(|c| c.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), found.len(), "ids are unique");
}

fn sentences() -> Vec<&'static str> {
    [GAZA, CONGO, TARIFFS].iter().flat_map(|text| text.split_inclusive(". ")).collect()
}

fn words() -> Vec<&'static str> {
    [GAZA, CONGO, TARIFFS].iter().flat_map(|text| text.split_whitespace()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_string_is_read_without_a_panic(text in any::<String>()) {
        let document = document(&text);
        holds_together(&document, &claims(&document));
    }

    #[test]
    fn any_order_of_sentences_is_read(order in Just(sentences()).prop_shuffle(), take in 1..8usize) {
        let document = document(&order[..take].concat());
        let found = claims(&document);
        holds_together(&document, &found);
        prop_assert_eq!(found, claims(&document));
    }

    #[test]
    fn any_order_of_words_is_read(order in Just(words()).prop_shuffle(), take in 1..60usize) {
        let document = document(&order[..take].join(" "));
        holds_together(&document, &claims(&document));
    }

    #[test]
    fn any_marks_between_words_are_read(
        parts in prop::collection::vec((prop::sample::select(words()), "[\\PC\n\t“”\"'’—…,:;()]{0,3}"), 0..24)
    ) {
        let text: String = parts.iter().map(|(word, marks)| format!("{word}{marks}")).collect();
        let document = document(&text);
        holds_together(&document, &claims(&document));
    }
}
