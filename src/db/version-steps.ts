import type { Actor, AuditAction } from '../domain/access/audit-entry.js';
import {
  decideVersion,
  evolveVersion,
  type VersionAct,
  type VersionEvent,
  type VersionRefusal,
} from '../domain/agreement/life/index.js';
import type { VersionRef } from '../domain/agreement/index.js';
import type { ActParticulars, DraftDocument, VersionOutcome } from '../domain/agreement/ports.js';
import type { VersionSummary } from '../domain/agreement/index.js';
import type { Instant } from '../domain/business-time/index.js';
import { lockAgreements, nextVersion, storeDocument, type Transaction } from './agreement-rows.js';
import { appendAuditEntry } from './audit-entries.js';
import { silence } from './shadows.js';
import { rowOf, summaryOf, viewOf, whereVersion, withCanonical } from './version-rows.js';

interface Place {
  readonly transaction: Transaction;
  readonly workspace: string;
  readonly actor: Actor;
}

export async function createDraft(
  transaction: Transaction,
  workspace: string,
  document: DraftDocument,
  actor: Actor,
  at: Instant,
): Promise<VersionSummary> {
  const { name, key } = document.terms;
  await lockAgreements(transaction, workspace);
  const version = await nextVersion(transaction, workspace, name);
  await storeDocument(transaction, workspace, { ...document, terms: { ...document.terms, version } });
  await transaction.slaDefinition.upsert({
    where: { workspace_name: { workspace, name } },
    create: { workspace, name },
    update: {},
  });
  const row = { workspace, name, version, key, status: 'draft', createdAt: new Date(at), createdBy: actor.by };
  const created = summaryOf(await transaction.slaVersion.create({ data: row, include: withCanonical }));
  await note({ transaction, workspace, actor }, 'version-drafted', undefined, created);
  return created;
}

/** Two who ask for the same at once get the same. */
export async function ensureDraft(
  transaction: Transaction,
  workspace: string,
  document: DraftDocument,
  actor: Actor,
  at: Instant,
): Promise<VersionSummary> {
  await lockAgreements(transaction, workspace);
  const { name, key } = document.terms;
  const known = await transaction.slaVersion.findFirst({
    where: { workspace, name, key, status: 'draft' },
    include: withCanonical,
    orderBy: { version: 'desc' },
  });
  return known === null ? createDraft(transaction, workspace, document, actor, at) : summaryOf(known);
}

/** Decides an act on the version as it stands under the lock, and makes what follows so. */
export async function actOnVersion(
  transaction: Transaction,
  workspace: string,
  ref: VersionRef,
  act: VersionAct,
  { actor, signers = { marketing: [], sales: [] }, document, linkHash, inShadow = false }: ActParticulars,
): Promise<VersionOutcome> {
  await lockAgreements(transaction, workspace);
  const versions = await readVersions(transaction, workspace, ref.name);
  const version = versions.find((one) => one.version === ref.version);
  if (version === undefined) return refused('unknown-version', {});
  const siblings = versions.filter((one) => one !== version);
  const decision = decideVersion(version, act, { siblings, signers });
  if (decision.kind === 'refused') return decision;
  if (linkHash !== undefined && !(await useLink(transaction, workspace, version, linkHash, act.at))) {
    return refused('link-used', {});
  }
  if (document !== undefined) await storeDocument(transaction, workspace, numbered(document, ref.version));
  if (inShadow) await silence(transaction, workspace, ref, { ...actor, at: act.at });
  const place = { transaction, workspace, actor };
  return { kind: 'done', version: await followAll(place, version, decision.events, siblings) };
}

const refused = (code: VersionRefusal['code'], detail: VersionRefusal['detail']): VersionOutcome => ({
  kind: 'refused',
  refusal: { code, detail },
});

const numbered = (document: DraftDocument, version: number): DraftDocument => ({
  ...document,
  terms: { ...document.terms, version },
});

async function readVersions(transaction: Transaction, workspace: string, name: string) {
  const rows = await transaction.slaVersion.findMany({ where: { workspace, name }, include: withCanonical });
  return rows.map(summaryOf);
}

