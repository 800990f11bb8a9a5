import { csvDataEngine } from "#adapters/csv/data-engine";
import { folderFiles } from "#adapters/filesystem/files";
import { yamlDocuments } from "#adapters/yaml/documents";
import { reconcile } from "#bot/reconcile/reconcile";
import type { BotPorts, Key } from "#bot/work";
import { modelOf } from "#core/config/read-config";
import { CONFIG_PATH, gateOf } from "#core/config/tidemark-config";
import { digestOf } from "#core/digest";
import type { Evidence } from "#core/judge/evidence";
import { measure } from "#core/judge/measure";
import { artifactName } from "#core/model/artifact-names";
import type { CodeHost, PullRequest, WorkflowRun } from "#core/ports/code-host";
import { promotionId } from "#core/promotion/promotion-id";
import { printRecord, readRecord } from "#core/registry/read-record";
import { type ReleaseRecord, recordPath } from "#core/registry/release-record";
import { config, modelEntry } from "#test/support/builders/config";
import { evidence } from "#test/support/builders/evidence";
import { candidate, contentsOf, MODEL, PREDICTED } from "#test/support/builders/model";
import { predictions } from "#test/support/builders/predictions";
import { KEY } from "#test/support/builders/release-record";
import { type MemoryCodeHost, memoryCodeHost } from "#test/support/fakes/code-host";
import { type MemoryStore, memoryStore } from "#test/support/fakes/object-store";
import type { StoredComment, World } from "#test/support/fakes/world";
import { temporaryFolder } from "#test/support/temporary-folder";
import { keptLog } from "../../support/parts.ts";

export const documents = yamlDocuments();
export const RECORD_PATH = recordPath.format(KEY);
export const clock = () => new Date("2026-03-02T10:00:00Z");

type Json = Record<string, unknown>;

/** A repository that uses Tidemark, and the bot's ports to it. */
export interface BotScene {
  readonly host: MemoryCodeHost;
  readonly world: World;
  readonly store: MemoryStore;
  readonly log: ReturnType<typeof keptLog>;
  /** Ports with an empty scratch folder, to this repository or to a host that stands before it. */
  ports(host?: CodeHost): Promise<BotPorts>;
}

export function configText(models: Record<string, Json> = { [MODEL]: modelEntry() }): string {
  return JSON.stringify({ models, store: { kind: "github-release" } });
}

/** People: ada may maintain, grace may write, mallory may only read, a stranger nothing. */
export function botScene(models?: Record<string, Json>): BotScene {
  const files = { "README.md": "# Models\n", [CONFIG_PATH]: configText(models) };
  const host = memoryCodeHost({ files });
  const { world } = host;
  for (const [person, role] of [
    ["ada", "maintain"],
    ["grace", "write"],
    ["mallory", "read"],
  ] as const) {
    world.roles.set(person, role);
  }
  const store = memoryStore();
  const log = keptLog();
  return {
    host,
    world,
    store,
    log,
    ports: async (behind = host) => ({
      host: behind,
      store,
      documents,
      engine: csvDataEngine(),
      clock,
      log,
      scratch: folderFiles(await temporaryFolder()),
      login: world.login,
    }),
  };
}

/** Works a key and everything that follows from it. */
export async function settle({ ports }: BotScene, key: Key, host?: CodeHost): Promise<number> {
  let worked = 0;
  const left = [key];
  for (let next = left.shift(); next !== undefined && worked < 20; next = left.shift()) {
    left.push(...(await reconcile(next, await ports(host))));
    worked += 1;
  }
  return worked;
}

/** The default branch names the record, and its commit was deployed with this outcome. */
export async function served(
  { host, world, store }: BotScene,
  record: ReleaseRecord,
  state: "success" | "failure" = "success",
): Promise<number> {
  const commit = world.commit("main", RECORD_PATH, printRecord(record, documents));
  for (const weights of ["champion", "veteran", "solid"]) {
    const text = contentsOf(weights).predictions;
    store.objects.set(digestOf(text), new TextEncoder().encode(text));
  }
  const { deployment } = await host.deployments.createOnce(deploymentOf(record, commit));
  await host.deployments.setStatus(deployment.id, { state, description: state });
  return deployment.id;
}

export function deploymentOf(record: ReleaseRecord, commit: string) {
  const { model, environment, generation, serving } = record;
  const promotion = promotionId("ada/models", record);
  const payload = { model, environment, digest: serving.digest, generation, commit, pullRequest: null, approvers: [] };
  return { commit, environment, description: "deploy", payload, promotion };
}

export function recordOn({ world }: BotScene, ref: string): ReleaseRecord | undefined {
  const text = world.filesAt(ref).get(RECORD_PATH);
  return text === undefined ? undefined : readRecord(text, documents, KEY);
}

/** Somebody opens a pull request for a branch that is there. */
export function proposed({ world }: BotScene, branch: string, facts: { author?: string; base?: string } = {}): number {
  const { author = "grace", base = "main" } = facts;
  const number = world.nextId();
  const commit = world.branches.get(branch) ?? "";
  const none = { mergeCommit: undefined, mergedHead: undefined, reviews: [] };
  world.pullRequests.set(number, {
    number,
    branch,
    base,
    author,
    commit,
    title: branch,
    body: "",
    state: "open",
    ...none,
  });
  return number;
}

