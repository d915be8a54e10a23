/** Promise: the lag of a due point is how late its recording was, and only what fell due by itself has one. */
import { createWorkerMetrics } from '../../src/metrics/index.js';
import type { LeadLedger } from '../../src/domain/ports.js';
import { aLead, accept, given, pass, touch, when, type Lead } from '../builders/index.js';
import { valueOf } from './prometheus-text.js';

const taking: LeadLedger = { append: () => Promise.resolve(), read: () => Promise.resolve([]) };
const away: LeadLedger = { ...taking, append: () => Promise.reject(new Error('away')) };

/** All that the worker tells once it has recorded what the lead's clocks did, each 2.5 s late. */
async function told({ run: { events } }: Lead, ledger = taking): Promise<string> {
  let now = 0;
  const { metrics, measureLedger } = createWorkerMetrics({ now: () => now });
  for (const event of events) {
    now = event.at + 2_500;
    await measureLedger(ledger)
      .append('lead-1', [event])
      .catch(() => undefined);
  }
  return metrics.scrape();
}

const countOf = (text: string, point: string) => valueOf(text, 'handoff_due_point_lag_seconds_count', { point });

const untouched = pass(aLead(), 'wed 10:00');

test('each warning, breach and tier is measured, from its instant to its recording', async () => {
  const text = await told(untouched);
  const { events } = untouched.run;
  const breachCount = events.filter(({ type }) => type === 'clock-breached').length;
  expect(breachCount).toBeGreaterThan(0);
  expect(countOf(text, 'breach')).toBe(breachCount);
  expect(countOf(text, 'warning')).toBe(events.filter(({ type }) => type === 'warning-fired').length);
  expect(countOf(text, 'tier')).toBe(events.filter(({ type }) => type === 'tier-fired').length);
  expect(valueOf(text, 'handoff_due_point_lag_seconds_sum', { point: 'breach' })).toBe(breachCount * 2.5);
});

test('what somebody said is none', async () => {
  const { lead } = given(aLead(), accept('tue 10:01'), touch('tue 10:02')).then('tue 10:03');
  const text = await told(lead);
  for (const point of ['warning', 'breach', 'tier', 'wake', 'age-out', 'pause-end'])
    expect(countOf(text, point)).toBe(0);
});

test('what could not be recorded is none yet', async () => {
  expect(countOf(await told(untouched, away), 'breach')).toBe(0);
});

test('an instant ahead of the program has no lag below 0', async () => {
  const { metrics, measureLedger } = createWorkerMetrics({ now: () => when('tue 10:00') });
  await measureLedger(taking).append('lead-1', untouched.run.events);
  expect(valueOf(await metrics.scrape(), 'handoff_due_point_lag_seconds_sum', { point: 'breach' })).toBe(0);
});
