import type { z } from "zod";
import type { Log } from "#core/ports/log";
import { type InputField, inputFields, outputFields } from "./field.ts";

export type Verdict = "pass" | "fail" | "inconclusive";

export interface ActionResult<O extends z.ZodRawShape> {
  readonly outputs: z.input<z.ZodObject<O>>;
  /** Anything but `pass` makes the exit code 1; an action that judges nothing leaves it out. */
  readonly verdict?: Verdict;
  /** Markdown for the job summary. */
  readonly summary?: string;
  /** The one JSON document that --json prints; the outputs when left out. */
  readonly document?: unknown;
}

export interface ActionContext {
  readonly log: Log;
}

export type BrandColor = "white" | "black" | "yellow" | "blue" | "green" | "orange" | "red" | "purple" | "gray-dark";

export interface ActionDefinition<I extends z.ZodRawShape, O extends z.ZodRawShape, Deps> {
  /** Kebab-case, the name of its folder. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** A Feather icon, shown in the Marketplace. */
  readonly icon: string;
  readonly color: BrandColor;
  /** Each reads a string; see kit/input-types.ts. */
  readonly inputs: I;
  readonly outputs: O;
  /** Inputs that the command line also takes without their flags, in this order. */
  readonly positional?: readonly (keyof I & string)[];
  run(inputs: z.output<z.ZodObject<I>>, deps: Deps, context: ActionContext): Promise<ActionResult<O>>;
}

/** Any definition, for code that reads what it declares and does not run it. */
export type DescribedAction = Omit<ActionDefinition<z.ZodRawShape, z.ZodRawShape, never>, "run">;

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const definitions = new WeakSet<object>();

/** Declares an action once; action.yml, README tables, command line help and JSON Schema follow from it. Throws on a name or a description amiss. */
export function defineAction<const I extends z.ZodRawShape, const O extends z.ZodRawShape, Deps>(
  definition: ActionDefinition<I, O, Deps>,
): ActionDefinition<I, O, Deps> {
  const problems = findProblems(definition);
  if (problems.length > 0) throw new Error(`Action "${definition.name}": ${problems.join("; ")}.`);
  definitions.add(definition);
  return definition;
}

export function isActionDefinition(value: unknown): value is DescribedAction {
  return typeof value === "object" && value !== null && definitions.has(value);
}

function findProblems(definition: DescribedAction): string[] {
  const inputs = inputFields(definition);
  const fields = [...inputs, ...outputFields(definition)];
  const names = [definition.name, ...fields.map((field) => field.name)];
  return [
    ...names.filter((name) => !KEBAB.test(name)).map((name) => `"${name}" is not kebab-case`),
    ...fields.filter((field) => field.description === "").map(({ name }) => `"${name}" needs meta({ description })`),
    ...inputs
      .filter(({ name, secret }) => /(^|-)(token|password)$/.test(name) && !secret)
      .map(({ name }) => `"${name}" must be secret()`),
    ...positionalProblems(definition.positional ?? [], inputs),
  ];
}

function positionalProblems(names: readonly string[], inputs: readonly InputField[]): string[] {
  const misfits = names.filter((name) => {
    const input = inputs.find((one) => one.name === name);
    return input === undefined || input.secret || input.kind === "flag" || input.kind === "list";
  });
  return [
    ...misfits.map((name) => `"${name}" cannot be positional: it must be an input, no secret, no flag, no list`),
    ...(new Set(names).size < names.length ? ["an input is positional twice"] : []),
  ];
}
