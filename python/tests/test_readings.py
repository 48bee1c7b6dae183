"""Reading apart from resolving gives the graph of one process."""

import itertools
import json
import subprocess

import demarche
import pytest


def test_lines_in_any_order_give_the_graph_of_one_build(graph, seeds):
    lines = list(demarche.read(seeds))
    assert len(lines) == len(graph.documents)
    joined = demarche.Graph.from_readings(reversed(lines))
    assert list(joined.claims()) == list(graph.claims())
    assert joined.disputes() == graph.disputes() and joined.base == graph.base


def test_a_line_is_an_object_with_its_sum(texts):
    (line,) = demarche.read({"a": texts["norland"]})
    assert "\n" not in line
    assert json.loads(line)["reading"]["document"]["id"] == "a"


def test_lines_may_be_bytes_with_their_ends_and_twice(texts, small):
    lines = list(demarche.read(texts))
    given = [f"{line}\n".encode() for line in lines] + ["", lines[0]]
    assert list(demarche.Graph.from_readings(given).claims()) == list(small.claims())


def test_documents_are_asked_for_as_they_are_needed(texts):
    asked = itertools.count()
    documents = ({"id": f"{at}-{next(asked)}", "text": texts["norland"]} for at in itertools.count())
    readings = demarche.read(documents, jobs=1)
    assert len(list(itertools.islice(readings, 3))) == 3
    assert next(asked) < 50


def test_a_changed_line_is_told_with_its_number(texts):
    lines = list(demarche.read(texts))
    lines[1] = lines[1].replace("truce", "peace")
    with pytest.raises(demarche.ReadingError, match="line 2: changed") as caught:
        demarche.Graph.from_readings(lines)
    assert caught.value.line == 2


def test_two_documents_of_one_id_are_told(texts):
    lines = [*demarche.read({"a": texts["norland"]}), *demarche.read({"a": texts["sudria"]})]
    with pytest.raises(demarche.ReadingError, match="line 2: another document a is at line 1"):
        demarche.Graph.from_readings(lines)


def test_lines_of_another_reader_are_told(texts):
    lines = list(demarche.read(texts, read_by="rules"))
    with pytest.warns(demarche.DocumentWarning, match="3 of the documents were read by another"):
        demarche.Graph.from_readings(lines)


def test_reading_goes_on_behind_a_document_that_cannot_be_read(texts):
    documents = [{"id": "a", "text": texts["norland"]}, {"id": "b"}, {"id": "c", "text": texts["sudria"]}]
    readings = demarche.read(documents)
    next(readings)
    with pytest.raises(demarche.DocumentError, match="document 2"):
        next(readings)
    assert len(list(readings)) == 1
    with pytest.warns(demarche.DocumentWarning, match="document 2"):
        assert len(list(demarche.read(documents, on_error="skip"))) == 2


def test_an_exception_of_the_documents_comes_behind_those_before(texts):
    def documents():
        yield {"id": "a", "text": texts["norland"]}
        raise RuntimeError("no more")

    readings = demarche.read(documents())
    assert next(readings)
    with pytest.raises(RuntimeError, match="no more"):
        next(readings)


def test_the_program_reads_the_same_lines(texts, program, tmp_path):
    documents = "".join(json.dumps({"id": id, "text": text}) + "\n" for id, text in texts.items())
    run = subprocess.run([program, "read", "-q", "-"], input=documents.encode(), capture_output=True, check=True)
    assert run.stdout.decode().splitlines() == list(demarche.read(texts))
    demarche.Graph.build(texts).save(tmp_path / "graph")
    asked = ["ask", "-q", "--graph", tmp_path / "graph", "--json", "Who rejected the truce?"]
    answer = json.loads(subprocess.run([program, *asked], capture_output=True, check=True).stdout)
    assert answer["answers"]
