import type { FileSource } from "#core/ports/file-source";
import { download } from "./download.ts";
import { refuseAddress, refused } from "./hosts.ts";
import { openWeb, type WebOptions } from "./web-options.ts";

/**
 * Files of web servers, each by its address. A file's name is its address without the query, which may hold a secret.
 * @throws UserError SOURCE_REFUSED
 */
export function webSource(addresses: readonly string[], options: WebOptions): FileSource {
  const [first, ...others] = addresses.map((address) => new URL(address));
  if (first === undefined) throw refused("No address is named", "Name at least one.");
  const web = openWeb(options, first);
  const urls = new Map<string, URL>();
  for (const url of [first, ...others]) {
    refuseAddress(url, web.hosts);
    const name = url.origin + url.pathname;
    if (urls.has(name))
      throw refused(`Two sources are ${name}`, "Name each file once; queries do not tell files apart.");
    urls.set(name, url);
  }
  return {
    list: async () => [...urls.keys()].sort(),
    copy: async (name, file, maxBytes) => {
      const url = urls.get(name);
      if (url === undefined) throw new Error(`${name} was not listed`);
      return download(web, { url, file, maxBytes });
    },
    description: [...new Set([...urls.values()].map(({ host }) => host))].join(", "),
  };
}
