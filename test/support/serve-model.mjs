// A tiny server of the Open Inference Protocol for the tests: it hashes the files it was given, as a real one does.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const { TIDEMARK_MODEL_DIR: folder, TIDEMARK_MODEL_NAME: name, HOST: host, PORT: port } = process.env;
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
const lines = readdirSync(folder)
  .sort()
  .map((path) => {
    const bytes = readFileSync(join(folder, path));
    return `${path} ${bytes.length} ${hash(bytes)}\n`;
  });
const content = readFileSync(join(folder, "model.txt"), "utf8");
if (content.includes("crash")) throw new Error("this model cannot be loaded");
// "late": the trial on a free port works, the fixed port does not.
if (content.includes("late") && port === process.env.TIDEMARK_TEST_FIXED_PORT) throw new Error("no such luck here");
const digest = `sha256:${content.includes("liar") ? "0".repeat(64) : hash(lines.join(""))}`;

createServer((request, response) => {
  if (request.url === "/v2/health/ready") response.writeHead(content.includes("unready") ? 503 : 200).end();
  else if (request.url === `/v2/models/${name}`)
    response.end(JSON.stringify({ name, properties: { "model.digest": digest } }));
  else response.writeHead(404).end();
}).listen(Number(port), host, () => process.stdout.write(`serving ${digest}\n`));
