/** Here ladders are climbed: who is told, which tier is skipped, held or moves the lead (spec L3 to L6). */
import {
  acknowledge,
  aLead,
  given,
  lateTouch,
  pause,
  reassign,
  reject,
  resume,
  touch,
  type Fact,
  type LeadMade,
  type Lines,
} from '../../builders/index.js';

const ladder = (...tiers: readonly object[]): Lines => ({
  'ladders.mine': tiers,
  'clocks.first-response.ladder': 'mine',
  'clocks.acceptance.ladder': null,
  'clocks.owner-response.ladder': null,
});
const climbed = (made: LeadMade, until: string, ...facts: readonly Fact[]) =>
  given(aLead(made), ...facts).then(until).escalations;
const told = (to: readonly string[], made: LeadMade = {}) =>
  climbed({ ...made, set: ladder({ to }) }, 'tue 14:00').map((text) =>
    text.replace('tue 14:00 first-response 1 tier 1: ', ''),
  );

describe('a tier tells', () => {
  test.each([
    { label: 'a role', to: ['cmo'], heard: 'cmo' },
    { label: 'a person', to: ['rep-west-2'], heard: 'rep-west-2' },
    { label: 'the owner', to: ['owner'], heard: 'rep-east-1' },
    { label: 'the manager of the owner’s team', to: ['owner-manager'], heard: 'manager-east' },
    {
      label: 'all of them in the order of the list',
      to: ['vp-sales', 'owner', 'cmo'],
      heard: 'vp-sales, rep-east-1, cmo',
    },
    { label: 'nobody twice', to: ['manager-east', 'owner-manager', 'cro', 'manager-east'], heard: 'manager-east, cro' },
    { label: 'nobody unknown', to: ['chief-of-nothing', 'cro'], heard: 'cro' },
    { label: 'nobody at all', to: [], heard: 'skipped' },
  ])('$label', ({ to, heard }) => {
    expect(told(to)).toEqual([heard]);
  });

  const away = (person: string, delegate?: string, from = 'mon 09:00', until = 'wed 09:00') => ({
    person,
    from,
    until,
    ...(delegate !== undefined && { delegate }),
  });
  test.each([
    { label: 'the delegate of somebody absent', away: [away('cro', 'cmo')], heard: 'cmo, vp-sales' },
    { label: 'nobody for somebody absent without one', away: [away('cro')], heard: 'vp-sales' },
    {
      label: 'nobody if the delegate is absent too',
      away: [away('cro', 'cmo'), away('cmo', 'rep-west-1')],
      heard: 'vp-sales',
    },
    { label: 'a delegate once who is named as well', away: [away('cro', 'vp-sales')], heard: 'vp-sales' },
    { label: 'who is back by then', away: [away('cro', 'cmo', 'mon 09:00', 'tue 14:00')], heard: 'cro, vp-sales' },
    {
      label: 'not who leaves at that instant',
      away: [away('cro', 'cmo', 'tue 14:00', 'wed 09:00')],
      heard: 'cmo, vp-sales',
    },
    {
      label: 'who leaves a millisecond later',
      away: [away('cro', 'cmo', 'tue 14:00:00.001', 'wed 09:00')],
      heard: 'cro, vp-sales',
    },
  ])('$label', ({ away: absent, heard }) => {
    expect(told(['cro', 'vp-sales'], { away: absent })).toEqual([heard]);
  });

  test('the team’s manager where a queue holds the lead, and no owner', () => {
    const nobody = ['rep-east-1', 'rep-east-2', 'rep-east-3'].map((person) => away(person));
    expect(told(['owner', 'owner-manager'], { owner: null, away: nobody })).toEqual(['manager-east']);
  });

  test('nobody as manager of somebody without a team', () => {
    expect(told(['owner-manager', 'owner'], { owner: 'cro' })).toEqual(['cro']);
  });

  test('the new owner’s manager after a reassignment', () => {
    expect(
      climbed(
        { set: ladder({ after: '1h', to: ['owner-manager'] }) },
        'tue 15:00',
        reassign('tue 14:30', 'rep-west-1'),
      ),
    ).toEqual(['tue 15:00 first-response 1 tier 1: manager-west']);
  });
});

describe('a skipped tier', () => {
  test('brings the next one forward to its own instant, whatever that waits for, and only that one', () => {
    const tiers = ladder(
      { on: 'start', after: '1h', to: [] },
      { on: 'breach', after: '4h', to: ['cro'] },
      { on: 'breach', after: '1h', to: ['cmo'] },
    );
    expect(climbed({ set: tiers }, 'wed 17:00')).toEqual([
      'tue 11:00 first-response 1 tier 1: skipped',
      'tue 11:00 first-response 1 tier 2: cro',
      'tue 15:00 first-response 1 tier 3: cmo',
    ]);
  });

  test('after another brings the one after both forward', () => {
    const tiers = ladder({ to: [] }, { after: '1h', to: ['nobody'] }, { after: '2h', to: ['cro'] });
    expect(climbed({ set: tiers }, 'tue 14:00')).toEqual([
      'tue 14:00 first-response 1 tier 1: skipped',
      'tue 14:00 first-response 1 tier 2: skipped',
      'tue 14:00 first-response 1 tier 3: cro',
    ]);
  });

  test('can be acknowledged, if it is the last', () => {
    const story = given(aLead({ set: ladder({ to: [] }) }), acknowledge('tue 15:00', 'first-response'));
    expect(story.then('tue 15:00').refusals).toEqual([]);
  });
});

