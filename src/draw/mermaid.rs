use std::fmt::Write;

use super::drawing::{Drawing, Layout, ShapeKind};
use super::style::{Dash, Head};

/// The drawing in Mermaid: a timeline, or else a flowchart from left to right.
pub(super) fn write(drawing: &Drawing) -> String {
    match drawing.layout {
        Layout::Timeline => timeline(drawing),
        Layout::Columns | Layout::Layered => flowchart(drawing),
    }
}

fn timeline(drawing: &Drawing) -> String {
    let mut text = format!("timeline\n    title {}\n", plain(&drawing.title));
    for shape in &drawing.shapes {
        if shape.kind == ShapeKind::Date {
            let _ = writeln!(text, "    {}", plain(&shape.label));
        } else {
            let _ = writeln!(text, "        : {}", plain(&shape.label));
        }
    }
    text
}

/// Words in a timeline: colons and semicolons part entries, `#` begins a character.
fn plain(words: &str) -> String {
    words
        .chars()
        .map(|c| match c {
            ':' => '∶',
            ';' => ',',
            '#' => '♯',
            // Neither HTML nor a directive (`%%{init: …}%%`), which is read anywhere.
            '<' => '‹',
            '>' => '›',
            '%' => '٪',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect()
}

fn flowchart(drawing: &Drawing) -> String {
    let mut text = format!("---\ntitle: {}\n---\nflowchart LR\n", yaml(&drawing.title));
    for (at, shape) in drawing.shapes.iter().enumerate() {
        let (open, close, class) = match shape.kind {
            ShapeKind::Actor => ("(", ")", "actor"),
            ShapeKind::Matter => ("[", "]", "matter"),
            ShapeKind::Event => ("[", "]", "event"),
            ShapeKind::Document => ("[/", "/]", "document"),
            ShapeKind::Report | ShapeKind::Date => ("[", "]", "report"),
        };
        let label = if shape.detail.is_empty() {
            quoted(&shape.label)
        } else {
            format!("{}<br>{}", quoted(&shape.label), quoted(&shape.detail))
        };
        let _ = writeln!(text, "    n{at}{open}\"{label}\"{close}:::{class}");
    }
    for line in &drawing.lines {
        let arrow = match (line.style.dash, line.style.head) {
            (Dash::Solid, Head::Bar) => "--x",
            (Dash::Solid, Head::Dot | Head::Diamond) => "--o",
            (Dash::Solid, Head::None) => "---",
            (Dash::Solid, _) => "-->",
            (_, Head::Bar) => "-.-x",
            (_, Head::None) => "-.-",
            (_, _) => "-.->",
        };
        let label = match line.label.as_str() {
            "" => String::new(),
            label => format!("|\"{}\"|", quoted(label)),
        };
        let _ = writeln!(text, "    n{} {arrow}{label} n{}", line.from, line.to);
    }
    for (at, line) in drawing.lines.iter().enumerate() {
        let _ = writeln!(text, "    linkStyle {at} stroke:{0},color:{0}", line.style.colour);
    }
    text.push_str(
        "    classDef actor fill:#e8eef6,stroke:#4a6079,color:#1b2430\n    \
         classDef matter fill:#fdf5df,stroke:#a5812a,color:#1b2430\n    \
         classDef event fill:#e9f3ea,stroke:#4d7a52,color:#1b2430\n    \
         classDef document fill:#f1f1f1,stroke:#7d7d7d,color:#1b2430\n    \
         classDef report fill:#ffffff,stroke:#9aa3ad,color:#1b2430\n",
    );
    for note in &drawing.notes {
        let _ = writeln!(text, "    %% {}", plain(note));
    }
    text
}

/// Words in a quoted label; what Mermaid or HTML would read otherwise is written as
/// an entity, as Mermaid writes them (`#quot;`).
fn quoted(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '"' => text.push_str("#quot;"),
            '&' => text.push_str("#amp;"),
            '<' => text.push_str("#lt;"),
            '>' => text.push_str("#gt;"),
            '#' => text.push_str("#35;"),
            '`' => text.push_str("#96;"),
            '\\' => text.push_str("#92;"),
            '%' => text.push_str("#37;"),
            c if c.is_control() => text.push(' '),
            c => text.push(c),
        }
    }
    text
}

/// A title in the front matter.
fn yaml(words: &str) -> String {
    serde_json::Value::from(words.replace('%', "٪")).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_never_read_as_directives_or_html() {
        let attack = "%%{init: {\"securityLevel\": \"loose\"}}%% <img src=x onerror=alert(1)>";
        for written in [plain(attack), quoted(attack), yaml(attack)] {
            assert!(!written.contains("%%"), "{written}");
        }
        assert!(!plain(attack).contains('<') && !quoted(attack).contains('<'));
    }
}
