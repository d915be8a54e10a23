/** Promise: leads that start from the same keep it once, and none of them can change it for another. */
import { shareContext } from '../../workflows/equal-contexts.js';
import type { LeadInput } from '../../workflows/messages.js';

type Windows = LeadInput['context']['windows'];

const inputWith = (windows: Windows): LeadInput => ({
  workspace: 'default',
  leadId: 'ld-1',
  events: [],
  context: { agreements: {}, windows },
});

const windowsUntil = (until: number): Windows => ({ weekdays: { key: 'weekdays', from: 0, until, flat: [0, until] } });

/** The windows that a lead works with whose input has these. */
function kept(windows: Windows) {
  const input = inputWith(windows);
  shareContext(input);
  return input.context.windows['weekdays'];
}

test('equal windows are kept once', () => {
  expect(kept(windowsUntil(5))).toBe(kept(windowsUntil(5)));
});

test('windows that differ under the same name are kept apart', () => {
  expect(kept(windowsUntil(5))).toEqual(windowsUntil(5)['weekdays']);
  expect(kept(windowsUntil(6))).toEqual(windowsUntil(6)['weekdays']);
});

test('what is kept in common cannot be changed', () => {
  const { flat } = kept(windowsUntil(5))!;
  expect(() => (flat as number[]).push(9)).toThrow(TypeError);
});

test('however many differ, each lead has its own', () => {
  const many = Array.from({ length: 300 }, (_, index) => kept(windowsUntil(index + 1)));
  expect(many.map((windows) => windows?.until)).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
});
