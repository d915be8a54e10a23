import type { Instant } from '../../domain/business-time/index.js';
import type { CorrectionToMake, TouchSubject } from '../../domain/correction/index.js';
import type { LeadEvent } from '../../domain/lifecycle/events.js';
import type { LeadLedger } from '../../domain/ports.js';
import type { FieldError } from '../problems.js';
import { iso } from '../views/iso.js';

type Found = Pick<CorrectionToMake, 'termsInstead' | 'coversFrom' | 'coversUntil'> & { readonly errors?: undefined };
type Wrong = { readonly errors: readonly FieldError[] };

/** Whether the lead has such a touch, and whether it can have happened then: in its cycle, and before it was logged. */
export async function findTouch(
  ledger: Pick<LeadLedger, 'read'>,
  { leadId, touch, touchedAt }: TouchSubject,
): Promise<Found | Wrong> {
  const story = await ledger.read(leadId);
  const logged = story.find((event) => event.seq === touch);
  if (logged?.type !== 'touched') return wrong('touch', `is the sequence of no touch: known are ${touchesIn(story)}`);
  const begunAt = cycleStartOf(story, logged.cycle);
  if (touchedAt < begunAt || touchedAt > logged.at) {
    return wrong('occurredAt', `must lie between ${iso(begunAt)}, when its cycle began, and ${iso(logged.at)}`);
  }
  return { termsInstead: {}, coversFrom: touchedAt, coversUntil: touchedAt };
}

const touchesIn = (story: readonly LeadEvent[]): string =>
  story.flatMap(({ type, seq }) => (type === 'touched' ? [seq] : [])).join(', ') || 'none';

const cycleStartOf = (story: readonly LeadEvent[], cycle: number): Instant =>
  story.find((event) => event.cycle === cycle && (event.type === 'handed-off' || event.type === 'woken'))?.at ?? 0;

const wrong = (path: string, message: string): Wrong => ({ errors: [{ path, message }] });
