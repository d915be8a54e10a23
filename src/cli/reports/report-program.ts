/**
 * Here live the reports as a terminal shows them. The API makes them; nothing here counts, and the words for numbers
 * are in report-words.ts.
 */
import { Option, type Command } from 'commander';
import { leadGroupings, PERIOD_FORMS, reportCatalogue, reportNames } from '../../domain/reports/index.js';
import { ask } from '../lead/api-answers.js';
import type { CliPorts, ExitCode } from '../ports.js';
import { reportLines, type ReportView } from './report-words.js';

type Asked = Readonly<Record<string, string>> & { readonly json?: true };

/** Adds `handoff report NAME`. */
export function addReportCommand(program: Command, ports: CliPorts, end: (code: ExitCode) => void): void {
  const report = program.command('report').description('figures over a period, as of an instant');
  for (const name of reportNames) {
    const command = report
      .command(name)
      .description(reportCatalogue[name].title)
      .option('--period <period>', PERIOD_FORMS)
      .option('--from <date>', 'instead of a period: the first day')
      .option('--to <date>', 'and the day after the last')
      .option('--as-of <instant>', 'what was recorded by then; left out, 10 s ago')
      .option('--agreement <name>', 'left out, the default one')
      .option('--json', 'print what the API says');
    if (reportCatalogue[name].groupings.length > 0) {
      command.addOption(new Option('--by <grouping>', 'split by it').choices(reportCatalogue[name].groupings));
    }
    for (const by of leadGroupings) command.option(`--${by} <${by}>`, `only leads with this ${by}`);
    command.action(async (asked: Asked) => end(await show(ports, name, asked)));
  }
}

async function show(ports: CliPorts, name: string, { json, ...asked }: Asked): Promise<ExitCode> {
  const query = new URLSearchParams(asked).toString();
  const found = await ask(ports, 'GET', `/v1/reports/${name}?${query}`);
  if (found.exitCode !== 0) return found.exitCode;
  const { body } = found.answer;
  const lines = json ? [JSON.stringify(body, null, 2)] : reportLines(body as ReportView);
  for (const line of lines) ports.output.line(line);
  return 0;
}
