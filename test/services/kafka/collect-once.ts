// One run of the collector as a process of its own, so that it can be killed at a chosen step.
import { setTimeout as pause } from "node:timers/promises";
import { folderFiles } from "#adapters/filesystem/files";
import { folderStore } from "#adapters/filesystem/folder-store";
import { lineFiles } from "#adapters/filesystem/line-files";
import { jsonDecoder } from "#adapters/kafka/decoder";
import { kafkaStream } from "#adapters/kafka/stream";
import { collectSnapshot } from "#core/data/collect/collect-snapshot";

export interface Task {
  readonly address: string;
  readonly topic: string;
  readonly group: string;
  readonly folder: string;
  /** Where to stand still for ever: after so many messages, or before this step. */
  readonly standAt?: number | "store" | "record" | "commit";
}

const task = JSON.parse(process.argv[2] ?? "{}") as Task;
const reached = async (step: number | string) => {
  if (step !== task.standAt) return;
  process.stdout.write(`reached ${step}\n`);
  await pause(600_000);
};
const before =
  <Parameters extends unknown[], Result>(step: string, work: (...parameters: Parameters) => Promise<Result>) =>
  async (...parameters: Parameters): Promise<Result> => {
    await reached(step);
    return work(...parameters);
  };

const stream = kafkaStream({ brokers: [task.address], topic: task.topic, group: task.group, sessionSeconds: 6 });
const store = folderStore(`${task.folder}/store`);
const records = folderFiles(`${task.folder}/records`);
const json = jsonDecoder();
let messages = 0;

const outcome = await collectSnapshot(
  {
    stream: { ...stream, commit: before("commit", stream.commit) },
    decoder: {
      ...json,
      decode: async (bytes) => {
        messages += 1;
        await reached(messages);
        return json.decode(bytes);
      },
    },
    scratch: lineFiles(`${task.folder}/scratch`),
    store: { ...store, put: before("store", store.put) },
    records: { ...records, write: before("record", records.write) },
    now: () => new Date(),
  },
  {
    name: "clicks",
    topic: task.topic,
    format: "json-lines",
    identity: { kind: "none" },
    limit: { rows: 1_500, bytes: 1_000_000_000, seconds: 60 },
    recordPath: "clicks.json",
  },
);
await stream.close();
process.stdout.write(`${JSON.stringify({ kind: outcome.kind, commitProblem: outcome.commitProblem })}\n`);
