import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { GIT_ENVIRONMENT } from "./git.ts";

export interface ObjectInfo {
  readonly sha: string;
  readonly type: "blob" | "tree" | "commit" | "tag";
  readonly size: number;
}

export interface GitObject extends ObjectInfo {
  readonly content: Buffer;
}

interface Waiting {
  readonly wantsContent: boolean;
  readonly resolve: (object: GitObject | undefined) => void;
}

const NEWLINE = 10;

/**
 * One long-lived `git cat-file --batch-command` child: a read costs a pipe round trip in place of a process.
 * Answers come in the order of the questions.
 */
export class ObjectReader {
  readonly #directory: string;
  #child: ChildProcessWithoutNullStreams | undefined;
  #waiting: Waiting[] = [];
  #buffer: Buffer = Buffer.alloc(0);
  #closed = false;

  constructor(directory: string) {
    this.#directory = directory;
  }

  info(revision: string): Promise<ObjectInfo | undefined> {
    return this.#ask("info", revision);
  }

  read(revision: string): Promise<GitObject | undefined> {
    return this.#ask("contents", revision);
  }

  close(): void {
    this.#closed = true;
    this.#child?.kill();
    this.#abandon();
  }

  #ask(command: "info" | "contents", revision: string): Promise<GitObject | undefined> {
    // A late question must not start a child that nobody ends.
    if (this.#closed || /[\n\0]/.test(revision)) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.#waiting.push({ wantsContent: command === "contents", resolve });
      this.#running().stdin.write(`${command} ${revision}\n`);
    });
  }

  #running(): ChildProcessWithoutNullStreams {
    if (this.#child) return this.#child;
    const child = spawn("git", ["cat-file", "--batch-command"], { cwd: this.#directory, env: GIT_ENVIRONMENT });
    child.stdout.on("data", (chunk: Buffer) => this.#receive(chunk));
    child.stdin.on("error", () => undefined);
    child.on("close", () => {
      if (this.#child === child) this.#abandon();
    });
    this.#child = child;
    return child;
  }

  #abandon(): void {
    this.#child = undefined;
    for (const { resolve } of this.#waiting.splice(0)) resolve(undefined);
    this.#buffer = Buffer.alloc(0);
  }

  #receive(chunk: Buffer): void {
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
    while (this.#waiting.length > 0 && this.#settleOne()) {
      // Each turn settles the oldest question.
    }
  }

  #settleOne(): boolean {
    const end = this.#buffer.indexOf(NEWLINE);
    const question = this.#waiting[0];
    if (end < 0 || !question) return false;
    const header = parseHeader(this.#buffer.subarray(0, end).toString());
    const start = end + 1;
    const length = header && question.wantsContent ? header.size + 1 : 0;
    if (this.#buffer.length < start + length) return false;
    const content = Buffer.from(this.#buffer.subarray(start, start + Math.max(0, length - 1)));
    this.#buffer = this.#buffer.subarray(start + length);
    this.#waiting.shift();
    question.resolve(header && { ...header, content });
    return true;
  }
}

function parseHeader(line: string): ObjectInfo | undefined {
  const match = /^(?<sha>[0-9a-f]{40}) (?<type>blob|tree|commit|tag) (?<size>\d+)$/.exec(line);
  if (!match?.groups) return undefined;
  const { sha = "", type, size } = match.groups;
  return { sha, type: type as ObjectInfo["type"], size: Number(size) };
}
