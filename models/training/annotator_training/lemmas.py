"""Lemmas as classes, and the lexicon that goes before them.

A class says how to make the lemma from the form: `C|d<n>+<p>|<m>+<s>` drops n characters at the front
and puts p there, drops m at the end and puts s there; C is the letter case of the result (L lower, K as
in the form, T title, U upper). `C|a<text>` is a lemma that shares nothing with its form.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path

from .corpora import Document

WITHOUT_LEXICON = frozenset({"NUM", "PUNCT", "SYM", "X"})
"""Word classes whose lemma is the form or no word at all: the lemma head does for them."""

_EDIT = re.compile(r"(?P<front>\d+)\+(?P<prefix>.*)\|(?P<back>\d+)\+(?P<suffix>.*)", re.DOTALL)


def encode_lemma(form: str, lemma: str) -> str:
    """The class that makes `lemma` of `form`."""
    low_form, low_lemma = form.lower(), lemma.lower()
    shared = SequenceMatcher(None, low_form, low_lemma, autojunk=False).find_longest_match()
    if shared.size:
        tail = low_lemma[shared.b + shared.size :]
        edit = f"d{shared.a}+{low_lemma[: shared.b]}|{len(low_form) - shared.a - shared.size}+{tail}"
    else:
        edit = f"a{low_lemma}"
    for case in "LKTU":
        if decode_lemma(f"{case}|{edit}", form) == lemma:
            return f"{case}|{edit}"
    return f"T|{edit}"


def decode_lemma(rule: str, form: str) -> str:
    """The lemma that the class `rule` makes of `form`; the form where the rule does not fit it."""
    case, _, edit = rule.partition("|")
    source = form if case == "K" else form.lower()
    if edit.startswith("a"):
        lemma = edit[1:]
    else:
        parts = _EDIT.fullmatch(edit[1:])
        if parts is None:
            raise ValueError(f"no lemma class: {rule!r}")
        front, back = int(parts["front"]), int(parts["back"])
        if front + back > len(source):
            return source
        lemma = parts["prefix"] + source[front : len(source) - back] + parts["suffix"]
    if case == "T":
        return lemma[:1].upper() + lemma[1:]
    return lemma.upper() if case == "U" else lemma


def lexicon(documents: Iterable[Document]) -> dict[tuple[str, str], str]:
    """(form, UPOS) → the lemma that it has most often, of equals the one seen first.

    Forms are in lower case but for proper nouns.
    """
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for document in documents:
        for sentence in document:
            for form, upos, lemma in zip(sentence.forms, sentence.upos, sentence.lemmas):
                if upos not in WITHOUT_LEXICON:
                    counts[form if upos == "PROPN" else form.lower(), upos][lemma] += 1
    return {key: max(found, key=found.__getitem__) for key, found in counts.items()}


def write_lexicon(documents: Iterable[Document], path: Path) -> None:
    """Writes `lemmas.tsv`: form, UPOS, lemma; sorted."""
    rows = sorted((form, upos, lemma) for (form, upos), lemma in lexicon(documents).items())
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
