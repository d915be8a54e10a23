import { z } from 'zod';
import { readAmount } from '../../documents/index.js';
import { baselineKinds, type BaselineEntry } from '../../domain/reports/index.js';
import { shortText } from '../field-schemas.js';
import { actorOf } from '../principal.js';
import type { FieldError } from '../problems.js';
import { json, routeWithBody } from '../route.js';
import { invalidBody } from '../validated-body.js';
import { baselineView } from '../views/baseline-view.js';
import { requireVersions } from './version-of.js';

const body = z.strictObject({
  baselines: z.record(z.string().max(100), z.union([z.string().max(40), z.number(), z.null()])),
  note: shortText(500).optional(),
});

export const putBaselines = routeWithBody({
  method: 'put',
  path: '/v1/agreements/:name/baselines',
  access: 'key',
  roles: ['ops', 'leader'],
  summary: 'Enter how metrics stood before; figures are compared with it from then on',
  body,
  async handle(call, { baselines, versions }) {
    await requireVersions(call, { versions });
    const agreement = call.params['name'] ?? '';
    const entries = requireEntries(call.body.baselines);
    await baselines.enter(agreement, entries, call.body.note ?? null, actorOf(call));
    return json(200, { baselines: (await baselines.list(agreement, undefined)).map(baselineView) });
  },
});

type Written = z.output<typeof body>['baselines'];

/** @throws ProblemError `invalid-body` that names each metric which is none, and each amount that does not fit its metric */
function requireEntries(written: Written): readonly BaselineEntry[] {
  const read = Object.entries(written).map(([metric, amount]) => readEntry(metric, amount));
  const errors = read.filter((one): one is FieldError => 'path' in one);
  if (read.length === 0) errors.push({ path: 'baselines', message: `is empty; metrics are ${metrics}` });
  if (errors.length > 0) throw invalidBody(errors);
  return read as readonly BaselineEntry[];
}

const metrics = Object.keys(baselineKinds).join(', ');

const examples = {
  count: 'a whole number, of a month, such as 420',
  share: 'a share such as 72%',
  time: 'a duration such as 3h',
  money: 'an amount, of a month, such as 500000 USD',
} as const;

function readEntry(metric: string, written: Written[string]): BaselineEntry | FieldError {
  const path = `baselines.${metric}`;
  const kind = baselineKinds[metric];
  if (kind === undefined) return { path, message: `is no metric; metrics are ${metrics}` };
  if (written === null) return { metric, amount: null };
  const amount = readAmount(written);
  return amount?.kind === kind ? { metric, amount } : { path, message: `must be ${examples[kind]}, or null` };
}
