//! Triggers as bytes. Twelve thousand of them have some hundred frames and lists of objects
//! between them: each is written once, and shared again when it is read, which makes the ontology
//! small and quick to load.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::class::ContentStatus;
use super::trigger::{Frame, Slot, Trigger, TriggerKind};

/// Triggers, and what they share by its place in a table.
#[derive(Serialize, Deserialize)]
struct Tables {
    frames: Vec<Frame>,
    lists: Vec<Vec<String>>,
    triggers: Vec<Row>,
}

/// A [`Trigger`].
#[derive(Serialize, Deserialize)]
struct Row {
    id: String,
    kind: TriggerKind,
    words: Vec<String>,
    act: String,
    plover: Option<String>,
    /// Of [`Tables::frames`].
    frame: usize,
    needs: Vec<Slot>,
    without: Vec<Slot>,
    /// Of [`Tables::lists`].
    object_among: usize,
    /// Of [`Tables::lists`].
    object_not_among: usize,
    content_status: Option<ContentStatus>,
    weight: f64,
    term: String,
    layer: usize,
}

pub(super) fn serialize<S: Serializer>(triggers: &[Trigger], to: S) -> Result<S::Ok, S::Error> {
    let (mut frames, mut lists) = (Pool::default(), Pool::default());
    let row = |trigger: &Trigger| {
        let it = trigger.clone();
        Row {
            id: it.id,
            kind: it.kind,
            words: it.words,
            act: it.act,
            plover: it.plover,
            frame: frames.place(&it.frame),
            needs: it.needs,
            without: it.without,
            object_among: lists.place(&it.object_among),
            object_not_among: lists.place(&it.object_not_among),
            content_status: it.content_status,
            weight: it.weight,
            term: it.term,
            layer: it.layer,
        }
    };
    let triggers = triggers.iter().map(row).collect();
    let frames = frames.all.iter().map(|frame| Frame::clone(frame)).collect();
    let lists = lists.all.iter().map(|list| list.to_vec()).collect();
    Tables { frames, lists, triggers }.serialize(to)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Trigger>, D::Error> {
    let Tables { frames, lists, triggers } = Tables::deserialize(from)?;
    let frames: Vec<Arc<Frame>> = frames.into_iter().map(Arc::new).collect();
    let lists: Vec<Arc<[String]>> = lists.into_iter().map(Arc::from).collect();
    let trigger = |row: Row| {
        Some(Trigger {
            id: row.id,
            kind: row.kind,
            words: row.words,
            act: row.act,
            plover: row.plover,
            frame: Arc::clone(frames.get(row.frame)?),
            needs: row.needs,
            without: row.without,
            object_among: Arc::clone(lists.get(row.object_among)?),
            object_not_among: Arc::clone(lists.get(row.object_not_among)?),
            content_status: row.content_status,
            weight: row.weight,
            term: row.term,
            layer: row.layer,
        })
    };
    let whole: Option<Vec<Trigger>> = triggers.into_iter().map(trigger).collect();
    whole.ok_or_else(|| D::Error::custom("a trigger has a frame or list that is in no table"))
}

/// Values in the order in which they were met, each once.
struct Pool<T: ?Sized> {
    all: Vec<Arc<T>>,
    places: BTreeMap<Arc<T>, usize>,
}

impl<T: ?Sized> Default for Pool<T> {
    fn default() -> Self {
        Self { all: Vec::new(), places: BTreeMap::new() }
    }
}

impl<T: Ord + ?Sized> Pool<T> {
    fn place(&mut self, value: &Arc<T>) -> usize {
        *self.places.entry(Arc::clone(value)).or_insert_with(|| {
            self.all.push(Arc::clone(value));
            self.all.len() - 1
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::binary;
    use super::super::terms::Ontology;

    #[test]
    fn what_is_alike_is_in_memory_once() {
        let shipped = Ontology::shipped().unwrap();
        let mut frames: Vec<_> = shipped.triggers.iter().map(|t| t.frame.as_ref()).collect();
        frames.sort();
        frames.dedup();
        let mut places: Vec<*const _> =
            shipped.triggers.iter().map(|t| std::ptr::from_ref(t.frame.as_ref())).collect();
        places.sort();
        places.dedup();
        assert_eq!(places.len(), frames.len());
        assert!(frames.len() * 10 < shipped.triggers.len());
    }

    #[test]
    fn a_place_that_no_table_has_is_an_error() {
        let spoilt = r#"{"frames":[],"lists":[],"triggers":[{"id":"a.v","kind":"Verb","words":["a"],
            "act":"propose","plover":null,"frame":7,"needs":[],"without":[],"object_among":0,
            "object_not_among":0,"content_status":null,"weight":1.0,"term":"tr:a.v","layer":0}]}"#;
        let mut from = serde_json::Deserializer::from_str(spoilt);
        assert!(super::deserialize(&mut from).unwrap_err().to_string().contains("in no table"));
        assert!(binary::read(&[1, 2, 3]).is_err());
    }
}
