// What could have flattered a figure is the same whether SQL counts it, the core folds it, or its plain definition is
// applied; and each of its numbers opens a list as long as it says.
import { deedParts, sourceParts, tallyFairPlay, type FairPlayAsked } from '../../src/domain/reports/index.js';
import { countParts } from '../../src/reports/figures.js';
import { fairPlayFigures, queryFairPlay } from '../../src/reports/fair-play-query.js';
import { leadList, type ListAsked } from '../../src/reports/lead-list.js';
import type { ReportSource } from '../../src/reports/ports.js';
import { agreement } from '../db/journeys.js';
import { plainDeeds, plainSources } from './plain-fair-play.js';
import { periods, recordQuarter, type RecordedQuarter } from './recorded-quarter.js';

let quarter: RecordedQuarter;
beforeAll(async () => {
  quarter = await recordQuarter();
}, 900_000);
afterAll(() => quarter.opened.close());

const DAY_MS = 86_400_000;
const month = periods[1]!;
/** What stands for a month's last three open days here: any three days do. */
const monthEndFrom = month.to - 3 * DAY_MS;
const monthEnds = [{ from: monthEndFrom, to: month.to }];

const asked = (span: { from: number; to: number }, filter = {}): FairPlayAsked => ({
  from: span.from,
  to: span.to,
  filter,
  asOf: quarter.known.asOf,
  monthEnds,
});

const sum = (groups: Readonly<Record<string, Readonly<Record<string, number>>>>, part: string): number =>
  Object.values(groups).reduce((total, counts) => total + (counts[part] ?? 0), 0);

test('the quarter has all that fair play distinguishes', () => {
  const { byOwner, sources, disputes } = tallyFairPlay(quarter.contributions, asked(periods[0]!));
  for (const part of Object.keys(deedParts)) expect([part, sum(byOwner, part) > 0]).toEqual([part, true]);
  for (const part of Object.keys(sourceParts)) expect([part, sum(sources, part) > 0]).toEqual([part, true]);
  for (const part of ['denied', 'upheld']) expect([part, sum(disputes, part) > 0]).toEqual([part, true]);
});

describe.each(periods)('fair play of $label', (span) => {
  test.each([{}, { source: 'webinar' }, { owner: 'rep-east-1' }, { team: 'sdr-east', segment: 'enterprise' }])(
    'is the same by SQL as by the core, with the filter %j',
    async (filter) => {
      const wanted = asked(span, filter);
      expect(await queryFairPlay(quarter, quarter.known, wanted)).toEqual(tallyFairPlay(quarter.contributions, wanted));
    },
  );

  test('has the deeds of the plain definition', () => {
    const { byOwner } = tallyFairPlay(quarter.contributions, asked(span));
    const plain = plainDeeds(quarter.leads, span.from, span.to);
    for (const [owner, counts] of Object.entries(plain)) {
      const same = Object.fromEntries(Object.keys(counts).map((part) => [part, byOwner[owner]?.[part as 'touches']]));
      expect([owner, same]).toEqual([owner, counts]);
    }
    for (const part of ['touches', 'logged-late', 'statuses', 'identical-notes', 'moves']) {
      expect([part, sum(byOwner, part)]).toEqual([part, sum(plain, part)]);
    }
  });

  test('counts each deed for one owner and for one person who did it', () => {
    const { byOwner, byActor } = tallyFairPlay(quarter.contributions, asked(span));
    for (const part of Object.keys(deedParts)) expect([part, sum(byOwner, part)]).toEqual([part, sum(byActor, part)]);
  });

  test('has the sources of the plain definition', () => {
    const { sources } = tallyFairPlay(quarter.contributions, { ...asked(span), monthEnds });
    const plain = plainSources(quarter.leads, span.from, span.to, monthEndFrom);
    for (const [source, counts] of Object.entries(plain)) {
      expect([source, sources[source]]).toMatchObject([
        source,
        { ...counts, 'month-end': expect.anything() as number },
      ]);
    }
    if (span.to === month.to) expect(sum(sources, 'month-end')).toBe(sum(plain, 'month-end'));
  });
});

test('lists are as long as their numbers, by whom they concern', async () => {
  const { query, known } = quarter;
  const source = { workspace: known.workspace, query, lastOpenDays: () => monthEndFrom } as unknown as ReportSource;
  const period = { kind: 'month' as const, name: '2026-11', fromDate: '2026-11-01', toDate: '2026-12-01', ...month };
  const governance = { timeZone: 'UTC' } as ListAsked['governance'];
  const list: ListAsked = { agreement, governance, period, months: [period], asOf: known.asOf };
  const figures = fairPlayFigures(source, list);
  const wanted = [
    { figure: 'deeds', by: 'owner' },
    { figure: 'deeds', by: 'actor' },
    { figure: 'first-touches', by: 'owner' },
    { figure: 'open-leads', by: 'owner' },
    { figure: 'sources', by: 'source' },
    { figure: 'disputes', by: 'source' },
  ] as const;
  for (const { figure, by } of wanted) {
    const groups = await countParts(query, known, figures[figure]!, { ...month, filter: {}, by });
    for (const [group, counts] of Object.entries(groups)) {
      for (const [part, count] of Object.entries(counts)) {
        const found = leadList(source, figures, { report: 'fair-play', figure, part, filter: { [by]: group } }, list);
        if ('code' in found) throw new Error(found.code);
        let length = 0;
        for await (const { rows } of found.pages(null, 1_000)) length += rows.length;
        expect([figure, group, part, length]).toEqual([figure, group, part, count]);
      }
    }
  }
});
