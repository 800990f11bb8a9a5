import { z } from "zod";
import { UserError } from "#core/errors";
import { RelativePath } from "#core/names";
import type { Contents } from "#core/ports/code-host";
import { type Client, undefinedWhenMissing } from "./client.ts";
import { wordsOf } from "./problems.ts";

const Entry = z.object({ type: z.string(), encoding: z.string().optional(), content: z.string().optional() });
const FileOrFolder = z.union([Entry, z.array(z.unknown()).transform(() => undefined)]);

export function repositoryContents(client: Client): Contents {
  return { read: (path, ref) => readFile(client, path, ref) };
}

async function readFile(client: Client, path: string, ref: string): Promise<string | undefined> {
  const safePath = RelativePath.parse(path);
  const entry = await client
    .read("GET /repos/{owner}/{repo}/contents/{path}", FileOrFolder, { path: safePath, ref })
    .catch((error) => {
      // A commit that is not there must not read like a file that is not there.
      if (/no commit found/i.test(wordsOf(error))) throw error;
      return undefinedWhenMissing(error);
    });
  if (entry === undefined || entry.type !== "file") return undefined;
  if (entry.encoding !== "base64") throw unreadable(path, ref, "it is larger than 1 MiB");
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      Buffer.from(entry.content ?? "", "base64"),
    );
  } catch (error) {
    throw unreadable(path, ref, "it is not UTF-8 text", error);
  }
}

// biome-ignore lint/complexity/useMaxParams: an error's cause comes last, as everywhere.
function unreadable(path: string, ref: string, reason: string, cause?: unknown): UserError {
  return new UserError(
    "FILE_UNREADABLE",
    `The file "${path}" at ${ref} cannot be read: ${reason}.`,
    "Check the file.",
    {
      cause,
    },
  );
}
