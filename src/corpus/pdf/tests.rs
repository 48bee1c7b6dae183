//! Files are made here, of invented words, as programs make them.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

const FONT: &str =
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

/// A file of these objects, the first being 1; the first must be the catalog.
fn file(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let start = file.len();
    let _ = write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _ = writeln!(file, "{place:010} 00000 n ");
    }
    let size = objects.len() + 1;
    let _ = write!(
        file,
        "trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF"
    );
    file.into_bytes()
}

fn stream(dictionary: &str, content: &str) -> String {
    format!("<< {dictionary} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// A file of pages with these contents; object 3 is the font F, 4 the information.
fn pdf(pages: &[String]) -> Vec<u8> {
    let count = pages.len();
    let kids: Vec<String> = (0..count).map(|at| format!("{} 0 R", 5 + 2 * at)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Count {count} /Kids [{}] >>", kids.join(" ")),
        FONT.to_owned(),
        "<< /Title (Norland waits) /Author (Ida Storm) /CreationDate (D:20250318120000Z) >>"
            .to_owned(),
    ];
    for (at, page) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {} 0 R \
             /Resources << /Font << /F 3 0 R >> >> >>",
            6 + 2 * at
        ));
        objects.push(stream("", page));
    }
    file(&objects, "/Info 4 0 R")
}

/// Lines that are drawn one below the other, the first at this height.
fn lines(left: f64, top: f64, size: f64, words: &[&str]) -> String {
    let mut content = String::new();
    for (at, words) in words.iter().enumerate() {
        let base = top - at as f64 * size * 1.2;
        let words = words.replace('(', "\\(").replace(')', "\\)");
        let _ = writeln!(content, "BT /F {size} Tf 1 0 0 1 {left} {base} Tm ({words}) Tj ET");
    }
    content
}

fn text_of(pages: &[String]) -> String {
    super::read(pdf(pages), false).unwrap().text
}

/// Three lines of some 300 points, and one that is not full.
const PARAGRAPH: [&str; 4] = [
    "The envoy of Norland said on Tuesday that his government would",
    "not withdraw from the fishing grounds before a commission had",
    "been set up, and that nobody had asked for such a commission so",
    "far.",
];

#[test]
fn lines_become_paragraphs() {
    let page = [
        lines(50.0, 700.0, 18.0, &["Norland will not leave"]),
        lines(50.0, 670.0, 10.0, &PARAGRAPH),
        lines(50.0, 610.0, 10.0, &PARAGRAPH),
        lines(50.0, 540.0, 10.0, &["Ida Storm", "Harbour Street 7"]),
    ];
    let paragraph = PARAGRAPH.join("\n");
    assert_eq!(
        text_of(&[page.concat()]),
        format!(
            "Norland will not leave\n\n{paragraph}\n\n{paragraph}\n\nIda Storm\n\nHarbour Street 7"
        )
    );
}

#[test]
fn indents_and_marks_begin_paragraphs() {
    let page = [
        lines(62.0, 700.0, 10.0, &PARAGRAPH[..1]),
        lines(50.0, 688.0, 10.0, &PARAGRAPH[1..3]),
        lines(62.0, 664.0, 10.0, &PARAGRAPH[..1]),
        lines(50.0, 652.0, 10.0, &PARAGRAPH[1..3]),
        lines(
            50.0,
            628.0,
            10.0,
            &[
                "\\225 return of the boats of the islands within thirty days, with all nets",
                "and crews",
            ],
        ),
        lines(50.0, 604.0, 10.0, &["\\225 a zone"]),
    ];
    let paragraph = PARAGRAPH[..3].join("\n");
    assert_eq!(
        text_of(&[page.concat()]),
        format!(
            "{paragraph}\n\n{paragraph}\n\n• return of the boats of the islands within thirty days, \
             with all nets\nand crews\n\n• a zone"
        )
    );
}

#[test]
fn a_sentence_goes_on_over_furniture_and_notes() {
    let page = |number: usize, body: String| {
        let head = lines(50.0, 770.0, 8.0, &["Ministry of Fisheries"]);
        let foot = lines(280.0, 30.0, 8.0, &[&format!("Page {number}")]);
        format!("{head}{body}{foot}")
    };
    let note = lines(50.0, 90.0, 7.0, &["1 It met in May."]);
    let pages = [
        page(1, lines(50.0, 126.0, 10.0, &PARAGRAPH[..2]) + &note),
        page(2, lines(50.0, 740.0, 10.0, &PARAGRAPH[2..])),
        page(3, lines(50.0, 740.0, 10.0, &["So it was."])),
    ];
    let paragraph = PARAGRAPH.join("\n");
    assert_eq!(text_of(&pages), format!("{paragraph}\n\nSo it was.\n\n1 It met in May."));
    let all = super::read(pdf(&pages), true).unwrap().text;
    assert!(all.contains("Ministry of Fisheries") && all.contains("Page 3"), "{all}");
}

#[test]
fn pages_are_told_also_of_notes() {
    let body = |at: usize| lines(50.0, 740.0, 10.0, &PARAGRAPH[at..=at]);
    let note = lines(50.0, 90.0, 7.0, &["1 It met in May."]);
    let read = super::read(pdf(&[body(0) + &note, body(1), body(2)]), false).unwrap();
    let page =
        |words: &str| read.pages.at(read.text[..read.text.find(words).unwrap()].chars().count());
    let found = [PARAGRAPH[0], PARAGRAPH[1], PARAGRAPH[2], "1 It met"].map(page);
    assert_eq!(found, [Some(1), Some(2), Some(3), Some(1)], "{}", read.text);
}

