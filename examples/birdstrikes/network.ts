import * as tf from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";
import "@tensorflow/tfjs-backend-wasm";
import { type Encoder, encode, type FeatureRow, width } from "./features.ts";
import type { Learner } from "./params.ts";
import { shuffled } from "./shuffle.ts";

// The WASM backend: pure npm, quiet, and one thread under Node, so sums always run in one order and a seed gives one model.
await tf.setBackend("wasm");
// Its loader adds handlers that throw every error again, which ends the process with 7 and hides the place of the error.
for (const event of ["uncaughtException", "unhandledRejection"]) process.removeAllListeners(event);

/** An encoder and the network that reads its output. */
export interface Model {
  readonly encoder: Encoder;
  readonly network: layers.LayersModel;
}

export interface Task {
  readonly rows: readonly FeatureRow[];
  readonly damage: readonly number[];
  readonly learner: Learner;
  readonly seed: number;
}

/** Trains by Adam on log loss; `onEpoch` gets the epoch (from 1) and its mean training loss. */
export async function train(
  encoder: Encoder,
  task: Task,
  onEpoch: (epoch: number, loss: number) => void,
): Promise<Model> {
  const { learner, seed } = task;
  const network = build(width(encoder), learner, seed);
  network.compile({ optimizer: tf.train.adam(learner.learningRate), loss: "binaryCrossentropy" });
  const inputs = tf.tensor2d(encode(encoder, task.rows), [task.rows.length, width(encoder)]);
  const targets = tf.tensor2d([...task.damage], [task.rows.length, 1]);
  for (let epoch = 1; epoch <= learner.epochs; epoch++) {
    // Our own order instead of fit's shuffle, which cannot be seeded.
    const order = shuffled(task.rows.length, seed + epoch);
    let loss = 0;
    for (let start = 0; start < order.length; start += learner.batchSize) {
      const batch = tf.tensor1d(order.slice(start, start + learner.batchSize), "int32");
      const [x, y] = [tf.gather(inputs, batch), tf.gather(targets, batch)];
      loss += Number(await network.trainOnBatch(x, y)) * batch.size;
      tf.dispose([batch, x, y]);
    }
    onEpoch(epoch, loss / order.length);
  }
  tf.dispose([inputs, targets]);
  return { encoder, network };
}

/** Probability of damage per row, at single precision. */
export function score({ encoder, network }: Model, rows: readonly FeatureRow[]): number[] {
  return tf.tidy(() => {
    const output = network.predict(tf.tensor2d(encode(encoder, rows), [rows.length, width(encoder)]));
    return [...(output as tf.Tensor).dataSync()];
  });
}

function build(inputs: number, { hiddenUnits, l2 }: Learner, seed: number): layers.LayersModel {
  const dense = (units: number, activation: "relu" | "sigmoid", place: number) => ({
    units,
    activation,
    name: `dense_${place}`,
    kernelInitializer: layers.initializers.glorotUniform({ seed: seed + place }),
    kernelRegularizer: layers.regularizers.l2({ l2 }),
  });
  return layers.sequential({
    name: "bird_damage",
    layers: [
      layers.layers.dense({ ...dense(hiddenUnits, "relu", 1), inputShape: [inputs] }),
      layers.layers.dense(dense(1, "sigmoid", 2)),
    ],
  });
}
