use std::io::Write;

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

/// A file of these parts.
fn file(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn document(body: &str) -> Vec<u8> {
    file(&[("word/document.xml", &xml(body))])
}

fn xml(body: &str) -> String {
    format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>")
}

fn paragraph(words: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>")
}

fn words(body: &str) -> String {
    read(&document(body)).unwrap().text
}

#[test]
fn paragraphs_are_blocks() {
    let body = paragraph("Norland &amp; Sudria &#8212; no deal.")
        + "<w:p/>"
        + &paragraph("Talks  go on. ");
    assert_eq!(words(&body), "Norland & Sudria — no deal.\n\nTalks go on.");
    let broken = "<w:p><w:r><w:t>Harbour Street 7</w:t><w:br/><w:t>Lind</w:t></w:r><w:r><w:t>haven</w:t>\
                  <w:tab/><w:t>x</w:t><w:br w:type=\"page\"/></w:r></w:p>";
    assert_eq!(words(broken), "Harbour Street 7\nLindhaven x");
}

#[test]
fn what_is_not_of_the_text_is_left_out() {
    let body = "<w:p><w:del><w:r><w:delText>not </w:delText><w:t>x</w:t></w:r></w:del><w:ins><w:r>\
                <w:t>He agreed</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r>\
                <w:r><w:instrText>PAGE</w:instrText><w:t>.</w:t></w:r></w:p>";
    assert_eq!(words(body), "He agreed.");
}

#[test]
fn boxes_are_read_once() {
    let inner = paragraph("In the box.");
    let body = format!(
        "<w:p><w:r><w:t>Around it.</w:t><mc:AlternateContent><mc:Choice><w:txbxContent>{inner}\
         </w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>{inner}</w:txbxContent></mc:Fallback>\
         </mc:AlternateContent></w:r></w:p>"
    );
    assert_eq!(words(&body), "In the box.\n\nAround it.");
}

#[test]
fn tables_have_rows() {
    let cell = |words: &str| format!("<w:tc>{}</w:tc>", paragraph(words));
    let row = |cells: &[&str]| {
        format!("<w:tr>{}</w:tr>", cells.iter().map(|c| cell(c)).collect::<String>())
    };
    let table =
        format!("<w:tbl>{}{}</w:tbl>", row(&["Side", "Demand"]), row(&["Norland", "a zone"]));
    assert_eq!(
        words(&(paragraph("They ask:") + &table + &paragraph("So it is."))),
        "They ask:\n\nSide | Demand\nNorland | a zone\n\nSo it is."
    );
    let column = format!("<w:tbl>{}{}</w:tbl>", row(&["One."]), row(&["Two."]));
    assert_eq!(words(&column), "One.\n\nTwo.");
}

#[test]
fn lists_have_their_marks() {
    let numbering = "<w:numbering><w:abstractNum w:abstractNumId=\"1\"><w:lvl><w:start w:val=\"1\"/>\
        <w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl><w:lvl><w:numFmt w:val=\"bullet\"/>\
        <w:lvlText w:val=\"x\"/></w:lvl></w:abstractNum><w:num w:numId=\"5\"><w:abstractNumId w:val=\"1\"/>\
        </w:num></w:numbering>";
    let styles = "<w:styles><w:style w:styleId=\"Clause\"><w:pPr><w:numPr><w:numId w:val=\"5\"/></w:numPr>\
        </w:pPr></w:style></w:styles>";
    let item = |level: usize, words: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"5\"/></w:numPr></w:pPr>\
             <w:r><w:t>{words}</w:t></w:r></w:p>"
        )
    };
    let clause = "<w:p><w:pPr><w:pStyle w:val=\"Clause\"/></w:pPr><w:r><w:t>talk</w:t></w:r></w:p>";
    let body = paragraph("They agreed to:") + &item(0, "withdraw") + &item(1, "boats") + clause;
    let bytes = file(&[
        ("word/document.xml", &xml(&body)),
        ("word/numbering.xml", numbering),
        ("word/styles.xml", styles),
    ]);
    assert_eq!(read(&bytes).unwrap().text, "They agreed to:\n\n1. withdraw\n  - boats\n2. talk");
}

#[test]
fn notes_stand_at_the_end_and_the_file_says_who_wrote_it() {
    let title =
        "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>No deal</w:t></w:r></w:p>";
    let notes =
        format!("<w:footnotes><w:footnote>{}</w:footnote></w:footnotes>", paragraph("In May."));
    let core = "<cp:coreProperties><dc:title></dc:title><dc:creator>Ida Storm</dc:creator>\
                <dcterms:created>2025-03-18T21:04:00Z</dcterms:created></cp:coreProperties>";
    let Read { metadata, text, .. } = read(&file(&[
        ("word/document.xml", &xml(&format!("{title}{}", paragraph("They met.")))),
        ("word/footnotes.xml", &notes),
        ("word/header1.xml", &xml(&paragraph("Secret"))),
        ("docProps/core.xml", core),
    ]))
    .unwrap();
    assert_eq!(text, "No deal\n\nThey met.\n\nIn May.");
    assert_eq!(metadata.title.as_deref(), Some("No deal"));
    assert_eq!(metadata.author.as_deref(), Some("Ida Storm"));
    assert_eq!(metadata.date.as_deref(), Some("2025-03-18T21:04:00Z"));
}

#[test]
fn what_is_broken_is_told() {
    let whole = document(&paragraph("He agreed."));
    for bytes in [
        &b""[..],
        b"words",
        &whole[..whole.len() / 2],
        &file(&[("other.xml", "<a/>")]),
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        &document("<w:p><w:r><w:t>He agreed.</w:t></w:p>"),
    ] {
        let error = read(bytes).unwrap_err();
        assert!(matches!(error, ReadErrorKind::Broken { .. }), "{error}");
    }
    assert!(matches!(read(&document("")).unwrap_err(), ReadErrorKind::Empty));
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let bytes = document(&" ".repeat(MAX_INFLATED_BYTES + 1));
    assert!(bytes.len() < 1 << 20);
    assert!(matches!(
        read(&bytes).unwrap_err(),
        ReadErrorKind::TooMuch { what: TooMuch::Inflated, .. }
    ));
    // What is nested costs no stack.
    let deep = format!("{}{}", "<w:tbl>".repeat(200_000), "</w:tbl>".repeat(200_000));
    assert!(matches!(read(&document(&deep)).unwrap_err(), ReadErrorKind::Empty));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_spoilt_file_is_read_or_told(changes in prop::collection::vec((0usize..900, any::<u8>()), 1..12)) {
        let mut bytes = document(&paragraph("He agreed."));
        for (at, byte) in changes {
            let length = bytes.len();
            bytes[at % length] = byte;
        }
        let _ = read(&bytes);
    }

    #[test]
    fn any_markup_is_read_or_told(xml in "(<w:p>|</w:p>|<w:t>|</w:t>|<w:tbl>|</w:tbl>|<w:tr>|</w:tr>|<w:tc/>|<w:del>|</w:del>|&amp;|&x;|x| ){0,40}") {
        let _ = read(&file(&[("word/document.xml", &xml)]));
    }
}
