import {
  accept,
  acknowledge,
  aLead,
  applyAgreement,
  demoRequest,
  dispose,
  dispute,
  enrich,
  feedback,
  given,
  lateTouch,
  notified,
  opportunity,
  pause,
  qualify,
  reassign,
  reject,
  resolve,
  resume,
  sellOn,
  signal,
  status,
  touch,
  type Fact,
  type Lines,
} from '../../builders/index.js';
import { refusalCodes, type RefusalCode } from '../../../src/domain/lifecycle/commands.js';

interface Row {
  readonly code: RefusalCode;
  readonly why: string;
  readonly before?: readonly Fact[];
  readonly fact: Fact;
  readonly set?: Lines;
}

const worked = [touch('tue 10:10')];
const closed = [reject('tue 10:10', 'duplicate')];
/** A reason that asks for everything at once. */
const strict: Lines = {
  'reasons.disposition.0': { id: 'strict', route: 'recycle', notes: 'required', wakeOn: 'required', needs: 'touches' },
  'recycle.maxCycles': 1,
};

const rows: readonly Row[] = [
  { code: 'already-decided', why: 'accepted before', before: [accept('tue 10:10')], fact: accept('tue 11:00') },
  { code: 'already-decided', why: 'accepted by a touch', before: worked, fact: accept('tue 11:00') },
  { code: 'already-decided', why: 'rejected after a touch', before: worked, fact: reject('tue 11:00', 'too-far-away') },
  { code: 'unknown-reason', why: 'for a rejection', fact: reject('tue 11:00', 'no-budget', 'because') },
  {
    code: 'unknown-reason',
    why: 'for a disposition',
    before: worked,
    fact: dispose('tue 11:00', 'not-ready', { notes: 'because' }),
  },
  { code: 'notes-required', why: 'for a rejection', fact: reject('tue 11:00', 'not-icp') },
  { code: 'notes-required', why: 'and blanks are none', fact: reject('tue 11:00', 'not-icp', '  ') },
  {
    code: 'notes-required',
    why: 'for a disposition, before all that it needs',
    before: worked,
    fact: dispose('tue 11:00', 'strict'),
    set: strict,
  },
  {
    code: 'wake-date-required',
    why: 'after the notes',
    before: worked,
    fact: dispose('tue 11:00', 'strict', { notes: 'x' }),
    set: strict,
  },
  {
    code: 'touches-missing',
    why: 'after the date',
    before: worked,
    fact: dispose('tue 11:00', 'strict', { notes: 'x', wakeOn: '2027-01-04' }),
    set: strict,
  },
  {
    code: 'recycle-limit',
    why: 'last of all',
    before: worked,
    fact: dispose('tue 11:00', 'strict', { notes: 'x', wakeOn: '2027-01-04' }),
    set: { ...strict, 'clocks.touches': null },
  },
  {
    code: 'contact-missing',
    why: 'nobody was reached',
    before: worked,
    fact: dispose('tue 11:00', 'not-interested', { notes: 'x' }),
  },
  { code: 'not-accepted', why: 'a disposition', fact: dispose('tue 11:00', 'nonsense') },
  { code: 'not-accepted', why: 'being sold on', fact: sellOn('tue 11:00') },
  { code: 'not-accepted', why: 'a status, before its next step', fact: status('tue 11:00', 'tue 10:00') },
  { code: 'qualification-incomplete', why: 'nothing is known', before: worked, fact: sellOn('tue 11:00') },
  {
    code: 'qualification-incomplete',
    why: 'one answer was taken back',
    before: [
      ...worked,
      qualify('tue 10:20', {
        bant: {
          need: { confirmed: true },
          budget: { confirmed: true },
          authority: { confirmed: true },
          timeline: { confirmed: true },
        },
      }),
      qualify('tue 10:30', { bant: { budget: { confirmed: false } } }),
    ],
    fact: sellOn('tue 11:00'),
  },
  {
    code: 'qualification-incomplete',
    why: 'the intent is not one of those named',
    before: [...worked, qualify('tue 10:20', { intent: 'curious' })],
    fact: sellOn('tue 11:00'),
  },
  {
    code: 'occurred-in-future',
    why: 'more than two minutes ahead',
    fact: lateTouch('tue 11:00', 'tue 11:02:00.001', { nextStepAt: 'tue 10:00' }),
  },
  {
    code: 'occurred-before-handoff',
    why: 'a millisecond before it',
    fact: lateTouch('tue 11:00', 'tue 09:59:59.999', { nextStepAt: 'tue 10:00' }),
  },
  {
    code: 'next-step-out-of-range',
    why: 'of an automatic touch too',
    fact: touch('tue 11:00', 'sent', 'email', { origin: 'automatic', nextStepAt: 'tue 11:00' }),
  },
  { code: 'no-feedback-due', why: 'on an open lead', fact: feedback('tue 11:00') },
  {
    code: 'no-feedback-due',
    why: 'given before',
    before: [reject('tue 10:10', 'bad-data'), feedback('tue 10:20')],
    fact: feedback('tue 11:00'),
  },
  {
    code: 'no-feedback-due',
    why: 'a dispute was upheld',
    before: [dispute('tue 10:10'), resolve('tue 10:20', 'upheld')],
    fact: feedback('tue 11:00'),
  },
  { code: 'unknown-person', why: 'not in the directory', fact: reassign('tue 11:00', 'rep-north-1') },
  { code: 'same-owner', why: 'the present one', fact: reassign('tue 11:00', 'rep-east-1') },
  {
    code: 'already-paused',
    why: 'before the limit',
    before: [pause('tue 10:10')],
    fact: pause('tue 11:00'),
    set: { 'pause.perCycle': 1 },
  },
  {
    code: 'pause-limit',
    why: 'as many as agreed',
    before: [pause('tue 10:10', 'tue 10:20')],
    fact: pause('tue 11:00'),
    set: { 'pause.perCycle': 1 },
  },
  { code: 'not-paused', why: 'never paused', fact: resume('tue 11:00') },
  { code: 'nothing-to-acknowledge', why: 'no tier has fired', fact: acknowledge('tue 11:00', 'first-response') },
  {
    code: 'nothing-to-acknowledge',
    why: 'the tier fires at this instant, after the facts',
    fact: acknowledge('tue 14:00', 'first-response'),
  },
  {
    code: 'nothing-to-acknowledge',
    why: 'the ladder has ended',
    before: [touch('tue 15:00')],
    fact: acknowledge('tue 16:00', 'first-response'),
  },
  { code: 'nothing-to-acknowledge', why: 'no such clock', fact: acknowledge('tue 16:00', 'coffee') },
  {
    code: 'already-acknowledged',
    why: 'once per tier',
    before: [acknowledge('tue 15:00', 'first-response')],
    fact: acknowledge('tue 16:00', 'first-response'),
  },
  {
    code: 'already-disputed',
    why: 'one is open',
    before: [dispute('tue 10:10')],
    fact: dispute('tue 11:00'),
    set: { 'dispute.perCycle': 2 },
  },
  {
    code: 'already-disputed',
    why: 'as many as agreed',
    before: [dispute('tue 10:10'), resolve('tue 10:20', 'denied')],
    fact: dispute('tue 11:00'),
  },
  { code: 'no-dispute', why: 'none was opened', fact: resolve('tue 11:00', 'denied') },
  {
    code: 'no-dispute',
    why: 'it was resolved',
    before: [dispute('tue 10:10'), resolve('tue 10:20', 'denied')],
    fact: resolve('tue 11:00', 'upheld'),
  },
  { code: 'not-sales-qualified', why: 'an open lead', before: worked, fact: opportunity('tue 11:00', 'open') },
  { code: 'not-sales-qualified', why: 'a lost lead', before: closed, fact: opportunity('tue 11:00', 'open') },
  { code: 'invalid-agreement', why: 'it was found so', fact: applyAgreement('tue 11:00', undefined, 'recompute') },
  {
    code: 'invalid-agreement',
    why: 'on a closed lead too',
    before: closed,
    fact: applyAgreement('tue 11:00', undefined),
  },
];

