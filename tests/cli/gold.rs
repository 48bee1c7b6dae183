//! Invented texts of many forms with all their claims, as people listed them who had not seen
//! what the program finds. Nothing was trained on them or tuned to them; the floors are what it
//! reached when it was measured last.

use std::path::Path;

use crate::Run;
use crate::demarche;

/// Least share of the claims that matter that is found, with the right agent, and with status
/// and source right as well; least precision.
const FLOORS: [(&str, f64); 4] =
    [("found=", 0.61), ("who=", 0.39), ("full=", 0.32), ("precision>=", 0.55)];

#[test]
fn the_claims_of_invented_texts_are_found_as_before() {
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold");
    let folder = tempfile::tempdir().unwrap();
    let graph = folder.path().join("g");
    let run = |arguments: &[&Path]| Run::from(demarche().args(arguments));
    run(&["build".as_ref(), &gold.join("texts"), "-o".as_ref(), &graph]).ended(0, &[]);
    let claims = gold.join("claims");
    let told = run(&["eval".as_ref(), "--gold".as_ref(), &claims, "--graph".as_ref(), &graph]);
    told.ended(0, &[]);
    println!("{}", told.stdout);
    for (name, floor) in FLOORS {
        // the first line with the name is that of the claims that matter
        let (_, rest) = told.stdout.split_once(name).unwrap();
        let share: f64 = rest.split_whitespace().next().unwrap().parse().unwrap();
        assert!(share >= floor, "{name}{share}, before {floor}");
    }
}
