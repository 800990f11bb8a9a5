/** Puts the comment as the code renders it now into the README: `npm exec -- node test/docs/update-readme.ts`. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { quotedComment } from "./support/comment.ts";
import { between, ROOT } from "./support/documents.ts";

const path = join(ROOT, "README.md");
const text = readFileSync(path, "utf8");
writeFileSync(
  path,
  text.replace(between(text, "example:comment"), () => quotedComment()),
);
