import { defineSignal, makeContinueAsNewFunc, setHandler, workflowInfo, type Workflow } from '@temporalio/workflow';
import { nextRunSignal } from './messages.js';

/** Whoever retires a build of the worker sends its workflows on, without waiting for what would make them go. */
export const heedNextRun = (onAsked: () => void): void => setHandler(defineSignal(nextRunSignal), onAsked);

/** Goes on as a new run with the same id, on the build that is current by then; does not return. */
export const onCurrentBuild = <F extends Workflow>(...input: Parameters<F>): Promise<never> =>
  makeContinueAsNewFunc<F>({ initialVersioningBehavior: 'AUTO_UPGRADE' })(...input);

/** The history has grown long, or another build of the worker is current. */
export function hasOutgrownRun(): boolean {
  const { continueAsNewSuggested, targetWorkerDeploymentVersionChanged } = workflowInfo();
  return continueAsNewSuggested || targetWorkerDeploymentVersionChanged;
}