describe('a command that makes no sense', () => {
  test.each(rows)('is refused as $code: $why', ({ before = [], fact, code, set = {} }) => {
    given(aLead({ set }), ...before)
      .when(fact)
      .refuses(code);
  });

  test('has a row here for every code of the spec but lead-closed', () => {
    const beyond = [
      'not-closed',
      'not-reopenable',
      'not-disqualified',
      'opted-out',
      'not-qualified',
      'unknown-touch',
      'already-bounced',
      'acted-on',
    ];
    const shown = new Set<string>([...rows.map(({ code }) => code), ...beyond, 'lead-closed']);
    expect(refusalCodes.filter((code) => !shown.has(code))).toEqual([]);
  });
});

const whereverClosed: readonly (readonly [string, readonly Fact[]])[] = [
  ['nurture', [reject('tue 10:10', 'not-ready', 'in May')]],
  ['recycled', [...worked, dispose('tue 10:20', 'bad-timing', { wakeOn: '2027-01-04' })]],
  ['disqualified', closed],
  ['sales-qualified', [...worked, qualify('tue 10:15', { intent: 'demo-held' }), sellOn('tue 10:20')]],
  [
    'customer',
    [...worked, qualify('tue 10:15', { intent: 'demo-held' }), sellOn('tue 10:20'), opportunity('tue 10:30', 'won')],
  ],
];

