import { touchChannels } from '../domain/agreement/index.js';
import {
  NO_GROUP,
  type Cell,
  type Compliance,
  type ComplianceTally,
  type DeedPart,
  type FairPlay,
  type ListFilter,
  type Section,
  type SourcePart,
  type TableRow,
} from '../domain/reports/index.js';
import { column, LEADS_MIN, shareOf, sumOf } from './cells.js';
import { queryCompliance, queryLeadCounts } from './compliance-query.js';
import { ANY_CHANNEL, findFairPlay } from './fair-play-query.js';
import { listLink } from './list-links.js';
import type { Known, ReportAsked, ReportSource } from './ports.js';

/** What could have flattered the figures of a period: by rep, by channel, by manager, by source of leads. */
export async function fairPlaySections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const known: Known = { workspace: source.workspace, agreement: asked.agreement.name, asOf: asked.asOf };
  const span = { from: asked.period.from, to: asked.period.to, filter: asked.filter };
  const [fairPlay, verdicts, leadCounts] = await Promise.all([
    findFairPlay(source, asked),
    queryCompliance(source.query, known, { ...span, by: 'owner' }),
    queryLeadCounts(source.query, known, span),
  ]);
  return [
    repsSection(asked, fairPlay, verdictsIn(verdicts), leadCounts),
    channelsSection(asked, fairPlay, leadCounts),
    managersSection(asked, fairPlay),
    sourcesSection(asked, fairPlay),
  ];
}

type Verdicts = Readonly<Record<string, Pick<ComplianceTally, 'met' | 'metThoughPaused' | 'corrected'>>>;

/** What was met by whom it counts for, over all promises: shares of that, and no compliance. */
export function verdictsIn(byOwner: Compliance): Verdicts {
  const verdicts: Record<string, { met: number; metThoughPaused: number; corrected: number }> = {};
  for (const groups of Object.values(byOwner)) {
    for (const [owner, tally] of Object.entries(groups)) {
      const sum = (verdicts[owner] ??= { met: 0, metThoughPaused: 0, corrected: 0 });
      sum.met += tally.met;
      sum.metThoughPaused += tally.metThoughPaused;
      sum.corrected += tally.corrected;
    }
  }
  return verdicts;
}

/** A column of a table of persons or sources: what it counts, and what that is a part of. */
interface Counted<Row> {
  readonly id: string;
  readonly title: string;
  readonly count: (row: Row) => number;
  /** Absent: the count alone is told. */
  readonly among?: (row: Row) => number;
  readonly figure: string;
  readonly part: string;
  /** The part that counts what it is among. */
  readonly amongPart?: string;
}

const columnsOf = <Row>(counted: readonly Counted<Row>[]) =>
  counted.flatMap(({ id, title, among }) => [
    column(id, title, 'count'),
    ...(among === undefined ? [] : [column(`${id}Share`, 'share', 'share')]),
  ]);

function rowOf<Row>(
  asked: ReportAsked,
  counted: readonly Counted<Row>[],
  name: string,
  row: Row,
  filter: ListFilter,
): TableRow {
  const cells = counted.flatMap(({ count, among }): readonly Cell[] => [
    count(row),
    ...(among === undefined ? [] : [shareOf(count(row), among(row))]),
  ]);
  const link = (figure: string, part: string) => listLink('fair-play', asked, { figure, part, filter });
  const leads = counted.flatMap(({ id, figure, part, amongPart }): [string, string][] => [
    [id, link(figure, part)],
    ...(amongPart === undefined ? [] : [[`${id}Share`, link(figure, amongPart)] as [string, string]]),
  ]);
  return { cells: [name, ...cells], leads: Object.fromEntries(leads) };
}

interface Rep {
  readonly verdicts: Verdicts[string];
  readonly deeds: Partial<Record<DeedPart, number>>;
  readonly open: Partial<Record<'open' | 'idle', number>>;
}

const ofDeeds = (id: string, title: string, part: DeedPart, among?: DeedPart): Counted<Pick<Rep, 'deeds'>> => ({
  id,
  title,
  figure: 'deeds',
  part,
  count: ({ deeds }) => deeds[part] ?? 0,
  ...(among !== undefined && { among: ({ deeds }: Pick<Rep, 'deeds'>) => deeds[among] ?? 0, amongPart: among }),
});

