import pg from 'pg';
import type { Actor, AuditEntry } from '../domain/access/audit-entry.js';
import type { OpportunityOutcome, OpportunityRow, OpportunityStore } from '../domain/attribution/ports.js';
import type { Instant } from '../domain/business-time/index.js';
import { appendAuditEntries } from './audit-entries.js';
import { inRecording, type Queries } from './connections.js';
import { timestampOf, timestampOrNull } from './instants.js';
import type { Row } from './recording.js';

/** Keeps what CRMs say of opportunities, revision by revision. */
export const createOpportunities = (pool: pg.Pool, workspace: string): OpportunityStore => ({
  importRows: (rows, saidAt, actor) =>
    // One import of a workspace at a time: each row follows what stands there.
    inRecording(pool, lockOfOpportunities(workspace), async (client) => {
      const known = await readKnown(client, workspace, rows);
      const judged = rows.map((row) => judge(row, known));
      const revisions = judged.flatMap((one) => (typeof one === 'string' ? [] : [one]));
      await write(client, workspace, revisions, saidAt, actor);
      await appendAuditEntries(
        client,
        workspace,
        revisions.map((revision) => entryOf(revision, actor)),
      );
      return judged.map((one): OpportunityOutcome => (typeof one === 'string' ? one : 'stored'));
    }),
});

const lockOfOpportunities = (workspace: string): string =>
  `SELECT pg_advisory_xact_lock(hashtextextended(${pg.escapeLiteral(`opportunities:${workspace}`)}, 0))`;

interface Placed {
  readonly id: string;
  readonly agreement: string;
}

interface Standing {
  readonly revision: number;
  readonly hash: string;
  /** As it is shown in the audit. */
  readonly view: unknown;
}

interface Known {
  readonly agreements: ReadonlySet<string>;
  readonly defaultAgreement: string | undefined;
  /** By id, and by `source:externalId`. */
  readonly leads: ReadonlyMap<string, Placed>;
  /** The present revision by CRM id: those that stood there, and those of the rows before. */
  readonly standing: Map<string, Standing>;
}

async function readKnown(client: Queries, workspace: string, rows: readonly OpportunityRow[]): Promise<Known> {
  const agreements = await client.query<{ name: string; is_default: boolean }>(
    'SELECT name, is_default FROM sla_definition WHERE workspace = $1',
    [workspace],
  );
  const standing = await client.query<Standing & { readonly crm_id: string }>(
    `SELECT crm_id, revision, hash, to_jsonb(old) - '{workspace,revision,hash,superseded_at}'::text[] AS view
      FROM posted_opportunity AS old WHERE workspace = $1 AND crm_id = ANY ($2) AND superseded_at = 'infinity'`,
    [workspace, rows.map(({ crmId }) => crmId)],
  );
  return {
    agreements: new Set(agreements.rows.map(({ name }) => name)),
    defaultAgreement: agreements.rows.find(({ is_default: isDefault }) => isDefault)?.name,
    leads: await readLeads(client, workspace, rows),
    standing: new Map(standing.rows.map((row) => [row.crm_id, row])),
  };
}

/** By every name under which a lead is known: its own id, those it came with, those of posts that joined it. */
async function readLeads(client: Queries, workspace: string, rows: readonly OpportunityRow[]) {
  const named = [...new Set(rows.flatMap(({ lead }) => (lead === null ? [] : [lead])))];
  const { rows: found } = await client.query<Placed & { readonly named: string }>(
    `SELECT DISTINCT ON (named) named, lead.id, lead.agreement_name AS agreement
      FROM (
        SELECT id AS named, id, 1 AS rank FROM lead WHERE workspace = $1 AND id = ANY ($2)
        UNION ALL SELECT source || ':' || external_id, id, 2 FROM lead
          WHERE workspace = $1 AND (source, external_id) IN (SELECT * FROM unnest($3::text[], $4::text[]))
        UNION ALL SELECT source || ':' || external_id, lead_id, 3 FROM intake
          WHERE workspace = $1 AND (source, external_id) IN (SELECT * FROM unnest($3::text[], $4::text[]))
      ) AS known JOIN lead ON lead.workspace = $1 AND lead.id = known.id ORDER BY named, rank, lead.recorded_at DESC`,
    [workspace, named, named.map(sourceOf), named.map(externalIdOf)],
  );
  return new Map(found.map(({ named: name, id, agreement }) => [name, { id, agreement }]));
}

