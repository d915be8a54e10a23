/**
 * Here live the commands about who may speak to the API, and about what was changed by whom. The API makes, checks and
 * notes everything; nothing here knows a role's rights.
 */
import { Option, type Command } from 'commander';
import { keyRoles } from '../../domain/access/api-key.js';
import { ask } from '../lead/api-answers.js';
import type { CliPorts, ExitCode } from '../ports.js';
import { auditLines, keyLine, keyLines, type AuditPage, type KeyView } from './key-words.js';

type End = (code: ExitCode) => void;

interface Asked {
  readonly json?: true;
}

/** Adds `handoff key …`. */
export function addKeyCommands(program: Command, ports: CliPorts, end: End): void {
  const key = program.command('key').description('API keys: each speaks for a person, with a role');
  key
    .command('create')
    .description('make a key and print it, once; nobody can show it again')
    .requiredOption('--name <name>', 'what it is for')
    .addOption(new Option('--role <role>', 'what it may do').choices(keyRoles).makeOptionMandatory())
    .option('--person <person>', 'for whom it speaks, as the directory calls them; only an intake key needs nobody')
    .option('--expires-at <instant>', 'when it stops to open anything, like 2027-01-01T00:00:00Z')
    .option('--json', 'print what the API says')
    .action(async ({ json, ...order }: Asked) =>
      end(await show(ports, ['POST', '/v1/api-keys', order], json, (made) => createdLines(made as KeyView))),
    );
  key
    .command('list')
    .description('every key that was ever made, without the keys themselves')
    .option('--json', 'print what the API says')
    .action(async ({ json }: Asked) =>
      end(
        await show(ports, ['GET', '/v1/api-keys'], json, (body) =>
          keyLines((body as { keys: readonly KeyView[] }).keys),
        ),
      ),
    );
  key
    .command('revoke')
    .description('from now on the key opens nothing')
    .argument('<id>', 'its id, as the list shows it')
    .action(async (id: string) =>
      end(
        await show(ports, ['DELETE', `/v1/api-keys/${encodeURIComponent(id)}`], undefined, (body) => [
          keyLine(body as KeyView),
        ]),
      ),
    );
}

/** Adds `handoff audit`. */
export function addAuditCommand(program: Command, ports: CliPorts, end: End): void {
  program
    .command('audit')
    .description("who changed what and when outside the leads' own stories, newest first")
    .option('--subject <subject>', 'what was changed, and what is under it: key, agreement:inbound-saas')
    .option('--by <person>', 'who changed it')
    .option('--from <instant>', 'not before, like 2026-11-23T15:00:00Z')
    .option('--to <instant>', 'before that instant')
    .option('--limit <count>', 'how many at most', '100')
    .option('--cursor <next>', 'go on after an earlier answer')
    .option('--json', 'print everything, with what was before and after')
    .action(async ({ json, ...filter }: Asked & Readonly<Record<string, string>>) => {
      const path = `/v1/audit?${new URLSearchParams(filter).toString()}`;
      end(await show(ports, ['GET', path], json, (body) => auditLines(body as AuditPage)));
    });
}

type Question = Readonly<Parameters<CliPorts['callApi']>>;

async function show(
  ports: CliPorts,
  question: Question,
  asJson: true | undefined,
  linesOf: (body: unknown) => readonly string[],
): Promise<ExitCode> {
  const asked = await ask(ports, ...question);
  if (asked.exitCode !== 0) return asked.exitCode;
  const { body } = asked.answer;
  for (const line of asJson ? [JSON.stringify(body, null, 2)] : linesOf(body)) ports.output.line(line);
  return 0;
}

const createdLines = (made: KeyView): readonly string[] => [
  keyLine(made),
  `${made.key} (keep it now: it is never shown again)`,
];
