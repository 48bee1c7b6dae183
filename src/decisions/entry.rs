use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::extract::Status;

/// A decision as it is written down, before it is checked; the keys are those of the file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Entry {
    /// Id of the claim that is right; or of its document, or empty, where the quote holds no other.
    /// So of those to reject and to edit.
    pub accept: Option<String>,
    /// Id of the claim that is not in the text.
    pub reject: Option<String>,
    /// Id of the claim that has other parts.
    pub edit: Option<String>,
    /// Id of the document with a claim that was not found.
    pub add: Option<String>,
    /// Names or ids of what is one actor.
    pub merge_actors: Option<Vec<String>>,
    /// Names or ids of several actors.
    pub keep_apart_actors: Option<Vec<String>>,
    /// Ids, labels or words of what is one matter.
    pub merge_matters: Option<Vec<String>>,
    /// Ids, labels or words of several matters.
    pub keep_apart_matters: Option<Vec<String>>,
    /// Name or id of an actor that is to be called otherwise.
    pub rename_actor: Option<String>,
    /// Id, label or words of a matter that is to be called otherwise.
    pub rename_matter: Option<String>,
    /// What it is to be called.
    pub label: Option<String>,
    /// Words of the claim.
    pub quote: Option<String>,
    /// Words in the quote that name the act.
    pub trigger: Option<String>,
    /// Where the quote stands, in Unicode scalar values.
    pub at: Option<usize>,
    /// Id of an act.
    pub act: Option<String>,
    /// Done, not done, or neither.
    pub status: Option<Status>,
    /// Who does it.
    pub agent: Option<Listed>,
    /// Whom it is done to.
    pub addressee: Option<Listed>,
    /// Who says so.
    pub source: Option<Listed>,
    /// Who reports the report.
    pub via: Option<Listed>,
    /// Words of the text that say what it is about.
    pub matter: Option<String>,
    /// ISO 8601 date or interval.
    pub time: Option<String>,
    /// Who decides.
    pub by: Option<String>,
    /// ISO 8601 date.
    pub when: Option<String>,
    /// Why.
    pub why: Option<String>,
}

impl Entry {
    /// The claim that it accepts or rejects.
    pub(super) fn judged(&self) -> Option<&str> {
        self.accept.as_deref().or(self.reject.as_deref())
    }

    /// As an entry of a list in YAML; values as in JSON, which YAML reads.
    pub(super) fn yaml(&self) -> String {
        let fields = serde_json::to_value(self).unwrap_or_default();
        let mut lines = String::new();
        for name in FIELDS {
            let value = match &fields[name] {
                Value::Null => continue,
                Value::String(text) if text.trim().is_empty() && ASIDE.contains(&name) => continue,
                value => value,
            };
            lines.push_str(if lines.is_empty() { "- " } else { "  " });
            lines.push_str(&format!("{name}: {value}\n"));
        }
        lines
    }
}

/// The keys in the order in which they are written.
const FIELDS: [&str; 25] = [
    "accept",
    "reject",
    "edit",
    "add",
    "merge-actors",
    "keep-apart-actors",
    "merge-matters",
    "keep-apart-matters",
    "rename-actor",
    "rename-matter",
    "label",
    "quote",
    "trigger",
    "at",
    "act",
    "status",
    "agent",
    "addressee",
    "source",
    "via",
    "matter",
    "time",
    "by",
    "when",
    "why",
];
/// Keys that are left out when they are empty; of the others that means something.
const ASIDE: [&str; 3] = ["by", "when", "why"];

/// A list, or its only entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Listed {
    /// One name; an empty one is none.
    One(String),
    /// Several names.
    Many(Vec<String>),
}

impl From<Listed> for Vec<String> {
    fn from(listed: Listed) -> Self {
        match listed {
            Listed::One(name) if name.trim().is_empty() => Vec::new(),
            Listed::One(name) => vec![name],
            Listed::Many(names) => names,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let entry = Entry {
            edit: Some("001-accept-3".into()),
            quote: Some("he said: \"no\"\n# never".into()),
            agent: Some(Listed::Many(Vec::new())),
            matter: Some(String::new()),
            status: Some(Status::Negated),
            by: Some(" ".into()),
            at: Some(7),
            ..Entry::default()
        };
        let read: Vec<Entry> = serde_saphyr::from_str(&entry.yaml()).unwrap();
        assert_eq!(read, [Entry { by: None, ..entry }]);
    }

    #[test]
    fn every_key_is_written() {
        let all = serde_json::to_value(Entry::default()).unwrap();
        let mut keys: Vec<&str> = all.as_object().unwrap().keys().map(String::as_str).collect();
        let mut fields = FIELDS;
        keys.sort_unstable();
        fields.sort_unstable();
        assert_eq!(keys, fields);
    }
}
