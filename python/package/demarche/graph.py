"""The graph, and what it can be asked."""

from __future__ import annotations

import html
import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Optional, Union

from . import _demarche, rows
from .answers import Answer, answer
from .claims import Claims
from .documents import Documents, source
from .errors import DocumentError, NotFound, missing
from .readings import Layers, is_skipped, layers, tell
from .rows import Rows

if TYPE_CHECKING:
    import networkx
    import rdflib

Path = Union[str, "os.PathLike[str]"]


class Svg(str):
    """A drawing; a notebook shows it."""

    def _repr_svg_(self) -> str:
        return str(self)


class Graph:
    """Who proposed, demanded, accepted and rejected what, according to whom, in which words.

    Made by :meth:`build`, :meth:`from_readings` or :meth:`open`. Nothing in it changes.
    """

    def __init__(self, native: _demarche.Graph) -> None:
        """Takes what the class methods have made."""
        self._native = native
        told = native.told()
        #: Documents that could not be read and were skipped, each as its exception.
        self.errors: list[DocumentError] = told["errors"]
        #: What is odd about documents that were read, and that files in folders were not.
        self.warnings: list[str] = told["warnings"]
        #: Files in folders that are not read, as they are no texts: path, and why.
        self.passed_over: list[tuple[str, str]] = told["passed_over"]

    @classmethod
    def build(
        cls,
        documents: Documents,
        *,
        ontology: Layers = None,
        decisions: Optional[Path] = None,
        base: Optional[str] = None,
        progress: Optional[Callable[[int, int], object]] = None,
        format: Optional[str] = None,
        keep_all: bool = False,
        read_by: str = "both",
        min_confidence: Optional[float] = None,
        document_seconds: Optional[int] = None,
        document_memory: Optional[int] = None,
        jobs: Optional[int] = None,
        on_error: str = "raise",
    ) -> Graph:
        """Reads documents and builds their graph, as ``demarche build`` does.

        ``documents`` is a path or several (files, and folders with all in them), a mapping of ids
        to texts, or an iterable of dicts with ``text`` and, where they are known, ``id``,
        ``title``, ``date``, ``publisher``, ``author``, ``url``, ``license`` and ``language``. Files in
        folders that are no texts are a :class:`DocumentWarning`, and stand in :attr:`passed_over`.

        :param ontology: Turtle files, or folders of them, over the shipped ontology.
        :param decisions: a YAML file of what a person has decided about claims, actors, matters.
        :param base: the IRI under which things are named; without it, one made from the documents.
        :param progress: called after each document with how many are done, and of how many.
        :param format: the format of files whose extension does not tell (``md``, ``html`` …).
        :param keep_all: keep all words of web pages and PDF, also navigation and running heads.
        :param read_by: who looks for claims: ``both``, ``rules`` or ``model``.
        :param min_confidence: leave out claims of less confidence.
        :param document_seconds: give up a document that takes longer (600).
        :param document_memory: give up a document that takes more MiB (4096).
        :param jobs: how many documents are read at a time; one a core without it.
        :param on_error: ``raise`` :class:`DocumentError` for the first document that cannot be read
            (before any is read, if it cannot be opened), or ``skip`` it: then it is a
            :class:`DocumentWarning`, and stands in :attr:`errors`.

        Ctrl-C, and an exception of ``progress``, end the reading once the documents that are begun
        are read.
        """
        skip = is_skipped(on_error)
        paths, lines = source(documents)
        native = _demarche.Graph.build(
            paths,
            lines,
            _making(decisions, base, min_confidence),
            format=format,
            keep_all=keep_all,
            ontology=layers(ontology),
            read_by=read_by,
            budgets=(document_seconds, document_memory),
            jobs=jobs,
            progress=progress,
            skip=skip,
        )
        return cls(native)._told()

    @classmethod
    def from_readings(
        cls,
        lines: Iterable[Union[str, bytes]],
        *,
        ontology: Layers = None,
        decisions: Optional[Path] = None,
        base: Optional[str] = None,
        min_confidence: Optional[float] = None,
        read_by: str = "both",
    ) -> Graph:
        """Puts together what :func:`read` or ``demarche read`` has read, in any order.

        The graph is that of one :meth:`build` of the same documents. ``ontology`` and ``read_by``
        should be those of the reading; others are a :class:`DocumentWarning`. Raises
        :class:`ReadingError` for a line that is no reading, or that is of another document than one
        before with the same id.
        """
        making = _making(decisions, base, min_confidence)
        return cls(_demarche.Graph.from_readings(lines, making, layers(ontology), read_by))._told()

    @classmethod
    def open(cls, folder: Path, *, ontology: Layers = None) -> Graph:
        """Opens a graph folder, as ``demarche build`` and :meth:`save` write it."""
        return cls(_demarche.Graph.open(os.fsdecode(folder), layers(ontology)))

    def save(self, folder: Path, *, replace: bool = False) -> None:
        """Writes a graph folder, which ``demarche ask``, ``serve`` and others open.

        It holds the lists of the graph, and neither triples nor drawings nor what it was built from:
        ``demarche update`` cannot bring it up to date. With ``replace`` a graph that is in the
        folder goes.
        """
        self._native.save(os.fsdecode(folder), replace)

    def _told(self) -> Graph:
        tell([*map(str, self.errors), *self.warnings])
        return self

    @property
    def base(self) -> str:
        """The IRI under which things are named."""
        return self._native.base()

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that a query may use without declaring them."""
        return dict(self._native.prefixes())

    def claims(self) -> Claims:
        """All claims: a sequence of dicts, and a flat table."""
        return Claims(self._native)

    @property
    def documents(self) -> list[dict[str, Any]]:
        """The documents, without their texts, for which there is :meth:`text`."""
        return self._native.things("documents")

    @property
    def actors(self) -> list[dict[str, Any]]:
        """The actors, with all their names and why these are one."""
        return self._native.things("actors")

    @property
    def matters(self) -> list[dict[str, Any]]:
        """What is proposed, demanded, accepted, rejected …, with all its wordings."""
        return self._native.things("matters")

    @property
    def events(self) -> list[dict[str, Any]]:
        """What is told to have happened, each with the claims that tell it."""
        return self._native.things("events")

    def text(self, document: str) -> str:
        """The text of a document, in which all offsets count."""
        text = self._native.text(document)
        if text is None:
            raise NotFound(f"no document has the id {document!r}", name=document)
        return text

    def ask(self, question: str, *, limit: int = 10) -> Answer:
        """Answers a question in English; the answer is empty where the texts do not say."""
        return answer(*self._native.ask(question, limit))

    def query(self, sparql: str, *, timeout: float = 30.0) -> Union[Rows, bool, rdflib.Graph]:
        """Runs SPARQL 1.1: rows of SELECT, truth of ASK, an rdflib ``Graph`` of CONSTRUCT and DESCRIBE.

        :attr:`prefixes` are declared. Without GRAPH a query sees all documents. Terms that the
        ontology does not have are a :class:`DocumentWarning`; ``timeout`` is in seconds.
        """
        kind, given, unknown = self._native.query(sparql, timeout)
        tell(unknown, stacklevel=2)
        if kind == "boolean":
            return given == "true"
        if kind == "rows":
            return rows.rows(given, self._native.prefixes())
        return rows.triples(given, self._native.prefixes())

    def show(self, name: str) -> dict[str, Any]:
        """All that is known of an actor, matter, event, dispute, document or claim.

        ``name`` is an id (``actor/kremlin``), a label or words of one. The dict has ``kind``, ``id``,
        ``label``, the ``thing`` itself, its ``claims``, and in ``see_also`` what else has the name.
        Raises :class:`NotFound`, with names like it.
        """
        return self._native.show(name)

    def disputes(
        self, name: Optional[str] = None, *, kind: Optional[str] = None
    ) -> list[dict[str, Any]]:
        """What the voices disagree on, the most telling first, each side with its claims.

        ``name``: only those in which it has a part. ``kind``: agent, status, matter, quantity, answer.
        """
        return self._native.disputes(name, kind)

    def stances(
        self,
        *,
        actor: Optional[str] = None,
        matter: Optional[str] = None,
        changed: bool = False,
    ) -> list[dict[str, Any]]:
        """Who stands where on which matter, with dates, sources and ids of claims.

        ``changed``: only of those who lean otherwise at another date.
        """
        return self._native.stances(actor, matter, changed)

    def to_networkx(self, *, all: bool = False) -> networkx.MultiDiGraph:
        """Actors and matters as nodes, who does what to whom or about what as edges.

        A node has ``kind`` and ``label``, an edge a ``relation``: where that is ``act``, also ``act``,
        ``status``, ``weight`` (how many claims) and ``claims`` (their ids); others are ``actsFor``
        and ``broader``. With ``all`` events, claims and documents are nodes, too, with relations of
        theirs (``agent``, ``matter``, ``accordingTo`` …).
        """
        try:
            import networkx
        except ImportError as error:
            raise missing("networkx", "a graph of NetworkX") from error
        nodes, edges = self._native.network(all)
        graph = networkx.MultiDiGraph()
        for node in nodes:
            graph.add_node(node.pop("id"), **node)
        for edge in edges:
            graph.add_edge(edge.pop("from"), edge.pop("to"), **edge)
        return graph

    def svg(self, view: str = "stances", *, focus: Optional[str] = None, limit: int = 16) -> Svg:
        """A drawing: ``stances``, ``network``, ``timeline``, ``sources``, or ``ego`` around ``focus``.

        ``limit`` is how many actors, matters or reports are shown at most, each.
        """
        return Svg(self._native.svg(view, focus, limit))

    def __repr__(self) -> str:
        counts = ", ".join(f"{count} {name}" for name, count in self._native.counts())
        return f"<Graph of {counts}>"

    def _repr_html_(self) -> str:
        cells = "".join(
            f"<td style='text-align:left'><b>{count}</b> {html.escape(name)}</td>"
            for name, count in self._native.counts()
        )
        return f"<table><tr>{cells}</tr></table>{self.claims()._repr_html_()}"


def _making(
    decisions: Optional[Path], base: Optional[str], min_confidence: Optional[float]
) -> _demarche.Making:
    path = None if decisions is None else os.fsdecode(decisions)
    return {"decisions": path, "base": base, "min_confidence": min_confidence}
