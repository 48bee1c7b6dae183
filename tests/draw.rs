//! Every view of the fixture in every format.

mod fixture;

use demarche::draw::{DrawError, Drawing, GraphvizFormat, Options, View, draw, graphviz};
use demarche::extract::Claim;
use demarche::graph::Graph;
use demarche::resolve::{Corpus, DocumentRecord};
use graphviz_rust::dot_structures::{Graph as Dot, Stmt};
use proptest::prelude::*;

const VIEWS: [(View, Option<&str>); 6] = [
    (View::Stances, None),
    (View::Ego, Some("Vladimir Putin")),
    (View::Ego, Some("energy-truce")),
    (View::Network, None),
    (View::Timeline, None),
    (View::Sources, None),
];

fn drawn(corpus: Corpus, view: View, focus: Option<&str>, limit: usize) -> Drawing {
    let graph = Graph::new(corpus, &fixture::ontology());
    let options = Options { focus: focus.map(str::to_owned), limit };
    draw(&graph, view, &options).unwrap_or_else(|error| panic!("{view:?}: {error}"))
}

/// All text of an XML file; panics where it is not well-formed.
fn text_of(xml: &str) -> String {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut text = String::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error} in {xml}")) {
            Event::Text(words) => text.push_str(&words),
            Event::GeneralRef(name) => text.push_str(match &*name {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                _ => "",
            }),
            Event::Eof => return text,
            _ => {}
        }
    }
}

#[test]
fn every_view_is_drawn_the_same_every_time() {
    for (view, focus) in VIEWS {
        let (one, two) =
            (drawn(fixture::corpus(), view, focus, 16), drawn(fixture::corpus(), view, focus, 16));
        assert_eq!(one.to_svg(), two.to_svg(), "{view:?}");
        assert_eq!(one.to_dot(), two.to_dot(), "{view:?}");
        assert_eq!(one.to_mermaid(), two.to_mermaid(), "{view:?}");
    }
}

#[test]
fn tooltips_hold_the_words_of_the_claims() {
    let drawing = drawn(fixture::corpus(), View::Stances, None, 16);
    let text = text_of(&drawing.to_svg());
    assert!(text.contains("“Trump proposed the energy truce” (Kremlin, in 001)"), "{text}");
    assert!(drawing.to_dot().contains("“Trump proposed the energy truce” (Kremlin, in 001)"));
}

#[test]
fn what_does_not_fit_is_counted() {
    let drawing = drawn(fixture::corpus(), View::Stances, None, 2);
    assert_eq!(drawing.shapes.len(), 4);
    assert_eq!(
        drawing.notes,
        [
            "7 more actors and 5 more matters not shown, which fewer claims support (--limit shows more)"
        ]
    );
    assert!(text_of(&drawing.to_svg()).contains("5 more matters not shown"));
}

#[test]
fn of_a_report_that_many_texts_tell_some_voices_are_shown() {
    let mut corpus = fixture::corpus();
    let told = corpus.claims.iter().find(|it| it.matter.is_some() && !it.agent.is_empty());
    let told = told.unwrap().clone();
    for at in 0..9 {
        let document = format!("more-{at}");
        corpus.documents.push(DocumentRecord { id: document.clone(), ..Default::default() });
        let id = format!("{document}-propose-1");
        corpus.claims.push(Claim { id, document, source: Vec::new(), ..told.clone() });
    }
    let drawing = drawn(corpus.clone(), View::Sources, None, 1);
    let voices = drawing.shapes.iter().filter(|it| it.column == 0).count();
    assert_eq!((voices, drawing.lines.len()), (2, 2));
    assert!(drawing.notes[0].contains(" more voices not shown"), "{:?}", drawing.notes);
    let drawing = drawn(corpus, View::Sources, None, 16);
    assert!(drawing.notes.iter().all(|it| !it.contains("voices")), "{:?}", drawing.notes);
}

#[test]
fn a_focus_leaves_only_what_has_to_do_with_it() {
    let drawing = drawn(fixture::corpus(), View::Stances, Some("full 30-day ceasefire"), 16);
    let matters = drawing.shapes.iter().filter(|s| s.column == 1).count();
    assert_eq!((matters, drawing.lines.len()), (1, 4));
    assert!(drawing.shapes.iter().any(|s| s.focus));
}

