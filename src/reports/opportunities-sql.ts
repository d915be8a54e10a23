import type { Attribution } from '../domain/agreement/index.js';
import { NO_GROUP, type LeadFilter, type PipelineGrouping } from '../domain/reports/index.js';
import { groupOf, type Span, type Values } from './known-rows.js';
import type { Known } from './ports.js';

/** What queries about opportunities need again and again, each value once. */
export interface KnownSql {
  readonly workspace: string;
  readonly asOf: string;
  readonly agreement: string;
}

export const knownSql = (values: Values, { workspace, asOf, agreement }: Known): KnownSql => ({
  workspace: `${values.add(workspace)}::text`,
  asOf: instant(values, asOf),
  agreement: `${values.add(agreement)}::text`,
});

const instant = (values: Values, at: number): string => `${values.add(new Date(at).toISOString())}::timestamptz`;

const isKnown = ({ workspace, asOf }: KnownSql, table: string): string =>
  `${table}.workspace = ${workspace} AND ${table}.recorded_at <= ${asOf} AND ${table}.superseded_at > ${asOf}`;

/**
 * Tables `told`, `named` and `opportunity` for a `WITH`: every opportunity by its CRM id, as ledgers and the CRM tell
 * of it, with the agreement whose pipeline it is and what its lead is grouped by. The twin of `opportunitiesOf` in the core.
 */
export const opportunityTables = (known: KnownSql): string => `
  told AS (
    SELECT coalesce(one.crm_id, 'lead:' || one.lead_id) AS crm_id, one.lead_id, NULL::text AS account,
        NULL::text AS agreement_name, one.status, one.opened_at, one.closed_at, one.amount_minor, one.currency,
        one.said_at, false AS is_posted
      FROM report_opportunity AS one WHERE ${isKnown(known, 'one')} AND NOT one.is_test
    UNION ALL
    SELECT one.crm_id, one.lead_id, one.account, one.agreement_name, one.status, one.opened_at, one.closed_at,
        one.amount_minor, one.currency, one.said_at, true
      FROM posted_opportunity AS one WHERE ${isKnown(known, 'one')}
  ), named AS (
    SELECT crm_id, max(account) AS account, max(agreement_name) AS agreement_name, min(opened_at) AS opened_at,
        (array_agg(lead_id ORDER BY is_posted DESC, opened_at, lead_id COLLATE "C")
          FILTER (WHERE lead_id IS NOT NULL))[1] AS lead_id,
        (array_agg(status ORDER BY ${lastFirst}))[1] AS status,
        (array_agg(closed_at ORDER BY ${lastFirst}))[1] AS closed_at,
        (array_agg(amount_minor ORDER BY ${lastFirst}) FILTER (WHERE amount_minor IS NOT NULL))[1] AS amount_minor,
        (array_agg(currency ORDER BY ${lastFirst}) FILTER (WHERE amount_minor IS NOT NULL))[1] AS currency
      FROM told GROUP BY crm_id
  ), opportunity AS (
    SELECT named.crm_id, named.lead_id, coalesce(named.account, lead.account, 'lead:' || named.lead_id) AS account,
        named.status, named.opened_at, named.closed_at, named.amount_minor, named.currency,
        coalesce(lead.agreement_name, named.agreement_name) AS pipeline_of, lead.agreement_name, lead.agreement_version, lead.owner, lead.team, lead.segment, lead.source, lead.priority,
        ${answer} AS answer
      FROM named LEFT JOIN report_lead AS lead ON lead.lead_id = named.lead_id AND ${isKnown(known, 'lead')}
      WHERE lead.is_test IS NOT TRUE
  )`;

const lastFirst = `said_at DESC, is_posted DESC, lead_id COLLATE "C"`;

const answer = `CASE WHEN lead.lead_id IS NULL THEN '${NO_GROUP}' WHEN lead.response = 'met' THEN 'in-time'
          WHEN lead.response = 'breached' THEN 'late' ELSE 'no-verdict' END`;

/** The group of an opportunity, as SQL. */
export const pipelineGroup = (by: PipelineGrouping | undefined): string => (by === 'answer' ? 'answer' : groupOf(by));

/** A touch as JSON: its instant in milliseconds, name and contact. */
const touchJson = `jsonb_build_array((extract(epoch FROM at) * 1000)::bigint, name, contact)`;
const inOrder = `ORDER BY at, contact COLLATE "C", name COLLATE "C"`;
const firstOf = (condition: string): string => `(array_agg(${touchJson} ${inOrder}) FILTER (WHERE ${condition}))[1]`;