const sourceOf = (name: string): string => name.slice(0, Math.max(0, name.indexOf(':')));
const externalIdOf = (name: string): string => name.slice(name.indexOf(':') + 1);

/** A row with its place; `revision` follows the one that stands there. */
interface Revision {
  readonly row: OpportunityRow;
  readonly revision: number;
  readonly leadId: string | null;
  readonly agreement: string;
  readonly before: unknown;
}

/** What becomes of a row; what it says is known to the rows after it. */
function judge(row: OpportunityRow, known: Known): Revision | Exclude<OpportunityOutcome, 'stored'> {
  const lead = row.lead === null ? undefined : known.leads.get(row.lead);
  if (row.lead !== null && lead === undefined) return 'unknown-lead';
  const agreement = lead?.agreement ?? row.agreement ?? known.defaultAgreement;
  if (agreement === undefined || !known.agreements.has(agreement)) return 'unknown-agreement';
  if (row.agreement !== null && row.agreement !== agreement) return 'other-agreement';
  const standing = known.standing.get(row.crmId);
  if (standing?.hash === row.hash) return 'known';
  const revision = (standing?.revision ?? 0) + 1;
  known.standing.set(row.crmId, { revision, hash: row.hash, view: viewOf(row) });
  return { row, revision, agreement, leadId: lead?.id ?? null, before: standing?.view ?? null };
}

const entryOf = ({ row, before }: Revision, actor: Actor): AuditEntry => ({
  ...actor,
  action: 'opportunity-recorded',
  subject: `opportunity:${row.crmId}`,
  before,
  after: viewOf(row),
});

const viewOf = ({ status, amount, account, lead, openedAt, closedAt, touches }: OpportunityRow) => ({
  status,
  amount: amount === null ? null : `${(amount.minor / 100).toFixed(2)} ${amount.currency}`,
  account,
  lead,
  openedAt: timestampOf(openedAt),
  closedAt: timestampOrNull(closedAt),
  touchCount: touches.length,
});

/** Each new row ends the one it replaces; all bear one instant, never before what stands there. */
async function write(
  client: Queries,
  workspace: string,
  revisions: readonly Revision[],
  saidAt: Instant,
  { by }: Actor,
): Promise<void> {
  if (revisions.length === 0) return;
  const rows = revisions.map((revision) => rowOf(workspace, revision, saidAt, by));
  const columns = Object.keys(rows[0]!)
    .map((column) => `"${column}"`)
    .join(', ');
  await client.query(
    `WITH given AS MATERIALIZED (SELECT * FROM json_populate_recordset(NULL::posted_opportunity, $2)),
      moment AS MATERIALIZED (SELECT greatest(clock_timestamp(), max(old.recorded_at)) AS recorded_at
        FROM posted_opportunity AS old JOIN given USING (workspace, crm_id) WHERE old.superseded_at = 'infinity'),
      ended AS (UPDATE posted_opportunity AS old SET superseded_at = moment.recorded_at FROM moment
        WHERE old.workspace = $1 AND old.crm_id IN (SELECT crm_id FROM given) AND old.superseded_at = 'infinity')
      INSERT INTO posted_opportunity (${columns}, recorded_at, superseded_at)
      SELECT ${columns}, moment.recorded_at,
        CASE WHEN revision = max(revision) OVER (PARTITION BY crm_id) THEN 'infinity' ELSE moment.recorded_at END
      FROM given, moment`,
    [workspace, JSON.stringify(rows)],
  );
}

const rowOf = (
  workspace: string,
  { row, revision, leadId, agreement }: Revision,
  saidAt: Instant,
  by: string,
): Row => ({
  workspace,
  crm_id: row.crmId,
  revision,
  agreement_name: agreement,
  account: row.account,
  lead_id: leadId,
  status: row.status,
  opened_at: timestampOf(row.openedAt),
  closed_at: timestampOrNull(row.closedAt),
  amount_minor: row.amount?.minor ?? null,
  currency: row.amount?.currency ?? null,
  touches: row.touches.map((touch) => ({ ...touch, at: timestampOf(touch.at) })),
  said_at: timestampOf(saidAt),
  by,
  hash: row.hash,
});