export interface Trained {
  readonly number: number;
  readonly headSha: string;
  readonly run: WorkflowRun;
  readonly evidence: Evidence;
}

interface TrainedFacts {
  readonly weights?: string;
  readonly branch?: string;
  readonly base?: string;
  readonly model?: string;
  readonly run?: Partial<WorkflowRun>;
  /** What the evidence says otherwise. */
  readonly says?: Partial<Evidence>;
}

/** A pull request whose run has left a candidate and a report that pass. */
export function trained(scene: BotScene, facts: TrainedFacts = {}): Trained {
  const { weights = "challenger", branch = `train-${weights}`, base = "main" } = facts;
  const headSha = scene.world.commit(branch, "train.txt", weights);
  const number = proposed(scene, branch, { base });
  return { number, headSha, ...ranFor(scene, headSha, { weights, ...facts }) };
}

/** A run of the commit that has left a candidate and a report. */
export function ranFor(scene: BotScene, headSha: string, facts: TrainedFacts = {}) {
  const { world } = scene;
  const { weights = "challenger", model = MODEL } = facts;
  const id = world.nextId();
  const run: WorkflowRun = {
    id,
    attempt: 1,
    headSha,
    path: ".github/workflows/model.yml",
    event: "pull_request",
    status: "completed",
    conclusion: "success",
    url: `https://memory/run/${id}`,
    sameRepository: true,
    ...facts.run,
  };
  const evidence: Evidence = { ...proofOf(scene, weights), model, run: { id, attempt: 1, headSha }, ...facts.says };
  const { model: files, predictions: rows } = contentsOf(weights);
  world.runs.set(id, run);
  world.artifacts.set(
    id,
    new Map([
      [artifactName.report(model), { "evidence.json": JSON.stringify(evidence) }],
      [
        artifactName.candidate(model),
        {
          "candidate.json": JSON.stringify({ ...candidate({ weights }), model }),
          "predictions.csv": rows,
          ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`model/${path}`, text])),
        },
      ],
    ]),
  );
  return { run, evidence };
}

/** Evidence that follows from the predictions, against what the default branch names. */
export function proofOf(scene: BotScene, weights: string): Evidence {
  const against = recordOn(scene, "main") ?? null;
  const { minimum, confidence } = gateOf(modelOf(config(), MODEL));
  const other = against === null ? undefined : predictions(PREDICTED);
  const measured = measure(predictions(PREDICTED), other, { primaryMetric: "roc_auc", confidence, minimum });
  const holdout = { rows: 120, positives: 60 };
  const { comparisons, slices } = measured;
  return evidence({ of: candidate({ weights }), against, holdout, comparisons: [...comparisons], slices: [...slices] });
}

export async function merge({ host }: BotScene, number: number, title = "merge"): Promise<void> {
  const { head } = await host.pullRequests.get(number);
  await host.pullRequests.merge(number, head.commit, title);
}

export async function approve({ host, world }: BotScene, number: number, person = "ada"): Promise<void> {
  const { head } = await host.pullRequests.get(number);
  const review = { author: person, authorIsBot: false, state: "approved", commit: head.commit } as const;
  world.pullRequests.get(number)?.reviews.push({ ...review, submittedAt: "2026-03-02T10:00:00Z" });
}

/** Somebody comments on a pull request, and the bot answers. @returns the answer, or nothing */
export async function says(scene: BotScene, number: number, text: string, author = "ada"): Promise<string> {
  const { id } = scene.world.comment(number, author, text);
  await settle(scene, { kind: "comment", number, commentId: id });
  return answerTo(scene, id);
}

export function answerTo({ world }: BotScene, commentId: number): string {
  const marker = `<!-- tidemark:answer ${commentId} -->`;
  return [...world.comments.values()].find(({ body }) => body.startsWith(marker))?.body ?? "";
}

export const checksOn = ({ world }: BotScene, commit: string) =>
  [...world.checks.values()].filter((check) => check.commit === commit);

export const ownComments = ({ world }: BotScene, number: number) =>
  [...world.comments.values()].filter(({ issue, author }) => issue === number && author === world.login);

export async function onlyOpen({ host }: BotScene, kind: string): Promise<PullRequest> {
  const found = (await host.pullRequests.open()).filter(({ head }) => head.branch.startsWith(`tidemark/${kind}/`));
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} open ${kind} pull requests`);
  return found[0];
}

/** Everything people can see, to compare two ends. */
export function stateOf({ world, store }: BotScene) {
  const files = (ref: string) => Object.fromEntries([...world.filesAt(ref)].sort());
  return {
    branches: Object.fromEntries([...world.branches.keys()].sort().map((branch) => [branch, files(branch)])),
    pullRequests: [...world.pullRequests.values()].map(({ branch, title, body, state }) => ({
      branch,
      title,
      body,
      state,
    })),
    comments: [...world.comments.values()].map(shown).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    checks: [...world.checks.values()],
    deployments: [...world.deployments.values()].map(({ payload, statuses }) => ({ payload, statuses })),
    objects: [...store.objects.keys()].sort(),
  };
}

function shown({ issue, author, body, reactions }: StoredComment) {
  return { issue, author, body, reactions: [...reactions].sort() };
}
