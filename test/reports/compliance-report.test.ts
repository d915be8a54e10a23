// The compliance report says what is counted, held against what was agreed at the time, and its groups sum to the whole.
import {
  clockGroupings,
  tallyCompliance,
  tallyFairPlay,
  type Cell,
  type Period,
  type Section,
} from '../../src/domain/reports/index.js';
import { queryLeadCounts } from '../../src/reports/compliance-query.js';
import { complianceSections } from '../../src/reports/compliance-report.js';
import type { InForce, ReportAsked, ReportSource } from '../../src/reports/ports.js';
import { agreement } from '../db/journeys.js';
import { periods, recordQuarter, VARIED_LEAD_COUNT, type RecordedQuarter } from './recorded-quarter.js';

let quarter: RecordedQuarter;
beforeAll(async () => {
  quarter = await recordQuarter(VARIED_LEAD_COUNT);
}, 900_000);
afterAll(() => quarter.opened.close());

const DAY_MS = 86_400_000;
const month: Period = { kind: 'month', name: '2026-11', fromDate: '2026-11-01', toDate: '2026-12-01', ...periods[1]! };
const before: Period = {
  kind: 'month',
  name: '2026-10',
  fromDate: '2026-10-01',
  toDate: '2026-11-01',
  from: Date.parse('2026-10-01T04:00:00Z'),
  to: month.from,
};

/** Goals changed after ten of thirty days; every day is open. */
const changedAt = month.from + 10 * DAY_MS;
const withGoal = (goalPpm: number, version: number): InForce['agreement'] => ({
  ...agreement,
  version,
  clocks: { ...agreement.clocks, 'first-response': { ...agreement.clocks['first-response']!, goalPpm } },
});
const targets = ['mql-volume', 'data-completeness'].map((name) => ({ name, party: 'marketing', bySegment: {} }));
const governance = { timeZone: 'America/New_York', targets } as unknown as InForce['governance'];
const versions: readonly InForce[] = [
  { agreement: withGoal(600_000, 1), governance, from: Number.NEGATIVE_INFINITY, to: changedAt },
  { agreement: withGoal(900_000, 2), governance, from: changedAt, to: Number.POSITIVE_INFINITY },
];

async function sectionsOf(more: Partial<ReportAsked> = {}): Promise<readonly Section[]> {
  const { query, known } = quarter;
  const source: ReportSource = {
    workspace: known.workspace,
    query,
    openTimeOn: () => 0,
    offsetsOf: () => [],
    lastOpenDays: (_agreement, _governance, { to }, count) => to - count * DAY_MS,
    openDayCount: (_agreement, _governance, from, to) => (to - from) / DAY_MS,
  };
  return complianceSections(source, {
    agreement: versions[1]!.agreement,
    governance,
    versions,
    period: { ...month, to: month.from + 30 * DAY_MS },
    before,
    weeks: [],
    months: [],
    lastWeeks: [],
    lastMonths: [],
    entered: [],
    baseline: before,
    upcoming: [],
    asOf: known.asOf,
    filter: {},
    ...more,
  });
}

type Row = Readonly<Record<string, Cell>> & { readonly isFaint: boolean };

function rowsIn(sections: readonly Section[], id: string): readonly Row[] {
  const { table } = sections.find((section) => section.id === id)!;
  return table.rows.map(({ cells, isFaint = false }) => ({
    ...Object.fromEntries(table.columns.map((column, index) => [column.id, cells[index]!])),
    isFaint,
  })) as unknown as Row[];
}

test('marketing stands first', async () => {
  const ids = (await sectionsOf()).map(({ id }) => id);
  expect(ids.indexOf('marketing')).toBeLessThan(ids.indexOf('sales'));
});

test('what could have flattered a side stands beside its promises, as fair play counts it', async () => {
  const sections = await sectionsOf();
  const ids = sections.map(({ id }) => id);
  for (const party of ['marketing', 'sales']) {
    expect(ids.indexOf(`${party}-fair-play`)).toBe(ids.indexOf(party) + 1);
  }
  const wanted = {
    from: month.from,
    to: month.from + 30 * DAY_MS,
    filter: {},
    asOf: quarter.known.asOf,
    monthEnds: [],
  };
  const { byOwner, sources } = tallyFairPlay(quarter.contributions, wanted);
  const sum = (groups: Readonly<Record<string, Readonly<Record<string, number>>>>, part: string): number =>
    Object.values(groups).reduce((total, counts) => total + counts[part]!, 0);
  const shown = (party: string) =>
    rowsIn(sections, `${party}-fair-play`).map(({ what, flatters, count, among }) => [what, flatters, count, among]);
  expect(shown('sales')).toContainEqual([
    'touches logged late',
    'first-response, touches, owner-response, intent-response, re-engagement',
    sum(byOwner, 'logged-late'),
    sum(byOwner, 'touches'),
  ]);
  expect(shown('marketing')).toContainEqual([
    'placeholders in required fields',
    'data-completeness',
    sum(sources, 'with-placeholders'),
    sum(sources, 'mqls'),
  ]);
});

