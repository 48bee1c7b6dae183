"""Readers: CoNLL-U treebanks, UNER names, GUM entities, PolNeAR attributions."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

NAME_TYPES = {"person": "PER", "organization": "ORG", "place": "LOC", "event": "EVENT"}
"""GUM's entity types that the annotator tells apart; the others are no names to it."""

ATTRIBUTION_ROLES = ("cue", "source", "content")
"""In order of precedence: where spans overlap, the word belongs to the first."""

_TITLES = frozenset(
    """mr. mrs. ms. mr mrs ms dr dr. prof. professor president premier chancellor minister secretary
    ambassador commissioner governor gov. mayor senator sen. representative rep. congressman
    congresswoman general gen. admiral colonel col. captain capt. lieutenant lt. sergeant sgt. officer
    king queen prince princess pope sir lord lady saint st. st father sister brother uncle aunt reverend
    rev. justice judge chief chairman director attorney""".split()
)
_PARTICLES = frozenset("de la del von van der di du bin al - –".split())
_LINKS = _PARTICLES - {"bin", "al"} | {"of", "the", "and", "&", "for", "'s", "/"}


@dataclass
class Sentence:
    """One sentence and what its corpus says of it.

    Every layer is as long as `forms`, or empty where the corpus lacks it.
    """

    forms: list[str]
    lemmas: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    """Number of the head word within the sentence, counted from 1; 0 is ROOT."""
    names: list[str] = field(default_factory=list)
    """BIO tags of PER, ORG, LOC and EVENT."""
    entities: list[str] = field(default_factory=list)
    """Entity whose mention this word heads; "" where it heads none."""
    roles: list[str] = field(default_factory=list)
    """BIO tags of SOURCE, CUE and CONTENT."""
    cues: list[int] = field(default_factory=list)
    """Word of the document (from 0) that starts the cue of this word's attribution; -1: none."""
    misc: list[dict[str, str]] = field(default_factory=list)
    id: str = ""
    """The treebank's `sent_id`."""


Document = list[Sentence]


def read_conllu(path: Path) -> list[Document]:
    """The documents of a CoNLL-U file. Contractions and empty nodes are left out.

    Raises ValueError that names file and line where a word line is malformed.
    """
    documents: list[Document] = []
    rows: list[list[str]] = []
    sentence_id = ""

    def close_sentence() -> None:
        if rows:
            if not documents:
                documents.append([])
            documents[-1].append(_sentence_from_rows(rows, sentence_id))
            rows.clear()

    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                close_sentence()
                documents.append([])
            elif not line:
                close_sentence()
            elif line.startswith("# sent_id = "):
                sentence_id = line.removeprefix("# sent_id = ")
            elif not line.startswith("#"):
                columns = line.split("\t")
                if len(columns) != 10:
                    raise ValueError(f"{path}:{number}: {len(columns)} columns, expected 10")
                if columns[0].isdigit():
                    rows.append(columns)
    close_sentence()
    return [document for document in documents if document]


def _sentence_from_rows(rows: list[list[str]], sentence_id: str) -> Sentence:
    misc = [dict(pair.split("=", 1) for pair in row[9].split("|") if "=" in pair) for row in rows]
    return Sentence(
        forms=[row[1] for row in rows],
        lemmas=[row[2] for row in rows],
        upos=[row[3] for row in rows],
        xpos=[row[4] for row in rows],
        heads=[int(row[6]) if row[6].isdigit() else 0 for row in rows],
        relations=[row[7] for row in rows],
        misc=misc,
        id=sentence_id,
    )


# --- UNER -------------------------------------------------------------------


def add_uner_names(documents: list[Document], path: Path) -> int:
    """Gives the sentences their names from a UNER file (IOB2 beside the treebank's words).

    Sentences are found by their words. Returns how many were not found; those keep no names.
    """
    tagged: dict[tuple[str, ...], list[list[str]]] = defaultdict(list)
    for rows in _iob2_sentences(path):
        tagged[tuple(form for form, _ in rows)].append([tag for _, tag in rows])
    missing = 0
    for document in documents:
        for sentence in document:
            candidates = tagged[tuple(sentence.forms)]
            if candidates:
                # Repeated sentences come in the same order in both files.
                sentence.names = candidates.pop(0) if len(candidates) > 1 else candidates[0]
            else:
                missing += 1
    return missing


def _iob2_sentences(path: Path) -> Iterator[list[tuple[str, str]]]:
    rows: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines() + [""]:
        if not line:
            if rows:
                yield rows
            rows = []
        elif "\t" in line:
            _, form, tag, *_ = line.split("\t")
            rows.append((form, tag if tag[2:] in NAME_TYPES.values() else "O"))


# --- GUM --------------------------------------------------------------------


@dataclass(frozen=True)
class Mention:
    """A mention of an entity: words `first` to `last` (inclusive, from 0) of a sentence."""

    first: int
    last: int
    head: int
    entity: str
    kind: str
    identity: str
    """Wikipedia title that GUM links the entity to, or ""."""


