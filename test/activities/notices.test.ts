/** Promise: each notice is delivered once, ever, to somebody, whatever dies, refuses or is away meanwhile. */
import { createNotices, type NoticeDeps } from '../../activities/notices.js';
import type { NoticeReceipt } from '../../activities/notice-contract.js';
import { createSmtpMailer, readLink, signLink, type SmtpMailer } from '../../src/channels/index.js';
import { openDatabase, type Database } from '../../src/db/index.js';
import type { Run } from '../../src/domain/lifecycle/run.js';
import type { NoticeStore } from '../../src/domain/notices/index.js';
import type { Directory } from '../../src/domain/routing/directory.js';
import type { Inbox, Mail, SmtpRefusal } from '../../src/embedded/inbox.js';
import { stepGuide } from '../../src/bin/step-guide.js';
import { formatLocal } from '../../src/zones/index.js';
import {
  ada,
  aHotLead,
  aLead,
  aLeadInTheQueue,
  after,
  hours,
  minutes,
  mondayTen,
  people,
  terms,
  afterSaying,
} from '../domain/notices/sample-lead.js';
import { freshDatabase, startInbox, type FreshDatabase } from '../support/servers.js';

const workspace = 'default';
const opsEmail = 'ops@sales.example';
const linkSecret = 'a secret of at least sixteen characters';
const sentAt = mondayTen + minutes(1);
const noSuchUser: SmtpRefusal = { code: 550, message: 'No such user here' };

let fresh: FreshDatabase;
let database: Database;
let inbox: Inbox;
let mailer: SmtpMailer;
let refusals: Readonly<Record<string, SmtpRefusal>> = {};

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { workspace });
  inbox = await startInbox({ refuseRecipient: (address) => refusals[address] });
  mailer = createSmtpMailer({ url: inbox.smtpUrl, from: 'Handoff <handoff@sales.example>' });
  await database.agreements.saveDocument({ terms, text: '', canonical: '{}' });
}, 60_000);

afterAll(async () => {
  mailer.close();
  await inbox.stop();
  await database.close();
  await fresh.drop();
});

beforeEach(async () => {
  refusals = {};
  inbox.clear();
  await knowing(people);
});

const knowing = (directory: Directory): Promise<void> => database.directory.saveDirectory(directory);

let leadCount = 0;
/** A lead of its own for each test, with its story in the ledger. */
async function recorded(story: (leadId: string) => Run): Promise<Run> {
  leadCount += 1;
  const run = story(`ld_${leadCount}`);
  await database.ledger.append(run.state.leadId, run.events);
  return run;
}

/** The deliveries of a worker; `deps` are its differences. */
const workerWith = (deps: Partial<NoticeDeps> & { readonly notices?: NoticeStore } = {}) =>
  createNotices({
    storesOf: (name) => ({ ...database.inWorkspace(name), ...(deps.notices ? { notices: deps.notices } : {}) }),
    mailer,
    linkTo: (link) => `https://handoff.example/l/${signLink(link, linkSecret)}`,
    formatLocal,
    now: () => sentAt,
    mailFrom: 'Handoff <handoff@sales.example>',
    opsEmail,
    ...deps,
  });

const tell = ({ state, events }: Run, worker = workerWith()): Promise<NoticeReceipt> =>
  worker.deliverNotices({ workspace, leadId: state.leadId, events, stateSeq: state.seq });

const subjects = (): string[] => inbox.mails().map(({ subject }) => subject);
const readers = (): string[] => inbox.mails().map(({ to }) => to.join());
const onlyMail = (): Mail => {
  expect(inbox.mails()).toHaveLength(1);
  return inbox.mails()[0]!;
};

test('a hand-off reaches the owner, and the first acceptance is reported', async () => {
  const lead = await recorded((leadId) => aLead({ leadId }));
  await expect(tell(lead)).resolves.toEqual({ acceptedAt: sentAt, recipient: 'rep-east-1' });
  expect(readers()).toEqual(['rep-east-1@sales.example']);
  expect(subjects()).toEqual(['New lead: Ada Lovelace, Acme Engines']);
});

test('both forms of the mail say who, what is due in the zone of the reader, why, and what to say', async () => {
  await tell(await recorded((leadId) => aLead({ leadId, holder: west1 })));
  const { html, text } = onlyMail();
  for (const words of [
    'Ada Lovelace',
    'Acme Engines',
    'Mon 23 Nov 2026, 12:00 PST',
    'Content download, at least 3 times in the last 30 days',
    'Pricing page visit',
    'Offer the 20-minute tour',
  ]) {
    expect(html).toContain(words);
    expect(text).toContain(words);
  }
});

