import type { EventOf, LeadEvent } from '../../src/domain/lifecycle/events.js';
import { evolve, foldLead } from '../../src/domain/lifecycle/evolve.js';
import { nextDue } from '../../src/domain/lifecycle/next-due.js';
import { holderOf, isClosed, type LeadState } from '../../src/domain/lifecycle/state.js';
import { dueAtOf, type Clock } from '../../src/domain/sla/clock.js';
import { mondayTen, stories } from './journeys.js';
import { openFresh, type Opened } from './opened.js';

let opened: Opened;
beforeAll(async () => {
  opened = await openFresh();
});
afterAll(() => opened.close());

const byChunks = [1, 2, 3, 7, 1_000].flatMap((size) =>
  stories.map((story) => ({ ...story, size, workspace: `${story.label} by ${size}` })),
);

describe.each(byChunks)('$label, recorded $size events at a time', ({ events, size, workspace }) => {
  const state = foldLead(events);
  beforeAll(() => recordInChunks(workspace, events, size));

  test('has the lead as the ledger folds', async () => {
    const [lead] = await select('SELECT * FROM lead WHERE workspace = $1', workspace);
    expect(lead).toMatchObject(expectedLead(state));
  });

  test('has each clock as the ledger folds', async () => {
    const rows = await select(
      'SELECT * FROM sla_clock WHERE workspace = $1 AND superseded_at IS NULL ORDER BY cycle, clock, n',
      workspace,
    );
    expect(rows.map(clockOfRow)).toEqual(lastClocks(events).map(clockOfDomain));
  });

  test('has the revisions of each clock follow each other without gap or overlap', async () => {
    const rows = await select('SELECT * FROM sla_clock WHERE workspace = $1 ORDER BY cycle, clock, n, seq', workspace);
    rows.forEach((row, index) => {
      const next = rows[index + 1];
      const isLast = next === undefined || clockName(next) !== clockName(row);
      expect(row['superseded_at']).toEqual(isLast ? null : next['recorded_at']);
    });
  });

  test('has the clocks of any past recording as the ledger folded then', async () => {
    const recordings = await select(
      'SELECT recorded_at::text, max(seq) AS seq FROM lead_event WHERE workspace = $1 GROUP BY 1 ORDER BY 1',
      workspace,
    );
    for (const { recorded_at: recordedAt, seq } of recordings) {
      const rows = await select(
        `SELECT * FROM sla_clock WHERE workspace = $1 AND recorded_at <= $2 AND coalesce(superseded_at, 'infinity') > $2
          ORDER BY cycle, clock, n`,
        workspace,
        recordedAt,
      );
      expect(rows.map(clockOfRow)).toEqual(lastClocks(events.slice(0, Number(seq))).map(clockOfDomain));
    }
  });

  test('says of each touch who held the lead, and whether it was taken back, by whom and why', async () => {
    const rows = await select(
      `SELECT seq, outcome, owner, taken_back_as, taken_back_at, taken_back_by, taken_back_reason FROM touch
        WHERE workspace = $1 ORDER BY seq`,
      workspace,
    );
    expect(rows).toEqual(touchesIn(events));
  });

  test('has one row for each touch, tier, decision, dispute and word of the opportunity', async () => {
    expect(await countRows('touch', workspace)).toBe(countEvents(events, 'touched'));
    expect(await countRows('escalation', workspace)).toBe(countEvents(events, 'tier-fired'));
    expect(await countRows('disposition', workspace)).toBe(countEvents(events, 'disposed', 'rejected'));
    expect(await countRows('dispute', workspace)).toBe(countEvents(events, 'dispute-opened'));
    expect(await countRows('opportunity', workspace)).toBe(countEvents(events, 'opportunity-updated'));
  });

  test('remembers when each owner was last given the lead', async () => {
    const rows = await select('SELECT * FROM routing_load WHERE workspace = $1', workspace);
    const given = new Map<unknown, unknown>();
    for (const event of events) {
      if ('holder' in event && event.holder.owner !== null) given.set(event.holder.owner, new Date(event.at));
    }
    expect(new Map(rows.map((row) => [row['person'], row['last_given_at']]))).toEqual(given);
  });

  test('counts it for its owner while it is open, and for nobody else', async () => {
    const rows = await select('SELECT * FROM routing_load WHERE workspace = $1 AND open_lead_count <> 0', workspace);
    const { owner } = holderOf(state);
    const held = isClosed(state) ? [] : [{ person: owner, open_lead_count: 1 }];
    expect(rows).toMatchObject(held);
    expect(rows).toHaveLength(held.length);
  });
});

