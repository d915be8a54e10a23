import { markup, type Markup } from '../../domain/notices/index.js';
import { capitalised, spoken } from '../../domain/notices/words.js';
import type { ClockExplanation, LeadExplanation } from '../../domain/explain/index.js';
import { reportsPage, type Reader } from './frame.js';

/** Everything that a lead's verdicts rest on. */
export interface ExplanationView {
  readonly reader: Reader;
  readonly explanation: LeadExplanation;
  /** The same in plain sentences, one paragraph for each clock, in their order. */
  readonly paragraphs: readonly string[];
  /** Oldest first; each with its time as whoever had to do with it then reads clocks. */
  readonly story: readonly { readonly when: string; readonly text: string }[];
  /** Up to when the time of running clocks is counted. */
  readonly countedTo: string;
}

export function explanationPage({ reader, explanation, paragraphs, story, countedTo }: ExplanationView): string {
  const { leadId, stage, cycle, agreement, clocks } = explanation;
  const body = markup`<header>
<h1>Why lead ${leadId} was judged so</h1>
<ul class="facts">
<li>Stage <strong>${spoken(stage)}</strong></li>
<li>Cycle <strong>${cycle}</strong></li>
<li>Agreement <strong>${agreement.name}@${agreement.version}</strong></li>
<li>Counted up to <strong>${countedTo}</strong></li>
</ul>
</header>
${clocks.length === 0 ? markup`<p>No clock has started: nothing is owed for this lead.</p>` : clocks.map((clock, index) => clockSection(clock, paragraphs[index] ?? ''))}
<section class="sheet">
<h2>What happened</h2>
<ol class="story">
${story.map((line) => markup`<li><span class="quiet">${line.when}</span> <span>${line.text}</span></li>\n`)}</ol>
</section>`;
  return reportsPage(`Lead ${leadId}`, body, reader);
}

const clockSection = (clock: ClockExplanation, paragraph: string): Markup => markup`<section class="sheet">
<h2>${capitalised(spoken(clock.clock))}${clock.n > 1 ? ` ${clock.n}` : ''}${clock.cycle > 1 ? `, cycle ${clock.cycle}` : ''} ${verdictMark(clock)}</h2>
<p class="quiet">A promise of ${clock.party}.</p>
<div class="told">${paragraph}</div>
</section>
`;

const signs = { met: '✓', breached: '✗', pending: '…', paused: '‖', cancelled: '·' } as const;
const looks = {
  met: 'met',
  breached: 'missed',
  pending: 'no-target',
  paused: 'no-target',
  cancelled: 'no-target',
} as const;

const verdictMark = ({ verdict: { verdict } }: ClockExplanation): Markup =>
  markup`<span class="status ${looks[verdict]}"><span aria-hidden="true">${signs[verdict]}</span> ${verdict}</span>`;