describe.each(whereverClosed)('a lead that is closed as %s', (stage, before) => {
  const lead = () => given(aLead(), ...before);

  test('has that stage', () => {
    expect(lead().then('tue 10:50').stage).toBe(stage);
  });

  test.each<Fact>([
    accept('tue 11:00'),
    reject('tue 11:00', 'nonsense'),
    lateTouch('tue 11:00', 'tue 15:00'),
    status('tue 11:00'),
    qualify('tue 11:00', {}),
    dispose('tue 11:00', 'nonsense'),
    reassign('tue 11:00', 'nobody'),
    pause('tue 11:00'),
    resume('tue 11:00'),
    dispute('tue 11:00'),
    resolve('tue 11:00', 'denied'),
  ])('refuses $type as lead-closed, before all other codes', (fact) => {
    lead().when(fact).refuses('lead-closed');
  });

  test('still takes what has its own use', () => {
    const facts = [
      enrich('tue 11:00', { industry: 'law' }),
      signal('tue 11:00', { score: 10 }),
      applyAgreement('tue 11:00', { 'clocks.feedback.within': '24h' }),
      notified('tue 11:00'),
    ];
    expect(given(aLead(), ...before, ...facts).then('tue 11:00').refusals).toEqual([]);
  });
});

describe('a lead below the agreed criteria', () => {
  const excluded = () => aLead({ owner: null, fields: { country: 'FR' } });

  test('refuses commands as closed', () => {
    given(excluded()).when(accept('tue 11:00')).refuses('lead-closed');
    given(excluded()).when(touch('tue 11:00')).refuses('lead-closed');
    given(excluded()).when(pause('tue 11:00')).refuses('lead-closed');
  });

  test('records signals and enrichments, which change nothing', () => {
    const facts = [enrich('tue 11:00', { country: 'US' }), demoRequest('tue 11:10')];
    const outcome = given(excluded(), ...facts).then('+1 mon 12:00');
    expect(outcome.refusals).toEqual([]);
    expect(outcome.state).toMatchObject({
      stage: 'inquiry',
      priority: null,
      missingFields: null,
      cycle: 1,
      clocks: [],
    });
    expect(outcome.state.excluded).toEqual(['fit.country']);
    expect(outcome.owner).toBeNull();
  });
});

