import { connect as connectPlain, isIP } from "node:net";
import { type ConnectionOptions, connect as connectTls, createSecureContext } from "node:tls";
import type { ISocketFactory } from "kafkajs";
import { UserError } from "#core/errors";

/** `ca` and the client's own certificate as PEM text. */
export interface TlsFiles {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** The code of a connection in plain text to which TLS answered. */
export const TLS_WANTED = "TLS_WANTED";

/** @throws UserError TLS_FILES_MALFORMED for what is no PEM: Node would trust nobody, or fail at each connection anew */
export function checkTls({ ca, cert, key }: TlsFiles): void {
  const isCertificate = (text: string) => text.includes("-----BEGIN CERTIFICATE-----");
  if (ca !== undefined && !isCertificate(ca)) throw malformed("The certificate authority is");
  if (cert !== undefined && !isCertificate(cert)) throw malformed("The client's certificate is");
  if ((cert === undefined) !== (key === undefined)) throw malformed("A client's certificate without its key is");
  try {
    createSecureContext({ ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) });
  } catch (error) {
    throw malformed("The certificates and key are", error);
  }
}

function malformed(what: string, cause?: unknown): UserError {
  return new UserError(
    "TLS_FILES_MALFORMED",
    `${what} not usable for TLS.`,
    "Give certificates and key as PEM text, the key without a passphrase and belonging to its certificate.",
    { cause },
  );
}

/** As kafkajs does it, but a plain connection notices when TLS answers: its first bytes pass for a length of 350 MB. */
export const newSocket: ISocketFactory = ({ host, port, ssl, onConnect }) => {
  const socket = ssl ? secure({ host, port, ssl, onConnect }) : connectPlain({ host, port }, onConnect);
  socket.setKeepAlive(true, 60_000);
  if (ssl) return socket;
  socket.once("data", (bytes: Buffer) => {
    if (isTlsAlert(bytes)) socket.destroy(Object.assign(new Error("it answers with TLS"), { code: TLS_WANTED }));
  });
  return socket;
};

function secure({ host, port, ssl, onConnect }: Parameters<ISocketFactory>[0]) {
  const options: ConnectionOptions = { host, port, ...ssl };
  return connectTls(isIP(host) === 0 ? { servername: host, ...options } : options, onConnect);
}

/** Content type 21, then version 3. */
function isTlsAlert(bytes: Buffer): boolean {
  return bytes[0] === 21 && bytes[1] === 3;
}
