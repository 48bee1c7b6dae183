//! How much of a list fits into one answer.

use serde_json::{Map, Value, json};

/// The most characters of the items of one answer: some 6,000 tokens of English.
pub(super) const MOST: usize = 24_000;

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    pub limit: usize,
    pub offset: usize,
}

impl Page {
    /// The items from the offset on, at most `limit` and at most [`MOST`] characters, but never
    /// none of several; under the name `kind`, with their number in all, and where the next page
    /// begins. Items are made only as far as they are given.
    pub(super) fn of(self, kind: &str, total: usize, items: impl Iterator<Item = Value>) -> Value {
        let (mut given, mut size) = (Vec::new(), 0);
        for item in items.skip(self.offset).take(self.limit) {
            size += item.to_string().chars().count();
            if size > MOST && !given.is_empty() {
                break;
            }
            given.push(item);
        }
        let next = self.offset.saturating_add(given.len());
        let mut page = Map::new();
        page.insert("total".into(), json!(total));
        page.insert("offset".into(), json!(self.offset));
        if next < total && !given.is_empty() {
            page.insert("next_offset".into(), json!(next));
        }
        page.insert(kind.into(), Value::Array(given));
        Value::Object(page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_each_other_and_stay_small() {
        let items = || (0..10).map(|number| json!(format!("{number}{}", "x".repeat(MOST / 3))));
        let (mut offset, mut met, mut pages) = (0, 0, 0);
        loop {
            let page = Page { limit: 100, offset }.of("items", 10, items());
            assert!(page.to_string().len() < MOST + 200);
            met += page["items"].as_array().unwrap().len();
            pages += 1;
            match page.get("next_offset") {
                Some(next) => offset = next.as_u64().unwrap() as usize,
                None => break,
            }
        }
        assert_eq!((met, pages), (10, 5));
    }

    #[test]
    fn one_item_is_given_however_long_it_is() {
        let long = std::iter::once(json!("x".repeat(2 * MOST)));
        let page = Page { limit: 1, offset: 0 }.of("items", 1, long);
        assert_eq!(page["items"].as_array().unwrap().len(), 1);
        assert!(page.get("next_offset").is_none());
    }
}
