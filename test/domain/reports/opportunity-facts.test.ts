import type { Fields } from '../../../src/domain/agreement/index.js';
import { accountOf } from '../../../src/domain/reports/account.js';
import { opportunityFacts } from '../../../src/domain/reports/opportunity-facts.js';
import { touchFacts } from '../../../src/domain/reports/touch-facts.js';
import type { LeadEvent } from '../../../src/domain/lifecycle/events.js';
import { handedOff, mondayTen, say } from '../../db/journeys.js';

let seq = 0;
const update = (at: number, said: object): LeadEvent =>
  ({ type: 'opportunity-updated', seq: (seq += 1), cycle: 1, at, ...said }) as LeadEvent;

describe('an opportunity', () => {
  test('opens when it is first told to be open, and closes when it is won', () => {
    const [one] = opportunityFacts([
      update(1, { status: 'open', amount: '100 USD', crmId: 'a' }),
      update(2, { status: 'open', amount: '120.50 USD' }),
      update(3, { status: 'won' }),
    ]);
    expect(one).toEqual({
      n: 1,
      crmId: 'a',
      status: 'won',
      openedAt: 1,
      closedAt: 3,
      amount: { minor: 12_050, currency: 'USD' },
      saidAt: 3,
    });
  });

  test('keeps the amount that it had at its closing, whatever is said later', () => {
    const [one] = opportunityFacts([
      update(1, { status: 'open', amount: '100 USD' }),
      update(2, { status: 'won', amount: '90 USD' }),
      update(3, { status: 'won', amount: '500 USD' }),
    ]);
    expect(one).toMatchObject({ closedAt: 2, amount: { minor: 9_000 }, saidAt: 3 });
  });

  test('that is lost and open again is open, from its first opening on', () => {
    const [one] = opportunityFacts([
      update(1, { status: 'open' }),
      update(2, { status: 'lost' }),
      update(3, { status: 'open', amount: '7 EUR' }),
    ]);
    expect(one).toMatchObject({ status: 'open', openedAt: 1, closedAt: null, amount: { minor: 700, currency: 'EUR' } });
  });

  test('that nobody named gets the first name that is said', () => {
    const told = opportunityFacts([update(1, { status: 'open' }), update(2, { status: 'won', crmId: 'a' })]);
    expect(told).toMatchObject([{ n: 1, crmId: 'a', status: 'won' }]);
  });

  test('of another name is another one', () => {
    const told = opportunityFacts([
      update(1, { status: 'open', crmId: 'a' }),
      update(2, { status: 'open', crmId: 'b' }),
      update(3, { status: 'lost' }),
      update(4, { status: 'won', crmId: 'a' }),
    ]);
    expect(told).toMatchObject([
      { n: 1, crmId: 'a', status: 'won' },
      { n: 2, crmId: 'b', status: 'lost' },
    ]);
  });

  test('with an amount that cannot be read has none', () => {
    expect(opportunityFacts([update(1, { status: 'open', amount: '48000' })])).toMatchObject([{ amount: null }]);
  });
});

describe('the account of a lead', () => {
  test.each<{ label: string; fields: Fields; account: string | null }>([
    {
      label: 'is the one that is named',
      fields: { account: ' ACME  Corp ', email: 'a@x.example' },
      account: 'acme corp',
    },
    { label: 'is its e-mail domain', fields: { email: 'Ada@Acme.example ', company: 'Acme' }, account: 'acme.example' },
    {
      label: 'is its company if the mail is a public provider’s',
      fields: { email: 'a@gmail.com', company: 'Acme' },
      account: 'acme',
    },
    { label: 'is none by a placeholder', fields: { email: 'a@gmail.com', company: 'N/A' }, account: null },
    { label: 'is none if nothing is known', fields: {}, account: null },
    {
      label: 'is the host of an address',
      fields: { account: 'https://www.Acme.example/about' },
      account: 'acme.example',
    },
  ])('$label', ({ fields, account }) => expect(accountOf(fields)).toBe(account));
});

describe('the touches that a lead tells of', () => {
  test('are what it did, where it came from, and what people of sales sent out', () => {
    const lead = handedOff({
      source: 'website',
      signals: [{ at: mondayTen - 9, action: 'webinar' }],
      qualifiedAt: mondayTen - 5,
    });
    const called = say(lead, mondayTen + 1, { type: 'touch', channel: 'phone', outcome: 'no-answer' });
    const mailed = say(called, mondayTen + 2, { type: 'touch', channel: 'email', outcome: 'sent', origin: 'sequence' });
    const clicked = say(mailed, mondayTen + 3, { type: 'signal', action: 'pricing-page-visit' });
    expect(touchFacts(clicked.events).map(({ kind, at, name }) => [kind, at - mondayTen, name])).toEqual([
      ['act', -9, 'webinar'],
      ['act', -5, 'website'],
      ['act', -5, 'webinar'],
      ['outreach', 1, 'phone'],
      ['act', 3, 'pricing-page-visit'],
    ]);
  });

  test('count no more once they are taken back', () => {
    const called = say(handedOff(), mondayTen + 1, { type: 'touch', channel: 'phone', outcome: 'no-answer' });
    const touch = called.state.touches.at(-1)!.seq;
    const retracted = say(called, mondayTen + 2, { type: 'retract', touch, reason: 'another lead' });
    const outreach = touchFacts(retracted.events).filter(({ kind }) => kind === 'outreach');
    expect(outreach).toMatchObject([{ seq: touch, counts: false }]);
  });
});
