import { ask } from '../lead/api-answers.js';
import type { CliPorts, ExitCode } from '../ports.js';
import { versionNamed } from './agreement-source.js';
import { whatIfLines, type WhatIfView } from './what-if-words.js';

export interface WhatIfOptions {
  readonly from: string;
  readonly to: string;
  /** A stored version that imported leads are compared with. */
  readonly against?: string;
  readonly json?: boolean;
  /** A file for the chart. */
  readonly svg?: string;
}

/** `handoff agreement what-if`: what a file or a stored version would have made of past leads. */
export async function askWhatIf(source: string, options: WhatIfOptions, ports: CliPorts): Promise<ExitCode> {
  const asked = await answerFor(source, options, 'json', ports);
  if (asked.exitCode !== 0) return asked.exitCode;
  const view = asked.answer.body as WhatIfView;
  if (options.json === true) ports.output.line(JSON.stringify(view, null, 2));
  else for (const line of whatIfLines(view)) ports.output.line(line);
  return options.svg === undefined ? 0 : draw(source, options, options.svg, ports);
}

async function draw(source: string, options: WhatIfOptions, file: string, ports: CliPorts): Promise<ExitCode> {
  const asked = await answerFor(source, options, 'svg', ports);
  if (asked.exitCode !== 0) return asked.exitCode;
  ports.writeFile(file, String(asked.answer.body));
  return 0;
}

/** A file goes before a stored version of the same spelling, as in all commands. */
async function answerFor(
  source: string,
  { from, to, against }: WhatIfOptions,
  format: 'json' | 'svg',
  ports: CliPorts,
) {
  const query = new URLSearchParams({ from, to, format, ...(against !== undefined && { against }) }).toString();
  const document = ports.readText(source);
  if (document !== undefined) return ask(ports, 'POST', `/v1/what-if?${query}`, { document });
  const stored = versionNamed(source);
  if (stored !== undefined) return ask(ports, 'GET', `${stored}/what-if?${query}`);
  ports.output.error(`${source}:1:1: error there is no readable file here; expected an agreement, or NAME@N`);
  return { exitCode: 2 } as const;
}
