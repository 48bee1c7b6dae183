"""The seeds as one graph, built once."""

import os
from pathlib import Path

import demarche
import pytest

SEEDS = Path(__file__).parents[2] / "seeds"

#: Invented texts, small enough to be read in no time.
TEXTS = {
    "norland": "Norland proposed a truce on Monday. Sudria rejected the truce.",
    "sudria": "According to Sudria, Norland rejected the truce. Sudria accepted the truce.",
    "observer": "Norland demanded that Sudria withdraw its troops. Sudria refused.",
}


@pytest.fixture(scope="session")
def seeds():
    return SEEDS


@pytest.fixture(scope="session")
def texts():
    return dict(TEXTS)


@pytest.fixture(scope="session")
def graph():
    return demarche.Graph.build(SEEDS)


@pytest.fixture(scope="session")
def small():
    return demarche.Graph.build(TEXTS)


@pytest.fixture(scope="session")
def program():
    path = os.environ.get("DEMARCHE")
    if not path:
        pytest.skip("the program is not named: DEMARCHE=target/release/demarche")
    return path