test('the mail says when the next step is to be made, in the zone of the reader', async () => {
  const worker = workerWith({ guideOf: (name) => stepGuide(database.inWorkspace(name)) });
  await tell(await recorded((leadId) => aLead({ leadId, fields: { ...ada, region: 'CA' } })), worker);
  expect(onlyMail().text).toContain('Mon 23 Nov 2026, 12:00 EST to Mon 23 Nov 2026, 17:00 EST');
});

const west1 = { owner: 'rep-west-1', queue: null, team: 'sdr-west', calendar: 'sales-us-west' };

test('the link in a mail opens this lead for its reader, for 14 days', async () => {
  const { state } = await recorded((leadId) => aHotLead({ leadId }));
  await workerWith().deliverNotices({ workspace, leadId: state.leadId, events: [], stateSeq: state.seq });
  expect(inbox.mails()).toEqual([]);
  await tell(await recorded((leadId) => aLead({ leadId })));
  const token = /\/l\/([\w.-]+)/.exec(onlyMail().text)![1]!;
  expect(onlyMail().html).toContain(token);
  const claims = { workspace, leadId: `ld_${leadCount}`, reader: 'rep-east-1', expiresAt: sentAt + hours(14 * 24) };
  expect(readLink(token, linkSecret, sentAt)).toEqual({ kind: 'valid', claims });
});

test('what a lead calls itself is text in the mail', async () => {
  await tell(await recorded((leadId) => aLead({ leadId, fields: { ...ada, company: '<script>alert(1)</script>' } })));
  const { html, text, subject } = onlyMail();
  expect(html).not.toContain('<script');
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(text).toContain('<script>alert(1)</script>');
  expect(subject).toBe('New lead: Ada Lovelace, <script>alert(1)</script>');
});

test('mails about one lead form one thread, each with an id of its own', async () => {
  await tell(await recorded((leadId) => after(aLead({ leadId }), hours(24))));
  const mails = inbox.mails();
  expect(mails).toHaveLength(8);
  expect(new Set(mails.map(({ headers }) => headers['references'])).size).toBe(1);
  expect(new Set(mails.map(({ headers }) => headers['in-reply-to']))).toEqual(
    new Set([mails[0]!.headers['references']]),
  );
  expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(8);
});

test('two leads have two threads', async () => {
  await tell(await recorded((leadId) => aLead({ leadId })));
  await tell(await recorded((leadId) => aLead({ leadId })));
  expect(new Set(inbox.mails().map(({ headers }) => headers['references'])).size).toBe(2);
});

describe('once, ever', () => {
  test('asking again sends nothing and reports the same acceptance', async () => {
    const lead = await recorded((leadId) => aLead({ leadId }));
    const first = await tell(lead);
    await expect(tell(lead, workerWith({ now: () => sentAt + hours(1) }))).resolves.toEqual(first);
    expect(inbox.mails()).toHaveLength(1);
  });

  test('two leads in two workspaces are told each', async () => {
    const lead = await recorded((leadId) => aLead({ leadId }));
    const other = database.inWorkspace('scenario-7');
    await other.directory.saveDirectory(people);
    await other.agreements.saveDocument({ terms, text: '', canonical: '{}' });
    await other.ledger.append(lead.state.leadId, lead.events);
    await tell(lead);
    const { state, events } = lead;
    await workerWith().deliverNotices({ workspace: 'scenario-7', leadId: state.leadId, events, stateSeq: state.seq });
    expect(new Set(inbox.mails().map(({ messageId }) => messageId)).size).toBe(2);
  });

  test('a worker that dies after the mail was sent and before saying so costs a second copy under the same id', async () => {
    const lead = await recorded((leadId) => aLead({ leadId }));
    const dying: NoticeStore = { ...database.notices, markSent: () => Promise.reject(new Error('killed')) };
    await expect(tell(lead, workerWith({ notices: dying }))).rejects.toThrow('killed');
    await expect(tell(lead)).resolves.toMatchObject({ recipient: 'rep-east-1' });
    const [first, second] = inbox.mails();
    expect(second!.messageId).toBe(first!.messageId);
    expect(inbox.mails()).toHaveLength(2);
  });

  test('a worker that dies before sending costs nothing', async () => {
    const lead = await recorded((leadId) => aLead({ leadId }));
    const dying = { send: () => Promise.reject(new Error('killed')) };
    await expect(tell(lead, workerWith({ mailer: dying }))).rejects.toThrow('killed');
    await tell(lead);
    expect(inbox.mails()).toHaveLength(1);
  });

  test('a worker that dies after saying so and before reporting costs nothing', async () => {
    const lead = await recorded((leadId) => aLead({ leadId }));
    const dying: NoticeStore = {
      ...database.notices,
      markSent: async (key, acceptedAt) => {
        await database.notices.markSent(key, acceptedAt);
        throw new Error('killed');
      },
    };
    await expect(tell(lead, workerWith({ notices: dying }))).rejects.toThrow('killed');
    await expect(tell(lead)).resolves.toEqual({ acceptedAt: sentAt, recipient: 'rep-east-1' });
    expect(inbox.mails()).toHaveLength(1);
  });
});

