/** Tells a person what happens, each step with its time. */
export interface Narrator {
  step<Result>(title: string, work: () => Promise<Result>): Promise<Result>;
  say(line: string): void;
}

export function narrator(print: (line: string) => void): Narrator {
  const begun = performance.now();
  let number = 0;
  return {
    say: (line) => print(`     ${line}`),
    async step(title, work) {
      number++;
      print(`\n${String(number).padStart(2)}. ${title}`);
      const started = performance.now();
      const result = await work();
      const now = performance.now();
      print(`     ${seconds(now - started)} (${seconds(now - begun)} in all)`);
      return result;
    },
  };
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
