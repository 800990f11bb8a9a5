"""
Evidently: one Report of the contract; in a full run a second one of its own presets for a profile and for drift. It
cannot say three kinds of checks: no metric has a column's type, the uniqueness of a key (DuplicatedRowCount compares
whole rows) or a range of dates. Its TextLength counts a missing text as 0 long, so only the greatest length is asked.
Dates stay text: its summary refuses a column of dates ("value is not a valid float").
"""

import os

os.environ["DO_NOT_TRACK"] = "1"

import evidently
import pandas as pd
from evidently import DataDefinition, Dataset, Report
from evidently.core.metric_types import Metric
from evidently.descriptors import RegExp, TextLength
from evidently.metrics import MaxValue, MinValue, MissingValueCount, OutListValueCount, OutRangeValueCount
from evidently.presets import DataDriftPreset, DataSummaryPreset
from evidently.tests import eq, lte

from peer import Answer, Check, Work, allowed, columns_of, main, name_of, read

CANNOT = ("type", "unique", "date-between")


def work(order: Work) -> Answer:
    asked = [check for check in order.checks if check["kind"] not in CANNOT]
    cannot = [name_of(check) for check in order.checks if check["kind"] in CANNOT]
    current = read(order.data)
    definition = defined(current, order.checks)
    # Described apart: a preset refuses a column that the reference does not have.
    described = Dataset.from_pandas(current.copy(deep=False), definition, descriptors(asked))
    names = {metric.get_fingerprint(): name_of(check) for check in asked for metric in [expected(check, current)]}
    contract = Report([expected(check, current) for check in asked]).run(described, None).dict()
    failed = [test for test in contract["tests"] if test["status"] != "SUCCESS"]
    broken = [names[test["bound_test"]["metric_fingerprint"]] for test in failed]
    if order.job == "contract":
        return Answer(broken, cannot)
    return Answer(broken, cannot, drifted(current, definition, order))


def drifted(current: pd.DataFrame, definition: DataDefinition, order: Work) -> list[str]:
    before = read(order.reference)
    reference = Dataset.from_pandas(before, defined(before, order.checks))
    compared = definition.numerical_columns + definition.categorical_columns
    presets = [DataSummaryPreset(columns=list(before.columns)), DataDriftPreset(columns=compared)]
    told = Report(presets, include_tests=True).run(Dataset.from_pandas(current, definition), reference).dict()
    values = [test for test in told["tests"] if test["metric_config"]["params"]["type"].endswith(":ValueDrift")]
    return [test["metric_config"]["params"]["column"] for test in values if test["status"] != "SUCCESS"]


def defined(frame: pd.DataFrame, checks: list[Check]) -> DataDefinition:
    asked = columns_of(checks, "type", "integer", "number")
    numbers = [column for column in asked if pd.api.types.is_numeric_dtype(frame[column].dtype)]
    rest = [column for column in frame if column not in numbers]
    # As Evidently itself tells free text, which its drift test would train a classifier for, from categories.
    text = [column for column in rest if frame[column].nunique() > 0.5 * frame[column].count()]
    return DataDefinition(
        numerical_columns=numbers,
        categorical_columns=[column for column in rest if column not in text],
        text_columns=text,
    )


def descriptors(checks: list[Check]) -> list:
    patterns = [check for check in checks if check["kind"] == "pattern"]
    lengths = [check for check in checks if check["kind"] == "length"]
    return [
        *(RegExp(check["column"], reg_exp=check["pattern"], alias=name_of(check)) for check in patterns),
        *(TextLength(check["column"], alias=name_of(check)) for check in lengths),
    ]


def expected(check: Check, frame: pd.DataFrame) -> Metric:
    column, described = check["column"], name_of(check)
    match check["kind"]:
        case "present":
            return MissingValueCount(column=column, tests=[eq(0)])
        case "between":
            return OutRangeValueCount(column=column, left=check["min"], right=check["max"], tests=[eq(0)])
        case "one-of":
            return OutListValueCount(column=column, values=allowed(check, frame[column]), tests=[eq(0)])
        case "pattern":
            return MinValue(column=described, tests=[eq(1)])
        case "length":
            return MaxValue(column=described, tests=[lte(check["max"])])
    raise ValueError(check["kind"])


if __name__ == "__main__":
    main("Evidently", evidently.__version__, work)
