import { foldLead } from '../../../src/domain/lifecycle/evolve.js';
import type { Run } from '../../../src/domain/lifecycle/run.js';
import { eventsCausingNotices } from '../../../src/domain/notices/causes.js';
import { noticeKey, noticesOf, type Notice } from '../../../src/domain/notices/notice.js';
import {
  aHotLead,
  aLead,
  aLeadInTheQueue,
  aLeadToPursue,
  after,
  east1,
  hours,
  minutes,
  people,
  afterSaying,
} from './sample-lead.js';

const noticesIn = (run: Run): readonly Notice[] =>
  eventsCausingNotices(run.events).flatMap((event) =>
    noticesOf(event, foldLead(run.events.slice(0, event.seq)), people),
  );

const said = (run: Run): string[] =>
  noticesIn(run).map(({ kind, clock, n, point, reader }) =>
    [kind, clock, clock && n, point, `→ ${reader}`].filter((word) => word !== undefined).join(' '),
  );

const east2 = { ...east1, owner: 'rep-east-2' };
const aCall = { type: 'touch', channel: 'phone', outcome: 'no-answer' } as const;
const nurtured = (): Run =>
  afterSaying(afterSaying(aLead(), minutes(5), aCall), minutes(9), { type: 'dispose', reason: 'no-budget' });
const handOffTo1 = 'hand-off → rep-east-1';

test.each([
  { label: 'a hand-off is told to the owner', run: aLead(), heard: [handOffTo1] },
  {
    label: "a queue's hand-off is told to the team's manager",
    run: aLeadInTheQueue(),
    heard: ['hand-off → manager-east'],
  },
  {
    label: 'warnings are told to the owner, a tier to its recipients',
    run: after(aLead(), hours(4)),
    heard: [
      handOffTo1,
      'warning first-response 1 50% → rep-east-1',
      'warning first-response 1 75% → rep-east-1',
      'escalation first-response 1 1 → manager-east',
    ],
  },
  {
    label: "a queue's warnings are told to the team's manager",
    run: after(aLeadInTheQueue(), hours(2)),
    heard: ['hand-off → manager-east', 'warning first-response 1 50% → manager-east'],
  },
  {
    label: 'a reassignment by command is told to the new owner',
    run: afterSaying(aLead(), minutes(5), { type: 'reassign', to: 'rep-east-2' }, 'manager-east'),
    heard: [handOffTo1, 'reassignment → rep-east-2'],
  },
  {
    label: 'a signal that raises the priority is told once, though it starts a clock as well',
    run: afterSaying(
      afterSaying(aLead(), minutes(5), aCall),
      minutes(9),
      { type: 'signal', action: 'demo-request' },
      'system',
    ),
    heard: [handOffTo1, 'priority-raised → rep-east-1'],
  },
  {
    label: 'news of a lead that is hot already is told as new interest',
    run: afterSaying(
      afterSaying(aHotLead(), minutes(5), aCall),
      minutes(9),
      { type: 'signal', action: 'demo-request' },
      'system',
    ),
    heard: [handOffTo1, 'intent intent-response 1 → rep-east-1'],
  },
  {
    label: 'a signal that wakes a lead is told as its return only',
    run: afterSaying(nurtured(), hours(24 * 40), { type: 'signal', action: 'demo-request' }, 'system'),
    heard: [handOffTo1, 'woken → rep-east-1'],
  },
  {
    label: 'a signal that is no news is told to nobody',
    run: afterSaying(aLead(), minutes(5), { type: 'signal', action: 'content-download' }, 'system'),
    heard: [handOffTo1],
  },
  {
    label: 'touches, status and closing are told to nobody',
    run: afterSaying(afterSaying(aLead(), minutes(5), aCall), minutes(9), { type: 'dispose', reason: 'no-budget' }),
    heard: [handOffTo1],
  },
])('$label', ({ run, heard }) => expect(said(run)).toEqual(heard));

test('a lead that nobody answers is told to owner, manager and VP, then to its next owner', () => {
  expect(said(after(aLead(), hours(24)))).toEqual([
    handOffTo1,
    'warning first-response 1 50% → rep-east-1',
    'warning first-response 1 75% → rep-east-1',
    'escalation first-response 1 1 → manager-east',
    'warning acceptance 1 75% → rep-east-1',
    'escalation acceptance 1 1 → manager-east',
    'escalation first-response 1 2 → vp-sales',
    'reassignment → rep-east-2',
  ]);
});

test('touches that cannot be made in time any more are told to the owner once', () => {
  const called = afterSaying(aLeadToPursue(), minutes(5), aCall);
  const heard = said(after(called, hours(24 * 20))).filter((line) => line.startsWith('out-of-reach'));
  expect(heard).toEqual(['out-of-reach touches 1 → rep-east-1']);
});

test('each reopening is told to the owner', () => {
  const reopened = afterSaying(nurtured(), minutes(20), { type: 'reopen', reason: 'a slip' }, 'manager-east');
  const closed = afterSaying(reopened, minutes(30), { type: 'dispose', reason: 'no-budget' });
  const again = afterSaying(closed, minutes(40), { type: 'reopen', reason: 'another slip' }, 'manager-east');
  expect(said(again)).toEqual([handOffTo1, 'reopened → rep-east-1', 'reopened → rep-east-1']);
  expect(new Set(noticesIn(again).map((notice) => noticeKey(notice, 'email'))).size).toBe(3);
});

test('a denied dispute is told to the owner', () => {
  const disputed = afterSaying(aLead(), minutes(5), { type: 'dispute', reason: 'not-icp' });
  const denied = afterSaying(disputed, minutes(30), { type: 'resolve-dispute', decision: 'denied' }, 'marketing-ops');
  expect(said(denied)).toEqual([
    handOffTo1,
    'escalation dispute-resolution 1 1 → marketing-ops',
    'dispute-resolved → rep-east-1',
  ]);
});

describe('the key of a notice', () => {
  const journey = (): readonly Notice[] => noticesIn(after(aLead(), hours(30)));

  test('names lead, cycle, kind, clock, number, point or tier, recipient and channel', () => {
    expect(journey().map((notice) => noticeKey(notice, 'email'))).toEqual(
      expect.arrayContaining([
        '["ld_ada",1,"hand-off",null,null,null,"rep-east-1","email"]',
        '["ld_ada",1,"warning","first-response",1,"50%","rep-east-1","email"]',
        '["ld_ada",1,"escalation","first-response",1,2,"vp-sales","email"]',
      ]),
    );
  });

  test('is another one for each notice of a lead', () => {
    const keys = journey().map((notice) => noticeKey(notice, 'email'));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('tells apart that a lead goes back to an owner it had before', () => {
    const away = afterSaying(aLead(), minutes(5), { type: 'reassign', to: east2.owner }, 'manager-east');
    const back = afterSaying(away, minutes(6), { type: 'reassign', to: east1.owner }, 'manager-east');
    const again = afterSaying(back, minutes(7), { type: 'reassign', to: east2.owner }, 'manager-east');
    const keys = noticesIn(again).map((notice) => noticeKey(notice, 'email'));
    expect(new Set(keys).size).toBe(4);
  });

  test('is the same however often it is computed', () => {
    expect(journey().map((notice) => noticeKey(notice, 'email'))).toEqual(
      journey().map((notice) => noticeKey(notice, 'email')),
    );
  });
});
