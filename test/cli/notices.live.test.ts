/** Promise: ops stop and resume notices from the command line, and see in plain words what waits. */
import { createApiCaller } from '../../src/bin/handoff/call-api.js';
import type { LeadWorkflows } from '../../src/domain/ports.js';
import { ADMIN_KEY, RunningApi } from '../api/api-world.js';
import { openFresh, type Opened } from '../db/opened.js';
import { handoffWith } from './command-line.js';

const nobody = (): Promise<never> => Promise.reject(new Error('these tests have no workflows'));
const noWorkflows: LeadWorkflows = { start: nobody, deliver: nobody };

let opened: Opened;
let http: RunningApi;
beforeAll(async () => {
  opened = await openFresh();
  http = await RunningApi.start(opened.database, noWorkflows);
}, 60_000);
afterAll(async () => {
  await http.stop();
  await opened.close();
});

const notices = (...words: string[]) => {
  const callApi = createApiCaller({ HANDOFF_URL: http.url, HANDOFF_API_KEY: ADMIN_KEY });
  return handoffWith({ callApi }, 'notices', ...words);
};

test('hold, held and release say how notices stand, and what waits by kind', async () => {
  const held = await notices('hold', '--reason', 'wrong templates');
  expect(held).toMatchObject({ exitCode: 0, errors: [] });
  expect(held.lines).toEqual([
    expect.stringMatching(/^Notices are held since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC by admin\.$/),
    'Reason: wrong templates',
    '0 notices wait',
  ]);
  const escalation = { key: 'k', seq: 7, kind: 'escalation', recipient: 'vp-sales' };
  await opened.database.noticeHolds.keep('ld_1', [escalation]);
  expect((await notices('held')).lines.slice(-2)).toEqual([
    expect.stringMatching(/^1 notice waits, since \d{4}/),
    '  escalation: 1',
  ]);
  expect((await notices('hold')).lines).toContain('It was so before; nothing has changed.');
  expect((await notices('release')).lines[0]).toBe('Notices leave.');
});

test('each change is in the audit, with who made it, and one that changed nothing is not', async () => {
  await notices('hold', '--reason', 'a rehearsal');
  await notices('hold');
  await notices('release');
  const { rows } = await opened.sql.query(
    `SELECT "by", action, before->>'reason' AS before, after->>'reason' AS after FROM audit_entry
      WHERE subject = 'notices' ORDER BY id DESC LIMIT 2`,
  );
  expect(rows).toEqual([
    { by: 'admin', action: 'notices-released', before: 'a rehearsal', after: null },
    { by: 'admin', action: 'notices-held', before: null, after: 'a rehearsal' },
  ]);
});
