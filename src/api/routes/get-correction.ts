import { json, type Route } from '../route.js';
import { correctionWithTotals } from '../views/correction-view.js';
import { CORRECTION_PATH, listingIn, requireCorrection } from './correction-of.js';

const UNJUDGED_COUNT_MAX = 100;

export const getCorrection: Route = {
  method: 'get',
  path: CORRECTION_PATH,
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'A correction: what it says, how many verdicts it changes by promise and team, and how far it has come',
  async handle(call, { corrections }) {
    const correction = await requireCorrection(call, { corrections });
    const { id, status } = correction;
    const [totals, unjudged] = await Promise.all([
      corrections.totals(id, listingIn(status)),
      corrections.unjudged(id, UNJUDGED_COUNT_MAX),
    ]);
    return json(200, correctionWithTotals(correction, totals, unjudged));
  },
};