describe('a mailbox that refuses for good', () => {
  test("hands the notice to the reader's manager, who learns for whom it was and why", async () => {
    refusals = { 'rep-east-1@sales.example': noSuchUser };
    const lead = await recorded((leadId) => aLead({ leadId }));
    await expect(tell(lead)).resolves.toEqual({ acceptedAt: sentAt, recipient: 'manager-east' });
    expect(readers()).toEqual(['manager-east@sales.example']);
    expect(onlyMail().subject).toBe('Not delivered to rep-east-1: New lead: Ada Lovelace, Acme Engines');
    expect(onlyMail().text).toContain('No such user here');
  });

  test('is not asked again, nor is its manager told twice', async () => {
    refusals = { 'rep-east-1@sales.example': noSuchUser };
    const lead = await recorded((leadId) => aLead({ leadId }));
    await tell(lead);
    refusals = {};
    await tell(lead);
    expect(readers()).toEqual(['manager-east@sales.example']);
  });

  test('of a manager as well hands it to the operators', async () => {
    refusals = { 'rep-east-1@sales.example': noSuchUser, 'manager-east@sales.example': noSuchUser };
    await tell(await recorded((leadId) => aLead({ leadId })));
    expect(readers()).toEqual([opsEmail]);
  });

  test('of everybody makes the notice wait, never end', async () => {
    refusals = { 'manager-east@sales.example': noSuchUser, [opsEmail]: noSuchUser };
    const lead = await recorded((leadId) => aLeadInTheQueue({ leadId }));
    await expect(tell(lead)).rejects.toThrow(/nobody can be reached.*HANDOFF_OPS_EMAIL/);
    refusals = {};
    await expect(tell(lead)).resolves.toEqual({ acceptedAt: sentAt, recipient: '(ops)' });
    expect(readers()).toEqual([opsEmail]);
  });

  test('is as one without an address, or one that the directory lost', async () => {
    await knowing({ ...people, people: people.people.map((person) => ({ ...person, email: undefined })) });
    await tell(await recorded((leadId) => aLead({ leadId })));
    await knowing({ ...people, people: [], teams: [] });
    await tell(await recorded((leadId) => aLead({ leadId })));
    expect(readers()).toEqual([opsEmail, opsEmail]);
  });
});

test('a notice that must wait keeps none of the others, and goes later', async () => {
  refusals = { 'manager-east@sales.example': { code: 451, message: 'Try again later' } };
  const lead = await recorded((leadId) => after(aLead({ leadId }), hours(4)));
  await expect(tell(lead)).rejects.toThrow(/1 of 4 notices of lead .* wait: .*Try again later/);
  expect(readers()).toEqual(Array(3).fill('rep-east-1@sales.example'));
  refusals = {};
  await expect(tell(lead)).resolves.toEqual({ acceptedAt: sentAt, recipient: 'rep-east-1' });
  expect(readers()).toEqual([...Array(3).fill('rep-east-1@sales.example'), 'manager-east@sales.example']);
});

test('a mail server that thinks for long gets no further mail in this attempt', async () => {
  let now = sentAt;
  const slow = {
    send: async (...[mail]: Parameters<SmtpMailer['send']>) => {
      now += 30_000;
      return mailer.send(mail);
    },
  };
  const lead = await recorded((leadId) => after(aLead({ leadId }), hours(4)));
  await expect(tell(lead, workerWith({ mailer: slow, now: () => now }))).rejects.toThrow(/3 of 4 notices.*slow/);
  expect(inbox.mails()).toHaveLength(1);
  await tell(lead);
  expect(inbox.mails()).toHaveLength(4);
});

test('a notice waits for the events that it shows', async () => {
  const { state, events } = await recorded((leadId) => aLead({ leadId }));
  const early = { workspace, leadId: state.leadId, events, stateSeq: state.seq + 1 };
  await expect(workerWith().deliverNotices(early)).rejects.toThrow(/notices wait for their events/);
  expect(inbox.mails()).toEqual([]);
});

test('only what is asked for is told', async () => {
  const lead = await recorded((leadId) =>
    afterSaying(aLead({ leadId }), minutes(5), { type: 'reassign', to: 'rep-east-2' }),
  );
  const { state, events } = lead;
  const moved = events.filter(({ type }) => type === 'owner-changed');
  const { leadId, seq: stateSeq } = state;
  await expect(workerWith().deliverNotices({ workspace, leadId, events: moved, stateSeq })).resolves.toEqual({});
  expect(subjects()).toEqual(['Yours now: Ada Lovelace, Acme Engines']);
});
