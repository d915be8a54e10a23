import { createHash } from 'node:crypto';
import type { ExistingLead, IntakeDecision, IntakePost } from '../../src/db/index.js';
import type { Fields } from '../../src/domain/agreement/index.js';
import type { RoutingSnapshot } from '../../src/domain/ports.js';
import { agreement, goodFields, handedOff, mondayTen } from './journeys.js';

interface Wanted {
  readonly externalId: string;
  readonly source?: string;
  readonly fields?: Fields;
  readonly agreementName?: string;
}

/** A post as the API would pass it on. */
export function aPost({ externalId, source = 'crm', fields = {}, agreementName = agreement.name }: Wanted): IntakePost {
  const all = { ...goodFields, email: `${externalId}@acme.example`, ...fields };
  const body = { source, externalId, fields: all };
  const { email } = all;
  return {
    request: { source, externalId, fields: all, signals: [] },
    agreementName,
    normalisedEmail: typeof email === 'string' ? email.trim().toLowerCase() : null,
    bodyHash: createHash('sha256').update(JSON.stringify(body)).digest('hex'),
    body,
    receivedAt: mondayTen,
  };
}

/** Decides as the API would: what is there is joined, an excluded lead judged anew, all else handed off. */
export const decideBy =
  ({ request, receivedAt }: IntakePost, leadId: string, workspace: string) =>
  (snapshot: RoutingSnapshot, existing: ExistingLead | undefined): IntakeDecision => {
    const joins = existing !== undefined && existing.state.excluded === null;
    if (joins) return join(existing, leadId, request.fields);
    const facts = { leadId, at: receivedAt, fields: request.fields, source: request.source };
    const { events, context, state } = handedOff({ ...facts, externalId: request.externalId }, snapshot);
    const isTaken = state.excluded === null;
    const { agreements, windows } = context;
    const answer = { status: isTaken ? 201 : 200, bytes: JSON.stringify({ leadId, stage: state.stage }) };
    const start = { workspace, leadId, events, context: { agreements, windows } };
    return { kind: 'handed-off', leadId, events, answer, ...(isTaken && { start }) };
  };

function join({ state }: ExistingLead, id: string, fields: Fields): IntakeDecision {
  const { leadId } = state;
  const command = {
    id: `enrich-${id}`,
    leadId,
    type: 'enrich',
    body: { fields },
    by: 'system',
    receivedAt: mondayTen,
  } as const;
  const answer = { status: 200, bytes: JSON.stringify({ leadId, joined: true }) };
  return { kind: 'joined', leadId, commands: [command], answer };
}
