"""Texts about a negotiation as a graph: who proposed, demanded, accepted and rejected what, according
to whom, in which words.

    >>> import demarche
    >>> graph = demarche.Graph.build(texts={"a": "Putin rejected the ceasefire, the Kremlin said."})
    >>> [claim["act"] for claim in graph.claims()]
    ['reject']
    >>> graph.ask("Who rejected the ceasefire?").answers[0]["label"]
    'Vladimir Putin'

Offsets count characters of the text as Python does: ``text[start:end]`` is the quote. Dates are
ISO 8601.
"""

from __future__ import annotations

import html
import json
import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, overload

from . import _demarche
from ._demarche import (
    DemarcheError,
    FolderError,
    OntologyError,
    QueryError,
    ReadError,
    __version__,
)

if TYPE_CHECKING:
    import networkx
    import pandas
    import polars
    import pyarrow

__all__ = [
    "Answer",
    "DemarcheError",
    "FolderError",
    "Graph",
    "OntologyError",
    "Picture",
    "QueryError",
    "ReadError",
    "ReadWarning",
    "__version__",
]

Path: TypeAlias = "str | os.PathLike[str]"
View: TypeAlias = Literal["stances", "ego", "network", "timeline", "sources"]


class ReadWarning(UserWarning):
    """A document could not be read, or something in it is doubtful; the others were read."""


class Answer:
    """What a question is answered with. It is false where the texts do not say."""

    def __init__(self, told: dict[str, Any], text: str) -> None:
        self._told = told
        self._text = text

    @property
    def question(self) -> str:
        """The question."""
        return self._told["question"]

    @property
    def answers(self) -> list[dict[str, Any]]:
        """The answers, best first: ``label``, ``kind``, ``status``, ``according_to``, ids of
        ``claims``, and ``evidence`` with ``document``, ``start``, ``end`` and ``quote``."""
        return self._told["answers"]

    @property
    def disputes(self) -> list[dict[str, Any]]:
        """What the voices behind the answers disagree on."""
        return self._told["disputes"]

    @property
    def nearest(self) -> list[dict[str, Any]]:
        """Where there is no answer: the sentences that come nearest. They answer nothing."""
        return self._told.get("nearest", [])

    def to_dict(self) -> dict[str, Any]:
        """All of it, as ``demarche ask --json`` has it."""
        return self._told

    def __bool__(self) -> bool:
        return bool(self.answers)

    def __str__(self) -> str:
        return self._text.rstrip("\n")

    def __repr__(self) -> str:
        return f"<Answer to {self.question!r}: {len(self.answers)} found>"

    def _repr_html_(self) -> str:
        if not self:
            nearest = [_quote(it["sentence"], it["document"]) for it in self.nearest]
            told = "<p>The texts do not say.</p>"
            return told + (f"<p>Nearest sentences, which are no answer:</p>{_list(nearest)}" if nearest else "")
        parts = []
        for it in self.answers:
            quotes = [_quote(words["quote"], words["document"]) for words in it["evidence"][:3]]
            parts.append(f"<p><b>{html.escape(it['label'])}</b></p>{_list(quotes)}")
        return "".join(parts)


class Picture(str):
    """A drawing as SVG, which notebooks show."""

    def _repr_svg_(self) -> str:
        return str(self)


