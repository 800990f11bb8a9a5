import { UserError } from "#core/errors";
import { reconcile } from "./reconcile/reconcile.ts";
import { readSettings } from "./settings.ts";
import { startBot } from "./start.ts";
import { systemTimer } from "./timer.ts";

try {
  const bot = await startBot(readSettings(process.env), {
    reconcile,
    clock: () => new Date(),
    timer: systemTimer,
    random: Math.random,
  });
  const stop = (): void => void bot.stop().finally(() => process.exit(0));
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  process.stdout.write(`Tidemark listens on ${bot.url}\n`);
} catch (error) {
  const known = error instanceof UserError;
  process.stderr.write(known ? `${error.message}\n` : `${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(known ? 2 : 1);
}
