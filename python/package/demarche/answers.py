"""What a question is answered with."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Union, overload


@dataclass(frozen=True)
class Evidence:
    """Words of a document: ``text[start:end] == quote``."""

    document: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class Found:
    """One answer with what it rests on.

    ``kind`` is actor, matter, time, quantity, claim, document, path, sentence or yes-no; ``id``
    that of the thing, or the value itself; ``status`` actual, negated or unrealised;
    ``according_to`` who says so, empty for the documents themselves; ``claims`` ids of its claims,
    best first; ``date`` of the first, ISO 8601.
    """

    kind: str
    id: str
    label: str
    status: str
    according_to: list[str]
    claims: list[str]
    evidence: list[Evidence]
    date: Union[str, None] = None

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True)
class Position:
    """One side of a disagreement: what it holds, who says so, and ids of its claims."""

    label: str
    according_to: list[str]
    claims: list[str]


@dataclass(frozen=True)
class Disagreement:
    """Sides that cannot both be right."""

    kind: str
    label: str
    sides: list[Position]


@dataclass(frozen=True)
class Nearest:
    """A sentence that comes near a question and is no answer: ``text[start:end] == sentence``."""

    document: str
    start: int
    end: int
    sentence: str
    date: Union[str, None] = None
    claim: Union[str, None] = None
    status: Union[str, None] = None


@dataclass(frozen=True)
class Answer(Sequence[Found]):
    """The answers to a question, best first; empty where the texts do not say.

    ``disputes`` is what the voices behind the answers disagree on, ``nearest`` the sentences that
    come nearest where there is no answer, ``understood`` how the question was read, ``sparql`` the
    query whose rows are the claims of the answers.
    """

    question: str
    answers: list[Found]
    disputes: list[Disagreement]
    nearest: list[Nearest]
    understood: dict[str, Any] = field(repr=False)
    sparql: str = field(repr=False)

    @property
    def notes(self) -> list[str]:
        """What a reader should know: what was taken for what, what was not understood."""
        return list(self.understood.get("notes", []))

    def __len__(self) -> int:
        return len(self.answers)

    @overload
    def __getitem__(self, at: int) -> Found: ...
    @overload
    def __getitem__(self, at: slice) -> list[Found]: ...
    def __getitem__(self, at: Union[int, slice]) -> Union[Found, list[Found]]:
        return self.answers[at]

    def __iter__(self) -> Iterator[Found]:
        return iter(self.answers)

    def __str__(self) -> str:
        if not self.answers:
            near = [f"  “{it.sentence}” — {it.document}" for it in self.nearest]
            return "\n".join(["nothing found", *near])
        lines = list(self.notes)
        for found in self.answers:
            voices = f", according to {', '.join(found.according_to)}" if found.according_to else ""
            status = "" if found.status == "actual" else f" [{found.status}]"
            lines.append(f"{found.label}{status}{voices}")
            lines += [f"  “{it.quote}” — {it.document}" for it in found.evidence[:3]]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        items = []
        for found in self.answers:
            quotes = "".join(
                f"<li>“{html.escape(it.quote)}” — {html.escape(it.document)} {it.start}–{it.end}</li>"
                for it in found.evidence[:3]
            )
            voices = html.escape(", ".join(found.according_to))
            said = f", according to {voices}" if voices else ""
            status = "" if found.status == "actual" else f" [{found.status}]"
            items.append(f"<p><b>{html.escape(found.label)}</b>{status}{said}</p><ul>{quotes}</ul>")
        if not items:
            near = "".join(f"<li>“{html.escape(it.sentence)}”</li>" for it in self.nearest)
            items = [f"<p>nothing found; the nearest sentences, which are no answer:</p><ul>{near}</ul>"]
        return f"<p><i>{html.escape(self.question)}</i></p>{''.join(items)}"


def answer(given: dict[str, Any], sparql: str) -> Answer:
    """An answer from what ``demarche ask --json`` writes."""
    found = [
        Found(**{**it, "evidence": [Evidence(**words) for words in it["evidence"]]})
        for it in given["answers"]
    ]
    disputes = [
        Disagreement(it["kind"], it["label"], [Position(**side) for side in it["sides"]])
        for it in given["disputes"]
    ]
    nearest = [Nearest(**it) for it in given.get("nearest", [])]
    return Answer(given["question"], found, disputes, nearest, given["understood"], sparql)
