// The tables that people run their week with, as they are had over HTTP: what became of six leads whose stories are known.
import { canonicalJson, parseAgreement } from '../../src/documents/index.js';
import { calendarKeys } from '../../src/bin/calendar-ports.js';
import { agreement, agreementText, directory, HOUR_MS, mondayTen, stories } from '../db/journeys.js';
import { openFresh, type Opened } from '../db/opened.js';
import { RunningApi } from './api-world.js';

let opened: Opened;
let api: RunningApi;

beforeAll(async () => {
  opened = await openFresh();
  const { document } = parseAgreement(agreementText, 'inbound-saas.yaml', calendarKeys, { at: 0 });
  const saved = { terms: agreement, text: agreementText, canonical: canonicalJson(document) };
  await opened.database.agreements.saveAgreement(saved, { isDefault: true });
  for (const [index, { events }] of stories.entries()) {
    const leadId = `lead-${index + 1}`;
    const [origin, ...rest] = events;
    await opened.database.ledger.append(leadId, [{ ...origin!, leadId } as typeof origin & object, ...rest]);
  }
  await opened.database.directory.saveDirectory(directory);
  await opened.database.directory.saveDirectory({ ...directory, people, absences: [away] }, ops);
  const workflows = { start: async () => {}, deliver: async () => ({ kind: 'unanswered' as const }) };
  // Everything recorded so far lies more than 10 s back.
  api = await RunningApi.start(opened.database, workflows, { now: () => Date.now() + 15_000 });
});
afterAll(async () => {
  await api.stop();
  await opened.close();
});

const ops = { by: 'ops-1', principal: 'key-of-ops' };

/** Later one person may hold fewer leads, another one is away, and a third one has gone. */
const people = directory.people
  .filter(({ id }) => id !== 'rep-west-2')
  .map((person) => (person.id === 'rep-east-1' ? { ...person, capacity: 4, dailySteps: 12 } : person));
const away = { person: 'rep-east-2', from: Date.parse('2026-01-01'), until: Date.parse('2100-01-01') };

interface Section {
  readonly id: string;
  readonly rows: readonly Record<string, unknown>[];
}

/** A section with the lists behind its numbers. */
interface Linked {
  readonly columns: readonly { readonly id: string; readonly kind: string }[];
  readonly rows: readonly (Readonly<Record<string, unknown>> & { readonly leads?: Readonly<Record<string, string>> })[];
}

async function sectionsOf(question: string): Promise<Readonly<Record<string, Section['rows']>>> {
  const { status, body } = await api.get(`/v1/reports/${question}`);
  expect([status, body['code']]).toEqual([200, undefined]);
  return Object.fromEntries((body['sections'] as readonly Section[]).map(({ id, rows }) => [id, rows]));
}

test('a reason counts where it was given, and not if the lead was reopened afterwards', async () => {
  const { rejections, dispositions } = await sectionsOf('reasons?period=2026-11');
  expect(rejections).toMatchObject([
    { reason: 'bad-data', route: 'disqualified', count: 1, share: 1, withNotes: 0, takenBack: 0 },
    { reason: 'all', route: null, count: 1, share: 1, withNotes: 0, takenBack: 0 },
  ]);
  expect(dispositions).toMatchObject([
    { reason: 'bad-timing', route: 'recycle', count: 1, share: 1 },
    { reason: 'no-budget', route: 'nurture', count: 0, share: 0, withNotes: 'no-leads', takenBack: 1 },
    { reason: 'all', count: 1, share: 1, takenBack: 1 },
  ]);
});

test('a dispute counts with its outcome and with the time until it was decided', async () => {
  const { disputes, ...groups } = await sectionsOf('disputes?period=2026-11&by=team');
  const denied = { opened: 1, upheld: 0, denied: 1, withdrawn: 0, open: 0, upheldShare: 0, median: 7_200_000 };
  expect(disputes).toMatchObject([denied]);
  expect(groups['by-reason']).toMatchObject([{ group: 'bad-data', ...denied }]);
  expect(groups['by-team']).toMatchObject([{ group: 'sdr-east', ...denied }]);
});

