import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith, handoff, handoffWith } from './command-line.js';

const folder = folderWith({});
const before = join(folder, 'agreements/inbound-saas.yaml');
const text = readFileSync(before, 'utf8');
const after = join(folder, 'next.yaml');
const next = text.replace(
  '{ when: [{ segment: enterprise }], within: 2h }',
  '{ when: [{ segment: enterprise }], within: 1h }',
);
writeFileSync(after, next);

afterAll(() => rmSync(folder, { recursive: true }));

test('two files are compared in the words of the agreement', async () => {
  expect(await handoff('agreement', 'diff', before, after)).toMatchObject({
    exitCode: 0,
    lines: ['first response, enterprise: 2 h → 1 h'],
  });
  expect(await handoff('agreement', 'diff', before, before)).toMatchObject({
    exitCode: 0,
    lines: ['Both say the same.'],
  });
});

test('with --json, every change is data', async () => {
  const { lines } = await handoff('agreement', 'diff', '--json', before, after);
  expect(JSON.parse(lines.join('\n'))).toEqual({
    before,
    after,
    changes: [
      {
        part: 'clocks',
        what: 'first response, enterprise',
        path: 'clocks.first-response.overrides.1.within',
        before: '2 h',
        after: '1 h',
      },
    ],
  });
});

test('a stored version is asked of the API by its name and number', async () => {
  const asked: string[] = [];
  const callApi = (method: string, path: string) => {
    asked.push(`${method} ${path}`);
    return Promise.resolve({ kind: 'answer', status: 200, body: text } as const);
  };
  const { lines } = await handoffWith({ callApi }, 'agreement', 'diff', 'inbound-saas@3', after);
  expect(asked).toEqual(['GET /v1/agreements/inbound-saas/versions/3?format=yaml']);
  expect(lines).toEqual(['first response, enterprise: 2 h → 1 h']);
});

test('what cannot be read is told and ends with 2', async () => {
  const broken = join(folder, 'broken.yaml');
  writeFileSync(broken, text.replace('within: 4h', 'within: 4'));
  const callApi = () =>
    Promise.resolve({ kind: 'answer', status: 404, body: { detail: 'There is no version 9.' } } as const);
  const { exitCode, errors } = await handoffWith({ callApi }, 'agreement', 'diff', broken, 'inbound-saas@9');
  expect(exitCode).toBe(2);
  expect(errors).toEqual([
    expect.stringMatching(/broken.yaml:\d+:\d+ clocks.first-response.within: found the number 4/),
    'inbound-saas@9: There is no version 9.',
  ]);
  expect(await handoff('agreement', 'diff', before, join(folder, 'none.yaml'))).toMatchObject({ exitCode: 2 });
});
