// A report of the past is made once, however often and by however many it is asked for.
import { rememberReports } from '../../src/bin/api/recent-reports.js';
import type { ReportDocument, ReportRefusal, ReportRequest } from '../../src/domain/reports/index.js';

const requestAsOf = (asOf: number): ReportRequest => ({
  report: 'compliance',
  period: { name: '2026-10' },
  asOf,
  filter: {},
});

/** Makes what it is told, and counts how often. */
function maker(tell: (count: number) => Promise<ReportDocument | ReportRefusal>) {
  let count = 0;
  return { make: () => tell((count += 1)), count: () => count };
}

const documentOf = (count: number) => Promise.resolve({ title: `made ${count}` } as ReportDocument);

test('the same question gets the same document, also while it is being made', async () => {
  const { make, count } = maker(documentOf);
  const ask = rememberReports(make);
  const [first, second] = await Promise.all([ask(requestAsOf(1)), ask(requestAsOf(1))]);
  expect(first).toBe(second);
  expect(await ask(requestAsOf(1))).toBe(first);
  expect(count()).toBe(1);
});

test('another as-of is another question', async () => {
  const { make, count } = maker(documentOf);
  const ask = rememberReports(make);
  await ask(requestAsOf(1));
  await ask(requestAsOf(2));
  expect(count()).toBe(2);
});

test('the least recently asked is forgotten first', async () => {
  const { make, count } = maker(documentOf);
  const ask = rememberReports(make, 2);
  for (const asOf of [1, 2, 1, 3, 1]) await ask(requestAsOf(asOf));
  expect(count()).toBe(3);
  await ask(requestAsOf(2));
  expect(count()).toBe(4);
});

test('what could not be made is tried again', async () => {
  const failing = maker((count) => (count === 1 ? Promise.reject(new Error('away')) : documentOf(count)));
  const ask = rememberReports(failing.make);
  await expect(ask(requestAsOf(1))).rejects.toThrow('away');
  expect(await ask(requestAsOf(1))).toEqual({ title: 'made 2' });
  const refusing = maker(() => Promise.resolve('unknown-agreement' as const));
  const askAgain = rememberReports(refusing.make);
  await askAgain(requestAsOf(1));
  await askAgain(requestAsOf(1));
  expect(refusing.count()).toBe(2);
});
