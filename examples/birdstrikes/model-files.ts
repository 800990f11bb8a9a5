import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { io } from "@tensorflow/tfjs-core";
import { loadLayersModel } from "@tensorflow/tfjs-layers";
import { FEATURES, type Feature } from "./features.ts";
import { type Model, score } from "./network.ts";

/** A model folder in memory: path with forward slashes → bytes. */
export type ModelFiles = ReadonlyMap<string, Buffer>;

/** Writes TensorFlow.js's own format (model.json, weights.bin) and our encoder beside it. Returns the bytes written. */
export async function saveModel({ encoder, network }: Model, folder: string): Promise<number> {
  const saved = await new Promise<io.ModelArtifacts>((resolve) => {
    const keep = async (artifacts: io.ModelArtifacts): Promise<io.SaveResult> => {
      resolve(artifacts);
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
    };
    void network.save(io.withSaveHandler(keep));
  });
  const { modelTopology, weightSpecs: weights, weightData, format, generatedBy } = saved;
  const manifest = [{ paths: ["weights.bin"], weights }];
  const files = {
    "features.json": JSON.stringify(encoder, null, 2),
    "model.json": JSON.stringify({ format, generatedBy, modelTopology, weightsManifest: manifest }),
    "weights.bin": Buffer.from(weightData as ArrayBuffer),
  };
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return Object.values(files).reduce((sum, content) => sum + Buffer.byteLength(content), 0);
}

/** Reads every file below the folder once, so that what is hashed and what is loaded are the same bytes. */
export function readModelFiles(folder: string): ModelFiles {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [relative(folder, path).split(sep).join("/"), readFileSync(path)]));
}

/** Loads a model and lets it score one empty strike, so that a broken file is found here and not by the first client. */
export async function loadModel(files: ModelFiles): Promise<Model> {
  const description = JSON.parse(file(files, "model.json").toString("utf8"));
  const weightSpecs: io.WeightsManifestEntry[] = description.weightsManifest[0].weights;
  const bytes = file(files, "weights.bin");
  const expected = weightSpecs.reduce((sum, { shape }) => sum + 4 * shape.reduce((size, side) => size * side, 1), 0);
  if (bytes.length !== expected) throw new Error(`weights.bin has ${bytes.length} bytes instead of ${expected}`);
  const weightData = new Uint8Array(bytes).buffer;
  const network = await loadLayersModel(
    io.fromMemory({ modelTopology: description.modelTopology, weightSpecs, weightData }),
  );
  const model = { encoder: JSON.parse(file(files, "features.json").toString("utf8")), network };
  const blank = Object.fromEntries(FEATURES.map((name) => [name, ""])) as Record<Feature, string>;
  const [probability] = score(model, [{ ...blank, flight_date: "2000-01-01" }]);
  if (!Number.isFinite(probability)) throw new Error("weights.bin holds values that are not numbers");
  return model;
}

/**
 * Names a model by its content: the SHA-256 of one line "path size sha256" per file, sorted by the bytes of the path.
 * This is Tidemark's definition, so the digest a server reports can be compared with the one that was approved.
 */
export function modelDigest(files: ModelFiles): string {
  const sha256 = (content: Buffer | string): string => createHash("sha256").update(content).digest("hex");
  const sorted = [...files].sort(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
  return `sha256:${sha256(sorted.map(([path, bytes]) => `${path} ${bytes.length} ${sha256(bytes)}\n`).join(""))}`;
}

function file(files: ModelFiles, name: string): Buffer {
  const content = files.get(name);
  if (content === undefined) throw new Error(`${name} is missing`);
  return content;
}
