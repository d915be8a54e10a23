import { rolloutLeadStatuses, type RolloutCounts, type RolloutStatus } from '../../domain/rollout/rollout.js';
import { table } from '../table.js';

/** What the API says of a rollout. */
export interface RolloutView {
  readonly rolloutId: string;
  readonly agreement: string;
  readonly version: number;
  readonly mode: string;
  readonly segments: readonly string[] | null;
  readonly leadsPerSecond: number;
  readonly status: RolloutStatus;
  readonly because?: string;
  readonly startedBy: string;
  readonly startedAt: string;
  readonly leadCount: number;
  readonly leftCount: number;
  readonly counts: RolloutCounts;
  readonly expectedEndAt: string | null;
  readonly takes: readonly string[];
}

export interface RolloutLeadView {
  readonly leadId: string;
  readonly status: string;
  readonly appliedAt: string | null;
  readonly code: string | null;
  readonly detail: Readonly<Record<string, unknown>> | null;
}

const WIDTH = 30;

/** How far it has come, on one line: what is left of the leads that it was to reach, in its present direction. */
export function barOf(rollout: RolloutView): string {
  const share = shareDone(rollout);
  const filled = Math.round(share * WIDTH);
  return `[${'#'.repeat(filled)}${'-'.repeat(WIDTH - filled)}] ${Math.floor(share * 100)} %, ${progressText(rollout)}`;
}

export function progressText(rollout: RolloutView): string {
  const { status, leadCount, leftCount, expectedEndAt, counts } = rollout;
  const odd = rolloutLeadStatuses.filter((name) => oddStatuses.includes(name) && counts[name] > 0);
  return [
    `${status}: ${leftCount} of ${leadCount} leads left`,
    ...odd.map((name) => `${counts[name]} ${name}`),
    ...(expectedEndAt === null ? [] : [`expected to end ${expectedEndAt.slice(0, 19)}Z`]),
  ].join(', ');
}

const oddStatuses: readonly string[] = ['refused', 'failed', 'acted-on', 'revert-failed'];

const shareDone = ({ leadCount, leftCount }: RolloutView): number =>
  leadCount === 0 ? 0 : (leadCount - leftCount) / leadCount;

/** All that can be said of a rollout in a few lines. */
export function rolloutLines(rollout: RolloutView): readonly string[] {
  const { rolloutId, agreement, version, mode, segments, status, because, counts, takes } = rollout;
  const whose = segments === null ? 'every segment' : segments.join(', ');
  const present = rolloutLeadStatuses.filter((name) => counts[name] > 0);
  return [
    `${rolloutId}: ${agreement}@${version}, ${mode}, ${whose}, started by ${rollout.startedBy} ${rollout.startedAt}`,
    `  ${progressText(rollout)}${because === undefined ? '' : `, because ${because}`}`,
    ...(present.length === 0 ? [] : table(present.map((name) => [name, String(counts[name])]))),
    ...(takes.length === 0 ? [] : [`  takes ${takes.join(', ')}`]),
    ...(status === 'done' && hasOdd(counts) ? [`  why: handoff rollout leads ${rolloutId} --status failed`] : []),
  ];
}

/** Whether some lead is not where the rollout was to bring it. */
export const hasOdd = (counts: RolloutCounts): boolean =>
  rolloutLeadStatuses.some((name) => oddStatuses.includes(name) && counts[name] > 0);

export const rolloutLeadLines = (leads: readonly RolloutLeadView[]): readonly string[] =>
  leads.length === 0
    ? ['no lead']
    : table(
        leads.map(({ leadId, status, appliedAt, code, detail }) => [
          leadId,
          status,
          appliedAt ?? '-',
          code ?? '-',
          detail === null ? '' : Object.values(detail).map(String).join(' '),
        ]),
      );
