"""The claims of a graph, as a flat table and one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Union, overload

from . import _demarche, tables

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

#: A claim as a line of ``claims.jsonl`` has it: ``text[claim["start"]:claim["end"]] ==
#: claim["quote"]`` in the text of ``claim["document"]``.
Claim = dict[str, Any]

_KINDS = {name: kind for name, kind, _ in _demarche.columns()}

#: What each column of the table means.
COLUMNS: dict[str, str] = {name: about for name, _, about in _demarche.columns()}

#: The columns that a notebook shows.
_SHOWN = ("published", "who", "act", "to_whom", "what", "according_to", "status", "quote", "claim")


class Claims(Sequence[Claim]):
    """All claims of a graph, in the order of the texts.

    A sequence of dicts with spans and participants; as a table (:meth:`to_arrow`,
    :meth:`to_pandas`, :meth:`to_polars`, or whatever takes the Arrow PyCapsule interface, such as
    ``pyarrow.table(claims)`` and ``polars.from_arrow(claims)``) a row a claim, with the columns
    of :data:`COLUMNS`.
    """

    def __init__(self, native: _demarche.Graph) -> None:
        self._native = native
        self._count = dict(native.counts())["claims"]
        self._columns: dict[str, list[Any]] | None = None

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: Union[int, str]) -> Claim: ...
    @overload
    def __getitem__(self, at: slice) -> list[Claim]: ...
    def __getitem__(self, at: Union[int, str, slice]) -> Union[Claim, list[Claim]]:
        """The claim at a place, or of an id."""
        if isinstance(at, slice):
            return [self._native.claim(place) for place in range(*at.indices(len(self)))]
        if isinstance(at, str):
            place = self._native.claim_at(at)
            if place is None:
                raise KeyError(at)
            return self._native.claim(place)
        place = at + len(self) if at < 0 else at
        if not 0 <= place < len(self):
            raise IndexError(at)
        return self._native.claim(place)

    def __iter__(self) -> Iterator[Claim]:
        return (self._native.claim(place) for place in range(len(self)))

    def __contains__(self, claim: object) -> bool:
        id = claim.get("id") if isinstance(claim, dict) else claim
        return isinstance(id, str) and self._native.claim_at(id) is not None

    @property
    def columns(self) -> dict[str, list[Any]]:
        """The table by columns: name to values, None where the text does not say."""
        if self._columns is None:
            self._columns = dict(zip(_KINDS, self._native.table()))
        return self._columns

    def to_arrow(self) -> pyarrow.Table:
        """The table as a :class:`pyarrow.Table`."""
        return tables.to_arrow(self.columns, _KINDS)

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a :class:`pandas.DataFrame`."""
        return tables.to_pandas(self.columns, _KINDS)

    def to_polars(self) -> polars.DataFrame:
        """The table as a :class:`polars.DataFrame`."""
        return tables.to_polars(self.columns, _KINDS)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The table for others, by the Arrow PyCapsule interface; needs pyarrow."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<{len(self)} claims>"

    def _repr_html_(self) -> str:
        return tables.to_html({name: self.columns[name] for name in _SHOWN}, len(self))
