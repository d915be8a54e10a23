import { Markup } from '../domain/notices/index.js';

/** The look of what is said about agreements: on a screen in both colour schemes, on paper in black on white. */
export const agreementStyle = new Markup(`
:root {
  color-scheme: light dark;
  --ground: light-dark(#f3f5f8, #14171c); --sheet: light-dark(#fff, #1d2127); --ink: light-dark(#1d2733, #e7ebf0);
  --quiet: light-dark(#55626f, #a3afbb); --line: light-dark(#d5dce3, #343b45); --accent: light-dark(#0b5c5c, #63c9c9);
  --gone: light-dark(#9b2c22, #ff9b93);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.45 -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; }
main { max-width: 72rem; margin: 2rem auto; padding: 2rem 2.5rem; background: var(--sheet); border: 1px solid var(--line); }
header { padding-bottom: .6rem; border-bottom: 3px solid var(--accent); }
header p { margin: 0; color: var(--quiet); }
.over { font-size: .8rem; letter-spacing: .05em; text-transform: uppercase; }
h1 { margin: .1rem 0; font: 700 2rem/1.2 Georgia, 'Times New Roman', serif; overflow-wrap: anywhere; }
h2 { margin: 1.1rem 0 .3rem; color: var(--accent); font-size: 1.05rem; }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 2.2rem; }
.rules { border-top: 1px solid var(--line); margin-top: .6rem; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .28rem .7rem .28rem 0; text-align: left; vertical-align: top; overflow-wrap: break-word; }
tr + tr > * { border-top: 1px solid var(--line); }
.commitments th { width: 26%; }
.commitments td:last-child { width: 3em; padding-right: 0; text-align: right; font-weight: 700; color: var(--accent); }
.plain tr + tr > * { border-top: 0; }
.plain th { width: 24%; }
.note, footer { color: var(--quiet); font-size: .82rem; }
.signatures { border-top: 2px solid var(--accent); margin-top: 1rem; padding-top: .6rem; }
.line { min-height: 2.4rem; padding-top: .6rem; border-bottom: 1px solid var(--ink); font: 700 1.1rem Georgia, serif; }
code { font: .82em ui-monospace, Consolas, monospace; overflow-wrap: anywhere; }
.change td { width: 33%; }
.gone { color: var(--gone); }
@media (max-width: 760px) {
  main { margin: 0; padding: 1.25rem 1rem 2rem; border: 0; }
  .pair { grid-template-columns: 1fr; }
}
@page { margin: 11mm 12mm; }
@media print {
  :root { color-scheme: light; }
  body { background: none; font-size: 6.5pt; line-height: 1.25;
    font-family: 'Arial Narrow', 'Liberation Sans Narrow', 'DejaVu Sans Condensed', Arial, sans-serif; }
  main { max-width: none; margin: 0; padding: 0; border: 0; }
  h1 { font-size: 15pt; }
  h2 { margin: 4pt 0 1pt; font-size: 8pt; break-after: avoid; }
  .pair { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 14pt; }
  th, td { padding: 1.1pt 5pt 1.1pt 0; }
  .commitments th, .plain th { width: 23%; }
  .over { font-size: 6.5pt; }
  .line { min-height: 20pt; padding-top: 6pt; font-size: 9pt; }
  tr, .signatures { break-inside: avoid; }
  .rules, .signatures { margin-top: 4pt; }
  .note, footer { font-size: 5.8pt; margin: 2pt 0 0; }
}
`);
