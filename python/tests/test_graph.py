"""The package from outside, on the texts of seeds/."""

import os
import signal
import threading
import time
import warnings
from pathlib import Path

import demarche
import pytest

ROOT = Path(__file__).parents[2]
TEXT = "According to the Kremlin, Putin rejected a 30-day ceasefire."


@pytest.fixture(scope="session")
def graph():
    return demarche.Graph.build(ROOT / "seeds")


def test_a_text_becomes_claims_with_places():
    graph = demarche.Graph.build(texts={"note": TEXT})
    (claim,) = graph.claims()
    assert (claim["who"], claim["act"], claim["according_to"]) == ("Vladimir Putin", "reject", "Kremlin")
    assert TEXT[claim["start"]:claim["end"]] == claim["quote"]
    assert claim["document"] == "note" and claim["line"] == 1 and 0 < claim["confidence"] <= 1
    assert len(graph) == 1 and "1 claim," in repr(graph)


def test_texts_come_with_what_is_known_of_them():
    graph = demarche.Graph.build(texts=[TEXT, {"id": "b", "text": TEXT, "date": "2025-03-18", "title": None}])
    first, second = graph.documents()
    assert {first["date"], second["date"]} == {None, "2025-03-18"}
    with pytest.raises(TypeError, match="list of texts"):
        demarche.Graph.build(texts=TEXT)


def test_the_same_graph_as_the_program_makes(graph, tmp_path):
    graph.save(tmp_path / "graph")
    for name in ["claims.jsonl", "actors.jsonl", "matters.jsonl", "events.jsonl", "disputes.jsonl"]:
        assert (tmp_path / "graph" / name).read_bytes() == (ROOT / "out" / name).read_bytes(), name
    again = demarche.Graph.open(tmp_path / "graph")
    assert again.records() == graph.records()


def test_questions_queries_and_things(graph):
    answer = graph.ask("Who proposed the energy ceasefire?")
    assert answer and answer.answers[0]["label"] == "Donald Trump"
    words = answer.answers[0]["evidence"][0]
    texts = {document["id"]: document["text"] for document in graph.documents()}
    assert texts[words["document"]][words["start"]:words["end"]] == words["quote"]
    assert "Donald Trump" in str(answer) and "<b>Donald Trump</b>" in answer._repr_html_()
    nothing = graph.ask("Who invented the telephone?")
    assert not nothing and "do not say" in nothing._repr_html_()

    rows = graph.query("SELECT ?who { ?who dm:rejected ?what } ORDER BY ?who")
    assert rows and all(row["who"].startswith("actor:") for row in rows)
    assert graph.query("ASK { ?claim dm:act act:reject }") is True
    assert graph.query("CONSTRUCT { ?a dm:rejected ?b } { ?a dm:rejected ?b }")[0].endswith(" .")
    page = graph.show("Kremlin")
    assert (page["kind"], page["id"]) == ("actor", "kremlin") and page["claims"]
    with pytest.raises(KeyError, match="Vladimir Putin"):
        graph.show("Puttin")


def test_stances_disputes_and_things_name_claims_that_exist(graph):
    ids = {claim["claim"] for claim in graph.claims()}
    assert graph.stances() and all(set(it["claims"]) <= ids for it in graph.stances())
    sides = [side for dispute in graph.disputes() for side in dispute["sides"]]
    assert sides and all(set(side["claims"]) <= ids for side in sides)
    assert graph.actors() and graph.matters() and graph.events()


@pytest.mark.parametrize("module, as_", [("pandas", "pandas"), ("polars", "polars"), ("pyarrow", "arrow")])
def test_tables_hold_what_the_dicts_do(graph, module, as_):
    pytest.importorskip(module)
    table, dicts = graph.claims(as_), graph.claims()
    assert len(table) == len(dicts)
    names = table.column_names if as_ == "arrow" else list(table.columns)
    assert names == list(dicts[0])
    quotes = table["quote"].to_pylist() if as_ == "arrow" else list(table["quote"])
    assert quotes == [row["quote"] for row in dicts]


