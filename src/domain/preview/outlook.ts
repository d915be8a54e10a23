import type { Instant } from '../business-time/index.js';
import { nextDue, type DueItem } from '../lifecycle/next-due.js';
import type { Stage } from '../lifecycle/stage.js';
import { holderOf, type LeadState } from '../lifecycle/state.js';
import { dueAtOf, type Clock, type Verdict } from '../sla/clock.js';

export interface ClockOutlook {
  readonly clock: string;
  readonly n: number;
  readonly cycle: number;
  readonly party: Clock['party'];
  readonly verdict: Verdict;
  /** Null while paused, and for a clock that ended so. */
  readonly dueAt: Instant | null;
}

/** What happens next if nobody says anything. */
export interface NextAction {
  readonly kind: DueItem['kind'];
  readonly at: Instant;
  readonly clock?: string;
  readonly n?: number;
  /** Of a ladder. */
  readonly tier?: number;
  /** Of a warning, as the agreement writes it. */
  readonly point?: string;
}

/** What somebody who works with a lead would see of it. */
export interface Outlook {
  readonly stage: Stage;
  readonly owner: string | null;
  readonly queue: string | null;
  readonly team: string | null;
  /** Null: the lead waits for nothing. */
  readonly nextAction: NextAction | null;
  /** By cycle, name and number. */
  readonly clocks: ReadonlyMap<string, ClockOutlook>;
}

export function outlookOf(state: LeadState): Outlook {
  const { owner, queue, team } = holderOf(state);
  const due = nextDue(state);
  const clocks = state.clocks.map((clock) => [`${clock.cycle}/${clock.name}/${clock.n}`, clockOutlook(clock)] as const);
  return { stage: state.stage, owner, queue, team, nextAction: due ? actionOf(due) : null, clocks: new Map(clocks) };
}

const clockOutlook = (clock: Clock): ClockOutlook => ({
  clock: clock.name,
  n: clock.n,
  cycle: clock.cycle,
  party: clock.party,
  verdict: clock.verdict,
  dueAt: dueAtOf(clock),
});

function actionOf(due: DueItem): NextAction {
  const { kind, at } = due;
  switch (due.kind) {
    case 'breach':
    case 'out-of-reach':
      return { kind, at, clock: due.clock.name, n: due.clock.n };
    case 'tier':
      return { kind, at, clock: due.clock.name, n: due.clock.n, tier: due.tier };
    case 'warning':
      return { kind, at, clock: due.clock.name, n: due.clock.n, point: due.point };
    case 'number-starts':
      return { kind, at, clock: due.clock };
    case 'pause-ends':
    case 'wake':
    case 'age-out':
      return { kind, at };
  }
}
