//! Statements read into the typed terms of the [`Ontology`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::class::{ActStance, ActTrait, ContentStatus, Family, Gender, WordClass};
use super::layers::lay;
use super::reader::{ACTOR_KINDS, Reader};
use super::statements::{Statement, Value};
use super::terms::{
    Act, Actor, ActorKind, Collective, Issue, Office, Ontology, Tenure, ValueClass,
};
use super::trigger::{Frame, Slot, Trigger, TriggerKind};
use super::vocabulary::{id_of, kebab, nearest};

const TRIGGER_CLASSES: &[(&str, TriggerKind)] = &[
    ("dm:VerbTrigger", TriggerKind::Verb),
    ("dm:NounTrigger", TriggerKind::Noun),
    ("dm:AdjectiveTrigger", TriggerKind::Adjective),
];

/// Slots with a name; every other slot is a preposition.
const SLOTS: &[(&str, Slot)] = &[
    ("subject", Slot::Subject),
    ("object", Slot::Object),
    ("indirect", Slot::Indirect),
    ("clause", Slot::Clause),
    ("mandative", Slot::Mandative),
    ("complement", Slot::Complement),
    ("infinitive", Slot::Infinitive),
    ("object-infinitive", Slot::ObjectInfinitive),
    ("possessor", Slot::Possessor),
    ("modifier", Slot::Modifier),
    ("speech", Slot::Speech),
];

impl<'a> Reader<'a> {
    /// All terms, sorted by id.
    pub(super) fn ontology(&mut self) -> Ontology {
        let mut ontology = Ontology::default();
        let mut frames = BTreeMap::new();
        for term in self.instances("dm:Frame") {
            self.text(term, "rdfs:label", true);
            let frame = self.frame(term, Frame::default());
            frames.insert(term, frame);
        }
        for term in self.instances("dm:Act") {
            let act = self.act(term);
            ontology.acts.push(act);
        }
        for (class, kind) in TRIGGER_CLASSES {
            for term in self.instances(class) {
                let triggers = self.triggers(term, *kind, &frames);
                ontology.triggers.extend(triggers);
            }
        }
        for kind in ACTOR_KINDS {
            for term in self.instances(&format!("dm:{}", kind.as_str())) {
                let actor = self.actor(term, kind);
                ontology.actors.push(actor);
            }
        }
        for term in self.instances("dm:Office") {
            let label = self.label(term, true);
            let names = self.texts(term, "skos:altLabel");
            ontology.offices.push(Office { id: id_of(term).into(), label, names });
        }
        for term in self.instances("dm:Collective") {
            let collective = self.collective(term);
            ontology.collectives.push(collective);
        }
        for term in self.instances("skos:Concept") {
            if !self.is_issue(term) {
                continue;
            }
            let issue = self.issue(term);
            ontology.issues.push(issue);
        }
        for term in self.instances("dm:WordClass") {
            self.word_class(term, &mut ontology);
        }
        ontology.acts.sort_by(|a, b| a.id.cmp(&b.id));
        ontology.triggers.sort_by(|a, b| (&a.words[0], &a.id).cmp(&(&b.words[0], &b.id)));
        ontology.actors.sort_by(|a, b| a.id.cmp(&b.id));
        ontology.offices.sort_by(|a, b| a.id.cmp(&b.id));
        ontology.collectives.sort_by(|a, b| a.id.cmp(&b.id));
        ontology.issues.sort_by(|a, b| a.id.cmp(&b.id));
        let by_value = |class: &ValueClass| {
            (class.family, class.value.parse::<u64>().ok(), class.value.clone())
        };
        ontology.value_classes.sort_by_key(by_value);
        lay(self, &mut ontology);
        ontology
    }

    /// A class of words: one that the program asks for by name, one that gives a value, or
    /// both.
    fn word_class(&mut self, term: &str, ontology: &mut Ontology) {
        self.text(term, "rdfs:label", true);
        self.text(term, "rdfs:comment", true);
        let words: BTreeSet<String> =
            self.texts(term, "dm:words").iter().map(|w| w.to_lowercase()).collect();
        if words.is_empty() {
            self.error(term, "", "a class without words", "dm:words \"not\", \"never\"");
        }
        let words: Vec<String> = words.into_iter().collect();
        let family = self.named(term, "dm:family", Family::named, Family::ALL).pop();
        let value = self.text(term, "dm:value", family.is_some());
        let class = WordClass::named(id_of(term)).filter(|_| term.starts_with("word:"));
        if let (Some(family), Some(value)) = (family, value) {
            if family.is_numeric() && value.parse::<u64>().is_err() {
                let what = format!("dm:value \"{value}\" of family {family}");
                self.error(term, &value, &what, "a whole number");
            }
            ontology.value_classes.push(ValueClass { family, value, words: words.clone() });
        } else if class.is_none() {
            self.unasked(term);
        }
        if let Some(class) = class {
            ontology.word_classes.insert(class, words);
        }
    }

