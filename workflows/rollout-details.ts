import type { RolloutProgress } from '../activities/rollout-contract.js';
import { rolloutLeadStatuses } from '../src/domain/rollout/rollout.js';

/** How far a rollout has come, as Markdown for the Temporal UI. */
export function rolloutDetails({ rollout, leftCount, expectedEndAt }: RolloutProgress): string {
  const { agreement, mode, segments, status, isSuperseded, counts, leadsPerSecond, startedBy } = rollout;
  const whose = segments.length === 0 ? 'every segment' : segments.join(', ');
  const present = rolloutLeadStatuses.filter((name) => counts[name] > 0);
  return [
    `**${agreement.name}@${agreement.version}** for running leads of ${whose}, ${mode}, started by ${startedBy}`,
    '',
    `**${status}**${isSuperseded ? ', because another version became active' : ''}, ${leftCount} left, at most ${leadsPerSecond} leads per second` +
      (expectedEndAt === null ? '' : `, expected to end ${new Date(expectedEndAt).toISOString().slice(0, 19)}Z`),
    '',
    ...(present.length === 0
      ? ['No lead yet.']
      : [
          `| ${present.join(' | ')} |`,
          `|${present.map(() => '---').join('|')}|`,
          `| ${present.map((name) => counts[name]).join(' | ')} |`,
        ]),
  ].join('\n');
}
