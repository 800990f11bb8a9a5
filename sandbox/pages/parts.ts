import { type Html, html, trusted } from "./html.ts";
import type { Conclusion, DeploymentState, Outcome, PersonView, PullRequestState } from "./view.ts";

/** "2026-11-20 14:03 UTC" of an ISO 8601 time in UTC. */
export const time = (at: string): Html =>
  html`<time datetime="${at}">${at.slice(0, 10)} ${at.slice(11, 16)} UTC</time>`;

const FULL_CIRCLE = 360;
/** A letter on a colour of its own for every login. */
export function avatar({ login, isBot }: PersonView): Html {
  const hue = [...login].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % FULL_CIRCLE, 0);
  const shape = isBot ? "avatar bot" : "avatar";
  return html`<span class="${shape}" style="--hue:${hue}" aria-hidden="true">${login.slice(0, 1).toUpperCase()}</span>`;
}

/** An app's login ends in "[bot]" in the API; GitHub shows it as a badge. */
export function person({ login, isBot }: PersonView): Html {
  const badge = isBot ? html` <span class="badge">bot</span>` : undefined;
  return html`<strong class="person">${login.replace(/\[bot\]$/, "")}</strong>${badge}`;
}

type Tone = "good" | "bad" | "busy" | "quiet" | "merged";

const SHAPES: Readonly<Record<Tone, string>> = {
  good: '<path d="M4.5 8.2 7 10.7l4.6-5"/>',
  bad: '<path d="m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2"/>',
  busy: '<path d="M8 4.5V8l2.4 1.6"/>',
  quiet: '<path d="M4.8 8h6.4"/>',
  merged: '<path d="M5 4v8M5 6c1 3 3 3.6 6 3.6"/>',
};

function icon(tone: Tone, label: string): Html {
  const shape = trusted(SHAPES[tone]);
  return html`<svg class="icon ${tone}" viewBox="0 0 16 16" role="img" aria-label="${label}"><circle cx="8" cy="8" r="7.25"/>${shape}</svg>`;
}

const CONCLUSION_TONES: Readonly<Record<Conclusion, Tone>> = {
  success: "good",
  failure: "bad",
  timed_out: "bad",
  action_required: "bad",
  neutral: "quiet",
  cancelled: "quiet",
  skipped: "quiet",
  stale: "quiet",
};

const toneOf = ({ status, conclusion }: Outcome): Tone =>
  status === "completed" && conclusion !== undefined ? CONCLUSION_TONES[conclusion] : "busy";

const spaced = (word: string): string => word.replaceAll("_", " ");

export const outcomeWord = ({ status, conclusion }: Outcome): string => spaced(conclusion ?? status);
export const outcomeIcon = (outcome: Outcome): Html => icon(toneOf(outcome), outcomeWord(outcome));
export const isFailed = (outcome: Outcome): boolean => toneOf(outcome) === "bad";

const PULL_REQUEST_TONES: Readonly<Record<PullRequestState, Tone>> = {
  open: "good",
  draft: "quiet",
  closed: "bad",
  merged: "merged",
};
export const pullRequestPill = (state: PullRequestState): Html => pill(PULL_REQUEST_TONES[state], state);
export const pullRequestIcon = (state: PullRequestState): Html => icon(PULL_REQUEST_TONES[state], state);

const DEPLOYMENT_TONES: Readonly<Record<DeploymentState, Tone>> = {
  pending: "busy",
  queued: "busy",
  in_progress: "busy",
  success: "good",
  failure: "bad",
  error: "bad",
  inactive: "quiet",
};
export const deploymentIcon = (state: DeploymentState): Html => icon(DEPLOYMENT_TONES[state], spaced(state));

/** GitHub calls a successful deployment that still serves "Active". */
export const deploymentPill = (state: DeploymentState): Html =>
  pill(DEPLOYMENT_TONES[state], state === "success" ? "active" : spaced(state));

export const pill = (tone: Tone, word: string): Html =>
  html`<span class="pill ${tone}">${word.slice(0, 1).toUpperCase()}${word.slice(1)}</span>`;

const SHORT_SHA = 7;
export const shortSha = (sha: string): Html => html`<code class="sha">${sha.slice(0, SHORT_SHA)}</code>`;

const KILOBYTE = 1024;
export function fileSize(bytes: number): string {
  if (bytes < KILOBYTE) return `${bytes} B`;
  const kilobytes = bytes / KILOBYTE;
  return kilobytes < KILOBYTE ? `${kilobytes.toFixed(1)} KB` : `${(kilobytes / KILOBYTE).toFixed(1)} MB`;
}

export const count = (amount: number, noun: string): string => `${amount} ${noun}${amount === 1 ? "" : "s"}`;

/** A titled block; with nothing in it, a sentence that says so. */
export function section(title: string, rows: readonly Html[], emptyText: string): Html {
  const id = title.toLowerCase().replaceAll(" ", "-");
  const content = rows.length > 0 ? html`<ul class="box list">${rows}</ul>` : html`<p class="blank">${emptyText}</p>`;
  return html`<section id="${id}"><h2>${title} <span class="counter">${rows.length}</span></h2>${content}</section>\n`;
}
