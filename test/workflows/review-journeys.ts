import { instantOf } from '../../src/zones/index.js';
import { nextRunSignal, nudgeSignal } from '../../workflows/messages.js';
import { DAY_MS, until, type LeadWorld } from './lead-world.js';
import { LiveReviews } from './review-world.js';

const at = (date: string, time: string): number => instantOf('America/New_York', date, time);
const by = 'vp-sales';

/** What a series and one of its reviews live through for a recording. */
export const reviewJourneys = {
  'series-of-reviews-in-several-runs': async (world) => {
    const reviews = await begun(world, 'recorded-series');
    await reviews.seriesAt(at('2026-10-05', '10:00'));
    await reviews.opened('weekly', '2026-10-05');
    await reviews.series.signal(nudgeSignal);
    const { runId } = await reviews.series.describe();
    await reviews.series.signal(nextRunSignal);
    await until('it goes on as another run', async () => (await reviews.series.describe()).runId !== runId);
    await reviews.seriesAt(at('2026-10-12', '10:00'));
    await reviews.opened('weekly', '2026-10-12');
    return reviews.series.workflowId;
  },
  'review-escalated-and-carried-out': async (world) => {
    const reviews = await begun(world, 'recorded-review');
    await reviews.seriesAt(at('2026-10-05', '10:00'));
    const { id, dueAt } = await reviews.opened('weekly', '2026-10-05');
    await reviews.reviewAt(id, dueAt);
    await until('it has escalated', async () => (await reviews.find(id)).escalatedAt);
    const decision = { text: 'Call within the hour', owner: 'manager-east' };
    const doneBy = { dueDate: '2026-10-15', dueAt: at('2026-10-16', '00:00') };
    await reviews.does(id, { type: 'give-word', by, at: dueAt, text: 'Few of them can buy.' });
    await reviews.does(id, { type: 'decide', by, at: dueAt, ...decision, ...doneBy });
    await reviews.does(id, { type: 'close', by, at: dueAt });
    await reviews.reviewAt(id, doneBy.dueAt + 7 * DAY_MS);
    const settled = { n: 1, outcome: 'done', text: 'since Monday' } as const;
    await reviews.does(id, { type: 'settle-decision', by, at: doneBy.dueAt + 7 * DAY_MS, ...settled });
    await reviews.handleOf(id).result();
    return reviews.handleOf(id).workflowId;
  },
} as const satisfies Readonly<Record<string, (world: LeadWorld) => Promise<string>>>;

/** The reviews of an agreement that is like the world's. */
async function begun(world: LeadWorld, name: string): Promise<LiveReviews> {
  const { terms, text, canonical } = (await world.database.versions.findVersion(world.terms.name, 1))!;
  await world.database.agreements.saveAgreement({ terms: { ...terms, name, key: `key-of-${name}` }, text, canonical });
  return LiveReviews.begun(world, at('2026-10-02', '12:00'), name);
}
