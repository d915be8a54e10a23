import { type Section, type TableRow } from '../domain/reports/index.js';
import { column } from './cells.js';
import { queryCorrections } from './corrections-query.js';
import { listLink } from './list-links.js';
import { knownFor, type ReportAsked, type ReportSource } from './ports.js';

/** What figures of a period owe to corrections, for reports that tell these figures; no section where there is none. */
export async function correctedSince(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const { period, filter } = asked;
  const span = { from: period.from, to: period.to, filter };
  const known = knownFor(source, asked);
  const commitments = await queryCorrections(source.query, known, { ...span, by: 'commitment' });
  const rows = Object.entries(commitments)
    .filter(([, { ofPeriodCount }]) => ofPeriodCount > 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([commitment, { ofPeriodCount }]) => rowOf(asked, commitment, ofPeriodCount));
  return rows.length === 0 ? [] : [section(rows)];
}

const rowOf = (asked: ReportAsked, commitment: string, count: number): TableRow => ({
  cells: [commitment, count],
  leads: {
    count: listLink('corrections', asked, { figure: 'corrections', part: 'of-period', filter: { commitment } }),
  },
});

const section = (rows: readonly TableRow[]): Section => ({
  id: 'corrected-since',
  title: 'Corrected since',
  notes: [
    'Verdicts that were counted in this period and of which something else is said since then: as of before, the figures ' +
      'were others. Late logging is one cause of several, beside touches taken back, changed agreements and judging anew: ' +
      'the report on corrections tells what was said, by what it changed, and who said so.',
  ],
  table: {
    columns: [column('commitment', 'commitment', 'text'), column('count', 'verdicts corrected', 'count')],
    rows,
  },
  charts: [],
});
