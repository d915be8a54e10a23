import { nextStep } from '../../../src/domain/cadence/index.js';
import type { Run } from '../../../src/domain/lifecycle/run.js';
import { briefingOf, type Briefing } from '../../../src/domain/notices/briefing.js';
import { sectionsOf } from '../../../src/domain/notices/sections.js';
import { local } from '../cadence/sample-book.js';
import { ada, aHotLead, aLead, after, hours, minutes, mondayTen, terms, afterSaying } from './sample-lead.js';

const brief = (run: Run): Briefing => briefingOf(run.state, { [terms.key]: terms });
const passed = (at: number): string => `+${(at - mondayTen) / hours(1)}h`;

test('a briefing says who it is, where they work and what is known of them', () => {
  const { person, company, email, facts } = brief(aLead());
  expect({ person, company, email }).toEqual({ person: 'Ada Lovelace', company: 'Acme Engines', email: ada.email });
  expect(facts).toContainEqual({ label: 'Job title', value: 'VP Operations' });
});

test('what a caller looks for comes first, long numbers are readable', () => {
  const { facts } = brief(aLead({ fields: { zip: '10001', annualRevenue: 14_000_000, ...ada } }));
  expect(facts.map(({ label, value }) => `${label}: ${value}`)).toEqual([
    'Job title: VP Operations',
    'Phone: +1 212 555 0100',
    'Job level: vp',
    'Employees: 320',
    'Annual revenue: 14,000,000',
    'Country: US',
    'Region: east',
    'Zip: 10001',
    'Source: website',
  ]);
});

test('a lead without a name goes by its address', () => {
  expect(brief(aLead({ fields: { ...ada, firstName: null, lastName: '' } })).person).toBe(ada.email);
});

test('what is missing is named until somebody fills it in', () => {
  const { jobTitle: _, ...incomplete } = ada;
  const lead = aLead({ fields: incomplete });
  expect(brief(lead).missing).toEqual(['job title']);
  const filled = afterSaying(lead, minutes(5), { type: 'enrich', fields: { jobTitle: 'COO' } }, 'system');
  expect(brief(filled).missing).toEqual([]);
});

test.each([
  {
    label: 'a demo request',
    run: aHotLead(),
    reasons: ['Demo request in the last 7 days'],
    isHot: true,
  },
  {
    label: 'repeated downloads',
    run: aLead(),
    reasons: ['Content download, at least 3 times in the last 30 days'],
    isHot: false,
  },
  {
    label: 'a score, with what was asked',
    run: aLead({ fields: { ...ada, score: 82 }, signals: [] }),
    reasons: ['Score is 82 (70 or more asked)'],
    isHot: false,
  },
  {
    label: 'a signal, with its value',
    run: aLead({
      fields: { ...ada, score: 70 },
      signals: [{ at: mondayTen, signal: 'third-party-intent', value: 91 }],
    }),
    reasons: ['Third party intent at 91 (80 or more asked)', 'Score is 70 (70 or more asked)'],
    isHot: true,
  },
])('why a lead matters: $label', ({ run, reasons, isHot }) => expect(brief(run)).toMatchObject({ reasons, isHot }));

test('engagement comes newest first', () => {
  expect(brief(aLead()).engagement.map(({ text }) => text)).toEqual([
    'Third party intent at 64',
    'Pricing page visit',
    'Content download',
    'Content download',
    'Content download',
  ]);
});

test('promises of sales come by due instant, with what to do', () => {
  const { promises } = brief(aLead());
  expect(promises.map(({ clock, order, dueAt }) => `${passed(dueAt!)} ${clock}: ${order}`)).toEqual([
    '+4h first-response: reach out in person: call, write or message',
    '+24h acceptance: accept or reject the lead',
    '+720h closure: bring the lead to a decision',
  ]);
});

test('a missed promise stays on the list until it is fulfilled', () => {
  const late = after(aLead(), hours(5));
  expect(brief(late).promises[0]).toMatchObject({ clock: 'first-response', verdict: 'breached' });
  const answered = afterSaying(late, hours(6), { type: 'touch', channel: 'phone', outcome: 'reached' });
  expect(brief(answered).promises.map(({ clock }) => clock)).not.toContain('first-response');
});

test('promises of a paused lead rest, last and without a due instant', () => {
  const paused = afterSaying(aLead(), minutes(5), { type: 'pause', reason: 'out of office' });
  expect(brief(paused).promises.map(({ dueAt }) => dueAt)).toEqual([null, null, null]);
  expect(brief(paused).course).toEqual([]);
});

test('what happens if nobody acts comes in order, one line for what falls together', () => {
  expect(brief(aLead()).course.map(({ at, text }) => `${passed(at)} ${text}`)).toEqual([
    "+4h First response: the promise is missed and the owner's manager hears of it",
    "+24h Acceptance: the promise is missed and the owner's manager hears of it",
    '+24h First response: vp-sales hears of it and the lead goes to the next person of the team',
    '+48h Acceptance: vp-sales hears of it',
    "+720h Closure: the promise is missed and the owner's manager hears of it",
  ]);
});

test('what is foretold is what then happens', () => {
  const foretold = brief(aLead())
    .course.slice(0, 3)
    .map(({ at }) => at);
  const fired = after(aLead(), hours(24)).events.filter(({ type }) => type === 'tier-fired');
  expect([...new Set(fired.map(({ at }) => at))]).toEqual([...new Set(foretold)]);
});

test("the next step is the cadence's first that no human touch has made yet", () => {
  const lead = aLead();
  expect(brief(lead).step?.template).toBe('first-call');
  expect(brief(lead).step?.talkingPoints).toEqual(['Ask what made them look now', 'Offer the 20-minute tour']);
  const called = afterSaying(lead, minutes(5), { type: 'touch', channel: 'phone', outcome: 'no-answer' });
  expect(brief(called).step?.template).toBe('first-mail');
  const robot = { type: 'touch', channel: 'email', outcome: 'sent', origin: 'sequence' } as const;
  expect(brief(afterSaying(called, minutes(9), robot)).step?.template).toBe('first-mail');
});

test('a closed lead asks for nothing more of the cadence', () => {
  const rejected = afterSaying(aLead(), minutes(5), { type: 'reject', reason: 'duplicate' });
  expect(brief(rejected)).toMatchObject({ isClosed: true, step: null, promises: [] });
});

test('an agreement that is not at hand costs its words only', () => {
  const bare = briefingOf(aLead().state, {});
  expect(bare.promises.map(({ order }) => order)).toEqual(['first response', 'acceptance', 'closure']);
  expect(bare.reasons).toEqual([]);
});

test('sections without lines are left out', () => {
  const lead = aLead({ fields: { ...ada, score: 75 }, signals: [] });
  const titles = sectionsOf(brief(lead), String).map(({ title }) => title);
  expect(titles).toEqual(['What is due', 'Next step', 'Why this lead is here', 'Who they are', 'If nobody acts']);
});

test('the next step says when to make it, and why not on its day', () => {
  const { state } = aLead();
  const absences = [{ person: 'rep-east-1', from: mondayTen, until: mondayTen + hours(24) }];
  const next = nextStep({ state, terms, absences, local, at: mondayTen });
  const step = sectionsOf(briefingOf(state, { [terms.key]: terms }, next), passed).find(
    ({ title }) => title === 'Next step',
  );
  expect(step?.lines).toContainEqual({ lead: 'When', text: '+24h to +31h, after the absence of its owner' });
});
