import {
  ALL,
  HOURS_OF_WEEK,
  leadGroupingOf,
  speedBins,
  type Cell,
  type FieldValue,
  type FirstResponseTally,
  type HourTally,
  type LeadGrouping,
  type ListFilter,
  type Section,
  type SpeedGrouping,
  type SpeedTally,
} from '../domain/reports/index.js';
import { column, fewLeads, fewLeadsNotes, shareOf } from './cells.js';
import { queryFirstResponse } from './first-response-query.js';
import { partLinks } from './list-links.js';
import { knownFor, type ReportAsked, type ReportSource } from './ports.js';
import { binPart, hourPart, queryHours, querySpeed } from './speed-query.js';

const NOTES = [
  'Of the leads handed off in the period. Times are open time, outside pauses, until the first touch by a person.',
  'Median and p90 are of all of them: the unanswered count as infinite, and where the rank is theirs it is not reached.',
  'The average is of the answered; with the unanswered at their time so far it is at least the number beside it. Left ' +
    'out of it: disputes upheld, and leads rejected untouched.',
  "The buyer's wait is elapsed time from the lead's own act to the first touch, where that act is known.",
];

/** How fast first answers come: as a whole, by how fast, by hour of the week, by channel, and by owner or another grouping. */
export async function speedSections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const { period, filter, governance } = asked;
  const known = knownFor(source, asked);
  const span = { from: period.from, to: period.to, filter };
  const by = leadGroupingOf(asked.by) ?? 'owner';
  const offsets = source.offsetsOf(governance.timeZone, period.from, period.to);
  const [whole, bins, channels, groups, groupBins, hours] = await Promise.all([
    queryFirstResponse(source.query, known, span, source.openTimeOn),
    querySpeed(source.query, known, span),
    querySpeed(source.query, known, { ...span, by: 'channel' }),
    queryFirstResponse(source.query, known, { ...span, by }, source.openTimeOn),
    querySpeed(source.query, known, { ...span, by }),
    queryHours(source.query, known, span, offsets),
  ]);
  return [
    wholeSection(asked, whole[ALL]),
    histogramSection(asked, bins[ALL]),
    hoursSection(asked, hours),
    binsSection(asked, 'channel', channels),
    groupsSection(asked, by, groups),
    binsSection(asked, by, groupBins),
  ];
}

const columns = [
  column('leadCount', 'leads', 'count'),
  column('median', 'median', 'open-time'),
  column('p90', 'p90', 'open-time'),
  column('answered', 'answered', 'count'),
  column('average', 'average', 'open-time'),
  column('unanswered', 'unanswered', 'count'),
  column('atLeast', 'average at least', 'open-time'),
  column('leftOut', 'left out', 'count'),
  column('waited', 'whose own act is known', 'count'),
  column('wait', "buyer's wait, average", 'elapsed'),
];

const NONE: FirstResponseTally = {
  leadCount: 0,
  answeredCount: 0,
  answeredMs: 0,
  unansweredCount: 0,
  unansweredMs: 0,
  leftOut: {},
  medianMs: null,
  p90Ms: null,
  waitedCount: 0,
  waitedMs: 0,
};

const wholeSection = (asked: ReportAsked, tally: FirstResponseTally = NONE): Section => ({
  id: 'speed',
  title: 'First response',
  notes: NOTES,
  table: { columns, rows: [{ cells: cellsOf(tally), leads: linksTo(asked) }] },
  charts: [],
});

const cellsOf = (tally: FirstResponseTally): readonly Cell[] => [
  tally.leadCount,
  rankCell(tally.medianMs),
  rankCell(tally.p90Ms),
  tally.answeredCount,
  meanOf(tally.answeredMs, tally.answeredCount),
  tally.unansweredCount,
  meanOf(tally.answeredMs + tally.unansweredMs, tally.answeredCount + tally.unansweredCount),
  tally.leadCount - tally.answeredCount - tally.unansweredCount,
  tally.waitedCount,
  meanOf(tally.waitedMs, tally.waitedCount),
];

const rankCell = (rank: FirstResponseTally['medianMs']): Cell =>
  rank === null ? 'no-leads' : rank === 'not-reached' ? NOT_REACHED : rank;

const NOT_REACHED = 'not reached';

const meanOf = (ms: number, count: number): Cell => (count === 0 ? 'no-leads' : ms / count);

function linksTo(asked: ReportAsked, filter?: ListFilter) {
  const parts = {
    leadCount: 'cohort',
    median: 'cohort',
    p90: 'cohort',
    answered: 'answered',
    average: 'answered',
    unanswered: 'unanswered',
    atLeast: 'counted',
    waited: 'waited',
    wait: 'waited',
  };
  return {
    ...partLinks('speed', asked, 'first-response', parts, filter),
    ...partLinks('speed', asked, 'speed', { leftOut: 'left-out' }, filter),
  };
}

