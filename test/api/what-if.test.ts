// A leader asks what a version would have made of past leads, over HTTP and on the command line, with real threads over
// a real database; history of another system comes in by a file.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createWhatIfAnswer } from '../../src/bin/what-if/answer-what-if.js';
import { canonicalJson } from '../../src/documents/index.js';
import { createLeadWorkflows, temporalClient } from '../../src/temporal/index.js';
import { anAgreement, aDirectory, type Agreement } from '../builders/agreement.js';
import * as say from '../builders/facts.js';
import { aLead, pass, tell } from '../builders/lead.js';
import { handoffWith } from '../cli/command-line.js';
import { openFresh, type Opened } from '../db/opened.js';
import { RunningApi } from './api-world.js';

jest.setTimeout(60_000);

let opened: Opened;
let http: RunningApi;
const client = temporalClient({ address: '127.0.0.1:9', namespace: 'default' });
const period = 'from=2026-11-16&to=2026-11-23';

/** A lead of Tuesday, 17 November, that was called at that time; 2 h end at 12:00. */
async function pastLead(leadId: string, ...facts: readonly say.Fact[]): Promise<void> {
  const told = facts.reduce((lead, fact) => tell(lead, fact).lead, aLead());
  const { events } = pass(told, 'fri 09:00').run;
  await opened.database.ledger.append(
    leadId,
    events.map((event) => ('leadId' in event ? { ...event, leadId } : event)),
  );
}

const save = ({ document, terms }: Agreement) =>
  opened.database.agreements.saveAgreement({
    terms,
    text: JSON.stringify(document),
    canonical: canonicalJson(document),
  });

beforeAll(async () => {
  opened = await openFresh();
  const { database, url } = opened;
  await database.directory.saveDirectory(aDirectory());
  await save(anAgreement());
  await save(anAgreement({ 'clocks.first-response.within': '2h' }));
  await pastLead('lead-a', say.touch('tue 11:00'));
  await pastLead('lead-b', say.touch('tue 13:00'));
  await pastLead('lead-c', say.touch('tue 15:00'));
  const answerWhatIf = createWhatIfAnswer({
    databaseUrl: url,
    workspace: 'default',
    readDirectory: database.directory.read,
    threadCount: 2,
  });
  const workflows = createLeadWorkflows({ client, settledStates: database.settledStates, now: Date.now });
  // The clock of a reader in December, so that November is recorded by then.
  http = await RunningApi.start(database, workflows, { answerWhatIf, now: () => Date.now() + 60_000 });
}, 60_000);
afterAll(async () => {
  await http.stop();
  await client.connection.close();
  await opened.close();
});

interface Commitment {
  readonly clock: string;
  readonly was: object | null;
  readonly would: object | null;
}
const firstResponse = (body: Readonly<Record<string, unknown>>) =>
  (body['commitments'] as readonly Commitment[]).find(({ clock }) => clock === 'first-response');

const handoff = (...words: string[]) =>
  handoffWith(
    {
      callApi: async (method, path, body) => {
        const { status, body: json, text, headers } = await http.ask(method, path, body, {});
        return { kind: 'answer', status, body: /json/.test(headers.get('content-type') ?? '') ? json : text };
      },
    },
    ...words,
  );

describe('what-if over HTTP', () => {
  test('compares a stored version with what was, of the leads handed off in the period', async () => {
    const { status, body } = await http.get(`/v1/agreements/inbound-saas/versions/2/what-if?${period}`);
    expect([status, body['agreement']]).toMatchObject([200, { name: 'inbound-saas', version: 2 }]);
    expect(body['leads']).toMatchObject({ folded: 3 });
    expect(firstResponse(body)).toMatchObject({
      was: { numerator: 2, denominator: 3 },
      would: { numerator: 1, denominator: 3 },
      turned: { metToBreached: 1, breachedToMet: 0 },
    });
  });

  test('says the same of a document that is not stored', async () => {
    const { document } = anAgreement({ 'clocks.first-response.within': '2h' });
    const posted = await http.post(`/v1/what-if?${period}`, { document: JSON.stringify(document) });
    const stored = await http.get(`/v1/agreements/inbound-saas/versions/2/what-if?${period}`);
    expect(posted.body['agreement']).toMatchObject({ version: null });
    expect(posted.body['commitments']).toEqual(stored.body['commitments']);
  });

  test('draws it', async () => {
    const { status, headers, text } = await http.get(
      `/v1/agreements/inbound-saas/versions/2/what-if?${period}&format=svg`,
    );
    expect([status, headers.get('content-type')]).toEqual([200, 'image/svg+xml; charset=utf-8']);
    expect(text).toContain('33.3 %  (1 of 3)');
  });

  test.each([
    {
      label: 'a version that is not stored',
      path: `/v1/agreements/inbound-saas/versions/9/what-if?${period}`,
      code: 'unknown-version',
    },
    {
      label: 'a version that is no number',
      path: `/v1/agreements/inbound-saas/versions/x/what-if?${period}`,
      code: 'unknown-version',
    },
    {
      label: 'a period that ends before it begins',
      path: '/v1/agreements/inbound-saas/versions/2/what-if?from=2026-11-23&to=2026-11-16',
      code: 'invalid-query',
    },
    { label: 'no period', path: '/v1/agreements/inbound-saas/versions/2/what-if', code: 'invalid-query' },
    {
      label: 'a date that does not exist',
      path: '/v1/agreements/inbound-saas/versions/2/what-if?from=2026-02-30&to=2026-03-01',
      code: 'invalid-query',
    },
    {
      label: 'another version to compare with that is not stored',
      path: `/v1/agreements/inbound-saas/versions/2/what-if?${period}&against=9`,
      code: 'unknown-version',
    },
  ])('refuses $label', async ({ path, code }) => {
    expect((await http.get(path)).body['code']).toBe(code);
  });

  test('names every mistake of a document that has some', async () => {
    const { status, body } = await http.post(`/v1/what-if?${period}`, { document: 'name: x\nclocks: 3\n' });
    expect([status, body['code']]).toEqual([422, 'invalid-body']);
    expect(JSON.stringify(body['errors'])).toContain('line 2');
  });
});

