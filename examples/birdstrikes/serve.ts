// Serves the model in TIDEMARK_MODEL_DIR under the name TIDEMARK_MODEL_NAME over the Open Inference Protocol (REST, v2).
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { loadModel, modelDigest, readModelFiles } from "./model-files.ts";
import { answer, type Serving } from "./routes.ts";

const { TIDEMARK_MODEL_DIR: folder = "out/model", TIDEMARK_MODEL_NAME: name = "bird-damage" } = process.env;
const { HOST: host = "127.0.0.1", PORT: port = "8080" } = process.env;
const DRAIN_SECONDS = 10;

/** Reads, hashes and loads the model before anything listens: a server that answers can score. */
async function load(): Promise<Serving> {
  try {
    const files = readModelFiles(folder);
    return { name, digest: modelDigest(files), model: await loadModel(files), draining: false };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`Cannot load the model in ${folder}: ${reason.split("\n")[0]}.`);
    process.exit(1);
  }
}

const serving = await load();
const server = createServer((request, response) => {
  void answer(serving, request).then(({ status, body }) => {
    // Without keep-alive for refused uploads (their rest is not read) and while draining.
    const close = status === 413 || serving.draining ? { connection: "close" } : {};
    response.writeHead(status, { "content-type": "application/json", ...close }).end(JSON.stringify(body));
  });
});

server.on("error", (error) => {
  console.error(`Cannot listen on ${host}:${port}: ${error.message}.`);
  process.exit(1);
});
server.listen(Number(port), host, () => {
  const { port: chosen } = server.address() as AddressInfo;
  console.log(`serving ${name} ${serving.digest} at http://${host}:${chosen}`);
});

/** Answers what has begun, takes nothing new, and leaves with 0. */
function drain(): void {
  serving.draining = true;
  server.close(() => process.exit(0));
  setTimeout(() => server.closeAllConnections(), DRAIN_SECONDS * 1000).unref();
}
process.once("SIGTERM", drain);
process.once("SIGINT", drain);
