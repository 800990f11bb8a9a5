#!/usr/bin/env node
import { suite } from "#actions/suite";
import { runCommandLine } from "./command-line.ts";

process.exitCode = await runCommandLine(process.argv.slice(2), suite, {
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
});
