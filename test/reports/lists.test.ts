// Every number opens the list of what it counts: as long as the number says, in total, by part and by group.
import {
  ALL,
  clockGroupings,
  leadGroupings,
  shareNames,
  tallyCompliance,
  tallyParties,
  tallyShares,
  type ListFilter,
  type ClockGrouping,
  type ListPlace,
  type TableRow,
} from '../../src/domain/reports/index.js';
import { ageingFigures } from '../../src/reports/ageing-query.js';
import { complianceFigures } from '../../src/reports/compliance-query.js';
import { correctionFigures } from '../../src/reports/corrections-query.js';
import { costFigures } from '../../src/reports/costs-query.js';
import { disqualifiedFigures } from '../../src/reports/feedback-query.js';
import { countParts, type Figure, type Figures } from '../../src/reports/figures.js';
import { disputeFigures } from '../../src/reports/disputes-query.js';
import { escalationFigures } from '../../src/reports/escalations-query.js';
import { latenessFigures } from '../../src/reports/lateness-query.js';
import { leadList } from '../../src/reports/lead-list.js';
import { metricFigures } from '../../src/reports/metrics.js';
import { reasonFigures } from '../../src/reports/reasons-query.js';
import { salesCycleFigures } from '../../src/reports/sales-cycle-query.js';
import { speedFigures } from '../../src/reports/speed-query.js';
import { timeFigures } from '../../src/reports/time-split-query.js';
import { volumeFigures } from '../../src/reports/volume-query.js';
import { workloadFigures } from '../../src/reports/workload-query.js';
import type { ReportSource } from '../../src/reports/ports.js';
import { agreement } from '../db/journeys.js';
import { periods, recordQuarter, VARIED_LEAD_COUNT, type RecordedQuarter } from './recorded-quarter.js';

let told: RecordedQuarter;
beforeAll(async () => {
  told = await recordQuarter(VARIED_LEAD_COUNT);
}, 900_000);
afterAll(() => told.opened.close());

const figures: Figures = {
  ...complianceFigures,
  ...metricFigures,
  ...reasonFigures,
  ...disputeFigures,
  ...escalationFigures,
  ...ageingFigures,
  ...timeFigures,
  ...speedFigures,
  ...volumeFigures,
  ...salesCycleFigures,
  ...costFigures,
  ...disqualifiedFigures,
  ...workloadFigures,
  ...correctionFigures,
  ...latenessFigures,
};

interface Span {
  readonly from: number;
  readonly to: number;
}

function listOf(figure: string, part: string, { from, to }: Span, filter: ListFilter = {}) {
  const { query, known } = told;
  const period = { kind: 'days' as const, name: 'a time', fromDate: '', toDate: '', from, to };
  const governance = { timeZone: 'UTC' } as never;
  const source = { workspace: known.workspace, query } as ReportSource;
  const asked = {
    agreement,
    governance,
    period,
    before: period,
    months: [],
    lastWeeks: [],
    lastMonths: [],
    asOf: known.asOf,
  };
  const list = leadList(source, figures, { report: 'compliance', figure, part, filter }, asked);
  if ('code' in list) throw new Error(`no list: ${list.code}`);
  return list;
}

async function rowsOf(...asked: Parameters<typeof listOf>): Promise<readonly TableRow[]> {
  const rows: TableRow[] = [];
  for await (const page of listOf(...asked).pages(null, 400)) rows.push(...page.rows);
  return rows;
}

const lengthOf = async (...asked: Parameters<typeof listOf>): Promise<number> => (await rowsOf(...asked)).length;

