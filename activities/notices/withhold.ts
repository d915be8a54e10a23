import type { Instant } from '../../src/domain/business-time/index.js';
import type { LeadState } from '../../src/domain/lifecycle/state.js';
import { noticeKey, type Agreements, type Notice } from '../../src/domain/notices/index.js';
import { nameOfVersion, type ShadowedNotices, type WithheldNotice } from '../../src/domain/shadow/ports.js';
import { isSilent, type Shadow, type VersionRef } from '../../src/domain/shadow/shadow.js';
import type { NoticeReceipt } from '../notice-contract.js';

export interface Withholding {
  readonly notices: readonly Notice[];
  readonly state: LeadState;
  readonly agreements: Agreements;
  readonly shadows: ShadowedNotices;
  readonly now: Instant;
}

export interface Withheld {
  /** Those that may leave. */
  readonly leaving: readonly Notice[];
  /** Of a hand-off notice that was withheld: it counts as told at that instant. */
  readonly receipt: NoticeReceipt;
}

/** Sets aside, for good, what shadow keeps from leaving; what it set aside once never leaves, also after going live. */
export async function withhold(withholding: Withholding): Promise<Withheld> {
  const { notices, state, shadows, now } = withholding;
  const versions = new Map(notices.map((notice) => [notice, versionOf(notice, withholding)]));
  const look = await shadows.lookAt(state.leadId, distinct([...versions.values()]));
  const isWithheld = (notice: Notice): boolean =>
    noticeKey(notice, 'email') in look.withheldAts ||
    staysSilent(notice, look.shadows[nameOfVersion(versions.get(notice)!)]);
  const silent = notices.filter(isWithheld);
  const fresh = silent.filter((notice) => !(noticeKey(notice, 'email') in look.withheldAts));
  if (fresh.length > 0) {
    await shadows.withhold(
      state.leadId,
      fresh.map((notice) => withheldOf(notice, versions.get(notice)!)),
      now,
    );
  }
  const handOff = silent.find(({ kind }) => kind === 'hand-off');
  const at = handOff && (look.withheldAts[noticeKey(handOff, 'email')] ?? now);
  return {
    leaving: notices.filter((notice) => !silent.includes(notice)),
    receipt: handOff && at !== undefined ? { acceptedAt: at, recipient: handOff.reader, shadow: true } : {},
  };
}

/** What a tier does stands in its event; all else is asked when it is to leave. */
const staysSilent = ({ event }: Notice, shadow: Shadow | undefined): boolean =>
  event.type === 'tier-fired' ? event.shadow === true : isSilent(shadow);

/** The lead's own agreement says its version best: the same document may be several versions. */
function versionOf({ agreementKey }: Notice, { state, agreements }: Withholding): VersionRef {
  return agreementKey === state.agreement.key ? state.agreement : (agreements[agreementKey] ?? state.agreement);
}

const distinct = (versions: readonly VersionRef[]): readonly VersionRef[] => [
  ...new Map(versions.map((version) => [nameOfVersion(version), version])).values(),
];

const withheldOf = (notice: Notice, { name, version }: VersionRef): WithheldNotice => ({
  key: noticeKey(notice, 'email'),
  seq: notice.event.seq,
  kind: notice.kind,
  recipient: notice.reader,
  agreement: { name, version },
  clock: notice.clock ?? null,
  point: notice.point === undefined ? null : String(notice.point),
  at: notice.event.at,
});
