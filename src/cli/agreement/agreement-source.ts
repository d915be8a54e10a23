import { formatMistake, parseAgreement, type AgreementDocument, type Mistake } from '../../documents/index.js';
import type { CliPorts } from '../ports.js';

/** An agreement as a command names it: a file, or a stored version as `NAME@N`. */
export interface SourceText {
  readonly source: string;
  readonly text: string;
}

/** The text of a file or of a stored version; `undefined` if there is none, which then has been told. */
export async function readSource(source: string, ports: CliPorts): Promise<SourceText | undefined> {
  const text = ports.readText(source);
  if (text !== undefined) return { source, text };
  const version = /^([\w-]+)@(\d+)$/.exec(source);
  if (version !== null) return readStored(source, version[1]!, version[2]!, ports);
  ports.output.error(`${source}:1:1: error there is no readable file here; expected an agreement, or NAME@N`);
  return undefined;
}

async function readStored(source: string, name: string, version: string, { callApi, output }: CliPorts) {
  const answer = await callApi('GET', `/v1/agreements/${encodeURIComponent(name)}/versions/${version}?format=yaml`);
  if (answer.kind === 'answer' && answer.status === 200) return { source, text: String(answer.body) };
  output.error(`${source}: ${answer.kind === 'unreachable' ? answer.reason : detailOf(answer.body)}`);
  return undefined;
}

/** What a problem of the API says to people. */
const detailOf = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'detail' in body ? String(body.detail) : 'the API answered otherwise';

/** The document of a source; `undefined` if there is none or it has mistakes, which then have been told. */
export async function readDocument(source: string, ports: CliPorts): Promise<AgreementDocument | undefined> {
  const found = await readSource(source, ports);
  if (found === undefined) return undefined;
  const { document, mistakes } = parseAgreement(found.text, source, ports.calendars, { at: ports.now() });
  tell(mistakes, ports);
  return document;
}

function tell(mistakes: readonly Mistake[], { output }: CliPorts): void {
  for (const mistake of mistakes) output.error(formatMistake(mistake));
}
