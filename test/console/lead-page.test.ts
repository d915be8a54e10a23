import { renderLeadPage, renderLinkProblem } from '../../src/console/lead-page.js';
import { briefingOf } from '../../src/domain/notices/index.js';
import { formatLocal } from '../../src/zones/index.js';
import { ada, aLead, after, hours, mondayTen, terms } from '../domain/notices/sample-lead.js';

const pageOf = (run = after(aLead(), hours(5))): string =>
  renderLeadPage({
    briefing: briefingOf(run.state, { [terms.key]: terms }),
    story: [{ at: mondayTen, text: 'Handed off to rep-east-1.' }],
    say: (at) => formatLocal('America/New_York', at),
    readAt: mondayTen + hours(5),
    linkExpiresAt: mondayTen + hours(24),
  });

test('the page shows who, what is due, what happened and until when the link works', () => {
  const page = pageOf();
  for (const words of ['Ada Lovelace', 'Acme Engines', 'promise missed', 'Handed off to rep-east-1.']) {
    expect(page).toContain(words);
  }
  expect(page).toContain('Mon 23 Nov 2026, 14:00 EST');
  expect(page).toContain('its link works until Tue 24 Nov 2026, 10:00 EST');
});

test('the page asks nobody else for anything and lets nobody act', () => {
  const page = pageOf();
  expect(page).not.toMatch(/<(script|link|img|iframe|form|button|input)\b/);
  expect(page).not.toMatch(/(src|href|action)=|url\(|@import/);
});

test('what a lead calls itself is text on the page', () => {
  const page = pageOf(aLead({ fields: { ...ada, company: '<img src=x onerror=alert(1)>', lastName: '"><b>' } }));
  expect(page).not.toMatch(/<img|<b>/);
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
});

test('search engines and other sites learn nothing of the page', () => {
  expect(pageOf()).toContain('<meta name="robots" content="noindex">');
  expect(pageOf()).toContain('<meta name="referrer" content="no-referrer">');
});

test.each([
  { problem: 'expired', words: 'The newest mail about this lead' },
  { problem: 'invalid', words: 'Open it from the mail once more' },
] as const)('a link that is $problem says what to do', ({ problem, words }) =>
  expect(renderLinkProblem(problem)).toContain(words),
);
