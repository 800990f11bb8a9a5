import type { Account } from "./account.ts";

export interface ReleaseAsset {
  readonly id: number;
  name: string;
  label: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly digest: string;
  readonly blobId: string;
  readonly uploader: Account;
  readonly createdAt: string;
  downloads: number;
}

export interface Release {
  readonly id: number;
  tagName: string;
  targetCommitish: string;
  name: string | null;
  body: string | null;
  draft: boolean;
  prerelease: boolean;
  readonly author: Account;
  readonly createdAt: string;
  publishedAt: string | null;
  readonly assets: ReleaseAsset[];
}
