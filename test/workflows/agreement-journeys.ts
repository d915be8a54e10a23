import { calendarKeys } from '../../src/bin/calendar-ports.js';
import { canonicalJson, changeAgreement, type AgreementDocument } from '../../src/documents/index.js';
import type { CorrectionStatus, CorrectionToMake } from '../../src/domain/correction/index.js';
import { correctionWorkflowId, rolloutWorkflowId, slaRolloutType } from '../../workflows/messages.js';
import { DAY_MS, until, type LeadWorld } from './lead-world.js';
import { LiveVersion } from './live-version.js';
import type { AgreementJourneyName } from './recorded.js';
import { reviewJourneys } from './review-journeys.js';
import { nextVersion, ops, order, startRollout, toStart, untilStatus } from './rollout-world.js';

/** What a version, a rollout or a review may live through; returns the id of its workflow. */
type AgreementJourney = (world: LeadWorld) => Promise<string>;

export const agreementJourneys: Readonly<Record<AgreementJourneyName, AgreementJourney>> = {
  'version-in-force-until-superseded': async (world) => {
    const version = await LiveVersion.drafted(world, 'recorded-in-force');
    const at = await version.published({ effectiveInMs: 30 * DAY_MS, reviewInMs: 90 * DAY_MS, hasMail: true });
    await version.clock.advanceTo(at + 30 * DAY_MS);
    await version.untilItIs('active');
    for (const week of [0, 1]) {
      await version.clock.advanceTo(at + (90 + 7 * week) * DAY_MS + 1_000);
      await until(`week ${week} is told`, () => version.mails(/Overdue/).length === 2 * (week + 1));
    }
    await version.superseded();
    await world.client.workflow.getHandle(version.workflowId).result();
    return version.workflowId;
  },
  'version-withdrawn-before-its-day': async (world) => {
    const version = await LiveVersion.drafted(world, 'recorded-withdrawn');
    await version.published({ effectiveInMs: DAY_MS, reviewInMs: 2 * DAY_MS });
    await version.does({ type: 'withdraw', by: 'head-of-sales', at: Date.now() });
    await world.client.workflow.getHandle(version.workflowId).result();
    return version.workflowId;
  },
  'rollout-paused-and-taken-back': async (world) => {
    await handOff(world, 3);
    const agreement = await nextVersion(world, { 'clocks.disposition.within': '91h' });
    const id = await startRollout(world, toStart(agreement, 'recompute', { leadsPerSecond: 1 }));
    await order(world, id, 'pause');
    await untilStatus(world, id, 'paused');
    await order(world, id, 'resume');
    await untilStatus(world, id, 'done');
    await untilEnded(world, id);
    await order(world, id, 'revert');
    await untilStatus(world, id, 'reverted');
    await untilEnded(world, id);
    return rolloutWorkflowId(id);
  },
  'rollout-in-several-runs': async (world) => {
    await handOff(world, 3);
    const agreement = await nextVersion(world, { 'clocks.disposition.within': '92h' });
    const rollout = toStart(agreement, 'keep', { leadsPerSecond: 1 });
    await world.database.rollouts.start(rollout, ops);
    await world.client.workflow.execute(slaRolloutType, {
      workflowId: rolloutWorkflowId(rollout.id),
      taskQueue: world.taskQueue,
      args: [{ workspace: 'default', rolloutId: rollout.id, batchesPerRun: 2 }],
    });
    return rolloutWorkflowId(rollout.id);
  },
  'correction-listed-and-approved': async (world) => {
    await handOff(world, 2);
    const id = 'co_recorded';
    const made = await world.database.corrections.make({ ...(await forgottenToday(world)), id }, ops);
    if (made.kind !== 'made') throw new Error(`the correction is ${made.kind}`);
    await world.corrections.nudge(id);
    await untilCorrected(world, id, 'draft');
    const head = { by: 'vp-sales', principal: 'key:k_vp' };
    await world.database.corrections.order(id, 'approve', head, Date.now());
    await world.corrections.nudge(id);
    await untilCorrected(world, id, 'done');
    return correctionWorkflowId(id);
  },
  ...reviewJourneys,
};

/** As the API makes it of a day on which everybody forgot to close. */
async function forgottenToday({ terms, database }: LeadWorld): Promise<Omit<CorrectionToMake, 'id'>> {
  const today = new Date().toISOString().slice(0, 10);
  const document = (await database.agreements.findDocument(terms.key)) as AgreementDocument;
  const set = { [`calendars.sales-us-east.exceptions.${today}`]: [] };
  const changed = changeAgreement(document, set, calendarKeys, { at: Date.now(), version: terms.version });
  if (changed.document === undefined) throw new Error(changed.mistakes.join('\n'));
  const text = JSON.stringify(changed.document);
  await database.agreements.saveDocument({ terms: changed.terms, text, canonical: canonicalJson(changed.document) });
  const days = { [today]: [] };
  return {
    subject: { agreement: terms.name, versions: [terms.version], calendar: 'sales-us-east', days },
    reason: 'a forgotten holiday',
    termsInstead: { [terms.key]: changed.terms.key },
    coversFrom: Date.parse(today),
    coversUntil: Date.parse(today) + 2 * DAY_MS,
    createdAt: Date.now(),
  };
}

/** And its workflow's run has ended. */
const untilCorrected = (world: LeadWorld, id: string, status: CorrectionStatus) =>
  until(`the correction is ${status}`, async () => {
    const correction = await world.database.corrections.find(id);
    if (correction?.status !== status) return undefined;
    const { status: run } = await world.client.workflow.getHandle(correctionWorkflowId(id)).describe();
    return run.name === 'COMPLETED' || undefined;
  });

async function handOff(world: LeadWorld, count: number): Promise<void> {
  for (let made = 0; made < count; made += 1) await (await world.handOff()).untilRecorded('notified');
}

const untilEnded = (world: LeadWorld, id: string) =>
  until('its workflow has ended', async () => {
    const { status } = await world.client.workflow.getHandle(rolloutWorkflowId(id)).describe();
    return status.name === 'COMPLETED' || undefined;
  });
