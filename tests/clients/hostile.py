"""Two hundred hostile queries and some questions, eight at a time: each is answered, refused or stopped in bounded
time, and the server answers others all the while. Needs nothing but Python.

    python3 tests/clients/hostile.py target/debug/demarche out
"""

import http.client
import re
import subprocess
import sys
import threading
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

PROGRAM, GRAPH = sys.argv[1:3]
SECONDS, WORKERS = 1, 2


def queries():
    """Explosions, deep nesting, long lists, slow patterns, tricks with names: of many sizes."""
    for n in range(2, 12):
        joins = " . ".join(f"?s{i} ?p{i} ?o{i}" for i in range(n))
        yield f"SELECT (COUNT(*) AS ?n) {{ {joins} }}"
        yield f"SELECT * {{ {joins} }} ORDER BY {' '.join(f'?o{i}' for i in range(n))}"
        yield f"SELECT DISTINCT * {{ {joins} }}"
        yield f"SELECT (GROUP_CONCAT(?o0) AS ?g) {{ {joins} }} GROUP BY ?s{n - 1}"
        yield f"CONSTRUCT {{ ?s0 ?p1 ?o1 }} WHERE {{ {joins} }}"
        paths = " . ".join(f"?x{i} (!<x:y{i}>)* ?x{i + 1}" for i in range(n))
        yield f"SELECT * {{ {paths} }}"
        yield f"SELECT * {{ {'{ ?s ?p ?o } UNION ' * (4 ** min(n, 7))}{{ ?s ?p ?o }} }}"
        yield f"SELECT * {{ ?s ?p ?o FILTER REGEX(STR(?o), \"{'(a+)+' * n}$\") }}"
        yield f"SELECT * {{ ?s ?p ?o BIND(REPEAT(?o, {10 ** n}) AS ?x) }}"
        yield f"SELECT * {{ {'OPTIONAL { ?s ?p ?o ' * (8 * n)}{'}' * (8 * n)} }}"
    for n in [10, 100, 1_000, 10_000, 100_000]:
        yield f"ASK {{ FILTER({'(' * n}1{')' * n}) }}"
        yield f"ASK {{ FILTER({'!' * n}true) }}"
        yield f"ASK {{ {'{' * n}{'}' * n} }}"
        yield f"SELECT * {{ VALUES ?x {{ {' '.join(map(str, range(n)))} }} }}"
        yield f"SELECT * {{ ?s ?p ?o FILTER (?o IN ({', '.join(map(str, range(n)))})) }}"
        yield f"ASK {{ ?s {'^' * n}<x:y> ?o }}"
        yield f"ASK {{ ?s {'/'.join(['<x:y>'] * n)} ?o }}"
        yield f"SELECT ({' + '.join(['1'] * n)} AS ?x) {{}}"
        yield f"ASK {{ ?s ?p \"{'x' * n}\" }}"
        yield f"# {'#' * n}\nASK {{ ?s ?p ?o }}"
        yield f"SELECT {' '.join(f'?v{i}' for i in range(n))} {{ ?s ?p ?o }}"
        yield "PREFIX a: <x:y> " * n + "ASK {}"
    for odd in ["", " ", "\0", "\ufeffASK {}", "ASK { ?s ?p \"\\uD800\" }", "ASK", "{", "}", "SELECT", "\"", "'''",
                "LOAD <file:///etc/passwd>", "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
                "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SELECT * { SERVICE SILENT ?s { ?s ?p ?o } }",
                "DROP ALL", "CLEAR DEFAULT", "INSERT DATA { <a:b> <a:c> <a:d> }", "DELETE WHERE { ?s ?p ?o }", "MOVE <a:b> TO <a:c>",
                "SELECT (<x:f>(1) AS ?y) {}", "SELECT (1/0 AS ?y) {}", "SELECT (STRLEN(CONCAT(STR(RAND()), UUID())) AS ?y) {}",
                "DESCRIBE *", "DESCRIBE ?s { ?s ?p ?o }", "SELECT * { ?s ?p ?o } LIMIT 99999999999999999999",
                "SELECT * { ?s ?p ?o } OFFSET 18446744073709551615", "ASK { <> <> <> }", "BASE <file:///> ASK { <etc> ?p ?o }",
                "ASK { ?s <http://[::1> ?o }"]:
        yield odd
    for n in range(10):
        yield f"SELECT * {{ {{ SELECT * {{ ?a ?b ?c . ?d ?e ?f }} ORDER BY ?c }} {{ SELECT * {{ ?g ?h ?i }} LIMIT {10 ** n} }} }}"


