import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { runActionStep, type StepResult } from "#sandbox/runner/step";
import { temporaryFolder } from "#test/support/temporary-folder";
import { root } from "./bundled.ts";

export type Action = "validate-data" | "train" | "compare-metrics";

/** A checkout with one model, `churn`, whose training is three lines of shell. */
export interface TinyRepository {
  readonly folder: string;
  write(path: string, text: string): Promise<void>;
  /** The bundled action as the runner starts it: a child process with INPUT_*. */
  uses(action: Action, inputs?: Readonly<Record<string, string>>): Promise<StepResult>;
  /** Every file of the checkout. */
  files(): Promise<readonly string[]>;
}

export const CONFIG = `models:
  churn:
    task: binary-classification
    data: { train: data/train.csv, holdout: data/holdout.csv }
    contract: contract.yaml
    train: { run: sh train.sh }
    gate: [{ metric: accuracy, min: 0.9 }]
    environments: [{ name: production, target: { kind: local, run: "true" } }]
`;

export const CONTRACT = `apiVersion: v3.1.0
kind: DataContract
id: churn
version: 1.0.0
status: active
schema:
  - name: customers
    properties:
      - { name: id, logicalType: integer, required: true, unique: true }
      - { name: y_true, logicalType: integer, required: true }
`;

export const TRAIN = `mkdir -p "$TIDEMARK_OUTPUT/model"
printf weights > "$TIDEMARK_OUTPUT/model/weights.txt"
cp predictions.csv "$TIDEMARK_OUTPUT/predictions.csv"
`;

const ROWS = 200;

/** Predictions that are right; half of the rows are positive. */
export function predictions(rows = ROWS): string {
  const lines = Array.from({ length: rows }, (_, at) => `${at + 1},${at % 2},${at % 2 === 1 ? 0.9 : 0.1}`);
  return `id,y_true,score\n${lines.join("\n")}\n`;
}

/** Rows whose ids follow `after`. */
export function data(rows = ROWS, after = 0): string {
  return `id,y_true\n${Array.from({ length: rows }, (_, at) => `${after + at + 1},${at % 2}`).join("\n")}\n`;
}

export async function tinyRepository(): Promise<TinyRepository> {
  const place = await temporaryFolder();
  const folder = join(place, "churn repository");
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  const files: Readonly<Record<string, string>> = {
    ".github/tidemark.yml": CONFIG,
    "contract.yaml": CONTRACT,
    "train.sh": TRAIN,
    "predictions.csv": predictions(),
    "data/train.csv": data(ROWS, ROWS),
    "data/holdout.csv": data(),
  };
  for (const [path, text] of Object.entries(files)) await write(path, text);
  const job = { workspace: folder, temp: join(place, "temp"), environment: {}, context: CONTEXT };
  return {
    folder,
    write,
    uses: (action, inputs = {}) =>
      runActionStep(job, { folder: join(root, "actions", action), with: { model: "churn", ...inputs } }),
    files: async () => {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    },
  };
}

const CONTEXT: Readonly<Record<string, string>> = {
  "github.token": "",
  "github.repository": "ada/models",
  "github.api_url": "http://127.0.0.1:9",
};
