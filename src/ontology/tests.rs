use super::*;

#[test]
fn shipped_files_have_no_error_and_no_warning() {
    let findings = Ontology::check(&[]);
    let shown: Vec<String> = findings.iter().map(Finding::to_string).collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
}
