import type { Command } from 'commander';
import { leadGroupings, PERIOD_FORMS, reportNames, type Cell, type Column } from '../../domain/reports/index.js';
import { ask, told } from '../lead/api-answers.js';
import type { CliPorts, ExitCode } from '../ports.js';
import { foldedTable } from './folded-table.js';
import { textOf, type Screen } from './report-words.js';
import { screenFor } from './screen.js';

/** A page of a list as the API answers it: instants are texts already. */
interface ListView {
  readonly timeZone: string;
  readonly columns: readonly Column[];
  readonly leads: readonly Readonly<Record<string, Cell>>[];
  readonly next: string | null;
}

interface Asked {
  readonly json?: true;
  readonly out?: string;
  readonly [parameter: string]: string | true | undefined;
}

/** Adds `handoff report leads`. */
export function addListCommand(report: Command, ports: CliPorts, end: (code: ExitCode) => void): void {
  const command = report
    .command('leads')
    .description('the leads behind a number of a report')
    .argument('<report>', reportNames.join(', '))
    .requiredOption('--figure <figure>', 'whose number it is; the API tells which there are')
    .requiredOption('--part <part>', 'which of its numbers, as breached')
    .option('--commitment <commitment>', 'only this promise')
    .option('--party <party>', 'only promises of this side')
    .option('--period <period>', PERIOD_FORMS)
    .option('--from <date>', 'instead of a period: the first day')
    .option('--to <date>', 'and the day after the last')
    .option('--as-of <instant>', 'what was recorded by then; left out, 10 s ago')
    .option('--agreement <name>', 'left out, the default one')
    .option('--limit <count>', 'how many at once, at most 1000')
    .option('--cursor <cursor>', 'where to go on')
    .option('--json', 'print what the API says')
    .option('--out <file>', 'write the whole list to a .csv file');
  for (const by of leadGroupings) command.option(`--${by} <${by}>`, `only leads with this ${by}`);
  command.action(async (name: string, asked: Asked) => end(await showOrSave(ports, name, asked)));
}

async function showOrSave(ports: CliPorts, name: string, { json, out, ...asked }: Asked): Promise<ExitCode> {
  const query = new URLSearchParams(asked as Readonly<Record<string, string>>).toString();
  const path = `/v1/reports/${encodeURIComponent(name)}/leads?${query}`;
  if (out !== undefined) return told(ports.output, await ports.download(`${path}&format=csv`, out)).exitCode;
  const found = await ask(ports, 'GET', path);
  if (found.exitCode !== 0) return found.exitCode;
  const { body } = found.answer;
  const list = body as ListView;
  const lines = json ? [JSON.stringify(body, null, 2)] : listLines(list, screenFor(ports, ports.output, list));
  for (const line of lines) ports.output.line(line);
  return 0;
}

/** A column in which nothing stands is left out. */
function listLines({ columns, leads, next }: ListView, screen: Screen): readonly string[] {
  if (leads.length === 0) return ['  nothing'];
  const shown = columns.filter(({ id }) => leads.some((lead) => lead[id] !== null));
  const rows = leads.map((lead) => shown.map(({ id, kind }) => textOf(lead[id] ?? null, kind, screen)));
  const more = next === null ? [] : ['', `  there are more: go on with --cursor ${next}`];
  return [...foldedTable(shown, rows, (text) => text, screen.width), ...more];
}
