import type { Log, Place } from "#core/ports/log";
import type { Finished, Runner } from "./runner.ts";
import { visibleJson, visibleLine } from "./visible.ts";

/** The streams and environment of a command line, handed in so that tests can read what was written. */
export interface Console {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface ConsoleOptions {
  readonly console: Console;
  /** Raw inputs by name, from the flags. */
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly json: boolean;
}

/** A command line: what happens on stderr, the result on stdout. */
export function consoleRunner({ console, values, json }: ConsoleOptions): Runner {
  const secrets = new Set<string>();
  const masked = (text: string) => [...secrets].reduce((shown, secret) => shown.replaceAll(secret, "***"), text);
  const log = consoleLog(console, masked);
  const print = (text: string) => console.stdout.write(`${text}\n`);
  return {
    log,
    inputs: (names) => Object.fromEntries(names.map((name) => [name, values[name] || undefined])),
    mask: (secret) => secrets.add(secret),
    setOutputs: () => undefined,
    summary: async () => undefined,
    fail: (error) => {
      for (const problem of error.problems) log.error(problem);
      log.info(`${error.hint} [${error.code}]`);
      for (const line of error.stack) log.debug(line);
      if (json)
        print(visibleJson({ error: { code: error.code, problems: error.problems.map(masked), hint: error.hint } }));
    },
    finish: (result) => print(json ? visibleJson(result.document) : resultLines(result).join("\n")),
  };
}

function consoleLog({ stderr, environment }: Console, masked: (text: string) => string): Log {
  const colored = stderr.isTTY === true && !environment["NO_COLOR"] && environment["TERM"] !== "dumb";
  const paint = (style: number, text: string) => (colored ? `\u001b[${style}m${text}\u001b[0m` : text);
  const say = (text: string) => void stderr.write(`${text}\n`);
  const shown = (text: string, place?: Place) => where(place) + visibleLine(masked(text));
  return {
    info: (text) => say(shown(text)),
    debug: (text) => {
      if (environment["RUNNER_DEBUG"] === "1") say(paint(2, shown(text)));
    },
    warning: (text, place) => say(`${paint(33, "warning:")} ${shown(text, place)}`),
    error: (text, place) => say(`${paint(31, "error:")} ${shown(text, place)}`),
    group: (title, work) => {
      say(paint(1, shown(title)));
      return work();
    },
  };
}

function where(place: Place = {}): string {
  if (place.file === undefined) return "";
  return visibleLine(place.line === undefined ? `${place.file}: ` : `${place.file}:${place.line}: `);
}

/** The verdict and the outputs, a line each, the values in one column. */
function resultLines({ verdict, outputs }: Finished): readonly string[] {
  const rows = Object.entries(outputs).filter(([name, value]) => value !== undefined && name !== "verdict");
  const width = Math.max(7, ...rows.map(([name]) => name.length));
  const all: readonly (readonly [string, unknown])[] = verdict === undefined ? rows : [["verdict", verdict], ...rows];
  return all.map(([name, value]) => {
    const shown = typeof value === "string" ? value : JSON.stringify(value);
    return `${name.padEnd(width)}  ${visibleLine(shown)}`;
  });
}
