import { missedInARow, type FigureStatus } from '../../../src/domain/reports/index.js';

describe('goals missed in a row', () => {
  test.each<{ what: string; statuses: FigureStatus[]; current: number; longest: number }>([
    { what: 'nothing known is no run', statuses: [], current: 0, longest: 0 },
    { what: 'each miss makes the run longer', statuses: ['missed', 'missed'], current: 2, longest: 2 },
    { what: 'a goal met ends it', statuses: ['missed', 'missed', 'met', 'missed'], current: 1, longest: 2 },
    { what: 'the last one counts', statuses: ['missed', 'met'], current: 0, longest: 1 },
    {
      what: 'a period without leads neither ends it nor makes it longer',
      statuses: ['missed', 'no-leads', 'missed', 'no-leads'],
      current: 2,
      longest: 2,
    },
    {
      what: 'what is not judged yet does neither',
      statuses: ['missed', 'at-risk', 'on-track', 'missed'],
      current: 2,
      longest: 2,
    },
  ])('$what', ({ statuses, current, longest }) => {
    expect(missedInARow(statuses)).toEqual({ currentCount: current, longestCount: longest });
  });
});
