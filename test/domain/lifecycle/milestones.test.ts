/** Here the course of a lead is shown step by step: milestones, late facts, plans, agreements, and every refusal. */
import {
  aLead,
  accept,
  demoRequest,
  dispose,
  dispute,
  enrich,
  feedback,
  given,
  lateTouch,
  notified,
  qualify,
  reassign,
  reject,
  resolve,
  sellOn,
  signal,
  status,
  touch,
  type Fact,
  type LeadMade,
} from '../../builders/index.js';
import type { Milestone } from '../../../src/domain/agreement/index.js';

const probe = (milestone: Milestone) => ({
  'clocks.begins': { party: 'marketing', from: milestone, until: 'handed-off', within: '900h', calendar: 'always' },
  'clocks.ends': { party: 'marketing', from: 'handed-off', until: milestone, within: '900h', calendar: 'always' },
});

interface Row {
  readonly milestone: Milestone;
  readonly by: string;
  readonly facts: readonly Fact[];
  /** The last fact's, unless said otherwise. */
  readonly reachedAt?: string;
  readonly made?: LeadMade;
}

const bant = { need: { confirmed: true }, budget: { confirmed: true }, authority: { confirmed: true } };
const sold = [
  accept('tue 11:00'),
  qualify('tue 11:30', { bant: { ...bant, timeline: { confirmed: true } } }),
  sellOn('tue 12:00'),
];
const upheld = [dispute('tue 11:00'), resolve('tue 12:00', 'upheld')];

const rows: readonly Row[] = [
  {
    milestone: 'notified',
    by: 'the first notice',
    facts: [notified('tue 10:03'), notified('tue 10:09')],
    reachedAt: 'tue 10:03',
    made: { notifiedAt: null },
  },
  {
    milestone: 'enriched',
    by: 'the last field',
    facts: [enrich('tue 10:30', { industry: 'law' })],
    made: { fields: { industry: null } },
  },
  { milestone: 'enriched', by: 'the hand-off', facts: [], reachedAt: 'tue 10:00' },
  { milestone: 'accepted', by: 'accept', facts: [accept('tue 11:00')] },
  { milestone: 'accepted', by: 'the first touch', facts: [touch('tue 11:00')] },
  { milestone: 'decided', by: 'accept', facts: [accept('tue 11:00')] },
  { milestone: 'decided', by: 'the first touch', facts: [touch('tue 11:00')] },
  { milestone: 'decided', by: 'a rejection', facts: [reject('tue 11:00', 'duplicate')] },
  { milestone: 'touched', by: 'a touch', facts: [accept('tue 10:30'), touch('tue 11:00')] },
  { milestone: 'touched', by: 'a late touch', facts: [lateTouch('tue 13:00', 'tue 11:00')], reachedAt: 'tue 11:00' },
  { milestone: 'status-updated', by: 'a status', facts: [accept('tue 10:30'), status('tue 11:00')] },
  { milestone: 'status-updated', by: 'a touch', facts: [accept('tue 10:30'), touch('tue 11:00')] },
  { milestone: 'disposed', by: 'a disposition', facts: [accept('tue 10:30'), dispose('tue 11:00', 'no-budget')] },
  { milestone: 'disposed', by: 'being sales-qualified', facts: sold },
  { milestone: 'disqualified', by: 'a rejection', facts: [reject('tue 11:00', 'duplicate')] },
  { milestone: 'disqualified', by: 'a disposition', facts: [accept('tue 10:30'), dispose('tue 11:00', 'duplicate')] },
  { milestone: 'feedback-given', by: 'notes with a rejection', facts: [reject('tue 11:00', 'not-icp', 'a student')] },
  {
    milestone: 'feedback-given',
    by: 'notes with any disposition',
    facts: [accept('tue 10:30'), dispose('tue 11:00', 'using-competitor', { notes: 'until May' })],
  },
  { milestone: 'feedback-given', by: 'feedback', facts: [reject('tue 11:00', 'bad-data'), feedback('tue 12:00')] },
  { milestone: 'reassigned', by: 'a new owner', facts: [reassign('tue 11:00', 'rep-east-2')] },
  { milestone: 'woken', by: 'news', facts: [reject('tue 11:00', 'not-ready', 'next year'), demoRequest('tue 12:00')] },
  {
    milestone: 'intent-raised',
    by: 'urgent news after the first touch',
    facts: [touch('tue 11:00'), demoRequest('tue 12:00')],
  },
  { milestone: 'closed', by: 'a rejection', facts: [reject('tue 11:00', 'duplicate')] },
  { milestone: 'closed', by: 'a disposition', facts: [accept('tue 10:30'), dispose('tue 11:00', 'no-budget')] },
  { milestone: 'closed', by: 'being sales-qualified', facts: sold },
  { milestone: 'closed', by: 'a dispute upheld', facts: upheld },
  {
    milestone: 'closed',
    by: 'opting out, at the instant of the logging',
    facts: [touch('tue 12:00', 'opted-out', 'phone', { occurredAt: 'tue 11:00' })],
  },
  { milestone: 'dispute-opened', by: 'a dispute', facts: [dispute('tue 11:00')] },
  { milestone: 'dispute-resolved', by: 'its denial', facts: [dispute('tue 11:00'), resolve('tue 12:00', 'denied')] },
];