describe('handoff agreement what-if', () => {
  test('prints the comparison of a stored version, and writes the chart', async () => {
    const svg = join(mkdtempSync(join(tmpdir(), 'handoff-what-if-')), 'chart.svg');
    const asked = [
      'agreement',
      'what-if',
      'inbound-saas@2',
      '--from',
      '2026-11-16',
      '--to',
      '2026-11-23',
      '--svg',
      svg,
    ];
    const { exitCode, lines } = await handoff(...asked);
    expect(exitCode).toBe(0);
    expect(lines.find((line) => line.includes('first-response'))).toMatch(
      /first-response +90 % +66\.6 % \(2 of 3\) +33\.3 % \(1 of 3\) +1 +0 /,
    );
    expect(readFileSync(svg, 'utf8')).toContain('<svg');
  });

  test('ends with 1 and the reason if the API refuses', async () => {
    const { exitCode, errors } = await handoff(
      ...['agreement', 'what-if', 'inbound-saas@7', '--from', '2026-11-16', '--to', '2026-11-23'],
    );
    expect([exitCode, errors[0]]).toEqual([1, expect.stringContaining('unknown-version')]);
  });
});

const mapping = `
columns: { externalId: Lead, do: Event, at: When, by: Who, owner: Who, field.company: Account, field.employees: Staff, channel: Channel, outcome: Result }
constants: { source: crm, agreement: inbound-saas, field.country: US, field.jobLevel: director, field.score: "82" }
values:
  do: { Assigned: hand-off, Call: touch, Note: null }
  outcome: { "No answer": no-answer }
  channel: { Telephone: phone }
timeZone: America/New_York
`;
const rows = `Lead,Event,When,Who,Account,Staff,Channel,Result
1,Assigned,2026-11-17 10:00,rep-east-1,Acme,120,,
1,Note,2026-11-17 10:10,rep-east-1,,,,
1,Call,2026-11-17 13:00,rep-east-1,,,Telephone,No answer
1,Call,2026-11-17 13:00,rep-east-1,,,Pigeon,No answer
2,Call,2026-11-17 13:00,rep-east-1,,,Telephone,No answer
2,Assigned,17 November,rep-east-1,Beta,120,,
3,Assigned,2026-11-17 10:00,rep-east-1,"Gamma, Inc.",120
4,Assigned,2026-11-17 10:00,rep-gone,Delta,120,,
`;

describe('handoff history import', () => {
  const folder = mkdtempSync(join(tmpdir(), 'handoff-history-'));
  const [file, map] = [join(folder, 'history.csv'), join(folder, 'mapping.yaml')];
  writeFileSync(file, rows);
  writeFileSync(map, mapping);

  test('keeps good rows, and names each bad one by its line with what is wrong', async () => {
    const { exitCode, errors, last } = await handoff('history', 'import', file, '--mapping', map);
    expect([exitCode, last]).toEqual([1, '3 rows imported, 0 known from before, 4 bad, 1 left out by the mapping']);
    expect(errors.map((line) => line.replace(file, 'FILE')).toSorted()).toEqual([
      expect.stringMatching(/^FILE:5: channel: found "Pigeon"; expected phone, email/),
      expect.stringMatching(/^FILE:6: the hand-off of this lead does not stand before this row/),
      expect.stringMatching(/^FILE:7: at: found "17 November"; expected an instant/),
      expect.stringMatching(/^FILE:8: .*columns/i),
    ]);
  });

  test('changes nothing when it runs again', async () => {
    const { last } = await handoff('history', 'import', file, '--mapping', map);
    expect(last).toBe('0 rows imported, 3 known from before, 4 bad, 1 left out by the mapping');
  });

  test('makes leads that what-if tells, beside the version they are compared with', async () => {
    const path = `/v1/agreements/inbound-saas/versions/2/what-if?${period}&against=1`;
    const { body } = await http.get(path);
    expect(body['leads']).toMatchObject({ folded: 5, imported: 2 });
    expect(firstResponse(body)).toMatchObject({
      was: { numerator: 3, denominator: 5 },
      would: { numerator: 1, denominator: 5 },
    });
  });

  test('leaves no lead in lists, no load on people, and an audit entry', async () => {
    const { rows: counts } = await opened.sql.query('SELECT count(*)::int AS count FROM lead');
    expect(counts).toEqual([{ count: 3 }]);
    expect((await http.get('/v1/leads/crm:1')).status).toBe(404);
    const entries = await opened.sql.query("SELECT subject, after FROM audit_entry WHERE action = 'history-imported'");
    expect(entries.rows).toEqual([{ subject: 'history:crm', after: { leadCount: 2, factCount: 1 } }]);
  });

  test('refuses columns that mean nothing to it, and a mapping with mistakes', async () => {
    const plain = await handoff('history', 'import', file);
    expect([plain.exitCode, plain.errors[0]]).toEqual([2, expect.stringContaining('unknown column Lead, Event')]);
    writeFileSync(map, 'columns: { externlId: Lead }\n');
    const misspelt = await handoff('history', 'import', file, '--mapping', map);
    expect([misspelt.exitCode, misspelt.errors[0]]).toEqual([2, expect.stringContaining('mapping.yaml:1')]);
  });
});