def questions():
    """Long ones, lists of names, what nobody can mean."""
    names = "Putin, Trump and Zelensky proposed, demanded, accepted and rejected in Jeddah on 11 March"
    for n in [1, 4, 12, 20]:
        yield f"Who rejected what {names}? " * n
        yield f"{'Did Putin say that ' * (4 * n)}Trump lied?"
        yield f"{'Why? ' * (16 * n)}"
        yield f"Who {'and who ' * (8 * n)}agreed?"
        yield f"{'(' * (30 * n)}Who?{')' * (30 * n)}"
        yield f"{'zzz' * (30 * n)}"
    for odd in ["", " ", "\0", "?" * 2000, "x" * 2001, "y" * 60000, "\u202eohW", "é" * 1000, "1 " * 900, "not " * 400]:
        yield odd


def main():
    server = subprocess.Popen(
        [PROGRAM, "serve", "--port", "0", "--timeout", str(SECONDS), "--workers", str(WORKERS), "--graph", GRAPH],
        stdout=subprocess.PIPE, text=True)
    try:
        port = int(re.search(r":(\d+)/", server.stdout.readline()).group(1))

        def ask(query):
            began = time.time()
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            link.request("POST", "/query", query.encode("utf-8", "surrogatepass"), {"Content-Type": "application/sparql-query"})
            reply = link.getresponse()
            body = reply.read()
            assert b"root:" not in body, query[:80]
            return reply.status, time.time() - began

        def wonder(question):
            began = time.time()
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            words = urllib.parse.quote(question)
            link.request("GET", f"/api/ask?question={words}&after={words[:900].rpartition('%')[0]}")
            reply = link.getresponse()
            reply.read()
            return reply.status, time.time() - began

        time.sleep(2)
        waits, done = [], threading.Event()

        def others():
            while not done.is_set():
                began = time.time()
                link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
                link.request("GET", "/api/overview")
                assert link.getresponse().status == 200
                waits.append(time.time() - began)
                time.sleep(0.05)

        watcher = threading.Thread(target=others)
        watcher.start()
        hostile = list(queries())
        assert len(hostile) >= 200, len(hostile)
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(ask, hostile))
            wondered = list(pool.map(wonder, questions()))
        done.set()
        watcher.join()
        statuses = {status: sum(1 for it in found if it[0] == status) for status, _ in found}
        slowest = max(seconds for _, seconds in found)
        assert set(statuses) <= {200, 400, 403, 413, 503}, statuses
        told = {status: sum(1 for it in wondered if it[0] == status) for status, _ in wondered}
        assert set(told) <= {200, 400, 414, 431, 503}, told
        # A second of its own, two until it is killed, as long in the queue.
        assert max(seconds for _, seconds in wondered) < 15, max(wondered)
        # A second of its own, two until it is killed, a second in the queue, and the transfer.
        assert slowest < 15, slowest
        assert max(waits) < 2, max(waits)
        for _ in range(100):
            if ask("ASK {}")[0] == 200:
                break
            time.sleep(0.1)
        else:
            raise AssertionError("no query is answered any more")
        for _ in range(100):
            if wonder("Who rejected the ceasefire?")[0] == 200:
                break
            time.sleep(0.1)
        else:
            raise AssertionError("no question is answered any more")
        print(f"{len(wondered)} questions: {told}, the slowest {max(it[1] for it in wondered):.1f} s")
        print(f"{len(found)} queries: {statuses}, the slowest {slowest:.1f} s; "
              f"others waited {max(waits):.2f} s at most, {len(waits)} times")
    finally:
        server.kill()


main()
