"""Spark gives the claims of one process. Left out where pyspark or Java is missing."""

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
    pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    if not shutil.which("java"):
        pytest.skip("there is no Java")
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.driver.host", "127.0.0.1").appName("test").getOrCreate()
    yield session
    session.stop()


def test_spark_gives_the_claims_of_one_process(spark, texts, tmp_path):
    spec = importlib.util.spec_from_file_location("example_spark", EXAMPLE)
    example = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(example)
    # Those who execute it have no module of this name; as a script it is __main__, which is sent.
    sys.modules[spec.name] = example
    cloudpickle = pytest.importorskip("pyspark.cloudpickle")
    cloudpickle.register_pickle_by_value(example)

    path = tmp_path / "documents.jsonl"
    records = [{"id": id, "text": text, "date": "2025-03-18"} for id, text in texts.items()]
    path.write_text("".join(json.dumps(it) + "\n" for it in records), encoding="utf-8")
    documents = spark.read.schema("id string, date string, text string").json(str(path)).repartition(3)
    graph = example.build(documents)
    alone = demarche.Graph.build(records)
    assert list(graph.claims()) == list(alone.claims()) and len(alone.claims()) > 4
    assert graph.base == alone.base
