import type { AgreementTerms } from '../src/domain/agreement/index.js';
import { findGaps, type AuditedLead, type Gap } from '../src/domain/audit/gaps.js';
import type { AuditReader, Heartbeat, Reminder, Repair } from '../src/domain/audit/ports.js';
import type { DurationMs, Instant } from '../src/domain/business-time/index.js';
import type { LeadEvent } from '../src/domain/lifecycle/events.js';
import { OPS, type Mailer, type NoticeStore } from '../src/domain/notices/index.js';
import type { DirectoryStore } from '../src/domain/ports.js';
import type { LeadInput } from '../workflows/messages.js';
import type { AuditorActivities, AuditTally, MendedGap } from './auditing-contract.js';
import { auditMessageId, opsMailOf } from './auditing/ops-mail.js';
import { restartInputOf } from './auditing/restart-input.js';

/** Where one workspace keeps what an audit compares. */
export interface AuditStores {
  readonly audits: AuditReader;
  readonly directory: DirectoryStore;
  readonly agreements: { findTerms(key: string): Promise<AgreementTerms | undefined> };
  readonly notices: NoticeStore;
}

export interface AuditingDeps {
  readonly storesOf: (workspace: string) => AuditStores;
  /** Reminds a lead's workflow; one that does not run is begun from `restart`. */
  readonly remind: (leadId: string, reminder: Reminder, restart: () => Promise<LeadInput>) => Promise<Repair>;
  readonly mailer: Mailer;
  readonly opsEmail: string;
  readonly heartbeat: Heartbeat;
  readonly now: () => Instant;
  readonly graceMs?: DurationMs;
  readonly pageSize?: number;
}

/** A worker that is busy gets to what is due within seconds; notices are tried anew for a while first. */
const GRACE_MS = 3 * 60_000;
const PAGE_SIZE = 200;
const DAY_MS = 86_400_000;

/** The activities of the auditor: each may run again, a lead is reminded twice at worst. */
export const createAuditing = (deps: AuditingDeps): AuditorActivities => ({
  auditPage: async ({ workspace, after }) => {
    const size = deps.pageSize ?? PAGE_SIZE;
    const leads = await deps.storesOf(workspace).audits.page(after, size);
    const next = leads.length < size ? undefined : leads.at(-1)?.leadId;
    const gaps = await mendAll(deps, workspace, leads);
    return { tally: tallyOf(leads.length, gaps), ...(next !== undefined && { next }) };
  },
  reportAudit: async (workspace, tally) => {
    await tellOps(deps, workspace, tally);
    const { gaps: _told, ...counts } = tally;
    await deps.heartbeat.beat({ workspace, ...counts }, deps.now());
  },
});

async function mendAll(deps: AuditingDeps, workspace: string, leads: readonly AuditedLead[]) {
  const { now, graceMs = GRACE_MS } = deps;
  const directory = await deps.storesOf(workspace).directory.read();
  const mended: MendedGap[] = [];
  for (const lead of leads) {
    const gaps = findGaps(lead, { now: now(), graceMs, directory });
    if (gaps.length > 0) mended.push(...(await mend(deps, workspace, lead, gaps)));
  }
  return mended;
}

/** One reminder mends all gaps of a lead; what stands in its way is told, and keeps no other lead from being mended. */
async function mend(deps: AuditingDeps, workspace: string, lead: AuditedLead, gaps: readonly Gap[]) {
  const unsent = gaps.flatMap(({ event }): LeadEvent[] => (event === undefined ? [] : [event]));
  const { findTerms } = deps.storesOf(workspace).agreements;
  try {
    const restart = () => restartInputOf(workspace, lead.story, unsent, findTerms);
    const repair = await deps.remind(lead.leadId, { unsent }, restart);
    return gaps.map((gap) => mendedGap(gap, repair));
  } catch (error) {
    return gaps.map((gap) => mendedGap(gap, 'failed', error instanceof Error ? error.message : String(error)));
  }
}

const mendedGap = ({ event: _event, ...gap }: Gap, repair: MendedGap['repair'], reason?: string): MendedGap => ({
  ...gap,
  repair,
  ...(reason !== undefined && { reason }),
});

function tallyOf(leadCount: number, gaps: readonly MendedGap[]): AuditTally {
  const countOf = (repair: MendedGap['repair']) =>
    new Set(gaps.filter((gap) => gap.repair === repair).map(({ leadId }) => leadId)).size;
  return {
    leadCount,
    gapCount: gaps.length,
    nudgedCount: countOf('nudged'),
    restartedCount: countOf('restarted'),
    failedCount: countOf('failed'),
    gaps,
  };
}

/** One mail with every gap that ops have not been told of today. */
async function tellOps(deps: AuditingDeps, workspace: string, tally: AuditTally): Promise<void> {
  const { notices } = deps.storesOf(workspace);
  const news: { readonly key: string; readonly gap: MendedGap }[] = [];
  for (const gap of tally.gaps) {
    const key = keyOf(gap, deps.now());
    const { standing } = await notices.claim(claimOf(gap, key, deps.opsEmail));
    if (standing === 'claimed' || standing === 'claimed-earlier') news.push({ key, gap });
  }
  const [first] = news;
  if (first === undefined) return;
  const told = news.map(({ gap }) => gap);
  const outcome = await deps.mailer.send(opsMailOf(tally, told, deps.opsEmail, first.key));
  if (outcome.kind === 'refused') throw new Error(`${outcome.reason}: mend HANDOFF_OPS_EMAIL`);
  for (const { key } of news) await notices.markSent(key, deps.now());
}

const keyOf = ({ leadId, kind, what, since }: MendedGap, now: Instant): string =>
  JSON.stringify([leadId, 'audit', kind, what, since, Math.floor(now / DAY_MS)]);

const claimOf = ({ leadId }: MendedGap, key: string, address: string) => ({
  key,
  leadId,
  kind: 'audit',
  seq: 0,
  recipient: OPS,
  channel: 'email' as const,
  address,
  messageId: auditMessageId(key),
});
