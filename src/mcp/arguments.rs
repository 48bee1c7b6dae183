//! What a tool is called with.

use serde_json::{Map, Value, json};

/// What an argument is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Flag,
    Texts,
}

/// An argument of a tool.
#[derive(Debug, Clone, Copy)]
pub(super) struct Argument {
    pub name: &'static str,
    pub kind: Kind,
    pub about: &'static str,
    pub required: bool,
}

impl Argument {
    pub(super) const fn new(name: &'static str, kind: Kind, about: &'static str) -> Self {
        Self { name, kind, about, required: false }
    }

    pub(super) const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

/// The JSON Schema of these arguments.
pub(super) fn schema(arguments: &[Argument]) -> Map<String, Value> {
    let property = |it: &Argument| {
        let mut property = match it.kind {
            Kind::Text => json!({ "type": "string" }),
            Kind::Number => json!({ "type": "integer", "minimum": 0 }),
            Kind::Flag => json!({ "type": "boolean" }),
            Kind::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        };
        property["description"] = it.about.into();
        (it.name.to_owned(), property)
    };
    let properties: Map<String, Value> = arguments.iter().map(property).collect();
    let required: Vec<&str> = arguments.iter().filter(|it| it.required).map(|it| it.name).collect();
    let schema = json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

/// The values that a tool is called with, each of its kind.
#[derive(Debug, Default)]
pub(super) struct Arguments(Map<String, Value>);

impl Arguments {
    /// # Errors
    /// In words, when one is missing, unknown or of another kind.
    pub(super) fn read(known: &[Argument], given: Map<String, Value>) -> Result<Self, String> {
        for (name, value) in &given {
            let Some(argument) = known.iter().find(|it| it.name == name) else {
                let names: Vec<_> = known.iter().map(|it| it.name).collect();
                return Err(format!("{name:?} is no argument; there are {}", names.join(", ")));
            };
            let fits = match argument.kind {
                Kind::Text => value.is_string(),
                Kind::Number => value.is_u64(),
                Kind::Flag => value.is_boolean(),
                Kind::Texts => value.as_array().is_some_and(|all| all.iter().all(Value::is_string)),
            };
            if !fits && !value.is_null() {
                let kind = match argument.kind {
                    Kind::Text => "a text",
                    Kind::Number => "a whole number from 0",
                    Kind::Flag => "true or false",
                    Kind::Texts => "a list of texts",
                };
                return Err(format!("{name} is {value}; valid: {kind}"));
            }
        }
        let lacks = |it: &&Argument| it.required && given.get(it.name).is_none_or(Value::is_null);
        match known.iter().find(lacks) {
            Some(missing) => Err(format!("{} is missing: {}", missing.name, missing.about)),
            None => Ok(Self(given)),
        }
    }

    /// A text that is not empty.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str().map(str::trim).filter(|it| !it.is_empty())
    }

    /// A text that is asked for; empty where it is.
    pub(super) fn wanted(&self, name: &str) -> &str {
        self.text(name).unwrap_or_default()
    }

    pub(super) fn number(&self, name: &str) -> Option<usize> {
        usize::try_from(self.0.get(name)?.as_u64()?).ok()
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.0.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    pub(super) fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        let all = self.0.get(name).and_then(Value::as_array);
        all.into_iter().flatten().filter_map(Value::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [Argument; 3] = [
        Argument::new("name", Kind::Text, "a name").required(),
        Argument::new("limit", Kind::Number, "how many"),
        Argument::new("ids", Kind::Texts, "which"),
    ];

    fn read(given: Value) -> Result<Arguments, String> {
        Arguments::read(&KNOWN, given.as_object().unwrap().clone())
    }

    #[test]
    fn what_is_given_is_held_against_what_is_known() {
        let read_well = read(json!({ "name": " Putin ", "limit": 3, "ids": ["a", "b"] })).unwrap();
        assert_eq!(read_well.text("name"), Some("Putin"));
        assert_eq!(read_well.number("limit"), Some(3));
        assert_eq!(read_well.texts("ids").count(), 2);
        assert!(read(json!({ "name": "x", "limit": null })).unwrap().number("limit").is_none());
        assert!(read(json!({})).unwrap_err().contains("name is missing"));
        assert!(read(json!({ "name": 3 })).unwrap_err().contains("a text"));
        assert!(read(json!({ "name": "x", "limit": -1 })).unwrap_err().contains("limit"));
        assert!(read(json!({ "name": "x", "nam": "y" })).unwrap_err().contains("name, limit, ids"));
    }

    #[test]
    fn the_schema_says_what_is_required() {
        let schema = schema(&KNOWN);
        assert_eq!(schema["required"], json!(["name"]));
        assert_eq!(schema["properties"]["ids"]["items"]["type"], "string");
    }
}
