import { type Context, Hono } from "hono";
import type { World } from "../http/world.ts";
import type { BlobAccess, BlobStore } from "./blob-store.ts";

export interface SignedBlob {
  readonly id: string;
  readonly access: BlobAccess;
  readonly fileName: string;
  readonly contentType: string;
}

/** An address that needs no token: the signature is the permission, as in Azure's SAS URLs. */
export function signedUrl(world: { state: World["state"] }, blobs: BlobStore, blob: SignedBlob): string {
  const url = new URL(`/blobs/${blob.id}/${encodeURIComponent(blob.fileName)}`, world.state.url);
  url.searchParams.set("sp", blob.access);
  url.searchParams.set("rsct", blob.contentType);
  url.searchParams.set("sig", blobs.sign(blob.id, blob.access));
  return url.href;
}

const BLOCKS = /<(?:Latest|Committed|Uncommitted)>([^<]+)</g;

/** The part of Azure's blob protocol that @actions/artifact speaks. */
export function blobRoutes(_world: World, blobs: BlobStore): Hono {
  const app = new Hono();
  app.get("/blobs/:id/:name", (context) =>
    guarded(context, { blobs, access: "read" }, (id) => download(context, blobs, id)),
  );
  app.put("/blobs/:id/:name", (context) =>
    guarded(context, { blobs, access: "write" }, (id) => upload(context, blobs, id)),
  );
  return app;
}

async function guarded(
  context: Context,
  { blobs, access }: { blobs: BlobStore; access: BlobAccess },
  work: (id: string) => Promise<Response>,
): Promise<Response> {
  const id = context.req.param("id") ?? "";
  const isSigned = blobs.isSigned(id, access, context.req.query("sig") ?? "");
  return isSigned ? work(id) : context.text("AuthenticationFailed", 403);
}

async function upload(context: Context, blobs: BlobStore, id: string): Promise<Response> {
  const { body } = context.req.raw;
  switch (context.req.query("comp")) {
    case "block":
      await blobs.writeBlock(id, context.req.query("blockid") ?? "", body);
      break;
    case "blocklist": {
      const list = await context.req.text();
      await blobs.commitBlocks(
        id,
        [...list.matchAll(BLOCKS)].map(([, block = ""]) => block),
      );
      break;
    }
    default:
      await blobs.write(id, body);
  }
  const headers = { etag: `"${id}"`, "x-ms-request-id": id, "x-ms-version": "2024-11-04" };
  return new Response(null, { status: 201, headers });
}

async function download(context: Context, blobs: BlobStore, id: string): Promise<Response> {
  const size = await blobs.sizeBytes(id);
  if (size === undefined) return context.text("BlobNotFound", 404);
  const name = context.req.param("name") ?? "";
  const headers = {
    "content-type": context.req.query("rsct") ?? "application/octet-stream",
    "content-length": String(size),
    "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  };
  return new Response(blobs.read(id), { headers });
}
