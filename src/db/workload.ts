import type { Instant } from '../domain/business-time/index.js';
import type { Workload } from '../domain/routing/directory.js';
import { MICROSECOND_MS } from '../domain/routing/gifts.js';
import type { Queries } from './connections.js';
import { timestampOf } from './instants.js';

/**
 * Open leads by person, those included that an answer gives them while its event is not recorded yet; and when each
 * was last given one. Two scalar expressions, to be selected beside others.
 * @param workspace the number of the parameter with the workspace
 */
export const workloadColumns = (workspace: `$${number}`): string => `
  (SELECT coalesce(json_object_agg(person, count), '{}') FROM (SELECT person, sum(count)::int AS count FROM (
      SELECT person, open_lead_count AS count FROM routing_load WHERE workspace = ${workspace}
      UNION ALL
      SELECT gives_to, 1 FROM answer WHERE workspace = ${workspace} AND is_pending AND gives_to IS NOT NULL
    ) AS counts GROUP BY person) AS sums) AS "openLeadCounts",
  (SELECT coalesce(json_object_agg(person, extract(epoch FROM last_given_at) * 1000), '{}')
    FROM routing_load WHERE workspace = ${workspace} AND last_given_at IS NOT NULL) AS "lastGivenAt"`;

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

/** As PostgreSQL reads it, to the microsecond. */
export const timestampOfGift = (at: Instant): string => {
  const microseconds = Math.round((at % 1) / MICROSECOND_MS);
  return timestampOf(Math.floor(at)).replace('Z', `${String(microseconds).padStart(3, '0')}Z`);
};
