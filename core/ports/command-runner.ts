export interface Command {
  /** A line for the shell, as the user wrote it. */
  readonly line: string;
  readonly folder: string;
  /** The whole environment of the command; nothing else is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  /** Every line the command prints, as it prints it. */
  onLine(line: string): void;
}

export type CommandOutcome =
  | { readonly kind: "exited"; readonly code: number; readonly seconds: number }
  | { readonly kind: "killed"; readonly signal: string; readonly seconds: number }
  | { readonly kind: "timed-out"; readonly seconds: number };

/** Runs the user's own command and, when it ends or must end, everything it started. */
export interface CommandRunner {
  run(command: Command): Promise<CommandOutcome>;
  /** What the user allowed to pass from our environment. */
  environment(names: readonly string[]): Readonly<Record<string, string>>;
  readonly platform: string;
}
