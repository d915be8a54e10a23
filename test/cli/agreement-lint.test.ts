import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith, handoff, handoffWith } from './command-line.js';

const folder = folderWith({});
const sound = join(folder, 'agreements/inbound-saas.yaml');
const people = join(folder, 'people.yaml');
const text = readFileSync(sound, 'utf8');

const variant = (name: string, passage: string, instead: string): string => {
  const file = join(folder, name);
  writeFileSync(
    file,
    text.replace(passage, () => instead),
  );
  return file;
};

afterAll(() => rmSync(folder, { recursive: true }));

test('a sound agreement is named with its clocks and its hash', async () => {
  const { exitCode, last } = await handoff('agreement', 'lint', sound);
  expect(exitCode).toBe(0);
  expect(last).toMatch(/^ok {4}.*inbound-saas.yaml {2}inbound-saas: 13 clocks, SHA-256 [0-9a-f]{64}$/);
});

test('every mistake of every file is told with its place', async () => {
  const one = variant('one.yaml', 'within: 4h', 'within: 4');
  const other = variant('other.yaml', 'defaultCalendar: sales-us-east', 'defaultCalendar: sales');
  const { exitCode, errors } = await handoff('agreement', 'lint', one, sound, other);
  expect(exitCode).toBe(1);
  expect(errors).toEqual([
    expect.stringMatching(/one.yaml:\d+:\d+: error clocks.first-response.within: found the number 4/),
    expect.stringMatching(/inbound-saas.yaml:\d+:\d+: warning ladders.stale.1: .*\[tier-without-open-hour\]$/),
    expect.stringMatching(/other.yaml:\d+:\d+: error defaultCalendar: there is no calendar "sales"/),
  ]);
});

test('with --people, teams and people that the directory does not have are mistakes', async () => {
  const strange = variant('strange.yaml', '{ rule: queue, team: sdr-east }', '{ rule: queue, team: sdr-eats }');
  expect((await handoff('agreement', 'lint', strange)).exitCode).toBe(0);
  const { exitCode, errors } = await handoff('agreement', 'lint', strange, '--people', people);
  expect(exitCode).toBe(1);
  expect(errors).toEqual([
    expect.stringMatching(/routing.5.team: there is no team "sdr-eats" .*Did you mean "sdr-east"/),
  ]);
});

test('a warning alone does not fail, an error of a rule does', async () => {
  expect((await handoff('agreement', 'lint', sound)).exitCode).toBe(0);
  const vain = variant('vain.yaml', 'recycle: { maxCycles: 3', 'recycle: { maxCycles: 1');
  const { exitCode, errors, lines } = await handoff('agreement', 'lint', vain);
  expect(exitCode).toBe(1);
  expect(errors).toContainEqual(
    expect.stringMatching(/vain.yaml:145:7: error reasons.disposition.0: reason "no-response" can never .*-reason\]$/),
  );
  expect(lines).toEqual([]);
});

test('with --json, the same stands in one document', async () => {
  const one = variant('json.yaml', 'within: 4h', 'within: 4');
  const { exitCode, lines, errors } = await handoff('agreement', 'lint', '--json', one, sound);
  expect({ exitCode, errors }).toEqual({ exitCode: 1, errors: [] });
  expect(JSON.parse(lines.join('\n'))).toMatchObject({
    errorCount: 1,
    warningCount: 1,
    files: [
      {
        file: one,
        agreement: null,
        remarks: [{ severity: 'error', rule: null, path: 'clocks.first-response.within' }],
      },
      { file: sound, agreement: { name: 'inbound-saas', clockCount: 13 }, remarks: [{ severity: 'warning' }] },
    ],
  });
});

test('a file that is not there ends with 2', async () => {
  expect(await handoff('agreement', 'lint', join(folder, 'none.yaml'))).toMatchObject({ exitCode: 2 });
  expect(await handoff('agreement', 'lint', sound, '--people', join(folder, 'none.yaml'))).toMatchObject({
    exitCode: 2,
  });
});

test('the schema for editors is printed as one JSON document', async () => {
  const { exitCode, lines } = await handoff('agreement', 'schema');
  expect(exitCode).toBe(0);
  expect(JSON.parse(lines.join('\n'))).toMatchObject({
    title: 'Handoff agreement',
    required: expect.arrayContaining(['clocks']),
  });
});

test('a stored version is judged by the API, with its directory and its past leads', async () => {
  const asked: string[] = [];
  const remark = {
    file: 'inbound-saas@3',
    line: 87,
    column: 13,
    path: 'clocks.first-response.within',
    severity: 'warning',
  };
  const body = {
    agreement: 'inbound-saas',
    hash: 'abc',
    clockCount: 13,
    remarks: [{ ...remark, rule: 'missed-by-past-leads', message: '60 of 100 leads would have missed 4h' }],
  };
  const callApi = (method: string, path: string) => {
    asked.push(`${method} ${path}`);
    return Promise.resolve({ kind: 'answer', status: 200, body } as const);
  };
  expect(await handoffWith({ callApi }, 'agreement', 'lint', 'inbound-saas@3')).toMatchObject({
    exitCode: 0,
    lines: ['ok    inbound-saas@3  inbound-saas: 13 clocks, SHA-256 abc'],
    errors: [
      'inbound-saas@3:87:13: warning clocks.first-response.within: 60 of 100 leads would have missed 4h [missed-by-past-leads]',
    ],
  });
  expect(asked).toEqual(['GET /v1/agreements/inbound-saas/versions/3/lint']);
});
