import { condition } from '@temporalio/workflow';

/** Waits for ever and knows nothing: what any workflow costs a worker that keeps it. */
export const emptyWorkflow = (): Promise<void> => condition(() => false);
