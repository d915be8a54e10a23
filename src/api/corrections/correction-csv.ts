import type { CorrectedVerdict, VerdictPlace } from '../../domain/correction/index.js';
import type { Cell, Column, LeadList, ListPlace, ReportPress } from '../../domain/reports/index.js';
import { csvStream } from '../reports/list-answer.js';
import type { Reply } from '../route.js';

type Read = (after: VerdictPlace | undefined, limit: number) => Promise<readonly CorrectedVerdict[]>;

const columns: readonly Column[] = [
  { id: 'lead', title: 'Lead', kind: 'text' },
  { id: 'clock', title: 'Clock', kind: 'text' },
  { id: 'number', title: 'Number', kind: 'count' },
  { id: 'cycle', title: 'Cycle', kind: 'count' },
  { id: 'party', title: 'Party', kind: 'text' },
  { id: 'team', title: 'Team', kind: 'text' },
  { id: 'started', title: 'Started', kind: 'instant' },
  { id: 'verdict-before', title: 'Verdict before', kind: 'text' },
  { id: 'verdict-after', title: 'Verdict after', kind: 'text' },
  { id: 'due-before', title: 'Due before', kind: 'instant' },
  { id: 'due-after', title: 'Due after', kind: 'instant' },
  { id: 'completed-before', title: 'Completed before', kind: 'instant' },
  { id: 'completed-after', title: 'Completed after', kind: 'instant' },
  { id: 'overshoot-before', title: 'Overshoot before', kind: 'open-time' },
  { id: 'overshoot-after', title: 'Overshoot after', kind: 'open-time' },
];

const cellsOf = ({ was, is, ...verdict }: CorrectedVerdict): readonly Cell[] => [
  ...[verdict.leadId, verdict.clock, verdict.n, verdict.cycle, verdict.party, verdict.team, verdict.startedAt],
  ...[was.verdict, is.verdict, was.dueAt, is.dueAt],
  ...[was.completedAt, is.completedAt, was.overshootMs, is.overshootMs],
];

/** The whole list as a file, read while it is sent. */
export const correctionCsv = (name: string, read: Read, press: ReportPress): Promise<Reply> =>
  csvStream(name, press.list({ columns, pages: (_after: ListPlace | null, size: number) => pagesOf(read, size) }));

async function* pagesOf(read: Read, size: number): ReturnType<LeadList['pages']> & AsyncGenerator {
  let after: VerdictPlace | undefined;
  for (;;) {
    const page = await read(after, size);
    const isLast = page.length < size;
    yield { rows: page.map((verdict) => ({ cells: cellsOf(verdict) })), next: null };
    if (isLast) return;
    after = page.at(-1);
  }
}
