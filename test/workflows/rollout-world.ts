import { randomUUID } from 'node:crypto';
import { answerFromCalendar, calendarKeys } from '../../src/bin/calendar-ports.js';
import { canonicalJson, changeAgreement, type AgreementDocument, type Lines } from '../../src/documents/index.js';
import type { AgreementTerms } from '../../src/domain/agreement/index.js';
import type { RolloutMode } from '../../src/domain/lifecycle/commands.js';
import type { LeadEvent } from '../../src/domain/lifecycle/events.js';
import { foldLead } from '../../src/domain/lifecycle/evolve.js';
import { previewLead, type LeadPreview, type VersionChange } from '../../src/domain/preview/preview-lead.js';
import type { RolloutLead, RolloutToStart } from '../../src/domain/rollout/ports.js';
import type { Rollout, RolloutOrder, RolloutStatus } from '../../src/domain/rollout/rollout.js';
import { until, type LeadWorld, type LiveLead } from './lead-world.js';

/** Makes the world's agreement, with lines of it set, its next active version. */
export async function nextVersion(world: LeadWorld, set: Lines): Promise<AgreementTerms> {
  const active = await world.database.agreements.findActive();
  const document = (await world.database.agreements.findDocument(active!.key)) as AgreementDocument;
  const changed = changeAgreement(document, set, calendarKeys, { at: Date.now() });
  if (changed.document === undefined) throw new Error(changed.mistakes.join('\n'));
  const { document: result, terms } = changed;
  const text = JSON.stringify(result);
  return (await world.database.agreements.saveAgreement({ terms, text, canonical: canonicalJson(result) })).terms;
}

export const toStart = (
  { key, name, version }: AgreementTerms,
  mode: RolloutMode,
  differences: Partial<RolloutToStart> = {},
): RolloutToStart => ({
  id: `ro_${randomUUID()}`,
  agreement: { key, name, version },
  mode,
  segments: [],
  leadsPerSecond: 1_000,
  startedAt: Date.now(),
  ...differences,
});

export const ops = { by: 'sales-ops', principal: 'key:k_ops' };

/** Returns when a promise of one second, made at the lead's hand-off, would be over. */
export async function untilASecondOld(lead: LiveLead): Promise<void> {
  const { handedOffAt } = await lead.state();
  await until('the lead is a second old', () => Date.now() > handedOffAt + 1_000 || undefined);
}

/** Starts a rollout as the API does. */
export async function startRollout(world: LeadWorld, rollout: RolloutToStart): Promise<string> {
  const started = await world.database.rollouts.start(rollout, ops);
  if (started.kind !== 'started') throw new Error(`the rollout is ${started.kind}`);
  await world.rollouts.nudge(rollout.id);
  return rollout.id;
}

export async function order(world: LeadWorld, id: string, what: RolloutOrder): Promise<void> {
  const { kind } = await world.database.rollouts.order(id, what, ops, Date.now());
  if (kind !== 'ordered') throw new Error(`${what} is ${kind}`);
  await world.rollouts.nudge(id);
}

export const untilStatus = (world: LeadWorld, id: string, status: RolloutStatus): Promise<Rollout> =>
  until(
    `the rollout is ${status}`,
    async () => {
      const rollout = await world.database.rollouts.find(id);
      return rollout?.status === status ? rollout : undefined;
    },
    60_000,
  );

export async function leadOf(world: LeadWorld, id: string, { id: leadId }: LiveLead): Promise<RolloutLead> {
  const leads = await world.database.rollouts.leads(id, undefined, undefined, 1_000);
  const lead = leads.find((one) => one.leadId === leadId);
  if (!lead) throw new Error(`${leadId} is no lead of the rollout`);
  return lead;
}

const isOfRollout = ({ commandId }: LeadEvent): boolean => commandId?.startsWith('rollout_') ?? false;

/** The lead's ledger before its turn in the rollout, and what came of the turn by the end of its instant. */
export function turnIn(events: readonly LeadEvent[]): { before: readonly LeadEvent[]; came: readonly LeadEvent[] } {
  const first = events.findIndex(isOfRollout);
  if (first < 0) throw new Error('the lead has had no turn');
  const { at } = events[first]!;
  return { before: events.slice(0, first), came: events.slice(first).filter((event) => event.at === at) };
}

/** What a preview would have said of the lead as its ledger was, by whom the directory has named since. */
export async function previewBefore(world: LeadWorld, lead: LiveLead, change: VersionChange): Promise<LeadPreview> {
  return previewOf(world, lead, turnIn(await lead.events()).before, change);
}

/** What a preview says of the lead as it is. */
export const previewNow = async (world: LeadWorld, lead: LiveLead, change: VersionChange): Promise<LeadPreview> =>
  previewOf(world, lead, await lead.events(), change);

async function previewOf(
  world: LeadWorld,
  lead: LiveLead,
  before: readonly LeadEvent[],
  change: VersionChange,
): Promise<LeadPreview> {
  const state = foldLead(before);
  const keys = [state.agreement.key, ...state.clocks.flatMap(({ terms }) => terms.map(({ agreement }) => agreement))];
  const terms = await Promise.all([...new Set(keys)].map((key) => world.database.agreements.findTerms(key)));
  const agreements = Object.fromEntries(terms.map((one) => [one!.key, one!]));
  const answered = world.answered.get(lead.id) ?? [];
  return previewLead({ story: before, agreements }, change, (question) => {
    if (question.kind === 'windows' || question.kind === 'date-start') return answerFromCalendar(question);
    const known = answered.find(({ key }) => key === question.key);
    if (!known) throw new Error(`nobody was asked ${question.key}`);
    return known.answer;
  });
}