describe('what follows on a row', () => {
  test('a tier knows who acknowledged it, also when both are recorded at once', async () => {
    for (const size of [1, 1_000]) {
      const rows = await select(
        'SELECT clock, acknowledged_by FROM escalation WHERE workspace = $1 AND acknowledged_at IS NOT NULL',
        `a neglected lead by ${size}`,
      );
      expect(rows).toEqual([{ clock: 'first-response', acknowledged_by: 'rep-east-1' }]);
    }
  });

  test('a dispute knows how it was resolved, also when both are recorded at once', async () => {
    for (const size of [1, 1_000]) {
      const rows = await select(
        'SELECT reason, decision, opened_by, resolved_by, resolution_notes FROM dispute WHERE workspace = $1',
        `a disputed lead by ${size}`,
      );
      const person = 'rep-east-1';
      const told = { reason: 'bad-data', decision: 'denied', opened_by: person, resolved_by: person };
      expect(rows).toEqual([{ ...told, resolution_notes: 'called' }]);
    }
  });

  test('an event bears the owner, team and agreement that it leaves the lead with', async () => {
    const rows = await select(
      `SELECT owner, team, agreement_name, agreement_version FROM lead_event
        WHERE workspace = $1 AND type IN ('handed-off', 'owner-changed') ORDER BY seq LIMIT 2`,
      'a neglected lead by 1000',
    );
    const agreement = { agreement_name: 'inbound-saas', agreement_version: 1 };
    expect(rows[0]).toEqual({ owner: 'rep-east-1', team: 'sdr-east', ...agreement });
    expect(rows[1]?.['owner']).not.toBe('rep-east-1');
  });

  test('a lead is found by what its sender calls it', async () => {
    const events = stories[0]?.events.map((event) =>
      event.type === 'handed-off' ? { ...event, source: 'crm', externalId: 'a:b' } : event,
    );
    const { ledger, leads } = opened.database;
    await ledger.append('lead-1', events ?? []);
    expect(await leads.findId('crm:a:b')).toBe('lead-1');
    expect((await leads.find('crm:a:b'))?.leadId).toBe('lead-1');
    expect(await leads.findId('lead-1')).toBe('lead-1');
    expect(await leads.findId('crm:c')).toBeUndefined();
  });
});

async function recordInChunks(workspace: string, events: readonly LeadEvent[], size: number): Promise<void> {
  const { ledger } = opened.database.inWorkspace(workspace);
  for (let from = 0; from < events.length; from += size) await ledger.append('lead-1', events.slice(from, from + size));
}

type Row = Readonly<Record<string, unknown>>;

const select = async (text: string, ...values: readonly unknown[]): Promise<readonly Row[]> =>
  (await opened.sql.query<Record<string, unknown>>(text, [...values])).rows;

async function countRows(table: string, workspace: string): Promise<number> {
  return (await select(`SELECT FROM ${table} WHERE workspace = $1`, workspace)).length;
}

const countEvents = (events: readonly LeadEvent[], ...types: readonly LeadEvent['type'][]): number =>
  events.filter(({ type }) => types.includes(type)).length;

const dateOf = (at: number | null | undefined): Date | null => (at === null || at === undefined ? null : new Date(at));