describe('a milestone', () => {
  test.each(rows)('$milestone is reached by $by: clocks end with it and begin with it', (row) => {
    const { milestone, facts, made, reachedAt = facts[facts.length - 1]!.at } = row;
    const outcome = given(aLead({ ...made, set: probe(milestone) }), ...facts).then('tue 17:00');
    expect(outcome.refusals).toEqual([]);
    expect(outcome.clock('begins', 1, outcome.state.cycle)?.startedAt).toBe(reachedAt);
    expect(outcome.clock('ends')).toMatchObject({ verdict: 'met', completedAt: reachedAt });
  });

  test('dispute-resolved is reached by upholding it, but a clock that waits for it is the dispute’s own', () => {
    const outcome = given(aLead({ set: probe('dispute-resolved') }), ...upheld).then('tue 17:00');
    expect(outcome.clock('begins')?.startedAt).toBe('tue 12:00');
    expect(outcome.clock('dispute-resolution')).toMatchObject({ verdict: 'met', completedAt: 'tue 12:00' });
  });

  test('handed-off is reached in the first cycle only, woken in the later ones', () => {
    const outcome = given(
      aLead({ set: probe('handed-off') }),
      reject('tue 11:00', 'not-ready', 'next year'),
      demoRequest('wed 12:00'),
    ).then('wed 12:00');
    expect(outcome.clock('begins')?.startedAt).toBe('tue 10:00');
    expect(outcome.clock('begins', 1, 2)).toBeUndefined();
    expect(outcome.clock('closure', 1, 2)?.startedAt).toBe('wed 12:00');
  });

  test.each([
    { by: 'an automatic mail', fact: touch('tue 11:00', 'sent', 'email', { origin: 'automatic' }) },
    { by: 'a mail of a sequence', fact: touch('tue 11:00', 'sent', 'email', { origin: 'sequence' }) },
    { by: 'a bounced mail', fact: touch('tue 11:00', 'bounced', 'email') },
    { by: 'a call to a wrong number', fact: touch('tue 11:00', 'wrong-number') },
  ])('touched is not reached by $by, which neither accepts nor tells the status', ({ fact }) => {
    const outcome = given(aLead({ set: probe('touched') }), fact).then('tue 12:00');
    expect(outcome.refusals).toEqual([]);
    expect(outcome.stage).toBe('mql');
    expect(outcome.clock('begins')).toBeUndefined();
    expect(outcome.state.touches).toHaveLength(1);
  });

  test('enriched needs every field, empty ones are missing', () => {
    const lead = aLead({ fields: { industry: null, annualRevenue: null } });
    const facts = [enrich('tue 10:10', { industry: 'law' }), enrich('tue 10:20', { annualRevenue: '' })];
    const outcome = given(lead, ...facts);
    expect(outcome.then('tue 10:30').clock('enrichment')).toMatchObject({ verdict: 'pending' });
    const complete = outcome.when(enrich('tue 10:40', { annualRevenue: 0 })).then('tue 12:00');
    expect(complete.clock('enrichment')).toMatchObject({ verdict: 'met', completedAt: 'tue 10:40' });
  });

  test('enriched is reached again by the next enrichment, for clocks that wait for it since', () => {
    const set = { 'clocks.refresh': { party: 'marketing', from: 'reassigned', until: 'enriched', within: '8h' } };
    const facts = [reassign('tue 11:00', 'rep-east-2'), enrich('tue 12:00', { industry: 'law' })];
    expect(
      given(aLead({ set }), ...facts)
        .then('tue 12:00')
        .clock('refresh'),
    ).toMatchObject({
      verdict: 'met',
      completedAt: 'tue 12:00',
    });
  });

  test('starts the next number each time, and each cycle numbers anew', () => {
    const outcome = given(
      aLead(),
      reassign('tue 11:00', 'rep-east-2'),
      reassign('tue 11:30', 'rep-east-3'),
      reject('tue 12:00', 'not-ready', 'next year'),
      demoRequest('tue 13:00'),
      reassign('tue 14:00', 'rep-east-1'),
    ).then('tue 14:00');
    expect(outcome.clock('owner-response', 1)).toMatchObject({ startedAt: 'tue 11:00', verdict: 'cancelled' });
    expect(outcome.clock('owner-response', 2)).toMatchObject({ startedAt: 'tue 11:30', verdict: 'cancelled' });
    expect(outcome.clock('owner-response', 1, 2)).toMatchObject({ startedAt: 'tue 14:00', verdict: 'pending' });
  });
});

