import { answerFromCalendar } from '../../../src/bin/calendar-ports.js';
import { previewPage, rememberingWindows, type PreviewWorld } from '../../../src/domain/preview/preview-page.js';
import { aDirectory, aLead, changed, when, type Lead, type Lines } from '../../builders/index.js';

/** A breach at once whose first tier gives the lead to somebody else. */
const taken: Lines = {
  'clocks.first-response.within': '1h',
  'clocks.first-response.overrides': [],
  'ladders.not-followed-up': [{ on: 'breach', after: '0h', to: ['owner-manager'], reassign: true }],
};

const team = [{ id: 'rep-east-3', team: 'sdr-east', email: 'east-3@sales.example' }];
const leads = (count: number): readonly Lead[] => Array.from({ length: count }, () => aLead({ people: team }));

function page(lines: Lines, world: Partial<PreviewWorld> = {}, answers = {}) {
  const all = leads(2);
  const { agreement, run } = all[0]!;
  return previewPage(
    all.map((lead, index) => ({ leadId: `lead-${index + 1}`, story: lead.run.events, answers })),
    { agreement: changed(agreement, lines).terms, mode: 'recompute', at: when('tue 12:00') },
    {
      directory: aDirectory(team),
      workload: { openLeadCounts: { 'rep-east-1': 2 }, lastGivenAt: {} },
      answerCalendar: rememberingWindows(answerFromCalendar),
      agreements: run.context.agreements,
      shadows: {},
      ...world,
    },
  );
}

describe('previewPage', () => {
  test('whoever is given a lead by one preview is not first in turn for the next', () => {
    const { previews, workload } = page(taken);
    expect(previews.map(({ after }) => after.owner)).toEqual(['rep-east-2', 'rep-east-3']);
    expect(workload.openLeadCounts).toEqual({ 'rep-east-1': 0, 'rep-east-2': 1, 'rep-east-3': 1 });
  });

  test('what the directory has answered to a lead already, stands', () => {
    const answer = { owner: 'rep-east-3', queue: null, team: 'sdr-east', calendar: 'sales-us-east' };
    const { previews } = page(taken, {}, { 'lead-1/1/first-response/1/1/next-owner': answer });
    expect(previews.map(({ after }) => after.owner)).toEqual(['rep-east-3', 'rep-east-3']);
  });

  test('a ladder in shadow moves nobody', () => {
    const shadow = { covers: 'ladders', ladders: ['not-followed-up'] } as const;
    const name = `inbound-saas@${leads(1)[0]!.agreement.terms.version + 1}`;
    const { previews } = page(taken, { shadows: { [name]: shadow } });
    expect(previews.map(({ after }) => after.owner)).toEqual(['rep-east-1', 'rep-east-1']);
    expect(previews[0]!.changes).toContain('verdict');
  });
});

test('windows are compiled once for hundreds of leads', () => {
  let compiledCount = 0;
  const remembering = rememberingWindows((question) => {
    compiledCount += 1;
    return answerFromCalendar(question);
  });
  const definition = { timeZone: 'UTC', hours: { 'mon-fri': ['09:00-17:00'] } };
  const ask = (from: string, until: string) =>
    remembering({
      kind: 'windows',
      key: `${from}`,
      asOf: when(from),
      calendarKey: 'office',
      name: 'office',
      definition,
      from: when(from),
      until: when(until),
    });
  ask('mon 09:00', 'fri 17:00');
  ask('tue 09:00', 'thu 17:00');
  expect(compiledCount).toBe(1);
  expect(ask('tue 09:00', '+1 fri 17:00')).toMatchObject({ from: when('mon 09:00'), until: when('+1 fri 17:00') });
  expect(compiledCount).toBe(2);
});
