"""What the four scripts share: their options, the reading of a file and the one line they print."""

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

Check = dict


@dataclass(frozen=True)
class Work:
    """Contract: the checks alone. Full: the checks, a profile of each column and drift against the reference."""

    job: str
    data: str
    reference: str | None
    checks: list[Check]


@dataclass
class Answer:
    """Names of checks, as `name_of` has them; columns that drifted, when that was asked."""

    broken: list[str]
    cannot: list[str] = field(default_factory=list)
    drifted: list[str] | None = None


def name_of(check: Check) -> str:
    return f"{check['kind']} {check.get('column') or ','.join(check['columns'])}"


def columns_of(checks: list[Check], kind: str, *types: str) -> list[str]:
    return [c["column"] for c in checks if c["kind"] == kind and (not types or c["type"] in types)]


def main(tool: str, version: str, work: Callable[[Work], Answer]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--job", choices=["contract", "full"], required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--reference")
    parser.add_argument("--checks", required=True)
    options = parser.parse_args()
    checks = json.loads(Path(options.checks).read_text())
    started = time.perf_counter()
    answer = work(Work(options.job, options.data, options.reference, checks))
    line = {
        "tool": tool,
        "version": version,
        "seconds_work": time.perf_counter() - started,
        "checks": len(checks) - len(answer.cannot),
        "failures_found": len(answer.broken),
        "broken": answer.broken,
        "cannot": answer.cannot,
        "drifted": answer.drifted,
    }
    print(json.dumps(line))


def read(path: str) -> pd.DataFrame:
    """With the defaults: measured, no other engine or set of dtypes reads these files faster."""
    return pd.read_parquet(path) if path.endswith(".parquet") else pd.read_csv(path)


def typed(frame: pd.DataFrame, checks: list[Check]) -> pd.DataFrame:
    """
    Dates out of text, and integers out of the floats that pandas makes of integers with gaps, where every value
    allows it. A column with one wrong value stays as it is, and the tool's own check of its dtype fails.
    """
    for column in columns_of(checks, "type", "integer"):
        if pd.api.types.is_float_dtype(frame[column].dtype):
            frame[column] = converted(frame[column], lambda values: values.astype("Int64"))
    for column in columns_of(checks, "type", "date"):
        frame[column] = converted(frame[column], lambda values: pd.to_datetime(values, format="ISO8601"))
    return frame


def converted(values: pd.Series, convert: Callable[[pd.Series], pd.Series]) -> pd.Series:
    try:
        return convert(values)
    except (TypeError, ValueError):
        return values


def is_text(values: pd.Series) -> bool:
    return pd.api.types.is_string_dtype(values.dtype)


def allowed(check: Check, values: pd.Series) -> list:
    """The contract's values are text; a column of integers wants integers."""
    return check["values"] if is_text(values) else [int(value) for value in check["values"]]
