import { spawn } from "node:child_process";

/** Runs a program to its end, with `input` as what it reads. Throws what it said when it fails. */
export function command(program: string, parameters: readonly string[], cwd: string, input = ""): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    const child = spawn(program, parameters, { cwd, stdio: ["pipe", "pipe", "pipe"], timeout: 240_000 });
    const listen = (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-4_000);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}: ${said}`))));
    child.stdin.end(input);
  });
}
