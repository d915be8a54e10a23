import {
  escalationKinds,
  leadGroupingOf,
  type Cell,
  type EscalationKind,
  type EscalationTally,
  type LeadGrouping,
  type Section,
} from '../domain/reports/index.js';
import { column } from './cells.js';
import { queryEscalations } from './escalations-query.js';
import { partLinks } from './list-links.js';
import { knownFor, type ReportAsked, type ReportSource } from './ports.js';

const words = {
  warning: {
    title: 'Warnings',
    step: 'at',
    notes: ['A warning goes to whoever has the lead. It is counted in the period in which it fired.'],
  },
  tier: {
    title: 'Tiers of the ladders',
    step: 'tier',
    notes: [
      'A tier is counted in the period in which it fired. Skipped: it reached nobody, and the next one fired at once.',
      'Acknowledged: somebody took note, which held the next tier back. Moved: the lead went to another person.',
    ],
  },
} as const satisfies Record<EscalationKind, object>;

const ANSWERS = 'Answered: what was promised came afterwards; the times are open time from firing to then.';

const firedColumns = [column('fired', 'fired', 'count'), column('told', 'told', 'count')];
const tierColumns = [
  column('skipped', 'skipped', 'count'),
  column('shadow', 'in shadow', 'count'),
  column('acknowledged', 'acknowledged', 'count'),
  column('moved', 'moved', 'count'),
  column('unmoved', 'nobody to move to', 'count'),
];
const answerColumns = [
  column('answered', 'answered', 'count'),
  column('answerMedian', 'answered after (median)', 'open-time'),
  column('answerP90', 'answered after (p90)', 'open-time'),
];

/** What warned, what escalated, whom it reached and what it brought about: by commitment and tier, and by team. */
export async function escalationSections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const { period, filter } = asked;
  const known = knownFor(source, asked);
  const by = leadGroupingOf(asked.by) ?? 'team';
  const span = { from: period.from, to: period.to, filter };
  const [whole, groups] = await Promise.all([
    queryEscalations(source.query, known, span),
    queryEscalations(source.query, known, { ...span, by }),
  ]);
  const order = Object.keys(asked.agreement.clocks);
  return escalationKinds.flatMap((kind) => [
    section(asked, kind, inOrder(whole, kind, order)),
    section(asked, kind, inOrder(groups, kind, order), by),
  ]);
}

/** Commitments in the order of the agreement, those that it has no more at the end. */
function inOrder(tallies: readonly EscalationTally[], kind: EscalationKind, order: readonly string[]) {
  const place = ({ commitment }: EscalationTally): number =>
    order.includes(commitment) ? order.indexOf(commitment) : order.length;
  return tallies
    .filter((tally) => tally.kind === kind)
    .toSorted((a, b) => place(a) - place(b) || compare(a.commitment, b.commitment) || compare(a.step, b.step));
}

const compare = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

function section(
  asked: ReportAsked,
  kind: EscalationKind,
  tallies: readonly EscalationTally[],
  by?: LeadGrouping,
): Section {
  const { title, step, notes } = words[kind];
  return {
    id: by === undefined ? `${kind}s` : `${kind}s-by-${by}`,
    title: by === undefined ? title : `${title}, by ${by}`,
    notes: by === undefined ? [...notes, ANSWERS] : [],
    table: {
      columns: [
        column('commitment', 'commitment', 'text'),
        column('step', step, 'text'),
        ...(by === undefined ? [] : [column('group', by, 'text')]),
        ...firedColumns,
        ...(kind === 'tier' ? tierColumns : []),
        ...answerColumns,
      ],
      rows: tallies.map((tally) => ({ cells: cellsOf(tally, by !== undefined), leads: linksTo(asked, tally, by) })),
    },
    charts:
      by === undefined
        ? [
            {
              shape: 'bars',
              kind: 'count',
              title,
              points: tallies.map((tally) => ({
                label: `${tally.commitment}, ${kind === 'tier' ? 'tier ' : ''}${tally.step}`,
                value: tally.firedCount,
              })),
            },
          ]
        : [],
  };
}

function linksTo(asked: ReportAsked, { commitment, kind, step, group }: EscalationTally, by?: LeadGrouping) {
  const parts = kind === 'tier' ? { ...PARTS, ...TIER_PARTS } : PARTS;
  const filter = { commitment, kind, step, ...(by !== undefined && { [by]: group }) };
  return partLinks('escalations', asked, 'escalations', parts, filter);
}

const PARTS = {
  fired: 'fired',
  told: 'told',
  answered: 'answered',
  answerMedian: 'answered',
  answerP90: 'answered',
};
const TIER_PARTS = {
  skipped: 'skipped',
  shadow: 'shadow',
  acknowledged: 'acknowledged',
  moved: 'moved',
  unmoved: 'unmoved',
};

const cellsOf = (tally: EscalationTally, isSplit: boolean): readonly Cell[] => [
  tally.commitment,
  tally.step,
  ...(isSplit ? [tally.group] : []),
  tally.firedCount,
  tally.toldCount,
  ...(tally.kind === 'tier' ? tierCells(tally) : []),
  tally.answer.count,
  tally.answer.medianMs,
  tally.answer.p90Ms,
];

const tierCells = (tally: EscalationTally): readonly Cell[] => [
  tally.skippedCount,
  tally.shadowCount,
  tally.acknowledgedCount,
  tally.movedCount,
  tally.unmovedCount,
];
