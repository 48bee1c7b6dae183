"""The graph as RDF, checked by tools of others: the shapes by pyshacl, that nothing in it
contradicts the ontology by an OWL RL reasoner (owlrl), that all its formats say the same by
canonical form (RDFC-1.0, pyoxigraph), and that it counts itself rightly (rdflib). Those that are not installed are left out, and told.

    python3 tests/clients/checks.py target/debug/demarche out
"""

import re
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
        # Each file says of what media type it is itself.
        found[name] = sorted(line for line in map(str, data) if "/distribution/" not in line)
    first = found["graph.trig"]
    for name, quads in found.items():
        assert quads == first, f"{name} says something else: {len(quads)} quads, not {len(first)}"
    return f"{len(first)} quads, the same in {', '.join(found)}"


def described(folder):
    """What the graph says of itself is what another program counts, from the context of its JSON-LD on."""
    from rdflib import Dataset, Namespace, RDF, URIRef
    void = Namespace("http://rdfs.org/ns/void#")
    path = export(folder, "described.jsonld", "--license", "https://spdx.org/licenses/CC0-1.0")
    data = Dataset(default_union=True)
    data.parse(path, format="json-ld")
    of_itself = {*data.objects(None, void.classPartition)}
    dataset = next(data.subjects(void.triples, None))
    of_itself |= {dataset, *(s for s in data.subjects() if "/distribution/" in s)}
    count = sum(1 for s, _, _, _ in data.quads() if s not in of_itself)
    assert count == int(data.value(dataset, void.triples)), count
    pattern = re.compile(str(data.value(dataset, void.uriRegexPattern)))
    things = {s for s in data.subjects() if s not in of_itself and pattern.match(s)}
    assert len(things) == int(data.value(dataset, void.entities)), len(things)
    for part in data.objects(dataset, void.classPartition):
        instances = {*data.subjects(RDF.type, data.value(part, void["class"]))}
        assert len(instances) == int(data.value(part, void.entities)), part
    assert (dataset, URIRef("http://purl.org/dc/terms/license"), URIRef("https://spdx.org/licenses/CC0-1.0")) in data
    return f"{count} triples and {len(things)} things, as it says"


with tempfile.TemporaryDirectory() as folder:
    for name, check in [("shapes", shapes), ("reasoner", consistent), ("canonical form", canonical), ("data set", described)]:
        try:
            print(f"{name}: {check(folder)}")
        except ModuleNotFoundError as missing:
            print(f"{name}: left out, {missing.name} is not installed")
