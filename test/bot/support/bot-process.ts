import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { readSettings } from "#bot/settings";
import { startBot } from "#bot/start";
import { systemTimer } from "#bot/timer";
import type { Reconcile } from "#bot/work";
import { placeOf } from "#bot/work-item";

// bot/main.ts with a reconciler that only writes down what it was asked; started by running-bot.ts.

const file = process.env["STUB_FILE"] ?? "";
const milliseconds = Number(process.env["STUB_MILLISECONDS"] ?? "0");

const reconcile: Reconcile = async (key, { host }) => {
  const { text } = placeOf({ repository: { ...host.repository, installationId: 0 }, key });
  appendFileSync(file, `begin ${text}\n`);
  await sleep(milliseconds);
  appendFileSync(file, `end ${text}\n`);
  return [];
};

const parts = { reconcile, clock: () => new Date(), timer: systemTimer, random: Math.random };
const bot = await startBot(readSettings(process.env), parts);
process.once("SIGTERM", () => void bot.stop().finally(() => process.exit(0)));
process.stdout.write(`Listens on ${bot.url}\n`);
