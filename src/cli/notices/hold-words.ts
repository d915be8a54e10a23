import { timeOf } from '../lead/lead-words.js';

/** What the API says of notices that are held. */
export interface HoldView {
  readonly hold: { readonly heldAt: string; readonly heldBy: string; readonly reason: string | null } | null;
  readonly count: number;
  readonly oldestAt: string | null;
  readonly countByKind: Readonly<Record<string, number>>;
  /** Absent where nothing was asked to change. */
  readonly hasChanged?: boolean;
}

/** Whether notices leave, then what waits, by kind. */
export function heldLines({ hold, count, oldestAt, countByKind, hasChanged }: HoldView): readonly string[] {
  const standing =
    hold === null ? 'Notices leave.' : `Notices are held since ${timeOf(hold.heldAt)} by ${hold.heldBy}.`;
  const because = hold?.reason == null ? [] : [`Reason: ${hold.reason}`];
  const unchanged = hasChanged === false ? ['It was so before; nothing has changed.'] : [];
  const kinds = Object.entries(countByKind).map(([kind, of]) => `  ${kind}: ${of}`);
  return [standing, ...because, ...unchanged, waitingLine(count, oldestAt), ...kinds];
}

function waitingLine(count: number, oldestAt: string | null): string {
  if (oldestAt === null) return '0 notices wait';
  return count === 1
    ? `1 notice waits, since ${timeOf(oldestAt)}`
    : `${count} notices wait, the first since ${timeOf(oldestAt)}`;
}
