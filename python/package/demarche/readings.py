"""Reading apart from resolving: documents become lines, wherever they are read."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator
from typing import Optional, Union

from . import _demarche
from .documents import Documents, source
from .errors import DocumentWarning

#: Folders and files of Turtle that are laid over the shipped ontology, in order.
Layers = Union[None, str, "os.PathLike[str]", Iterable[Union[str, "os.PathLike[str]"]]]


def layers(ontology: Layers) -> list[str]:
    """One path or several, as several."""
    if ontology is None:
        return []
    if isinstance(ontology, (str, os.PathLike)):
        return [os.fsdecode(ontology)]
    return [os.fsdecode(path) for path in ontology]


def is_skipped(on_error: str) -> bool:
    """Whether a document that cannot be read is passed over."""
    if on_error not in ("raise", "skip"):
        raise ValueError(f"on_error: {on_error!r}; valid: 'raise', 'skip'")
    return on_error == "skip"


def tell(messages: Iterable[str], stacklevel: int = 3) -> None:
    """Warns of what is odd."""
    for message in messages:
        warnings.warn(message, DocumentWarning, stacklevel=stacklevel + 1)


class Readings(Iterator[str]):
    """What :func:`read` gives: a line a document, in the order of the documents."""

    def __init__(self, native: _demarche.Readings, skip: bool) -> None:
        self._native = native
        self._skip = skip

    def __next__(self) -> str:
        line, odd = self._native.next(self._skip)
        tell(odd)
        if line is None:
            raise StopIteration
        return line


def read(
    documents: Documents,
    *,
    ontology: Layers = None,
    format: Optional[str] = None,
    keep_all: bool = False,
    read_by: str = "both",
    document_seconds: Optional[int] = None,
    document_memory: Optional[int] = None,
    jobs: Optional[int] = None,
    on_error: str = "raise",
) -> Readings:
    """Reads documents into lines of JSON, as ``demarche read`` writes them.

    What is read of a document depends on nothing but the document, so parts of a corpus can be
    read in other processes and on other machines; :meth:`Graph.from_readings` puts them together.
    Documents are asked for a few at a time, so there may be any number of them. Files in folders
    that are no texts are a :class:`DocumentWarning` at the end.

    With ``on_error="raise"`` a document that cannot be read raises :class:`DocumentError`, and
    asking on gives the lines after it; with ``"skip"`` it is a :class:`DocumentWarning`. The other
    options are those of :meth:`Graph.build`.
    """
    skip = is_skipped(on_error)
    paths, lines = source(documents)
    native = _demarche.Readings(
        paths,
        lines,
        format=format,
        keep_all=keep_all,
        ontology=layers(ontology),
        read_by=read_by,
        budgets=(document_seconds, document_memory),
        jobs=jobs,
    )
    return Readings(native, skip)
