/**
 * Here live the pages that people read in a browser, rendered on the server from plain views: no script of others, no
 * request to elsewhere. Pages decide nothing and read nothing: whoever serves them brings the view.
 */
import type { Instant } from '../domain/business-time/index.js';
import { markup, sectionsOf, type Briefing, type Markup, type Section } from '../domain/notices/index.js';
import { leadPageStyle } from './lead-page-style.js';
import { pageAround } from './page.js';

/** One thing that happened, as a sentence. */
export interface StoryLine {
  readonly at: Instant;
  readonly text: string;
}

/** A lead as the bearer of a signed link may see it; read only. */
export interface LeadPageView {
  readonly briefing: Briefing;
  /** Oldest first. */
  readonly story: readonly StoryLine[];
  /** An instant in the zone of the reader for whom the link was made. */
  readonly say: (at: Instant) => string;
  readonly readAt: Instant;
  readonly linkExpiresAt: Instant;
}

/** The page of one lead: what is due, why it matters, what happened. The same on a phone and on a desk. */
export const renderLeadPage = (view: LeadPageView): string =>
  pageAround(
    view.briefing.person,
    leadPageStyle,
    markup`${head(view.briefing)}
${sectionsOf(view.briefing, view.say).map(section)}
${story(view)}
<footer>As of ${view.say(view.readAt)}. This page is for reading only; its link works until ${view.say(view.linkExpiresAt)} for everybody who has it. Lead ${view.briefing.leadId}, ${view.briefing.agreement}.</footer>`,
  );

/** What the bearer of a link that no longer works, or never did, is told. */
export const renderLinkProblem = (problem: 'expired' | 'invalid'): string =>
  pageAround(
    problem === 'expired' ? 'This link has expired' : 'This link does not work',
    leadPageStyle,
    markup`<header><h1>${problem === 'expired' ? 'This link has expired' : 'This link does not work'}</h1></header>
<p>${
      problem === 'expired'
        ? 'Links in notices work for a limited time. The newest mail about this lead has one that works.'
        : 'It is incomplete or was changed on its way. Open it from the mail once more, whole.'
    }</p>`,
  );

const head = (briefing: Briefing): Markup => markup`<header>
<h1>${briefing.person}</h1>
<p class="quiet">${briefing.company}</p>
<p class="tags">${tagsOf(briefing).map(({ text, tone }) => markup`<span class="tag ${tone}">${text}</span> `)}</p>
</header>`;

interface Tag {
  readonly text: string;
  readonly tone: 'calm' | 'alarm' | 'plain';
}

const tagsOf = ({ stage, isHot, isClosed, cycle, owner, queue, promises }: Briefing): readonly Tag[] => [
  { text: stage, tone: isClosed ? 'plain' : 'calm' },
  ...(isHot ? [{ text: 'high priority', tone: 'alarm' } as const] : []),
  ...(promises.some(({ verdict }) => verdict === 'breached')
    ? [{ text: 'promise missed', tone: 'alarm' } as const]
    : []),
  { text: owner ?? (queue === null ? 'nobody' : `queue of ${queue}`), tone: 'plain' },
  ...(cycle > 1 ? [{ text: `cycle ${cycle}`, tone: 'plain' } as const] : []),
];

const section = ({ title, lines }: Section): Markup => markup`<section>
<h2>${title}</h2>
<ul>
${lines.map(line)}</ul>
</section>
`;

const line = ({ lead, text, isUrgent }: Section['lines'][number]): Markup =>
  lead === undefined
    ? markup`<li>${text}</li>\n`
    : markup`<li class="pair${isUrgent ? ' urgent' : ''}"><span class="quiet">${lead}</span><span>${text}</span></li>\n`;

const story = ({ story: lines, say }: LeadPageView): Markup | null =>
  lines.length === 0
    ? null
    : markup`<section>
<h2>What happened</h2>
<ol>
${lines.map(({ at, text }) => markup`<li class="pair"><span class="quiet">${say(at)}</span><span>${text}</span></li>\n`)}</ol>
</section>`;
