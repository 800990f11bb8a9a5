export interface LoggedCall {
  readonly method: string;
  /** Template, such as `/repos/{owner}/{repo}/pulls`, so that calls can be counted by kind. */
  readonly route: string;
  readonly status: number;
  readonly actor: { readonly kind: string; readonly name: string };
  readonly at: string;
}

/** Every REST and GraphQL call, so that a test can say how much traffic a behaviour costs. */
export class CallLog {
  #calls: LoggedCall[] = [];

  add(call: LoggedCall): void {
    this.#calls.push(call);
  }

  all(): readonly LoggedCall[] {
    return this.#calls;
  }

  /** Calls by `METHOD /route`, most frequent first. */
  count(): Readonly<Record<string, number>> {
    const counts = new Map<string, number>();
    for (const { method, route } of this.#calls) {
      const name = `${method} ${route}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return Object.fromEntries([...counts].sort(([, one], [, other]) => other - one));
  }

  reset(): void {
    this.#calls = [];
  }
}
