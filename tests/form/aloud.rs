//! `tests/aloud`: each text is read as the lines beside it tell; empty lines make no difference.

use demarche::annotate::Annotator;

use crate::cases;

#[test]
fn texts_are_read_as_somebody_would_read_them_aloud() {
    let annotator = Annotator::embedded().unwrap();
    let cases = cases("aloud");
    assert!(cases.len() >= 10, "{}", cases.len());
    let mut told = Vec::new();
    for case in &cases {
        let page = annotator.page(&case.document());
        let read = page.document.text.as_str();
        let found: Vec<&str> = read.lines().filter(|line| !line.is_empty()).collect();
        let expected: Vec<String> = case.expected.iter().map(|line| line.join("\t")).collect();
        if found != expected {
            told.push(format!("{}: expected {expected:#?}\n    found {found:#?}", case.name));
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}