const expectedLead = (state: LeadState) => ({
  ...holderColumns(state),
  id: 'lead-1',
  seq: state.seq,
  stage: state.stage,
  cycle: state.cycle,
  priority: state.priority,
  segment: state.segment,
  email_normalised: 'ada@acme.example',
  company: 'Acme',
  contact_name: 'Ada Byron',
  excluded: state.excluded,
  handed_off_at: new Date(mondayTen),
  mql_at: state.excluded ? null : new Date(state.cycleStartedAt),
  accepted_at: dateOf(state.acceptedAt),
  closed_at: dateOf(state.closedAt),
  next_due_at: dateOf(nextDue(state)?.at),
  agreement_key: state.agreement.key,
});

const holderColumns = (state: LeadState) => {
  const { owner, queue, team } = holderOf(state);
  return { owner, queue, team };
};

/** Every clock there ever was, as it was known last; the state itself forgets those of cycles gone by. */
function lastClocks(events: readonly LeadEvent[]): readonly Clock[] {
  const clocks = new Map<string, Clock>();
  let state: LeadState | undefined;
  for (const event of events) {
    state = evolve(state, event);
    for (const clock of state.clocks) clocks.set(sortKey(clock), clock);
  }
  return [...clocks.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, clock]) => clock);
}

const sortKey = ({ cycle, name, n }: Clock): string => [cycle, name, String(n).padStart(4, '0')].join(' ');
const clockName = ({ cycle, clock, n }: Row): string => `${String(cycle)} ${String(clock)} ${String(n)}`;

const clockOfDomain = (clock: Clock) => ({
  cycle: clock.cycle,
  clock: clock.name,
  n: clock.n,
  party: clock.party,
  verdict: clock.verdict,
  startedAt: clock.startedAt,
  dueAt: dueAtOf(clock),
  completedAt: 'completedAt' in clock ? (clock.completedAt ?? null) : null,
  cancelledAt: 'cancelledAt' in clock ? clock.cancelledAt : null,
  overshootMs: 'overshootMs' in clock ? (clock.overshootMs ?? null) : null,
  corrected: 'corrected' in clock && clock.corrected,
  ended: 'ended' in clock ? (clock.ended ?? null) : null,
  heldBy: 'heldBy' in clock ? clock.heldBy : null,
  targetMs: clock.targetMs,
  warned: clock.warned,
  tier: clock.tiers.length,
});

const touchesIn = (events: readonly LeadEvent[]) =>
  events.flatMap((event, index) => {
    if (event.type !== 'touched') return [];
    const takenBack = events.find(
      (later) => (later.type === 'touch-retracted' || later.type === 'touch-bounced') && later.touch === event.seq,
    ) as EventOf<'touch-retracted' | 'touch-bounced'> | undefined;
    const said = {
      seq: event.seq,
      outcome: event.outcome,
      owner: holderOf(foldLead(events.slice(0, index + 1))).owner,
      taken_back_as: takenBack?.type.replace('touch-', '') ?? null,
      taken_back_at: takenBack ? new Date(takenBack.at) : null,
      taken_back_by: takenBack?.by ?? null,
      taken_back_reason: takenBack?.reason ?? null,
    };
    return [said];
  });

const instantIn = (value: unknown): number | null => (value instanceof Date ? value.getTime() : null);

const clockOfRow = (row: Row) => ({
  cycle: row['cycle'],
  clock: row['clock'],
  n: row['n'],
  party: row['party'],
  verdict: row['verdict'],
  startedAt: instantIn(row['started_at']),
  dueAt: instantIn(row['due_at']),
  completedAt: instantIn(row['completed_at']),
  cancelledAt: instantIn(row['cancelled_at']),
  overshootMs: row['overshoot_ms'] === null ? null : Number(row['overshoot_ms']),
  corrected: row['corrected'],
  ended: row['ended'],
  heldBy: row['held_by'],
  targetMs: Number(row['target_ms']),
  warned: row['warned'],
  tier: row['tier'],
});
