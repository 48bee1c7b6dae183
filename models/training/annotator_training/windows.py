"""From sentences to the numbers that the network reads."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from .claims import ACTS, STATUSES, AnnotatedClaim, ClaimDocument, Words
from .corpora import NAME_TYPES, Document, Sentence
from .lemmas import encode_lemma

WINDOW_PIECES = 200
"""A window takes whole sentences up to this many pieces; attribution is worse in longer ones."""
MAX_PIECES = 500
"""Words of one over-long sentence past this many pieces are dropped (the encoder has 512 positions)."""
WORD_PIECES = 16
"""A word's pieces past this many are dropped."""
CLS, SEP, UNKNOWN = 101, 102, 100
IGNORE = -100
"""Target of a word that a loss leaves out."""

CASES = ["lower/other", "Title", "ALLCAPS", "mixed", "digit"]
_TYPED_QUOTES = ("``", "''")
_PLAIN = str.maketrans("‘’“”–—―", "''\"\"---")


def letter_case(word: str) -> int:
    """Letter-case class of a word, an index into `CASES`; the encoder's vocabulary is lower-case."""
    if any(character.isdigit() for character in word):
        return 4
    letters = [character for character in word if character.isalpha()]
    if all(letter.islower() for letter in letters):
        return 0
    if len(word) > 1 and all(letter.isupper() for letter in letters):
        return 2
    if letters[0].isupper() and all(letter.islower() for letter in letters[1:]):
        return 1
    return 3


CLAIM_CLASSES = {"act": ACTS, "status": STATUSES}


class Labels:
    """The class inventories; a class's number is its place in the list."""

    def __init__(self, lists: dict[str, list[str]]) -> None:
        self.lists = lists
        self._numbers = {head: {c: i for i, c in enumerate(classes)} for head, classes in lists.items()}

    @classmethod
    def collect(cls, documents: Iterable[Document], min_lemma_count: int = 2) -> Labels:
        """The classes of the training treebanks; lemma classes only from `min_lemma_count` uses on."""
        seen: dict[str, Counter[str]] = {head: Counter() for head in ("upos", "xpos", "rel", "lemma")}
        for sentence in (s for document in documents for s in document):
            seen["upos"].update(sentence.upos)
            seen["xpos"].update(sentence.xpos)
            seen["rel"].update(sentence.relations)
            seen["lemma"].update(map(encode_lemma, sentence.forms, sentence.lemmas))
        common = [rule for rule, count in seen["lemma"].items() if count >= min_lemma_count]
        return cls(
            {
                "upos": sorted(seen["upos"]),
                "xpos": sorted(seen["xpos"]),
                "rel": sorted(seen["rel"]),
                "lemma": sorted(common),
                "ner": _bio_classes(NAME_TYPES.values()),
                "role": _bio_classes(["SOURCE", "CUE", "CONTENT"]),
                "shape": CASES,
                **CLAIM_CLASSES,
            }
        )

    @classmethod
    def read(cls, path: Path) -> Labels:
        """Reads `labels.json`; one from before there were claims gets their classes."""
        return cls(json.loads(path.read_text(encoding="utf-8")) | CLAIM_CLASSES)

    def write(self, path: Path) -> None:
        """Writes `labels.json`."""
        path.write_text(json.dumps(self.lists, ensure_ascii=False, indent=0), encoding="utf-8")

    def numbers(self, head: str, classes: Iterable[str]) -> list[int]:
        """Class numbers; `IGNORE` for a class that the inventory lacks."""
        return [self._numbers[head].get(c, IGNORE) for c in classes]

    def size(self, head: str) -> int:
        """How many classes a head has."""
        return len(self.lists[head])


def _bio_classes(kinds: Iterable[str]) -> list[str]:
    return ["O"] + [f"{prefix}-{kind}" for kind in kinds for prefix in "BI"]


@dataclass
class Window:
    """Whole sentences of one document, as pieces, with what is to be learnt of each word."""

    ids: list[int] = field(default_factory=lambda: [CLS])
    case: list[int] = field(default_factory=lambda: [0])
    word_of_piece: list[int] = field(default_factory=list)
    """Word of each piece between [CLS] and [SEP]."""
    sentence: list[int] = field(default_factory=list)
    """Sentence of each word, counted from 0 in the window."""
    words: list[int] = field(default_factory=list)
    """Which word of the document each word is."""
    targets: dict[str, list[int]] = field(default_factory=dict)
    claims: list[AnnotatedClaim] | None = None
    """Claims that have their trigger here, on the window's words; None where nobody annotated any."""
    predicates: list[tuple[int, dict[str, Words]]] = field(default_factory=list)
    """PropBank: word, and the words of its core arguments."""

    def __len__(self) -> int:
        return len(self.sentence)