def test_networkx(graph):
    networkx = pytest.importorskip("networkx")
    made = graph.to_networkx()
    assert isinstance(made, networkx.MultiDiGraph)
    assert made.nodes["actor/kremlin"]["label"] == "Kremlin"
    assert any(data["relation"] == "act" and data["weight"] > 1 for _, _, data in made.edges(data=True))


def test_pictures_and_files(graph, tmp_path):
    assert graph.draw("stances")._repr_svg_().startswith("<svg")
    with pytest.raises(ValueError, match="timeline"):
        graph.draw("pie")
    for name in ["claims.csv", "claims.xlsx", "graph.gexf", "graph.ttl"]:
        graph.export(tmp_path / name)
        assert (tmp_path / name).stat().st_size > 100
    graph.export(tmp_path / "vault", "obsidian")
    assert (tmp_path / "vault" / "Actors" / "Kremlin.md").exists()
    with pytest.raises(ValueError, match="gexf"):
        graph.export(tmp_path / "a.doc")
    assert "documents" in graph._repr_html_()


def test_errors_say_where(tmp_path):
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"text": "Putin left."}\n{"text": \n')
    with pytest.warns(demarche.ReadWarning, match="line 2"):
        graph = demarche.Graph.build(broken)
    assert graph.errors[0][:2] == (str(broken), 2) and len(graph.documents()) == 1
    with pytest.raises(demarche.ReadError) as raised, warnings.catch_warnings():
        demarche.Graph.build(broken, on_error="raise")
    assert (raised.value.file, raised.value.line) == (str(broken), 2)
    with pytest.raises(demarche.ReadError) as raised:
        demarche.Graph.build(tmp_path / "none.txt")
    assert raised.value.file == str(tmp_path / "none.txt")

    terms = tmp_path / "mine.ttl"
    terms.write_text("@prefix dm: <https://w3id.org/demarche/ontology#> .\n\n<x> a dm:Persn .\n")
    with pytest.raises(demarche.OntologyError) as raised:
        demarche.Graph.build(texts=[TEXT], ontology=terms)
    assert (raised.value.file, raised.value.line) == (str(terms), 3)
    with pytest.raises(demarche.FolderError, match="demarche build"):
        demarche.Graph.open(tmp_path)
    with pytest.raises(demarche.QueryError, match="line 1"):
        demarche.Graph.build(texts=[TEXT]).query("SELEKT")


def test_an_own_ontology_is_read(tmp_path):
    terms = tmp_path / "mine.ttl"
    terms.write_text(
        "@prefix dm: <https://w3id.org/demarche/ontology#> .\n"
        "@prefix actor: <https://w3id.org/demarche/id/actor/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        'actor:harbour-league a dm:Organisation ; skos:prefLabel "Harbour League"@en .\n'
    )
    graph = demarche.Graph.build(texts=["The Harbour League rejected the offer."], ontology=[terms])
    assert graph.claims()[0]["who_ids"] == "harbour-league"


def test_others_run_while_it_builds_and_progress_is_told():
    ticks, told = [], []
    stop = threading.Event()

    def tick():
        while not stop.is_set():
            ticks.append(1)
            time.sleep(0.005)

    other = threading.Thread(target=tick)
    other.start()
    texts = [{"id": f"t{number}", "text": TEXT * 20} for number in range(60)]
    demarche.Graph.build(texts=texts, progress=lambda done, count: told.append((done, count)))
    stop.set()
    other.join()
    assert len(ticks) > 10
    assert told[-1] == (60, 60)


@pytest.mark.skipif(os.name != "posix", reason="signals are sent otherwise there")
def test_an_interrupt_stops_it():
    texts = [{"id": f"t{number}", "text": TEXT * 200} for number in range(400)]
    threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        demarche.Graph.build(texts=texts)
    assert time.monotonic() - began < 30


def test_the_tutorial_runs():
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    notebook = nbformat.read(Path(__file__).parents[1] / "tutorial.ipynb", as_version=4)
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(ROOT)}}).execute()
    shown = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert any("image/svg+xml" in output.get("data", {}) for output in shown)
