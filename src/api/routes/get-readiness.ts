import type { ReadinessCheck } from '../parts.js';
import { json, type Route } from '../route.js';
import { within } from '../within.js';

const CHECK_MS_MAX = 2_000;

/**
 * 503 while leads cannot be taken. A part whose absence only delays what follows is named as missing under 200, for a
 * balancer that took this API away would lose the leads that it can well store.
 */
export const getReadiness: Route = {
  method: 'get',
  path: '/readyz',
  access: 'open',
  summary: 'Whether leads can be taken, and which parts are missing',
  async handle(_call, { readiness }) {
    const parts = await Promise.all(readiness.map(checked));
    const missing = parts.filter((part) => part.missing !== null);
    const isReady = missing.every((part) => !part.isRequired);
    return json(isReady ? 200 : 503, {
      status: statusOf(isReady, missing.length),
      missing: missing.map(({ part, missing: what }) => ({ part, what })),
      parts: Object.fromEntries(parts.map((part) => [part.part, part.missing === null ? 'ok' : 'missing'])),
    });
  },
};

function statusOf(isReady: boolean, missingCount: number): string {
  if (!isReady) return 'not-ready';
  return missingCount === 0 ? 'ready' : 'degraded';
}

async function checked({ part, isRequired, missing }: ReadinessCheck) {
  const silent = `does not answer within ${CHECK_MS_MAX / 1_000} s`;
  const found = await within<string | undefined>(CHECK_MS_MAX, missing().catch(reasonOf), silent);
  return { part, isRequired, missing: found ?? null };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