class WindowMaker:
    """Cuts documents into windows."""

    def __init__(self, tokenizer: Tokenizer, labels: Labels) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer, self._labels = tokenizer, labels

    def windows(
        self, documents: Iterable[Document], predicates: Mapping[str, list[tuple[int, dict[str, Words]]]] = {}
    ) -> list[Window]:
        """The windows of all documents, in order; `predicates` by sentence id."""
        return [window for document in documents for window in self._of_document(document, predicates)]

    def claim_windows(
        self, documents: Iterable[ClaimDocument], first_room: int = WINDOW_PIECES
    ) -> list[Window]:
        """The windows of annotated texts with their claims. The first window of a text takes only
        `first_room` pieces: with several of these the same sentences are met in other company."""
        found = []
        for document in documents:
            for window in self._of_document(document.sentences, {}, first_room):
                window.claims = list(_claims_inside(document.claims, window.words))
                _forget_what_nobody_looked_for(window.targets)
                found.append(window)
        return found

    def _of_document(
        self,
        document: Document,
        predicates: Mapping[str, list[tuple[int, dict[str, Words]]]],
        first_room: int = WINDOW_PIECES,
    ) -> list[Window]:
        groups: list[list[tuple[int, Sentence, list[list[int]]]]] = []
        room = at = 0
        for sentence in document:
            pieces = self._pieces(sentence.forms)
            size = sum(map(len, pieces))
            if not groups or size > room:
                room = WINDOW_PIECES if groups else first_room
                groups.append([])
            groups[-1].append((at, sentence, pieces))
            room -= size
            at += len(sentence.forms)
        return [self._pack(group, predicates) for group in groups]

    def _pieces(self, forms: Sequence[str]) -> list[list[int]]:
        plain = ['"' if form in _TYPED_QUOTES else form.translate(_PLAIN) for form in forms]
        encoded = self._tokenizer.encode_batch(plain, add_special_tokens=False)
        return [encoding.ids[:WORD_PIECES] or [UNKNOWN] for encoding in encoded]

    def _pack(
        self,
        group: list[tuple[int, Sentence, list[list[int]]]],
        predicates: Mapping[str, list[tuple[int, dict[str, Words]]]],
    ) -> Window:
        window = Window()
        kept: list[tuple[Sentence, int]] = []  # each sentence and how many of its words fit
        for number, (at, sentence, pieces) in enumerate(group):
            fitting = 0
            offset = len(window)
            for form, word_pieces in zip(sentence.forms, pieces):
                if len(window.word_of_piece) + len(word_pieces) > MAX_PIECES:
                    break
                window.ids += word_pieces
                window.case += [letter_case(form)] * len(word_pieces)
                window.word_of_piece += [len(window)] * len(word_pieces)
                window.sentence.append(number)
                window.words.append(at + fitting)
                fitting += 1
            kept.append((sentence, fitting))
            for word, arguments in predicates.get(sentence.id, []):
                if word < fitting:
                    moved = {
                        label: [offset + w for w in words if w < fitting]
                        for label, words in arguments.items()
                    }
                    window.predicates.append((offset + word, moved))
        window.ids.append(SEP)
        window.case.append(0)
        window.targets = self._targets(kept, document_offset=group[0][0])
        return window

    def _targets(self, kept: list[tuple[Sentence, int]], document_offset: int) -> dict[str, list[int]]:
        """Targets of a window; sentence numbers and document words become words of the window."""
        targets: dict[str, list[int]] = {}
        total = sum(fitting for _, fitting in kept)
        latest: dict[str, int] = {}  # entity → the word that last headed a mention of it
        offset = 0  # of the sentence in the window
        for sentence, fitting in kept:
            of_sentence = self._class_targets(sentence)
            # 0 stays ROOT; word w of the window is w + 1.
            of_sentence["arc"] = [
                IGNORE if head > fitting else head and head + offset for head in sentence.heads
            ]
            of_sentence["coref"] = _antecedents(sentence.entities[:fitting], latest, offset)
            links = [cue - document_offset for cue in sentence.cues]
            of_sentence["link"] = [link if 0 <= link < total else IGNORE for link in links]
            for name, values in of_sentence.items():
                targets.setdefault(name, []).extend(values[:fitting] or [IGNORE] * fitting)
            offset += fitting
        return targets

    def _class_targets(self, sentence: Sentence) -> dict[str, list[int]]:
        """Targets that are classes of single words; an empty list where the corpus lacks the layer."""
        rules = map(encode_lemma, sentence.forms, sentence.lemmas)
        return {
            "upos": self._labels.numbers("upos", sentence.upos),
            "xpos": self._labels.numbers("xpos", sentence.xpos),
            "lemma": self._labels.numbers("lemma", rules),
            "rel": self._labels.numbers("rel", sentence.relations),
            "ner": self._labels.numbers("ner", sentence.names),
            "role": self._labels.numbers("role", sentence.roles),
            "mention": [int(bool(entity)) for entity in sentence.entities],
        }


