"""Annotated claims: stand-off files, the words they lie on, and what a window has to learn of them.

An annotator writes each claim with its words. Texts that are not ours are not in the repository,
so the repository keeps offsets and labels instead (`claims/standoff`), one JSON object a line:

    {"quote": [s, e], "trigger": [s, e], "act": "accept", "act_alt": null, "status": "actual",
     "weight": 3, "agent": [{"id": "…", "span": [s, e]}], "addressee": […], "source": […],
     "via": ["…"], "matter": [s, e]}

Offsets count Unicode scalar values of the text, ends are exclusive. `matter` is null where the trigger
says it all; `span` is null where the words are elsewhere than the annotator thought.
"""

from __future__ import annotations

import bisect
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .corpora import Document, Range, Sentence, read_conllu, syntactic_head

ACTS = (
    "propose demand accept reject promise threaten accuse concede consult cooperate "
    "aid withhold order attack mobilise withdraw coerce breach intend state"
).split()
STATUSES = ["actual", "negated", "unrealised"]
ROLES = ("agent", "addressee", "matter", "source")

Words = list[int]
"""Numbers of words in a document, from 0."""


@dataclass(frozen=True)
class AnnotatedClaim:
    """One claim on the words of its document."""

    trigger: Words
    act: int
    """Index into `ACTS`."""
    other_act: int | None
    """An act that is as good."""
    status: int
    """Index into `STATUSES`."""
    roles: dict[str, Words]
    """The words of every one of `ROLES`; none where the text does not say."""
    weight: int


@dataclass
class ClaimDocument:
    """A text with its claims. `folds` decides what it is used for (`sources.tsv`)."""

    id: str
    sentences: Document
    claims: list[AnnotatedClaim]
    fold: str


# --- words → stand-off ------------------------------------------------------


def standoff(text: str, claim: dict[str, Any]) -> dict[str, Any]:
    """One claim as an annotator wrote it → the same as offsets into `text`.

    Raises ValueError where quote or trigger are not in the text, or the quote is there twice.
    """
    quote, trigger = claim["quote"], claim["trigger"]
    if text.count(quote) != 1:
        raise ValueError(f"quote occurs {text.count(quote)} times: {quote!r}")
    start = text.find(quote)
    at = -1
    for _ in range(claim.get("trigger_nth", 0) + 1):
        at = quote.find(trigger, at + 1)
    if at < 0:
        raise ValueError(f"trigger {trigger!r} is not in {quote!r}")
    at += start
    placed: dict[str, Any] = {
        "quote": [start, start + len(quote)],
        "trigger": [at, at + len(trigger)],
        "act": claim["act"],
        "act_alt": claim.get("act_alt"),
        "status": claim["status"],
        "weight": claim["weight"],
    }
    for role in ("agent", "addressee", "source"):
        words = claim.get(f"{role}_text") or []
        placed[role] = [
            {"id": name, "span": nearest(text, stretch, at)} for name, stretch in zip(claim[role], words)
        ]
    placed["via"] = claim.get("via") or []
    matter = claim.get("matter_text")
    placed["matter"] = nearest(text, matter, at) if matter else None
    return placed


def nearest(text: str, words: str, near: int) -> Range | None:
    """Where `words` stand as whole words, nearest to the offset `near`."""
    best: int | None = None
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        whole = not (words[:1].isalnum() and text[at - 1 : at].isalnum()) and not (
            words[-1:].isalnum() and text[end : end + 1].isalnum()
        )
        if whole and (best is None or abs(at - near) < abs(best - near)):
            best = at
        at = text.find(words, at + 1)
    return None if best is None else (best, best + len(words))


def write_standoff(texts: Path, annotated: Path, out: Path) -> Iterator[str]:
    """Writes `out/<id>.jsonl` for every `annotated/<id>.jsonl`; yields what went wrong, by file and line."""
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(annotated.glob("*.jsonl")):
        text = (texts / f"{path.stem}.txt").read_text(encoding="utf-8")
        lines = []
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip():
                continue
            try:
                lines.append(json.dumps(standoff(text, json.loads(line)), ensure_ascii=False))
            except (ValueError, KeyError) as fault:
                yield f"{path}:{number}: {fault}"
        (out / path.name).write_text("\n".join(lines) + "\n", encoding="utf-8")


# --- stand-off → words of the document --------------------------------------


