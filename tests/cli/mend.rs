//! Seeing why a text is read as it is, and mending it.

use crate::{demarche, files, run};

const TEXT: &str = "Donald Trump proposed a truce. Vladimir Putin rejected it on Tuesday.";

#[test]
fn explain_shows_trees_entries_and_claims() {
    let explain = ["annotate", "-", "--explain"];
    let all = run(demarche().args(explain).write_stdin(TEXT));
    all.ended(0, &[]).shows(&["sentence 1", "sentence 2", "nsubj", "⇒ actual propose"]);
    for chosen in ["2", "Putin REJECTED"] {
        let one = run(demarche().args(explain).args(["--sentence", chosen]).write_stdin(TEXT));
        one.ended(0, &[]).shows(&["sentence 2", "= vladimir-putin", "⇒ actual reject"]);
        assert!(!one.stdout.contains("sentence 1"), "{}", one.stdout);
    }
    run(demarche().args(explain).args(["--sentence", "9"]).write_stdin(TEXT)).ended(1, &[]);
    run(demarche().args(explain).args(["--sentence", "0"]).write_stdin(TEXT)).ended(2, &["from 1"]);
    run(demarche().args(["annotate", "-", "--sentence", "1"])).ended(2, &["--explain"]);
}

#[test]
fn eval_lists_misses_and_extras_with_the_words_around() {
    let (texts, out) = (files(&[("a.txt", TEXT.as_bytes())]), files(&[]));
    let gold = files(&[(
        "a.jsonl",
        br#"{"quote":"on Tuesday","trigger":"Tuesday","act":["state"],"status":"actual","weight":2}"#,
    )]);
    run(demarche().arg("build").arg(texts.path()).arg("-o").arg(out.path())).ended(0, &[]);
    let eval = |flag: &str| {
        let mut command = demarche();
        command.args(["eval", flag, "--gold"]).arg(gold.path()).arg("--graph").arg(out.path());
        run(&mut command)
    };
    eval("--misses").shows(&["MISS a w2 state by nobody", "⟦Tuesday⟧"]);
    assert!(!eval("--misses").stdout.contains("EXTRA"));
    eval("--extra").shows(&["EXTRA a reject by vladimir-putin", "⟦rejected⟧ it on Tuesday"]);
}

/// Builds the text with these options; gives the run and the folder.
fn built(options: &[&str]) -> (crate::Run, tempfile::TempDir) {
    let (texts, out) = (files(&[("a.txt", TEXT.as_bytes())]), files(&[]));
    let mut command = demarche();
    command.arg("build").arg(texts.path()).args(options).arg("-o").arg(out.path());
    (run(&mut command), out)
}

#[test]
fn decisions_mend_the_graph_and_stand_in_it() {
    let mine = files(&[(
        "mine.yaml",
        b"- edit: a-propose-13\n  quote: Donald Trump proposed a truce\n  status: unrealised\n  \
          by: Ann Reed\n  when: 2025-04-02\n  why: only mooted\n\
          - reject: a-reject-1\n  quote: Vladimir Putin rejected it\n\
          - add: a\n  quote: rejected it on Tuesday\n  trigger: rejected it\n  act: breach\n  \
          agent: Putin\n  by: Ann Reed\n\
          - merge-actors: [Donald Trump, Vladimir Putin]\n\
          - accept: a-accept-7\n  quote: nowhere to be found\n",
    )]);
    let file = mine.path().join("mine.yaml");
    let (built, out) = built(&["--decisions", file.to_str().unwrap()]);
    built.ended(0, &["mine.yaml:16: the decision no longer matches: no claim a-accept-7"]);
    built.shows(&["2 claims", "4 applied, 1 no longer match"]);
    let ask = |query: &str| {
        run(demarche().args(["query", "-e", query, "--graph"]).arg(out.path()))
            .ended(0, &[])
            .stdout
            .clone()
    };
    let edited = ask("SELECT ?status ?name ?change ?why ?when { ?claim dm:status ?status ; \
                      prov:wasAttributedTo/rdfs:label ?name ; prov:wasInfluencedBy ?d . \
                      ?d dm:change ?change ; rdfs:comment ?why ; dcterms:date ?when }");
    for words in
        ["unrealised", "Ann Reed", "status: actual → unrealised", "only mooted", "2025-04-02"]
    {
        assert!(edited.contains(words), "no {words} in {edited}");
    }
    ask("ASK { ?d a dm:Decision ; dm:decisionKind 'reject' ; dm:decidedOn ?gone }");
    ask(
        "ASK { ?c dm:act act:breach ; dm:agent actor:donald-trump ; prov:wasGeneratedBy ?d . ?d a dm:Decision }",
    );
    run(demarche().args(["check", "--graph"]).arg(out.path())).ended(0, &[]);
}

