"""The graph is loaded into SPARQL stores of others, and each is asked for the claims of all documents:
rdflib (in memory), pyoxigraph (in memory, and on disk by RocksDB), Virtuoso (`virtuoso-t` and `isql-vt`
on the path). Those that are not installed are left out, and told. Times are of one run.

    python3 tests/clients/stores.py target/release/demarche out [GRAPH …]
"""

import contextlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAM, *GRAPHS = sys.argv[1:]
COUNT = """PREFIX dm: <https://w3id.org/demarche/ontology#>
SELECT (COUNT(*) AS ?n) { GRAPH ?graph { ?claim a dm:Claim ; dm:agent ?who ; dm:matter ?what } }"""
#: What a store is given for its pages, in pages of 8 KiB: 1.3 GiB, as Virtuoso's manual has it for 2 GiB.
BUFFERS = 170_000
#: The most quads that rdflib is given, which takes some kilobytes of memory for each.
MOST_IN_RDFLIB = 1_000_000


class Missing(Exception):
    """A store that is not installed, or not made for so much."""


def with_rdflib(quads, folder):
    from rdflib import Dataset, __version__
    store = Dataset()
    yield f"rdflib {__version__}, in memory"
    store.parse(quads, format="nquads")
    yield
    yield int(next(iter(store.query(COUNT)))[0])


def with_oxigraph(quads, folder, place=None):
    from pyoxigraph import RdfFormat, Store, __version__
    store = Store(place) if place else Store()
    yield f"pyoxigraph {__version__}, {'on disk' if place else 'in memory'}"
    store.bulk_load(path=quads, format=RdfFormat.N_QUADS)
    yield
    yield int(next(iter(store.query(COUNT)))[0].value)


def with_oxigraph_on_disk(quads, folder):
    yield from with_oxigraph(quads, folder, str(folder / "oxigraph"))


def with_virtuoso(quads, folder):
    if not (shutil.which("virtuoso-t") and shutil.which("isql-vt")):
        raise Missing("virtuoso-t, isql-vt")
    version = subprocess.run(["virtuoso-t", "+version"], capture_output=True, text=True)
    (version,) = re.findall(r"Version (\d+\.\d+\.\d+)", version.stdout + version.stderr)[:1]
    yield f"Virtuoso {version}, on disk"
    with virtuoso(folder) as port:
        def told(words):
            done = subprocess.run(["isql-vt", str(port), "dba", "dba"], input=words, capture_output=True, text=True)
            assert "***" not in done.stdout + done.stderr, done.stdout + done.stderr
            return done.stdout
        told(f"ld_dir('{quads.parent}', '{quads.name}', 'https://example.org/none');\nrdf_loader_run();\ncheckpoint;\n")
        failed = told("SELECT COUNT(*) FROM DB.DBA.LOAD_LIST WHERE ll_error IS NOT NULL;\n")
        assert re.search(r"^0$", failed, re.MULTILINE), failed
        yield
        yield int(re.search(r"^(\d+)$", told("SPARQL " + " ".join(COUNT.split()) + ";\n"), re.MULTILINE)[1])


@contextlib.contextmanager
def virtuoso(folder):
    """A server of its own in a new folder, and its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    place = folder / "virtuoso"
    place.mkdir()
    (place / "virtuoso.ini").write_text(f"""
[Database]
DatabaseFile = {place}/virtuoso.db
ErrorLogFile = {place}/virtuoso.log
LockFile = {place}/virtuoso.lck
TransactionFile = {place}/virtuoso.trx
xa_persistent_file = {place}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {place}/temporary.db
TransactionFile = {place}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{port}
DirsAllowed = {folder}
NumberOfBuffers = {BUFFERS}
MaxDirtyBuffers = {BUFFERS * 3 // 4}
""")
    subprocess.run(["virtuoso-t", "+configfile", place / "virtuoso.ini", "+wait"], check=True, capture_output=True)
    try:
        yield port
    finally:
        subprocess.run(["isql-vt", str(port), "dba", "dba"], input="shutdown;\n", capture_output=True, text=True)


def size(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def row(with_store, quads, folder, documents, count, claims):
    """Loads the quads and asks; a row of the table."""
    steps = with_store(quads, folder)
    name = next(steps)
    before, began = size(folder), time.monotonic()
    next(steps)
    loaded = time.monotonic()
    found = next(steps)
    asked = time.monotonic()
    disk = f"{(size(folder) - before) / 2**20:.0f} MiB" if "disk" in name else "–"
    for _ in steps:
        pass
    assert found == claims, f"{name}: {found} rows, not {claims}"
    print(f"| {name} | {documents:,} | {count:,} | {loaded - began:.1f} s | {disk} | {asked - loaded:.2f} s |", flush=True)


print("| store | documents | quads | load | on disk | all claims counted |\n| --- | --- | --- | --- | --- | --- |")
for graph in map(Path, GRAPHS):
    documents = sum(1 for _ in open(graph / "documents.jsonl", "rb"))
    done = subprocess.run([PROGRAM, "query", "--quiet", "--graph", graph, "--format", "csv", "--timeout", "600", "-e", COUNT],
                          check=True, capture_output=True, text=True)
    claims = int(done.stdout.split()[1])
    for with_store in [with_rdflib, with_oxigraph, with_oxigraph_on_disk, with_virtuoso]:
        with tempfile.TemporaryDirectory() as folder:
            quads = Path(folder, "graph.nq")
            subprocess.run([PROGRAM, "export", "--quiet", "--graph", graph, "-o", quads], check=True)
            with open(quads, "rb") as lines:
                count = sum(1 for _ in lines)
            try:
                if with_store is with_rdflib and count > MOST_IN_RDFLIB:
                    raise Missing(f"{count:,} quads, and not more than {MOST_IN_RDFLIB:,}")
                row(with_store, quads, Path(folder), documents, count, claims)
            except (Missing, ModuleNotFoundError) as missing:
                print(f"({with_store.__name__} left out: {missing})", flush=True)
