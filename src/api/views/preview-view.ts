import type { Instant } from '../../domain/business-time/index.js';
import type { ClockOutlook, Outlook } from '../../domain/preview/outlook.js';
import type { ClockChange, LeadPreview } from '../../domain/preview/preview-lead.js';
import { totalsOf } from '../../domain/preview/totals.js';
import type { PreviewAnswer, PreviewQuestion } from '../rollouts/previews.js';
import { cursorText } from '../rollouts/preview-cursor.js';
import { iso } from './iso.js';

/** One page of a preview: the leads that would change, and what the page sums to; unchanged ones are only counted. */
export function previewView({ version, mode, segments }: PreviewQuestion, answer: PreviewAnswer) {
  const { previews, refusing, at, leadCount, next } = answer;
  return {
    agreement: version.name,
    version: version.version,
    hash: version.key,
    mode,
    segments: segments.length === 0 ? null : segments,
    at: iso(at),
    leadCount,
    lookedAtCount: previews.length,
    totals: totalsOf(previews),
    leads: previews.filter(({ changes }) => changes.length > 0).map(leadPreviewView),
    refusing: refusing.map(({ leadId, refusal: { code, detail } }) => ({ leadId, code, detail })),
    next: next === undefined ? null : cursorText(next),
  };
}

const leadPreviewView = ({ leadId, segment, changes, before, after, clocks }: LeadPreview) => ({
  leadId,
  segment,
  changes,
  before: outlookView(before),
  after: outlookView(after),
  clocks: clocks.map(clockChangeView),
});

const outlookView = ({ stage, owner, queue, team, nextAction }: Outlook) => ({
  stage,
  owner,
  queue,
  team,
  nextAction: nextAction && { ...nextAction, at: iso(nextAction.at) },
});

const clockChangeView = ({ clock, n, cycle, before, after, breachesAtOnce }: ClockChange) => ({
  clock,
  n,
  cycle,
  before: before && clockView(before),
  after: after && clockView(after),
  breachesAtOnce,
});

const clockView = ({ verdict, dueAt }: ClockOutlook) => ({ verdict, dueAt: isoOrNull(dueAt) });

const isoOrNull = (at: Instant | null): string | null => (at === null ? null : iso(at));