class Graph:
    """Claims of texts, and what they were resolved to: actors, matters, events, disputes.

    Make one with :meth:`build` or :meth:`open`.
    """

    def __init__(self, inner: _demarche.Graph) -> None:
        self._inner = inner

    @classmethod
    def build(
        cls,
        *paths: Path,
        texts: Mapping[str, str] | Iterable[str | Mapping[str, str]] | None = None,
        ontology: Path | Iterable[Path] = (),
        progress: Callable[[int, int], object] | bool = False,
        on_error: Literal["warn", "raise", "ignore"] = "warn",
    ) -> Graph:
        """Reads files and folders, or texts that are at hand, or both.

        :param paths: files and folders, in the formats that ``demarche build`` reads.
        :param texts: texts by id; or a list of texts, or of mappings with ``text`` and, where they
            are known, ``id``, ``title``, ``date``, ``url``, ``publisher``, ``author``.
        :param ontology: Turtle files or folders that are read over the shipped ontology.
        :param progress: called with how many documents are read, and how many there are; ``True``
            prints it.
        :param on_error: what to do about documents that cannot be read: a :class:`ReadWarning`
            each, a :class:`ReadError` at the first, or nothing. They are in :attr:`errors` anyway.
        :raises ReadError: nothing at all can be read; it has ``file`` and ``line``.
        :raises OntologyError: a Turtle file is wrong; it has ``file`` and ``line``.

        Others may run meanwhile, and an interrupt (Ctrl-C) stops it.
        """
        lines = None if texts is None else "".join(f"{json.dumps(it)}\n" for it in _documents(texts))
        told = _printed if progress is True else progress or None
        built = _demarche.Graph.build([os.fspath(it) for it in paths], lines, _paths(ontology), told)
        if on_error == "raise" and built.errors:
            file, line, words = built.errors[0]
            error = ReadError(words)
            error.file, error.line = file, line
            raise error
        if on_error == "warn":
            for _, _, words in [*built.errors, *built.warnings]:
                warnings.warn(words, ReadWarning, stacklevel=2)
        return cls(built)

    @classmethod
    def open(cls, folder: Path, *, ontology: Path | Iterable[Path] = ()) -> Graph:
        """Opens what ``demarche build`` or :meth:`save` made.

        :raises FolderError: it is no graph folder, or its files do not fit together.
        """
        return cls(_demarche.Graph.open(os.fspath(folder), _paths(ontology)))

    def save(self, folder: Path) -> None:
        """Saves it as a graph folder, whole or not at all; what was there is replaced."""
        self._inner.save(os.fspath(folder))

    def export(self, path: Path, format: str | None = None) -> None:
        """Writes a file or folder in a format of ``demarche export``: csv, xlsx, ttl, trig, nt, nq,
        rdf, jsonld, graphml, gexf, nodes, edges, neo4j, obsidian; else the extension tells it."""
        self._inner.export(os.fspath(path), format)

    @property
    def errors(self) -> list[tuple[str | None, int | None, str]]:
        """Documents that could not be read when it was built: file, line, sentence."""
        return self._inner.errors

    @property
    def warnings(self) -> list[tuple[str | None, int | None, str]]:
        """What is doubtful in those that were: file, line, sentence."""
        return self._inner.warnings

    @overload
    def claims(self, as_: Literal["dicts"] = "dicts") -> list[dict[str, Any]]: ...
    @overload
    def claims(self, as_: Literal["pandas"]) -> pandas.DataFrame: ...
    @overload
    def claims(self, as_: Literal["polars"]) -> polars.DataFrame: ...
    @overload
    def claims(self, as_: Literal["arrow"]) -> pyarrow.Table: ...

    def claims(self, as_: Literal["dicts", "pandas", "polars", "arrow"] = "dicts") -> Any:
        """The table of claims, a row each: date, published, who, act, to_whom, what, according_to,
        via, status, quote, document, title, line, confidence, ids and places.

        :param as_: a list of dicts, or a table of pandas, polars or Arrow, which must be installed.
        """
        columns = self._inner.table()
        match as_:
            case "dicts":
                return [dict(zip(columns, row)) for row in zip(*columns.values())]
            case "pandas":
                import pandas

                return pandas.DataFrame(columns)
            case "polars":
                import polars

                return polars.DataFrame(columns, infer_schema_length=None)
            case "arrow":
                import pyarrow

                return pyarrow.table(columns)
        raise ValueError(f"as_ is {as_!r}; there are dicts, pandas, polars, arrow")

    def records(self) -> list[dict[str, Any]]:
        """The claims with all their parts, as ``claims.jsonl`` has them."""
        return self._inner.records()

    def documents(self) -> list[dict[str, Any]]:
        """The documents with their texts."""
        return self._inner.documents()

    def actors(self) -> list[dict[str, Any]]:
        """The actors."""
        return self._inner.actors()

    def matters(self) -> list[dict[str, Any]]:
        """What is negotiated about."""
        return self._inner.matters()

    def events(self) -> list[dict[str, Any]]:
        """What happened, or is to, as claims tell it."""
        return self._inner.events()

    def disputes(self) -> list[dict[str, Any]]:
        """What the voices disagree on, the most telling first; each side with its claims."""
        return self._inner.disputes()

    def stances(self) -> list[dict[str, Any]]:
        """Who stands where on which matter, with dates, sources and claims."""
        return self._inner.stances()

    def ask(self, question: str, *, limit: int = 10) -> Answer:
        """Answers a question in English."""
        page = self._inner.ask(question, limit)
        return Answer(page["answer"], page["text"])

    def query(self, sparql: str, *, timeout: float = 60.0) -> list[dict[str, str | None]] | bool | list[str]:
        """Runs SPARQL 1.1, whose prefixes need not be declared.

        :returns: of SELECT a dict a row, of ASK whether, of CONSTRUCT and DESCRIBE triples as lines
            of N-Triples.
        :raises QueryError: it is no query, or takes too long.
        """
        return self._inner.query(sparql, timeout)

    def show(self, name: str) -> dict[str, Any]:
        """All that is known of an actor, matter, event, dispute, document or claim: ``kind``,
        ``thing``, its ``claims``, and what else the name may mean in ``see_also``.

        :raises KeyError: nothing is called so; it says what is alike.
        """
        return self._inner.show(name)

    def draw(self, view: View = "stances", *, focus: str | None = None, limit: int = 16) -> Picture:
        """A picture: who stands where, all of one actor or matter (``ego``, with ``focus``), actors
        alone (``network``), a ``timeline``, or who reports what (``sources``)."""
        return Picture(self._inner.svg(view, focus, limit))

    def to_networkx(self) -> networkx.MultiDiGraph:
        """All nodes (``actor/kremlin``) and edges with their attributes, for networkx."""
        import networkx

        told = self._inner.network()
        graph = networkx.MultiDiGraph()
        for name, about, more in told["nodes"]:
            graph.add_node(name, **about, **_known(more))
        for source, target, about in told["edges"]:
            graph.add_edge(source, target, **about)
        return graph

    def __len__(self) -> int:
        return self._inner.counts()["claims"]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.claims())

    def __repr__(self) -> str:
        return f"<Graph: {_counted(self._inner.counts())}>"

    def _repr_html_(self) -> str:
        disputes = [html.escape(it["label"]) for it in self.disputes()[:5]]
        told = f"<p><b>Graph</b>: {_counted(self._inner.counts())}</p>"
        return told + (f"<p>The voices disagree:</p>{_list(disputes)}" if disputes else "")