def _forget_what_nobody_looked_for(targets: dict[str, list[int]]) -> None:
    """Claims name some mentions and not all: a word that heads none of these may head another, and
    a mention that goes back to none of these may go back to another."""
    targets["mention"] = [mention or IGNORE for mention in targets["mention"]]
    targets["coref"] = [
        IGNORE if antecedent == word else antecedent for word, antecedent in enumerate(targets["coref"])
    ]


def _claims_inside(claims: Iterable[AnnotatedClaim], words: Sequence[int]) -> Iterator[AnnotatedClaim]:
    """The claims whose trigger has words among `words`, with numbers of the window for words."""
    place = {word: number for number, word in enumerate(words)}

    def inside(of_document: Words) -> Words:
        return [place[word] for word in of_document if word in place]

    for claim in claims:
        if trigger := inside(claim.trigger):
            roles = {role: inside(of_role) for role, of_role in claim.roles.items()}
            yield replace(claim, trigger=trigger, roles=roles)


def _antecedents(entities: list[str], latest: dict[str, int], offset: int) -> list[int]:
    """For each head of a mention the latest earlier one of its entity, or itself; updates `latest`."""
    found = []
    for word, entity in enumerate(entities, start=offset):
        found.append(latest.get(entity, word) if entity else IGNORE)
        latest[entity] = word
    return found


@dataclass
class Batch:
    """Padded windows. Shapes: B windows, L pieces, W words."""

    ids: Tensor
    """int [B, L], 0 pads."""
    mask: Tensor
    """int [B, L], 1 for pieces."""
    case: Tensor
    """int [B, L]."""
    average: Tensor
    """float [B, W, L]: row w averages the pieces of word w; padding words have rows of zeros."""
    sentence: Tensor
    """int [B, W], -1 pads."""
    targets: dict[str, Tensor]
    """int [B, W] each, `IGNORE` pads."""
    claims: list[tuple[int, AnnotatedClaim]]
    """Window and claim."""
    annotated: Tensor
    """bool [B]: somebody looked for claims here."""
    predicates: list[tuple[int, int, dict[str, Words]]]
    """Window, word, words of the arguments."""

    @classmethod
    def of(cls, windows: Sequence[Window]) -> Batch:
        """Pads windows to one size."""
        count = len(windows)
        pieces = max(len(window.ids) for window in windows)
        words = max(len(window) for window in windows)
        batch = cls(
            ids=torch.zeros(count, pieces, dtype=torch.long),
            mask=torch.zeros(count, pieces, dtype=torch.long),
            case=torch.zeros(count, pieces, dtype=torch.long),
            average=torch.zeros(count, words, pieces),
            sentence=torch.full((count, words), -1),
            targets={name: torch.full((count, words), IGNORE) for name in windows[0].targets},
            claims=[(row, c) for row, window in enumerate(windows) for c in window.claims or ()],
            annotated=torch.tensor([window.claims is not None for window in windows]),
            predicates=[(row, w, a) for row, window in enumerate(windows) for w, a in window.predicates],
        )
        for row, window in enumerate(windows):
            size = len(window.ids)
            batch.ids[row, :size] = torch.tensor(window.ids)
            batch.mask[row, :size] = 1
            batch.case[row, :size] = torch.tensor(window.case)
            batch.average[row, window.word_of_piece, range(1, size - 1)] = 1.0
            batch.sentence[row, : len(window)] = torch.tensor(window.sentence)
            for name, values in window.targets.items():
                batch.targets[name][row, : len(window)] = torch.tensor(values)
        batch.average /= batch.average.sum(-1, keepdim=True).clamp(min=1.0)
        return batch

    def to(self, device: torch.device) -> Batch:
        """The same batch on another device."""
        return replace(
            self,
            ids=self.ids.to(device),
            mask=self.mask.to(device),
            case=self.case.to(device),
            average=self.average.to(device),
            sentence=self.sentence.to(device),
            annotated=self.annotated.to(device),
            targets={name: values.to(device) for name, values in self.targets.items()},
        )

    def possible_heads(self) -> Tensor:
        """bool [B, W, W+1]: ROOT (column 0) and the other words of the same sentence."""
        same = self.sentence.unsqueeze(2) == self.sentence.unsqueeze(1)
        same &= ~torch.eye(same.shape[1], dtype=torch.bool, device=same.device)
        return torch.cat([torch.ones_like(same[:, :, :1]), same], dim=2)