test('a tier counts with whom it told, what it moved and when the answer came', async () => {
  const { tiers, warnings } = await sectionsOf('escalations?period=2026-11');
  expect(tiers!.filter(({ commitment }) => commitment === 'first-response')).toMatchObject([
    { step: '1', fired: 3, told: 3, skipped: 0, acknowledged: 1, moved: 0, answered: 1, answerMedian: 72_000_000 },
    { step: '2', fired: 1, told: 1, skipped: 0, acknowledged: 0, moved: 1, answered: 1, answerMedian: 50_400_000 },
  ]);
  expect(warnings!.find(({ step }) => step === '75%')).toMatchObject({ commitment: 'acceptance', fired: 1 });
});

test('an open lead is told of whoever has it now', async () => {
  const { stages, oldest, ...groups } = await sectionsOf('ageing?period=2026-11');
  expect(stages).toMatchObject([
    { stage: 'mql', open: 0 },
    { stage: 'sal', open: 3 },
    { stage: 'all', open: 3 },
  ]);
  expect(groups['by-owner']).toMatchObject([
    { group: 'rep-east-1', open: 1 },
    { group: 'rep-east-2', open: 1 },
    { group: 'rep-east-3', open: 1 },
  ]);
  expect(oldest!.map(({ leadId, owner }) => [leadId, owner])).toEqual([
    ['lead-1', 'rep-east-3'],
    ['lead-4', 'rep-east-1'],
    ['lead-5', 'rep-east-2'],
  ]);
});

test('work stands beside what a person can take, as the directory said then', async () => {
  const sections = await sectionsOf('workload?period=2026-11');
  const shown = sections['people']!.filter(({ person }) =>
    ['rep-east-1', 'rep-east-2', 'rep-west-1'].includes(String(person)),
  );
  expect(shown).toMatchObject([
    { person: 'rep-east-1', open: 1, overdue: 0, capacity: 4, takenUp: 0.25, dailySteps: 12, awayUntil: null },
    {
      person: 'rep-east-2',
      open: 1,
      capacity: 80,
      takenUp: 1 / 80,
      dailySteps: null,
      awayUntil: new Date(away.until).toISOString(),
    },
    { person: 'rep-west-1', open: 0, given: 0, touches: 0, capacity: 80, takenUp: 0 },
  ]);
  expect(sections['people']!.map(({ person }) => person)).not.toContain('rep-west-2');
  expect(sections['by-team']).toMatchObject([
    { group: 'sdr-east', open: 3 },
    { group: 'all', open: 3 },
  ]);
});

test('a change of capacity is told of with who made it, in the period in which it was recorded', async () => {
  const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const { changes } = await sectionsOf(`workload?from=${day(-2)}&to=${day(2)}`);
  expect(changes).toMatchObject([
    { person: 'rep-east-1', capacityBefore: 80, capacity: 4, dailyStepsBefore: null, dailySteps: 12, by: 'ops-1' },
  ]);
  expect((await sectionsOf('workload?period=2025-01'))['changes']).toEqual([]);
});

test('before a directory was recorded nobody has a capacity', async () => {
  const { people: rows } = await sectionsOf('workload?period=2026-11&asOf=2020-01-01T00:00:00Z');
  expect(rows).toMatchObject([{ person: 'all', open: 0, capacity: null, takenUp: null }]);
});

test('a correction tells what was said before and after, when, and why', async () => {
  const { causes, corrections, ...groups } = await sectionsOf('corrections?period=2026-11');
  expect(causes!.filter(({ made }) => made !== 0)).toMatchObject([
    { cause: 'logged-late', made: 1, 'to-met': 1, 'to-open': 0, ofPeriod: 1 },
    { cause: 'touch-retracted', made: 2, 'to-open': 2, ofPeriod: 2 },
    { cause: 'touch-bounced', made: 1, moved: 1, ofPeriod: 1 },
    { cause: 'all', made: 4 },
  ]);
  expect(groups['by-commitment']).toContainEqual(expect.objectContaining({ group: 'first-response', made: 3 }));
  expect(groups['by-commitment']).toContainEqual(expect.objectContaining({ group: 'all', made: 4 }));
  expect(corrections!.find(({ cause }) => cause === 'logged-late')).toMatchObject({
    leadId: 'lead-4',
    commitment: 'first-response',
    verdictBefore: 'breached',
    verdict: 'met',
    correctedAt: new Date(mondayTen + 6 * HOUR_MS).toISOString(),
    by: 'rep-east-1',
  });
  expect((await sectionsOf('corrections?period=2025-01'))['corrections']).toEqual([]);
});

