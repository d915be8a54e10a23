import { ordersIn, rolloutOrders, type RolloutOrder, type RolloutStatus } from '../../domain/rollout/rollout.js';
import { actorOf } from '../principal.js';
import { ProblemError } from '../problems.js';
import { json, type Route } from '../route.js';
import { rolloutView } from '../views/rollout-view.js';
import { requireRollout } from './rollout-of.js';

const summaries: Readonly<Record<RolloutOrder, string>> = {
  pause: 'Let a rollout rest after the batch under way',
  resume: 'Let a paused rollout go on',
  abort: 'End a rollout; leads that are left stay as they are',
  revert: 'Take a rollout back from the leads on which nothing has come of it',
};

/** One route per order, so that each stands in the table by its own name. */
export const postRolloutOrders: readonly Route[] = rolloutOrders.map((order) => ({
  method: 'post',
  path: `/v1/rollouts/:id/${order}`,
  access: 'key',
  roles: ['ops'],
  summary: summaries[order],
  async handle(call, parts) {
    const { id } = await requireRollout(call.params['id'] ?? '', parts);
    const ordered = await parts.rolloutDesk.order(id, order, actorOf(call), call.receivedAt);
    if (ordered.kind === 'out-of-place') throw outOfPlace(ordered.status);
    if (ordered.kind === 'under-way') {
      throw new ProblemError('rollout-under-way', { detail: `The agreement has the rollout ${ordered.rolloutId}` });
    }
    return json(200, rolloutView(await requireRollout(id, parts), call.receivedAt));
  },
}));

function outOfPlace(status: RolloutStatus): ProblemError {
  const taken = Object.keys(ordersIn[status]);
  const takes = taken.length === 0 ? 'takes no order any more' : `takes ${taken.join(' and ')}`;
  return new ProblemError('rollout-standing', { detail: `It is ${status} and ${takes}` });
}
