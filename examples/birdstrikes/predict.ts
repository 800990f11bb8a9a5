// Scores TIDEMARK_DATA_HOLDOUT with the model in TIDEMARK_MODEL_DIR and writes predictions.csv to TIDEMARK_OUTPUT:
// how an older model is judged on a newer holdout.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadModel, modelDigest, readModelFiles } from "./model-files.ts";
import { score } from "./network.ts";
import { predictionsCsv } from "./predictions.ts";
import { readStrikes } from "./strikes.ts";

const output = process.env["TIDEMARK_OUTPUT"] ?? "out";
const files = readModelFiles(process.env["TIDEMARK_MODEL_DIR"] ?? join(output, "model"));
const rows = readStrikes(readFileSync(process.env["TIDEMARK_DATA_HOLDOUT"] ?? "data/holdout.csv", "utf8"));

mkdirSync(output, { recursive: true });
writeFileSync(join(output, "predictions.csv"), predictionsCsv(rows, score(await loadModel(files), rows)));
console.log(`scored ${rows.length} strikes with ${modelDigest(files)}`);
