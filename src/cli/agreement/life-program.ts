import type { Command } from 'commander';
import { documentKey, formatMistake, parseAgreement } from '../../documents/index.js';
import { ask } from '../lead/api-answers.js';
import type { ApiMethod, CliPorts, ExitCode } from '../ports.js';
import { readDocument, versionNamed } from './agreement-source.js';
import {
  agreementLines,
  commentLines,
  versionLines,
  versionStanding,
  type AgreementView,
  type CommentView,
  type VersionView,
} from './life-words.js';

type End = (code: ExitCode) => void;
interface AsJson {
  readonly json?: true;
}

const VERSION = 'a stored version as NAME@N';
const JSON_OPTION = ['--json', 'print what the API says'] as const;

/** Adds what brings a version from draft into force: each command is one call of the API, with the key of its speaker. */
export function addLifeCommands(agreement: Command, ports: CliPorts, end: End): void {
  addReads(agreement, ports, end);
  addDraft(agreement, ports, end);
  for (const act of acts) addAct(agreement, act, ports, end);
}

function addReads(agreement: Command, ports: CliPorts, end: End): void {
  agreement
    .command('list')
    .description('every agreement, with the version that is active')
    .option(...JSON_OPTION)
    .action(async ({ json }: AsJson) =>
      end(
        await show(ports, '/v1/agreements', json, (body) =>
          agreementLines((body as { readonly agreements: readonly AgreementView[] }).agreements),
        ),
      ),
    );
  agreement
    .command('versions')
    .description('every version of an agreement, the oldest first')
    .argument('<name>', 'the agreement')
    .option(...JSON_OPTION)
    .action(async (name: string, { json }: AsJson) =>
      end(
        await show(ports, `${pathOfAgreement(name)}/versions`, json, (body) =>
          versionLines((body as { readonly versions: readonly VersionView[] }).versions),
        ),
      ),
    );
  agreement
    .command('show')
    .description('where a version stands, who has signed, and the hash that is to be signed')
    .argument('<version>', VERSION)
    .option('--document', 'print its document instead, as it was written')
    .option(...JSON_OPTION)
    .action(async (version: string, { document, json }: AsJson & { readonly document?: true }) =>
      end(await showVersion(ports, version, '', json, document === true ? documentLines : standingLines)),
    );
  agreement
    .command('comments')
    .description('what was said of a version in its reviews, the oldest first')
    .argument('<version>', VERSION)
    .option(...JSON_OPTION)
    .action(async (version: string, { json }: AsJson) =>
      end(
        await showVersion(ports, version, '/comments', json, (body) =>
          commentLines((body as { readonly comments: readonly CommentView[] }).comments),
        ),
      ),
    );
}

const standingLines = (body: unknown): readonly string[] => versionStanding(body as VersionView);
const documentLines = (body: unknown): readonly string[] => [(body as { readonly text: string }).text.trimEnd()];

function addDraft(agreement: Command, ports: CliPorts, end: End): void {
  agreement
    .command('hash')
    .description('the hash of what an agreement says, which its signers sign')
    .argument('<agreement>', 'a file, or a stored version as NAME@N')
    .action(async (source: string) => end(await printHash(source, ports)));
  agreement
    .command('draft')
    .description('store a file as the next version of its agreement, or in the place of a draft')
    .argument('<file>', 'an agreement in YAML or JSON')
    .option('--replace <version>', 'the draft in whose place it is put, as NAME@N')
    .option(...JSON_OPTION)
    .action(async (file: string, { replace, json }: AsJson & { readonly replace?: string }) =>
      end(await draft(ports, file, replace, json)),
    );
}

interface Act {
  readonly name: string;
  readonly description: string;
  readonly path: string;
  /** What the command takes beside the version, as the API's field. */
  readonly field?: { readonly flags: string; readonly description: string; readonly isRequired?: true };
}

const because = { flags: '--reason <text>', description: 'why; kept with the comments' };

const acts: readonly Act[] = [
  { name: 'submit', description: 'put a draft to its signers; it is frozen', path: 'submit' },
  {
    name: 'comment',
    description: 'comment on a version in review',
    path: 'comments',
    field: { flags: '--text <text>', description: 'what there is to say', isRequired: true },
  },
  {
    name: 'sign',
    description: 'sign a version as the person of the key',
    path: 'sign',
    field: { flags: '--hash <hash>', description: 'the hash of what you have read', isRequired: true },
  },
  { name: 'withdraw', description: 'take your signature back; it is a draft again', path: 'withdraw', field: because },
  { name: 'return', description: 'send a version that is not active back to draft', path: 'return', field: because },
  {
    name: 'publish',
    description: 'publish a signed version: in force from its effectiveFrom, at once if that day has come',
    path: 'schedule',
    field: { flags: '--shadow', description: 'in shadow: it judges, but mails nothing and moves nobody until go-live' },
  },
];

