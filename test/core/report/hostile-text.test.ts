import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { profileOf } from "#core/data/profile/profile-of";
import { ValidationReport } from "#core/data/validation-report";
import { digestOf } from "#core/digest";
import { Evidence } from "#core/judge/evidence";
import { judge } from "#core/judge/judge";
import { checkOf } from "#core/report/check-summary";
import { commentState, REPORT_MARKER } from "#core/report/comment-state";
import { code, details, inHtml, link, plain, table, visible } from "#core/report/markdown";
import type { ModelReport } from "#core/report/model-report";
import { promotionComment } from "#core/report/promotion-comment";
import { rollbackText } from "#core/report/promotion-text";
import { reportComment } from "#core/report/report-comment";
import { reportPage } from "#core/report/report-page";
import { validationSummary } from "#core/report/validation-summary";
import { comparison, evidence, finding, slice } from "#test/support/builders/evidence";
import { gate } from "#test/support/builders/gate";
import { COMMIT, candidate, MODEL } from "#test/support/builders/model";
import { hold, KEY, releaseRecord } from "#test/support/builders/release-record";
import { liveParts, liveTags, rendered, tableShapes } from "./support/rendered.ts";

const ATTACKS = [
  "a | b | c",
  "<img src=x onerror=alert(1)>",
  "![x](https://evil.example/pixel.png)",
  "[click](https://evil.example)",
  "[click][1]\n\n[1]: https://evil.example",
  "https://evil.example/path",
  "HTTP://EVIL.EXAMPLE",
  "www.evil.example",
  "mail me@evil.example",
  "@ada and @ada/team",
  "fixes #1 and GH-1 and gh-2",
  "ada/models#1 and ada/other#2",
  "`code` and ``more``",
  "`",
  "```\nfence\n```",
  "</details></details>",
  "<details open><summary>x",
  "</summary></details><h1>big</h1>",
  "<!-- tidemark:report v1 -->",
  '\n<!-- tidemark:state {"shown":[]} -->\n',
  "-->",
  "\\",
  "\\| \\` \\<",
  "**bold** _em_ ~~gone~~ $x^2$",
  "# heading\n---\n> quote",
  "\u202egnp.exe\u202c",
  "a\u200bb\u200ec\ufeff\u{e0041}",
  "line\nbreak\r\nand\u2028more",
  "&lt;b&gt; &amp; &#64;ada &commat;ada",
  "<script>alert(1)</script>",
  '"><a href="javascript:alert(1)">x</a>',
  ":+1: :tada:",
  "x".repeat(70_000),
  "|".repeat(70_000),
];

const parsed = (value: unknown) => Evidence.parse(value);

/** Evidence whose every free text is the attack, as far as the schema lets it. */
function poisoned(attack: string): Evidence {
  const text = (longest: number) => attack.slice(0, longest);
  const base = evidence({ of: candidate({ lineage: { command: attack, platform: attack } }) });
  const test = { method: text(200), statistic: null, pValue: null };
  return parsed({
    ...base,
    comparisons: [comparison({ test })],
    slices: [
      slice({ column: text(200), value: text(500) }),
      slice({ column: text(200), value: text(500), tooFew: true }),
    ],
    findings: [
      finding({ column: text(200), sentence: text(1_000), nextStep: text(500) }),
      finding({ severity: "warning", sentence: text(1_000), nextStep: text(500) }),
    ],
    claimed: { [text(100)]: 0.5 },
    run: { id: 41, attempt: 1, headSha: attack.slice(0, 100) },
    tool: text(100),
  });
}

function report(found: Evidence): ModelReport {
  return {
    evidence: found,
    judgement: judge(found, gate()),
    runUrl: "https://github.example/ada/models/actions/runs/41",
  };
}

const commented = (found: Evidence) => reportComment({ kind: "judged", headSha: COMMIT, reports: [report(found)] }, "");

/** The shape of the same comment without anything hostile. */
const CALM = commented(poisoned("calm"));

