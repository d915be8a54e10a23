import type { Instant } from '../../business-time/index.js';
import { endPause } from '../closing.js';
import type { CommandOf } from '../commands.js';
import type { Draft } from '../draft.js';
import { refuse, type Decided } from './refuse.js';

export function decidePause(draft: Draft, { reason, until }: CommandOf<'pause'>): Decided {
  const { state, terms } = draft;
  const { longestMs, perCycle } = terms.pause;
  if (state.pause) return refuse('already-paused', { since: state.pause.since });
  if (perCycle !== undefined && state.pauseCount >= perCycle) return refuse('pause-limit', { perCycle });
  const ends: readonly Instant[] = [
    ...(until === undefined ? [] : [until]),
    ...(longestMs === undefined ? [] : [draft.at + longestMs]),
  ];
  draft.emit({ type: 'paused', reason, ...(ends.length > 0 && { endsAt: Math.min(...ends) }) });
  return undefined;
}

export function decideResume(draft: Draft): Decided {
  if (!draft.state.pause) return refuse('not-paused');
  endPause(draft, 'resumed');
  return undefined;
}
