"""Spark gives the claims of one process. Left out where pyspark or Java is missing.

How many documents are put into partitions is said by DEMARCHE_SPARK_DOCUMENTS (1000).
"""

import importlib.util
import json
import os
import shutil
import sys
from pathlib import Path

import demarche
import pytest

EXAMPLE = Path(__file__).parents[1] / "examples" / "spark.py"


@pytest.fixture(scope="module")
def spark():
    pytest.importorskip("pyspark")
    pytest.importorskip("pyarrow")
    if not shutil.which("java"):
        pytest.skip("there is no Java")
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.driver.host", "127.0.0.1").appName("test").getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def example():
    spec = importlib.util.spec_from_file_location("example_spark", EXAMPLE)
    example = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(example)
    # Those who execute it have no module of this name; as a script it is __main__, which is sent.
    sys.modules[spec.name] = example
    cloudpickle = pytest.importorskip("pyspark.cloudpickle")
    cloudpickle.register_pickle_by_value(example)
    return example


def frame(spark, path, records, partitions):
    """The documents as Spark has them, from a file of JSON Lines."""
    path.write_text("".join(json.dumps(it) + "\n" for it in records), encoding="utf-8")
    return spark.read.schema("id string, date string, text string").json(str(path)).repartition(partitions)


def test_spark_gives_the_claims_of_one_process(spark, example, texts, tmp_path):
    records = [{"id": id, "text": text, "date": "2025-03-18"} for id, text in texts.items()]
    graph = example.build(frame(spark, tmp_path / "documents.jsonl", records, 3))
    alone = demarche.Graph.build(records)
    assert list(graph.claims()) == list(alone.claims()) and len(alone.claims()) > 4
    assert graph.base == alone.base


def test_many_documents_in_partitions_give_the_graph_of_one_process(spark, example, texts, tmp_path):
    count = int(os.environ.get("DEMARCHE_SPARK_DOCUMENTS", "1000"))
    kinds = list(texts.values())
    # Twenty documents share their names, as the texts about one conflict do.
    records = [
        {
            "id": f"d{at:05}",
            "date": f"2025-{1 + at % 12:02}-{1 + at % 28:02}",
            "text": kinds[at % len(kinds)].replace("Norland", name(2 * (at // 20))).replace("Sudria", name(2 * (at // 20) + 1)),
        }
        for at in range(count)
    ]
    graph = example.build(frame(spark, tmp_path / "documents.jsonl", records, 16))
    alone = demarche.Graph.build(records)
    assert len(graph.documents) == count and len(alone.claims()) > count
    for kind in ("documents", "actors", "matters", "events"):
        assert getattr(graph, kind) == getattr(alone, kind), kind
    assert list(graph.claims()) == list(alone.claims())
    assert graph.disputes() == alone.disputes() and graph.base == alone.base


def name(number):
    """An invented country."""
    syllables = ["bar", "den", "fol", "gim", "kur", "lan", "mos", "nel", "pir", "tav"]
    return "".join(syllables[int(digit)] for digit in f"{number:04}").capitalize() + "ia"
