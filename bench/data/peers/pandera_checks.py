"""pandera: one lazy schema. It has no profile and no drift, so only the contract is asked of it."""

import pandas as pd
import pandera
import pandera.pandas as pa

from peer import Answer, Check, Work, allowed, is_text, main, name_of, read, typed


def work(order: Work) -> Answer:
    frame = typed(read(order.data), order.checks)
    columns: dict[str, pa.Column] = {}
    unique: list[str] = []
    for check in order.checks:
        if check["kind"] == "unique":
            unique += check["columns"]
            continue
        column = columns.setdefault(check["column"], pa.Column(nullable=True))
        add(column, check, frame[check["column"]])
    schema = pa.DataFrameSchema(columns, unique=unique, unique_column_names=True)
    try:
        schema.validate(frame, lazy=True)
        return Answer([])
    except pa.errors.SchemaErrors as errors:
        return Answer(sorted({named(error, order.checks) for error in errors.schema_errors}))


def add(column: pa.Column, check: Check, values: pd.Series) -> None:
    match check["kind"]:
        case "present":
            column.nullable = False
        case "type" if check["type"] == "boolean" and is_text(values):
            column.checks.append(pa.Check.isin(["true", "false"], name=name_of(check)))
        case "type":
            column.dtype = dtype_of(check["type"], values)
        case "between":
            column.checks.append(pa.Check.in_range(check["min"], check["max"], name=name_of(check)))
        case "date-between":
            ends = (pd.Timestamp(check[end]) for end in ("min", "max"))
            column.checks.append(pa.Check.in_range(*ends, name=name_of(check)))
        case "one-of":
            column.checks.append(pa.Check.isin(allowed(check, values), name=name_of(check)))
        case "pattern":
            column.checks.append(pa.Check.str_matches(check["pattern"], name=name_of(check)))
        case "length":
            column.checks.append(pa.Check.str_length(check["min"], check["max"], name=name_of(check)))


def dtype_of(kind: str, values: pd.Series) -> object:
    """A pandera dtype has a width; an integer of any width will do here."""
    fits = {
        "integer": pd.api.types.is_integer_dtype,
        "number": pd.api.types.is_numeric_dtype,
        "date": pd.api.types.is_datetime64_any_dtype,
        "boolean": pd.api.types.is_bool_dtype,
        "string": pd.api.types.is_string_dtype,
    }[kind]
    usual = {"integer": "int64", "number": "float64", "date": "datetime64[ns]", "boolean": "bool", "string": "str"}
    return values.dtype if fits(values.dtype) else usual[kind]


def named(error: pa.errors.SchemaError, checks: list[Check]) -> str:
    names = {name_of(check) for check in checks}
    column = error.schema.name
    if error.check is not None and getattr(error.check, "name", None) in names:
        return error.check.name
    if error.reason_code.name == "SERIES_CONTAINS_NULLS":
        return f"present {column}"
    if error.reason_code.name == "WRONG_DATATYPE":
        return f"type {column}"
    if error.reason_code.name == "DUPLICATES":
        return next(name for name in names if name.startswith("unique "))
    return f"{error.reason_code.name} {column}"


if __name__ == "__main__":
    main("pandera", pandera.__version__, work)