/** Whether the link was still to be used, for the review that goes on; it is used by asking. */
async function useLink(
  transaction: Transaction,
  workspace: string,
  { submittedAt }: VersionSummary,
  tokenHash: string,
  at: Instant,
): Promise<boolean> {
  const now = new Date(at);
  const review = new Date(submittedAt ?? 0);
  const { count } = await transaction.signingLink.updateMany({
    where: { workspace, tokenHash, usedAt: null, submittedAt: review, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  return count === 1;
}

async function followAll(
  place: Place,
  version: VersionSummary,
  events: readonly VersionEvent[],
  siblings: readonly VersionSummary[],
): Promise<VersionSummary> {
  let present = version;
  for (const event of events) present = await follow(place, present, event, siblings);
  return present;
}

const auditActionOf = {
  edited: 'version-edited',
  submitted: 'version-submitted',
  commented: 'version-commented',
  signed: 'version-signed',
  'returned-to-draft': 'version-returned',
  published: 'version-published',
  activated: 'version-activated',
  superseded: 'version-superseded',
  'became-overdue': 'version-overdue',
} as const satisfies Record<VersionEvent['type'], AuditAction>;

/** One event: the version's row, what hangs on it, and the entry that says so. */
async function follow(
  place: Place,
  before: VersionSummary,
  event: VersionEvent,
  siblings: readonly VersionSummary[],
): Promise<VersionSummary> {
  const after = evolveVersion(before, event);
  if (event.type === 'activated') await takeOver(place, after, event, siblings);
  await saveVersion(place, after);
  await saveParticulars(place, after, event);
  const comment = event.type === 'commented' ? event.text : undefined;
  await note(place, auditActionOf[event.type], before, after, comment);
  return after;
}

async function saveVersion({ transaction, workspace }: Place, version: VersionSummary): Promise<void> {
  await transaction.slaVersion.update({ where: whereVersion(workspace, version), data: rowOf(version) });
}

/** What stands in tables of its own. */
async function saveParticulars({ transaction, workspace }: Place, version: VersionSummary, event: VersionEvent) {
  const of = { workspace, name: version.name, version: version.version };
  if (event.type === 'commented') {
    const { by, text, at } = event;
    await transaction.versionComment.create({ data: { ...of, key: version.key, by, text, at: new Date(at) } });
  }
  if (event.type === 'signed') {
    const { party, person, at } = event;
    await transaction.signature.create({ data: { ...of, party, person, key: version.key, signedAt: new Date(at) } });
  }
  if (event.type === 'returned-to-draft') {
    const withdrawnAt = new Date(event.at);
    await transaction.signature.updateMany({ where: { ...of, withdrawnAt: null }, data: { withdrawnAt } });
  }
}

/** The version before ends where this one begins; the first one ever is what hand-offs follow by default. */
async function takeOver(
  place: Place,
  { name, version }: VersionSummary,
  { at }: VersionEvent,
  siblings: readonly VersionSummary[],
) {
  const { transaction, workspace } = place;
  const active = siblings.find(({ status }) => status === 'active');
  if (active !== undefined) await follow(place, active, { type: 'superseded', at }, []);
  const hasDefault = (await transaction.slaDefinition.count({ where: { workspace, isDefault: true } })) > 0;
  await transaction.slaDefinition.update({
    where: { workspace_name: { workspace, name } },
    data: { activeVersion: version, ...(!hasDefault && { isDefault: true }) },
  });
}

async function note(
  { transaction, workspace, actor }: Place,
  action: AuditAction,
  before: VersionSummary | undefined,
  after: VersionSummary,
  comment?: string,
): Promise<void> {
  await appendAuditEntry(transaction, workspace, {
    ...actor,
    action,
    subject: `agreement:${after.name}@${after.version}`,
    before: before === undefined ? null : viewOf(before),
    after: { ...viewOf(after), ...(comment !== undefined && { comment }) },
  });
}