_BRACKET = re.compile(r"\((?P<open>[^()]+)(?P<whole>\))?|(?P<close>[^()]+)\)")


def gum_mentions(sentence: Sentence) -> list[Mention]:
    """The mentions in the `Entity` field of MISC.

    Fields of a bracket are GRP-etype-infstat-salience-centering-minspan-link-identity
    (the file's `global.Entity` line); only the first two and the last are used.
    """
    mentions = []
    unclosed: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
    for here, misc in enumerate(sentence.misc):
        for bracket in _BRACKET.finditer(misc.get("Entity", "")):
            if bracket["open"]:
                fields = bracket["open"].split("-", 7)
                if len(fields) < 2:
                    continue
                if bracket["whole"]:
                    mentions.append(_mention(sentence, here, here, fields))
                else:
                    unclosed[fields[0]].append((here, fields))
            elif unclosed[bracket["close"]]:
                first, fields = unclosed[bracket["close"]].pop()
                mentions.append(_mention(sentence, first, here, fields))
    return mentions


def _mention(sentence: Sentence, first: int, last: int, fields: list[str]) -> Mention:
    return Mention(
        first=first,
        last=last,
        head=syntactic_head(sentence, first, last),
        entity=fields[0],
        kind=fields[1],
        identity=fields[7] if len(fields) > 7 else "",
    )


def syntactic_head(sentence: Sentence, first: int, last: int) -> int:
    """The first word of the span that depends on a word outside it, punctuation apart."""
    for word in range(first, last + 1):
        inside = first <= sentence.heads[word] - 1 <= last
        if not inside and sentence.relations[word] != "punct":
            return word
    return last


def add_gum_entities(document: Document) -> None:
    """Fills `names` and `entities` of a GUM document from its mentions."""
    for sentence in document:
        mentions = gum_mentions(sentence)
        sentence.entities = [""] * len(sentence.forms)
        for mention in sorted(mentions, key=lambda m: m.last - m.first):
            # Of mentions with one head the longest is written last and stays.
            sentence.entities[mention.head] = mention.entity
        sentence.names = _bio(len(sentence.forms), _name_spans(sentence, mentions))


def _name_spans(sentence: Sentence, mentions: list[Mention]) -> list[tuple[int, int, str]]:
    spans = set()
    for mention in mentions:
        kind = NAME_TYPES.get(mention.kind)
        core = name_core(sentence, mention) if kind else None
        if core:
            spans.add((*core, kind))
    return sorted(spans, key=lambda span: (span[0] - span[1], span[0]))


def name_core(sentence: Sentence, mention: Mention) -> tuple[int, int] | None:
    """First and last word of the name in a mention, or None where it has no name.

    GUM marks whole noun phrases ("the former president of France, Nicolas Sarkozy, who …");
    the annotator wants the name alone. It is what stands round the mention's head in capitals,
    joined directly or by a linking word ("Bank of England"), without article and personal title.
    """
    forms, upos, head = sentence.forms, sentence.upos, mention.head

    def capital(word: int) -> bool:
        return forms[word][:1].isupper() or forms[word][:1].isdigit()

    linked_noun = bool(mention.identity) and upos[head] == "NOUN" and capital(head) and head > 0
    if upos[head] != "PROPN" and not linked_noun:
        return None
    person = mention.kind == "person"
    links = _PARTICLES if person else _LINKS

    def name_word(word: int) -> bool:
        plain = word > 0 and capital(word) and upos[word] in ("ADJ", "NOUN", "NUM", "VERB", "X")
        return upos[word] == "PROPN" or plain

    def grow(edge: int, step: int, limit: int) -> int:
        while True:
            reach = edge + step
            while (limit - reach) * step >= 0 and forms[reach].lower() in links and abs(reach - edge) <= 2:
                reach += step
            if (limit - reach) * step < 0 or not name_word(reach):
                return edge
            if reach != edge + step and upos[reach] != "PROPN":
                return edge
            edge = reach

    first, last = grow(head, -1, mention.first), grow(head, +1, mention.last)
    if person:
        titles = [word for word in range(first, last) if forms[word].lower() in _TITLES]
        first = max(titles, default=first - 1) + 1
    while first < last and upos[first] == "DET":
        first += 1
    return first, last


def _bio(length: int, spans: list[tuple[int, int, str]]) -> list[str]:
    """BIO tags of inclusive spans; an earlier span of the list keeps its words."""
    tags = ["O"] * length
    for first, last, kind in spans:
        if all(tag == "O" for tag in tags[first : last + 1]):
            tags[first : last + 1] = [f"B-{kind}"] + [f"I-{kind}"] * (last - first)
    return tags


# --- PolNeAR ----------------------------------------------------------------

Range = tuple[int, int]


