import {
  conversionWithinMs,
  DRAWS,
  estimateLateness,
  lateSides,
  SIDE_LEADS_MIN,
  stratumGroupings,
  sumOfBags,
  type Bag,
  type Cell,
  type Estimate,
  type LatenessEstimate,
  type LatenessFacts,
  type LateSide,
  type Money,
  type Section,
  type StratumEstimate,
  type TableRow,
} from '../domain/reports/index.js';
import { column, shareOf, sumOf } from './cells.js';
import { queryLateLeads } from './lateness-query.js';
import { partLinks } from './list-links.js';
import { currencyOf } from './pipeline-query.js';
import { knownFor, type ReportAsked, type ReportSource } from './ports.js';

/** What it cost that leads were answered late: the estimate, what it rests on, and both sides of each stratum. */
export async function latenessSections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const currency = await currencyOf(source, asked);
  const { period, filter } = asked;
  const span = { from: period.from, to: period.to, filter, currency };
  const facts = await queryLateLeads(source.query, knownFor(source, asked), span);
  const told: Told = { asked, currency, facts, estimate: estimateLateness(facts.strata) };
  return [estimateSection(told), leftOutSection(told), sidesSection(told), strataSection(told)];
}

interface Told {
  readonly asked: ReportAsked;
  readonly currency: string;
  readonly facts: LatenessFacts;
  readonly estimate: LatenessEstimate;
}

/** Where nobody has told of any pipeline, there is no currency to say an amount in. */
const moneyIn = ({ currency }: Told, minor: number): Money | null => (currency === '' ? null : { minor, currency });

/** In whole units: hundredths would promise what neither an estimate nor a mean can keep. */
const roughlyIn = (told: Told, minor: number): Money | null => moneyIn(told, Math.round(minor / 100) * 100);

const estimateCells = (told: Told, cost: Estimate | null, none: Cell): readonly Cell[] =>
  cost === null
    ? [none, none, none]
    : [roughlyIn(told, cost.minor), roughlyIn(told, cost.lowMinor), roughlyIn(told, cost.highMinor)];

const costColumns = [
  column('cost', 'cost of lateness', 'money'),
  column('low', 'at least', 'money'),
  column('high', 'at most', 'money'),
];

/** An estimate is made of leads of both sides; those that were late are behind it. */
const costParts = { cost: 'late', low: 'late', high: 'late' };

const stratumParts = {
  ...costParts,
  inTime: 'in-time',
  inTimeRate: 'in-time',
  late: 'late',
  lateRate: 'late',
  worth: 'qualified',
};

const assumptions = ({ asked, currency, facts }: Told): readonly string[] => [
  'An association, not a cause: leads that were answered late may differ in more than segment, priority and source tell, and would then have bought less often anyway.',
  'Assumed: answered in time, late leads would have become sales-qualified as often as those of the same segment, priority and source that were. Late leads × (rate in time − rate late) × pipeline of a sales-qualified lead of the stratum, summed up.',
  `A stratum counts with at least ${SIDE_LEADS_MIN} leads on each side; of the others nothing is said, and nothing is added for them.`,
  `Pipeline: opportunities that these leads led to, as of the report${currency === '' ? '' : `, in ${currency}`}. A sales-qualified lead of which none is known counts as nothing${facts.unvaluedCount === 0 ? '.' : `: ${facts.unvaluedCount} of them.`}`,
  `At least and at most: between them lie 95 % of ${DRAWS.toLocaleString('en')} sums of leads drawn again on each side of each stratum, always by the same chance. They say what chance can do, not what the assumptions can.`,
  'A sum below zero says that late leads did better; an interval that holds zero, that the figures do not tell.',
  ...maturityNote(asked),
];

/** Until the last lead has had its time, late leads had less of it than others. */
function maturityNote({ period, asOf }: ReportAsked): readonly string[] {
  const matureAt = period.to + conversionWithinMs['sales-qualified'];
  return asOf >= matureAt
    ? []
    : [
        'Not final: leads of the period still have time to become sales-qualified, and those answered late may need more of it.',
      ];
}

function estimateSection(told: Told): Section {
  const { asked, estimate } = told;
  const counted = estimate.strata.filter(({ cost }) => cost !== null);
  return {
    id: 'estimate',
    title: 'What lateness cost',
    notes: assumptions(told),
    table: {
      columns: [
        column('result', 'result', 'text'),
        ...costColumns,
        column('strata', 'strata that count', 'count'),
        column('lateLeads', 'late leads in them', 'count'),
      ],
      rows: [
        {
          cells: [
            resultOf(estimate),
            ...estimateCells(told, estimate.cost, estimate.strata.length === 0 ? 'no-leads' : null),
            counted.length,
            sumOf(counted.map(({ whole }) => whole.late.leadCount)),
          ],
          leads: partLinks('lateness', asked, 'lateness', costParts),
        },
      ],
    },
    charts: [],
  };
}

