"""Clients that others have written read the endpoint: rdflib's SPARQLStore, SPARQLWrapper, and
pyoxigraph's SERVICE. Those that are not installed are left out, and told.

    python3 tests/clients/endpoint.py target/debug/demarche out
"""

import re
import subprocess
import sys

PROGRAM, GRAPH = sys.argv[1:3]
DM = "PREFIX dm: <https://w3id.org/demarche/ontology#>"
WHERE = "{ ?claim a dm:Claim ; dm:agent ?who ; dm:matter ?what }"
ROWS = f"{DM} SELECT DISTINCT ?claim ?who ?what {WHERE}"


def expected():
    done = subprocess.run(
        [PROGRAM, "query", "--quiet", "--graph", GRAPH, "--format", "tsv", "-e", ROWS],
        check=True, capture_output=True, text=True)
    return {tuple(line.split("\t")) for line in done.stdout.splitlines()[1:]}


def with_rdflib(url):
    from rdflib import Graph
    from rdflib.plugins.stores.sparqlstore import SPARQLStore
    rows = None
    for returns in ["xml", "json"]:
        store = SPARQLStore(url, returnFormat=returns)
        found = {tuple(term.n3() for term in row) for row in Graph(store).query(ROWS)}
        assert rows in (None, found), returns
        rows = found
    for method in ["POST", "POST_FORM"]:
        graph = Graph(SPARQLStore(url, method=method))
        assert {tuple(term.n3() for term in row) for row in graph.query(ROWS)} == rows, method
    # Triples by pattern, which it writes as queries of its own.
    claim = next(iter(rows))[0][1:-1]
    from rdflib import URIRef
    assert len(list(Graph(SPARQLStore(url)).triples((URIRef(claim), None, None)))) > 5
    return rows


def with_wrapper(url):
    from SPARQLWrapper import JSON, XML, SPARQLWrapper, TURTLE
    asked = SPARQLWrapper(url)
    asked.setQuery(ROWS)
    asked.setReturnFormat(JSON)
    bindings = asked.queryAndConvert()["results"]["bindings"]
    asked.setReturnFormat(XML)
    assert len(asked.queryAndConvert().getElementsByTagName("result")) == len(bindings)
    asked.setQuery(f"{DM} CONSTRUCT {{ ?claim dm:agent ?who }} WHERE {WHERE}")
    asked.setReturnFormat(TURTLE)
    assert b"agent" in asked.queryAndConvert()
    return {tuple(f"<{row[name]['value']}>" for name in ["claim", "who", "what"]) for row in bindings}


def with_pyoxigraph(url):
    from pyoxigraph import Store
    rows = Store().query(f"{DM} SELECT DISTINCT ?claim ?who ?what {{ SERVICE <{url}> {WHERE} }}")
    return {tuple(str(term) for term in row) for row in rows}


def main():
    server = subprocess.Popen([PROGRAM, "serve", "--port", "0", "--graph", GRAPH],
                              stdout=subprocess.PIPE, text=True)
    try:
        url = re.search(r"http://\S+", server.stdout.readline()).group(0) + "query"
        rows = expected()
        assert len(rows) > 10
        for name, client in [("rdflib", with_rdflib), ("SPARQLWrapper", with_wrapper),
                             ("pyoxigraph", with_pyoxigraph)]:
            try:
                found = client(url)
            except ModuleNotFoundError as missing:
                print(f"{name}: left out, {missing.name} is not installed")
                continue
            assert found == rows, f"{name}: {len(found)} rows, not {len(rows)}"
            print(f"{name}: {len(found)} rows, as they are")
    finally:
        server.kill()


main()
