import type { CommandOf } from '../commands.js';
import type { Draft } from '../draft.js';
import type { Stage } from '../stage.js';
import { refuse, type Decided } from './refuse.js';

const stagesWithOpportunity: readonly Stage[] = ['sales-qualified', 'opportunity', 'customer'];

export function decideOpportunity(draft: Draft, command: CommandOf<'opportunity'>): Decided {
  const { stage } = draft.state;
  if (!stagesWithOpportunity.includes(stage)) return refuse('not-sales-qualified', { stage });
  const { status, amount, crmId } = command;
  draft.emit({
    type: 'opportunity-updated',
    status,
    ...(amount !== undefined && { amount }),
    ...(crmId !== undefined && { crmId }),
  });
  return undefined;
}
