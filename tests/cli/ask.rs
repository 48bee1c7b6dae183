//! Questions to a built graph, as a person types them.

use crate::{on_graph, run};

#[test]
fn an_answer_has_its_claim_and_its_day() {
    run(&mut on_graph(&["ask", "Who rejected the full ceasefire?"])).ended(0, &[]).shows(&[
        "Vladimir Putin",
        "(002-reject-",
        "2025-03-19",
    ]);
}

#[test]
fn what_is_said_by_one_side_is_marked() {
    run(&mut on_graph(&["ask", "According to the Kremlin, who proposed the energy truce?"]))
        .ended(0, &[])
        .shows(&["Donald Trump [as Kremlin says]"]);
}

#[test]
fn where_there_is_no_answer_the_nearest_sentences_are_no_answer() {
    let silent = run(&mut on_graph(&["ask", "Who rejected the energy truce?"]));
    silent
        .ended(1, &["nothing found"])
        .shows(&["Nearest sentences, which are no answer", "energy truce"]);
    run(&mut on_graph(&["ask", "What did Macrom promise?"]))
        .ended(0, &["taken for “What did Macron promise?”"])
        .shows(&["more military aid"]);
    run(&mut on_graph(&["ask", "Who rejected the Macrom plan?"]))
        .ended(1, &["nothing found"])
        .shows(&["not understood: Macrom", "did you mean: Who rejected the Macron plan?"]);
}

#[test]
fn one_question_follows_from_another() {
    let lines = "What did Macron promise?\nand Trump?\nhistory\nquit\nWho?\n";
    let run = run(on_graph(&["ask", "-i"]).write_stdin(lines));
    run.ended(0, &[]).shows(&[
        "more military aid",
        "What did Trump promise?",
        "  1  What did Macron promise?\n  2  What did Trump promise?",
    ]);
}

#[test]
fn interactive_questions_are_given_by_lines_alone() {
    run(&mut on_graph(&["ask", "-i", "--json"])).ended(2, &["--json"]);
    run(&mut on_graph(&["ask"])).ended(2, &["<QUESTION>"]);
}
