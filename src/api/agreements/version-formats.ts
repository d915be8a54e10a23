import { z } from 'zod';
import { paperSizes, type PaperSize } from '../../documents/index.js';
import type { AgreementVersion } from '../../domain/agreement/index.js';
import type { Call, Reply } from '../route.js';
import type { AgreementPapers } from './agreement-papers.js';

/** The forms in which a version is given, by the word of the query and the media type of the header Accept. */
const mediaTypes = {
  json: 'application/json',
  yaml: 'application/yaml',
  html: 'text/html',
  pdf: 'application/pdf',
} as const;
type VersionFormat = keyof typeof mediaTypes;

const formats = Object.keys(mediaTypes) as VersionFormat[];

export const versionQuery = z.strictObject({
  /** Counts more than Accept. */
  format: z.enum(formats).optional(),
  paper: z.enum(paperSizes).default('a4'),
});

/** JSON, unless the query or the header Accept asks for another form. */
export function formatOf(
  { accepts }: Pick<Call<unknown>, 'accepts'>,
  wanted: VersionFormat | undefined,
): VersionFormat {
  if (wanted !== undefined) return wanted;
  const mediaType = accepts(Object.values(mediaTypes));
  return formats.find((format) => mediaTypes[format] === mediaType) ?? 'json';
}

/** A version in a form that is not JSON. */
export async function fileReply(
  version: AgreementVersion,
  format: Exclude<VersionFormat, 'json'>,
  paper: PaperSize,
  papers: AgreementPapers,
): Promise<Reply> {
  const bytes = await bytesOf(version, format, paper, papers);
  const name = `${version.name}-${version.version}.${format}`;
  return {
    status: 200,
    content: { kind: 'file', mediaType: mediaTypes[format], bytes },
    headers: { 'Content-Disposition': `inline; filename="${name}"`, Vary: 'Accept' },
  };
}

async function bytesOf(
  version: AgreementVersion,
  format: Exclude<VersionFormat, 'json'>,
  paper: PaperSize,
  papers: AgreementPapers,
): Promise<string | Uint8Array> {
  switch (format) {
    case 'yaml':
      return version.text;
    case 'html':
      return papers.html(version);
    case 'pdf':
      return papers.pdf(version, paper);
  }
}
