import {
  ALL,
  emptyPipeline,
  leadAnswers,
  pipelineParts,
  valueOf,
  type Cell,
  type Column,
  type LeadGrouping,
  type ListFilter,
  type PipelineAsked,
  type PipelinePart,
  type PipelineSum,
  type PipelineTally,
  type Section,
  type TableRow,
} from '../domain/reports/index.js';
import { column } from './cells.js';
import type { Span } from './known-rows.js';
import { listLink, partLinks } from './list-links.js';
import { answeredFigure, OTHER_CURRENCY, WITHOUT_AMOUNT } from './pipeline-list.js';
import { currencyOf, queryPipeline } from './pipeline-query.js';
import type { Known, ReportAsked, ReportSource } from './ports.js';

/** Whom the pipeline is credited to: in total, by group, and by whether its leads were answered in time. */
export async function pipelineSections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const currency = await currencyOf(source, asked);
  const by = (asked.by ?? 'source') as LeadGrouping;
  const { query } = source;
  const [whole, earlier, groups, answers] = await Promise.all([
    queryPipeline(query, knownOf(source, asked), pipelineAsked(asked, asked.period, currency)),
    queryPipeline(query, knownOf(source, asked), pipelineAsked(asked, asked.before, currency)),
    queryPipeline(query, knownOf(source, asked), { ...pipelineAsked(asked, asked.period, currency), by }),
    queryPipeline(query, knownOf(source, asked), { ...pipelineAsked(asked, asked.period, currency), by: 'answer' }),
  ]);
  const told: Told = { asked, currency };
  return [
    creditSection(told, whole[ALL] ?? emptyPipeline, earlier[ALL] ?? emptyPipeline),
    groupsSection(told, by, groups),
    answersSection(told, answers),
  ];
}

interface Told {
  readonly asked: ReportAsked;
  readonly currency: string;
}

const knownOf = ({ workspace }: ReportSource, { agreement, asOf }: ReportAsked): Known => ({
  workspace,
  agreement: agreement.name,
  asOf,
});

export const pipelineAsked = (
  { agreement, governance, asOf, filter }: ReportAsked,
  { from, to }: Span,
  currency: string,
): PipelineAsked => ({
  agreement: agreement.name,
  attribution: governance.attribution,
  from,
  to,
  asOf,
  filter,
  currency,
});

const partTitles: Readonly<Record<PipelinePart, string>> = {
  'marketing-sourced': 'marketing-sourced',
  'sales-sourced': 'sales-sourced',
  'sales-first': 'sales first, marketing touched',
  total: 'pipeline',
  'marketing-influenced': 'marketing-influenced',
};

const notesOf = ({ asked, currency }: Told): readonly string[] => {
  const { touchWindowMs, marketing } = asked.governance.attribution;
  const days = Math.round(touchWindowMs / 86_400_000);
  return [
    'Opportunities by their CRM id, in the period in which they first opened; amounts as of the report, of closed ones at closing.',
    `Credit: who touched any contact of the account first in the ${days} days before opening; a tie goes to marketing.`,
    `A touch by marketing is one of: ${marketing.length === 0 ? 'none, for the agreement lists none' : marketing.join(', ')}.`,
    'The three credits sum to the pipeline; marketing-influenced overlaps with them: any touch by marketing up to the closing.',
    ...(currency === '' ? [] : [`Amounts in ${currency}; those in other currencies are counted, and not added up.`]),
  ];
};

function creditSection(told: Told, now: PipelineTally, before: PipelineTally): Section {
  const rows = pipelineParts.map((part): TableRow => {
    const { count, withoutAmount, otherCurrency } = now[part];
    const share = valueOf({ numerator: now[part].minor, denominator: now.total.minor, leftOut: {} });
    return {
      cells: [
        partTitles[part],
        count,
        amountCell(told, now[part]),
        share ?? 'no-leads',
        amountCell(told, before[part]),
        withoutAmount,
        otherCurrency,
      ],
      leads: creditLinks(told.asked, part),
    };
  });
  return {
    id: 'credit',
    title: 'Pipeline by credit',
    notes: notesOf(told),
    table: {
      columns: [
        column('credit', 'credit', 'text'),
        column('count', 'opportunities', 'count'),
        column('amount', 'amount', 'money'),
        column('share', 'of the pipeline', 'share'),
        column('before', 'period before', 'money'),
        column('withoutAmount', 'without an amount', 'count'),
        column('otherCurrency', 'in another currency', 'count'),
      ],
      rows,
    },
    charts: [
      {
        shape: 'bars',
        kind: 'count',
        title: 'Opportunities by credit',
        points: pipelineParts.map((part) => ({ label: partTitles[part], value: now[part].count })),
      },
    ],
  };
}

