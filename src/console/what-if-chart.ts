import type { CommitmentComparison, Figure, WhatIf } from '../domain/what-if/comparison.js';
import { markup, Markup } from '../domain/notices/index.js';

const WIDTH = 960;
const LABEL_WIDTH = 190;
const BAR_LEFT = LABEL_WIDTH + 16;
const BAR_WIDTH = 480;
const BAR_HEIGHT = 13;
const ROW_HEIGHT = 52;
const HEAD_HEIGHT = 128;
const FOOT_HEIGHT = 64;

const style = new Markup(`
svg { --sheet: #ffffff; --ink: #1d2733; --quiet: #55626f; --line: #d5dce3; --was: #9fb0bf; --would: #0b6e6e; --goal: #b3261e;
  font: 13px -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, 'DejaVu Sans', sans-serif; }
@media (prefers-color-scheme: dark) {
  svg { --sheet: #1d2127; --ink: #e7ebf0; --quiet: #a3afbb; --line: #343b45; --was: #5d6b7a; --would: #5cc4c4; --goal: #ff9b93; }
}
.sheet { fill: var(--sheet); }
text { fill: var(--ink); }
.title { font-size: 19px; font-weight: 700; }
.quiet { fill: var(--quiet); font-size: 12px; }
.grid { stroke: var(--line); }
.was { fill: var(--was); }
.would { fill: var(--would); }
.goal { stroke: var(--goal); stroke-width: 2; }
.end { text-anchor: end; }
.middle { text-anchor: middle; }
`);

/**
 * Compliance per commitment as bars from 0 to 100 %: above what was, below what the version would have made of it, with
 * the goal as a line. One file without a script or a request to elsewhere; it follows the reader's colour scheme.
 */
export function drawWhatIf(whatIf: WhatIf): string {
  const drawn = whatIf.commitments.filter(({ was, would }) => hasStarted(was) || hasStarted(would));
  const height = HEAD_HEIGHT + drawn.length * ROW_HEIGHT + FOOT_HEIGHT;
  return markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title what">
<title id="title">${titleOf(whatIf)}</title><desc id="what">${summaryOf(whatIf)}</desc><style>${style}</style>
<rect class="sheet" width="${WIDTH}" height="${height}"/>
${head(whatIf)}
${grid(height)}
${drawn.map((commitment, index) => row(commitment, HEAD_HEIGHT + index * ROW_HEIGHT))}
${foot(whatIf, height)}
</svg>
`.html;
}

/** A clock that never started on either side says nothing. */
const hasStarted = (figure: Figure | null): boolean =>
  figure !== null && figure.denominator + figure.exclusions.cancelled + figure.exclusions.undecided > 0;

const titleOf = ({ agreement: { name, version } }: WhatIf): string =>
  `What ${version === null ? `this draft of ${name}` : `${name}@${version}`} would have made of past leads`;

const summaryOf = ({ leads, from, to }: WhatIf): string =>
  `${number(leads.folded)} leads handed off from ${minute(from)} to ${minute(to)}`;

const number = (count: number): string => count.toLocaleString('en-US');
const minute = (at: number): string => `${new Date(at).toISOString().slice(0, 16)}Z`;

const head = (whatIf: WhatIf): Markup => markup`<text class="title" x="24" y="40">${titleOf(whatIf)}</text>
<text class="quiet" x="24" y="62">${summaryOf(whatIf)}; share of decided clocks that were met, as of ${minute(whatIf.asOf)}</text>
<rect class="was" x="24" y="80" width="14" height="10"/><text x="44" y="90">what was</text>
<rect class="would" x="124" y="80" width="14" height="10"/><text x="144" y="90">by this version</text>
<line class="goal" x1="262" x2="262" y1="78" y2="92"/><text x="272" y="90">goal of this version</text>`;

const atShare = (share: number): number => BAR_LEFT + BAR_WIDTH * share;

const grid = (height: number): readonly Markup[] =>
  [0, 0.25, 0.5, 0.75, 1].map(
    (
      share,
    ) => markup`<line class="grid" x1="${atShare(share)}" x2="${atShare(share)}" y1="${HEAD_HEIGHT - 8}" y2="${height - FOOT_HEIGHT}"/>
<text class="quiet middle" x="${atShare(share)}" y="${HEAD_HEIGHT - 14}">${share * 100} %</text>`,
  );

function row({ clock, party, goalPpm, was, would }: CommitmentComparison, top: number): Markup {
  return markup`<text class="end" x="${LABEL_WIDTH}" y="${top + 18}">${clock}</text>
<text class="quiet end" x="${LABEL_WIDTH}" y="${top + 34}">${party ?? 'not in this version'}</text>
${bar(was, 'was', top + 6)}
${bar(would, 'would', top + 6 + BAR_HEIGHT + 3)}
${goalPpm === null ? null : goal(goalPpm / 1_000_000, top)}`;
}

function bar(figure: Figure | null, side: 'was' | 'would', top: number): Markup {
  const width = figure === null || figure.denominator === 0 ? 0 : (BAR_WIDTH * figure.numerator) / figure.denominator;
  return markup`<rect class="${side}" x="${BAR_LEFT}" y="${top}" width="${width.toFixed(1)}" height="${BAR_HEIGHT}"/>
<text class="quiet" x="${BAR_LEFT + BAR_WIDTH + 14}" y="${top + 11}">${figureText(figure)}</text>`;
}

/** Rounded down to 0.1, as every figure is; nothing decided is "no leads", never 0 %. */
function figureText(figure: Figure | null): string {
  if (figure === null) return 'never started';
  const { numerator, denominator } = figure;
  if (denominator === 0) return 'no leads';
  return `${(Math.floor((numerator * 1_000) / denominator) / 10).toFixed(1)} %  (${number(numerator)} of ${number(denominator)})`;
}

const goal = (share: number, top: number): Markup =>
  markup`<line class="goal" x1="${atShare(share)}" x2="${atShare(share)}" y1="${top + 2}" y2="${top + 6 + 2 * BAR_HEIGHT + 7}"/>`;

function foot({ leads }: WhatIf, height: number): Markup {
  const beside = [
    leads.undecided > 0 ? `${number(leads.undecided)} leads have a clock that is not decided yet` : '',
    leads.newlyExcluded > 0 ? `${number(leads.newlyExcluded)} would be no MQL` : '',
    leads.newlyQualified > 0 ? `${number(leads.newlyQualified)} would be MQLs that nobody worked` : '',
  ].filter((text) => text !== '');
  return markup`<text class="quiet" x="24" y="${height - 34}">${beside.join('; ')}</text>
<text class="quiet" x="24" y="${height - 16}">People would have behaved differently: facts stay at the instants at which they were said.</text>`;
}
