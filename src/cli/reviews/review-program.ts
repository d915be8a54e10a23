/**
 * Here lives what leaders do with reviews on the command line: look, say, decide, close. The API decides what follows; no
 * rule of a review lives here.
 */
import { Option, type Command } from 'commander';
import { reviewStatuses } from '../../domain/reviews/index.js';
import { ask } from '../lead/api-answers.js';
import type { CliPorts, ExitCode } from '../ports.js';
import { reviewLines, reviewRows, type ReviewSummary, type ReviewView } from './review-words.js';

type End = (code: ExitCode) => void;
type Options = Readonly<Record<string, string | true | undefined>>;

/** What is said with one text, and under which address. */
const sayings = [
  { command: 'word', path: 'word', words: 'record the word of sales on the quality of the leads' },
  { command: 'lesson', path: 'lessons', words: 'note a lesson for later reviews' },
] as const;

/** Adds `handoff reviews …`. */
export function addReviewCommands(program: Command, ports: CliPorts, end: End): void {
  const reviews = program
    .command('reviews')
    .description('reviews of agreements: what they look at, and what comes of them');
  reviews
    .command('list')
    .description('reviews, the newest first')
    .option('--agreement <name>', 'of this agreement only')
    .addOption(new Option('--status <status>', 'these only').choices(reviewStatuses))
    .action(async (options: Options) => end(await list(options, ports)));
  reviews
    .command('show')
    .description('one review: what it looks at, what was said, what it lacks')
    .argument('<id>')
    .option('--json', 'print what the API says')
    .action(async (id: string, { json }: { json?: true }) => end(await show('GET', pathOf(id), ports, { json })));
  reviews
    .command('pack')
    .description('print its frozen pack')
    .argument('<id>')
    .action(async (id: string) => end(await show('GET', pathOf(id, '/pack'), ports, { json: true })));
  for (const { command, path, words } of sayings) {
    reviews
      .command(command)
      .description(words)
      .argument('<id>')
      .argument('<text>')
      .action(async (id: string, text: string) =>
        end(await show('POST', pathOf(id, `/${path}`), ports, { body: { text } })),
      );
  }
  addOutcomes(reviews, ports, end);
}

function addOutcomes(reviews: Command, ports: CliPorts, end: End): void {
  reviews
    .command('answer')
    .description('answer for a commitment that was not kept')
    .argument('<id>')
    .argument('<commitment>')
    .argument('<text>')
    .action(async (id: string, commitment: string, text: string) =>
      end(await show('POST', pathOf(id, '/answers'), ports, { body: { commitment, text } })),
    );
  reviews
    .command('deliverable')
    .description('say whether something owed besides leads was delivered')
    .argument('<id>')
    .argument('<deliverable>', 'as the agreement writes it')
    .argument('<text>')
    .option('--missing', 'it was not')
    .action(async (id: string, deliverable: string, text: string, { missing }: { missing?: true }) =>
      end(
        await show('POST', pathOf(id, '/deliverables'), ports, {
          body: { deliverable, isDelivered: missing !== true, text },
        }),
      ),
    );
  reviews
    .command('decide')
    .description('record a decision')
    .argument('<id>')
    .argument('<text>')
    .requiredOption('--owner <person>', 'who sees to it')
    .requiredOption('--due-date <date>', 'done by the end of this day, as YYYY-MM-DD')
    .action(async (id: string, text: string, options: { owner: string; dueDate: string }) =>
      end(await show('POST', pathOf(id, '/decisions'), ports, { body: { text, ...options } })),
    );
  for (const [command, isAccepted] of [
    ['accept', true],
    ['decline', false],
  ] as const) {
    reviews
      .command(command)
      .description(`${command} what the quarter suggests for the next version`)
      .argument('<id>')
      .argument('<proposal>', 'its id, as show tells it')
      .argument('<text>')
      .action(async (id: string, proposal: string, text: string) =>
        end(await show('POST', pathOf(id, '/proposals'), ports, { body: { proposal, isAccepted, text } })),
      );
  }
  for (const [command, path] of [
    ['done', 'done'],
    ['drop', 'dropped'],
  ] as const) {
    reviews
      .command(command)
      .description(command === 'done' ? 'say that a decision is carried out' : 'drop a decision')
      .argument('<id>')
      .argument('<n>', 'its number in the review')
      .argument('<text>')
      .action(async (id: string, n: string, text: string) =>
        end(await show('POST', pathOf(id, `/decisions/${encodeURIComponent(n)}/${path}`), ports, { body: { text } })),
      );
  }
  reviews
    .command('close')
    .description('close a review that lacks nothing')
    .argument('<id>')
    .option('--open-draft', 'and open the next version in draft, with the proposals it accepted')
    .action(async (id: string, { openDraft }: { openDraft?: true }) =>
      end(await show('POST', pathOf(id, openDraft ? '/draft' : '/close'), ports, {})),
    );
}

const pathOf = (id: string, more = ''): string => `/v1/reviews/${encodeURIComponent(id)}${more}`;

interface Showing {
  readonly body?: unknown;
  readonly json?: true | undefined;
}

async function show(method: 'GET' | 'POST', path: string, ports: CliPorts, { body, json }: Showing): Promise<ExitCode> {
  const asked = await ask(ports, method, path, body);
  if (asked.exitCode !== 0) return asked.exitCode;
  const lines = json ? [JSON.stringify(asked.answer.body, null, 2)] : reviewLines(asked.answer.body as ReviewView);
  for (const line of lines) ports.output.line(line);
  return 0;
}

async function list({ agreement, status }: Options, ports: CliPorts): Promise<ExitCode> {
  const query = new URLSearchParams({
    ...(typeof agreement === 'string' && { agreement }),
    ...(typeof status === 'string' && { status }),
  });
  const asked = await ask(ports, 'GET', `/v1/reviews?${query.toString()}`);
  if (asked.exitCode !== 0) return asked.exitCode;
  const { reviews } = asked.answer.body as { readonly reviews: readonly ReviewSummary[] };
  for (const line of reviewRows(reviews)) ports.output.line(line);
  return 0;
}
