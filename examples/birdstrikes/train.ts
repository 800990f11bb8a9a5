// Trains on TIDEMARK_DATA_TRAIN, predicts TIDEMARK_DATA_HOLDOUT and writes model/, predictions.csv and metrics.json
// to TIDEMARK_OUTPUT. TIDEMARK_SEED and TIDEMARK_PARAMS are read in params.ts.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fitEncoder } from "./features.ts";
import { claimedMetrics } from "./metrics.ts";
import { saveModel } from "./model-files.ts";
import { score, train } from "./network.ts";
import { readParams } from "./params.ts";
import { predictionsCsv } from "./predictions.ts";
import { labels, readStrikes } from "./strikes.ts";

const { features, learner, seed } = readParams();
const trainingRows = readStrikes(readFileSync(process.env["TIDEMARK_DATA_TRAIN"] ?? "data/train.csv", "utf8"));
const holdoutRows = readStrikes(readFileSync(process.env["TIDEMARK_DATA_HOLDOUT"] ?? "data/holdout.csv", "utf8"));
const output = process.env["TIDEMARK_OUTPUT"] ?? "out";
console.log(`training on ${trainingRows.length} strikes with ${features.length} features, seed ${seed}`);

const started = performance.now();
const encoder = fitEncoder(trainingRows, features, learner.rareBelow);
const task = { rows: trainingRows, damage: labels(trainingRows), learner, seed };
const model = await train(encoder, task, (epoch, loss) => console.log(`epoch ${epoch}: loss ${loss.toFixed(4)}`));
const trainingSeconds = (performance.now() - started) / 1000;

mkdirSync(output, { recursive: true });
const modelBytes = await saveModel(model, join(output, "model"));
const scores = score(model, holdoutRows);
writeFileSync(join(output, "predictions.csv"), predictionsCsv(holdoutRows, scores));
const metrics = {
  ...claimedMetrics(labels(holdoutRows), scores),
  training_seconds: Number(trainingSeconds.toFixed(3)),
  model_bytes: modelBytes,
};
writeFileSync(join(output, "metrics.json"), `${JSON.stringify(metrics, null, 2)}\n`);
console.log(`holdout: ROC AUC ${metrics.roc_auc.toFixed(4)} on ${metrics.rows} strikes of later years`);