test.each([
  { by: 'owner' as const, section: 'reps' },
  { by: 'source' as const, section: 'sources' },
])('split by $by, fair play is told of each beside it', async ({ by, section }) => {
  const ids = (await sectionsOf({ by })).map(({ id }) => id);
  expect(ids.indexOf(section)).toBe(ids.indexOf(`by-${by}`) + 1);
});

test('a goal that changed within the period counts for its open days', async () => {
  const rows = rowsIn(await sectionsOf(), 'sales');
  expect(rows.find(({ commitment }) => commitment === 'first-response')!['goal']).toBeCloseTo(0.8, 12);
  expect(rows.find(({ commitment }) => commitment === 'acceptance')!['goal']).toBe(0.95);
});

test('each version is held to its own goal', async () => {
  const rows = rowsIn(await sectionsOf({ by: 'version' }), 'by-version');
  const own = rows.filter(({ commitment }) => commitment === 'first-response');
  expect(own.map(({ group, goal }) => [group, goal])).toEqual([['inbound-saas@1', 0.6]]);
});

test('a commitment that was given up within the period is still told of', async () => {
  const { closure: _closure, ...others } = agreement.clocks;
  const without = { ...versions[1]!.agreement, clocks: others };
  const changed = [versions[0]!, { ...versions[1]!, agreement: without }];
  const rows = rowsIn(await sectionsOf({ agreement: without, versions: changed }), 'sales');
  expect(rows.map(({ commitment }) => commitment)).toContain('closure');
});

test.each(clockGroupings.filter((by) => by !== 'commitment'))('groups by %s sum to the whole', async (by) => {
  const sections = await sectionsOf({ by });
  const grouped = rowsIn(sections, `by-${by}`);
  for (const party of ['marketing', 'sales']) {
    for (const { commitment, met, breached, corrected } of rowsIn(sections, party)) {
      const own = grouped.filter((row) => row['commitment'] === commitment);
      const sum = (id: string) => own.reduce((total, row) => total + (row[id] as number), 0);
      expect([commitment, sum('met'), sum('breached'), sum('corrected')]).toEqual([
        commitment,
        met,
        breached,
        corrected,
      ]);
    }
  }
});

test('each group has its own period before', async () => {
  const rows = rowsIn(await sectionsOf({ by: 'segment' }), 'by-segment');
  const earlier = tallyCompliance(quarter.contributions, { ...before, filter: {}, by: 'segment' });
  for (const { commitment, group, before: share } of rows) {
    const { met = 0, breached = 0 } = earlier[commitment as string]?.[group as string] ?? {};
    expect([commitment, group, share]).toEqual([
      commitment,
      group,
      met + breached === 0 ? 'no-leads' : met / (met + breached),
    ]);
  }
});

test('persons with fewer than 20 leads are greyed, others are not', async () => {
  const { query, known, contributions } = quarter;
  const { from, to } = periods[2]!;
  const leads = new Map<string, Set<string>>();
  for (const { lead, clocks } of contributions.filter((one) => !one.lead.isTest)) {
    for (const { decidedAt, countedFor } of clocks) {
      if (decidedAt === null || decidedAt < from || decidedAt >= to) continue;
      const owner = countedFor.owner ?? 'none';
      leads.set(owner, (leads.get(owner) ?? new Set()).add(lead.leadId));
    }
  }
  const counts = await queryLeadCounts(query, known, { from, to, filter: {} });
  expect(counts).toEqual(Object.fromEntries([...leads].map(([owner, ids]) => [owner, ids.size])));
  const week = { ...month, kind: 'days' as const, from, to };
  for (const { group, isFaint } of rowsIn(await sectionsOf({ by: 'owner', period: week }), 'by-owner')) {
    expect([group, isFaint]).toEqual([group, counts[group as string]! < 20]);
  }
});

test('the latest of all are the breaches with most overshoot, the worst first', async () => {
  const rows = rowsIn(await sectionsOf({ period: { ...month, ...periods[0]! } }), 'latest');
  const { from, to } = periods[0]!;
  const overshoots = quarter.contributions
    .filter(({ lead }) => !lead.isTest)
    .flatMap(({ clocks }) => clocks)
    .filter(({ verdict, decidedAt }) => verdict === 'breached' && decidedAt! >= from && decidedAt! < to)
    .flatMap(({ overshootMs }) => overshootMs ?? [])
    .toSorted((a, b) => b - a);
  expect(rows.map(({ overshoot }) => overshoot)).toEqual(overshoots.slice(0, 10));
});
