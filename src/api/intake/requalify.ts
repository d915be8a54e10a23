/**
 * A post about a disqualified lead by which it qualifies anew. Whether it does is the core's to say, under the lead's
 * own agreement; here it is only asked in advance, so that what qualifies nothing is recorded as any other news.
 */
import type { AgreementTerms } from '../../domain/agreement/index.js';
import type { CommandOf } from '../../domain/lifecycle/commands.js';
import { step } from '../../domain/lifecycle/step.js';
import type { StoredCommand } from '../../domain/ports.js';
import type { ExistingLead, IntakeDecision, IntakePost } from '../ports.js';
import { joinedAnswer } from './answer.js';
import { commandsAdding, newsIn, type News } from './join.js';
import { hashOf } from './lead-id.js';

/** The lead begins its next cycle with what the post adds; undefined if it stays where it is. */
export function findRequalification(
  post: IntakePost,
  existing: ExistingLead,
  terms: AgreementTerms,
): IntakeDecision | undefined {
  const { state } = existing;
  if (state.stage !== 'disqualified') return undefined;
  const news = newsIn(post, existing);
  const id = hashOf(['requalify', state.leadId, post.bodyHash]);
  const command: CommandOf<'requalify'> = { type: 'requalify', id, by: 'system', at: post.receivedAt, ...news };
  const context = { agreements: { [terms.key]: terms }, windows: {}, answers: {} };
  // A question is asked of a lead that begins anew; who answers it is known to its workflow.
  if (step(state, { kind: 'command', command }, context).kind === 'refusal') return undefined;
  const { leadId } = state;
  const stored: StoredCommand = {
    id,
    leadId,
    type: 'requalify',
    body: news,
    by: 'system',
    receivedAt: post.receivedAt,
  };
  return { kind: 'joined', leadId, commands: [stored], answer: joinedAnswer(state, { joined: true, ...news }) };
}

/** Another post was faster: what this one brought joins the lead as it is by now. */
export const commandsInstead = ({ id, leadId, body, receivedAt }: StoredCommand): readonly StoredCommand[] =>
  commandsAdding(body as News, { leadId, bodyHash: id, receivedAt });