const repColumns: readonly Counted<Rep>[] = [
  {
    id: 'metThoughPaused',
    title: 'met though paused',
    figure: 'compliance',
    part: 'met-though-paused',
    count: ({ verdicts }) => verdicts.metThoughPaused,
    among: ({ verdicts }) => verdicts.met,
    amongPart: 'met',
  },
  {
    id: 'corrected',
    title: 'met by late logging',
    figure: 'compliance',
    part: 'corrected',
    count: ({ verdicts }) => verdicts.corrected,
    among: ({ verdicts }) => verdicts.met,
    amongPart: 'met',
  },
  ofDeeds('loggedLate', 'touches logged late', 'logged-late', 'touches'),
  ofDeeds('byOthers', 'touches by others', 'by-others', 'touches'),
  ofDeeds('byImplication', 'accepted by implication', 'by-implication', 'acceptances'),
  ofDeeds('untouched', 'rejected untouched', 'untouched', 'rejections'),
  ofDeeds('untouchedAtTheLast', 'of these in the last tenth', 'untouched-at-the-last'),
  ofDeeds('withoutTouch', 'statuses without a touch', 'without-touch', 'statuses'),
  ofDeeds('identicalNotes', 'identical notes', 'identical-notes', 'notes'),
  {
    id: 'idle',
    title: 'open leads untouched for 5 days',
    figure: 'open-leads',
    part: 'idle',
    count: ({ open }) => open.idle ?? 0,
    among: ({ open }) => open.open ?? 0,
    amongPart: 'open',
  },
];

const namesIn = (...groups: readonly Readonly<Record<string, unknown>>[]): readonly string[] =>
  [...new Set(groups.flatMap((one) => Object.keys(one)))].filter((name) => name !== NO_GROUP).toSorted();

const GREYED = `Persons with fewer than ${LEADS_MIN} leads with a verdict in the period are greyed: too few to say anything.`;

/** By rep; also beside the compliance of each. */
export function repsSection(
  asked: ReportAsked,
  { byOwner, open }: FairPlay,
  verdicts: Verdicts,
  leadCounts: Readonly<Record<string, number>>,
): Section {
  const none = { met: 0, metThoughPaused: 0, corrected: 0 };
  const rows = namesIn(byOwner, open, verdicts).map((name): TableRow => {
    const rep: Rep = { verdicts: verdicts[name] ?? none, deeds: byOwner[name] ?? {}, open: open[name] ?? {} };
    return greyed(leadCounts, name, rowOf(asked, repColumns, name, rep, { owner: name }));
  });
  return {
    id: 'reps',
    title: 'By rep',
    notes: [
      'None of this is wrong by itself: it says where a good figure should be looked at twice.',
      'What is said or done counts for whoever held the lead then; a touch is logged late more than 15 minutes after it happened.',
      'A status is without a touch if nobody touched the lead since the status before it, or since its cycle began.',
      'Notes are identical that the same person wrote more than once in the period, whatever lead they were about.',
      'Open leads are those open as of the report.',
      GREYED,
    ],
    table: { columns: [column('rep', 'rep', 'text'), ...columnsOf(repColumns)], rows },
    charts: [],
  };
}

const greyed = (leadCounts: Readonly<Record<string, number>>, name: string, row: TableRow): TableRow =>
  (leadCounts[name] ?? 0) < LEADS_MIN ? { ...row, isFaint: true } : row;

type Channels = FairPlay['channels'][string];

const channelColumns = touchChannels.map((channel): Counted<Channels> => ({
  id: channel,
  title: channel,
  figure: 'first-touches',
  part: channel,
  count: (counts) => counts[channel],
  among: (counts) => sumOf(Object.values(counts)),
  amongPart: ANY_CHANNEL,
}));

