import { findGaps, type AuditedLead, type NoticeRecord } from '../../../src/domain/audit/gaps.js';
import { findStuck } from '../../../src/domain/audit/stuck.js';
import { compareWithWorkflow } from '../../../src/domain/audit/workflow-differences.js';
import { foldLead } from '../../../src/domain/lifecycle/evolve.js';
import type { Run } from '../../../src/domain/lifecycle/run.js';
import { eventsCausingNotices, noticeKey, noticesOf } from '../../../src/domain/notices/index.js';
import { after, aLead, aLeadInTheQueue, hours, minutes, mondayTen, people, terms } from '../notices/sample-lead.js';

const graceMs = minutes(3);

/** The lead as its ledger and the table of notices show it when all went well. */
function audited({ events }: Run, changed: Partial<AuditedLead> = {}): AuditedLead {
  const notices = eventsCausingNotices(events).flatMap((event) =>
    noticesOf(event, foldLead(events.slice(0, event.seq)), people).map((notice): NoticeRecord => ({
      key: noticeKey(notice, 'email'),
      seq: event.seq,
      standing: 'sent',
    })),
  );
  const recordedAts = events.map(({ at }) => at);
  return { leadId: 'ld_ada', story: events, recordedAts, notices, heldNotices: [], waitingCommands: [], ...changed };
}

const gapsAt = (lead: AuditedLead, now: number) => findGaps(lead, { now, graceMs, directory: people });

test('a lead whose ledger and notices are complete has no gap', () => {
  expect(gapsAt(audited(after(aLead(), hours(2))), mondayTen + hours(2))).toEqual([]);
});

const dueAt = mondayTen + minutes(5); // the notification clock, marketing's
test.each([
  { label: 'before the grace is over there is no gap', now: dueAt + graceMs, kinds: [] },
  { label: '1 ms later what is due has been missed', now: dueAt + graceMs + 1, kinds: ['missed-due'] },
])('$label', ({ now, kinds }) => {
  const gaps = gapsAt(audited(aLead()), now);
  expect(gaps.map(({ kind }) => kind)).toEqual(kinds);
  expect(gaps.map(({ since }) => since)).toEqual(kinds.map(() => dueAt));
});

describe('a notice', () => {
  const lead = aLead();
  const now = mondayTen + minutes(4);

  test.each([
    { label: 'that is held is no gap', releasedAt: null, gapCount: 0 },
    { label: 'whose hold ended within the grace is none', releasedAt: now - graceMs, gapCount: 0 },
    { label: 'that still waits 1 ms later is one', releasedAt: now - graceMs - 1, gapCount: 1 },
  ])('$label', ({ releasedAt, gapCount }) => {
    const { seq } = audited(lead).notices[0]!;
    expect(gapsAt(audited(lead, { notices: [], heldNotices: [{ seq, releasedAt }] }), now)).toHaveLength(gapCount);
  });
  const [sent] = audited(lead).notices;

  test.each([
    { label: 'that nobody claimed is a gap', notices: [], gapCount: 1 },
    {
      label: 'that was claimed and never sent is a gap',
      notices: [{ ...sent!, standing: 'claimed' as const }],
      gapCount: 1,
    },
    {
      label: 'that failed and reached nobody else is a gap',
      notices: [{ ...sent!, standing: 'failed' as const }],
      gapCount: 1,
    },
    {
      label: 'that failed and reached somebody in their place is none',
      notices: [
        { ...sent!, standing: 'failed' as const },
        { ...sent!, key: 'of their manager' },
      ],
      gapCount: 0,
    },
    {
      label: 'that was sent to whoever was to hear of it then is none',
      notices: [{ ...sent!, key: 'of somebody of an older directory' }],
      gapCount: 0,
    },
  ])('$label', ({ notices, gapCount }) => {
    const gaps = gapsAt(audited(lead, { notices }), now);
    expect(gaps).toHaveLength(gapCount);
    expect(gaps.every(({ event }) => event?.type === 'handed-off')).toBe(true);
  });

  test('is given the grace from its recording on, however old its event is', () => {
    const recordedAts = lead.events.map(() => now - graceMs);
    expect(gapsAt(audited(lead, { notices: [], recordedAts }), now)).toEqual([]);
  });
});

test('a command without an outcome is a gap once the grace is over', () => {
  const waitingCommands = [{ type: 'touch', receivedAt: mondayTen }];
  expect(gapsAt(audited(aLead(), { waitingCommands }), mondayTen + graceMs)).toEqual([]);
  expect(gapsAt(audited(aLead(), { waitingCommands }), mondayTen + graceMs + 1)).toMatchObject([
    { kind: 'undelivered-command', what: 'touch', since: mondayTen },
  ]);
});

describe('a lead is stuck', () => {
  const stuckAt = (run: Run, now: number, directory = people) =>
    findStuck(audited(run), { now, graceMs, directory, agreements: { [terms.key]: terms } });

  test('while it lies in a queue', () => {
    expect(stuckAt(aLeadInTheQueue(), mondayTen + 1)).toMatchObject([{ kind: 'nobody-owns-it', since: mondayTen }]);
  });

  test.each([
    { label: 'not before its owner leaves', now: mondayTen, kinds: [] },
    { label: 'from when its owner leaves', now: mondayTen + 1, kinds: ['owner-absent'] },
    { label: 'not once its owner is back', now: mondayTen + 2, kinds: [] },
  ])('$label', ({ now, kinds }) => {
    const away = { person: 'rep-east-1', from: mondayTen + 1, until: mondayTen + 2 };
    expect(stuckAt(aLead(), now, { ...people, absences: [away] }).map(({ kind }) => kind)).toEqual(kinds);
  });

  test('once everybody on the ladder of a breached clock has heard of it, with what the clock waits for', () => {
    const reasons = stuckAt(after(aLead(), hours(24 * 8)), mondayTen + hours(24 * 8));
    expect(reasons).toContainEqual(
      expect.objectContaining({ kind: 'ladder-at-its-end', clock: 'first-response', until: 'touched' }),
    );
  });
});

describe('a workflow', () => {
  const folded = aLead().state;

  test.each([
    { label: 'holds the same', held: structuredClone(folded), kind: 'same' },
    { label: 'is apart while entries are on their way', held: { ...folded, seq: folded.seq + 1 }, kind: 'apart' },
    { label: 'holds something else', held: { ...folded, stage: 'sal' as const }, kind: 'different' },
  ])('$label', ({ held, kind }) => {
    expect(compareWithWorkflow(folded, { kind: 'running', state: held }, undefined)).toMatchObject({ kind });
  });

  test('that ended is as it should be only if it settled as the ledger says', () => {
    const ended = { kind: 'ended', status: 'completed' } as const;
    expect(compareWithWorkflow(folded, ended, folded)).toEqual({ kind: 'same' });
    expect(compareWithWorkflow(folded, ended, undefined)).toMatchObject({ kind: 'different' });
    expect(compareWithWorkflow(folded, { kind: 'missing' }, { ...folded, seq: 1 })).toMatchObject({
      kind: 'different',
    });
  });
});
