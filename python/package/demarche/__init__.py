"""Who proposed, demanded, accepted and rejected what, according to whom, in which words.

    >>> import demarche
    >>> graph = demarche.Graph.build({"1": "According to the Kremlin, Putin rejected a ceasefire."})
    >>> [(claim["act"], claim["quote"]) for claim in graph.claims()]
    [('reject', 'Putin rejected a ceasefire')]
    >>> print(graph.ask("Who rejected the ceasefire?")[0])
    Vladimir Putin

:class:`Graph` is built of texts and asked; :func:`read` reads texts apart from resolving them, on
many machines if need be; :func:`annotate` gives words, trees, names and who says what.
"""

from ._demarche import __version__
from .annotation import Annotation, Attribution, Name, Span, Token, annotate
from .answers import Answer, Disagreement, Evidence, Found, Nearest, Position
from .claims import COLUMNS, Claim, Claims
from .errors import (
    DecisionError,
    DocumentError,
    DocumentWarning,
    Error,
    FolderError,
    MissingPackage,
    NotFound,
    OntologyError,
    QueryError,
    ReadingError,
)
from .graph import Graph, Svg
from .readings import Readings, read
from .rows import Rows

__all__ = [
    "COLUMNS",
    "Annotation",
    "Answer",
    "Attribution",
    "Claim",
    "Claims",
    "DecisionError",
    "Disagreement",
    "DocumentError",
    "DocumentWarning",
    "Error",
    "Evidence",
    "FolderError",
    "Found",
    "Graph",
    "MissingPackage",
    "Name",
    "Nearest",
    "NotFound",
    "OntologyError",
    "Position",
    "QueryError",
    "ReadingError",
    "Readings",
    "Rows",
    "Span",
    "Svg",
    "Token",
    "__version__",
    "annotate",
    "read",
]
