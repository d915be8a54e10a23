import type { CellKind, ListGrouping, Column } from '../domain/reports/index.js';
import { column } from './cells.js';
import type { Edges } from './known-rows.js';

/** A column of a list: what readers see, and what it is in SQL. */
interface ListColumn extends Column {
  readonly sql: string;
}

interface KindOfRow {
  /** What stands after `FROM`, for rows that are as a condition says; `all` is the condition without any filter. */
  readonly from: (where: string, edges: Edges, all: () => string) => string;
  /** What names one row among all of a workspace, and puts the rows of a list in order. */
  readonly key: readonly string[];
  readonly columns: readonly ListColumn[];
  /** By what of its own its rows can be chosen, beside what all leads have. */
  readonly groupings: readonly ListGrouping[];
}

const shown = (sql: string, id: string, title: string, kind: CellKind): ListColumn => ({
  ...column(id, title, kind),
  sql,
});

const table =
  (name: string) =>
  (where: string): string =>
    `(SELECT * FROM ${name} WHERE ${where}) AS known`;

const leadColumns: readonly ListColumn[] = [
  shown('source', 'source', 'source', 'text'),
  shown(`agreement_name || '@' || agreement_version`, 'version', 'agreement', 'text'),
  shown('owner', 'owner', 'owner', 'text'),
  shown('team', 'team', 'team', 'text'),
  shown('segment', 'segment', 'segment', 'text'),
  shown('priority', 'priority', 'priority', 'text'),
  shown('handed_off_at', 'handedOffAt', 'handed off', 'instant'),
];

const cycleColumn = shown('cycle', 'cycle', 'cycle', 'count');
/** What every row of one cycle of a lead begins with. */
const cycleColumns = [...leadColumns, cycleColumn];

/** A cycle of a lead in which a side had a verdict; the owners are those whom its verdicts are counted for. */
const leadCycles = (where: string, edges: Edges): string =>
  `(SELECT lead_id, cycle, party, min(agreement_name) AS agreement_name, max(agreement_version) AS agreement_version,
      string_agg(DISTINCT owner, ', ') AS owner, string_agg(DISTINCT team, ', ') AS team, min(segment) AS segment,
      min(source) AS source, min(priority) AS priority, min(handed_off_at) AS handed_off_at,
      bool_or(verdict = 'breached') AS is_broken,
      string_agg(clock, ', ' ORDER BY clock, n) FILTER (WHERE verdict = 'breached') AS missed
    FROM report_clock WHERE ${where} AND decided_at >= ${edges.from} AND decided_at < ${edges.to}
    GROUP BY party, lead_id, cycle) AS lead_cycle`;

/** The open time of a clock that has ended, as far as it went by with those whom a list asks for. */
const splitTimes = (where: string): string =>
  `(SELECT lead_id, cycle, clock, n, min(party) AS party, min(agreement_name) AS agreement_name,
      max(agreement_version) AS agreement_version, string_agg(DISTINCT owner, ', ') AS owner,
      string_agg(DISTINCT team, ', ') AS team, min(segment) AS segment, min(source) AS source,
      min(priority) AS priority, min(handed_off_at) AS handed_off_at, max(ended_at) AS ended_at,
      sum(used_ms)::float8 AS used_ms, sum(late_ms)::float8 AS late_ms
    FROM report_time WHERE ${where} GROUP BY lead_id, cycle, clock, n) AS split`;

/** What people did in the period; `alike_count`: how often the same person wrote the same, whatever lead it was about. */
const deeds = (where: string, edges: Edges, all: () => string): string =>
  `(SELECT deed.*, alike_count FROM (SELECT * FROM report_deed WHERE ${where} AND ${within('at', edges)}) AS deed
    LEFT JOIN (SELECT actor, note_hash, count(*) AS alike_count FROM report_deed
        WHERE ${all()} AND ${within('at', edges)} AND note_hash IS NOT NULL GROUP BY 1, 2) AS alike
      USING (actor, note_hash)) AS known`;

const within = (at: string, { from, to }: Edges): string => `${at} >= ${from} AND ${at} < ${to}`;

