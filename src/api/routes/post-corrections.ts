import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { instant, localDate, prose, shortText } from '../field-schemas.js';
import type { Correction } from '../../domain/correction/index.js';
import type { ApiParts } from '../parts.js';
import { actorOf } from '../principal.js';
import { ProblemError } from '../problems.js';
import { json, routeWithBody, type Call, type Reply } from '../route.js';
import { invalidBody } from '../validated-body.js';
import { correctionView } from '../views/correction-view.js';

const DAY_COUNT_MAX = 366;
const VERSION_COUNT_MAX = 100;

export const postCorrections = routeWithBody({
  method: 'post',
  path: '/v1/corrections',
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'Say which days of a calendar were wrong, and have the verdicts listed that would change',
  body: z.strictObject({
    agreement: shortText(100),
    versions: z.array(z.int().min(1)).min(1).max(VERSION_COUNT_MAX),
    calendar: shortText(100),
    days: z
      .record(localDate, z.array(shortText(20)).max(10))
      .refine((days) => Object.keys(days).length >= 1 && Object.keys(days).length <= DAY_COUNT_MAX, {
        error: `must name 1 to ${DAY_COUNT_MAX} dates, each with the hours that should have held: [] for a closed day`,
      }),
    reason: prose,
  }),
  async handle(call, parts) {
    const { reason, ...subject } = call.body;
    return draftedReply(call, { subject, reason }, parts);
  },
});

export const postTouchCorrections = routeWithBody({
  method: 'post',
  path: '/v1/corrections/touches',
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'Say when a touch really happened, and have the verdicts listed that would change',
  body: z.strictObject({
    leadId: shortText(200),
    touch: z.int().min(1),
    occurredAt: instant,
    reason: prose,
  }),
  async handle(call, parts) {
    const { leadId, touch, occurredAt: touchedAt, reason } = call.body;
    const agreement = (await parts.leads.find(leadId))?.agreement.name;
    if (agreement === undefined) throw new ProblemError('unknown-lead', { detail: `There is no lead ${leadId}` });
    return draftedReply(call, { subject: { agreement, leadId, touch, touchedAt }, reason }, parts);
  },
});

async function draftedReply(
  call: Call<unknown>,
  asked: Pick<Correction, 'subject' | 'reason'>,
  { corrections, correctionDesk }: Pick<ApiParts, 'corrections' | 'correctionDesk'>,
): Promise<Reply> {
  const id = correctionIdOf(call);
  const known = await corrections.find(id);
  if (known === undefined) {
    const drafted = await correctionDesk.draft({ ...asked, id, createdAt: call.receivedAt }, actorOf(call));
    if (drafted.kind === 'wrong') throw invalidBody(drafted.errors);
    if (drafted.kind === 'under-way') {
      const detail = `${asked.subject.agreement} has the correction ${drafted.correctionId}`;
      throw new ProblemError('correction-under-way', { detail });
    }
  } else if (!saysTheSame({ subject: known.subject, reason: known.reason }, asked)) {
    throw new ProblemError('idempotency-key-reused');
  }
  const view = correctionView((await corrections.find(id))!);
  return json(known === undefined ? 201 : 200, view, { Location: `/v1/corrections/${id}` });
}

/** The days as they were stored may stand in another order. */
const saysTheSame = (known: object, asked: object): boolean => sorted(known) === sorted(asked);

const sorted = (value: object): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** With an Idempotency-Key always the same for the same caller: sent again, nothing is drafted again. */
function correctionIdOf({ principal, idempotencyKey }: Call<unknown>): string {
  if (idempotencyKey === undefined) return `co_${randomUUID().replaceAll('-', '')}`;
  const hash = createHash('sha256')
    .update(JSON.stringify([principal?.id, idempotencyKey]))
    .digest('hex');
  return `co_${hash.slice(0, 32)}`;
}
