import { z } from "zod";

// One grammar for every name that becomes a path, a branch, a check run or a label. Names Windows reserves and
// names every JavaScript object already has are refused, so that no tool downstream has to think of them.
const NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d|constructor|prototype|valueof|tostring)$/;

const isName = (text: string): boolean => NAME.test(text) && !RESERVED.test(text);

const name = (what: string) =>
  z.string().refine(isName, {
    error: `expected a ${what} name: lower-case letters, digits and hyphens, 1 to 63 characters, no reserved word`,
  });

export const ModelName = name("model");
export const EnvironmentName = name("environment");

/** A metric's name as people and files write it: scikit-learn's, in snake_case. */
export const MetricName = z
  .string()
  .regex(/^[a-z][a-z0-9_.]{0,63}$/, "expected a metric name such as roc_auc: lower-case letters, digits, _ and .");

const CONTROL = /\p{Cc}/u;
const isInside = (path: string): boolean =>
  path.length > 0 &&
  path.length <= 500 &&
  !path.startsWith("/") &&
  !path.includes("\\") &&
  !/^[A-Za-z]:/.test(path) &&
  !path.split("/").includes("..") &&
  !CONTROL.test(path);

/** A path inside the repository or an artifact: relative, forward slashes, no way out. */
export const RelativePath = z
  .string()
  .refine(isInside, { error: "expected a relative path with forward slashes that stays inside the folder" });
