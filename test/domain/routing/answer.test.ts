/** Here routing is asked: at hand-off and at waking, by every rule (spec O1 to O3). */
import {
  aLead,
  demoRequest,
  given,
  reassign,
  reject,
  touch,
  type Away,
  type LeadMade,
  type Lines,
} from '../../builders/index.js';

const routed = (made: LeadMade) => given(aLead({ owner: null, ...made })).then('tue 10:00');
const rules = (...routing: readonly object[]): Lines => ({ routing });
const away = (person: string, from = 'tue 09:00', until = 'wed 09:00'): Away => ({ person, from, until });
const everyone = ['rep-east-1', 'rep-east-2', 'rep-east-3'].map((person) => away(person));

describe('the rules are tried in order:', () => {
  test.each<{ label: string; made: LeadMade; owner: string | null }>([
    { label: 'round robin begins with the first id', made: {}, owner: 'rep-east-1' },
    { label: 'the field existingOwner', made: { fields: { existingOwner: 'rep-west-2' } }, owner: 'rep-west-2' },
    {
      label: 'an existing owner who is unknown',
      made: { fields: { existingOwner: 'rep-north-1' } },
      owner: 'rep-east-1',
    },
    {
      label: 'an existing owner who is away',
      made: { fields: { existingOwner: 'rep-west-2' }, away: [away('rep-west-2')] },
      owner: 'rep-east-1',
    },
    {
      label: 'an existing owner without room',
      made: { fields: { existingOwner: 'rep-west-2' }, people: [{ id: 'rep-west-2', capacity: 0 }] },
      owner: 'rep-east-1',
    },
    {
      label: 'a named account, in whatever case',
      made: { fields: { email: 'Ada@BigCo.Example' } },
      owner: 'rep-east-2',
    },
    {
      label: 'a named account whose person is away',
      made: { fields: { email: 'ada@bigco.example' }, away: [away('rep-east-2')] },
      owner: 'rep-east-1',
    },
    { label: 'a partner’s lead', made: { fields: { partner: 'acme' } }, owner: 'rep-partner-1' },
    {
      label: 'a partner’s lead while the team is away',
      made: { fields: { partner: 'acme' }, away: [away('rep-partner-1')] },
      owner: 'rep-east-1',
    },
    { label: 'a region', made: { fields: { region: 'west' } }, owner: 'rep-west-1' },
    { label: 'the first of the team is away', made: { away: [away('rep-east-1')] }, owner: 'rep-east-2' },
    {
      label: 'the first of the team comes back now',
      made: { away: [away('rep-east-1', 'mon 09:00', 'tue 10:00')] },
      owner: 'rep-east-1',
    },
    {
      label: 'the first of the team has no room',
      made: { people: [{ id: 'rep-east-1', capacity: 0 }] },
      owner: 'rep-east-2',
    },
    { label: 'everybody is away', made: { away: everyone }, owner: null },
  ])('$label', ({ made, owner }) => {
    expect(routed(made).owner).toBe(owner);
  });

  test('a rule whose conditions do not hold yields nobody', () => {
    const set = rules(
      { rule: 'round-robin', when: [{ segment: 'enterprise' }], team: 'partners' },
      { rule: 'round-robin', when: [{ priority: 'high' }], team: 'sdr-west' },
      { rule: 'round-robin', team: 'sdr-east' },
    );
    expect(routed({ set }).owner).toBe('rep-east-1');
    expect(routed({ set, signals: [{ action: 'demo-request', at: 'tue 09:00' }] }).owner).toBe('rep-west-1');
    expect(routed({ set, fields: { employees: 1000 } }).owner).toBe('rep-partner-1');
  });

  test('a queue before other rules takes everything', () => {
    expect(
      routed({ set: rules({ rule: 'queue', team: 'sdr-west' }, { rule: 'round-robin', team: 'sdr-east' }) }).owner,
    ).toBeNull();
  });
});

