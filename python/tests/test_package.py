"""The package itself: its types, its documentation, its version."""

import doctest
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import demarche
import pytest


def test_the_example_of_the_package_runs():
    assert doctest.testmod(demarche).failed == 0


def test_the_example_of_the_readme_gives_what_it_says(monkeypatch):
    pytest.importorskip("pandas")
    root = Path(__file__).parents[2]
    monkeypatch.chdir(root)
    (_, below) = (root / "README.md").read_text(encoding="utf-8").split("## In Python\n")
    session = below.split("\n## ")[0]
    lines = [line[4:] for line in session.splitlines() if line.startswith("    ")]
    example = doctest.DocTestParser().get_doctest("\n".join(lines[1:]) + "\n", {}, "README.md", None, 0)
    assert len(example.examples) > 4
    assert doctest.DocTestRunner().run(example).failed == 0


def test_the_version_is_that_of_the_program():
    manifest = (Path(__file__).parents[2] / "Cargo.toml").read_text(encoding="utf-8")
    assert demarche.__version__ == re.search('^version = "(.+)"', manifest, re.M)[1]


def test_everything_that_is_offered_is_there_and_documented():
    for name in demarche.__all__:
        thing = getattr(demarche, name)
        assert isinstance(thing, (str, dict)) or name == "Claim" or thing.__doc__, name
    for name, member in vars(demarche.Graph).items():
        if not name.startswith("_"):
            assert member.__doc__, name


def test_the_types_are_whole(tmp_path):
    pytest.importorskip("mypy")
    installed = Path(demarche.__file__).parent
    assert (installed / "py.typed").exists() and (installed / "_demarche.pyi").exists()
    sources = Path(__file__).parents[1] / "package" / "demarche"
    run = [sys.executable, "-m", "mypy", "--strict", "--ignore-missing-imports", sources]
    checked = subprocess.run(run, capture_output=True, text=True, timeout=300, cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout


def test_the_licences_come_with_it():
    files = {file.name: file.read_text(encoding="utf-8") for file in metadata.files("demarche") if "licenses" in file.parts}
    root = Path(__file__).parents[2]
    for name in ["LICENSE-APACHE", "LICENSE-MIT", "THIRD-PARTY.md"]:
        assert files[name] == (root / name).read_text(encoding="utf-8"), name
