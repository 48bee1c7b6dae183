"""Documents that come in: paths, texts, or records."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Union

from .errors import DocumentError

#: What is read: a path or several (files and folders), texts by their ids, or documents as dicts
#: with the keys of :data:`KEYS`, of which only ``text`` is needed.
Documents = Union[
    str,
    "os.PathLike[str]",
    Mapping[str, Union[str, Mapping[str, Any]]],
    Iterable[Union[str, "os.PathLike[str]", Mapping[str, Any]]],
]

#: The keys of a document.
KEYS = ("id", "title", "date", "publisher", "author", "url", "license", "language", "text")


class Source(NamedTuple):
    """Paths, or documents as lines of JSON."""

    paths: list[str] | None
    documents: Iterator[bytes] | None


def source(documents: Documents) -> Source:
    """Tells paths from documents."""
    if isinstance(documents, (str, os.PathLike)):
        return Source([_path(documents)], None)
    if isinstance(documents, Mapping):
        return Source(None, _lines(_named(documents)))
    items = iter(documents)
    for first in items:
        break
    else:
        return Source([], None)
    if isinstance(first, (str, os.PathLike)):
        return Source([_path(first), *map(_path, items)], None)
    return Source(None, _lines(_behind(first, items)))


def _path(path: object) -> str:
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(f"{type(path).__name__} among paths; valid: paths alone, or documents alone")
    words = os.fsdecode(path)
    if "\n" in words:
        raise ValueError("a path with a line break; a text is given with its id: {'speech': text}")
    return words


def _named(texts: Mapping[str, Any]) -> Iterator[Any]:
    for id, text in texts.items():
        yield {**text, "id": id} if isinstance(text, Mapping) else {"id": id, "text": text}


def _behind(first: Any, others: Iterator[Any]) -> Iterator[Any]:
    yield first
    yield from others


def _lines(documents: Iterable[Any]) -> Iterator[bytes]:
    for number, document in enumerate(documents, 1):
        yield _line(number, document)


def _line(number: int, document: Any) -> bytes:
    if not isinstance(document, Mapping):
        if hasattr(document, "asDict"):  # a row of Spark
            document = document.asDict()
        else:
            kind = type(document).__name__
            raise TypeError(f"document {number} is {kind}; valid: a dict with at least 'text'")
    fields = {key: _field(document[key]) for key in KEYS if key in document}
    fields = {key: value for key, value in fields.items() if value is not None}
    try:
        return json.dumps(fields, ensure_ascii=False).encode() + b"\n"
    except (TypeError, ValueError) as error:
        message = f"document {number}: {error}"
        raise DocumentError(message, line=number, reason=str(error)) from error


def _field(value: Any) -> Any:
    """A value as JSON has it; what stands for nothing (NaN, NaT) is None."""
    if value is None or value != value:
        return None
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value
