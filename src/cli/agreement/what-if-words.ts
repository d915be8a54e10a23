import { table } from '../table.js';

interface Figure {
  readonly numerator: number;
  readonly denominator: number;
  readonly exclusions: { readonly cancelled: number; readonly undecided: number };
}

/** As much of the API's answer as is printed. */
export interface WhatIfView {
  readonly agreement: { readonly name: string; readonly version: number | null; readonly key: string };
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  readonly leads: Readonly<Record<string, number>>;
  readonly commitments: readonly {
    readonly clock: string;
    readonly goalPpm: number | null;
    readonly was: Figure | null;
    readonly would: Figure | null;
    readonly warnings: { readonly was: number; readonly would: number };
    readonly turned: { readonly metToBreached: number; readonly breachedToMet: number };
  }[];
  readonly tiers: readonly {
    readonly clock: string;
    readonly tier: number;
    readonly was: TierView;
    readonly would: TierView;
  }[];
  readonly teams: readonly { readonly team: string; readonly was: TeamView; readonly would: TeamView }[];
  readonly refused: readonly { readonly command: string; readonly code: string; readonly count: number }[];
  readonly unknowable: readonly string[];
}
interface TierView {
  readonly fired: number;
  readonly told: number;
  readonly moved: number;
}
interface TeamView {
  readonly leads: number;
  readonly breached: number;
  readonly warnings: number;
  readonly tiers: Readonly<Record<string, number>>;
}

/** The comparison for people who read it in a terminal. */
export const whatIfLines = (view: WhatIfView): readonly string[] => [
  `${nameOf(view)}, over ${number(view.leads['folded'] ?? 0)} leads handed off from ${view.from} to ${view.to}`,
  `as of ${view.asOf}${besides(view.leads)}`,
  '',
  ...table([commitmentHead, ...view.commitments.map(commitmentCells)]),
  ...section('escalations', [tierHead, ...view.tiers.map(tierCells)]),
  ...section('teams', [teamHead, ...view.teams.map(teamCells)]),
  ...section('refused by it', [['command', 'code', 'times'], ...view.refused.map(refusedCells)]),
  '',
  'what this cannot know:',
  ...view.unknowable.map((sentence) => `  ${sentence}`),
];

const nameOf = ({ agreement: { name, version } }: WhatIfView): string =>
  version === null ? `this document of ${name}` : `${name}@${version}`;

const number = (count: number): string => count.toLocaleString('en-US');

const beside: Readonly<Record<string, string>> = {
  imported: 'imported',
  undecided: 'with a clock not decided yet',
  newlyExcluded: 'would be no MQL',
  excluded: 'were no MQL and would be none (left out)',
  newlyQualified: 'were no MQL and would be one (left out)',
  changedAgreement: 'changed their agreement on the way',
};

const besides = (leads: WhatIfView['leads']): string =>
  Object.entries(beside)
    .filter(([name]) => (leads[name] ?? 0) > 0)
    .map(([name, words]) => `; ${number(leads[name]!)} ${words}`)
    .join('');

/** Nothing is printed of what there is nothing of. */
const section = (title: string, rows: readonly (readonly string[])[]): readonly string[] =>
  rows.length === 1 ? [] : ['', `${title}:`, ...table(rows)];

const commitmentHead = ['commitment', 'goal', 'was', 'would be', 'met → breached', 'breached → met', 'warnings'];

const commitmentCells = (commitment: WhatIfView['commitments'][number]): readonly string[] => [
  commitment.clock,
  commitment.goalPpm === null ? '' : `${commitment.goalPpm / 10_000} %`,
  figureText(commitment.was),
  figureText(commitment.would),
  number(commitment.turned.metToBreached),
  number(commitment.turned.breachedToMet),
  changeText(commitment.warnings.was, commitment.warnings.would),
];

/** Rounded down to 0.1, as every figure; nothing decided is "no leads", never 0 %. */
function figureText(figure: Figure | null): string {
  if (figure === null) return '–';
  const { numerator, denominator, exclusions } = figure;
  const left = exclusions.cancelled + exclusions.undecided;
  const aside = left === 0 ? '' : `, ${number(left)} left out`;
  if (denominator === 0) return `no leads${aside}`;
  const share = (Math.floor((numerator * 1_000) / denominator) / 10).toFixed(1);
  return `${share} % (${number(numerator)} of ${number(denominator)}${aside})`;
}

const changeText = (was: number, would: number): string => `${number(was)} → ${number(would)}`;

const tierHead = ['clock', 'tier', 'fired', 'people told', 'leads moved'];

const tierCells = ({ clock, tier, was, would }: WhatIfView['tiers'][number]): readonly string[] => [
  clock,
  String(tier),
  changeText(was.fired, would.fired),
  changeText(was.told, would.told),
  changeText(was.moved, would.moved),
];

const teamHead = ['team', 'leads', 'breaches', 'warnings', 'tier 1', 'tier 2 and above'];

const teamCells = ({ team, was, would }: WhatIfView['teams'][number]): readonly string[] => [
  team,
  changeText(was.leads, would.leads),
  changeText(was.breached, would.breached),
  changeText(was.warnings, would.warnings),
  changeText(was.tiers['1'] ?? 0, would.tiers['1'] ?? 0),
  changeText(above(was), above(would)),
];

const above = ({ tiers }: TeamView): number =>
  Object.entries(tiers).reduce((sum, [tier, count]) => (tier === '1' ? sum : sum + count), 0);

const refusedCells = ({ command, code, count }: WhatIfView['refused'][number]): readonly string[] => [
  command,
  code,
  number(count),
];
