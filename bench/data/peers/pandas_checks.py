"""pandas and SciPy alone, as someone who wants no tool would write it."""

import numpy as np
import pandas as pd
from scipy import stats

from peer import Answer, Check, Work, allowed, is_text, main, name_of, read, typed

PERCENTS = [1, 5, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 95, 99]
# Floors at which a difference is called drift, as practice has them: KS D 0.1, PSI 0.2.
KS_FLOOR, PSI_FLOOR = 0.1, 0.2


def work(order: Work) -> Answer:
    current = typed(read(order.data), order.checks)
    broken = [name_of(check) for check in order.checks if count_broken(current, check) > 0]
    if order.job == "contract":
        return Answer(broken)
    reference = typed(read(order.reference), order.checks)
    for column in current:
        profile(current[column])
    return Answer(broken, drifted=[column for column in current if has_drifted(reference[column], current[column])])


def count_broken(frame: pd.DataFrame, check: Check) -> int:
    if check["kind"] == "unique":
        return int(frame.duplicated(check["columns"]).sum())
    values = frame[check["column"]]
    match check["kind"]:
        case "type":
            return int(wrong_type(values, check["type"]))
        case "present":
            return int(values.isna().sum())
        case "between" | "date-between":
            low, high = (bound(values, check[end]) for end in ("min", "max"))
            return int(((values < low) | (values > high)).sum())
        case "one-of":
            return int((values.notna() & ~values.isin(allowed(check, values))).sum())
        case "pattern":
            return int((values.notna() & ~values.str.match(check["pattern"], na=False)).sum())
        case "length":
            lengths = values.str.len()
            return int(((lengths < check["min"]) | (lengths > check["max"])).sum())
    raise ValueError(check["kind"])


def bound(values: pd.Series, end: object) -> object:
    return pd.Timestamp(end) if pd.api.types.is_datetime64_any_dtype(values.dtype) else end


def wrong_type(values: pd.Series, kind: str) -> bool:
    match kind:
        case "integer":
            return not pd.api.types.is_integer_dtype(values.dtype)
        case "number":
            return not pd.api.types.is_numeric_dtype(values.dtype)
        case "date":
            return not pd.api.types.is_datetime64_any_dtype(values.dtype)
        case "boolean" if is_text(values):
            return bool((values.notna() & ~values.isin(["true", "false"])).any())
        case "boolean":
            return not pd.api.types.is_bool_dtype(values.dtype)
    return not is_text(values)


def profile(values: pd.Series) -> dict:
    """Count, missing, distinct and top values; of numbers also moments, quantiles and a histogram."""
    told = {"missing": int(values.isna().sum()), "distinct": values.nunique(), "top": values.value_counts().head(10)}
    if pd.api.types.is_numeric_dtype(values.dtype) and not pd.api.types.is_bool_dtype(values.dtype):
        numbers = plain(values)
        told |= {
            "summary": values.describe(),
            "quantiles": np.percentile(numbers, PERCENTS),
            "histogram": np.histogram(numbers, bins=256),
        }
    return told


def has_drifted(reference: pd.Series, current: pd.Series) -> bool:
    if pd.api.types.is_datetime64_any_dtype(current.dtype) or current.dtype.kind == "b":
        reference, current = reference.astype("str"), current.astype("str")
    if not is_text(current):
        before, now = plain(reference), plain(current)
        test = stats.ks_2samp(before, now)
        edges = np.concatenate([[-np.inf], np.unique(np.percentile(before, range(10, 100, 10))), [np.inf]])
        psi(np.histogram(before, edges)[0], np.histogram(now, edges)[0])
        stats.wasserstein_distance(before, now)
        return test.pvalue < 0.05 and test.statistic >= KS_FLOOR
    # An id or free text has no distribution to compare.
    if current.nunique() > 0.5 * current.count():
        return False
    counts = pd.concat([reference.value_counts(), current.value_counts()], axis=1).fillna(0).to_numpy()
    test = stats.chi2_contingency(counts.T)
    return test.pvalue < 0.05 and psi(counts[:, 0], counts[:, 1]) >= PSI_FLOOR


def psi(before: np.ndarray, now: np.ndarray) -> float:
    p, q = (np.maximum(counts / counts.sum(), 1e-4) for counts in (before, now))
    return float(((q - p) * np.log(q / p)).sum())


def plain(values: pd.Series) -> np.ndarray:
    return values.dropna().to_numpy(dtype="float64")


if __name__ == "__main__":
    main("pandas", pd.__version__, work)