#[test]
fn a_new_name_is_decided_on_the_actor() {
    let mine = files(&[("mine.yaml", b"- rename-actor: Vladimir Putin\n  label: V. Putin\n")]);
    let (built, out) = built(&["--decisions", mine.path().join("mine.yaml").to_str().unwrap()]);
    built.ended(0, &[]);
    let query = "SELECT ?label { ?d dm:decisionKind 'rename-actor' ; dm:decidedOn ?actor . \
                 ?actor a dm:Actor ; skos:prefLabel|rdfs:label ?label }";
    run(demarche().args(["query", "-e", query, "--graph"]).arg(out.path())).shows(&["V. Putin"]);
}

#[test]
fn a_broken_file_of_decisions_builds_nothing() {
    let mine = files(&[("mine.yaml", b"- reject: x\n- edit: y\n  quote: z\n  act: dance\n")]);
    let file = mine.path().join("mine.yaml");
    let (run, out) = built(&["--decisions", file.to_str().unwrap()]);
    run.ended(2, &["mine.yaml:1: no quote", "mine.yaml:2: no act \"dance\""]);
    assert!(!out.path().join("claims.jsonl").exists());
    built(&["--decisions", "nowhere.yaml"]).0.ended(2, &["nowhere.yaml:1: cannot be read"]);
}

#[test]
fn claims_below_the_least_confidence_are_left_out() {
    built(&["--min-confidence", "0"]).0.ended(0, &[]).shows(&["2 claims"]);
    built(&["--min-confidence", "1"]).0.ended(0, &[]).shows(&["0 claims"]);
    built(&["--min-confidence", "2"]).0.ended(2, &["0 to 1"]);
}

#[test]
fn confidence_is_fitted_to_gold() {
    let (run_of_build, out) = built(&[]);
    run_of_build.ended(0, &[]);
    let gold = files(&[(
        "a.jsonl",
        br#"{"quote":"rejected it","trigger":"rejected","act":["reject"],"agent":["vladimir-putin"],"status":"actual","weight":2}"#,
    )]);
    let table = out.path().join("confidence.tsv");
    let mut command = demarche();
    command.args(["eval", "--gold"]).arg(gold.path()).arg("--graph").arg(out.path());
    run(command.arg("--calibrate").arg(&table)).ended(0, &[]).shows(&[
        "fitted to 2 claims",
        "said   true",
        "least confidence",
    ]);
    let table = std::fs::read_to_string(table).unwrap();
    assert!(table.contains("\nact:reject\t0.0"), "{table}");
}

#[test]
fn eval_reads_event_data_itself() {
    let data = files(&[
        (
            "plv.tsv",
            b"\tsentence\tsource\ttarget\tgold_root\n\
              0\tUkraine accused Russia of lying.\tUkraine\tRussia\tACCUSE\n\
              1\tUkraine accused Russia of lying.\tUkraine\tRussia\tAID\n\
              2\tUkraine accused Russia of lying.\tUkraine\tRussia\tBLAME\n",
        ),
        (
            "icbe.jsonl",
            b"{\"id\":\"c1\",\"date\":\"2025-03-19\",\"text\":\"Ukraine accused Russia of lying.\",\
              \"sentences\":[[0,32]],\"events\":[{\"sentence\":0,\"acts\":[\"accuse\"],\
              \"actors\":[\"Ukraine\"],\"addressees\":[\"Russia\"]}]}\n{\"id\":\"c2\"}\n",
        ),
    ]);
    let eval = |flag: &str, file: &str| {
        let mut command = demarche();
        command.args(["eval", "--misses", flag]).arg(data.path().join(file));
        run(&mut command)
    };
    eval("--plover", "plv.tsv").ended(2, &["plv.tsv, line 4: no event type: \"BLAME\""]).shows(&[
        "sentences: 2, without an event: 0",
        "best event right=0.500 agent=0.500 both=0.500",
        "ACCUSE          1  1.000  1.000  1.000       2  0.500  0.500  0.500",
        "MISS line 3 AID not ACCUSE (accuse, actual) | Ukraine \u{27e6}accused\u{27e7} Russia",
    ]);
    eval("--icbe", "icbe.jsonl").ended(2, &["icbe.jsonl, line 2: missing field"]).shows(&[
        "narratives: 1",
        "events n=1 recall=1.000 agent=1.000 both=1.000",
        "accuse          1  1.000  1.000  1.000       1  1.000  1.000  1.000",
    ]);
}
