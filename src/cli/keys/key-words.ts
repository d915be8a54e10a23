import { timeOf } from '../lead/lead-words.js';
import { table } from '../table.js';

/** What the API says of a key. */
export interface KeyView {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly person: string | null;
  readonly standing: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  /** Only when it has just been made. */
  readonly key?: string;
}

const cellsOf = (key: KeyView): readonly string[] => [
  key.id,
  key.role,
  key.person ?? 'a machine',
  key.name,
  standingWords(key),
];

function standingWords({ standing, expiresAt, revokedAt }: KeyView): string {
  if (revokedAt !== null) return `revoked ${timeOf(revokedAt)}`;
  if (expiresAt === null) return standing;
  return standing === 'live' ? `live until ${timeOf(expiresAt)}` : `expired ${timeOf(expiresAt)}`;
}

/** One key on one line. */
export const keyLine = (key: KeyView): string => cellsOf(key).join('  ');

export const keyLines = (keys: readonly KeyView[]): readonly string[] =>
  keys.length === 0 ? ['no key was made yet; HANDOFF_ADMIN_KEY opens everything'] : table(keys.map(cellsOf));

/** What the API says of changes. */
export interface AuditPage {
  readonly entries: readonly {
    readonly recordedAt: string;
    readonly by: string;
    readonly principal: string;
    readonly action: string;
    readonly subject: string;
  }[];
  readonly next: string | null;
}

export function auditLines({ entries, next }: AuditPage): readonly string[] {
  if (entries.length === 0) return ['nothing was changed that fits'];
  const rows = entries.map(({ recordedAt, by, principal, action, subject }) => [
    timeOf(recordedAt),
    principal === by ? by : `${by} (${principal})`,
    action,
    subject,
  ]);
  return [...table(rows), ...(next === null ? [] : [`there are more: --cursor ${next}`])];
}
