"""What goes wrong says where and why, and is an exception of the package's own."""

import warnings

import demarche
import pytest


def test_a_document_without_text_is_told_by_its_number():
    documents = [{"text": "Norland rejected the truce."}, {"id": "b", "title": "no text"}]
    with pytest.raises(demarche.DocumentError, match="document 2: .*missing field `text`") as caught:
        demarche.Graph.build(documents)
    assert caught.value.line == 2 and caught.value.path is None


def test_a_broken_line_of_a_file_is_told_with_file_line_and_byte(tmp_path):
    path = tmp_path / "documents.jsonl"
    path.write_text('{"text": "Norland rejected the truce."}\n{"text": 1}\n', encoding="utf-8")
    with pytest.raises(demarche.DocumentError) as caught:
        demarche.Graph.build(path)
    assert (caught.value.path, caught.value.line) == (str(path), 2)
    assert isinstance(caught.value.byte, int) and "no document" in caught.value.reason


def test_what_cannot_be_read_is_skipped_if_that_is_asked_for(tmp_path, texts):
    path = tmp_path / "missing.txt"
    (tmp_path / "a.txt").write_text(texts["norland"], encoding="utf-8")
    paths = [tmp_path / "a.txt", path]
    with pytest.raises(demarche.DocumentError, match="missing.txt"):
        demarche.Graph.build(paths)
    with pytest.warns(demarche.DocumentWarning, match="missing.txt"):
        built = demarche.Graph.build(paths, on_error="skip")
    assert [error.path for error in built.errors] == [str(path)] and len(built.claims())
    with pytest.raises(ValueError, match="on_error"):
        demarche.Graph.build(paths, on_error="ignore")


def test_files_of_a_folder_that_are_no_texts_are_listed(tmp_path, texts):
    (tmp_path / "a.txt").write_text(texts["norland"], encoding="utf-8")
    (tmp_path / "b.xyz").write_text("x", encoding="utf-8")
    with pytest.warns(demarche.DocumentWarning, match=r"1 file in the folders is not read: .*b.xyz \(.xyz\)"):
        built = demarche.Graph.build(tmp_path)
    assert built.passed_over == [(str(tmp_path / "b.xyz"), ".xyz")]
    with pytest.warns(demarche.DocumentWarning, match="b.xyz"):
        assert len(list(demarche.read(tmp_path))) == 1
    for name in "cdefgh":
        (tmp_path / f"{name}.xyz").write_text("x", encoding="utf-8")
    with pytest.warns(demarche.DocumentWarning, match="7 files in the folders are not read: .* and 2 more"):
        demarche.Graph.build(tmp_path)


def test_a_folder_of_texts_alone_gives_no_warning(tmp_path, texts):
    (tmp_path / "a.txt").write_text(texts["norland"], encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert not demarche.Graph.build(tmp_path).warnings and list(demarche.read(tmp_path))


def test_what_is_odd_is_a_warning():
    german = "Die Regierung lehnt den Vorschlag ab und fordert neue Gespräche mit der Opposition über den Haushalt."
    with pytest.warns(demarche.DocumentWarning, match="German"):
        demarche.Graph.build({"de": german})
    with pytest.warns(demarche.DocumentWarning, match="already that of"):
        demarche.Graph.build([{"id": "a", "text": "Norland agreed."}, {"id": "a", "text": "Sudria agreed."}])


def test_nothing_to_read_is_an_error():
    for nothing in ([], {}):
        with pytest.raises(demarche.Error, match="nothing to build from"):
            demarche.Graph.build(nothing)


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        (["a.txt", {"text": "x"}], TypeError, "paths alone"),
        ([{"text": "x"}, "a.txt"], TypeError, "document 2 is str"),
        ("Norland agreed.\nSudria refused.", ValueError, "is given with its id"),
        (3, TypeError, "iterable"),
        ([{"text": "\ud800"}], demarche.DocumentError, "document 1"),
        ([{"text": "x", "title": {1, 2}}], demarche.DocumentError, "document 1"),
    ],
)
def test_what_is_no_document_is_refused(given, error, words):
    with pytest.raises(error, match=words):
        demarche.Graph.build(given)


def test_a_document_that_takes_too_long_costs_itself_alone(texts):
    long = {"id": "long", "text": "Norland rejected the truce. " * 1000}
    documents = [long, {"id": "a", "text": texts["norland"]}]
    with pytest.raises(demarche.DocumentError, match="long: "):
        demarche.Graph.build(documents, document_seconds=0)
    with pytest.warns(demarche.DocumentWarning, match="long: "):
        built = demarche.Graph.build(documents, document_seconds=1, on_error="skip")
    assert [document["id"] for document in built.documents] == ["a"]


def test_a_wrong_ontology_is_told_with_file_and_line(tmp_path):
    path = tmp_path / "own.ttl"
    path.write_text("@prefix dm: <https://w3id.org/demarche/ns#> .\ndm:x dm:y\n", encoding="utf-8")
    with pytest.raises(demarche.OntologyError) as caught:
        demarche.Graph.build({"a": "Norland agreed."}, ontology=[path])
    assert caught.value.path == str(path) and caught.value.line in (2, 3) and caught.value.findings


def test_wrong_decisions_are_told_with_file_and_line(tmp_path):
    path = tmp_path / "decisions.yaml"
    path.write_text("- reject: a\n  quote: b\n- frobnicate: c\n", encoding="utf-8")
    with pytest.raises(demarche.DecisionError) as caught:
        demarche.Graph.build({"a": "Norland agreed."}, decisions=path)
    assert (caught.value.path, caught.value.line) == (str(path), 3)


@pytest.mark.parametrize("arguments", [{"jobs": 0}, {"read_by": "nobody"}, {"format": "odd"}])
def test_arguments_that_are_none_are_refused(arguments):
    with pytest.raises(ValueError, match=next(iter(arguments.values())).__str__()):
        demarche.Graph.build({"a": "Norland agreed."}, **arguments)
