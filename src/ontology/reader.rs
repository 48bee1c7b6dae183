//! What the files say of one term, and what is wrong with it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Display;

use super::finding::{Finding, Severity};
use super::source::{Places, Source};
use super::statements::{Statement, Statements, Value};
use super::terms::ActorKind;
use super::vocabulary::{id_of, kebab, nearest};

/// Kinds of actors; the class of each is called after it.
pub(super) const ACTOR_KINDS: [ActorKind; 7] = [
    ActorKind::Forces,
    ActorKind::Group,
    ActorKind::Institution,
    ActorKind::Organisation,
    ActorKind::Person,
    ActorKind::Place,
    ActorKind::State,
];

/// Reads terms, and notes what is wrong with them.
pub(super) struct Reader<'a> {
    pub sources: &'a [Source],
    pub statements: &'a Statements,
    pub findings: Vec<Finding>,
    /// The statements again, only to look terms up quickly.
    said: HashMap<&'a str, &'a [Statement]>,
    /// The terms of each class, sorted.
    instances: BTreeMap<&'a str, Vec<&'a str>>,
    /// The lines of the files in which something was found.
    places: HashMap<usize, Places<'a>>,
}

impl<'a> Reader<'a> {
    /// A reader of these statements; `findings` are those met before.
    pub(super) fn new(
        sources: &'a [Source],
        statements: &'a Statements,
        findings: Vec<Finding>,
    ) -> Reader<'a> {
        let said = statements.iter().map(|(t, said)| (t.as_str(), said.as_slice())).collect();
        let mut instances: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (term, said) in statements {
            for class in said.iter().filter(|s| s.property == "rdf:type") {
                let terms = instances.entry(class.value.text()).or_default();
                if terms.last() != Some(&term.as_str()) {
                    terms.push(term);
                }
            }
        }
        Reader { sources, statements, findings, said, instances, places: HashMap::new() }
    }

    // What is said of a term.

    /// Terms of a class, or of the kinds of `dm:Actor` and `rdf:Property`.
    pub(super) fn instances(&self, class: &str) -> Vec<&'a str> {
        if matches!(class, "dm:Actor" | "rdf:Property") {
            let terms = self.statements.keys().map(String::as_str);
            return terms.filter(|t| self.is_a(t, class)).collect();
        }
        self.instances.get(class).cloned().unwrap_or_default()
    }

    /// The first layer that says this text of the term.
    pub(super) fn layer_of(&self, term: &str, property: &str, text: &str) -> usize {
        let says = |s: &&Statement| self.members(&s.value).iter().any(|v| v.text().trim() == text);
        let said = self.said(term, property).filter(says);
        said.map(|s| self.sources[s.file].layer).min().unwrap_or_default()
    }

    /// Does a shipped file speak of the term?
    pub(super) fn is_shipped(&self, term: &str) -> bool {
        let said = self.said.get(term).copied().unwrap_or_default();
        said.iter().any(|s| self.sources[s.file].layer == 0)
    }

    /// Is the term said to be of the class (or, for `dm:Actor` and `rdf:Property`,
    /// of one of its kinds)?
    pub(super) fn is_a(&self, term: &str, class: &str) -> bool {
        self.said(term, "rdf:type").any(|s| {
            let t = s.value.text();
            match class {
                "dm:Actor" => {
                    let name = t.strip_prefix("dm:");
                    ACTOR_KINDS.iter().any(|kind| name == Some(kind.as_str()))
                }
                "rdf:Property" => t.starts_with("owl:") && t.ends_with("Property"),
                _ => t == class,
            }
        })
    }

    /// The statements of a term with this property.
    pub(super) fn said<'s>(
        &self,
        term: &str,
        property: &'s str,
    ) -> impl Iterator<Item = &'a Statement> + use<'a, 's> {
        let statements = self.said.get(term).copied().unwrap_or_default();
        statements.iter().filter(move |s| s.property == property)
    }

    /// The value of a single-valued property: of the last layer that has one.
    /// Text in other languages than English is passed over.
    pub(super) fn one(&mut self, term: &str, property: &str) -> Option<&'a Statement> {
        let english = |s: &&Statement| match &s.value {
            Value::Literal { language, .. } => language.is_empty() || language.starts_with("en"),
            _ => true,
        };
        let said: Vec<_> = self.said(term, property).filter(english).collect();
        let layer = said.iter().map(|s| self.sources[s.file].layer).max()?;
        let earlier = said.iter().copied().rfind(|s| self.sources[s.file].layer < layer);
        let mut last = said.into_iter().filter(|s| self.sources[s.file].layer == layer);
        let first = last.next()?;
        if let Some(other) = last.find(|s| s.value.text() != first.value.text()) {
            let what = format!(
                "two values of {property}, \"{}\" and \"{}\"",
                first.value.text(),
                other.value.text()
            );
            self.error_in(other.file, term, property, &what, "one value");
        }
        if let Some(earlier) = earlier.filter(|other| other.value.text() != first.value.text()) {
            let what = format!(
                "{property} \"{}\" replaces \"{}\" of {}",
                first.value.text(),
                earlier.value.text(),
                self.sources[earlier.file].name
            );
            self.note(Severity::Note, first.file, term, property, &what, "");
        }
        Some(first)
    }

    /// The text of a single-valued property.
    pub(super) fn text(&mut self, term: &str, property: &str, required: bool) -> Option<String> {
        let text = self.one(term, property).map(|s| s.value.text().trim().to_owned());
        let text = text.filter(|t| !t.is_empty());
        if required && text.is_none() {
            self.error(term, "", &format!("no {property}"), &format!("{property} \"…\"@en"));
        }
        text
    }

    /// `skos:prefLabel`, which should give the id.
    pub(super) fn label(&mut self, term: &str, check_id: bool) -> String {
        let label = self.text(term, "skos:prefLabel", true).unwrap_or_default();
        let id = id_of(term);
        if check_id && !label.is_empty() && kebab(&label) != id {
            let what = format!("the id \"{id}\" is not the label \"{label}\" in kebab case");
            self.warning(term, "skos:prefLabel", &what, &kebab(&label));
        }
        label
    }

    /// All texts of a property in order, lists unrolled, each once.
    pub(super) fn texts(&self, term: &str, property: &str) -> Vec<String> {
        let mut texts: Vec<String> = Vec::new();
        for statement in self.said(term, property) {
            for value in self.members(&statement.value) {
                let text = value.text().trim();
                if matches!(value, Value::Literal { .. }) && !texts.iter().any(|t| t == text) {
                    texts.push(text.to_owned());
                }
            }
        }
        texts
    }

    /// The members of an RDF list, or the value itself.
    pub(super) fn members<'v>(&self, value: &'v Value) -> Vec<&'v Value>
    where
        'a: 'v,
    {
        let mut members = Vec::new();
        let mut node = value;
        if !matches!(node, Value::Blank(_)) && node.text() != "rdf:nil" {
            return vec![value];
        }
        let mut seen = BTreeSet::new();
        while let Value::Blank(name) = node {
            if !seen.insert(name) {
                break;
            }
            members.extend(self.said(name, "rdf:first").map(|s| &s.value).next());
            match self.said(name, "rdf:rest").next() {
                Some(rest) => node = &rest.value,
                None => break,
            }
        }
        members
    }

    /// The id of the term that a single-valued property names.
    pub(super) fn reference(&mut self, term: &str, property: &str, class: &str) -> Option<String> {
        let statement = self.one(term, property)?;
        self.resolve(term, statement, class)
    }

    pub(super) fn resolve(
        &mut self,
        term: &str,
        statement: &Statement,
        class: &str,
    ) -> Option<String> {
        let name = statement.value.text();
        if matches!(statement.value, Value::Iri(_)) && self.is_a(name, class) {
            return Some(id_of(name).to_owned());
        }

        let candidates = self.instances(class);
        let near = nearest(name, candidates.into_iter());
        self.unknown(term, name, &statement.property, &format!("a {class}"), near);
        None
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy + Display>(
        &mut self,
        term: &str,
        property: &str,
        choices: &[T],
    ) -> Option<T> {
        let text = self.text(term, property, false)?;
        let names: Vec<String> = choices.iter().map(T::to_string).collect();
        if let Some(at) = names.iter().position(|name| *name == text) {
            return Some(choices[at]);
        }
        self.error(
            term,
            &text,
            &format!("{property} \"{text}\""),
            &format!("one of {}", names.join(", ")),
        );
        None
    }

    // What is wrong.

    pub(super) fn unknown(
        &mut self,
        term: &str,
        name: &str,
        property: &str,
        wanted: &str,
        near: Option<&str>,
    ) {
        let valid = match near {
            Some(near) => format!("did you mean {near}?"),
            None => format!("{property} names {wanted}"),
        };
        self.error(term, id_of(name), &format!("{property} {name} is not {wanted}"), &valid);
    }

    /// An error at the line of the term that holds `near`.
    pub(super) fn error(&mut self, term: &str, near: &str, what: &str, valid: &str) {
        let file = self.file_of(term, near);
        self.error_in(file, term, near, what, valid);
    }

    pub(super) fn error_in(
        &mut self,
        file: usize,
        term: &str,
        near: &str,
        what: &str,
        valid: &str,
    ) {
        self.note(Severity::Error, file, term, near, what, valid);
    }

    /// A warning at the line of the term that holds `near`.
    pub(super) fn warning(&mut self, term: &str, near: &str, what: &str, valid: &str) {
        let file = self.file_of(term, near);
        self.note(Severity::Warning, file, term, near, what, valid);
    }

    /// What a user's file overrides, at the line of the term that holds `near`.
    pub(super) fn note_at(&mut self, term: &str, near: &str, what: &str) {
        let file = self.file_of(term, near);
        self.note(Severity::Note, file, term, near, what, "");
    }

    fn note(
        &mut self,
        severity: Severity,
        file: usize,
        term: &str,
        near: &str,
        what: &str,
        valid: &str,
    ) {
        let source = &self.sources[file];
        let places = self.places.entry(file).or_insert_with(|| Places::new(source));
        self.findings.push(Finding {
            file: source.name.clone(),
            line: places.line_of(term, near),
            severity,
            term: term.to_owned(),
            what: what.to_owned(),
            valid: valid.to_owned(),
        });
    }

    /// The last file that speaks of the term, preferably with `near`.
    fn file_of(&self, term: &str, near: &str) -> usize {
        let statements = self.statements.get(term).map(Vec::as_slice).unwrap_or_default();
        let holds = |s: &&Statement| {
            !near.is_empty()
                && (id_of(s.value.text()) == near || s.value.text() == near || s.property == near)
        };
        let said = statements.iter().rfind(holds).or(statements.last());
        said.map_or(0, |s| s.file)
    }
}
