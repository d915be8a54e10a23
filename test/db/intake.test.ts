import { openDatabase, type Database, type IntakeResult, type Stores } from '../../src/db/index.js';
import { directory, goodFields, handedOff } from './journeys.js';
import { openFresh, type Opened } from './opened.js';
import { until } from '../workflows/lead-world.js';
import { aPost, decideBy } from './posts.js';

let opened: Opened;
/** The workspace of the test at hand, as two processes see it. */
let stores: Stores;
let otherStores: Stores;
let other: Database;
let workspaceCount = 0;

beforeAll(async () => {
  opened = await openFresh();
  other = openDatabase(opened.url, { workspace: 'default' });
});
afterAll(async () => {
  await other.close();
  await opened.close();
});
beforeEach(async () => {
  workspaceCount += 1;
  stores = opened.database.inWorkspace(`test-${workspaceCount}`);
  otherStores = other.inWorkspace(stores.workspace);
  await stores.directory.saveDirectory(directory);
});

type Wanted = Parameters<typeof aPost>[0];

/** Posts a lead; `leadId` is what it is called if it is new. */
function post(wanted: Wanted, leadId: string, into: Stores = stores): Promise<IntakeResult> {
  const posted = aPost(wanted);
  return into.intake.handOff(posted, decideBy(posted, leadId, into.workspace));
}

async function leadIdOf(result: Promise<IntakeResult>): Promise<string> {
  const done = await result;
  const { bytes } = done.kind === 'decided' ? done.decision.answer : done.answer;
  return (JSON.parse(bytes) as { leadId: string }).leadId;
}

const select = async (text: string): Promise<readonly Record<string, unknown>[]> =>
  (await opened.sql.query<Record<string, unknown>>(text, [stores.workspace])).rows;

const count = async (table: string): Promise<number> =>
  (await select(`SELECT FROM ${table} WHERE workspace = $1`)).length;

/** How many rows of the table queries have read so far, in all workspaces. */
async function readCount(table: string): Promise<{ readonly read: number; readonly inserted: number }> {
  const { rows } = await opened.sql.query<{ read: string; inserted: string }>(
    'SELECT seq_tup_read + idx_tup_fetch AS read, n_tup_ins AS inserted FROM pg_stat_user_tables WHERE relname = $1',
    [table],
  );
  return { read: Number(rows[0]?.read), inserted: Number(rows[0]?.inserted) };
}

/** Posts by a connection of its own, whose end makes the database count what it read. */
async function postAndCount(externalIds: readonly string[]): ReturnType<typeof readCount> {
  const { inserted } = await readCount('lead');
  const own = openDatabase(opened.url, { workspace: stores.workspace, connectionCountMax: 1 });
  for (const externalId of externalIds)
    await post({ externalId }, `ld_${externalId}`, own.inWorkspace(stores.workspace));
  await own.close();
  return until('the posts are counted', async () => {
    const counted = await readCount('lead');
    return counted.inserted === inserted + externalIds.length ? counted : undefined;
  });
}

