import { shortDigest } from "../digest.ts";
import type { Evidence } from "../judge/evidence.ts";
import type { Gate } from "../judge/gate.ts";
import { judge } from "../judge/judge.ts";
import type { Hold, ReleaseRecord } from "../registry/release-record.ts";
import { code, plain } from "./markdown.ts";
import { modelReport } from "./model-report.ts";

/** The body of a promotion pull request: what merging does, then the proof. */
export function promotionText(evidence: Evidence, gate: Gate, record: ReleaseRecord): string {
  const { model, environment, generation, serving } = record;
  return [
    `**Merging** makes ${code(model)} ${code(shortDigest(serving.digest))} the version that serves in ${code(environment)}, as generation ${generation}. Closing changes nothing.`,
    modelReport({ evidence, judgement: judge(evidence, gate), runUrl: undefined }),
    COMMANDS,
  ].join("\n\n");
}

export function rollbackText(record: ReleaseRecord, from: ReleaseRecord): string {
  const { model, environment, generation, serving, hold } = record;
  return [
    `**Merging** returns ${code(model)} in ${code(environment)} from ${code(shortDigest(from.serving.digest))} to ${code(shortDigest(serving.digest))}, which has been healthy there, as generation ${generation}.`,
    `It also holds the environment: no new candidate is promoted until somebody comments ${code("/model resume")}.`,
    ...(hold === undefined ? [] : [`Reason: ${plain(hold.reason)} (asked by ${plain(hold.by)})`]),
  ].join("\n\n");
}

export function resumeText({ model, environment, generation }: ReleaseRecord, hold: Hold): string {
  return [
    `**Merging** ends the hold on ${code(model)} in ${code(environment)}, as generation ${generation}. The version that serves stays.`,
    `The hold was set at ${plain(hold.since)} by ${plain(hold.by)}: ${plain(hold.reason)}`,
  ].join("\n\n");
}

const COMMANDS = `${code("/model help")} lists what you can ask for here.`;
