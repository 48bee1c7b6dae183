//! The graph for other tools: its base, its terms, and what a query is told about them.

use std::fs;

use crate::{demarche, files, on_graph, run};

#[test]
fn a_term_that_does_not_exist_is_told_with_the_nearest() {
    let query = "SELECT ?who { ?who dm:propozed ?what . ?claim dm:act act:rejct }";
    run(&mut on_graph(&["query", "-e", query])).ended(
        1,
        &["there is no dm:propozed", "did you mean dm:proposed?", "did you mean act:reject?"],
    );
    let known = run(&mut on_graph(&["query", "-e", "SELECT ?who { ?who dm:proposed ?what }"]));
    assert!(!known.ended(0, &[]).stderr.contains("there is no"));
}

#[test]
fn an_update_is_refused_by_its_name() {
    run(&mut on_graph(&["query", "-e", "DELETE WHERE { ?s ?p ?o }"]))
        .ended(2, &["DELETE is an update", "read-only"]);
}

#[test]
fn a_query_knows_the_classes() {
    let query = "SELECT ?who { ?who a/rdfs:subClassOf dm:Actor ; skos:prefLabel \"Kremlin\"@en }";
    run(&mut on_graph(&["query", "-e", query])).ended(0, &[]).shows(&["kremlin"]);
}

#[test]
fn the_ontology_is_exported_when_asked_for() {
    let folder = files(&[]);
    let export = |name: &str, more: &[&str]| {
        let path = folder.path().join(name);
        let arguments = ["export", "-o", path.to_str().unwrap()];
        run(on_graph(&arguments).args(more)).ended(0, &[]);
        fs::read_to_string(path).unwrap()
    };
    let class = "<https://w3id.org/demarche/ontology#State> \
                 <http://www.w3.org/2000/01/rdf-schema#subClassOf> \
                 <https://w3id.org/demarche/ontology#Actor>";
    let bare = export("bare.nt", &[]);
    let whole = export("whole.nt", &["--with-ontology"]);
    assert!(!bare.contains(class) && whole.contains(class));
    assert_eq!(whole, export("again.nt", &["--with-ontology"]), "nameless nodes keep their names");
    let mut lines: Vec<&str> = whole.lines().collect();
    let count = lines.len();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), count, "nothing is said twice");
    let graphml = folder.path().join("graph.graphml");
    run(&mut on_graph(&["export", "--with-ontology", "-o", graphml.to_str().unwrap()]))
        .ended(2, &["goes with RDF"]);
}

#[test]
fn two_graphs_of_one_name_share_no_claims() {
    let build = |text: &str, more: &[&str]| {
        let folder = files(&[("a.txt", text.as_bytes())]);
        let (texts, graph) = (folder.path().join("a.txt"), folder.path().join("graph"));
        let mut command = demarche();
        command.arg("build").arg(&texts).arg("-o").arg(&graph).args(more);
        let run = run(&mut command);
        run.ended(0, &[]);
        (run.stderr.clone(), fs::read_to_string(graph.join("demarche.json")).unwrap())
    };
    let base = |manifest: &str| {
        manifest.lines().find(|line| line.contains("\"base\"")).unwrap().to_owned()
    };
    let (said, one) = build("Norland rejected the truce.", &[]);
    assert!(said.contains("things are named under") && said.contains("--base"), "{said}");
    let (_, other) = build("Sudria rejected the truce.", &[]);
    let (_, again) = build("Norland rejected the truce.", &[]);
    assert_ne!(base(&one), base(&other));
    assert_eq!(base(&one), base(&again));
    let (said, named) = build("Norland rejected the truce.", &["--base", "https://example.org/t/"]);
    assert!(base(&named).contains("https://example.org/t/"));
    assert!(!said.contains("things are named under"), "{said}");
}
