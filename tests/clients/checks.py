"""The graph as RDF, checked by tools of others: the shapes by pyshacl, that nothing in it
contradicts the ontology by an OWL RL reasoner (owlrl), and that all its formats say the same by
canonical form (RDFC-1.0, pyoxigraph). Those that are not installed are left out, and told.

    python3 tests/clients/checks.py target/debug/demarche out
"""

import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAM, GRAPH = sys.argv[1:3]


def export(folder, name, *more):
    path = Path(folder) / name
    subprocess.run([PROGRAM, "export", "--quiet", "--graph", GRAPH, "-o", path, *more], check=True)
    return path


def shapes(folder):
    from pyshacl import validate
    from rdflib import Graph
    data = Graph().parse(export(folder, "all.nt", "--with-ontology"))
    conforms, _, words = validate(data, shacl_graph=Graph().parse("ontology/shapes.ttl"), inference="none")
    assert conforms, words
    return f"{len(data)} triples conform"


def consistent(folder):
    import owlrl
    from rdflib import Graph
    data = Graph().parse(export(folder, "graph.nt"))
    data.parse("ontology/core.ttl")
    before = len(data)
    closure = owlrl.OWLRL_Semantics(data, axioms=False, daxioms=False)
    closure.closure()
    assert not closure.error_messages, closure.error_messages[:5]
    return f"{before} triples, {len(data)} with all that follows, no contradiction"


def canonical(folder):
    from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse
    found = {}
    for name, form in [("graph.trig", RdfFormat.TRIG), ("graph.nq", RdfFormat.N_QUADS), ("graph.jsonld", RdfFormat.JSON_LD)]:
        data = Dataset(parse(path=export(folder, name), format=form))
        data.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        found[name] = sorted(str(quad) for quad in data)
    first = found["graph.trig"]
    for name, quads in found.items():
        assert quads == first, f"{name} says something else: {len(quads)} quads, not {len(first)}"
    return f"{len(first)} quads, the same in {', '.join(found)}"


with tempfile.TemporaryDirectory() as folder:
    for name, check in [("shapes", shapes), ("reasoner", consistent), ("canonical form", canonical)]:
        try:
            print(f"{name}: {check(folder)}")
        except ModuleNotFoundError as missing:
            print(f"{name}: left out, {missing.name} is not installed")
