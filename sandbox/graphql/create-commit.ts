import { z } from "zod";
import { commitFiles } from "../effects/commit-files.ts";
import { isTreePath } from "../git/tree.ts";
import type { Cause } from "../http/call.ts";
import { needs } from "../http/route.ts";
import { findRepository, inTurn } from "../state.ts";
import { authorizeGraphql } from "./access.ts";
import { GraphqlError } from "./graphql-error.ts";

const Path = z.string().refine(isTreePath, "must be a path inside the repository");

const Input = z.object({
  branch: z.object({ repositoryNameWithOwner: z.string(), branchName: z.string() }),
  expectedHeadOid: z.string(),
  message: z.object({ headline: z.string(), body: z.string().nullish() }),
  fileChanges: z.object({
    additions: z.array(z.object({ path: Path, contents: z.string() })).default([]),
    deletions: z.array(z.object({ path: Path })).default([]),
  }),
});

/** An atomic commit: refused when the branch moved since the caller read it. */
export async function createCommitOnBranch(cause: Cause, input: unknown): Promise<unknown> {
  const { branch, expectedHeadOid, message, fileChanges } = Input.parse(input);
  const repository = findRepository(cause.state, branch.repositoryNameWithOwner);
  if (!repository) throw new GraphqlError("NOT_FOUND", `Could not resolve to a Repository.`);
  authorizeGraphql(cause, repository, needs("contents:write"));
  const additions = fileChanges.additions.map(({ path, contents }) => ({
    path,
    content: Buffer.from(contents, "base64"),
  }));
  const deletions = fileChanges.deletions.map(({ path }) => ({ path, content: null }));
  const name = branch.branchName.replace(/^refs\/heads\//, "");
  const wish = {
    branch: name,
    message: message.body ? `${message.headline}\n\n${message.body}` : message.headline,
    edits: [...additions, ...deletions],
    expectedHead: expectedHeadOid,
  };
  const oid = await inTurn(repository, () => commitFiles(cause, repository, wish));
  if (oid === undefined) {
    const tip = await repository.git.branchSha(name);
    throw new GraphqlError("STALE_DATA", `Expected branch to point to "${tip}" but it did not. Pull and try again.`);
  }
  const url = `${cause.state.url}/${repository.fullName}/commit/${oid}`;
  return { commit: { oid, url }, ref: { name, target: { oid } } };
}