function addAct(agreement: Command, { name, description, path, field }: Act, ports: CliPorts, end: End): void {
  const command = agreement.command(name).description(description).argument('<version>', VERSION);
  if (field?.isRequired === true) command.requiredOption(field.flags, field.description);
  else if (field !== undefined) command.option(field.flags, field.description);
  command
    .option(...JSON_OPTION)
    .action(async (version: string, { json, ...body }: AsJson) =>
      end(await say(ports, version, `/${path}`, body, json)),
    );
}

async function say(ports: CliPorts, version: string, suffix: string, body: object, json?: true): Promise<ExitCode> {
  const path = requirePath(version, ports);
  if (path === undefined) return 2;
  return show(ports, `${path}${suffix}`, json, linesOfAct, 'POST', body);
}

/** A comment is answered with itself, every other act with the version after it. */
const linesOfAct = (body: unknown): readonly string[] =>
  'status' in (body as object) ? versionStanding(body as VersionView) : commentLines([body as CommentView]);

async function showVersion(
  ports: CliPorts,
  version: string,
  suffix: string,
  json: true | undefined,
  linesOf: (body: unknown) => readonly string[],
): Promise<ExitCode> {
  const path = requirePath(version, ports);
  return path === undefined ? 2 : show(ports, `${path}${suffix}`, json, linesOf);
}

async function show(
  ports: CliPorts,
  path: string,
  asJson: true | undefined,
  linesOf: (body: unknown) => readonly string[],
  method: ApiMethod = 'GET',
  sent?: object,
): Promise<ExitCode> {
  const asked = await ask(ports, method, path, sent);
  if (asked.exitCode !== 0) return asked.exitCode;
  const { body } = asked.answer;
  for (const line of asJson ? [JSON.stringify(body, null, 2)] : linesOf(body)) ports.output.line(line);
  return 0;
}

/** Of a stored version it is what was stored: a later release may read the same words by other zone data. */
async function printHash(source: string, ports: CliPorts): Promise<ExitCode> {
  if (ports.readText(source) === undefined && versionNamed(source) !== undefined) {
    return showVersion(ports, source, '', undefined, (body) => [(body as VersionView).hash]);
  }
  const document = await readDocument(source, ports);
  if (document === undefined) return 2;
  ports.output.line(documentKey(document, ports.calendars.zoneRelease));
  return 0;
}

/** The file is read here first, so that its mistakes are told with the lines of the file. */
async function draft(ports: CliPorts, file: string, replace: string | undefined, json?: true): Promise<ExitCode> {
  const text = ports.readText(file);
  if (text === undefined) {
    ports.output.error(`${file}:1:1: error there is no readable file here; expected an agreement`);
    return 2;
  }
  const { document, mistakes } = parseAgreement(text, file, ports.calendars, { at: ports.now() });
  for (const mistake of mistakes) ports.output.error(formatMistake(mistake));
  if (document === undefined) return 1;
  if (replace === undefined) return begin(ports, document.name, text, json);
  const path = requirePath(replace, ports);
  return path === undefined ? 2 : show(ports, path, json, standingLines, 'PUT', { text });
}

/** The next version of what there is, or the first of what there is not. */
async function begin(ports: CliPorts, name: string, text: string, json?: true): Promise<ExitCode> {
  const versions = await ports.callApi('GET', `${pathOfAgreement(name)}/versions`);
  const isNew = versions.kind === 'answer' && versions.status === 404;
  const path = isNew ? '/v1/agreements' : `${pathOfAgreement(name)}/versions`;
  return show(ports, path, json, standingLines, 'POST', { text });
}

const pathOfAgreement = (name: string): string => `/v1/agreements/${encodeURIComponent(name)}`;

function requirePath(version: string, { output }: CliPorts): string | undefined {
  const path = versionNamed(version);
  if (path === undefined) output.error(`${version} names no stored version: write NAME@N, like inbound-saas@8`);
  return path;
}
