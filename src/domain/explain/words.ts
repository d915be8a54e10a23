import type { Milestone } from '../agreement/index.js';
import { formatDuration, type Instant } from '../business-time/index.js';
import { capitalised, listed, orderOf, spoken } from '../notices/words.js';
import type { Judgement } from '../sla/judgement.js';
import type {
  Change,
  ClockExplanation,
  Fact,
  LeadExplanation,
  OpenPiece,
  Rejudgement,
  TimeShare,
} from './explanation.js';
import { factWords } from './fact-words.js';
import { zoneOfClock } from './zones.js';

/** How an instant is written for readers in a zone; without it they get UTC. */
type FormatLocal = (timeZone: string, at: Instant) => string;

/** The whole explanation in plain sentences, a paragraph for each clock. */
export function explainInWords(explanation: LeadExplanation, formatLocal: FormatLocal = (_, at) => utc(at)): string {
  const { leadId, stage, cycle, agreement, at, clocks } = explanation;
  const heading =
    `Lead ${leadId} is in the stage ${spoken(stage)}, cycle ${cycle}, under ${agreement.name}, ` +
    `version ${agreement.version}. Running clocks are counted up to ${utc(at)}.`;
  const none = clocks.length === 0 ? ['No clock has started: nothing is owed for this lead.'] : [];
  return [heading, ...none, ...clocks.map((clock) => clockInWords(clock, formatLocal))].join('\n\n');
}

/** `2026-11-17 19:00:00 UTC`, with milliseconds unless they are 0. */
const utc = (at: Instant): string =>
  `${new Date(at).toISOString().replace('T', ' ').replace('.000', '').slice(0, -1)} UTC`;

type Say = (at: Instant) => string;

function clockInWords(clock: ClockExplanation, formatLocal: FormatLocal): string {
  const timeZone = zoneOfClock(clock);
  const say: Say = (at) => formatLocal(timeZone, at);
  const lines = [
    promiseText(clock),
    startText(clock, say),
    targetText(clock),
    ...calendarLines(clock, say),
    ...pauseLines(clock, say),
    ...clock.changes.flatMap((change) => changeText(change, say)),
    ...clock.rejudgements.map((rejudgement) => rejudgedText(rejudgement, say)),
    dueText(clock, say),
    ...countedLines(clock, say),
    verdictText(clock, say),
    ...usedLines(clock, say),
  ];
  return [`${nameOf(clock)}: ${clock.verdict.verdict}`, ...lines.map((line) => `  ${line}`)].join('\n');
}

const nameOf = ({ clock, n, cycle }: ClockExplanation): string =>
  `${capitalised(spoken(clock))}, number ${n} of cycle ${cycle}`;

const beginnings: Readonly<Record<Milestone, string>> = {
  'handed-off': 'the lead is handed off',
  notified: 'its owner is told of the lead',
  enriched: 'the key fields are known',
  accepted: 'the lead is accepted',
  decided: 'the lead is accepted or rejected',
  touched: 'somebody reaches out',
  'status-updated': 'a status is given',
  disposed: 'the lead is disposed of',
  disqualified: 'the lead is disqualified',
  'feedback-given': 'feedback is given',
  reassigned: 'the lead goes to another owner',
  woken: 'the lead wakes for another cycle',
  'intent-raised': 'the prospect shows new interest',
  closed: 'the lead closes',
  'dispute-opened': 'a dispute is opened',
  'dispute-resolved': 'the dispute is resolved',
};

function promiseText({ party, promise }: ClockExplanation): string {
  const { agreement, from, until, withinMs, calendar } = promise;
  const whose = calendar === null ? "the owner's calendar" : `the calendar ${calendar}`;
  return (
    `The promise: ${party} will ${orderOf(until)}, within ${formatDuration(withinMs)} of open time on ${whose} ` +
    `after ${from.map((milestone) => beginnings[milestone]).join(' or ')} ` +
    `(${agreement.name}, version ${agreement.version}).`
  );
}

