//! Elements, attributes and words of the XML in a Word document.

use quick_xml::events::{BytesStart, Event};

use crate::corpus::error::ReadErrorKind;
use crate::corpus::format::Format;

/// The error of a document that is not as it should be.
pub(super) fn broken(reason: impl Into<String>) -> ReadErrorKind {
    ReadErrorKind::broken(Format::Docx, reason)
}

/// The name of an element without its prefix.
pub(super) fn name_of<'e>(start: &'e BytesStart<'_>) -> &'e str {
    let name: &str = start.name().into_inner();
    name.rsplit(':').next().unwrap_or(name)
}

/// The value of an attribute, told by its name without prefix.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|attribute| {
        let key: &str = attribute.key.into_inner();
        key.rsplit(':').next() == Some(name)
    })?;
    Some(
        quick_xml::escape::unescape(&found.value)
            .map_or_else(|_| found.value.to_string(), std::borrow::Cow::into_owned),
    )
}

/// The words of an event: text, and what stands for a sign.
pub(super) fn said(event: &Event<'_>) -> String {
    match event {
        Event::Text(text) => text.xml10_content().into_owned(),
        Event::CData(text) => text.xml10_content().into_owned(),
        Event::GeneralRef(reference) => match reference.resolve_char_ref() {
            Ok(Some(c)) => c.to_string(),
            _ => quick_xml::escape::resolve_predefined_entity(reference)
                .unwrap_or_default()
                .to_owned(),
        },
        _ => String::new(),
    }
}