describe('an acknowledgement', () => {
  const held = ladder(
    { to: ['cro'], holdOnAcknowledge: '2h' },
    { after: '1h', to: ['cmo'], holdOnAcknowledge: '30m' },
    { after: '3h', to: ['vp-sales'] },
  );
  const ack = (at: string) => acknowledge(at, 'first-response');
  const instants = (...facts: readonly Fact[]) =>
    climbed({ set: held }, '+1 mon 12:00', ...facts).map((text) => text.slice(0, 'tue 14:00'.length));

  test('puts the next tier off, whenever it comes, and no later one but what has to wait for it', () => {
    expect(instants()).toEqual(['tue 14:00', 'tue 15:00', 'tue 17:00']);
    expect(instants(ack('tue 14:01'))).toEqual(['tue 14:00', 'tue 17:00', 'tue 17:00']);
    expect(instants(ack('tue 15:00'))).toEqual(['tue 14:00', 'tue 17:00', 'tue 17:00']);
  });

  test('is taken once per tier, each with its own hold', () => {
    expect(instants(ack('tue 15:30'))).toEqual(['tue 14:00', 'tue 15:00', 'wed 09:30']);
    expect(instants(ack('tue 14:30'), ack('tue 15:30'))).toEqual(['tue 14:00', 'tue 17:00', 'tue 17:00']);
  });

  test('after the last tier is taken and holds nothing', () => {
    const outcome = given(aLead({ set: held }), ack('wed 12:00')).then('wed 12:00');
    expect(outcome.refusals).toEqual([]);
    given(aLead({ set: held }), ack('wed 12:00'))
      .when(ack('wed 12:30'))
      .refuses('already-acknowledged');
  });

  test('before the breach, after a tier from the start, puts off the one that waits for the breach', () => {
    const set = ladder({ on: 'start', to: ['cro'], holdOnAcknowledge: '1h' }, { to: ['cmo'] });
    expect(climbed({ set }, 'wed 17:00', ack('tue 11:00'))).toEqual([
      'tue 10:00 first-response 1 tier 1: cro',
      'tue 15:00 first-response 1 tier 2: cmo',
    ]);
  });

  test('during a pause is kept until the ladder goes on', () => {
    // An hour of the way to tier 2 is left at 14:30: half an hour of its own and the two held.
    expect(instants(pause('tue 14:30'), ack('tue 14:40'), resume('wed 10:00')).slice(0, 2)).toEqual([
      'tue 14:00',
      'wed 12:30',
    ]);
  });

  test('stays in force with a new owner on another calendar', () => {
    const facts = [ack('tue 14:30'), reassign('tue 14:30', 'rep-west-1')];
    // Half an hour is used in the east; 2 h 30 min from 11:30 in the west: to 12:00, and 13:00 to 15:00.
    expect(instants(...facts).slice(0, 2)).toEqual(['tue 14:00', 'tue 18:00']);
  });

  test('speaks of the newest number', () => {
    const set = { 'clocks.owner-response.within': '1h' };
    const facts = [reassign('tue 10:30', 'rep-east-2'), reassign('tue 12:00', 'rep-east-3')];
    given(aLead({ set }), ...facts)
      .when(acknowledge('tue 12:30', 'owner-response'))
      .refuses('nothing-to-acknowledge');
    expect(
      given(aLead({ set }), ...facts, acknowledge('tue 13:30', 'owner-response')).then('tue 13:30').refusals,
    ).toEqual([]);
  });

  test('is taken on a closed lead whose feedback is late', () => {
    const facts = [reject('tue 11:00', 'bad-data'), acknowledge('thu 12:00', 'feedback')];
    const outcome = given(aLead(), ...facts).then('+1 wed 17:00');
    expect(outcome.refusals).toEqual([]);
    // Tier 2 of the stale ladder after 8 h of weekdays, and 8 h held.
    expect(outcome.escalations).toEqual([
      'thu 11:00 feedback 1 tier 1: manager-east',
      'fri 03:00 feedback 1 tier 2: vp-sales',
    ]);
  });
});

