import { answerFromCalendar } from '../../src/bin/calendar-ports.js';
import type { Command } from '../../src/domain/lifecycle/commands.js';
import { foldLead } from '../../src/domain/lifecycle/evolve.js';
import type { Question } from '../../src/domain/lifecycle/questions.js';
import { runCommand, type Run } from '../../src/domain/lifecycle/run.js';
import { LeadWorld, type LiveLead } from './lead-world.js';

/**
 * A workflow task can get lost after it recorded its events and before Temporal has it. The ledger is then ahead of the
 * workflow, and the workflow may decide something else first. Whatever is recorded stands, and nothing else gets lost.
 */
let world: LeadWorld;
beforeAll(async () => {
  world = await LeadWorld.open();
}, 60_000);
afterAll(() => world.close());

const respond = (question: Question) => {
  if (question.kind === 'windows' || question.kind === 'date-start') return answerFromCalendar(question);
  throw new Error(`nobody is asked in these stories, but: ${question.key}`);
};

/** Records what a task would have that decided the command and then got lost. */
async function lose(lead: LiveLead, command: Command): Promise<void> {
  const events = await lead.events();
  const context = { agreements: { [world.terms.key]: world.terms }, windows: {}, answers: {} };
  const run: Run = { state: foldLead(events), context, events: [] };
  await world.database.ledger.append(lead.id, runCommand(run, command, respond).run.events);
}

async function notified(): Promise<LiveLead> {
  const lead = await world.handOff();
  await lead.untilRecorded('notified');
  return lead;
}

test('the workflow goes on from what is recorded, and decides anew what it had decided without it', async () => {
  const lead = await notified();
  const lost = await lead.command('touch', { channel: 'phone', outcome: 'no-answer' });
  await lose(lead, lost);
  expect(await lead.say('qualify', { intent: 'demo-held' })).toMatchObject({ kind: 'done' });
  const events = await lead.events();
  expect(events.flatMap(({ type }) => (type === 'touched' || type === 'qualified' ? [type] : []))).toEqual([
    'touched',
    'qualified',
  ]);
  expect(await lead.state()).toEqual(foldLead(events));
});

test('a command whose task was lost is answered when it is delivered again, and is one fact', async () => {
  const lead = await notified();
  const lost = await lead.command('touch', { channel: 'phone', outcome: 'no-answer' });
  await lose(lead, lost);
  await lead.say('enrich', { fields: { phone: '+1 555 0100' } });
  expect(await world.workflows.deliver(lead.id, lost, 10_000)).toMatchObject({ kind: 'done' });
  expect((await lead.state()).touches).toHaveLength(1);
});

test('what was recorded makes a later command fail as it would have', async () => {
  const lead = await notified();
  await lose(lead, await lead.command('reject', { reason: 'duplicate' }));
  await lead.say('enrich', { fields: { phone: '+1 555 0100' } });
  expect(await lead.say('accept', {})).toMatchObject({ kind: 'refused', refusal: { code: 'lead-closed' } });
});

test('an agreement that is recorded but not at hand is waited for: its command will come again', async () => {
  const lead = await notified();
  const agreement = { ...world.terms, key: 'the-next-one', version: 2 };
  const lost = await lead.command('apply-agreement', { agreement, running: 'keep' });
  await lose(lead, lost);
  const waiting = lead.say('enrich', { fields: { phone: '+1 555 0100' } }, 20_000);
  await lead.untilRecorded('agreement-applied');
  expect(await world.workflows.deliver(lead.id, lost, 10_000)).toMatchObject({ kind: 'done' });
  expect(await waiting).toMatchObject({ kind: 'done' });
  expect((await lead.state()).agreement.key).toBe('the-next-one');
  expect(await lead.say('accept', {})).toMatchObject({ kind: 'done' });
});