describe.each(periods)('in $label', (span) => {
  test.each(shareNames)('the lists of %s are as long as the core counts', async (name) => {
    const tally = tallyShares(told.contributions, { ...span, filter: {} })[name][ALL];
    expect(await lengthOf(name, 'numerator', span)).toBe(tally?.numerator ?? 0);
    expect(await lengthOf(name, 'denominator', span)).toBe(tally?.denominator ?? 0);
    for (const [reason, count] of Object.entries(tally?.leftOut ?? {})) {
      expect([reason, await lengthOf(name, reason, span)]).toEqual([reason, count]);
    }
  });

  test('the lists of a commitment are as long as the core counts', async () => {
    for (const [commitment, groups] of Object.entries(tallyCompliance(told.contributions, { ...span, filter: {} }))) {
      const { met, breached, corrected, metThoughPaused, pending, paused, started, cancelled } = groups[ALL]!;
      const cancelledCount = Object.values(cancelled).reduce((sum, count) => sum + count, 0);
      const numbers = {
        met,
        breached,
        corrected,
        'met-though-paused': metThoughPaused,
        pending,
        paused,
        started,
        cancelled: cancelledCount,
        'left-out': cancelledCount + pending + paused,
      };
      for (const [part, count] of Object.entries(numbers)) {
        expect([commitment, part, await lengthOf('compliance', part, span, { commitment })]).toEqual([
          commitment,
          part,
          count,
        ]);
      }
    }
  });

  test('the lists of a side are as long as the core counts', async () => {
    for (const [party, { numerator, denominator }] of Object.entries(
      tallyParties(told.contributions, { ...span, filter: {} }),
    )) {
      expect(await lengthOf('sla-compliance', 'kept', span, { party })).toBe(numerator);
      expect(await lengthOf('sla-compliance', 'broken', span, { party })).toBe(denominator - numerator);
    }
  });
});

/** Which groups a row of each kind is in; a cycle may have been several owners', whose clocks are then looked at apart. */
const groupingsOf = (kind: Figure['rows']): readonly ClockGrouping[] => {
  if (kind === 'lead-cycle' || kind === 'time') return ['segment', 'source', 'priority'];
  return kind === 'clock' ? clockGroupings : leadGroupings;
};

/** A week is enough for every group of every figure. */
describe.each(Object.keys(figures))('every part of %s', (name) => {
  const figure = figures[name]!;

  test.each(groupingsOf(figure.rows))('has lists by %s that are as long as the counts of its groups', async (by) => {
    const span = periods[2]!;
    const groups = await countParts(told.query, told.known, figure, { ...span, filter: {}, by });
    for (const [group, counts] of Object.entries(groups)) {
      for (const [part, count] of Object.entries(counts)) {
        expect([group, part, await lengthOf(name, part, span, { [by]: group })]).toEqual([group, part, count]);
      }
    }
  });
});

describe('a list', () => {
  const quarter = periods[0]!;

  test('has the same rows in the same order in pages of any size', async () => {
    const whole = await rowsOf('compliance', 'breached', quarter);
    for (const pageSize of [7, 100, 10_000]) {
      const paged: TableRow[] = [];
      for await (const { rows } of listOf('compliance', 'breached', quarter).pages(null, pageSize)) paged.push(...rows);
      expect(paged).toEqual(whole);
    }
  });

  test('goes on after any of its places', async () => {
    const list = listOf('stage-integrity', 'denominator', quarter);
    const whole = await rowsOf('stage-integrity', 'denominator', quarter);
    let place: ListPlace | null = null;
    for await (const page of list.pages(null, 10)) {
      place = page.next;
      break;
    }
    const rest: TableRow[] = [];
    for await (const { rows } of list.pages(place, 500)) rest.push(...rows);
    expect(rest).toEqual(whole.slice(10));
  });

  test('shows of a breach when it was due, when it was completed, and by how much too late', async () => {
    const list = listOf('compliance', 'late', quarter, { commitment: 'first-response' });
    const at = (id: string) => list.columns.findIndex((column) => column.id === id);
    const clocks = new Map(
      told.contributions.flatMap(({ lead, clocks: all }) =>
        all.map((clock) => [JSON.stringify([lead.leadId, clock.cycle, clock.clock, clock.n]), clock] as const),
      ),
    );
    for await (const { rows } of list.pages(null, 1_000)) {
      expect(rows.length).toBeGreaterThan(0);
      for (const { cells } of rows) {
        const fact = clocks.get(JSON.stringify(['leadId', 'cycle', 'commitment', 'n'].map((id) => cells[at(id)])))!;
        expect([cells[at('dueAt')], cells[at('completedAt')], cells[at('overshoot')], cells[at('owner')]]).toEqual([
          fact.dueAt,
          fact.completedAt,
          fact.overshootMs,
          fact.countedFor.owner,
        ]);
      }
    }
  });
});
