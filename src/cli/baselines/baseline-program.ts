/**
 * Here live the commands about baselines: how metrics stood before. What an amount may be is asked of the API; nothing
 * here counts or compares.
 */
import type { Command } from 'commander';
import { ask } from '../lead/api-answers.js';
import type { CliPorts, ExitCode } from '../ports.js';
import { cellText } from '../../domain/reports/index.js';
import { table } from '../table.js';

type End = (code: ExitCode) => void;

/** Adds `handoff baseline …`. */
export function addBaselineCommands(program: Command, ports: CliPorts, end: End): void {
  const baseline = program.command('baseline').description('how metrics stood before, for reports to compare with');
  baseline
    .command('enter')
    .description('enter baselines; what was entered before stays on record')
    .argument('<agreement>', 'its name')
    .argument('<baseline...>', 'METRIC=AMOUNT, such as mql-volume=420 or acceptance-rate=72%; METRIC= takes one back')
    .option('--note <text>', 'whence they come')
    .option('--json', 'print what the API says')
    .action(async (agreement: string, written: string[], { note, json }: { note?: string; json?: true }) => {
      const body = { baselines: Object.fromEntries(written.map(entryOf)), ...(note !== undefined && { note }) };
      end(await show(ports, ['PUT', pathOf(agreement), body], json));
    });
  baseline
    .command('list')
    .description('what was entered, and by whom')
    .argument('<agreement>', 'its name')
    .option('--json', 'print what the API says')
    .action(async (agreement: string, { json }: { json?: true }) =>
      end(await show(ports, ['GET', pathOf(agreement)], json)),
    );
}

const pathOf = (agreement: string): string => `/v1/agreements/${encodeURIComponent(agreement)}/baselines`;

/** Whole numbers are counts; without an amount, the baseline is taken back. */
function entryOf(written: string): readonly [metric: string, amount: string | number | null] {
  const [metric = '', ...rest] = written.split('=');
  const amount = rest.join('=').trim();
  if (amount === '') return [metric, null];
  return [metric, /^\d+$/.test(amount) ? Number(amount) : amount];
}

interface BaselineView {
  readonly metric: string;
  readonly kind: keyof typeof cellKinds;
  readonly value: number;
  readonly currency?: string;
  readonly note: string | null;
  readonly by: string;
  readonly recordedAt: string;
}

const cellKinds = { count: 'count', share: 'share', time: 'open-time', money: 'money' } as const;

async function show(
  ports: CliPorts,
  question: Readonly<Parameters<CliPorts['callApi']>>,
  asJson: true | undefined,
): Promise<ExitCode> {
  const asked = await ask(ports, ...question);
  if (asked.exitCode !== 0) return asked.exitCode;
  const { body } = asked.answer;
  const lines = asJson ? [JSON.stringify(body, null, 2)] : linesOf((body as { baselines: BaselineView[] }).baselines);
  for (const line of lines) ports.output.line(line);
  return 0;
}

const linesOf = (baselines: readonly BaselineView[]): readonly string[] =>
  baselines.length === 0
    ? ['no baseline is entered: figures are compared with the quarter before']
    : table([['metric', 'baseline', 'entered', 'by', 'note'], ...baselines.map(cellsOf)]);

const cellsOf = ({ metric, kind, value, currency, note, by, recordedAt }: BaselineView): readonly string[] => [
  metric,
  cellText(currency === undefined ? value : { minor: value, currency }, cellKinds[kind]),
  recordedAt,
  by,
  note ?? '–',
];
