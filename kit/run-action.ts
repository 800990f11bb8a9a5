import { z } from "zod";
import type { ActionContext, ActionDefinition, Verdict } from "./define-action.ts";
import { type ExitCode, exitCodes } from "./exit-code.ts";
import { explain } from "./explain.ts";
import { parseInputs, secretNames } from "./parse-inputs.ts";
import type { Runner } from "./runner.ts";

type Connect<I extends z.ZodRawShape, Deps> = (
  inputs: z.output<z.ZodObject<I>>,
  context: ActionContext,
) => Deps | Promise<Deps>;

/** Reads and parses the inputs once, connects the adapters, runs, checks and hands over the outputs. Never throws. */
export function runAction<I extends z.ZodRawShape, O extends z.ZodRawShape, Deps>(
  definition: ActionDefinition<I, O, Deps>,
  runner: Runner,
  connect: Connect<I, NoInfer<Deps>>,
): Promise<ExitCode> {
  return guarded(runner, async () => {
    const context: ActionContext = { log: runner.log };
    const inputs = parseInputs(definition, readInputs(definition, runner));
    const result = await definition.run(inputs, await connect(inputs, context), context);
    const outputs = checkedOutputs(definition, result.outputs);
    const exitCode = verdictExitCode(result.verdict);
    runner.setOutputs(outputs);
    if (result.summary !== undefined) await runner.summary(result.summary);
    runner.finish({ exitCode, verdict: result.verdict, outputs, document: result.document ?? outputs });
    return exitCode;
  });
}

/** The one place that turns an error into words and an exit code. */
export async function guarded(runner: Pick<Runner, "fail">, work: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    const explained = explain(error);
    runner.fail(explained);
    return explained.exitCode;
  }
}

/** Secrets are masked before anything can quote them. */
function readInputs(definition: { readonly inputs: z.ZodRawShape }, runner: Runner) {
  const raw = runner.inputs(Object.keys(definition.inputs));
  for (const name of secretNames(definition)) {
    const value = raw[name];
    if (value !== undefined) runner.mask(value);
  }
  return raw;
}

function checkedOutputs(definition: { readonly name: string; readonly outputs: z.ZodRawShape }, outputs: unknown) {
  const result = z.strictObject(definition.outputs).safeParse(outputs);
  if (result.success) return result.data;
  throw new Error(`The outputs of "${definition.name}" differ from its definition: ${z.prettifyError(result.error)}`);
}

function verdictExitCode(verdict: Verdict | undefined): ExitCode {
  return verdict === undefined || verdict === "pass" ? exitCodes.passed : exitCodes.notPassed;
}
