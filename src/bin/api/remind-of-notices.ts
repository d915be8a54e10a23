import type { Client } from '@temporalio/client';
import { restartInputOf } from '../../../activities/auditing/restart-input.js';
import type { RemindOfNotices } from '../../api/index.js';
import type { Stores } from '../../db/index.js';
import { createReminders } from '../../temporal/index.js';

/** Reminds the lead's workflow, as the auditor does; one that has settled or is lost begins anew from its ledger. */
export function remindOfNotices(
  { workspace, ledger, agreements }: Pick<Stores, 'workspace' | 'ledger' | 'agreements'>,
  client: Client,
  taskQueue?: string,
): RemindOfNotices {
  const remind = createReminders({ client, now: () => Date.now(), ...(taskQueue !== undefined && { taskQueue }) });
  return async (leadId, seqs) => {
    const story = await ledger.read(leadId);
    const unsent = story.filter(({ seq }) => seqs.includes(seq));
    await remind(leadId, { unsent }, () => restartInputOf(workspace, story, unsent, agreements.findTerms));
  };
}
