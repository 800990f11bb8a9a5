import { createHash, createHmac, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

export interface StoredBlob {
  readonly sizeBytes: number;
  readonly digest: string;
}

export type BlobAccess = "read" | "write";

const ID = /^[0-9a-f-]{36}$/;

/** Bytes on disk behind signed URLs, as GitHub keeps artifacts and release assets in Azure. */
export class BlobStore {
  readonly #folder: string;
  readonly #key = randomBytes(32);

  constructor(folder: string) {
    this.#folder = folder;
  }

  newId(): string {
    return randomUUID();
  }

  /** Streams to a file beside the final one, so that a broken upload leaves nothing behind. */
  async write(id: string, content: ReadableStream | null): Promise<StoredBlob> {
    await mkdir(this.#folder, { recursive: true });
    const partial = `${this.#path(id)}.partial-${randomUUID()}`;
    try {
      const stored = await digestTo(partial, content);
      await rename(partial, this.#path(id));
      return stored;
    } finally {
      await rm(partial, { force: true });
    }
  }

  async writeBlock(id: string, block: string, content: ReadableStream | null): Promise<void> {
    await mkdir(this.#blockFolder(id), { recursive: true });
    await digestTo(join(this.#blockFolder(id), blockName(block)), content);
  }

  /** Puts the uploaded blocks together in the order the client lists them. */
  async commitBlocks(id: string, blocks: readonly string[]): Promise<void> {
    const files = blocks.map((block) => join(this.#blockFolder(id), blockName(block)));
    await this.write(id, Readable.toWeb(Readable.from(concatenated(files))) as ReadableStream);
    await rm(this.#blockFolder(id), { recursive: true, force: true });
  }

  async sizeBytes(id: string): Promise<number | undefined> {
    return stat(this.#path(id)).then(
      ({ size }) => size,
      () => undefined,
    );
  }

  read(id: string): ReadableStream {
    return Readable.toWeb(createReadStream(this.#path(id))) as ReadableStream;
  }

  async delete(id: string): Promise<void> {
    await rm(this.#path(id), { force: true });
  }

  sign(id: string, access: BlobAccess): string {
    return createHmac("sha256", this.#key).update(`${access} ${id}`).digest("base64url");
  }

  isSigned(id: string, access: BlobAccess, signature: string): boolean {
    const expected = Buffer.from(this.sign(id, access));
    const given = Buffer.from(signature);
    return expected.length === given.length && timingSafeEqual(expected, given);
  }

  #path(id: string): string {
    if (!ID.test(id)) throw new Error(`"${id}" is no blob id.`);
    return join(this.#folder, id);
  }

  #blockFolder(id: string): string {
    return `${this.#path(id)}.blocks`;
  }
}

/** Azure's block ids are base64, which may hold a slash. */
function blockName(block: string): string {
  return createHash("sha256").update(block).digest("hex");
}

async function digestTo(path: string, content: ReadableStream | null): Promise<StoredBlob> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      done(null, chunk);
    },
  });
  const source = content ? Readable.fromWeb(content as Parameters<typeof Readable.fromWeb>[0]) : Readable.from([]);
  await pipeline(source, counter, createWriteStream(path));
  return { sizeBytes, digest: `sha256:${hash.digest("hex")}` };
}

async function* concatenated(files: readonly string[]): AsyncGenerator<Buffer> {
  for (const file of files) yield* createReadStream(file);
}
