import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { refuseAddress, refused } from "./hosts.ts";
import { isSameServer, type Web } from "./web-options.ts";

const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Asks for a file, following redirects that stay on the host; each address on the way is looked at like the first.
 * @returns the answer, whose body is still to be read or destroyed
 */
export async function ask(web: Web, first: URL, signal: AbortSignal): Promise<IncomingMessage> {
  let url = first;
  for (let hops = 0; ; hops += 1) {
    refuseAddress(url, web.hosts);
    const answer = await get(web, url, signal);
    if (!REDIRECTS.has(answer.statusCode ?? 0)) return answer;
    // Nothing of it is wanted, and it may have no end.
    answer.destroy();
    if (hops === MAX_REDIRECTS) throw refused(`${url.host} redirects more than ${MAX_REDIRECTS} times`, FINAL);
    url = redirect(url, answer.headers.location);
  }
}

const FINAL = "Name the address where the file itself lies.";

function redirect(from: URL, location = ""): URL {
  if (!URL.canParse(location, from.href)) throw refused(`${from.host} redirects to nowhere`, FINAL);
  const to = new URL(location, from);
  if (isSameServer(to, from)) return to;
  throw refused(`${from.host} redirects to another server, which is not followed`, FINAL);
}

function get(web: Web, url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  const { idleSeconds, connectSeconds } = web.patience;
  const token = web.tokenFor(url);
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === "http:" ? requestHttp : requestHttps)(url, {
      agent: web.agentFor(url),
      headers: { accept: "*/*", "accept-encoding": "identity", "user-agent": "tidemark", ...authorization },
      signal,
    });
    const end = (what: string) => () => request.destroy(new Error(what));
    const connecting = setTimeout(end(`no connection for ${connectSeconds} s`), connectSeconds * 1_000);
    request.setTimeout(idleSeconds * 1_000, end(`silent for ${idleSeconds} s`));
    request.once("socket", (socket) => {
      const ready = () => clearTimeout(connecting);
      socket.once("encrypted" in socket ? "secureConnect" : "connect", ready);
    });
    request.once("response", (answer) => {
      // Such as bytes after the length that was announced: the body is then not what the server has.
      request.on("error", (error) => answer.destroy(error));
      resolve(answer);
    });
    request.on("error", reject);
    request.once("close", () => clearTimeout(connecting));
    request.end();
  });
}
