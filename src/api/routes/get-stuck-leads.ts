import type { AgreementTerms } from '../../domain/agreement/index.js';
import type { AuditedLead } from '../../domain/audit/gaps.js';
import { findStuck } from '../../domain/audit/stuck.js';
import { foldLead } from '../../domain/lifecycle/evolve.js';
import { termsKeysOf } from '../../domain/notices/index.js';
import type { ApiParts } from '../parts.js';
import { json, type Route } from '../route.js';
import { stuckView } from '../views/stuck-view.js';

const PAGE_SIZE = 200;
/** What is younger is on its way. */
const GRACE_MS = 60_000;

export const getStuckLeads: Route = {
  method: 'get',
  path: '/v1/stuck-leads',
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'Every lead that goes nowhere by itself, why, and what helps',
  handle: async ({ receivedAt: now }, parts) => {
    const directory = await parts.directory.read();
    const known = new Map<string, AgreementTerms | undefined>();
    const stuck: ReturnType<typeof stuckView>[] = [];
    let leadCount = 0;
    for await (const lead of goingOn(parts)) {
      leadCount += 1;
      const state = foldLead(lead.story);
      const agreements = await termsOf(parts, termsKeysOf(state), known);
      const reasons = findStuck(lead, { now, graceMs: GRACE_MS, directory, agreements });
      if (reasons.length > 0) stuck.push(stuckView(state, reasons));
    }
    return json(200, { leadCount, stuck });
  },
};

async function* goingOn({ audits }: Pick<ApiParts, 'audits'>): AsyncGenerator<AuditedLead> {
  let after: string | undefined;
  for (;;) {
    const leads = await audits.page(after, PAGE_SIZE);
    yield* leads;
    if (leads.length < PAGE_SIZE) return;
    after = leads.at(-1)?.leadId;
  }
}

async function termsOf(
  { agreements }: Pick<ApiParts, 'agreements'>,
  keys: readonly string[],
  known: Map<string, AgreementTerms | undefined>,
): Promise<Readonly<Record<string, AgreementTerms>>> {
  for (const key of keys) if (!known.has(key)) known.set(key, await agreements.findTerms(key));
  return Object.fromEntries(keys.flatMap((key) => (known.get(key) ? [[key, known.get(key)!]] : [])));
}
