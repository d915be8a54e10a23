/**
 * Promise: what was decided once is decided again. A replay of histories overlooks a timer that rings at another time,
 * so each recorded ledger is decided anew by the core, step by step, and every event, with every due instant in it,
 * must be the recorded one.
 */
import type { Command } from '../../src/domain/lifecycle/commands.js';
import type { EventOf, LeadEvent } from '../../src/domain/lifecycle/events.js';
import { foldLead } from '../../src/domain/lifecycle/evolve.js';
import { nextDue } from '../../src/domain/lifecycle/next-due.js';
import { withAnswer, type Run } from '../../src/domain/lifecycle/run.js';
import { contextFor, step, type StepInput } from '../../src/domain/lifecycle/step.js';
import { ledgersFolder, readLedger, recordedFiles, type RecordedLedger } from './recorded.js';

const ledgers = recordedFiles(ledgersFolder).map((file) => ({ file, ledger: readLedger(file) }));

/** Decides everything again that follows the hand-off, in the order in which it was decided then. */
function decideAgain(ledger: RecordedLedger): readonly LeadEvent[] {
  const { input, events } = ledger;
  const answers = [...ledger.answered];
  let run: Run = { state: foldLead(input.events), context: { ...input.context, answers: {} }, events: input.events };
  while (run.events.length < events.length) {
    const before = run.events.length;
    run = decideNext(run, inputAt(ledger, run), answers);
    if (run.events.length === before) throw new Error(`nothing is decided in place of event ${before + 1}`);
  }
  return run.events;
}

/** What led to the next recorded event: a command that names it, or, without one, whatever is due first. */
function inputAt({ said, events }: RecordedLedger, { state, events: { length } }: Run): StepInput {
  const { commandId, at } = events[length]!;
  if (commandId === undefined) return { kind: 'due', until: nextDue(state)?.at ?? at };
  const command = said.find(({ id }) => id === commandId) ?? notified(events, commandId);
  return { kind: 'command', command };
}

/** The workflow says this to itself, so no history has it. */
function notified(events: readonly LeadEvent[], commandId: string): Command {
  const ofIt = events.filter((event) => event.commandId === commandId);
  const { recipient, at } = ofIt.find((event): event is EventOf<'notified'> => event.type === 'notified')!;
  // What it applied to a clock keeps the instant at which the mail server accepted, however late that was learnt.
  const ended = ofIt.find((event) => event.type === 'clock-met' || event.type === 'clock-corrected');
  return { type: 'notified', id: commandId, by: 'system', at: ended?.completedAt ?? at, recipient };
}

function decideNext(run: Run, input: StepInput, answers: RecordedLedger['answered'][number][]): Run {
  let { context } = run;
  for (;;) {
    const result = step(run.state, input, context);
    if (result.kind === 'events') {
      const known = input.kind === 'command' ? contextFor(input.command, context) : context;
      return { state: result.state, context: { ...known, answers: {} }, events: [...run.events, ...result.events] };
    }
    if (result.kind === 'refusal') throw new Error(`what was taken then is refused now: ${result.refusal.code}`);
    const { question } = result;
    const index = answers.findIndex(({ kind, key }) => kind === question.kind && key === question.key);
    if (index < 0) throw new Error(`nobody was asked then: ${question.kind} ${question.key}`);
    context = withAnswer(context, question, answers.splice(index, 1)[0]!.answer);
  }
}

/** The due instants that an event states, by name. */
const dueInstantsOf = (event: LeadEvent): object => ({
  seq: event.seq,
  type: event.type,
  at: event.at,
  ...('plan' in event && { plan: event.plan }),
  ...('plannedAt' in event && { plannedAt: event.plannedAt }),
  ...('dueAt' in event && { dueAt: event.dueAt }),
  ...('startsAt' in event && { startsAt: event.startsAt }),
  ...('rest' in event && { rest: event.rest }),
});

describe.each(ledgers)('$file', ({ ledger }) => {
  test('has the same due instants when it is decided again', () => {
    expect(decideAgain(ledger).map(dueInstantsOf)).toEqual(ledger.events.map(dueInstantsOf));
  });

  test('is the same story, event by event, when it is decided again', () => {
    expect(decideAgain(ledger)).toEqual(ledger.events);
  });
});

describe('the comparison', () => {
  const { ledger } = ledgers.find(({ file }) => file.startsWith('nobody-answers.'))!;

  test('sees a promise that would be due a millisecond later', () => {
    const [key, terms] = Object.entries(ledger.input.context.agreements)[0]!;
    const promise = terms.clocks['first-response']!;
    const clocks = {
      ...terms.clocks,
      'owner-response': { ...terms.clocks['owner-response']!, withinMs: promise.withinMs + 1 },
    };
    const context = { ...ledger.input.context, agreements: { [key]: { ...terms, clocks } } };
    const changed = decideAgain({ ...ledger, input: { ...ledger.input, context } });
    expect(changed.map(dueInstantsOf)).not.toEqual(ledger.events.map(dueInstantsOf));
  });

  test('sees a ledger in which one due instant was changed', () => {
    const at = ledger.events.findIndex(
      (event) => event.type === 'clock-started' && event.seq > ledger.input.events.length,
    );
    const started = ledger.events[at] as EventOf<'clock-started'>;
    const spoilt = { ...started, plan: { ...started.plan!, dueAt: started.plan!.dueAt + 1 } };
    const events = ledger.events.with(at, spoilt);
    expect(decideAgain({ ...ledger, events }).map(dueInstantsOf)).not.toEqual(events.map(dueInstantsOf));
  });
});
