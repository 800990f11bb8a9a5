import { join } from "node:path";
import { z } from "zod";
import { pythonWith } from "./venv.ts";

export type Job = "contract" | "full";

export interface Tool {
  readonly name: string;
  readonly jobs: readonly Job[];
  /** Compares with a stored profile, where the others read the reference's rows. */
  readonly isOurs: boolean;
  /** Takes --job, --data, --reference. */
  readonly command: readonly string[];
}

/** What a run of any tool prints. */
export const Answer = z.object({
  tool: z.string(),
  version: z.string(),
  checks: z.number(),
  broken: z.array(z.string()),
  cannot: z.array(z.string()),
  drifted: z.array(z.string()).nullable(),
});
export type Answer = z.output<typeof Answer>;

/** Ours first: the others are told as multiples of it. pandera and Great Expectations have neither profile nor drift. */
export async function tools(checks: string): Promise<readonly Tool[]> {
  const newest = await pythonWith("requirements.txt");
  // Evidently 0.7.23 cannot be imported with pandas 3.1.
  const older = await pythonWith("requirements-evidently.txt");
  const script = (name: string) => join(import.meta.dirname, name);
  const python = (program: string, name: string) => [program, "-B", script(name), "--checks", checks];
  const both: readonly Job[] = ["contract", "full"];
  return [
    { name: "Tidemark", jobs: both, isOurs: true, command: [process.execPath, script("tidemark.ts")] },
    { name: "pandera", jobs: ["contract"], isOurs: false, command: python(newest, "pandera_checks.py") },
    {
      name: "Great Expectations",
      jobs: ["contract"],
      isOurs: false,
      command: python(newest, "great_expectations_checks.py"),
    },
    { name: "Evidently", jobs: both, isOurs: false, command: python(older, "evidently_checks.py") },
    { name: "pandas", jobs: both, isOurs: false, command: python(newest, "pandas_checks.py") },
  ];
}