describe('a hand-off', () => {
  test('reads what concerns its own lead, however many there are', async () => {
    const before = await postAndCount(Array.from({ length: 400 }, (_, n) => `old-${n}`));
    await opened.sql.query('ANALYZE');
    const after = await postAndCount(Array.from({ length: 10 }, (_, n) => `new-${n}`));
    expect(after.read - before.read).toBeLessThan(100);
  });

  test('is recorded whole: events, lead, clocks, body, answer and the start of its workflow', async () => {
    const result = await post({ externalId: 'a' }, 'ld_a');
    expect(result).toMatchObject({ kind: 'decided', decision: { kind: 'handed-off', leadId: 'ld_a' } });
    const state = await stores.leads.find('crm:a');
    expect(state).toMatchObject({ leadId: 'ld_a', stage: 'mql', source: 'crm', externalId: 'a' });
    expect(await count('sla_clock')).toBe(state?.clocks.length);
    expect(await select('SELECT * FROM intake WHERE workspace = $1')).toMatchObject([
      { kind: 'handed-off', lead_id: 'ld_a', answer_status: 201, started_at: null },
    ]);
  });

  test('gives the leads of one burst to everybody in turn', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `burst-${index}`);
    await Promise.all(ids.map((externalId) => post({ externalId }, `ld_${externalId}`)));
    const rows = await select('SELECT owner, count(*)::int AS n FROM lead WHERE workspace = $1 GROUP BY 1 ORDER BY 1');
    expect(rows).toEqual(['rep-east-1', 'rep-east-2', 'rep-east-3'].map((owner) => ({ owner, n: 4 })));
  });

  test('never gives a person more open leads than their capacity, also from two processes at once', async () => {
    const people = directory.people.map((person) =>
      person.team === 'sdr-east' ? { ...person, capacity: person.id === 'rep-east-1' ? 2 : 0 } : person,
    );
    await stores.directory.saveDirectory({ ...directory, people });
    const posts = Array.from({ length: 8 }, (_, index) =>
      post({ externalId: `c${index}` }, `ld_c${index}`, index % 2 === 0 ? stores : otherStores),
    );
    await Promise.all(posts);
    const rows = await select(
      'SELECT owner, queue, count(*)::int AS n FROM lead WHERE workspace = $1 GROUP BY 1, 2 ORDER BY 1',
    );
    expect(rows).toEqual([
      { owner: 'rep-east-1', queue: null, n: 2 },
      { owner: null, queue: 'sdr-east', n: 6 },
    ]);
  });

  test('sees a changed directory with the next lead', async () => {
    await post({ externalId: 'before' }, 'ld_before');
    const people = directory.people.filter(({ team }) => team !== 'sdr-east');
    await stores.directory.saveDirectory({ ...directory, people });
    await post({ externalId: 'after' }, 'ld_after');
    const rows = await select('SELECT owner, queue FROM lead WHERE workspace = $1 ORDER BY id DESC');
    expect(rows).toEqual([
      { owner: 'rep-east-1', queue: null },
      { owner: null, queue: 'sdr-east' },
    ]);
  });

  test('that cannot be decided fails alone and leaves nothing behind', async () => {
    const failing = stores.intake.handOff(aPost({ externalId: 'bad' }), () => {
      throw new Error('this lead cannot be decided');
    });
    const outcomes = await Promise.allSettled([
      post({ externalId: 'x' }, 'ld_x'),
      failing,
      post({ externalId: 'y' }, 'ld_y'),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await count('intake')).toBe(2);
  });

  test('that the database refuses fails alone, though it shared its transaction', async () => {
    const twice = Array.from({ length: 3 }, (_, index) => post({ externalId: `same-${index}` }, 'ld_same'));
    const outcomes = await Promise.allSettled([post({ externalId: 'first' }, 'ld_first'), ...twice]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
    expect(await count('lead')).toBe(2);
  });
});

describe('a redelivery', () => {
  test('gets the first answer, byte for byte, and changes nothing', async () => {
    const first = await post({ externalId: 'a' }, 'ld_first');
    const again = await post({ externalId: 'a' }, 'ld_second');
    const answer = first.kind === 'decided' ? first.decision.answer : undefined;
    expect(again).toEqual({ kind: 'redelivered', answer });
    expect(await count('lead')).toBe(1);
  });

  test('of an earlier body gets the answer to that one', async () => {
    await post({ externalId: 'a' }, 'ld_a');
    await post({ externalId: 'a', fields: { company: 'Other' } }, 'two');
    expect(await post({ externalId: 'a' }, 'three')).toMatchObject({ kind: 'redelivered', answer: { status: 201 } });
    expect(await post({ externalId: 'a', fields: { company: 'Other' } }, 'four')).toMatchObject({
      kind: 'redelivered',
      answer: { status: 200 },
    });
    expect(await count('command')).toBe(1);
  });

  test('from many at once and through two processes makes one lead', async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        leadIdOf(post({ externalId: 'a' }, `ld_${index}`, index % 2 === 0 ? stores : otherStores)),
      ),
    );
    expect(new Set(results).size).toBe(1);
    expect(await count('lead')).toBe(1);
  });
});

describe('a post about a lead that is there', () => {
  test('joins it by the same external id, with the commands stored in the same transaction', async () => {
    await post({ externalId: 'a' }, 'ld_a');
    const joined = await post({ externalId: 'a', fields: { company: 'Other' } }, 'changed');
    expect(joined).toMatchObject({ kind: 'decided', decision: { kind: 'joined', leadId: 'ld_a' } });
    expect(await stores.commands.find('enrich-changed')).toMatchObject({
      command: { leadId: 'ld_a', type: 'enrich' },
      outcome: { kind: 'unanswered' },
    });
  });

  test('joins it by the same address in other letters, and is known by its own external id from then on', async () => {
    await post({ externalId: 'a', fields: { email: 'ada@acme.example' } }, 'ld_a');
    const joined = await leadIdOf(post({ externalId: 'b', fields: { email: ' ADA@acme.example' } }, 'ld_b'));
    expect(joined).toBe('ld_a');
    expect(await stores.leads.findId('crm:b')).toBe('ld_a');
    const later = await leadIdOf(post({ externalId: 'b', fields: { email: 'new@acme.example' } }, 'ld_c'));
    expect(later).toBe('ld_a');
  });

  test('is another lead under another agreement, or in another workspace', async () => {
    const fields = { email: 'ada@acme.example' };
    await post({ externalId: 'a', fields }, 'ld_a');
    expect(await leadIdOf(post({ externalId: 'b', fields, agreementName: 'outbound' }, 'ld_b'))).toBe('ld_b');
    const posted = aPost({ externalId: 'a', fields });
    const elsewhere = opened.database.inWorkspace(`${stores.workspace}-elsewhere`).intake;
    expect(await leadIdOf(elsewhere.handOff(posted, decideBy(posted, 'ld_z', 'elsewhere')))).toBe('ld_z');
  });

  test('makes one lead of two that come at once with the same address and different ids', async () => {
    const fields = { email: 'ada@acme.example' };
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        leadIdOf(post({ externalId: `id-${index}`, fields }, `ld_${index}`, index % 2 === 0 ? stores : otherStores)),
      ),
    );
    expect(new Set(results).size).toBe(1);
  });

  test('does not join a lead that was disqualified when only the address is the same', async () => {
    const fields = { email: 'ada@acme.example' };
    await post({ externalId: 'a', fields }, 'ld_a');
    await select(`UPDATE lead SET stage = 'disqualified' WHERE workspace = $1 AND id = 'ld_a'`);
    expect(await leadIdOf(post({ externalId: 'b', fields }, 'ld_b'))).toBe('ld_b');
  });
});

