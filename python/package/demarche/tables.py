"""Columns as tables of other packages, where these are installed."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .errors import missing

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

#: What the cells of a column are: ``text``, ``integer``, ``number``, ``boolean``.
Kinds = Mapping[str, str]
Columns = Mapping[str, Sequence[Any]]


def to_arrow(columns: Columns, kinds: Kinds) -> pyarrow.Table:
    """A table of Arrow."""
    try:
        import pyarrow
    except ImportError as error:
        raise missing("pyarrow", "a table of Arrow") from error
    types = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
    }
    arrays = [pyarrow.array(values, types[kinds[name]]) for name, values in columns.items()]
    return pyarrow.table(arrays, names=list(columns))


def to_pandas(columns: Columns, kinds: Kinds) -> pandas.DataFrame:
    """A data frame of pandas; whole numbers and truth values stay so where some are missing."""
    try:
        import pandas
    except ImportError as error:
        raise missing("pandas", "a data frame of pandas") from error
    types = {"text": "object", "integer": "Int64", "number": "float64", "boolean": "boolean"}
    made = {
        name: pandas.Series(list(values), dtype=types[kinds[name]], name=name)
        for name, values in columns.items()
    }
    return pandas.DataFrame(made, columns=list(columns))


def to_polars(columns: Columns, kinds: Kinds) -> polars.DataFrame:
    """A data frame of polars."""
    try:
        import polars
    except ImportError as error:
        raise missing("polars", "a data frame of polars") from error
    types = {
        "text": polars.String,
        "integer": polars.Int64,
        "number": polars.Float64,
        "boolean": polars.Boolean,
    }
    made = [polars.Series(name, values, types[kinds[name]]) for name, values in columns.items()]
    return polars.DataFrame(made)


def to_html(columns: Columns, count: int, most: int = 20) -> str:
    """The first rows for a notebook."""
    head = "".join(f"<th>{html.escape(name)}</th>" for name in columns)
    rows = []
    for at in range(min(count, most)):
        cells = (values[at] for values in columns.values())
        words = ("" if cell is None else html.escape(str(cell)) for cell in cells)
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in words) + "</tr>")
    more = f"<p>{count} rows, the first {most} shown</p>" if count > most else f"<p>{count} rows</p>"
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>{more}"