/** Each bin with its share, and with the share of those that were answered by then. */
function histogramSection(asked: ReportAsked, tally: SpeedTally = NO_BINS): Section {
  const counted = tally.leadCount - tally.leftOutCount;
  const bins = [
    ...speedBins.map(({ bin }, index) => ({ label: bin as string, count: tally.binCounts[bin], part: binPart(index) })),
    { label: 'not answered', count: tally.unansweredCount, part: 'unanswered' },
  ];
  let soFar = 0;
  const rows = bins.map(({ label, count, part }) => {
    soFar += count;
    return {
      cells: [label, count, shareOf(count, counted), shareOf(soFar, counted)],
      leads: {
        ...partLinks('speed', asked, 'speed', { leadCount: part }),
        ...partLinks('speed', asked, 'first-response', { share: 'counted', soFar: 'counted' }),
      },
    };
  });
  return {
    id: 'histogram',
    title: 'How fast answers come',
    notes: ['Open time; an answer at the very end of a bin belongs to it. What is left out above is left out here.'],
    table: {
      columns: [
        column('bin', 'answered', 'text'),
        column('leadCount', 'leads', 'count'),
        column('share', 'share', 'share'),
        column('soFar', 'so far', 'share'),
      ],
      rows,
    },
    charts: [
      {
        shape: 'bars',
        kind: 'count',
        title: 'Leads by how fast they were answered',
        points: bins.map(({ label, count }) => ({ label, value: count })),
      },
    ],
  };
}

const NO_BINS: SpeedTally = {
  leadCount: 0,
  binCounts: Object.fromEntries(speedBins.map(({ bin }) => [bin, 0])) as SpeedTally['binCounts'],
  unansweredCount: 0,
  leftOutCount: 0,
};

const weekdayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const hourNames = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

/** By hour × weekday of the hand-off: how many leads come, and how long half of them wait. */
function hoursSection(asked: ReportAsked, hours: readonly HourTally[]): Section {
  const byHour = new Map(hours.map((tally) => [tally.hourOfWeek, tally]));
  const heatMap = (valueOf: (tally: HourTally | undefined) => FieldValue) =>
    weekdayNames.map((label, day) => ({
      label,
      values: hourNames.map((_, hour) => valueOf(byHour.get((day * 24 + hour) % HOURS_OF_WEEK))),
    }));
  return {
    id: 'hours',
    title: 'By hour and weekday of the hand-off',
    notes: [`Hours of ${asked.governance.timeZone}; hours without leads are left out of the table. Medians as above.`],
    table: {
      columns: [
        column('weekday', 'weekday', 'text'),
        column('hour', 'from', 'text'),
        column('leadCount', 'leads', 'count'),
        column('median', 'median', 'open-time'),
      ],
      rows: hours.map(({ hourOfWeek, leadCount, medianMs }) => ({
        cells: [
          weekdayNames[Math.floor(hourOfWeek / 24)]!,
          `${hourNames[hourOfWeek % 24]!}:00`,
          leadCount,
          rankCell(medianMs),
        ],
        leads: partLinks('speed', asked, 'hours', { leadCount: hourPart(hourOfWeek), median: hourPart(hourOfWeek) }),
      })),
    },
    charts: [
      {
        shape: 'heat-map',
        kind: 'count',
        title: 'Leads handed off, by hour and weekday',
        columns: hourNames,
        rows: heatMap((tally) => tally?.leadCount ?? 0),
      },
      {
        shape: 'heat-map',
        kind: 'open-time',
        title: 'Median first response, by hour and weekday of the hand-off',
        columns: hourNames,
        rows: heatMap((tally) => tally?.medianMs ?? null),
      },
    ],
  };
}

function groupsSection(
  asked: ReportAsked,
  by: LeadGrouping,
  groups: Readonly<Record<string, FirstResponseTally>>,
): Section {
  const rows = inOrder(groups).map(([group, tally]) => ({
    cells: [group, ...cellsOf(tally)],
    leads: linksTo(asked, { [by]: group }),
    ...fewLeads(by, tally.leadCount),
  }));
  return {
    id: `by-${by}`,
    title: `First response, by ${by}`,
    notes: fewLeadsNotes(by),
    table: { columns: [column('group', by, 'text'), ...columns], rows },
    charts: [],
  };
}

function binsSection(asked: ReportAsked, by: SpeedGrouping, groups: Readonly<Record<string, SpeedTally>>): Section {
  const parts: Record<string, string> = {
    leadCount: 'cohort',
    ...Object.fromEntries(speedBins.map((_, index) => [`bin${index + 1}`, binPart(index)])),
    unanswered: 'unanswered',
    leftOut: 'left-out',
  };
  return {
    id: `bins-by-${by}`,
    title: `How fast answers come, by ${by}`,
    notes: by === 'channel' ? ['The channel of the first touch by a person; none: nobody has touched them.'] : [],
    table: {
      columns: [
        column('group', by, 'text'),
        column('leadCount', 'leads', 'count'),
        ...speedBins.map(({ bin }, index) => column(`bin${index + 1}`, bin, 'count')),
        column('unanswered', 'not answered', 'count'),
        column('leftOut', 'left out', 'count'),
      ],
      rows: inOrder(groups).map(([group, tally]) => ({
        cells: [
          group,
          tally.leadCount,
          ...speedBins.map(({ bin }) => tally.binCounts[bin]),
          tally.unansweredCount,
          tally.leftOutCount,
        ],
        leads: partLinks('speed', asked, 'speed', parts, { [by]: group }),
      })),
    },
    charts: [],
  };
}

const inOrder = <T>(groups: Readonly<Record<string, T>>): readonly (readonly [string, T])[] =>
  Object.entries(groups).toSorted(([a], [b]) => (a < b ? -1 : 1));
