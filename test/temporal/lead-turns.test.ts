import { LeadTurns } from '../../src/temporal/lead-turns.js';

const far = () => Date.now() + 60_000;

/** Work that ends when it is told to, and knows how much of it runs. */
function heldWork() {
  const ends: (() => void)[] = [];
  const start = () => new Promise<string>((resolve) => ends.push(() => resolve('done')));
  return { start, running: () => ends.length, endAll: () => ends.splice(0).forEach((end) => end()) };
}

test('five may speak to a lead at a time, the next ones when those are done, others’ leads at once', async () => {
  const turns = new LeadTurns(Date.now);
  const [work, other] = [heldWork(), heldWork()];
  const taken = Array.from({ length: 7 }, () => turns.take('ld-1', far(), work.start));
  const elsewhere = turns.take('ld-2', far(), other.start);
  await Promise.resolve();
  expect([work.running(), other.running()]).toEqual([5, 1]);
  work.endAll();
  await Promise.all(taken.slice(0, 5));
  expect(work.running()).toBe(2);
  work.endAll();
  other.endAll();
  expect(await Promise.all([...taken, elsewhere])).toEqual(Array.from({ length: 8 }, () => 'done'));
});

test('whose turn does not come in time is told so, and keeps nobody else from theirs', async () => {
  const turns = new LeadTurns(Date.now);
  const work = heldWork();
  const taken = Array.from({ length: 5 }, () => turns.take('ld-1', far(), work.start));
  const late = turns.take('ld-1', Date.now() + 1, work.start);
  const patient = turns.take('ld-1', far(), work.start);
  expect(await late).toBeUndefined();
  work.endAll();
  await Promise.all(taken);
  work.endAll();
  expect(await patient).toBe('done');
});

test('work that fails gives its place away', async () => {
  const turns = new LeadTurns(Date.now);
  const fail = () => Promise.reject(new Error('no'));
  const failed = await Promise.allSettled(Array.from({ length: 6 }, () => turns.take('ld-1', far(), fail)));
  expect(failed.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'rejected'));
  expect(await turns.take('ld-1', far(), () => Promise.resolve('done'))).toBe('done');
});
