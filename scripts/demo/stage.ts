import { randomBytes } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Octokit } from "@octokit/rest";
import { parse } from "yaml";
import { z } from "zod";
import { freePort } from "#adapters/local/free-port";
import { type ContractGate, createContractGate } from "#sandbox/contract/gate";
import { sandboxPages } from "#sandbox/pages/site";
import { type Sandbox, startSandbox } from "#sandbox/sandbox";
import { type BotProcess, startBot } from "./bot-process.ts";
import { clearStage, noteProcess, servingFolder } from "./leftovers.ts";

export const OWNER = "aviation";
export const REPOSITORY = "birdstrikes";
export const FULL_NAME = `${OWNER}/${REPOSITORY}`;

/** Who acts in the demo, by what they may do. */
export const PEOPLE = { owner: OWNER, author: "author", reviewer: "reviewer", outsider: "outsider" } as const;
export type Person = keyof typeof PEOPLE;

/** Everything the demo plays on: a GitHub, a repository, people, the app and its running bot. */
export interface Stage {
  readonly root: string;
  readonly folder: string;
  readonly serving: { readonly folder: string; readonly port: number };
  readonly sandbox: Sandbox;
  readonly gate: ContractGate;
  readonly appId: number;
  readonly tokens: Readonly<Record<Person, string>>;
  /** GitHub as this person sees it. */
  as(person: Person): Octokit;
  close(): Promise<void>;
}

/** @param root the checkout of Tidemark */
export async function openStage(root: string, folder: string): Promise<Stage> {
  await clearStage(folder);
  const gate = createContractGate();
  const sandbox = await startSandbox({ directory: join(folder, "github"), gate, pages: sandboxPages });
  const tokens = await peopleOf(sandbox);
  const { appId, bot } = await installBot(root, folder, sandbox);
  await noteProcess(folder, bot.pid);
  const serving = { folder: servingFolder(folder), port: await freePort("127.0.0.1") };
  const as = (person: Person) => new Octokit({ baseUrl: sandbox.url, auth: tokens[person], log: QUIET });
  const close = async () => {
    await bot.stop();
    await sandbox.idle();
    await sandbox.close();
  };
  return { root, folder, serving, sandbox, gate, appId, tokens, as, close };
}

const silence = (): void => undefined;
const QUIET = { debug: silence, info: silence, warn: silence, error: silence };

async function peopleOf(sandbox: Sandbox): Promise<Stage["tokens"]> {
  const token = (person: Person) => sandbox.createUser({ login: PEOPLE[person] }).token;
  const tokens = {
    owner: token("owner"),
    author: token("author"),
    reviewer: token("reviewer"),
    outsider: token("outsider"),
  };
  await sandbox.createRepository({ owner: OWNER, name: REPOSITORY });
  sandbox.addCollaborator(FULL_NAME, PEOPLE.author, "write");
  sandbox.addCollaborator(FULL_NAME, PEOPLE.reviewer, "maintain");
  return tokens;
}

const Manifest = z.object({
  default_permissions: z.record(z.string(), z.enum(["read", "write"])),
  default_events: z.array(z.string()),
});

/** What the app may do and is told, as its manifest asks for. */
export async function appRights(root: string) {
  const text = await readFile(join(root, "bot/app.yml"), "utf8");
  const { default_permissions: permissions, default_events: events } = Manifest.parse(parse(text));
  return { permissions, events };
}

async function installBot(root: string, folder: string, sandbox: Sandbox): Promise<{ appId: number; bot: BotProcess }> {
  const port = await freePort("127.0.0.1");
  const secret = randomBytes(32).toString("hex");
  const webhook = { url: `http://127.0.0.1:${port}/api/github/webhooks`, secret };
  const app = sandbox.createApp({
    slug: "tidemark",
    name: "Tidemark",
    ...(await appRights(root)),
    webhook,
  });
  sandbox.installApp(app.id, FULL_NAME);
  const botFolder = join(folder, "bot");
  await mkdir(botFolder, { recursive: true });
  const access = {
    appId: app.id,
    privateKey: app.privateKey,
    webhookSecret: secret,
    apiUrl: sandbox.url,
    port,
    folder: botFolder,
  };
  return { appId: app.id, bot: await startBot(root, access) };
}
