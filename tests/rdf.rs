//! RDF of the fixture: written in every format and read back, and asked in SPARQL.

mod fixture;

use std::path::Path;
use std::time::{Duration, Instant};

use demarche::rdf::{
    Answer, Naming, QueryError, RdfFormat, ResultFormat, Store, quads, rdf_format, write,
};
use oxigraph::io::RdfParser;
use oxigraph::model::dataset::CanonicalizationAlgorithm;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{Dataset, GraphName, Quad};

const SOON: Duration = Duration::from_secs(20);

fn fixture_quads() -> Vec<Quad> {
    let (corpus, ontology, naming) = (fixture::corpus(), fixture::ontology(), Naming::default());
    quads(&corpus, &ontology, &naming).collect()
}

fn store() -> Store {
    Store::load(fixture_quads().into_iter(), Naming::default()).unwrap()
}

fn written(format: RdfFormat) -> String {
    let mut out = Vec::new();
    write(fixture_quads().into_iter(), &Naming::default(), format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn canonical(quads: impl IntoIterator<Item = Quad>) -> Dataset {
    let mut dataset: Dataset = quads.into_iter().collect();
    dataset.canonicalize(CanonicalizationAlgorithm::Unstable);
    dataset
}

fn ask(query: &str) -> bool {
    match store().query(query, SOON) {
        Ok(Answer::Boolean(yes)) => yes,
        other => panic!("{other:?}"),
    }
}

fn syntax_error(query: &str) -> String {
    match store().query(query, SOON) {
        Err(QueryError::Syntax(message)) => message,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_format_is_read_back_as_it_was() {
    for extension in ["ttl", "trig", "nt", "nq", "rdf", "jsonld"] {
        let format = rdf_format(Path::new(&format!("graph.{extension}"))).unwrap();
        let text = written(format);
        let read = RdfParser::from_format(format).for_slice(text.as_bytes());
        let read: Vec<Quad> = read.collect::<Result<_, _>>().unwrap();
        let expected = fixture_quads().into_iter().map(|q| match format.supports_datasets() {
            true => q,
            false => Quad { graph_name: GraphName::DefaultGraph, ..q },
        });
        assert!(canonical(read) == canonical(expected), "{extension}");
    }
}

#[test]
fn no_blank_nodes_and_no_quad_twice() {
    let quads = fixture_quads();
    assert!(quads.iter().all(|q| !q.subject.is_blank_node() && !q.object.is_blank_node()));
    let distinct: std::collections::HashSet<_> = quads.iter().collect();
    assert_eq!(distinct.len(), quads.len());
}

#[test]
fn subjects_of_a_graph_come_in_order() {
    let quads = fixture_quads();
    for pair in quads.windows(2).filter(|pair| pair[0].graph_name == pair[1].graph_name) {
        let key = |q: &Quad| q.subject.to_string().replace('>', "");
        let edge = pair[1].predicate.as_str().ends_with("subPropertyOf")
            || pair[0].predicate.as_str().ends_with("subPropertyOf");
        assert!(edge || key(&pair[0]) <= key(&pair[1]), "{} after {}", pair[1], pair[0]);
    }
}

#[test]
fn every_term_is_declared_in_the_ontology() {
    let core = std::fs::read("ontology/core.ttl").unwrap();
    let declared: std::collections::BTreeSet<String> = RdfParser::from_format(RdfFormat::Turtle)
        .for_slice(&core)
        .map(|quad| quad.unwrap().subject.to_string())
        .collect();
    let mut corpus = fixture::corpus();
    corpus.decisions = vec![demarche::decisions::Record {
        id: "edit-005-reject-169".into(),
        kind: demarche::decisions::VerdictKind::Edit,
        about: vec!["005-reject-169".into()],
        by: Some("Ann Reed".into()),
        when: Some("2025-04-02".into()),
        why: Some("misread".into()),
        changes: vec!["status: negated → actual".into()],
    }];
    let (ontology, naming) = (fixture::ontology(), Naming::default());
    for quad in quads(&corpus, &ontology, &naming) {
        let class = (quad.predicate == rdf::TYPE).then(|| quad.object.to_string());
        for term in [Some(quad.predicate.to_string()), class].into_iter().flatten() {
            let own = term.contains("demarche/ontology#");
            assert!(!own || declared.contains(&term), "{term} is not in core.ttl");
        }
    }
}

#[test]
fn a_claim_in_trig() {
    let text = written(RdfFormat::TriG);
    let start = text.find("\tclaim:005-reject-169 a dm:Claim").unwrap();
    let end = text.find("\tclaim:005-withhold-").unwrap();
    insta::assert_snapshot!(text[start..end].replace('\t', "    "), @r#"
    claim:005-reject-169 a dm:Claim ;
        oa:hasTarget claim:005-reject-169\#target ;
        prov:wasDerivedFrom document:005 ;
        prov:wasGeneratedBy document:005\#reading ;
        dm:accordingTo actor:kremlin ;
        dm:act act:reject ;
        dm:agent actor:russia ;
        dm:agentText "Russia" ;
        dm:confidence 0.90 ;
        dm:extractor "rules:active" ;
        dm:inDocument document:005 ;
        dm:matter matter:peacekeepers ;
        dm:matterText "the deployment of European peacekeepers" ;
        dm:participant claim:005-reject-169\#agent-1 , claim:005-reject-169\#source-1 , claim:005-reject-169\#via-1 ;
        dm:quote "Russia rejected the deployment of European peacekeepers" ;
        dm:reported true ;
        dm:status "actual" ;
        dm:trigger "rejected" ;
        dm:via actor:reuters .
    claim:005-reject-169\#agent-1 a dm:Participation ;
        dm:actor actor:russia ;
        dm:order 1 ;
        dm:role "agent" ;
        dm:text "Russia" .
    claim:005-reject-169\#position a oa:TextPositionSelector ;
        oa:end 217 ;
        oa:start 162 .
    claim:005-reject-169\#source-1 a dm:Participation ;
        dm:actor actor:kremlin ;
        dm:order 2 ;
        dm:role "source" ;
        dm:text "the Kremlin" .
    claim:005-reject-169\#target a oa:SpecificResource ;
        oa:hasSelector claim:005-reject-169\#position , claim:005-reject-169\#words ;
        oa:hasSource document:005 .
    claim:005-reject-169\#via-1 a dm:Participation ;
        dm:actor actor:reuters ;
        dm:order 1 ;
        dm:role "via" ;
        dm:text "Reuters" .
    claim:005-reject-169\#words a oa:TextQuoteSelector ;
        oa:exact "Russia rejected the deployment of European peacekeepers" ;
        oa:prefix " reported that the Kremlin said " ;
        oa:suffix ". Macron proposed the deployment" .
    "#);
}

#[test]
fn simple_questions_are_simple_queries() {
    assert!(ask("ASK { actor:donald-trump dm:proposed matter:energy-truce }"));
    assert!(ask("ASK { actor:kremlin dm:actsFor actor:russia }"));
    assert!(ask("ASK { actor:vladimir-putin skos:exactMatch wd:Q7747 }"));
}

#[test]
fn what_was_not_done_gives_no_direct_edge() {
    assert!(!ask("ASK { actor:donald-trump dm:accepted matter:end-of-military-aid }"));
    assert!(!ask("ASK { actor:ukraine dm:accepted matter:energy-truce }"));
}

#[test]
fn an_edge_says_whether_the_documents_say_it_themselves() {
    // The Kremlin says that Russia rejected it: no document does.
    assert!(ask("ASK { actor:russia dm:rejected matter:peacekeepers . ?deed a dm:Deed ; \
                 dm:actor actor:russia ; dm:act act:reject ; dm:target matter:peacekeepers ; \
                 dm:reported true ; dm:supportedBy claim:005-reject-169 }"));
    let (mut corpus, ontology, naming) =
        (fixture::corpus(), fixture::ontology(), Naming::default());
    let reported = corpus.claims.iter().find(|it| it.id == "005-reject-169").unwrap();
    let mut own = reported.clone();
    own.id = "005-reject-1".into();
    (own.source, own.via) = (Vec::new(), Vec::new());
    corpus.claims.push(own);
    let store = Store::load(quads(&corpus, &ontology, &naming), naming.clone()).unwrap();
    let own = "ASK { ?deed dm:actor actor:russia ; dm:act act:reject ; dm:reported false ; \
               dm:target matter:peacekeepers ; dm:supportedBy claim:005-reject-169, claim:005-reject-1 }";
    assert_eq!(store.query(own, SOON).unwrap(), Answer::Boolean(true));
    // Every edge has its node, and every node its edge.
    for stray in [
        "ASK { ?who ?edge ?what . ?act dm:edge ?edge FILTER NOT EXISTS \
         { ?deed dm:actor ?who ; dm:act ?act ; dm:target ?what } }",
        "ASK { ?deed dm:actor ?who ; dm:act/dm:edge ?edge ; dm:target ?what \
         FILTER NOT EXISTS { ?who ?edge ?what } }",
    ] {
        assert_eq!(store.query(stray, SOON).unwrap(), Answer::Boolean(false), "{stray}");
    }
}

#[test]
fn offices_are_nodes_of_those_who_are_in_the_graph() {
    let ontology = demarche::ontology::Ontology::shipped().unwrap();
    let (corpus, naming) = (fixture::corpus(), Naming::new("https://example.org/talks/").unwrap());
    let all: Vec<Quad> = quads(&corpus, &ontology, &naming).collect();
    assert!(all.iter().all(|it| !it.subject.is_blank_node() && !it.object.is_blank_node()));
    let store = Store::load(all.into_iter(), naming).unwrap();
    let ask = |query: &str| store.query(query, SOON).unwrap() == Answer::Boolean(true);
    assert!(ask("ASK { actor:vladimir-putin dm:holds ?tenure . ?tenure a dm:Tenure ; \
                 dm:office office:president ; dm:of actor:russia ; rdfs:label ?label ; \
                 dm:from \"2000-05-07\"^^xsd:date ; dm:until \"2008-05-07\"^^xsd:date }"));
    assert!(!ask("ASK { ?somebody dm:holds ?tenure FILTER NOT EXISTS { ?somebody a dm:Actor } }"));
    let example = std::fs::read_to_string("examples/queries/offices.rq").unwrap();
    assert!(!store.query(&example, SOON).unwrap().is_empty());
}

#[test]
fn a_decision_is_about_what_its_kind_says() {
    use demarche::decisions::{Record, VerdictKind};
    let (mut corpus, ontology, naming) =
        (fixture::corpus(), fixture::ontology(), Naming::default());
    let record = |kind: VerdictKind| Record {
        id: kind.to_string(),
        kind,
        about: vec!["x".into()],
        ..Record::default()
    };
    corpus.decisions = VerdictKind::ALL.iter().map(|&kind| record(kind)).collect();
    let store = Store::load(quads(&corpus, &ontology, &naming), naming.clone()).unwrap();
    for (kind, thing) in [
        ("edit", "claim"),
        ("merge-actors", "actor"),
        ("rename-actor", "actor"),
        ("keep-apart-matters", "matter"),
        ("rename-matter", "matter"),
    ] {
        let query = format!("ASK {{ decision:{kind} dm:decidedOn {thing}:x }}");
        assert_eq!(store.query(&query, SOON).unwrap(), Answer::Boolean(true), "{kind}");
    }
}

#[test]
fn a_side_is_held_by_those_of_its_claims_and_not_by_others_of_their_name() {
    let (mut corpus, ontology, naming) =
        (fixture::corpus(), fixture::ontology(), Naming::default());
    let dispute = corpus
        .disputes
        .iter_mut()
        .find(|it| it.sides.iter().any(|side| side.voices.iter().any(|voice| !voice.is_empty())));
    let side = dispute.unwrap().sides.iter_mut().find(|it| !it.voices[0].is_empty()).unwrap();
    let label = side.voices[0].clone();
    let actor = corpus.actors.iter().find(|it| it.label == label).unwrap();
    let other = demarche::resolve::Actor { id: "zz-other".into(), ..actor.clone() };
    corpus.actors.push(other);
    let store = Store::load(quads(&corpus, &ontology, &naming), naming.clone()).unwrap();
    let held = |id: &str| {
        let query = format!("ASK {{ ?side dm:voice \"{label}\" ; dm:heldBy actor:{id} }}");
        store.query(&query, SOON).unwrap() == Answer::Boolean(true)
    };
    assert!(held(&demarche::ontology::kebab(&label)));
    assert!(!held("zz-other"));
}

#[test]
fn documents_can_be_told_apart() {
    assert!(ask(
        "ASK { GRAPH graph:002 { ?c dm:agent actor:vladimir-putin ; dm:act act:propose } }"
    ));
    assert!(!ask(
        "ASK { GRAPH graph:001 { ?c dm:agent actor:vladimir-putin ; dm:act act:propose } }"
    ));
    assert!(ask("ASK FROM graph:002 { ?c dm:act act:propose }"));
}

#[test]
fn a_document_is_not_the_graph_of_its_claims() {
    assert!(ask("ASK { graph:002 a dm:ClaimGraph ; prov:wasDerivedFrom document:002 ; \
         prov:wasGeneratedBy ?reading . ?reading prov:used document:002 }"));
    assert!(!ask("ASK { GRAPH document:002 { ?s ?p ?o } }"));
    assert!(!ask("ASK { ?it a dm:ClaimGraph, dm:Document }"));
    assert!(ask("ASK { document:002 dcterms:publisher \"The Long View\" ; dm:sha256 ?sum \
         FILTER (DATATYPE(?sum) = xsd:hexBinary && STRLEN(STR(?sum)) = 64) }"));
}

#[test]
fn participants_are_nodes_also_where_nobody_knows_them() {
    let (mut corpus, ontology, naming) =
        (fixture::corpus(), fixture::ontology(), Naming::default());
    let claim = corpus.claims.iter_mut().find(|it| it.source.is_empty()).unwrap();
    let id = naming.claim(&claim.id).into_string();
    claim.source =
        vec![demarche::extract::Participant { id: None, label: None, text: "two aides".into() }];
    let store = Store::load(quads(&corpus, &ontology, &naming), naming.clone()).unwrap();
    let ask = |query: &str| {
        store.query(&query.replace("CLAIM", &format!("<{id}>")), SOON).unwrap()
            == Answer::Boolean(true)
    };
    assert!(ask("ASK { CLAIM dm:reported true ; dm:participant ?part . \
                 ?part dm:role \"source\" ; dm:order 1 ; dm:text \"two aides\" }"));
    assert!(!ask("ASK { CLAIM dm:accordingTo ?somebody }"));
    assert!(!ask("ASK { CLAIM dm:participant [ dm:role \"source\" ; dm:actor ?somebody ] }"));
    // What nobody reports is the author's own.
    assert!(ask("ASK { ?claim dm:reported false FILTER NOT EXISTS \
                 { ?claim dm:participant/dm:role ?role FILTER (?role IN (\"source\", \"via\")) } }"));
}

#[test]
fn a_chain_of_reports_has_its_order() {
    assert!(ask("ASK { claim:005-reject-169 dm:participant ?outer, ?inner . \
                 ?outer dm:role \"via\" ; dm:order 1 ; dm:actor actor:reuters . \
                 ?inner dm:role \"source\" ; dm:order 2 ; dm:actor actor:kremlin }"));
}

#[test]
fn a_time_has_its_first_day_and_the_day_after() {
    assert!(ask("ASK { ?claim a dm:Claim ; dm:time \"2025-03-18\"^^xsd:date ; \
                 dm:from \"2025-03-18\"^^xsd:date ; dm:until \"2025-03-19\"^^xsd:date }"));
    assert!(!ask("ASK { ?claim dm:from ?from ; dm:until ?until FILTER (?from >= ?until) }"));
}

#[test]
fn words_of_texts_are_mentions_and_no_names() {
    assert!(ask("ASK { actor:vladimir-putin dm:mention \"Putin\" }"));
    assert!(!ask("ASK { ?thing skos:altLabel \"the leaders\"@en }"));
}

#[test]
fn every_actor_is_an_actor_and_known_ones_are_those_of_the_ontology() {
    assert!(!ask(
        "ASK { ?actor a/rdfs:subClassOf? ?kind ; skos:prefLabel ?label ; dm:proposed ?x \
                  FILTER NOT EXISTS { ?actor a dm:Actor } }"
    ));
    let naming = Naming::new("https://example.org/talks/").unwrap();
    let ontology = demarche::ontology::Ontology::shipped().unwrap();
    let corpus = fixture::corpus();
    let store = Store::load(quads(&corpus, &ontology, &naming), naming.clone()).unwrap();
    let same = "ASK { <https://example.org/talks/actor/kremlin> skos:exactMatch \
                <https://w3id.org/demarche/id/actor/kremlin> }";
    assert_eq!(store.query(same, SOON).unwrap(), Answer::Boolean(true));
}

#[test]
fn who_changed_position_is_one_pattern() {
    let (mut corpus, ontology, naming) =
        (fixture::corpus(), fixture::ontology(), Naming::default());
    // Zelenskyy accepts the US plan on 11 March; a week later he is said to reject it.
    let accepts = corpus.claims.iter().find(|it| it.id.starts_with("003-accept")).unwrap();
    let mut rejects = accepts.clone();
    (rejects.id, rejects.act) = ("003-reject-1".into(), "reject".into());
    rejects.time = "2025-03-18".parse().ok();
    let matter = accepts.matter.as_ref().unwrap().id.clone().unwrap();
    corpus.claims.iter_mut().find(|it| it.id.starts_with("003-accept")).unwrap().time =
        "2025-03-11".parse().ok();
    corpus.claims.push(rejects);
    let store = Store::load(quads(&corpus, &ontology, &naming), naming.clone()).unwrap();
    let changed = format!(
        "ASK {{ ?now dm:changedFrom ?before ; dm:actor actor:volodymyr-zelenskyy ; \
         dm:matter matter:{matter} ; dm:leaning \"against\" ; dm:from \"2025-03-18\"^^xsd:date . \
         ?before dm:leaning \"for\" ; dm:supportedBy ?claim }}"
    );
    assert_eq!(store.query(&changed, SOON).unwrap(), Answer::Boolean(true));
    let example = std::fs::read_to_string("examples/queries/who-changed-position.rq").unwrap();
    assert!(!store.query(&example, SOON).unwrap().is_empty());
}

#[test]
fn the_classes_are_there_for_those_who_load_them() {
    let all = fixture_quads().into_iter().chain(demarche::rdf::vocabulary());
    let store = Store::load(all, Naming::default()).unwrap();
    let states = store.query("SELECT ?a { ?a a/rdfs:subClassOf+ dm:Actor }", SOON).unwrap();
    assert!(!states.is_empty());
}

#[test]
fn every_own_term_says_what_it_is_and_where() {
    let (store, mut missing) =
        (Store::load(demarche::rdf::vocabulary(), Naming::default()).unwrap(), Vec::new());
    for (kind, wanted) in [
        ("owl:Class", "rdfs:label rdfs:comment rdfs:isDefinedBy"),
        ("owl:ObjectProperty", "rdfs:label rdfs:comment rdfs:isDefinedBy rdfs:domain rdfs:range"),
        ("owl:DatatypeProperty", "rdfs:label rdfs:comment rdfs:isDefinedBy rdfs:domain rdfs:range"),
        (
            "owl:AnnotationProperty",
            "rdfs:label rdfs:comment rdfs:isDefinedBy rdfs:domain rdfs:range",
        ),
    ] {
        for property in wanted.split(' ') {
            let query = format!(
                "SELECT ?term {{ ?term a {kind} FILTER (STRSTARTS(STR(?term), STR(dm:))) \
                 FILTER NOT EXISTS {{ ?term {property} ?value }} }}"
            );
            match store.query(&query, SOON).unwrap() {
                Answer::Rows { rows, .. } => {
                    missing
                        .extend(rows.into_iter().flatten().map(|it| format!("{property}: {it:?}")));
                }
                other => panic!("{other:?}"),
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn an_update_is_refused_by_its_name() {
    for update in ["INSERT DATA { <x:a> <x:b> 1 }", "PREFIX x: <x:> drop all"] {
        match store().query(update, SOON) {
            Err(QueryError::Update(word)) => {
                assert!(update.contains(&word.to_lowercase()) || update.contains(word))
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn every_example_query_gives_rows() {
    let store = store();
    let mut count = 0;
    for entry in std::fs::read_dir("examples/queries").unwrap() {
        let path = entry.unwrap().path();
        let query = std::fs::read_to_string(&path).unwrap();
        assert!(query.starts_with("# "), "{} says what it is for", path.display());
        let known = |(prefix, _): &(String, String)| query.contains(&format!("PREFIX {prefix}: <"));
        let used = |(prefix, _): &&(String, String)| query.contains(&format!(" {prefix}:"));
        let prefixes = demarche::rdf::prefixes(&Naming::default());
        assert!(prefixes.iter().filter(used).all(known), "{} can be run elsewhere", path.display());
        match store.query(&query, SOON) {
            // Nobody changes position in the fixture, and its ontology knows no offices.
            Ok(Answer::Rows { .. })
                if ["who-changed-position.rq", "offices.rq"]
                    .iter()
                    .any(|it| path.ends_with(it)) =>
            {
                count += 1;
            }
            Ok(answer @ Answer::Rows { .. }) if !answer.is_empty() => count += 1,
            other => panic!("{}: {other:?}", path.display()),
        }
    }
    assert!(count >= 12, "{count} queries");
}

#[test]
fn rows_as_a_table() {
    let answer = store()
        .query(
            "SELECT ?who ?act ?n { VALUES (?who ?act ?n) { (actor:kremlin act:propose 3) \
             (UNDEF <https://example.org/x> \"words\"@en) } }",
            SOON,
        )
        .unwrap();
    let mut out = Vec::new();
    answer.write(ResultFormat::Table { width: None }, &Naming::default(), &mut out).unwrap();
    insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r"
     who             act                       n
    ─────────────────────────────────────────────────
     actor:kremlin   act:propose               3
                     <https://example.org/x>   words
    2 rows
    ");
}

#[test]
fn rows_in_every_format() {
    let answer = store().query("SELECT ?a { VALUES ?a { \"é, \\\"\" } }", SOON).unwrap();
    for (format, needle) in [
        ("json", r#""value":"é, \"""#),
        ("csv", "\"é, \"\"\""),
        ("tsv", r#""é, \"""#),
        ("xml", "<literal>é, &quot;</literal>"),
    ] {
        let mut out = Vec::new();
        let format = ResultFormat::from_name(format).unwrap();
        answer.write(format, &Naming::default(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains(needle), "{text}");
    }
    let rdf = ResultFormat::from_name("ttl").unwrap();
    assert!(answer.write(rdf, &Naming::default(), Vec::new()).is_err());
    assert!(ResultFormat::from_name("docx").unwrap_err().to_string().contains("table"));
}

#[test]
fn construct_and_describe_give_triples() {
    let store = store();
    for query in
        ["CONSTRUCT { ?a dm:proposed ?b } WHERE { ?a dm:proposed ?b }", "DESCRIBE actor:kremlin"]
    {
        let answer = store.query(query, SOON).unwrap();
        let mut out = Vec::new();
        answer.write(ResultFormat::Rdf(RdfFormat::Turtle), &Naming::default(), &mut out).unwrap();
        assert!(!answer.is_empty());
        assert!(String::from_utf8(out).unwrap().contains("actor:"));
    }
}

#[test]
fn a_syntax_error_shows_the_place() {
    insta::assert_snapshot!(syntax_error("SELECT ?who\nWHERE { ?who dm:proposed }"), @r#"
    SPARQL syntax error in line 2, column 26
      2 | WHERE { ?who dm:proposed }
        |                          ^
    there could be here: words ("…") a variable (?name) a name (<IRI> or prefix:local) ( * + - . / << … (5 more)
    "#);
}

#[test]
fn a_missing_brace_is_told() {
    insta::assert_snapshot!(syntax_error("SELECT ?who { ?who dm:proposed ?what"), @r"
    SPARQL syntax error in line 1, column 37
      1 | SELECT ?who { ?who dm:proposed ?what
        |                                     ^
    a { is not closed: there are 1 { and 0 }
    ");
}

#[test]
fn an_unknown_prefix_lists_the_known() {
    insta::assert_snapshot!(syntax_error("SELECT ?who {\n  ?who dc:title ?what .\n}"), @r"
    SPARQL syntax error in line 2, column 8
      2 |   ?who dc:title ?what .
        |        ^
    the prefix dc: is not declared; known without declaring: act, actor, claim, collective, dcat, dcterms, decision, deed, dispute, dm, document, event, frame, graph, issue, matter, oa, office, org, owl, person, prov, rdf, rdfs, sem, skos, stance, tr, void, wd, word, xsd. Others need PREFIX dc: <…> at the top
    ");
}

#[test]
fn no_query_at_all_is_an_error() {
    assert!(syntax_error("").contains("line 1"));
    assert!(syntax_error("who proposed what?").contains("^"));
}

#[test]
fn an_endless_query_is_stopped() {
    let start = Instant::now();
    let endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";
    let result = store().query(endless, Duration::from_millis(200));
    assert!(matches!(result, Err(QueryError::Timeout(_))), "{result:?}");
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_file_is_loaded_or_told_why_not() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("graph.trig");
    std::fs::write(&path, written(RdfFormat::TriG)).unwrap();
    let loaded = Store::load_file(&path, Naming::default()).unwrap();
    assert_eq!(loaded.len().unwrap(), store().len().unwrap());
    std::fs::write(&path, "<a> <b> .").unwrap();
    let error = Store::load_file(&path, Naming::default()).err().unwrap().to_string();
    assert!(error.contains("graph.trig") && error.contains("line 1"), "{error}");
    let missing = Store::load_file(&dir.path().join("none.ttl"), Naming::default());
    assert!(missing.err().unwrap().to_string().contains("none.ttl"));
}

#[test]
fn loading_ends_at_its_deadline() {
    use demarche::rdf::StoreError;
    let soon = || Instant::now() + Duration::from_millis(50);
    let endless = || fixture_quads().into_iter().cycle();
    let late = Store::load_until(endless(), Naming::default(), soon());
    assert!(matches!(late, Err(StoreError::Late)));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let late = Store::keep_until(&path, &[1; 32], endless(), Naming::default(), soon());
    assert_eq!(late.err().unwrap().kind(), std::io::ErrorKind::TimedOut);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left");
    let quads = fixture_quads().into_iter();
    let loaded = Store::load_until(quads, Naming::default(), Instant::now() + SOON).unwrap();
    assert_eq!(loaded.len().unwrap(), store().len().unwrap());
}

#[test]
fn a_kept_store_answers_as_one_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let all = || fixture_quads().into_iter().chain(demarche::rdf::vocabulary());
    let memory = Store::load(all(), Naming::default()).unwrap();
    let path = folder.path().join("store");
    let kept = Store::keep(&path, &[1; 32], all(), Naming::default()).unwrap();
    assert_eq!(kept.len().unwrap(), memory.len().unwrap());
    assert_eq!(kept.quads(None).unwrap(), memory.quads(None).unwrap());
    let lines = |answer: Answer| match answer {
        Answer::Rows { variables, rows } => {
            let mut lines: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
            lines.sort();
            (format!("{variables:?}"), lines)
        }
        other => (format!("{other:?}"), Vec::new()),
    };
    let mut queries: Vec<String> = std::fs::read_dir("examples/queries")
        .unwrap()
        .map(|it| std::fs::read_to_string(it.unwrap().path()).unwrap())
        .collect();
    assert!(queries.len() > 10);
    queries.extend(
        [
            "SELECT * { ?s ?p ?o }",
            "SELECT * { GRAPH ?g { ?s dm:act act:propose } }",
            "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }",
            "SELECT * { GRAPH graph:002 { ?s dm:agent ?o } }",
            "SELECT * FROM graph:002 { ?s dm:agent ?o }",
            "SELECT * FROM NAMED graph:002 { GRAPH ?g { ?s dm:agent ?o } }",
            "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER (?o > 0.5) }",
            "SELECT * { ?s dm:act act:reject . FILTER NOT EXISTS { ?s dm:addressee ?o } }",
            "SELECT * { VALUES ?s { actor:vladimir-putin actor:nobody } ?s ?p ?o }",
            "SELECT * { ?s a/rdfs:subClassOf* dm:Actor }",
            "SELECT (STRLEN(?o) AS ?n) { actor:kremlin skos:prefLabel ?o }",
            "DESCRIBE actor:kremlin",
            "CONSTRUCT { ?s dm:x \"new\" } WHERE { ?s dm:act act:propose }",
            "ASK { ?s dm:nothing ?o }",
        ]
        .map(str::to_owned),
    );
    for query in queries {
        let ask = |store: &Store| lines(store.query(&query, SOON).unwrap());
        assert_eq!(ask(&kept), ask(&memory), "{query}");
    }
}