function startText({ start: { startedAt, planned, fact } }: ClockExplanation, say: Say): string {
  if (planned) return `It started ${say(startedAt)}, the planned next step.`;
  const late = fact !== null && fact.loggedAt > startedAt ? ` (logged ${say(fact.loggedAt)})` : '';
  return `It started ${say(startedAt)}${fact === null ? '' : `, when ${factWords(fact)}${late}`}.`;
}

function targetText({ promise, target: { targetMs, atStartMs, override } }: ClockExplanation): string {
  const startMs = atStartMs ?? targetMs;
  const why = override === null ? '' : `, by a line of its own: ${listed(override.reasons)}`;
  const instead =
    override === null || startMs === promise.withinMs ? '' : ` instead of ${formatDuration(promise.withinMs)}`;
  const now = targetMs === startMs ? '' : `; it is ${formatDuration(targetMs)} by now`;
  return `The target was ${formatDuration(startMs)}${instead}${why}${now}.`;
}

function calendarLines({ owners, promise, party }: ClockExplanation, say: Say): readonly string[] {
  if (promise.calendar !== null && party === 'marketing') return [];
  return owners.map(({ from, owner, queue, calendar, timeZone }, index) => {
    const who = owner ?? (queue === null ? 'nobody' : `the queue of ${queue}`);
    const since = index === 0 ? 'At first' : `From ${say(from)}`;
    return `${since} ${who} held the lead; time counted on the calendar ${calendar} (${timeZone}).`;
  });
}

const pauseLines = ({ pauses }: ClockExplanation, say: Say): readonly string[] =>
  pauses.map(({ pausedAt, resumedAt }) =>
    resumedAt === null
      ? `It has rested since ${say(pausedAt)}; no time counts until the lead goes on.`
      : `It rested from ${say(pausedAt)} to ${say(resumedAt)}; that time does not count.`,
  );

/** The others move only the ladder, or the time at which touches stop fitting. */
const changeWords: Readonly<Partial<Record<Change['cause'], string>>> = {
  resumed: 'the lead went on after a rest',
  reassigned: 'the lead changed hands',
  'priority-raised': 'the priority rose to high',
  'agreement-applied': 'the agreement changed',
  'agreement-reverted': 'a change of agreement was reverted',
  'touch-retracted': 'the touch that ended it was taken back',
  'touch-bounced': 'the touch that ended it turned out to have bounced',
};

function changeText({ at, cause, by, targetMs, dueAt, agreement }: Change, say: Say): readonly string[] {
  const what = changeWords[cause];
  if (what === undefined) return [];
  const version = agreement === null ? '' : ` to ${agreement.name}, version ${agreement.version}`;
  const who = by === null ? '' : ` (said by ${by})`;
  const target = targetMs === null ? '' : ` with a target of ${formatDuration(targetMs)}`;
  const then = dueAt === null ? 'it rests' : `due ${say(dueAt)}${target}`;
  return [`On ${say(at)} ${what}${version}${who}: ${then}.`];
}

function rejudgedText({ at, correction, reason, by, was, is }: Rejudgement, say: Say): string {
  const approver = by === null ? '' : `, approved by ${by}`;
  return (
    `On ${say(at)} it was judged anew, for “${reason}” (correction ${correction}${approver}): ` +
    `it was ${judgementText(was, say)}; it is ${judgementText(is, say)}.`
  );
}

function judgementText({ verdict, dueAt, overshootMs }: Judgement, say: Say): string {
  const due = dueAt === null ? '' : `, due ${say(dueAt)}`;
  return `${verdict}${due}${overshootMs === null ? '' : `, over by ${formatDuration(overshootMs)}`}`;
}

function dueText({ due, target, verdict }: ClockExplanation, say: Say): string {
  if (due === null) {
    return verdict.verdict === 'paused'
      ? 'It has no due instant while it rests.'
      : 'It ended while it rested, so nothing was due.';
  }
  const exactly = `Due ${say(due.dueAt)}, that is ${utc(due.dueAt)} by the zone data of release ${due.zoneRelease}`;
  return due.because === 'nothing-left'
    ? `${exactly}: nothing was left of the target when a change came at that very instant.`
    : `${exactly}: then ${formatDuration(target.targetMs)} of open time are used up.`;
}

