import type { AgreementTerms } from '../src/domain/agreement/index.js';
import type { Instant } from '../src/domain/business-time/index.js';
import type { NextStep, StepGuide } from '../src/domain/cadence/index.js';
import { foldLead } from '../src/domain/lifecycle/evolve.js';
import type { LeadEvent } from '../src/domain/lifecycle/events.js';
import type { LeadState } from '../src/domain/lifecycle/state.js';
import {
  briefingOf,
  eventsCausingNotices,
  newsOf,
  noticeKey,
  noticesOf,
  termsKeysOf,
  timeZoneOf,
  type Agreements,
  type HeldNotices,
  type Mailer,
  type Notice,
  type NoticeStore,
  type Reader,
} from '../src/domain/notices/index.js';
import type { AgreementStore, DirectoryStore, LeadLedger } from '../src/domain/ports.js';
import type { Directory } from '../src/domain/routing/directory.js';
import type { ShadowedNotices } from '../src/domain/shadow/ports.js';
import type { DeliverNotices, NoticeReceipt, NoticeRequest } from './notice-contract.js';
import { composeMail } from './notices/compose-mail.js';
import type { Unreached } from './notices/letter.js';
import { sendOnce, type Delivery, type Tidings } from './notices/send-once.js';
import { withhold } from './notices/withhold.js';

/** Where one workspace keeps what a notice needs to know. */
export interface NoticeStores {
  readonly ledger: Pick<LeadLedger, 'read'>;
  readonly agreements: Pick<AgreementStore, 'findTerms'>;
  readonly directory: DirectoryStore;
  readonly notices: NoticeStore;
  readonly noticeHolds: HeldNotices;
  readonly shadows: ShadowedNotices;
}

/** What a link in a notice lets its reader see, and until when. */
export interface LeadLink {
  readonly workspace: string;
  readonly leadId: string;
  readonly reader: Reader;
  readonly expiresAt: Instant;
}

export interface NoticeDeps {
  readonly storesOf: (workspace: string) => NoticeStores;
  /** The owner's next step and its day; without it, notices name the step alone. */
  readonly guideOf?: (workspace: string) => StepGuide;
  readonly mailer: Mailer;
  /** The address of the lead's page, signed. */
  readonly linkTo: (link: LeadLink) => string;
  /** An instant as a reader in that zone says it. */
  readonly formatLocal: (timeZone: string, at: Instant) => string;
  readonly now: () => Instant;
  /** The sender of all notices, `Handoff <handoff@example.com>`; its domain makes the message ids. */
  readonly mailFrom: string;
  readonly opsEmail: string;
  /** How long a link works; 14 days unless said. */
  readonly linkLivesMs?: number;
}

/**
 * No mail is begun later than this after the activity was: with the mailer's own limit it ends within a minute, before
 * another attempt can begin beside it.
 */
const BEGIN_WITHIN_MS = 10_000;
const LINK_LIVES_MS = 14 * 24 * 60 * 60 * 1000;

/** The activity that makes people hear of a lead: each notice once, ever, whoever asks how often. */
export const createNotices = (deps: NoticeDeps): { deliverNotices: DeliverNotices } => ({
  deliverNotices: async (request) => {
    const telling = await prepare(deps, request);
    const { leaving, receipt } = await withhold({ ...telling, now: deps.now() });
    return { ...receipt, ...(await deliverInTurn(deps, { ...telling, notices: leaving })) };
  },
});

/** A lead as its notices show it, and who is to hear of it. */
interface Telling {
  readonly request: NoticeRequest;
  readonly notices: readonly Notice[];
  readonly state: LeadState;
  readonly agreements: Agreements;
  readonly terms: AgreementTerms;
  readonly directory: Directory;
  readonly next: NextStep | undefined;
  readonly store: NoticeStore;
  readonly holds: HeldNotices;
  readonly shadows: ShadowedNotices;
}

async function prepare({ storesOf, guideOf }: NoticeDeps, request: NoticeRequest): Promise<Telling> {
  const { ledger, agreements: store, directory: people, ...stores } = storesOf(request.workspace);
  const events = await readUpTo(ledger, request);
  const directory = await people.read();
  const state = foldLead(events);
  const agreements = await findAgreements(store, state);
  const terms = agreements[state.agreement.key];
  if (!terms) throw new Error(`lead ${request.leadId}: agreement ${state.agreement.key} is not stored; save it again`);
  return {
    request,
    notices: askedFor(request, events, directory),
    state,
    agreements,
    terms,
    directory,
    // As of the lead's own time, so that every attempt says the same.
    next: await guideOf?.(request.workspace).stepOf(state, state.appliedAt),
    store: stores.notices,
    holds: stores.noticeHolds,
    shadows: stores.shadows,
  };
}

/** The ledger up to the sequence as of which the lead is shown: the same for every attempt. */
async function readUpTo(ledger: Pick<LeadLedger, 'read'>, { leadId, stateSeq }: NoticeRequest) {
  const events = (await ledger.read(leadId)).filter(({ seq }) => seq <= stateSeq);
  if (events.at(-1)?.seq === stateSeq) return events;
  throw new Error(
    `lead ${leadId}: its ledger ends at ${events.length}, before ${stateSeq}; notices wait for their events`,
  );
}

