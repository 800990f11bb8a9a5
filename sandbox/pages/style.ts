/** One style sheet for every page: GitHub's colours, light and dark, and paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --text: light-dark(#1f2328, #f0f6fc);
  --muted: light-dark(#59636e, #9198a1);
  --page: light-dark(#ffffff, #0d1117);
  --soft: light-dark(#f6f8fa, #151b23);
  --line: light-dark(#d1d9e0, #3d444d);
  --accent: light-dark(#0969da, #4493f8);
  --good: light-dark(#1a7f37, #3fb950);
  --bad: light-dark(#cf222e, #f85149);
  --busy: light-dark(#9a6700, #d29922);
  --merged: light-dark(#8250df, #ab7df8);
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text);
  font: 14px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif,
    "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji"; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
code, pre, .diff, .log { font-family: var(--mono); font-size: 12px; }
.top { display: flex; justify-content: space-between; gap: 16px; padding: 14px 24px; background: var(--soft);
  border-bottom: 1px solid var(--line); }
.top a { color: var(--text); }
.sandbox, .muted { color: var(--muted); font-weight: 400; }
main { max-width: 1012px; margin: 24px auto 64px; padding: 0 24px; }
h1 { margin: 0 0 8px; font-size: 26px; font-weight: 500; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 32px 0 8px; font-size: 16px; font-weight: 600; }
.under { margin: 0 0 16px; color: var(--muted); display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.under .person { color: var(--text); }
.says { margin: 0 0 8px; }
.blank { margin: 0; padding: 16px; color: var(--muted); font-style: italic; }
section > .blank { border: 1px dashed var(--line); border-radius: 6px; }
.tabs { display: flex; flex-wrap: wrap; gap: 4px; border-bottom: 1px solid var(--line); margin-bottom: 20px; }
.tabs a { padding: 8px 12px; color: var(--text); }
.counter { display: inline-block; min-width: 20px; padding: 0 6px; border-radius: 20px; text-align: center;
  font-size: 12px; font-weight: 500; line-height: 18px; background: light-dark(#818b981f, #656c7633); }
.badge { padding: 0 7px; border: 1px solid var(--line); border-radius: 20px; font-size: 12px; font-weight: 500;
  color: var(--muted); white-space: nowrap; }
.pill { display: inline-block; padding: 0 10px; border-radius: 20px; color: #fff; font-size: 12px; font-weight: 500;
  line-height: 22px; background: light-dark(#59636e, #656c76); white-space: nowrap; }
.line .pill { line-height: 18px; padding: 0 8px; }
.under .pill { font-size: 14px; line-height: 30px; padding: 0 12px; }
.pill.good { background: light-dark(#1f883d, #238636); }
.pill.bad { background: light-dark(#cf222e, #da3633); }
.pill.busy { background: light-dark(#9a6700, #9e6a03); }
.pill.merged { background: light-dark(#8250df, #8957e5); }
.icon { flex: none; width: 16px; height: 16px; fill: none; stroke: var(--muted); stroke-width: 1.5;
  vertical-align: -2px; stroke-linecap: round; stroke-linejoin: round; }
h1 .icon { width: 22px; height: 22px; }
.icon.good { stroke: var(--good); } .icon.bad { stroke: var(--bad); }
.icon.busy { stroke: var(--busy); } .icon.merged { stroke: var(--merged); }
.avatar { flex: none; display: inline-grid; place-items: center; width: 40px; height: 40px; border-radius: 50%;
  color: #fff; font-weight: 600; background: hsl(var(--hue) 45% 45%); }
.avatar.bot { border-radius: 8px; }
.line .avatar { width: 20px; height: 20px; font-size: 11px; }
.line .avatar.bot { border-radius: 4px; }
.box { border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
.list { margin: 0; padding: 0; list-style: none; }
.list > li { padding: 10px 16px; border-top: 1px solid var(--line); }
.list > li:first-child { border-top: 0; }
.line { display: flex; gap: 10px; align-items: baseline; overflow-wrap: anywhere; }
.line .icon, .line .avatar { align-self: flex-start; margin-top: 3px; }
.end { margin-left: auto; white-space: nowrap; }
.assets { margin: 4px 0 0; padding-left: 18px; }
summary { cursor: pointer; }
summary:has(> .line) { display: block; }
summary > .line::after { content: ""; flex: none; width: 7px; height: 7px; margin: 0 4px 2px 8px; rotate: 45deg;
  border: solid var(--muted); border-width: 0 1.5px 1.5px 0; }
summary > .line:not(:has(.end))::after { margin-left: auto; }
details[open] > summary > .line::after { rotate: 225deg; margin-bottom: -2px; }
.history { margin: 4px 0 0 26px; color: var(--muted); }
.history .list > li { padding: 4px 0; border: 0; }
.ref, .sha { padding: 2px 6px; border-radius: 6px; background: light-dark(#ddf4ff, #388bfd1a); color: var(--accent); }
.sha { background: none; padding: 0; color: var(--muted); }
.comment { display: flex; gap: 16px; margin: 16px 0; }
.comment > div { flex: 1; min-width: 0; position: relative; }
.comment header { padding: 8px 16px; background: var(--soft); border-bottom: 1px solid var(--line); color: var(--muted); }
.comment header .person { color: var(--text); }
.hidden > summary { padding: 12px 16px; color: var(--muted); }
.review > div { padding-top: 8px; }
.reactions { margin: 0; padding: 0 16px 16px; display: flex; gap: 6px; }
.reaction { padding: 0 8px; border: 1px solid var(--line); border-radius: 20px; font-size: 12px; line-height: 24px; }
.file { margin: 12px 0; }
.file > summary { display: flex; align-items: baseline; gap: 10px; padding: 8px 16px; background: var(--soft); }
.file[open] > summary { border-bottom: 1px solid var(--line); }
.scroll { overflow-x: auto; }
.plus { color: var(--good); } .minus { color: var(--bad); }
.diff { width: 100%; border-collapse: collapse; line-height: 20px; }
.diff td { padding: 0 10px; vertical-align: top; }
.diff .number { width: 1%; min-width: 44px; text-align: right; color: var(--muted); user-select: none; }
.diff .text { white-space: pre-wrap; overflow-wrap: anywhere; }
.diff .sign { display: inline-block; width: 14px; user-select: none; }
.diff .added { background: light-dark(#dafbe1, #2ea04326); } .diff .removed { background: light-dark(#ffebe9, #f851491a); }
.diff .hunk { background: light-dark(#ddf4ff, #388bfd1a); color: var(--muted); } .diff .remark { color: var(--muted); }
.log { margin: 8px 0 0; padding: 8px 0 8px 56px; overflow-x: auto; background: light-dark(#f6f8fa, #010409);
  border-radius: 6px; line-height: 20px; white-space: pre-wrap; overflow-wrap: anywhere; }
.log li::marker { color: var(--muted); }
.log .error { color: var(--bad); } .log .warning { color: var(--busy); } .log .notice, .log .command { color: var(--accent); }
.log .group { font-weight: 600; } .log .debug { color: var(--merged); }
${markdownStyle()}
@media print {
  .tabs, .top { display: none; }
  main { max-width: none; margin: 0; }
  .box, .comment, tr { break-inside: auto; }
  ::details-content { content-visibility: visible; block-size: auto; }
}
`;

function markdownStyle(): string {
  return `
.markdown { padding: 16px; overflow-wrap: break-word; }
li .markdown { padding: 8px 0 0; }
details > .markdown { padding-left: 26px; }
.markdown > :first-child { margin-top: 0; } .markdown > :last-child { margin-bottom: 0; }
.markdown h1, .markdown h2 { padding-bottom: 6px; border-bottom: 1px solid var(--line); font-weight: 600; }
.markdown h1 { font-size: 24px; } .markdown h2 { margin: 24px 0 12px; font-size: 20px; } .markdown h3 { font-size: 16px; }
.markdown table { display: block; width: max-content; max-width: 100%; overflow: auto; margin: 12px 0;
  border-collapse: collapse; font-variant-numeric: tabular-nums; }
.markdown th, .markdown td { padding: 6px 13px; border: 1px solid var(--line); }
.markdown tr:nth-child(2n) td { background: var(--soft); }
.markdown :not(pre) > code { padding: 2px 5px; border-radius: 6px; background: light-dark(#818b981f, #656c7633); }
.markdown pre { padding: 12px 16px; overflow: auto; border-radius: 6px; background: var(--soft); }
.markdown blockquote { margin: 12px 0; padding: 0 14px; border-left: 4px solid var(--line); color: var(--muted); }
.markdown img { max-width: 100%; }
.markdown .contains-task-list { padding-left: 20px; } .markdown .task-list-item { list-style: none; }
.markdown hr { height: 1px; border: 0; background: var(--line); }
.alert { --tone: var(--accent); margin: 12px 0; padding: 4px 14px; border-left: 4px solid var(--tone); }
.alert-title { margin: 4px 0; font-weight: 600; color: var(--tone); } .alert > :last-child { margin-bottom: 4px; }
.alert-tip { --tone: var(--good); } .alert-important { --tone: var(--merged); }
.alert-warning { --tone: var(--busy); } .alert-caution { --tone: var(--bad); }`;
}
