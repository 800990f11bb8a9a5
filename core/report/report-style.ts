import { Html } from "./html.ts";

/** The style of the HTML report: system fonts, light and dark by the reader's setting, plain when printed. */
export const REPORT_STYLE = new Html(`
:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: light-dark(#1f2328, #e6edf3); background: light-dark(#ffffff, #0d1117); }
main { max-width: 66rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.3; }
h2 { font-size: 1.15rem; margin-top: 2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 0.35rem 0.6rem; border-bottom: 1px solid light-dark(#d1d9e0, #3d444d); overflow-wrap: break-word; vertical-align: top; }
th { color: light-dark(#59636e, #9198a1); font-weight: 600; white-space: nowrap; }
@media print { body { background: #fff; color: #000; } main { max-width: none; } .scroll { overflow: visible; } }
`);
