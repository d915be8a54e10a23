/**
 * Here reports get the form in which they are answered: which one is asked for, and what tells a caller that nothing has
 * changed. How a form looks is decided by the press; no figure is made here.
 */
import { createHash } from 'node:crypto';
import { fileFormats, type FileFormat, type ReportDocument, type ReportPress } from '../../domain/reports/index.js';
import { ProblemError } from '../problems.js';
import type { Call, Content, Reply } from '../route.js';
import { reportView } from '../views/report-view.js';

/** The forms of a report, by the word of the query and the media type of the header Accept. */
const mediaTypes = {
  json: 'application/json',
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const satisfies Record<'json' | FileFormat, string>;

export const reportFormats = ['json', ...fileFormats] as const;
export type ReportFormat = (typeof reportFormats)[number];

/**
 * The form that the query says, else the one that the header Accept would rather have.
 * @throws ProblemError `not-acceptable` if the header names none of them
 */
export function reportFormatOf(
  { accepts }: Pick<Call<unknown>, 'accepts'>,
  wanted: ReportFormat | undefined,
): ReportFormat {
  if (wanted !== undefined) return wanted;
  const mediaType = accepts(Object.values(mediaTypes));
  const format = reportFormats.find((known) => mediaTypes[known] === mediaType);
  if (format !== undefined) return format;
  const detail = `A report is ${Object.values(mediaTypes).join(', ')}`;
  throw new ProblemError('not-acceptable', { detail });
}

/** A report in the form that is asked for, with a strong ETag of its bytes. */
export async function reportReply(document: ReportDocument, format: ReportFormat, press: ReportPress): Promise<Reply> {
  const json = JSON.stringify(reportView(document));
  const dataHash = sha256(json);
  const bytes = format === 'json' ? json : await press.file({ document, dataHash }, format);
  return {
    status: 200,
    content: contentOf(format, bytes),
    headers: {
      ETag: `"${format === 'json' ? dataHash : sha256(bytes)}"`,
      // Kept by nobody else, and asked about again each time: without asOf, the answer is another one in a moment.
      'Cache-Control': 'private, no-cache',
      'Content-Disposition': `${dispositions[format]}; filename="${fileNameOf(document, format)}"`,
      Vary: 'Accept',
    },
  };
}

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const contentOf = (format: ReportFormat, bytes: string | Uint8Array): Content =>
  format === 'json'
    ? { kind: 'stored-json', bytes: bytes as string }
    : { kind: 'file', mediaType: mediaTypes[format], bytes };

/** What a browser would show is shown, what belongs into another program is kept. */
const dispositions: Readonly<Record<ReportFormat, 'inline' | 'attachment'>> = {
  json: 'inline',
  csv: 'attachment',
  xlsx: 'attachment',
};

/** Nothing in it could be taken for a path or end the header. */
const fileNameOf = ({ report, agreement, period }: ReportDocument, format: ReportFormat): string =>
  `${[report, agreement, period.name.replace('–', '_')].join('-').replaceAll(/[^\w.-]/g, '-')}.${format}`;
