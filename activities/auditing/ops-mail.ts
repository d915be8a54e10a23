import { createHash } from 'node:crypto';
import { markup, type Mail } from '../../src/domain/notices/index.js';
import type { AuditTally, MendedGap } from '../auditing-contract.js';

/** What ops read of an audit that found something they have not been told today. */
export function opsMailOf(tally: AuditTally, told: readonly MendedGap[], to: string, key: string): Mail {
  const lines = told.map(lineOf);
  const opening = openingOf(tally);
  const advice =
    'What was restarted or reminded needs nobody, unless it is told again tomorrow; for what failed, mend the reason. ' +
    'handoff lead show ID shows a lead, handoff ledger verify compares all of them.';
  return {
    to,
    subject: `Auditor: ${tally.gapCount === 1 ? '1 gap' : `${tally.gapCount} gaps`} in ${tally.leadCount} leads`,
    text: [opening, '', ...lines.map((line) => `- ${line}`), '', advice, ''].join('\n'),
    html: markup`<p>${opening}</p><ul>${lines.map((line) => markup`<li>${line}</li>`)}</ul><p>${advice}</p>`.html,
    messageId: auditMessageId(key),
    threadId: '<audit@handoff.invalid>',
  };
}

/** The same for every attempt at one mail. */
export const auditMessageId = (key: string): string =>
  `<audit.${createHash('sha256').update(key).digest('hex').slice(0, 32)}@handoff.invalid>`;

const openingOf = ({ leadCount, gapCount, nudgedCount, restartedCount, failedCount }: AuditTally): string =>
  `${leadCount} leads were compared with what was recorded and sent; ${gapCount} things were missing. ` +
  `Workflows reminded: ${nudgedCount}, restarted: ${restartedCount}; repairs that failed: ${failedCount}.`;

const repairWords = { nudged: 'its workflow was reminded', restarted: 'its workflow was restarted', failed: 'failed' };

const kindWords = {
  'missed-due': 'did not happen',
  'unsent-notice': 'was told to nobody',
  'undelivered-command': 'was not delivered',
} as const;

const lineOf = ({ kind, leadId, what, since, repair, reason }: MendedGap): string =>
  `${leadId}: ${what} ${kindWords[kind]}, since ${new Date(since).toISOString()}: ${repairWords[repair]}` +
  `${reason === undefined ? '' : ` (${reason})`}`;