describe.each(ATTACKS.map((attack) => ({ shown: JSON.stringify(attack).slice(0, 60), attack })))(
  "the name $shown is inert (F-69)",
  ({ attack }) => {
    test("in a report: no link, image, mention or reference, and every table whole", async () => {
      const page = await rendered(commented(poisoned(attack)));
      expect(liveParts(page)).toEqual([]);
      expect(tableShapes(page)).toEqual(tableShapes(await rendered(CALM)));
      expect(page.match(/<h[1-6]/g)).toHaveLength(1);
      expect(page.match(/<details/g)).toHaveLength(3);
      expect(page).toContain("<code>/model help</code>");
    });

    test("in a report: the marker, the state and the footer stay ours", () => {
      const text = commented(poisoned(attack));
      expect(text.length).toBeLessThanOrEqual(65_536);
      expect(text.startsWith(`${REPORT_MARKER}\n`)).toBe(true);
      expect(text.split("\n").filter((line) => line.startsWith("<!-- tidemark:"))).toHaveLength(2);
      expect(commentState.parse(text).shown).toMatchObject([{ model: MODEL, verdict: "fail" }]);
    });

    test("in what a broken run says of itself", async () => {
      const text = reportComment({ kind: "unusable", headSha: COMMIT, problem: attack }, "");
      const page = await rendered(text);
      expect(liveParts(page)).toEqual([]);
      expect(page.match(/<(h[1-6]|ul|ol|pre|blockquote|hr|del|strong|em)\b/g)).toEqual(["<h2"]);
      expect(page).toContain("<code>/model help</code>");
    });

    test("in a data check's summary", async () => {
      const dataset = { path: attack, digest: digestOf("x"), rows: 1, bytes: 1 };
      const findings = [finding({ sentence: attack.slice(0, 1_000), nextStep: attack.slice(0, 500) })];
      const report = ValidationReport.parse({
        format: "tidemark/validation",
        version: 1,
        model: null,
        verdict: "fail",
        datasets: [dataset],
        findings,
        contract: { path: attack, id: attack, version: attack, digest: digestOf("c") },
        reference: { path: attack, kind: "rows" },
      });
      const column = { kind: "numeric", name: attack, values: Float64Array.of(1, 2, 3) } as const;
      const page = await rendered(validationSummary(report, profileOf([column])));
      expect(liveParts(page)).toEqual([]);
      expect(tableShapes(page)).toEqual([
        [4, 4],
        [7, 7],
      ]);
    });

    test("in a promotion's comment and a rollback's reason", async () => {
      const payload = {
        promotion: digestOf("p"),
        ...KEY,
        digest: digestOf("d"),
        generation: 4,
        commit: COMMIT,
        pullRequest: null,
        approvers: [attack.slice(0, 100)],
      };
      const branch = { kind: "promote", ...KEY, generation: 4, shortDigest: "0".repeat(12) } as const;
      const deployment = { id: 1, payload, state: "failure", description: attack, url: attack } as const;
      const reasons = hold({ reason: attack.slice(0, 500), by: attack.slice(0, 100) });
      const rolledBack = rollbackText(releaseRecord({ hold: reasons }), releaseRecord());
      const page = await rendered(`${promotionComment({ branch, requirements: [], deployment })}\n\n${rolledBack}`);
      const expected = attack.startsWith("https://") ? [`<a href="${attack}">`] : [];
      expect(liveParts(page)).toEqual(expected);
    });

    test("in the page: escaped, with nothing invisible", () => {
      const page = reportPage(report(poisoned(attack)));
      expect(liveTags(page.replace(/<meta (charset|name="viewport")[^>]*>|<style>/g, ""))).toEqual([]);
      expect(page).not.toMatch(/[\u202a-\u202e\u200b-\u200f\ufeff]/u);
    });
  },
);

test("a primary metric called www.evil.example is no link", async () => {
  const metric = "www.evil.example";
  const found = parsed(evidence({ primaryMetric: metric, comparisons: [comparison({ metric })] }));
  expect(liveParts(await rendered(commented(found)))).toEqual([]);
});

describe("a very long report", () => {
  const claimed = Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`claim ${at} ${"x".repeat(60)}`, at]));
  const long = commented(parsed({ ...poisoned("calm"), claimed }));

  test("is cut to what GitHub takes, says so and keeps its marker and memory", () => {
    expect(long.length).toBeLessThanOrEqual(65_536);
    expect(long).toContain("…cut here; the whole report is in the run's artifact.");
    expect(long.startsWith(REPORT_MARKER)).toBe(true);
    expect(commentState.parse(long).shown).toHaveLength(1);
  });

  test("says so where everybody sees it, with every section closed", async () => {
    const page = await rendered(long);
    expect(page.match(/<details/g)?.length).toBe(page.match(/<\/details>/g)?.length);
    expect(page.replace(/<details[\s\S]*<\/details>/, "")).toContain("cut here");
  });

  test("says so also when a name in it spells the end of a section", async () => {
    const spelled = { "</details>": 1, "</details> again": 2, ...claimed };
    const page = await rendered(commented(parsed({ ...poisoned("calm"), claimed: spelled })));
    const folded = page.match(/<details[\s\S]*?<\/details>/g) ?? [];
    expect(folded.join("")).not.toContain("cut here");
  });

  test("of ten models is cut as well", () => {
    const reports = Array.from({ length: 10 }, () => report(poisoned("y".repeat(900))));
    expect(reportComment({ kind: "judged", headSha: COMMIT, reports }, "").length).toBeLessThanOrEqual(65_536);
  });

  test("fits into a check run's summary", () => {
    const comment = {
      kind: "judged",
      headSha: COMMIT,
      reports: [report(parsed({ ...poisoned("calm"), claimed }))],
    } as const;
    expect(checkOf(MODEL, comment).summary.length).toBeLessThanOrEqual(65_535);
  });
});

