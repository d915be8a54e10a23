import { answerFromCalendar } from '../../../src/bin/calendar-ports.js';
import type { RolloutMode } from '../../../src/domain/lifecycle/commands.js';
import { previewLead, type LeadPreview } from '../../../src/domain/preview/preview-lead.js';
import { totalsOf } from '../../../src/domain/preview/totals.js';
import { answerFromDirectory } from '../../../src/domain/routing/answer.js';
import {
  accept,
  aLead,
  applyAgreement,
  changed,
  pass,
  tell,
  told,
  touch,
  when,
  type Lead,
  type Lines,
} from '../../builders/index.js';

const nobodyBusy = { openLeadCounts: {}, lastGivenAt: {} };

function preview(lead: Lead, at: string, set: Lines, mode: RolloutMode = 'recompute'): LeadPreview {
  const { run, agreement, directory } = lead;
  const lookedAt = { story: run.events, agreements: run.context.agreements };
  const change = { agreement: changed(agreement, set).terms, mode, at: when(at) };
  return previewLead(lookedAt, change, (question) =>
    question.kind === 'windows' || question.kind === 'date-start'
      ? answerFromCalendar(question)
      : answerFromDirectory(question, directory, nobodyBusy),
  );
}

const within = (time: string): Lines => ({
  'clocks.first-response.within': time,
  'clocks.first-response.overrides': [],
});

const ofFirstResponse = ({ clocks }: LeadPreview) => clocks.find(({ clock }) => clock === 'first-response');

describe('previewLead', () => {
  test('shows the due instant before and after, and what comes next instead', () => {
    const found = preview(aLead(), 'tue 10:30', within('8h'));
    expect(found.changes).toEqual(['due-at', 'next-action']);
    const clock = ofFirstResponse(found);
    expect([told(clock!.before!.dueAt!), told(clock!.after!.dueAt!)]).toEqual(['tue 14:00', 'wed 10:00']);
    expect(found.before.nextAction).not.toEqual(found.after.nextAction);
  });

  test('under keep, a lead that runs changes in nothing that anybody sees', () => {
    expect(preview(aLead(), 'tue 10:30', within('8h'), 'keep')).toMatchObject({ changes: [], clocks: [] });
  });

  test.each([
    { label: 'just before its new due instant a clock goes on', at: 'tue 10:59:59.999', breaches: undefined },
    { label: 'at its new due instant it breaches at once', at: 'tue 11:00', breaches: true },
    { label: 'after it, too', at: 'tue 12:00', breaches: true },
  ])('$label', ({ at, breaches }) => {
    const clock = ofFirstResponse(preview(aLead(), at, within('1h')));
    expect(clock?.breachesAtOnce || undefined).toBe(breaches);
    expect(clock?.after?.verdict).toBe(breaches ? 'breached' : 'pending');
  });

  test('a breach at once brings its first tier and whoever gets the lead by it', () => {
    const ladder = [{ on: 'breach', after: '0h', to: ['owner-manager'], reassign: true }];
    const found = preview(aLead(), 'tue 12:00', { ...within('1h'), 'ladders.not-followed-up': ladder });
    expect(found.changes).toEqual(['verdict', 'due-at', 'next-action', 'owner']);
    expect(found.before.owner).toBe('rep-east-1');
    expect(found.after.owner).not.toBe('rep-east-1');
    expect(found.events.map(({ type }) => type)).toContain('tier-fired');
  });

  test('a clock that is gone from the version is cancelled', () => {
    const found = preview(aLead(), 'tue 10:30', { 'clocks.first-response': null });
    expect(ofFirstResponse(found)).toMatchObject({ before: { verdict: 'pending' }, after: { verdict: 'cancelled' } });
  });

  test('what would have happened by then anyway is no change', () => {
    const found = preview(aLead(), 'tue 16:00', { 'pause.perCycle': 7 }, 'keep');
    expect(found.before.clocks.get('1/first-response/1')).toMatchObject({ verdict: 'breached' });
    expect(found.changes).toEqual([]);
  });

  test.each(['keep', 'recompute', 'used-time-stays'] as const)(
    'equals what a change of agreement then does to the lead, under %s',
    (mode) => {
      const lead = tell(tell(aLead(), accept('tue 10:05')).lead, touch('tue 10:20')).lead;
      const set = { 'clocks.touches.until.touches': 3, 'clocks.disposition.within': '2h' };
      const found = preview(lead, 'tue 15:00', set, mode);
      const done = pass(tell(lead, applyAgreement('tue 15:00', set, mode)).lead, 'tue 15:00');
      const said = ({ by: _by, commandId: _id, ...event }: { by?: string; commandId?: string }) => event;
      expect(found.events.map(said)).toEqual(done.run.events.slice(lead.run.events.length).map(said));
    },
  );
});

describe('totalsOf', () => {
  test('counts each team by who holds the lead without the change', () => {
    const previews = [
      preview(aLead(), 'tue 12:00', within('1h')),
      preview(aLead(), 'tue 10:30', within('8h')),
      preview(aLead({ owner: 'rep-west-1' }), 'tue 12:00', within('8h'), 'keep'),
    ];
    expect(totalsOf(previews)).toEqual([
      expect.objectContaining({
        team: 'sdr-east',
        leadCount: 2,
        changedCount: 2,
        breachAtOnceCount: 1,
        dueLaterCount: 1,
      }),
      expect.objectContaining({ team: 'sdr-west', leadCount: 1, changedCount: 0, breachAtOnceCount: 0 }),
    ]);
  });
});
