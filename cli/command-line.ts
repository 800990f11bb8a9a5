import { readFile } from "node:fs/promises";
import { actionHelp, groupHelp, suiteHelp } from "#kit/command-help";
import { type Console, consoleRunner } from "#kit/console-runner";
import { type ExitCode, exitCodes } from "#kit/exit-code";
import { inputFields } from "#kit/field";
import { parseFlags, withEnvironment } from "#kit/flags";
import { guarded } from "#kit/run-action";
import type { Suite, SuiteEntry } from "#kit/suite";
import { findCommand } from "./find-command.ts";

/** `tidemark <action> [flags]`, the action's name in one word or in several. Loads only the action that is asked for. Never throws. */
export function runCommandLine(args: readonly string[], suite: Suite, console: Console): Promise<ExitCode> {
  const json = args.includes("--json");
  return guarded(consoleRunner({ console, values: {}, json }), async () => {
    const [first] = args;
    if (first === undefined) return print(console.stderr, suiteHelp(suite), exitCodes.usersMistake);
    if (["--help", "-h", "help"].includes(first)) return print(console.stdout, suiteHelp(suite));
    if (["--version", "-v"].includes(first)) return print(console.stdout, `${await version()}\n`);
    const command = findCommand(args, suite);
    if (command.kind === "group") return print(console.stdout, groupHelp(command.word, command.suite));
    return runEntry(command.entry, command.rest, console);
  });
}

async function runEntry(entry: SuiteEntry, args: readonly string[], console: Console): Promise<ExitCode> {
  const definition = await entry.define();
  const fields = inputFields(definition);
  const { help, json, values } = parseFlags(args, fields, definition.positional);
  if (help) return print(console.stdout, actionHelp(definition));
  const { run } = await entry.load();
  return run(consoleRunner({ console, values: withEnvironment(values, fields, console.environment), json }));
}

function print(stream: { write(text: string): unknown }, text: string, exitCode: ExitCode = exitCodes.passed) {
  stream.write(text);
  return exitCode;
}

async function version(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "?";
}
