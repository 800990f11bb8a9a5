"""Great Expectations: one suite over a pandas batch in memory. It has no profile and no drift test of its own."""

import os

os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.expectations.expectation import Expectation

from peer import Answer, Check, Work, allowed, is_text, main, name_of, read, typed

TYPES = {
    "integer": ["int64", "int32", "Int64Dtype", "Int32Dtype"],
    "number": ["float64", "int64"],
    "date": ["datetime64[ns]", "datetime64[us]", "datetime64[s]"],
    "boolean": ["bool"],
    "string": ["StringDtype"],
}


def work(order: Work) -> Answer:
    frame = typed(read(order.data), order.checks)
    # Its list of types knows pandas' older dtype of text, not the one that pandas 3 reads into.
    text = [column for column in frame if is_text(frame[column])]
    frame = frame.astype(dict.fromkeys(text, "string"))
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("frames").add_dataframe_asset("table")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
    suite = gx.ExpectationSuite("contract", expectations=[expected(check, frame) for check in order.checks])
    result = batch.validate(suite, result_format="BOOLEAN_ONLY")
    return Answer([one.expectation_config.meta["check"] for one in result.results if not one.success])


def expected(check: Check, frame: pd.DataFrame) -> Expectation:
    said = {"meta": {"check": name_of(check)}}
    if check["kind"] == "unique" and len(check["columns"]) > 1:
        return gxe.ExpectCompoundColumnsToBeUnique(column_list=check["columns"], **said)
    if check["kind"] == "unique":
        return gxe.ExpectColumnValuesToBeUnique(column=check["columns"][0], **said)
    said["column"] = check["column"]
    values = frame[check["column"]]
    match check["kind"]:
        case "present":
            return gxe.ExpectColumnValuesToNotBeNull(**said)
        case "type" if check["type"] == "boolean" and is_text(values):
            return gxe.ExpectColumnValuesToBeInSet(value_set=["true", "false"], **said)
        case "type":
            return gxe.ExpectColumnValuesToBeInTypeList(type_list=TYPES[check["type"]], **said)
        case "between":
            return gxe.ExpectColumnValuesToBeBetween(min_value=check["min"], max_value=check["max"], **said)
        case "date-between":
            low, high = (pd.Timestamp(check[end]).to_pydatetime() for end in ("min", "max"))
            return gxe.ExpectColumnValuesToBeBetween(min_value=low, max_value=high, **said)
        case "one-of":
            return gxe.ExpectColumnValuesToBeInSet(value_set=allowed(check, values), **said)
        case "pattern":
            return gxe.ExpectColumnValuesToMatchRegex(regex=check["pattern"], **said)
        case "length":
            return gxe.ExpectColumnValueLengthsToBeBetween(min_value=check["min"], max_value=check["max"], **said)
    raise ValueError(check["kind"])


if __name__ == "__main__":
    main("Great Expectations", gx.__version__, work)
