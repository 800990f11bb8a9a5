// Authorities and certificates made anew for each run; their keys never leave its folder.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { command } from "./command.ts";

export interface Authority {
  /** Its own certificate as PEM text. */
  readonly ca: string;
  /** Signs a certificate for 127.0.0.1, or for a person when it is a client's. */
  issue(name: string): Promise<{ readonly cert: string; readonly key: string }>;
}

const KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];

export async function newAuthority(folder: string, name: string): Promise<Authority> {
  const path = (file: string) => join(folder, `${name}-${file}`);
  const openssl = (...line: readonly string[]) => command("openssl", line, folder);
  const ca = ["-subj", `/CN=${name}`, "-addext", "keyUsage=critical,keyCertSign"];
  await openssl("req", "-x509", ...KEY, ...ca, "-keyout", path("ca.key"), "-out", path("ca.pem"));
  return {
    ca: await readFile(path("ca.pem"), "utf8"),
    issue: async (subject) => {
      const file = (extension: string) => path(`${subject}.${extension}`);
      await writeFile(file("ext"), "subjectAltName=IP:127.0.0.1\n");
      await openssl("req", ...KEY, "-subj", `/CN=${subject}`, "-keyout", file("key"), "-out", file("csr"));
      const signer = ["-CA", path("ca.pem"), "-CAkey", path("ca.key"), "-CAcreateserial", "-days", "2"];
      await openssl("x509", "-req", "-in", file("csr"), ...signer, "-extfile", file("ext"), "-out", file("pem"));
      const [cert, key] = await Promise.all([readFile(file("pem"), "utf8"), readFile(file("key"), "utf8")]);
      return { cert, key };
    },
  };
}
