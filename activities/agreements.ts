import { parties, type AgreementVersion } from '../src/domain/agreement/index.js';
import {
  signersOf,
  standingOf,
  standingSignatures,
  unsignedParties,
  type VersionAct,
} from '../src/domain/agreement/life/index.js';
import type { VersionStanding } from '../src/domain/agreement/life/index.js';
import type { SigningLink, VersionStore } from '../src/domain/agreement/ports.js';
import type { DurationMs, Instant } from '../src/domain/business-time/index.js';
import type { Mail, Mailer, NoticeStore, Reader } from '../src/domain/notices/index.js';
import type { DirectoryStore } from '../src/domain/ports.js';
import type { Directory } from '../src/domain/routing/directory.js';
import type { AgreementActivities, VersionPlace } from './agreement-contract.js';
import { labelOf, overdueMail, signingRequestMail, unaskedSignerMail } from './agreements/agreement-mails.js';
import type { Unreached } from './notices/letter.js';
import { sendOnce, type Tidings } from './notices/send-once.js';

/** Where one workspace keeps what a version's life needs. */
export interface AgreementStores {
  readonly versions: VersionStore;
  readonly directory: DirectoryStore;
  readonly notices: NoticeStore;
}

export interface AgreementDeps {
  readonly storesOf: (workspace: string) => AgreementStores;
  readonly mailer: Mailer;
  readonly mailFrom: string;
  readonly opsEmail: string;
  /** A link by which its person can sign, and the hash under which it is kept; the same for the same claims. */
  readonly signingLink: (claims: SigningClaims) => { readonly href: string; readonly tokenHash: string };
  /** What the later of two documents, in their canonical form, says otherwise; one sentence each. */
  readonly changesBetween: (former: string, later: string) => readonly string[];
  /** An instant as a reader in that zone says it. */
  readonly formatLocal: (timeZone: string, at: Instant) => string;
  readonly now: () => Instant;
  /** How long a signing link works; 14 days unless said. */
  readonly linkLivesMs?: DurationMs;
}

export type SigningClaims = VersionPlace & Pick<SigningLink, 'key' | 'person' | 'submittedAt'>;

const LINK_LIVES_MS = 14 * 86_400_000;

/** The activities of a version's workflow: each may run again, and each mail leaves once. */
export const createAgreementActivities = (deps: AgreementDeps): AgreementActivities => ({
  askSigners: (place) => askSigners(deps, place),
  activateVersion: (place, at) => actByClock(deps, place, { type: 'activate', by: 'system', at }),
  markOverdue: (place, at) => actByClock(deps, place, { type: 'mark-overdue', by: 'system', at }),
  remindSigners: (place, week) => remindSigners(deps, place, week),
});

async function actByClock({ storesOf }: AgreementDeps, place: VersionPlace, act: VersionAct): Promise<VersionStanding> {
  const actor = { by: 'system', principal: 'system' };
  const outcome = await storesOf(place.workspace).versions.act(place, act, { actor });
  if (outcome.kind === 'refused') throw new Error(`${labelOf(place)}: ${outcome.refusal.code}`);
  return standingOf(place.workspace, outcome.version);
}

/** Everybody of a side that has not signed; whoever signs first signs for the side. */
async function askSigners(deps: AgreementDeps, place: VersionPlace): Promise<void> {
  const { version, directory } = await read(deps, place);
  const { status, submittedAt } = version;
  if (status !== 'in-review' || submittedAt === undefined) return;
  const signers = signersOf(version.charter, directory);
  const done = standingSignatures(version).map(({ person }) => person);
  const asked = unsignedParties(version).flatMap((party) => signers[party].filter((person) => !done.includes(person)));
  const letters = [...new Set(asked)].map((person) => requestTo(deps, place, { ...version, submittedAt }, person));
  await sendAll(deps, place, directory, await Promise.all(letters));
}

type InReview = AgreementVersion & { readonly submittedAt: Instant };

