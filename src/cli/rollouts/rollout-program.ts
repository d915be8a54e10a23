/**
 * Here lives what sales ops do on the command line with a version and the leads that run: look, bring, watch, take back.
 * The API decides and does all of it; no rule of a rollout lives here.
 */
import { Option, type Command } from 'commander';
import { rolloutModes } from '../../domain/lifecycle/commands.js';
import { rolloutLeadStatuses, rolloutOrders, type RolloutOrder } from '../../domain/rollout/rollout.js';
import { versionNamed } from '../agreement/agreement-source.js';
import { ask } from '../lead/api-answers.js';
import type { CliPorts, ExitCode } from '../ports.js';
import { previewVersion, type PreviewOptions } from './preview.js';
import { rolloutLeadLines, rolloutLines, type RolloutLeadView, type RolloutView } from './rollout-words.js';
import { watchRollout } from './watch.js';

type End = (code: ExitCode) => void;

const modeOption = (): Option =>
  new Option('--mode <mode>', 'what becomes of clocks that run').choices(rolloutModes).makeOptionMandatory();
const VERSION = 'a stored version as NAME@N';
const SEGMENTS = 'leads of these segments only';

/** Adds `handoff agreement preview` and `handoff agreement rollout`. */
export function addVersionRollouts(agreement: Command, ports: CliPorts, end: End): void {
  agreement
    .command('preview')
    .description('which running leads a version would change, and how; nothing is changed')
    .argument('<version>', VERSION)
    .addOption(modeOption())
    .option('--segments <name...>', SEGMENTS)
    .option('--at <instant>', 'by then, unless nobody acts; now unless said')
    .option('--all', 'list every lead that would change')
    .option('--json', 'print what the API says')
    .action(async (version: string, options: PreviewOptions) =>
      end(await withVersion(version, ports, (path) => previewVersion(path, options, ports))),
    );
  agreement
    .command('rollout')
    .description('bring the active version to the leads that run, and watch')
    .argument('<version>', VERSION)
    .addOption(modeOption())
    .option('--segments <name...>', SEGMENTS)
    .option('--leads-per-second <count>', 'never more than these', Number)
    .option('--detach', 'do not wait for its end')
    .action(async (version: string, options: StartOptions) =>
      end(await withVersion(version, ports, (path) => start(path, options, ports))),
    );
}

async function withVersion(
  version: string,
  { output }: CliPorts,
  work: (path: string) => Promise<ExitCode>,
): Promise<ExitCode> {
  const path = versionNamed(version);
  if (path !== undefined) return work(path);
  output.error(`${version} names no stored version: write NAME@N, like inbound-saas@8`);
  return 2;
}

interface StartOptions {
  readonly mode: string;
  readonly segments?: readonly string[];
  readonly leadsPerSecond?: number;
  readonly detach?: true;
}

async function start(path: string, { detach, ...body }: StartOptions, ports: CliPorts): Promise<ExitCode> {
  const asked = await ask(ports, 'POST', `${path}/rollouts`, body);
  if (asked.exitCode !== 0) return asked.exitCode;
  const { rolloutId } = asked.answer.body as RolloutView;
  ports.output.line(`rollout ${rolloutId} has begun; handoff rollout pause ${rolloutId} lets it rest`);
  return detach ? 0 : watchRollout(rolloutId, ports);
}

const orderWords: Readonly<Record<RolloutOrder, string>> = {
  pause: 'let a rollout rest',
  resume: 'let it go on, and watch',
  abort: 'end it; leads that are left stay as they are',
  revert: 'take it back from leads on which nothing has come of it, and watch',
};

/** Adds `handoff rollout …`. */
export function addRolloutCommands(program: Command, ports: CliPorts, end: End): void {
  const rollout = program.command('rollout').description('versions on their way to running leads');
  rollout
    .command('list')
    .description('rollouts, the newest first')
    .option('--agreement <name>', 'of this agreement only')
    .action(async ({ agreement }: { agreement?: string }) => end(await list(agreement, ports)));
  rollout
    .command('show')
    .description('how far a rollout has come')
    .argument('<id>')
    .option('--wait', 'follow it until it ends')
    .option('--json', 'print what the API says')
    .action(async (id: string, { wait, json }: { wait?: true; json?: true }) =>
      end(wait ? await watchRollout(id, ports) : await show('GET', id, ports, json)),
    );
  rollout
    .command('leads')
    .description('what became of each lead, and why')
    .argument('<id>')
    .addOption(new Option('--status <status>', 'these only').choices(rolloutLeadStatuses))
    .action(async (id: string, { status }: { status?: string }) => end(await leads(id, status, ports)));
  for (const order of rolloutOrders) {
    rollout
      .command(order)
      .description(orderWords[order])
      .argument('<id>')
      .option('--detach', 'do not wait for its end')
      .action(async (id: string, { detach }: { detach?: true }) => end(await obey(order, id, detach, ports)));
  }
}

const pathOf = (id: string, more = ''): string => `/v1/rollouts/${encodeURIComponent(id)}${more}`;

async function show(method: 'GET' | 'POST', path: string, ports: CliPorts, asJson?: true): Promise<ExitCode> {
  const asked = await ask(ports, method, method === 'GET' ? pathOf(path) : path);
  if (asked.exitCode !== 0) return asked.exitCode;
  const view = asked.answer.body as RolloutView;
  for (const line of asJson ? [JSON.stringify(view, null, 2)] : rolloutLines(view)) ports.output.line(line);
  return 0;
}

async function obey(order: RolloutOrder, id: string, detach: true | undefined, ports: CliPorts): Promise<ExitCode> {
  const code = await show('POST', pathOf(id, `/${order}`), ports);
  const goesOn = order === 'resume' || order === 'revert';
  return code === 0 && goesOn && !detach ? watchRollout(id, ports) : code;
}

const NONE = 'there are none; handoff agreement rollout begins one';

async function list(agreement: string | undefined, ports: CliPorts): Promise<ExitCode> {
  const query = agreement === undefined ? '' : `?${new URLSearchParams({ agreement }).toString()}`;
  const asked = await ask(ports, 'GET', `/v1/rollouts${query}`);
  if (asked.exitCode !== 0) return asked.exitCode;
  const { rollouts } = asked.answer.body as { readonly rollouts: readonly RolloutView[] };
  const lines = rollouts.length === 0 ? [NONE] : rollouts.flatMap((one) => rolloutLines(one).slice(0, 2));
  for (const line of lines) ports.output.line(line);
  return 0;
}

/** All of them, page by page. */
async function leads(id: string, status: string | undefined, ports: CliPorts): Promise<ExitCode> {
  const found: RolloutLeadView[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query = new URLSearchParams({ ...(status !== undefined && { status }), ...(cursor !== '' && { cursor }) });
    const asked: Awaited<ReturnType<typeof ask>> = await ask(ports, 'GET', pathOf(id, `/leads?${query.toString()}`));
    if (asked.exitCode !== 0) return asked.exitCode;
    const page = asked.answer.body as { readonly leads: readonly RolloutLeadView[]; readonly next: string | null };
    found.push(...page.leads);
    cursor = page.next;
  }
  for (const line of rolloutLeadLines(found)) ports.output.line(line);
  return 0;
}
