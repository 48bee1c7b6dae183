"""Documents are read by Spark, on as many machines as there are, and put together in one place.

    python examples/spark.py documents.jsonl graph/

Each line of documents.jsonl is a document: {"id", "title", "date", "publisher", "url", "text"}. What is
read of one depends on nothing else, so the graph is that of one process. demarche must be installed
where the executors run.
"""

import sys
from collections.abc import Iterator

import demarche
from pyspark.sql import DataFrame, SparkSession


def read_partition(batches: "Iterator") -> "Iterator":
    """Readings of the documents of a partition, a row each."""
    import pyarrow

    documents = (record for batch in batches for record in batch.to_pylist())
    # One task reads one document at a time: Spark has a task for each core.
    for reading in demarche.read(documents, jobs=1, on_error="skip"):
        yield pyarrow.RecordBatch.from_pydict({"reading": [reading]})


def build(documents: DataFrame, **options) -> demarche.Graph:
    """The graph of a data frame with the columns of a document."""
    readings = documents.mapInArrow(read_partition, "reading string")
    lines = (row.reading for row in readings.toLocalIterator())
    return demarche.Graph.from_readings(lines, **options)


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    documents, folder = sys.argv[1:]
    spark = SparkSession.builder.appName("demarche").getOrCreate()
    schema = "id string, title string, date string, publisher string, author string, url string, text string"
    graph = build(spark.read.schema(schema).json(documents))
    graph.save(folder)
    print(graph)


if __name__ == "__main__":
    main()