/** What numbers of reports count, each with what its lists show. */
export const rowKinds = {
  lead: {
    from: table('report_lead'),
    key: ['lead_id'],
    columns: [
      ...leadColumns,
      shown('stage', 'stage', 'stage', 'text'),
      shown('decision', 'decision', 'decision', 'text'),
      shown('touched_at', 'touchedAt', 'first touch', 'instant'),
      shown('sales_qualified_at', 'salesQualifiedAt', 'sales-qualified', 'instant'),
    ],
    groupings: ['channel'],
  },
  cycle: {
    from: table('report_cycle'),
    key: ['lead_id', 'cycle'],
    columns: [
      ...cycleColumns,
      shown('started_at', 'startedAt', 'began', 'instant'),
      shown('woken_from', 'wokenFrom', 'woken from', 'text'),
      shown('outcome', 'outcome', 'outcome', 'text'),
      shown('reason', 'reason', 'reason', 'text'),
      shown('outcome_at', 'outcomeAt', 'ended', 'instant'),
    ],
    groupings: ['reason'],
  },
  entry: {
    from: table('report_entry'),
    key: ['lead_id', 'entry_seq'],
    columns: [
      ...cycleColumns,
      shown('stage', 'stage', 'stage', 'text'),
      shown('at', 'enteredAt', 'entered', 'instant'),
      shown('flaw', 'flaw', 'flaw', 'text'),
    ],
    groupings: [],
  },
  clock: {
    from: table('report_clock'),
    key: ['lead_id', 'cycle', 'clock', 'n'],
    columns: [
      ...cycleColumns,
      shown('party', 'party', 'side', 'text'),
      shown('clock', 'commitment', 'commitment', 'text'),
      shown('n', 'n', 'number', 'count'),
      shown('verdict', 'verdict', 'verdict', 'text'),
      shown('started_at', 'startedAt', 'began', 'instant'),
      shown('due_at', 'dueAt', 'due', 'instant'),
      shown('completed_at', 'completedAt', 'completed', 'instant'),
      shown('used_ms', 'used', 'time used', 'open-time'),
      shown('overshoot_ms', 'overshoot', 'late by', 'open-time'),
      shown('is_corrected', 'isCorrected', 'corrected by late logging', 'text'),
      shown('cancelled_by', 'cancelledBy', 'cancelled by', 'text'),
    ],
    groupings: ['commitment', 'party'],
  },
  deed: {
    from: deeds,
    key: ['lead_id', 'deed_seq'],
    columns: [
      ...cycleColumns,
      shown('at', 'saidAt', 'said', 'instant'),
      shown('kind', 'kind', 'what', 'text'),
      shown('actor', 'actor', 'by', 'text'),
      shown('flaw', 'flaw', 'flaw', 'text'),
      shown('clock', 'commitment', 'commitment', 'text'),
      shown('channel', 'channel', 'channel', 'text'),
      shown('late_ms', 'loggedAfter', 'logged after', 'elapsed'),
    ],
    groupings: ['actor'],
  },
  'lead-cycle': {
    from: leadCycles,
    key: ['lead_id', 'cycle', 'party'],
    columns: [...cycleColumns, shown('party', 'party', 'side', 'text'), shown('missed', 'missed', 'missed', 'text')],
    groupings: ['party'],
  },
  decision: {
    from: table('report_decision'),
    key: ['lead_id', 'decision_seq'],
    columns: [
      ...cycleColumns,
      shown('kind', 'kind', 'kind', 'text'),
      shown('reason', 'reason', 'reason', 'text'),
      shown('route', 'route', 'goes to', 'text'),
      shown('decided_at', 'decidedAt', 'decided', 'instant'),
      shown('has_notes', 'hasNotes', 'with notes', 'text'),
      shown('friction', 'friction', 'friction', 'text'),
      shown('content_gap', 'contentGap', 'content gap', 'text'),
      shown('is_taken_back', 'isTakenBack', 'taken back', 'text'),
    ],
    groupings: ['kind', 'reason', 'route'],
  },
  correction: {
    from: table('report_correction'),
    key: ['lead_id', 'correction_seq', 'cycle', 'clock', 'n'],
    columns: [
      ...cycleColumns,
      shown('party', 'party', 'side', 'text'),
      shown('clock', 'commitment', 'commitment', 'text'),
      shown('n', 'n', 'number', 'count'),
      shown('verdict_before', 'verdictBefore', 'was', 'text'),
      shown('verdict', 'verdict', 'became', 'text'),
      shown('was_due_at', 'wasDueAt', 'was due', 'instant'),
      shown('due_at', 'dueAt', 'became due', 'instant'),
      shown('judged_at', 'judgedAt', 'counted on', 'instant'),
      shown('corrected_at', 'correctedAt', 'corrected', 'instant'),
      shown('kind', 'cause', 'by what', 'text'),
      shown('reason', 'reason', 'reason', 'text'),
      shown('actor', 'actor', 'by', 'text'),
    ],
    groupings: ['commitment', 'party', 'kind', 'actor'],
  },
  dispute: {
    from: table('report_dispute'),
    key: ['lead_id', 'dispute_seq'],
    columns: [
      ...cycleColumns,
      shown('reason', 'reason', 'reason', 'text'),
      shown('opened_at', 'openedAt', 'opened', 'instant'),
      shown('outcome', 'outcome', 'outcome', 'text'),
      shown('resolved_at', 'resolvedAt', 'ended', 'instant'),
    ],
    groupings: ['reason'],
  },
  escalation: {
    from: table('report_escalation'),
    key: ['lead_id', 'escalation_seq'],
    columns: [
      ...cycleColumns,
      shown('party', 'party', 'side', 'text'),
      shown('clock', 'commitment', 'commitment', 'text'),
      shown('n', 'n', 'number', 'count'),
      shown('kind', 'kind', 'kind', 'text'),
      shown('step', 'step', 'at', 'text'),
      shown('fired_at', 'firedAt', 'fired', 'instant'),
      shown('told_count', 'toldCount', 'people told', 'count'),
      shown('is_acknowledged', 'isAcknowledged', 'acknowledged', 'text'),
      shown('is_moved', 'isMoved', 'moved', 'text'),
      shown('answered_at', 'answeredAt', 'answered', 'instant'),
    ],
    groupings: ['commitment', 'party', 'kind', 'step'],
  },
  holding: {
    from: table('report_holding'),
    key: ['lead_id', 'holding_seq'],
    columns: [
      ...cycleColumns,
      shown('given_at', 'givenAt', 'given', 'instant'),
      shown('cause', 'cause', 'how', 'text'),
    ],
    groupings: [],
  },
  standing: {
    from: table('report_standing'),
    key: ['lead_id'],
    columns: [
      ...cycleColumns,
      shown('stage', 'stage', 'stage', 'text'),
      shown('started_at', 'startedAt', 'open since', 'instant'),
      shown('entered_at', 'enteredAt', 'in its stage since', 'instant'),
      shown('last_touched_at', 'lastTouchedAt', 'last touch', 'instant'),
      shown('overdue_count', 'overdueCount', 'overdue promises', 'count'),
      shown('overdue_at', 'overdueAt', 'overdue since', 'instant'),
      shown('is_resting', 'isResting', 'paused or in dispute', 'text'),
    ],
    groupings: ['stage'],
  },
  time: {
    from: splitTimes,
    key: ['lead_id', 'cycle', 'clock', 'n'],
    columns: [
      ...cycleColumns,
      shown('party', 'party', 'side', 'text'),
      shown('clock', 'commitment', 'commitment', 'text'),
      shown('n', 'n', 'number', 'count'),
      shown('ended_at', 'endedAt', 'ended', 'instant'),
      shown('used_ms', 'used', 'open time', 'open-time'),
      shown('late_ms', 'late', 'late', 'open-time'),
    ],
    groupings: ['commitment', 'party', 'tier'],
  },
} as const satisfies Record<string, KindOfRow>;

export type RowKind = keyof typeof rowKinds;
