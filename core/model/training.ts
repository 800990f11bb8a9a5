import type { ModelConfig } from "../config/tidemark-config.ts";
import type { Clock } from "../ports/clock.ts";
import type { CommandRunner } from "../ports/command-runner.ts";
import type { DataEngine } from "../ports/data-engine.ts";
import type { Documents } from "../ports/documents.ts";
import type { Files } from "../ports/files.ts";
import type { GitState } from "../ports/git-state.ts";

export interface TrainingPorts {
  readonly files: Files;
  readonly documents: Documents;
  readonly engine: DataEngine;
  readonly commands: CommandRunner;
  readonly git: GitState;
  readonly clock: Clock;
}

export interface TrainingRequest {
  readonly name: string;
  readonly model: ModelConfig;
  /** Folder for the candidate, emptied first. */
  readonly output: string;
}