function channelsSection(
  asked: ReportAsked,
  { channels }: FairPlay,
  leadCounts: Readonly<Record<string, number>>,
): Section {
  const rows = namesIn(channels).map((name) =>
    greyed(leadCounts, name, rowOf(asked, channelColumns, name, channels[name]!, { owner: name })),
  );
  return {
    id: 'channels',
    title: 'First response by channel',
    notes: ['Leads handed off in the period, by their first owner and the channel of their first touch by a person.'],
    table: { columns: [column('rep', 'rep', 'text'), ...columnsOf(channelColumns)], rows },
    charts: [],
  };
}

const managerColumns: readonly Counted<Pick<Rep, 'deeds'>>[] = [
  ofDeeds('acknowledged', 'acknowledged', 'acknowledgements'),
  ofDeeds('unanswered', 'of these still unanswered', 'unanswered', 'acknowledgements'),
  ofDeeds('moved', 'leads moved', 'moves'),
  ofDeeds('movedLate', "of these in a clock's last quarter", 'in-last-quarter', 'moves'),
];

function managersSection(asked: ReportAsked, { byActor }: FairPlay): Section {
  const isManaging = (name: string): boolean =>
    (byActor[name]?.acknowledgements ?? 0) + (byActor[name]?.moves ?? 0) > 0;
  const rows = namesIn(byActor)
    .filter(isManaging)
    .map((name) => rowOf(asked, managerColumns, name, { deeds: byActor[name]! }, { actor: name }));
  return {
    id: 'managers',
    title: 'By whoever acknowledged or moved',
    notes: [
      'Acknowledged in the period; still unanswered is what has not come as of the report.',
      'A lead moved in the last quarter of a clock passes a nearly lost promise on; its verdict stays with whoever held it longest.',
    ],
    table: { columns: [column('person', 'person', 'text'), ...columnsOf(managerColumns)], rows },
    charts: [],
  };
}

interface OfSource {
  readonly leads: Partial<Record<SourcePart, number>>;
  readonly disputes: Partial<Record<'denied' | 'upheld', number>>;
}

const ofLeads = (id: string, title: string, part: SourcePart, among?: SourcePart): Counted<OfSource> => ({
  id,
  title,
  figure: 'sources',
  part,
  count: ({ leads }) => leads[part] ?? 0,
  ...(among !== undefined && { among: ({ leads }: OfSource) => leads[among] ?? 0, amongPart: among }),
});

const ofDisputes = (part: 'denied' | 'upheld'): Counted<OfSource> => ({
  id: part,
  title: `disputes ${part}`,
  figure: 'disputes',
  part,
  count: ({ disputes }) => disputes[part] ?? 0,
});

const sourceColumns: readonly Counted<OfSource>[] = [
  ofLeads('mqls', 'MQLs', 'mqls'),
  ofLeads('monthEnd', "in a month's last three open days", 'month-end', 'mqls'),
  ofLeads('high', 'high priority', 'high', 'mqls'),
  ofLeads('highQualified', 'high, sales-qualified', 'high-qualified', 'high-net'),
  ofLeads('othersQualified', 'others, sales-qualified', 'others-qualified', 'others-net'),
  ofLeads('withPlaceholders', 'with placeholders', 'with-placeholders', 'mqls'),
  ofDisputes('denied'),
  ofDisputes('upheld'),
];

/** By source of leads; also beside the compliance of each. */
export function sourcesSection(asked: ReportAsked, { sources, disputes }: FairPlay): Section {
  const names = [...new Set([...Object.keys(sources), ...Object.keys(disputes)])].toSorted();
  const rows = names.map((name) => {
    const row: OfSource = { leads: sources[name] ?? {}, disputes: disputes[name] ?? {} };
    return rowOf(asked, sourceColumns, name, row, { source: name });
  });
  return {
    id: 'sources',
    title: 'By source of leads',
    notes: [
      'A month has some twenty open days: about a seventh of its MQLs may be expected in the last three.',
      'High priority shortens what sales may take; if those leads convert no better than others, it is given too freely.',
      'Conversion is of leads without an upheld dispute, within 90 days of hand-off.',
      'Placeholders such as n/a or unknown in required fields count as missing. Disputes are those decided in the period.',
    ],
    table: { columns: [column('source', 'source', 'text'), ...columnsOf(sourceColumns)], rows },
    charts: [],
  };
}
