import { z } from 'zod';
import { verdictListings } from '../../domain/correction/index.js';
import { correctionCsv } from '../corrections/correction-csv.js';
import { placeOf, placeText } from '../corrections/verdict-cursor.js';
import { listFormatOf, listFormats } from '../reports/list-answer.js';
import { json, type Route } from '../route.js';
import { validatedQuery } from '../validated-body.js';
import { verdictView } from '../views/correction-view.js';
import { CORRECTION_PATH, listingIn, requireCorrection } from './correction-of.js';

const query = z.strictObject({
  listing: z.enum(verdictListings).optional(),
  format: z.enum(listFormats).optional(),
  cursor: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
});

export const getCorrectionVerdicts: Route = {
  method: 'get',
  path: `${CORRECTION_PATH}/verdicts`,
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'The verdicts that a correction changes, before and after: as they were put to whoever approves, or as done',
  async handle(call, { corrections, reportPress }) {
    const asked = validatedQuery(query, call.query);
    const { id, status } = await requireCorrection(call, { corrections });
    const listing = asked.listing ?? listingIn(status);
    const read = (after: ReturnType<typeof placeOf> | undefined, limit: number) =>
      corrections.verdicts(id, listing, after, limit);
    if (listFormatOf(call, asked) === 'csv') return correctionCsv(`${id}-${listing}`, read, reportPress);
    const page = await read(asked.cursor === undefined ? undefined : placeOf(asked.cursor), asked.limit);
    const last = page.length < asked.limit ? undefined : page.at(-1);
    return json(200, { listing, verdicts: page.map(verdictView), next: last ? placeText(last) : null });
  },
};
