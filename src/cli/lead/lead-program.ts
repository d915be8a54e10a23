import { Option, type Command } from 'commander';
import type { CliPorts, ExitCode } from '../ports.js';
import { ask } from './api-answers.js';
import { leadCommands, type FieldOption, type LeadCommand } from './lead-commands.js';
import { leadLines, standingLine, timelineLines, type LeadView, type TimelineView } from './lead-words.js';
import { stuckLines, type StuckView } from './stuck-words.js';

type End = (code: ExitCode) => void;
const ID = 'our id of the lead, or source:externalId';

/** Adds `handoff lead …`: what sales ops do about a lead, through the API. */
export function addLeadCommands(program: Command, ports: CliPorts, end: End): void {
  const lead = program.command('lead').description('leads that run: see why one is stuck, and mend it');
  addReads(lead, ports, end);
  for (const command of leadCommands) addCommand(lead, command, ports, end);
}

function addReads(lead: Command, ports: CliPorts, end: End): void {
  lead
    .command('show')
    .description('one lead as it stands')
    .argument('<id>', ID)
    .option('--json', 'print what the API says')
    .action(async (id: string, { json }: { json?: true }) =>
      end(await show(ports, pathOf(id), json === true, (body) => leadLines(body as LeadView))),
    );
  lead
    .command('timeline')
    .description('its story, each entry with its number')
    .argument('<id>', ID)
    .option('--json', 'print what the API says')
    .action(async (id: string, { json }: { json?: true }) =>
      end(await show(ports, `${pathOf(id)}/timeline`, json === true, (body) => timelineLines(body as TimelineView))),
    );
  lead
    .command('stuck')
    .description(
      'every lead that goes nowhere by itself, why, and the command that helps; ends with 1 if there are any',
    )
    .option('--json', 'print what the API says')
    .action(async ({ json }: { json?: true }) => end(await showStuck(ports, json === true)));
}

const pathOf = (id: string): string => `/v1/leads/${encodeURIComponent(id)}`;

async function show(ports: CliPorts, path: string, asJson: boolean, linesOf: (body: unknown) => readonly string[]) {
  const asked = await ask(ports, 'GET', path);
  if (asked.exitCode !== 0) return asked.exitCode;
  const { body } = asked.answer;
  for (const line of asJson ? [JSON.stringify(body, null, 2)] : linesOf(body)) ports.output.line(line);
  return 0;
}

async function showStuck(ports: CliPorts, asJson: boolean): Promise<ExitCode> {
  let count = 0;
  const exitCode = await show(ports, '/v1/stuck-leads', asJson, (body) => {
    count = (body as StuckView).stuck.length;
    return stuckLines(body as StuckView);
  });
  return exitCode === 0 && count > 0 ? 1 : exitCode;
}

function addCommand(lead: Command, command: LeadCommand, ports: CliPorts, end: End): void {
  const words = lead
    .command(command.type)
    .description(command.description)
    .argument('<id>', ID)
    .option('--by <person>', 'who says it: the person of the key unless said');
  for (const field of command.fields) words.addOption(optionOf(field));
  words.action(async (id: string, body: Readonly<Record<string, unknown>>) =>
    end(await say(ports, id, command.type, body)),
  );
}

function optionOf({ flags, description, choices, isRequired, isNumber }: FieldOption): Option {
  const option = new Option(flags, description);
  if (choices) option.choices(choices);
  if (isNumber) option.argParser(Number);
  return isRequired ? option.makeOptionMandatory() : option;
}

/** Says it, then tells how the lead stands by it. */
async function say(ports: CliPorts, id: string, type: string, body: unknown): Promise<ExitCode> {
  const asked = await ask(ports, 'POST', `${pathOf(id)}/commands/${type}`, body);
  if (asked.exitCode !== 0) return asked.exitCode;
  const { status, body: said } = asked.answer;
  const { commandId, seq } = said as { commandId: string; seq?: number };
  if (status === 202) {
    ports.output.line(`${type} is stored and will be delivered; GET /v1/commands/${commandId} tells what became of it`);
    return 0;
  }
  ports.output.line(`${type} is recorded, up to entry ${seq}`);
  return show(ports, pathOf(id), false, (lead) => [standingLine(lead as LeadView)]);
}