function askedFor(request: NoticeRequest, events: readonly LeadEvent[], directory: Directory): readonly Notice[] {
  const asked = new Set(request.events.map(({ seq }) => seq));
  return eventsCausingNotices(events)
    .filter(({ seq }) => asked.has(seq))
    .flatMap((event) => noticesOf(event, foldLead(events.slice(0, event.seq)), directory));
}

async function findAgreements(store: Pick<AgreementStore, 'findTerms'>, state: LeadState): Promise<Agreements> {
  const found = await Promise.all(termsKeysOf(state).map(async (key) => [key, await store.findTerms(key)] as const));
  return Object.fromEntries(found.flatMap(([key, terms]) => (terms ? [[key, terms]] : [])));
}

/** Sends what may leave; while notices are held, or others of the lead wait for their turn, all of it waits. */
async function deliverInTurn(deps: NoticeDeps, telling: Telling): Promise<NoticeReceipt> {
  const { holds, request } = telling;
  const { leadId } = request;
  const seqs = request.events.map(({ seq }) => seq);
  const { isHeld, waitingSeqs } = await holds.lookAt(leadId);
  if (isHeld || waitingSeqs.some((seq) => !seqs.includes(seq))) {
    await keepAll(telling, telling.notices);
    return {};
  }
  const { receipt, held } = await deliverAll(deps, telling);
  const heldSeqs = held.map(({ event }) => event.seq);
  if (waitingSeqs.length > 0)
    await holds.letGo(
      leadId,
      seqs.filter((seq) => !heldSeqs.includes(seq)),
    );
  return receipt;
}

const keepAll = ({ holds, request }: Telling, notices: readonly Notice[]): Promise<void> =>
  holds.keep(
    request.leadId,
    notices.map((notice) => ({
      key: noticeKey(notice, 'email'),
      seq: notice.event.seq,
      kind: notice.kind,
      recipient: notice.reader,
    })),
  );

/**
 * Tries every notice, so that one that cannot leave now keeps none of the others; then says which are still to go.
 * Those that a hold has caught midway are kept for its end.
 * @throws Error if any is worth another try
 */
async function deliverAll(deps: NoticeDeps, telling: Telling) {
  let receipt: NoticeReceipt = {};
  const failures: Error[] = [];
  const held: Notice[] = [];
  const startedAt = deps.now();
  for (const notice of telling.notices) {
    try {
      if (deps.now() - startedAt > BEGIN_WITHIN_MS) throw new Error('the mail server is slow, the rest goes next time');
      const delivery = await deliverOne(deps, telling, notice);
      if (delivery.kind === 'held') held.push(notice);
      else if (notice.kind === 'hand-off') receipt = { acceptedAt: delivery.acceptedAt, recipient: delivery.reader };
    } catch (error) {
      failures.push(error as Error);
    }
  }
  if (held.length > 0) await keepAll(telling, held);
  requireNone(failures, telling);
  return { receipt, held };
}

function requireNone(failures: readonly Error[], { notices, state }: Telling): void {
  if (failures.length === 0) return;
  const reasons = [...new Set(failures.map(({ message }) => message))].join('; ');
  throw new Error(`${failures.length} of ${notices.length} notices of lead ${state.leadId} wait: ${reasons}`);
}

const deliverOne = (deps: NoticeDeps, telling: Telling, notice: Notice): Promise<Delivery> =>
  sendOnce({
    workspace: telling.request.workspace,
    tidings: tidingsOf(notice),
    directory: telling.directory,
    store: telling.store,
    mailer: deps.mailer,
    now: deps.now,
    mailFrom: deps.mailFrom,
    opsEmail: deps.opsEmail,
    contentFor: (reader, unreached) => contentOf(deps, telling, notice, reader, unreached),
  });

const tidingsOf = (notice: Notice): Tidings => ({
  leadId: notice.leadId,
  kind: notice.kind,
  seq: notice.event.seq,
  reader: notice.reader,
  keyFor: (reader) => noticeKey({ ...notice, reader }, 'email'),
  thread: ['lead', notice.leadId],
});

/** The mail as that reader gets it: instants in their zone, the link in their name. */
function contentOf(
  { formatLocal, linkTo, now, linkLivesMs = LINK_LIVES_MS }: NoticeDeps,
  { request, state, agreements, terms, directory, next }: Telling,
  notice: Notice,
  reader: Reader,
  unreached: readonly Unreached[],
) {
  const timeZone = timeZoneOf(reader, directory, terms);
  const say = (at: Instant): string => formatLocal(timeZone, at);
  const expiresAt = now() + linkLivesMs;
  const { workspace, leadId } = request;
  return composeMail({
    news: newsOf({ notice, state, agreements, say }),
    briefing: briefingOf(state, agreements, next),
    say,
    link: linkTo({ workspace, leadId, reader, expiresAt }),
    linkExpiresAt: expiresAt,
    reader,
    unreached,
  });
}
