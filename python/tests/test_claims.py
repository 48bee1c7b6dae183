"""The table of claims is that of the program, in every kind of table."""

import csv
import subprocess

import demarche
import pytest


def test_claims_are_a_sequence(graph):
    claims = graph.claims()
    assert claims[-1] == claims[len(claims) - 1] == list(claims)[-1]
    assert claims[1:3] == [claims[1], claims[2]]
    assert claims[claims[3]["id"]] == claims[3] and claims[3] in claims and "nothing" not in claims
    with pytest.raises(IndexError):
        claims[len(claims)]
    with pytest.raises(KeyError):
        claims["nothing"]


def test_a_claim_has_spans_and_participants(graph):
    claim = next(it for it in graph.claims() if it["source"] and it["matter"])
    text = graph.text(claim["document"])
    assert text[claim["trigger_start"] : claim["trigger_end"]] == claim["trigger"]
    matter = claim["matter"]
    assert text[matter["start"] : matter["end"]] == matter["text"]
    assert {"id", "label", "text"} <= set(claim["source"][0])


def test_the_columns_have_meanings():
    assert list(demarche.COLUMNS)[:4] == ["date", "published", "who", "act"]
    assert all(demarche.COLUMNS.values())


def test_arrow(graph):
    pyarrow = pytest.importorskip("pyarrow")
    claims = graph.claims()
    table = claims.to_arrow()
    assert table.column_names == list(demarche.COLUMNS) and table.num_rows == len(claims)
    assert table.schema.field("line").type == pyarrow.int64()
    assert table["claim"].to_pylist() == [claim["id"] for claim in claims]
    assert pyarrow.table(claims).equals(table)


def test_pandas(graph):
    pytest.importorskip("pandas")
    frame = graph.claims().to_pandas()
    assert list(frame.columns) == list(demarche.COLUMNS) and len(frame) == len(graph.claims())
    assert (frame["end"] > frame["start"]).all() and frame["confidence"].between(0, 1).all()
    assert str(frame["start"].dtype) == "Int64"


def test_polars(graph):
    polars = pytest.importorskip("polars")
    frame = graph.claims().to_polars()
    assert frame.shape == (len(graph.claims()), len(demarche.COLUMNS))
    assert frame.schema["start"] == polars.Int64
    assert set(frame["status"]) <= {"actual", "negated", "unrealised"}


def test_the_program_writes_the_same_table(graph, program, tmp_path):
    graph.save(tmp_path / "graph")
    asked = ["export", "-q", "--graph", tmp_path / "graph", "-o", tmp_path / "claims.csv"]
    subprocess.run([program, *asked], check=True)
    with open(tmp_path / "claims.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    columns = graph.claims().columns
    assert list(rows[0]) == list(columns) and len(rows) == len(graph.claims())
    for name, values in columns.items():
        for row, value in zip(rows, values):
            same = float(row[name]) == value if name == "confidence" else row[name] == ("" if value is None else str(value))
            assert same, (name, row[name], value)


def test_a_package_that_is_missing_is_named(graph, monkeypatch):
    import sys

    for package in ("pyarrow", "pandas", "polars", "networkx", "rdflib", "spacy", "spacy.tokens"):
        monkeypatch.setitem(sys.modules, package, None)
    claims = graph.claims()
    for package, call in [
        ("pyarrow", claims.to_arrow),
        ("pandas", claims.to_pandas),
        ("polars", claims.to_polars),
        ("networkx", graph.to_networkx),
        ("rdflib", lambda: graph.query("DESCRIBE actor:kremlin")),
        ("spacy", demarche.annotate("Norland agreed.").to_spacy),
    ]:
        with pytest.raises(demarche.MissingPackage, match=package):
            call()
