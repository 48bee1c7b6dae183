"""What a SPARQL query gives."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from . import tables
from .errors import missing

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow
    import rdflib

_XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = {
    _XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
        "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort",
        "unsignedByte",
    )
}  # fmt: skip
_NUMBERS = {_XSD + name for name in ("decimal", "double", "float")}


class Rows(list[dict[str, Any]]):
    """The rows of a SELECT, a dict each; None where a variable is unbound.

    Names are short where a prefix fits (``actor:kremlin``), as a query may use them; numbers and
    truth values are Python's, other literals str.
    """

    def __init__(self, variables: list[str], rows: list[dict[str, Any]]) -> None:
        super().__init__(rows)
        #: The names of the columns, in the order of the query.
        self.variables = variables

    def _columns(self) -> tuple[dict[str, list[Any]], dict[str, str]]:
        columns = {name: [row[name] for row in self] for name in self.variables}
        kinds = {name: _kind(values) for name, values in columns.items()}
        for name, kind in kinds.items():
            if kind == "text":
                columns[name] = [None if it is None else str(it) for it in columns[name]]
        return columns, kinds

    def to_arrow(self) -> pyarrow.Table:
        """The rows as a :class:`pyarrow.Table`."""
        return tables.to_arrow(*self._columns())

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a :class:`pandas.DataFrame`."""
        return tables.to_pandas(*self._columns())

    def to_polars(self) -> polars.DataFrame:
        """The rows as a :class:`polars.DataFrame`."""
        return tables.to_polars(*self._columns())

    def _repr_html_(self) -> str:
        columns = {name: [row[name] for row in self] for name in self.variables}
        return tables.to_html(columns, len(self))


def _kind(values: list[Any]) -> str:
    types = {type(value) for value in values if value is not None}
    if types == {bool}:
        return "boolean"
    if types == {int}:
        return "integer"
    if types and types <= {int, float}:
        return "number"
    return "text"


def rows(answer: str, prefixes: list[tuple[str, str]]) -> Rows:
    """Rows from the JSON of SPARQL."""
    given = json.loads(answer)
    variables: list[str] = given["head"]["vars"]
    bindings = given["results"]["bindings"]
    return Rows(
        variables,
        [{name: _term(row.get(name), prefixes) for name in variables} for row in bindings],
    )


def _term(term: dict[str, str] | None, prefixes: list[tuple[str, str]]) -> Any:
    if term is None:
        return None
    value = term["value"]
    if term["type"] == "uri":
        for prefix, namespace in prefixes:
            local = value[len(namespace) :]
            if value.startswith(namespace) and local and "/" not in local:
                return f"{prefix}:{local}"
        return value
    if term["type"] == "bnode":
        return f"_:{value}"
    datatype = term.get("datatype", "")
    try:
        if datatype in _WHOLE:
            return int(value)
        if datatype in _NUMBERS:
            return float(value)
    except ValueError:
        return value
    return value in ("true", "1") if datatype == _XSD + "boolean" else value


def triples(answer: str, prefixes: list[tuple[str, str]]) -> rdflib.Graph:
    """A graph of rdflib from N-Triples."""
    try:
        import rdflib
    except ImportError as error:
        raise missing("rdflib", "the answer of CONSTRUCT and DESCRIBE") from error
    graph = rdflib.Graph()
    for prefix, namespace in prefixes:
        graph.bind(prefix, namespace)
    graph.parse(data=answer, format="nt")
    return graph
