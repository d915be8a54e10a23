// Here lives what a made-up CRM says of the quarter's opportunities: some that leads told of, some of accounts that leads
// belong to, some that nobody knew, with touches of both sides and ties. No figure is computed here.
import type pg from 'pg';
import type { AccountTouch, PostedOpportunity } from '../../src/domain/attribution/index.js';
import { agreement } from '../db/journeys.js';
import {
  chanceOf,
  firstAccountNear,
  oneOf,
  quarterFrom,
  quarterTo,
  toldUntil,
  type Chance,
  type ToldLead,
} from './quarter.js';

const DAY_MS = 86_400_000;

export const postedOf = (leads: readonly ToldLead[]): readonly PostedOpportunity[] =>
  leads.flatMap((lead, index) => {
    const chance = chanceOf(index + 5_000_000);
    return chance() < 0.5 ? [] : [posted(lead, index, chance)];
  });

function posted(lead: ToldLead, index: number, chance: Chance): PostedOpportunity {
  const openedAt = quarterFrom - 10 * DAY_MS + Math.floor(chance() * (quarterTo - quarterFrom + 20 * DAY_MS));
  const status = oneOf(chance, ['open', 'won', 'lost'] as const);
  const isOfLead = chance() < 0.5;
  const account = `account-${firstAccountNear(index + 1) + Math.floor(chance() * 400)}.example`;
  return {
    crmId: chance() < 0.4 ? lead.leadId : `crm-${index}`,
    agreement: chance() < 0.95 ? agreement.name : 'outbound',
    account: isOfLead && chance() < 0.5 ? null : account,
    leadId: isOfLead ? lead.leadId : null,
    status,
    openedAt,
    closedAt: status === 'open' ? null : openedAt + Math.floor(chance() * 60) * DAY_MS,
    amount:
      chance() < 0.9 ? { minor: Math.floor(chance() * 9_000_000), currency: chance() < 0.95 ? 'USD' : 'EUR' } : null,
    touches: touchesOf(openedAt, chance),
    saidAt: quarterFrom + Math.floor(chance() * (toldUntil - quarterFrom)),
  };
}

/** On whole days, so that both sides often touch at the same instant, at the opening and at the window's first. */
function touchesOf(openedAt: number, chance: Chance): readonly AccountTouch[] {
  const count = Math.floor(chance() * 4);
  return Array.from({ length: count }, () => {
    const side = oneOf(chance, ['marketing', 'sales'] as const);
    return {
      at: openedAt - oneOf(chance, [-3, 0, 1, 1, 2, 180, 181]) * DAY_MS,
      side,
      name: side === 'marketing' ? oneOf(chance, ['webinar', 'event', 'referral']) : 'call',
      contact: oneOf(chance, ['', 'bob', 'eve']),
    };
  });
}

/** As imports write them, each known since before the quarter was. */
export async function post(sql: pg.Pool, opportunities: readonly PostedOpportunity[]): Promise<void> {
  const rows = opportunities.map((one) => ({
    crm_id: one.crmId,
    agreement_name: one.agreement,
    account: one.account,
    lead_id: one.leadId,
    status: one.status,
    opened_at: new Date(one.openedAt).toISOString(),
    closed_at: one.closedAt === null ? null : new Date(one.closedAt).toISOString(),
    amount_minor: one.amount?.minor ?? null,
    currency: one.amount?.currency ?? null,
    touches: one.touches.map((touch) => ({ ...touch, at: new Date(touch.at).toISOString() })),
    said_at: new Date(one.saidAt).toISOString(),
  }));
  const places = { workspace: 'default', revision: 1, by: 'crm', recorded_at: '2020-01-01', superseded_at: 'infinity' };
  await sql.query(
    'INSERT INTO posted_opportunity SELECT * FROM json_populate_recordset(NULL::posted_opportunity, $1)',
    [JSON.stringify(rows.map((row) => ({ ...row, ...places, hash: row.crm_id })))],
  );
}
