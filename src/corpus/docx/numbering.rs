//! The marks of lists, which Word counts and does not write down.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::xml::{attribute, name_of};

/// Levels of a list, the outermost first.
const LEVELS: usize = 9;

/// How a level of a list is counted.
#[derive(Debug, Clone, Default, PartialEq)]
struct Level {
    /// "decimal", "bullet", "lowerLetter" …
    kind: String,
    /// With `%1` for the number of the outermost level, `%2` for the next …
    mark: String,
    start: usize,
}

/// The lists of a document, and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// For each list: how its levels are counted.
    abstracts: BTreeMap<String, Vec<Level>>,
    /// For each use of a list: which it is.
    uses: BTreeMap<String, String>,
    /// For each style of paragraphs that are items: the use of a list, and the level.
    styles: BTreeMap<String, (String, usize)>,
    counted: BTreeMap<String, Vec<usize>>,
}

impl Numbering {
    /// Reads `numbering.xml`, and from `styles.xml` which styles are those of items.
    pub(super) fn read(numbering: &str, styles: Option<&str>) -> Self {
        let mut read = Self::default();
        read.lists(numbering);
        if let Some(styles) = styles {
            read.of_styles(styles);
        }
        read
    }

    fn lists(&mut self, xml: &str) {
        let (mut list, mut list_use) = (String::new(), String::new());
        let mut overriding = false;
        each_start(xml, |start| {
            let value = || attribute(start, "val").unwrap_or_default();
            let id = |name| attribute(start, name).unwrap_or_default();
            match name_of(start) {
                "abstractNum" => list = id("abstractNumId"),
                "num" => (list_use, overriding) = (id("numId"), false),
                "lvlOverride" => overriding = true,
                "abstractNumId" => drop(self.uses.insert(list_use.clone(), value())),
                "lvl" if !overriding => {
                    let levels = self.abstracts.entry(list.clone()).or_default();
                    if levels.len() < LEVELS {
                        levels.push(Level { start: 1, ..Level::default() });
                    }
                }
                name @ ("start" | "numFmt" | "lvlText") if !overriding => {
                    let Some(level) = self.abstracts.get_mut(&list).and_then(|it| it.last_mut())
                    else {
                        return;
                    };
                    match name {
                        "start" => level.start = value().parse().unwrap_or(1),
                        "numFmt" => level.kind = value(),
                        _ => level.mark = value(),
                    }
                }
                _ => {}
            }
        });
    }

    fn of_styles(&mut self, xml: &str) {
        let (mut style, mut level) = (String::new(), 0);
        each_start(xml, |start| match name_of(start) {
            "style" => (style, level) = (attribute(start, "styleId").unwrap_or_default(), 0),
            "ilvl" => {
                level = attribute(start, "val").and_then(|it| it.parse().ok()).unwrap_or(0);
            }
            "numId" => {
                if let Some(list_use) = attribute(start, "val") {
                    self.styles.insert(style.clone(), (list_use, level));
                }
            }
            _ => {}
        });
    }

    /// The list and the level of paragraphs of a style.
    pub(super) fn of_style(&self, style: &str) -> Option<(String, usize)> {
        self.styles.get(style).cloned()
    }

    /// The mark of the next item, with indent and a space behind; `None` where the list has none.
    pub(super) fn mark(&mut self, list_use: &str, level: usize) -> Option<String> {
        let list = self.uses.get(list_use)?;
        let levels = self.abstracts.get(list)?;
        let level = level.min(LEVELS - 1);
        let own = levels.get(level)?;
        let indent = "  ".repeat(level);
        if own.kind == "none" {
            return None;
        }
        let counted = self.counted.entry(list.clone()).or_insert_with(|| vec![0; LEVELS]);
        counted[level] = if counted[level] == 0 { own.start } else { counted[level] + 1 };
        counted[level + 1..].fill(0);
        if own.kind == "bullet" {
            return Some(format!("{indent}- "));
        }
        let mut mark = own.mark.clone();
        for (at, of) in levels.iter().enumerate() {
            let number = counted[at].max(usize::from(at <= level));
            mark = mark.replace(&format!("%{}", at + 1), &counted_as(&of.kind, number));
        }
        Some(format!("{indent}{} ", mark.trim())).filter(|mark| !mark.trim().is_empty())
    }
}

/// A number as a kind of list writes it.
fn counted_as(kind: &str, number: usize) -> String {
    const ROMAN: [(usize, &str); 9] = [
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let letter = || {
        let at = u8::try_from((number.max(1) - 1) % 26).unwrap_or(0);
        char::from(b'a' + at).to_string().repeat((number.max(1) - 1) / 26 % 9 + 1)
    };
    let roman = || {
        let mut left = number % 400;
        let mut written = String::new();
        for (value, sign) in ROMAN {
            while left >= value {
                written.push_str(sign);
                left -= value;
            }
        }
        written
    };
    match kind {
        "lowerLetter" => letter(),
        "upperLetter" => letter().to_uppercase(),
        "lowerRoman" => roman(),
        "upperRoman" => roman().to_uppercase(),
        _ => number.to_string(),
    }
}

/// Shows the beginning of each element; what is broken ends it.
fn each_start(xml: &str, mut look: impl FnMut(&BytesStart<'_>)) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => look(&start),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_lists_do() {
        let written = |kind| [1, 4, 27].map(|number| counted_as(kind, number)).join(" ");
        assert_eq!(written("decimal"), "1 4 27");
        assert_eq!(written("lowerLetter"), "a d aa");
        assert_eq!(written("upperRoman"), "I IV XXVII");
    }

    #[test]
    fn levels_are_counted_one_within_the_other() {
        let xml = r#"<w:numbering><w:abstractNum w:abstractNumId="7">
            <w:lvl><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Article %1."/></w:lvl>
            <w:lvl><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1(%2)"/></w:lvl>
            </w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>"#;
        let mut numbering = Numbering::read(xml, None);
        let marks = [0, 1, 1, 0, 1].map(|level| numbering.mark("3", level).unwrap());
        assert_eq!(marks, ["Article 1. ", "  1(a) ", "  1(b) ", "Article 2. ", "  2(a) "]);
        assert_eq!(numbering.mark("4", 0), None);
    }
}
