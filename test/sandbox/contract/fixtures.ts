import type { Exchange } from "#sandbox/contract/exchange";
import { fill } from "#sandbox/contract/fill";

export const pullRequest = () => fill("pull-request", { number: 7, title: "Promote churn v3", state: "open" });

export const exchange = (fields: Partial<Exchange> = {}): Exchange => ({
  method: "GET",
  path: "/repos/acme/churn/pulls/7",
  query: {},
  requestBody: undefined,
  status: 200,
  responseBody: pullRequest(),
  contentType: "application/json; charset=utf-8",
  ...fields,
});

export const deliveryHeaders = (event: string): Record<string, string> => ({
  "X-GitHub-Event": event,
  "X-GitHub-Delivery": "0f6a3a10-7f0e-11ef-8000-1c0de0c0ffee",
  "X-GitHub-Hook-ID": "1",
  "X-GitHub-Hook-Installation-Target-ID": "2",
  "X-GitHub-Hook-Installation-Target-Type": "integration",
  "X-Hub-Signature-256": `sha256=${"a".repeat(64)}`,
  "User-Agent": "GitHub-Hookshot/0000000",
  "Content-Type": "application/json",
});

export const without = <T extends object>(object: T, name: keyof T): Partial<T> => {
  const { [name]: _, ...rest } = object;
  return rest as Partial<T>;
};
