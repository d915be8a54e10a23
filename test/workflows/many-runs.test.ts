import { parsePeople } from '../../src/documents/index.js';
import { readFileSync } from 'node:fs';
import { answerFromCalendar } from '../../src/bin/calendar-ports.js';
import type { Command, CommandType } from '../../src/domain/lifecycle/commands.js';
import type { LeadEvent } from '../../src/domain/lifecycle/events.js';
import { foldLead } from '../../src/domain/lifecycle/evolve.js';
import type { Question } from '../../src/domain/lifecycle/questions.js';
import { runCommand, runUntil, type Run } from '../../src/domain/lifecycle/run.js';
import { answerFromDirectory } from '../../src/domain/routing/answer.js';
import { HOUR_MS, LeadWorld, until, type LiveLead, type Said } from './lead-world.js';

/** However often a lead's workflow begins a new run, its story is the one that the pure core tells. */
let world: LeadWorld;
beforeAll(async () => {
  world = await LeadWorld.open();
}, 60_000);
afterAll(() => world.close());

/** Before a fact the clock goes to so long ahead of it: the step must catch up by the fact, not by the clock. */
const LEAD_MS = 5_000;

interface Line {
  readonly atHours: number;
  readonly type: CommandType;
  readonly said: Record<string, unknown>;
}
const line = <T extends CommandType>(atHours: number, type: T, said: Said<T>): Line => ({ atHours, type, said });

/** A warning, a tier, a pause, a refusal, a repetition, waking by a signal: a bit of everything, over two cycles. */
const script: readonly Line[] = [
  line(5, 'touch', { channel: 'phone', outcome: 'no-answer' }),
  line(6, 'accept', { id: 'too-late' }),
  line(20, 'status', { text: 'will call again', id: 'status' }),
  line(22, 'pause', { reason: 'fair' }),
  line(40, 'resume', {}),
  line(41, 'status', { text: 'will call again', id: 'status' }),
  line(42, 'touch', { channel: 'email', outcome: 'replied' }),
  line(44, 'dispose', { reason: 'not-interested', notes: 'has a supplier' }),
  line(24 * 40, 'signal', { action: 'demo-request' }),
  line(24 * 40 + 2, 'touch', { channel: 'phone', outcome: 'reached', id: 'again' }),
  line(24 * 40 + 3, 'touch', { channel: 'phone', outcome: 'reached', id: 'again' }),
];
const END_HOURS = 24 * 42;

async function live(lead: LiveLead): Promise<readonly Command[]> {
  await lead.untilRecorded('notified');
  const { handedOffAt } = await lead.state();
  const commands: Command[] = [];
  for (const { atHours, type, said } of script) {
    const at = handedOffAt + atHours * HOUR_MS;
    await lead.clock.advanceTo(at - LEAD_MS);
    const command = await lead.command(type, { ...said, at });
    await world.workflows.deliver(lead.id, command, 20_000);
    commands.push(command);
  }
  await lead.clock.advanceTo(handedOffAt + END_HOURS * HOUR_MS);
  return commands;
}

/** The same lead by the pure core: its hand-off, the mail server's word, what was said, each id once. */
function expected(recorded: readonly LeadEvent[], commands: readonly Command[]): readonly LeadEvent[] {
  const handOff = recorded.slice(
    0,
    recorded.findIndex(({ type }) => type === 'notified'),
  );
  const notified = recorded.find(({ type }) => type === 'notified')!;
  const context = { agreements: { [world.terms.key]: world.terms }, windows: {}, answers: {} };
  const first: Command = {
    type: 'notified',
    id: notified.commandId!,
    at: notified.at,
    by: 'system',
    recipient: 'rep-east-1',
  };
  let run: Run = { state: foldLead(handOff), context, events: handOff };
  for (const command of [first, ...eachIdOnce(commands)]) run = runCommand(run, command, respond).run;
  return runUntil(run, handOff[0]!.at + END_HOURS * HOUR_MS, respond).events;
}

const eachIdOnce = (commands: readonly Command[]): readonly Command[] =>
  commands.filter(({ id }, index) => commands.findIndex((earlier) => earlier.id === id) === index);

const people = new URL('../spec/people.yaml', import.meta.url);
const directory = parsePeople(readFileSync(people, 'utf8'), 'people.yaml').value!;

const respond = (question: Question) =>
  question.kind === 'windows' || question.kind === 'date-start'
    ? answerFromCalendar(question)
    : answerFromDirectory(question, directory, { openLeadCounts: {}, lastGivenAt: {} });

describe('a lead with a bit of everything', () => {
  const rhythms = [undefined, 1, 2, 3, 5, 7, 11];
  const lived = new Map<number | undefined, { lead: LiveLead; commands: readonly Command[]; firstRun: string }>();

  beforeAll(async () => {
    await Promise.all(
      rhythms.map(async (stepsPerRun) => {
        const lead = await world.handOff({ stepsPerRun });
        const firstRun = (await lead.handle.describe()).runId;
        lived.set(stepsPerRun, { lead, firstRun, commands: await live(lead) });
      }),
    );
  }, 120_000);

  test.each(rhythms)('has the story that the pure core tells, with a new run every %s steps', async (stepsPerRun) => {
    const { lead, commands, firstRun } = lived.get(stepsPerRun)!;
    const story = expected(await lead.events(), commands);
    const recorded = await until('all is recorded', async () => {
      const events = await lead.events();
      return events.length >= story.length ? events : undefined;
    });
    expect(recorded).toEqual(story);
    expect(await lead.state()).toEqual(foldLead(story));
    expect((await lead.state()).cycle).toBe(2);
    expect((await lead.handle.describe()).runId).not.toBe(firstRun);
  });
});

test('a lead keeps its name and its search attributes over its runs', async () => {
  const lead = await world.handOff({ stepsPerRun: 1 });
  await lead.say('accept', {});
  await lead.say('touch', { channel: 'phone', outcome: 'no-answer' });
  const description = await lead.handle.describe();
  expect(description.memo).toEqual({ lead: 'Acme · Ada Byron' });
  expect(description.searchAttributes).toMatchObject({ LeadStage: ['sal'], TouchCount: [1] });
}, 60_000);

test('of thirty commands at once each is answered and applied once, over however many runs', async () => {
  const lead = await world.handOff({ stepsPerRun: 3 });
  await lead.untilRecorded('notified');
  const numbers = Array.from({ length: 30 }, (_, number) => number);
  const outcomes = await Promise.all(
    numbers.map((number) => lead.say('enrich', { id: `enrich-${number}`, fields: { [`field${number}`]: number } })),
  );
  expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(30);
  const enriched = (await lead.events()).filter(({ type }) => type === 'enriched');
  expect(new Set(enriched.map(({ commandId }) => commandId)).size).toBe(31);
  expect(await lead.state()).toEqual(foldLead(await lead.events()));
}, 60_000);
