import { z } from "zod";
import type { CheckRun, Checks } from "#core/ports/code-host";
import type { Client } from "./client.ts";
import { createOnce } from "./create-once.ts";
import { type Identity, isOwnCheck } from "./identity.ts";
import { firstItem } from "./pages.ts";

const RawCheck = z.object({
  id: z.number(),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  output: z.object({ title: z.string().nullable(), summary: z.string().nullable() }),
  app: z.object({ id: z.number(), slug: z.string().optional() }).nullable(),
});
type RawCheck = z.output<typeof RawCheck>;

export function repositoryChecks(client: Client, identity: Identity): Checks {
  const find = (check: CheckRun): Promise<RawCheck | undefined> =>
    firstItem(
      client,
      {
        route: "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
        item: RawCheck,
        field: "check_runs",
        parameters: { ref: check.commit, check_name: check.name, filter: "latest" },
      },
      (raw) => raw.name === check.name && isOwnCheck(raw, identity),
    );
  return {
    upsert: async (check) => {
      const existing = await find(check);
      if (existing === undefined) {
        const wanted = { head_sha: check.commit, ...fields(check) };
        const create = () => client.write("POST /repos/{owner}/{repo}/check-runs", RawCheck, wanted);
        await createOnce(create, () => find(check));
        return "created";
      }
      if (isSame(existing, check)) return "unchanged";
      const wanted = { check_run_id: existing.id, ...fields(check) };
      await client.write("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", RawCheck, wanted);
      return "edited";
    },
  };
}

function fields({ name, status, conclusion, title, summary }: CheckRun) {
  return {
    name,
    status,
    ...(status === "completed" && { conclusion: conclusion ?? "neutral" }),
    output: { title, summary },
  };
}

function isSame(raw: RawCheck, wanted: CheckRun): boolean {
  const { conclusion = null, output } = { conclusion: null, ...fields(wanted) };
  return (
    raw.status === wanted.status &&
    raw.conclusion === conclusion &&
    raw.output.title === output.title &&
    raw.output.summary === output.summary
  );
}