/** Leads of the period of which the estimate says nothing. */
function leftOutSection({ asked, estimate, facts }: Told): Section {
  const few = estimate.strata.filter(({ cost }) => cost === null);
  const fewCount = sumOf(few.flatMap(({ whole }) => lateSides.map((side) => whole[side].leadCount)));
  const links = (part: string) => ({ leads: partLinks('lateness', asked, 'lateness', { count: part }) });
  return {
    id: 'left-out',
    title: 'What the estimate leaves out',
    notes: [],
    table: {
      columns: [column('reason', 'reason', 'text'), column('count', 'leads', 'count')],
      rows: [
        { cells: [`in strata with fewer than ${SIDE_LEADS_MIN} on one side`, fewCount] },
        { cells: ['no verdict on the first response', facts.leftOut['no-verdict']], ...links('no-verdict') },
        { cells: ['dispute upheld', facts.leftOut['dispute-upheld']], ...links('dispute-upheld') },
      ],
    },
    charts: [],
  };
}

function resultOf({ cost, strata }: LatenessEstimate): string {
  if (cost !== null) return 'an estimate';
  return strata.length === 0 ? 'no leads' : 'too few leads to say anything';
}

const sideTitles: Readonly<Record<LateSide, string>> = {
  'in-time': 'answered in time',
  late: 'answered late, or never',
};

/** The sides as they are, whatever leads they consist of. */
function sidesSection(told: Told): Section {
  const { asked, estimate } = told;
  const sides = lateSides.map((side) => ({ side, whole: sumOfBags(estimate.strata.map(({ whole }) => whole[side])) }));
  return {
    id: 'sides',
    title: 'Answered in time and late',
    notes: [
      'Leads handed off in the period, by their first response; sales-qualified within 90 days of hand-off.',
      'Both sides as they are, not compared like with like: that is what the strata are for.',
    ],
    table: {
      columns: [
        column('side', 'first response', 'text'),
        column('leadCount', 'leads', 'count'),
        column('qualified', 'sales-qualified', 'count'),
        column('rate', 'share', 'share'),
        column('pipeline', 'pipeline', 'money'),
        column('worth', 'per sales-qualified lead', 'money'),
      ],
      rows: sides.map(({ side, whole }) => ({
        cells: [sideTitles[side], whole.leadCount, whole.qualifiedCount, rateCell(whole), ...worthCells(told, whole)],
        leads: partLinks('lateness', asked, 'lateness', {
          leadCount: side,
          qualified: `${side}-qualified`,
          rate: side,
          pipeline: `${side}-qualified`,
          worth: `${side}-qualified`,
        }),
      })),
    },
    charts: [
      {
        shape: 'bars',
        kind: 'share',
        title: 'Sales-qualified, of leads answered in time and late',
        points: sides.map(({ side, whole }) => ({
          label: sideTitles[side],
          value: whole.leadCount === 0 ? null : whole.qualifiedCount / whole.leadCount,
        })),
      },
    ],
  };
}

const rateCell = ({ qualifiedCount, leadCount }: Bag): Cell => shareOf(qualifiedCount, leadCount);

const worthCells = (told: Told, { minor, qualifiedCount }: Bag): readonly Cell[] => [
  moneyIn(told, minor),
  qualifiedCount === 0 ? 'no-leads' : roughlyIn(told, minor / qualifiedCount),
];

function strataSection(told: Told): Section {
  return {
    id: 'strata',
    title: 'Like with like: by segment, priority and source',
    notes: [`Greyed: fewer than ${SIDE_LEADS_MIN} leads on one side.`],
    table: {
      columns: [
        ...stratumGroupings.map((by) => column(by, by, 'text')),
        column('inTime', 'in time', 'count'),
        column('inTimeRate', 'sales-qualified in time', 'share'),
        column('late', 'late', 'count'),
        column('lateRate', 'sales-qualified late', 'share'),
        column('worth', 'pipeline of one', 'money'),
        ...costColumns,
        column('counts', 'counts', 'text'),
      ],
      rows: told.estimate.strata.map((estimated) => stratumRow(told, estimated)),
    },
    charts: [],
  };
}

function stratumRow(told: Told, { stratum, whole, cost }: StratumEstimate): TableRow {
  const both = sumOfBags(lateSides.map((side) => whole[side]));
  return {
    cells: [
      ...stratumGroupings.map((by) => stratum.name[by]),
      whole['in-time'].leadCount,
      rateCell(whole['in-time']),
      whole.late.leadCount,
      rateCell(whole.late),
      worthCells(told, both)[1]!,
      ...estimateCells(told, cost, null),
      cost === null ? 'too few' : 'yes',
    ],
    isFaint: cost === null,
    leads: partLinks('lateness', told.asked, 'lateness', stratumParts, { ...stratum.name }),
  };
}
