import { WorkflowNotFoundError } from '@temporalio/client';
import type { Reminder, Repair } from '../domain/audit/ports.js';
import { leadLifecycleType, leadWorkflowId, remindSignal, type LeadInput } from '../../workflows/messages.js';
import { startOptions, type LeadWorkflowsDeps } from './lead-workflows.js';

type Lifecycle = (input: LeadInput) => Promise<unknown>;

/** The server answers at once, or is away. */
const WITHIN_MS = 10_000;

/**
 * Reminds a lead's workflow that something seems undone; one that does not run, or never did, begins from what
 * `restart` gives and is reminded first thing.
 */
export const createReminders =
  (deps: Omit<LeadWorkflowsDeps, 'settledStates'>) =>
  async (leadId: string, reminder: Reminder, restart: () => Promise<LeadInput>): Promise<Repair> => {
    const { client, now } = deps;
    try {
      await client.withDeadline(now() + WITHIN_MS, () =>
        client.workflow.getHandle(leadWorkflowId(leadId)).signal<[Reminder]>(remindSignal, reminder),
      );
      return 'nudged';
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
    const input = await restart();
    // Should somebody else have begun it meanwhile, it is only reminded.
    await client.withDeadline(now() + WITHIN_MS, () =>
      client.workflow.signalWithStart<Lifecycle, [Reminder]>(leadLifecycleType, {
        ...startOptions(deps, input, input.carried!.state),
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        workflowIdConflictPolicy: 'USE_EXISTING',
        signal: remindSignal,
        signalArgs: [{ unsent: [] }],
      }),
    );
    return 'restarted';
  };
