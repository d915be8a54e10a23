/**
 * What a version of an agreement would make of leads that run, found by the very steps that a rollout takes on them,
 * on a copy. Nothing here changes a lead, and nothing knows where leads, people or calendars are kept.
 */
import type { AgreementTerms } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import type { CommandOf, Refusal, RolloutMode } from '../lifecycle/commands.js';
import type { LeadEvent } from '../lifecycle/events.js';
import { foldLead } from '../lifecycle/evolve.js';
import { runCommand, runUntil, type Respond, type Run } from '../lifecycle/run.js';
import { outlookOf, type ClockOutlook, type Outlook } from './outlook.js';

/** Which version is brought to a lead, how, and when. */
export interface VersionChange {
  readonly agreement: AgreementTerms;
  readonly mode: RolloutMode;
  /** Never before what the lead has been through already: then it is that instant. */
  readonly at: Instant;
}

/** A lead as its ledger has it, with the terms that it and its clocks follow. */
export interface PreviewedLead {
  readonly story: readonly LeadEvent[];
  readonly agreements: Readonly<Record<string, AgreementTerms>>;
}

export const previewChanges = ['verdict', 'due-at', 'next-action', 'owner'] as const;
export type PreviewChange = (typeof previewChanges)[number];

/** A clock that would not be what it is; null where it is not there. */
export interface ClockChange {
  readonly clock: string;
  readonly n: number;
  readonly cycle: number;
  readonly before: ClockOutlook | null;
  readonly after: ClockOutlook | null;
  /** It would be breached by the change itself. */
  readonly breachesAtOnce: boolean;
}

export interface LeadPreview {
  readonly leadId: string;
  readonly segment: string | null;
  readonly at: Instant;
  readonly before: Outlook;
  readonly after: Outlook;
  /** In the order of `previewChanges`; empty: nobody would notice. */
  readonly changes: readonly PreviewChange[];
  readonly clocks: readonly ClockChange[];
  /** Why the lead would not take the version: it stays as it is. */
  readonly refusal: Refusal | null;
  /** What the lead's ledger would have more by the end of `at`. */
  readonly events: readonly LeadEvent[];
}

/**
 * The lead by the end of the instant `at`, without the change and with it: all that falls due by then has happened in
 * both, with it also what the change itself makes due (a breach, its first tier, who gets the lead by that).
 */
export function previewLead(lead: PreviewedLead, change: VersionChange, respond: Respond): LeadPreview {
  const run = runOf(lead);
  const at = Math.max(change.at, run.state.appliedAt);
  const without = runUntil(run, at, respond);
  const { run: told, refusal = null } = runCommand(run, commandOf({ ...change, at }), respond);
  const withIt = runUntil(told, at, respond);
  return { ...compare(run, at, without, withIt), refusal };
}

const runOf = ({ story, agreements }: PreviewedLead): Run => ({
  state: foldLead(story),
  context: { agreements, windows: {}, answers: {} },
  events: story,
});

const commandOf = ({ agreement, mode, at }: VersionChange): CommandOf<'apply-agreement'> => ({
  type: 'apply-agreement',
  at,
  by: 'preview',
  id: 'preview',
  agreement,
  running: mode,
});

function compare(run: Run, at: Instant, without: Run, withIt: Run): Omit<LeadPreview, 'refusal'> {
  const before = outlookOf(without.state);
  const after = outlookOf(withIt.state);
  const clocks = clockChanges(before, after);
  return {
    leadId: run.state.leadId,
    segment: run.state.segment,
    at,
    before,
    after,
    changes: changesOf(before, after, clocks),
    clocks,
    events: withIt.events.slice(run.events.length),
  };
}

function clockChanges(before: Outlook, after: Outlook): readonly ClockChange[] {
  const names = new Set([...before.clocks.keys(), ...after.clocks.keys()]);
  return [...names].flatMap((name): readonly ClockChange[] => {
    const [was, is] = [before.clocks.get(name) ?? null, after.clocks.get(name) ?? null];
    if (was?.verdict === is?.verdict && was?.dueAt === is?.dueAt) return [];
    const { clock, n, cycle } = (is ?? was)!;
    const breachesAtOnce = is?.verdict === 'breached' && was?.verdict !== 'breached';
    return [{ clock, n, cycle, before: was, after: is, breachesAtOnce }];
  });
}

function changesOf(before: Outlook, after: Outlook, clocks: readonly ClockChange[]): readonly PreviewChange[] {
  const has: Readonly<Record<PreviewChange, boolean>> = {
    verdict: clocks.some((clock) => clock.before?.verdict !== clock.after?.verdict),
    'due-at': clocks.some((clock) => clock.before?.dueAt !== clock.after?.dueAt),
    'next-action': JSON.stringify(before.nextAction) !== JSON.stringify(after.nextAction),
    owner: before.owner !== after.owner || before.queue !== after.queue,
  };
  return previewChanges.filter((change) => has[change]);
}
