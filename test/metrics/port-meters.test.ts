/** Promise: a measured port answers and fails as it did before, and each thing that passes it counts once. */
import type { Stores } from '../../src/db/index.js';
import { createApiMetrics, createWorkerMetrics } from '../../src/metrics/index.js';
import { valueOf } from './prometheus-text.js';

const backlog = { read: () => Promise.reject(new Error('no database here')) };
const now = () => 0;

describe('intake', () => {
  type Intake = Stores['intake'];
  const post = {} as Parameters<Intake['handOff']>[0];
  const decide = {} as Parameters<Intake['handOff']>[1];
  const storeThat = (handOff: Intake['handOff']) => ({ handOff }) as Intake;

  test('that the database could not take is counted as failed, and the caller gets the error', async () => {
    const { metrics, measureIntake } = createApiMetrics({ backlog, now });
    const intake = measureIntake(storeThat(() => Promise.reject(new Error('away'))));
    await expect(intake.handOff(post, decide)).rejects.toThrow('away');
    expect(valueOf(await metrics.scrape(), 'handoff_intakes_total', { result: 'failed' })).toBe(1);
  });

  test('whose decision asks to be handed in again is counted when it is', async () => {
    const { metrics, measureIntake } = createApiMetrics({ backlog, now });
    const wanted = new Error('another agreement is wanted');
    const asking = measureIntake(storeThat(async (_post, deciding) => deciding({} as never, undefined) as never));
    const ask = () => {
      throw wanted;
    };
    await expect(asking.handOff(post, ask)).rejects.toBe(wanted);
    const text = await metrics.scrape();
    expect(valueOf(text, 'handoff_intakes_total', { result: 'failed' })).toBe(0);
    expect(valueOf(text, 'handoff_intake_duration_seconds_count')).toBe(0);
  });
});

test('a notice counts as sent or failed once the row says so', async () => {
  const { metrics, measureNotices } = createWorkerMetrics({ now });
  let isAway = false;
  const say = () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve());
  const store = measureNotices({
    claim: () => Promise.resolve({ standing: 'claimed' }),
    markSent: say,
    markFailed: say,
  });
  await store.markSent('a', 0);
  await store.markFailed('b', 'no such user');
  isAway = true;
  await expect(store.markSent('c', 0)).rejects.toThrow('away');
  const text = await metrics.scrape();
  expect(valueOf(text, 'handoff_notices_total', { result: 'sent' })).toBe(1);
  expect(valueOf(text, 'handoff_notices_total', { result: 'failed' })).toBe(1);
});

test.each([
  { answer: 'accepted', send: () => Promise.resolve({ kind: 'accepted' as const }) },
  { answer: 'refused', send: () => Promise.resolve({ kind: 'refused' as const, reason: 'no such user' }) },
  { answer: 'failed', send: () => Promise.reject(new Error('try again later')) },
])('a mail that was $answer is measured as that', async ({ answer, send }) => {
  const { metrics, measureMailer } = createWorkerMetrics({ now });
  const mail = { to: '', subject: '', html: '', text: '', messageId: '', threadId: '' };
  const [before, after] = await Promise.allSettled([send(), measureMailer({ send }).send(mail)]);
  expect(after).toEqual(before);
  expect(valueOf(await metrics.scrape(), 'handoff_mail_duration_seconds_count', { answer })).toBe(1);
});