describe('a lead in a queue', () => {
  const queued = (made: LeadMade = {}) => aLead({ owner: null, away: everyone, ...made });

  test('runs on the team’s calendar, and has no owner', () => {
    const set = { 'routing.5.team': 'sdr-west', 'routing.5.when': null };
    const outcome = given(queued({ set })).then('tue 10:00');
    expect(outcome.state.holders).toMatchObject([{ owner: null, queue: 'sdr-west', team: 'sdr-west' }]);
    // Seven o'clock in the west: 08:00 to 12:00.
    expect(outcome.clock('first-response')?.dueAt).toBe('tue 15:00');
  });

  test('is taken out of it by a reassignment, which begins the owner’s response', () => {
    const outcome = given(queued(), reassign('tue 11:00', 'rep-west-1')).then('tue 11:00');
    expect(outcome.owner).toBe('rep-west-1');
    expect(outcome.clock('owner-response')?.startedAt).toBe('tue 11:00');
  });

  test('may be worked by anybody', () => {
    expect(given(queued(), touch('tue 11:00')).then('tue 12:00')).toMatchObject({
      stage: 'sal',
      owner: null,
      refusals: [],
    });
  });
});

describe('a lead that wakes', () => {
  const woken = (made: LeadMade, ...before: Parameters<typeof given>[1][]) =>
    given(aLead(made), ...before, reject('tue 12:00', 'not-ready', 'in May'), demoRequest('wed 10:00')).then(
      'wed 10:00',
    );

  test.each<{ label: string; made: LeadMade; owner: string | null }>([
    { label: 'keeps its owner', made: { owner: 'rep-west-2' }, owner: 'rep-west-2' },
    {
      label: 'keeps its owner before any rule',
      made: { owner: 'rep-west-2', set: rules({ rule: 'queue', team: 'sdr-east' }) },
      owner: 'rep-west-2',
    },
    {
      label: 'goes elsewhere while the owner is away',
      made: { away: [away('rep-east-1', 'wed 09:00', 'thu 09:00')] },
      owner: 'rep-east-2',
    },
    {
      label: 'goes elsewhere if the owner has no room',
      made: { people: [{ id: 'rep-east-1', capacity: 0 }] },
      owner: 'rep-east-2',
    },
    {
      label: 'stays, the one lead that the owner has room for',
      made: { people: [{ id: 'rep-east-1', capacity: 1 }] },
      owner: 'rep-east-1',
    },
  ])('$label', ({ made, owner }) => {
    const outcome = woken(made);
    expect([outcome.owner, outcome.stage, outcome.state.cycle]).toEqual([owner, 'mql', 2]);
  });

  test('begins no owner’s response, whoever has it now', () => {
    expect(
      woken({ away: [away('rep-east-1', 'wed 09:00', 'thu 09:00')] }).clock('owner-response', 1, 2),
    ).toBeUndefined();
  });

  test('remembers its last owner, not its first', () => {
    expect(woken({}, reassign('tue 11:00', 'rep-east-3')).owner).toBe('rep-east-3');
  });

  test('counts as given then, in the round robin', () => {
    // Given at the hand-off: east-2; at the waking: east-1, away since; so the next is the never-given east-3, then east-2.
    const set = {
      'clocks.re-engagement.within': '1h',
      'clocks.re-engagement.overrides': null,
      'clocks.re-engagement.ladder': 'mine',
      'clocks.owner-response.ladder': null,
      'ladders.mine': [{ to: ['cro'], reassign: true }],
    };
    const outcome = given(
      aLead({
        set,
        owner: 'rep-east-2',
        away: [away('rep-east-2', 'wed 09:00', 'wed 10:30'), away('rep-east-3', 'wed 09:00', 'fri 09:00')],
      }),
      reject('tue 12:00', 'not-ready', 'in May'),
      demoRequest('wed 10:00'),
    );
    expect(outcome.then('wed 10:59').owner).toBe('rep-east-1');
    expect(outcome.then('wed 11:00').owner).toBe('rep-east-2');
  });
});