#[test]
fn columns_are_read_one_after_the_other() {
    let column = |from: &str| {
        format!(
            "{from} envoy said that Norland would not\nleave the fishing grounds before the\ncommission had met and had agreed on"
        )
    };
    let (one, two) = (column("The"), column("Her"));
    let drawn = |left, words: &str| lines(left, 700.0, 10.0, &words.lines().collect::<Vec<_>>());
    assert_eq!(text_of(&[drawn(50.0, &one) + &drawn(310.0, &two)]), format!("{one}\n{two}"));
}

#[test]
fn rows_of_tables_have_cells() {
    let row = |top, cells: [&str; 3]| {
        let mut drawn = String::new();
        for (cell, left) in cells.iter().zip([50.0, 200.0, 350.0]) {
            drawn += &lines(left, top, 10.0, &[cell]);
        }
        drawn
    };
    let page =
        row(700.0, ["Side", "Demand", "Answer"]) + &row(686.0, ["Norland", "a zone", "none"]);
    assert_eq!(text_of(&[page]), "Side | Demand | Answer\n\nNorland | a zone | none");
}

#[test]
fn words_are_told_by_gaps_and_marks_of_notes_left_out() {
    let spread = "BT /F 10 Tf 1 0 0 1 50 700 Tm [(He) -280 (agre) 20 (ed.)] TJ ET \
                  BT /F 6 Tf 1 0 0 1 92 704 Tm (12) Tj ET";
    assert_eq!(text_of(&[spread.to_owned()]), "He agreed.");
    let bold = "BT /F 10 Tf 1 0 0 1 50 700 Tm (No) Tj 1 0 0 1 50 700 Tm (No) Tj ET";
    assert_eq!(text_of(&[bold.to_owned()]), "No");
}

#[test]
fn the_file_says_who_wrote_it() {
    let read = super::read(pdf(&[lines(50.0, 700.0, 10.0, &["He agreed."])]), false).unwrap();
    assert_eq!(read.metadata.title.as_deref(), Some("Norland waits"));
    assert_eq!(read.metadata.author.as_deref(), Some("Ida Storm"));
    assert_eq!(read.metadata.date.as_deref(), Some("2025-03-18"));
    // What the text says of its date is worth more.
    let dated = lines(50.0, 700.0, 10.0, &["20 March 2025", "He agreed."]);
    assert_eq!(super::read(pdf(&[dated]), false).unwrap().metadata.date, None);
    assert_eq!(string(b"\xFE\xFF\0N\0o"), Some("No".to_owned()));
    assert_eq!(string(b"(anonymous)"), None);
}

#[test]
fn a_scan_is_told() {
    let picture = "BI /W 1 /H 1 /CS /G /BPC 8 ID x EI";
    let error = super::read(pdf(&[picture.to_owned(), picture.to_owned()]), false).unwrap_err();
    assert!(matches!(error, ReadErrorKind::NoTextInPdf { pages: 2 }), "{error}");
    let mixed = [picture.to_owned(), lines(50.0, 700.0, 10.0, &["He agreed."])];
    let read = super::read(pdf(&mixed), false).unwrap();
    assert_eq!(read.warnings, [WarningKind::PagesWithoutText { without: 1, pages: 2 }]);
}

#[test]
fn what_is_broken_is_told() {
    let whole = pdf(&[lines(50.0, 700.0, 10.0, &PARAGRAPH)]);
    let locked =
        String::from_utf8_lossy(&whole).replace("/Info", "/Encrypt << /Filter /None >> /Info");
    for bytes in [&b""[..], b"%PDF-1.7", b"words", &whole[..40], locked.as_bytes()] {
        let error = super::read(bytes.to_vec(), false).unwrap_err();
        assert!(matches!(error, ReadErrorKind::Broken { .. }), "{error}");
    }
    assert!(super::read(locked.into_bytes(), false).unwrap_err().to_string().contains("locked"));
    // Without its table of contents a file can still be read.
    let cut = &whole[..whole.len() - 60];
    assert!(super::read(cut.to_vec(), false).unwrap().text.starts_with("The envoy"));
}

#[test]
fn what_is_nested_costs_no_stack() {
    for nested in ["[", "<<", "<< /A [", "q ", "BT ", "("] {
        let page = nested.repeat(100_000);
        let _ = super::read(pdf(std::slice::from_ref(&page)), false);
        let trailer = format!("{page} 4 0 R");
        let _ = super::read(file(&["<< /Type /Catalog >>".to_owned()], &trailer), false);
    }
}

#[test]
fn what_draws_itself_again_and_again_is_stopped() {
    let levels = 40;
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R \
         /Resources << /XObject << /X 5 0 R >> >> >>"
            .to_owned(),
        stream("", "/X Do /X Do"),
    ];
    for level in 0..levels {
        let inner = format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X {} 0 R >> >>",
            6 + level
        );
        objects.push(stream(&inner, "/X Do /X Do"));
    }
    objects.push(stream("/Type /XObject /Subtype /Form /BBox [0 0 600 800]", "0 0 5 5 re f"));
    let started = Instant::now();
    let error = super::read(file(&objects, ""), false).unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}: {error}", started.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_spoilt_file_is_read_or_told(changes in prop::collection::vec((0usize..1500, any::<u8>()), 1..12)) {
        let mut bytes = pdf(&[lines(50.0, 700.0, 10.0, &PARAGRAPH), String::new()]);
        for (at, byte) in changes {
            let length = bytes.len();
            bytes[at % length] = byte;
        }
        let _ = super::read(bytes, false);
    }
}
