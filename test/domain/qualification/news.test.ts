import { isNews, type Subject } from '../../../src/domain/qualification/index.js';
import type { Condition } from '../../../src/domain/agreement/index.js';
import type { Signal } from '../../../src/domain/lifecycle/signal.js';
import { when } from '../../builders/index.js';

const at = when('tue 10:00');
const known = (signals: readonly Omit<Signal, 'at'>[], score?: number): Subject => ({
  at,
  fields: score === undefined ? {} : { score },
  signals: signals.map((signal, index) => ({ ...signal, at: at - index - 1 })),
  segment: null,
  priority: 'normal',
});

const action: Condition = { action: 'demo' };
const three: Condition = { action: 'download', count: 3 };
const value: Condition = { signal: 'intent', gte: 80 };
const recent: Condition = { signal: 'intent', gte: 80, withinMs: 1 };
const score: Condition = { field: 'score', gte: 70 };

describe('news', () => {
  test.each<{ label: string; said: Omit<Signal, 'at'>; condition: Condition; before: Subject; news: boolean }>([
    { label: 'an action', said: { action: 'demo' }, condition: action, before: known([]), news: true },
    {
      label: 'the same action again',
      said: { action: 'demo' },
      condition: action,
      before: known([{ action: 'demo' }]),
      news: true,
    },
    {
      label: 'another action',
      said: { action: 'webinar' },
      condition: action,
      before: known([{ action: 'demo' }]),
      news: false,
    },
    {
      label: 'the third of three',
      said: { action: 'download' },
      condition: three,
      before: known([{ action: 'download' }, { action: 'download' }]),
      news: false,
    },
    { label: 'a value', said: { signal: 'intent', value: 80 }, condition: value, before: known([]), news: true },
    {
      label: 'a value too low',
      said: { signal: 'intent', value: 79 },
      condition: value,
      before: known([]),
      news: false,
    },
    {
      label: 'a value where there was one',
      said: { signal: 'intent', value: 99 },
      condition: value,
      before: known([{ signal: 'intent', value: 80 }]),
      news: false,
    },
    {
      label: 'a value where there was a lower one',
      said: { signal: 'intent', value: 99 },
      condition: value,
      before: known([{ signal: 'intent', value: 10 }]),
      news: true,
    },
    {
      label: 'a value where there was one, too long ago',
      said: { signal: 'intent', value: 99 },
      condition: recent,
      before: known([{}, { signal: 'intent', value: 80 }]),
      news: true,
    },
    { label: 'a score', said: { score: 70 }, condition: score, before: known([]), news: true },
    { label: 'a score that rises over it', said: { score: 70 }, condition: score, before: known([], 69), news: true },
    { label: 'a score that was over it', said: { score: 99 }, condition: score, before: known([], 70), news: false },
    { label: 'a score under it', said: { score: 69 }, condition: score, before: known([], 10), news: false },
    {
      label: 'an action where a score is asked',
      said: { action: 'demo' },
      condition: score,
      before: known([], 10),
      news: false,
    },
  ])('is or is not $label', ({ said, condition, before, news }) => {
    expect(isNews({ ...said, at }, [condition], before)).toBe(news);
  });
});