def read_attributions(path: Path) -> list[dict[str, list[Range]]]:
    """The attributions of a brat file: role → character ranges. One without cue or content is none."""
    ranges: dict[str, list[Range]] = {}
    events: list[list[tuple[str, str]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        key, _, rest = line.partition("\t")
        if key.startswith("T"):
            places = rest.split("\t")[0].partition(" ")[2]
            if not places:
                continue  # a span of nothing; the corpus has a few
            ranges[key] = [(int(a), int(b)) for a, b in (place.split() for place in places.split(";"))]
        elif key.startswith("E"):
            events.append([tuple(argument.split(":", 1)) for argument in rest.split()])
    attributions = []
    for event in events:
        attribution: dict[str, list[Range]] = {role: [] for role in ATTRIBUTION_ROLES}
        for name, key in event:
            role = name.rstrip("0123456789").lower()
            if role in attribution:
                attribution[role] += ranges.get(key, [])
        if attribution["cue"] and attribution["content"]:
            attributions.append(attribution)
    return attributions


def add_attributions(document: Document, attributions: list[dict[str, list[Range]]]) -> None:
    """Fills `roles` and `cues` of a document whose MISC has `start_char` and `end_char`."""
    offsets = [(int(m["start_char"]), int(m["end_char"])) for s in document for m in s.misc]
    starts = [start for start, _ in offsets]
    roles, cues = ["O"] * len(offsets), [-1] * len(offsets)

    def words_of(place: Range) -> list[int]:
        first = max(0, bisect.bisect_right(starts, place[0]) - 1)
        last = bisect.bisect_left(starts, place[1])
        return [word for word in range(first, last) if offsets[word][1] > place[0]]

    for attribution in attributions:
        cue_words = [word for place in attribution["cue"] for word in words_of(place)]
        if not cue_words:
            continue
        for role in ATTRIBUTION_ROLES:
            for place in attribution[role]:
                previous = None
                for word in words_of(place):
                    if roles[word] == "O":
                        prefix = "I" if previous == word - 1 else "B"
                        roles[word], cues[word] = f"{prefix}-{role.upper()}", min(cue_words)
                        previous = word
    at = 0
    for sentence in document:
        end = at + len(sentence.forms)
        sentence.roles, sentence.cues = roles[at:end], cues[at:end]
        at = end


def read_polnear(folder: Path) -> list[Document]:
    """The documents of one PolNeAR split.

    `folder/conllu` holds what `demarche annotate --format conllu` makes of each file of
    `folder/text`: training must see the words and sentences that the program will see. Of several
    annotators' files the first by name is taken. Only words and offsets of the CoNLL-U are used.
    """
    documents = []
    for path in sorted((folder / "conllu").glob("*.conllu")):
        annotators = sorted(
            file
            for file in (folder / "attributions").glob("*.ann")
            if re.fullmatch(re.escape(path.stem) + r"_[0-9a-z]{4}", file.stem)
        )
        if not annotators:
            continue
        document = [
            Sentence(forms=sentence.forms, misc=sentence.misc)
            for part in read_conllu(path)
            for sentence in part
        ]
        add_attributions(document, read_attributions(annotators[0]))
        documents.append(document)
    return documents


# --- all together -----------------------------------------------------------


def names_only(documents: list[Document]) -> list[Document]:
    """The same sentences with no layer but names: UNER's EWT dev teaches names and nothing else."""
    return [[Sentence(s.forms, names=s.names) for s in d if s.names] for d in documents]


def gum_split(folder: Path) -> dict[str, str]:
    """File stem → train, dev, test … after GUM's `splits.md`."""
    split, found = "", {}
    for line in (folder / "splits.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            split = line[3:].strip()
        elif match := re.search(r"\bGUM_\w+", line):
            found[match.group()] = split
    return found


@dataclass
class Corpora:
    """What is trained on, and the treebank part that progress is measured on."""

    treebank: list[Document]
    """EWT train and GUM train, every layer they have."""
    names: list[Document]
    """EWT dev with UNER's names."""
    attributions: list[Document]
    dev: list[Document]


def read_corpora(root: Path) -> Corpora:
    """Reads `ewt/`, `gum/`, `uner/` and `polnear/` under `root` (README: where they come from)."""
    ewt_train = read_conllu(root / "ewt" / "en_ewt-ud-train.conllu")
    ewt_dev = read_conllu(root / "ewt" / "en_ewt-ud-dev.conllu")
    add_uner_names(ewt_dev, root / "uner" / "en_ewt-ud-dev.iob2")
    named = names_only(ewt_dev)
    for document in ewt_dev:
        for sentence in document:
            sentence.names = []  # they are trained on, so they are no measure
    splits = gum_split(root / "gum")
    gum: dict[str, list[Document]] = defaultdict(list)
    for path in sorted((root / "gum").glob("GUM_*.conllu")):
        if path.stem.startswith("GUM_reddit"):
            continue  # not free to use, and its texts are not in the release
        for document in read_conllu(path):
            add_gum_entities(document)
            gum[splits.get(path.stem, "train")].append(document)
    return Corpora(
        treebank=ewt_train + gum["train"],
        names=named,
        attributions=read_polnear(root / "polnear" / "train"),
        dev=ewt_dev + gum["dev"],
    )
