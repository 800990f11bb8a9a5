import type { Check, CheckResult } from "#core/data/check";
import { findTypes, type TypedTable } from "./find-types.ts";
import { KeyBudget } from "./key-set.ts";
import { type KeyTest, keyTest } from "./key-tests.ts";
import type { TableReader } from "./read-table.ts";
import type { TableFile } from "./table-file.ts";
import { isOfKeys, judgeOf, keyJudge, Tally } from "./tally.ts";

/** Counts checks over the rows of one reading. */
export class TallyReader implements TableReader {
  readonly #checks: readonly Check[];
  /** By the place of the check: the same check twice remembers its own keys each time. */
  readonly #keyTests: ReadonlyMap<number, KeyTest>;
  #tallies: readonly Tally[] = [];

  constructor(checks: readonly Check[], keyTests: ReadonlyMap<number, KeyTest>) {
    this.#checks = checks;
    this.#keyTests = keyTests;
  }

  header(columns: readonly string[]): void {
    this.#tallies = this.#checks.map((check, at) => new Tally(this.#judge(check, at, columns)));
  }

  row(values: readonly string[], line: number): void {
    for (const tally of this.#tallies) tally.add(values, line);
  }

  results(): readonly CheckResult[] {
    return this.#tallies.map((tally) => tally.result());
  }

  #judge(check: Check, at: number, columns: readonly string[]) {
    return isOfKeys(check)
      ? keyJudge(check, columns, this.#keyTests.get(at) ?? (() => "broken"))
      : judgeOf(check, columns);
  }
}

/** @param known the table's types, when they were found already */
export async function tallyReader(
  file: TableFile,
  checks: readonly Check[],
  known: TypedTable | undefined,
): Promise<TallyReader> {
  const needTypes = checks.some(({ kind }) => kind === "distinct-rows" || kind === "exists-in");
  const table = known ?? (needTypes ? await findTypes(file) : undefined);
  const scene = { file, columns: table?.columns ?? [], types: table?.types ?? new Map(), budget: new KeyBudget() };
  const keyTests = new Map<number, KeyTest>();
  for (const [at, check] of checks.entries()) if (isOfKeys(check)) keyTests.set(at, await keyTest(check, scene));
  return new TallyReader(checks, keyTests);
}
