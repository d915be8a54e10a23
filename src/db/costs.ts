import pg from 'pg';
import type { Actor, AuditEntry } from '../domain/access/audit-entry.js';
import type { CostOutcome, CostRow, CostStore } from '../domain/attribution/ports.js';
import type { Money } from '../domain/attribution/index.js';
import { appendAuditEntries } from './audit-entries.js';
import { inRecording, type Queries } from './connections.js';
import { timestampOf } from './instants.js';

/** Keeps what sources cost, revision by revision. */
export const createCosts = (pool: pg.Pool, workspace: string): CostStore => ({
  importRows: (rows, saidAt, actor) =>
    // One import of a workspace at a time: each row follows what stands there.
    inRecording(pool, lockOfCosts(workspace), async (client) => {
      const known = await readKnown(client, workspace);
      const judged = rows.map((row) => judge(row, known));
      const revisions = judged.flatMap((one) => (typeof one === 'string' ? [] : [one]));
      await write(
        client,
        revisions.map((one) => ({ ...rowOf(one), workspace, said_at: timestampOf(saidAt), by: actor.by })),
      );
      await appendAuditEntries(
        client,
        workspace,
        revisions.map((one) => entryOf(one, actor)),
      );
      return judged.map((one): CostOutcome => (typeof one === 'string' ? one : 'stored'));
    }),
});

const lockOfCosts = (workspace: string): string =>
  `SELECT pg_advisory_xact_lock(hashtextextended(${pg.escapeLiteral(`costs:${workspace}`)}, 0))`;

/** What is said of one source in one month; both null: it was taken back. */
interface Standing {
  readonly revision: number;
  readonly marketing: Money | null;
  readonly sales: Money | null;
}

interface Known {
  readonly agreements: ReadonlySet<string>;
  readonly defaultAgreement: string | undefined;
  /** By agreement, month and source: those that stood there, and those of the rows before. */
  readonly standing: Map<string, Standing>;
}

interface Stored {
  readonly agreement_name: string;
  readonly month: string;
  readonly source: string;
  readonly revision: number;
  readonly marketing_minor: string | null;
  readonly sales_minor: string | null;
  readonly currency: string | null;
}

const keyOf = (agreement: string, month: string, source: string): string => JSON.stringify([agreement, month, source]);

async function readKnown(client: Queries, workspace: string): Promise<Known> {
  const agreements = await client.query<{ name: string; is_default: boolean }>(
    'SELECT name, is_default FROM sla_definition WHERE workspace = $1',
    [workspace],
  );
  const { rows } = await client.query<Stored>(
    `SELECT agreement_name, month, source, revision, marketing_minor, sales_minor, currency FROM cost_entry
      WHERE workspace = $1 AND superseded_at = 'infinity'`,
    [workspace],
  );
  return {
    agreements: new Set(agreements.rows.map(({ name }) => name)),
    defaultAgreement: agreements.rows.find(({ is_default: isDefault }) => isDefault)?.name,
    standing: new Map(
      rows.map((row) => [
        keyOf(row.agreement_name, row.month, row.source),
        { revision: row.revision, marketing: moneyOf(row, 'marketing_minor'), sales: moneyOf(row, 'sales_minor') },
      ]),
    ),
  };
}

const moneyOf = (row: Stored, column: 'marketing_minor' | 'sales_minor'): Money | null =>
  row[column] === null ? null : { minor: Number(row[column]), currency: row.currency! };

interface Revision {
  readonly row: CostRow;
  readonly agreement: string;
  readonly revision: number;
  readonly before: Standing | undefined;
}

/** What becomes of a row; what it says is known to the rows after it. */
function judge(
  row: CostRow,
  { agreements, defaultAgreement, standing }: Known,
): Revision | Exclude<CostOutcome, 'stored'> {
  const agreement = row.agreement ?? defaultAgreement;
  if (agreement === undefined || !agreements.has(agreement)) return 'unknown-agreement';
  const key = keyOf(agreement, row.month, row.source);
  const before = standing.get(key);
  if (before !== undefined && isSame(before, row)) return 'known';
  const currency = row.marketing?.currency ?? row.sales?.currency;
  const others = [...standing].filter(([name]) => name !== key && (JSON.parse(name) as string[])[0] === agreement);
  const theirs = others
    .map(([, one]) => one.marketing?.currency ?? one.sales?.currency)
    .find((one) => one !== undefined);
  if (currency !== undefined && theirs !== undefined && currency !== theirs) return 'other-currency';
  const revision = (before?.revision ?? 0) + 1;
  standing.set(key, { revision, marketing: row.marketing, sales: row.sales });
  return { row, agreement, revision, before };
}

const isSame = (a: Pick<CostRow, 'marketing' | 'sales'>, b: Pick<CostRow, 'marketing' | 'sales'>): boolean =>
  textOf(a.marketing) === textOf(b.marketing) && textOf(a.sales) === textOf(b.sales);

const textOf = (money: Money | null): string | null => money && `${(money.minor / 100).toFixed(2)} ${money.currency}`;

const viewOf = ({ marketing, sales }: Pick<CostRow, 'marketing' | 'sales'>) => ({
  marketing: textOf(marketing),
  sales: textOf(sales),
});

const entryOf = ({ row, agreement, before }: Revision, actor: Actor): AuditEntry => ({
  ...actor,
  action: 'cost-recorded',
  subject: `cost:${agreement}/${row.month}/${row.source}`,
  before: before === undefined ? null : viewOf(before),
  after: viewOf(row),
});

const rowOf = ({ row, agreement, revision }: Revision) => ({
  agreement_name: agreement,
  month: row.month,
  source: row.source,
  revision,
  marketing_minor: row.marketing?.minor ?? null,
  sales_minor: row.sales?.minor ?? null,
  currency: row.marketing?.currency ?? row.sales?.currency ?? null,
});

/** Each new row ends the one it replaces; all bear one instant, never before what stands there. */
async function write(client: Queries, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return;
  const key = 'workspace, agreement_name, month, source';
  const columns = `${key}, revision, marketing_minor, sales_minor, currency, said_at, "by"`;
  await client.query(
    `WITH given AS MATERIALIZED (SELECT * FROM json_populate_recordset(NULL::cost_entry, $1)),
      moment AS MATERIALIZED (SELECT greatest(clock_timestamp(), max(old.recorded_at)) AS recorded_at
        FROM cost_entry AS old JOIN given USING (${key}) WHERE old.superseded_at = 'infinity'),
      ended AS (UPDATE cost_entry AS old SET superseded_at = moment.recorded_at FROM moment
        WHERE old.superseded_at = 'infinity'
          AND (old.workspace, old.agreement_name, old.month, old.source) IN (SELECT ${key} FROM given))
      INSERT INTO cost_entry (${columns}, recorded_at, superseded_at)
      SELECT ${columns}, moment.recorded_at,
        CASE WHEN revision = max(revision) OVER (PARTITION BY ${key}) THEN 'infinity' ELSE moment.recorded_at END
      FROM given, moment`,
    [JSON.stringify(rows)],
  );
}