function creditLinks(asked: ReportAsked, part: PipelinePart): Readonly<Record<string, string>> {
  const link = (figure: string, of: PipelinePart = part, period = asked.period): string =>
    listLink('pipeline', asked, { figure, part: of, period });
  return {
    count: link('pipeline'),
    amount: link('pipeline'),
    share: link('pipeline', 'total'),
    before: link('pipeline', part, asked.before),
    withoutAmount: link(WITHOUT_AMOUNT),
    otherCurrency: link(OTHER_CURRENCY),
  };
}

/** By column of a group, the opportunities behind its count, its amounts and what its share is of. */
const groupLinks = (asked: ReportAsked, figure: string, filter?: ListFilter): Readonly<Record<string, string>> => {
  const credits = pipelineParts.filter((part) => part !== 'total').map((part) => [part, part] as const);
  const columnParts = { count: 'total', amount: 'total', share: 'total', ...Object.fromEntries(credits) };
  return partLinks('pipeline', asked, figure, columnParts, filter);
};

/** Null where nothing was counted that could have an amount. */
const amountCell = ({ currency }: Told, { count, minor }: PipelineSum): Cell =>
  count === 0 || currency === '' ? null : { minor, currency };

const groupColumns: readonly Column[] = [
  column('count', 'opportunities', 'count'),
  column('amount', 'amount', 'money'),
  ...pipelineParts.filter((part) => part !== 'total').map((part) => column(part, partTitles[part], 'money')),
  column('share', 'marketing-sourced of it', 'share'),
];

const groupCells = (told: Told, tally: PipelineTally): readonly Cell[] => [
  tally.total.count,
  amountCell(told, tally.total),
  ...pipelineParts.filter((part) => part !== 'total').map((part) => amountCell(told, tally[part])),
  valueOf({ numerator: tally['marketing-sourced'].minor, denominator: tally.total.minor, leftOut: {} }) ?? 'no-leads',
];

function groupsSection(told: Told, by: LeadGrouping, groups: Readonly<Record<string, PipelineTally>>): Section {
  const sorted = Object.entries(groups).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    id: `by-${by}`,
    title: `Pipeline by ${by}`,
    notes: [`Each ${by} is that of the lead that led to it, as at hand-off; none: no lead did, or it had no ${by}.`],
    table: {
      columns: [column('group', by, 'text'), ...groupColumns],
      rows: sorted.map(([group, tally]) => ({
        cells: [group, ...groupCells(told, tally)],
        leads: groupLinks(told.asked, 'pipeline', { [by]: group }),
      })),
    },
    charts: [
      {
        shape: 'bars',
        kind: 'count',
        title: `Opportunities by ${by}`,
        points: sorted.map(([label, { total }]) => ({ label, value: total.count })),
      },
    ],
  };
}

const answerTitles: Readonly<Record<(typeof leadAnswers)[number], string>> = {
  'in-time': 'leads answered in time',
  late: 'leads answered late or not at all',
  'no-verdict': 'leads without a verdict',
  none: 'no lead',
};

function answersSection(told: Told, answers: Readonly<Record<string, PipelineTally>>): Section {
  const rows = leadAnswers.map((answer): TableRow => {
    const tally = answers[answer] ?? emptyPipeline;
    return {
      cells: [answerTitles[answer], ...groupCells(told, tally)],
      leads: groupLinks(told.asked, answeredFigure(answer)),
    };
  });
  return {
    id: 'answered',
    title: 'Pipeline by the answer that its lead got',
    notes: [
      'By the verdict of the first response of the lead: in time, or later than agreed. The lines add up to the pipeline.',
    ],
    table: { columns: [column('answer', 'of', 'text'), ...groupColumns], rows },
    charts: [],
  };
}