/** More are cut in the middle: whoever needs all of them reads the JSON. */
const PIECES_MAX = 12;

function countedLines({ counted, due }: ClockExplanation, say: Say): readonly string[] {
  if (counted === null) return ['The open hours are not at hand here, so its time is not counted out.'];
  if (counted.pieces.length === 0) return ['No open time has counted yet.'];
  const heading = `Open time counted${due === null ? '' : ' up to then'}, ${formatDuration(counted.ms)} in all:`;
  return [heading, ...pieceLines(counted.pieces, say).map((line) => `  ${line}`)];
}

function pieceLines(pieces: readonly OpenPiece[], say: Say): readonly string[] {
  const line = ({ openAt, closeAt, ms }: OpenPiece): string =>
    `${say(openAt)} to ${say(closeAt)}: ${formatDuration(ms)}`;
  if (pieces.length <= PIECES_MAX) return pieces.map(line);
  const end = PIECES_MAX / 2;
  const left = pieces.slice(end, -end);
  const leftMs = left.reduce((sum, { ms }) => sum + ms, 0);
  return [
    ...pieces.slice(0, end).map(line),
    `… ${left.length} more, together ${formatDuration(leftMs)} …`,
    ...pieces.slice(-end).map(line),
  ];
}

function verdictText({ verdict, due }: ClockExplanation, say: Say): string {
  const { ground, completedAt, overshootMs, fact, cause, recordedAt, breachedAt } = verdict;
  const done = fact === null ? 'its milestone was reached' : factWords(fact);
  const on = completedAt === null ? '' : `; that counts from ${say(completedAt)}`;
  const stood =
    breachedAt === null || recordedAt === null
      ? ''
      : ` It stood as breached from ${say(breachedAt)} to ${say(recordedAt)}; what was sent meanwhile stays on record.`;
  switch (ground) {
    case 'in-time':
      return `Met: ${done}${on}${due === null ? ', while it rested' : ', not after the due instant'}.`;
    case 'logged-late-but-in-time':
      return `Met: ${done}${on}, in time, though it was logged only ${loggedText(fact, recordedAt, say)}.${stood}`;
    case 'still-running':
      return 'Pending: its milestone is awaited, and time is left.';
    case 'resting':
      return 'Paused: its milestone is awaited, and its time stands still.';
    case 'still-awaited':
      return 'Breached: the due instant passed without its milestone, which is still awaited.';
    case 'came-late':
      return `Breached: ${done}${on}, ${formatDuration(overshootMs ?? 0)} of open time too late.`;
    case 'lost-its-meaning':
      return `Cancelled: it lost its meaning before it was met or breached (${because(cause, fact)}).`;
    case 'lost-its-meaning-after-breach':
      return `Breached: the due instant passed without its milestone; later it lost its meaning (${because(cause, fact)}).`;
  }
}

const loggedText = (fact: Fact | null, recordedAt: Instant | null, say: Say): string =>
  say(fact?.loggedAt ?? recordedAt ?? 0);

const because = (cause: string | null, fact: Fact | null): string =>
  fact === null ? spoken(cause ?? 'for a reason that is not at hand') : factWords(fact);

function usedLines({ used, party }: ClockExplanation, say: Say): readonly string[] {
  if (used === null || used.usedMs === 0) return [];
  const late = used.lateMs === 0 ? '' : `, ${formatDuration(used.lateMs)} of it late`;
  const shares = used.shares.map((share) => shareText(share, party));
  return [`Used until ${say(used.usedUntil)}: ${formatDuration(used.usedMs)}${late}: ${shares.join('; ')}.`];
}

function shareText({ owner, queue, tier, shadow, usedMs }: TimeShare, party: ClockExplanation['party']): string {
  const who = owner ?? (queue === null ? party : `the queue of ${queue}`);
  const after = `after tier ${tier}${shadow === true ? ', in shadow' : ''}`;
  return `${who} ${formatDuration(usedMs)} ${tier === 0 ? 'before any escalation' : after}`;
}
