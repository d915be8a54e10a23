/** Every change that is noted: what was done, in the past tense. A lead's own story is its ledger and not noted here. */
export const auditActions = [
  'key-created',
  'key-revoked',
  'notices-held',
  'notices-released',
  'rollout-started',
  'rollout-paused',
  'rollout-resumed',
  'rollout-aborted',
  'rollout-reverted',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** Who makes a change. */
export interface Actor {
  /** A person of the directory, `admin` for the environment's key, or `system`. */
  readonly by: string;
  /** The key that spoke: `admin`, `key:<id>`, or `system`. */
  readonly principal: string;
}

/** One change, appended in the transaction that makes it. */
export interface AuditEntry extends Actor {
  readonly action: AuditAction;
  /** What was changed, as `kind:id`: `key:k_…`, `agreement:inbound-saas@7`, `directory`. */
  readonly subject: string;
  /** JSON as a reader is to see it, instants as ISO 8601, never a secret; null: it was not there. */
  readonly before: unknown;
  /** The same after the change; null: it is gone. */
  readonly after: unknown;
}
