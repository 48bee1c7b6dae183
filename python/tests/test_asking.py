"""Questions, queries, things, disputes and stances."""

import demarche
import pytest


def test_an_answer_has_its_evidence(graph):
    answer = graph.ask("Who proposed the energy ceasefire?")
    assert answer and answer[0].label == "Donald Trump" and answer[0].kind == "actor"
    assert answer[0].status == "actual" and answer[0].claims[0] in graph.claims()
    for found in answer:
        for words in found.evidence:
            assert graph.text(words.document)[words.start : words.end] == words.quote
    assert "Donald Trump" in str(answer) and "“" in str(answer)
    assert "<b>Donald Trump</b>" in answer._repr_html_()


def test_the_query_of_an_answer_finds_its_claims(graph):
    answer = graph.ask("Who proposed the energy ceasefire?")
    rows = graph.query(answer.sparql)
    found = {row["claim"].split(":")[1] for row in rows}
    assert {id for it in answer for id in it.claims} <= found


def test_what_the_texts_do_not_say_has_no_answer(graph):
    answer = graph.ask("Who painted the ceiling of the Sistine Chapel?")
    assert not answer and list(answer) == []
    assert str(answer).startswith("nothing found") and "nothing found" in answer._repr_html_()


def test_rows_have_short_names_and_numbers(graph):
    rows = graph.query("SELECT ?who (COUNT(?what) AS ?n) { ?who dm:rejected ?what } GROUP BY ?who ORDER BY DESC(?n)")
    assert rows.variables == ["who", "n"] and rows
    assert rows[0]["who"].startswith("actor:") and isinstance(rows[0]["n"], int)
    assert graph.query(f"ASK {{ {rows[0]['who']} dm:rejected ?what }}") is True
    assert graph.query("ASK { actor:nobody dm:rejected ?what }") is False


def test_an_unbound_variable_is_none(graph):
    rows = graph.query("SELECT ?a ?b { VALUES (?a ?b) { (1.5 UNDEF) (2.5 true) } }")
    assert rows == [{"a": 1.5, "b": None}, {"a": 2.5, "b": True}]


def test_rows_are_tables(graph):
    pyarrow = pytest.importorskip("pyarrow")
    rows = graph.query("SELECT ?claim ?confidence { ?claim dm:confidence ?confidence }")
    assert len(rows) == len(graph.claims())
    table = rows.to_arrow()
    assert table.to_pylist() == list(rows) and table.schema.field("confidence").type == pyarrow.float64()
    empty = graph.query("SELECT ?a ?b { ?a dm:rejected actor:nobody . ?a dm:rejected ?b }")
    assert empty.to_arrow().column_names == ["a", "b"]


def test_construct_gives_a_graph_of_rdflib(graph):
    rdflib = pytest.importorskip("rdflib")
    made = graph.query("CONSTRUCT { ?who dm:rejected ?what } WHERE { ?who dm:rejected ?what }")
    assert isinstance(made, rdflib.Graph)
    assert len(made) == graph.query("SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?who ?what { ?who dm:rejected ?what } }")[0]["n"]
    dm = rdflib.Namespace(graph.prefixes["dm"])
    assert list(made.triples((None, dm.rejected, None)))


def test_a_query_that_is_wrong_is_told(graph):
    with pytest.raises(demarche.QueryError):
        graph.query("SELECT ?who { ?who dm:rejected }")
    with pytest.raises(demarche.QueryError, match="update"):
        graph.query("DELETE WHERE { ?a ?b ?c }")
    with pytest.raises(demarche.QueryError, match="stopped after"):
        graph.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", timeout=0.2)
    with pytest.warns(demarche.DocumentWarning, match="dm:rejectd"):
        assert graph.query("SELECT ?who { ?who dm:rejectd ?what }") == []


def test_all_that_is_known_of_somebody(graph):
    shown = graph.show("Kremlin")
    assert (shown["kind"], shown["id"], shown["thing"]["label"]) == ("actor", "kremlin", "Kremlin")
    assert all(claim["id"] in graph.claims() for claim in shown["claims"]) and shown["claims"]
    assert graph.show("actor/kremlin")["thing"] == shown["thing"]
    document = graph.show("document/001")
    assert document["kind"] == "document" and len(document["claims"]) > 5


def test_a_name_that_nothing_has_is_told_with_names_like_it(graph):
    with pytest.raises(demarche.NotFound, match="did you mean") as caught:
        graph.show("Puttin")
    assert caught.value.name == "Puttin" and "Vladimir Putin" in caught.value.suggestions
    assert isinstance(caught.value, LookupError)
    with pytest.raises(demarche.NotFound):
        graph.stances(actor="xyzzy")
    with pytest.raises(demarche.NotFound):
        graph.text("xyzzy")


def test_disputes_have_sides_with_claims(graph, small):
    disputes = graph.disputes()
    assert disputes and all(len(dispute["sides"]) > 1 for dispute in disputes)
    assert all(side["claims"] for dispute in disputes for side in dispute["sides"])
    kinds = {dispute["kind"] for dispute in disputes}
    assert graph.disputes(kind=sorted(kinds)[0]) == [it for it in disputes if it["kind"] == sorted(kinds)[0]]
    of_putin = graph.disputes("Putin")
    assert of_putin and len(of_putin) <= len(disputes)
    assert {it["id"] for it in small.disputes("Norland")} <= {it["id"] for it in small.disputes()}


def test_stances_say_who_stands_where(graph):
    stances = graph.stances()
    assert {"for", "against"} <= {stance["leaning"] for stance in stances}
    assert all(id in graph.claims() for stance in stances for id in stance["claims"])
    of_putin = graph.stances(actor="Putin")
    assert of_putin and {it["actor"] for it in of_putin} == {"vladimir-putin"}
    assert all(it["changed"] for it in graph.stances(changed=True))


def test_the_graph_as_a_network(graph):
    networkx = pytest.importorskip("networkx")
    network = graph.to_networkx()
    assert {kind for _, kind in network.nodes(data="kind")} == {"actor", "matter"}
    assert network.nodes["actor/kremlin"]["label"] == "Kremlin"
    relations = {relation for _, _, relation in network.edges(data="relation")}
    assert relations == {"act", "actsFor", "broader"}
    for _, _, edge in network.edges(data=True):
        if edge["relation"] != "act":
            continue
        assert edge["weight"] == len(edge["claims"]) > 0 and edge["act"] and edge["status"]
    whole = graph.to_networkx(all=True)
    assert whole.number_of_nodes() > network.number_of_nodes()
    assert sum(1 for _, kind in whole.nodes(data="kind") if kind == "claim") == len(graph.claims())
    assert networkx.is_directed(whole)


@pytest.mark.parametrize("view", ["stances", "network", "timeline", "sources"])
def test_drawings(graph, view):
    svg = graph.svg(view)
    assert svg.startswith("<svg") and svg == graph.svg(view) and svg._repr_svg_() == svg


def test_drawings_of_one_thing_and_of_nothing(graph):
    assert "Kremlin" in graph.svg("ego", focus="Kremlin")
    with pytest.raises(demarche.Error, match="Puttin"):
        graph.svg("ego", focus="Puttin")
    with pytest.raises(ValueError, match="view"):
        graph.svg("cake")


def test_a_notebook_shows_it(graph):
    assert f"{len(graph.claims())} claims" in repr(graph)
    page = graph._repr_html_()
    assert f"<b>{len(graph.claims())}</b> claims" in page and "first 20 shown" in page
