import { MetricName, ModelName } from "../names.ts";

/** Longer keys are text that strayed into the file. */
const LONGEST_KEY = 200;

/** The words of a key in lower case: `testAccuracy`, `Test Accuracy` and `test/accuracy` are the same two. */
export function wordsOf(key: string): readonly string[] {
  return key
    .slice(0, LONGEST_KEY)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/\([A-Z]\)$/, (mark) => (mark === "(B)" ? "" : mark)) // ultralytics marks boxes and masks
    .replace(/@/g, "_at_")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

/** What is wrong with a key as the source of a name; undefined when nothing is. */
export function keyRefusal(key: string): string | undefined {
  if (key.length > LONGEST_KEY) return `the key is ${key.length} characters long`;
  if (key.split(/[/\\]/).includes("..")) return "the key looks like a path that leaves its folder";
  const squashed = wordsOf(key).join("");
  if (squashed === "") return "no name of letters a to z can be made of the key";
  // ModelName knows the words that JavaScript objects and Windows reserve.
  const isReserved = key.startsWith("__") || !ModelName.safeParse(squashed.slice(0, 63)).success;
  return isReserved ? "the key is a reserved word" : undefined;
}

export function isMetricName(name: string): boolean {
  return MetricName.safeParse(name).success;
}
