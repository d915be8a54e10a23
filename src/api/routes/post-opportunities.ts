import { opportunityColumns, opportunityFrom, readOpportunityRow } from '../../documents/index.js';
import type { OpportunityOutcome } from '../../domain/attribution/ports.js';
import { importBody, importRows, sentRows } from '../imports/import-body.js';
import { actorOf } from '../principal.js';
import { json, routeWithBody } from '../route.js';

const messages: Readonly<Record<Exclude<OpportunityOutcome, 'stored' | 'known'>, string>> = {
  'unknown-lead': 'there is no such lead: give its leadId, or source:externalId as they were posted, or leave it out',
  'unknown-agreement': 'there is no agreement of that name, and no default one to take its place',
  'other-agreement': 'its lead follows another agreement: leave agreement out where a lead is named',
};

export const postOpportunities = routeWithBody({
  method: 'post',
  path: '/v1/opportunities',
  access: 'key',
  roles: ['ops', 'intake'],
  summary: 'Keep what the CRM says of opportunities, by their ids; each bad row is named, good ones are kept',
  body: importBody,
  takesCsv: true,
  handle: async (call, { opportunities }) => {
    const sent = sentRows(call.body, { columns: opportunityColumns, rowFrom: opportunityFrom });
    const report = await importRows(
      sent,
      (written) => readOpportunityRow(written, call.receivedAt),
      (rows) => opportunities.importRows(rows, call.receivedAt, actorOf(call)),
      messages,
    );
    return json(200, report);
  },
});
