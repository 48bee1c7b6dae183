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