const isMarketing = `side = 'marketing'`;
const isBefore = 'at < opened_at';
const isInfluence = (known: KnownSql): string => `${isMarketing} AND at < coalesce(closed_at, ${known.asOf})`;

/** The same with the touches that decided, for readers who ask why. */
const deciding = (known: KnownSql): string => `,
        ${firstOf(`${isMarketing} AND ${isBefore}`)} AS first_marketing,
        ${firstOf(`side = 'sales' AND ${isBefore}`)} AS first_sales,
        ${firstOf(isInfluence(known))} AS influence`;

export interface CreditedAsked extends Span {
  readonly attribution: Attribution;
  readonly filter: LeadFilter;
  /** Whether the touches that decided are told as well. */
  readonly withTouches?: boolean;
}

/**
 * Tables for a `WITH` that ends in `credited`: opportunities that first opened in the period and pass the filter, each with
 * its credit. The twin of `creditOf` and `AccountTouches` in the core.
 */
export function creditedTables(values: Values, known: KnownSql, asked: CreditedAsked): string {
  const { attribution, filter, withTouches = false } = asked;
  const [from, to] = [instant(values, asked.from), instant(values, asked.to)];
  const marketing = `${values.add([...attribution.marketing])}::text[]`;
  const window = `${values.add(attribution.touchWindowMs)}::bigint * interval '1 millisecond'`;
  const passes = Object.entries(filter).map(
    ([by, value]) => `${groupOf(by as PipelineGrouping & keyof LeadFilter)} = ${values.add(value)}`,
  );
  const isInReach = (at: string): string =>
    `${at} >= opened_at - ${window} AND ${at} < greatest(opened_at, coalesce(closed_at, ${known.asOf}))`;
  const touches = (on: string): string => `
    SELECT chosen.crm_id, opened_at, closed_at, touch.at,
        CASE touch.kind WHEN 'act' THEN 'marketing' ELSE 'sales' END AS side, touch.name, touch.lead_id AS contact
      FROM chosen JOIN report_touch AS touch ON ${on} AND ${isKnown(known, 'touch')}
      WHERE NOT touch.is_test AND touch.counts AND (touch.kind = 'outreach' OR touch.name = ANY (${marketing}))
        AND ${isInReach('touch.at')}`;
  return `${opportunityTables(known)}, chosen AS (
    SELECT * FROM opportunity WHERE ${[`pipeline_of = ${known.agreement}`, `opened_at >= ${from}`, `opened_at < ${to}`, ...passes].join(' AND ')}
  ), posted_touch AS (
    SELECT opportunity.account, (touch ->> 'at')::timestamptz AS at, touch ->> 'side' AS side,
        touch ->> 'name' AS name, touch ->> 'contact' AS contact
      FROM posted_opportunity AS one
        JOIN opportunity USING (crm_id), jsonb_array_elements(one.touches) AS touch
      WHERE ${isKnown(known, 'one')} AND (touch ->> 'side' = 'sales' OR touch ->> 'name' = ANY (${marketing}))
  ), reach AS (${touches('touch.account = chosen.account')}
    UNION ALL ${touches('touch.lead_id = chosen.lead_id AND touch.account <> chosen.account')}
    UNION ALL SELECT chosen.crm_id, opened_at, closed_at, at, side, name, contact
      FROM chosen JOIN posted_touch USING (account) WHERE ${isInReach('at')}
  ), judged AS (
    SELECT crm_id, min(at) FILTER (WHERE ${isMarketing} AND ${isBefore}) AS marketing_at,
        min(at) FILTER (WHERE side = 'sales' AND ${isBefore}) AS sales_at,
        bool_or(${isInfluence(known)}) AS is_influenced${withTouches ? deciding(known) : ''}
      FROM reach GROUP BY crm_id
  ), credited AS (
    SELECT chosen.*, coalesce(is_influenced, false) AS is_influenced,
        CASE WHEN marketing_at IS NULL THEN 'sales-sourced'
          WHEN sales_at IS NULL OR marketing_at <= sales_at THEN 'marketing-sourced' ELSE 'sales-first' END AS credit
        ${withTouches ? ', first_marketing, first_sales, influence' : ''}
      FROM chosen LEFT JOIN judged USING (crm_id)
  )`;
}
