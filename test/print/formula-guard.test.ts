/** Promise: no text of ours runs as a formula in a program that opens a table. */
import { withoutFormulas } from '../../src/print/formula-guard.js';

test.each([
  { label: 'an equals sign', text: '=HYPERLINK("http://evil.example")' },
  { label: 'a plus', text: '+1+cmd|calc' },
  { label: 'a minus', text: '-1+cmd|calc' },
  { label: 'an at sign', text: '@SUM(A1)' },
  { label: 'a tab', text: '\tfirst' },
  { label: 'a carriage return', text: '\rfirst' },
  { label: 'blanks before a sign', text: '   =1+1' },
  { label: 'a no-break space before a sign', text: '\u00a0=1+1' },
  { label: 'a sign that nobody sees before it', text: '\u200b\ufeff=1+1' },
  { label: 'a NUL before a sign', text: '\u0000=1+1' },
  { label: 'a fullwidth equals sign', text: '＝1+1' },
  { label: 'a fullwidth plus', text: '＋1' },
  { label: 'a fullwidth minus', text: '－1' },
  { label: 'a fullwidth at sign', text: '＠SUM(A1)' },
  { label: 'an ideographic space before a fullwidth sign', text: '\u3000＝1+1' },
  { label: 'a small equals sign', text: '﹦1+1' },
])('$label gets an apostrophe before it', ({ text }) => {
  expect(withoutFormulas(text)).toBe(`'${text}`);
});

test.each([
  { label: 'a semicolon', text: 'lost;=1+1', guarded: "lost;'=1+1" },
  { label: 'a line break', text: 'lost\n@SUM(A1)', guarded: "lost\n'@SUM(A1)" },
  { label: 'a tab', text: 'lost\t+1', guarded: "lost\t'+1" },
])('so does what stands behind $label', ({ text, guarded }) => {
  expect(withoutFormulas(text)).toBe(guarded);
});

test.each(['', 'first-response', 'a = b', 'ada@acme.example', '90 % - so far', "O'Neill", '2 + 2', 'Łódź', '5 – 7'])(
  '%p stays as it is',
  (text) => expect(withoutFormulas(text)).toBe(text),
);
