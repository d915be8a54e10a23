import type { LeadEvent } from '../domain/lifecycle/events.js';
import type { Workload } from '../domain/routing/directory.js';
import type { Queries } from './connections.js';
import { gifts } from './projection.js';

/**
 * Open leads by person, those included that an answer gives them while its event is not recorded yet; and when each
 * was last given one. Two scalar expressions, to be selected beside others.
 * @param workspace the number of the parameter with the workspace
 */
export const workloadColumns = (workspace: `$${number}`): string => `
  (SELECT coalesce(json_object_agg(person, count), '{}') FROM (SELECT person, sum(count)::int AS count FROM (
      SELECT owner AS person, count(*) FROM lead
        WHERE workspace = ${workspace} AND stage IN ('mql', 'sal') AND owner IS NOT NULL GROUP BY owner
      UNION ALL
      SELECT gives_to, count(*) FROM answer
        WHERE workspace = ${workspace} AND is_pending AND gives_to IS NOT NULL GROUP BY gives_to
    ) AS counts GROUP BY person) AS sums) AS "openLeadCounts",
  (SELECT coalesce(json_object_agg(person, (extract(epoch FROM last_given_at) * 1000)::bigint), '{}')
    FROM routing_given WHERE workspace = ${workspace}) AS "lastGivenAt"`;

/** The workload as the database has it; under the routing lock nobody adds to it. */
export async function readWorkload(queries: Queries, workspace: string): Promise<Workload> {
  const { rows } = await queries.query<Workload>({
    name: 'read-workload',
    text: `SELECT ${workloadColumns('$1')}`,
    values: [workspace],
  });
  const [workload] = rows;
  if (workload === undefined) throw new Error('the workload query returned no row');
  return workload;
}

/** The workload once a new lead's events are recorded. */
export function withGifts({ openLeadCounts, lastGivenAt }: Workload, events: readonly LeadEvent[]): Workload {
  const given = gifts(events);
  const counts = given.map(({ person }): [string, number] => [person, (openLeadCounts[person] ?? 0) + 1]);
  const times = given.map(({ person, at }): [string, number] => [person, Math.max(lastGivenAt[person] ?? at, at)]);
  return {
    openLeadCounts: { ...openLeadCounts, ...Object.fromEntries(counts) },
    lastGivenAt: { ...lastGivenAt, ...Object.fromEntries(times) },
  };
}
