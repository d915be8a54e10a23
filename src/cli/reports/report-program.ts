/**
 * Here live the reports as a terminal shows them. The API makes them; nothing here counts, and the words for numbers
 * are in report-words.ts.
 */
import { Option, type Command } from 'commander';
import {
  chartFormats,
  fileFormats,
  leadGroupings,
  PERIOD_FORMS,
  reportCatalogue,
  reportNames,
} from '../../domain/reports/index.js';
import { ask, told } from '../lead/api-answers.js';
import type { CliPorts, ExitCode } from '../ports.js';
import { addListCommand } from './list-program.js';
import { screenFor } from './screen.js';
import { reportLines, type ReportView } from './report-words.js';

/** What the API is asked by, and what the answer is for. */
interface Asked {
  readonly json?: true;
  readonly format?: string;
  readonly out?: string;
  readonly chart?: string;
  readonly [parameter: string]: string | true | undefined;
}

/** Adds `handoff report NAME` and `handoff report leads`. */
export function addReportCommand(program: Command, ports: CliPorts, end: (code: ExitCode) => void): void {
  const report = program.command('report').description('figures over a period, as of an instant');
  addListCommand(report, ports, end);
  for (const name of reportNames) {
    const command = report
      .command(name)
      .description(reportCatalogue[name].title)
      .option('--period <period>', PERIOD_FORMS)
      .option('--from <date>', 'instead of a period: the first day')
      .option('--to <date>', 'and the day after the last')
      .option('--as-of <instant>', 'what was recorded by then; left out, 10 s ago')
      .option('--agreement <name>', 'left out, the default one')
      .option('--json', 'print what the API says')
      .addOption(new Option('--format <format>', 'write a file instead').choices([...fileFormats, ...chartFormats]))
      .option('--out <file>', 'where to; its ending tells the format where none is named')
      .option('--chart <chart>', 'which chart, for svg and png: its section and its number there, as sales.1');
    if (reportCatalogue[name].groupings.length > 0) {
      command.addOption(new Option('--by <grouping>', 'split by it').choices(reportCatalogue[name].groupings));
    }
    for (const by of leadGroupings) command.option(`--${by} <${by}>`, `only leads with this ${by}`);
    command.action(async (asked: Asked) => end(await showOrSave(ports, name, asked)));
  }
}

async function showOrSave(ports: CliPorts, name: string, asked: Asked): Promise<ExitCode> {
  const { out, format } = asked;
  if (out === undefined && format === undefined) return show(ports, name, asked);
  if (out !== undefined) return save(ports, name, asked, out);
  ports.output.error(`--format ${format}: say with --out FILE where it is written to`);
  return 2;
}

async function show({ output, ...ports }: CliPorts, name: string, asked: Asked): Promise<ExitCode> {
  const found = await ask({ ...ports, output }, 'GET', `/v1/reports/${name}?${queryOf(asked)}`);
  if (found.exitCode !== 0) return found.exitCode;
  const { body } = found.answer;
  const report = body as ReportView;
  const lines = asked.json ? [JSON.stringify(body, null, 2)] : reportLines(report, screenFor(ports, output, report));
  for (const line of lines) output.line(line);
  return 0;
}

async function save(ports: CliPorts, name: string, asked: Asked, out: string): Promise<ExitCode> {
  const formats: readonly string[] = ['json', ...fileFormats, ...chartFormats];
  const format = asked.format ?? (asked.json ? 'json' : out.slice(out.lastIndexOf('.') + 1));
  if (!formats.includes(format)) {
    ports.output.error(`--out ${out}: name a file that ends in ${formats.join(', ')}, or say --format`);
    return 2;
  }
  const query = `${queryOf(asked)}&format=${format}`;
  const saved = told(ports.output, await ports.download(`/v1/reports/${name}?${query}`, out));
  return saved.exitCode;
}

/** All that is asked of the report itself. */
function queryOf({ json: _json, format: _format, out: _out, ...asked }: Asked): string {
  return new URLSearchParams(asked as Readonly<Record<string, string>>).toString();
}