/** The link signs, so only its person gets it; it is kept before the mail leaves. */
async function requestTo(deps: AgreementDeps, place: VersionPlace, version: InReview, person: string): Promise<Letter> {
  const { key, submittedAt, name, version: number } = version;
  const { href, tokenHash } = deps.signingLink({ ...place, key, person, submittedAt });
  const expiresAt = deps.now() + (deps.linkLivesMs ?? LINK_LIVES_MS);
  const link = { name, version: number, key, person, submittedAt, tokenHash, expiresAt };
  const kept = await deps.storesOf(place.workspace).versions.keepLink(link);
  const expires = deps.formatLocal(version.charter.timeZone, kept.expiresAt);
  const changes = await changesOf(deps, place, version);
  const request = signingRequestMail({ version, signer: person, changes, link: href, expires });
  return {
    kind: 'signing-request',
    occasion: submittedAt,
    reader: person,
    contentFor: (reader, unreached) => (reader === person ? request : unaskedSignerMail(version, person, unreached)),
  };
}

/** Against the version in force; none for the first version. */
async function changesOf(deps: AgreementDeps, { workspace, name }: VersionPlace, { canonical }: AgreementVersion) {
  const { versions } = deps.storesOf(workspace);
  const active = (await versions.listVersions(name)).find(({ status }) => status === 'active');
  const former = active && (await versions.findVersion(name, active.version));
  return former && deps.changesBetween(former.canonical, canonical);
}

async function remindSigners(deps: AgreementDeps, place: VersionPlace, week: number): Promise<void> {
  const { version, directory } = await read(deps, place);
  const { status, reviewDueAt, charter } = version;
  if (status !== 'active' || reviewDueAt === undefined) return;
  const signers = signersOf(charter, directory);
  const mail = overdueMail(version, deps.formatLocal(charter.timeZone, reviewDueAt), week);
  const readers = [...new Set(parties.flatMap((party) => signers[party]))];
  const letters = readers.map((reader): Letter => ({
    kind: 'review-overdue',
    occasion: week,
    reader,
    contentFor: () => mail,
  }));
  await sendAll(deps, place, directory, letters);
}

/** One mail to one person, on an occasion of which there is one for each review or week. */
interface Letter {
  readonly kind: 'signing-request' | 'review-overdue';
  readonly occasion: number;
  readonly reader: Reader;
  readonly contentFor: (reader: Reader, unreached: readonly Unreached[]) => Pick<Mail, 'subject' | 'html' | 'text'>;
}

/**
 * Tries every letter, so that one that cannot leave now keeps none of the others.
 * @throws Error if any is worth another try
 */
async function sendAll(deps: AgreementDeps, place: VersionPlace, directory: Directory, letters: readonly Letter[]) {
  const sent = await Promise.allSettled(letters.map((letter) => send(deps, place, directory, letter)));
  const failures = sent.flatMap((one) => {
    if (one.status === 'rejected') return [String(one.reason)];
    return one.value.kind === 'held' ? ['notices are held'] : [];
  });
  if (failures.length === 0) return;
  const reasons = [...new Set(failures)].join('; ');
  throw new Error(`${failures.length} of ${letters.length} mails about ${labelOf(place)} wait: ${reasons}`);
}

const send = (deps: AgreementDeps, place: VersionPlace, directory: Directory, letter: Letter) =>
  sendOnce({
    workspace: place.workspace,
    tidings: tidingsOf(place, letter),
    directory,
    store: deps.storesOf(place.workspace).notices,
    mailer: deps.mailer,
    now: deps.now,
    mailFrom: deps.mailFrom,
    opsEmail: deps.opsEmail,
    contentFor: letter.contentFor,
  });

function tidingsOf(place: VersionPlace, { kind, occasion, reader: signer }: Letter): Tidings {
  const subject = `agreement:${labelOf(place)}`;
  return {
    leadId: subject,
    kind,
    seq: 0,
    reader: signer,
    // A manager may stand in for several of their people, and hears of each.
    keyFor: (reader) => JSON.stringify([subject, kind, occasion, signer, reader, 'email']),
    thread: ['agreement', labelOf(place)],
  };
}

async function read({ storesOf }: AgreementDeps, place: VersionPlace) {
  const { versions, directory } = storesOf(place.workspace);
  const version = await versions.findVersion(place.name, place.version);
  if (version === undefined) throw new Error(`there is no ${labelOf(place)} any more`);
  return { version, directory: await directory.read() };
}
