import { decisionFacts } from '../../../../src/domain/reports/decision-facts.js';
import { aLead, dispose, given, qualify, sellOn, touch, type Fact } from '../../../builders/index.js';

const noted = (...facts: readonly Fact[]) => {
  const { lead, refusals } = given(aLead(), touch('tue 10:10', 'reached'), ...facts).then('wed 12:00');
  expect(refusals).toEqual([]);
  return decisionFacts(lead.run.events, []).map(({ friction, contentGap }) => ({ friction, contentGap }));
};

const both = { friction: 'the price comes too early', contentGap: 'a page about security' };

describe('what a rep stumbled over', () => {
  test.each([
    { label: 'with a reason', facts: [dispose('tue 11:00', 'no-budget', both)] },
    {
      label: 'that sells the lead on',
      facts: [qualify('tue 10:30', { intent: 'demo-held' }), sellOn('tue 11:00', both)],
    },
  ])('is recorded with a disposition $label', ({ facts }) => {
    expect(noted(...facts)).toEqual([both]);
  });

  test('is one thing without the other', () => {
    const { contentGap } = both;
    expect(noted(dispose('tue 11:00', 'no-budget', { contentGap }))).toEqual([{ friction: null, contentGap }]);
  });

  test('is nothing where nothing was written, or only blanks', () => {
    const nothing = [{ friction: null, contentGap: null }];
    expect(noted(dispose('tue 11:00', 'no-budget'))).toEqual(nothing);
    expect(noted(dispose('tue 11:00', 'no-budget', { friction: ' ', contentGap: '\n' }))).toEqual(nothing);
  });
});
