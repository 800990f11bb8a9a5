import { aliasOf } from "./aliases.ts";
import { wordsOf } from "./key-words.ts";
import { isMapping, type Mapping } from "./mapping.ts";

/** Shapes of tools whose keys say less than the tool means. */
export function asMeant(mapping: Mapping): Mapping {
  return withTrainingApart(withClassesApart(mapping));
}

const OWN_ROWS = new Set(["accuracy", "macro_avg", "weighted_avg", "micro_avg", "samples_avg"]);

/** scikit-learn's classification_report has its classes beside its averages; here they go below `per_class`. */
function withClassesApart(mapping: Mapping): Mapping {
  const rows = Object.entries(mapping);
  const hasAverage = rows.some(([key, value]) => wordsOf(key).join("_") === "macro_avg" && isClassRow(value));
  if (!hasAverage) return mapping;
  const isClass = ([key, value]: readonly [string, unknown]) =>
    !OWN_ROWS.has(wordsOf(key).join("_")) && isClassRow(value);
  const classes = Object.fromEntries(rows.filter(isClass));
  return Object.fromEntries([...rows.filter((row) => !isClass(row)), ["per_class", classes]]);
}

function isClassRow(value: unknown): boolean {
  return isMapping(value) && Object.hasOwn(value, "precision") && Object.hasOwn(value, "recall");
}

/** Keras and Hugging Face log loss and val_loss: what has no prefix there is of the training rows. */
function withTrainingApart(mapping: Mapping): Mapping {
  const rows = Object.entries(mapping);
  const isLog = Object.hasOwn(mapping, "loss") && rows.some(([key]) => /^(?:val|eval)_/.test(key));
  if (!isLog || Object.hasOwn(mapping, "train")) return mapping;
  const isTraining = ([key]: readonly [string, unknown]) => aliasOf(wordsOf(key)) !== undefined;
  const train = Object.fromEntries(rows.filter(isTraining));
  return Object.fromEntries([...rows.filter((row) => !isTraining(row)), ["train", train]]);
}
