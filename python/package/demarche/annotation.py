"""What the annotator sees in a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Optional, Union

from . import _demarche
from .errors import missing

if TYPE_CHECKING:
    import spacy.tokens
    import spacy.vocab


@dataclass(frozen=True)
class Span:
    """Tokens ``first`` to ``last`` (exclusive), and their characters ``start`` to ``end``."""

    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True)
class Token:
    """A word: ``text[start:end]`` as written, ``form`` as it is read (whole where a line cut it).

    ``upos`` and ``deprel`` are of Universal Dependencies, ``xpos`` of the Penn Treebank; ``head`` is
    the number of the head's token, from 0, and None at the root.
    """

    form: str
    start: int
    end: int
    lemma: str
    upos: str
    xpos: str
    head: Optional[int]
    deprel: str
    sentence: int


@dataclass(frozen=True)
class Name:
    """A name; names with one ``id`` name the same thing in this text. ``type`` is PER, ORG, LOC or MISC."""

    type: str
    id: int
    span: Span


@dataclass(frozen=True)
class Attribution:
    """Who says what, and by which word: the spans of each."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]


@dataclass(frozen=True)
class Annotation:
    """A text with its sentences, tokens, names and attributions."""

    text: str
    tokens: list[Token]
    sentences: list[Span]
    names: list[Name]
    attributions: list[Attribution]
    #: The same in CoNLL-U.
    conllu: str = field(repr=False)

    def __len__(self) -> int:
        return len(self.tokens)

    def to_spacy(self, vocab: Optional[spacy.vocab.Vocab] = None) -> spacy.tokens.Doc:
        """A spaCy ``Doc`` with ``doc.text == text``, so that offsets are the same.

        What stands between words is a token of its own wherever spaCy would not take it for the one
        space behind a word: white space as spaCy has it, signs of markup as ``X``. ``vocab`` is that
        of your pipeline (``nlp.vocab``); a new one without it.
        """
        try:
            from spacy.tokens import Doc
            from spacy.tokens import Span as SpacySpan
            from spacy.vocab import Vocab
        except ImportError as error:
            raise missing("spacy", "a Doc of spaCy") from error
        laid = _Layout(self)
        doc = Doc(
            Vocab() if vocab is None else vocab,
            words=laid.words,
            spaces=laid.spaces,
            tags=laid.tags,
            pos=laid.pos,
            lemmas=laid.lemmas,
            heads=laid.heads,
            deps=laid.deps,
            sent_starts=laid.starts,
        )
        doc.set_ents(
            [
                SpacySpan(doc, laid.at[it.span.first], laid.at[it.span.last - 1] + 1, label=it.type)
                for it in self.names
            ]
        )
        return doc


class _Layout:
    """Tokens with all that stands between them."""

    def __init__(self, annotation: Annotation) -> None:
        self.words: list[str] = []
        self.spaces: list[bool] = []
        self.tags: list[str] = []
        self.pos: list[str] = []
        self.lemmas: list[str] = []
        self.deps: list[str] = []
        self.starts: list[Union[bool, int, None]] = []
        #: The place of each token among the words.
        self.at: list[int] = []
        text, end = annotation.text, 0
        #: Number of the token that each word is, None for what stands between.
        self._tokens: list[Optional[int]] = []
        for number, token in enumerate(annotation.tokens):
            self._between(text[end : token.start])
            self.at.append(len(self.words))
            first = number == annotation.sentences[token.sentence].first
            self._add(
                text[token.start : token.end], token.xpos, token.upos, token.lemma, token.deprel, first
            )
            self._tokens.append(number)
            end = token.end
        self._between(text[end:])
        self.heads = [self._head(annotation, place) for place in range(len(self.words))]

    def _add(self, word: str, tag: str, pos: str, lemma: str, dep: str, first: bool) -> None:
        self.words.append(word)
        self.spaces.append(False)
        self.tags.append(tag)
        self.pos.append(pos)
        self.lemmas.append(lemma)
        self.deps.append("ROOT" if dep == "root" else dep)
        self.starts.append(first)

    def _between(self, words: str) -> None:
        """Adds what stands between two tokens."""
        if words.startswith(" ") and self.words:
            self.spaces[-1] = True
            words = words[1:]
        for word in _stretches(words):
            is_space = word.isspace()
            tag, pos = ("_SP", "SPACE") if is_space else ("XX", "X")
            self._add(word, tag, pos, word, "dep", False)
            self._tokens.append(None)

    def _head(self, annotation: Annotation, place: int) -> int:
        number = self._tokens[place]
        if number is not None:
            head = annotation.tokens[number].head
            return place if head is None else self.at[head]
        # What stands between belongs to the word before, or to the first.
        before = [it for it in self.at if it < place]
        if before:
            return before[-1]
        return self.at[0] if self.at else place


def _stretches(words: str) -> list[str]:
    """White space and other signs apart."""
    found: list[str] = []
    for sign in words:
        if found and found[-1].isspace() == sign.isspace():
            found[-1] += sign
        else:
            found.append(sign)
    return found


def annotate(text: str, *, markdown: bool = False, jobs: Optional[int] = None) -> Annotation:
    """Annotates a text: sentences, tokens with lemma, tags, head and relation, names, attributions.

    Offsets count characters of the text as it was given, ends are exclusive. With ``markdown`` the
    signs of Markdown are no words. ``jobs`` is how many windows are read at a time.
    """
    given, conllu = _demarche.annotate(text, markdown, jobs)

    def spans(places: list[Any]) -> list[Span]:
        return [Span(*place) for place in places]

    return Annotation(
        text=text,
        tokens=[Token(*it) for it in given["tokens"]],
        sentences=spans(given["sentences"]),
        names=[Name(kind, id, Span(*place)) for kind, id, place in given["names"]],
        attributions=[Attribution(*map(spans, it)) for it in given["attributions"]],
        conllu=conllu,
    )
