import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { rolloutModes } from '../../domain/lifecycle/commands.js';
import type { Concern, RolloutStart, RolloutToStart } from '../../domain/rollout/ports.js';
import { shortText } from '../field-schemas.js';
import { actorOf } from '../principal.js';
import { ProblemError } from '../problems.js';
import { json, routeWithBody, type Call } from '../route.js';
import { rolloutView } from '../views/rollout-view.js';
import { requireRollout } from './rollout-of.js';
import { requireSegments, requireVersion } from './version-of.js';

export const postVersionRollouts = routeWithBody({
  method: 'post',
  path: '/v1/agreements/:name/versions/:version/rollouts',
  access: 'key',
  roles: ['ops'],
  summary: 'Bring the active version to the leads that run',
  body: z.strictObject({
    mode: z.enum(rolloutModes),
    segments: z.array(shortText(100)).max(100).default([]),
    leadsPerSecond: z.int().min(1).max(1_000).default(20),
  }),
  async handle(call, parts) {
    const version = await requireVersion(call, parts);
    requireSegments(version, call.body.segments);
    const { name, key, version: number } = version;
    const id = rolloutIdOf(call);
    const startedAt = call.receivedAt;
    const rollout = { ...call.body, id, agreement: { name, key, version: number }, startedAt };
    const known = await parts.rollouts.find(id);
    if (known === undefined) requireStarted(version, await parts.rolloutDesk.start(rollout, actorOf(call)));
    else if (!asksTheSame(known, rollout)) throw new ProblemError('idempotency-key-reused');
    const started = await requireRollout(id, parts);
    return json(known === undefined ? 201 : 200, rolloutView(started, startedAt), { Location: `/v1/rollouts/${id}` });
  },
});

const asksTheSame = (known: Concern & Pacing, asked: Concern & Pacing): boolean => askedFor(known) === askedFor(asked);

type Pacing = Pick<RolloutToStart, 'leadsPerSecond'>;

const askedFor = ({ agreement: { name, version }, mode, segments, leadsPerSecond }: Concern & Pacing): string =>
  JSON.stringify([name, version, mode, segments, leadsPerSecond]);

function requireStarted({ name, version }: { name: string; version: number }, started: RolloutStart): void {
  switch (started.kind) {
    case 'started':
      return;
    case 'not-active':
      throw new ProblemError('version-not-active', { detail: `${name}@${version} is ${started.status}` });
    case 'under-way':
      throw new ProblemError('rollout-under-way', { detail: `${name} has the rollout ${started.rolloutId}` });
  }
}

/** With an Idempotency-Key always the same for the same caller: sent again, nothing is started again. */
function rolloutIdOf({ principal, idempotencyKey }: Call<unknown>): string {
  if (idempotencyKey === undefined) return `ro_${randomUUID().replaceAll('-', '')}`;
  const hash = createHash('sha256')
    .update(JSON.stringify([principal?.id, idempotencyKey]))
    .digest('hex');
  return `ro_${hash.slice(0, 32)}`;
}
