import { openDatabase, type Database, type Stores } from '../../src/db/index.js';
import type {
  Answer,
  DirectoryQuestion,
  NextOwnerQuestion,
  RouteQuestion,
} from '../../src/domain/lifecycle/questions.js';
import { DAY_MS, HOUR_MS, agreement, directory, goodFields, handedOff, mondayTen, passUntil } from './journeys.js';
import { openFresh, type Opened } from './opened.js';

let opened: Opened;
let other: Database;
/** The workspace of the test at hand, as two processes see it. */
let both: readonly Stores[];
let stores: Stores;
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
  both = [stores, other.inWorkspace(stores.workspace)];
  await stores.directory.saveDirectory(directory);
});

const nextOwner = (key: string, exclude: readonly string[] = []): NextOwnerQuestion => ({
  kind: 'next-owner',
  key,
  asOf: mondayTen,
  team: 'sdr-east',
  exclude,
});

const route = (key: string): RouteQuestion => ({
  kind: 'route',
  key,
  asOf: mondayTen,
  rules: agreement.routing,
  fields: goodFields,
  signals: [],
  emailDomain: 'acme.example',
  segment: 'mid-market',
  priority: 'normal',
  lastOwner: null,
});

/** Asks that often at once, through both processes in turn. */
const askAtOnce = (count: number, ask: (stores: Stores, index: number) => Promise<Answer>): Promise<Answer[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => ask(both[index % 2] ?? stores, index)));

const ownerOf = (answer: unknown): string => (answer as { owner: string }).owner;

describe('a question', () => {
  test('gets the same answer for ever, whatever becomes of the directory', async () => {
    const question: DirectoryQuestion = {
      kind: 'recipients',
      key: 'q',
      asOf: mondayTen,
      to: ['vp-sales'],
      owner: null,
      team: null,
    };
    const first = await stores.questions.answer('lead-1', question);
    await stores.directory.saveDirectory({ ...directory, roles: { 'vp-sales': ['cro'] } });
    expect(await stores.questions.answer('lead-1', question)).toEqual(first);
    expect(await stores.questions.answer('lead-1', { ...question, key: 'other' })).toEqual(['cro']);
    expect(await stores.questions.answer('lead-2', question)).toEqual(['cro']);
  });

  test('about nobody is answered with null, and that answer is kept as well', async () => {
    const question: DirectoryQuestion = { kind: 'person', key: 'q', asOf: mondayTen, person: 'newcomer' };
    expect(await stores.questions.answer('lead-1', question)).toBeNull();
    await stores.directory.saveDirectory({ ...directory, people: [...directory.people, { id: 'newcomer' }] });
    expect(await stores.questions.answer('lead-1', question)).toBeNull();
  });

  test.each(['next-owner', 'person', 'route'] as const)(
    'of kind %s gets one answer from many that ask at once',
    async (kind) => {
      const questions = {
        'next-owner': nextOwner('q'),
        route: route('q'),
        person: { kind: 'person', key: 'q', asOf: mondayTen, person: 'rep-east-1' } as const,
      };
      const answers = await askAtOnce(12, ({ questions: ask }) => ask.answer('lead-1', questions[kind]));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      const { rows } = await opened.sql.query('SELECT FROM answer WHERE workspace = $1', [stores.workspace]);
      expect(rows).toHaveLength(1);
    },
  );

  test('about the next owner, asked for many leads at once, goes round', async () => {
    const answers = await askAtOnce(9, ({ questions }, index) => questions.answer(`lead-${index}`, nextOwner('q')));
    const owners = answers.map(ownerOf);
    for (const person of ['rep-east-1', 'rep-east-2', 'rep-east-3']) {
      expect(owners.filter((owner) => owner === person)).toHaveLength(3);
    }
  });

  test('never gives the last free place to two leads, though neither event is recorded yet', async () => {
    const people = directory.people.map((person) => ({ ...person, capacity: person.id === 'rep-east-2' ? 1 : 0 }));
    await stores.directory.saveDirectory({ ...directory, people });
    const answers = await askAtOnce(6, ({ questions }, index) => questions.answer(`lead-${index}`, nextOwner('q')));
    const owners = answers.map((answer) => answer && ownerOf(answer));
    expect(owners.filter((owner) => owner === 'rep-east-2')).toHaveLength(1);
    expect(owners.filter((owner) => owner === null)).toHaveLength(5);
  });

  test('counts a lead once when the event that gives it is recorded', async () => {
    const people = directory.people.map((person) => (person.id === 'rep-east-2' ? { ...person, capacity: 2 } : person));
    await stores.directory.saveDirectory({ ...directory, people });
    const onlySecond = ['rep-east-1', 'rep-east-3'];
    expect(ownerOf(await stores.questions.answer('lead-1', nextOwner('q', onlySecond)))).toBe('rep-east-2');
    const holder = { owner: 'rep-east-2', queue: null, team: 'sdr-east', calendar: 'sales-us-east' };
    await stores.ledger.append('lead-1', handedOff({ holder }).events);
    expect(ownerOf(await stores.questions.answer('lead-2', nextOwner('q', onlySecond)))).toBe('rep-east-2');
    expect(await stores.questions.answer('lead-3', nextOwner('q', onlySecond))).toBeNull();
  });
});

test('a lead that is handed over after a ladder moved others goes to whoever waited longest', async () => {
  const holder = { owner: 'rep-east-1', queue: null, team: 'sdr-east', calendar: 'sales-us-east' };
  const { events } = passUntil(handedOff({ holder }), mondayTen + 2 * DAY_MS);
  const moved = events.filter(({ type }) => type === 'owner-changed');
  expect(moved.length).toBeGreaterThan(0);
  await stores.ledger.append('lead-1', events);
  const owner = ownerOf(
    await stores.questions.answer('lead-2', { ...nextOwner('q'), asOf: mondayTen + 3 * DAY_MS + HOUR_MS }),
  );
  const given = events.flatMap((event) => ('holder' in event ? [event.holder.owner] : []));
  expect(given.slice(-1)).not.toContain(owner);
});
