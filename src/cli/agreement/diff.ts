import { diffAgreements, formatChange } from '../../documents/index.js';
import type { CliPorts, ExitCode } from '../ports.js';
import { readDocument } from './agreement-source.js';

/**
 * `handoff agreement diff`: what the later of two agreements says otherwise, in its own words. Ends with 0 whether or
 * not they differ, with 2 if one of them cannot be read.
 */
export async function diffSources(
  before: string,
  after: string,
  { json }: { readonly json: boolean },
  ports: CliPorts,
): Promise<ExitCode> {
  const [former, later] = [await readDocument(before, ports), await readDocument(after, ports)];
  if (former === undefined || later === undefined) return 2;
  const changes = diffAgreements(former, later);
  if (json) ports.output.line(JSON.stringify({ before, after, changes }, null, 2));
  else for (const line of changes.map(formatChange)) ports.output.line(line);
  if (!json && changes.length === 0) ports.output.line('Both say the same.');
  return 0;
}
