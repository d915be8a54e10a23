/**
 * Commands live here: each is stored first, with the instant at which it was received, then sent to its lead. Nothing
 * here knows what a command means; a refusal is the lead's.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { Instant } from '../../domain/business-time/index.js';
import type { CommandType } from '../../domain/lifecycle/commands.js';
import type { StoredCommand } from '../../domain/ports.js';
import { hashOf } from '../intake/lead-id.js';
import type { CommandRecord, CommandStore } from '../ports.js';
import { ProblemError } from '../problems.js';
import type { Deliveries } from './deliveries.js';

export interface GivenCommand {
  readonly leadId: string;
  readonly type: CommandType;
  /** In the domain's form, without `by`. */
  readonly body: unknown;
  /** As it was posted: the same key with another one is refused. */
  readonly rawBody: unknown;
  readonly by: string;
  readonly principal: string;
  readonly idempotencyKey?: string;
  readonly receivedAt: Instant;
}

/** How long a caller waits for the lead's answer. */
const ANSWER_MS_MAX = 5_000;

export class CommandDesk {
  constructor(
    private readonly store: CommandStore,
    private readonly deliveries: Deliveries,
  ) {}

  /**
   * Stores the command and waits a while for its outcome. Given again with the same key, it is not done again.
   * @throws ProblemError `idempotency-key-reused`
   */
  async give(given: GivenCommand): Promise<CommandRecord> {
    const command = storedForm(given);
    const receipt = await this.store.store(command, saidBy(given));
    if (receipt.kind === 'key-reused') throw new ProblemError('idempotency-key-reused');
    const record: CommandRecord = receipt.kind === 'repeated' ? receipt.record : { command, outcome: unanswered };
    if (record.outcome.kind !== 'unanswered') return record;
    return { ...record, outcome: await this.deliveries.deliverWithin(record.command, ANSWER_MS_MAX) };
  }
}

const unanswered = { kind: 'unanswered' } as const;

const storedForm = ({ leadId, type, body, by, receivedAt, ...given }: GivenCommand): StoredCommand => ({
  id: commandId(given),
  leadId,
  type,
  body,
  by,
  receivedAt,
});

const saidBy = ({ leadId, type, rawBody, principal, idempotencyKey }: GivenCommand) => ({
  principal,
  ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  bodyHash: hashOf([leadId, type, rawBody]),
});

/** With a key always the same for the same caller: it is the update's id as well. */
function commandId({ principal, idempotencyKey }: Pick<GivenCommand, 'principal' | 'idempotencyKey'>): string {
  if (idempotencyKey === undefined) return `cmd_${randomUUID().replaceAll('-', '')}`;
  const hash = createHash('sha256')
    .update(JSON.stringify([principal, idempotencyKey]))
    .digest('hex');
  return `cmd_${hash.slice(0, 32)}`;
}
