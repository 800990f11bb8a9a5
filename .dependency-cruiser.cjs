/** The arrows of docs/design.md. Each rule's comment says what to do instead. */
const rule = (name, arrow, comment) => ({ name, comment, severity: "error", ...arrow });

module.exports = {
  forbidden: [
    rule(
      "core-is-pure",
      {
        from: { path: "^core/" },
        to: { pathNot: ["^core/", "^node_modules/zod/"], dependencyTypesNot: ["core"] },
      },
      "core/ holds the domain: it imports core and zod. Hand in clocks, files and networks through core/ports.",
    ),
    rule(
      "core-hashes-in-one-place",
      { from: { path: "^core/" }, to: { dependencyTypes: ["core"], pathNot: "^(node:)?crypto$" } },
      "Of Node's own modules core/ may use node:crypto (a hash is a pure function) and nothing else.",
    ),
    rule(
      "only-digest-hashes",
      { from: { path: "^core/", pathNot: "^core/digest\\.ts$" }, to: { dependencyTypes: ["core"] } },
      "Hash through core/digest.ts.",
    ),
    rule(
      "kit-knows-core-only",
      { from: { path: "^kit/" }, to: { path: "^(adapters|actions|bot|cli|sandbox|scripts|test)/" } },
      "kit/ declares and runs actions: it imports core, zod and, in github-runner.ts, @actions/core.",
    ),
    rule(
      "only-the-github-runner-knows-actions-core",
      {
        from: { path: "^(core|kit|adapters|actions|bot|cli)/", pathNot: "^kit/github-runner\\.ts$" },
        to: { path: "^node_modules/@actions/core/" },
      },
      "Log, annotate and read inputs through kit/runner.ts; only kit/github-runner.ts talks to @actions/core.",
    ),
    rule(
      "adapters-face-core",
      { from: { path: "^adapters/" }, to: { path: "^(kit|actions|bot|cli|sandbox|scripts|test)/" } },
      "An adapter implements a port of core/ports. Move what it needs from kit, actions or bot into core.",
    ),
    rule(
      "adapters-do-not-know-each-other",
      { from: { path: "^adapters/([^/]+)/" }, to: { path: "^adapters/", pathNot: "^adapters/$1/" } },
      "Join adapters in actions/*/index.ts or bot/wiring.ts, never in another adapter.",
    ),
    rule(
      "only-index-wires-adapters",
      { from: { path: "^actions/", pathNot: "^actions/[^/]+/index\\.ts$" }, to: { path: "^(adapters|bot)/" } },
      "A use case gets ports. Choose adapters in actions/<name>/index.ts.",
    ),
    rule(
      "actions-do-not-know-each-other",
      {
        from: { path: "^actions/([^/]+)/" },
        to: { path: "^actions/", pathNot: "^actions/$1/" },
      },
      "Share through core or kit.",
    ),
    rule(
      "bot-does-not-run-actions",
      { from: { path: "^bot/" }, to: { path: "^(kit|actions|cli|sandbox|scripts|test)/" } },
      "The bot and the actions share core and adapters, nothing else.",
    ),
    rule(
      "only-wiring-picks-the-bots-adapters",
      { from: { path: "^bot/", pathNot: "^bot/(wiring|main)\\.ts$" }, to: { path: "^adapters/" } },
      "The bot's handlers and reconcilers get ports. Choose adapters in bot/wiring.ts.",
    ),
    rule(
      "only-the-bot-action-runs-the-bot",
      { from: { path: "^actions/", pathNot: "^actions/bot/index\\.ts$" }, to: { path: "^bot/" } },
      "The bot runs as a server (bot/main.ts) or as the action actions/bot.",
    ),
    rule(
      "cli-runs-actions",
      { from: { path: "^cli/" }, to: { path: "^(adapters|bot|sandbox|scripts|test)/" } },
      "cli/ reaches everything through actions/suite.ts and kit.",
    ),
    rule(
      "sandbox-stands-alone",
      { from: { path: "^sandbox/" }, to: { path: "^(core|kit|adapters|actions|bot|cli|scripts|test)/" } },
      "The sandbox plays GitHub, so it knows nothing of our product.",
    ),
    rule(
      "product-does-not-need-the-sandbox",
      { from: { path: "^(core|kit|adapters|actions|bot|cli)/" }, to: { path: "^(sandbox|scripts|bench)/" } },
      "The sandbox serves the demo and the tests only.",
    ),
    rule(
      "nothing-imports-tests",
      { from: { pathNot: "^(test|bench)/" }, to: { path: "^test/" } },
      "Move shared code out of test/.",
    ),
    rule("no-cycle", { from: {}, to: { circular: true } }, "Break the cycle: move the shared part to a third file."),
    rule("no-unresolvable", { from: {}, to: { couldNotResolve: true } }, "The import leads nowhere."),
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".js", ".json"],
    },
  },
};
