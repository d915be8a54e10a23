import type { Command } from 'commander';
import { ask } from '../lead/api-answers.js';
import type { CliPorts, ExitCode } from '../ports.js';
import { shadowLines, withheldLines, type ShadowView, type WithheldView } from './shadow-words.js';

type End = (code: ExitCode) => void;
const VERSION = 'the agreement: NAME for its active version, or NAME@N';

/** Adds what puts a stored version in shadow, and what ends that. */
export function addShadowCommands(agreement: Command, ports: CliPorts, end: End): void {
  agreement
    .command('shadow')
    .description('put a version in shadow: verdicts and tiers as always, but nothing is mailed and nobody is moved')
    .argument('<version>', VERSION)
    .option('--ladder <name...>', 'only these ladders; all of the version unless said')
    .action(async (version: string, { ladder }: { ladder?: string[] }) =>
      end(await change(ports, version, 'shadow', ladder === undefined ? {} : { ladders: ladder })),
    );
  agreement
    .command('withheld')
    .description('what would have gone out while the version was in shadow: who, what and when, the newest first')
    .argument('<version>', VERSION)
    .option('--json', 'print what the API says')
    .action(async (version: string, { json = false }: { json?: boolean }) => end(await list(ports, version, json)));
  agreement
    .command('go-live')
    .description('end the shadow of a version, or of one ladder; what was withheld is told first, and never sent')
    .argument('<version>', VERSION)
    .option('--ladder <name>', 'only this ladder')
    .option('--preview', 'only tell what would have gone out, and change nothing')
    .action(async (version: string, { ladder, preview = false }: { ladder?: string; preview?: boolean }) =>
      end(preview ? await list(ports, version, false) : await change(ports, version, 'go-live', { ladder })),
    );
}

const pathOf = (named: string): string => {
  const [name = '', version = 'active'] = named.split('@');
  return `/v1/agreements/${encodeURIComponent(name)}/versions/${encodeURIComponent(version)}`;
};

async function change(ports: CliPorts, version: string, act: 'shadow' | 'go-live', body: object): Promise<ExitCode> {
  const asked = await ask(ports, 'POST', `${pathOf(version)}/${act}`, body);
  if (asked.exitCode !== 0) return asked.exitCode;
  for (const line of shadowLines(asked.answer.body as ShadowView)) ports.output.line(line);
  return 0;
}

/** All pages, each printed as it comes. */
async function list(ports: CliPorts, version: string, asJson: boolean): Promise<ExitCode> {
  let before: number | null = null;
  do {
    const from: string = before === null ? '' : `&before=${before}`;
    const asked = await ask(ports, 'GET', `${pathOf(version)}/shadow?limit=200${from}`);
    if (asked.exitCode !== 0) return asked.exitCode;
    const view = asked.answer.body as ShadowView & WithheldView;
    const isFirst = before === null;
    const lines = asJson ? [JSON.stringify(view)] : [...(isFirst ? shadowLines(view) : []), ...withheldLines(view)];
    for (const line of lines) ports.output.line(line);
    before = view.next;
  } while (before !== null);
  return 0;
}
