/**
 * Here lives the opportunity as `POST /v1/opportunities` takes it and as a CRM's export has it. Which lead and agreement
 * a row means is asked of the store; who is credited for it, of the core.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { accountNamed, touchSides, type AccountTouch } from '../../domain/attribution/index.js';
import type { OpportunityRow } from '../../domain/attribution/ports.js';
import type { Instant } from '../../domain/business-time/index.js';
import { opportunityStatuses } from '../../domain/lifecycle/commands.js';
import { canonicalJson } from '../canonical-json.js';
import { instant } from '../scalars.js';
import { checkValue } from '../schema-flaws.js';
import { flawText, line, money } from './row-parts.js';

const { strictObject, array } = z;

/** A sender's clock may be this far ahead of ours. */
const SKEW_MS_MAX = 120_000;
const TOUCH_COUNT_MAX = 200;

const touchSchema = strictObject({
  at: instant,
  side: z.enum(touchSides),
  source: line.optional(),
  action: line.optional(),
  contact: line.optional(),
}).refine(({ side, source, action }) => side === 'sales' || source !== undefined || action !== undefined, {
  error: 'a source or action with a touch by marketing',
});

const opportunitySchema = strictObject({
  crmId: line.refine((id) => !id.startsWith('lead:'), { error: 'an id that does not begin with lead:' }),
  agreement: line.optional(),
  account: line.refine((name) => accountNamed(name) !== null, { error: 'a name or a domain' }).optional(),
  lead: line.optional(),
  status: z.enum(opportunityStatuses),
  amount: money.optional(),
  openedAt: instant,
  closedAt: instant.optional(),
  touches: array(touchSchema)
    .max(TOUCH_COUNT_MAX, { error: `at most ${TOUCH_COUNT_MAX} touches` })
    .default([]),
})
  .refine(({ account, lead }) => account !== undefined || lead !== undefined, {
    error: 'an account, or the lead that led to it',
  })
  .refine(({ status, closedAt }) => (status === 'open') === (closedAt === undefined), {
    error: 'closedAt exactly where the status is won or lost',
  })
  .refine(({ openedAt, closedAt }) => closedAt === undefined || closedAt >= openedAt, {
    error: 'a closedAt that is not before openedAt',
  });
type Written = z.output<typeof opportunitySchema>;

/** A row, or everything that is wrong with it. */
export interface OpportunityReading {
  readonly row?: OpportunityRow;
  readonly mistakes: readonly string[];
}

/** Reads one opportunity; what lies ahead of `receivedAt` has not happened and is refused. */
export function readOpportunityRow(written: unknown, receivedAt: Instant): OpportunityReading {
  const { value, flaws } = checkValue(opportunitySchema, written);
  if (value === undefined) return { mistakes: flaws.map(flawText) };
  const instants = [value.openedAt, value.closedAt ?? 0, ...value.touches.map(({ at }) => at)];
  if (Math.max(...instants) > receivedAt + SKEW_MS_MAX) return { mistakes: ['an instant lies in the future'] };
  return { row: rowOf(value), mistakes: [] };
}

const rowOf = (value: Written): OpportunityRow => ({
  crmId: value.crmId,
  agreement: value.agreement ?? null,
  account: value.account === undefined ? null : accountNamed(value.account),
  lead: value.lead ?? null,
  status: value.status,
  openedAt: value.openedAt,
  closedAt: value.closedAt ?? null,
  amount: value.amount ?? null,
  touches: value.touches.map(touchOf),
  hash: createHash('sha256').update(canonicalJson(value)).digest('hex'),
});

const touchOf = ({ at, side, source, action, contact }: Written['touches'][number]): AccountTouch => ({
  at,
  side,
  name: source ?? action ?? 'touch',
  contact: contact ?? '',
});

/** The columns of a file; `touches` as `marketing:webinar@2026-07-01T10:00:00Z/ada@acme.example; sales:call@…`. */
export const opportunityColumns = [
  'crmId',
  'agreement',
  'account',
  'lead',
  'status',
  'amount',
  'openedAt',
  'closedAt',
  'touches',
] as const;

/** The row that the cells of a line make, as `readOpportunityRow` takes it; empty cells are not there. */
export function opportunityFrom(cells: Readonly<Record<string, string>>): object {
  const filled = Object.entries(cells).filter(([, cell]) => cell.trim() !== '');
  return Object.fromEntries(
    filled.map(([name, cell]) => [name, name === 'touches' ? cell.split(';').map(touchFrom) : cell.trim()]),
  );
}

function touchFrom(written: string): object {
  const [, side = written.trim(), action, at = '', contact] =
    /^([^:@/]+)(?::([^@]+))?@([^/]+)(?:\/(.+))?$/.exec(written.trim()) ?? [];
  return { side, at, ...(action !== undefined && { action }), ...(contact !== undefined && { contact }) };
}
