/**
 * Here reports get the form in which they are answered: which one is asked for, and what tells a caller that nothing has
 * changed. How a form looks is decided by the press; no figure is made here.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  chartFormats,
  chartsIn,
  fileFormats,
  type Chart,
  type ChartFormat,
  type FileFormat,
  type ReportDocument,
  type ReportPress,
} from '../../domain/reports/index.js';
import { shortText } from '../field-schemas.js';
import { ProblemError } from '../problems.js';
import type { Call, Reply } from '../route.js';
import { invalidQuery } from '../validated-body.js';
import { reportView } from '../views/report-view.js';

const reportFormats = ['json', ...fileFormats, ...chartFormats] as const;
type ReportFormat = (typeof reportFormats)[number];

/** What the query of a report says of its form. */
export const formParameters = {
  /** Counts more than Accept. */
  format: z.enum(reportFormats).optional(),
  /** Which chart, for the forms that have one. */
  chart: shortText(100).optional(),
};

interface FormAsked {
  readonly format?: ReportFormat | undefined;
  readonly chart?: string | undefined;
}

/** The forms by their media type, and whether a browser shows them or keeps them for another program. */
const forms = {
  json: { mediaType: 'application/json', disposition: 'inline' },
  csv: { mediaType: 'text/csv', disposition: 'attachment' },
  xlsx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    disposition: 'attachment',
  },
  html: { mediaType: 'text/html', disposition: 'inline' },
  pdf: { mediaType: 'application/pdf', disposition: 'inline' },
  svg: { mediaType: 'image/svg+xml', disposition: 'inline' },
  png: { mediaType: 'image/png', disposition: 'inline' },
} as const satisfies Record<ReportFormat, { mediaType: string; disposition: 'inline' | 'attachment' }>;

/**
 * The form that the query says, else the one that the header Accept would rather have.
 * @throws ProblemError `not-acceptable` if the header names none of them
 */
export function formOf(
  { accepts }: Pick<Call<unknown>, 'accepts'>,
  { format: wanted, chart }: FormAsked,
): ReportFormat {
  const mediaTypes = Object.values(forms).map(({ mediaType }) => mediaType);
  const accepted = accepts(mediaTypes);
  const format = wanted ?? reportFormats.find((known) => forms[known].mediaType === accepted);
  if (format === undefined) {
    throw new ProblemError('not-acceptable', { detail: `A report is ${mediaTypes.join(', ')}` });
  }
  if (chart !== undefined && !isOfOneChart(format)) {
    throw invalidQuery([{ path: 'chart', message: `goes with format ${chartFormats.join(' or ')}; leave it out` }]);
  }
  return format;
}

const isOfOneChart = (format: ReportFormat): format is ChartFormat => chartFormats.some((known) => known === format);

/** A report in the form that is asked for, with a strong ETag of its bytes. */
export async function reportReply(
  document: ReportDocument,
  format: ReportFormat,
  chart: string | undefined,
  press: ReportPress,
): Promise<Reply> {
  const bytes = isOfOneChart(format)
    ? await press.chart(requireChart(document, chart), format)
    : await fileOf(document, format, press);
  const { mediaType, disposition } = forms[format];
  return {
    status: 200,
    content: { kind: 'file', mediaType, bytes },
    headers: {
      ETag: `"${sha256(bytes)}"`,
      // Kept by nobody else, and asked about again each time: without asOf, the answer is another one in a moment.
      'Cache-Control': 'private, no-cache',
      'Content-Disposition': `${disposition}; filename="${fileNameOf(document, format)}"`,
      Vary: 'Accept',
    },
  };
}

async function fileOf(
  document: ReportDocument,
  format: 'json' | FileFormat,
  press: ReportPress,
): Promise<string | Uint8Array> {
  const json = JSON.stringify(reportView(document));
  return format === 'json' ? json : press.file({ document, dataHash: sha256(json) }, format);
}

/** @throws ProblemError `invalid-query` with every chart that the report has */
function requireChart(document: ReportDocument, name: string | undefined): Chart {
  const charts = chartsIn(document);
  const found = charts.get(name ?? [...charts.keys()][0] ?? '');
  if (found !== undefined) return found;
  const message = charts.size === 0 ? 'has nothing to show here' : `must be one of ${[...charts.keys()].join(', ')}`;
  throw invalidQuery([{ path: 'chart', message }]);
}

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Nothing in it could be taken for a path or end the header. */
const fileNameOf = ({ report, agreement, period }: ReportDocument, format: ReportFormat): string =>
  `${[report, agreement, period.name.replace('–', '_')].join('-').replaceAll(/[^\w.-]/g, '-')}.${format}`;
