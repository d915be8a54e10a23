import { foldLead } from '../../../src/domain/lifecycle/evolve.js';
import type { Run } from '../../../src/domain/lifecycle/run.js';
import { eventsCausingNotices } from '../../../src/domain/notices/causes.js';
import { newsOf, type News } from '../../../src/domain/notices/news.js';
import { noticesOf, type NoticeKind } from '../../../src/domain/notices/notice.js';
import { formatLocal } from '../../../src/zones/index.js';
import {
  ada,
  aHotLead,
  aLead,
  aLeadInTheQueue,
  aLeadToPursue,
  after,
  hours,
  minutes,
  people,
  terms,
  afterSaying,
} from './sample-lead.js';

const say = (at: number): string => formatLocal('America/New_York', at);

/** What the last notice of that kind says. */
function newsIn(run: Run, kind: NoticeKind): News {
  const notices = eventsCausingNotices(run.events).flatMap((event) => noticesOf(event, foldLead(run.events), people));
  const notice = notices.filter((one) => one.kind === kind).at(-1)!;
  return newsOf({ notice, state: run.state, agreements: { [terms.key]: terms }, say });
}

const aCall = { type: 'touch', channel: 'phone', outcome: 'no-answer' } as const;
const demoRequest = { type: 'signal', action: 'demo-request' } as const;
const who = 'Ada Lovelace, Acme Engines';

const pursued = (): Run => after(afterSaying(aLeadToPursue(), minutes(5), aCall), hours(24 * 14));
const reopened = (): Run =>
  afterSaying(
    afterSaying(afterSaying(aLead(), minutes(5), aCall), minutes(9), { type: 'dispose', reason: 'no-budget' }),
    minutes(20),
    { type: 'reopen', reason: 'they have a budget after all' },
    'manager-east',
  );

test.each([
  { label: 'a new lead', news: newsIn(aLead(), 'hand-off'), subject: `New lead: ${who}` },
  { label: 'a hot lead', news: newsIn(aHotLead(), 'hand-off'), subject: `Hot lead: ${who}` },
  { label: 'a queued lead', news: newsIn(aLeadInTheQueue(), 'hand-off'), subject: `Lead without an owner: ${who}` },
  {
    label: 'a warning',
    news: newsIn(after(aLead(), hours(2)), 'warning'),
    subject: `50% of the time used, first response: ${who}`,
  },
  {
    label: 'a missed promise',
    news: newsIn(after(aLead(), hours(4)), 'escalation'),
    subject: `Escalation 1: first response missed, ${who}`,
  },
  {
    label: 'a dispute to resolve',
    news: newsIn(
      after(afterSaying(aLead(), minutes(5), { type: 'dispute', reason: 'not-icp' }), minutes(5)),
      'escalation',
    ),
    subject: `Escalation 1: dispute resolution, ${who}`,
  },
  {
    label: 'a lead taken over',
    news: newsIn(afterSaying(aLead(), minutes(5), { type: 'reassign', to: 'rep-east-2' }), 'reassignment'),
    subject: `Yours now: ${who}`,
  },
  {
    label: 'touches out of reach',
    news: newsIn(pursued(), 'out-of-reach'),
    subject: `Out of reach, touches: ${who}`,
  },
  {
    label: 'a lead reopened',
    news: newsIn(reopened(), 'reopened'),
    subject: `Open again: ${who}`,
  },
  {
    label: 'a lead that became hot',
    news: newsIn(afterSaying(aLead(), minutes(5), demoRequest), 'priority-raised'),
    subject: `Hotter now: ${who}`,
  },
  {
    label: 'new interest in a hot lead',
    news: newsIn(afterSaying(afterSaying(aHotLead(), minutes(5), aCall), minutes(9), demoRequest), 'intent'),
    subject: `New interest: ${who}`,
  },
])('the subject of $label says what it is and who', ({ news, subject }) => expect(news.subject).toBe(subject));

test("a warning says what to do and until when, in the reader's zone", () => {
  expect(newsIn(after(aLead(), hours(2)), 'warning').opening).toEqual([
    'Please reach out in person: call, write or message by Mon 23 Nov 2026, 14:00 EST.',
  ]);
});

test('an escalation says when it was due, who held the lead, and where it went', () => {
  expect(newsIn(after(aLead(), hours(25)), 'escalation').opening).toEqual([
    'It was due Mon 23 Nov 2026, 14:00 EST; rep-east-1 held the lead then.',
    'You hear of it as the ladder of inbound-saas@7 says.',
    'The lead was given to rep-east-2.',
  ]);
});

test('touches out of reach are said with the instant before which they no longer fit', () => {
  // Accepted on Mon 23 Nov at 10:05: 14 days later it is Mon 7 Dec, 10:05.
  expect(newsIn(pursued(), 'out-of-reach').opening[0]).toBe(
    'The touches still missing no longer fit before Mon 7 Dec 2026, 10:05 EST, however fast they are made.',
  );
});

test('a reopening says by whom and why', () => {
  expect(newsIn(reopened(), 'reopened').opening[0]).toBe(
    'manager-east reopened this lead, for it was closed by mistake: they have a budget after all',
  );
});

test('a reassignment says whether a person or the ladder moved the lead', () => {
  const byManager = afterSaying(aLead(), minutes(5), { type: 'reassign', to: 'rep-east-2' }, 'manager-east');
  expect(newsIn(byManager, 'reassignment').opening[0]).toBe('manager-east gave the lead to you.');
  expect(newsIn(after(aLead(), hours(24)), 'reassignment').opening[0]).toMatch(/^A promise was missed before/);
});

test('a lead without company or name still has a subject', () => {
  const nameless = aLead({ fields: { ...ada, firstName: null, lastName: null, company: null } });
  expect(newsIn(nameless, 'hand-off').subject).toBe('New lead: ada@acme.example');
});
