import type { StoredObject } from "#core/ports/bucket";
import { readDocument, type S3Client } from "./client.ts";
import { Transient } from "./retry.ts";
import { brokenAnswer } from "./unanswered.ts";
import { childText, type XmlElement } from "./xml.ts";

interface Page {
  readonly objects: readonly StoredObject[];
  readonly next: string | undefined;
}

/**
 * ListObjectsV2, page after page. Keys must rise from page to page (by their bytes, as S3 orders them): a server that
 * repeats itself or loses its place gives an error instead of a list that is wrong or has no end.
 */
export async function* listObjects(client: S3Client, below: string): AsyncGenerator<StoredObject> {
  const { prefix: base } = client.location;
  let last = Buffer.alloc(0);
  for await (const object of everyPage(client, base + below)) {
    const key = Buffer.from(object.key);
    if (Buffer.compare(last, key) >= 0 || !object.key.startsWith(base + below)) throw disorder(object.key);
    last = key;
    // Some tools keep an empty object as a mark of the folder itself.
    if (object.key !== base) yield { ...object, key: object.key.slice(base.length) };
  }
}

async function* everyPage(client: S3Client, prefix: string): AsyncGenerator<StoredObject> {
  let token: string | undefined;
  do {
    const page: Page = await listPage(client, prefix, token);
    yield* page.objects;
    if (page.next !== undefined && page.objects.length === 0) throw disorder(page.next);
    token = page.next;
  } while (token !== undefined);
}

function listPage(client: S3Client, prefix: string, token: string | undefined): Promise<Page> {
  const query = {
    "list-type": "2",
    // XML cannot carry every character of a key.
    "encoding-type": "url",
    ...(prefix === "" ? {} : { prefix }),
    ...(token === undefined ? {} : { "continuation-token": token }),
  };
  return client.call({ method: "GET", query }, async (answer) => {
    const document = await readDocument(answer, "ListBucketResult");
    try {
      return readPage(document);
    } catch (error) {
      throw new Transient(brokenAnswer("the server", "the listing cannot be read", error));
    }
  });
}

function readPage(document: XmlElement): Page {
  const decode = childText(document, "EncodingType") === "url" ? decodeUrl : (text: string) => text;
  const objects = document.children
    .filter(({ name }) => name === "Contents")
    .map((element) => readObject(element, decode));
  const isTruncated = childText(document, "IsTruncated");
  const next = childText(document, "NextContinuationToken");
  if (isTruncated === "false") return { objects, next: undefined };
  if (isTruncated !== "true" || next === undefined || next === "") throw new SyntaxError("no way to the next page");
  return { objects, next };
}

/** As in forms: Amazon writes a space as +. */
const decodeUrl = (text: string): string => decodeURIComponent(text.replaceAll("+", " "));

function readObject(element: XmlElement, decode: (text: string) => string): StoredObject {
  const key = decode(childText(element, "Key") ?? "");
  const size = childText(element, "Size") ?? "";
  const modified = new Date(childText(element, "LastModified") ?? "");
  if (key === "" || !/^\d{1,15}$/.test(size) || Number.isNaN(modified.getTime())) throw new SyntaxError("no object");
  return { key, size: Number(size), modifiedAt: modified.toISOString() };
}

function disorder(at: string) {
  const why = `the listing is out of order at ${JSON.stringify(at.slice(0, 80))}`;
  return brokenAnswer("the server", why);
}