#[test]
fn an_unknown_focus_names_what_is_like_it() {
    let graph = Graph::new(fixture::corpus(), &fixture::ontology());
    let options = Options { focus: Some("the ceasefire".into()), ..Options::default() };
    let error = draw(&graph, View::Ego, &options).unwrap_err().to_string();
    insta::assert_snapshot!(error, @r#"no actor or matter is called "the ceasefire"; there are 30-day energy-infrastructure ceasefire, full 30-day ceasefire, maritime ceasefire"#);
    assert!(matches!(draw(&graph, View::Ego, &Options::default()), Err(DrawError::NoFocus)));
}

#[test]
fn not_done_is_dotted_and_open_is_dashed() {
    let drawing = drawn(fixture::corpus(), View::Stances, Some("ukraine"), 16);
    assert!(drawing.to_svg().contains("stroke-dasharray=\"7 4\""));
    assert!(drawing.to_dot().contains("style=\"dashed\""));
    assert!(drawing.to_mermaid().contains("-.->"));
    let drawing = drawn(fixture::corpus(), View::Stances, Some("end-of-military-aid"), 16);
    assert!(drawing.to_dot().contains("style=\"dotted\""));
}

#[test]
fn a_timeline_in_mermaid() {
    let drawing = drawn(fixture::corpus(), View::Timeline, Some("prisoner-exchange"), 16);
    insta::assert_snapshot!(drawing.to_mermaid(), @r"
    timeline
        title exchange of 175 prisoners∶ what happened when
        19 March 2025
            : Exchange of prisoners by Russia and Ukraine, 19 March 2025
    ");
}

#[test]
fn a_view_in_dot() {
    let drawing = drawn(fixture::corpus(), View::Stances, Some("peacekeepers"), 16);
    insta::assert_snapshot!(drawing.to_dot(), @r##"
    digraph demarche {
      graph[label="Who stands where\n5 documents, 26 claims. A line leads from who acts to what it is about; rest on it for the words." labelloc="t" labeljust="l" rankdir="LR" ranksep="2.2" nodesep="0.18" fontname="Helvetica" tooltip=" "]
      node[fontname="Helvetica" fontsize="12" shape="box" style="filled"]
      edge[fontname="Helvetica" fontsize="9"]
      n0[label="Emmanuel Macron" fillcolor="#e8eef6" color="#4a6079" style="filled,rounded" tooltip="Emmanuel Macron"]
      n1[label="Russia" fillcolor="#e8eef6" color="#4a6079" style="filled,rounded" tooltip="Russia"]
      n2[label="deployment of European\npeacekeepers" fillcolor="#fdf5df" color="#a5812a" style="filled" tooltip="deployment of European peacekeepers" penwidth="3"]
      subgraph column_0 {
        rank="same"
        n0
        n1
      }
      subgraph column_1 {
        rank="same"
        n2
      }
      n0 -> n2 [arrowhead="diamond" color="#00599c" fontcolor="#00599c" style="solid" label="proposed" penwidth="1.4" tooltip="Emmanuel Macron proposed: deployment of European peacekeepers\n“Macron proposed the deployment of European peacekeepers” (in 005)" labeltooltip="Emmanuel Macron proposed: deployment of European peacekeepers\n“Macron proposed the deployment of European peacekeepers” (in 005)"]
      n1 -> n2 [arrowhead="tee" color="#cc3311" fontcolor="#cc3311" style="solid" label="rejected" penwidth="1.4" tooltip="Russia rejected: deployment of European peacekeepers\n“Russia rejected the deployment of European peacekeepers” (Kremlin, in 005)" labeltooltip="Russia rejected: deployment of European peacekeepers\n“Russia rejected the deployment of European peacekeepers” (Kremlin, in 005)"]
      subgraph cluster_legend {
        color="#d5d9de"
        label="Legend"
        fontsize="10"
        legend[label=<<TABLE BORDER="0" CELLSPACING="2"><TR><TD ALIGN="LEFT"><FONT COLOR="#00599c">──◆</FONT></TD><TD ALIGN="LEFT">proposed</TD></TR><TR><TD ALIGN="LEFT"><FONT COLOR="#cc3311">──┤</FONT></TD><TD ALIGN="LEFT">rejected</TD></TR></TABLE>> shape="plaintext" style="solid" fontsize="10" tooltip="Legend"]
      }
    }
    "##);
}

#[test]
fn graphviz_reads_every_view_where_it_is_installed() {
    for (view, focus) in VIEWS {
        match graphviz(&drawn(fixture::corpus(), view, focus, 16), GraphvizFormat::Svg) {
            Ok(svg) => assert!(text_of(&String::from_utf8(svg).unwrap()).contains("Legend")),
            Err(DrawError::NoGraphviz) => return,
            Err(error) => panic!("{view:?}: {error}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_label_is_escaped(label in "[\\PC\n\t\"\\\\<>&;#`{}|\\[\\]]{1,40}") {
        let mut corpus = fixture::corpus();
        for matter in &mut corpus.matters {
            matter.label.clone_from(&label);
        }
        corpus.actors[0].label.clone_from(&label);
        corpus.claims[0].quote.clone_from(&label);
        for (view, focus) in [(View::Stances, None), (View::Ego, Some("russia")), (View::Timeline, None)] {
            let drawing = drawn(corpus.clone(), view, focus, 16);
            text_of(&drawing.to_svg());
            let parsed = graphviz_rust::parse(&drawing.to_dot());
            let Ok(Dot::DiGraph { stmts, .. }) = parsed else { panic!("{parsed:?}") };
            let nodes = stmts.iter().filter(|s| matches!(s, Stmt::Node(_))).count();
            prop_assert_eq!(nodes, drawing.shapes.len());
            let mermaid = drawing.to_mermaid();
            for line in mermaid.lines().filter(|l| l.contains(":::")) {
                prop_assert_eq!(line.matches('"').count(), 2, "{}", line);
            }
        }
    }
}
