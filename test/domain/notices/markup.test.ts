import { markup } from '../../../src/domain/notices/markup.js';

test.each([
  { label: 'a script', text: '<script>alert(1)</script>', html: '&lt;script&gt;alert(1)&lt;/script&gt;' },
  { label: 'a way out of an attribute', text: `" onclick='x'`, html: '&quot; onclick=&#39;x&#39;' },
  { label: 'what looks escaped', text: '&lt;b&gt;', html: '&amp;lt;b&amp;gt;' },
  { label: 'ordinary words', text: 'Łódź, 7 % & more', html: 'Łódź, 7 % &amp; more' },
])('$label from outside is text, never HTML', ({ text, html }) => expect(markup`${text}`.html).toBe(html));

test('markup within markup is not escaped again', () => {
  expect(markup`<p>${markup`<b>${'<'}</b>`}</p>`.html).toBe('<p><b>&lt;</b></p>');
});

test('lists are joined, and nothing is nothing', () => {
  expect(markup`${[markup`<i>1</i>`, '<', 2]}${null}${undefined}`.html).toBe('<i>1</i>&lt;2');
});