describe("text made inert", () => {
  const hostile = fc
    .array(
      fc.oneof(
        fc.constantFrom(...ATTACKS.slice(0, -2)),
        fc.string({ unit: "binary", maxLength: 12 }),
        fc.constantFrom("`", "``", "|", "\\", "<", "@a", "#1", "*", "_"),
      ),
      { maxLength: 6 },
    )
    .map((parts) => parts.join(""));

  test("shows the same letters in a paragraph, and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const page = await rendered(`a ${plain(text)} z`);
        expect(page.replace(/^<p>|<\/p>$/g, "")).not.toMatch(/<[a-z]/);
        expect(lettersOf(page)).toBe(`a ${visible(text)} z`);
      }),
      { numRuns: 80 },
    );
  });

  test("as code is one code span with the same letters, in a paragraph and in a table", async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const page = await rendered(`${table(["a", "b"], [":--", ":--"], [[code(text), "c"]])}\n\na ${code(text)} z`);
        expect(tableShapes(page)).toEqual([[2, 2]]);
        expect(page.match(/<code>/g)).toHaveLength(2);
        expect(liveParts(page)).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  test("in a section's title is text", async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const page = await rendered(details(`title ${inHtml(text)}`, "body"));
        expect(page.match(/<[a-z]+/g)?.sort()).toEqual(["<code", "<details", "<p", "<summary"]);
      }),
      { numRuns: 50 },
    );
  });

  test.each(["\u202e", "\u200b", "\u2066", "\u00ad", "\u061c", "\u{e0041}", "\u0007", "\u0000"])(
    "shows the invisible %j by its code point (F-08)",
    (char) => {
      expect(visible(`a${char}b`)).toMatch(/^aU\+[0-9A-F]+b$/);
    },
  );

  test.each(["\ufe0f", "\u{e0100}", "\u3164", "\u115f", "\u034f", "\u180e"])(
    "shows the invisible %j as well",
    (char) => {
      expect(visible(`a${char}b`)).toMatch(/^aU\+[0-9A-F]+b$/);
    },
  );

  test("is never cut inside a character", () => {
    const halves = /[\ud800-\udbff](?![\udc00-\udfff])/;
    expect(visible("😀".repeat(150))).not.toMatch(halves);
    expect(visible(`a${"😀".repeat(150)}`)).not.toMatch(halves);
  });

  test.each(["0.7", "12", "-0.01", "3.5 s"])("leaves the number %s as it is", (number) => {
    expect(plain(number)).toBe(number);
  });

  test.each(["1. x", "12) x", "- x", "+ x", "* x", "# x", "=====", "-----", "> x", "1."])(
    "begins no list, heading, rule or quotation with %j",
    async (text) => {
      expect(await rendered(`a\n\n${plain(text)}`)).toMatch(/^<p>a<\/p>\n<p>[^<]*<\/p>$/);
      expect(await rendered(`a\n${plain(text)}`)).toMatch(/^<p>[^<]*<\/p>$/);
    },
  );

  test("is cut to a length people read, with a sign that it was", () => {
    expect(visible("x".repeat(70_000))).toBe(`${"x".repeat(199)}…`);
  });
});

test.each(["javascript:alert(1)", "https://a b", "https://a)b", "//evil.example", "data:text/html,x", "https://a<b"])(
  "%j is no address a link may lead to",
  (url) => {
    expect(link("run", url)).toBe("run");
  },
);

const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

/** The letters of a page as a reader sees them. */
function lettersOf(page: string): string {
  return page
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:#x(?<hex>[0-9a-f]+)|(?<name>\w+));/gi, (...match) => {
      const { hex, name } = match.at(-1);
      return hex === undefined ? (NAMED[name] ?? "?") : String.fromCodePoint(Number.parseInt(hex, 16));
    })
    .replaceAll("\u200b", "");
}