describe('a sales clock that begins with a decision', () => {
  const set = { 'clocks.disposition.from': 'decided' };

  test('runs after an acceptance', () => {
    expect(given(aLead({ set }), accept('tue 11:00')).then('tue 11:00').clock('disposition')).toMatchObject({
      startedAt: 'tue 11:00',
      verdict: 'pending',
    });
  });

  test('is cancelled at once by the closing that a rejection brings', () => {
    const outcome = given(aLead({ set }), reject('tue 11:00', 'duplicate')).then('tue 11:00');
    expect(outcome.clock('disposition')).toMatchObject({ startedAt: 'tue 11:00', verdict: 'cancelled' });
  });
});

describe('feedback that begins with the closing', () => {
  const set = { 'clocks.feedback.from': 'closed' };
  const feedbackAfter = (...facts: readonly Fact[]) =>
    given(aLead({ set }), ...facts)
      .then('tue 12:00')
      .clock('feedback');

  test('starts where notes may come later, is met where they come at once, and is not owed otherwise', () => {
    expect(feedbackAfter(reject('tue 11:00', 'bad-data'))).toMatchObject({ verdict: 'pending' });
    expect(feedbackAfter(reject('tue 11:00', 'not-ready', 'in May'))).toMatchObject({ verdict: 'met' });
    expect(feedbackAfter(reject('tue 11:00', 'duplicate'))).toBeUndefined();
    expect(feedbackAfter(...upheld)).toBeUndefined();
    expect(feedbackAfter(touch('tue 11:00', 'opted-out'))).toBeUndefined();
  });
});

describe('a status update', () => {
  test('is met by every human touch, also one that does not count, and starts anew at that instant', () => {
    const outcome = given(aLead(), touch('tue 11:00'), touch('tue 11:30')).then('tue 12:00');
    expect(outcome.clock('status-update', 1)).toMatchObject({ startedAt: 'tue 11:00', completedAt: 'tue 11:30' });
    expect(outcome.clock('status-update', 2)).toMatchObject({ startedAt: 'tue 11:30', completedAt: null });
  });

  test('is not met by the touch that starts it by implying acceptance', () => {
    const outcome = given(aLead(), touch('tue 11:00')).then('tue 12:00');
    expect(outcome.clock('status-update', 1)).toMatchObject({ startedAt: 'tue 11:00', completedAt: null });
    expect(outcome.clock('status-update', 2)).toBeUndefined();
  });

  test('is met by a disposition and then does not start again', () => {
    const outcome = given(aLead(), accept('tue 11:00'), dispose('tue 12:00', 'no-budget')).then('wed 12:00');
    expect(outcome.clock('status-update', 1)).toMatchObject({ verdict: 'met', completedAt: 'tue 12:00' });
    expect(outcome.clock('status-update', 2)).toBeUndefined();
  });
});

describe('intent', () => {
  test.each([
    { label: 'a demo request', said: { action: 'demo-request' }, starts: true },
    { label: 'a value that was not there', said: { signal: 'third-party-intent', value: 80 }, starts: true },
    { label: 'a value too small', said: { signal: 'third-party-intent', value: 79 }, starts: false },
    { label: 'a download', said: { action: 'content-download' }, starts: false },
    { label: 'a score', said: { score: 99 }, starts: false },
  ])('is raised after the first touch or not, by $label', ({ said, starts }) => {
    const outcome = given(aLead(), touch('tue 11:00'), signal('tue 12:00', said)).then('tue 12:00');
    expect(outcome.clock('intent-response') !== undefined).toBe(starts);
    expect(outcome.state.priority).toBe(starts ? 'high' : 'normal');
  });

  test.each([
    { label: 'the first response is awaited', facts: [] },
    {
      label: 'it is paused',
      facts: [{ type: 'pause', at: 'tue 11:00', body: { reason: 'away' } }] satisfies readonly Fact[],
    },
    { label: 'a new owner’s response is awaited', facts: [touch('tue 10:30'), reassign('tue 11:00', 'rep-east-2')] },
    { label: 'another intent is awaited', facts: [touch('tue 10:30'), demoRequest('tue 11:00')] },
  ])('is not raised while $label', ({ facts }) => {
    const before = given(aLead(), ...facts).then('tue 12:00').clockCount;
    const after = given(aLead(), ...facts)
      .when(demoRequest('tue 12:00'))
      .then('tue 12:00').clockCount;
    expect(after).toBe(before);
  });

  test('of the same value is no news, of an action always', () => {
    const intent = (at: string) => signal(at, { signal: 'third-party-intent', value: 90 });
    const twice = (said: (at: string) => Fact) =>
      given(aLead(), touch('tue 10:30'), said('tue 11:00'), touch('tue 11:30'), said('tue 12:00')).then('tue 12:00');
    expect(twice(intent).clock('intent-response', 2)).toBeUndefined();
    expect(twice(demoRequest).clock('intent-response', 2)).toBeDefined();
  });
});
