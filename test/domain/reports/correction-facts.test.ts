// What was said otherwise before: what counts as a correction, and what does not.
import {
  accept,
  aLead,
  applyAgreement,
  lateTouch,
  pause,
  reassign,
  resume,
  tell,
  touch,
  when,
  type Fact,
  type Lead,
} from '../../builders/index.js';
import { contributed } from './told.js';

/** A lead of Tuesday 10:00 whose `first-response` is due at 14:00. */
function correctionsOf(facts: readonly Fact[], until: string, lead: Lead = aLead()) {
  return contributed(lead, facts, until).corrections;
}

const ofFirstResponse = (...asked: Parameters<typeof correctionsOf>) =>
  correctionsOf(...asked).filter(({ clock }) => clock === 'first-response');

/** The lead after a touch, and what takes that touch back. */
function touchedAt(at: string): { readonly lead: Lead; readonly takeBack: (at: string) => Fact } {
  const { lead } = tell(aLead(), touch(at));
  const { seq } = lead.run.state.touches.at(-1)!;
  return {
    lead,
    takeBack: (later) => ({ type: 'retract', at: later, body: { touch: seq, reason: 'another lead' } }),
  };
}

test('a breach that was none after all tells both verdicts, and is counted where the breach was', () => {
  expect(ofFirstResponse([lateTouch('tue 15:00', 'tue 13:00')], 'tue 16:00')).toMatchObject([
    {
      cause: 'logged-late',
      turn: 'to-met',
      verdictBefore: 'breached',
      verdict: 'met',
      wasDueAt: when('tue 14:00'),
      dueAt: when('tue 14:00'),
      judgedAt: when('tue 14:00'),
      correctedAt: when('tue 15:00'),
      heldBy: { owner: 'rep-east-1', team: 'sdr-east' },
      actor: 'rep-east-1',
      reason: null,
    },
  ]);
});

describe('a touch that is taken back', () => {
  test('before its promise is due leaves it open again', () => {
    const { lead, takeBack } = touchedAt('tue 11:00');
    expect(ofFirstResponse([takeBack('tue 13:00')], 'tue 13:30', lead)).toMatchObject([
      {
        cause: 'touch-retracted',
        reason: 'another lead',
        turn: 'to-open',
        verdictBefore: 'met',
        verdict: 'pending',
        judgedAt: when('tue 11:00'),
      },
    ]);
  });

  test('after its promise was due leaves it open, to be breached by the plan that it has', () => {
    const { lead, takeBack } = touchedAt('tue 11:00');
    expect(ofFirstResponse([takeBack('tue 15:00')], 'tue 15:30', lead)).toMatchObject([
      { turn: 'to-open', verdictBefore: 'met', verdict: 'pending', judgedAt: when('tue 11:00') },
    ]);
  });

  test('corrects nothing if the promise was breached without it', () => {
    const { lead, takeBack } = touchedAt('tue 15:00');
    expect(ofFirstResponse([takeBack('tue 16:00')], 'tue 17:00', lead)).toEqual([]);
  });
});

describe('a new version', () => {
  const slower = { 'clocks.first-response.within': '8h' };

  test('that moves what runs tells both due instants, and the version', () => {
    expect(ofFirstResponse([applyAgreement('tue 11:00', slower, 'recompute')], 'tue 11:30')).toMatchObject([
      {
        cause: 'agreement-applied',
        turn: 'moved',
        verdictBefore: 'pending',
        verdict: 'pending',
        wasDueAt: when('tue 14:00'),
        dueAt: when('wed 10:00'),
        judgedAt: null,
      },
    ]);
  });

  test('that leaves what runs alone corrects nothing', () => {
    expect(correctionsOf([applyAgreement('tue 11:00', slower, 'keep')], 'tue 11:30')).toEqual([]);
  });

  test('never corrects what had been decided', () => {
    expect(ofFirstResponse([applyAgreement('tue 15:00', slower, 'recompute')], 'tue 15:30')).toEqual([]);
  });
});

test('whatever else happens to a lead corrects nothing', () => {
  const facts = [
    accept('tue 10:10'),
    pause('tue 10:20'),
    resume('tue 11:00'),
    reassign('tue 11:10', 'rep-east-2'),
    touch('wed 12:00', 'reached'),
  ];
  expect(correctionsOf(facts, 'fri 17:00')).toEqual([]);
});
