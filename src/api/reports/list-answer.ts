import type { LeadList, ReportPress } from '../../domain/reports/index.js';
import { ProblemError } from '../problems.js';
import type { Call, Reply } from '../route.js';
import { invalidQuery } from '../validated-body.js';

const mediaTypes = { json: 'application/json', csv: 'text/csv' } as const;

export const listFormats = ['json', 'csv'] as const;
type ListFormat = (typeof listFormats)[number];

interface FormatAsked {
  readonly format?: ListFormat | undefined;
  readonly cursor?: string | undefined;
}

/**
 * Pages as JSON or the whole as CSV: as the query says, else as the header Accept would rather have it.
 * @throws ProblemError `not-acceptable` if the header names neither, `invalid-query` for a page of CSV
 */
export function listFormatOf(
  { accepts }: Pick<Call<unknown>, 'accepts'>,
  { format: wanted, cursor }: FormatAsked,
): ListFormat {
  const accepted = accepts(Object.values(mediaTypes));
  const format = wanted ?? listFormats.find((known) => mediaTypes[known] === accepted);
  if (format === undefined) {
    throw new ProblemError('not-acceptable', { detail: `A list is ${Object.values(mediaTypes).join(' or ')}` });
  }
  if (format === 'csv' && cursor !== undefined) {
    throw invalidQuery([{ path: 'cursor', message: 'goes with format json: CSV has the whole list' }]);
  }
  return format;
}

/** The whole list, sent while it is read: its bytes have no hash before they are sent, hence no ETag. */
export function csvReply(list: LeadList, press: ReportPress): Promise<Reply> {
  const { report, figure, part, period } = list;
  return csvStream([report, figure, part, period.name.replace('–', '_')].join('-'), press.list(list));
}

/** Lines of CSV as a file of that name. */
export async function csvStream(name: string, lines: AsyncIterable<string>): Promise<Reply> {
  return {
    status: 200,
    content: { kind: 'stream', mediaType: mediaTypes.csv, pieces: await begun(lines) },
    headers: {
      'Cache-Control': 'private, no-store',
      'Content-Disposition': `attachment; filename="${name.replaceAll(/[^\w.-]/g, '-')}.csv"`,
      Vary: 'Accept',
    },
  };
}

/** The same pieces, of which the first is there: a failure to read is still answered as one. */
async function begun(pieces: AsyncIterable<string>): Promise<AsyncIterable<string>> {
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next();
  return (async function* () {
    try {
      for (let piece = first; !piece.done; piece = await iterator.next()) yield piece.value;
    } finally {
      await iterator.return?.();
    }
  })();
}
