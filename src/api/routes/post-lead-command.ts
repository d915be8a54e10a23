import type { z } from 'zod';
import type { LeadState } from '../../domain/lifecycle/state.js';
import { commandBodies, publicCommandTypes, type PublicCommandType } from '../commands/command-bodies.js';
import { commandRoles } from '../commands/command-roles.js';
import type { ApiParts } from '../parts.js';
import type { CommandRecord } from '../ports.js';
import { requirePrincipal } from '../principal.js';
import { refusalProblem } from '../problems.js';
import { json, routeWithBody, type Call, type Reply, type Route } from '../route.js';
import { requireSpeaker } from '../commands/speaker.js';
import { commandView } from '../views/command-view.js';
import { requireLead } from './lead-of.js';

/** One route per command, so that each has its own body in the table. */
export const postLeadCommands: readonly Route[] = publicCommandTypes.map((type) =>
  routeWithBody({
    method: 'post',
    path: `/v1/leads/:id/commands/${type}`,
    access: 'key',
    roles: commandRoles[type],
    summary: `Say ${type} about a lead`,
    body: commandBodies[type] as z.ZodType<SaidBy>,
    handle: (call, parts) => give(type, call, parts),
  }),
);

interface SaidBy {
  readonly by?: string | undefined;
}

async function give(type: PublicCommandType, call: Call<SaidBy>, parts: ApiParts): Promise<Reply> {
  const lead = await requireLead(call, parts);
  const { by: named, ...said } = call.body;
  const by = await requireSpeaker(named, call, parts);
  const body = type === 'apply-agreement' ? await changedAgreement(lead, call, parts) : said;
  const { rawBody, receivedAt, idempotencyKey } = call;
  const key = idempotencyKey === undefined ? {} : { idempotencyKey };
  const given = { leadId: lead.leadId, type, body, rawBody, by, receivedAt, ...key };
  return replyTo(await parts.commands.give({ ...given, principal: requirePrincipal(call).id }));
}

async function changedAgreement(lead: LeadState, call: Call<SaidBy>, { changedAgreements }: ApiParts) {
  const { set, running } = call.body as z.output<(typeof commandBodies)['apply-agreement']>;
  return {
    ...(await changedAgreements.change(lead.agreement, set, call.receivedAt)),
    ...(running === undefined ? {} : { running }),
  };
}

function replyTo(record: CommandRecord): Reply {
  const headers = { Location: `/v1/commands/${record.command.id}` };
  switch (record.outcome.kind) {
    case 'done':
      return json(200, commandView(record), headers);
    case 'unanswered':
      return json(202, commandView(record), headers);
    case 'refused': {
      const problem = refusalProblem(record.outcome.refusal);
      return { status: problem.status, content: { kind: 'problem', problem }, headers };
    }
  }
}
