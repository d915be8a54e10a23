import { table } from '../table.js';

/** One lead as the API shows it, as far as it is told here. */
export interface LeadView {
  readonly leadId: string;
  readonly source: string | null;
  readonly externalId: string | null;
  readonly agreement: string;
  readonly stage: string;
  readonly cycle: number;
  readonly owner: string | null;
  readonly queue: string | null;
  readonly team: string | null;
  readonly priority: string | null;
  readonly excluded: readonly string[] | null;
  readonly nextDueAt: string | null;
  readonly closedAt: string | null;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly clocks: readonly ClockView[];
  readonly touches: readonly { readonly channel: string; readonly outcome: string; readonly touchedAt: string }[];
  readonly escalations: readonly EscalationView[];
  readonly pause: { readonly since: string; readonly endsAt: string | null; readonly reason: string } | null;
  readonly dispute: { readonly since: string; readonly reason: string } | null;
  readonly rest: { readonly wakeAt: string | null; readonly agesOutAt: string | null } | null;
}

interface ClockView {
  readonly clock: string;
  readonly n: number;
  readonly cycle: number;
  readonly verdict: string;
  readonly dueAt: string | null;
  readonly completedAt: string | null;
  readonly overshoot: string | null;
}

interface EscalationView {
  readonly at: string;
  readonly clock: string;
  readonly n: number;
  readonly tier: number;
  readonly to: readonly string[];
}

export interface TimelineView {
  readonly events: readonly {
    readonly seq: number;
    readonly at: string;
    readonly text: string;
    readonly by: string | null;
  }[];
}

/** An instant as it is read in a terminal: UTC, to the second. */
export const timeOf = (instant: string): string => `${instant.slice(0, 19).replace('T', ' ')} UTC`;

/** Where the lead is and who has it, on one line. */
export function standingLine({ leadId, stage, cycle, owner, queue, nextDueAt }: LeadView): string {
  const holder = owner ?? (queue === null ? 'nobody' : `the queue of ${queue}`);
  const next = nextDueAt === null ? 'waits for nothing' : `next due ${timeOf(nextDueAt)}`;
  return `${leadId}: ${stage}, cycle ${cycle}, held by ${holder}, ${next}`;
}

/** The whole lead, in plain words. */
export const leadLines = (lead: LeadView): readonly string[] => [
  nameOf(lead),
  standingLine(lead),
  `agreement ${lead.agreement}, priority ${lead.priority ?? 'none'}, team ${lead.team ?? 'none'}`,
  ...interruptionLines(lead),
  ...section('clocks', table(lead.clocks.map(clockCells))),
  ...section('touches', table(lead.touches.map((touch) => [timeOf(touch.touchedAt), touch.channel, touch.outcome]))),
  ...section('escalations', table(lead.escalations.map(escalationCells))),
];

function nameOf({ fields, source, externalId }: LeadView): string {
  const words = [fields['firstName'], fields['lastName'], fields['company'], fields['email']];
  const named = words.filter((word) => typeof word === 'string' && word !== '').join(' ');
  return source === null ? named : `${named} (${source}:${externalId})`;
}

function interruptionLines({ pause, dispute, rest, excluded }: LeadView): readonly string[] {
  return [
    ...(excluded === null ? [] : [`excluded: it did not meet ${excluded.join(', ')}`]),
    ...(pause === null ? [] : [`paused since ${timeOf(pause.since)}${untilText(pause.endsAt)}: ${pause.reason}`]),
    ...(dispute === null ? [] : [`disputed since ${timeOf(dispute.since)}: ${dispute.reason}`]),
    ...(rest === null ? [] : [restText(rest)]),
  ];
}

const untilText = (at: string | null): string => (at === null ? ', without an end' : `, until ${timeOf(at)}`);

function restText({ wakeAt, agesOutAt }: NonNullable<LeadView['rest']>): string {
  if (wakeAt !== null) return `rests, wakes ${timeOf(wakeAt)}`;
  return agesOutAt === null ? 'rests' : `rests, is given up ${timeOf(agesOutAt)}`;
}

const clockCells = ({ clock, n, cycle, verdict, dueAt, completedAt, overshoot }: ClockView): readonly string[] => [
  `${clock} #${n}${cycle === 1 ? '' : ` of cycle ${cycle}`}`,
  verdict,
  dueAt === null ? '' : `due ${timeOf(dueAt)}`,
  completedAt === null ? '' : `completed ${timeOf(completedAt)}${overshoot === null ? '' : `, over by ${overshoot}`}`,
];

const escalationCells = ({ at, clock, n, tier, to }: EscalationView): readonly string[] => [
  timeOf(at),
  `${clock} #${n}`,
  `tier ${tier}`,
  to.length === 0 ? 'nobody' : to.join(', '),
];

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];

export const timelineLines = ({ events }: TimelineView): readonly string[] =>
  table(events.map(({ seq, at, text, by }) => [String(seq), timeOf(at), `${text}${by === null ? '' : ` (${by})`}`]));
