"""What `export` writes, read by programs of others: workbooks by openpyxl, Parquet by pyarrow, GEXF
and GraphML by networkx, GraphML by igraph, notes' properties by PyYAML. Those that are not installed
are left out, and told.

    python3 tests/clients/exports.py target/debug/demarche out
"""

import csv
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


def rows(folder):
    with open(export(folder, "claims.csv"), newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def workbook(folder):
    from openpyxl import load_workbook
    table = rows(folder)
    sheet = load_workbook(export(folder, "claims.xlsx"))["claims"]
    names, *cells = sheet.iter_rows(values_only=True)
    assert list(names) == list(table[0])
    assert len(cells) == len(table)
    for row, line in zip(table, cells):
        for name, cell in zip(names, line):
            text = "" if cell is None else str(cell)
            same = float(row[name]) == float(text) if name == "confidence" else row[name].replace("\r\n", "\n") == text
            assert same, (name, row[name], text)
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref
    return f"{len(cells)} rows, the same as in CSV"


def parquet(folder):
    from pyarrow import parquet
    made = subprocess.run([PROGRAM, "export", "--quiet", "--graph", GRAPH, "-o", Path(folder) / "claims.parquet"],
                          capture_output=True, text=True)
    if "--features parquet" in made.stderr:
        return "left out, this build has no Parquet"
    assert made.returncode == 0, made.stderr
    table = parquet.read_table(Path(folder) / "claims.parquet")
    expected = rows(folder)
    assert table.num_rows == len(expected)
    for row, line in zip(expected, table.to_pylist()):
        for name, cell in line.items():
            text = "" if cell is None else str(cell)
            assert row[name] == text or float(row[name]) == cell, (name, row[name], cell)
    return f"{table.num_rows} rows, the same as in CSV"


def gexf(folder):
    import networkx
    graph = networkx.read_gexf(export(folder, "graph.gexf"))
    assert graph.is_directed() and graph.number_of_edges() > 0
    assert all(data["weight"] >= 1 for _, _, data in graph.edges(data=True))
    assert any(data.get("spells") for _, _, data in graph.edges(data=True))
    return f"{graph.number_of_nodes()} actors, {graph.number_of_edges()} edges"


def graphml(folder):
    import networkx
    graph = networkx.read_graphml(export(folder, "graph.graphml"))
    return f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges"


def igraph(folder):
    import warnings

    import igraph
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        graph = igraph.Graph.Read_GraphML(str(export(folder, "again.graphml")))
    assert not told, told[0].message
    assert graph.is_directed()
    labels = {vertex["id"]: vertex["label"] for vertex in graph.vs}
    assert any(name.startswith("actor/") and labels[name] for name in labels)
    assert any(edge["weight"] >= 1 and edge["act"] and edge["status"] for edge in graph.es)
    assert any(vertex["act"] and vertex["confidence"] > 0 for vertex in graph.vs)
    return f"{graph.vcount()} vertices, {graph.ecount()} edges"


def neo4j(folder):
    place = export(folder, "import", "--format", "neo4j")
    with open(place / "nodes.csv", newline="", encoding="utf-8") as file:
        nodes = list(csv.DictReader(file))
    with open(place / "relationships.csv", newline="", encoding="utf-8") as file:
        edges = list(csv.DictReader(file))
    ids = {node["id:ID"] for node in nodes}
    assert len(ids) == len(nodes) and all(re.fullmatch("[A-Z][a-z]+", node[":LABEL"]) for node in nodes)
    for edge in edges:
        assert edge[":START_ID"] in ids and edge[":END_ID"] in ids and re.fullmatch("[A-Z_]+", edge[":TYPE"])
    assert not any("\n" in value for row in nodes + edges for value in row.values())
    return f"{len(nodes)} nodes, {len(edges)} relationships"


def obsidian(folder):
    import yaml
    vault = export(folder, "vault", "--format", "obsidian")
    notes = list(vault.rglob("*.md"))
    links = 0
    for note in notes:
        _, head, body = note.read_text(encoding="utf-8").split("---\n", 2)
        properties = yaml.safe_load(head)
        assert properties["id"] and properties["tags"], note
        for link in re.findall(r"\[\[([^|\]]+)", head + body):
            assert (vault / f"{link}.md").exists(), (note, link)
            links += 1
    return f"{len(notes)} notes, {links} links, none of them broken"


CHECKS = {
    "workbook": workbook, "parquet": parquet, "gexf": gexf, "graphml": graphml, "igraph": igraph,
    "neo4j": neo4j, "obsidian": obsidian,
}
for name, check in CHECKS.items():
    with tempfile.TemporaryDirectory() as folder:
        try:
            print(f"{name}: {check(folder)}")
        except ModuleNotFoundError as missing:
            print(f"{name}: left out, {missing.name} is not installed")
