// What was said otherwise before is the same by SQL, by the core and by its plain definition.
import { answerFromCalendar } from '../../src/bin/calendar-ports.js';
import { canonicalJson } from '../../src/documents/index.js';
import type { AgreementTerms } from '../../src/domain/agreement/index.js';
import { rejudgeLead } from '../../src/domain/correction/index.js';
import type { RolloutMode } from '../../src/domain/lifecycle/commands.js';
import type { Run } from '../../src/domain/lifecycle/run.js';
import {
  ALL,
  contributionOf,
  correctionTurns,
  leadGroupings,
  tallyCorrections,
  type Contribution,
  type CorrectionTally,
} from '../../src/domain/reports/index.js';
import { reversalOf } from '../../src/domain/rollout/reversal.js';
import { queryCorrected, queryCorrections } from '../../src/reports/corrections-query.js';
import type { Known } from '../../src/reports/ports.js';
import { agreement, DAY_MS, goodFields, handedOff, HOUR_MS, mondayTen, passUntil, say } from '../db/journeys.js';
import { plainCorrections, plainlyCorrected } from './plain-corrections.js';
import { windowsOf, type ToldLead } from './quarter.js';
import { periods, recordQuarter, type RecordedQuarter } from './recorded-quarter.js';

let told: RecordedQuarter;
let corrected: ReturnType<typeof plainlyCorrected>;
let contributions: readonly Contribution[];
let known: Known;

beforeAll(async () => {
  told = await recordQuarter();
  const { database, sql } = told.opened;
  const more = [...rolloutStories(), ...rejudgedStories()];
  for (const terms of [faster, shorter, closedForAWeek]) {
    await database.agreements.saveDocument({ terms, text: '', canonical: canonicalJson({}) });
  }
  for (const { leadId, events } of more) await database.ledger.append(leadId, events);
  const { rows } = await sql.query<{ now: Date }>('SELECT clock_timestamp() AS now FROM pg_sleep(0.002)');
  known = { ...told.known, asOf: rows[0]!.now.getTime() };
  await database.reportStore.projector(windowsOf).catchUp(known.asOf);
  corrected = plainlyCorrected([...told.leads, ...more]);
  const ports = { agreements, windowsOf };
  contributions = [...told.contributions, ...more.map(({ events }) => contributionOf(events, ports))];
}, 900_000);
afterAll(() => told.opened.close());

/** The next version: answers in half the time. */
const faster: AgreementTerms = {
  ...agreement,
  key: `${agreement.name}@next`,
  version: agreement.version + 1,
  clocks: { ...agreement.clocks, 'first-response': { ...agreement.clocks['first-response']!, withinMs: 2 * HOUR_MS } },
};

const { acceptance: _dropped, ...withoutAcceptance } = faster.clocks;

/** The same without the promise to accept. */
const shorter: AgreementTerms = { ...faster, key: `${faster.key}-shorter`, clocks: withoutAcceptance };

/** The agreement with a week that everybody had forgotten to close, and the Saturday before it open in return. */
const closedForAWeek: AgreementTerms = {
  ...agreement,
  key: `${agreement.key}-corrected`,
  calendars: mapped(agreement.calendars, (calendar) => ({
    ...calendar,
    exceptions: {
      ...calendar.exceptions,
      '2026-11-21': ['09:00-17:00'],
      ...Object.fromEntries(['23', '24', '25', '26', '27'].map((day) => [`2026-11-${day}`, []])),
    },
  })),
  calendarKeys: mapped(agreement.calendarKeys, (key) => `${key}-corrected`),
};

function mapped<V>(record: Readonly<Record<string, V>>, change: (value: V) => V): Readonly<Record<string, V>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

const agreements = Object.fromEntries([agreement, faster, shorter, closedForAWeek].map((terms) => [terms.key, terms]));

/** Leads that were judged by the wrong calendar: breached, answered in time, or answered in time by a Saturday's grace. */
const rejudgedStories = (): readonly ToldLead[] => [
  ...Array.from({ length: 10 }, (_, index) =>
    rejudgedStory(index, mondayTen + (index % 4) * DAY_MS, index % 3 === 0 ? HOUR_MS : null),
  ),
  rejudgedStory(10, fridayTwo, mondayTen - HOUR_MS / 2 - fridayTwo),
];

const fridayTwo = mondayTen - 3 * DAY_MS + 4 * HOUR_MS;

function rejudgedStory(index: number, at: number, answeredAfterMs: number | null): ToldLead {
  const leadId = `rejudged-${index}`;
  const lead = handedOff({ leadId, at, fields: { ...goodFields, email: `${leadId}@acme.example` } });
  const call = { type: 'touch', channel: 'phone', outcome: 'no-answer' } as const;
  const told = answeredAfterMs === null ? lead : say(lead, at + answeredAfterMs, call);
  const judgedAt = at + (answeredAfterMs ?? 0) + 7 * HOUR_MS;
  return { leadId, events: rejudged(passUntil(told, judgedAt - HOUR_MS), judgedAt).events };
}

function rejudged(told: Run, at: number): Run {
  const termsInstead = { [agreement.key]: closedForAWeek.key };
  const judged = rejudgeLead(told.events, at, { agreements, termsInstead, answerCalendar: answerFromCalendar });
  if (judged.kind !== 'judged') throw new Error(judged.why);
  const { clocks } = judged;
  const why = { correction: 'co_1', reason: 'Thanksgiving week', judgedSeq: told.state.seq };
  const forgetful = { ...told, context: { ...told.context, windows: {} } };
  return passUntil(say(forgetful, at, { type: 'rejudge', ...why, clocks, agreements }), at + 9 * DAY_MS);
}

/** Before anything warns. */
const SOON_MS = 10 * 60_000;

