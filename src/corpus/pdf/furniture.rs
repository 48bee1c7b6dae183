//! What belongs to the pages and not to the text: running heads, running feet, page numbers.

use std::collections::BTreeMap;

use super::page::{Line, Page};

/// How many lines at the top and at the bottom of a page may belong to it.
const EDGE: usize = 3;
/// How far apart on two pages the same line may stand, in points.
const SHIFT: f64 = 4.0;

/// Takes out lines that say the same, but for numbers, at the same place of the upper or lower
/// edge of two pages or more, and page numbers that stand alone there.
pub(super) fn take_out(pages: &mut [Page]) {
    let mut repeated: BTreeMap<String, Vec<(usize, f64)>> = BTreeMap::new();
    for (number, page) in pages.iter().enumerate() {
        for at in edge(page) {
            let line = &page.lines[at];
            repeated.entry(without_numbers(line)).or_default().push((number, line.base));
        }
    }
    for (number, page) in pages.iter_mut().enumerate() {
        let furniture: Vec<usize> = edge(page)
            .into_iter()
            .filter(|&at| {
                let line = &page.lines[at];
                let elsewhere = |(page, base): &(usize, f64)| {
                    *page != number && (base - line.base).abs() <= SHIFT
                };
                is_page_number(&line.words())
                    || repeated
                        .get(&without_numbers(line))
                        .is_some_and(|places| places.iter().any(elsewhere))
            })
            .collect();
        let mut at = 0;
        page.lines.retain(|_| {
            at += 1;
            !furniture.contains(&(at - 1))
        });
    }
}

/// The lines that stand highest and lowest, by number. A page of few lines has as many to lose
/// as it has.
fn edge(page: &Page) -> Vec<usize> {
    let mut by_height: Vec<usize> = (0..page.lines.len()).collect();
    by_height.sort_by(|&a, &b| page.lines[a].base.total_cmp(&page.lines[b].base));
    let lowest = by_height.len().saturating_sub(EDGE).max(EDGE.min(by_height.len()));
    let edges = by_height.iter().take(EDGE).chain(&by_height[lowest..]);
    edges.copied().collect()
}

fn without_numbers(line: &Line) -> String {
    let words = line.words().to_lowercase();
    words
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect::<String>()
        .replace("00", "0")
}

/// "7", "- 7 -", "Page 7 of 12", "vii", also behind the address that a browser prints.
fn is_page_number(words: &str) -> bool {
    let words = words.to_lowercase();
    let own = words.split_whitespace().filter(|word| !word.contains("://"));
    let words = own.collect::<Vec<_>>().join(" ");
    let mut numbers = 0;
    for word in words.split(|c: char| c.is_whitespace() || "-–—/|[]()".contains(c)) {
        let digits = word.len() <= 4 && word.chars().all(|c| c.is_ascii_digit());
        let roman = word.len() <= 5 && word.chars().all(|c| "ivxl".contains(c));
        match word {
            "" | "page" | "p." | "of" => {}
            _ if digits || roman => numbers += 1,
            _ => return false,
        }
    }
    (1..=2).contains(&numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_stand_alone() {
        for words in
            ["7", "- 7 -", "Page 7 of 12", "vii", "7/12", "[ 3 ]", "https://a.example/b 1/2"]
        {
            assert!(is_page_number(words), "{words}");
        }
        for words in ["", "7 May", "Page", "1 2 3", "In 2025", "of", "20250", "https://a.example/7"]
        {
            assert!(!is_page_number(words), "{words}");
        }
    }
}
