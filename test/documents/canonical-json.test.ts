/** Promise: two documents mean the same exactly if they have one canonical text. */
import { canonicalJson, meansTheSame } from '../../src/documents/canonical-json.js';

test.each([
  {
    label: 'maps whose keys stand in another order',
    one: { a: 1, b: { c: 2, d: 3 } },
    other: { b: { d: 3, c: 2 }, a: 1 },
  },
  { label: 'a line left out and one without a value', one: { a: 1 }, other: { a: 1, b: undefined } },
  { label: 'lists in another order', one: [1, 2], other: [2, 1] },
  { label: 'a list and its beginning', one: [1, 2], other: [1] },
  { label: 'a line more', one: { a: 1 }, other: { a: 1, b: null } },
  { label: 'a list and a map of its places', one: ['x'], other: { 0: 'x' } },
  { label: 'a number and its digits', one: { a: [7] }, other: { a: ['7'] } },
  { label: 'nothing and a map', one: undefined, other: {} },
])('$label are compared as their texts are', ({ one, other }) => {
  const areTheSame = canonicalJson(one) === canonicalJson(other);
  expect([meansTheSame(one, other), meansTheSame(other, one)]).toEqual([areTheSame, areTheSame]);
});
