/**
 * The body of `POST /v1/leads`, and the hand-off that it asks for.
 */
import { z } from 'zod';
import type { Instant } from '../../domain/business-time/index.js';
import type { Signal } from '../../domain/lifecycle/events.js';
import type { HandOffRequest } from '../../domain/ports.js';
import { SKEW_MS_MAX, fields, instant, shortText } from '../field-schemas.js';
import type { FieldError } from '../problems.js';

const SIGNAL_COUNT_MAX = 500;

const signal = z
  .strictObject({
    at: instant.optional(),
    score: z.number().optional(),
    action: shortText(100).optional(),
    signal: shortText(100).optional(),
    value: z.number().optional(),
  })
  .refine(saysSomething, { error: 'must say an action, a score, or a signal with its value' })
  .refine(({ signal: name, value }) => value === undefined || name !== undefined, {
    error: 'needs signal, the name of what is measured',
    path: ['value'],
  });

function saysSomething(said: { score?: number; action?: string; signal?: string }): boolean {
  return said.score !== undefined || said.action !== undefined || said.signal !== undefined;
}

export const leadBody = z.strictObject({
  /** The system that sends the lead; with `externalId` it names the lead for ever. */
  source: shortText(100).refine((source) => !source.includes(':'), { error: 'must not hold a colon' }),
  externalId: shortText(200),
  agreement: shortText(100).optional(),
  occurredAt: instant.optional(),
  fields,
  signals: z.array(signal).max(SIGNAL_COUNT_MAX).optional(),
});
export type LeadBody = z.output<typeof leadBody>;

/** Instants of the body that its sender cannot know yet. */
export function futureInstants({ occurredAt, signals = [] }: LeadBody, receivedAt: Instant): FieldError[] {
  const named = [
    { path: 'occurredAt', at: occurredAt },
    ...signals.map(({ at }, index) => ({ path: `signals.${index}.at`, at })),
  ];
  return named
    .filter(({ at }) => at !== undefined && at > receivedAt + SKEW_MS_MAX)
    .map(({ path }) => ({
      path,
      message: `lies in the future: it was received at ${new Date(receivedAt).toISOString()}; check the sender's clock`,
    }));
}

/** The hand-off that a body asks for; what our clock has not reached yet counts as now. */
export function handOffRequest(body: LeadBody, receivedAt: Instant): HandOffRequest {
  const { source, externalId, agreement, occurredAt, signals = [] } = body;
  return {
    source,
    externalId,
    ...(agreement === undefined ? {} : { agreement }),
    ...(occurredAt === undefined ? {} : { qualifiedAt: Math.min(occurredAt, receivedAt) }),
    fields: body.fields,
    signals: signals.map((said): Signal => ({ ...said, at: Math.min(said.at ?? receivedAt, receivedAt) })),
  };
}
