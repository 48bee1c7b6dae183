"""What can go wrong, each with where and why."""

from __future__ import annotations

from typing import Any

__all__ = [
    "DecisionError",
    "DocumentError",
    "DocumentWarning",
    "Error",
    "FolderError",
    "MissingPackage",
    "NotFound",
    "OntologyError",
    "QueryError",
    "ReadingError",
]


class Error(Exception):
    """Whatever goes wrong in demarche."""


class DocumentError(Error):
    """A document that cannot be read.

    ``path`` is its file, None for a document that was given as such; ``line`` its line in the
    file, or the number of the given document, from 1; ``entry`` the entry of a feed, from 1;
    ``byte`` the byte in file or line, from 0; ``reason`` what is wrong and what would be valid.
    What is not known is None.
    """

    def __init__(
        self,
        message: str,
        *,
        path: str | None = None,
        line: int | None = None,
        entry: int | None = None,
        byte: int | None = None,
        reason: str = "",
    ) -> None:
        super().__init__(message)
        self.path = path
        self.line = line
        self.entry = entry
        self.byte = byte
        self.reason = reason or message


class _Findings(Error):
    def __init__(self, message: str, *, findings: list[dict[str, Any]] | None = None) -> None:
        super().__init__(message)
        self.findings = findings or []
        first = self.findings[0] if self.findings else {}
        self.path: str | None = first.get("path")
        self.line: int | None = first.get("line")


class OntologyError(_Findings):
    """A file of the user's ontology that is wrong.

    ``findings`` are all errors, each with path, line, term and reason; ``path`` and ``line`` those
    of the first.
    """


class DecisionError(_Findings):
    """A file of decisions that is wrong.

    ``findings`` are all errors, each with path, line and reason; ``path`` and ``line`` those of the
    first.
    """


class ReadingError(Error):
    """A line, number ``line`` from 1, that is no reading, or one of another document of the same id."""

    def __init__(self, message: str, *, line: int, reason: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.reason = reason or message


class FolderError(Error):
    """A graph folder that cannot be read or written; ``line`` is that of ``path``, if one is broken."""

    def __init__(self, message: str, *, path: str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.path = path
        self.line = line


class QueryError(Error):
    """SPARQL that is none, asks for too much or takes too long."""


class NotFound(Error, LookupError):
    """Nothing in the graph has this ``name``; ``suggestions`` are names like it."""

    def __init__(self, message: str, *, name: str = "", suggestions: list[str] | None = None) -> None:
        super().__init__(message)
        self.name = name
        self.suggestions = suggestions or []


class MissingPackage(Error, ImportError):
    """A package of others that is needed for this and not installed."""


class DocumentWarning(UserWarning):
    """Something odd about a document that is read all the same, or one that is skipped."""


def missing(package: str, what: str) -> MissingPackage:
    """The exception for a package that is not installed."""
    return MissingPackage(f"{what} needs {package}, which is not installed (pip install {package})")