test('compliance says how many of its verdicts were corrected since they were counted', async () => {
  const sections = await sectionsOf('compliance?period=2026-11');
  expect(sections['corrected-since']).toContainEqual(
    expect.objectContaining({ commitment: 'first-response', count: 3 }),
  );
  expect((await sectionsOf('compliance?period=2025-01'))['corrected-since']).toBeUndefined();
});

test('the time of a promise goes to each who had the lead, and to each tier', async () => {
  const sections = await sectionsOf('time-split?period=2026-Q4');
  const usedIn = (section: string) =>
    sections[section]!.filter(({ commitment }) => commitment === 'first-response').map(({ group, used }) => [
      group,
      used,
    ]);
  expect(usedIn('by-tier')).toEqual([
    ['0', 50_400_000],
    ['1', 25_200_000],
    ['2', 50_400_000],
  ]);
  expect(usedIn('by-owner')).toEqual([
    ['rep-east-1', 63_000_000],
    ['rep-east-2', 34_200_000],
    ['rep-east-3', 28_800_000],
  ]);
});

test('a first answer counts by how fast it came, by its channel and by the hour of the hand-off', async () => {
  const { speed, histogram, hours, ...groups } = await sectionsOf('speed?period=2026-11');
  // Neglected, recycled and corrected: answered. Mistaken: its touches were taken back. Disputed: rejected untouched.
  expect(speed).toMatchObject([{ leadCount: 5, answered: 3, unanswered: 1, leftOut: 1 }]);
  expect(histogram!.map(({ bin, leadCount }) => [bin, leadCount]).filter(([, count]) => count !== 0)).toEqual([
    ['within 1 h', 2],
    ['later', 1],
    ['not answered', 1],
  ]);
  expect(hours).toMatchObject([{ weekday: 'Mon', hour: '10:00', leadCount: 5 }]);
  expect(groups['bins-by-channel']).toMatchObject([
    { group: 'none', leadCount: 2 },
    { group: 'phone', leadCount: 3 },
  ]);
});

const reports = ['speed', 'reasons', 'disputes', 'escalations', 'ageing', 'workload', 'corrections', 'time-split'];

test.each(reports)('every number of %s opens a list that is as long', async (name) => {
  const { body } = await api.get(`/v1/reports/${name}?period=2026-Q4`);
  const opened = (body['sections'] as readonly Linked[]).flatMap(({ columns, rows }) => {
    const counted = columns.filter(({ kind }) => kind === 'count').map(({ id }) => id);
    return rows.flatMap((row) => counted.map((id) => ({ id, number: row[id], link: row.leads?.[id] })));
  });
  // Touches a day open the touches that they are made of.
  const linked = opened.filter(({ id, link }) => link !== undefined && id !== 'touchesADay');
  expect(linked.length).toBeGreaterThan(0);
  // Promises are counted, and their leads listed; what a person can take counts no leads.
  expect(
    opened.filter(
      ({ id, link }) =>
        !['overdueClocks', 'touchesADay', 'capacity', 'dailySteps', 'capacityBefore', 'dailyStepsBefore'].includes(
          id,
        ) &&
        !(name === 'speed' && id === 'leadCount') &&
        link === undefined,
    ),
  ).toEqual([]);
  for (const { number, link } of linked) {
    const { body: list } = await api.get(link!);
    expect([link, (list['leads'] as readonly unknown[]).length]).toEqual([link, number]);
  }
});

test.each(['reasons', 'disputes', 'escalations', 'time-split'])(
  'without leads %s says nothing of shares',
  async (name) => {
    const sections = await sectionsOf(`${name}?period=2025-01`);
    const cells = Object.values(sections).flatMap((rows) => rows.flatMap((row) => Object.values(row)));
    expect(cells.filter((cell) => cell !== 0 && typeof cell === 'number')).toEqual([]);
  },
);
