/**
 * Here live reports as pages: a whole report as HTML, and the pages around it. They show documents, whatever figures
 * these hold; nothing here counts, judges or reads.
 */
import { Markup } from '../../domain/notices/index.js';
import { chartColours } from '../charts/look.js';

/** The look of reports: on a screen in both colour schemes, on a phone row by row, on paper in black on white. */
export const reportStyle = new Markup(`
:root {
  color-scheme: light dark;
  --ground: light-dark(#f3f5f8, #14171c); --sheet: light-dark(#fff, #1d2127); --ink: light-dark(#1d2733, #e7ebf0);
  --quiet: light-dark(#55626f, #a3afbb); --line: light-dark(#d5dce3, #343b45); --accent: light-dark(#0b5c5c, #63c9c9);
  --good: light-dark(#17642f, #7fd195); --bad: light-dark(#a32217, #ff9b93); --warn: light-dark(#7a4a00, #f0bd64);
  --tint: light-dark(#f0f5f5, #232a31); --edge: light-dark(#7c8894, #77828e);
  --shade: light-dark(#b3bec9, #4b5663);
}
${chartColours(':root').html}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
main { max-width: 84rem; margin: 0 auto; padding: 1.5rem 2rem 3rem; }
h1 { margin: 0; font-size: 1.7rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 0 0 .6rem; font-size: 1.15rem; }
.quiet { color: var(--quiet); }
.facts { display: flex; flex-wrap: wrap; gap: .15rem 1.4rem; margin: .4rem 0 0; padding: 0; list-style: none;
  color: var(--quiet); font-size: .9rem; }
.facts strong { color: var(--ink); font-weight: 600; }
.sheet { margin-top: 1.2rem; padding: 1.2rem 1.4rem; background: var(--sheet); border: 1px solid var(--line);
  border-radius: .5rem; }
.scroll { overflow-x: auto; position: relative; background:
  linear-gradient(to left, var(--sheet) 40%, transparent) right / 2.5rem 100% no-repeat local,
  linear-gradient(to left, var(--shade), transparent) right / 1.1rem 100% no-repeat scroll; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
caption { padding-bottom: .35rem; color: var(--quiet); font-size: .82rem; text-align: left; }
th, td { padding: .42rem .55rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
thead th { border-top: 0; border-bottom: 2px solid var(--line); color: var(--quiet); font-size: .8rem; font-weight: 600;
  vertical-align: bottom; }
tr > :first-child { padding-left: 0; }
tbody th { font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.instant, tbody th, .word { white-space: nowrap; }
thead .number { white-space: normal; text-wrap: balance; }
thead .long { min-width: 6.5rem; }
.words { min-width: 14rem; }
tr > :first-child { position: sticky; left: 0; background: var(--sheet); }
tbody tr:hover > * { background: var(--tint); }
.faint > * { color: var(--quiet); font-style: italic; font-weight: 400; }
.none { color: var(--quiet); }
.status { white-space: nowrap; font-weight: 600; }
.met, .on-track { color: var(--good); }
.missed { color: var(--bad); }
.at-risk { color: var(--warn); }
.no-target, .no-leads { color: var(--quiet); font-weight: 400; }
.notes { margin: .7rem 0 0; padding-left: 1.1rem; color: var(--quiet); font-size: .85rem; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 34rem), 1fr)); gap: 1.2rem 2rem;
  margin-bottom: 1rem; }
figure { margin: 0; }
.whole { grid-column: 1 / -1; }
figure svg { display: block; max-width: 100%; height: auto; }
.narrow { display: none; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: .5rem; top: -4rem; padding: .5rem 1rem; background: var(--sheet); z-index: 2; }
.skip:focus { top: .5rem; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.5rem; padding: .6rem 2rem; background: var(--sheet);
  border-bottom: 1px solid var(--line); }
.brand { font-weight: 700; text-decoration: none; }
.leave { display: flex; align-items: center; gap: .7rem; margin-left: auto; color: var(--quiet); font-size: .9rem; }
.menu { position: relative; }
.menu summary, .ask summary { padding: .25rem 0; color: var(--accent); cursor: pointer; }
.menu nav { position: absolute; z-index: 1; width: max-content; max-width: 85vw; margin-top: .3rem; padding: .4rem 0;
  background: var(--sheet); border: 1px solid var(--line); border-radius: .4rem; box-shadow: 0 6px 20px rgb(0 0 0 / .18); }
.parts { margin-top: 1.2rem; font-size: .9rem; }
.parts ul { display: flex; flex-wrap: wrap; gap: .15rem 1.3rem; }
.parts a { display: inline-block; padding: .2rem 0; }
.menu ul, .parts ul, .all, .story { margin: 0; padding: 0; list-style: none; }
.menu a { display: block; padding: .35rem 1rem; text-decoration: none; }
.menu a:hover { background: var(--tint); }
.all { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr)); gap: .4rem 1.5rem; }
button, .button { display: inline-block; padding: .42rem 1.1rem; border: 1px solid var(--accent); border-radius: .35rem;
  background: var(--accent); color: var(--sheet); font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; }
.leave button { padding: .2rem .7rem; background: none; color: var(--accent); }
.ways { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .3rem 2rem; margin: .8rem -.35rem 0; }
.ways nav + nav { padding-left: .35rem; }
.ways a { display: inline-block; padding: .2rem .35rem; }
.fields { display: flex; flex-wrap: wrap; align-items: flex-end; gap: .7rem 1.1rem; }
.ask details { margin-top: .6rem; }
.field { display: grid; gap: .2rem; }
label { color: var(--quiet); font-size: .82rem; }
input, select { min-height: 2.35rem; padding: .3rem .6rem; border: 1px solid var(--edge); border-radius: .35rem; background: var(--sheet);
  color: var(--ink); font: inherit; min-width: 11rem; }
input::placeholder { color: var(--quiet); opacity: 1; }
.small { max-width: 34rem; margin: 2.5rem auto; padding: 2rem; }
.small h1 { margin-bottom: 1rem; }
.small form { display: grid; gap: .4rem; }
.small button { justify-self: start; margin-top: .4rem; }
.alarm { margin: 1rem 0; padding: .7rem 1rem; border-left: 4px solid var(--bad); background: var(--tint); }
.alarm strong { color: var(--bad); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 0 1.2rem; }
.card dl { display: flex; flex-wrap: wrap; align-items: baseline; gap: .4rem 2rem; margin: 0; }
.card div { display: flex; flex-direction: column-reverse; }
.card dt { color: var(--quiet); font-size: .82rem; }
.card dd { margin: 0; font-size: 1.15rem; font-variant-numeric: tabular-nums; }
.card .large { order: -1; }
.card .large dd { font-size: 2.3rem; font-weight: 700; line-height: 1.1; }
.told { white-space: pre-line; max-width: 60rem; overflow-wrap: anywhere; }
.story li { display: grid; grid-template-columns: minmax(13rem, 20%) 1fr; gap: 1rem; padding: .25rem 0; }
@media screen and (max-width: 44rem) {
  .bar { padding: .6rem .75rem; }
  .story li { grid-template-columns: 1fr; gap: 0; }
  .field, .fields { width: 100%; }
  input, select { width: 100%; }
  main { padding: 1rem .75rem 2rem; }
  .sheet { padding: 1rem .85rem; border-radius: .4rem; }
  .wide { display: none; }
  .narrow { display: block; }
  table, caption, tbody, tbody tr, tbody th, tbody td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody tr { padding: .6rem 0; border-top: 1px solid var(--line); }
  tbody th, tbody td { padding: .1rem 0; border: 0; }
  tr > :first-child { position: static; }
  tbody th { padding-bottom: .25rem; font-size: 1rem; white-space: normal; }
  .instant, .word { white-space: normal; }
  .words { min-width: 0; }
  tbody td { display: flex; justify-content: space-between; gap: 1rem; text-align: right; }
  tbody th[data-column]::before { content: attr(data-column) ': '; color: var(--quiet); font-weight: 400; }
  tbody td::before { content: attr(data-column); color: var(--quiet); font-style: normal; text-align: left; }
  tbody td.none { display: none; }
  .number { white-space: normal; }
}
@page { size: A4 landscape; margin: 12mm; }
@media print {
  :root { color-scheme: light; }
  body { background: none; font-size: 9pt; }
  main { max-width: none; padding: 0; }
  .sheet { margin-top: 10pt; padding: 0; border: 0; }
  h2, caption { break-after: avoid; }
  tr, figure { break-inside: avoid; }
  thead { display: table-header-group; break-inside: avoid; break-after: avoid; }
  tbody tr:nth-child(-n + 2) { break-before: avoid; }
  table, .notes { font-size: 7.5pt; }
  thead th { font-size: 7pt; }
  thead .long { min-width: 0; }
  th, td { padding: 2pt 4pt; }
  .many { font-size: 6.4pt; }
  .many thead th { font-size: 6pt; }
  .many th, .many td { padding: 2pt; }
  .many tr > :first-child { padding-left: 0; }
  .scroll { overflow: visible; background: none; }
  tr > :first-child { position: static; }
  .instant, .word, tbody th { white-space: normal; }
  .instant { min-width: 10em; text-wrap: balance; }
  tbody th.word { white-space: nowrap; }
  .words { min-width: 0; }
  .charts { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .screen { display: none; }
  a { color: inherit; text-decoration: none; }
}
`);
