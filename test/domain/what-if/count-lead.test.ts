import { answerFromCalendar } from '../../../src/bin/calendar-ports.js';
import { compare } from '../../../src/domain/what-if/comparison.js';
import { countLead } from '../../../src/domain/what-if/count-lead.js';
import { storyOf } from '../../../src/domain/what-if/facts.js';
import { outcomeOf } from '../../../src/domain/what-if/outcome.js';
import type { PastLead } from '../../../src/domain/what-if/past-lead.js';
import type { WhatIfWorld } from '../../../src/domain/what-if/refold.js';
import { addTallies, emptyTally, type Tally } from '../../../src/domain/what-if/tally.js';
import { aDirectory, anAgreement, type Lines } from '../../builders/agreement.js';
import * as say from '../../builders/facts.js';
import { aLead, pass, tell, type LeadMade } from '../../builders/lead.js';
import { when } from '../../builders/week.js';

const UNTIL = 'fri 09:00';

/** A lead handed off on Tuesday at 10:00, so that 4 h end at 14:00 and 2 h at 12:00. */
function past(facts: readonly say.Fact[], made: LeadMade = {}): PastLead {
  const told = facts.reduce((lead, fact) => tell(lead, fact).lead, aLead(made));
  const { events } = pass(told, UNTIL).run;
  return { story: storyOf(events), was: outcomeOf(events) };
}

const imported = (facts: readonly say.Fact[]): PastLead => ({ story: past(facts).story });

function worldOf(set: Lines, more: Partial<WhatIfWorld> = {}): WhatIfWorld {
  const { terms } = anAgreement(set);
  return { terms, directory: aDirectory(), answerFromCalendar, windows: {}, until: when(UNTIL), ...more };
}

function tallyOf(leads: readonly PastLead[], world: WhatIfWorld): Tally {
  const tally = emptyTally();
  for (const lead of leads) countLead(tally, lead, world);
  return tally;
}

function whatIf(leads: readonly PastLead[], world: WhatIfWorld) {
  const asked = { terms: world.terms, version: 2, from: when('tue 00:00'), to: when('wed 00:00'), asOf: when(UNTIL) };
  return compare(asked, tallyOf(leads, world));
}

const firstResponse = (compared: ReturnType<typeof whatIf>) =>
  compared.commitments.find(({ clock }) => clock === 'first-response')!;

const inTwoHours = { 'clocks.first-response.within': '2h' };

/** What six reps did on that Tuesday. */
const tuesday: readonly PastLead[] = [
  past([say.touch('tue 11:00')]),
  past([say.touch('tue 12:00')]),
  past([say.touch('tue 12:00:01')]),
  past([say.touch('tue 13:30')]),
  past([say.touch('tue 15:00')]),
  past([say.reject('tue 13:00', 'not-icp', 'a student')]),
];

describe('first response in 2 h instead of 4 h', () => {
  const compared = whatIf(tuesday, worldOf(inTwoHours));

  test('is met by those who had answered by noon, to the second', () => {
    expect(firstResponse(compared)).toMatchObject({
      was: { numerator: 4, denominator: 5, exclusions: { cancelled: 1, undecided: 0 } },
      would: { numerator: 2, denominator: 6, exclusions: { cancelled: 0, undecided: 0 } },
      turned: { metToBreached: 2, breachedToMet: 0 },
      goalPpm: 900_000,
    });
  });

  test('tells a manager of each of the four late ones', () => {
    const tiers = compared.tiers.filter(({ clock }) => clock === 'first-response');
    expect(tiers).toEqual([
      {
        clock: 'first-response',
        tier: 1,
        was: { fired: 1, told: 1, skipped: 0, moved: 0 },
        would: { fired: 4, told: 4, skipped: 0, moved: 0 },
      },
    ]);
  });

  test('is more work for the team that got the leads', () => {
    const [east] = compared.teams;
    expect(east).toMatchObject({ team: 'sdr-east', was: { leads: 6 }, would: { leads: 6 } });
    expect(east!.would.breached - east!.was.breached).toBe(3);
    expect(east!.would.tiers['1']! - east!.was.tiers['1']!).toBe(3);
  });

  test('changes no other commitment', () => {
    const others = compared.commitments.filter(({ clock }) => clock !== 'first-response');
    for (const { clock, was, would } of others) expect([clock, would]).toEqual([clock, was ?? would]);
  });
});

describe('what a version would have refused', () => {
  test('is counted by command and code, and the lead goes on without it', () => {
    const compared = whatIf(tuesday, worldOf({ 'reasons.rejection.0': null }));
    expect(compared.refused).toEqual([{ command: 'reject', code: 'unknown-reason', count: 1 }]);
    expect(firstResponse(compared).would).toEqual({
      numerator: 4,
      denominator: 6,
      exclusions: { cancelled: 0, undecided: 0 },
    });
  });
});

describe('leads that only one side takes', () => {
  test('are no MQL by the version: excluded, with what was', () => {
    const compared = whatIf(tuesday, worldOf({ 'qualification.mql.fit.1': { field: 'employees', gte: 500 } }));
    expect(compared.leads).toMatchObject({ folded: 6, newlyExcluded: 6 });
    expect(firstResponse(compared)).toMatchObject({ was: { denominator: 5 }, would: { denominator: 0 } });
  });

  test('were no MQL then: counted, never judged', () => {
    const small = [past([], { fields: { employees: 20 } }), past([], { fields: { country: 'FR' } })];
    const compared = whatIf(small, worldOf({ 'qualification.mql.fit.1': { field: 'employees', gte: 10 } }));
    expect(compared.leads).toMatchObject({ folded: 0, newlyQualified: 1, excluded: 1 });
    expect(compared.teams).toEqual([]);
    expect(compared.unknowable.join(' ')).toContain('1 leads were no MQL then');
  });
});

describe('imported leads', () => {
  const leads = [imported([say.touch('tue 11:00')]), imported([say.touch('tue 13:00')])];

  test('stand on one side where no version is named to compare with', () => {
    expect(firstResponse(whatIf(leads, worldOf(inTwoHours)))).toMatchObject({ was: null, would: { numerator: 1 } });
  });

  test('are compared with the version that is named', () => {
    const compared = whatIf(leads, worldOf(inTwoHours, { against: anAgreement().terms }));
    expect(firstResponse(compared)).toMatchObject({ was: { numerator: 2 }, would: { numerator: 1 } });
    expect(compared.leads).toMatchObject({ folded: 2, imported: 2 });
  });
});

describe('tallies', () => {
  test('of two halves add up to the tally of the whole', () => {
    const world = worldOf(inTwoHours);
    const halves = [tuesday.slice(0, 2), tuesday.slice(2)].map((leads) => tallyOf(leads, world));
    expect(addTallies(halves[0]!, halves[1]!)).toEqual(tallyOf(tuesday, world));
  });

  test('of nothing count nothing: no leads, never 0 %', () => {
    expect(firstResponse(whatIf([], worldOf({})))).toMatchObject({ was: null, would: { denominator: 0 } });
  });
});
