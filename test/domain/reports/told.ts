import { contributionOf, type Contribution } from '../../../src/domain/reports/index.js';
import { keepWindows } from '../../../src/zones/index.js';
import { given, type Fact, type Lead } from '../../builders/index.js';

const windowsOf = keepWindows();

/** What a lead contributes to figures after these facts, at an instant; facts that are refused fail the test. */
export function contributed(lead: Lead, facts: readonly Fact[], until: string): Contribution {
  const outcome = given(lead, ...facts).then(until);
  expect(outcome.refusals).toEqual([]);
  const { events, context } = outcome.lead.run;
  return contributionOf(events, { agreements: context.agreements, windowsOf });
}
