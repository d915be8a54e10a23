/**
 * Here lives what people do on the command line with a calendar or a touch that turned out wrong: say so, look at the verdicts that
 * would change, approve. The API decides and does all of it; no rule of a correction lives here.
 */
import { Option, type Command } from 'commander';
import { correctionOrders, verdictListings, type CorrectionOrder } from '../../domain/correction/index.js';
import { versionNamed } from '../agreement/agreement-source.js';
import { ask } from '../lead/api-answers.js';
import type { CliPorts, ExitCode } from '../ports.js';
import { correctionLines, verdictLines, type CorrectionView, type VerdictView } from './correction-words.js';

type End = (code: ExitCode) => void;

interface DraftOptions {
  readonly calendar: string;
  readonly closed?: readonly string[];
  readonly open?: readonly string[];
  readonly reason: string;
}

const orderWords: Readonly<Record<CorrectionOrder, string>> = {
  approve: 'have the leads judged anew that somebody else has listed',
  withdraw: 'give a correction up that nobody has approved',
};

/** Adds `handoff corrections …`. */
export function addCorrectionCommands(program: Command, ports: CliPorts, end: End): void {
  const corrections = program.command('corrections').description('calendars and touches that turned out wrong');
  corrections
    .command('draft')
    .description('say which days were wrong, and have the verdicts listed that would change')
    .argument('<version...>', 'versions of one agreement, each as NAME@N')
    .requiredOption('--calendar <name>', 'which of their calendars')
    .option('--closed <date...>', 'days that should have been closed')
    .option('--open <date=hours...>', 'days that should have had other hours: 2026-11-26=09:00-12:00,13:00-15:00')
    .requiredOption('--reason <text>', 'why; every verdict that changes will say so')
    .action(async (versions: string[], options: DraftOptions) => end(await draft(versions, options, ports)));
  corrections
    .command('touch')
    .description('say when a touch really happened, and have the verdicts listed that would change')
    .argument('<lead>')
    .argument('<touch>', "its sequence in the lead's timeline", Number)
    .requiredOption('--occurred-at <instant>', 'when it happened, with its offset')
    .requiredOption('--reason <text>', 'why; every verdict that changes will say so')
    .action(async (leadId: string, touch: number, options: { occurredAt: string; reason: string }) =>
      end(await show('POST', '/v1/corrections/touches', ports, { body: { leadId, touch, ...options } })),
    );
  corrections
    .command('list')
    .description('corrections, the newest first')
    .action(async () => end(await list(ports)));
  corrections
    .command('show')
    .description('what it says, how many verdicts it changes, and how far it has come')
    .argument('<id>')
    .option('--json', 'print what the API says')
    .action(async (id: string, { json }: { json?: true }) => end(await show('GET', pathOf(id), ports, { json })));
  corrections
    .command('verdicts')
    .description('the verdicts that change, before and after')
    .argument('<id>')
    .addOption(new Option('--listing <listing>', 'as they were listed, or as it was done').choices(verdictListings))
    .action(async (id: string, { listing }: { listing?: string }) => end(await verdicts(id, listing, ports)));
  for (const order of correctionOrders) {
    corrections
      .command(order)
      .description(orderWords[order])
      .argument('<id>')
      .action(async (id: string) => end(await show('POST', pathOf(id, `/${order}`), ports)));
  }
}

const pathOf = (id: string, more = ''): string => `/v1/corrections/${encodeURIComponent(id)}${more}`;

async function draft(versions: readonly string[], options: DraftOptions, ports: CliPorts): Promise<ExitCode> {
  const named = versions.filter((version) => versionNamed(version) !== undefined).map((version) => version.split('@'));
  const agreements = [...new Set(named.map(([name]) => name))];
  if (named.length < versions.length || agreements.length !== 1) {
    ports.output.error('name stored versions of one agreement: NAME@N, like inbound-saas@8');
    return 2;
  }
  const days = daysOf(options);
  const { calendar, reason } = options;
  const body = { agreement: agreements[0], versions: named.map(([, n]) => Number(n)), calendar, days, reason };
  return show('POST', '/v1/corrections', ports, { body });
}

const daysOf = ({ closed = [], open = [] }: DraftOptions): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries([
    ...closed.map((date) => [date, []] as const),
    ...open.map((day) => {
      const [date = '', hours = ''] = day.split('=');
      return [date, hours.split(',')] as const;
    }),
  ]);

interface Showing {
  readonly body?: unknown;
  readonly json?: true | undefined;
}

async function show(method: 'GET' | 'POST', path: string, ports: CliPorts, showing: Showing = {}): Promise<ExitCode> {
  const asked = await ask(ports, method, path, showing.body);
  if (asked.exitCode !== 0) return asked.exitCode;
  const view = asked.answer.body as CorrectionView;
  for (const line of showing.json ? [JSON.stringify(view, null, 2)] : correctionLines(view)) ports.output.line(line);
  return 0;
}

const NONE = 'there are none; handoff corrections draft begins one';

async function list(ports: CliPorts): Promise<ExitCode> {
  const asked = await ask(ports, 'GET', '/v1/corrections');
  if (asked.exitCode !== 0) return asked.exitCode;
  const { corrections } = asked.answer.body as { readonly corrections: readonly CorrectionView[] };
  const lines = corrections.length === 0 ? [NONE] : corrections.flatMap(correctionLines);
  for (const line of lines) ports.output.line(line);
  return 0;
}

/** All of them, page by page. */
async function verdicts(id: string, listing: string | undefined, ports: CliPorts): Promise<ExitCode> {
  let isFirst = true;
  for (let cursor: string | null = ''; cursor !== null;) {
    const query = new URLSearchParams({ ...(listing !== undefined && { listing }), ...(cursor !== '' && { cursor }) });
    const asked: Awaited<ReturnType<typeof ask>> = await ask(ports, 'GET', pathOf(id, `/verdicts?${query.toString()}`));
    if (asked.exitCode !== 0) return asked.exitCode;
    const page = asked.answer.body as { readonly verdicts: readonly VerdictView[]; readonly next: string | null };
    for (const line of verdictLines(page.verdicts, isFirst)) ports.output.line(line);
    isFirst = false;
    cursor = page.next;
  }
  return 0;
}
