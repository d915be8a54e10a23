// Here lives what was said otherwise before, said as plainly and slowly as possible: each command of each lead, with all that
// is on record of its clocks before and after it. It shares nothing with the two ways in which the product counts.
import type { LeadEvent } from '../../src/domain/lifecycle/events.js';
import { leadRecord, type ClockRecord } from '../../src/domain/lifecycle/record.js';
import type { ToldLead } from './quarter.js';

const isTest = ([origin]: readonly LeadEvent[]): boolean =>
  (origin as Extract<LeadEvent, { readonly type: 'handed-off' | 'excluded' }>).fields['test'] === true;

const decidedAt = ({ verdict, completedAt, dueAt }: ClockRecord): number | null =>
  verdict === 'met' ? completedAt : verdict === 'breached' ? dueAt : null;

const isOpen = (verdict: string): boolean => verdict === 'pending' || verdict === 'paused';

interface Correction {
  /** `touch-retracted/first-response/met/breached`. */
  readonly name: string;
  readonly at: number;
  /** Of the verdict before, or where there was none, of the one after. */
  readonly decidedAt: number | null;
}

/** `touch-retracted/first-response/met/breached` → how often in `[from, to)`; `of-period`: whose verdict before was in it. */
export function plainCorrections(corrections: readonly Correction[], from: number, to: number): Record<string, number> {
  const counts: Record<string, number> = {};
  const add = (name: string): void => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  const isIn = (at: number | null): boolean => at !== null && at >= from && at < to;
  for (const { name, at, decidedAt } of corrections) {
    if (isIn(at)) add(name);
    if (isIn(decidedAt)) add('of-period');
  }
  return counts;
}

/** All that was ever corrected, whenever; it takes a while. */
export const plainlyCorrected = (leads: readonly ToldLead[]): readonly Correction[] =>
  leads.flatMap(({ events }) => (isTest(events) ? [] : correctionsIn(events)));

function correctionsIn(events: readonly LeadEvent[]): readonly Correction[] {
  const corrections: Correction[] = [];
  for (const [start, end] of commandsIn(events)) {
    const said = events.slice(start, end);
    const { at } = said[0]!;
    const isRollout = said.some(({ type }) => type.startsWith('agreement-'));
    const before = leadRecord(events.slice(0, start)).clocks;
    const after = leadRecord(events.slice(0, end)).clocks;
    for (const [index, was] of before.entries()) {
      const is = after[index]!;
      const isAlike = was.verdict === is.verdict && was.dueAt === is.dueAt && decidedAt(was) === decidedAt(is);
      const isJudgedAnew = said.some(
        (event) =>
          event.type === 'clock-rejudged' &&
          event.clock === was.clock &&
          event.n === was.n &&
          event.clockCycle === was.cycle,
      );
      if (!isJudgedAnew && (isAlike || (isOpen(was.verdict) && !isRollout))) continue;
      const name = `${causeOf(said)}/${was.clock}/${was.verdict}/${is.verdict}`;
      corrections.push({ name, at, decidedAt: decidedAt(was) ?? decidedAt(is) });
    }
  }
  return corrections;
}

/** From and to of the events that one command brought about each. */
function commandsIn(events: readonly LeadEvent[]): readonly [number, number][] {
  const commands: [number, number][] = [];
  for (const [index, { commandId }] of events.entries()) {
    if (index === 0 || commandId === undefined) continue;
    const last = commands.at(-1);
    if (last?.[1] === index && events[last[0]]!.commandId === commandId) last[1] = index + 1;
    else commands.push([index, index + 1]);
  }
  return commands;
}

function causeOf(said: readonly LeadEvent[]): string {
  const telling = ['touch-retracted', 'touch-bounced', 'agreement-applied', 'agreement-reverted'];
  if (said.some(({ type }) => type === 'clock-rejudged')) return 'rejudged';
  return said.find(({ type }) => telling.includes(type))?.type ?? 'logged-late';
}
