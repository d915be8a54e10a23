import { cases, fc } from '../../chance/index.js';
import { answerFromCalendar } from '../../../src/bin/calendar-ports.js';
import { rolloutModes, type Command } from '../../../src/domain/lifecycle/commands.js';
import { explainInWords, explainLead } from '../../../src/domain/explain/index.js';
import { foldLead } from '../../../src/domain/lifecycle/evolve.js';
import { runCommand, runUntil, type Respond, type Run } from '../../../src/domain/lifecycle/run.js';
import type { LeadState } from '../../../src/domain/lifecycle/state.js';
import { reversalOf } from '../../../src/domain/rollout/reversal.js';
import { answerFromDirectory } from '../../../src/domain/routing/answer.js';
import type { Directory } from '../../../src/domain/routing/directory.js';
import { agreement } from '../../model/agreements.js';
import { foldsToItsState } from '../../model/laws.js';
import { words } from '../../model/words.js';
import { tellStory, windowsOf, worldsOf } from '../../model/world.js';

const world = worldsOf(words);

const respondFrom =
  (people: Directory): Respond =>
  (question) => {
    if (question.kind === 'windows') return windowsOf(question.definition, question.from, question.until);
    if (question.kind === 'date-start') return answerFromCalendar(question);
    return answerFromDirectory(question, people, { openLeadCounts: {}, lastGivenAt: {} });
  };

type WindowsAsked = Parameters<typeof windowsOf>;

const withoutMark = ({ seq: _seq, appliedAt: _at, ...state }: LeadState) => state;

describe('the reversal of a rollout on a lead in any world', () => {
  test('leaves the lead as it was before, but for sequence and instant, unless it was acted on', () => {
    let restoredCount = 0;
    fc.assert(
      fc.property(
        world,
        agreement,
        fc.constantFrom(...rolloutModes),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (any, next, mode, share) => {
          const { run: whole, terms } = tellStory(any);
          const story = whole.events.slice(0, 1 + Math.floor(share * (whole.events.length - 1)));
          const state = foldLead(story);
          const respond = respondFrom(any.directory);
          const agreements = { ...Object.fromEntries(terms), [next.key]: next };
          const run: Run = { state, events: story, context: { agreements, windows: {}, answers: {} } };
          const speaker = { at: state.appliedAt, by: 'ops', id: 'rollout-1' };
          const apply: Command = { ...speaker, type: 'apply-agreement', agreement: next, running: mode };
          const before = runUntil(run, state.appliedAt - 1, respond);
          const rolledOut = runUntil(runCommand(before, apply, respond).run, state.appliedAt, respond);
          const reversal = reversalOf(rolledOut.events, apply.id);
          if (reversal.kind !== 'restorable') return;
          restoredCount += 1;
          const { kind: _kind, ...body } = reversal;
          const undo: Command = { ...speaker, ...body, id: 'undo-1', type: 'revert-agreement', agreements };
          const reverted = runCommand(rolledOut, undo, respond);
          expect(reverted.refusal).toBeUndefined();
          foldsToItsState(reverted.run);
          expect(withoutMark(reverted.run.state)).toEqual(withoutMark(before.state));
          const ports = { agreements, windowsOf: (_key: string, ...asked: WindowsAsked) => windowsOf(...asked) };
          const said = explainInWords(explainLead({ events: reverted.run.events }, ports, state.appliedAt));
          expect(said).not.toMatch(/undefined|null|NaN|Infinity|\[object/);
        },
      ),
      cases(150, 15_000),
    );
    expect(restoredCount).toBeGreaterThan(10);
  }, 60_000);
});
