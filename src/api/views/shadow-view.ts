import type { AgreementVersion } from '../../domain/agreement/index.js';
import type { PlacedNotice, ShadowRecord, WithheldOverview } from '../../domain/shadow/ports.js';
import { iso } from './iso.js';

/** How silent a version is, and what that has withheld so far. */
export const shadowView = (
  { name, version, status, terms }: AgreementVersion,
  record: ShadowRecord | undefined,
  withheld: WithheldOverview,
) => ({
  agreement: name,
  version,
  status,
  ladders: Object.keys(terms.ladders),
  shadow: record === undefined ? null : { ...record.shadow, since: iso(record.since), by: record.by },
  withheld,
});

/** One notice that would have gone out: who would have heard of what, and when. */
export const withheldView = ({ leadId, seq, kind, recipient, clock, point, at, withheldAt }: PlacedNotice) => ({
  leadId,
  seq,
  kind,
  recipient,
  clock,
  point,
  at: iso(at),
  withheldAt: iso(withheldAt),
});