/** Leads to which the next version came soon after the hand-off, by either mode, some of them taken back from it. */
const rolloutStories = (): readonly ToldLead[] =>
  Array.from({ length: 24 }, (_, index) => {
    const mode: RolloutMode = index % 2 === 0 ? 'recompute' : 'used-time-stays';
    return { leadId: `rolled-out-${index}`, events: rolledOut(`rolled-out-${index}`, mode, index) };
  });

function rolledOut(leadId: string, running: RolloutMode, index: number): ToldLead['events'] {
  const at = mondayTen + (index % 5) * DAY_MS + index * 60_000;
  const lead = handedOff({ leadId, at, fields: { ...goodFields, email: `${leadId}@acme.example` } });
  const next = index % 3 === 0 ? faster : shorter;
  const applied = say(lead, at + SOON_MS, { type: 'apply-agreement', agreement: next, running });
  if (next === shorter) return passUntil(applied, at + 2 * DAY_MS).events;
  const reversal = reversalOf(applied.events, `apply-agreement-${at + SOON_MS}`);
  if (reversal.kind !== 'restorable') throw new Error(`it is ${reversal.kind}`);
  const { kind: _kind, ...former } = reversal;
  const known = applied.context.agreements;
  const undone = say(applied, at + 2 * SOON_MS, { type: 'revert-agreement', ...former, agreements: known });
  return passUntil(undone, at + 2 * DAY_MS).events;
}

const groupings = [undefined, 'kind' as const, 'commitment' as const, ...leadGroupings];

test('the quarter has all that corrections distinguish', () => {
  const corrections = contributions.flatMap((one) => one.corrections);
  expect([...new Set(corrections.map(({ cause }) => cause))].toSorted()).toEqual([
    'agreement-applied',
    'agreement-reverted',
    'logged-late',
    'rejudged',
    'touch-bounced',
    'touch-retracted',
  ]);
  expect([...new Set(corrections.map(({ turn }) => turn))].toSorted()).toEqual(correctionTurns.toSorted());
});

describe.each(periods)('corrections of $label', ({ from, to }) => {
  const asked = { from, to, filter: {} };

  test.each(groupings)('are the same by SQL as by the core, by %s', async (by) => {
    const split = { ...asked, ...(by !== undefined && { by }) };
    expect(await queryCorrections(told.query, known, split)).toEqual(tallyCorrections(contributions, split));
  });

  test('are those of the plain definition', () => {
    const plain = plainCorrections(corrected, from, to);
    const { 'of-period': ofPeriod = 0, ...made } = plain;
    const { madeCount = 0, ofPeriodCount = 0 } = tallyCorrections(contributions, asked)[ALL] ?? {};
    expect([ofPeriodCount, madeCount]).toEqual([ofPeriod, Object.values(made).reduce((sum, count) => sum + count, 0)]);
    const causes = tallyCorrections(contributions, { ...asked, by: 'kind' });
    for (const [cause, tally] of Object.entries(causes)) {
      const ofCause = Object.entries(made).filter(([name]) => name.startsWith(`${cause}/`));
      expect([cause, ofCause.reduce((sum, [, count]) => sum + count, 0)]).toEqual([cause, tally.madeCount]);
    }
  });

  test.each(groupings)('add up to the whole, by %s', (by) => {
    const { [ALL]: whole } = tallyCorrections(contributions, asked);
    const groups = Object.values(tallyCorrections(contributions, { ...asked, ...(by !== undefined && { by }) }));
    const sum = (of: (tally: CorrectionTally) => number): number =>
      groups.reduce((total, tally) => total + of(tally), 0);
    expect(sum(({ madeCount }) => madeCount)).toBe(whole?.madeCount ?? 0);
    expect(sum(({ ofPeriodCount }) => ofPeriodCount)).toBe(whole?.ofPeriodCount ?? 0);
    expect(sum(({ turnCounts }) => correctionTurns.reduce((total, turn) => total + turnCounts[turn], 0))).toBe(
      whole?.madeCount ?? 0,
    );
  });

  test('with a filter are those of the group', async () => {
    const filter = { segment: 'enterprise', priority: 'high' };
    expect(await queryCorrections(told.query, known, { ...asked, filter, by: 'kind' })).toEqual(
      tallyCorrections(contributions, { ...asked, filter, by: 'kind' }),
    );
  });

  test('are named with what the core says of them', async () => {
    const named = await queryCorrected(told.query, known, asked, 10_000);
    const counted = contributions
      .filter(({ lead }) => !lead.isTest)
      .flatMap(({ lead, corrections }) => corrections.map((one) => ({ leadId: lead.leadId, ...one })))
      .filter(({ correctedAt, judgedAt }) =>
        [correctedAt, judgedAt].some((at) => at !== null && at >= from && at < to),
      );
    expect(named).toHaveLength(counted.length);
    for (const one of named) {
      expect(counted).toContainEqual(
        expect.objectContaining({
          leadId: one.leadId,
          clock: one.commitment,
          n: one.n,
          verdictBefore: one.verdictBefore,
          verdict: one.verdict,
          wasDueAt: one.wasDueAt,
          dueAt: one.dueAt,
          correctedAt: one.correctedAt,
          cause: one.cause,
          reason: one.reason,
        }),
      );
    }
  });
});

test('a report as of before a correction was recorded knows nothing of it', async () => {
  const { query, known: before } = told;
  const span = { from: periods[0]!.from, to: periods[0]!.to, filter: {}, by: 'kind' as const };
  const causes = Object.keys(await queryCorrections(query, before, span));
  expect(causes).not.toContain('agreement-applied');
  expect(Object.keys(await queryCorrections(query, known, span))).toContain('agreement-applied');
});