describe('an excluded lead', () => {
  const small = { employees: 3 };

  test('is stored without a workflow', async () => {
    expect(await post({ externalId: 'a', fields: small }, 'ld_a')).toMatchObject({
      decision: { answer: { status: 200 } },
    });
    expect(await stores.intake.listUnstarted(0, 10)).toEqual([]);
    expect((await stores.leads.find('crm:a'))?.excluded).toEqual(['fit.employees']);
  });

  test('is given to the decision with its story, so that it can be judged anew in the same ledger', async () => {
    await post({ externalId: 'a', fields: small }, 'ld_a');
    const posted = aPost({ externalId: 'a' });
    await stores.intake.handOff(posted, (snapshot, existing) => {
      expect(existing).toMatchObject({ matchedBy: 'external-id', state: { excluded: ['fit.employees'] } });
      const decision = decideBy(posted, 'ld_a', stores.workspace)(snapshot, undefined);
      if (decision.kind !== 'handed-off') throw new Error('a new lead is handed off');
      const shift = existing?.events.length ?? 0;
      return { ...decision, events: decision.events.map((event) => ({ ...event, seq: event.seq + shift })) };
    });
    const events = await stores.ledger.read('ld_a');
    expect(events.slice(0, 2).map(({ type, seq }) => [type, seq])).toEqual([
      ['excluded', 1],
      ['handed-off', 2],
    ]);
    expect(await stores.leads.find('crm:a')).toMatchObject({ stage: 'mql', excluded: null });
  });

  test('gives way to a running lead of the same address', async () => {
    const fields = { email: 'ada@acme.example' };
    await post({ externalId: 'a', fields: { ...fields, ...small } }, 'ld_a');
    await post({ externalId: 'b', fields }, 'ld_b');
    expect(await leadIdOf(post({ externalId: 'a', fields }, 'ld_c'))).toBe('ld_b');
  });
});

describe('the starts of workflows', () => {
  test('are listed until each is marked, with exactly what was handed in', async () => {
    const posted = aPost({ externalId: 'a' });
    const result = await stores.intake.handOff(posted, decideBy(posted, 'ld_a', stores.workspace));
    await post({ externalId: 'b' }, 'ld_b');
    const unstarted = await stores.intake.listUnstarted(0, 10);
    const start =
      result.kind === 'decided' && result.decision.kind === 'handed-off' ? result.decision.start : undefined;
    expect(unstarted.map(({ leadId }) => leadId)).toEqual(['ld_a', 'ld_b']);
    expect(unstarted[0]).toEqual(JSON.parse(JSON.stringify(start)));
    await Promise.all(['ld_a', 'ld_b'].map((leadId) => stores.intake.markStarted(leadId)));
    expect(await stores.intake.listUnstarted(0, 10)).toEqual([]);
  });

  test('leave out what was stored only just now, and stop at the limit', async () => {
    await Promise.all(['a', 'b', 'c'].map((externalId) => post({ externalId }, `ld_${externalId}`)));
    expect(await stores.intake.listUnstarted(60_000, 10)).toEqual([]);
    expect(await stores.intake.listUnstarted(0, 2)).toHaveLength(2);
  });

  test('of leads that start from the same terms and windows share one row for them', async () => {
    await Promise.all(['a', 'b', 'c'].map((externalId) => post({ externalId }, `ld_${externalId}`)));
    expect(await count('start_context')).toBe(1);
  });
});

test('a lead handed in through the ledger alone can be joined as well', async () => {
  const { events } = handedOff({ leadId: 'ld_direct', source: 'crm', externalId: 'a', fields: goodFields });
  await stores.ledger.append('ld_direct', events);
  expect(await leadIdOf(post({ externalId: 'a' }, 'ld_other'))).toBe('ld_direct');
});
