import {
  touchChannels,
  type AgreementTerms,
  type Governance,
  type Milestone,
  type Party,
} from '../domain/agreement/index.js';
import type { FairPlay, Section, TableRow } from '../domain/reports/index.js';
import { column, shareOf, sumOf } from './cells.js';
import { ANY_CHANNEL } from './fair-play-query.js';
import { listLink } from './list-links.js';
import type { ReportAsked } from './ports.js';

/** What is counted over all people and sources, among what it is, and which figures it makes look better. */
interface Flattery {
  readonly title: string;
  readonly figure: 'deeds' | 'open-leads' | 'first-touches' | 'sources' | 'disputes';
  readonly part: string;
  readonly among?: string;
  /** Promises that end so, or figures by their names. */
  readonly flatters: readonly Milestone[] | { readonly named: readonly string[] };
}

const sales: readonly Flattery[] = [
  deed('touches logged late', 'logged-late', 'touches', ['touched']),
  deed('touches by others', 'by-others', 'touches', ['touched']),
  deed('rejected untouched', 'untouched', 'rejections', ['touched', 'decided']),
  deed('rejected untouched in the last tenth', 'untouched-at-the-last', 'rejections', ['touched']),
  deed('accepted by implication', 'by-implication', 'acceptances', ['decided']),
  deed('statuses without a touch', 'without-touch', 'statuses', ['status-updated']),
  deed('identical notes', 'identical-notes', 'notes', ['status-updated', 'disposed', 'feedback-given']),
  deed('acknowledged and still unanswered', 'unanswered', 'acknowledgements', ['touched', 'decided', 'disposed']),
  deed("moved in a clock's last quarter", 'in-last-quarter', 'moves', ['touched', 'decided', 'disposed']),
  {
    title: 'open leads untouched for 5 days',
    figure: 'open-leads',
    part: 'idle',
    among: 'open',
    flatters: ['disposed', 'closed'],
  },
  ...touchChannels.map((channel): Flattery => ({
    title: `first touch by ${channel}`,
    figure: 'first-touches',
    part: channel,
    among: ANY_CHANNEL,
    flatters: { named: ['first-response'] },
  })),
];

const marketing: readonly Flattery[] = [
  lead("MQLs of a month's last three open days", 'month-end', 'mqls', ['mql-volume']),
  lead('placeholders in required fields', 'with-placeholders', 'mqls', ['data-completeness']),
  lead('high priority', 'high', 'mqls', ['mql-to-sales-qualified']),
  lead('high priority, sales-qualified', 'high-qualified', 'high-net', ['mql-to-sales-qualified']),
  lead('other priority, sales-qualified', 'others-qualified', 'others-net', ['mql-to-sales-qualified']),
  ...(['denied', 'upheld'] as const).map((outcome): Flattery => ({
    title: `disputes ${outcome}`,
    figure: 'disputes',
    part: outcome,
    flatters: { named: ['mql-volume', 'dispute-resolution'] },
  })),
];

function deed(title: string, part: string, among: string, flatters: readonly Milestone[]): Flattery {
  return { title, figure: 'deeds', part, among, flatters };
}

function lead(title: string, part: string, among: string, named: readonly string[]): Flattery {
  return { title, figure: 'sources', part, among, flatters: { named } };
}

const ofParty = { marketing, sales } as const satisfies Record<Party, readonly Flattery[]>;

/** What could have flattered the figures of a side, to stand beside them; by person and source it is told in `fair-play`. */
export function flatterySection(asked: ReportAsked, party: Party, fairPlay: FairPlay): Section {
  return {
    id: `${party}-fair-play`,
    title: `What could have flattered ${party}`,
    notes: [
      'Nothing of this is wrong by itself; what was met though paused, or by late logging, stands with each promise above. By person and by source it is told in the report on fair play.',
    ],
    table: {
      columns: [
        column('what', 'what', 'text'),
        column('flatters', 'makes look better', 'text'),
        column('count', 'counted', 'count'),
        column('among', 'among', 'count'),
        column('share', 'share', 'share'),
      ],
      rows: ofParty[party].map((flattery) => rowOf(asked, flattery, countsOf(fairPlay, flattery.figure))),
    },
    charts: [],
  };
}

type Counts = Readonly<Record<string, number>>;

function rowOf(asked: ReportAsked, flattery: Flattery, counts: Counts): TableRow {
  const { title, figure, part, among } = flattery;
  const count = counts[part] ?? 0;
  const link = (of: string): string => listLink('fair-play', asked, { figure, part: of });
  const flattered = flatteredBy(asked, flattery).join(', ');
  if (among === undefined) return { cells: [title, flattered, count, null, null], leads: { count: link(part) } };
  const whole = among === ANY_CHANNEL ? sumOf(Object.values(counts)) : (counts[among] ?? 0);
  return {
    cells: [title, flattered, count, whole, shareOf(count, whole)],
    leads: { count: link(part), among: link(among), share: link(among) },
  };
}

/** The commitments and targets of the agreement that it concerns. */
function flatteredBy({ agreement, governance }: Agreed, { flatters }: Flattery): readonly string[] {
  if (!('named' in flatters)) return promisesUntil(agreement, flatters);
  const names = [...Object.keys(agreement.clocks), ...governance.targets.map(({ name }) => name)];
  return flatters.named.filter((name) => names.includes(name));
}

interface Agreed {
  readonly agreement: AgreementTerms;
  readonly governance: Governance;
}

const promisesUntil = ({ clocks }: AgreementTerms, ends: readonly Milestone[]): readonly string[] =>
  Object.entries(clocks)
    .filter(([, { party, until }]) => party === 'sales' && ends.includes(typeof until === 'string' ? until : 'touched'))
    .map(([name]) => name);

const groupsIn = {
  deeds: ({ byOwner }) => byOwner,
  'open-leads': ({ open }) => open,
  'first-touches': ({ channels }) => channels,
  sources: ({ sources }) => sources,
  disputes: ({ disputes }) => disputes,
} as const satisfies Record<Flattery['figure'], (fairPlay: FairPlay) => Readonly<Record<string, Counts>>>;

/** The counts of all groups together: each row is in one of them. */
function countsOf(fairPlay: FairPlay, figure: Flattery['figure']): Counts {
  const sums: Record<string, number> = {};
  for (const counts of Object.values<Counts>(groupsIn[figure](fairPlay))) {
    for (const [part, count] of Object.entries(counts)) sums[part] = (sums[part] ?? 0) + count;
  }
  return sums;
}