def _documents(texts: Mapping[str, str] | Iterable[str | Mapping[str, str]]) -> Iterator[dict[str, str]]:
    if isinstance(texts, str):
        raise TypeError("texts is one text; give a list of texts, or a mapping from ids to texts")
    if isinstance(texts, Mapping):
        for name, text in texts.items():
            yield {"id": str(name), "text": text}
        return
    for text in texts:
        yield {"text": text} if isinstance(text, str) else {key: str(it) for key, it in text.items() if it is not None}


def _paths(paths: Path | Iterable[Path]) -> list[str]:
    if isinstance(paths, (str, os.PathLike)):
        paths = [paths]
    return [os.fspath(it) for it in paths]


def _printed(done: int, count: int) -> None:
    print(f"\r{done} of {count} documents", end="\n" if done == count else "", flush=True)


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _counted(counts: dict[str, int]) -> str:
    kinds = ["documents", "claims", "actors", "matters", "events", "disputes"]
    return ", ".join(f"{counts[kind]} {kind if counts[kind] != 1 else kind[:-1]}" for kind in kinds)


def _quote(words: str, document: str) -> str:
    return f"“{html.escape(' '.join(words.split()))}” — {html.escape(document)}"


def _list(items: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{it}</li>" for it in items) + "</ul>"