    /// A class that nothing asks for: an error in the shipped files, a warning in a user's.
    fn unasked(&mut self, term: &str) {
        let names = WordClass::ALL.iter().map(|class| class.as_str());
        let valid = match nearest(id_of(term), names) {
            Some(near) => format!("did you mean word:{near}?"),
            None => "a class that the program knows, or dm:family and dm:value".to_owned(),
        };
        let what = "a class that nothing asks for";
        if self.is_shipped(term) {
            self.error(term, "", what, &valid);
        } else {
            self.warning(term, "", what, &valid);
        }
    }

    /// The texts of a property that are names of a closed set; any other is an error.
    fn named<T: Copy + std::fmt::Display>(
        &mut self,
        term: &str,
        property: &str,
        named: impl Fn(&str) -> Option<T>,
        all: &[T],
    ) -> Vec<T> {
        let mut found = Vec::new();
        for text in self.texts(term, property) {
            if let Some(known) = named(&text) {
                found.push(known);
                continue;
            }
            let names: Vec<String> = all.iter().map(ToString::to_string).collect();
            let valid = match nearest(&text, names.iter().map(String::as_str)) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("one of {}", names.join(", ")),
            };
            self.error(term, &text, &format!("unknown {property} \"{text}\""), &valid);
        }
        found
    }

    /// The ids of the acts that a property names, sorted.
    fn acts(&mut self, term: &str, property: &str) -> Vec<String> {
        let said: Vec<Statement> = self.said(term, property).cloned().collect();
        let acts: BTreeSet<String> =
            said.iter().filter_map(|s| self.resolve(term, s, "dm:Act")).collect();
        acts.into_iter().collect()
    }

    fn act(&mut self, term: &str) -> Act {
        let edge = self.reference(term, "dm:edge", "rdf:Property").unwrap_or_default();
        if edge.is_empty() {
            self.error(term, "", "no dm:edge", "the direct edge of the act, such as dm:proposed");
        }
        let specificity = match self.text(term, "dm:specificity", true) {
            None => 0,
            Some(text) => text.parse().unwrap_or_else(|_| {
                self.error(term, &text, &format!("dm:specificity \"{text}\""), "a whole number");
                0
            }),
        };
        Act {
            id: id_of(term).into(),
            label: self.label(term, false),
            definition: self.text(term, "skos:definition", true).unwrap_or_default(),
            plover: self.code(term, "skos:notation", "dm:PLOVER"),
            plover_planned: self.code(term, "dm:plannedAs", "dm:PLOVER"),
            plover_refused: self.code(term, "dm:refusedAs", "dm:PLOVER"),
            plover_former: self.code(term, "dm:formerNotation", "dm:PLOVER"),
            cameo: self.code(term, "skos:notation", "dm:CAMEO"),
            edge,
            specificity,
            stance: self.choice(term, "dm:stance", ActStance::ALL),
            past: self.text(term, "dm:pastTense", true).unwrap_or_default(),
            traits: self
                .named(term, "dm:trait", ActTrait::named, ActTrait::ALL)
                .into_iter()
                .collect(),
            near: self.acts(term, "dm:near"),
            opposite: self.acts(term, "dm:opposite"),
            denied_by: self.acts(term, "dm:deniedBy"),
        }
    }

    /// The code of a coding scheme that the property gives the term.
    fn code(&self, term: &str, property: &str, datatype: &str) -> Option<String> {
        let of_type = |s: &&Statement| matches!(&s.value, Value::Literal { datatype: d, .. } if d == datatype);
        // The last layer is the last said.
        let said = self.said(term, property).filter(of_type).last();
        said.map(|s| s.value.text().to_owned())
    }

    /// One trigger for each label.
    fn triggers(
        &mut self,
        term: &str,
        kind: TriggerKind,
        frames: &BTreeMap<&str, Frame>,
    ) -> Vec<Trigger> {
        let labels = self.texts(term, "rdfs:label");
        if labels.iter().all(|l| l.trim().is_empty()) {
            self.error(
                term,
                "",
                "no rdfs:label",
                "the lemmas of the trigger, such as \"rule out\"",
            );
            return Vec::new();
        }
        let act = self.reference(term, "dm:act", "dm:Act").unwrap_or_default();
        if self.said(term, "dm:act").next().is_none() {
            self.error(term, "", "no dm:act", "the act that the words name, such as act:reject");
        }
        let frame = self.one(term, "dm:frame").map(|s| s.value.text().to_owned());
        let base = frame.as_deref().and_then(|f| frames.get(f)).cloned();
        if let (Some(name), None) = (&frame, &base) {
            let near = nearest(name, frames.keys().copied());
            self.unknown(term, name, "dm:frame", "a dm:Frame", near);
        }
        let frame = Arc::new(self.frame(term, base.unwrap_or_default()));
        let weight = match self.text(term, "dm:weight", false) {
            None => 1.0,
            Some(text) => match text.parse::<f64>() {
                Ok(weight) if (0.0..=1.0).contains(&weight) => weight,
                _ => {
                    self.error(
                        term,
                        &text,
                        &format!("dm:weight \"{text}\""),
                        "a number from 0 to 1",
                    );
                    1.0
                }
            },
        };
        let needs = self.slots(term, "dm:needs").unwrap_or_default();
        let without = self.slots(term, "dm:without").unwrap_or_default();
        let object_among = Arc::from(self.texts(term, "dm:objectAmong"));
        let object_not_among = Arc::from(self.texts(term, "dm:objectNotAmong"));
        let plover = self.code(term, "skos:notation", "dm:PLOVER");
        let content_status = self.choice(term, "dm:contentStatus", ContentStatus::ALL);
        let several = labels.len() > 1;
        labels
            .iter()
            .filter(|label| !label.trim().is_empty())
            .map(|label| Trigger {
                id: if several {
                    format!("{}-{}", id_of(term), kebab(label))
                } else {
                    id_of(term).to_owned()
                },
                kind,
                words: label.split_whitespace().map(str::to_owned).collect(),
                act: act.clone(),
                plover: plover.clone(),
                frame: Arc::clone(&frame),
                needs: needs.clone(),
                without: without.clone(),
                object_among: Arc::clone(&object_among),
                object_not_among: Arc::clone(&object_not_among),
                content_status,
                weight,
                term: term.to_owned(),
                layer: self.layer_of(term, "rdfs:label", label),
            })
            .collect()
    }

    /// The frame with the term's own slots laid over it.
    fn frame(&mut self, term: &str, mut frame: Frame) -> Frame {
        if let Some(slots) = self.slots(term, "dm:agentAt") {
            frame.agent = slots;
        }
        if let Some(slots) = self.slots(term, "dm:addresseeAt") {
            frame.addressee = slots;
        }
        if let Some(slots) = self.slots(term, "dm:matterAt") {
            frame.matter = slots;
        }
        frame
    }

    /// The slots of a property, in order; `None` if nothing is said.
    fn slots(&mut self, term: &str, property: &str) -> Option<Vec<Slot>> {
        self.said(term, property).next()?;
        let mut slots = Vec::new();
        for word in self.texts(term, property) {
            if let Some((_, slot)) = SLOTS.iter().find(|(name, _)| *name == word) {
                slots.push(slot.clone());
                continue;
            }
            let named = SLOTS.iter().map(|(name, _)| *name);
            let mistyped = nearest(&word.to_lowercase(), named.clone().filter(|n| n.len() > 5));
            let is_preposition = !word.is_empty()
                && word.chars().all(|c| c.is_lowercase() || c == ' ')
                && mistyped.is_none();
            if is_preposition {
                slots.push(Slot::Preposition(word));
            } else {
                let meant = mistyped.map(|m| format!("did you mean \"{m}\"? ")).unwrap_or_default();
                let valid = format!(
                    "{meant}a slot is {} or a preposition in lower case",
                    named.collect::<Vec<_>>().join(", ")
                );
                self.error(term, &word, &format!("unknown slot \"{word}\" of {property}"), &valid);
            }
        }
        Some(slots)
    }

    fn actor(&mut self, term: &str, kind: ActorKind) -> Actor {
        let acts_for = self.reference(term, "dm:actsFor", "dm:Actor");
        let tenures = self.tenures(term);
        let (label, names) = (self.label(term, true), self.texts(term, "skos:altLabel"));
        let common_names = self.common_names(term, &label, &names);
        Actor {
            id: id_of(term).into(),
            label,
            kind,
            names,
            common_names,
            adjectives: self.texts(term, "dm:adjective"),
            demonyms: self.texts(term, "dm:demonym"),
            capitals: self.texts(term, "dm:capital"),
            acts_for,
            family_name: self.text(term, "dm:familyName", false),
            gender: self.choice(term, "dm:gender", Gender::ALL),
            tenures,
            wikidata: self.wikidata(term),
            yields_label: false,
        }
    }

    /// Each is one of the labels.
    fn common_names(&mut self, term: &str, label: &String, names: &[String]) -> Vec<String> {
        let common = self.texts(term, "dm:commonName");
        for name in &common {
            if name != label && !names.contains(name) {
                let what = format!("dm:commonName \"{name}\" is no label of it");
                self.error(term, name, &what, "a name that skos:altLabel gives as well");
            }
        }
        common
    }

    fn wikidata(&mut self, term: &str) -> Option<String> {
        let mut found: Option<(usize, String)> = None;
        let said: Vec<_> = self.said(term, "skos:exactMatch").cloned().collect();
        for statement in said {
            let Some(q) = statement.value.text().strip_prefix("wd:") else { continue };
            if !q
                .strip_prefix('Q')
                .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
            {
                self.error(term, q, &format!("no Wikidata item: wd:{q}"), "such as wd:Q159");
                continue;
            }
            let layer = self.sources[statement.file].layer;
            match &found {
                Some((l, other)) if *l == layer && other != q => {
                    let what = format!("two Wikidata items, {other} and {q}");
                    self.error(term, q, &what, "one exact match");
                }
                _ => found = Some((layer, q.to_owned())),
            }
        }
        found.map(|(_, q)| q)
    }

    fn tenures(&mut self, term: &str) -> Vec<Tenure> {
        let nodes: Vec<(String, usize)> =
            self.said(term, "dm:holds").map(|s| (s.value.text().to_owned(), s.file)).collect();
        let mut tenures: Vec<Tenure> = Vec::new();
        for (node, file) in nodes {
            let Some(statements) = self.statements.get(&node) else {
                self.error_in(
                    file,
                    term,
                    &node,
                    "dm:holds says nothing",
                    "[ a dm:Tenure ; dm:office …; dm:of … ]",
                );
                continue;
            };
            let of = |property: &str| statements.iter().find(|s| s.property == property);
            let mut named = |property: &str, class: &str| -> Option<String> {
                let Some(statement) = of(property) else {
                    self.error_in(
                        file,
                        term,
                        "dm:holds",
                        &format!("a tenure without {property}"),
                        class,
                    );
                    return None;
                };
                self.resolve(term, statement, class)
            };
            let office = named("dm:office", "dm:Office");
            let body = named("dm:of", "dm:Actor");
            let from = of("dm:from").and_then(|s| self.date(term, s));
            let until = of("dm:until").and_then(|s| self.date(term, s));
            if let (Some(from), Some(until)) = (from, until)
                && from >= until
            {
                let what = format!("a tenure that ends ({until}) before it begins ({from})");
                self.error_in(file, term, &until.to_string(), &what, "dm:from before dm:until");
            }
            if let (Some(office), Some(of)) = (office, body) {
                let tenure = Tenure { office, of, from, until };
                if !tenures.contains(&tenure) {
                    tenures.push(tenure);
                }
            }
        }
        tenures.sort_by(|a, b| (a.from, &a.office, &a.of).cmp(&(b.from, &b.office, &b.of)));
        tenures
    }

    /// A date; a month or a year stands for its first day.
    fn date(&mut self, term: &str, statement: &Statement) -> Option<Date> {
        let text = statement.value.text();
        let parsed = match text.len() {
            4 => format!("{text}-01-01").parse(),
            7 => format!("{text}-01").parse(),
            _ => text.parse::<Date>(),
        };
        parsed
            .map_err(|_| {
                let what = format!("{} \"{text}\" is no date", statement.property);
                self.error_in(
                    statement.file,
                    term,
                    text,
                    &what,
                    "such as \"2025-03-18\"^^xsd:date",
                );
            })
            .ok()
    }

    fn collective(&mut self, term: &str) -> Collective {
        let label = self.label(term, false);
        let mut names = vec![label.clone()];
        for name in self.texts(term, "skos:altLabel") {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let stands_for = self.choice(term, "dm:standsFor", &["owner", "self"]);
        let stands_for_owner = stands_for == Some("owner");
        Collective { id: id_of(term).into(), label, names, stands_for_owner }
    }

    /// Is the term a concept of the scheme of issues?
    fn is_issue(&self, term: &str) -> bool {
        self.is_a(term, "skos:Concept")
            && (term.starts_with("issue:")
                || self.said(term, "skos:inScheme").any(|s| s.value.text() == "issue:scheme"))
    }

    fn issue(&mut self, term: &str) -> Issue {
        let label = self.label(term, true);
        let definition = self.text(term, "skos:definition", true).unwrap_or_default();
        let mut words = BTreeSet::from([label.to_lowercase()]);
        for property in ["skos:altLabel", "skos:hiddenLabel"] {
            words.extend(self.texts(term, property).iter().map(|w| w.to_lowercase()));
        }
        let mut broader = BTreeSet::new();
        let said: Vec<_> = self.said(term, "skos:broader").cloned().collect();
        for statement in &said {
            broader.extend(self.resolve(term, statement, "skos:Concept"));
        }
        let words = words.into_iter().filter(|w| !w.is_empty()).collect();
        Issue {
            id: id_of(term).into(),
            label,
            definition,
            words,
            broader: broader.into_iter().collect(),
        }
    }
}