describe('a tier that moves the lead', () => {
  const moving = (...more: readonly object[]) => ladder({ to: ['cro'], reassign: true }, ...more);

  test('gives it to who was given a lead longest ago, never-given ones by their ids', () => {
    const facts = [reassign('tue 11:00', 'rep-east-2'), reassign('tue 12:00', 'rep-east-1')];
    const outcome = given(aLead({ set: moving() }), ...facts).then('tue 14:00');
    expect([outcome.owner, outcome.escalations]).toEqual([
      'rep-east-3',
      ['tue 14:00 first-response 1 tier 1: cro, moved'],
    ]);
    const first = given(aLead({ set: moving(), owner: 'rep-east-2' })).then('tue 14:00');
    expect(first.owner).toBe('rep-east-1');
  });

  test('moves it though nobody is left to be told', () => {
    const outcome = given(aLead({ set: ladder({ to: [], reassign: true }) })).then('tue 14:00');
    expect([outcome.owner, outcome.escalations]).toEqual([
      'rep-east-2',
      ['tue 14:00 first-response 1 tier 1: skipped, moved'],
    ]);
  });

  test.each([
    {
      label: 'is absent',
      made: { away: [{ person: 'rep-east-2', from: 'tue 14:00', until: 'tue 15:00' }] },
      owner: 'rep-east-3',
    },
    {
      label: 'is back at that instant',
      made: { away: [{ person: 'rep-east-2', from: 'tue 09:00', until: 'tue 14:00' }] },
      owner: 'rep-east-2',
    },
    { label: 'has no room', made: { people: [{ id: 'rep-east-2', capacity: 0 }] }, owner: 'rep-east-3' },
    { label: 'has no limit', made: { people: [{ id: 'rep-east-2', capacity: undefined }] }, owner: 'rep-east-2' },
  ])('takes who is available: the next one $label', ({ made, owner }) => {
    expect(given(aLead({ ...made, set: moving() })).then('tue 14:00').owner).toBe(owner);
  });

  test('never goes back to who owned the lead at the breach of a sales clock, but to one whose breach was corrected', () => {
    const set = { ...moving(), 'clocks.owner-response.ladder': 'mine', 'clocks.owner-response.within': '1h' };
    const two = [{ id: 'rep-east-3', capacity: 0 }];
    const facts = [touch('tue 14:10')];
    // Both have let a clock breach: there is nobody left.
    const outcome = given(aLead({ set, people: two })).then('tue 15:00');
    expect(outcome.owner).toBe('rep-east-2');
    expect(outcome.escalations).toEqual([
      'tue 14:00 first-response 1 tier 1: cro, moved',
      'tue 15:00 owner-response 1 tier 1: cro, not moved',
    ]);
    // The call of rep-east-1 is logged: first-response was met, but acceptance must not breach either.
    const corrected = given(
      aLead({ set: { ...set, 'clocks.acceptance': null }, people: two }),
      lateTouch('tue 14:30', 'tue 13:00'),
    );
    expect(corrected.then('tue 15:00').owner).toBe('rep-east-1');
    expect(given(aLead({ set, people: two }), ...facts).then('tue 17:00').owner).toBe('rep-east-2');
  });

  test('may go to who owned it at the breach of a marketing clock', () => {
    const set = { ...moving(), 'clocks.enrichment.within': '1m' };
    const facts = [reassign('tue 10:30', 'rep-east-2')];
    const outcome = given(
      aLead({ set, fields: { industry: null }, people: [{ id: 'rep-east-3', capacity: 0 }] }),
      ...facts,
    );
    expect(outcome.then('tue 14:00').owner).toBe('rep-east-1');
  });

  test('goes round the present owner’s team', () => {
    expect(given(aLead({ set: moving() }), reassign('tue 10:30', 'rep-west-2')).then('tue 17:00').owner).toBe(
      'rep-west-1',
    );
  });

  test('takes a lead out of the queue', () => {
    const away = ['rep-east-1', 'rep-east-2', 'rep-east-3'].map((person) => ({
      person,
      from: 'tue 09:00',
      until: 'tue 12:00',
    }));
    const outcome = given(aLead({ set: moving(), owner: null, away })).then('tue 14:00');
    expect(outcome.owner).toBe('rep-east-1');
    expect(outcome.state.holders[outcome.state.holders.length - 1]?.queue).toBeNull();
    expect(outcome.clock('owner-response')).toMatchObject({ startedAt: 'tue 14:00', verdict: 'pending' });
  });

  test('moves it once in one instant', () => {
    const set = moving({ to: ['cmo'], reassign: true });
    expect(climbed({ set }, 'tue 14:00')).toEqual([
      'tue 14:00 first-response 1 tier 1: cro, moved',
      'tue 14:00 first-response 1 tier 2: cmo, not moved',
    ]);
  });

  test('moves it though a person has moved it at that instant', () => {
    expect(climbed({ set: moving() }, 'tue 14:00', reassign('tue 14:00', 'rep-east-3'))).toEqual([
      'tue 14:00 first-response 1 tier 1: cro, moved',
    ]);
  });

  test('does not move a closed lead', () => {
    const set = { ...moving(), 'clocks.feedback.ladder': 'mine' };
    const outcome = given(aLead({ set }), reject('tue 11:00', 'bad-data')).then('thu 11:00');
    expect([outcome.owner, outcome.escalations]).toEqual([
      'rep-east-1',
      ['thu 11:00 feedback 1 tier 1: cro, not moved'],
    ]);
  });
});
