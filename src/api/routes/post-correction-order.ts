import { correctionOrders, type CorrectionOrder } from '../../domain/correction/index.js';
import { actorOf } from '../principal.js';
import { ProblemError } from '../problems.js';
import { json, type Route } from '../route.js';
import { correctionView } from '../views/correction-view.js';
import { CORRECTION_PATH, requireCorrection } from './correction-of.js';

const summaries: Readonly<Record<CorrectionOrder, string>> = {
  approve: 'Approve a correction that somebody else has written: its leads are judged anew',
  withdraw: 'Give a correction up that nobody has approved',
};

/** Who wrote it may give it up; who approves it stands for the agreement. */
const roles = { approve: ['leader'], withdraw: ['ops', 'leader'] } as const satisfies Record<
  CorrectionOrder,
  Route['roles']
>;

/** One route per order, so that each stands in the table by its own name. */
export const postCorrectionOrders: readonly Route[] = correctionOrders.map((order) => ({
  method: 'post',
  path: `${CORRECTION_PATH}/${order}`,
  access: 'key',
  roles: roles[order],
  summary: summaries[order],
  async handle(call, { corrections, correctionDesk }) {
    const { id } = await requireCorrection(call, { corrections });
    const ordered = await correctionDesk.order(id, order, actorOf(call), call.receivedAt);
    if (ordered.kind === 'own-correction') throw new ProblemError('own-correction');
    const correction = await requireCorrection(call, { corrections });
    if (ordered.kind === 'ordered') return json(200, correctionView(correction));
    const { takes } = correctionView(correction);
    const what = takes.length === 0 ? 'takes no order' : `takes ${takes.join(' and ')}`;
    throw new ProblemError('correction-standing', { detail: `It is ${correction.status} and ${what}` });
  },
}));
