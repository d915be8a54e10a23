import type { CommandOf, Refusal } from '../../../src/domain/lifecycle/commands.js';
import { runCommand, type Run } from '../../../src/domain/lifecycle/run.js';
import type { LeadState } from '../../../src/domain/lifecycle/state.js';
import { reversalOf, type Reversal } from '../../../src/domain/rollout/reversal.js';
import { answerFromDirectory } from '../../../src/domain/routing/answer.js';
import { answerFromCalendar } from '../../../src/bin/calendar-ports.js';
import {
  accept,
  aDirectory,
  aLead,
  applyAgreement,
  pass,
  pause,
  status,
  tell,
  when,
  type Fact,
  type Lead,
  type Lines,
} from '../../builders/index.js';

const slower = { 'clocks.first-response.within': '8h' };
const rollout = (at: string, set: Lines = slower): Fact => applyAgreement(at, set, 'recompute');

const tellAll = (lead: Lead, ...facts: readonly Fact[]): Lead =>
  facts.reduce((sofar, fact) => tell(sofar, fact).lead, lead);

/** The command of the last fact said, which is the rollout's. */
const commandIdOf = ({ saidCount }: Lead): string => `said-${saidCount}`;

function requireRestorable(reversal: Reversal): Extract<Reversal, { kind: 'restorable' }> {
  if (reversal.kind !== 'restorable') throw new Error(`it is ${reversal.kind}`);
  return reversal;
}

function revert(run: Run, commandId: string, at: string): { run: Run; refusal?: Refusal } {
  const { kind: _kind, ...body } = requireRestorable(reversalOf(run.events, commandId));
  const said = { at: when(at), by: 'sales-ops', id: 'reverted' };
  const { agreements } = run.context;
  const command: CommandOf<'revert-agreement'> = { ...said, ...body, agreements, type: 'revert-agreement' };
  const directory = aDirectory();
  const workload = { openLeadCounts: {}, lastGivenAt: {} };
  return runCommand({ ...run, context: { ...run.context, windows: {} } }, command, (question) =>
    question.kind === 'windows' || question.kind === 'date-start'
      ? answerFromCalendar(question)
      : answerFromDirectory(question, directory, workload),
  );
}

const withoutMark = ({ seq: _seq, appliedAt: _at, ...state }: LeadState) => state;

describe('reversalOf', () => {
  test.each<{ label: string; before: readonly Fact[]; set?: Lines }>([
    { label: 'a lead that waits for its first touch', before: [] },
    { label: 'a lead that was accepted', before: [accept('tue 10:10')] },
    { label: 'a paused lead', before: [accept('tue 10:10'), pause('tue 10:20')] },
    { label: 'a lead with a repeated promise', before: [accept('tue 10:10'), status('tue 10:15')] },
    {
      label: 'a lead whose touches end otherwise',
      before: [accept('tue 10:10')],
      set: { 'clocks.touches.until.touches': 4 },
    },
    {
      label: 'a lead whose promise had changed before',
      before: [accept('tue 10:10'), rollout('tue 10:15', { 'clocks.touches.until.touches': 5 })],
      set: { 'clocks.touches.until.touches': 3 },
    },
  ])('$label is as it was before the rollout', ({ before, set = slower }) => {
    const lead = tellAll(aLead(), ...before);
    const rolledOut = tell(lead, rollout('tue 10:30', set)).lead;
    expect(withoutMark(rolledOut.run.state)).not.toEqual(withoutMark(lead.run.state));
    const { run } = revert(rolledOut.run, commandIdOf(rolledOut), 'tue 10:40');
    expect(withoutMark(run.state)).toEqual(withoutMark(lead.run.state));
  });

  test.each<{ label: string; set: Lines; by: string }>([
    {
      label: 'breached a clock',
      set: { 'clocks.first-response.within': '15m', 'clocks.first-response.overrides': [] },
      by: 'clock-breached',
    },
    { label: 'cancelled a clock', set: { 'clocks.first-response': null }, by: 'clock-cancelled' },
    { label: 'made a warning due', set: { 'clocks.first-response.warn': ['10%'] }, by: 'warning-fired' },
  ])('a lead on which the rollout itself $label was acted on', ({ set, by }) => {
    const rolledOut = pass(tell(aLead(), rollout('tue 11:30', set)).lead, 'tue 11:30');
    expect(reversalOf(rolledOut.run.events, commandIdOf(rolledOut))).toMatchObject({ kind: 'acted-on', by });
  });

  test('a lead on which anything has happened since was acted on', () => {
    const rolledOut = tell(aLead(), rollout('tue 10:30')).lead;
    const since = tell(rolledOut, accept('tue 10:35')).lead;
    expect(reversalOf(since.run.events, commandIdOf(rolledOut))).toMatchObject({ kind: 'acted-on' });
  });

  test('a command that the lead never took leaves nothing to undo', () => {
    expect(reversalOf(aLead().run.events, 'another')).toEqual({ kind: 'not-applied' });
  });

  test('what falls due while the reversal is on its way makes it refused', () => {
    const rolledOut = tell(aLead(), rollout('tue 10:30')).lead;
    const { refusal, run } = revert(rolledOut.run, commandIdOf(rolledOut), 'wed 17:00');
    expect(refusal?.code).toBe('acted-on');
    expect(run.events.some(({ type }) => type === 'agreement-reverted')).toBe(false);
  });

  test('a former due instant that has passed breaches at once, stamped with that instant', () => {
    const longer = { ...slower, 'clocks.first-response.overrides': [], 'clocks.first-response.warn': [] };
    const lead = tellAll(aLead({ set: { 'clocks.first-response.warn': [] } }), accept('tue 10:05'));
    const [clock] = lead.run.state.clocks.filter(({ name }) => name === 'first-response');
    const rolledOut = tell(lead, rollout('tue 10:30', longer)).lead;
    const { run, refusal } = revert(rolledOut.run, commandIdOf(rolledOut), 'tue 14:30');
    expect(refusal).toBeUndefined();
    const passed = pass({ ...rolledOut, run }, 'tue 14:30').run;
    const breach = passed.events.find((event) => event.type === 'clock-breached' && event.clock === 'first-response');
    expect(breach).toMatchObject({
      at: when('tue 14:30'),
      dueAt: clock?.verdict === 'pending' ? clock.plan.dueAt : null,
    });
  });
});
