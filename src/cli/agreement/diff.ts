import { diffAgreements, formatChange } from '../../documents/index.js';
import type { DiffPageView } from '../../console/agreement-diff-page.js';
import type { CliPorts, ExitCode } from '../ports.js';
import { readDocument } from './agreement-source.js';

/**
 * `handoff agreement diff`: what the later of two agreements says otherwise, in its own words. Ends with 0 whether or
 * not they differ, with 2 if one of them cannot be read.
 */
export async function diffSources(
  before: string,
  after: string,
  form: 'text' | 'json' | 'html',
  ports: CliPorts,
): Promise<ExitCode> {
  const [former, later] = [await readDocument(before, ports), await readDocument(after, ports)];
  if (former === undefined || later === undefined) return 2;
  const changes = diffAgreements(former, later);
  for (const line of linesOf({ before, after, changes }, form, ports)) ports.output.line(line);
  return 0;
}

function linesOf(diff: DiffPageView, form: 'text' | 'json' | 'html', { sheets }: CliPorts): readonly string[] {
  if (form === 'json') return [JSON.stringify(diff, null, 2)];
  if (form === 'html') return [sheets.diffHtml(diff)];
  return diff.changes.length === 0 ? ['Both say the same.'] : diff.changes.map(formatChange);
}
