// What the smaller stores promise: the directory, notices, settled states, and the database as a whole.
import { openDatabase } from '../../src/db/index.js';
import type { NoticeClaim } from '../../src/domain/notices/ports.js';
import type { Directory } from '../../src/domain/routing/directory.js';
import { DAY_MS, directory, mondayTen } from './journeys.js';
import { openFresh, type Opened } from './opened.js';

let opened: Opened;
beforeAll(async () => {
  opened = await openFresh();
});
afterAll(() => opened.close());

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

/** People and teams have no order of their own; the store gives them by id. */
const sorted = ({ people, teams, ...rest }: Directory): Directory => ({
  people: people.toSorted(byId),
  teams: teams.toSorted(byId),
  ...rest,
});

describe('a directory', () => {
  test('is empty at first', async () => {
    const empty = { people: [], teams: [], roles: {}, absences: [] };
    expect(await opened.database.inWorkspace('empty').directory.read()).toEqual(empty);
  });

  test('is read as it was saved, absences and the order within roles included', async () => {
    const { directory: store } = opened.database.inWorkspace('whole');
    const absences = [
      { person: 'vp-sales', from: mondayTen, until: mondayTen + DAY_MS, delegate: 'cro' },
      { person: 'cro', from: mondayTen + 1, until: mondayTen + 2 },
    ];
    const roles = { ...directory.roles, leaders: ['vp-sales', 'cmo', 'cro'] };
    const whole = { ...directory, roles, absences };
    await store.saveDirectory(whole);
    expect(await store.read()).toEqual(sorted(whole));
  });

  test('that replaces another leaves nothing of it, and every process sees it', async () => {
    const mine = opened.database.inWorkspace('replaced').directory;
    const other = openDatabase(opened.url, { workspace: 'replaced' });
    await mine.saveDirectory(directory);
    expect(await other.directory.read()).toEqual(sorted(directory));
    const small: Directory = {
      people: [{ id: 'only-one', capacity: 3, dailySteps: 12 }],
      teams: [],
      roles: {},
      absences: [],
    };
    await mine.saveDirectory(small);
    expect(await other.directory.read()).toEqual(small);
    await other.close();
  });
});

describe('a notice', () => {
  const claim = (key: string): NoticeClaim => ({
    key,
    leadId: 'lead-1',
    kind: 'tier-fired',
    seq: 3,
    recipient: 'vp-sales',
    channel: 'email',
    address: 'vp-sales@sales.example',
    messageId: `<${key}@handoff>`,
  });

  test('is claimed by one of many', async () => {
    const { notices } = opened.database;
    const standings = await Promise.all(Array.from({ length: 8 }, () => notices.claim(claim('one'))));
    expect(standings.filter(({ standing }) => standing === 'claimed')).toHaveLength(1);
    expect(standings.filter(({ standing }) => standing === 'claimed-earlier')).toHaveLength(7);
  });

  test('that was claimed and never reported keeps its message id', async () => {
    const { notices } = opened.database;
    await notices.claim(claim('crashed'));
    const again = await notices.claim({ ...claim('crashed'), messageId: '<another@handoff>' });
    expect(again).toEqual({ standing: 'claimed-earlier', messageId: '<crashed@handoff>' });
  });

  test('stays sent, with the instant of its first acceptance', async () => {
    const { notices } = opened.database;
    await notices.claim(claim('sent'));
    await notices.markSent('sent', mondayTen);
    await notices.markSent('sent', mondayTen + 5);
    await notices.markFailed('sent', 'too late');
    expect(await notices.claim(claim('sent'))).toEqual({ standing: 'sent', acceptedAt: mondayTen });
  });

  test('stays failed, with the reason', async () => {
    const { notices } = opened.database;
    await notices.claim(claim('failed'));
    await notices.markFailed('failed', '550 no such mailbox');
    expect(await notices.claim(claim('failed'))).toEqual({ standing: 'failed', reason: '550 no such mailbox' });
  });
});

describe('a settled state', () => {
  test('is the last one saved', async () => {
    const { settledStates } = opened.database;
    expect(await settledStates.find('lead-1')).toBeUndefined();
    await settledStates.save('lead-1', { state: { seq: 1 } }, mondayTen);
    await settledStates.save('lead-1', { state: { seq: 2 }, outbox: [] }, mondayTen + DAY_MS);
    expect(await settledStates.find('lead-1')).toEqual({ state: { seq: 2 }, outbox: [] });
  });
});

describe('a database', () => {
  test('that is there and migrated passes its check', async () => {
    await expect(opened.database.check()).resolves.toBeUndefined();
  });

  test('without tables says what to run', async () => {
    const url = Object.assign(new URL(opened.url), { pathname: '/postgres' }).href;
    const bare = openDatabase(url, { workspace: 'default' });
    await expect(bare.check()).rejects.toThrow('npm run start:migrate');
    await bare.close();
  });

  test('that is away says so, and is asked again by the same opened database when it is back', async () => {
    const { rows } = await opened.sql.query<{ name: string }>('SELECT current_database() AS name');
    const name = rows[0]?.name;
    const elsewhere = new URL(opened.url);
    const away = openDatabase(Object.assign(elsewhere, { port: '1' }).href, { workspace: 'default' });
    await expect(away.check()).rejects.toThrow(/ECONNREFUSED/);
    await away.close();
    const interrupted = openDatabase(opened.url, { workspace: 'default' });
    await interrupted.check();
    await opened.sql.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = $1 AND application_name = 'handoff' AND pid <> pg_backend_pid()`,
      [name],
    );
    await expect(until(() => interrupted.check())).resolves.toBeUndefined();
    await interrupted.close();
  });
});

/** Tries until it succeeds; a connection that was cut is noticed by the first who uses it. */
async function until(attempt: () => Promise<void>): Promise<void> {
  try {
    await attempt();
  } catch {
    await attempt();
  }
}
