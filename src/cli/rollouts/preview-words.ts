import type { TeamTotals } from '../../domain/preview/totals.js';
import { table } from '../table.js';

interface ClockView {
  readonly verdict: string;
  readonly dueAt: string | null;
}

interface OutlookView {
  readonly owner: string | null;
  readonly queue: string | null;
  readonly nextAction: { readonly kind: string; readonly at: string; readonly clock?: string } | null;
}

export interface LeadView {
  readonly leadId: string;
  readonly changes: readonly string[];
  readonly before: OutlookView;
  readonly after: OutlookView;
  readonly clocks: readonly {
    readonly clock: string;
    readonly n: number;
    readonly before: ClockView | null;
    readonly after: ClockView | null;
    readonly breachesAtOnce: boolean;
  }[];
}

/** What the API says of a version's preview, page by page. */
export interface PreviewView {
  readonly agreement: string;
  readonly version: number;
  readonly mode: string;
  readonly at: string;
  readonly leadCount: number;
  readonly lookedAtCount: number;
  readonly totals: readonly TeamTotals[];
  readonly leads: readonly LeadView[];
  readonly refusing: readonly {
    readonly leadId: string;
    readonly code: string;
    readonly detail: Readonly<Record<string, unknown>>;
  }[];
  readonly next: string | null;
}

/** More leads than these fill a screen; `--all` or `--json` has the others. */
const LEAD_COUNT_MAX = 20;

export function previewLines(preview: PreviewView, isWhole: boolean): readonly string[] {
  const { agreement, version, mode, at, lookedAtCount, leads, totals, refusing } = preview;
  const shown = isWhole ? leads : leads.slice(0, LEAD_COUNT_MAX);
  const hidden = leads.length - shown.length;
  return [
    `${agreement}@${version}, ${mode}, as of ${at}: ${leads.length} of ${lookedAtCount} running leads would change`,
    ...(totals.length > 0 ? ['', ...table([totalsHeading, ...totals.map(totalsRow)])] : []),
    ...shown.flatMap((lead) => ['', ...leadLines(lead)]),
    ...(hidden > 0 ? ['', `${hidden} more; --all lists them`] : []),
    ...refusing.map(
      ({ leadId, code, detail }) => `${leadId} would refuse it: ${code} ${Object.values(detail).join(' ')}`,
    ),
  ];
}

const totalsHeading = [
  'team',
  'leads',
  'change',
  'breach at once',
  'due sooner',
  'due later',
  'next action',
  'owner',
] as const;

const totalsRow = (one: TeamTotals): readonly string[] => [
  one.team ?? '(nobody)',
  ...[
    one.leadCount,
    one.changedCount,
    one.breachAtOnceCount,
    one.dueSoonerCount,
    one.dueLaterCount,
    one.nextActionCount,
    one.ownerCount,
  ].map(String),
];

function leadLines({ leadId, changes, before, after, clocks }: LeadView): readonly string[] {
  const rows = clocks.map(({ clock, n, before: was, after: is, breachesAtOnce }) => [
    `${clock} #${n}`,
    `${clockText(was)} → ${clockText(is)}${breachesAtOnce ? ', at once' : ''}`,
  ]);
  const next = changes.includes('next-action') ? [['next', `${nextText(before)} → ${nextText(after)}`]] : [];
  const owner = changes.includes('owner') ? [['owner', `${holderText(before)} → ${holderText(after)}`]] : [];
  return [`${leadId}: ${changes.join(', ')}`, ...table([...rows, ...next, ...owner])];
}

const clockText = (clock: ClockView | null): string =>
  clock === null ? 'none' : clock.dueAt === null ? clock.verdict : `${clock.verdict}, due ${clock.dueAt}`;

const nextText = ({ nextAction }: OutlookView): string =>
  nextAction === null
    ? 'nothing'
    : `${nextAction.kind}${nextAction.clock === undefined ? '' : ` of ${nextAction.clock}`} ${nextAction.at}`;

const holderText = ({ owner, queue }: OutlookView): string =>
  owner ?? (queue === null ? 'nobody' : `queue of ${queue}`);
