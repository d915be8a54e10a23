import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPdf } from '../print/pdf-text.js';
import { folderWith, handoff, handoffWith } from './command-line.js';

const folder = folderWith({});
const source = join(folder, 'agreements/inbound-saas.yaml');
const inFolder = (name: string): string => join(folder, name);

afterAll(() => rmSync(folder, { recursive: true }));

test('the page of a file is printed as HTML', async () => {
  const { exitCode, lines } = await handoff('agreement', 'page', source);
  expect(exitCode).toBe(0);
  expect(lines.join('\n')).toMatch(/^<!doctype html>[\s\S]*<h1>Inbound SaaS leads, United States and Canada<\/h1>/);
});

test('or written as PDF on the paper that is asked for', async () => {
  const out = inFolder('page.pdf');
  expect(await handoff('agreement', 'page', source, '--out', out, '--paper', 'letter')).toMatchObject({ exitCode: 0 });
  const bytes = readFileSync(out);
  expect(readPdf(bytes).text).toContain('Reach out in person within 4 working hours of the hand-off');
  expect(bytes.toString('latin1')).toContain('/MediaBox [0 0 612 792]');
});

test('the page of a stored version is asked of the API, which knows its signatures', async () => {
  const asked: string[] = [];
  const callApi = (method: string, path: string) => {
    asked.push(`${method} ${path}`);
    return Promise.resolve({ kind: 'answer', status: 200, body: new Uint8Array([37, 80, 68, 70]) } as const);
  };
  const out = inFolder('stored.pdf');
  await handoffWith({ callApi }, 'agreement', 'page', 'inbound-saas@3', '--out', out);
  expect(asked).toEqual(['GET /v1/agreements/inbound-saas/versions/3?format=pdf&paper=a4']);
  expect(readFileSync(out, 'latin1')).toBe('%PDF');
});

test('a file of another kind, or with mistakes, is refused and nothing is written', async () => {
  const { exitCode, errors } = await handoff('agreement', 'page', source, '--out', inFolder('page.docx'));
  expect({ exitCode, errors }).toEqual({ exitCode: 2, errors: [expect.stringMatching(/ends in .pdf or .html$/)] });
  const broken = inFolder('broken.yaml');
  writeFileSync(broken, readFileSync(source, 'utf8').replace('within: 4h', 'within: 4'));
  expect(await handoff('agreement', 'page', broken)).toMatchObject({
    exitCode: 2,
    lines: [],
    errors: [expect.stringMatching(/1 mistakes: see handoff agreement lint/)],
  });
});
