"""Graphs are built of paths, of texts and of readings, and all ways give the same."""

import datetime
import json
import subprocess
import sys
from pathlib import Path

import demarche
import pytest


def ids(graph):
    return [claim["id"] for claim in graph.claims()]


def test_the_seeds_give_the_claims_of_out(graph):
    lines = (Path(__file__).parents[2] / "out" / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    assert list(graph.claims()) == [json.loads(line) for line in lines]
    assert graph.errors == [] and all("README" in it for it in graph.warnings)


def test_every_quote_stands_where_it_says(graph):
    assert len(graph.claims()) > 100
    for claim in graph.claims():
        text = graph.text(claim["document"])
        assert text[claim["start"] : claim["end"]] == claim["quote"]


def test_offsets_count_characters_also_beyond_the_basic_plane():
    text = "🕊️ “Çok güzel” 🕊️. Norland rejected the truce."
    claim = demarche.Graph.build({"doves": text}).claims()[0]
    assert text[claim["start"] : claim["end"]] == claim["quote"] == "Norland rejected the truce"


def test_a_mapping_an_iterable_and_files_give_the_same(texts, tmp_path, small):
    for id, text in texts.items():
        (tmp_path / f"{id}.txt").write_text(text, encoding="utf-8")
    records = [{"id": id, "text": text} for id, text in texts.items()]
    for given in (records, iter(records), tmp_path, [tmp_path / f"{id}.txt" for id in texts]):
        assert list(demarche.Graph.build(given).claims()) == list(small.claims())


def test_documents_say_where_they_are_from():
    record = {
        "id": "a", "text": "Norland rejected the truce.", "title": "No", "publisher": "The Lantern",
        "date": datetime.date(2025, 3, 18), "url": "https://example.org/a", "author": float("nan"),
        "section": "world",
    }  # fmt: skip
    (document,) = demarche.Graph.build([record]).documents
    assert document["date"] == "2025-03-18" and document["publisher"] == "The Lantern"
    assert document["author"] is None and "text" not in document


def test_a_document_without_id_has_its_number():
    built = demarche.Graph.build([{"text": "Norland rejected the truce."}, {"text": "Sudria accepted it."}])
    assert [document["id"] for document in built.documents] == ["stdin-1", "stdin-2"]


def test_the_number_of_threads_changes_nothing(texts, small):
    assert list(demarche.Graph.build(texts, jobs=1).claims()) == list(small.claims())


def test_progress_is_told_after_each_document(texts):
    told = []
    demarche.Graph.build(texts, progress=lambda done, all: told.append((done, all)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_exception_of_progress_ends_the_reading(texts):
    def stop(done, all):
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        demarche.Graph.build(texts, progress=stop)


def test_an_exception_of_the_documents_comes_through():
    def documents():
        yield {"text": "Norland rejected the truce."}
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        demarche.Graph.build(documents())


@pytest.mark.skipif(sys.platform == "win32", reason="signals are others on Windows")
def test_ctrl_c_interrupts_between_documents():
    code = """
import os, signal, demarche
texts = {str(at): "Norland rejected the truce. " * 200 for at in range(200)}
try:
    demarche.Graph.build(texts, progress=lambda done, all: done == 2 and os.kill(os.getpid(), signal.SIGINT))
except KeyboardInterrupt:
    print("interrupted")
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert run.stdout == "interrupted\n", run.stderr


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="this system does not fork")
def test_a_process_that_was_forked_is_told_so():
    code = """
import os, demarche
demarche.annotate("Norland agreed.")
child = os.fork()
if child == 0:
    try:
        demarche.annotate("Norland agreed.")
    except demarche.Error as error:
        os._exit(3 if "was forked" in str(error) else 4)
    os._exit(5)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert run.stdout == "3\n", run.stderr


def test_other_threads_run_while_documents_are_read(seeds):
    import threading

    counted, done = [0], threading.Event()

    def count():
        while not done.is_set():
            counted[0] += 1
            done.wait(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    try:
        demarche.Graph.build(seeds)
    finally:
        done.set()
        thread.join()
    assert counted[0] > 50


def test_a_graph_is_saved_and_opened(small, tmp_path):
    folder = tmp_path / "graph"
    small.save(folder)
    opened = demarche.Graph.open(folder)
    assert list(opened.claims()) == list(small.claims()) and opened.base == small.base
    with pytest.raises(demarche.FolderError, match="replace=True"):
        small.save(folder)
    small.save(folder, replace=True)


def test_a_folder_that_is_no_graph_is_told(tmp_path):
    with pytest.raises(demarche.FolderError) as caught:
        demarche.Graph.open(tmp_path)
    assert caught.value.path == str(tmp_path)


def test_a_broken_line_of_a_graph_is_told_with_its_number(small, tmp_path):
    small.save(tmp_path / "graph")
    path = tmp_path / "graph" / "claims.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] = "{"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(demarche.FolderError) as caught:
        demarche.Graph.open(tmp_path / "graph")
    assert (caught.value.path, caught.value.line) == (str(path), 2)


def test_the_base_names_things(texts):
    built = demarche.Graph.build(texts, base="https://example.org/id/")
    assert built.base == "https://example.org/id/"
    with pytest.raises(ValueError, match="base"):
        demarche.Graph.build(texts, base="nowhere")


def test_an_ontology_of_ones_own_is_laid_over_the_shipped_one(tmp_path):
    text = {"a": "Norland stonewalled the truce."}
    assert "reject" not in {claim["act"] for claim in demarche.Graph.build(text).claims()}
    layer = tmp_path / "own.ttl"
    layer.write_text(
        """
@prefix dm: <https://w3id.org/demarche/ontology#> .
@prefix act: <https://w3id.org/demarche/ontology/act#> .
@prefix frame: <https://w3id.org/demarche/ontology/frame#> .
@prefix tr: <https://w3id.org/demarche/ontology/trigger#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
tr:stonewall.v a dm:VerbTrigger ; dm:act act:reject ; dm:frame frame:object ;
    rdfs:label "stonewall" ; dm:needs "object" .
""",
        encoding="utf-8",
    )
    (claim,) = demarche.Graph.build(text, ontology=layer).claims()
    assert claim["act"] == "reject"


def test_decisions_are_applied(texts, tmp_path, small):
    claim = next(claim for claim in small.claims() if claim["act"] == "reject")
    decisions = tmp_path / "decisions.yaml"
    decisions.write_text(f"- reject: {claim['id']}\n  quote: {claim['quote']}\n", encoding="utf-8")
    built = demarche.Graph.build(texts, decisions=decisions)
    assert claim["id"] not in ids(built) and len(ids(built)) == len(ids(small)) - 1
    with pytest.warns(demarche.DocumentWarning, match="no longer matches"):
        demarche.Graph.build({"other": "Norland accepted it."}, decisions=decisions)