def read_claims(folder: Path, conllu: Path) -> list[ClaimDocument]:
    """The documents of `folder/sources.tsv` whose words are in `conllu/<id>.conllu`, in its order.

    `conllu` holds what `demarche annotate --format conllu` makes of each text; only words and offsets
    are used. Documents without words are left out, so that a part of the texts is enough.
    """
    documents = []
    for row in (folder / "sources.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        name, fold, *_ = row.split("\t")
        words = conllu / f"{name}.conllu"
        if not words.exists():
            continue
        parsed = [sentence for part in read_conllu(words) for sentence in part]
        annotated = read_lines(folder / "standoff" / f"{name}.jsonl")
        sentences = [
            Sentence(forms=sentence.forms, misc=sentence.misc, entities=entities)
            for sentence, entities in zip(parsed, named_entities(annotated, parsed))
        ]
        documents.append(ClaimDocument(name, sentences, place(annotated, sentences), fold))
    return documents


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def named_entities(claims: Iterable[dict[str, Any]], document: Document) -> list[list[str]]:
    """For each sentence and word the actor whose mention the word heads, as far as claims name any.

    Annotators give every actor the same id throughout a text, so that "he" and the name before it can
    be told to be one. Words that stand for several actors ("both sides") are left out. The head of a
    mention is the program's own.
    """
    words_of = _word_finder(document)
    places = [(s, w) for s, sentence in enumerate(document) for w in range(len(sentence.forms))]
    heads: dict[tuple[int, int], set[str]] = {}
    for claim in claims:
        for actor in (actor for role in ("agent", "addressee", "source") for actor in claim[role]):
            words = [places[word] for word in words_of(actor["span"])]
            if words and words[0][0] == words[-1][0]:
                sentence = words[0][0]
                head = syntactic_head(document[sentence], words[0][1], words[-1][1])
                heads.setdefault((sentence, head), set()).add(actor["id"])
    found = [[""] * len(sentence.forms) for sentence in document]
    for (sentence, word), actors in heads.items():
        if len(actors) == 1:
            found[sentence][word] = next(iter(actors))
    return found


def _word_finder(document: Document) -> Callable[[Range | None], Words]:
    """A function that gives the words of `document` that a span of characters touches."""
    offsets = [(int(m["start_char"]), int(m["end_char"])) for s in document for m in s.misc]
    starts = [start for start, _ in offsets]

    def words_of(span: Range | None) -> Words:
        if span is None:
            return []
        first = max(0, bisect.bisect_right(starts, span[0]) - 1)
        last = bisect.bisect_left(starts, span[1])
        return [word for word in range(first, last) if offsets[word][1] > span[0]]

    return words_of


def place(claims: Iterable[dict[str, Any]], document: Document) -> list[AnnotatedClaim]:
    """Stand-off claims as words of `document`; one whose trigger touches no word is left out."""
    words_of = _word_finder(document)
    placed = []
    for claim in claims:
        trigger = words_of(claim["trigger"])
        if not trigger:
            continue
        roles = {
            role: sorted({word for actor in claim[role] for word in words_of(actor["span"])})
            for role in ("agent", "addressee", "source")
        }
        roles["matter"] = words_of(claim["matter"])
        other = claim.get("act_alt")
        placed.append(
            AnnotatedClaim(
                trigger=trigger,
                act=ACTS.index(claim["act"]),
                other_act=ACTS.index(other) if other in ACTS else None,
                status=STATUSES.index(claim["status"]),
                roles=roles,
                weight=claim["weight"],
            )
        )
    return placed


# --- PropBank ---------------------------------------------------------------

CORE_ARGUMENTS = ("ARG0", "ARG1", "ARG2")


def read_propbank(path: Path) -> dict[str, list[tuple[int, dict[str, Words]]]]:
    """Sentence id → its predicates: word, and the words of each core argument (words from 0).

    A line is a sentence: `{"sent_id", "preds": [{"w", "args": [[label, first, end]…]}…]}`.
    """
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        predicates = []
        for predicate in row["preds"]:
            arguments: dict[str, Words] = {label: [] for label in CORE_ARGUMENTS}
            for label, first, end in predicate["args"]:
                if label in arguments:
                    arguments[label] += range(first, end)
            predicates.append((predicate["w"], arguments))
        found[row["sent_id"]] = predicates
    return found
