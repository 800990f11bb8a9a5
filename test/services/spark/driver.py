"""Spark SQL on this machine alone. Reads one JSON job per line and answers each with one JSON line.

Jobs: {"view", "path", "columns"}                    names a file's rows; with columns it is CSV, and they are texts.
      {"sql": [statement, …], "settings": {…}}       answers with the first row of each, or the class of its error.
"""

import json
import sys

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from pyspark.sql.functions import monotonically_increasing_id
from pyspark.sql.types import StringType, StructField, StructType

SETTINGS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.caseSensitive": "true",
}
CSV = {
    "header": True,
    "quote": '"',
    "escape": '"',
    "multiLine": True,
    "mode": "FAILFAST",
    "encoding": "UTF-8",
    "enforceSchema": True,
}


def start():
    builder = SparkSession.builder.master("local[2]").appName("tidemark-test")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def name_rows(spark, job):
    if "columns" in job:
        schema = StructType([StructField(name, StringType()) for name in job["columns"]])
        rows = spark.read.schema(schema).options(**CSV).csv(job["path"])
    else:
        rows = spark.read.parquet(job["path"])
    types = rows.dtypes
    numbered = rows.coalesce(1).withColumn("file_row", monotonically_increasing_id() + 1)
    numbered.createOrReplaceTempView(job["view"])
    return {"types": [*types, ("file_row", "bigint")]}


def plain(value):
    return value if value is None or isinstance(value, (int, str)) else str(value)


def answer_one(spark, sql):
    try:
        return {"row": [plain(value) for value in spark.sql(sql).first()]}
    except PySparkException as error:
        return {"error": error.getCondition() or "", "message": str(error)[:2000]}


def run_statements(spark, job):
    for name, value in job["settings"].items():
        spark.conf.set(name, value)
    return {"rows": [answer_one(spark, sql) for sql in job["sql"]]}


def main():
    spark = start()
    spark.sparkContext.setLogLevel("OFF")
    print(json.dumps({"version": spark.version}), flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        answer = name_rows(spark, job) if "view" in job else run_statements(spark, job)
        print(json.dumps(answer), flush=True)


main()