describe('qualifying', () => {
  const yes = { confirmed: true };

  test('needs every answer, the latest of each', () => {
    const story = given(
      aLead(),
      ...worked,
      qualify('tue 10:20', { bant: { need: yes, budget: { confirmed: false } } }),
      qualify('tue 10:30', { bant: { budget: yes, authority: yes } }),
      qualify('tue 10:40', { bant: { timeline: yes } }),
    );
    expect(story.when(sellOn('tue 11:00')).then('tue 11:00').stage).toBe('sales-qualified');
  });

  test('needs one of the named intents instead, which stays', () => {
    const story = given(
      aLead(),
      ...worked,
      qualify('tue 10:20', { intent: 'engaged-reply' }),
      qualify('tue 10:30', { intent: 'curious', bant: { need: { confirmed: false } } }),
    );
    expect(story.when(sellOn('tue 11:00')).then('tue 11:00').stage).toBe('sales-qualified');
  });

  test('is remembered in later cycles', () => {
    const story = given(
      aLead(),
      ...worked,
      qualify('tue 10:20', { intent: 'demo-held' }),
      dispose('tue 10:30', 'no-budget'),
      demoRequest('wed 10:00'),
      touch('wed 10:10'),
    );
    expect(story.when(sellOn('wed 11:00')).then('wed 11:00')).toMatchObject({ stage: 'sales-qualified', refusals: [] });
  });
});

describe('an opportunity', () => {
  const sold = [...worked, qualify('tue 10:15', { intent: 'demo-held' }), sellOn('tue 10:20')];

  test.each([
    { label: 'open', said: ['open'] as const, stage: 'opportunity' },
    { label: 'lost', said: ['open', 'lost'] as const, stage: 'opportunity' },
    { label: 'won', said: ['open', 'won'] as const, stage: 'customer' },
    { label: 'won after it was lost', said: ['lost', 'won'] as const, stage: 'customer' },
    { label: 'won, which is final', said: ['won', 'lost', 'open'] as const, stage: 'customer' },
  ])('that is $label makes the lead a $stage', ({ said, stage }) => {
    const outcome = given(aLead(), ...sold, ...said.map((state) => opportunity('tue 11:00', state))).then('tue 11:00');
    expect(outcome).toMatchObject({ stage, refusals: [] });
  });
});

describe('dispositions', () => {
  test.each([
    {
      label: 'touches made, in time or not',
      set: { 'clocks.touches.until': { touches: 2 }, 'clocks.touches.within': '1m' },
      taken: true,
    },
    { label: 'a touch missing', set: { 'clocks.touches.until': { touches: 3 } }, taken: false },
    {
      label: 'a touch too close to count',
      set: { 'clocks.touches.until': { touches: 2, spacing: '1h' } },
      taken: false,
    },
    { label: 'no such clock in the agreement', set: { 'clocks.touches': null }, taken: true },
  ])('that need touches: $label', ({ set, taken }) => {
    const story = given(aLead({ set }), touch('tue 10:10'), touch('tue 10:20'));
    const fact = dispose('tue 11:00', 'no-response');
    if (taken) expect(story.when(fact).then('tue 11:00').stage).toBe('recycled');
    else story.when(fact).refuses('touches-missing');
  });

  test('that need a contact take one of this cycle, however late it was logged', () => {
    const reached = touch('tue 10:30', 'reached', 'phone', { occurredAt: 'tue 10:05' });
    const facts = [touch('tue 10:10'), reached, dispose('tue 11:00', 'not-interested', { notes: 'has one' })];
    expect(given(aLead(), ...facts).then('tue 11:00')).toMatchObject({ stage: 'nurture', refusals: [] });
    given(aLead(), ...facts, demoRequest('wed 10:00'), touch('wed 10:10'))
      .when(dispose('wed 11:00', 'not-interested', { notes: 'has one' }))
      .refuses('contact-missing');
  });
});
